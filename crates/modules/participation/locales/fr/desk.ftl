# États d’une idée : ces mots sont ceux du produit, l’équipe peut les remplacer.
status-prescreening = À relire
status-proposed = En ligne
status-under_consideration = À l’étude
status-accepted = Retenue
status-implemented = Réalisée
status-rejected = Non retenue
status-answered = Répondue
status-ineligible = Refusée

desk-nav-today = Aujourd’hui
desk-nav-queue = Contributions
desk-nav-projects = Projets
desk-anonymous = Anonyme
desk-save = Enregistrer
desk-optional = (facultatif)
desk-pages = Pages
desk-page-number = Page { $n }
desk-page-next = Page suivante
desk-page-previous = Page précédente
desk-origin-web = Sur le site
desk-origin-stand = Au stand
desk-origin-paper = Sur papier
desk-origin-phone = Par téléphone
desk-origin-import = Importée
desk-supports = { $n ->
    [0] aucun soutien
    [one] { $n } soutien
   *[other] { $n } soutiens
}
desk-comments = { $n ->
    [0] aucun commentaire
    [one] { $n } commentaire
   *[other] { $n } commentaires
}
desk-agree = { $n ->
    [one] { $n } personne d’accord
   *[other] { $n } personnes d’accord
}
desk-report-recognisable = une personne reconnaissable
desk-report-hurtful = propos blessants
desk-report-off_topic = hors du sujet
desk-report-advertising = publicité
desk-report-other = autre raison

desk-state-to-publish = À publier
desk-state-to-answer = À répondre
desk-state-hidden = Masqué
desk-state-reported = Signalé
desk-state-withdrawn = Retiré par son auteur

desk-act-publish = Publier
desk-act-refuse = Refuser
desk-act-refuse-send = Refuser et prévenir
desk-act-show = Remettre en ligne
desk-act-keep-shown = Laisser en ligne
desk-act-hide = Masquer
desk-act-keep-hidden = Laisser masqué
desk-act-answer = Répondre
desk-act-correct-answer = Corriger la réponse
desk-act-reconsider = Remettre à relire
desk-act-undo = Annuler

