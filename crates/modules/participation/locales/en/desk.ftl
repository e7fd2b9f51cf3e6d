# States of an idea: these words are the product's, the team may replace them.
status-prescreening = To be read
status-proposed = Online
status-under_consideration = Under consideration
status-accepted = Accepted
status-implemented = Done
status-rejected = Not accepted
status-answered = Answered
status-ineligible = Refused

desk-nav-today = Today
desk-nav-queue = Contributions
desk-nav-projects = Projects
desk-anonymous = Anonymous
desk-save = Save
desk-optional = (optional)
desk-pages = Pages
desk-page-number = Page { $n }
desk-page-next = Next page
desk-page-previous = Previous page
desk-origin-web = On the site
desk-origin-stand = At a stand
desk-origin-paper = On paper
desk-origin-phone = By telephone
desk-origin-import = Imported
desk-supports = { $n ->
    [0] no support
    [one] { $n } support
   *[other] { $n } supports
}
desk-comments = { $n ->
    [0] no comment
    [one] { $n } comment
   *[other] { $n } comments
}
desk-agree = { $n ->
    [one] { $n } person agrees
   *[other] { $n } people agree
}
desk-report-recognisable = a person can be recognised
desk-report-hurtful = hurtful words
desk-report-off_topic = off topic
desk-report-advertising = advertising
desk-report-other = another reason

desk-state-to-publish = To publish
desk-state-to-answer = To answer
desk-state-hidden = Hidden
desk-state-reported = Reported
desk-state-withdrawn = Taken back by its author

desk-act-publish = Publish
desk-act-refuse = Refuse
desk-act-refuse-send = Refuse and tell the author
desk-act-show = Put back online
desk-act-keep-shown = Leave online
desk-act-hide = Hide
desk-act-keep-hidden = Leave hidden
desk-act-answer = Answer
desk-act-correct-answer = Correct the answer
desk-act-reconsider = Read it again
desk-act-undo = Undo

today-title = Today
today-hello = Hello { $name }
today-now = { $day }, { $time }
today-waits = What waits
today-waits-intro = { $n ->
    [one] { $n } contribution.
   *[other] { $n } contributions. What has waited longest comes first.
}
today-waited = of waiting
today-wait-a-repondre = { $n ->
    [one] { $n } idea waits for an answer
   *[other] { $n } ideas wait for an answer
}
today-wait-signalees = { $n ->
    [one] { $n } contribution reported or contested
   *[other] { $n } contributions reported or contested
}
today-wait-a-publier = { $n ->
    [one] { $n } contribution to publish
   *[other] { $n } contributions to publish
}
today-wait-mail-unset = { $n ->
    [one] { $n } mail waits for a server
   *[other] { $n } mails wait for a server
}
today-wait-mail-failed = { $n ->
    [one] { $n } mail did not leave
   *[other] { $n } mails did not leave
}
today-detail-mail-unset = No mail server is set: nothing leaves.
today-detail-mail-failed = Within seven days. The list says why and sends them again.
today-verb-mail-unset = Set it
today-verb-mail-failed = See
today-about-mail-unset = the mail server
today-about-mail-failed = the mails that did not leave
today-reached = Your space on a telephone
today-reached-lead = Photograph this code, or open this address.
today-reached-network = The telephone must be on the same network as this computer.
today-wait-a-publier-found = { $n ->
    [one] { $n } contribution to publish, to check first
   *[other] { $n } contributions to publish, { $check } of them to check
}
today-detail-a-repondre = The oldest: “{ $title }”, by { $name }.
today-detail-a-repondre-anonymous = The oldest: “{ $title }”.
today-detail-signalees = The oldest: “{ $title }”.
today-detail-a-publier = { $n ->
    [one] Reading promised within { $n } hour.
   *[other] Reading promised within { $n } hours.
}
today-late = { $n ->
    [one] { $n } is past the promised date.
   *[other] { $n } are past the promised date.
}
today-verb-a-repondre = Answer
today-verb-signalees = Read
today-verb-a-publier = Read
today-verb-read = Read
today-about-a-repondre = the oldest one
today-about-signalees = the contributions reported or contested
today-about-a-publier = the contributions to publish
today-empty = Nothing to handle, well done
today-empty-next = The next contributions will show here as soon as they arrive.
today-since = Since yesterday
today-since-nothing = Nothing new in twenty-four hours.
today-last-same-day = You were here today at { $time }.
today-last-yesterday = You were here yesterday at { $time }.
today-last-day = You were here on { $day } at { $time }.
today-since-visit = Since your last visit
today-since-visit-nothing = Nothing new since.
today-people-link = See them
today-left = { $n ->
    [one] person took a consent back.
   *[other] people took a consent back.
}
today-wait-address = { $n ->
    [one] One mail address that fails
   *[other] { $n } mail addresses that fail
}
today-detail-address = Mails are refused there. Nothing goes there any more, but the sign-in links that the person asks for.
today-verb-address = Correct
today-about-address = the addresses that fail
today-new = { $n ->
    [one] new contribution.
   *[other] new contributions.
}
today-new-link = Read the newest
today-answers = { $n ->
    [one] official answer published, signed by { $names }.
   *[other] official answers published, signed by { $names }.
}
today-answers-link = Read the answers
today-people = { $n ->
    [one] new person confirmed an address.
   *[other] new people confirmed an address.
}
today-journal = Latest actions
today-somebody = Somebody
today-calendar = Calendar
today-running = Running now
today-running-none = No project has a current phase.
today-phase = { $n ->
    [0] { $phase }, last day today.
    [one] { $phase }, { $n } more day, until { $date }.
   *[other] { $phase }, { $n } more days, until { $date }.
}
today-phase-open = { $phase }, without an end date.
today-next = Then: { $phase }, on { $date }.
today-next-none = Nothing is planned after it.
today-plan = Plan what follows

