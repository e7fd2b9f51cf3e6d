### Ce qui fait attendre un texte : réglages, et raisons dites dans la file.

settings-moderation = Modération
settings-state-moderation = Mots à relire, limites
search-words-moderation = modérer mots interdits liste insultes limites liens signalements filtre
screening-intro = Ce qui est trouvé ici n’est jamais refusé : le texte attend qu’une personne le lise, et la file dit pourquoi.
screening-words = Listes de mots
screening-words-how = Un mot ou une expression par ligne. Les accents, les majuscules, les chiffres à la place des lettres, les lettres espacées ou répétées sont reconnus. Seuls des mots entiers sont trouvés : écrivez aussi le pluriel et le féminin.
screening-list-fr = Mots en français
screening-list-en = Mots en anglais
screening-list-main = Pour tous les textes.
screening-list-other = Pour les textes écrits dans cette langue.
screening-try-title = Essayer les listes
screening-try-how = Rien n’est enregistré. Ce que vous avez écrit à côté sert à l’essai.
screening-sample = Un texte d’exemple
screening-try = Essayer
screening-tried = { $n ->
    [0] Aucun mot des listes : ce texte n’attendrait pas.
    [one] { $n } mot trouvé : ce texte attendrait.
   *[other] { $n } mots trouvés : ce texte attendrait.
}
screening-tried-word = « { $text } » : mot de la liste « { $word } »
screening-limits = Limites
screening-limits-how = Au-delà, un texte attend une personne. Un champ vide : pas de limite. Ce que l’équipe écrit n’est pas compté.
screening-links = Liens dans un texte
screening-links-hint = Publié tout de suite jusqu’à ce nombre.
screening-new = Textes d’une personne nouvelle
screening-new-hint = Publiés tout de suite jusqu’à ce nombre. Vingt fois plus pour tous ceux qui partagent une connexion.
screening-hours = Heures pendant lesquelles une personne est nouvelle
screening-hours-hint = Depuis son premier texte.
screening-burst = Textes d’un projet en dix minutes
screening-burst-hint = Au-delà, les suivants attendent.
screening-repeated = Un texte qui en répète un autre de la journée attend
screening-error-long = « { $word }… » est trop long. { $n } signes au plus.
screening-error-word = « { $word } » ne contient ni lettre ni chiffre.
screening-error-many = La liste est trop longue. { $n } lignes au plus.
screening-error-number = Donnez un nombre de { $least } à { $most }, ou rien.
screening-error-hours = Donnez un nombre d’heures de 1 à 720.
screening-error-sample = Écrivez un texte à essayer.
screening-error-sample-long = Ce texte est trop long. { $n } signes au plus.
done-regles-moderation = C’est enregistré. Les textes à venir suivent ces règles.

screening-why = Attend parce que : { $reasons }
screening-why-word = mot de la liste : { $detail }
screening-why-links = liens : { $detail }
screening-why-new = beaucoup de textes d’une personne nouvelle
screening-why-repeated = répète la contribution n° { $detail }
screening-why-blocked = adresse d’une personne bloquée
screening-why-burst = beaucoup de textes dans ce projet en dix minutes

activity-screening-rules = { $who } a changé les règles de modération
block-author = Son auteur

desk-state-appeal = Réponse de l’auteur
appeal-says = Son auteur répond : « { $text } »
appeal-of-author = Réponse de l’auteur
appeal-desk-decided = vous avez décidé depuis
appeal-title = Répondre à l’équipe
appeal-link = Pas d’accord ? Répondre à l’équipe
appeal-refused = L’équipe n’a pas publié votre texte.
appeal-hidden = L’équipe a retiré votre texte du site.
appeal-online = Votre texte est en ligne.
appeal-waits = Votre texte attend d’être relu.
appeal-reason = Voici sa raison :
appeal-text = Votre texte :
appeal-read = L’équipe lira votre réponse et décidera.
appeal-decided = L’équipe a lu votre réponse et a décidé.
desk-letter-reply = Pas d’accord ? Répondre une fois à l’équipe
desk-letter-hidden-subject = Votre texte n’est plus en ligne : { $title }
desk-letter-hidden-title = Votre texte n’est plus en ligne
desk-letter-hidden-intro = L’équipe a retiré un texte que vous aviez écrit dans « { $project } ». Voici pourquoi.
desk-letter-upheld-subject = Votre texte reste hors ligne : { $title }
desk-letter-upheld-title = Votre texte reste hors ligne
desk-letter-upheld-intro = L’équipe a lu votre réponse sur un texte que vous aviez écrit dans « { $project } ». Elle maintient sa décision. Voici pourquoi.
desk-hidden-charter = Ce texte ne respecte pas la charte du site.
desk-hidden-recognisable = On y reconnaît une personne.
desk-hidden-hurtful = Ses mots peuvent blesser.
desk-hidden-off_topic = Il est hors du sujet.
desk-hidden-advertising = C’est une publicité.
desk-hidden-other = Plusieurs personnes l’ont signalé, et l’équipe leur donne raison.
data-replies = Vos réponses à ce que l’équipe a décidé de vos textes.
    .team = Ses réponses aux décisions de l’équipe
