### Deux fiches d’une même personne

pair-list = Fiches en double
pair-list-text = Des fiches qui se ressemblent. Rien n’est fusionné sans vous.
pair-none = Aucune fiche en double
pair-none-next = Les fiches qui ont le même courriel, le même téléphone, ou le même nom à la même adresse s’affichent ici.
pair-look = Comparer
pair-more = D’autres fiches s’afficheront quand celles-ci seront traitées.
pair-same-mail = même boîte de courriel
pair-same-phone = même téléphone
pair-same-place = même nom à la même adresse
pair-compare = Une ou deux personnes ?
pair-evidence = En commun : { $what }.
pair-no-evidence = Ces deux fiches n’ont rien en commun.
pair-accords = Accords donnés
pair-events = Événements
pair-since = Connue depuis
pair-keep = Garder cette fiche
pair-keep-member = Elle est dans l’équipe : elle seule peut être gardée.
pair-what-history = La fiche gardée reçoit les textes, les notes et l’histoire de l’autre. Ce qui lui manque est complété.
pair-what-supports = Une idée soutenue par les deux ne compte qu’un soutien.
pair-what-accords = Si l’une a accepté et l’autre non, le refus l’emporte.
pair-what-undo = Vous pouvez séparer les fiches pendant dix minutes.
pair-do = Fusionner
pair-apart = Ce sont deux personnes
pair-maybe = Peut-être la même personne : { $name }
pair-done = Fiche fusionnée avec « { $name } »
pair-undo = Séparer de nouveau
pair-other-mail = Autre courriel
consent-source-merge = fusion de deux fiches
past-merged = Fiche fusionnée avec « { $what } »

activity-person-merged = { $who } a fusionné deux fiches
activity-person-unmerged = { $who } a séparé deux fiches fusionnées
activity-person-kept_apart = { $who } a noté que deux fiches sont deux personnes

done-personnes-fusionnees = Les deux fiches n’en font plus qu’une.
done-personnes-separees = C’est noté : ce sont deux personnes.
done-fusion-annulee = Les deux fiches sont séparées, comme avant.

refusal-merge_self = C’est la même fiche
    .why = Une personne ne peut pas être fusionnée avec elle-même.
    .next = Choisissez une autre fiche.
refusal-merge_member = Cette fiche est dans l’équipe
    .why = La fiche d’une personne de l’équipe ne peut pas disparaître dans une autre.
    .next = Gardez-la, et fusionnez l’autre avec elle. Si les deux sont dans l’équipe, retirez d’abord un rôle.
refusal-merge_gone = Une de ces fiches a changé entre-temps
    .why = Elle vient d’être fusionnée ou effacée.
    .next = Retournez à la liste et regardez de nouveau.
refusal-unmerge_late = Ces fiches ne peuvent plus être séparées
    .why = Plus de dix minutes ont passé, ou une des fiches a changé depuis.
    .next = Si une autre fusion a suivi, séparez-la d’abord. Sinon, ajoutez une nouvelle fiche.
