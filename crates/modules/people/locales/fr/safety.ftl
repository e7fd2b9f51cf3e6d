### Ce qui protège les comptes

refusal-code_later = Le prochain courriel part dans dix minutes au plus
    .why = Beaucoup de codes ont été demandés aujourd’hui pour cette adresse. Pour ne pas remplir sa boîte, il en part un toutes les dix minutes.
    .next = Ouvrez le dernier courriel reçu : son bouton marche pendant 30 minutes. Sinon, demandez un autre code dans dix minutes.
confirm-mail-link = Le bouton marche une seule fois, jusqu’au { $until }. Vous faites partie de l’équipe : pour entrer dans votre espace, connectez-vous ensuite.
done-adresse-confirmee = Votre adresse est confirmée. Connectez-vous pour entrer dans votre espace.
