### Set-up.

setup-name = Set-up
setup-title-of = Set-up, step { $n } of 5: { $step }
setup-step-of = Step { $n } of 5
setup-steps = The five steps
setup-note = Each step can be skipped. Everything can be found and changed in Settings.
setup-here = You are here
setup-done = (done)
setup-change = Change
setup-go-on = Continue
setup-pass = Skip
setup-pass-more = this step
setup-all = Skip all
setup-all-more = , settle later
setup-choose = Choose an answer, or skip this step.

setup-step-language = Language
setup-step-kind = Your organisation
setup-step-commune = Your town
setup-step-look = Name and colour
setup-step-account = First person

setup-else-language = Otherwise, French
setup-else-kind = Otherwise, a municipal campaign
setup-else-commune = Otherwise, no town name and no number of inhabitants
setup-else-look = Otherwise, “Parvis”, in blue-green
setup-else-account = Otherwise, the set-up link stays the only way in

setup-language-title = Which language?
setup-language-lead = It is the language of your pages and mails.
setup-language-note = Everybody can read the site in another language, chosen at the foot of each page.

setup-kind-title = Who opens this space?
setup-kind-lead = The words and the legal texts of your pages depend on it.
setup-campaign = A municipal campaign
setup-campaign-hint = Your pages speak for a list. The legal texts are those of a campaign.
setup-town-hall = A town hall
setup-town-hall-hint = Your pages speak for the town. The legal texts are those of a public body.
setup-kind-note = This can change later. Nothing is erased.

setup-commune-title = Which is your town?
setup-commune-lead = We take its name, its number of inhabitants and its local time from it.
setup-commune-search-label = Search for a town
setup-commune-q = Name or postcode
setup-commune-q-hint = Three letters are enough, accents and hyphens don’t matter.
setup-commune-search = Search
setup-commune-found = { $n ->
    [0] No town for “{ $q }”. Try another word, or the postcode.
    [one] { $n } town for “{ $q }”
   *[other] { $n } towns for “{ $q }”, the largest first
}
setup-commune-many = More than { $n } towns for “{ $q }”. Here are the first { $n }: write more of the name, or add the postcode.
setup-inhabitants = { $n ->
    [one] { $n } inhabitant
   *[other] { $n } inhabitants
}
setup-inhabitants-unknown = No published population
setup-place = { $postcodes }, { $department } ({ $code })
setup-commune-of = { $name }, { $n ->
    [one] { $n } inhabitant
   *[other] { $n } inhabitants
}
setup-commune-other = My town is not in the list
setup-commune-other-hint = A new commune, a town outside France, several towns: write its name below.
setup-commune-name = Name of the town
setup-commune-name-hint = Only if it is not in the list.
setup-commune-missing = Choose your town, or skip this step.
setup-commune-unnamed = The name of the town is missing. Example: Rivemont.
setup-commune-long = This name is too long. 80 characters are enough.
setup-commune-what = What we take from the list
setup-commune-what-name = The name, the département and the number of inhabitants
setup-commune-what-zone = The local time, overseas included
setup-threshold = On which side of the threshold of { $n } inhabitants the town stands: from there on, a list keeps a campaign account
setup-commune-note = The list of 35,000 communes is inside Parvis: your search goes nowhere.
setup-commune-go-on = Continue with this town

setup-look-title = How do people recognise you?
setup-look-go-on = Keep and continue
setup-question-at = What would you change in { $place }?
setup-question-nowhere = What would you change in your town?

setup-account-title = Who holds the keys?
setup-account-lead = This person can set everything and invite the others. Plan for a second one soon.
setup-person-name = First and last name
setup-person-email = Mail address
setup-person-email-hint = No password: you sign in with a link sent to this address.
setup-person-missing = The name is missing. Example: Camille Dumas.
setup-email-missing = The address is missing. Example: camille@rivemont-en-commun.example
setup-email-no-at = The @ sign is missing. Example: camille@rivemont-en-commun.example
setup-account-at-once = Your space opens at once in this browser.
setup-account-mail = A sign-in link also goes to this address.
setup-account-no-mail = No mail server is set for now: your sign-in link will wait in the outbox.
setup-account-online = Your question will be online: anybody can post an idea, which you read before it is published.
setup-account-go-on = Open the space

setup-later-title = Everything stays at hand
setup-later-lead = You skipped everything. One thing only is missing to open: the address of a first person.
setup-later-kept = What you answered already is kept.
setup-later-link = The set-up link stays the only way in. This browser keeps it for two days. After that, restart Parvis: it prints a new one.
setup-later-closed = As long as nobody holds the keys, the site stays closed to the public.
setup-later-command = You can also name this person from the terminal, with
setup-later-account = Give an address
setup-later-first = Back to the first step

done-setup = Your space is open and your question is online. Try it: post a first idea from your phone.
activity-instance-set_up = { $who } opened this space