activity-contribution-replied = L’auteur de la contribution n° { $what } a répondu à l’équipe

### Journal public de la modération.

log-title = Journal de la modération
log-intro = Ce que l’équipe a décidé pendant les mois terminés, et pourquoi. Aucun nom, aucun texte.
log-how = Un texte d’un projet public compte une fois pour chaque décision. Une décision annulée dans les dix minutes ne compte pas. Le mois en cours se lit quand il est terminé. Le nombre de réponses, de décisions changées et de personnes bloquées n’est pas dit en dessous de 11.
log-empty = Aucun mois terminé n’a de décision à montrer.
log-download = Télécharger (CSV)
log-file = moderation
log-month = Mois
log-what = Ce qui s’est passé
log-why = Raison
log-n = Nombre
log-few = moins de 11
log-held = Textes mis en attente d’une relecture
log-refused = Textes refusés
log-hidden = Textes masqués par l’équipe
log-reported_away = Textes masqués après trois signalements
log-shown = Textes remis ou laissés en ligne
log-replied = Réponses d’auteurs
log-changed = Décisions changées après une réponse
log-blocked = Personnes bloquées
log-held-word = mot d’une liste
log-held-links = liens
log-held-new = beaucoup de textes d’une personne nouvelle
log-held-repeated = texte répété
log-held-burst = beaucoup de textes à la fois
log-reason-recognisable = une personne reconnaissable
log-reason-hurtful = propos blessants
log-reason-off_topic = hors du sujet
log-reason-advertising = publicité
log-reason-other = autre raison
appeal-comment = Votre commentaire n’est pas en ligne : « { $text } »
appeal-comment-why = Lire pourquoi, et répondre
awaited-why = Trois personnes ont signalé ce texte. Il est masqué jusqu’à ce que quelqu’un de l’équipe le relise, en général sous { $n ->
    [one] { $n } heure
   *[other] { $n } heures
}. Vous n’avez rien à faire.
space-awaited = Masquée, à relire
desk-letter-reported-subject = Votre texte va être relu : { $title }
desk-letter-reported-title = Votre texte va être relu
desk-letter-reported-intro = Trois personnes ont signalé un texte que vous aviez écrit dans « { $project } ». Il est masqué jusqu’à ce que quelqu’un de l’équipe le relise. Voici une raison donnée :
desk-letter-reported-next = L’équipe le relit en général sous { $n ->
    [one] { $n } heure
   *[other] { $n } heures
}. Vous n’avez rien à faire. S’il reste masqué, vous saurez pourquoi et vous pourrez répondre.
desk-letter-reported-yours = Votre texte :
desk-reported-recognisable = On y reconnaîtrait une personne.
desk-reported-hurtful = Ses mots pourraient blesser.
desk-reported-off_topic = Il serait hors du sujet.
desk-reported-advertising = Ce serait une publicité.
desk-reported-other = Une autre raison.
desk-hide-choose = Choisir un motif
desk-hide-error-motive = Choisissez un motif : la personne le lira.
desk-hide-same = La même raison
desk-hide-reports = Celle des signalements
desk-hide-message-hint = La personne lira ce texte, avec un lien pour répondre une fois. Vide : nous envoyons la phrase du motif.
template-f-motive = Raison
template-f-motive-hint = Celle que compte le journal public de la modération.
template-error-motive = Choisissez une raison.
log-first = Ce site a ouvert ce mois-ci. Ses décisions se liront ici à partir du { $date }.
screening-contact = Un texte avec un numéro de téléphone ou une adresse de courriel attend
screening-why-contact = contient un numéro ou une adresse de courriel
log-held-contact = numéro ou adresse de courriel
log-held-blocked = adresse d’une personne bloquée
queue-tab-a-verifier = dont à vérifier
desk-act-publish-masked = Publier sans les coordonnées
desk-state-to-check = À vérifier
own-masked = L’équipe l’a publiée sans le numéro de téléphone ou l’adresse de courriel qui s’y trouvait.
desk-letter-masked-subject = Votre texte est en ligne, sans vos coordonnées : { $title }
desk-letter-masked-title = Votre texte est en ligne, sans vos coordonnées
desk-letter-masked-intro = Votre texte pour « { $project } » contenait un numéro de téléphone ou une adresse de courriel. Pour vous protéger, nous l’avons publié sans. Voici ce que tout le monde lit :
desk-letter-masked-button = Voir votre texte
activity-contribution-masked = { $who } a masqué un numéro ou une adresse dans la contribution n° { $what }
data-masked = Vos textes tels que vous les aviez écrits, quand l’équipe en a masqué des coordonnées : gardés une demi-heure.
    .team = Ses textes d’avant le masquage de coordonnées
