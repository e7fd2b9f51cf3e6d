desk-nav-links = Links and posters
links-title = Short links and posters
links-intro = An address of a few letters and its code to photograph, for a poster, a leaflet or a mail. The idea arrives with its project and its place.
links-all = The links
links-back = All links
links-empty = No link yet
links-empty-next = Make one for each poster: you will know which brings people.
links-how = A browser counts once a day. Nothing says who came.
links-visits = { $n ->
    [0] no visit
    [one] { $n } visit
   *[other] { $n } visits
}
links-ideas = { $n ->
    [0] no idea
    [one] { $n } idea
   *[other] { $n } ideas
}
links-running = In use
links-stopped = Stopped
links-new = Make a link
links-new-intro = One link for each poster or place: each counts its own.
links-no-project = A project is needed first.
links-f-project = Project
links-f-area = Neighbourhood
links-f-area-none = The whole town
links-f-place = Place
links-f-place-hint = Optional. A street or place, filled in for the person: “Station”.
links-f-name = Name of the link
links-f-name-hint = Optional, for the team: “Poster at the station”.
links-make = Make the link
links-error-long = Shorten the name: { $n } characters at most.
links-error-project = Choose a project of the list.
links-address = The address and its code
links-qr = Code to photograph of the short link
links-svg = Code as SVG
links-png = Code as PNG
links-came = Who came by this link
links-d-visits = Visits
links-d-ideas = Ideas posted
links-d-place = Place
links-d-since = Made on
handle-came-by = by the link “{ $link }”
links-total = In all:
links-last = The latest ideas
links-manage = Manage this link
links-rename = Save the name
links-stop = Stop this link
links-stop-why = Stopped, the link opens nothing any more. You can put it back in use.
links-start = Put back in use
links-start-why = The link will open again, with the same address.
links-desk = All links, by place
done-lien-cree = The link is made.
done-lien-nomme = The name is saved.
done-lien-arrete = The link is stopped. It opens nothing any more.
done-lien-repris = The link is in use again.
refusal-short_link_stopped = This link is no longer in use
    .why = The poster or leaflet that carries it is out of date.
    .next = You can give your idea from the home page.
activity-link-made = { $who } made the short link { $what }
activity-link-renamed = { $who } renamed the short link { $what }
activity-link-stopped = { $who } stopped the short link { $what }
activity-link-started = { $who } put the short link { $what } back in use

feed-ideas = Ideas, { $name }
    .about = The newest ideas of all consultations.
feed-project = { $name }
    .about = The newest ideas of this consultation.
feed-answers = Answers, { $name }
    .about = The newest official answers.
feed-follow = Follow by feed:

widget-title = A frame for your site
widget-intro = The question, the newest ideas and a button, in a page of the town’s site.
widget-code = The code to copy
widget-of = What to show?
widget-of-all = All consultations
widget-show = Show this code
widget-paste = Paste this line in the page of your site, where the frame is to appear.
widget-see = See the frame alone
widget-sites = The sites allowed
widget-sites-why = A browser shows the frame on these sites only. No other page of this address can be put in a frame: nobody can deceive your citizens that way.
widget-sites-none = No site yet: the frame is shown nowhere.
widget-f-sites = Addresses of the sites
widget-f-sites-hint = One a line, with https. Example: https://www.rivemont.fr
widget-save = Save the sites
widget-error-site = “{ $site }” is not the address of a site. Example: https://www.rivemont.fr
widget-error-many = Keep { $n } sites at most.
widget-newest = The newest ideas
widget-more = Read all ideas and give yours
widget-new-window = new window
done-sites-du-cadre = The sites allowed are saved.
activity-widget-sites = { $who } changed the sites that may show the frame ({ $what })

links-print = Print
links-print-intro = PDF files in the colours of your site.
links-a4 = A4 poster
links-a3 = A3 poster
links-tear-off = Strips to tear off
poster-call = Photograph this code
poster-how = Write your idea in a minute, without an account. We answer each one.
poster-or = Or type this address:
poster-code = Code to photograph: it opens the address written beside it.
poster-strips = Ten strips to tear off, each with the same code and the same address.
card-project = Consultation
card-give = Give your idea
card-read = Read the ideas
card-support = Support this idea
