### Équipe et rôles

settings-team = Équipe et rôles
settings-state-team = { $n ->
    [one] { $n } personne
   *[other] { $n } personnes
}
search-words-team = membres rôles invitation inviter modérateur administrateur propriétaire droits double authentification
team-members = { $n ->
    [one] { $n } personne
   *[other] { $n } personnes
}
team-members-text = Chaque personne se connecte avec son courriel, sans mot de passe.
team-you = Vous
team-waiting = Pas encore venue
team-change = Modifier
team-role = Rôle
team-office = Fonction
team-office-hint = Facultatif. S’affiche sous les réponses. Exemple : adjointe aux déplacements
team-projects = Projets
team-projects-hint = pour la modération seulement
team-save = Enregistrer
team-again = Renvoyer l’invitation
team-remove = Retirer de l’équipe
team-invite = Inviter une personne
team-invite-text = Elle reçoit un lien par courriel, valable 7 jours.
team-no-server = Aucun serveur de courriel n’est réglé : l’invitation attendra dans la boîte d’envoi.
team-mail = Courriel
team-name = Prénom et nom
team-invite-button = Envoyer l’invitation
team-mail-missing = Il manque le courriel. Exemple : camille@exemple.fr
team-mail-wrong = Cette adresse n’est pas complète. Exemple : camille@exemple.fr
team-mail-there = Cette personne est déjà dans l’équipe.
team-role-missing = Choisissez un rôle.
team-last-owner = Il faut au moins une personne propriétaire. Nommez-en d’abord une autre, puis recommencez.
team-projects-missing = Choisissez au moins un projet pour la modération.
team-too-long = C’est trop long : 80 signes au plus.
done-invitation = L’invitation est partie.
done-invitation-attend = L’invitation attend dans la boîte d’envoi : elle partira quand un serveur de courriel sera réglé.
done-equipe-change = C’est enregistré.
done-equipe-retire = Cette personne n’est plus dans l’équipe.
