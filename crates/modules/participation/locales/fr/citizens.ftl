### Ce que lisent les habitantes et les habitants.

# Nombres
count-ideas = { $n ->
    [0] Aucune idée
    [one] { $n } idée
   *[other] { $n } idées
}
count-supports = { $n ->
    [one] { $n } soutien
   *[other] { $n } soutiens
}
count-comments = { $n ->
    [0] Aucun commentaire
    [one] { $n } commentaire
   *[other] { $n } commentaires
}
optional = Facultatif.
office-town = Mairie
office-team = Équipe

# Accueil
home-crumb = Accueil
home-description = Donnez votre avis sur votre ville en une phrase, sans créer de compte.
home-eyebrow = Le programme s’écrit avec vous
home-eyebrow-town = La ville se décide avec vous
home-question = Que changeriez-vous ici ?
home-your-idea = Votre idée, en une ou deux phrases
home-example = Par exemple : il manque des bancs sur le chemin de l’école…
home-no-account = Pas de compte à créer. Vous signez après, si vous voulez.
home-continue = Continuer
home-closed = La collecte des idées est terminée pour le moment. Lisez ce qui a été proposé et ce que cela devient.
home-read-ideas = Lire les idées
home-we-answer = On vous répond toujours.
home-now = En ce moment
home-outcomes = Ce que deviennent vos idées
home-all-answers = Toutes les réponses ({ $n })
home-by = Proposée par { $who }.
home-read-answer = Lire la réponse

# Consultations
projects-title = Les consultations
projects-description = Ce que l’on demande en ce moment, et ce que l’on a demandé avant.
projects-none = Aucune consultation n’est ouverte pour le moment.
projects-open = Ouvertes
projects-over = Terminées
projects-archived = Archivée
projects-between = Entre deux étapes
project-post = Proposer une idée
project-areas = Quartiers concernés : { $names }.
project-about = Tout savoir sur cette consultation
project-easy = En résumé
project-steps = Étapes de la consultation
project-step-now = étape en cours
project-last-day = C’est le dernier jour
project-days-left = { $n ->
    [one] Encore { $n } jour, jusqu’au { $date }
   *[other] Encore { $n } jours, jusqu’au { $date }
}
project-open-until = { $n ->
    [one] Ouvert jusqu’au { $date }, encore { $n } jour
   *[other] Ouvert jusqu’au { $date }, encore { $n } jours
}
phase-from = à partir du { $date }
phase-span = du { $start } au { $end }
refused-from = À partir du { $date }
refused-since = Terminé depuis le { $date }

# Listes
ideas-title = Les idées
ideas-description = Toutes les idées de toutes les consultations, en liste et sur la carte.
list-filter = Filtrer et chercher
list-filter-label = Filtrer les idées
list-themes = Thèmes
list-more-themes = { $n ->
    [one] { $n } autre thème
   *[other] { $n } autres thèmes
}
list-no-more-theme = Aucun
list-search = Chercher un mot
list-area = Quartier
list-all-areas = Tous les quartiers
list-status = État
list-all-statuses = Tous les états
list-sort = Trier par
list-apply = Appliquer
list-some = { $n ->
    [0] Aucune idée sur { $whole }
    [one] { $n } idée sur { $whole }
   *[other] { $n } idées sur { $whole }
}
list-see-map = Voir la carte
list-download = Télécharger (CSV)
list-download-some = { $n ->
    [one] Télécharger cette idée (CSV)
   *[other] Télécharger ces { $n } idées (CSV)
}
list-nothing-found = Aucune idée ne correspond. Essayez un autre mot, ou moins de filtres.
list-show-all = Voir toutes les idées
list-empty = Aucune idée encore. La première peut être la vôtre.
list-past-end = { $n ->
    [one] Rien à cette page : la liste tient sur une page.
   *[other] Rien à cette page : la liste s’arrête à la page { $n }.
}
list-first-page = Aller à la première page
list-drawn = L’ordre est tiré au sort pour vous.
sort-hasard = Au hasard
sort-recentes = Plus récentes
sort-soutenues = Plus soutenues
sort-discutees = Plus discutées
pager-label = Pages de résultats
pager-before = Page précédente
pager-after = Page suivante
pager-page = Page { $n } sur { $of }
map-title = Carte des idées affichées
map-title-one = Plan du lieu
map-pin = Idée { $n } : { $title }
map-caption = Les numéros sont ceux de la liste. Une idée sans adresse est placée dans son quartier.
map-placeless = { $n ->
    [one] { $n } idée de cette page n’a pas de lieu.
   *[other] { $n } idées de cette page n’ont pas de lieu.
}
answers-title = Ce que deviennent vos idées
answers-description = Toutes les réponses, les plus récentes d’abord, refus compris.
answers-count = { $n ->
    [0] Aucune réponse
    [one] { $n } réponse
   *[other] { $n } réponses
}
answers-none = Aucune réponse n’est publiée pour le moment.
answers-on = Réponse du { $date }

