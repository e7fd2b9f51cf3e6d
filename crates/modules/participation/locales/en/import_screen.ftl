# Import, on the screen.

import-title = Import
import-one-title = Import { $name }
import-intro = Ideas and comments, from the file of another tool or of your office.
import-new = A new file
import-file = File
import-file-hint = CSV (256 MB at most) or Excel .xlsx (64 MB at most), as it is: exports of Decidim and CONSUL too.
import-send = Send this file
import-kept = Nothing is written before you agree. The file is kept until the import is over, refused lines for a week.
import-file-missing = Choose a file. It ends with .csv or .xlsx.
import-file-refused = “{ $name }”: { $why }
import-others = Imports
import-else = Something else to import?
import-areas = Areas, from a GeoJSON file
import-census = The census, from a file of INSEE
import-state-dead = Interrupted
import-state-done = Done
import-state-failed = Refused
import-state-stopped = Stopped
import-state-checked = To check
import-state-live = Under way
import-counts = { $created } created, { $updated } updated, { $refused } refused
import-rows = { $n ->
    [one] { $n } row
   *[other] { $n } rows
}
import-columns-count = { $n ->
    [one] { $n } column
   *[other] { $n } columns
}
import-read-sheet = Sheet “{ $name }”.
import-read-text = Read as { $encoding }, separated by { $separator }.
import-separator-comma = commas
import-separator-semicolon = semicolons
import-separator-tab = tabs
import-steps = Steps of the import
import-step-file = The file
import-step-columns = Columns and check
import-step-import = Import
import-recognised = What we recognised
import-recognised-text = Correct what is not right. Nothing is written yet.
import-remembered = The columns are taken as last time.
import-columns-no-text = Say which column holds the title or the text.
import-column-label = The column “{ $column }” holds
import-no-header = (no title)
import-empty-column = (empty)
import-forbidden = Not read: the law forbids using it.
import-forbidden-badge = Forbidden
import-where = Where do these contributions go?
import-project = Project
import-project-hint = Comments go to the project of their ideas.
import-project-new = A new public project, named after the file
import-trial = Dry run
import-try-again = Try again
import-tried-at = Done at { $time }. Nothing is written.
import-not-tried = Not done yet.
import-tally-created = to create
import-tally-updated = to update
import-tally-created-done = created
import-tally-updated-done = updated
import-tally-same = already here, unchanged
import-tally-refused = refused lines
import-refused-label = Refused lines and reasons
import-refused-caption = { $n ->
    [one] { $n } refused line, and why
   *[other] { $n } refused lines, and why
}
import-refused-caption-cut = { $n } refused lines, and why: the first { $shown }
import-refused-file = { $n ->
    [one] The line, to correct
   *[other] The { $n } lines, to correct
}
import-csv-line = Line
import-csv-why = Reason
import-value = Value
import-why-column = “{ $column }”: { $why }
import-go = { $n ->
    [0] Import
    [one] Import { $n } contribution
   *[other] Import { $n } contributions
}
import-again-text = Importing again doubles nothing.
import-forget = Drop this file
import-forget-done = Remove from the list
import-checking = Dry run under way
import-running = Import under way
import-at = Line { $done } of { $total }
import-starting = Reading the file…
import-leave = You may leave this page, the work goes on.
import-refresh = Refresh
import-stop = Stop
import-dead = The import was interrupted
import-dead-text = The machine restarted after line { $done }. What is written stays, nothing is written twice.
import-resume = Go on with the import
import-done = It is imported
import-done-text = The file is no longer kept. Refused lines are, for a week.
import-see = See the project
import-another = Import another file
import-failed = This file is not taken
import-link = Import a file
done-import-oublie = The file is no longer kept.

activity-import-undone = { $who } took back the import of { $what }
import-undo-title = Take back the import of { $name }
import-undo-link = Take this import back
import-undo-hint = First see what would go. Possible for 90 days.
import-undo-lead = What the import made goes, as long as nobody added anything to it. Nothing goes before you say so.
import-undo-goes = What would go
import-undo-ideas = ideas
import-undo-comments = comments
import-undo-kept = stay
import-undo-updated = { $n ->
    [one] { $n } contribution updated by this import stays as it is.
   *[other] { $n } contributions updated by this import stay as they are.
}
import-undo-go = { $n ->
    [one] Remove { $n } contribution
   *[other] Remove { $n } contributions
}
import-undo-not = Remove nothing
import-undo-nothing = Nothing can go: somebody added something to each.
import-undo-stays = { $n ->
    [one] { $n } contribution stays
   *[other] { $n } contributions stay
}
import-undo-more = { $n ->
    [one] And { $n } more.
   *[other] And { $n } more.
}
import-undo-why-answered = was answered
import-undo-why-supported = was supported
import-undo-why-commented = was commented on
import-undo-why-followed = is followed
import-undo-why-reported = was reported
import-undo-why-changed = was worked on by the team
import-undo-running = { $n ->
    [one] Under way: { $n } contribution removed.
   *[other] Under way: { $n } contributions removed.
}
import-undo-done = { $n ->
    [one] Import taken back: { $n } contribution removed.
   *[other] Import taken back: { $n } contributions removed.
}
import-undo-left = { $n ->
    [one] { $n } other stays, because somebody added something to it.
   *[other] { $n } others stay, because somebody added something to them.
}
import-sheet = Sheet of the workbook
import-sheet-label = Read the sheet
import-sheet-hint = This workbook has several. Columns will be recognised again.
import-sheet-read = Read this sheet
