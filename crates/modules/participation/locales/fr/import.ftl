# Import d’un fichier de contributions.

activity-import-done = { $who } a importé des contributions dans « { $what } »
import-project-title = Consultation importée
import-project-summary = Des contributions venues d’un fichier. Vous pouvez les lire, les soutenir, les commenter et ajouter la vôtre.
import-project-summary-closed = Des contributions venues d’un fichier. Vous pouvez les lire, les soutenir et les commenter.
import-project-phase = On vous écoute
import-project-phase-closed = Contributions importées

import-at-line = Ligne { $line } : { $why }
import-at-column = Ligne { $line }, colonne « { $column } » : { $why }
import-with-value = { $text } (on y lit « { $value } »)

import-refused-too-many-rows = le fichier a plus d’un million de lignes. Découpez-le en plusieurs fichiers.
import-refused-no-text-column = aucune colonne ne ressemble à un titre ou à un texte. Dites laquelle c’est.
import-refused-bad-date = ce jour n’existe pas, ou la date n’est pas lisible. Écrivez-la ainsi : 31/12/2025.
import-refused-bad-number = ce n’est pas un nombre possible ici. Il faut un nombre entier, sans virgule : 1234.
import-refused-bad-coordinate = ce ne sont pas des degrés. C’est sans doute du Lambert-93 : convertissez en WGS84 (EPSG:4326), par exemple 47.98 et 0.19.
import-refused-swapped-coordinates = la latitude et la longitude sont échangées. Échangez les deux colonnes ci-dessus, ou dans le fichier.
import-refused-bad-email = ce n’est pas une adresse électronique. Exemple : lea@courriel.example
import-refused-missing-text = il n’y a ni titre ni texte. Remplissez l’un des deux, ou supprimez la ligne.
import-refused-missing-parent = ce commentaire ne dit pas sous quelle idée il se place. Mettez l’identifiant de l’idée.
import-refused-unknown-parent = ce commentaire se place sous une contribution qui n’existe pas. Importez d’abord les idées, dans le même projet.
import-refused-duplicate-id = cet identifiant est déjà plus haut dans le fichier, ou la ligne y est deux fois. La première est gardée.
import-refused-unknown-kind = ce n’est ni une idée ni un commentaire. Écrivez l’un de ces mots, ou ne lisez pas cette colonne.
import-refused-unknown-stance = ce n’est ni pour ni contre. Écrivez l’un de ces mots, ou laissez vide.
import-refused-text-too-long = le texte dépasse 20 000 caractères. Raccourcissez-le.
import-refused-withdrawn = son auteur l’a retirée là d’où vient le fichier : elle n’est pas reprise.
import-refused-amendment = c’est l’amendement d’une autre contribution, pas une contribution à part entière : il n’est pas repris.
import-refused-not-published = sa date de publication est vide : c’est un brouillon, que personne n’a vu là d’où vient le fichier. Pour le prendre quand même, ne lisez pas cette colonne.
import-refused-other-kind = cet identifiant est déjà celui d’une idée (ou d’un commentaire) du projet. Importez les commentaires avec leur colonne « commentable_type », ou changez l’identifiant.
import-refused-future-date = cette date est dans le futur. Vérifiez l’année.

import-role-external-id = identifiant
import-role-kind = idée ou commentaire
import-role-title = titre
import-role-text = texte
import-role-author = auteur
import-role-first-name = prénom de l’auteur
import-role-email = adresse électronique (sert à reconnaître un même auteur, n’est pas gardée)
import-role-date = date
import-role-tag = thème
import-role-area = quartier
import-role-status = état
import-role-answer = réponse officielle
import-role-answered-at = date de la réponse officielle
import-role-withdrawn = retirée par son auteur (non reprise)
import-role-withdrawn-at = date où son auteur l’a retirée (non reprise)
import-role-amendment = amendement (non repris)
import-role-votes-for = votes pour
import-role-votes-against = votes contre
import-role-votes-neutral = votes partagés (non gardés)
import-role-votes-total = votes
import-role-parent = idée commentée
import-role-parent-kind = ce que le commentaire vise (idée ou commentaire)
import-role-stance = pour ou contre
import-role-age = âge
import-role-latitude = latitude
import-role-longitude = longitude
import-role-address = lieu
import-role-language = langue
import-role-url = adresse web (non gardée)
import-role-ignored = non lue

import-unknown-status = { $n ->
    [one] L’état « { $word } » n’existe pas ici : { $n } ligne est prise comme proposée.
   *[other] L’état « { $word } » n’existe pas ici : { $n } lignes sont prises comme proposées.
}
import-unknown-area = { $n ->
    [one] Le quartier « { $name } » n’existe pas ici : gardé comme lieu sur { $n } ligne.
   *[other] Le quartier « { $name } » n’existe pas ici : gardé comme lieu sur { $n } lignes.
}
import-held = { $n ->
    [one] Un texte attend dans « À vérifier » avant d’être en ligne : il contient un numéro de téléphone, une adresse de courriel ou un mot de vos listes.
   *[other] { $n } textes attendent dans « À vérifier » avant d’être en ligne : ils contiennent un numéro de téléphone, une adresse de courriel ou un mot de vos listes.
}
