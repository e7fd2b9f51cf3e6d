### La lettre du matin à l’équipe.

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
letter-staff-button = Ouvrir la journée
letter-staff-why = Vous faites partie de l’équipe. Cette lettre part une fois par jour, et seulement si quelque chose vous attend.
letter-staff-stop = Ne plus recevoir cette lettre, en un clic
leave-staff = Vous n’aurez plus de lettre sur ce qui attend l’équipe.
leave-ask-staff = Vous recevez une lettre sur ce qui attend l’équipe.
leave-do-staff = Ne plus recevoir cette lettre
space-staff = Ce qui attend l’équipe
space-staff-hint = Une lettre par jour, sur vos projets. Rien n’attend : aucune lettre.
space-staff-wanted = Recevoir cette lettre
space-staff-at = À quelle heure
space-staff-hour = { $hour } h
done-attend-enregistre = C’est enregistré.
data-morning = Si vous recevez la lettre de ce qui attend l’équipe, et à quelle heure
    .team = Son choix pour la lettre de ce qui attend l’équipe