queue-title = Contributions to handle
queue-intro = { $n ->
    [one] { $n } contribution waits.
   *[other] { $n } contributions wait. What has waited longest comes first.
}
queue-intro-none = Nothing waits.
queue-tabs = Queues
queue-tab-tout = All
queue-tab-a-publier = To publish
queue-tab-a-repondre = To answer
queue-tab-signalees = Reported
queue-tab-traitees = Handled
queue-filter = Filter and sort
queue-filters-set = { $n ->
    [0] : no filter
    [one] : { $n } filter
   *[other] : { $n } filters
}
queue-f-all = All
queue-f-project = Project
queue-f-tag = Theme
queue-f-area = Neighbourhood
queue-f-status = State
queue-f-search = Word, number, first name
queue-f-order = Sort by
queue-f-apply = Apply
queue-f-clear = Remove the filters
queue-order-attente = Longest wait
queue-order-recentes = Newest
queue-order-soutenues = Most supported
queue-form = Contributions and actions on several
queue-tick-all = { $n ->
    [one] Choose the one on this page
   *[other] Choose the { $n } on this page
}
queue-tick = Choose “{ $title }”
queue-comment-under = Comment under “{ $title }”
queue-reported-for = Reported for: { $reasons }
queue-delay-reported = { $n ->
    [one] { $wait }, { $n } report
   *[other] { $wait }, { $n } reports
}
queue-delay-late = { $wait }, { $n } late
queue-delay-promised = { $wait }, promised by { $date }
queue-empty-filter = No contribution matches these filters
queue-empty-filter-next = Remove a filter, or look in the handled contributions.
queue-empty-handled = No contribution was handled yet
queue-empty-next = This queue is empty. Come back later, or read the handled contributions.
queue-error-none = Choose at least one contribution.
queue-done-publier = { $n ->
    [0] No contribution published.
    [one] One contribution published.
   *[other] { $n } contributions published.
}
queue-refused-held = { $n ->
    [0] No contribution refused.
    [one] One contribution refused. The person is told { $when }, after the quiet hours, if they left an address.
   *[other] { $n } contributions refused. The people are told { $when }, after the quiet hours, if they left an address.
}
queue-done-refuser = { $n ->
    [0] No contribution refused.
    [one] One contribution refused. Its author is told in ten minutes, if an address was left.
   *[other] { $n } contributions refused. Their authors are told in ten minutes, if an address was left.
}
queue-done-reprendre = { $n ->
    [one] The contribution waits to be read again.
   *[other] { $n } contributions wait to be read again.
}
queue-done-masquer = { $n ->
    [one] The contribution is hidden.
   *[other] { $n } contributions are hidden.
}
queue-done-remettre = { $n ->
    [one] The contribution is online.
   *[other] { $n } contributions are online.
}
queue-done-etat = { $n ->
    [one] The state is changed.
   *[other] { $n } states are changed.
}
queue-done-classer = { $n ->
    [one] The theme and place are saved.
   *[other] { $n } themes and places are saved.
}
queue-done-repondre = { $n ->
    [one] The answer is published.
   *[other] { $n } answers are published.
}
desk-bulk-what = What to do with the chosen contributions?
desk-bulk-mixed = What does not suit every line ticked is not offered.
desk-bulk-chosen = Chosen:
desk-bulk-one = One contribution chosen
desk-bulk-many = {"{"}n{"}"} contributions chosen
desk-refuse-motive = Why?
desk-refuse-motive-recognisable = A person can be recognised
desk-refuse-motive-hurtful = Hurtful words
desk-refuse-motive-off_topic = Off the topic of the consultation
desk-refuse-motive-advertising = Advertising
desk-refuse-motive-other = Another reason, to be written
desk-refuse-message = Message
desk-refuse-message-hint = The person will read this text, with a link to correct and post again. Empty: we send the sentence of the reason.
desk-refuse-text-recognisable = Your text lets a person be recognised. Remove the name or the address, and we publish it.
desk-refuse-text-hurtful = Your text holds hurtful words. Say the same without aiming at anybody, and we publish it.
desk-refuse-text-off_topic = Your text is not about the topic of this consultation. Post it in the one it belongs to, or write to us.
desk-refuse-text-advertising = Your text advertises a product or a service. Consultations are for ideas for the town.
desk-refuse-error-empty = Write why: the person must be able to correct.
desk-refuse-error-long = Shorten the message: { $n } characters at most.