# Fichier des idées
csv-number = Numéro public de l’idée
csv-title = Titre, s’il y en a un
csv-text = Texte tel qu’il a été écrit
csv-theme = Thème
csv-area = Quartier
csv-place = Rue ou lieu
csv-name = Prénom affiché, vide si l’idée est anonyme
csv-date = Jour du dépôt
csv-status = État de l’idée
csv-supports = Nombre de soutiens confirmés
csv-comments = Nombre de commentaires en ligne
csv-address = Adresse de l’idée

# Une idée
idea-anonymous = Anonyme
idea-number = Idée { $n }
idea-posted-on = Déposée le
idea-act = Agir sur cette idée
idea-people-support = { $n ->
    [one] personne soutient cette idée
   *[other] personnes soutiennent cette idée
}
idea-this = cette idée
idea-waits = En relecture.
idea-refused = Cette idée n’a pas été publiée.
idea-correct = Corriger et proposer à nouveau
idea-on-desk = Ouvrir dans l’espace équipe
answer-of-town = Réponse de la mairie
answer-of-team = Réponse de l’équipe
answer-published = Publiée le
answer-after = { $n ->
    [0] le jour du dépôt
    [one] { $n } jour après le dépôt
   *[other] { $n } jours après le dépôt
}
answer-decision = Décision
answer-cost = Coût
answer-funding = Financement
answer-funding-voted = Budget voté
    .after = budget voté
answer-funding-to_vote = Budget à voter
    .after = budget à voter
answer-funding-grant = Subvention attendue
    .after = subvention attendue
answer-next = Prochaine étape
steps-title = Où en est-on ?
step-posted = Déposée
step-online = Publiée
step-answered = Réponse publiée
step-next = Prochaine étape
step-answer-due = Réponse attendue
step-before = Avant le { $date }
step-overdue = { $n ->
    [one] Promise avant le { $date } : dépassée de { $n } jour
   *[other] Promise avant le { $date } : dépassée de { $n } jours
}
related-title = Idées proches
related-supports = soutiens
gone-withdrawn = Cette idée a été retirée
gone-erased = Idée effacée à la demande de la personne qui l’a écrite
gone-withdrawn-why = La personne qui l’a écrite l’a retirée. Son texte n’est plus en ligne.
gone-hidden = Cette idée n’est plus en ligne
taken-back-title = Cette consultation n’est plus publique
taken-back-why = L’équipe l’a retirée du public. Ce que vous y avez écrit n’est plus en ligne : vous et l’équipe seuls pouvez encore le lire.
taken-back-state = Plus en ligne
taken-back-idea = Votre idée n° { $n }
taken-back-comment = Votre commentaire
taken-back-space = Revenir à mon espace
taken-back-home = Revenir à l’accueil
gone-hidden-why = Elle a été masquée, le temps qu’une personne de l’équipe la relise.
own-title = C’est votre idée
own-change = Modifier le texte avant sa parution
own-save = Enregistrer le texte
own-withdraw = Retirer mon idée
own-withdraw-hint = Vous pourrez la remettre en ligne.
own-restore = Remettre mon idée en ligne