today-title = Aujourd’hui
today-hello = Bonjour { $name }
today-now = { $day }, { $time }
today-waits = Ce qui attend
today-waits-intro = { $n ->
    [one] { $n } contribution.
   *[other] { $n } contributions. Ce qui attend depuis le plus longtemps est en haut.
}
today-waited = d’attente
today-wait-a-repondre = { $n ->
    [one] { $n } idée attend une réponse
   *[other] { $n } idées attendent une réponse
}
today-wait-signalees = { $n ->
    [one] { $n } contribution signalée ou contestée
   *[other] { $n } contributions signalées ou contestées
}
today-wait-a-publier = { $n ->
    [one] { $n } contribution à publier
   *[other] { $n } contributions à publier
}
today-wait-mail-unset = { $n ->
    [one] { $n } courriel attend un serveur
   *[other] { $n } courriels attendent un serveur
}
today-wait-mail-failed = { $n ->
    [one] { $n } courriel n’est pas parti
   *[other] { $n } courriels ne sont pas partis
}
today-detail-mail-unset = Aucun serveur de courriel n’est réglé : rien ne part.
today-detail-mail-failed = Depuis sept jours. La liste dit pourquoi et permet de les renvoyer.
today-verb-mail-unset = Régler
today-verb-mail-failed = Voir
today-about-mail-unset = le serveur de courriel
today-about-mail-failed = les courriels qui ne sont pas partis
today-reached = Votre espace sur un téléphone
today-reached-lead = Photographiez ce code, ou ouvrez cette adresse.
today-reached-network = Le téléphone doit être sur le même réseau que cet ordinateur.
today-wait-a-publier-found = { $n ->
    [one] { $n } contribution à publier, à vérifier d’abord
   *[other] { $n } contributions à publier, dont { $check } à vérifier
}
today-detail-a-repondre = La plus ancienne : « { $title } », de { $name }.
today-detail-a-repondre-anonymous = La plus ancienne : « { $title } ».
today-detail-signalees = La plus ancienne : « { $title } ».
today-detail-a-publier = { $n ->
    [one] Relecture promise sous { $n } heure.
   *[other] Relecture promise sous { $n } heures.
}
today-late = { $n ->
    [one] { $n } a dépassé la date promise.
   *[other] { $n } ont dépassé la date promise.
}
today-verb-a-repondre = Répondre
today-verb-signalees = Relire
today-verb-a-publier = Relire
today-verb-read = Lire
today-about-a-repondre = à la plus ancienne
today-about-signalees = les contributions signalées ou contestées
today-about-a-publier = les contributions à publier
today-empty = Rien à traiter, bravo
today-empty-next = Les prochaines contributions apparaîtront ici dès leur arrivée.
today-since = Depuis hier
today-since-nothing = Rien de nouveau en vingt-quatre heures.
today-last-same-day = Vous étiez là aujourd’hui à { $time }.
today-last-yesterday = Vous étiez là hier à { $time }.
today-last-day = Vous étiez là le { $day } à { $time }.
today-since-visit = Depuis votre dernière visite
today-since-visit-nothing = Rien de nouveau depuis.
today-people-link = Les voir
today-left = { $n ->
    [one] personne a retiré un accord.
   *[other] personnes ont retiré un accord.
}
today-wait-address = { $n ->
    [one] Une adresse de courriel en erreur
   *[other] { $n } adresses de courriel en erreur
}
today-detail-address = Les courriels y sont refusés. Plus rien n’y part, sauf les liens de connexion que la personne demande.
today-verb-address = Corriger
today-about-address = les adresses en erreur
today-new = { $n ->
    [one] nouvelle contribution.
   *[other] nouvelles contributions.
}
today-new-link = Lire les plus récentes
today-answers = { $n ->
    [one] réponse officielle publiée, signée par { $names }.
   *[other] réponses officielles publiées, signées par { $names }.
}
today-answers-link = Lire les réponses
today-people = { $n ->
    [one] nouvelle personne a confirmé son adresse de courriel.
   *[other] nouvelles personnes ont confirmé leur adresse de courriel.
}
today-journal = Dernières actions
today-somebody = Quelqu’un
today-calendar = Calendrier
today-running = En cours
today-running-none = Aucun projet n’a de phase en cours.
today-phase = { $n ->
    [0] { $phase }, dernier jour aujourd’hui.
    [one] { $phase }, encore { $n } jour, jusqu’au { $date }.
   *[other] { $phase }, encore { $n } jours, jusqu’au { $date }.
}
today-phase-open = { $phase }, sans date de fin.
today-next = Ensuite : { $phase }, le { $date }.
today-next-none = Rien n’est prévu ensuite.
today-plan = Prévoir la suite

