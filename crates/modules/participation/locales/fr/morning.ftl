### Le courriel du matin à l’équipe.

letter-staff-subject = { $site } : { $n ->
    [one] { $n } chose vous attend
   *[other] { $n } choses vous attendent
}
letter-staff-title = { $n ->
    [one] { $n } chose vous attend
   *[other] { $n } choses vous attendent
}
letter-staff-since = Depuis le { $date }
letter-staff-mentions = { $n ->
    [one] { $n } note vous est adressée
   *[other] { $n } notes vous sont adressées
}
letter-staff-button = Ouvrir Aujourd’hui
letter-staff-why = Vous faites partie de l’équipe. Ce courriel part une fois par jour, et seulement si quelque chose vous attend.
letter-staff-stop = Ne plus recevoir ce courriel
leave-staff = Vous n’aurez plus de courriel sur ce qui attend l’équipe.
leave-ask-staff = Vous recevez un courriel sur ce qui attend l’équipe.
leave-do-staff = Ne plus recevoir ce courriel
space-staff = Ce qui attend l’équipe
space-staff-hint = Un courriel par jour, sur vos projets. Si rien n’attend, aucun courriel.
space-staff-wanted = Recevoir ce courriel
space-staff-at = À quelle heure
space-staff-hour = { $hour } h
done-attend-enregistre = C’est enregistré.
data-morning = Si vous recevez le courriel sur ce qui attend l’équipe, et à quelle heure
    .team = Son choix pour le courriel sur ce qui attend l’équipe
