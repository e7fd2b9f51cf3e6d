### Réglages.

settings-identity = Identité
settings-look = Couleur
settings-mail = Courriel
settings-outbox = Boîte d’envoi
settings-languages = Langues
settings-statuses = États des idées
settings-pages = Pages
settings-journal = Journal
settings-save = Enregistrer
settings-optional = Facultatif
settings-too-long = C’est trop long. { $n } signes au plus.
done-settings-saved = C’est enregistré.

settings-state-no-contact = Aucune adresse de contact
settings-state-colour-moved = { $value }, foncée pour rester lisible
settings-state-colour-kept = { $value }, gardée telle quelle
settings-state-languages = { $n ->
    [one] { $n } langue
   *[other] { $n } langues
}
settings-state-mail-none = Rien ne part
settings-state-mail-by = Part par { $value }
settings-state-outbox-failed = { $n ->
    [one] { $n } courriel refusé
   *[other] { $n } courriels refusés
}
settings-state-outbox-waiting = { $n ->
    [0] Rien n’attend
    [one] { $n } courriel attend
   *[other] { $n } courriels attendent
}
settings-state-statuses = { $n ->
    [0] Mots habituels
    [one] { $n } état à votre façon
   *[other] { $n } états à votre façon
}
settings-state-pages-original = { $n } pages, textes d’origine
settings-state-pages-own = { $n ->
    [one] { $n } texte écrit par vous
   *[other] { $n } textes écrits par vous
}
settings-state-journal = Qui a fait quoi

settings-identity-lead = Ce que montrent le haut des pages et les courriels.
settings-name = Nom affiché en haut des pages
settings-name-hint = Exemple : Rivemont en commun
settings-name-missing = Il manque le nom. Exemple : Rivemont en commun.
settings-tagline = Ce que c’est, en trois ou quatre mots
settings-question = La question de votre page d’accueil
settings-question-hint = Courte et ouverte : chacun doit pouvoir y répondre en une phrase.
settings-question-missing = Il manque la question. Exemple : Que changeriez-vous à Rivemont ?
settings-kind = Votre organisation
settings-commune = Commune
settings-commune-hint = Son nom, ou son nom et son code postal.
settings-commune-several = Plusieurs communes portent ce nom. Ajoutez le code postal : { $list }
settings-population = Nombre d’habitants
settings-population-hint = Repris de la liste des communes. Corrigez-le ici au besoin.
settings-population-wrong = Écrivez un nombre entier. Exemple : 18545
settings-contact-title = Où vous joindre
settings-contact-lead = Au pied de chaque page et de chaque courriel.
settings-address = Adresse postale
settings-telephone = Téléphone
settings-contact = Adresse de courriel
settings-contact-hint = Une réponse à vos courriels arrive ici.
settings-address-wrong = Cette adresse n’est pas complète. Exemple : bonjour@rivemont.example
settings-promise-title = Ce que vous promettez
settings-promise-lead = Chaque personne qui propose une idée lit ces délais.
settings-answer-days = Répondre avant, en jours
settings-answer-days-hint = De 1 à 365.
settings-days-wrong = Écrivez un nombre de jours, de 1 à 365.
settings-review-hours = Relire avant publication, en heures
settings-review-hours-hint = De 1 à 168, soit une semaine.
settings-hours-wrong = Écrivez un nombre d’heures, de 1 à 168.
settings-answer-office = Fonction sous les réponses officielles
settings-answer-office-hint = Proposée à qui répond. Exemple : adjointe à la voirie
settings-where-title = Heure et adresse du site
settings-time-zone = Heure locale
settings-time-zone-hint = Les dates des consultations suivent cette heure.
settings-zone-wrong = Choisissez une heure de la liste.
settings-base-url = Adresse du site
settings-base-url-hint = Celle que l’on tape, pour les liens des courriels. Exemple : https://rivemont.example
settings-base-url-wrong = Écrivez l’adresse avec https:// et sans rien après le nom. Exemple : https://rivemont.example
settings-source-url = Adresse du code source
settings-source-url-hint = La licence donne à chacun droit au code de cette version : la page « Parvis » y mène. Sans adresse, elle dit de vous le demander.
settings-source-url-wrong = Écrivez une adresse complète. Exemple : https://code.exemple.fr/parvis

