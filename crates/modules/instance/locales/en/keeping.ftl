### Backups and retention periods

settings-backups = Backups
settings-state-backups-none = None yet
settings-state-backups-last = Last: { $value }
settings-state-backups-failed = The last one failed
backup-lead = All that this space holds, in one file. Each backup is read back whole, while people go on writing.
backup-now = Back up now
backup-running = A backup is being made.
backup-look-again = See how far it is
backup-where = The files are in
backup-elsewhere = Copy them to another machine: a broken disk takes its backups along.
backup-plan = When
backup-plan-lead = At 3 in the night, without doing anything.
backup-every = Rhythm
backup-every-jour = Each night
backup-every-semaine = Each Monday
backup-every-jamais = Only when you ask
backup-kept = How many to keep
backup-kept-hint = From 1 to 60. The oldest make room.
backup-error-every = Choose a rhythm from the list.
backup-error-kept = Write a number from 1 to 60. Example: 7
backup-last = The last ones
backup-none = No backup yet.
backup-done = Made
backup-failed = Failed
backup-waits = Being made
backup-by-hand = asked for
backup-by-itself = on schedule
backup-holds = { $rows ->
    [one] { $rows } row, { $size } MB.
   *[other] { $rows } rows, { $size } MB.
}
backup-checked = Read back whole, nothing is missing.
backup-removed = The file made room for newer ones.
backup-take = Download
backup-take-note = A backup holds addresses and the key of this space: keep it where only you can read it.
backup-problem-cut = The program stopped in the middle. Ask for another.
backup-problem-damaged = The file read back is not the one written: the disk may be damaged. Ask for another, then have the machine checked.
backup-problem-database = The database did not answer. Ask for another; if it happens again, run parvis doctor.
backup-problem-disk = The file could not be written: room or a right is missing. Make room, then ask for another.
backup-problem-other = It could not be made. Ask for another; if it happens again, look at the logs of the program.
done-sauvegarde = The backup is asked for. It shows here once it is read back.
done-sauvegardes = Saved.
activity-backup-asked = { $who } asked for a backup
activity-backup-taken = { $who } downloaded the backup { $what }
activity-backup-plan = { $who } changed the rhythm of backups: { $what }
activity-retention-changed = { $who } changed the retention periods. Other than the usual: { $what }

settings-retention = Retention periods
settings-state-retention = What goes by itself, and when
retention-lead = Each day, what has served and serves no more is erased. Try a period to see what would go.
retention-hint = Days, from { $least } to { $most }. Usual: { $days }.
retention-due = { $n ->
    [0] Nothing would go today.
    [one] { $n } row would go today.
   *[other] { $n } rows would go today.
}
retention-ends = { $n ->
    [0] Nothing would end today.
    [one] { $n } consent would end today.
   *[other] { $n } consents would end today.
}
retention-error = Write a number of days between { $least } and { $most }.
retention-try = Try
done-conservation = Saved.
keep-journal = Journal
keep-journal-why = Who did what. Its lines go.
keep-mails = Mails of the outbox
keep-mails-why = Those sent, cancelled or refused: the address and the text go.
keep-limits = Counts against automatic sending
keep-limits-why = Addresses of machines, as fingerprints that change each day. They go.
keep-jobs = Work done
keep-jobs-why = What the program did in the background. The lines go.
keep-backups = Lines of backups
keep-backups-why = What this page says of backups whose file is gone. The lines go.