handle-title = Contribution no. { $n }
handle-nav = In the queue
handle-previous = Previous
handle-next = Next
handle-public = See it on the site
handle-text = The text
handle-reports = { $n ->
    [one] { $n } report to settle
   *[other] { $n } reports to settle
}
handle-reason = Reason of the refusal, as its author reads it
handle-answer = Official answer
handle-answer-by = By { $name }, on { $date }.
handle-facts = Facts
handle-author = Who
handle-confirmed = address confirmed
handle-when = When
handle-origin = How
handle-where = Where
handle-reactions = Reactions
handle-due = Answer promised by
handle-history = History
handle-do = What to do?
handle-status = Change the state
handle-status-hint = The people who follow this idea are told.
handle-status-save = Change the state
handle-no-area = No neighbourhood
handle-classify-save = Save theme and place
handle-error-tag = Shorten the theme: { $n } characters at most.

desk-answer-title = Answer: { $title }
desk-answer-back = Contribution no. { $n }
desk-answer-place = To answer: { $n } of { $all }
desk-answer-due = Promised by { $date }.
desk-answer-due-late = Promised by { $date }: the date is past.
desk-answer-idea-of = The idea of { $name }
desk-answer-idea-anonymous = The idea, without a name
desk-answer-remember = Not to forget, from the comments:
desk-answer-read-comments = { $n ->
    [one] Read the comment
   *[other] Read the { $n } comments
}
desk-answer-form = The official answer
desk-answer-decision = Decision
desk-answer-decision-line = The decision in a few words
desk-answer-decision-hint = For example: “Accepted, with one change”.
desk-answer-text = Text
desk-answer-text-hint = The first sentence is shown in bold: say the decision there. Then why, then what stays open.
desk-answer-signer = Who answers
desk-answer-day = When
desk-answer-error-day = Give a date between 2000 and 2100. Example: 15/12/2026
desk-answer-error-past = The next step is on { $day }: that day is past. Change it, or tick the box under the field.
desk-answer-past-agreed = Publish with this past day
desk-answer-funding-unsaid = Not said
desk-answer-signer-other = Somebody else
desk-answer-signer-name = Their name
desk-answer-signer-hint = Name and office are public. A person, never “The town hall” alone.
desk-answer-office = Office
desk-answer-preview = What everybody will read
desk-answer-see-preview = See the preview
desk-answer-by-town = Answer of the town hall
desk-answer-by-campaign = Answer of the team
desk-answer-when = { $n ->
    [0] To be published today, the day it was posted
    [one] To be published today, { $n } day after it was posted
   *[other] To be published today, { $n } days after it was posted
}
desk-answer-audience = Who will be told
desk-answer-audience-author = { $n ->
    [one] The author of the idea
   *[other] The authors of the idea and of those united with it
}
desk-answer-audience-followers = Follow it
desk-answer-audience-total = Will be told
desk-answer-audience-unconfirmed = Whoever wrote the idea has not confirmed their address yet. They get the answer once they do.
desk-answer-audience-note = One message a person, which says why they receive it.
desk-answer-publish = Publish the answer
desk-answer-publish-tell = { $n ->
    [one] Publish the answer, tell { $n } person
   *[other] Publish the answer, tell { $n } people
}
desk-answer-correct = { $n ->
    [0] Correct the answer
    [one] Correct the answer, tell { $n } person
   *[other] Correct the answer, tell { $n } people
}
desk-answer-undo-promise = Can be undone for 10 minutes
desk-answer-undo = Undo the publication
desk-answer-undo-until = Possible until
desk-answer-saved = Draft kept at { $time }. Anybody of the team can go on with it.
desk-answer-draft = Draft by { $name }, kept { $when }. Reread it, go on, or start again.
desk-answer-draft-nobody = Draft kept { $when }. Reread it, go on, or start again.
desk-answer-theirs = { $name } is writing this answer too: your text is not kept. Copy it before you leave this page.
desk-answer-start-again = Start again
desk-answer-other = Another version is kept, by { $name }, { $when }
desk-answer-other-nobody = Another version is kept, { $when }
desk-answer-other-take = Take this version
handle-draft = An answer is being drafted, kept { $when } by { $name }.
handle-draft-nobody = An answer is being drafted, kept { $when }.
handle-draft-link = Read the draft
desk-answer-error-decision = Choose the decision.
desk-answer-checks = Before publishing
desk-answer-check-mend = Complete it
desk-answer-check-first = The decision is chosen, and the first sentence is short
desk-answer-check-undecided = No decision is chosen.
desk-answer-check-empty = The first sentence is not written: it says the decision.
desk-answer-check-long = The first sentence has { $n } words: say the decision there in { $most } words at most.
desk-answer-check-given = A date and a person are given
desk-answer-check-no-day = The date of the next step is not given.
desk-answer-check-no-person = Who answers is not said.
desk-answer-check-neither = Neither a date nor a person is given.
desk-answer-check-past = The next step is on { $day }: that day is past.
desk-answer-check-asked = { $n ->
    [one] The text takes up what the most supported comment says
   *[other] The text takes up what the { $n } most supported comments say
}
desk-answer-check-left = { $n ->
    [one] The text takes up nothing of the most supported comment:
   *[other] { $left } of the { $n } most supported comments have no answer in the text:
}
desk-answer-reread = Have it read again
desk-answer-reread-by = By whom
desk-answer-reread-hint = The draft is kept, and a note waits for them on the team’s first page.
desk-answer-reread-choose = Choose somebody
desk-answer-reread-ask = Ask for a reading
desk-answer-reread-note = @{ $name }, would you read the answer to this idea before it is published? It is kept as a draft, behind the button “Answer”.
desk-answer-error-reader = Choose who reads it again.
done-relecture = The draft is kept. Your colleague finds your request under Today.
desk-answer-error-text = Write the answer: the decision first, then why.
desk-answer-error-long = Shorten it: { $n } characters at most.
desk-answer-error-signer = Give the name of the person who answers.
desk-leaves = { $day } at { $time }
desk-answered-nobody = The answer is published. Nobody is to be told by mail.
desk-answered-unset = The answer is published. The messages wait for a mail server.
desk-answered-held = The answer is published. The messages leave { $when }, after the quiet hours.
done-reponse = The answer is published. The messages leave in ten minutes.
done-reponse-annulee = The answer is no longer published and nobody is told. Its words are kept on this page.