settings-colour = Votre couleur
settings-colour-hint = Une seule suffit. Collez celle de votre affiche, ou prenez-la dans la palette.
settings-colour-palette = Palette
settings-colour-code = Code de la couleur
settings-colour-try = Essayer cette couleur
settings-colour-save = Garder cette couleur
settings-colour-wrong = Ce n’est pas un code de couleur : un dièse et six signes. Exemple : #0B6670
settings-colour-moved = Nous avons foncé votre couleur pour que le texte reste lisible.
settings-colour-moved-why = Voici les deux, côte à côte.
settings-colour-yours = La vôtre, { $hex }
settings-colour-used = Sur les pages, { $hex }
settings-colour-kept = Cette couleur est lisible : nous la gardons telle quelle, { $hex }.
settings-preview = Aperçu
settings-preview-post = Proposer une idée
settings-preview-now = En cours
settings-preview-light = En clair. Texte sur le bouton : { $ratio } pour 1.
settings-preview-dark = En sombre, si le téléphone le demande : { $ratio } pour 1.

settings-languages-lead = La langue du site, et celles que l’on peut choisir en bas de page.
settings-language-main = Langue du site
settings-language-main-hint = Celle des courriels, et des pages quand le navigateur n’en demande pas une autre.
settings-language-offered = Langues proposées
settings-language-offered-hint = Celle du site l’est toujours.
settings-language-missing = Choisissez une langue.

settings-statuses-lead = Chaque état a un mot habituel. Écrivez le vôtre si vous préférez ; laissez vide pour garder le mot habituel.
settings-status-usual = Mot habituel : { $word }

settings-mail-lead = L’adresse d’où partent vos messages, et le serveur qui les porte.
settings-mail-set = Serveur réglé
settings-mail-unset = Rien ne part
settings-mail-from = Adresse d’envoi
settings-mail-from-hint = Elle doit appartenir au compte du serveur.
settings-mail-host = Serveur
settings-mail-host-hint = Exemple : smtp.hebergeur.example. Laissez vide pour ne rien envoyer.
settings-host-wrong = Écrivez le nom du serveur, sans espace ni https://. Exemple : smtp.hebergeur.example
settings-mail-security = Protection
settings-mail-security-hint = TLS convient presque toujours.
settings-mail-tls = TLS dès le début (465)
settings-mail-starttls = STARTTLS (587)
settings-mail-none = Aucune, serveur de cette machine
settings-security-wrong = Sans protection, le mot de passe voyagerait en clair. Choisissez TLS ou STARTTLS.
settings-mail-port = Port
settings-mail-port-hint = Laissez vide pour le port habituel.
settings-port-wrong = Écrivez un nombre, de 1 à 65535.
settings-mail-user = Identifiant
settings-mail-user-hint = Vide si le serveur n’en demande pas.
settings-user-wrong = Cet identifiant ou ce mot de passe est trop long.
settings-mail-password = Mot de passe
settings-mail-password-hint = Chez la plupart des hébergeurs, un mot de passe d’application.
settings-mail-password-kept = Laissez vide pour garder l’actuel.
settings-password-missing = Il manque le mot de passe. Il n’est jamais repris pour un autre serveur, un autre identifiant ou un envoi sans protection.
settings-mail-try = Enregistrer et m’envoyer un essai
settings-mail-save = Enregistrer sans essai
settings-mail-to = Vers { $email }
settings-mail-outbox = Ouvrir la boîte d’envoi
settings-mail-outbox-lead = Tant que rien ne part, tout attend là. Rien n’est perdu, rien ne partira deux fois.

settings-verdict-sent = Le serveur a pris votre essai
    .next = Regardez votre boîte dans une minute, et les indésirables. Ce qui attendait part maintenant.
settings-verdict-password = Le serveur refuse l’identifiant ou le mot de passe
    .next = Chez la plupart des hébergeurs, il faut un mot de passe d’application, différent de celui de votre boîte.
