queue-all = { $n ->
    [one] Choisir celle qui correspond
   *[other] Choisir les { $n } qui correspondent
}
queue-all-most = Choisir toutes celles qui correspondent (plus de { $n })
queue-f-assigned = Confiée à
queue-f-anybody = Tout le monde
queue-f-me = Moi
queue-f-nobody = Personne
queue-assigned = Confiée à : { $name }
queue-assigned-nobody = personne
queue-held = { $name } l’a ouverte
queue-running = Une action sur plusieurs contributions est en cours.
queue-running-link = Voir où il en est
queue-undone = { $n ->
    [0] Rien n’a été annulé.
    [one] C’est annulé : la contribution est comme avant.
   *[other] C’est annulé : { $n } contributions sont comme avant.
}
queue-done-theme = { $n ->
    [0] Aucun thème changé.
    [one] Le thème est changé.
   *[other] Le thème de { $n } contributions est changé.
}
queue-done-quartier = { $n ->
    [0] Aucun quartier changé.
    [one] Le quartier est changé.
   *[other] Le quartier de { $n } contributions est changé.
}
queue-done-projet = { $n ->
    [0] Aucune contribution déplacée.
    [one] La contribution est dans son nouveau projet.
   *[other] { $n } contributions sont dans leur nouveau projet.
}
queue-done-confier = { $n ->
    [0] Aucune contribution confiée.
    [one] La contribution est confiée.
   *[other] { $n } contributions sont confiées.
}
desk-act-answer-all = Répondre
desk-act-more = Autres actions
lot-f-person = Confier à
lot-f-status = Changer l’état
lot-f-tag = Changer le thème
lot-f-area = Changer le quartier
lot-f-project = Déplacer dans le projet
lot-do-confier = Confier
lot-do-etat = Changer
lot-do-theme = Classer
lot-do-quartier = Placer
lot-do-projet = Déplacer
lot-ask-publier = { $n ->
    [one] Publier une contribution ?
   *[other] Publier { $n } contributions ?
}
lot-ask-refuser = { $n ->
    [one] Refuser une contribution ?
   *[other] Refuser { $n } contributions ?
}
lot-ask-etat = { $n ->
    [one] Changer l’état d’une idée ?
   *[other] Changer l’état de { $n } idées ?
}
lot-ask-theme = { $n ->
    [one] Changer le thème d’une idée ?
   *[other] Changer le thème de { $n } idées ?
}
lot-ask-quartier = { $n ->
    [one] Changer le quartier d’une idée ?
   *[other] Changer le quartier de { $n } idées ?
}
lot-ask-projet = { $n ->
    [one] Déplacer une idée ?
   *[other] Déplacer { $n } idées ?
}
lot-ask-confier = { $n ->
    [one] Confier une contribution ?
   *[other] Confier { $n } contributions ?
}
lot-ask-repondre = { $n ->
    [one] Répondre à une idée
   *[other] Répondre à { $n } idées en une fois
}
lot-start-publier = { $n ->
    [one] Publier
   *[other] Publier les { $n }
}
lot-start-refuser = { $n ->
    [one] Refuser et prévenir
   *[other] Refuser les { $n } et prévenir
}
lot-start-etat = { $n ->
    [one] Changer l’état
   *[other] Changer l’état des { $n }
}
lot-start-theme = { $n ->
    [one] Changer le thème
   *[other] Changer le thème des { $n }
}
lot-start-quartier = { $n ->
    [one] Changer le quartier
   *[other] Changer le quartier des { $n }
}
lot-start-projet = { $n ->
    [one] Déplacer
   *[other] Déplacer les { $n }
}
lot-start-confier = { $n ->
    [one] Confier
   *[other] Confier les { $n }
}
lot-start-tell = { $n ->
    [one] Publier la réponse
   *[other] Publier les { $n } réponses
}{ $told ->
    [0] {""}
    [one] , prévenir { $told } personne
   *[other] , prévenir { $told } personnes
}
lot-field-name = { $field } ne va pas dans une réponse : tout le monde la lit, et le nom y resterait. Retirez-le.
lot-field-unknown = Rien ne remplace { $field }. Vous pouvez écrire {"{"}numéro{"}"} et {"{"}titre{"}"}.
lot-field-elsewhere = Rien ne remplace { $field } ici. Écrivez-le dans la réponse elle-même.
lot-which = { $n ->
    [0] Aucune contribution n’est concernée
    [one] Une contribution est concernée
   *[other] { $n } contributions sont concernées
}
lot-others = { $n ->
    [one] et une autre.
   *[other] et { $n } autres.
}
lot-drafts = { $n ->
    [one] Une de ces idées a déjà une réponse en brouillon : la réponse que vous publiez prend sa place. Si vous annulez, le brouillon revient.
   *[other] { $n } de ces idées ont déjà une réponse en brouillon : la réponse que vous publiez prend leur place. Si vous annulez, les brouillons reviennent.
}
lot-fields = Chaque idée reçoit sa réponse. Écrivez {"{"}numéro{"}"} ou {"{"}titre{"}"} : chaque personne lira les siens.
lot-abandon = Ne rien changer
lot-undo-promise = Vous pourrez tout annuler pendant dix minutes. Les courriels partent après.
lot-running = L’action est en cours
lot-undoing = L’annulation est en cours
lot-undone = L’action est annulée
lot-where = Où il en est
lot-progress = { $n ->
    [one] sur une contribution.
   *[other] sur { $n } contributions.
}
lot-leave = Vous pouvez quitter cette page : le travail continue, et reprend de lui-même après une panne.
lot-refresh = Actualiser
lot-stop = Arrêter
lot-resume = Relancer maintenant
lot-result = Ce qui a été fait
lot-stopped = { $n ->
    [0] Arrêté à la fin : tout avait été fait.
    [one] Arrêté : une contribution n’a pas été touchée.
   *[other] Arrêté : { $n } contributions n’ont pas été touchées.
}
lot-back = Revenir aux contributions
lot-left = { $n ->
    [one] Une contribution est restée comme elle était
   *[other] { $n } contributions sont restées comme elles étaient
}
lot-left-changed = N° { $number }, « { $title } » : { $who } l’a traitée entre-temps.
lot-left-held = N° { $number }, « { $title } » : { $who } l’a ouverte.
lot-left-impossible = N° { $number }, « { $title } » : elle n’est pas concernée.
lot-left-refused = N° { $number } : elle est d’un projet que vous ne modérez pas.
lot-left-kept = N° { $number }, « { $title } » : { $who } l’a changée depuis, elle reste comme elle est.
handle-held = { $name } a ouvert cette contribution. Pour ne pas travailler à deux sur la même, voyez-vous d’abord.
conflict-title = Vous êtes deux sur cette contribution
conflict-mine = Vous avez déjà décidé de cette contribution à { $time }.
conflict-changed = { $who } l’a traitée à { $time }, pendant que vous la lisiez.
conflict-changed-unknown = Cette contribution a changé pendant que vous la lisiez.
conflict-held = { $who } l’a ouverte à { $time } et y travaille peut-être.
conflict-now = Maintenant : { $state }.
conflict-nothing = Ce que vous demandiez n’a plus lieu d’être. Rien n’a changé.
conflict-anyway = Le faire quand même
conflict-replace = Publier la vôtre à la place
conflict-field-reason = Raison dite à l’auteur
conflict-typed = Ce que vous avez écrit
conflict-asked = Ce que vous demandiez
conflict-copy = Vous pouvez copier votre texte.
data-lots = Les décisions que vous avez prises sur plusieurs contributions à la fois.
    .team = Ses décisions sur plusieurs contributions à la fois
