### Team and roles

settings-team = Team and roles
settings-state-team = { $n ->
    [one] { $n } person
   *[other] { $n } persons
}
search-words-team = members roles invitation invite moderator administrator owner rights two factor
team-members = { $n ->
    [one] { $n } person
   *[other] { $n } people
}
team-members-text = Each person signs in with their mail address, without a password.
team-you = You
team-waiting = Has not come yet
team-change = Change
team-role = Role
team-office = Office
team-office-hint = Optional. Shown under answers. Example: deputy for transport
team-projects = Projects
team-projects-hint = for moderation only
team-save = Save
team-again = Send the invitation again
team-remove = Remove from the team
team-invite = Invite somebody
team-invite-text = They receive a link by mail, valid for 7 days.
team-no-server = No mail server is set: the invitation will wait in the outbox.
team-mail = Mail address
team-name = First and last name
team-invite-button = Send the invitation
team-mail-missing = The mail address is missing. Example: camille@example.com
team-mail-wrong = This address is not complete. Example: camille@example.com
team-mail-there = This person is already on the team.
team-role-missing = Choose a role.
team-last-owner = There must be at least one owner. Name another one first, then try again.
team-projects-missing = Choose at least one project for moderation.
team-too-long = This is too long: 80 signs at most.
done-invitation = The invitation has left.
done-invitation-attend = The invitation waits in the outbox: it will leave once a mail server is set.
done-equipe-change = It is saved.
done-equipe-retire = This person is no longer on the team.