queue-title = Contributions à traiter
queue-intro = { $n ->
    [one] { $n } contribution attend.
   *[other] { $n } contributions attendent. Ce qui attend depuis le plus longtemps est en haut.
}
queue-intro-none = Rien n’attend.
queue-tabs = Files
queue-tab-tout = Tout
queue-tab-a-publier = À publier
queue-tab-a-repondre = À répondre
queue-tab-signalees = Signalées
queue-tab-traitees = Traitées
queue-filter = Filtrer et trier
queue-filters-set = { $n ->
    [0] : aucun filtre
    [one] : { $n } filtre
   *[other] : { $n } filtres
}
queue-f-all = Tous
queue-f-project = Projet
queue-f-tag = Thème
queue-f-area = Quartier
queue-f-status = État
queue-f-search = Mot, numéro, prénom
queue-f-order = Trier par
queue-f-apply = Appliquer
queue-f-clear = Retirer les filtres
queue-order-attente = Attente la plus longue
queue-order-recentes = Plus récentes
queue-order-soutenues = Plus soutenues
queue-form = Contributions et actions par lot
queue-tick-all = { $n ->
    [one] Choisir celle de cette page
   *[other] Choisir les { $n } de cette page
}
queue-tick = Choisir « { $title } »
queue-comment-under = Commentaire sous « { $title } »
queue-reported-for = Signalé pour : { $reasons }
queue-delay-reported = { $n ->
    [one] { $wait }, { $n } signalement
   *[other] { $wait }, { $n } signalements
}
queue-delay-late = { $wait }, dont { $n } de retard
queue-delay-promised = { $wait }, promis avant le { $date }
queue-empty-filter = Aucune contribution ne répond à ces filtres
queue-empty-filter-next = Retirez un filtre, ou cherchez dans les contributions traitées.
queue-empty-handled = Aucune contribution n’a encore été traitée
queue-empty-next = Cette file est vide. Revenez plus tard, ou lisez les contributions traitées.
queue-error-none = Choisissez au moins une contribution.
queue-done-publier = { $n ->
    [0] Aucune contribution publiée.
    [one] Une contribution publiée.
   *[other] { $n } contributions publiées.
}
queue-refused-held = { $n ->
    [0] Aucune contribution refusée.
    [one] Une contribution refusée. La personne est prévenue { $when }, après les heures calmes, si elle a laissé un courriel.
   *[other] { $n } contributions refusées. Les personnes sont prévenues { $when }, après les heures calmes, si elles ont laissé un courriel.
}
queue-done-refuser = { $n ->
    [0] Aucune contribution refusée.
    [one] Une contribution refusée. La personne est prévenue dans dix minutes, si elle a laissé un courriel.
   *[other] { $n } contributions refusées. Les personnes sont prévenues dans dix minutes, si elles ont laissé un courriel.
}
queue-done-reprendre = { $n ->
    [one] La contribution attend de nouveau d’être relue.
   *[other] { $n } contributions attendent de nouveau d’être relues.
}
queue-done-masquer = { $n ->
    [one] La contribution est masquée.
   *[other] { $n } contributions sont masquées.
}
queue-done-remettre = { $n ->
    [one] La contribution est en ligne.
   *[other] { $n } contributions sont en ligne.
}
queue-done-etat = { $n ->
    [one] L’état est changé.
   *[other] { $n } états sont changés.
}
queue-done-classer = { $n ->
    [one] Le classement est enregistré.
   *[other] { $n } classements sont enregistrés.
}
queue-done-repondre = { $n ->
    [one] La réponse est publiée.
   *[other] { $n } réponses sont publiées.
}
desk-bulk-what = Que faire des contributions choisies ?
desk-bulk-mixed = Ce qui ne convient pas à toutes les lignes cochées n’est pas proposé.
desk-bulk-chosen = Choisies :
desk-bulk-one = Une contribution choisie
desk-bulk-many = {"{"}n{"}"} contributions choisies
desk-refuse-motive = Pourquoi ?
desk-refuse-motive-recognisable = Une personne est reconnaissable
desk-refuse-motive-hurtful = Propos blessants
desk-refuse-motive-off_topic = Hors du sujet de la consultation
desk-refuse-motive-advertising = Publicité
desk-refuse-motive-other = Autre raison, à écrire
desk-refuse-message = Message
desk-refuse-message-hint = La personne lira ce texte, avec un lien pour corriger et redéposer. Vide : nous envoyons la phrase du motif.
desk-refuse-text-recognisable = Votre texte permet de reconnaître une personne. Retirez son nom ou son adresse, et nous le publions.
desk-refuse-text-hurtful = Votre texte contient des propos blessants. Dites la même chose sans viser personne, et nous le publions.
desk-refuse-text-off_topic = Votre texte ne parle pas du sujet de cette consultation. Déposez-le dans celle qui lui correspond, ou écrivez-nous.
desk-refuse-text-advertising = Votre texte fait la publicité d’un produit ou d’un service. Les consultations servent aux idées pour la commune.
desk-refuse-error-empty = Écrivez pourquoi : la personne doit pouvoir corriger.
desk-refuse-error-long = Raccourcissez le message : { $n } caractères au plus.

handle-title = Contribution n° { $n }
handle-nav = Dans la file
handle-previous = Précédente
handle-next = Suivante
handle-public = Voir sur le site
handle-text = Le texte
handle-reports = { $n ->
    [one] { $n } signalement à régler
   *[other] { $n } signalements à régler
}
handle-reason = Raison du refus, telle que la personne la lit
handle-answer = Réponse officielle
handle-answer-by = Par { $name }, le { $date }.
handle-facts = La fiche
handle-author = Qui
handle-confirmed = courriel confirmé
handle-when = Quand
handle-origin = Comment
handle-where = Où
handle-reactions = Réactions
handle-due = Réponse avant le
handle-history = Historique
handle-do = Que faire ?
handle-status = Changer l’état
handle-status-hint = Les personnes qui suivent cette idée sont prévenues.
handle-status-save = Changer l’état
handle-no-area = Aucun quartier
handle-classify-save = Enregistrer le classement
handle-error-tag = Raccourcissez le thème : { $n } caractères au plus.

