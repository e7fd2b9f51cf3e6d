# Import d’un fichier de contributions.

activity-import-done = { $who } a importé des contributions dans « { $what } »
import-project-title = Consultation importée
import-project-summary = Des contributions venues d’un fichier. Vous pouvez les lire, les soutenir, les commenter et ajouter la vôtre.
import-project-phase = On vous écoute

import-at-line = Ligne { $line } : { $why }
import-at-column = Ligne { $line }, colonne « { $column } » : { $why }
import-with-value = { $text } (on y lit « { $value } »)

import-refused-empty-file = le fichier est vide. Choisissez un fichier CSV avec une ligne de titres.
import-refused-not-text = ce n’est pas un fichier texte. Dans votre tableur, utilisez « Enregistrer sous », puis CSV.
import-refused-too-large = le fichier dépasse 256 Mo. Découpez-le en plusieurs fichiers, chacun avec sa ligne de titres.
import-refused-too-many-rows = le fichier a plus d’un million de lignes. Découpez-le en plusieurs fichiers.
import-refused-too-many-columns = le fichier a plus de 512 colonnes. Vérifiez le séparateur.
import-refused-unreadable = le fichier n’a pas pu être lu jusqu’au bout. Vérifiez le disque, puis recommencez.
import-refused-no-text-column = aucune colonne ne ressemble à un titre ou à un texte. Dites laquelle avec --set "colonne=text".
import-refused-headers-changed = la ligne de titres a changé pendant la lecture. Recommencez.
import-refused-row-too-wide = il y a plus de cellules que de titres de colonnes.
import-refused-cell-too-large = une cellule dépasse 256 Ko.
import-refused-broken-quotes = un guillemet n’est pas fermé, ou du texte suit un guillemet fermé.
import-refused-bad-date = ce n’est pas une date que nous sachions lire.
import-refused-bad-number = ce n’est pas un nombre possible ici.
import-refused-bad-email = ce n’est pas une adresse électronique.
import-refused-missing-text = il n’y a ni titre ni texte.
import-refused-missing-parent = ce commentaire ne dit pas sous quelle idée il se place.
import-refused-unknown-parent = ce commentaire se place sous une contribution qui n’existe pas.
import-refused-duplicate-id = cet identifiant est déjà plus haut dans le fichier, ou la ligne y est deux fois.
import-refused-unknown-kind = ce n’est ni une idée ni un commentaire.
import-refused-unknown-stance = ce n’est ni pour ni contre.
import-refused-text-too-long = le texte dépasse 20 000 caractères.
import-refused-future-date = cette date est dans le futur.

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
