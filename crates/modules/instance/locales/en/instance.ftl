### Pages of the foot.

page-mentions-legales = Legal notice
    .about = Who publishes this site, and how to reach the team.
page-donnees-personnelles = Personal data
    .about = What we keep of you, why, how long, and how to erase it.
page-accessibilite = Accessibility
    .about = What is accessible, what is not yet, and how to report it.
page-aide = Help and contact
    .about = Post an idea, follow it, sign in, reach the team.
page-facile-a-lire = Easy to read
    .about = This site explained in simple words.
page-participer-sur-papier = Take part on paper
    .about = Give an idea without a computer or a phone.
page-charte = Charter
    .about = What is published, what is not, and who decides.
page-parvis = The software Parvis
    .about = The free software behind this site.
page-other-language = This page does not exist in your language yet.
page-changed = Text updated: { $date }.

past-mail = Received “{ $what }”