desk-answer-title = Répondre : { $title }
desk-answer-back = Contribution n° { $n }
desk-answer-place = À répondre : { $n } sur { $all }
desk-answer-due = Promis avant le { $date }.
desk-answer-due-late = Promis avant le { $date } : la date est passée.
desk-answer-idea-of = L’idée de { $name }
desk-answer-idea-anonymous = L’idée, sans nom
desk-answer-remember = À ne pas oublier, d’après les commentaires :
desk-answer-read-comments = { $n ->
    [one] Lire le commentaire
   *[other] Lire les { $n } commentaires
}
desk-answer-form = La réponse officielle
desk-answer-decision = Décision
desk-answer-decision-line = La décision en quelques mots
desk-answer-decision-hint = Par exemple : « Retenue, avec un changement ».
desk-answer-text = Texte
desk-answer-text-hint = La première phrase s’affiche en gras : dites-y la décision. Puis le pourquoi, puis ce qui reste ouvert.
desk-answer-signer = Qui répond
desk-answer-day = Quand
desk-answer-error-day = Donnez une date entre 2000 et 2100. Exemple : 15/12/2026
desk-answer-error-past = La prochaine étape est au { $day } : ce jour est passé. Changez-le, ou cochez la case sous le champ.
desk-answer-past-agreed = Publier avec ce jour passé
desk-answer-funding-unsaid = Non précisé
desk-answer-signer-other = Une autre personne
desk-answer-signer-name = Son nom
desk-answer-signer-hint = Nom et fonction sont publics. Une personne, jamais « La mairie » toute seule.
desk-answer-office = Fonction
desk-answer-preview = Ce que tout le monde lira
desk-answer-see-preview = Voir l’aperçu
desk-answer-by-town = Réponse de la mairie
desk-answer-by-campaign = Réponse de l’équipe
desk-answer-when = { $n ->
    [0] À publier aujourd’hui, le jour du dépôt
    [one] À publier aujourd’hui, { $n } jour après le dépôt
   *[other] À publier aujourd’hui, { $n } jours après le dépôt
}
desk-answer-audience = Qui sera prévenu
desk-answer-audience-author = { $n ->
    [one] La personne qui a écrit l’idée
   *[other] Les auteurs de l’idée et des idées réunies avec elle
}
desk-answer-audience-followers = Les personnes qui la suivent
desk-answer-audience-total = Personnes prévenues
desk-answer-audience-unconfirmed = La personne qui a écrit l’idée n’a pas encore confirmé son adresse. Elle recevra la réponse dès qu’elle la confirme.
desk-answer-audience-note = Un seul message par personne, qui dit pourquoi elle le reçoit.
desk-answer-publish = Publier la réponse
desk-answer-publish-tell = { $n ->
    [one] Publier la réponse, prévenir { $n } personne
   *[other] Publier la réponse, prévenir { $n } personnes
}
desk-answer-correct = { $n ->
    [0] Corriger la réponse
    [one] Corriger la réponse, prévenir { $n } personne
   *[other] Corriger la réponse, prévenir { $n } personnes
}
desk-answer-undo-promise = Annulable pendant 10 minutes
desk-answer-undo = Annuler la publication
desk-answer-undo-until = Possible jusqu’à
desk-answer-saved = Brouillon gardé à { $time }. Toute l’équipe peut le reprendre.
desk-answer-draft = Brouillon de { $name }, gardé { $when }. Relisez-le, continuez, ou repartez de rien.
desk-answer-draft-nobody = Brouillon gardé { $when }. Relisez-le, continuez, ou repartez de rien.
desk-answer-theirs = { $name } écrit aussi cette réponse : votre texte n’est pas gardé. Copiez-le avant de quitter cette page.
desk-answer-start-again = Repartir de rien
desk-answer-other = Une autre version est gardée, de { $name }, { $when }
desk-answer-other-nobody = Une autre version est gardée, { $when }
desk-answer-other-take = Prendre cette version
handle-draft = Une réponse est en brouillon, gardée { $when } par { $name }.
handle-draft-nobody = Une réponse est en brouillon, gardée { $when }.
handle-draft-link = Relire le brouillon
desk-answer-error-decision = Choisissez la décision.
desk-answer-checks = Avant de publier
desk-answer-check-mend = Compléter
desk-answer-check-first = La décision est choisie, et la première phrase est courte
desk-answer-check-undecided = Aucune décision n’est choisie.
desk-answer-check-empty = La première phrase n’est pas écrite : elle dit la décision.
desk-answer-check-long = La première phrase fait { $n } mots : dites-y la décision en { $most } mots au plus.
desk-answer-check-given = Une date et une personne sont données
desk-answer-check-no-day = La date de la prochaine étape n’est pas donnée.
desk-answer-check-no-person = La personne qui répond n’est pas dite.
desk-answer-check-neither = Ni date ni personne ne sont données.
desk-answer-check-past = La prochaine étape est au { $day } : ce jour est passé.
desk-answer-check-asked = { $n ->
    [one] Le texte reprend ce que dit le commentaire le plus soutenu
   *[other] Le texte reprend ce que disent les { $n } commentaires les plus soutenus
}
desk-answer-check-left = { $n ->
    [one] Le texte ne reprend rien du commentaire le plus soutenu :
   *[other] { $left } sur { $n } des commentaires les plus soutenus n’ont pas de réponse dans le texte :
}
desk-answer-reread = Faire relire
desk-answer-reread-by = Par qui
desk-answer-reread-hint = Le brouillon est gardé. La personne choisie trouve votre demande dans Aujourd’hui.
desk-answer-reread-choose = Choisir une personne
desk-answer-reread-ask = Demander une relecture
desk-answer-reread-note = @{ $name }, pouvez-vous relire la réponse à cette idée avant sa publication ? Elle est gardée en brouillon, derrière le bouton « Répondre ».
desk-answer-error-reader = Choisissez la personne qui relit.
done-relecture = Le brouillon est gardé. Votre collègue trouvera votre demande dans Aujourd’hui.
desk-answer-error-text = Écrivez la réponse : la décision d’abord, puis pourquoi.
desk-answer-error-long = Raccourcissez : { $n } caractères au plus.
desk-answer-error-signer = Donnez le nom de la personne qui répond.
desk-leaves = { $day } à { $time }
desk-answered-nobody = La réponse est publiée. Personne n’est à prévenir par courriel.
desk-answered-unset = La réponse est publiée. Les messages attendent un serveur de courriel.
desk-answered-held = La réponse est publiée. Les messages partent { $when }, après les heures calmes.
done-reponse = La réponse est publiée. Les messages partent dans dix minutes.
done-reponse-annulee = La réponse n’est plus publiée et personne n’est prévenu. Ses mots sont gardés sur cette page.

