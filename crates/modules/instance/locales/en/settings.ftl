### Settings.

settings-identity = Identity
settings-look = Colour
settings-mail = Mail
settings-outbox = Outbox
settings-languages = Languages
settings-statuses = Statuses of ideas
settings-pages = Pages
settings-journal = Journal
settings-save = Save
settings-optional = Optional
settings-too-long = This is too long. At most { $n } characters.
done-settings-saved = Saved.

settings-state-no-contact = No contact address
settings-state-colour-moved = { $value }, darkened to stay readable
settings-state-colour-kept = { $value }, kept as it is
settings-state-languages = { $n ->
    [one] { $n } language
   *[other] { $n } languages
}
settings-state-mail-none = Nothing leaves
settings-state-mail-by = Leaves by { $value }
settings-state-outbox-failed = { $n ->
    [one] { $n } mail refused
   *[other] { $n } mails refused
}
settings-state-outbox-waiting = { $n ->
    [0] Nothing waits
    [one] { $n } mail waits
   *[other] { $n } mails wait
}
settings-state-statuses = { $n ->
    [0] Usual words
    [one] { $n } status in your words
   *[other] { $n } statuses in your words
}
settings-state-pages-original = { $n } pages, original texts
settings-state-pages-own = { $n ->
    [one] { $n } text written by you
   *[other] { $n } texts written by you
}
settings-state-journal = Who did what

settings-identity-lead = What the top of pages and mails shows.
settings-name = Name at the top of pages
settings-name-hint = Example: Rivemont en commun
settings-name-missing = The name is missing. Example: Rivemont en commun.
settings-tagline = What it is, in three or four words
settings-question = The question of your home page
settings-question-hint = Short and open: anybody should be able to answer in one sentence.
settings-question-missing = The question is missing. Example: What would you change in Rivemont?
settings-kind = Your organisation
settings-commune = Town
settings-commune-hint = Its name, or its name and postcode.
settings-commune-several = Several towns have this name. Add the postcode: { $list }
settings-population = Number of inhabitants
settings-population-hint = Taken from the list of communes. Correct it here if needed.
settings-population-wrong = Write a whole number. Example: 18545
settings-contact-title = How to reach you
settings-contact-lead = At the foot of each page and each mail.
settings-address = Postal address
settings-telephone = Telephone
settings-contact = Mail address
settings-contact-hint = Replies to your mails arrive here.
settings-address-wrong = This address is not complete. Example: hello@rivemont.example
settings-promise-title = What you promise
settings-promise-lead = Everybody who posts an idea reads these delays.
settings-answer-days = Answer within, in days
settings-answer-days-hint = From 1 to 365.
settings-days-wrong = Write a number of days, from 1 to 365.
settings-review-hours = Read before publication within, in hours
settings-review-hours-hint = From 1 to 168, which is a week.
settings-hours-wrong = Write a number of hours, from 1 to 168.
settings-answer-office = Office under official answers
settings-answer-office-hint = Proposed to whoever answers. Example: deputy mayor for streets
settings-where-title = Time and address of the site
settings-time-zone = Local time
settings-time-zone-hint = The dates of consultations follow this time.
settings-zone-wrong = Choose a time of the list.
settings-base-url = Address of the site
settings-base-url-hint = As people type it, for the links in mails. Example: https://rivemont.example
settings-base-url-wrong = Write the address with https:// and nothing after the name. Example: https://rivemont.example
settings-source-url = Address of the source code
settings-source-url-hint = The licence gives everybody a right to the code of this version: the page “Parvis” leads there. Without an address, it says to ask you for it.
settings-source-url-wrong = Write a complete address. Example: https://code.example.org/parvis

settings-colour = Your colour
settings-colour-hint = One is enough. Paste the one of your poster, or take it from the palette.
settings-colour-palette = Palette
settings-colour-code = Code of the colour
settings-colour-try = Try this colour
settings-colour-save = Keep this colour
settings-colour-wrong = This is not the code of a colour: a hash and six signs. Example: #0B6670
settings-colour-moved = We darkened your colour so that text stays readable.
settings-colour-moved-why = Here are both, side by side.
settings-colour-yours = Yours, { $hex }
settings-colour-used = On pages, { $hex }
settings-colour-kept = This colour is readable: we keep it as it is, { $hex }.
settings-preview = Preview
settings-preview-post = Post an idea
settings-preview-now = Running
settings-preview-light = In light. Text on the button: { $ratio } to 1.
settings-preview-dark = In dark, if the phone asks for it: { $ratio } to 1.