# Soutenir
support-do = Soutenir
support-done = Soutenue
support-of = soutiens : { $title }
support-confirm = Confirmer mon soutien, 20 secondes
support-waiting = { $n ->
    [one] Votre soutien est gardé. Il comptera une fois confirmé.
   *[other] Vos { $n } soutiens sont gardés. Ils compteront une fois confirmés.
}
support-one-each = Un soutien par personne. Vous pourrez le retirer.
support-closed = Soutiens fermés
support-closed-why = On ne peut plus soutenir cette idée. Vous pouvez la suivre et la partager.
oppose-do = Je suis contre
oppose-done = Vous êtes contre
refused-short-phase_closed = Les soutiens sont clos.
refused-short-phase_not_started = Bientôt ouvert.
refused-short-not_in_this_phase = On ne soutient pas à cette étape.
refused-short-project_archived = Consultation archivée.
refused-short-no_anonymous = Un prénom est demandé.
confirm-supports-title = Confirmer mon soutien
confirm-heading = { $n ->
    [one] Confirmez votre soutien, 20 secondes
   *[other] Confirmez vos { $n } soutiens, 20 secondes
}
confirm-why = Une personne, un soutien : nous vous envoyons un lien et un code, sans mot de passe.
confirm-email-hint = Exemple : odette@exemple.fr
confirm-send = Recevoir mon code
confirm-never-shown = Votre courriel ne s’affiche jamais. Il ne sert qu’à compter votre soutien.
confirm-never-shown-box = Votre courriel ne s’affiche jamais. Sans la case, il ne sert qu’à compter votre soutien.
confirm-nothing = Rien à confirmer
confirm-nothing-why = Tous les soutiens de ce navigateur sont déjà comptés, ou vous n’en avez pas encore donné.
confirm-fact-idea = Votre idée
confirm-fact-theme = Thème
confirm-fact-place = Lieu
confirm-fact-name = Signée

# Suivre, partager
follow-do = Suivre
follow-done = Suivie
follow-ask-title = Suivre cette idée
follow-ask-why = Nous vous envoyons un lien et un code, sans mot de passe. Un clic, et vous suivez l’idée.
follow-ask-never-shown = Votre courriel ne s’affiche jamais.
confirm-tell-me = Prévenez-moi de la réponse
consent-supporter = J’accepte de recevoir un courriel quand une idée que je soutiens change d’état ou reçoit une réponse. J’arrête quand je veux.
follow-needs-mail = Pour suivre une idée, il faut un courriel.
share-do = Partager
share-address = L’adresse de cette idée
share-by-mail = L’envoyer par courriel
share-done = L’adresse est copiée.
consent-follow = J’accepte de recevoir un courriel quand une idée que je suis change d’état ou reçoit une réponse. J’arrête quand je veux.
consent-answers = Je laisse un courriel pour recevoir la réponse à mon idée et savoir ce qu’elle devient. J’arrête quand je veux.
leave-title = Ne plus recevoir ces courriels
leave-ask-weekly = Vous recevez un résumé de la semaine, s’il y a du nouveau.
leave-ask-daily = Vous recevez un résumé de la journée, s’il y a du nouveau.
leave-ask-idea = Vous recevez un courriel quand l’idée « { $title } » change.
leave-idea = Vous n’aurez plus de courriel sur l’idée « { $title } ».
leave-daily = Vous n’aurez plus de résumé de la journée.
leave-weekly = Vous n’aurez plus de résumé de la semaine.
leave-do-idea = Ne plus rien recevoir sur cette idée
leave-do-summary = Ne plus recevoir ce résumé
leave-hint = Vos autres choix ne changent pas. Vous n’avez pas besoin de vous connecter.
leave-done = C’est fait
leave-done-more = Vous pouvez changer d’avis à tout moment dans votre espace.
leave-choices = Voir mes choix

