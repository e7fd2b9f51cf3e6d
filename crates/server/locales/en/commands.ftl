# What the commands say.

admin-open = The instance is open. What was not answered in the set-up has its first value, and is changed in the settings.
import-not-set-up = The site is still closed to the public. To open it: run "parvis" and follow the set-up link, or name the first person with "parvis admin create name@example.org".
admin-link = This link signs in once, within thirty minutes:

doctor-sign-ok = ok
doctor-sign-attention = attention
doctor-end = { $n ->
    [0] All is well.
    [one] { $n } point needs your attention.
   *[other] { $n } points need your attention.
}
doctor-folder = Folder { $folder }: only you can read it, and Parvis can write there.
doctor-folder-open = Folder { $folder }: other accounts of the machine can read it. Run: chmod 700 { $folder }
doctor-folder-foreign = Folder { $folder }: { $file } belongs to another account, the service can't write to it. Run: sudo chown -R --reference={ $folder } { $folder }, and run commands under the account of the service (sudo -u parvis).
doctor-folder-read-only = Folder { $folder }: Parvis can’t write there. Change its owner, or make room.
doctor-disk = Disk: { $size } GB free.
doctor-disk-full = Disk: only { $size } GB left. Make room, or move old backups away.
doctor-clock = Clock: { $at }.
doctor-clock-wrong = Clock: { $at }, which does not fit what is recorded. Set the machine’s time.
doctor-clock-ahead = { $n ->
    [one] Clock: { $at }, a second ahead of that of PostgreSQL. Set the time of both machines: sudo timedatectl set-ntp true
   *[other] Clock: { $at }, { $n } seconds ahead of that of PostgreSQL. Set the time of both machines: sudo timedatectl set-ntp true
}
doctor-clock-late = { $n ->
    [one] Clock: { $at }, a second behind that of PostgreSQL. Set the time of both machines: sudo timedatectl set-ntp true
   *[other] Clock: { $at }, { $n } seconds behind that of PostgreSQL. Set the time of both machines: sudo timedatectl set-ntp true
}
doctor-clock-alone = Clock: { $at }, but no time server has answered this machine yet. See timedatectl timesync-status, and let UDP port 123 go out.
doctor-database = Database { $name }: it answers, its tables are up to date.
doctor-database-old = Database { $name }: its tables are not up to date. Start Parvis again.
doctor-database-damaged = Database { $name }: it is damaged. Restore the last backup into a new folder.
doctor-mail = Mail: { $host } answers and takes this account, { $n } waiting.
doctor-mail-away = Mail: { $host } takes nothing ({ $said }), { $n } waiting. Check the address, the port and the password in Settings, Mail. What waits leaves afterwards, nothing is lost.
doctor-mail-none = Mail: no server is set. Messages will wait in the outbox. For them to leave, set it in Settings, Mail.
doctor-mail-outbox = { $n ->
    [one] Mail: { $n } message waits and no server is set. Set it in Settings, Mail.
   *[other] Mail: { $n } messages wait and no server is set. Set it in Settings, Mail.
}
doctor-sender = Domain { $domain }: nothing to correct for SPF, DKIM and DMARC.
doctor-sender-wrong = { $of }: { $words } Details are in Settings, Mail.
doctor-mail-failed = { $n ->
    [one] Mail: { $n } message did not leave. See why in the outbox.
   *[other] Mail: { $n } messages did not leave. See why in the outbox.
}
doctor-mail-uncertain = { $n ->
    [one] Mail: { $n } message may have left, or not. Decide in the outbox.
   *[other] Mail: { $n } messages may have left, or not. Decide in the outbox.
}
doctor-backup = { $n ->
    [0] Backup: the last one is less than a day old.
    [one] Backup: the last one is a day old.
   *[other] Backup: the last one is { $n } days old.
}
doctor-backup-old = Backup: the last one is { $n } days old. Run: parvis backup
doctor-backup-failed = Backup: the last one failed. See why in Settings, Backups.
doctor-backup-none = Backup: there is none here. Run: parvis backup, and keep the file elsewhere.
doctor-jobs = Background work: none failed.
doctor-jobs-failed = { $n ->
    [one] Background work: { $n } failed. Look into the program’s logs.
   *[other] Background work: { $n } failed. Look into the program’s logs.
}
doctor-jobs-late = { $n ->
    [one] Background work: { $n } has waited for over an hour. Is Parvis running?
   *[other] Background work: { $n } have waited for over an hour. Is Parvis running?
}

