### What residents read.

# Numbers
count-ideas = { $n ->
    [0] No idea
    [one] { $n } idea
   *[other] { $n } ideas
}
count-supports = { $n ->
    [one] { $n } support
   *[other] { $n } supports
}
count-comments = { $n ->
    [0] No comment
    [one] { $n } comment
   *[other] { $n } comments
}
optional = Optional.
office-town = Town hall
office-team = Team

# Home
home-crumb = Home
home-description = Say what you think of your town in one sentence, without an account.
home-eyebrow = The programme is written with you
home-eyebrow-town = The town decides with you
home-question = What would you change here?
home-your-idea = Your idea, in a sentence or two
home-example = For example: benches are missing on the way to school…
home-no-account = No account to create. You sign afterwards, if you wish.
home-continue = Continue
home-closed = Ideas are no longer collected for now. Read what was proposed and what becomes of it.
home-read-ideas = Read the ideas
home-we-answer = You always get an answer.
home-now = Right now
home-outcomes = What becomes of your ideas
home-all-answers = All answers ({ $n })
home-by = Proposed by { $who }.
home-read-answer = Read the answer

# Consultations
projects-title = Consultations
projects-description = What is asked now, and what was asked before.
projects-none = No consultation is open for now.
projects-open = Open
projects-over = Over
projects-archived = Archived
projects-between = Between two steps
project-post = Propose an idea
project-areas = Areas: { $names }.
project-about = All about this consultation
project-easy = In short
project-steps = Steps of the consultation
project-step-now = present step
project-last-day = This is the last day
project-days-left = { $n ->
    [one] { $n } day left, until { $date }
   *[other] { $n } days left, until { $date }
}
project-open-until = { $n ->
    [one] Open until { $date }, { $n } day left
   *[other] Open until { $date }, { $n } days left
}
phase-from = from { $date }
phase-span = { $start } to { $end }
refused-from = From { $date }
refused-since = Over since { $date }

# Lists
ideas-title = Ideas
ideas-description = All ideas of all consultations, as a list and on the map.
list-filter = Filter and search
list-filter-label = Filter the ideas
list-themes = Themes
list-more-themes = { $n ->
    [one] { $n } more theme
   *[other] { $n } more themes
}
list-no-more-theme = None
list-search = Search a word
list-area = Area
list-all-areas = All areas
list-status = Status
list-all-statuses = All statuses
list-sort = Sort by
list-apply = Apply
list-some = { $n ->
    [0] No idea out of { $whole }
    [one] { $n } idea out of { $whole }
   *[other] { $n } ideas out of { $whole }
}
list-see-map = See the map
list-download = Download (CSV)
list-download-some = { $n ->
    [one] Download this idea (CSV)
   *[other] Download these { $n } ideas (CSV)
}
list-nothing-found = No idea matches. Try another word, or fewer filters.
list-show-all = See all ideas
list-empty = No idea yet. The first may be yours.
list-past-end = { $n ->
    [one] Nothing on this page: the list has one page.
   *[other] Nothing on this page: the list ends at page { $n }.
}
list-first-page = Go to the first page
list-drawn = The order is drawn by lot for you.
sort-hasard = Random
sort-recentes = Newest
sort-soutenues = Most supported
sort-discutees = Most discussed
pager-label = Result pages
pager-before = Previous page
pager-after = Next page
pager-page = Page { $n } of { $of }
map-title = Map of the ideas shown
map-title-one = Map of the place
map-pin = Idea { $n }: { $title }
map-caption = The numbers are those of the list. An idea without an address stands in its area.
map-placeless = { $n ->
    [one] { $n } idea of this page has no place.
   *[other] { $n } ideas of this page have no place.
}
answers-title = What becomes of your ideas
answers-description = All answers, newest first, refusals included.
answers-count = { $n ->
    [0] No answer
    [one] { $n } answer
   *[other] { $n } answers
}
answers-none = No answer is published yet.
answers-on = Answered on { $date }

# File of ideas
csv-number = Public number of the idea
csv-title = Title, if any
csv-text = Text as written
csv-theme = Theme
csv-area = Area
csv-place = Street or place
csv-name = First name shown, empty for an anonymous idea
csv-date = Day it was posted
csv-status = Status of the idea
csv-supports = Number of confirmed supports
csv-comments = Number of comments online
csv-address = Address of the idea

