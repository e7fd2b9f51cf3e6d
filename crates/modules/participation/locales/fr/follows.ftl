### Suivre, le rythme des courriels, et ce qui se passe trop tard

# Un autre rythme, depuis un courriel
letter-rather-daily = Plutôt un résumé chaque jour
letter-rather-weekly = Plutôt un résumé chaque semaine
letter-rather-now = Plutôt tout de suite, à chaque nouvelle
letter-digest-yours = Vos idées
letter-digest-followed = Ce qui a changé
letter-grown-label = Votre idée
letter-grown-supports = { $n ->
    [one] { $n } soutien de plus
   *[other] { $n } soutiens de plus
}, { $total } en tout.
letter-grown-comments = { $n ->
    [one] { $n } nouveau commentaire.
   *[other] { $n } nouveaux commentaires.
}
rhythm-title = Changer le rythme de vos courriels
rhythm-of-idea = Vous suivez l’idée « { $title } ».
rhythm-of-idea-gone = Vous suivez une idée qui n’est plus en ligne.
rhythm-do-now = Recevoir chaque nouvelle tout de suite
rhythm-do-daily = Recevoir un résumé chaque jour
rhythm-do-weekly = Recevoir un résumé chaque semaine
rhythm-done-now = Vous recevrez un courriel à chaque nouvelle.
rhythm-done-daily = Vous recevrez un résumé chaque jour à 18 h, s’il y a du nouveau.
rhythm-done-weekly = Vous recevrez un résumé chaque semaine, le vendredi à 8 h, s’il y a du nouveau.
rhythm-gone = Ces courriels ne vous sont plus envoyés, ou plus à ce rythme. Vos choix sont dans votre espace.

# Trop tard, ou trop tôt
post-kept-until = Votre texte est gardé pour cet appareil jusqu’au { $date } :
closed-send-town = Envoyer mon texte à la mairie
closed-send-team = Envoyer mon texte à l’équipe
closed-send-subject = Une idée pour { $about }
closed-send-long = Votre texte est long : copiez-le dans le courriel qui s’ouvre.

# Suivre une consultation
follow-project-do = Suivre cette consultation
follow-project-done = Consultation suivie
follow-project-title = Suivre cette consultation
follow-project-why = Un courriel quand une étape commence ou se termine, et quand des réponses paraissent. Nous vous envoyons un lien et un code, sans mot de passe : un clic, et vous la suivez.
consent-project = J’accepte de recevoir un courriel quand une étape de cette consultation commence ou se termine, ou quand des réponses paraissent : un par jour au plus. J’arrête quand je veux.
done-consultation-suivie = Vous suivez cette consultation. Nous vous écrivons quand une étape change ou quand des réponses paraissent.
done-consultation-plus-suivie = Vous ne suivez plus cette consultation.
post-news = Nouvelles de la consultation
post-news-needs-mail = Pour recevoir des nouvelles, il faut un courriel. Sinon, décochez « Nouvelles de la consultation ».
space-consultation = Consultation. « Tout de suite » : le matin à 8 h.
data-project-follows = Les consultations que vous suivez, et à quel rythme.
    .team = Les consultations suivies
leave-ask-project = Vous recevez un courriel quand la consultation « { $title } » change.
leave-ask-project-gone = Vous recevez un courriel quand une consultation, qui n’est plus en ligne, change.
leave-project = Vous n’aurez plus de courriel sur la consultation « { $title } ».
leave-project-gone = Vous n’aurez plus de courriel sur une consultation qui n’est plus en ligne.
leave-do-project = Ne plus rien recevoir sur cette consultation
rhythm-of-project = Vous suivez la consultation « { $title } ».
rhythm-of-project-gone = Vous suivez une consultation qui n’est plus en ligne.
news-phase-begun = Une étape commence : « { $title } ».
news-phase-begun-until = Une étape commence : « { $title } », jusqu’au { $date }.
news-phase-ended = L’étape « { $title } » est terminée.
news-answers = { $n ->
    [one] { $n } idée a reçu sa réponse.
   *[other] { $n } idées ont reçu leur réponse.
}
letter-consultation-title = Du nouveau dans « { $title } »
letter-consultation-label = Consultation
letter-consultation-button = Voir la consultation
letter-consultation-why = Vous suivez cette consultation depuis le { $date }.
letter-digest-intro-all = { $n ->
    [one] Voici ce qui a changé parmi ce que vous suivez.
   *[other] Voici les { $n } choses qui ont changé parmi ce que vous suivez.
}