data-handling = Les contributions qui vous sont confiées.
    .team = Les contributions qui lui étaient confiées
activity-lot-done = { $who } a traité plusieurs contributions à la fois : { $what }
activity-lot-undone = { $who } a annulé ce qui avait été fait de { $what } contributions.
activity-contribution-moved = { $who } a déplacé la contribution { $what }.
merge-button = Fusionner, elles disent la même chose
merge-error-few = Choisissez au moins deux idées à fusionner.
merge-title = { $n ->
    [one] Fusionner une idée
   *[other] Fusionner { $n } idées en une
}
merge-together = { $n ->
    [0] Personne ne les soutient encore.
    [one] Ensemble, une personne les soutient : elle compte une fois.
   *[other] Ensemble, { $n } personnes les soutiennent : chacune compte une fois.
}
merge-keep = Laquelle garder ?
merge-waits = pas encore en ligne
merge-what = Chaque texte reste lisible, avec son auteur, sur la page de l’idée gardée. Les soutiens sont réunis sans compter deux fois la même personne, les commentaires et les suivis aussi. Les anciennes adresses y mènent. Vous pourrez annuler pendant dix minutes.
merge-do = Fusionner
merge-done = Les idées sont réunies ici.
merge-undone = C’est annulé : chaque idée est comme avant.
merge-into = Cette idée est réunie avec :
merge-united = Idées réunies
desk-state-merged = Réunie
idea-united = { $n ->
    [one] Une autre personne disait la même chose
   *[other] { $n } autres personnes disaient la même chose
}
data-merges = Les idées que vous avez réunies.
    .team = Les idées qu’elle avait réunies
activity-contribution-merged = { $who } a réuni des idées dans la contribution { $what }.
activity-contribution-unmerged = { $who } a annulé la réunion d’idées dans la contribution { $what }.
refusal-merged = Cette idée est réunie avec une autre
    .why = Son texte se lit sur la page de l’idée gardée, avec ses soutiens et ses commentaires.
    .next = Agissez sur l’idée gardée.
refusal-not_alike = Ces contributions ne peuvent pas être réunies
    .why = On réunit deux idées ou plus d’un même projet, vingt au plus, jamais des commentaires.
    .next = Choisissez des idées d’un même projet, ou déplacez-les d’abord.