desk-letter-refused-subject = Votre texte n’est pas publié : { $title }
desk-letter-refused-title = Votre texte n’est pas publié
desk-letter-refused-intro = Nous avons lu votre texte pour « { $project } ». Nous ne pouvons pas le publier tel quel. Voici pourquoi :
desk-letter-refused-yours = Votre texte, pour le reprendre :
desk-letter-refused-button = Corriger et redéposer
desk-letter-refused-why = Vous recevez ce message parce que vous avez déposé ce texte et confirmé votre courriel.

desk-projects-title = Projets
desk-projects-all = Tous les projets
desk-projects-empty = Aucun projet pour l’instant
desk-projects-empty-next = Créez le premier : une question, des dates, et les idées arrivent.
desk-projects-ideas = { $n ->
    [0] Aucune idée
    [one] { $n } idée
   *[other] { $n } idées
}
desk-projects-now = En cours : { $phase }, sans date de fin.
desk-projects-now-until = En cours : { $phase }, jusqu’au { $date }.
desk-projects-next = Commence le { $date } : { $phase }.
desk-projects-over = Toutes ses phases sont finies.
desk-projects-no-phase = Aucune phase : personne ne peut encore y participer.
desk-project-new = Créer un projet
desk-project-create = Créer le projet
desk-project-public-page = Voir la page publique
desk-project-about = Le projet
desk-project-f-title = Titre
desk-project-f-summary = Présentation
desk-project-f-summary-hint = Une phrase, affichée dans les listes.
desk-project-f-easy = En résumé, avec des mots simples
desk-project-f-easy-hint = Cinq phrases au plus, des mots de tous les jours. Une phrase par ligne.
desk-project-f-description = Texte complet
desk-project-f-description-hint = Une ligne vide sépare les paragraphes. **gras**, listes avec des tirets.
desk-project-f-areas = Où ?
desk-project-f-areas-hint = Aucun quartier choisi : toute la commune.
desk-project-keep-draft = Garder en brouillon
desk-project-f-visibility = Qui peut voir ?
desk-project-visible-public = Tout le monde
    .hint = Sans compte. Trouvable par un moteur de recherche.
