# Import, on the screen.

import-title = Import
import-one-title = Import { $name }
import-intro = Ideas and comments, from the file of another tool or of your office.
import-file-hint = CSV (256 MB at most) or Excel .xlsx (64 MB at most), as it is: exports of Decidim and CONSUL too.
import-kept = Nothing is written before you agree. The file is kept until the import is over, refused lines for a week.
import-else = Something else to import?
import-areas = Areas, from a GeoJSON file
import-census = The census, from a file of INSEE
import-counts = { $created } created · { $updated } updated · { $refused } refused
import-columns-no-text = Say which column holds the title or the text.
import-where = Where do these contributions go?
import-project = Project
import-project-hint = Comments go to the project of their ideas.
import-project-new = A new project
import-project-if-new = For a new project
import-project-name = Name
import-project-draft = Draft: you read it again, then publish it
import-project-public = Online at once
import-project-open = Anybody may add an idea
import-project-name-missing = Give the new project a name.
import-tally-created = to create
import-tally-updated = to update
import-tally-created-done = { $n ->
    [one] created
   *[other] created
}
import-tally-updated-done = { $n ->
    [one] updated
   *[other] updated
}
import-why-column = “{ $column }”: { $why }
import-go = { $n ->
    [0] Import
    [one] Import { $n } contribution
   *[other] Import { $n } contributions
}
import-see = See the project
import-link = Import a file

activity-import-undone = { $who } took back the import of { $what }
import-gone = This file is no longer kept: a backup was put back since, and the files to import are not in it. Send it again.
import-stopped = The import stopped after line { $done }. What is written stays, nothing is written twice.
import-undo-hint = First see what would go. Possible for 90 days.
import-undo-lead = What the import made goes, as long as nobody added anything to it. Nothing goes before you say so.
import-undo-ideas = { $n ->
    [one] idea
   *[other] ideas
}
import-undo-comments = { $n ->
    [one] comment
   *[other] comments
}
import-undo-updated = { $n ->
    [one] { $n } contribution updated by this import stays as it is.
   *[other] { $n } contributions updated by this import stay as they are.
}
import-undo-go = { $n ->
    [one] Remove { $n } contribution
   *[other] Remove { $n } contributions
}
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
import-preview = { $n ->
    [one] See { $n } contribution as it will be
   *[other] See { $n } contributions as they will be
}
import-preview-label = The first contributions, as they will be
import-preview-kind = kind
import-preview-idea = idea
import-preview-comment = comment
import-preview-where = area or place
import-preview-becomes = at the import
import-preview-new = new
import-preview-there = there already
import-preview-checked = To be checked before it is online
