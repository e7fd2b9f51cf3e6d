skip = Aller au contenu
title-error = Erreur :
menu = Menu
leave = Quitter
crumbs = Fil d’Ariane
nav-main = Menu principal
nav-ideas = Idées
nav-projects = Consultations
nav-answers = Réponses
nav-team = Équipe
nav-team-label = Espace équipe
nav-public-site = Voir le site
nav-own-space = Mon espace
nav-sign-in = Se connecter
nav-waiting = à traiter
foot-telephone = Téléphone :
foot-help-nav = Aide et accès
foot-help = Aide et contact
foot-easy = Facile à lire
foot-paper = Participer sur papier
foot-charter = Charte
foot-legal-nav = Informations légales
foot-accessibility = Accessibilité : partiellement conforme
foot-data = Mes données
foot-legal = Mentions légales
foot-api = Données pour les programmes
foot-moderation = Modération
foot-open-data = Données ouvertes
foot-parvis = Propulsé par Parvis, logiciel libre
foot-promise = Vos textes servent uniquement à ces consultations. Aucun chiffre n’est publié sur moins de 11 personnes. Aucun profil n’est établi.
ago-now = à l’instant
ago-minutes = { $n ->
    [one] il y a { $n } minute
   *[other] il y a { $n } minutes
}
ago-hours = { $n ->
    [one] il y a { $n } heure
   *[other] il y a { $n } heures
}
ago-yesterday = hier
ago-days = { $n ->
    [one] il y a { $n } jour
   *[other] il y a { $n } jours
}
wait-days = { $n ->
    [one] { $n } jour
   *[other] { $n } jours
}
wait-hours = { $n ->
    [one] { $n } heure
   *[other] { $n } heures
}
wait-now = moins d’une minute
wait-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
form-errors = { $n ->
    [one] Un point à régler
   *[other] { $n } points à régler
}
form-kept = Rien n’est perdu : ce que vous avez écrit est gardé.
role-owner = Propriétaire
role-administrator = Administration
role-moderator = Modération
role-analyst = Lecture et analyse

# Refus : le titre dit ce qui arrive, .why pourquoi, .next quoi faire.
refusal-not_signed_in = Il faut se connecter pour continuer
    .why = Cette page appartient à une personne : nous devons savoir que c’est vous.
    .next = Connectez-vous avec votre courriel, sans mot de passe. Vous reviendrez ici.
refusal-not_allowed = Votre rôle ne permet pas cela
    .why = Cette page ou cette action est réservée à certains membres de l’équipe.
    .next = Demandez à une personne propriétaire ou administratrice de vous donner ce droit.
refusal-form_expired = Ce formulaire a expiré
    .why = Il est resté ouvert longtemps, ou votre navigateur a effacé ses cookies.
    .next = Ce que vous avez écrit est ci-dessous. Envoyez-le de nouveau.
refusal-foreign_origin = Cette demande vient d’un autre site
    .why = Pour vous protéger, nous n’acceptons que les formulaires de nos pages.
    .next = Revenez à l’accueil et recommencez ici.
refusal-too_many = Trop de demandes en peu de temps
    .why = Cette limite protège le site des envois automatiques.
    .next = Attendez quelques minutes, puis recommencez. Revenez en arrière : votre texte y est encore.
refusal-too_many-until = Vous pourrez réessayer à { $time }
refusal-too_many-until-day = Vous pourrez réessayer le { $date } à { $time }
refusal-too_many-read = Trop de demandes sont parties d’ici en peu de temps. Vous n’avez rien fait de mal.
refusal-too_many-kept = Trop de demandes sont parties d’ici en peu de temps. Vous n’avez rien fait de mal : ce que vous avez écrit est gardé.
refusal-link_invalid = Ce lien n’est plus valable
    .why = Il a déjà servi, il a expiré, ou il a été coupé par votre messagerie.
    .next = Demandez un nouveau lien : il arrive en une minute.
refusal-changed_meanwhile = Quelqu’un a changé cela entre-temps
    .why = Une autre personne de l’équipe est passée juste avant vous.
    .next = Revenez en arrière pour voir où cela en est. Votre texte y est encore.
refusal-too_large = C’est trop grand
    .why = Le texte ou le fichier dépasse ce que nous acceptons.
    .next = Revenez en arrière, votre texte y est encore, et raccourcissez-le.