# One idea
idea-anonymous = Anonymous
idea-number = Idea { $n }
idea-posted-on = Posted on
idea-act = Act on this idea
idea-people-support = { $n ->
    [one] person supports this idea
   *[other] people support this idea
}
idea-this = this idea
idea-waits = Being read.
idea-refused = This idea was not published.
idea-correct = Correct it and propose it again
idea-on-desk = Open on the team desk
answer-of-town = Answer of the town hall
answer-of-team = Answer of the team
answer-published = Published on
answer-after = { $n ->
    [0] the day it was posted
    [one] { $n } day after it was posted
   *[other] { $n } days after it was posted
}
answer-decision = Decision
answer-cost = Cost
answer-funding = Funding
answer-funding-voted = Budget voted
    .after = budget voted
answer-funding-to_vote = Budget to be voted
    .after = budget to be voted
answer-funding-grant = Grant expected
    .after = grant expected
answer-next = Next step
steps-title = Where does it stand?
step-posted = Posted
step-online = Published
step-answered = Answer published
step-next = Next step
step-answer-due = Answer expected
step-before = Before { $date }
step-overdue = { $n ->
    [one] Promised before { $date }: { $n } day overdue
   *[other] Promised before { $date }: { $n } days overdue
}
related-title = Close ideas
related-supports = supports
gone-withdrawn = This idea was taken back
gone-erased = Idea erased at the request of whoever wrote it
gone-withdrawn-why = Whoever wrote it took it back. Its text is no longer online.
gone-hidden = This idea is no longer online
taken-back-title = This consultation is no longer public
taken-back-why = The team took it back from the public. What you wrote there is no longer online: only you and the team can still read it.
taken-back-state = No longer online
taken-back-idea = Your idea no. { $n }
taken-back-comment = Your comment
taken-back-space = Back to my space
taken-back-home = Back to the home page
gone-hidden-why = It is hidden until somebody of the team has read it again.
own-title = This is your idea
own-change = Change the text before it is published
own-save = Save the text
own-withdraw = Take back my idea
own-withdraw-hint = You can put it back online.
own-restore = Put my idea back online

# Supporting
support-do = Support
support-done = Supported
support-of = supports: { $title }
support-confirm = Confirm my support, 20 seconds
support-waiting = { $n ->
    [one] Your support is kept. It counts once confirmed.
   *[other] Your { $n } supports are kept. They count once confirmed.
}
support-one-each = One support each. You can take it back.
support-closed = Supports closed
support-closed-why = This idea can no longer be supported. You can follow and share it.
oppose-do = I am against
oppose-done = You are against
refused-short-phase_closed = Supports are closed.
refused-short-phase_not_started = Opens soon.
refused-short-not_in_this_phase = No supports at this step.
refused-short-project_archived = Archived consultation.
refused-short-no_anonymous = A first name is needed.
confirm-supports-title = Confirm my support
confirm-heading = { $n ->
    [one] Confirm your support, 20 seconds
   *[other] Confirm your { $n } supports, 20 seconds
}
confirm-why = One person, one support: we send you a link and a code, no password.
confirm-email-hint = Example: odette@example.org
confirm-send = Get my code
confirm-never-shown = Your email is never shown. It only serves to count your support.
confirm-never-shown-box = Your email is never shown. Without the box, it only serves to count your support.
confirm-nothing = Nothing to confirm
confirm-nothing-why = All supports of this browser are counted already, or you gave none yet.
confirm-fact-idea = Your idea
confirm-fact-theme = Theme
confirm-fact-place = Place
confirm-fact-name = Signed

