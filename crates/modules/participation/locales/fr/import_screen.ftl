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

activity-import-undone = { $who } a repris l’import de { $what }
import-undo-title = Reprendre l’import de { $name }
import-undo-link = Reprendre cet import
import-undo-hint = Voir d’abord ce qui partirait. Possible 90 jours.
import-undo-lead = Ce que l’import a créé part, tant que personne n’y a rien ajouté. Rien ne part avant votre accord.
import-undo-goes = Ce qui partirait
import-undo-ideas = idées
import-undo-comments = commentaires
import-undo-kept = restent
import-undo-updated = { $n ->
    [one] { $n } contribution mise à jour par cet import reste comme elle est.
   *[other] { $n } contributions mises à jour par cet import restent comme elles sont.
}
import-undo-go = { $n ->
    [one] Retirer { $n } contribution
   *[other] Retirer { $n } contributions
}
import-undo-not = Ne rien retirer
import-undo-nothing = Rien ne peut partir : quelqu’un a ajouté quelque chose à chacune.
import-undo-stays = { $n ->
    [one] { $n } contribution reste
   *[other] { $n } contributions restent
}
import-undo-more = { $n ->
    [one] Et { $n } autre.
   *[other] Et { $n } autres.
}
import-undo-why-answered = a reçu une réponse
import-undo-why-supported = a reçu un soutien
import-undo-why-commented = a reçu un commentaire
import-undo-why-followed = est suivie
import-undo-why-reported = a été signalée
import-undo-why-changed = a été travaillée par l’équipe
import-undo-running = { $n ->
    [one] Reprise en cours : { $n } contribution retirée.
   *[other] Reprise en cours : { $n } contributions retirées.
}
import-undo-done = { $n ->
    [one] Import repris : { $n } contribution retirée.
   *[other] Import repris : { $n } contributions retirées.
}
import-undo-left = { $n ->
    [one] { $n } autre reste, parce que quelqu’un y a ajouté quelque chose.
   *[other] { $n } autres restent, parce que quelqu’un y a ajouté quelque chose.
}
import-sheet = Feuille du classeur
import-sheet-label = Lire la feuille
import-sheet-hint = Ce classeur en a plusieurs. Les colonnes seront reconnues de nouveau.
import-sheet-read = Lire cette feuille
