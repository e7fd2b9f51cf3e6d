settings-tokens = Jetons des programmes
settings-state-tokens = { $n ->
    [0] Aucun
    [one] { $n } jeton
   *[other] { $n } jetons
}
search-words-tokens = api jeton token clé programme accès
tokens-list =
    { $n ->
        [0] Aucun jeton
        [one] Un jeton
       *[other] { $n } jetons
    }
tokens-text = Un jeton laisse un programme agir pour un membre de l’équipe : seulement ce que disent ses droits, et jamais plus que cette personne.
tokens-api = Ce que les programmes peuvent lire et faire
tokens-none = Aucun programme n’agit pour l’équipe.
token-made = Votre jeton est prêt
token-made-text = Copiez-le maintenant : il ne sera plus jamais montré. Qui le tient agit en votre nom.
token-owner = Jeton de { $name }
token-dates = Du { $from } au { $to }.
token-used = Dernier usage : { $date }.
token-unused = Jamais utilisé.
token-ended = Expiré
token-revoke = Révoquer
token-new = Créer un jeton
token-new-text = Un jeton par programme : vous pourrez révoquer l’un sans arrêter les autres.
token-name = Nom
token-name-hint = Ce à quoi il sert, par exemple « Formulaire du site de la mairie »
token-name-missing = Donnez un nom à ce jeton, pour le reconnaître plus tard.
token-scopes = Droits
token-scopes-missing = Choisissez au moins un droit.
token-scope-queue-read = Lire ce qui attend l’équipe
token-scope-reports-read = Lire les signalements
token-scope-projects-read = Lire les projets, ceux en préparation compris
token-scope-notes-read = Lire les notes de l’équipe sur les contributions
token-scope-people-read = Lire les fiches des personnes et leurs accords. Chaque lecture va au journal
token-scope-contributions-create = Déposer des idées et des commentaires
token-days = Durée
token-days-n = { $n } jours
token-days-missing = Choisissez une durée.
token-too-many = Vous avez déjà vingt jetons. Révoquez d’abord ceux qui ne servent plus.
token-make = Créer le jeton
done-jeton-revoque = Le jeton est révoqué. Le programme qui s’en servait n’a plus accès à rien.
activity-token-made = { $who } a créé un jeton
activity-token-revoked = { $who } a révoqué un jeton
data-tokens = les jetons de vos programmes : nom, droits, dates
    .team = Les jetons de ses programmes
token-scope-contributions-read = Lire les idées et les commentaires dans tous leurs états, masqués et refusés compris
