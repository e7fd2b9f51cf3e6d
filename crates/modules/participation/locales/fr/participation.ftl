### Words of participation

# L’histoire d’une personne, sur sa fiche
past-idea = A déposé « { $what } »
past-comment = A commenté « { $what } »
