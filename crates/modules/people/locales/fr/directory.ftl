### Personnes : chercher, fiche, accords, notes

directory-title = Personnes
directory-known = { $n ->
    [one] { $n } personne connue.
   *[other] { $n } personnes connues.
}
directory-search-label = Chercher une personne
directory-query = Nom, courriel ou téléphone
directory-search = Chercher
directory-filter = Filtrer
directory-filters-set = { $n ->
    [one] { $n } filtre
   *[other] { $n } filtres
}
directory-any = Peu importe
directory-apply = Appliquer
directory-clear = Retirer les filtres
directory-reach = Accepte
directory-reach-courriel = Les courriels
directory-reach-sms = Les SMS
directory-reach-appel = Les appels
directory-reach-rien = Rien
directory-reach-attente = En attente d’accord
directory-reach-retire = Accord retiré
directory-reach-adresse = Adresse en erreur
directory-since-then = Depuis le { $day } à { $time }
directory-waiting = { $n ->
    [one] { $n } personne en attente d’accord
   *[other] { $n } personnes en attente d’accord
}
directory-waiting-many = Plus de { $n } personnes en attente d’accord
directory-export = Exporter
sheet-waits = Cette fiche vient de l’équipe, et aucun accord n’y est écrit : personne ne peut lui écrire. Vous avez son accord ? Notez-le, avec sa date et ce qui le prouve. Sinon, effacez la fiche.
sheet-waits-note = Noter son accord
sheet-waits-erase = Effacer la fiche
directory-channel-email = courriel
directory-channel-sms = SMS
directory-channel-telephone = appels
directory-area-unknown = Quartier inconnu
directory-accepts = Accepte : { $what }.
directory-nothing = N’accepte aucun message.
directory-known-since = Connue depuis le { $date }
directory-did = A fait, sous son nom
directory-seen = Dernière visite : { $when }
directory-since = connue depuis le { $date }
directory-found = { $n ->
    [0] Aucune personne
    [one] { $n } personne
   *[other] { $n } personnes
}
directory-found-many = Plus de { $n } personnes
directory-empty = Personne ne correspond
directory-empty-next = Essayez avec moins de lettres, ou retirez un filtre.
directory-add = Ajouter une personne
directory-pages = Pages de la liste
directory-previous = Précédentes
directory-next = Suivantes
directory-rules = Ce que cette page garde
directory-rule-journal = Chaque recherche et chaque ouverture d’une fiche est écrite au journal, avec votre nom.
directory-rule-given = Une fiche contient ce que la personne a donné ou publié. Rien n’est deviné, aucune opinion n’est notée.
directory-rule-ledger = Sans accord écrit sur sa fiche, personne ne lui écrit.

role-equipe = Toute l’équipe
role-aucun = Hors de l’équipe

origin-web = Le site
origin-paper = Un papier signé
origin-stand = Une rencontre, un stand
origin-phone = Un appel
origin-door = Le porte-à-porte
origin-import = Un fichier importé

sheet-back = Retour à la liste
sheet-mail = Courriel
sheet-phone = Téléphone
sheet-address = Adresse
sheet-age = Âge
sheet-role = Rôle
sheet-origin = Connue par
sheet-nameless = Sans nom
sheet-somebody = une personne de l’équipe
sheet-reach = Comment la joindre
sheet-reach-text = Chaque droit vient d’une écriture du registre. Sans écriture, pas de message.
sheet-reach-none = Aucun accord n’est écrit : on ne peut pas lui écrire ni l’appeler.
sheet-past = Son histoire
sheet-past-text = Ce qu’elle a signé en public, reçu ou accepté. Ses soutiens et ses textes sans nom n’y figurent pas.
sheet-past-older = { $n ->
    [one] L’autre événement
   *[other] Les { $n } autres événements
}
sheet-notes = Notes internes
sheet-notes-text = La personne peut demander à les lire. N’écrivez ni opinion, ni religion, ni santé.
sheet-note = Nouvelle note
sheet-note-hint = Un fait utile. Exemple : préfère être appelée après 18 h
sheet-note-add = Ajouter la note
sheet-note-remove = Supprimer
sheet-note-missing = La note est vide.
sheet-note-long = La note est trop longue : 2 000 signes au plus.
sheet-rights = Ses droits
sheet-opener = { $n ->
    [one] { $who } ({ $n } fois)
   *[other] { $who } ({ $n } fois)
}
sheet-opened = Fiche ouverte ce mois-ci par : { $who }. La personne peut le demander.