# Following, sharing
follow-do = Follow
follow-done = Followed
follow-ask-title = Follow this idea
follow-ask-why = We send you a link and a code, without a password. One click, and you follow the idea.
follow-ask-never-shown = Your mail address is never shown.
confirm-tell-me = Tell me of the answer
consent-supporter = I agree to receive a mail when an idea I support changes its state or receives an answer. I can stop whenever I like.
follow-needs-mail = Following an idea needs an email address.
share-do = Share
share-address = The address of this idea
share-by-mail = Send it by mail
share-done = The address is copied.
consent-follow = I agree to receive an email when an idea I follow changes status or is answered. I can stop at any time.
consent-answers = I leave an email address to receive the answer to my idea and know what becomes of it. I can stop at any time.
leave-title = Stop these emails
leave-ask-weekly = You receive a summary of the week, if there is news.
leave-ask-daily = You receive a summary of the day, if there is news.
leave-ask-idea = You receive a mail when the idea “{ $title }” changes.
leave-idea = You will get no more email about the idea “{ $title }”.
leave-daily = You will get no more daily summary.
leave-weekly = You will get no more weekly summary.
leave-do-idea = Stop mail about this idea
leave-do-summary = Stop this summary
leave-hint = Your other choices do not change. No need to sign in.
leave-done = It is done
leave-done-more = You can change your mind at any time in your own space.
leave-choices = See my choices

# Comments
comment-yours = Your comment
comment-reply-yours = Your reply
comment-name-hint = Optional. Without a first name, the comment is anonymous.
comment-name-asked = A first name is needed at this step.
comment-review = { $n ->
    [one] Shown after it is read, usually within { $n } hour.
   *[other] Shown after it is read, usually within { $n } hours.
}
comment-publish = Publish my comment
comment-closed = Comments are closed at this step.
comment-sort-utiles = Most useful
comment-sort-recents = Newest
comment-useful = Useful
comment-useful-count = { $n ->
    [one] Useful to { $n } person
   *[other] Useful to { $n } people
}
comment-of = comment { $n }
comment-reply = Reply
comment-before = Previous comments
comment-after = Next comments
comment-others = { $n ->
    [one] See the other comment
   *[other] See the { $n } other comments
}
comment-missing = Your comment is missing.
side-for = For
side-against = Against

# Reporting
report-idea = Report this idea
report-title = Report this comment
report-comment = Report comment { $n }
report-why = What is wrong?
report-recognisable = Somebody can be recognised
report-hurtful = It is hurtful or hateful
report-off_topic = It is off topic
report-advertising = It is advertising
report-other = Something else
report-note = Tell us more
report-then = Somebody of the team reads each report.
report-send = Send my report
report-missing = Choose what is wrong.

# Posting
post-title-1 = Propose an idea, step 1 of 3
post-title-2 = Propose an idea, step 2 of 3
post-title-3 = Propose an idea, step 3 of 3
post-step-1 = Step 1 of 3.
post-step-2 = Step 2 of 3. Your text is kept.
post-your-idea = Your idea
post-project = For which consultation?
post-at = Place: { $place }
post-then = Next: the place and the signature, if you wish.
post-offline = No network. Your text is kept and leaves when the network is back.
post-missing = Your idea is missing. One sentence is enough.
post-kept = Your text is kept:
post-where-who = Where, and who signs?
post-edit = Change the text
post-close = { $n ->
    [one] There is a close idea
   *[other] There are close ideas
}
post-support-this = Support this one
post-read-it = Read it
post-theme = Theme
post-theme-guessed = Found in your text. Change it if needed.
post-theme-other = None of these
post-where = Where is it?
post-where-hint = A street or a place. Optional.
post-areas-own = Areas of this consultation
post-areas-other = Elsewhere in the town
post-no-area = I do not say
post-who = Who signs?
post-my-name = My first name
post-my-name-known = The answer goes to your confirmed address.
post-nobody = Nobody
post-nobody-hint = Anonymous idea. I will not be answered directly.
post-name-asked = At this step, an idea is signed with a first name.
post-publish = Publish my idea
post-review = { $n ->
    [one] Read before it is published, usually within { $n } hour.
   *[other] Read before it is published, usually within { $n } hours.
}
post-at-once = Online at once.
post-charter = Charter and personal data
post-thanks = Thank you, your idea has arrived
post-online = It is online.
post-answer-by = We answer before { $date }.
post-address = The address of your idea:
post-confirm-title = Confirm your email address
post-confirm-why = We have just written to { $email }. Press the button of the mail, or type its six digits here, to receive our answer.
post-confirm-waits = This site cannot send mail for the moment. Yours, for { $email }, is kept and will leave as soon as possible. Its button, or its six digits, will confirm that you want to receive our answer.
post-code = Six-digit code
post-code-hint = You can paste it. Spaces do not count.
post-confirm = Confirm my address
post-follows = The answer will come by email and in your own space.
post-read-others = Read the other ideas
post-see-mine = See my idea
field-name = First name
field-email = Email
field-email-hint = No password: we send a link.
email-never-shown = The address is never shown.
email-missing = The email address is missing. Example: odette@example.org
email-wrong = This address is not complete. Example: odette@example.org
name-missing = The first name is missing. A nickname will do.
name-is-address = This is a mail address, and the first name is shown. Put a first name here and the address in its field, or leave it empty.
name-too-long = The first name has { $n } characters, { $max } at most. A nickname is fine.
place-too-long = The place has { $n } characters, { $max } at most. Keep the street or the place.
email-of-nobody = You chose “Nobody” and left an address. To receive the answer, choose “My first name”. Otherwise clear the address.
text-word-too-long = A word of the text has { $n } characters without a space, at most { $max }. Add spaces: nothing is erased.
text-too-long = The text has { $n } characters, at most { $max }. Keep the essential: nothing is erased.
form-trap-label = Leave this field empty
form-trap = Your browser filled in a hidden field. Send again: your text is kept.

