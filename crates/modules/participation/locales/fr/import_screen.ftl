# Import, à l’écran.

import-title = Importer
import-one-title = Importer { $name }
import-intro = Des idées et des commentaires, depuis le fichier d’un autre outil ou d’un tableur.
import-file-hint = CSV (256 Mo au plus) ou Excel .xlsx (64 Mo au plus), tel quel : exports de Decidim et de CONSUL compris.
import-kept = Rien n’est écrit avant votre accord. Le fichier est gardé jusqu’à la fin de l’import, les lignes refusées une semaine.
import-else = Autre chose à importer ?
import-areas = Les quartiers, depuis un fichier GeoJSON
import-census = Le recensement, depuis un fichier de l’Insee
import-counts = { $created ->
    [one] { $created } créée
   *[other] { $created } créées
} · { $updated ->
    [one] { $updated } mise à jour
   *[other] { $updated } mises à jour
} · { $refused ->
    [one] { $refused } refusée
   *[other] { $refused } refusées
}
import-columns-no-text = Dites quelle colonne contient le titre ou le texte.
import-where = Où vont ces contributions ?
import-project = Projet
import-project-hint = Des commentaires vont dans le projet de leurs idées.
import-project-new = Un nouveau projet
import-project-if-new = Pour un nouveau projet
import-project-name = Nom
import-project-draft = Brouillon : vous le relisez, puis vous le publiez
import-project-public = En ligne tout de suite
import-project-open = Chacun peut y ajouter une idée
import-project-name-missing = Donnez un nom au nouveau projet.
import-tally-created = à créer
import-tally-updated = à mettre à jour
import-tally-created-done = { $n ->
    [one] créée
   *[other] créées
}
import-tally-updated-done = { $n ->
    [one] mise à jour
   *[other] mises à jour
}
import-why-column = « { $column } » : { $why }
import-go = { $n ->
    [0] Importer
    [one] Importer { $n } contribution
   *[other] Importer { $n } contributions
}
import-see = Voir le projet
import-link = Importer un fichier

activity-import-undone = { $who } a annulé l’import de { $what }
import-gone = Ce fichier n’est plus gardé : une sauvegarde a été remise depuis, et les fichiers à importer n’y sont pas. Envoyez-le à nouveau.
import-stopped = L’import s’est arrêté après la ligne { $done }. Ce qui est écrit reste, rien ne l’est deux fois.
import-undo-hint = Voir d’abord ce qui partirait. Possible pendant 90 jours.
import-undo-lead = Ce que l’import a créé part, tant que personne n’y a rien ajouté. Rien ne part avant votre accord.
import-undo-ideas = { $n ->
    [one] idée
   *[other] idées
}
import-undo-comments = { $n ->
    [one] commentaire
   *[other] commentaires
}
import-undo-updated = { $n ->
    [one] { $n } contribution mise à jour par cet import reste comme elle est.
   *[other] { $n } contributions mises à jour par cet import restent comme elles sont.
}
import-undo-go = { $n ->
    [one] Retirer { $n } contribution
   *[other] Retirer { $n } contributions
}
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
    [one] Annulation en cours : { $n } contribution retirée.
   *[other] Annulation en cours : { $n } contributions retirées.
}
import-undo-done = { $n ->
    [one] Import annulé : { $n } contribution retirée.
   *[other] Import annulé : { $n } contributions retirées.
}
import-undo-left = { $n ->
    [one] { $n } autre reste, parce que quelqu’un y a ajouté quelque chose.
   *[other] { $n } autres restent, parce que quelqu’un y a ajouté quelque chose.
}
import-preview = { $n ->
    [one] Voir { $n } contribution telle qu’elle sera
   *[other] Voir { $n } contributions telles qu’elles seront
}
import-preview-label = Les premières contributions, telles qu’elles seront
import-preview-kind = sorte
import-preview-idea = idée
import-preview-comment = commentaire
import-preview-where = quartier ou lieu
import-preview-becomes = à l’import
import-preview-new = nouvelle
import-preview-there = déjà là
import-preview-checked = À vérifier avant publication
