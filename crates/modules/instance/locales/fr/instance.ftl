### Pages du pied de page.

page-mentions-legales = Mentions légales
    .about = Qui publie ce site, et comment joindre cette équipe.
page-donnees-personnelles = Données personnelles
    .about = Ce que nous gardons de vous, pourquoi, combien de temps, et comment l’effacer.
page-accessibilite = Accessibilité
    .about = Ce qui est accessible, ce qui ne l’est pas encore, et comment le signaler.
page-aide = Aide et contact
    .about = Proposer une idée, la suivre, se connecter, joindre l’équipe.
page-facile-a-lire = Facile à lire
    .about = Ce site expliqué avec des mots simples.
page-participer-sur-papier = Participer sur papier
    .about = Donner une idée sans ordinateur ni téléphone.
page-charte = Charte de participation
    .about = Ce qui est publié, ce qui ne l’est pas, et qui décide.
page-parvis = Le logiciel Parvis
    .about = Le logiciel libre qui fait vivre ce site.
page-other-language = Cette page n’existe pas encore dans votre langue.
page-changed = Texte mis à jour : { $date }.

past-mail = A reçu « { $what } »