desk-letter-refused-subject = Your text is not published: { $title }
desk-letter-refused-title = Your text is not published
desk-letter-refused-intro = We read your text for “{ $project }”. We can’t publish it as it is. Here is why:
desk-letter-refused-yours = Your text, to start from:
desk-letter-refused-button = Correct and post again
desk-letter-refused-why = You receive this message because you posted this text and confirmed your address.

desk-projects-title = Projects
desk-projects-all = All projects
desk-projects-empty = No project yet
desk-projects-empty-next = Create the first one: a question, dates, and ideas come in.
desk-projects-ideas = { $n ->
    [0] No idea
    [one] { $n } idea
   *[other] { $n } ideas
}
desk-projects-now = Now: { $phase }, without an end date.
desk-projects-now-until = Now: { $phase }, until { $date }.
desk-projects-next = Begins on { $date }: { $phase }.
desk-projects-over = All its phases are over.
desk-projects-no-phase = No phase: nobody can take part yet.
desk-project-new = Create a project
desk-project-create = Create the project
desk-project-public-page = See the public page
desk-project-about = The project
desk-project-f-title = Title
desk-project-f-summary = Introduction
desk-project-f-summary-hint = One sentence, shown in lists.
desk-project-f-easy = In short, in plain words
desk-project-f-easy-hint = Five sentences at most, everyday words. One sentence a line.
desk-project-f-description = Full text
desk-project-f-description-hint = An empty line separates paragraphs. **bold**, lists with dashes.
desk-project-f-areas = Where?
desk-project-f-areas-hint = No area chosen: the whole town.
desk-project-keep-draft = Keep as a draft
desk-project-f-visibility = Who can see it?
desk-project-visible-public = Everybody
    .hint = Without an account. Search engines find it.
