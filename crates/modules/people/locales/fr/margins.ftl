### Recensement

activity-census-imported = { $who } a importé les chiffres du recensement
settings-census = Recensement
settings-state-census = { $n ->
    [0] Pas encore de chiffres
    [one] Chiffres d’un lieu
   *[other] Chiffres de { $n } lieux
}
search-words-census = insee population habitants âge sexe iris pop1a pop1b chiffres
margins-intro = Combien de personnes vivent ici, par sexe et par âge. Ces chiffres diront qui manque parmi celles et ceux qui participent.
margins-source = Code { $place }, d’après « { $source } ».
margins-caption = Personnes, par sexe et par âge (estimations de l’Insee)
margins-age = Âge
margins-women = Femmes
margins-men = Hommes
margins-both = Ensemble
margins-ages = { $from } à { $to } ans
margins-ages-over = { $from } ans et plus
margins-places = { $n ->
    [one] { $n } lieu
   *[other] Les { $n } lieux
}
margins-add = Prendre un fichier de l’Insee
margins-add-text = Seules les lignes de { $commune } sont prises. Les chiffres d’un même lieu sont remplacés.
margins-file = Fichier
margins-file-hint = POP1A ou POP1B (communes), ou la base « structure de la population » des IRIS. CSV ou .xlsx, tel quel.
margins-button = Essayer ce fichier
margins-where = Ces fichiers sont sur insee.fr, rubrique « Recensement de la population », « Fichiers détail » et « Données infracommunales ».
margins-file-missing = Choisissez un fichier. Il se termine par .csv ou .xlsx.
margins-problem-file = Ce fichier n’est pas pris : { $what }
margins-problem-layout = Ce n’est pas un fichier de l’Insee que nous connaissions. Il faut les colonnes CODGEO, SEXE, AGEPYR10 ou AGED100 et NB, ou bien IRIS, COM et P20_H0014 à P20_F75P.
margins-problem-no-commune = L’instance n’a pas de commune. Choisissez-la dans les réglages, puis recommencez.
margins-problem-not-here = Aucune ligne ne parle de votre commune (code { $what }). Prenez le fichier de votre région, ou de toute la France.
done-recensement = Les chiffres du recensement sont pris.
margins-problem-full = Le disque du serveur est plein, le fichier n’y est pour rien. Faites de la place sur la machine, puis recommencez.
margins-problem-too-large = Ce fichier est trop grand : 64 Mo au plus pour un classeur, 256 Mo pour un CSV. Gardez-y la ligne de titres et les lignes de votre commune, puis recommencez.
margins-trial-created = { $n ->
    [one] lieu à ajouter
   *[other] lieux à ajouter
}
margins-trial-updated = { $n ->
    [one] lieu à remplacer
   *[other] lieux à remplacer
}
margins-trial-same = sans changement
margins-trial-whole = Rien ne peut être pris tant que ces lignes sont refusées : il manquerait du monde. Corrigez-les dans le fichier entier, puis envoyez-le à nouveau.
margins-trial-why-line = Cette valeur n’est pas possible ici.
margins-trial-why-twice = Le même sexe et le même âge sont déjà plus haut. Gardez une seule des deux lignes.
margins-trial-people = { $n ->
    [one] { $n } personne
   *[other] { $n } personnes
}
margins-trial-new = nouveau
margins-trial-changed = remplace les chiffres d’avant
margins-trial-as-is = sans changement
margins-trial-more = { $n ->
    [one] Et { $n } autre lieu.
   *[other] Et { $n } autres lieux.
}
margins-trial-go = Prendre ces chiffres
margins-total = Le fichier compte { $counted } personnes, et { $commune } a { $known } habitants.
margins-total-percent-more = { $percent } de plus que la population de la commune
margins-total-percent-less = { $percent } de moins que la population de la commune
margins-total-times-more = { $times } fois la population de la commune
margins-total-times-less = { $times } fois moins que la population de la commune
margins-total-agreed = Ce sont bien les chiffres de la commune, malgré cet écart.
margins-total-tick = Le total est loin de la population de la commune. Cochez la case si ce sont bien ses chiffres, ou abandonnez ce fichier.