accord-newsletter-email = Nouvelles par courriel
accord-sms-sms = Nouvelles par SMS
accord-calls-telephone = Appels
accord-entry = Écriture du { $when }
accord-shown = Texte montré
accord-proof-short = Preuve
accord-version = Version { $n }.
accord-until = Jusqu’au
accord-until-unless = { $date }, sauf si elle change d’avis
accord-never = Jamais demandé
accord-by = Noté par
accord-noted = { $who }, le { $when }
accord-noted-now = { $who }, à la demande de la personne
accord-take-back = Retirer à sa demande
accord-add = Ajouter un accord donné sur papier ou de vive voix
accord-nothing-to-ask = Pour noter un accord, il faut d’abord un courriel ou un téléphone.
accord-what = Ce qu’elle accepte
accord-source = Comment cela nous est parvenu
accord-wording = Texte exact lu ou entendu
accord-wording-hint = Exemple : « J’accepte de recevoir des nouvelles par courriel. »
accord-date = Donné le
accord-proof = Preuve
accord-proof-hint = Qui en est témoin, ou où le papier est rangé
accord-save = Noter cet accord
accord-missing = Choisissez ce que la personne accepte.
accord-no-mail = Cet accord demande un courriel.
accord-no-phone = Cet accord demande un téléphone.
accord-date-wrong = Donnez le jour de l’accord : aujourd’hui ou avant.
accord-date-over = Cet accord a plus de { $days } jours : il ne vaut plus. Redemandez-le à la personne.
accord-wording-missing = Écrivez le texte que la personne a lu ou entendu.
accord-wording-long = Ce texte est trop long : 600 signes au plus.
accord-proof-missing = Dites qui en est témoin, ou où le papier est rangé.
accord-proof-long = C’est trop long : 200 signes au plus.
accord-source-missing = Dites comment cela vous est parvenu.
consent-purpose-sms = Nouvelles par SMS
consent-purpose-calls = Appels de l’équipe
consent-source-paper = papier signé
consent-source-stand = rencontre, stand
consent-source-phone = appel
consent-source-door = porte-à-porte
consent-source-asked_team = demande faite à l’équipe

person-new = Ajouter une personne
person-edit = Modifier la fiche
person-who = Qui
person-optional = Facultatif
person-unsaid = Non dit
person-phone-hint = Facultatif. Exemple : 06 12 34 56 78
person-mail-theirs = Cette personne se connecte avec cette adresse : elle seule peut la changer.
person-from = D’où viennent ces données
person-from-text = La loi demande de pouvoir le dire à la personne.
person-accords = Ce qu’elle accepte
person-accords-hint = rien, si elle n’a rien accepté
person-returns = Cette personne demande elle-même à revenir
person-add = Ajouter la personne
person-cancel = Annuler
person-name-long = Ce nom est trop long : 80 signes au plus.
person-address-long = Cette adresse est trop longue : 200 signes au plus.
person-phone-wrong = Ce numéro n’existe pas. Exemple : 06 12 34 56 78, ou +32 470 12 34 56
person-empty = Donnez au moins un nom, un courriel ou un téléphone.
person-known = Une fiche a déjà ce courriel.
person-known-text = Une fiche a déjà ce courriel.
person-known-open = Ouvrir cette fiche
person-erased = Cette personne a demandé à être effacée. Si elle revient d’elle-même, cochez la case plus bas.

past-known = A laissé son adresse sur le site
past-entered = Fiche ajoutée par l’équipe
past-agreed = A donné un accord
past-ended = Un accord a pris fin
past-took-back = A retiré un accord
past-refused = A refusé un accord
past-undone = Un accord venu d’un fichier n’est plus noté : l’import est annulé

data-notes = les notes de l’équipe à votre sujet
    .team = Les notes de l’équipe à son sujet
data-openings = les jours où l’équipe a ouvert votre fiche
    .team = Les ouvertures de sa fiche

activity-person-searched = { $who } a cherché des personnes. Trouvées : { $what }
activity-person-viewed = { $who } a ouvert une fiche
activity-person-added = { $who } a ajouté une personne
activity-person-edited = { $who } a modifié une fiche
activity-person-noted = { $who } a écrit une note sur une fiche
activity-person-consent_noted = { $who } a noté un accord
activity-person-consent_taken_back = { $who } a retiré un accord à la demande d’une personne

done-personne-ajoutee = La fiche est créée.
done-personne-modifiee = C’est enregistré.
done-accord-note = L’accord est écrit au registre.
done-accord-repris = C’est fait : l’accord est retiré.
done-note = La note est ajoutée.
done-note-retiree = La note est supprimée.

# une adresse qui refuse nos courriels
sheet-refused = Cette adresse ne reçoit plus de courriels depuis le { $date }
sheet-refused-what = Rien n’y part plus, sauf les liens de connexion que la personne demande. Corrigez l’adresse, ou écrivez-y à nouveau si elle fonctionne de nouveau.
sheet-refused-lift = Écrire à nouveau à cette adresse
done-adresse-levee = Les prochains courriels partiront vers cette adresse.
activity-person-address_lifted = { $who } a permis d’écrire à nouveau à une adresse qui refusait les courriels
found-people = { $n ->
    [one] 1 personne
   *[other] { $n } personnes
}
