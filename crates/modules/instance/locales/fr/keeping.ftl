### Sauvegardes et durées de conservation

settings-backups = Sauvegardes
settings-state-backups-none = Aucune pour l’instant
settings-state-backups-last = Dernière : { $value }
settings-state-backups-failed = La dernière a échoué
backup-lead = Tout ce que contient ce site, en un fichier. Chaque sauvegarde est relue en entier, pendant que les gens continuent d’écrire.
backup-now = Sauvegarder maintenant
backup-running = Une sauvegarde est en cours.
backup-look-again = Voir où elle en est
backup-where = Les fichiers sont dans
backup-elsewhere = Copiez-les sur une autre machine : un disque en panne emporte aussi ses sauvegardes.
backup-plan = Quand
backup-plan-lead = La nuit à 3 heures, sans rien faire.
backup-every = Rythme
backup-every-jour = Chaque nuit
backup-every-semaine = Chaque lundi
backup-every-jamais = Seulement quand vous le demandez
backup-kept = Combien en garder
backup-kept-hint = De 1 à 60. Les plus anciennes laissent la place.
backup-error-every = Choisissez un rythme dans la liste.
backup-error-kept = Écrivez un nombre de 1 à 60. Exemple : 7
backup-last = Les dernières
backup-none = Aucune sauvegarde pour l’instant.
backup-done = Faite
backup-failed = Échouée
backup-waits = En cours
backup-by-hand = à la demande
backup-by-itself = programmée
backup-holds = { $rows ->
    [one] { $rows } ligne, { $size } Mo.
   *[other] { $rows } lignes, { $size } Mo.
}
backup-checked = Relue en entier, rien ne manque.
backup-removed = Le fichier a laissé la place à de plus récents.
backup-take = Télécharger
backup-take-note = Une sauvegarde contient des adresses et la clé de ce site : gardez-la là où l’équipe seule peut la lire.
backup-problem-cut = Le programme s’est arrêté au milieu. Demandez-en une autre.
backup-problem-damaged = Le fichier relu n’est pas celui qui a été écrit : le disque est peut-être abîmé. Demandez-en une autre, puis faites vérifier la machine.
backup-problem-database = La base de données n’a pas répondu. Demandez-en une autre ; si cela se répète, lancez parvis doctor.
backup-problem-disk = Le fichier n’a pas pu être écrit : il manque de la place ou un droit. Faites de la place, puis demandez-en une autre.
backup-problem-other = Elle n’a pas pu être faite. Demandez-en une autre ; si cela se répète, regardez les journaux du programme.
done-sauvegarde = La sauvegarde est demandée. Elle paraît ici dès qu’elle est relue.
done-sauvegardes = C’est enregistré.
activity-backup-asked = { $who } a demandé une sauvegarde
activity-backup-taken = { $who } a téléchargé la sauvegarde { $what }
activity-backup-plan = { $who } a changé le rythme des sauvegardes : { $what }
activity-retention-changed = { $who } a changé les durées de conservation. Autres que d’origine : { $what }

settings-retention = Durées de conservation
settings-state-retention = Ce qui part tout seul, et quand
retention-lead = Chaque jour, ce qui a servi et ne sert plus s’efface. Essayez une durée pour voir ce qui partirait.
retention-hint = Jours, de { $least } à { $most }. D’origine : { $days }.
retention-due = { $n ->
    [0] Rien ne partirait aujourd’hui.
    [one] { $n } ligne partirait aujourd’hui.
   *[other] { $n } lignes partiraient aujourd’hui.
}
retention-ends = { $n ->
    [0] Rien ne prendrait fin aujourd’hui.
    [one] { $n } accord prendrait fin aujourd’hui.
   *[other] { $n } accords prendraient fin aujourd’hui.
}
retention-error = Écrivez un nombre de jours entre { $least } et { $most }.
retention-try = Essayer
done-conservation = C’est enregistré.
keep-journal = Journal
keep-journal-why = Qui a fait quoi. Ses lignes partent.
keep-mails = Courriels de la boîte d’envoi
keep-mails-why = Ceux qui sont partis, annulés ou refusés : l’adresse et le texte partent.
keep-limits = Compteurs contre les envois automatiques
keep-limits-why = Des adresses de machines, sous forme d’empreintes qui changent chaque jour. Elles partent.
keep-jobs = Travaux faits
keep-jobs-why = Ce que le programme a fait en arrière-plan. Les lignes partent.
keep-backups = Lignes des sauvegardes
keep-backups-why = Ce que dit cette page des sauvegardes dont le fichier n’est plus là. Les lignes partent.
