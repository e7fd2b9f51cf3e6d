### L’analyse : ce que disent les habitants.

analysis-nav = Analyse
analysis-title = Ce que disent les habitants
analysis-intro = Toutes les contributions publiées : idées et commentaires.
analysis-updated = Calculé le { $day } à { $time }.
analysis-again = Recalculer
done-analysis-asked = Le calcul est demandé. Les chiffres ci-dessous restent affichés jusqu’à ce qu’il soit fini.
done-analysis-redone = Les thèmes ont été recalculés depuis : ce lien n’existe plus. Choisissez un thème ci-dessous.

analysis-filter = Filtrer l’analyse
analysis-filter-project = Consultation
analysis-filter-period = Période
analysis-filter-area = Quartier
analysis-filter-apply = Appliquer
analysis-all-projects = Toutes les consultations
analysis-all-areas = Tous les quartiers
analysis-period-all = Depuis le début
analysis-period-ten = Dix dernières semaines
analysis-period-four = Quatre dernières semaines

analysis-none-yet = L’analyse n’est pas encore calculée
analysis-none-yet-next = Elle se calcule seule, deux minutes au plus après la première contribution publiée. Revenez bientôt.
analysis-few = Moins de 11 personnes
analysis-few-filtered = Non affiché : moins de 11 personnes, ou retrouvable par différence
analysis-few-why = Rien n’est affiché en dessous de 11 personnes, ni ce qui permettrait de le retrouver par différence.
analysis-few-start = L’analyse s’ouvre quand 11 personnes ont contribué. Faites connaître la consultation, puis revenez.
analysis-few-wider = Élargissez la période, ou choisissez tous les quartiers.
analysis-see-everything = Voir toute l’analyse

analysis-kpi-texts = { $n ->
    [one] contribution
   *[other] contributions
}
analysis-kpi-people = { $n ->
    [one] personne
   *[other] personnes
}
analysis-kpi-themes = { $n ->
    [one] thème
   *[other] thèmes
}
analysis-kpi-without = { $n ->
    [one] contribution sans thème
   *[other] contributions sans thème
}

analysis-themes = Thèmes
analysis-themes-first = « { $theme } » vient en tête : { $share } des contributions.
analysis-themes-many = { $n ->
    [one] Un thème se dégage.
   *[other] { $n } thèmes se dégagent, sans que l’un devance nettement les autres.
}
analysis-themes-none = Aucun thème ne réunit assez de personnes pour être affiché.
analysis-themes-note = Part des contributions. Le trait fin donne la marge d’erreur à 95 %. Choisissez un thème pour le voir par quartier et en toutes lettres.
analysis-themes-table = Tableau des thèmes
analysis-themes-more = { $n ->
    [one] Voir un autre thème
   *[other] Voir les { $n } autres thèmes
}
analysis-themes-more-table = Tableau des autres thèmes
analysis-under-one = moins de 1 %
analysis-themes-caption = Thèmes des contributions
analysis-unnamed = { $n ->
    [one] Un thème de moins de 11 personnes, ou qui en révélerait un par différence, n’est pas affiché.
   *[other] { $n } thèmes de moins de 11 personnes, ou qui en révéleraient un par différence, ne sont pas affichés.
}
analysis-col-theme = Thème
analysis-col-bar = Barre
analysis-col-share = Part
analysis-col-texts = Nombre
analysis-col-area = Quartier
analysis-col-age = Âge
analysis-col-margin = Marge
analysis-col-people = Personnes
analysis-col-week = Semaine du
analysis-read-texts = contributions sur « { $theme } »
analysis-not-shown = non affiché
analysis-not-shown-why = non affiché : moins de 11 personnes, ou retrouvable par différence
analysis-margin = de { $low } à { $high } %
analysis-figures = Voir les chiffres
analysis-in-table = Les valeurs sont dans le tableau qui suit.