# Commentaires
comment-yours = Votre commentaire
comment-reply-yours = Votre réponse
comment-name-hint = Facultatif. Sans prénom, le commentaire est anonyme.
comment-name-asked = Un prénom est demandé à cette étape.
comment-review = { $n ->
    [one] Visible après relecture, en général sous { $n } heure.
   *[other] Visible après relecture, en général sous { $n } heures.
}
comment-publish = Publier mon commentaire
comment-closed = On ne peut pas commenter à cette étape.
comment-sort-utiles = Plus utiles
comment-sort-recents = Plus récents
comment-useful = Utile
comment-useful-count = { $n ->
    [one] Utile à { $n } personne
   *[other] Utile à { $n } personnes
}
comment-of = commentaire { $n }
comment-reply = Répondre
comment-before = Commentaires précédents
comment-after = Commentaires suivants
comment-others = { $n ->
    [one] Voir l’autre commentaire
   *[other] Voir les { $n } autres commentaires
}
comment-missing = Il manque votre commentaire.
side-for = Pour
side-against = Contre

# Signaler
report-idea = Signaler cette idée
report-title = Signaler ce commentaire
report-comment = Signaler le commentaire { $n }
report-why = Qu’est-ce qui ne va pas ?
report-recognisable = On reconnaît une personne
report-hurtful = C’est blessant ou haineux
report-off_topic = C’est hors sujet
report-advertising = C’est de la publicité
report-other = Autre chose
report-note = Dites-nous en plus
report-then = Une personne de l’équipe relit chaque signalement.
report-send = Envoyer mon signalement
report-missing = Choisissez ce qui ne va pas.

# Proposer
post-title-1 = Proposer une idée, étape 1 sur 3
post-title-2 = Proposer une idée, étape 2 sur 3
post-title-3 = Proposer une idée, étape 3 sur 3
post-step-1 = Étape 1 sur 3.
post-step-2 = Étape 2 sur 3. Votre texte est gardé.
post-your-idea = Votre idée
post-project = Pour quelle consultation ?
post-at = Lieu : { $place }
post-then = Ensuite : le lieu et la signature, si vous voulez.
post-offline = Pas de réseau. Votre texte est gardé, il partira dès que le réseau revient.
post-missing = Il manque votre idée. Une phrase suffit.
post-kept = Votre texte est gardé :
post-where-who = Où, et qui signe ?
post-edit = Modifier le texte
post-close = { $n ->
    [one] Une idée proche existe
   *[other] Des idées proches existent
}
post-support-this = Soutenir celle-ci
post-read-it = La lire
post-theme = Thème
post-theme-guessed = Trouvé dans votre texte. Changez-le si besoin.
post-theme-other = Aucun de ceux-là
post-where = Où est-ce ?
post-where-hint = Une rue ou un lieu. Facultatif.
post-areas-own = Quartiers de cette consultation
post-areas-other = Ailleurs dans la commune
post-no-area = Je ne précise pas
post-who = Qui signe ?
post-my-name = Mon prénom
post-my-name-known = La réponse arrive à votre adresse déjà confirmée.
post-nobody = Personne
post-nobody-hint = Idée anonyme. Je n’aurai pas de réponse directe.
post-name-asked = À cette étape, une idée est signée d’un prénom.
post-publish = Publier mon idée
post-review = { $n ->
    [one] Relue avant publication, en général sous { $n } heure.
   *[other] Relue avant publication, en général sous { $n } heures.
}
post-at-once = En ligne tout de suite.
post-charter = Charte et données personnelles
post-thanks = Merci, votre idée est bien arrivée
post-online = Elle est en ligne.
post-answer-by = Nous vous répondons avant le { $date }.
post-address = L’adresse de votre idée :
post-confirm-title = Confirmez votre courriel
post-confirm-why = Nous venons d’écrire à { $email }. Appuyez sur le bouton du courriel, ou recopiez ici les six chiffres, pour recevoir notre réponse.
post-confirm-waits = Ce site ne peut pas envoyer de courriels pour le moment. Le vôtre, pour { $email }, est gardé et partira dès que possible. Son bouton, ou ses six chiffres, confirmera que vous voulez recevoir notre réponse.
post-code = Code à six chiffres
post-code-hint = Vous pouvez le coller. Les espaces ne comptent pas.
post-confirm = Confirmer mon courriel
post-follows = La réponse arrivera par courriel et dans votre espace.
post-read-others = Lire les autres idées
post-see-mine = Voir mon idée
field-name = Prénom
field-email = Courriel
field-email-hint = Pas de mot de passe : nous envoyons un lien.
email-never-shown = Le courriel n’est jamais affiché.
email-missing = Il manque le courriel. Exemple : odette@exemple.fr
email-wrong = Cette adresse n’est pas complète. Exemple : odette@exemple.fr
name-missing = Il manque le prénom. Un surnom convient aussi.
name-is-address = C’est une adresse de courriel, et le prénom s’affiche. Mettez un prénom ici et l’adresse dans son champ, ou laissez vide.
name-too-long = Le prénom a { $n } signes, { $max } au plus. Un surnom convient aussi.
place-too-long = Le lieu a { $n } signes, { $max } au plus. Gardez la rue ou le lieu.
email-of-nobody = Vous avez choisi « Personne » et laissé une adresse. Pour recevoir la réponse, choisissez « Mon prénom ». Sinon, effacez l’adresse.
text-word-too-long = Un mot du texte a { $n } signes sans espace, { $max } au plus. Ajoutez des espaces : rien n’est effacé.
text-too-long = Le texte a { $n } signes, { $max } au plus. Gardez l’essentiel : rien n’est effacé.
form-trap-label = Laissez ce champ vide
form-trap = Votre navigateur a rempli un champ caché. Envoyez de nouveau : votre texte est gardé.

