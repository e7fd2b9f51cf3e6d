### Double vérification : application de codes, codes de secours

second-title = Votre code de vérification
second-text = Votre courriel est vérifié. Ouvrez votre application de codes.
second-code = Code de l’application
second-code-hint = Six chiffres, nouveaux toutes les 30 secondes
second-code-or = Code de l’application, ou code de secours
second-code-or-hint = Six chiffres, ou douze lettres.
second-button = Entrer
second-lost = Application perdue ? Utilisez un code de secours, ou demandez à une personne propriétaire de retirer votre double vérification.
second-missing = Écrivez le code.
second-wrong = Ce code ne convient pas, ou il a déjà servi. Attendez le suivant.
second-too-many = Trop d’essais. Réessayez plus tard.
second-dead = Trop d’essais pour cette connexion.
second-again = Recommencer
second-begin-title = Protéger votre accès
second-needed-text = Ici, les propriétaires et l’administration se connectent avec une double vérification.
second-begin-1 = Installez une application de codes sur votre téléphone (FreeOTP, Aegis, ou celle que vous avez déjà).
second-begin-2 = Photographiez ce carré avec elle.
second-begin-3 = Écrivez le code qu’elle affiche.
second-qr = Carré à photographier avec votre application de codes
second-letters = Pas d’appareil photo ? Écrire la clé à la main
second-codes-title = Vos codes de secours
second-codes-text = Recopiez-les et gardez-les hors du téléphone. Chacun marche une fois. Ils ne seront plus montrés.
second-go-on = C’est fait, continuer
second-manage = Double vérification
second-on = Active
second-left = { $n ->
    [0] Il ne reste aucun code de secours.
    [one] Il reste { $n } code de secours.
   *[other] Il reste { $n } codes de secours.
}
second-new-codes = Faire de nouveaux codes de secours
second-remove = Désactiver
second-confirm = Activer
second-begin = Commencer
second-why = En plus du courriel, un code de votre téléphone. Si quelqu’un lit votre courriel, il n’entre pas pour autant.
second-space = Double vérification
second-space-text = Un code de votre téléphone, en plus du courriel, et vos clés d’accès.
second-space-open = Régler la double vérification
second-badge = Double vérification
second-setting = Double vérification
second-setting-text = Les propriétaires et l’administration donnent un code de leur téléphone, en plus du courriel. Leurs sessions sans double vérification se ferment aussitôt.
second-setting-on = L’exiger
second-setting-off = Ne plus l’exiger
second-setting-is-on = Exigée
second-setting-is-off = Facultative
second-reset = Retirer sa double vérification
data-second = votre double vérification
    .team = Sa double vérification

done-verification-retiree = La double vérification est désactivée.
done-verification-exigee = La double vérification est exigée.
done-verification-libre = La double vérification est facultative.
done-verification-levee = Sa double vérification est retirée, ses sessions sont fermées.

activity-team-second_added = { $who } a activé la double vérification
activity-team-second_codes = { $who } a fait de nouveaux codes de secours
activity-team-second_removed = { $who } a désactivé la double vérification
activity-team-second_reset = { $who } a retiré la double vérification à { $whom }
activity-team-second_required = { $who } a changé l’exigence de la double vérification : { $what }

refusal-second_first = Activez d’abord votre double vérification
    .why = Sans elle, vous seriez aussitôt déconnecté.
    .next = Ouvrez « Mon espace », puis « Double vérification ».
refusal-second_needed = La double vérification est exigée pour votre rôle
    .why = Les propriétaires de ce site l’ont décidé.
    .next = Vous pouvez faire de nouveaux codes de secours, ou demander à une personne propriétaire de changer ce réglage.
