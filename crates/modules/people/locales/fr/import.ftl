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
people-import-completed = { $n ->
    [one] fiche à compléter
   *[other] fiches à compléter
}
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
people-import-counts = { $created ->
    [one] { $created } créée
   *[other] { $created } créées
} · { $completed ->
    [one] { $completed } complétée
   *[other] { $completed } complétées
} · { $refused ->
    [one] { $refused } refusée
   *[other] { $refused } refusées
}
people-import-created-done = { $n ->
    [one] personne créée
   *[other] personnes créées
}
people-import-completed-done = { $n ->
    [one] fiche complétée
   *[other] fiches complétées
}
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
people-import-undoable = Annulable pendant 30 jours.
activity-person-import_undone = { $who } a annulé un import de personnes. Fiches retirées : { $what }
consent-source-import_undone = import annulé
data-imports = les fichiers importés qui vous nomment, pendant 30 jours
    .team = Les fichiers importés qui nomment cette personne
people-undo-until = Voir d’abord ce qui partirait. Possible jusqu’au { $day }.
people-undo-lead = Les fiches que ce fichier a créées partent, si personne ne s’en est servi depuis. Ce qu’il a ajouté aux autres est retiré. Rien ne change avant votre accord.
people-undo-goes = { $n ->
    [one] fiche à retirer
   *[other] fiches à retirer
}
people-undo-back = { $n ->
    [one] fiche à remettre comme avant
   *[other] fiches à remettre comme avant
}
people-undo-ledger = Un accord venu du fichier devient un retrait dans le registre : rien n’y est effacé. Un refus reste.
people-undo-go = { $n ->
    [one] Annuler l’import pour { $n } fiche
   *[other] Annuler l’import pour { $n } fiches
}
people-undo-nothing = Il n’y a rien à annuler : toutes ces fiches ont servi depuis, ou le fichier n’y avait rien changé.
people-undo-stays = { $n ->
    [one] { $n } fiche garde quelque chose de ce fichier
   *[other] { $n } fiches gardent quelque chose de ce fichier
}
people-undo-more = { $n ->
    [one] Et { $n } autre.
   *[other] Et { $n } autres.
}
people-undo-why-moved = a été fusionnée avec une autre fiche
people-undo-why-united = une autre fiche a été fusionnée avec elle
people-undo-why-team = fait partie de l’équipe
people-undo-why-seen = a confirmé son adresse ou s’est connectée
people-undo-why-written = un courriel lui a été écrit
people-undo-why-blocked = est bloquée
people-undo-why-noted = l’équipe y a écrit une note
people-undo-why-chose = un autre accord ou refus y est noté
people-undo-why-file = est aussi dans un autre fichier
people-undo-why-changed = a été corrigée depuis
people-undo-why-refused = a dit non dans ce fichier, et reste sans message
people-undo-running = { $n ->
    [one] Annulation en cours : { $n } fiche.
   *[other] Annulation en cours : { $n } fiches.
}
people-undo-done = { $n ->
    [0] Import annulé. Aucune fiche n’est retirée.
    [one] Import annulé : { $n } fiche retirée.
   *[other] Import annulé : { $n } fiches retirées.
}
people-undo-done-back = { $n ->
    [one] { $n } fiche est remise comme avant.
   *[other] { $n } fiches sont remises comme avant.
}
people-import-phones-unread = { $n ->
    [one] Téléphone illisible, ligne prise sans lui : ligne { $lines }
   *[other] { $n } téléphones illisibles, lignes prises sans eux : lignes { $lines }
}
people-import-area-close = { $n ->
    [one] « { $said } » est pris pour { $name } : { $n } ligne
   *[other] « { $said } » est pris pour { $name } : { $n } lignes
}
people-import-area-unknown = { $n ->
    [one] « { $said } » : { $n } ligne
   *[other] « { $said } » : { $n } lignes
}
people-import-areas-close = { $n ->
    [one] { $n } nom de quartier rapproché, à vérifier
   *[other] { $n } noms de quartier rapprochés, à vérifier
}
people-import-areas-unknown = { $n ->
    [one] { $n } ligne nomme un quartier inconnu : la personne est prise, sans quartier.
   *[other] { $n } lignes nomment un quartier inconnu : les personnes sont prises, sans quartier.
}
people-import-areas-more = { $n ->
    [one] Et { $n } autre nom.
   *[other] Et { $n } autres noms.
}
people-import-areas-see = Voir les quartiers de la carte
people-preview = { $n ->
    [one] Voir { $n } fiche telle qu’elle sera
   *[other] Voir { $n } fiches telles qu’elles seront
}
people-preview-label = Les premières fiches, telles qu’elles seront
people-preview-name = prénom et nom
people-preview-accord = accord
people-preview-becomes = fiche
people-preview-new = nouvelle
people-preview-completed = complétée
people-preview-same = déjà là
people-preview-no = a dit non
people-preview-agreed = donné le { $day }
people-preview-standing = déjà noté