desk-project-visible-link = People who have the link
    .hint = Absent from lists. The link shows once saved.
desk-project-visible-team = The team only
    .hint = To prepare the project together.
desk-project-f-state = Where does it stand?
desk-project-state-draft = Draft
    .hint = Nobody outside the team sees it.
desk-project-state-published = Online
    .hint = Open as its phases say.
desk-project-state-archived = Archived
    .hint = Still readable, closed to participation.
desk-project-secret = Secret link
desk-project-errors = { $n ->
    [one] One point to settle before saving
   *[other] { $n } points to settle before saving
}
desk-project-bar-draft = A draft: the team alone sees what is saved.
desk-project-bar-published = Online: what is saved is seen at once.
desk-project-bar-archived = Archived: what is saved is seen at once.
desk-project-withdraw = Before it is saved: what the public loses
desk-project-withdraw-ideas = { $n ->
    [one] { $n } idea is read no more.
   *[other] { $n } ideas are read no more.
}
desk-project-withdraw-comments = { $n ->
    [one] { $n } comment is read no more.
   *[other] { $n } comments are read no more.
}
desk-project-withdraw-followers = { $n ->
    [one] { $n } person who follows this project or one of its ideas gets no more news of it, but of their own idea.
   *[other] { $n } people who follow this project or one of its ideas get no more news of it, but of their own idea.
}
desk-project-withdraw-links = { $n ->
    [one] { $n } short link, with its posters, leads nowhere any more.
   *[other] { $n } short links, with their posters, lead nowhere any more.
}
desk-project-withdraw-addresses = Whoever kept the address of the project or of one of its ideas finds no page there any more.
desk-project-withdraw-why = As a draft, this project is seen by the team alone. Nothing is deleted, and all comes back once it is online again. Nothing is saved yet.
desk-project-withdraw-do = Make it a draft again
desk-project-withdraw-not = Leave it visible, and save the rest
desk-project-error-title = Give the project a title.
desk-project-error-long = Shorten it: { $n } characters at most.
desk-project-notice-added = A phase is added. Complete it, then save.
desk-project-notice-removed = The phase is removed from this form. Save to confirm.
desk-project-notice-fixed = The date is corrected. Save to confirm.
desk-project-notice-moved = The two phases exchanged their dates. Save to confirm.
done-projet-cree = The project is created.
done-projet-enregistre = The project is saved.
desk-phases-title = Phases
desk-phases-intro = One at a time. A phase that is over closes at midnight, without you.
desk-phase-number = Phase { $n }:
desk-phase-untitled = New phase
desk-phase-first-title = Your ideas
desk-phase-now = Now
desk-phase-bad = To review
desk-phase-dates = From { $start } to { $end }.
desk-phase-dates-open = From { $start }, without an end.
desk-phase-dates-none = Dates to be given.
desk-phase-allows = Allowed: { $list }.
desk-phase-short-deposer = post
desk-phase-short-commenter = comment
desk-phase-short-soutenir = support
desk-phase-short-opposer = oppose
desk-phase-short-anonyme = take part without a name
desk-phase-short-relire = each text is read first
desk-phase-f-title = Name
desk-phase-f-start = First day
desk-phase-f-end = Last day
desk-phase-f-end-hint = (empty: no end)
desk-phase-f-method = What happens in this phase?
desk-phase-method-ideation = Post ideas
desk-phase-method-information = Inform: nothing to post, only to read
desk-phase-f-can = What is allowed
desk-phase-f-can-hint = “Inform” keeps only comments and their reading.
desk-phase-can-deposer = Post ideas
desk-phase-can-commenter = Comment
desk-phase-can-soutenir = Support
desk-phase-can-opposer = Oppose, both numbers are shown
desk-phase-can-anonyme = Take part without a name
desk-phase-can-relire = Read before publishing
desk-phase-remove = Remove this phase
desk-phase-up = Move up
desk-phase-down = Move down
desk-phase-add = Add a phase
desk-phase-error-title = Give it a name.
desk-phase-error-title-long = Shorten its name: 120 characters at most.
desk-phase-error-date = Give a date, for example 2026-12-15.
desk-phase-error-range = Give a date between 2000 and 2100.
desk-phase-error-ends-before = It ends before it begins, on { $day }.
desk-phase-error-overlaps = It begins on { $day }, a day that belongs to phase { $other } already.
desk-phase-error-open-inside = Only the last phase may have no end.
desk-phase-fix-start = Begin on { $day }
desk-phase-fix-end = End on { $day }
desk-phase-fix-end-other = End phase { $n } on { $day }
desk-link-title = Short link and QR code
desk-link-intro = To be printed on a poster or a flyer: it opens this project.
desk-link-none = A link of a few letters and its QR code, for a poster or a flyer.
desk-link-none-read = This project has no short link yet.
desk-link-make = Create the short link
desk-link-visits = { $n ->
    [0] Not opened yet.
    [one] Opened { $n } time.
   *[other] Opened { $n } times.
}

