texts-title = Languages of the project
texts-link = Languages
texts-intro = Everybody reads in their language. What is missing stays in the first language ({ $lang }), and the page says so.
texts-one-language = The site has one language
texts-one-language-next = Add one in Settings, Languages.
texts-state = What is missing
texts-complete = Nothing is missing.
texts-lacks = Missing: { $what }.
texts-missing = to be written
texts-missing-title = the title
texts-missing-summary = the sentence
texts-missing-easy = the easy summary
texts-missing-description = the text
texts-missing-phases = { $n ->
    [one] the name of a phase
   *[other] { $n } names of phases
}
texts-f-title = Title
texts-f-summary = In a sentence
texts-f-easy = In short, in plain words
texts-f-description = Text
texts-f-phase = Name of phase { $n }
texts-save = Save the texts
texts-translate = Translate
texts-fallback = Part of this page is not translated yet: it is in { $lang ->
    [en] English
   *[fr] French
}.
done-textes-enregistres = The texts are saved.
activity-project-translated = { $who } changed the translations of project { $what }
open-texts = Texts of projects in the other languages
open-col-text-lang = Language of the text
open-col-text-field = Which text: title, summary, easy, description, phase (name of a phase)
open-col-text-phase = First day of the phase, for the name of a phase
open-col-text-body = The text
media-line = In the text:
media-in-text = { $n ->
    [one] { $n } image for the text
   *[other] { $n } images for the text
}
media-in-text-how = Copy the image’s line and paste it alone on a line of the text. Its words for those who do not see it come from the page of images and documents.
media-unknown = This project does not have this image: { $line }. Copy one of the lines offered under the text.
