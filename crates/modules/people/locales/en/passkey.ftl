### Passkeys of the team

passkey-title = Passkeys
passkey-text = Enter with your finger, your face or the code of your device, without waiting for a mail.
passkey-after = They are added here, once the codes of the telephone are set.
passkey-since = Added on { $date }
passkey-remove = Remove
passkey-name = Name of the key
passkey-name-hint = Example: telephone, office computer
passkey-add = Add a passkey
passkey-failed = The device did not answer. Try again, or use the mail.
passkey-sign-in = Enter with a passkey
passkey-team = For the team
data-passkeys = your passkeys
    .team = Their passkeys
done-cle-ajoutee = The passkey is added.
done-cle-retiree = The passkey is removed.
activity-team-passkey_added = { $who } added a passkey
activity-team-passkey_removed = { $who } removed a passkey
refusal-passkey_wrong = This passkey did not fit
    .why = The device’s answer is too old, of another site, or of an unknown key.
    .next = Open the page again and retry, or enter with your mail.
