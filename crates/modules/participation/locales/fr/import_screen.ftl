# Import, à l’écran.

import-title = Importer
import-one-title = Importer { $name }
import-intro = Des idées et des commentaires, depuis le fichier d’un autre outil ou de votre bureautique.
import-new = Un nouveau fichier
import-file = Fichier
import-file-hint = CSV (256 Mo au plus) ou Excel .xlsx (64 Mo au plus), tel quel : exports de Decidim et de CONSUL compris.
import-send = Envoyer ce fichier
import-kept = Rien n’est écrit avant votre accord. Le fichier est gardé jusqu’à la fin de l’import, les lignes refusées une semaine.
import-file-missing = Choisissez un fichier. Il se termine par .csv ou .xlsx.
import-file-refused = « { $name } » : { $why }
import-others = Les imports
import-else = Autre chose à importer ?
import-areas = Les quartiers, depuis un fichier GeoJSON
import-census = Le recensement, depuis un fichier de l’Insee
import-state-dead = Interrompu
import-state-done = Fini
import-state-failed = Refusé
import-state-stopped = Arrêté
import-state-checked = À vérifier
import-state-live = En cours
import-counts = { $created } créées, { $updated } mises à jour, { $refused } refusées
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
import-columns-no-text = Dites quelle colonne contient le titre ou le texte.
import-column-label = La colonne « { $column } » contient
import-no-header = (sans titre)
import-empty-column = (vide)
import-forbidden = Contenu non lu : la loi interdit de s’en servir.
import-forbidden-badge = Interdit
import-where = Où vont ces contributions ?
import-project = Projet
import-project-hint = Des commentaires vont dans le projet de leurs idées.
import-project-new = Un nouveau projet public, au nom du fichier
import-trial = Essai à blanc
import-try-again = Refaire l’essai
import-tried-at = Fait à { $time }. Rien n’est écrit.
import-not-tried = Pas encore fait.
import-tally-created = à créer
import-tally-updated = à mettre à jour
import-tally-created-done = créées
import-tally-updated-done = mises à jour
import-tally-same = déjà là, sans changement
import-tally-refused = lignes refusées
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
import-csv-line = Ligne
import-csv-why = Raison
import-value = Valeur
import-why-column = « { $column } » : { $why }
import-go = { $n ->
    [0] Importer
    [one] Importer { $n } contribution
   *[other] Importer { $n } contributions
}
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
import-done = C’est importé
import-done-text = Le fichier n’est plus gardé. Les lignes refusées le sont encore une semaine.
import-see = Voir le projet
import-another = Importer un autre fichier
import-failed = Ce fichier n’est pas pris
import-link = Importer un fichier
done-import-oublie = Le fichier n’est plus gardé.
