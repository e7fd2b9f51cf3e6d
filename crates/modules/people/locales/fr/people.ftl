### Mots communs du module : rôles, journal, refus

role-owner-hint = Tout régler, et nommer d’autres propriétaires.
role-administrator-hint = Tout régler, sauf les propriétaires.
role-moderator-hint = Publier, refuser et répondre dans les projets choisis.
role-analyst-hint = Lire les contributions et l’analyse, sans rien changer.

age-15-24 = 15 à 24 ans
age-25-39 = 25 à 39 ans
age-40-64 = 40 à 64 ans
age-65-plus = 65 ans et plus

journal-somebody = Une personne
journal-nobody = Quelqu’un sans compte
journal-whom = une personne
activity-team-invited = { $who } a invité { $whom } dans l’équipe ({ $what })
activity-team-joined = { $who } a rejoint l’équipe
activity-team-role_changed = { $who } a donné à { $whom } le rôle « { $what } »
activity-team-removed = { $who } a retiré { $whom } de l’équipe ({ $what })
activity-team-left = { $who } a quitté l’équipe
activity-person-erased = Une personne a effacé son espace
activity-consent-given = { $who } a donné un accord
activity-consent-expired = Accords arrivés à leur terme : { $what }
activity-consent-withdrawn = { $who } a retiré un accord
activity-area-imported = { $who } a ajouté ou remplacé des quartiers depuis un fichier : { $what }
activity-area-import_undone = { $who } a annulé un import de quartiers
activity-area-changed = { $who } a modifié un quartier : { $what }
activity-area-renamed = { $who } a renommé un quartier : { $what }
activity-area-removed = { $who } a supprimé un quartier : { $what }

refusal-last_owner = Il faut au moins une personne propriétaire
    .why = Sans elle, plus personne ne pourrait nommer de propriétaire ni régler l’instance.
    .next = Nommez d’abord une autre personne propriétaire, puis recommencez.