desk-project-visible-link = Les personnes qui ont le lien
    .hint = Absent des listes. Le lien s’affiche après l’enregistrement.
desk-project-visible-team = L’équipe seulement
    .hint = Pour préparer le projet à plusieurs.
desk-project-f-state = Où en est-il ?
desk-project-state-draft = Brouillon
    .hint = Personne ne le voit hors de l’équipe.
desk-project-state-published = En ligne
    .hint = Ouvert selon ses phases.
desk-project-state-archived = Archivé
    .hint = Se lit encore, on n’y participe plus.
desk-project-secret = Lien secret
desk-project-errors = { $n ->
    [one] Un point à régler avant d’enregistrer
   *[other] { $n } points à régler avant d’enregistrer
}
desk-project-bar-draft = Un brouillon : l’équipe seule voit ce qui est enregistré.
desk-project-bar-published = En ligne : ce qui est enregistré se voit aussitôt.
desk-project-bar-archived = Archivé : ce qui est enregistré se voit aussitôt.
desk-project-withdraw = Avant d’enregistrer : ce que le public perd
desk-project-withdraw-ideas = { $n ->
    [one] { $n } idée ne se lit plus.
   *[other] { $n } idées ne se lisent plus.
}
desk-project-withdraw-comments = { $n ->
    [one] { $n } commentaire ne se lit plus.
   *[other] { $n } commentaires ne se lisent plus.
}
desk-project-withdraw-followers = { $n ->
    [one] { $n } personne qui suit ce projet ou une de ses idées n’en reçoit plus de nouvelles, sauf de sa propre idée.
   *[other] { $n } personnes qui suivent ce projet ou une de ses idées n’en reçoivent plus de nouvelles, sauf de leur propre idée.
}
desk-project-withdraw-links = { $n ->
    [one] { $n } lien court, avec ses affiches, ne mène plus nulle part.
   *[other] { $n } liens courts, avec leurs affiches, ne mènent plus nulle part.
}
desk-project-withdraw-addresses = Qui a gardé l’adresse du projet ou d’une de ses idées n’y trouve plus de page.
desk-project-withdraw-why = En brouillon, l’équipe seule voit ce projet. Rien n’est supprimé, tout revient quand il est remis en ligne. Rien n’est encore enregistré.
desk-project-withdraw-do = Remettre en brouillon
desk-project-withdraw-not = Laisser visible, et enregistrer le reste
desk-project-error-title = Donnez un titre au projet.
desk-project-error-long = Raccourcissez : { $n } caractères au plus.
desk-project-notice-added = Une phase est ajoutée. Complétez-la, puis enregistrez.
desk-project-notice-removed = La phase est retirée de ce formulaire. Enregistrez pour confirmer.
desk-project-notice-fixed = La date est corrigée. Enregistrez pour confirmer.
desk-project-notice-moved = Les deux phases ont échangé leurs dates. Enregistrez pour confirmer.
done-projet-cree = Le projet est créé.
done-projet-enregistre = Le projet est enregistré.
desk-phases-title = Les phases
desk-phases-intro = Une seule à la fois. Une phase finie se ferme à minuit, sans vous.
desk-phase-number = Phase { $n } :
desk-phase-untitled = Nouvelle phase
desk-phase-first-title = Vos idées
desk-phase-now = En cours
desk-phase-bad = À revoir
desk-phase-dates = Du { $start } au { $end }.
desk-phase-dates-open = À partir du { $start }, sans fin.
desk-phase-dates-none = Dates à donner.
desk-phase-allows = Permis : { $list }.
desk-phase-short-deposer = déposer
desk-phase-short-commenter = commenter
desk-phase-short-soutenir = soutenir
desk-phase-short-opposer = s’opposer
desk-phase-short-anonyme = participer sans nom
desk-phase-short-relire = chaque texte est relu avant
desk-phase-f-title = Nom
desk-phase-f-start = Premier jour
desk-phase-f-end = Dernier jour
desk-phase-f-end-hint = (vide : sans fin)
desk-phase-f-method = Que fait-on pendant cette phase ?
desk-phase-method-ideation = Déposer des idées
desk-phase-method-information = S’informer : rien à déposer, seulement lire
desk-phase-f-can = Ce qui est permis
desk-phase-f-can-hint = « S’informer » ne garde que les commentaires et leur relecture.
desk-phase-can-deposer = Déposer des idées
desk-phase-can-commenter = Commenter
desk-phase-can-soutenir = Soutenir
desk-phase-can-opposer = S’opposer, les deux nombres sont affichés
desk-phase-can-anonyme = Participer sans nom
desk-phase-can-relire = Relire avant de publier
desk-phase-remove = Retirer cette phase
desk-phase-up = Monter
desk-phase-down = Descendre
desk-phase-add = Ajouter une phase
desk-phase-error-title = Donnez-lui un nom.
desk-phase-error-title-long = Raccourcissez son nom : 120 caractères au plus.
desk-phase-error-date = Donnez une date. Exemple : 15/12/2026
desk-phase-error-range = Donnez une date entre 2000 et 2100.
desk-phase-error-ends-before = Elle finit avant de commencer, le { $day }.
desk-phase-error-overlaps = Elle commence le { $day }, un jour qui appartient déjà à la phase { $other }.
desk-phase-error-open-inside = Seule la dernière phase peut être sans fin.
desk-phase-fix-start = Commencer le { $day }
desk-phase-fix-end = Finir le { $day }
desk-phase-fix-end-other = Finir la phase { $n } le { $day }
desk-link-title = Lien court et code QR
desk-link-intro = À imprimer sur une affiche ou un tract : il ouvre ce projet.
desk-link-none = Un lien de quelques lettres et son code QR, pour une affiche ou un tract.
desk-link-none-read = Ce projet n’a pas encore de lien court.
desk-link-make = Créer le lien court
desk-link-visits = { $n ->
    [0] Pas encore ouvert.
    [one] Ouvert { $n } fois.
   *[other] Ouvert { $n } fois.
}