refusal-answered_keeps = Une de ces idées a déjà sa réponse
    .why = Réunie avec une autre, sa réponse officielle ne se lirait plus.
    .next = Gardez celle qui a une réponse.
refusal-not_settled = Une de ces idées n’est pas en ligne
    .why = L’idée gardée doit être en ligne, et aucune ne doit être refusée, masquée, retirée ou signalée.
    .next = Publiez l’idée à garder, réglez les signalements, puis recommencez.
template-title = Modèles de refus
template-intro = Écrits une fois, remplis pour chaque personne : {"{"}prénom{"}"}, {"{"}numéro{"}"} et {"{"}titre{"}"} sont remplacés.
template-list = { $n ->
    [0] Aucun modèle
    [one] Un modèle
   *[other] { $n } modèles
}
template-none = Les cinq raisons du produit suffisent souvent. Ajoutez les vôtres ici.
template-new = Nouveau modèle
template-change = Modifier le modèle
template-delete = Supprimer
template-edit = Modèles de refus
template-example = Un banc à mi-chemin de l’hôpital
template-f-title = Titre
template-f-title-hint = Pour l’équipe seule.
template-f-body = Message
template-f-body-hint = La personne le lira, avec un lien pour corriger et redéposer.
template-error-title = Donnez un titre au modèle.
template-error-body = Écrivez le message du modèle.
template-error-many = Il y a déjà { $n } modèles : supprimez-en un d’abord.
note-title = Notes de l’équipe
note-none = Aucune note. Elles ne sont jamais publiées.
note-write = Écrire une note
note-hint = Écrivez @ et un prénom : cette personne de l’équipe trouvera la note dans Aujourd’hui.
note-told = À lire dans Aujourd’hui, par : { $names }
note-missed-unknown = { $name } n’a reçu aucun message : ce prénom n’est pas dans l’équipe.
note-missed-closed = { $name } n’a reçu aucun message : ce projet ne lui est pas ouvert.
note-missed-several = { $name } n’a reçu aucun message : plusieurs personnes ont ce prénom. Écrivez aussi le nom.
note-send = Ajouter la note
note-delete = Retirer ma note
note-error-empty = Écrivez la note.
note-error-long = La note est trop longue : { $n } signes au plus.
today-mentions = Notes de l’équipe pour vous
today-mention = { $who } : « { $text } »
view-title = Vues enregistrées
view-shared = (partagée)
done-vue = La vue est enregistrée.
done-vue-retiree = La vue est retirée.
view-save = Enregistrer cette vue
view-name = Nom de la vue
view-share = La partager avec l’équipe
view-save-do = Enregistrer la vue
view-delete = Supprimer la vue { $name }
view-error-name = Donnez un nom à la vue, { $n } signes au plus.
view-error-many = Vous avez déjà { $n } vues : supprimez-en une d’abord.
data-desk-notes = Les notes que vous avez écrites pour l’équipe.
    .team = Ses notes pour l’équipe
data-answer-drafts = Les réponses officielles que vous avez commencées.
    .team = Les réponses officielles qu’elle avait commencées
data-views = Les filtres que vous avez enregistrés.
    .team = Ses filtres enregistrés
data-desk-visits = Quand vous étiez sur l’espace de l’équipe pour la dernière fois, et la fois d’avant.
    .team = Ses passages sur l’espace de l’équipe
activity-template-saved = { $who } a enregistré le modèle de refus « { $what } ».
activity-template-deleted = { $who } a supprimé le modèle de refus « { $what } ».
lot-ask-masquer = { $n ->
    [one] Masquer une contribution ?
   *[other] Masquer { $n } contributions ?
}
lot-ask-remettre = { $n ->
    [one] Remettre une contribution en ligne ?
   *[other] Remettre { $n } contributions en ligne ?
}
lot-start-masquer = { $n ->
    [one] Masquer et prévenir
   *[other] Masquer les { $n } et prévenir
}
lot-start-remettre = { $n ->
    [one] Remettre en ligne
   *[other] Remettre les { $n } en ligne
}
recent-title = Vos derniers gestes
recent-count = { $n ->
    [one] ({ $n }, annulable pendant dix minutes)
   *[other] ({ $n }, annulables pendant dix minutes)
}
recent-others = { $n ->
    [one] Et { $n } autre
   *[other] Et { $n } autres
}
recent-which = Voir lesquelles
recent-merged = { $n ->
    [one] Une idée réunie :
   *[other] { $n } idées réunies :
}
activity-contribution-undone = { $who } a annulé sa décision sur la contribution n° { $what }
queue-f-kind = Idée ou commentaire
queue-kind-idees = Les idées
queue-kind-commentaires = Les commentaires
merge-with = Dit-elle la même chose qu’une autre ?
merge-close = Très proches :
merge-these = Réunir
merge-number = Réunir avec l’idée n°
refusal-no_such_idea = Aucune idée ne porte ce numéro
    .why = Le numéro d’une idée se lit sur sa fiche et dans son adresse.
    .next = Revenez en arrière et vérifiez le numéro.