settings-languages-lead = The language of the space, and those that people may choose at the foot of pages.
settings-language-main = Language of the space
settings-language-main-hint = That of mails, and of pages when the browser asks for no other.
settings-language-offered = Languages offered
settings-language-offered-hint = That of the space always is.
settings-language-missing = Choose a language.

settings-statuses-lead = Each status has a usual word. Write yours if you prefer; leave it empty to keep the usual word.
settings-status-usual = Usual word: { $word }

settings-mail-lead = The address your messages come from, and the server that carries them.
settings-mail-set = Server set
settings-mail-unset = Nothing leaves
settings-mail-from = Sender’s address
settings-mail-from-hint = It must belong to the server’s account.
settings-mail-host = Server
settings-mail-host-hint = Example: smtp.provider.example. Leave it empty to send nothing.
settings-host-wrong = Write the name of the server, without spaces or https://. Example: smtp.provider.example
settings-mail-security = Protection
settings-mail-security-hint = TLS is nearly always right.
settings-mail-tls = TLS from the start (465)
settings-mail-starttls = STARTTLS (587)
settings-mail-none = None, a server on this machine
settings-security-wrong = Without protection the password would travel in the clear. Choose TLS or STARTTLS.
settings-mail-port = Port
settings-mail-port-hint = Leave it empty for the usual port.
settings-port-wrong = Write a number, from 1 to 65535.
settings-mail-user = Account
settings-mail-user-hint = Empty if the server asks for none.
settings-user-wrong = This account or password is too long.
settings-mail-password = Password
settings-mail-password-hint = With most providers, an application password.
settings-mail-password-kept = Leave it empty to keep the present one.
settings-password-missing = The password is missing. It is never reused for another server, another account or an unprotected connection.
settings-mail-try = Save and send me a trial
settings-mail-save = Save without a trial
settings-mail-to = To { $email }
settings-mail-outbox = Open the outbox
settings-mail-outbox-lead = As long as nothing leaves, everything waits there. Nothing is lost, nothing will leave twice.

settings-verdict-sent = The server took your trial
    .next = Look into your mailbox in a minute, and into the junk. What was waiting leaves now.
settings-verdict-password = The server refuses the account or the password
    .next = Most providers ask for an application password, different from the one of your mailbox.
settings-verdict-address = The server refuses the address
    .next = Check that the sender’s address belongs to this account, and that the receiving address exists.
settings-verdict-protection = The protection chosen is not the server’s
    .next = Try STARTTLS with port 587, or TLS with port 465.
settings-verdict-unreachable = Nobody answers at this name and port
    .next = Check the name of the server and the port. A firewall may also block the way out.
settings-verdict-later = The server asks to wait
    .next = It often limits mails. We will try again by ourselves.
settings-verdict-other = The server did not take the mail
    .next = Ask your provider what is in the way.
settings-verdict-digits = Answer { $code } of the server.
settings-trial-title = The trial worked: your mails leave
settings-trial-text = You are reading this message: the mail server is set. The mails that were waiting leave in turn.
settings-trial-why = You asked for this trial in Settings, Mail.

settings-pages-lead = Complete texts are here already. Replace them with yours when you like.
settings-page-column = Page
settings-page-texts = Texts
settings-page-edit = Edit
settings-page-own = your text, { $date }
settings-page-original = original text
settings-page-is-own = your text
settings-page-back = All pages
settings-page-lead = The text that people read. The address of the page never changes.
settings-page-legal-note = The law asks here for the name of whoever is responsible for the publication, and for the name, address and telephone of the hosting provider. Add them: Parvis does not know them.
settings-page-text = Text
settings-page-text-hint = A few signs are enough:
settings-page-mark-title = Title
settings-page-mark-bold = bold
settings-page-mark-list = list
settings-page-mark-link = link
settings-page-values = These words are replaced by your settings:
settings-page-save = Publish this text
settings-page-try = See the preview
settings-page-empty = The text is empty. Write it, or go back to the original text.
settings-page-changed = Somebody changed this text while you were writing. Yours is below: publish it to replace the other.
settings-page-restore = Back to the original text
settings-page-restore-why = Your text is erased and the one of Parvis replaces it.
settings-page-restore-do = Erase my text
done-settings-page-saved = Your text is online.
done-settings-page-restored = The original text is online again.

