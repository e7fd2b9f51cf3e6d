### Exports et données ouvertes

exports-title = Exports
exports-lead = Chaque liste de l’espace équipe, en fichier. Le journal garde la trace de qui a pris quoi.
exports-none = Cette liste ne peut pas partir en fichier.
exports-all = Toutes les listes
exports-whole = La liste entière.
exports-whole-filter = La liste entière. Pour une partie, filtrez d’abord sa page, puis choisissez « Exporter ».
exports-filtered = { $n ->
    [one] Comme la page d’où vous venez : { $n } filtre.
   *[other] Comme la page d’où vous venez : { $n } filtres.
}
exports-as-csv = Télécharger en CSV
exports-as-xlsx = Télécharger en XLSX
exports-as-geojson = Télécharger en GeoJSON
exports-columns = { $n ->
    [one] { $n } colonne
   *[other] { $n } colonnes
}
exports-note = Ces fichiers peuvent nommer des personnes : gardez-les pour l’équipe. Pour publier, prenez les
exports-open = données ouvertes
activity-list-exported = { $who } a téléchargé la liste { $what }

open-title = Données ouvertes
open-lead = Tout ce qui est publié ici, sans nom ni adresse, pour le relire et le recompter vous-même.
open-whole = Tout télécharger (ZIP)
open-licence-licence-ouverte = Licence Ouverte 2.0 (Etalab) : vous pouvez réutiliser ces données en citant leur source et leur date.
open-licence-odbl = Open Database License 1.0 (ODbL) : vous pouvez réutiliser ces données en citant leur source. La base que vous en tirez se partage aux mêmes conditions.
open-licence-cc-by = Creative Commons Attribution 4.0 (CC BY 4.0) : vous pouvez réutiliser ces données en citant leur source.
open-licence-text = Lire la licence
open-readme-title = Données ouvertes de { $name }
open-readme-intro = Tout ce qui est publié dans les projets publics, sans nom ni adresse. Source : { $address }. Fait le { $day }.
open-readme-intro-here = Tout ce qui est publié dans les projets publics, sans nom ni adresse. Source : { $name }, un site qui n’a pas encore d’adresse. Fait le { $day }.
open-readme-form = Fichiers CSV en UTF-8, séparés par des points-virgules. Une cellule qui pourrait passer pour une formule commence par une apostrophe. Les adresses et les téléphones écrits dans un texte sont masqués.
open-readme-rows = { $n ->
    [one] { $n } ligne
   *[other] { $n } lignes
}

# tout emporter
leave-parvis-title = Quitter Parvis
leave-parvis-lead = Tout ce que contient ce site en un seul fichier : textes, personnes, accords, réglages, images, clé. Une autre installation de Parvis le reprend tel quel.
leave-parvis-make = Préparer le fichier
leave-parvis-again = Préparer un fichier de maintenant
leave-parvis-running = Le fichier se prépare.
leave-parvis-wait = Vous pouvez quitter cette page, le travail continue. Les gens peuvent écrire pendant ce temps.
leave-parvis-ready = Le fichier du { $date }, { $time } est prêt.
leave-parvis-take = Télécharger tout
leave-parvis-back = Le reprendre ailleurs
leave-parvis-back-1 = Sur l’autre machine, installez Parvis, de la même version ou d’une plus récente, avec un dossier vide pour ses données.
leave-parvis-back-2 = Copiez-y le fichier, puis lancez :
leave-parvis-back-3 = Démarrez Parvis, ouvrez le site, et vérifiez quelques idées. N’ouvrez le nouveau site au public qu’une fois l’ancien arrêté : ce qui s’écrit entre-temps n’est que sur l’un des deux.
list-journal-at = Date et heure
list-journal-who = Qui l’a fait
list-journal-kind = Ce qui a été fait (code)
list-journal-sentence = La phrase du journal
list-journal-project = Projet
list-journal-detail = Détail
list-mail-written = Date et heure d’écriture
list-mail-sent = Date et heure de départ
list-mail-to = Adresse
list-mail-kind = Genre (code)
list-mail-subject = Sujet, vide pour ce qui connecte
list-mail-state = État
list-deliveries = Programmes prévenus : envois
list-delivery-at = Quand
list-delivery-to = Adresse prévenue
list-delivery-event = Ce qui s’est passé
list-delivery-state = État de l’envoi
list-delivery-why = Pourquoi il a échoué
list-delivery-tries = Nombre d’essais
list-found-kind = Genre, et combien en tout
list-found-title = Titre ou nom
list-found-text = Premiers mots
list-found-about = Ce qui le distingue
list-found-address = Adresse
