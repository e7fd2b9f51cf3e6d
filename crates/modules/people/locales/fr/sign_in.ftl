### Se connecter

sign-in-title = Se connecter
sign-in-description = Recevoir un lien ou un code par courriel pour retrouver son espace. Pas de mot de passe.
sign-in-intro = Pour retrouver vos idées et choisir vos courriels. Il n’y a pas de mot de passe.
sign-in-mail-label = Votre courriel
sign-in-mail-hint = Exemple : odette@exemple.fr
sign-in-mail-missing = Il manque votre courriel. Exemple : odette@exemple.fr
sign-in-mail-wrong = Cette adresse n’est pas complète. Exemple : odette@exemple.fr
sign-in-trap = Ne rien écrire ici
sign-in-button = Recevoir mon code
sign-in-first = Première visite ? C’est la même chose : votre espace se crée tout seul.
sign-in-not-needed = Proposer une idée, soutenir ou commenter : tout cela se fait sans se connecter.
sign-in-no-mail = Pas de courriel ?
sign-in-no-mail-text = On peut participer autrement, et cela compte autant.
sign-in-by-phone = Par téléphone
sign-in-on-paper = Sur papier
sign-in-post = Proposer une idée

code-title = Regardez vos courriels
code-check = Vérifiez le code
code-sent = Nous venons d’écrire à
code-sent-confirm = Votre adresse est à confirmer. Nous avons écrit à
code-sent-before = Nous avons écrit à
code-change = Changer d’adresse
code-how = Appuyez sur le bouton du courriel, ou recopiez ici les six chiffres.
mail-waits = Ce site ne peut pas envoyer de courriels pour le moment. Le vôtre est gardé : il partira dès que possible.
mail-waits-ahead = Ce site ne peut pas envoyer de courriels pour le moment. Le vôtre serait gardé, et partirait dès que possible.
code-waits-title = Votre courriel attend
code-waits-for = Le courriel est pour
code-waits-for-confirm = Votre adresse est à confirmer. Le courriel est pour
code-waits-then = Quand il arrivera, appuyez sur son bouton, ou recopiez ici les six chiffres.
code-label = Code à six chiffres
code-hint = Vous pouvez le coller. Les espaces ne comptent pas.
code-until = Le code marche jusqu’à { $until }.
code-until-day = Le code marche jusqu’au { $until }.
code-nothing = Rien reçu ?
code-still-nothing = Toujours rien ?
code-call = Appelez le
code-nothing-text = Le courriel arrive en général en moins d’une minute. Cherchez « { $site } » dans les indésirables.
code-another = Recevoir un autre code
code-missing = Il manque le code : six chiffres, dans le courriel.
code-short = Il manque des chiffres : le code en a six, et il y en a { $n } ici.
code-long = Il y a trop de chiffres : le code en a six, et il y en a { $n } ici.
code-wrong = Ce code ne correspond pas.
code-left = { $n ->
    [one] Il vous reste { $n } essai.
   *[other] Il vous reste { $n } essais.
}
code-correct = Corriger le code
code-wrong-field = Prenez le courriel le plus récent, envoyé à { $time } : chaque envoi remplace le code d’avant.
code-dead-title = Il faut un autre code
code-dead-badge = Cinq essais
code-dead-why = Cinq codes n’ont pas marché. Cette limite protège votre espace si quelqu’un d’autre essaie à votre place. Vous n’avez rien fait de mal.
code-dead-link = Le bouton du dernier courriel marche toujours.
code-dead-phone = Besoin d’aide ? Appelez le
code-go-on = Continuer sans me connecter
done-code-envoye = Un nouveau courriel vient de partir.
done-confirme-idee = Votre adresse est confirmée : vous recevrez la réponse à votre idée.
done-confirme-commentaire = Votre adresse est confirmée : votre commentaire est dans votre espace.
done-confirme-soutien = Votre adresse est confirmée, votre soutien compte.
done-code-attend = Un nouveau code est prêt. Il partira dès que ce site pourra envoyer des courriels.
done-lien-envoye = Un nouveau lien vient de partir.
done-deconnexion = C’est fait : votre espace est fermé sur cet appareil.

link-title = Bonjour
link-title-name = Bonjour { $name }
link-what = Vous vous connectez sur cet appareil avec
link-button = Me connecter
link-keep = Garder mon espace ouvert ici 60 jours.
link-keep-hint = Décochez sur un ordinateur partagé, à la médiathèque par exemple.
link-not-you = Ce n’est pas vous ? Fermez cette page, rien ne se passe.
link-confirmed-title = C’est déjà confirmé
link-confirmed-why = Ce lien, ou le code du même courriel, a déjà servi : vous n’avez plus rien à faire.
link-confirmed-space = Voir ce qui est confirmé
link-confirmed-home = Aller à l’accueil
link-stale-title = Ce lien ne marche plus
link-stale-sign-in = Un lien sert une seule fois, pendant 30 minutes. Date d’envoi : { $date }.
link-stale-confirm = Un lien de confirmation sert une seule fois, pendant 14 jours. Date d’envoi : { $date }.
link-stale-invite = Une invitation sert une seule fois, pendant 7 jours. Date d’envoi : { $date }.
link-stale-offer = Nous pouvons en envoyer un autre à
link-stale-other = Utiliser une autre adresse
link-stale-button = Recevoir un nouveau lien
link-stale-sent = Regardez vos courriels : il est parti à l’adresse { $email }.
link-stale-kept = Rien n’est perdu : ce que vous avez écrit est gardé.

