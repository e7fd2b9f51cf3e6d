### Import of people

people-import-title = Import people
people-import-intro = From a CSV or Excel file, with what proves their consent. Without proof nobody gets a message.
people-import-link = Import a file
people-import-file-hint = CSV or Excel .xlsx, as it is: first name, name, mail, telephone, area, address, consent and its day. 100,000 rows at most.
people-import-origin = Where do these people come from?
people-import-origin-hint = Noted in the ledger. Example: Memberships 2025, paper forms
people-import-origin-missing = Say where this file comes from. Example: Memberships 2025, paper forms
people-import-origin-long = This is too long: 200 signs at most.
people-import-not-official = This file comes neither from the town hall, nor from a school, nor from the tax office.
people-import-not-official-hint = The law forbids using it for a campaign.
people-import-official = Confirm that this file comes neither from the town hall, nor from a school, nor from the tax office.
people-import-created = to create
people-import-completed = { $n ->
    [one] sheet to complete
   *[other] sheets to complete
}
people-import-held = waiting for a consent
people-import-held-text = Waiting for a consent: without a day, a “yes” proves nothing. These people get no message.
people-import-held-see = See who waits
people-import-column-first-name = first name
people-import-column-name = name
people-import-column-email = mail
people-import-column-phone = telephone
people-import-column-address = postal address
people-import-column-area = area
people-import-column-age = age: read to refuse those under 15, not kept
people-import-column-birth = birth: read to refuse those under 15, not kept
people-import-column-accord = consent for news by mail (a “no” is kept as a refusal)
people-import-column-accord-day = day of this consent
people-import-column-ignored = not read
people-import-refused-email = This is no whole address. Example: lea@mail.example
people-import-refused-phone = This is no number that exists. Example: 06 12 34 56 78
people-import-refused-contact = Neither mail nor telephone. Add one of them.
people-import-refused-young = Under 15: it takes a parent’s consent, on paper.
people-import-refused-age = This age can’t be read. Write it in years: 42
people-import-refused-date = This day does not exist, or is in the future. Write it like this: 31/12/2025.
people-import-refused-twice = The same person twice in the file. The first line is kept.
people-import-refused-erased = Was erased because they asked, or for want of a consent. Can’t come back by an import.
people-import-refused-no-contact-column = No column is a mail or a telephone. Say which one is, or add a header line.
people-import-refused-too-many-rows = This file has more than 100,000 rows. Cut it up, each part with its header line.
people-import-one-title = Import { $name }
people-import-kept = Nothing is written before you agree. The file is kept until the import is over, a day at most, refused lines for a week.
people-import-gone = This file is not kept any more: it waited for more than a day, or a backup was put back since.
people-import-stopped = The import stopped after row { $done }. What is written stays, nothing is written twice.
people-import-counts = { $created } created · { $completed } completed · { $refused } refused
people-import-created-done = { $n ->
    [one] person created
   *[other] people created
}
people-import-completed-done = { $n ->
    [one] sheet completed
   *[other] sheets completed
}
people-import-where = Their provenance
people-import-see = See these people
people-import-go = { $n ->
    [0] Import
    [one] Import { $n } person
   *[other] Import { $n } people
}
people-import-columns-twice = Two columns are said to be: { $what }. Keep one of them.
people-import-columns-no-contact = Say which column holds the mail or the telephone.
people-import-refused-several = Several people have this telephone. Add a name or a mail.
people-import-wording = Words read unknown: consent taken from an imported file.
people-import-wording-no = Words read unknown: refusal taken from an imported file.
people-import-no-line = { $n ->
    [one] { $n } person said no: kept in the ledger as a refusal, and no message goes out to them
   *[other] { $n } people said no: kept in the ledger as a refusal, and no message goes out to them
}
consent-source-import = imported file
activity-person-imported = { $who } imported people: { $what } more
people-import-held-line = { $n ->
    [one] { $n } person waits for a consent: without its day, a “yes” proves nothing, and they get no message
   *[other] { $n } people wait for a consent: without its day, a “yes” proves nothing, and they get no message
}
people-import-undoable = Can be taken back for 30 days.
activity-person-import_undone = { $who } took back an import of people. Sheets removed: { $what }
consent-source-import_undone = import taken back
data-imports = the imported files that name you, for 30 days
    .team = The imported files that name them
people-undo-until = First see what would go. Possible until { $day }.
people-undo-lead = The sheets that this file made go, if nobody used them since. What it added to others is taken away. Nothing changes before you say so.
people-undo-goes = { $n ->
    [one] sheet to remove
   *[other] sheets to remove
}
people-undo-back = { $n ->
    [one] sheet to put back
   *[other] sheets to put back
}
people-undo-ledger = A consent of the file becomes a withdrawal in the ledger: nothing is erased there. A refusal stays.
people-undo-go = { $n ->
    [one] Take back { $n } sheet
   *[other] Take back { $n } sheets
}
people-undo-nothing = There is nothing to take back: all these sheets were used since, or the file had changed nothing there.
people-undo-stays = { $n ->
    [one] { $n } sheet keeps something of this file
   *[other] { $n } sheets keep something of this file
}
people-undo-more = { $n ->
    [one] And { $n } more.
   *[other] And { $n } more.
}
people-undo-why-moved = was united with another sheet
people-undo-why-united = another sheet was united with it
people-undo-why-team = is on the team
people-undo-why-seen = confirmed the address or signed in
people-undo-why-written = a mail was written to them
people-undo-why-blocked = is blocked
people-undo-why-noted = the team wrote a note there
people-undo-why-chose = another consent or refusal is noted there
people-undo-why-file = is in another file too
people-undo-why-changed = was corrected since
people-undo-why-refused = said no in this file, and gets no message
people-undo-running = { $n ->
    [one] Under way: { $n } sheet.
   *[other] Under way: { $n } sheets.
}
people-undo-done = { $n ->
    [0] Import taken back. No sheet is removed.
    [one] Import taken back: { $n } sheet removed.
   *[other] Import taken back: { $n } sheets removed.
}
people-undo-done-back = { $n ->
    [one] { $n } sheet is what it was before.
   *[other] { $n } sheets are what they were before.
}
people-import-phones-unread = { $n ->
    [one] Telephone that can’t be read, line taken without it: line { $lines }
   *[other] { $n } telephones that can’t be read, lines taken without them: lines { $lines }
}
people-import-area-close = { $n ->
    [one] “{ $said }” is taken for { $name }: { $n } row
   *[other] “{ $said }” is taken for { $name }: { $n } rows
}
people-import-area-unknown = { $n ->
    [one] “{ $said }”: { $n } row
   *[other] “{ $said }”: { $n } rows
}
people-import-areas-close = { $n ->
    [one] { $n } name of an area was taken for a close one: look at it
   *[other] { $n } names of areas were taken for close ones: look at them
}
people-import-areas-unknown = { $n ->
    [one] { $n } row names an unknown area: the person is taken, without an area.
   *[other] { $n } rows name an unknown area: the people are taken, without an area.
}
people-import-areas-more = { $n ->
    [one] And { $n } more name.
   *[other] And { $n } more names.
}
people-import-areas-see = See the areas of the map
people-preview = { $n ->
    [one] See { $n } sheet as it will be
   *[other] See { $n } sheets as they will be
}
people-preview-label = The first sheets, as they will be
people-preview-name = first name and name
people-preview-accord = consent
people-preview-becomes = sheet
people-preview-new = new
people-preview-completed = completed
people-preview-same = there already
people-preview-no = said no
people-preview-agreed = given on { $day }
people-preview-standing = noted already
