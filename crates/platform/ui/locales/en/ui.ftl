skip = Skip to content
title-error = Error:
menu = Menu
leave = Leave
crumbs = Breadcrumb
nav-main = Main menu
nav-ideas = Ideas
nav-projects = Consultations
nav-answers = Answers
nav-team = Team desk
nav-team-label = Team desk
nav-public-site = See the site
nav-own-space = My space
nav-sign-in = Sign in
nav-waiting = waiting
foot-telephone = Telephone:
foot-help-nav = Help and access
foot-help = Help and contact
foot-easy = Easy to read
foot-paper = Take part on paper
foot-charter = Charter
foot-legal-nav = Legal information
foot-accessibility = Accessibility: partially compliant
foot-data = My data
foot-legal = Legal notice
foot-api = Data for programs
foot-moderation = Moderation
foot-open-data = Open data
foot-parvis = Powered by Parvis, free software
foot-promise = Your texts serve these consultations only. No figure is published about fewer than 11 people. Nobody is profiled.
ago-now = just now
ago-minutes = { $n ->
    [one] { $n } minute ago
   *[other] { $n } minutes ago
}
ago-hours = { $n ->
    [one] { $n } hour ago
   *[other] { $n } hours ago
}
ago-yesterday = yesterday
ago-days = { $n ->
    [one] { $n } day ago
   *[other] { $n } days ago
}
wait-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
wait-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}
wait-now = less than a minute
wait-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
form-errors = { $n ->
    [one] One thing to correct
   *[other] { $n } things to correct
}
form-kept = Nothing is lost: what you wrote is kept.
role-owner = Owner
role-administrator = Administration
role-moderator = Moderation
role-analyst = Reading and analysis

refusal-not_signed_in = Please sign in to go on
    .why = This page belongs to one person: we must know it is you.
    .next = Sign in with your mail, no password. You will come back here.
refusal-not_allowed = Your role does not allow this
    .why = This page or this action is kept for some members of the team.
    .next = Ask an owner or administrator to give you this right.
refusal-form_expired = This form has expired
    .why = It stayed open for long, or your browser erased our cookie.
    .next = What you wrote is below. Send it again.
refusal-foreign_origin = This request comes from another site
    .why = To protect you, we only accept forms from our own pages.
    .next = Go back to the home page and start again here.
refusal-too_many = Too many requests in a short time
    .why = This limit protects the site from automatic sending.
    .next = Wait a few minutes, then try again. Go back: your text is still there.
refusal-too_many-until = You can try again at { $time }
refusal-too_many-until-day = You can try again on { $date } at { $time }
refusal-too_many-read = Too many requests left from here in a short time. You did nothing wrong.
refusal-too_many-kept = Too many requests left from here in a short time. You did nothing wrong: what you wrote is kept.
refusal-link_invalid = This link is no longer valid
    .why = It has been used, it has expired, or your mail program cut it.
    .next = Ask for a new link: it comes within a minute.
refusal-changed_meanwhile = Somebody changed this meanwhile
    .why = Another member of the team came just before you.
    .next = Go back to see where things stand. Your text is still there.
refusal-too_large = This is too large
    .why = The text or file is more than we accept.
    .next = Go back, your text is still there, and shorten it.
remaining-soon = Less than a minute left.
remaining-minutes = { $n ->
    [one] About { $n } minute left.
   *[other] About { $n } minutes left.
}
remaining-hours = { $n ->
    [one] About { $n } hour left.
   *[other] About { $n } hours left.
}

# why an address gets no mail any more
address-refused-unknown = Its server says that this address does not exist (answer { $code }).
address-refused-closed = Its server says that this mailbox is closed (answer { $code }).
address-refused-refused = Its server refuses to deliver our mails there (answer { $code }).

# what is typed in a long form
form-offline = No network. What you typed is kept on this device, and leaves when the network is back.
form-draft-back = What you had typed here is back. Nothing is sent yet.
exports-this = Export this list
nav-search = Search
nav-search-field = Search the team’s space
nav-search-do = Start the search
settings-title = Settings
settings-title-of = Settings: { $section }
settings-nav = Sections of the settings
settings-recent = Last changes here

# the keys of the desk
keys-title = Keyboard shortcuts
keys-short = Shortcuts
keys-enter = Enter
keys-close = Close
keys-off = Turn the shortcuts off
keys-on = Turn the shortcuts on
keys-note = Letters do nothing while you type in a field. Escape closes what is open and leaves the field.
key-rows = next, previous
key-next = next
key-previous = previous
key-open = open
key-tick = choose
key-all = choose the whole page
key-matching = choose all that match
key-publish = publish
key-masked = publish without the number
key-refuse = refuse
key-answer = answer
key-others = other actions
key-give = give to somebody
key-merge = merge
key-status = change the status
key-theme = change the theme
key-area = change the area
key-project = move to another project
key-show = show again
key-hide = hide
key-reconsider = consider again
key-note = write an internal note
key-templates = templates of refusals
key-block = block, lift the block
key-support = count a support
key-undo = undo what was just done
key-preview = see the preview
key-keep = choose what is kept
key-apart = they are two people
key-abandon = give up
key-restart = start again
key-reread = ask for a reading
key-stop = stop
key-refresh = refresh the page
key-resume = go on
key-add = add
key-change = change
key-try = try
key-now = start now
key-accord = note an agreement
key-look = compare the two sheets
key-duplicates = possible duplicates
key-blocks = blocked people
key-lift = lift the block
key-maintain = keep the block
key-hold = write to this address again
key-data = download their data
key-erase = erase the person
key-public = see the public page
key-languages = languages
key-files = images and files
key-copy = copy the project
key-phase = add a phase
key-draft = keep as a draft
key-short-link = short link
key-moderators = moderators
key-page-next = next page
key-page-previous = previous page
key-filter = filter
key-view = save this view
key-export = export this list
key-reports = export the reports
key-receipts = receipts
key-refused-lines = refused lines as a file
key-import = import
key-sections = sections of the settings
key-save = save or send the form
key-search = search everywhere
key-help = all shortcuts
key-again = send again
key-secret = change the secret
key-pause = pause
key-remove = go to the button that removes
key-print = print the A4 poster
key-widget = frame for another site
key-reset = take the second check away
key-second = require the second check or not
key-raise = move up
key-restore = back to the original text
key-read = read the mail
key-take = download the backup
key-csv = export as CSV
key-xlsx = export for a spreadsheet
key-geojson = export for a map
key-print-a3 = print the A3 poster
key-tear-off = print the tear-off codes
key-svg = code as SVG
key-png = code as a picture
key-open-result = see what was imported
key-lower = move down
