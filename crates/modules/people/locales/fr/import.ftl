### Import de personnes

people-import-title = Importer des personnes
people-import-intro = Depuis un fichier CSV ou Excel, avec ce qui prouve leur accord. Sans preuve, personne ne reçoit de message.
people-import-link = Importer un fichier
people-import-file-hint = CSV ou Excel .xlsx, tel quel : prénom, nom, courriel, téléphone, quartier, adresse, accord et sa date. 100 000 lignes au plus.
people-import-origin = D’où viennent ces personnes ?
people-import-origin-hint = Noté dans le registre. Exemple : Adhésions 2025, bulletins papier
people-import-origin-missing = Dites d’où vient ce fichier. Exemple : Adhésions 2025, bulletins papier
people-import-origin-long = C’est trop long : 200 signes au plus.
people-import-not-official = Ce fichier ne vient ni de la mairie, ni d’une école, ni des impôts.
people-import-not-official-hint = La loi interdit de s’en servir pour une campagne.
people-import-official = Confirmez que ce fichier ne vient ni de la mairie, ni d’une école, ni des impôts.
people-import-created = à créer
people-import-completed = fiches à compléter
people-import-held = en attente d’accord
people-import-held-text = En attente d’accord : sans date, un « oui » ne prouve rien. Ces personnes ne reçoivent aucun message.
people-import-held-see = Voir qui attend
people-import-column-first-name = prénom
people-import-column-name = nom
people-import-column-email = courriel
people-import-column-phone = téléphone
people-import-column-address = adresse postale
people-import-column-area = quartier
people-import-column-age = âge : sert à refuser les moins de 15 ans, n’est pas gardé
people-import-column-birth = naissance : sert à refuser les moins de 15 ans, n’est pas gardée
people-import-column-accord = accord pour les nouvelles par courriel (un « non » est gardé comme un refus)
people-import-column-accord-day = date de cet accord
people-import-column-ignored = non lue
people-import-refused-email = Ce n’est pas une adresse complète. Exemple : lea@courriel.example
people-import-refused-phone = Ce n’est pas un numéro qui existe. Exemple : 06 12 34 56 78
people-import-refused-contact = Ni courriel ni téléphone. Ajoutez l’un des deux.
people-import-refused-young = Moins de 15 ans : il faut l’accord d’un parent, sur papier.
people-import-refused-age = Cet âge ne se lit pas. Écrivez-le en années : 42
people-import-refused-date = Ce jour n’existe pas, ou il est dans le futur. Écrivez-le ainsi : 31/12/2025.
people-import-refused-twice = Deux fois la même personne dans le fichier. La première ligne est gardée.
people-import-refused-erased = A été effacée à sa demande, ou faute d’accord. Ne peut pas revenir par un import.
people-import-refused-no-contact-column = Aucune colonne n’est un courriel ou un téléphone. Dites laquelle, ou ajoutez une ligne de titres.
people-import-refused-too-many-rows = Ce fichier a plus de 100 000 lignes. Découpez-le, chaque partie avec sa ligne de titres.
people-import-one-title = Importer { $name }
people-import-kept = Rien n’est écrit avant votre accord. Le fichier est gardé jusqu’à la fin de l’import, un jour au plus, les lignes refusées une semaine.
people-import-gone = Ce fichier n’est plus gardé : il a attendu plus d’un jour, ou une sauvegarde a été remise depuis.
people-import-stopped = L’import s’est arrêté après la ligne { $done }. Ce qui est écrit reste, rien ne l’est deux fois.
people-import-counts = { $created } créées, { $completed } complétées, { $refused } refusées
people-import-created-done = personnes créées
people-import-completed-done = fiches complétées
people-import-where = Leur provenance
people-import-see = Voir ces personnes
people-import-go = { $n ->
    [0] Importer
    [one] Importer { $n } personne
   *[other] Importer { $n } personnes
}
people-import-columns-twice = Deux colonnes sont dites : { $what }. N’en gardez qu’une.
people-import-columns-no-contact = Dites quelle colonne contient le courriel ou le téléphone.
people-import-refused-several = Plusieurs personnes ont ce téléphone. Ajoutez un nom ou un courriel.
people-import-wording = Mots lus inconnus : accord repris d’un fichier importé.
people-import-wording-no = Mots lus inconnus : refus repris d’un fichier importé.
people-import-no-line = { $n ->
    [one] { $n } personne a dit non : c’est gardé dans le registre comme un refus, et elle ne reçoit aucun message
   *[other] { $n } personnes ont dit non : c’est gardé dans le registre comme un refus, et elles ne reçoivent aucun message
}
consent-source-import = fichier importé
activity-person-imported = { $who } a importé des personnes : { $what } de plus
people-import-held-line = { $n ->
    [one] { $n } personne en attente d’accord : sans sa date, un « oui » ne prouve rien, et elle ne reçoit aucun message
   *[other] { $n } personnes en attente d’accord : sans sa date, un « oui » ne prouve rien, et elles ne reçoivent aucun message
}