confirm-title = Confirmez votre adresse
confirm-what-idea = Vous avez laissé cette adresse avec une idée.
confirm-what-comment = Vous avez laissé cette adresse avec un commentaire.
confirm-what-supports = Vos soutiens compteront dans les totaux dès que vous aurez confirmé.
confirm-what-follow = Vous avez demandé à recevoir des nouvelles.
confirm-fact-consent = Ce que votre clic accepte
confirm-mail-consent = Ce que votre clic accepte : { $words }
confirm-address = Confirmer l’adresse
confirm-button = Confirmer mon adresse

invite-title = Rejoindre l’équipe de { $site }
invite-what = Vous entrez dans l’espace de l’équipe avec
invite-button = Rejoindre l’équipe

# Le courriel du code
sign-in-mail-subject = Votre code pour { $site }
sign-in-mail-title = Votre code
sign-in-mail-preview = Il marche jusqu’à { $until }.
sign-in-mail-text = Recopiez ces six chiffres, ou appuyez sur le bouton.
sign-in-mail-button = Me connecter
sign-in-mail-until = Le code et le bouton marchent une seule fois, jusqu’à { $until }.
sign-in-mail-asked = Demandé à { $time }. Personne ne vous demandera jamais ce code au téléphone.
sign-in-mail-asked-from = Demandé à { $time } depuis { $device }. Personne ne vous demandera jamais ce code au téléphone.
sign-in-mail-not-you = Ce n’est pas vous ?
sign-in-mail-not-you-text = Ne faites rien. Sans ce code, personne n’entre dans votre espace.

# Le courriel de confirmation
confirm-mail-title = Confirmez votre adresse
confirm-mail-title-name = Confirmez votre adresse, { $name }
confirm-mail-subject-idea = Confirmez votre adresse pour recevoir notre réponse
confirm-mail-subject-comment = Confirmez votre adresse pour signer votre commentaire
confirm-mail-subject-supports = Confirmez votre adresse pour que vos soutiens comptent
confirm-mail-subject-follow = Confirmez votre adresse pour recevoir des nouvelles
confirm-mail-preview-idea = Votre idée est bien reçue.
confirm-mail-preview-comment = Votre commentaire est bien reçu.
confirm-mail-preview-supports = Vos soutiens sont gardés.
confirm-mail-preview-follow = Il reste à confirmer votre adresse.
confirm-mail-text-idea = Nous avons bien reçu votre idée.
confirm-mail-text-comment = Nous avons bien reçu votre commentaire.
confirm-mail-text-supports = Vos soutiens sont gardés. Ils compteront dans les totaux dès que vous aurez confirmé.
confirm-mail-text-follow = Vous avez demandé à recevoir des nouvelles.
confirm-mail-ask-idea = Confirmez votre adresse pour recevoir notre réponse. Votre idée suit son chemin, que vous confirmiez ou non.
confirm-mail-ask-comment = Confirmez votre adresse pour le retrouver dans votre espace. Votre commentaire suit son chemin, que vous confirmiez ou non.
confirm-mail-ask-supports = Une adresse confirmée, une personne : c’est ainsi que les totaux restent justes.
confirm-mail-ask-follow = Sans confirmation, nous ne vous écrirons pas.
confirm-mail-code = Le bouton marche une seule fois, jusqu’au { $until }. Sur l’appareil où vous avez écrit, vous pouvez aussi recopier ce code :
confirm-mail-why-idea = Cette adresse a été laissée avec une idée.
confirm-mail-why-comment = Cette adresse a été laissée avec un commentaire.
confirm-mail-why-supports = Cette adresse a été donnée pour confirmer des soutiens.
confirm-mail-why-follow = Cette adresse a été donnée pour recevoir des nouvelles.
confirm-mail-not-you = Ce n’est pas vous ? Ne faites rien : sans confirmation, nous n’enverrons aucune nouvelle à cette adresse.

# L’invitation
invite-mail-subject = Rejoignez l’équipe de { $site }
invite-mail-text = { $name } vous invite à rejoindre l’équipe de { $site }.
invite-mail-role = Votre rôle : { $role }.
invite-mail-until = Pas de mot de passe. Le bouton marche une seule fois, jusqu’au { $until }. Ensuite, connectez-vous avec cette adresse.
invite-mail-why = { $name } a donné cette adresse pour vous inviter.
invite-mail-not-you = Ce n’est pas pour vous ? Ne faites rien, ou répondez pour le dire.

# « Ce n’était pas moi », depuis un courriel
sign-in-mail-cancel = Dire que ce n’était pas moi, pour annuler ce code
confirm-mail-change = Une faute à corriger ? Modifier mon idée jusqu’à sa parution
confirm-mail-erase = Effacer mon adresse tout de suite
confirm-then-change = La page de votre idée s’ouvre ensuite : vous pouvez la modifier jusqu’à sa parution.
not-me-code-title = Ce n’était pas vous ?
not-me-code-ask = Un code a été demandé pour
not-me-code-then = Annulez-le : ni ce code ni son lien n’ouvriront plus rien.
not-me-code-do = Annuler ce code
not-me-code-done = Ce code est annulé. Personne n’est entré dans votre espace.
not-me-code-used = Ce code a déjà servi. Si ce n’était pas vous, ouvrez votre espace : la liste de vos appareils permet de fermer les autres.
not-me-code-gone = Ce code ne marche plus. Il n’y a rien à faire.
not-me-address-title = Effacer votre adresse
not-me-address-ask = Quelqu’un a laissé cette adresse sur ce site :
not-me-address-then = Effacez-la : ce qui a été écrit reste, sans elle, et nous ne vous écrirons pas à ce sujet.
not-me-address-do = Effacer mon adresse
not-me-address-done = Votre adresse est effacée de ce qui a été laissé avec elle.
not-me-address-used = Cette adresse a été confirmée. Pour tout effacer, ouvrez votre espace.
not-me-done = C’est fait
not-me-space = Ouvrir mon espace
not-me-home = Retour à l’accueil
