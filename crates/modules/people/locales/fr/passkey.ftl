### Clés d’accès de l’équipe

passkey-title = Clés d’accès
passkey-text = Entrez avec votre empreinte, votre visage ou le code de votre appareil, sans attendre de courriel.
passkey-after = Elles s’ajoutent ici, une fois les codes du téléphone en place.
passkey-since = Ajoutée le { $date }
passkey-remove = Retirer
passkey-name = Nom de la clé
passkey-name-hint = Exemple : téléphone, ordinateur du bureau
passkey-add = Ajouter une clé d’accès
passkey-failed = L’appareil n’a pas répondu. Réessayez, ou utilisez le courriel.
passkey-sign-in = Entrer avec une clé d’accès
passkey-team = Pour l’équipe
data-passkeys = vos clés d’accès
    .team = Ses clés d’accès
done-cle-ajoutee = La clé d’accès est ajoutée.
done-cle-retiree = La clé d’accès est retirée.
activity-team-passkey_added = { $who } a ajouté une clé d’accès
activity-team-passkey_removed = { $who } a retiré une clé d’accès
refusal-passkey_wrong = Cette clé d’accès n’a pas convenu
    .why = La réponse de l’appareil est trop ancienne, d’un autre site, ou d’une clé inconnue.
    .next = Ouvrez de nouveau la page et réessayez, ou entrez avec votre courriel.