# Mon espace
space-ideas = Mes idées
space-ideas-hint = Ce qu’elles sont devenues, la plus récente réponse d’abord.
space-news = Du nouveau depuis votre dernière visite, le { $date }.
space-news-mine = Une réponse à votre idée :
space-news-followed = Une réponse à une idée que vous suivez :
space-new = Nouveau
space-next-letter = Prochain courriel, s’il y a du nouveau : { $date } à { $time }.
space-first-idea = Proposer une idée
space-another-idea = Proposer une autre idée
space-no-idea = Vous n’avez pas encore proposé d’idée avec cette adresse.
space-withdrawn = Retirée
space-hidden = Masquée
space-answer = « { $text } »
space-answered-on = Réponse du { $date }.
space-posted-on = Déposée le { $date }.
space-promise = Réponse promise pour le { $date }.
space-promise-late = Réponse promise pour le { $date }, { $n ->
    [one] { $n } jour
   *[other] { $n } jours
} de retard.
space-see = Voir l’idée
space-open = Ouvrir
space-comments = Mes commentaires
space-comments-hint = Ceux qui attendent d’être relus aussi. Vous pouvez les retirer, et les remettre.
own-comment-waits = En relecture
own-comment-refused = Refusé
own-comment-hidden = Masqué
own-comment-awaited = Masqué, à relire
own-comment-withdrawn = Retiré
own-comment-online = En ligne
own-comment-on = Écrit le { $date }.
own-comment-under = Sous l’idée :
own-comment-withdraw = Retirer mon commentaire
own-comment-restore = Remettre mon commentaire
own-comment-waiting = Votre commentaire est en relecture : « { $text } »
space-supports = Mes soutiens
space-supports-hint = Vous pouvez les retirer quand vous voulez.
space-no-support = Vous ne soutenez aucune idée pour le moment.
space-comment = Commentaire
space-unsupport = Retirer mon soutien
space-follows = Ce que je veux suivre
space-follows-hint = Choisissez quand nous vous écrivons. « Chaque jour » : à 18 h. « Chaque semaine » : le vendredi à 8 h, un seul courriel pour tout.
space-no-follow = Vous ne suivez rien pour le moment. Le bouton « Suivre » est sur la page de chaque idée et de chaque consultation.
space-mine = Votre idée
space-others = Idée de quelqu’un d’autre
space-save-choices = Enregistrer mes choix
space-suspended-withdrawn = Suspendu : accord retiré.
space-suspended-none = Suspendu : aucun accord en cours.
space-suspended-how = Là où c’est suspendu, aucun courriel ne part : il faut votre accord. Pour le redonner, cochez la case, puis enregistrez. Choisir un rythme là où vous aviez « Jamais » le redonne aussi.
space-suspended-accords = Voir mes accords
rhythm-now = Tout de suite
rhythm-daily = Chaque jour
rhythm-weekly = Chaque semaine
rhythm-never = Jamais
data-ideas = Les idées que vous avez proposées, avec leur état.
    .team = Ses idées