remaining-soon = Encore moins d’une minute.
remaining-minutes = { $n ->
    [one] Encore environ { $n } minute.
   *[other] Encore environ { $n } minutes.
}
remaining-hours = { $n ->
    [one] Encore environ { $n } heure.
   *[other] Encore environ { $n } heures.
}

# pourquoi une adresse ne reçoit plus de courriels
address-refused-unknown = Son serveur répond que cette adresse n’existe pas (réponse { $code }).
address-refused-closed = Son serveur répond que cette boîte est fermée (réponse { $code }).
address-refused-refused = Son serveur refuse d’y distribuer nos courriels (réponse { $code }).

# ce qui est tapé dans un long formulaire
form-offline = Pas de réseau. Ce que vous avez tapé est gardé sur cet appareil, et partira dès que le réseau revient.
form-draft-back = Ce que vous aviez tapé ici est revenu. Rien n’est encore envoyé.
exports-this = Exporter cette liste
nav-search = Chercher
nav-search-field = Chercher dans l’espace équipe
nav-search-do = Lancer la recherche
settings-title = Réglages
settings-title-of = Réglages : { $section }
settings-nav = Sections des réglages
settings-recent = Derniers changements ici

# les touches de l’espace équipe
keys-title = Raccourcis du clavier
keys-short = Raccourcis
keys-enter = Entrée
keys-close = Fermer
keys-off = Couper les raccourcis
keys-on = Activer les raccourcis
keys-note = Les lettres ne font rien tant que vous tapez dans un champ. Échap ferme ce qui est ouvert et sort du champ.
key-rows = suivante, précédente
key-next = suivante
key-previous = précédente
key-open = ouvrir
key-tick = choisir
key-all = choisir toute la page
key-matching = choisir tout ce qui correspond
key-publish = publier
key-masked = publier sans le numéro
key-refuse = refuser
key-answer = répondre
key-others = autres actions
key-give = confier
key-merge = réunir
key-status = changer l’état
key-theme = changer le thème
key-area = changer le quartier
key-project = changer de projet
key-show = remettre en ligne
key-hide = masquer
key-reconsider = reprendre l’examen
key-note = écrire une note interne
key-templates = modèles de refus
key-block = bloquer, lever le blocage
key-support = compter un soutien
key-undo = annuler ce qui vient d’être fait
key-preview = voir l’aperçu
key-keep = choisir ce qui est gardé
key-apart = ce sont deux personnes
key-abandon = abandonner
key-restart = repartir de rien
key-reread = demander une relecture
key-stop = arrêter
key-refresh = actualiser la page
key-resume = reprendre
key-add = ajouter
key-change = modifier
key-try = essayer
key-now = lancer maintenant
key-accord = noter un accord
key-look = comparer les deux fiches
key-duplicates = doublons possibles
key-blocks = personnes bloquées
key-lift = lever le blocage
key-maintain = maintenir le blocage
key-hold = écrire de nouveau à cette adresse
key-data = télécharger ses données
key-erase = effacer la personne
key-public = voir la page publique
key-languages = langues
key-files = images et fichiers
key-copy = copier le projet
key-phase = ajouter une phase
key-draft = garder en brouillon
key-short-link = lien court
key-moderators = modérateurs
key-page-next = page suivante
key-page-previous = page précédente
key-filter = filtrer
key-view = enregistrer cette vue
key-export = exporter cette liste
key-reports = exporter les signalements
key-receipts = reçus
key-refused-lines = lignes refusées, en fichier
key-import = importer
key-sections = sections des réglages
key-save = enregistrer ou envoyer le formulaire
key-search = chercher partout
key-help = tous les raccourcis
key-again = envoyer de nouveau
key-secret = changer de secret
key-pause = suspendre
key-remove = aller au bouton qui retire
key-print = imprimer l’affiche A4
key-widget = cadre pour un autre site
key-reset = retirer la double vérification
key-second = exiger ou non la double vérification
key-raise = monter
key-restore = revenir au texte d’origine
key-read = lire le courriel
key-take = télécharger la sauvegarde
key-csv = exporter en CSV
key-xlsx = exporter pour un tableur
key-geojson = exporter pour une carte
key-print-a3 = imprimer l’affiche A3
key-tear-off = imprimer les languettes
key-svg = code en SVG
key-png = code en image
key-open-result = voir ce qui est importé
key-lower = descendre
