### Ce qu’une personne peut demander à l’équipe

rights-download = Lui donner ses données
rights-download-text = Le même dossier que dans son espace. Remettez-le seulement à la personne.
rights-erase = Effacer { $name }
rights-erase-text = C’est immédiat et définitif. Un reçu dit ce qui a été effacé, sans nom.
rights-texts-missing = Choisissez ce que deviennent ses textes.
rights-asked = La personne l’a demandé
rights-no-accord = Nous n’avons pas son accord, ou elle a demandé l’effacement
rights-asked-missing = Confirmez que la personne l’a demandé.
rights-erase-button = Effacer cette personne
receipt-title = Reçu d’effacement
receipt-number = Reçu { $number }
receipt-when = Effacement du { $when }, fait par { $who }.
receipt-texts-erased = Les textes sont effacés aussi.
receipt-texts-kept = Les textes publiés restent, sans nom.
receipt-kept = Ce reçu ne dit pas de qui il s’agit. Seule reste une empreinte du courriel, illisible, pour qu’une ancienne sauvegarde ne ramène personne.
activity-person-exported = { $who } a téléchargé les données d’une personne, à sa demande
activity-person-erased_on_request = { $who } a effacé une personne, à sa demande
refusal-erase_self = Effacez-vous depuis votre espace
    .why = Cette fiche est la vôtre.
    .next = Ouvrez « Mon espace », puis « Mes données ».