data-comments = Les commentaires que vous avez écrits.
    .team = Ses commentaires
data-supports = Les idées et commentaires que vous soutenez, ou auxquels vous vous opposez.
    .team = Ses soutiens et ses oppositions
data-follows = Ce que vous suivez, et à quel rythme.
    .team = Ce qu’elle suivait
data-asked-follows = Ce que vous avez demandé à suivre avec cette adresse, en attente de sa confirmation.
    .team = Ce qu’elle avait demandé à suivre, sans le confirmer
data-reports = Les textes que vous avez signalés.
    .team = Ses signalements
data-news = Les nouvelles des idées suivies, gardées pour vos résumés.
    .team = Les nouvelles gardées pour ses résumés
data-drafts = Ce que vous avez écrit avant de le signer.
    .team = Ses brouillons
data-answers = Les réponses officielles que vous avez écrites pour l’équipe.
    .team = Les réponses officielles qu’elle a écrites

# Ce qui vient d’être fait
done-soutenue = Votre soutien est compté. Merci.
done-soutien-garde = Votre soutien est gardé. Il comptera une fois confirmé.
done-soutien-note = C’est noté. Merci.
done-soutien-retire = Votre soutien est retiré.
done-opposition = Votre avis est enregistré.
done-opposition-retiree = Votre avis est retiré.
done-suivie = Vous suivez cette idée. Nous vous écrivons quand elle change.
done-plus-suivie = Vous ne suivez plus cette idée.
done-suivi-enregistre = Vos choix sont enregistrés.
done-commentaire-publie = Votre commentaire est en ligne.
done-commentaire-recu = Votre commentaire est bien arrivé. Il paraîtra après relecture.
done-commentaire-retire = Votre commentaire est retiré.
done-commentaire-remis = Votre commentaire est remis.
done-signale = Merci. Une personne de l’équipe va relire ce texte.
done-idee-modifiee = Le texte de votre idée est enregistré.
done-idee-retiree = Votre idée est retirée.
done-idee-remise = Votre idée est de nouveau en ligne.

# Refus
refusal-phase_closed = La collecte est terminée
    .why = L’étape qui le permettait est passée. L’équipe lit maintenant ce que vous avez écrit.
    .next = Vous pouvez lire les idées, les partager et suivre ce qu’elles deviennent.
refusal-phase_not_started = Ce n’est pas encore ouvert
    .why = L’étape qui le permet n’a pas commencé.
    .next = Revenez à la date indiquée. Vous pouvez déjà lire la consultation.
refusal-not_in_this_phase = Ce n’est pas possible à cette étape
    .why = La consultation ne prévoit pas cela en ce moment.
    .next = La page de la consultation dit ce qui est ouvert, et quand.