analysis-evolution = Évolution
analysis-evolution-by-week = Contributions par semaine
analysis-evolution-lead = { $who } : { $how }, { $when }.
analysis-evolution-none = Aucune semaine ne réunit assez de personnes pour montrer une évolution.
analysis-evolution-note = Contributions par semaine, ensemble et premiers thèmes. Une semaine de moins de 11 personnes n’a pas de point.
analysis-evolution-open = La dernière semaine n’est pas finie.
analysis-evolution-table = Tableau des semaines
analysis-line-all = Toutes
analysis-line-all-lead = Toutes les contributions
analysis-line-lead = « { $theme } »
analysis-from-to = de { $first } à { $last } par semaine
analysis-between = du { $from } au { $to }
analysis-short-day = { $d }/{ $m }
analysis-short-date = { $d }/{ $m }/{ $y }
analysis-town-only = L’évolution et les âges sont donnés pour toute la ville : dans un seul quartier, presque chaque chiffre porterait sur moins de 11 personnes.

analysis-areas = Par quartier
analysis-areas-title = Part des personnes de chaque quartier qui parlent de « { $theme } »
analysis-areas-apart = On en parle le plus ici : { $high }. Le moins ici : { $low }.
analysis-areas-near = Entre les quartiers, pas d’écart net : de { $low } à { $high }.
analysis-areas-none = Trop peu de personnes par quartier pour comparer sur ce thème.
analysis-areas-note = « { $theme } », en part des personnes de chaque quartier.
analysis-areas-table = Tableau des quartiers
analysis-group = { $name }, { $share }
analysis-class-below = moins de { $n } %
analysis-class-between = { $from } à { $to } %
analysis-class-above = { $n } % et plus

analysis-ages = Par âge
analysis-ages-lead = « { $theme } » : { $words }
analysis-ages-apart = surtout { $high }. Le moins : { $low }.
analysis-ages-near = pas d’écart net entre les âges, de { $low } à { $high }.
analysis-ages-none = Trop peu de personnes par âge pour comparer les thèmes.
analysis-ages-note = Part de chaque âge qui aborde le thème. Pointillé : moyenne. Rond plein : écart net avec la moyenne. Trait : marge d’erreur à 95 %.
analysis-ages-known = { $n ->
    [one] Âge connu pour { $n } personne.
   *[other] Âge connu pour { $n } personnes.
}
analysis-ages-people = Âge des participants
analysis-ages-table = Tableau des âges
analysis-ages-caption = Thèmes par âge
analysis-age-over = 65 et plus
analysis-age-of = { $age } ans
analysis-average = Moyenne { $share }
analysis-of-people = { $hits } sur { $all }

analysis-words = En toutes lettres
analysis-words-lead = Mot pour mot, tirées au sort parmi les contributions sur « { $theme } ».
analysis-words-none = Aucune phrase de ce thème ne se lit seule.
analysis-words-source = Contribution { $number }
analysis-words-next = En tirer trois autres

analysis-method = Comment c’est calculé
analysis-method-when = Calculé le { $day } à { $time }, en { $seconds } s, sur ce serveur, sans envoi à un tiers.
analysis-method-how = Deux contributions sont voisines quand elles partagent des mots rares. Les groupes de voisines forment les thèmes. Leurs noms sont les mots qui les distinguent, tels que les gens les écrivent. Personne ne les a relus : lisez les contributions avant de conclure.
analysis-method-count = { $texts ->
    [one] { $texts } contribution lue
   *[other] { $texts } contributions lues
}, { $classified ->
    [one] { $classified } rangée
   *[other] { $classified } rangées
} dans { $themes ->
    [one] { $themes } thème
   *[other] { $themes } thèmes
}. Les autres n’ont pas assez de mots en commun avec d’autres.
analysis-method-part = Les thèmes ont été cherchés dans { $read } contributions tirées au sort ; chaque autre rejoint le thème des plus ressemblantes.
analysis-method-people = Les thèmes se comptent en contributions, une par thème. Les comparaisons par âge et par quartier portent sur des personnes. Les marges sont des intervalles de Wilson à 95 %.
analysis-method-small = Rien n’est affiché en dessous de 11 personnes, ni ce qui permettrait de le retrouver par différence, quels que soient les filtres.
analysis-method-sample = Les participants ne sont pas un échantillon de la ville : lisez ces chiffres comme ce qui a été dit, pas comme un sondage.
analysis-method-fresh = L’analyse se refait seule, deux minutes après un changement.

