### Mon espace

space-page = Mon espace
space-title = Bonjour { $name }
space-title-plain = Mon espace
space-correct = Corriger
space-sign-out = Me déconnecter
space-toc = Dans cette page
space-toc-ideas = Mes idées
space-toc-supports = Mes soutiens
space-toc-follows = Ce que je veux suivre
space-toc-staff = Ce qui attend l’équipe
space-toc-me = Moi
space-toc-consents = Mes accords
space-toc-data = Mes données
space-toc-devices = Mes appareils
space-at = { $date } à { $time }
space-me = Moi
space-me-text = Tout est facultatif. Votre courriel ne s’affiche jamais.
space-name = Prénom
space-name-hint = Facultatif. Il signe vos prochaines idées.
space-name-long = Ce prénom est trop long : 60 signes au plus.
space-area = Quartier
space-area-unknown = Ce quartier n’existe plus. Choisissez-en un autre.
space-age = Âge
space-age-unknown = Choisissez une tranche d’âge, ou « Je ne le dis pas ».
space-figures-hint = Facultatif. Sert seulement à des chiffres d’au moins 11 personnes.
space-unsaid = Je ne le dis pas
space-lang = Langue des courriels
space-save = Enregistrer
space-consents = Mes accords
space-consents-text = Sans accord écrit ici, l’équipe ne peut pas vous écrire. Vous retirez un accord en un clic, sans dire pourquoi.
space-data = Mes données
space-data-text = Elles sont sur le serveur de l’équipe. Elles ne sont ni vendues ni prêtées.
space-download = Tout télécharger
space-download-text = Idées, commentaires, soutiens, accords, courriels reçus, appareils. Prêt tout de suite, à lire ou à réutiliser.
space-download-button = Télécharger toutes mes données
space-erase = M’effacer de { $site }
space-erase-label = M’effacer
space-erase-text = Voici ce qui se passe, ligne par ligne. Vous choisissez pour vos textes.
space-erase-texts = Mes idées et mes commentaires
space-erase-keep = Les laisser, sans mon nom
space-erase-keep-hint = Les personnes qui les soutiennent gardent l’idée et sa réponse.
space-erase-drop = Les effacer aussi
space-erase-drop-hint = Les réponses de l’équipe restent. À la place du texte, une mention dit que la personne qui l’a écrit l’a repris.
space-erase-supports = Mes soutiens
space-erase-supports-text = Retirés des totaux.
space-erase-follows = Ce que je voulais suivre
space-erase-follows-text = Effacé. Plus aucun courriel ne part.
space-erase-consents = Mes accords, mes courriels
space-erase-consents-text = Effacés.
space-erase-account = Mon prénom, mon adresse, mon quartier, mon âge
space-erase-account-text = Effacés. Vos appareils sont déconnectés.
space-erase-when = Quand
space-erase-when-text = Tout de suite, et c’est définitif.
space-erase-button = M’effacer
space-devices = Mes appareils
space-devices-text = Là où votre espace est ouvert. Un appareil inconnu ? Déconnectez-le.
device-here = Cet appareil
device-unknown = Appareil inconnu
device-since = Ouvert le { $at }
device-seen = Ouvert le { $at }, vu pour la dernière fois le { $seen }
device-end = Déconnecter
device-end-others = Déconnecter tous les autres appareils

consent-purpose-answers = Réponses à mes idées
consent-purpose-newsletter = Nouvelles par courriel
consent-purpose-follow = Nouvelles de ce que je veux suivre
consent-purpose-other = Autre accord
consent-channel-email = courriel
consent-channel-sms = SMS
consent-channel-telephone = téléphone
consent-source-idea_form = formulaire « Proposer une idée »
consent-source-comment_form = formulaire de commentaire
consent-source-follow_form = bouton « Suivre »
consent-source-support_form = confirmation d’un soutien
consent-source-own_space = cette page
consent-source-mail_link = lien d’un courriel
consent-source-entry_stand = lettre après une rencontre à un stand
consent-source-entry_phone = lettre après un appel
consent-source-entry_paper = lettre après une feuille de papier
consent-source-other = autre
consent-state-given = Donné
consent-state-withdrawn = Retiré
consent-state-expired = Expiré
consent-state-objected = Refusé
consent-meta-given = Le { $when }. Où : { $source }.
consent-meta-withdrawn = Donné le { $given }, retiré le { $withdrawn }.
consent-given = Donné
consent-withdrawn = Retiré
consent-withdraw = Retirer
consent-give = Donner à nouveau
consent-undone = C’est fait : votre accord est retiré.
consent-undo = Annuler ce retrait
consent-history = { $n ->
    [one] Tout l’historique, { $n } ligne
   *[other] Tout l’historique, { $n } lignes
}
consent-history-label = Historique de mes accords
consent-history-caption = Historique de mes accords, du plus récent au plus ancien
consent-when = Quand
consent-what = Accord
consent-event = Ce qui s’est passé
consent-where = Où

done-profil = C’est enregistré.
done-accord = Votre accord est donné.
done-appareil = C’est fait : l’appareil est déconnecté.
done-compte-efface = Votre espace est effacé. Merci d’avoir participé.

# Le fichier de mes données
data-file = mes-donnees
data-readme-file = LISEZ-MOI.txt
data-readme-title = Vos données sur { $site }
data-readme-intro = Ce dossier contient tout ce que ce site sait de vous. Les fichiers JSON s’ouvrent avec un éditeur de texte.
data-readme-line = { $n ->
    [one] { $file } : { $about } ({ $n } élément)
   *[other] { $file } : { $about } ({ $n } éléments)
}
data-readme-end = Pour corriger ou effacer ces données : la page « Mon espace » du site.
data-account = votre compte : prénom, adresse, quartier, tranche d’âge, rôle
data-consents = vos accords, avec leur texte exact et leur date
data-sessions = les appareils où votre espace est ouvert
data-links = les liens de connexion et de confirmation qui vous ont été envoyés, sans ce qui les ouvre
