entry-title = Enter for somebody
entry-title-pile = Enter a pile of sheets
entry-intro = An idea or a support given in person, on the telephone or on paper. The idea’s page says how it was gathered.
entry-intro-pile = One sheet after the other, by the keyboard. Project, place and day stay from one sheet to the next.
entry-what = What to enter?
entry-tab-idea = An idea
entry-tab-support = A support
entry-tab-pile = A pile of sheets
entry-open = Enter for somebody
entry-no-project = No project online is open to you
entry-no-project-next = Publish a project, or ask an administrator to give you one.
entry-said = What was said
entry-f-sheet = Number of the sheet
entry-f-sheet-hint = Write it on the paper. A sheet is entered once.
entry-f-sheet-own = Number of the sheet
entry-f-sheet-own-hint = Optional, for a numbered sheet of paper.
entry-f-text = The idea
entry-f-text-hint = In the person’s words.
entry-f-support = Number of the idea that is supported
entry-f-support-hint = As on its page: 128
entry-f-name = First name
entry-f-name-hint = Optional. It is published with the idea.
entry-f-mail = Mail
entry-f-mail-hint = Optional. A letter asks the person to confirm: without their click, nothing else is sent.
entry-accord-idea = The person told me they agree to have their text published here, with their first name if they gave it.
entry-accord-support = The person told me they support this idea and agree to have their support counted.
entry-save = Save the idea
entry-save-support = Save the support
entry-save-pile = Save, next sheet
entry-save-anyway = Save this idea anyway
entry-keys-save = saves
entry-how = How it was gathered
entry-how-kept = These fields stay from one entry to the next.
entry-f-channel = Gathered
entry-f-where = Where?
entry-f-where-hint = As people will read it: “at the Saturday market”.
entry-f-day = On which day?
entry-f-place = Street or place it is about
entry-f-place-hint = Optional: “Lime Street”.
entry-close = { $n ->
    [one] A close idea is online already
   *[other] { $n } close ideas are online already
}
entry-close-how = If it is the same, count a support: the person is not lost, and the idea is not there twice.
entry-close-support = Count a support for idea no. { $n }
entry-last = Your last entries
entry-last-none = None so far.
entry-sheet = Sheet { $n }
entry-is-support = Support for idea no. { $n }
entry-undo-how = “Undo” takes all of it back for ten minutes, and the sheet’s number is free again.
entry-figures = Gathered by the team
entry-figures-how = Counted apart from confirmed supports. A support that the person confirms by mail later joins the confirmed ones.
entry-supports = { $n ->
    [0] no support
    [one] { $n } support
   *[other] { $n } supports
}
entry-somebody = the team
entry-error-text = The text of the idea is missing.
entry-error-project = Choose a project of the list.
entry-error-channel = Say how it was gathered.
entry-error-date = The day is missing. Example: 2026-11-28.
entry-error-future = This day has not come yet.
entry-error-long = Make it shorter: { $n } characters at most.
entry-error-sheet = The number of the sheet is missing.
entry-error-idea = No idea online in this project has this number.
entry-error-accord = Tick the person’s accord. Without it, nothing is published.
entry-error-phase = On { $day }, this project did not allow it: { $why }.
entry-error-taken = Sheet { $sheet } is entered already: { $idea }, by { $who }. The next free number is { $next }.
entry-fact = Gathered by the team
entry-fact-how = { $how }, on { $day }
entry-told-stand = Gathered at a stand
entry-told-stand-on = Gathered { $place }
entry-told-stand-at = Gathered at a stand: { $place }
entry-told-phone = Gathered on the telephone
entry-told-phone-on = Gathered on the telephone, { $place }
entry-told-phone-at = Gathered on the telephone: { $place }
entry-told-paper = Gathered on paper
entry-told-paper-on = Gathered on paper { $place }
entry-told-paper-at = Gathered on paper: { $place }
entry-told-day = { $how }, on { $day }. The team entered it.
entry-told-supports = { $n ->
    [one] { $n } support gathered by the team, counted apart.
   *[other] { $n } supports gathered by the team, counted apart.
}
done-saisie-idee = The idea is saved. You can enter the next one.
done-saisie-soutien = The support is saved. You can enter the next one.
done-saisie-annulee = The entry is undone. The sheet’s number is free.
refusal-sheet_taken = This sheet is entered already
    .why = Another entry of this project has the same sheet number.
    .next = Check the number written on the paper, or take the next one.
refusal-support_entered = This support is entered already
    .why = A support was entered for this idea with the same address.
    .next = A person counts once: there is nothing to do.
activity-entry-idea = { $who } entered idea { $what } for somebody
activity-entry-support = { $who } entered a support for idea { $what } for somebody
activity-entry-undone = { $who } undid the entry of idea { $what } or of a support for it
data-entries = What you entered for other people
data-entered-supports = Supports that the team entered with your address
list-col-gathered = How and where the team gathered it, empty when the person posted it
list-col-gathered-supports = Supports gathered by the team, counted apart
open-col-gathered = Where the team gathered it, empty when the person posted it or nobody said
open-col-gathered-on = Day on which the team gathered it
open-col-gathered-supports = Supports gathered by the team, counted apart from confirmed supports
csv-origin = How the idea came in: web, stand, paper, phone or import
csv-gathered = Where the team gathered it, else empty
csv-gathered-supports = Supports gathered by the team, counted apart
