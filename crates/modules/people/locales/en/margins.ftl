### Census

activity-census-imported = { $who } imported the figures of the census
settings-census = Census
settings-state-census = { $n ->
    [0] No figures yet
    [one] Figures of one place
   *[other] Figures of { $n } places
}
search-words-census = insee population inhabitants age sex iris pop1a pop1b figures
margins-intro = How many people live here, by sex and age. These figures will tell who is missing among those who take part.
margins-source = Code { $place }, from “{ $source }”.
margins-caption = People, by sex and age (estimates of INSEE)
margins-age = Age
margins-women = Women
margins-men = Men
margins-both = Everybody
margins-ages = { $from } to { $to }
margins-ages-over = { $from } and over
margins-places = { $n ->
    [one] { $n } place
   *[other] All { $n } places
}
margins-add = Take a file of INSEE
margins-add-text = Only the lines about { $commune } are taken. Figures of the same place are replaced.
margins-file = File
margins-file-hint = POP1A or POP1B (communes), or the base “structure de la population” of IRIS. CSV or .xlsx, as it is.
margins-button = Try this file
margins-where = These files are on insee.fr, under “Recensement de la population”, “Fichiers détail” and “Données infracommunales”.
margins-file-missing = Choose a file. It ends with .csv or .xlsx.
margins-problem-file = This file is not taken: { $what }
margins-problem-layout = This is no file of INSEE that we know. It takes the columns CODGEO, SEXE, AGEPYR10 or AGED100 and NB, or IRIS, COM and P20_H0014 to P20_F75P.
margins-problem-no-commune = The instance has no commune. Choose it in the settings, then start again.
margins-problem-not-here = No line is about your commune (code { $what }). Take the file of your region, or of the whole country.
done-recensement = The figures of the census are taken.
margins-problem-full = The disk of the server is full, it is not the file’s fault. Make room on the machine, then start again.
margins-problem-too-large = This file is too large: 64 MB at most for a workbook, 256 MB for a CSV. Keep the header line and the rows of your commune, then try again.
margins-trial-created = { $n ->
    [one] place to add
   *[other] places to add
}
margins-trial-updated = { $n ->
    [one] place to replace
   *[other] places to replace
}
margins-trial-same = unchanged
margins-trial-whole = Nothing can be taken as long as these lines are refused: people would be missing. Correct them in the whole file, then send it again.
margins-trial-why-line = This value is not possible here.
margins-trial-why-twice = The same sex and age are already further up. Keep one of the two lines.
margins-trial-people = { $n ->
    [one] { $n } person
   *[other] { $n } people
}
margins-trial-new = new
margins-trial-changed = replaces the figures of before
margins-trial-as-is = unchanged
margins-trial-more = { $n ->
    [one] And { $n } more place.
   *[other] And { $n } more places.
}
margins-trial-go = Take these figures
margins-total = The file counts { $counted } people, and { $commune } has { $known } inhabitants.
margins-total-percent-more = { $percent } more than the population of the commune
margins-total-percent-less = { $percent } less than the population of the commune
margins-total-times-more = { $times } times the population of the commune
margins-total-times-less = { $times } times less than the population of the commune
margins-total-agreed = These are the figures of the commune, in spite of this difference.
margins-total-tick = The total is far from the population of the commune. Tick the box if these are its figures, or drop this file.
