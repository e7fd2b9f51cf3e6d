# Import d’un fichier : ce que disent tous les imports.

import-new = Un nouveau fichier
import-file = Fichier
import-send = Envoyer ce fichier
import-file-missing = Choisissez un fichier. Il se termine par .csv ou .xlsx.
import-file-refused = « { $name } » : { $why }
import-others = Les imports
import-state-dead = Interrompu
import-state-done = Fini
import-state-failed = Refusé
import-state-stopped = Arrêté
import-state-checked = À vérifier
import-state-live = En cours
import-state-undoing = Annulation en cours
import-state-undone = Annulé
import-rows = { $n ->
    [one] { $n } ligne
   *[other] { $n } lignes
}
import-columns-count = { $n ->
    [one] { $n } colonne
   *[other] { $n } colonnes
}
import-read-sheet = Feuille « { $name } ».
import-read-text = Lu en { $encoding }, séparé par des { $separator }.
import-separator-comma = virgules
import-separator-semicolon = points-virgules
import-separator-tab = tabulations
import-steps = Étapes de l’import
import-step-file = Le fichier
import-step-columns = Colonnes et vérification
import-step-import = Import
import-recognised = Ce que nous avons reconnu
import-recognised-text = Corrigez ce qui n’est pas juste. Rien n’est encore écrit.
import-remembered = Les colonnes sont prises comme la dernière fois.
import-column-label = La colonne « { $column } » contient
import-no-header = (sans titre)
import-empty-column = (vide)
import-forbidden = Contenu non lu : la loi interdit de s’en servir.
import-forbidden-badge = Interdit
import-trial = Essai à blanc
import-try-again = Refaire l’essai
import-tried-at = Fait à { $time }. Rien n’est écrit.
import-not-tried = Pas encore fait.
import-tally-same = déjà là, sans changement
import-tally-refused = { $n ->
    [one] ligne refusée
   *[other] lignes refusées
}
import-refused-label = Lignes refusées et raisons
import-refused-caption = { $n ->
    [one] { $n } ligne refusée, et pourquoi
   *[other] { $n } lignes refusées, et pourquoi
}
import-refused-caption-cut = { $n } lignes refusées, et pourquoi : les { $shown } premières
import-refused-file = { $n ->
    [one] La ligne, pour la corriger
   *[other] Les { $n } lignes, pour les corriger
}
import-refused-file-cut = { $n } de ces { $all } lignes, pour les corriger
import-csv-line = Ligne
import-csv-why = Raison
import-value = Valeur
import-again-text = Relancer un import ne double rien.
import-forget = Abandonner ce fichier
import-forget-done = Retirer de la liste
import-checking = Essai à blanc en cours
import-running = Import en cours
import-at = Ligne { $done } sur { $total }
import-starting = Lecture du fichier…
import-leave = Vous pouvez quitter cette page, le travail continue.
import-refresh = Actualiser
import-stop = Arrêter
import-dead = L’import s’est interrompu
import-dead-text = La machine a redémarré après la ligne { $done }. Ce qui est écrit reste, rien ne l’est deux fois.
import-resume = Reprendre l’import
import-outcome-done = C’est importé
import-outcome-undoing = L’import est en cours d’annulation
import-outcome-undone = Import annulé
import-done-text = Le fichier n’est plus gardé. Les lignes refusées le sont encore une semaine.
import-another = Importer un autre fichier
import-failed = Ce fichier n’est pas pris
done-import-oublie = Le fichier n’est plus gardé.
import-sheet = Feuille du classeur
import-sheet-label = Lire la feuille
import-sheet-hint = Ce classeur en a plusieurs. Les colonnes seront reconnues de nouveau.
import-sheet-read = Lire cette feuille
import-refused-empty-file = le fichier est vide. Choisissez un fichier CSV avec une ligne de titres.
import-refused-not-text = ce n’est ni un texte ni un classeur. Dans votre tableur, utilisez « Enregistrer sous », puis .xlsx ou CSV.
import-refused-too-large = le fichier est trop grand : 64 Mo au plus pour un classeur, 256 Mo pour un CSV. Découpez-le, chaque partie avec sa ligne de titres.
import-refused-too-many-columns = le fichier a plus de 512 colonnes. Vérifiez le séparateur.
import-refused-old-sheet = c’est un ancien classeur (.xls), ou il a un mot de passe. Enregistrez-le en .xlsx, sans mot de passe.
import-refused-not-xlsx = cette archive n’est pas un classeur Excel. Ouvrez-la dans votre tableur, puis « Enregistrer sous », .xlsx ou CSV.
import-refused-broken-sheet = le classeur est abîmé. Ouvrez-le dans votre tableur, enregistrez-le à nouveau en .xlsx, puis recommencez.
import-refused-inflated = une fois décompressé, le classeur dépasse 256 Mo. Enregistrez la feuille en CSV, ou découpez-la.
import-refused-row-too-large = la ligne dépasse 1 Mo. Raccourcissez ses textes ; dans un CSV, cherchez un guillemet oublié.
import-refused-failed-formula = la formule a échoué, ou le classeur ne contient pas son résultat. Corrigez-la, ou ouvrez le classeur dans votre tableur et enregistrez-le.
import-refused-nul-byte = la ligne contient un caractère invisible qui n’a rien à faire dans un texte (NUL). Retirez-le, ou retapez la cellule.
import-refused-unknown-sheet = ce classeur n’a pas cette feuille. Choisissez l’une des siennes.
import-refused-unreadable = le fichier n’a pas pu être lu jusqu’au bout. Vérifiez le disque, puis recommencez.
import-refused-disk-full = le disque du serveur est plein, le fichier n’y est pour rien. Faites de la place sur la machine, puis recommencez.
import-refused-headers-changed = la ligne de titres a changé pendant la lecture. Recommencez.
import-refused-row-too-wide = il y a plus de cellules que de titres de colonnes. Entourez de guillemets les textes qui contiennent le séparateur.
import-refused-cell-too-large = une cellule dépasse 256 Ko. Raccourcissez-la ; dans un CSV, cherchez un guillemet oublié.
import-refused-broken-quotes = un guillemet n’est pas fermé, ou du texte suit un guillemet fermé. Doublez les guillemets qui sont dans les textes.
import-refused-swallowed = { $n ->
    [one] un guillemet n’est pas fermé : { $n } ligne de plus est prise dans cette cellule, et n’est pas lue. Fermez-le, ou doublez les guillemets qui sont dans les textes.
   *[other] un guillemet n’est pas fermé : { $n } lignes de plus sont prises dans cette cellule, et ne sont pas lues. Fermez-le, ou doublez les guillemets qui sont dans les textes.
}
import-column = { $role } ({ $why })
import-why-name = d’après son titre
import-why-content = d’après ses valeurs
import-why-chosen = à votre demande
import-why-unknown = rien ne dit ce que c’est
import-why-taken = une autre colonne convient mieux pour : { $role }
import-why-forbidden = la loi interdit de s’en servir
list-import-file = nom du fichier
list-import-state = état
list-import-at = quand il a été reçu
list-import-who = qui l’a apporté
list-import-total = lignes du fichier
list-import-created = lignes qui ont créé quelque chose
list-import-refused = lignes refusées
import-undo-title = Annuler l’import de { $name }
import-undo-link = Annuler cet import
import-undo-goes = Ce qui partirait
import-undo-kept = { $n ->
    [one] reste
   *[other] restent
}
import-undo-not = Ne rien retirer
import-by = Par { $who }, { $when }
import-undone-by = Annulé par { $who }, { $when }
import-undone-when = Annulé, { $when }
import-by-command = la ligne de commande
import-stopped-at = Arrêté après la ligne { $done }. Ce qui est écrit reste, rien ne l’est deux fois.
trials-of = « { $name } ». Rien n’est encore écrit.
trials-gone = Ce fichier n’est plus gardé : il a attendu plus d’une heure, ou quelqu’un l’a déjà pris. Envoyez-le à nouveau.