settings-verdict-address = Le serveur refuse l’adresse
    .next = Vérifiez que l’adresse d’envoi appartient à ce compte, et que l’adresse qui reçoit existe.
settings-verdict-protection = La protection choisie n’est pas celle du serveur
    .next = Essayez STARTTLS avec le port 587, ou TLS avec le port 465.
settings-verdict-unreachable = Personne ne répond à ce nom et à ce port
    .next = Vérifiez le nom du serveur et le port. Un pare-feu peut aussi bloquer la sortie.
settings-verdict-later = Le serveur demande d’attendre
    .next = Il limite souvent les envois. Nous réessaierons de nous-mêmes.
settings-verdict-other = Le serveur n’a pas pris le courriel
    .next = Demandez à votre hébergeur ce qui bloque.
settings-verdict-digits = Réponse { $code } du serveur.
settings-trial-title = Essai réussi : vos courriels partent
settings-trial-text = Vous lisez ce message : le serveur de courriel est bien réglé. Les courriels qui attendaient partent à leur tour.
settings-trial-why = Vous avez demandé cet essai dans Réglages, Courriel.

settings-pages-lead = Des textes complets sont déjà là. Remplacez-les par les vôtres quand vous voulez.
settings-page-column = Page
settings-page-texts = Textes
settings-page-edit = Modifier
settings-page-own = votre texte, { $date }
settings-page-original = texte d’origine
settings-page-is-own = votre texte
settings-page-back = Toutes les pages
settings-page-lead = Le texte que lisent les gens. L’adresse de la page ne change jamais.
settings-page-legal-note = La loi demande ici le nom de la personne responsable de la publication, et le nom, l’adresse et le téléphone de l’hébergeur. Ajoutez-les : Parvis ne les connaît pas.
settings-page-text = Texte
settings-page-text-hint = Quelques signes suffisent :
settings-page-mark-title = Titre
settings-page-mark-bold = en gras
settings-page-mark-list = liste
settings-page-mark-link = lien
settings-page-values = Ces mots sont remplacés par vos réglages :
settings-page-save = Publier ce texte
settings-page-try = Voir l’aperçu
settings-page-empty = Le texte est vide. Écrivez-le, ou revenez au texte d’origine.
settings-page-changed = Quelqu’un a changé ce texte pendant que vous écriviez. Le vôtre est ci-dessous : publiez-le pour remplacer l’autre.
settings-page-restore = Revenir au texte d’origine
settings-page-restore-why = Votre texte est effacé et celui de Parvis le remplace.
settings-page-restore-do = Effacer mon texte
done-settings-page-saved = Votre texte est en ligne.
done-settings-page-restored = Le texte d’origine est de nouveau en ligne.

outbox-lead = Chaque courriel y passe. Rien n’est perdu, rien ne part deux fois.
outbox-no-server = Aucun serveur de courriel n’est réglé : tout attend ici.
outbox-set-server = Régler le serveur
outbox-away = Le serveur de courriel ne répond plus depuis le { $date }, { $time }
outbox-away-waiting = { $n ->
    [0] Rien n’attend.
    [one] { $n } courriel attend ; il n’est pas perdu.
   *[other] { $n } courriels attendent ; aucun n’est perdu.
}
outbox-away-next = Prochain essai : { $date }, { $time }. Tout part alors de soi-même.
outbox-filters = Courriels par état
outbox-all = Tous
outbox-filter-waiting = En attente
outbox-filter-sending = Incertains
outbox-filter-failed = Refusés
outbox-filter-sent = Partis
outbox-filter-cancelled = Annulés
outbox-state-waiting = Va partir
outbox-state-until = Part à { $time }
outbox-state-held = Attend un serveur
outbox-state-sending = En cours ou interrompu
outbox-state-failed = Refusé
outbox-state-sent = Parti
outbox-state-cancelled = Annulé
outbox-empty = Aucun courriel ici.
outbox-to = Pour { $to },
outbox-when = { $date }, { $time }
outbox-older = Courriels plus anciens
outbox-back = Toute la boîte d’envoi
outbox-recipient = Pour
outbox-written = Écrit
outbox-sent = Parti
outbox-after = Part le
outbox-attempts = Essais
outbox-uncertain = S’il reste ainsi plus de quelques minutes, l’envoi a été interrompu : nous ne savons pas s’il est parti. Renvoyez-le si la personne ne l’a pas reçu.
outbox-again = Renvoyer ce courriel
outbox-text = Texte du courriel
outbox-gone = Le texte est effacé une fois le courriel parti.
outbox-owner-only = Ce courriel s’adresse à une personne propriétaire et peut contenir son lien de connexion. Seule une personne propriétaire peut le lire.
outbox-personal-data = Les courriels que nous vous avons écrits : leur sujet, leur date, et leur texte tant qu’ils ne sont pas partis
    .team = Les courriels qui lui ont été écrits
