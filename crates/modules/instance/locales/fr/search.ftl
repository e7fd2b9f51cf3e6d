search-title = Recherche
search-lead = Dans les idées, les commentaires, les personnes, les projets et les pages que votre rôle vous ouvre, quel que soit leur état.
search-field = Un mot, un numéro, un nom, un courriel, un téléphone, une page
search-do = Chercher
search-groups = Ce qui a été trouvé
search-more-than = Plus de { $found }
search-all = Tout voir
search-none = Rien ne répond à « { $words } »
search-none-next = Essayez un seul mot, ou le début d’un nom. Un numéro seul mène à la contribution qui le porte.
found-pages = { $n ->
    [one] 1 page
   *[other] { $n } pages
}
# Les mots par lesquels on cherche une page, dans n’importe quel ordre.
search-words-identity = nom logo question slogan ville commune population adresse contact téléphone délai promesse réponse fuseau horaire code source
search-words-look = couleurs thème charte graphique apparence aspect
search-words-languages = langue français anglais traduction
search-words-mail = mail e-mail email smtp serveur expéditeur messagerie spf dkim dmarc heures calmes rythme essai
search-words-outbox = mails e-mails emails lettres envoyés échec attente
search-words-statuses = statut statuts libellés mots états
search-words-pages = mentions légales aide accessibilité charte données personnelles rgpd pied confidentialité
search-words-backups = sauvegarde backup restauration copie
search-words-retention = durée conservation effacement purge rgpd données personnelles
search-words-webhooks = webhook webhooks notification appel programme secret
search-words-licence = open data ouvertes licence etalab odbl
search-words-journal = historique activité audit qui quand traces