analysis-texts-all = Toutes les contributions
analysis-texts-without = Contributions sans thème
analysis-texts-count = { $n ->
    [one] { $n } contribution
   *[other] { $n } contributions
}
analysis-texts-pages = Pages de la liste
analysis-texts-before = Page précédente
analysis-texts-after = Page suivante
analysis-texts-gone = Ces contributions viennent de changer. L’analyse se refait dans deux minutes.
analysis-week-of = semaine du { $day }
analysis-kind-idea = Idée
analysis-kind-comment = Commentaire

analysis-town = Qui nous parle, qui manque
analysis-town-lead-ages = Par âge, il manque surtout : { $who }. { $here } ici, { $town } dans la ville.
analysis-town-lead-ages-none = Aucun âge ne manque nettement.
analysis-town-lead-ages-few = Trop peu de personnes ont donné leur âge pour conclure.
analysis-town-lead-areas = Par quartier, il manque surtout : { $who }. { $here } des personnes, { $town } des habitants.
analysis-town-lead-areas-none = Aucun quartier ne manque nettement.
analysis-town-lead-areas-few = Trop peu de personnes pour conclure par quartier.
analysis-town-caption-ages = Âge des participants, comparé à la ville
analysis-town-caption-areas = Quartiers des participants, comparés à la ville
analysis-town-here = Ici
analysis-town-town = En ville
analysis-town-gap = Écart avec la ville
analysis-town-note-ages = Parmi les { $n } personnes dont l’âge est connu. Pointillé : part dans la ville, { $from } ans et plus, d’après « { $source } ». Trait fin : marge d’erreur à 95 %.
analysis-town-note-areas = Parmi les { $n } personnes dont les contributions indiquent un de ces quartiers. Pointillé : part des habitants. Trait fin : marge d’erreur à 95 %.
analysis-town-hidden = Non affiché : moins de 11 personnes, ou retrouvable par différence.
analysis-town-over = { $from } ans et plus
analysis-town-gender = Le genre n’est pas demandé : il ne se compare pas.
analysis-town-apart = { $who } : le recensement importé coupe à d’autres âges, et rien n’est estimé. Le fichier POP1B, par année d’âge, permet de comparer.
analysis-town-cut = Le recensement importé coupe les âges autrement que les contributions : ils ne se comparent pas. Le fichier POP1B, par année d’âge, le permet.
analysis-town-ages-hidden = Trop peu de personnes ont donné leur âge pour les comparer à la ville.
analysis-town-import = Pour comparer les âges à ceux de la ville, il faut les chiffres du recensement.
analysis-town-import-link = Importer un fichier de l’Insee
analysis-town-populations = Pour comparer les quartiers, il faut leur nombre d’habitants.
analysis-town-populations-link = Compléter les quartiers
analysis-town-act = Pour aller vers eux
analysis-town-short = { $who } : il manque environ { $n } { $n ->
    [one] personne
   *[other] personnes
} pour ressembler à la ville.
analysis-town-short-hidden = { $who } : trop peu de personnes pour être affichées.
analysis-town-poster = Faire une affiche
analysis-town-poster-area = Faire une affiche pour { $area }
analysis-town-enter = Saisir ce qu’on nous dit de vive voix
analysis-gap-few = trop peu de personnes
analysis-gap-none = pas d’écart net
analysis-gap-less = { $n ->
    [0] un peu moins
    [1] environ un tiers de moins
    [2] environ deux fois moins
    [3] environ trois fois moins
    [4] environ quatre fois moins
    [5] environ cinq fois moins
    [6] environ six fois moins
    [7] environ sept fois moins
    [8] environ huit fois moins
    [9] environ neuf fois moins
   *[other] environ dix fois moins, ou davantage
}
analysis-gap-more = { $n ->
    [0] un peu plus
    [1] environ moitié plus
    [2] environ deux fois plus
    [3] environ trois fois plus
    [4] environ quatre fois plus
    [5] environ cinq fois plus
    [6] environ six fois plus
    [7] environ sept fois plus
    [8] environ huit fois plus
    [9] environ neuf fois plus
   *[other] environ dix fois plus, ou davantage
}
analysis-gap-check = { $gap } (à confirmer)