refusal-taken_back = Its author took this text back
    .why = A person may take back what they wrote. There is nothing left to decide.
    .next = Go back to the queue to handle the next one.
refusal-not_in_this_state = This is no longer possible here
    .why = This contribution changed state: it is already published, refused, hidden or settled.
    .next = Open its page to see where it stands.
refusal-too_late_to_undo = The ten minutes are over
    .why = The messages have left: the answer can’t disappear any more.
    .next = Correct the answer: the people who follow the idea will read the correction.

activity-contribution-published = { $who } published contribution no. { $what }
activity-contribution-refused = { $who } refused contribution no. { $what }
activity-contribution-reconsidered = { $who } put contribution no. { $what } back to be read
activity-contribution-hidden = { $who } hid contribution no. { $what }
activity-contribution-shown = { $who } put contribution no. { $what } back online
activity-contribution-status = { $who } changed the state of idea no. { $what }
activity-contribution-classified = { $who } classified contribution no. { $what }
activity-answer-published = { $who } answered idea no. { $what }
activity-answer-corrected = { $who } corrected the answer to idea no. { $what }
activity-answer-undone = { $who } took back the answer to idea no. { $what }
activity-project-created = { $who } created the project “{ $what }”
activity-project-changed = { $who } changed the project “{ $what }”
activity-project-linked = { $who } made the short link of the project “{ $what }”
done-modele = The template is saved.
done-modele-supprime = The template is deleted.
queue-tab-toutes = All of them
desk-projects-asked = Projects that say “{ $words }”.
desk-projects-none = No project holds these words
found-ideas = { $n ->
    [one] 1 idea
   *[other] { $n } ideas
}
found-comments = { $n ->
    [one] 1 comment
   *[other] { $n } comments
}
found-projects = { $n ->
    [one] 1 project
   *[other] { $n } projects
}
found-about-text = No. { $number }, { $project }, { $state }