journal-personal-data = Ce que le journal dit que vous avez fait, si vous êtes de l’équipe
    .team = Ses lignes du journal
done-outbox-again = Ce courriel est de nouveau dans la file. Il part dès que le serveur le prend.

journal-lead = Qui a fait quoi, et quand. Ni le texte ni l’adresse des habitantes et habitants n’y figurent.
journal-kind = Ce qui a été fait
journal-all = Tout
journal-apply = Appliquer
journal-clear = Tout montrer
journal-empty = Rien pour l’instant.
journal-older = Plus ancien

activity-settings-changed = { $who } a changé un réglage : { $what ->
    [identity] identité
    [look] couleur
    [languages] langues
    [mail] courriel
    [statuses] états des idées
    [moderation] modération
    [retention] durées de conservation
    [backups] sauvegardes
    [licence] licence des données
   *[other] { $what }
}
activity-page-changed = { $who } a écrit la page « { $what } »
activity-page-restored = { $who } a remis le texte d’origine de la page « { $what } »
activity-mail-resent = { $who } a renvoyé un courriel

settings-quiet = Heures calmes
settings-quiet-lead = La nuit, les réponses, les nouvelles des idées suivies et les résumés attendent le matin. Les codes, les liens de connexion et les confirmations partent toujours aussitôt.
settings-quiet-on = Garder des heures calmes
settings-quiet-from = Rien ne part à partir de
settings-quiet-to = Tout repart à
settings-quiet-hint = Exemple : 21:00
settings-quiet-hint-end = Exemple : 8:00
settings-quiet-wrong = Écrivez une heure. Exemple : 21:00
settings-quiet-same = Les deux heures sont les mêmes. Choisissez une autre heure de fin, ou décochez les heures calmes.
settings-quiet-held = { $n ->
    [one] En ce moment, { $n } courriel attend : il part à { $time }.
   *[other] En ce moment, { $n } courriels attendent : ils partent à { $time }.
}
settings-quiet-save = Garder ces heures
settings-licence = Licence des données
licence-see = Voir les données ouvertes
licence-lead = Ce que peuvent faire des données ouvertes ceux qui les prennent. La page, les fichiers et l’accès des programmes le disent.
licence-choose = Licence
licence-missing = Choisissez une licence.
licence-licence-ouverte = Licence Ouverte 2.0
licence-licence-ouverte-says = Réutiliser en citant la source et la date. Celle des administrations françaises.
licence-odbl = ODbL 1.0
licence-odbl-says = Réutiliser en citant la source, et partager aux mêmes conditions la base que l’on en tire. L’autre licence qu’une administration peut choisir sans autorisation.
licence-cc-by = CC BY 4.0
licence-cc-by-says = Réutiliser en citant la source. Connue dans le monde entier ; une administration française demande d’abord l’accord de l’État.
licence-own = Vos propres mots
licence-own-says = Écrivez ci-dessous ce qui est permis.
licence-own-words = Vos conditions
licence-own-hint = Lues seulement si vous avez choisi « Vos propres mots ». 1 000 signes au plus.
licence-own-missing = Écrivez ce qui est permis, ou choisissez une autre licence.
journal-who = Qui
journal-anybody = Tout le monde
journal-project = Projet
journal-any-project = Tous les projets
journal-from = Du
journal-until = Au
journal-receipt = Reçu
journal-none = Rien ne répond à ces filtres.
settings-pace = Rythme d’envoi
settings-pace-lead = Beaucoup d’hébergeurs bloquent le compte qui envoie trop de courriels en une heure, codes de connexion compris. Demandez votre limite au vôtre. Les codes et les confirmations passent devant, et un cinquième leur est gardé.
settings-pace-n = Courriels par heure, au plus
settings-pace-hint = Exemple : 200. Vide : pas de limite.
settings-pace-wrong = Donnez un nombre de 0 à { $n }, ou rien.
settings-pace-save = Garder ce rythme
outbox-pace-full = La limite par heure ({ $n }) est atteinte pour les courriels qui peuvent attendre.
outbox-pace-waiting = { $n ->
    [one] { $n } courriel attend.
   *[other] { $n } courriels attendent.
}
outbox-pace-resumes = L’envoi reprend à { $time }.
outbox-pace-change = Changer le rythme

