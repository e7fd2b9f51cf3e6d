desk-nav-links = Liens et affiches
links-title = Liens courts et affiches
links-intro = Une adresse de quelques lettres et son code à photographier, pour une affiche, un tract ou un courriel. L’idée arrive avec son projet et son lieu.
links-all = Les liens
links-back = Tous les liens
links-empty = Aucun lien pour l’instant
links-empty-next = Créez-en un par affiche : vous saurez laquelle amène du monde.
links-how = Un navigateur compte une fois par jour. Rien ne dit qui est venu.
links-visits = { $n ->
    [0] aucun passage
    [one] { $n } passage
   *[other] { $n } passages
}
links-ideas = { $n ->
    [0] aucune idée
    [one] { $n } idée
   *[other] { $n } idées
}
links-running = En service
links-stopped = Arrêté
links-new = Créer un lien
links-new-intro = Un lien par affiche ou par lieu : chacun compte les siens.
links-no-project = Il faut d’abord un projet.
links-f-project = Projet
links-f-area = Quartier
links-f-area-none = Toute la ville
links-f-place = Lieu
links-f-place-hint = Facultatif. Une rue ou un lieu, déjà rempli pour la personne : « Gare ».
links-f-name = Nom du lien
links-f-name-hint = Facultatif, pour l’équipe : « Affiche de la gare ».
links-make = Créer le lien
links-error-long = Raccourcissez le nom : { $n } caractères au plus.
links-error-project = Choisissez un projet de la liste.
links-address = L’adresse et son code
links-qr = Code à photographier du lien court
links-svg = Code en SVG
links-png = Code en PNG
links-came = Qui est venu par ce lien
links-d-visits = Passages
links-d-ideas = Idées déposées
links-d-place = Lieu
links-d-since = Créé le
handle-came-by = par le lien « { $link } »
links-total = En tout :
links-last = Les dernières idées
links-manage = Gérer ce lien
links-rename = Enregistrer le nom
links-stop = Arrêter ce lien
links-stop-why = Arrêté, le lien n’ouvre plus rien. Vous pourrez le remettre en service.
links-start = Remettre en service
links-start-why = Le lien s’ouvrira de nouveau, avec la même adresse.
links-desk = Tous les liens, par lieu
done-lien-cree = Le lien est créé.
done-lien-nomme = Le nom est enregistré.
done-lien-arrete = Le lien est arrêté. Il n’ouvre plus rien.
done-lien-repris = Le lien est de nouveau en service.
refusal-short_link_stopped = Ce lien ne sert plus
    .why = L’affiche ou le tract qui le porte n’est plus d’actualité.
    .next = Vous pouvez donner votre idée depuis la page d’accueil.
activity-link-made = { $who } a créé le lien court { $what }
activity-link-renamed = { $who } a renommé le lien court { $what }
activity-link-stopped = { $who } a arrêté le lien court { $what }
activity-link-started = { $who } a remis en service le lien court { $what }

feed-ideas = Les idées, { $name }
    .about = Les idées les plus récentes de toutes les consultations.
feed-project = { $name }
    .about = Les idées les plus récentes de cette consultation.
feed-answers = Les réponses, { $name }
    .about = Les réponses officielles les plus récentes.
feed-follow = Suivre par flux :

widget-title = Un cadre pour votre site
widget-intro = La question, les dernières idées et un bouton, dans une page du site de la ville.
widget-code = Le code à copier
widget-of = Que montrer ?
widget-of-all = Toutes les consultations
widget-show = Afficher ce code
widget-paste = Collez cette ligne dans la page de votre site, là où le cadre doit paraître.
widget-see = Voir le cadre seul
widget-sites = Les sites autorisés
widget-sites-why = Un navigateur n’affiche le cadre que sur ces sites. Aucune autre page de cette adresse ne peut être mise dans un cadre : personne ne peut ainsi tromper vos habitantes et habitants.
widget-sites-none = Aucun site pour l’instant : le cadre ne s’affiche nulle part.
widget-f-sites = Adresses des sites
widget-f-sites-hint = Une par ligne, en https. Exemple : https://www.rivemont.fr
widget-save = Enregistrer les sites
widget-error-site = « { $site } » n’est pas l’adresse d’un site. Exemple : https://www.rivemont.fr
widget-error-many = Gardez { $n } sites au plus.
widget-newest = Les dernières idées
widget-more = Lire toutes les idées et donner la vôtre
widget-new-window = nouvelle fenêtre
done-sites-du-cadre = Les sites autorisés sont enregistrés.
activity-widget-sites = { $who } a changé les sites qui peuvent afficher le cadre ({ $what })

links-print = Imprimer
links-print-intro = Des fichiers PDF, aux couleurs de votre site.
links-a4 = Affiche A4
links-a3 = Affiche A3
links-tear-off = Languettes à détacher
poster-call = Photographiez ce code
poster-how = Écrivez votre idée en une minute, sans compte. Nous répondons à chacune.
poster-or = Ou tapez cette adresse :
poster-code = Code à photographier : il ouvre l’adresse écrite à côté.
poster-strips = Dix languettes à détacher, chacune avec le même code et la même adresse.
card-project = Consultation
card-give = Donnez votre idée
card-read = Lisez les idées
card-support = Soutenez cette idée
