# Import of a file: what all imports say.

import-new = A new file
import-file = File
import-send = Send this file
import-file-missing = Choose a file. It ends with .csv or .xlsx.
import-file-refused = “{ $name }”: { $why }
import-others = Imports
import-state-dead = Interrupted
import-state-done = Done
import-state-failed = Refused
import-state-stopped = Stopped
import-state-checked = To check
import-state-live = Under way
import-state-undoing = Being undone
import-state-undone = Undone
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
import-column-label = The column “{ $column }” holds
import-no-header = (no title)
import-empty-column = (empty)
import-forbidden = Not read: the law forbids using it.
import-forbidden-badge = Forbidden
import-trial = Dry run
import-try-again = Try again
import-tried-at = Done at { $time }. Nothing is written.
import-not-tried = Not done yet.
import-tally-same = already here, unchanged
import-tally-refused = { $n ->
    [one] refused line
   *[other] refused lines
}
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
import-refused-file-cut = { $n } of these { $all } lines, to correct
import-csv-line = Line
import-csv-why = Reason
import-value = Value
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
import-outcome-done = It is imported
import-outcome-undoing = The import is being undone
import-outcome-undone = The import is undone
import-done-text = The file is no longer kept. Refused lines are, for a week.
import-another = Import another file
import-failed = This file is not taken
done-import-oublie = The file is no longer kept.
import-sheet = Sheet of the workbook
import-sheet-label = Read the sheet
import-sheet-hint = This workbook has several. Columns will be recognised again.
import-sheet-read = Read this sheet
import-refused-empty-file = the file is empty. Choose a CSV file with a line of headers.
import-refused-not-text = this is neither a text nor a workbook. In your spreadsheet, use “Save as”, then .xlsx or CSV.
import-refused-too-large = the file is too large: 64 MB at most for a workbook, 256 MB for a CSV. Cut it up, each part with its header line.
import-refused-too-many-columns = the file has more than 512 columns. Check what separates them.
import-refused-old-sheet = this is an old workbook (.xls), or it has a password. Save it as .xlsx, without a password.
import-refused-not-xlsx = this archive is no Excel workbook. Open it in your spreadsheet, then “Save as”, .xlsx or CSV.
import-refused-broken-sheet = the workbook is damaged. Open it in your spreadsheet, save it again as .xlsx, then start again.
import-refused-inflated = unpacked, the workbook is over 256 MB. Save the sheet as CSV, or cut it up.
import-refused-row-too-large = the row is over 1 MB. Shorten its texts; in a CSV, look for a forgotten quote.
import-refused-failed-formula = the formula failed, or the workbook does not hold its result. Correct it, or open the workbook in your spreadsheet program and save it.
import-refused-nul-byte = the line holds an invisible character that no text holds (NUL). Take it out, or type the cell again.
import-refused-unknown-sheet = this workbook has no such sheet. Choose one of its own.
import-refused-unreadable = the file could not be read to its end. Check the disk, then start again.
import-refused-disk-full = the disk of the server is full, it is not the file’s fault. Make room on the machine, then start again.
import-refused-headers-changed = the line of headers changed while reading. Start again.
import-refused-row-too-wide = there are more cells than column titles. Put quotes around texts that hold the separator.
import-refused-cell-too-large = a cell is over 256 KB. Shorten it; in a CSV, look for a forgotten quote.
import-refused-broken-quotes = a quote is not closed, or text follows a closed quote. Double the quotes that are inside texts.
import-refused-swallowed = { $n ->
    [one] a quote is never closed: { $n } more line is taken into this cell, and is not read. Close it, or double the quotes inside texts.
   *[other] a quote is never closed: { $n } more lines are taken into this cell, and are not read. Close it, or double the quotes inside texts.
}
import-column = { $role } ({ $why })
import-why-name = from its header
import-why-content = from its values
import-why-chosen = as you asked
import-why-unknown = nothing tells what it is
import-why-taken = another column fits better for: { $role }
import-why-forbidden = the law forbids using it
list-import-file = name of the file
list-import-state = state
list-import-at = when it was received
list-import-who = who brought it
list-import-total = rows of the file
list-import-created = rows that made something new
list-import-refused = rows refused
import-undo-title = Take back the import of { $name }
import-undo-link = Take this import back
import-undo-goes = What would go
import-undo-kept = { $n ->
    [one] stays
   *[other] stay
}
import-undo-not = Remove nothing
import-by = By { $who }, { $when }
import-undone-by = Undone by { $who }, { $when }
import-undone-when = Undone, { $when }
import-by-command = the command line
import-stopped-at = Stopped after line { $done }. What is written stays, nothing is written twice.
trials-of = “{ $name }”. Nothing is written yet.
trials-gone = This file is not kept any more: it waited for more than an hour, or somebody took it already. Send it again.