# Own space
space-ideas = My ideas
space-ideas-hint = What became of them, the newest answer first.
space-news = New since your last visit, on { $date }.
space-news-mine = An answer to your idea:
space-news-followed = An answer to an idea you follow:
space-new = New
space-next-letter = Next mail, if there is news: { $date } at { $time }.
space-first-idea = Propose an idea
space-another-idea = Propose another idea
space-no-idea = You have not proposed an idea with this address yet.
space-withdrawn = Taken back
space-hidden = Hidden
space-answer = “{ $text }”
space-answered-on = Answered on { $date }.
space-posted-on = Posted on { $date }.
space-promise = Answer promised for { $date }.
space-promise-late = Answer promised for { $date }, { $n ->
    [one] { $n } day
   *[other] { $n } days
} late.
space-see = See the idea
space-open = Open
space-comments = My comments
space-comments-hint = Those that wait to be read too. You can take them back, and put them back.
own-comment-waits = Being read
own-comment-refused = Refused
own-comment-hidden = Hidden
own-comment-awaited = Hidden, to be read again
own-comment-withdrawn = Taken back
own-comment-online = Online
own-comment-on = Written on { $date }.
own-comment-under = Under the idea:
own-comment-withdraw = Take back my comment
own-comment-restore = Put my comment back
own-comment-waiting = Your comment is being read: “{ $text }”
space-supports = My supports
space-supports-hint = You can take them back at any time.
space-no-support = You support no idea for now.
space-comment = Comment
space-unsupport = Take back my support
space-follows = What I want to follow
space-follows-hint = Choose when we write to you. “Every day”: at 6 pm. “Every week”: on Friday at 8 am, one email for everything.
space-no-follow = You follow nothing for now. The “Follow” button is on the page of each idea and of each consultation.
space-mine = Your idea
space-others = Somebody else’s idea
space-save-choices = Save my choices
space-suspended-withdrawn = Suspended: consent withdrawn.
space-suspended-none = Suspended: no consent given.
space-suspended-how = Where it is suspended, no email is sent: your consent is needed. To give it again, tick the box, then save. Choosing a rhythm where you had “Never” gives it again too.
space-suspended-accords = See my consents
rhythm-now = At once
rhythm-daily = Every day
rhythm-weekly = Every week
rhythm-never = Never
data-ideas = The ideas you proposed, with their status.
    .team = Their ideas
data-comments = The comments you wrote.
    .team = Their comments
data-supports = The ideas and comments you support or oppose.
    .team = Their supports and oppositions
data-follows = What you follow, and how often.
    .team = What they followed
data-asked-follows = What you asked to follow with this address, until it is confirmed.
    .team = What they had asked to follow, unconfirmed
data-reports = The texts you reported.
    .team = Their reports
data-news = News of the ideas you follow, kept for your summaries.
    .team = News kept for their summaries
data-drafts = What you wrote before signing it.
    .team = Their drafts
data-answers = Official answers that you wrote for the team.
    .team = The official answers they wrote

