### Areas

settings-areas = Neighbourhoods
settings-state-areas = { $n ->
    [0] No neighbourhood
    [one] { $n } neighbourhood
   *[other] { $n } neighbourhoods
}
search-words-areas = neighbourhood neighborhood districts map geojson zones
areas-map = Map of the areas
areas-count = { $n ->
    [one] { $n } area
   *[other] { $n } areas
}
areas-count-text = Ideas are placed in them, and figures by area count on them.
areas-people = { $n ->
    [one] { $n } inhabitant
   *[other] { $n } inhabitants
}
areas-change = Change
areas-name = Name
areas-population = Inhabitants
areas-save = Save
areas-remove = Remove this area
areas-remove-text = The ideas in it stay, without an area.
areas-add = Add areas
areas-add-text = From a GeoJSON file. You first see what it would change. A name already known takes the new outline and keeps its ideas.
areas-file = GeoJSON file
areas-file-hint = Polygons in longitude and latitude (WGS84), with a name. 8 MB at most.
areas-file-button = Try this file
areas-file-where = The outlines of your town are often on data.gouv.fr or on the site of its metropolis.
areas-file-missing = Choose a file. It ends with .geojson or .json.
areas-name-missing = The name is missing. Example: Les Coteaux
areas-name-long = This name is too long: 80 signs at most.
areas-name-taken = Another area already has this name.
areas-population-wrong = Write a whole number, or nothing. Example: 1 850
areas-problem-not-geojson = This file is not GeoJSON. Export your areas as GeoJSON, then try again.
areas-problem-no-polygon = This file holds no outline. Polygons are needed, not points or lines.
areas-problem-not-wgs84 = The coordinates are not longitudes and latitudes: probably Lambert-93. Export as WGS84 (EPSG:4326).
areas-problem-swapped = Latitudes and longitudes of “{ $what }” are swapped. Export again with the longitude first, as GeoJSON wants.
areas-problem-crossing = The outline of “{ $what }” crosses itself or is not closed. Repair it, for instance with QGIS, “Fix geometries”.
areas-problem-no-name = Outline no. { $what } has no name. Add a column “name”.
areas-problem-duplicate = Two outlines are called “{ $what }”. Give them different names, or merge them.
areas-problem-too-large = This file is too detailed. Simplify the outlines, for instance on mapshaper.org.
done-quartiers = The areas are added.
done-quartier = It is saved.
done-quartier-supprime = The area is removed.
areas-trial-created = to add
areas-trial-updated = to change
areas-trial-same = unchanged
areas-trial-refused = { $n ->
    [one] refused outline
   *[other] refused outlines
}
areas-trial-refused-label = Refused outlines and reasons
areas-trial-refused-caption = { $n ->
    [one] { $n } refused outline, and why
   *[other] { $n } refused outlines, and why
}
areas-trial-refused-cut = { $n } refused outlines, and why: the first { $shown }
areas-trial-refused-file = { $n ->
    [one] This outline, to correct
   *[other] The { $n } outlines, to correct
}
areas-trial-place = Outline
areas-trial-property = reason
areas-trial-names = The areas of the file
areas-trial-new = new
areas-trial-changed = takes this outline
areas-trial-as-is = unchanged
areas-trial-more = { $n ->
    [one] And { $n } more.
   *[other] And { $n } more.
}
areas-trial-nothing = This file changes nothing.
areas-trial-go = { $n ->
    [one] Take { $n } area
   *[other] Take { $n } areas
}
areas-trial-known-as = (“{ $name }” today)
areas-trial-map = Map of the outlines of the file
areas-trial-map-over = In colour, the outlines of the file; dashed, the areas of today.
areas-where-town = The middle of the outlines is { $km } km from the centre of { $commune }.
areas-where-department = The middle of the outlines is { $km } km from the middle of the department ({ $department }).
areas-where-doubt = Is this the file of your town?
areas-where-look = Look at the map before you take these outlines.
areas-where-town-far = The middle of these outlines is { $km } km from the centre of { $commune }.
areas-where-department-far = The middle of these outlines is { $km } km from the middle of the department of { $commune } ({ $department }).
areas-where-known = These outlines cover none of the areas of today: they are { $km } km away.
areas-where-apart = { $n ->
    [one] One outline is more than 30 km from the others: { $names }.
   *[other] { $n } outlines are more than 30 km from the others: { $names }.
}
areas-imports = The last files that were taken
areas-import-line = { $day }, added: { $created }, changed: { $updated }
areas-undo-lead = This file can be taken back until { $day }. Nothing changes before you agree.
areas-undo-goes = { $n ->
    [one] area to remove
   *[other] areas to remove
}
areas-undo-back = { $n ->
    [one] outline to put back
   *[other] outlines to put back
}
areas-undo-ideas = Ideas placed in an area that goes stay, without an area.
areas-undo-people = { $n ->
    [one] { $n } person who chose it has none any more.
   *[other] { $n } people who chose it have none any more.
}
areas-undo-why-changed = stays: somebody changed it since
areas-undo-why-gone = somebody removed it since
areas-undo-nothing = There is nothing to take back: all these areas have changed since.
areas-undo-go = { $n ->
    [one] Undo the import for { $n } area
   *[other] Undo the import for { $n } areas
}
areas-undo-not = Remove nothing
done-quartiers-annules = The import is undone.
keep-areas = Areas before a file
keep-areas-why = The outlines that the file replaced, so that its import can be undone.