outbox-lead = Every mail passes here. Nothing is lost, nothing leaves twice.
outbox-no-server = No mail server is set: everything waits here.
outbox-set-server = Set the server
outbox-away = The mail server has not answered since { $date }, { $time }
outbox-away-waiting = { $n ->
    [0] Nothing waits.
    [one] { $n } mail waits; it is not lost.
   *[other] { $n } mails wait; none is lost.
}
outbox-away-next = Next try: { $date }, { $time }. Everything then leaves by itself.
outbox-filters = Mails by state
outbox-all = All
outbox-filter-waiting = Waiting
outbox-filter-sending = Uncertain
outbox-filter-failed = Refused
outbox-filter-sent = Sent
outbox-filter-cancelled = Cancelled
outbox-state-waiting = About to leave
outbox-state-until = Leaves at { $time }
outbox-state-held = Waits for a server
outbox-state-sending = Under way or interrupted
outbox-state-failed = Refused
outbox-state-sent = Sent
outbox-state-cancelled = Cancelled
outbox-empty = No mail here.
outbox-to = To { $to },
outbox-when = { $date }, { $time }
outbox-older = Older mails
outbox-back = The whole outbox
outbox-recipient = To
outbox-written = Written
outbox-sent = Sent
outbox-after = Leaves on
outbox-attempts = Tries
outbox-uncertain = If it stays so for more than a few minutes, the sending was interrupted: we don’t know whether it left. Send it again if the person did not get it.
outbox-again = Send this mail again
outbox-text = Text of the mail
outbox-gone = The text is erased once the mail has left.
outbox-owner-only = This mail is for an owner and may hold their sign-in link. Only an owner may read it.
outbox-personal-data = The mails we wrote to you: their subject and date
    .team = The mails written to them
journal-personal-data = What the journal says you did, if you are on the team
    .team = Their lines of the journal
done-outbox-again = This mail is in the queue again. It leaves as soon as the server takes it.

journal-lead = Who did what, and when. No text or address of a citizen is kept here.
journal-kind = What was done
journal-all = Everything
journal-apply = Apply
journal-clear = Show everything
journal-empty = Nothing for now.
journal-older = Older

activity-settings-changed = { $who } changed a setting: { $what ->
    [identity] identity
    [look] colour
    [languages] languages
    [mail] mail
    [statuses] statuses of ideas
    [moderation] moderation
    [retention] how long things are kept
    [backups] backups
    [licence] licence of the data
   *[other] { $what }
}
activity-page-changed = { $who } wrote the page “{ $what }”
activity-page-restored = { $who } went back to the original text of the page “{ $what }”
activity-mail-resent = { $who } sent a mail again

