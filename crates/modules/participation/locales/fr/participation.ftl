### Words of participation

# L’histoire d’une personne, sur sa fiche
deed-idea = A déposé une idée
deed-idea-n = { $n ->
    [one] { $n } idée
   *[other] { $n } idées
}
deed-comment = A commenté
deed-comment-n = { $n ->
    [one] { $n } commentaire
   *[other] { $n } commentaires
}
past-idea = A déposé « { $what } »
past-comment = A commenté « { $what } »
