### Two sheets of one person

pair-list = Duplicate sheets
pair-list-text = Sheets that look alike. Nothing is merged without you.
pair-none = No duplicate sheet
pair-none-next = Sheets with the same mailbox, the same telephone, or the same name at the same address are shown here.
pair-look = Compare
pair-more = Other sheets will be shown once these are dealt with.
pair-same-mail = same mailbox
pair-same-phone = same telephone
pair-same-place = same name at the same address
pair-compare = One person or two?
pair-evidence = In common: { $what }.
pair-no-evidence = These two sheets have nothing in common.
pair-accords = Consents given
pair-events = Events
pair-since = Known since
pair-keep = Keep this sheet
pair-keep-member = They are on the team: this sheet alone can be kept.
pair-what-history = The sheet that is kept receives the texts, notes and history of the other. What it lacks is filled in.
pair-what-supports = An idea supported by both counts one support.
pair-what-accords = If one accepted and the other did not, the refusal stands.
pair-what-undo = You can separate the sheets for ten minutes.
pair-do = Merge
pair-apart = These are two people
pair-maybe = Perhaps the same person: { $name }
pair-done = Sheet merged with “{ $name }”
pair-undo = Separate again
pair-other-mail = Other mail
consent-source-merge = merge of two sheets
past-merged = Sheet merged with “{ $what }”

activity-person-merged = { $who } merged two sheets
activity-person-unmerged = { $who } separated two merged sheets
activity-person-kept_apart = { $who } noted that two sheets are two people

done-personnes-fusionnees = The two sheets are one now.
done-personnes-separees = Noted: these are two people.
done-fusion-annulee = The two sheets are apart, as before.

refusal-merge_self = This is the same sheet
    .why = A person can’t be merged with herself.
    .next = Choose another sheet.
refusal-merge_member = This sheet is on the team
    .why = The sheet of somebody on the team can’t vanish into another.
    .next = Keep it, and merge the other into it. If both are on the team, take a role away first.
refusal-merge_gone = One of these sheets changed meanwhile
    .why = It has just been merged or erased.
    .next = Go back to the list and look again.
refusal-unmerge_late = These sheets can’t be separated any more
    .why = More than ten minutes passed, or one of the sheets changed since.
    .next = If another merge followed, separate that one first. Otherwise, add a new sheet.