settings-quiet = Quiet hours
settings-quiet-lead = At night, answers, news of followed ideas and summaries wait for the morning. Codes, sign-in links and confirmations always leave at once.
settings-quiet-on = Keep quiet hours
settings-quiet-from = Nothing leaves from
settings-quiet-to = Everything leaves again at
settings-quiet-hint = Example: 21:00
settings-quiet-hint-end = Example: 8:00
settings-quiet-wrong = Write a time. Example: 21:00
settings-quiet-same = Both times are the same. Choose another end, or untick quiet hours.
settings-quiet-held = { $n ->
    [one] Right now { $n } mail waits: it leaves at { $time }.
   *[other] Right now { $n } mails wait: they leave at { $time }.
}
settings-quiet-save = Keep these hours
settings-licence = Licence of the data
licence-see = See the open data
licence-lead = What whoever takes the open data may do with them. The page, the files and the programs’ access say so.
licence-choose = Licence
licence-missing = Choose a licence.
licence-licence-ouverte = Licence Ouverte 2.0
licence-licence-ouverte-says = Reuse with the source and the date named. The one of French administrations.
licence-odbl = ODbL 1.0
licence-odbl-says = Reuse with the source named, and share alike the database made from it. The other one a French administration may choose without leave.
licence-cc-by = CC BY 4.0
licence-cc-by-says = Reuse with the source named. Known all over the world; a French administration asks the State first.
licence-own = Your own words
licence-own-says = Write below what is allowed.
licence-own-words = Your terms
licence-own-hint = Read only if you chose “Your own words”. 1,000 characters at most.
licence-own-missing = Write what is allowed, or choose another licence.
journal-who = Who
journal-anybody = Anybody
journal-project = Project
journal-any-project = All projects
journal-from = From
journal-until = To
journal-receipt = Receipt
journal-none = Nothing answers to these filters.
settings-pace = Sending rate
settings-pace-lead = Many hosts block an account that sends too many mails in an hour, sign-in codes included. Ask yours for its limit. Codes and confirmations go first, and a fifth is kept for them.
settings-pace-n = Mails an hour, at most
settings-pace-hint = Example: 200. Empty: no limit.
settings-pace-wrong = Give a number from 0 to { $n }, or nothing.
settings-pace-save = Keep this rate
outbox-pace-full = The limit of { $n } mails an hour is reached for mails that can wait.
outbox-pace-waiting = { $n ->
    [one] { $n } mail waits.
   *[other] { $n } mails wait.
}
outbox-pace-resumes = Sending resumes at { $time }.
outbox-pace-change = Change the rate

# addresses that refuse our mails
outbox-dead = Not sent: its link served no more
outbox-dead-next = The mail waited for longer than its link lasts. The person got nothing: they can ask for another, or you can invite them again.
outbox-refused = This address has had no mail since { $date }
outbox-refused-what = Nothing goes there now but sign-in links.
outbox-refused-sheet = Write there again from the person’s sheet
outbox-refused-count = { $n ->
    [one] One address gets no mail any more
   *[other] { $n } addresses get no mail any more
}
outbox-refused-lead = A mail was refused there for good. The person’s sheet lets you write there again.
outbox-over = This mail did not leave, and its text is deleted: what it told was no longer true, or the person no longer asks for it.
outbox-stopped = This mail did not leave, and its text is deleted: the address refused mail already.
refused-personal-data = Your addresses that refuse our mails: what their server answered, and when
    .team = Their addresses that refused our mails
settings-recent-all = The whole journal of settings
settings-change = { $who } changed { $what }: { $from } became { $to }.
settings-put-back = Put back { $value }
done-settings-undone = It is as it was before.
activity-settings-undone = { $who } put a setting back: { $what }
settings-value-name = the name of the site
settings-value-tagline = the line under the name
settings-value-kind = the kind of site
settings-value-commune = the town
settings-value-question = the question of the home page
settings-value-colour = the colour
settings-value-lang = the language of the site
settings-value-languages = the languages offered
settings-value-time-zone = the time zone
settings-value-address = the postal address
settings-value-telephone = the telephone
settings-value-contact = the contact mail
settings-value-answer-days = the days to answer
settings-value-review-hours = the hours to review
settings-value-answer-office = the office under answers
settings-value-quiet = the quiet hours
settings-value-mails-per-hour = the mails an hour
settings-value-licence = the licence of the data
settings-value-status-words = the words of statuses
settings-value-base-url = the address of the site
settings-value-source-url = the address of the source
settings-value-embed-sites = the sites that show the frame
settings-value-second-factor = the second check
settings-value-set-up-at = the date of the set-up
settings-value-demo = the demo mode
settings-value-smtp-host = the mail server
settings-value-smtp-port = the port of the server
settings-value-smtp-user = the account on the server
settings-value-smtp-security = the protection of the server
settings-value-smtp-from = the sending address
settings-value-nothing = nothing
settings-value-yes = yes
settings-value-no = no
settings-value-before = the setting of before
keep-changes = Changes of settings
keep-changes-why = Who changed what, so that it can be put back. The journal keeps the line.
