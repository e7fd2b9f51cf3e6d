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
doctor-database = Database { $name }: it answers, its tables are up to date.
doctor-database-old = Database { $name }: its tables are not up to date. Start Parvis again.
doctor-database-damaged = Database { $name }: it is damaged. Restore the last backup into a new folder.
doctor-mail = Mail: { $host } answers and takes this account, { $n } waiting.
doctor-mail-away = Mail: { $host } takes nothing ({ $said }), { $n } waiting. Check the address, the port and the password on the Settings page, Mail. What waits leaves afterwards, nothing is lost.
doctor-mail-none = Mail: no server is set. Messages will wait in the outbox, on the Settings page.
doctor-mail-outbox = { $n ->
    [one] Mail: { $n } message waits and no server is set. Set it on the Settings page.
   *[other] Mail: { $n } messages wait and no server is set. Set it on the Settings page.
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
    [0] Backup: the last one is from today.
    [one] Backup: the last one is from yesterday.
   *[other] Backup: the last one is { $n } days old.
}
doctor-backup-old = Backup: the last one is { $n } days old. Run: parvis backup
doctor-backup-failed = Backup: the last one failed. See why, page Settings, Backups.
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
service-next-https = To open to the public, place it behind an HTTPS server and add --address 127.0.0.1
service-absent = Parvis is no service of this machine. To install it: sudo parvis service install
service-active = Parvis runs.
service-inactive = Parvis does not run. To know why: journalctl -u parvis -n 50
service-enabled = It starts with the machine.
service-disabled = It does not start with the machine. To have that: sudo systemctl enable parvis
service-removed = Service removed. The data stay in { $folder } and the program in { $file }: delete them yourself if you no longer want them.
service-not-root = This takes the rights of the machine's administrator: run the same command again with sudo.
service-no-systemd = This machine does not start with systemd: run "parvis serve" from the service manager you have.
service-foreign = { $file } exists and was not written by Parvis: it is left alone. Rename or delete it, then try again.
service-packaged = The Debian package already installed this service ({ $file }). Its options are set in /etc/default/parvis.
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
