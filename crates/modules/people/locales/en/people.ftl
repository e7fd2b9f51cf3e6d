### Words common to the module: roles, journal, refusals

role-owner-hint = Sets everything, and names other owners.
role-administrator-hint = Sets everything but owners.
role-moderator-hint = Publishes, refuses and answers in the chosen projects.
role-analyst-hint = Reads contributions and the analysis, changes nothing.

age-15-24 = 15 to 24
age-25-39 = 25 to 39
age-40-64 = 40 to 64
age-65-plus = 65 and over

journal-somebody = Somebody
journal-nobody = Somebody without an account
journal-whom = somebody
activity-team-invited = { $who } invited { $whom } to the team ({ $what })
activity-team-joined = { $who } joined the team
activity-team-role_changed = { $who } gave { $whom } the role “{ $what }”
activity-team-removed = { $who } removed { $whom } from the team ({ $what })
activity-team-left = { $who } left the team
activity-person-erased = Somebody erased their space
activity-consent-given = { $who } gave a consent
activity-consent-expired = Consents that came to their end: { $what }
activity-consent-withdrawn = { $who } withdrew a consent
activity-area-imported = { $who } added or replaced areas from a file: { $what }
activity-area-import_undone = { $who } undid an import of areas
activity-area-changed = { $who } changed an area: { $what }
activity-area-renamed = { $who } renamed an area: { $what }
activity-area-removed = { $who } removed an area: { $what }

refusal-last_owner = There must be at least one owner
    .why = Without one, nobody could name an owner or settle the instance any more.
    .next = Name another owner first, then try again.
