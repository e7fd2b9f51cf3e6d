### Words common to the module: roles, journal, refusals

role-owner-hint = Sets everything, and names other owners.
role-administrator-hint = Sets everything but owners.
role-moderator-hint = Publishes, refuses and answers in the chosen projects.
role-analyst-hint = Reads contributions and the analysis, changes nothing.

age-15-24 = 15 to 24
age-25-39 = 25 to 39
age-40-64 = 40 to 64
age-65-plus = 65 and over

activity-team-invited = { $who } invited { $what } to the team
activity-team-joined = { $who } joined the team
activity-team-role_changed = { $who } changed the role of { $what }
activity-team-removed = { $who } removed { $what } from the team
activity-person-erased = Somebody erased their space
activity-consent-given = { $who } gave a consent
activity-consent-expired = Consents that came to their end: { $what }
activity-consent-withdrawn = { $who } withdrew a consent
activity-area-imported = { $who } added areas from a file
activity-area-import-undone = { $who } undid an import of areas
activity-area-changed = { $who } changed an area
activity-area-removed = { $who } removed an area

refusal-last_owner = There must be at least one owner
    .why = Without one, nobody could name an owner or settle the instance any more.
    .next = Name another owner first, then try again.
