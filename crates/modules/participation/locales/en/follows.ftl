### Following, the rhythm of mails, and what happens too late

# Another rhythm, from a letter
letter-rather-daily = Rather a summary every day
letter-rather-weekly = Rather a summary every week
letter-rather-now = Rather at once, for each piece of news
letter-digest-yours = Your ideas
letter-digest-followed = What changed
letter-grown-label = Your idea
letter-grown-supports = { $n ->
    [one] { $n } more support
   *[other] { $n } more supports
}, { $total } in all.
letter-grown-comments = { $n ->
    [one] { $n } new comment.
   *[other] { $n } new comments.
}
rhythm-title = Change how often we write to you
rhythm-of-idea = You follow the idea “{ $title }”.
rhythm-of-idea-gone = You follow an idea that is no longer online.
rhythm-do-now = Receive each piece of news at once
rhythm-do-daily = Receive a summary every day
rhythm-do-weekly = Receive a summary every week
rhythm-done-now = You will receive a mail for each piece of news.
rhythm-done-daily = You will receive a summary every day at 6 pm, if there is news.
rhythm-done-weekly = You will receive a summary every week, on Friday at 8 am, if there is news.
rhythm-gone = These mails are no longer sent to you, or no longer this often. Your choices are in your own space.

# Too late, or too early
post-kept-until = Your text is kept for this device until { $date }:
closed-send-town = Send my text to the town hall
closed-send-team = Send my text to the team
closed-send-subject = An idea for { $about }
closed-send-long = Your text is long: copy it into the mail that opens.

# Following a consultation
follow-project-do = Follow this consultation
follow-project-done = Consultation followed
follow-project-title = Follow this consultation
follow-project-why = A mail when a step begins or ends, and when answers are published. We send you a link and a code, without a password: one click, and you follow it.
consent-project = I agree to receive an email when a step of this consultation begins or ends, or when answers are published: one a day at most. I can stop at any time.
done-consultation-suivie = You follow this consultation. We write to you when a step changes or when answers are published.
done-consultation-plus-suivie = You no longer follow this consultation.
post-news = News of the consultation
post-news-needs-mail = News need an email address. Otherwise, untick “News of the consultation”.
space-consultation = Consultation. “At once”: in the morning at 8 am.
data-project-follows = The consultations you follow, and how often.
    .team = The consultations followed
leave-ask-project = You receive a mail when the consultation “{ $title }” changes.
leave-ask-project-gone = You receive a mail when a consultation that is no longer online changes.
leave-project = You will get no more email about the consultation “{ $title }”.
leave-project-gone = You will get no more email about a consultation that is no longer online.
leave-do-project = Stop mail about this consultation
rhythm-of-project = You follow the consultation “{ $title }”.
rhythm-of-project-gone = You follow a consultation that is no longer online.
news-phase-begun = A step begins: “{ $title }”.
news-phase-begun-until = A step begins: “{ $title }”, until { $date }.
news-phase-ended = The step “{ $title }” is over.
news-answers = { $n ->
    [one] { $n } idea was answered.
   *[other] { $n } ideas were answered.
}
letter-consultation-title = News of “{ $title }”
letter-consultation-label = Consultation
letter-consultation-button = See the consultation
letter-consultation-why = You follow this consultation since { $date }.
letter-digest-intro-all = { $n ->
    [one] Here is what changed among what you follow.
   *[other] Here are the { $n } things that changed among what you follow.
}
