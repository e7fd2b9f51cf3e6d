### The morning letter to the team.

letter-staff-subject = { $site }: { $n ->
    [one] { $n } thing waits for you
   *[other] { $n } things wait for you
}
letter-staff-title = { $n ->
    [one] { $n } thing waits for you
   *[other] { $n } things wait for you
}
letter-staff-since = Since { $date }
letter-staff-mentions = { $n ->
    [one] { $n } note is addressed to you
   *[other] { $n } notes are addressed to you
}
letter-staff-button = Open Today
letter-staff-why = You are on the team. This mail leaves once a day, and only if something waits for you.
letter-staff-stop = No longer receive this mail
leave-staff = You will get no more mails about what waits for the team.
leave-ask-staff = You receive a mail about what waits for the team.
leave-do-staff = Stop this mail
space-staff = What waits for the team
space-staff-hint = One mail a day, about your projects. If nothing waits, no mail.
space-staff-wanted = Receive this mail
space-staff-at = At what time
space-staff-hour = { $hour }:00
done-attend-enregistre = Saved.
data-morning = Whether you receive the mail about what waits for the team, and at what time
    .team = Their choice about the mail on what waits for the team
