entry-title = Saisir pour quelqu’un
entry-title-pile = Saisir une pile de feuilles
entry-intro = Une idée ou un soutien donné de vive voix, au téléphone ou sur papier. La page de l’idée dit comment elle a été recueillie.
entry-intro-pile = Une feuille après l’autre, au clavier. Le projet, le lieu et la date restent d’une feuille à la suivante.
entry-what = Que saisir ?
entry-tab-idea = Une idée
entry-tab-support = Un soutien
entry-tab-pile = Une pile de feuilles
entry-open = Saisir pour quelqu’un
entry-no-project = Aucun projet en ligne ne vous est ouvert
entry-no-project-next = Publiez un projet, ou demandez à l’administration de vous en confier un.
entry-said = Ce qui a été dit
entry-f-sheet = Numéro de la feuille
entry-f-sheet-hint = Écrivez-le sur le papier. Une feuille ne se saisit qu’une fois.
entry-f-sheet-own = Numéro de la feuille
entry-f-sheet-own-hint = Facultatif, pour une feuille de papier numérotée.
entry-f-text = L’idée
entry-f-text-hint = Avec les mots de la personne.
entry-f-support = Numéro de l’idée soutenue
entry-f-support-hint = Celui de sa page : 128
entry-f-name = Prénom
entry-f-name-hint = Facultatif. Il est publié avec l’idée.
entry-f-mail = Courriel
entry-f-mail-hint = Facultatif. Une lettre demande à la personne de confirmer : sans son clic, rien d’autre ne lui est envoyé.
entry-accord-idea = La personne m’a dit être d’accord pour que son texte soit publié ici, avec son prénom si elle l’a donné.
entry-accord-support = La personne m’a dit soutenir cette idée et être d’accord pour que son soutien soit compté.
entry-save = Enregistrer l’idée
entry-save-support = Enregistrer le soutien
entry-save-pile = Enregistrer, feuille suivante
entry-save-anyway = Enregistrer quand même cette idée
entry-keys-save = enregistre
entry-how = Comment elle a été recueillie
entry-how-kept = Ces champs restent d’une saisie à la suivante.
entry-f-channel = Recueillie
entry-f-where = À quel endroit ?
entry-f-where-hint = Tel qu’on le lira : « au marché du samedi ».
entry-f-day = Quel jour ?
entry-f-place = Rue ou lieu concerné
entry-f-place-hint = Facultatif : « rue des Tilleuls ».
entry-close = { $n ->
    [one] Une idée proche est déjà en ligne
   *[other] { $n } idées proches sont déjà en ligne
}
entry-close-how = Si c’est la même, comptez un soutien : la personne n’est pas perdue et l’idée n’est pas en double.
entry-close-support = Compter un soutien à l’idée n° { $n }
entry-last = Vos dernières saisies
entry-last-none = Aucune pour l’instant.
entry-sheet = Feuille { $n }
entry-is-support = Soutien à l’idée n° { $n }
entry-undo-how = « Annuler » reprend tout pendant dix minutes, et le numéro de la feuille redevient libre.
entry-figures = Recueilli par l’équipe
entry-figures-how = Compté à part des soutiens confirmés. Un soutien que la personne confirme ensuite par courriel passe parmi les confirmés.
entry-supports = { $n ->
    [0] aucun soutien
    [one] { $n } soutien
   *[other] { $n } soutiens
}
entry-somebody = l’équipe
entry-error-text = Il manque le texte de l’idée.
entry-error-project = Choisissez un projet de la liste.
entry-error-channel = Dites comment elle a été recueillie.
entry-error-date = Il manque le jour. Exemple : 2026-11-28.
entry-error-future = Ce jour n’est pas encore venu.
entry-error-long = Raccourcissez : { $n } caractères au plus.
entry-error-sheet = Il manque le numéro de la feuille.
entry-error-idea = Aucune idée en ligne de ce projet n’a ce numéro.
entry-error-accord = Cochez l’accord de la personne. Sans lui, rien n’est publié.
entry-error-phase = Le { $day }, ce projet ne le permettait pas : { $why }.
entry-error-taken = La feuille { $sheet } est déjà saisie : { $idea }, par { $who }. Le prochain numéro libre est { $next }.
entry-fact = Recueillie par l’équipe
entry-fact-how = { $how }, le { $day }
entry-told-stand = Recueillie à un stand
entry-told-stand-on = Recueillie { $place }
entry-told-stand-at = Recueillie à un stand : { $place }
entry-told-phone = Recueillie par téléphone
entry-told-phone-on = Recueillie par téléphone, { $place }
entry-told-phone-at = Recueillie par téléphone : { $place }
entry-told-paper = Recueillie sur papier
entry-told-paper-on = Recueillie sur papier { $place }
entry-told-paper-at = Recueillie sur papier : { $place }
entry-told-day = { $how }, le { $day }. L’équipe l’a saisie.
entry-told-supports = { $n ->
    [one] { $n } soutien recueilli par l’équipe, compté à part.
   *[other] { $n } soutiens recueillis par l’équipe, comptés à part.
}
done-saisie-idee = L’idée est enregistrée. Vous pouvez saisir la suivante.
done-saisie-soutien = Le soutien est enregistré. Vous pouvez saisir le suivant.
done-saisie-annulee = La saisie est annulée. Le numéro de la feuille est libre.
refusal-sheet_taken = Cette feuille est déjà saisie
    .why = Une autre saisie de ce projet porte le même numéro de feuille.
    .next = Vérifiez le numéro écrit sur le papier, ou prenez le suivant.
refusal-support_entered = Ce soutien est déjà saisi
    .why = Un soutien a déjà été saisi pour cette idée avec la même adresse.
    .next = Une personne compte une fois : il n’y a rien à faire.
activity-entry-idea = { $who } a saisi l’idée { $what } pour quelqu’un
activity-entry-support = { $who } a saisi un soutien à l’idée { $what } pour quelqu’un
activity-entry-undone = { $who } a annulé la saisie de l’idée { $what } ou d’un soutien à celle-ci
data-entries = Ce que vous avez saisi pour d’autres personnes
data-entered-supports = Soutiens que l’équipe a saisis avec votre adresse
list-col-gathered = Comment et où l’équipe l’a recueillie, vide si la personne l’a déposée elle-même
list-col-gathered-supports = Soutiens recueillis par l’équipe, comptés à part
open-col-gathered = Où l’équipe l’a recueillie, vide si la personne l’a déposée elle-même ou si personne ne l’a dit
open-col-gathered-on = Jour où l’équipe l’a recueillie
open-col-gathered-supports = Soutiens recueillis par l’équipe, comptés à part des soutiens confirmés
csv-origin = Par où l’idée est arrivée : web, stand, paper (papier), phone (téléphone) ou import
csv-gathered = Où l’équipe l’a recueillie, vide sinon
csv-gathered-supports = Soutiens recueillis par l’équipe, comptés à part
