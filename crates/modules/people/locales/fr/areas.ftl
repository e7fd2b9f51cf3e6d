### Quartiers

settings-areas = Quartiers
settings-state-areas = { $n ->
    [0] Aucun quartier
    [one] { $n } quartier
   *[other] { $n } quartiers
}
search-words-areas = quartier secteurs carte geojson zones
areas-map = Carte des quartiers
areas-count = { $n ->
    [one] { $n } quartier
   *[other] { $n } quartiers
}
areas-count-text = Les idées s’y rangent, et les chiffres par quartier se comptent dessus.
areas-people = { $n ->
    [one] { $n } habitant
   *[other] { $n } habitants
}
areas-change = Modifier
areas-name = Nom
areas-population = Habitants
areas-save = Enregistrer
areas-remove = Supprimer ce quartier
areas-remove-text = Les idées qui s’y trouvent restent, sans quartier.
areas-add = Ajouter des quartiers
areas-add-text = Depuis un fichier GeoJSON. Vous voyez d’abord ce qu’il changerait. Un nom déjà connu prend le nouveau contour et garde ses idées.
areas-file = Fichier GeoJSON
areas-file-hint = Des polygones en longitude et latitude (WGS84), avec un nom. 8 Mo au plus.
areas-file-button = Essayer ce fichier
areas-file-where = Les contours de votre commune sont souvent sur data.gouv.fr ou sur le site de la métropole.
areas-file-missing = Choisissez un fichier. Il se termine par .geojson ou .json.
areas-name-missing = Il manque le nom. Exemple : Les Coteaux
areas-name-long = Ce nom est trop long : 80 signes au plus.
areas-name-taken = Un autre quartier porte déjà ce nom.
areas-population-wrong = Écrivez un nombre entier, ou rien. Exemple : 1 850
areas-problem-not-geojson = Ce fichier n’est pas du GeoJSON. Exportez vos quartiers en GeoJSON, puis recommencez.
areas-problem-no-polygon = Ce fichier ne contient aucun contour. Il faut des polygones, pas des points ni des lignes.
areas-problem-not-wgs84 = Les coordonnées ne sont pas des longitudes et latitudes : c’est sans doute du Lambert-93. Exportez en WGS84 (EPSG:4326).
areas-problem-swapped = Les latitudes et les longitudes de « { $what } » sont échangées. Exportez à nouveau avec la longitude d’abord, comme le veut GeoJSON.
areas-problem-crossing = Le contour de « { $what } » se croise ou n’est pas fermé. Corrigez-le, par exemple avec QGIS, « Réparer les géométries ».
areas-problem-no-name = Le contour n° { $what } n’a pas de nom. Ajoutez une colonne « nom ».
areas-problem-duplicate = Deux contours s’appellent « { $what } ». Donnez-leur des noms différents, ou fusionnez-les.
areas-problem-too-large = Ce fichier est trop détaillé. Simplifiez les contours, par exemple sur mapshaper.org.
done-quartiers = Les quartiers sont ajoutés.
done-quartier = C’est enregistré.
done-quartier-supprime = Le quartier est supprimé.
areas-trial-created = à ajouter
areas-trial-updated = à modifier
areas-trial-same = sans changement
areas-trial-refused = { $n ->
    [one] contour refusé
   *[other] contours refusés
}
areas-trial-refused-label = Contours refusés et raisons
areas-trial-refused-caption = { $n ->
    [one] { $n } contour refusé, et pourquoi
   *[other] { $n } contours refusés, et pourquoi
}
areas-trial-refused-cut = { $n } contours refusés, et pourquoi : les { $shown } premiers
areas-trial-refused-file = { $n ->
    [one] Ce contour, pour le corriger
   *[other] Les { $n } contours, pour les corriger
}
areas-trial-place = Contour
areas-trial-property = motif
areas-trial-names = Les quartiers du fichier
areas-trial-new = nouveau
areas-trial-changed = prend ce contour
areas-trial-as-is = sans changement
areas-trial-more = { $n ->
    [one] Et { $n } autre.
   *[other] Et { $n } autres.
}
areas-trial-nothing = Ce fichier ne change rien.
areas-trial-go = { $n ->
    [one] Prendre { $n } quartier
   *[other] Prendre { $n } quartiers
}
areas-trial-known-as = (« { $name } » aujourd’hui)
areas-trial-map = Carte des contours du fichier
areas-trial-map-over = En couleur, les contours du fichier ; en pointillé, les quartiers d’aujourd’hui.
areas-where-town = Le milieu des contours est à { $km } km du centre de { $commune }.
areas-where-department = Le milieu des contours est à { $km } km du milieu du département ({ $department }).
areas-where-doubt = Est-ce bien le fichier de votre commune ?
areas-where-look = Regardez la carte avant de prendre ces contours.
areas-where-town-far = Le milieu de ces contours est à { $km } km du centre de { $commune }.
areas-where-department-far = Le milieu de ces contours est à { $km } km du milieu du département de { $commune } ({ $department }).
areas-where-known = Ces contours ne recouvrent aucun quartier d’aujourd’hui : ils en sont à { $km } km.
areas-where-apart = { $n ->
    [one] Un contour est à plus de 30 km des autres : { $names }.
   *[other] { $n } contours sont à plus de 30 km des autres : { $names }.
}
areas-imports = Les derniers fichiers pris
areas-import-line = { $day }, ajoutés : { $created }, modifiés : { $updated }
areas-undo-lead = Ce fichier se reprend jusqu’au { $day }. Rien ne change avant votre accord.
areas-undo-goes = { $n ->
    [one] quartier à retirer
   *[other] quartiers à retirer
}
areas-undo-back = { $n ->
    [one] contour à remettre comme avant
   *[other] contours à remettre comme avant
}
areas-undo-ideas = Les idées placées dans un quartier retiré restent, sans quartier.
areas-undo-people = { $n ->
    [one] { $n } personne qui l’avait choisi n’en a plus.
   *[other] { $n } personnes qui l’avaient choisi n’en ont plus.
}
areas-undo-why-changed = reste : quelqu’un l’a modifié depuis
areas-undo-why-gone = quelqu’un l’a supprimé depuis
areas-undo-nothing = Il n’y a rien à reprendre : tous ces quartiers ont changé depuis.
areas-undo-go = { $n ->
    [one] Annuler l’import pour { $n } quartier
   *[other] Annuler l’import pour { $n } quartiers
}
areas-undo-not = Ne rien retirer
done-quartiers-annules = L’import est annulé.
keep-areas = Quartiers d’avant un fichier
keep-areas-why = Les contours que le fichier a remplacés, pour pouvoir annuler son import.