# adresses qui refusent nos courriels
outbox-dead = Pas parti : son lien ne servait plus
outbox-dead-next = Le courriel a attendu, et son lien n’était plus valable. La personne n’a rien reçu : elle peut en redemander un, ou vous pouvez l’inviter de nouveau.
outbox-refused = Cette adresse ne reçoit plus de courriels depuis le { $date }
outbox-refused-what = Rien n’y part plus, sauf les liens de connexion.
outbox-refused-sheet = Y écrire à nouveau depuis la fiche de la personne
outbox-refused-count = { $n ->
    [one] Une adresse ne reçoit plus de courriels
   *[other] { $n } adresses ne reçoivent plus de courriels
}
outbox-refused-lead = Un courriel y a été refusé pour de bon. La fiche de la personne permet d’y écrire à nouveau.
outbox-over = Ce courriel n’est pas parti, et son texte est effacé : ce qu’il annonçait n’était plus vrai, ou la personne ne le demande plus.
outbox-stopped = Ce courriel n’est pas parti, et son texte est effacé : l’adresse refusait déjà les courriels.
refused-personal-data = Vos adresses qui refusent nos courriels : ce que leur serveur a répondu, et quand
    .team = Ses adresses qui refusaient les courriels
settings-recent-all = Tout le journal des réglages
settings-change = { $who } a changé { $what } : { $from } devient { $to }.
settings-put-back = Remettre { $value }
done-settings-undone = C’est remis comme avant.
activity-settings-undone = { $who } a remis un réglage d’avant : { $what }
settings-value-name = le nom du site
settings-value-tagline = la phrase sous le nom
settings-value-kind = le genre d’organisation
settings-value-commune = la commune
settings-value-question = la question d’accueil
settings-value-colour = la couleur
settings-value-lang = la langue du site
settings-value-languages = les langues proposées
settings-value-time-zone = le fuseau horaire
settings-value-address = l’adresse postale
settings-value-telephone = le téléphone
settings-value-contact = le courriel de contact
settings-value-answer-days = le délai de réponse, en jours
settings-value-review-hours = le délai de relecture, en heures
settings-value-answer-office = la fonction sous les réponses
settings-value-quiet = les heures calmes
settings-value-mails-per-hour = les courriels par heure
settings-value-licence = la licence des données
settings-value-status-words = les mots des états
settings-value-base-url = l’adresse du site
settings-value-source-url = l’adresse du code source
settings-value-embed-sites = les sites qui intègrent la page
settings-value-second-factor = la double vérification
settings-value-set-up-at = la date d’installation
settings-value-demo = le mode de démonstration
settings-value-smtp-host = le serveur de courriel
settings-value-smtp-port = le port du serveur
settings-value-smtp-user = l’identifiant du serveur
settings-value-smtp-security = la protection du serveur
settings-value-smtp-from = l’adresse d’envoi
settings-value-nothing = rien
settings-value-yes = oui
settings-value-no = non
settings-value-before = le réglage d’avant
keep-changes = Changements de réglages
keep-changes-why = Qui a changé quoi, pour pouvoir le remettre. Le journal garde la ligne.