doctor-proxy = Front server: it says whom it serves, limits count each visitor apart.
doctor-proxy-silent = Front server (nginx, Caddy): it does not say whom it serves, the whole town shares the same limits. Have it send the header X-Forwarded-For (nginx: proxy_set_header X-Forwarded-For $remote_addr), and give Parvis --trusted-proxy if it runs on another machine.

# What the program says when it can't start: one line, with the remedy.
start-port-taken = Port { $port } is taken by another program. Stop it, or choose another port with --port.
start-port-denied = You may not open port { $port }. Choose a port above 1023 with --port.
start-address-wrong = Parvis can't listen at the address { $address } ({ $said }). Choose an address of this machine with --address.
start-folder-denied = You may not write in { $folder }. Change its owner, or choose another folder with --data.
start-folder-full = The disk of { $folder } has no room left. Make room, or choose another folder with --data.
start-served-already = Another Parvis already uses the folder { $folder }. Stop it first; to run several together, use PostgreSQL (--database-url).
start-no-instance = There is no instance of Parvis in { $folder }. Give its folder with --data, or make one with parvis serve.
start-folder-wrong = { $folder } can't be written ({ $said }). Choose another folder with --data.
start-key-damaged = The key { $file } is damaged. Put back that of your last backup.
start-file-damaged = The database { $file } does not open: it is damaged. Restore the last backup into a new folder, with parvis restore.
start-url-wrong = The address given to --database-url can't be read. Write it so: postgres://account:password@server/database
start-database-refuses = PostgreSQL at { $server } refuses this account or has no such database. Check the account, the password and the name of the database in --database-url.
start-database-silent = PostgreSQL does not answer at { $server }. Check that it runs, and the address of --database-url.
start-tables-wrong = The tables can't be brought up to date ({ $said }). Check the rights of the database account and the room on the disk, then start Parvis again.

# The service of the machine.
service-user = Account { $user }: it exists, without a password, for this service alone.
service-program = Program: copied to { $file }.
service-settings = Address of the database: written to { $file }, which only root can read.
service-unit = Service: written to { $file }.
service-runs = Parvis runs, and will start with the machine: { $address }
service-next-link = The set-up link and the logs: { $command }
service-next-commands = Run the other commands like this, with its account and its database: { $command }
service-next-https = To open to the public, run this command again with --domain and the name of the site: Parvis then does HTTPS by itself. Behind a web server, add --address 127.0.0.1 instead
service-absent = Parvis is no service of this machine. To install it: sudo parvis service install
service-active = Parvis runs.
service-inactive = Parvis does not run. To know why: journalctl -u parvis -n 50
service-enabled = It starts with the machine.
service-disabled = It does not start with the machine. To have that: sudo systemctl enable parvis
service-removed = Service removed. The data stay in { $folder } and the program in { $file }: delete them yourself if you no longer want them.
service-not-root = This takes the rights of the machine's administrator: run the same command again with sudo.
service-no-systemd = This machine does not start with systemd: run "parvis serve" from the service manager you have.
service-foreign = { $file } exists and was not written by Parvis: it is left alone. Rename or delete it, then try again.
service-packaged = The Debian package already installed this service ({ $file }). Its options are set in /etc/default/parvis; to remove it: sudo apt remove parvis
service-folder-hidden = A service can't see the folder { $folder }. Choose another with --data, for example { $better }.
service-folder-foreign = The folder { $folder } holds something else than the data of Parvis: it can't be given to it. Choose an empty folder with --data.
service-cannot-write = { $file } can't be written ({ $said }). Make room or check its rights, then try again.
service-command-failed = The command "{ $command }" did not work ({ $said }). Correct that, then try again: what is done is not done twice.

# HTTPS by the program itself.
start-domain-wrong = "{ $domain }" is no name of a public site. Write it without https:// or port, for example --domain ideas.rivemont.fr
start-https-port-taken = Port { $port } is taken by another program, probably a web server. Stop it, or run Parvis behind it, without --domain.
start-https-port-denied = You may not open port { $port }. Make Parvis a service: sudo parvis service install, with the same options.
tls-files-wrong = The certificate { $cert } and the key { $key } can't be used ({ $said }). Give --tls-cert the certificate with those of its issuers, and --tls-key its key, in PEM.
tls-root-wrong = The certificate { $file }, given to --acme-root, can't be used ({ $said }).
tls-obtained = HTTPS: the certificate of { $domain } is here.
tls-refused = HTTPS: no certificate for { $domain } ({ $said }). Check that this name leads to this machine and that port 443 opens from the internet. Tried again in a quarter of an hour; the site goes on.
doctor-tls = { $n ->
    [one] HTTPS: the certificate of { $name } is good for one more day.
   *[other] HTTPS: the certificate of { $name } is good for { $n } more days.
}
doctor-tls-waits = HTTPS: the certificate of { $name } is not here yet. Wait a minute, then try again.
doctor-tls-none = HTTPS: no certificate for { $name } ({ $said }), browsers warn of a danger. Check that this name leads to this machine and that port 443 opens from the internet.
doctor-tls-problem = { $n ->
    [one] HTTPS: the certificate of { $name } is good for one more day only, and renewing it did not work ({ $said }). Check that the name leads to this machine and that port 443 opens from the internet, or the files that were given.
   *[other] HTTPS: the certificate of { $name } is good for { $n } more days, but renewing it did not work ({ $said }). Check that the name leads to this machine and that port 443 opens from the internet, or the files that were given.
}
doctor-tls-ends = { $n ->
    [one] HTTPS: the certificate of { $name } ends in one day. Renew it, or look at the logs of Parvis.
   *[other] HTTPS: the certificate of { $name } ends in { $n } days. Renew it, or look at the logs of Parvis.
}
doctor-tls-ended = HTTPS: the certificate of { $name } is no longer good, browsers warn of a danger. Renew it, or start Parvis again and look at its logs.