refusal-taken_back = Son auteur a retiré ce texte
    .why = Une personne peut reprendre ce qu’elle a écrit. Il n’y a plus rien à décider.
    .next = Revenez à la file pour traiter la suite.
refusal-not_in_this_state = Ce n’est plus possible ici
    .why = Cette contribution a changé d’état : elle est déjà publiée, refusée, masquée ou réglée.
    .next = Ouvrez sa fiche pour voir où elle en est.
refusal-too_late_to_undo = Les dix minutes sont passées
    .why = Les messages sont partis : la réponse ne peut plus disparaître.
    .next = Corrigez la réponse : les personnes qui suivent l’idée liront la correction.

activity-contribution-published = { $who } a publié la contribution n° { $what }
activity-contribution-refused = { $who } a refusé la contribution n° { $what }
activity-contribution-reconsidered = { $who } a remis à relire la contribution n° { $what }
activity-contribution-hidden = { $who } a masqué la contribution n° { $what }
activity-contribution-shown = { $who } a remis en ligne la contribution n° { $what }
activity-contribution-status = { $who } a changé l’état de l’idée n° { $what }
activity-contribution-classified = { $who } a classé la contribution n° { $what }
activity-answer-published = { $who } a répondu à l’idée n° { $what }
activity-answer-corrected = { $who } a corrigé la réponse à l’idée n° { $what }
activity-answer-undone = { $who } a annulé la réponse à l’idée n° { $what }
activity-project-created = { $who } a créé le projet « { $what } »
activity-project-changed = { $who } a modifié le projet « { $what } »
activity-project-linked = { $who } a créé le lien court du projet « { $what } »
done-modele = Le modèle est enregistré.
done-modele-supprime = Le modèle est supprimé.
queue-tab-toutes = Toutes
desk-projects-asked = Projets qui contiennent « { $words } ».
desk-projects-none = Aucun projet ne contient ces mots
found-ideas = { $n ->
    [one] 1 idée
   *[other] { $n } idées
}
found-comments = { $n ->
    [one] 1 commentaire
   *[other] { $n } commentaires
}
found-projects = { $n ->
    [one] 1 projet
   *[other] { $n } projets
}
found-about-text = N° { $number }, { $project }, { $state }
