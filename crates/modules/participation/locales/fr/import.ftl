# Import d’un fichier de contributions.

activity-import-done = { $who } a importé des contributions dans « { $what } »
import-project-title = Consultation importée
import-project-summary = Des contributions venues d’un fichier. Vous pouvez les lire, les soutenir, les commenter et ajouter la vôtre.
import-project-phase = On vous écoute

import-at-line = Ligne { $line } : { $why }
import-at-column = Ligne { $line }, colonne « { $column } » : { $why }
import-with-value = { $text } (on y lit « { $value } »)

import-refused-empty-file = le fichier est vide. Choisissez un fichier CSV avec une ligne de titres.
import-refused-not-text = ce n’est ni un texte ni un classeur. Dans votre tableur, utilisez « Enregistrer sous », puis .xlsx ou CSV.
import-refused-too-large = le fichier est trop grand : 64 Mo au plus pour un classeur, 256 Mo pour un CSV. Découpez-le, chaque partie avec sa ligne de titres.
import-refused-too-many-rows = le fichier a plus d’un million de lignes. Découpez-le en plusieurs fichiers.
import-refused-too-many-columns = le fichier a plus de 512 colonnes. Vérifiez le séparateur.
import-refused-old-sheet = c’est un ancien classeur (.xls), ou il a un mot de passe. Enregistrez-le en .xlsx, sans mot de passe.
import-refused-not-xlsx = cette archive n’est pas un classeur Excel. Ouvrez-la dans votre tableur, puis « Enregistrer sous », .xlsx ou CSV.
import-refused-broken-sheet = le classeur est abîmé. Ouvrez-le dans votre tableur, enregistrez-le à nouveau en .xlsx, puis recommencez.
import-refused-inflated = une fois décompressé, le classeur dépasse 256 Mo. Enregistrez la feuille en CSV, ou découpez-la.
import-refused-row-too-large = la ligne dépasse 1 Mo. Raccourcissez ses textes, ou cherchez un guillemet oublié.
import-refused-failed-formula = la formule a échoué. Corrigez-la, ou remplacez-la par sa valeur.
import-refused-unknown-sheet = ce classeur n’a pas cette feuille. Choisissez l’une des siennes.
import-refused-unreadable = le fichier n’a pas pu être lu jusqu’au bout. Vérifiez le disque, puis recommencez.
import-refused-no-text-column = aucune colonne ne ressemble à un titre ou à un texte. Dites laquelle avec --set "colonne=text".
import-refused-headers-changed = la ligne de titres a changé pendant la lecture. Recommencez.
import-refused-row-too-wide = il y a plus de cellules que de titres de colonnes. Entourez de guillemets les textes qui contiennent le séparateur.
import-refused-cell-too-large = une cellule dépasse 256 Ko. Raccourcissez-la, ou cherchez un guillemet oublié.
import-refused-broken-quotes = un guillemet n’est pas fermé, ou du texte suit un guillemet fermé. Doublez les guillemets qui sont dans les textes.
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
import-refused-other-kind = cet identifiant est déjà celui d’une idée (ou d’un commentaire) du projet. Importez les commentaires avec leur colonne « commentable_type », ou changez l’identifiant.
import-refused-future-date = cette date est dans le futur. Vérifiez l’année.

import-column = { $role } ({ $why })
import-why-name = d’après son titre
import-why-content = d’après ses valeurs
import-why-chosen = à votre demande
import-why-unknown = rien ne dit ce que c’est
import-why-taken = une autre colonne convient mieux pour : { $role }
import-why-forbidden = la loi interdit de s’en servir
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