# What a command says that refuses: one line, with the remedy.
cli-database = The database refused ({ $said }). Check that it runs and that the disk has room, then start again.
cli-odd = The command could not finish ({ $said }). Try again; if it happens again, send this line to the makers of Parvis.
cli-full = The disk is full. Make room, then start again.
cli-step-read = Reading
cli-step-write = Writing
cli-step-check = Checking
cli-filled-here = This instance is not empty, and this would lose what it holds. Choose a new folder with --data.
cli-filled-there = The other database is not empty, and this would lose what it holds. Choose an empty one.
cli-demo-elsewhere = This folder holds another instance, which the demo would spoil. Choose a new one with --data.
cli-no-file = { $file } does not exist. Check the path of the file.
cli-is-folder = { $file } is a folder. Give the path of a file.
cli-exists = { $file } exists already. Choose another name.
cli-cannot-read = { $file } can’t be read ({ $said }). Check its path and its rights.
cli-cannot-write = { $file } can’t be written ({ $said }). Check its folder, its rights and the disk.
cli-folder-unwritten = { $folder } can’t be written ({ $said }). Choose another folder with --data, or change its owner.
cli-backup-unwritten = The backup can’t be written ({ $said }). Check the disk.
cli-name-zip = A backup is a ZIP file: give it a name that ends with .zip
cli-all-zip = Everything goes into one file: give it a name that ends with .zip
cli-tables-unknown = The database has tables that this version of Parvis does not know ({ $tables }). Use the version that made them.
cli-damaged-cut = { $file } is not a whole backup of Parvis: the file is cut or is no ZIP. Take another copy of it.
cli-damaged-manifest = { $file } is not a whole backup of Parvis: its list of contents is missing or can’t be read. Take another copy of it.
cli-damaged-form = { $file } is not a backup that this version reads: its form is { $said }, this one reads form { $form }. Update Parvis, or take another backup.
cli-damaged-missing = { $file } is not a whole backup of Parvis: { $part } is missing. Take another copy of it.
cli-damaged-unread = { $file } is not a whole backup of Parvis: { $part } can’t be read ({ $said }). Take another copy of it.
cli-damaged-changed = { $file } is not a whole backup of Parvis: { $part } is not what was saved. Take another copy of it.
cli-damaged-outside = { $file } is not a whole backup of Parvis: { $part } leads out of it. Take another copy of it.
cli-backup-newer = This backup was made by Parvis { $theirs }, newer than this one ({ $ours }), which does not know { $step }. Update Parvis, then restore again.
cli-here-newer = The database here was made by a newer Parvis than this one ({ $ours }), which does not know { $step }. Choose a new folder with --data, or a new database.
cli-copy-address = The address given to --to can’t be read. Write postgres://user:password@host/name, or sqlite: and the path of a file.
cli-copy-closed = The other database does not open ({ $said }). Check its address, that it runs, and your rights.
cli-copy-newer = The other database was made by a newer Parvis, this one does not know { $step }. Choose an empty database.
cli-copy-foreign = The other database is not empty: it holds tables of something else ({ $tables }). Choose an empty one.
cli-copy-differs = The table { $table } is not the same in both databases (rows here: { $here }, there: { $there }): the copy was emptied again. Try again, and say so to the makers of Parvis if it happens twice.
cli-not-address = “{ $text }” is not an e-mail address. Write it like name@example.org
cli-nobody = Nobody of the team has the address { $email }. To make an owner of it: parvis admin create { $email }
cli-import-database = The database refused ({ $said }). Run the same command again: it goes on where it stopped.
cli-import-full = The disk is full. Make room, then run the same command again: it goes on where it stopped.
cli-import-stopped = Stopped. Run the same command again: it goes on where it stopped.
cli-import-trial = A trial: nothing was written.
cli-import-same = { $n ->
    [0] No row unchanged.
    [one] { $n } row unchanged.
   *[other] { $n } rows unchanged.
}
cli-import-csv = { $delimiter ->
    [tab] { $file } ({ $encoding }, columns between tabs)
    [semicolon] { $file } ({ $encoding }, columns between semicolons)
   *[comma] { $file } ({ $encoding }, columns between commas)
}
cli-import-sheet = { $file } (sheet “{ $sheet }”)
cli-import-sheets = { $file } (sheet “{ $sheet }”; to read another, --sheet: { $others })
cli-import-more = { $n ->
    [one] … and { $n } more refused line
   *[other] … and { $n } more refused lines
}
cli-of-file = { $file }: { $why }
cli-zip-alone = { $file } holds a whole instance, which goes as it is into an empty one: a trial or a choice of columns makes no sense there. Leave the other options out.
cli-import-set = On the command line: --set "column=text".
cli-set-form = “{ $set }”, given to --set, can’t be read. Write the column, an equals sign and its role, between straight quotes, such as: { $example }
cli-set-role = There is no role “{ $role }”. Choose one of: { $roles }
cli-set-unknown = The file has no column “{ $column }”. Its columns are: { $columns }
cli-set-forbidden = The law forbids using the column “{ $column }”. Leave it out of --set.
cli-set-twice = Two columns have the role “{ $role }”. Keep one of them.
cli-no-project = There is no project “{ $slug }”. Choose one of: { $slugs }
cli-no-project-yet = There is no project “{ $slug }”, nor any other. Leave --project out to make one.
cli-people-origin = Where these people come from is missing, in { $n } signs at most. Say it with --origin, for instance: Memberships 2025, paper forms
cli-people-official = The law forbids using a file of the town hall, of a school or of the tax office for a campaign. Add --not-official to confirm that this file comes from none of them.
cli-result-unwritten = The result could not be written ({ $said }). Check the room on the disk, then start again.
cli-backup-done = { $files ->
    [0] { $file }: { $rows } rows of { $tables } tables, no file
    [one] { $file }: { $rows } rows of { $tables } tables, { $files } file
   *[other] { $file }: { $rows } rows of { $tables } tables, { $files } files
}
cli-backup-keep = This file holds addresses and the key of the instance: keep it where only you can read it.
cli-all-done = { $file }: { $rows } rows of { $tables } tables
cli-export-done = { $files ->
    [one] { $file }: { $files } file
   *[other] { $file }: { $files } files
}
cli-copy-done = Copied and proven: { $rows } rows of { $tables } tables, the same in both databases.
cli-copy-next = What is written here from now on is not in the copy: stop Parvis, and start it on the other database, with the same folder (--database-url for PostgreSQL, without it for parvis.sqlite).
cli-restore-done = { $files ->
    [0] Restored and checked: { $rows } rows of { $tables } tables, no file
    [one] Restored and checked: { $rows } rows of { $tables } tables, { $files } file
   *[other] Restored and checked: { $rows } rows of { $tables } tables, { $files } files
}
cli-restore-no-list = No list of erased people here. If there is a file { $file } in the former data folder, people who left since this backup are back: empty this folder, copy that file into it, and restore again.
cli-restore-erased = { $n ->
    [0] Nobody left after this backup.
    [one] { $n } person who left after this backup is erased again.
   *[other] { $n } people who left after this backup are erased again.
}

# A command line that can’t be read.
cli-arg-unknown = “{ $arg }” is not known here. See: { $help }
cli-arg-unknown-like = “{ $arg }” is not known here. Did you mean { $like }? If not, see: { $help }
cli-arg-wrong = “{ $value }” does not suit { $arg }. { $says }
cli-arg-empty = { $arg } needs a value. { $says }
cli-arg-missing = { $arg } is missing. See: { $help }
cli-arg-twice = { $arg } is given once.
cli-arg-conflict = { $arg } and { $other } do not go together. Remove one of them.
cli-command-missing = A command is missing. See: { $help }
cli-arg-odd = This command line can’t be read. See: { $help }
cli-themes-found = { $texts } texts, { $themes } themes, { $classed } in a theme
cli-themes-refused = { $n ->
    [one] { $n } row could not be read; it counts as a text without a theme
   *[other] { $n } rows could not be read; they count as texts without a theme
}
cli-themes-measured = against “{ $column }”: NMI { $nmi }, AMI { $ami }, ARI { $ari }
