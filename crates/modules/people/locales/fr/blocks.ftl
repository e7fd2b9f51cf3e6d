### Bloquer une personne : sur la fiche, dans la file, et ce que la personne lit.

block-title = Publier sur le site
block-open = Bloquer cette personne
block-what = Elle pourra lire le site et garder son espace, mais plus déposer, commenter ni soutenir. Elle lit la raison et peut répondre une fois.
block-f-reason = Raison
block-f-reason-hint = La personne la lit.
block-f-end = Dernier jour
block-f-end-hint = Vide : jusqu’à ce que vous leviez le blocage.
block-do = Bloquer et prévenir
block-holds = Cette personne est bloquée.
block-their-reply = Sa réponse
block-lift = Lever le blocage
block-error-reason = Écrivez la raison.
block-error-long = C’est trop long. { $n } signes au plus.
block-error-end = Donnez un jour à partir d’aujourd’hui, dans les cinq ans.
done-bloque = Cette personne ne peut plus publier. Elle est prévenue si son courriel est connu.
done-blocage-leve = Le blocage est levé.
done-reponse-envoyee = Votre réponse est envoyée. L’équipe la lira.

block-until = Jusqu’au { $date } compris, vous ne pouvez pas publier sur ce site.
block-until-undone = Vous ne pouvez plus publier sur ce site, jusqu’à ce que l’équipe en décide autrement.
block-reason = Voici la raison donnée par l’équipe :
block-may = Vous pouvez lire le site, télécharger vos données et effacer votre compte.
block-kept = Votre texte n’est pas publié. Copiez-le pour le garder :
block-replied = Vous avez répondu, { $date } :
reply-label = Votre réponse à l’équipe
reply-hint = Une seule réponse : dites tout ce qui compte.
reply-send = Envoyer la réponse
reply-error-empty = Écrivez votre réponse.

block-letter-subject = Vous ne pouvez plus publier sur { $site }
block-letter-title = Vous ne pouvez plus publier
block-letter-may = Vous pouvez toujours lire le site et ouvrir votre espace. Si vous n’êtes pas d’accord, vous pouvez répondre une fois.
block-letter-button = Répondre à l’équipe
block-letter-why = Vous recevez ce message parce que l’équipe a pris une décision qui vous concerne.

data-blocks = Les blocages décidés à votre égard, et ceux que vous avez décidés pour l’équipe.
refusal-blocked = Vous ne pouvez pas publier
    .why = L’équipe a suspendu vos publications sur ce site.
    .next = La raison, la fin et le moyen de répondre sont à l’adresse /suspension.
refusal-block_member = Cette personne est de l’équipe
    .why = Un membre de l’équipe ne peut pas être bloqué.
    .next = Retirez-lui d’abord son rôle, dans les réglages de l’équipe.
refusal-replied_once = Vous avez déjà répondu
    .why = Une seule réponse est possible pour chaque décision.
    .next = L’équipe la lira et décidera.
activity-person-blocked = { $who } a bloqué une personne
activity-person-unblocked = { $who } a levé un blocage
activity-person-block_replied = Une personne bloquée a répondu

block-list = Blocages
block-list-text = Qui ne peut pas publier en ce moment, et pourquoi. Une réponse attend que vous la lisiez.
block-list-none = Personne n’est bloqué
block-list-none-next = On bloque une personne depuis sa fiche ou depuis une contribution.
block-list-browser = Un navigateur, sans nom
block-list-since = Depuis le { $date }.
block-list-until = Jusqu’au { $date } compris.
block-list-until-undone = Jusqu’à ce que vous le leviez.
block-list-unread = Réponse à lire
block-keep = Maintenir le blocage
done-blocage-maintenu = Le blocage reste. La réponse est lue.
activity-person-block_kept = { $who } a maintenu un blocage après une réponse
block-elsewhere = Décidé hors de vos projets : l’administration peut le lever.
keep-blocks = Suspensions terminées
keep-blocks-why = Ce qui a été écrit d’une personne suspendue et sa réponse, une fois la suspension finie. La date reste.
