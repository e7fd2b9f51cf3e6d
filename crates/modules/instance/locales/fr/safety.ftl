### Ce qui protège les comptes

outbox-read = Lire ce courriel
outbox-read-why = Ce courriel ouvre l’espace de la personne à qui il est adressé. Le lire s’écrit dans le journal.
outbox-leaves = Ce courriel ouvre l’espace de la personne à qui il est adressé. Il part par le serveur de courriel : seule une personne propriétaire peut le lire ici.
activity-mail-read = { $who } a lu un courriel de connexion dans la boîte d’envoi
settings-mail-owners = Seule une personne propriétaire change le serveur de courriel : les liens de connexion passent par lui.
settings-base-url-owners = Seule une personne propriétaire change cette adresse : les liens de connexion commencent par elle.
