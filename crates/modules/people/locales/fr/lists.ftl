### Listes qui partent en fichier

list-areas = Quartiers
list-area-name = Nom
list-area-population = Habitants, quand le nombre est connu
list-area-lon = Longitude du nom sur la carte (WGS 84)
list-area-lat = Latitude du nom sur la carte (WGS 84)
list-persons = Personnes
list-person-name = Prénom
list-person-email = Adresse de courriel confirmée
list-person-phone = Téléphone, avec l’indicatif du pays
list-person-address = Adresse postale
list-person-lang = Langue
list-person-area = Quartier choisi
list-person-age = Tranche d’âge donnée
list-person-role = Rôle dans l’équipe
list-person-office = Fonction
list-person-since = Première confirmation
list-person-seen = Dernière visite
list-person-consents = Accords en cours, avec le canal

keep-passes = Liens et codes de connexion
keep-passes-why = Ceux qui ne servent plus. Jusque-là, leur page dit pourquoi.
keep-sessions = Connexions
keep-sessions-why = Après la dernière visite. La personne se connecte de nouveau avec son adresse.
keep-tokens = Jetons des programmes
keep-tokens-why = Ceux qui sont finis. Jusque-là, la page des jetons le dit.