refusal-no_anonymous = Un prénom est demandé
    .why = À cette étape, chaque texte est signé d’un prénom ou d’un surnom.
    .next = Revenez en arrière et ajoutez un prénom. Votre texte y est encore.
refusal-project_archived = Cette consultation est archivée
    .why = Elle est terminée et reste en ligne pour être lue.
    .next = Voyez les consultations ouvertes en ce moment.

# Journal
activity-idea-posted = { $who } a proposé l’idée n° { $what }
activity-idea-changed = { $who } a modifié son idée n° { $what }
activity-idea-withdrawn = { $who } a retiré son texte n° { $what }
activity-idea-restored = { $who } a remis en ligne son texte n° { $what }
activity-comment-posted = { $who } a écrit le commentaire n° { $what }
activity-contribution-reported_away = Trois signalements ont masqué la contribution n° { $what }

# Courriels
letter-change-subject = { $news } : { $title }
letter-change-mine-accepted = Votre idée est retenue
letter-change-mine-implemented = Votre idée est réalisée
letter-change-mine-rejected = Votre idée n’est pas retenue
letter-change-mine-under_consideration = Votre idée est à l’étude
letter-change-mine-proposed = Votre idée est en ligne
letter-change-mine-answered = Une réponse à votre idée
letter-change-mine-other = Votre idée change d’état : { $status }
letter-change-followed-accepted = Une idée que vous suivez est retenue
letter-change-followed-implemented = Une idée que vous suivez est réalisée
letter-change-followed-rejected = Une idée que vous suivez n’est pas retenue
letter-change-followed-under_consideration = Une idée que vous suivez est à l’étude
letter-change-followed-proposed = Une idée que vous suivez est en ligne
letter-change-followed-answered = Une réponse à une idée que vous suivez
letter-change-followed-other = Une idée que vous suivez change d’état : { $status }
letter-change-intro-mine = Vous avez proposé « { $title } ».
letter-change-intro-followed = Vous suivez « { $title } ».
letter-change-intro-united = Vous avez proposé « { $own } », qui est maintenant réunie avec « { $title } ».
letter-change-status = Son état est maintenant : { $status }.
letter-change-button = Voir l’idée
letter-change-why-mine = Vous avez proposé cette idée le { $date } et demandé à savoir ce qu’elle devient.
letter-change-why-followed = Vous suivez cette idée depuis le { $date }.
letter-change-why-united = Votre idée du { $date } est réunie avec celle-ci, et vous avez demandé à savoir ce qu’elle devient.
letter-change-choices = Changer mes choix
letter-answer-when = { $n ->
    [0] Publiée le { $date }, le jour de l’idée
    [one] Publiée le { $date }, { $n } jour après l’idée
   *[other] Publiée le { $date }, { $n } jours après l’idée
}
letter-daily-subject = { $site } : { $n ->
    [one] { $n } nouvelle aujourd’hui
   *[other] { $n } nouvelles aujourd’hui
}
letter-daily-title = { $n ->
    [one] Votre journée : { $n } nouvelle
   *[other] Votre journée : { $n } nouvelles
}
letter-daily-why = Vous avez choisi « chaque jour ».
letter-weekly-subject = { $site } : { $n ->
    [one] { $n } nouvelle cette semaine
   *[other] { $n } nouvelles cette semaine
}
letter-weekly-title = { $n ->
    [one] Votre semaine : { $n } nouvelle
   *[other] Votre semaine : { $n } nouvelles
}
letter-weekly-why = Vous avez choisi « chaque semaine ».
letter-digest-intro = { $n ->
    [one] Voici l’idée qui a bougé parmi celles que vous suivez.
   *[other] Voici les { $n } idées qui ont bougé parmi celles que vous suivez.
}
letter-digest-button = Ouvrir mon espace
letter-digest-quiet = Rien de neuf, rien d’envoyé : sans nouvelle, nous ne vous écrivons pas.
letter-digest-stop = Ne plus recevoir ce résumé