# What was just done
done-soutenue = Your support is counted. Thank you.
done-soutien-garde = Your support is kept. It counts once confirmed.
done-soutien-note = Noted. Thank you.
done-soutien-retire = Your support is taken back.
done-opposition = Your opinion is recorded.
done-opposition-retiree = Your opinion is taken back.
done-suivie = You follow this idea. We write to you when it changes.
done-plus-suivie = You no longer follow this idea.
done-suivi-enregistre = Your choices are saved.
done-commentaire-publie = Your comment is online.
done-commentaire-recu = Your comment has arrived. It is shown once it has been read.
done-commentaire-retire = Your comment is taken back.
done-commentaire-remis = Your comment is put back.
done-signale = Thank you. Somebody of the team will read this text.
done-idee-modifiee = The text of your idea is saved.
done-idee-retiree = Your idea is taken back.
done-idee-remise = Your idea is online again.

# Refusals
refusal-phase_closed = This is over
    .why = The step that allowed it has passed. The team now reads what you wrote.
    .next = You can read the ideas, share them and follow what becomes of them.
refusal-phase_not_started = This is not open yet
    .why = The step that allows it has not begun.
    .next = Come back on the date shown. You can already read the consultation.
refusal-not_in_this_phase = This is not possible at this step
    .why = The consultation does not provide for it at the moment.
    .next = The page of the consultation says what is open, and when.
refusal-no_anonymous = A first name is needed
    .why = At this step, each text is signed with a first name or nickname.
    .next = Go back and add a first name. Your text is still there.
refusal-project_archived = This consultation is archived
    .why = It is over and stays online to be read.
    .next = See the consultations that are open now.

# Journal
activity-idea-posted = { $who } proposed idea { $what }
activity-idea-changed = { $who } changed their idea { $what }
activity-idea-withdrawn = { $who } took back their text { $what }
activity-idea-restored = { $who } put their text { $what } back online
activity-comment-posted = { $who } wrote comment { $what }
activity-contribution-reported_away = Three reports hid contribution { $what }

# Mails
letter-change-subject = { $news }: { $title }
letter-change-mine-accepted = Your idea is accepted
letter-change-mine-implemented = Your idea is done
letter-change-mine-rejected = Your idea is not accepted
letter-change-mine-under_consideration = Your idea is under consideration
letter-change-mine-proposed = Your idea is online
letter-change-mine-answered = An answer to your idea
letter-change-mine-other = Your idea has a new status: { $status }
letter-change-followed-accepted = An idea you follow is accepted
letter-change-followed-implemented = An idea you follow is done
letter-change-followed-rejected = An idea you follow is not accepted
letter-change-followed-under_consideration = An idea you follow is under consideration
letter-change-followed-proposed = An idea you follow is online
letter-change-followed-answered = An answer to an idea you follow
letter-change-followed-other = An idea you follow has a new status: { $status }
letter-change-intro-mine = You proposed “{ $title }”.
letter-change-intro-followed = You follow “{ $title }”.
letter-change-intro-united = You proposed “{ $own }”, which is now united with “{ $title }”.
letter-change-status = Its status is now: { $status }.
letter-change-button = See the idea
letter-change-why-mine = You proposed this idea on { $date } and asked to know what becomes of it.
letter-change-why-followed = You have followed this idea since { $date }.
letter-change-why-united = Your idea of { $date } is united with this one, and you asked to know what becomes of it.
letter-change-choices = Change my choices
letter-answer-when = { $n ->
    [0] Published on { $date }, the day of the idea
    [one] Published on { $date }, { $n } day after the idea
   *[other] Published on { $date }, { $n } days after the idea
}
letter-daily-subject = { $site }: { $n ->
    [one] { $n } piece of news today
   *[other] { $n } pieces of news today
}
letter-daily-title = { $n ->
    [one] Your day: { $n } piece of news
   *[other] Your day: { $n } pieces of news
}
letter-daily-why = You chose “every day”.
letter-weekly-subject = { $site }: { $n ->
    [one] { $n } piece of news this week
   *[other] { $n } pieces of news this week
}
letter-weekly-title = { $n ->
    [one] Your week: { $n } piece of news
   *[other] Your week: { $n } pieces of news
}
letter-weekly-why = You chose “every week”.
letter-digest-intro = { $n ->
    [one] Here is the idea that moved among those you follow.
   *[other] Here are the { $n } ideas that moved among those you follow.
}
letter-digest-button = Open my space
letter-digest-quiet = No news, no mail: when nothing moves, we do not write to you.
letter-digest-stop = Stop this summary
