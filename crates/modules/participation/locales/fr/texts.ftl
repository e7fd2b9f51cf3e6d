texts-title = Langues du projet
texts-link = Langues
texts-intro = Chaque personne lit dans sa langue. Ce qui manque reste dans la première langue ({ $lang }), et la page le dit.
texts-one-language = Le site n’a qu’une langue
texts-one-language-next = Ajoutez-en une dans Réglages, Langues.
texts-state = Ce qui manque
texts-complete = Rien ne manque.
texts-lacks = Il manque : { $what }.
texts-missing = à écrire
texts-missing-title = le titre
texts-missing-summary = la phrase de présentation
texts-missing-easy = le résumé avec des mots simples
texts-missing-description = le texte
texts-missing-phases = { $n ->
    [one] un nom de phase
   *[other] { $n } noms de phase
}
texts-f-title = Titre
texts-f-summary = En une phrase
texts-f-easy = En résumé, avec des mots simples
texts-f-description = Texte
texts-f-phase = Nom de la phase { $n }
texts-save = Enregistrer les textes
texts-translate = Traduire
texts-fallback = Une partie de cette page n’est pas encore traduite : elle est en { $lang ->
    [en] anglais
   *[fr] français
}.
done-textes-enregistres = Les textes sont enregistrés.
activity-project-translated = { $who } a changé les traductions du projet { $what }
open-texts = Textes des projets dans les autres langues
open-col-text-lang = Langue du texte
open-col-text-field = Quel texte : title (titre), summary (phrase), easy (résumé avec des mots simples), description (texte), phase (nom d’une phase)
open-col-text-phase = Premier jour de la phase, pour un nom de phase
open-col-text-body = Le texte
media-line = Dans le texte :
media-in-text = { $n ->
    [one] { $n } image à mettre dans le texte
   *[other] { $n } images à mettre dans le texte
}
media-in-text-how = Copiez la ligne de l’image et collez-la seule sur une ligne du texte. Ses mots pour qui ne la voit pas viennent de la page « Images et documents ».
media-unknown = Ce projet n’a pas cette image : { $line }. Copiez une des lignes proposées sous le texte.
