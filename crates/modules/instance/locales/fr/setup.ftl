### Mise en place.

setup-name = Mise en place
setup-title-of = Mise en place, étape { $n } sur 5 : { $step }
setup-step-of = Étape { $n } sur 5
setup-steps = Les cinq étapes
setup-note = Chaque étape peut être passée. Tout se retrouve et se change dans Réglages.
setup-here = Vous êtes ici
setup-done = (fait)
setup-change = Modifier
setup-go-on = Continuer
setup-pass = Passer
setup-pass-more = cette étape
setup-all = Tout passer
setup-all-more = , régler plus tard
setup-choose = Choisissez une réponse, ou passez cette étape.

setup-step-language = Langue
setup-step-kind = Votre organisation
setup-step-commune = Votre commune
setup-step-look = Nom et couleur
setup-step-account = Première personne

setup-else-language = Sinon, français
setup-else-kind = Sinon, campagne municipale
setup-else-commune = Sinon, aucun nom de commune ni nombre d’habitants
setup-else-look = Sinon, « Parvis », en bleu-vert
setup-else-account = Sinon, le lien de mise en place reste le seul accès

setup-language-title = Dans quelle langue ?
setup-language-lead = C’est la langue de vos pages et de vos courriels.
setup-language-note = Chaque personne peut lire le site dans une autre langue, choisie en bas de page.

setup-kind-title = Qui ouvre ce site ?
setup-kind-lead = Les mots et les textes légaux de vos pages en dépendent.
setup-campaign = Une campagne municipale
setup-campaign-hint = Vos pages parlent au nom d’une liste. Les textes légaux sont ceux d’une campagne.
setup-town-hall = Une mairie
setup-town-hall-hint = Vos pages parlent au nom de la commune. Les textes légaux sont ceux d’une administration.
setup-kind-note = Ce choix peut changer plus tard. Rien n’est effacé.

setup-commune-title = Quelle est votre commune ?
setup-commune-lead = Nous en tirons son nom, son nombre d’habitants et l’heure locale.
setup-commune-search-label = Chercher une commune
setup-commune-q = Nom ou code postal
setup-commune-q-hint = Trois lettres suffisent, sans se soucier des accents ni des tirets.
setup-commune-search = Chercher
setup-commune-found = { $n ->
    [0] Aucune commune pour « { $q } ». Essayez un autre mot, ou le code postal.
    [one] { $n } commune pour « { $q } »
   *[other] { $n } communes pour « { $q } », la plus peuplée d’abord
}
setup-commune-many = Plus de { $n } communes pour « { $q } ». Voici les { $n } premières : précisez le nom ou ajoutez le code postal.
setup-inhabitants = { $n ->
    [one] { $n } habitant
   *[other] { $n } habitants
}
setup-inhabitants-unknown = Population non publiée
setup-place = { $postcodes }, { $department } ({ $code })
setup-commune-of = { $name }, { $n ->
    [one] { $n } habitant
   *[other] { $n } habitants
}
setup-commune-other = Ma commune n’est pas dans la liste
setup-commune-other-hint = Commune nouvelle, ville hors de France, agglomération : écrivez son nom ci-dessous.
setup-commune-name = Nom de la commune
setup-commune-name-hint = Seulement si elle n’est pas dans la liste.
setup-commune-missing = Choisissez votre commune, ou passez cette étape.
setup-commune-unnamed = Il manque le nom de la commune. Exemple : Rivemont.
setup-commune-long = Ce nom est trop long. 80 signes suffisent.
setup-commune-what = Ce que nous reprenons de la liste
setup-commune-what-name = Le nom, le département et le nombre d’habitants
setup-commune-what-zone = L’heure locale, outre-mer compris
setup-threshold = De quel côté du seuil de { $n } habitants se trouve la commune : à partir de là, une liste tient un compte de campagne
setup-commune-note = La liste des 35 000 communes est dans Parvis : votre recherche ne part nulle part.
setup-commune-go-on = Continuer avec cette commune

setup-look-title = Comment vous reconnaît-on ?
setup-look-go-on = Garder et continuer
setup-question-at = Que changeriez-vous { $place } ?
setup-question-nowhere = Que changeriez-vous dans votre commune ?

setup-account-title = Qui tient les clés ?
setup-account-lead = Cette personne peut tout régler et inviter les autres. Prévoyez-en une deuxième dès demain.
setup-person-name = Prénom et nom
setup-person-email = Adresse de courriel
setup-person-email-hint = Pas de mot de passe : vous vous connectez avec un lien reçu à cette adresse.
setup-person-missing = Il manque le prénom et le nom. Exemple : Camille Dumas.
setup-email-missing = Il manque l’adresse. Exemple : camille@rivemont-en-commun.example
setup-email-no-at = Il manque le signe @. Exemple : camille@rivemont-en-commun.example
setup-account-at-once = Votre espace s’ouvre aussitôt dans ce navigateur.
setup-account-mail = Un lien de connexion part aussi à cette adresse.
setup-account-no-mail = Aucun serveur de courriel n’est réglé pour l’instant : votre lien de connexion attendra dans la boîte d’envoi.
setup-account-online = Votre question sera en ligne : chacun pourra proposer une idée, que vous relirez avant de la publier.
setup-account-go-on = Ouvrir l’espace

setup-later-title = Tout reste à portée de main
setup-later-lead = Vous avez tout passé. Il manque une seule chose pour ouvrir : l’adresse d’une première personne.
setup-later-kept = Ce que vous avez déjà répondu est gardé.
setup-later-link = Le lien de mise en place reste le seul accès. Ce navigateur le garde deux jours. Ensuite, redémarrez Parvis : il en affiche un nouveau.
setup-later-closed = Tant que personne ne tient les clés, le site reste fermé au public.
setup-later-command = Vous pouvez aussi nommer cette personne depuis le terminal, avec
setup-later-account = Indiquer une adresse
setup-later-first = Revenir à la première étape

done-setup = Votre espace est ouvert et votre question est en ligne. Essayez : proposez une première idée depuis votre téléphone.
activity-instance-set_up = { $who } a ouvert ce site
