### What makes a text wait: settings, and reasons told in the queue.

settings-moderation = Moderation
settings-state-moderation = Words to check, limits
search-words-moderation = moderate banned words list insults limits links reports filter
screening-intro = What is found here is never refused: the text waits until a person reads it, and the queue says why.
screening-words = Word lists
screening-words-how = One word or expression per line. Accents, capitals, digits instead of letters, letters spaced out or repeated are recognised. Only whole words are found: write plurals too.
screening-list-fr = Words in French
screening-list-en = Words in English
screening-list-main = For all texts.
screening-list-other = For texts written in this language.
screening-try-title = Try the lists
screening-try-how = Nothing is saved. What you wrote beside is used for the trial.
screening-sample = A sample text
screening-try = Try
screening-tried = { $n ->
    [0] No listed word: this text would not wait.
    [one] { $n } word found: this text would wait.
   *[other] { $n } words found: this text would wait.
}
screening-tried-word = “{ $text }”: listed word “{ $word }”
screening-limits = Limits
screening-limits-how = Beyond them, a text waits for a person. An empty field: no limit. What the team writes is not counted.
screening-links = Links in a text
screening-links-hint = Published at once up to this number.
screening-new = Texts of a new person
screening-new-hint = Published at once up to this number. Twenty times as many for all who share a connection.
screening-hours = Hours during which a person is new
screening-hours-hint = From their first text on.
screening-burst = Texts of a project in ten minutes
screening-burst-hint = Beyond it, the next ones wait.
screening-repeated = A text that repeats another of the day waits
screening-error-long = “{ $word }…” is too long. { $n } characters at most.
screening-error-word = “{ $word }” holds neither a letter nor a digit.
screening-error-many = The list is too long. { $n } lines at most.
screening-error-number = Give a number from { $least } to { $most }, or nothing.
screening-error-hours = Give a number of hours from 1 to 720.
screening-error-sample = Write a text to try.
screening-error-sample-long = This text is too long. { $n } characters at most.
done-regles-moderation = Saved. Texts to come follow these rules.

screening-why = Waits because: { $reasons }
screening-why-word = listed word: { $detail }
screening-why-links = links: { $detail }
screening-why-new = many texts from a new person
screening-why-repeated = repeats contribution no. { $detail }
screening-why-blocked = address of a blocked person
screening-why-burst = many texts in this project in ten minutes

activity-screening-rules = { $who } changed the moderation rules
block-author = Its author

desk-state-appeal = Author’s reply
appeal-says = Its author replies: “{ $text }”
appeal-of-author = The author’s reply
appeal-desk-decided = you have decided since
appeal-title = Reply to the team
appeal-link = Do you disagree? Reply to the team
appeal-refused = The team did not publish your text.
appeal-hidden = The team took your text off the site.
appeal-online = Your text is online.
appeal-waits = Your text waits to be read again.
appeal-reason = This is its reason:
appeal-text = Your text:
appeal-read = The team will read your reply and decide.
appeal-decided = The team has read your reply and decided.
desk-letter-reply = Do you disagree? Reply once to the team
desk-letter-hidden-subject = Your text is no longer online: { $title }
desk-letter-hidden-title = Your text is no longer online
desk-letter-hidden-intro = The team took down a text you wrote in “{ $project }”. This is why.
desk-letter-upheld-subject = Your text stays offline: { $title }
desk-letter-upheld-title = Your text stays offline
desk-letter-upheld-intro = The team read your reply about a text you wrote in “{ $project }”. It upholds its decision. This is why.
desk-hidden-charter = This text does not respect the charter of the site.
desk-hidden-recognisable = A person can be recognised in it.
desk-hidden-hurtful = Its words may hurt.
desk-hidden-off_topic = It is off topic.
desk-hidden-advertising = It is advertising.
desk-hidden-other = Readers reported it, and the team agrees with them.
data-replies = Your replies to what the team decided of your texts.
    .team = Their replies to decisions of the team
activity-contribution-replied = The author of contribution no. { $what } replied to the team

### Public log of moderation.

log-title = Moderation log
log-intro = What the team decided in the months that are over, and why. No name, no text.
log-how = A text of a public project counts once for each decision. A decision undone within ten minutes does not count. The running month is shown once it is over. The number of replies, of changed decisions and of blocked persons is not told below 11.
log-empty = No month that is over has a decision to show.
log-download = Download (CSV)
log-file = moderation
log-month = Month
log-what = What happened
log-why = Reason
log-n = Number
log-few = fewer than 11
log-held = Texts that waited to be read
log-refused = Texts refused
log-hidden = Texts hidden by the team
log-reported_away = Texts hidden after three reports
log-shown = Texts put back or left online
log-replied = Replies of authors
log-changed = Decisions changed after a reply
log-blocked = Persons blocked
log-held-word = a listed word
log-held-links = links
log-held-new = many texts from a new person
log-held-repeated = repeated text
log-held-burst = many texts at once
log-reason-recognisable = a person can be recognised
log-reason-hurtful = hurtful words
log-reason-off_topic = off topic
log-reason-advertising = advertising
log-reason-other = another reason
appeal-comment = Your comment is not online: “{ $text }”
appeal-comment-why = Read why, and reply
awaited-why = Three persons reported this text. It is hidden until somebody of the team reads it again, usually within { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}. There is nothing for you to do.
space-awaited = Hidden, to be read again
desk-letter-reported-subject = Your text will be read again: { $title }
desk-letter-reported-title = Your text will be read again
desk-letter-reported-intro = Three persons reported a text you wrote in “{ $project }”. It is hidden until somebody of the team reads it again. This is one reason they gave:
desk-letter-reported-next = The team usually reads it within { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}. There is nothing for you to do. If it stays hidden, you will know why and you can reply.
desk-letter-reported-yours = Your text:
desk-reported-recognisable = A person might be recognised in it.
desk-reported-hurtful = Its words might hurt.
desk-reported-off_topic = It might be off topic.
desk-reported-advertising = It might be advertising.
desk-reported-other = Another reason.
desk-hide-choose = Choose a reason
desk-hide-error-motive = Choose a reason: the person will read it.
desk-hide-same = The same reason
desk-hide-reports = That of the reports
desk-hide-message-hint = They will read this text, with a link to reply once. Empty: we send the sentence of the motive.
template-f-motive = Reason
template-f-motive-hint = The one that the public log of moderation counts.
template-error-motive = Choose a reason.
log-first = This site opens this month: its first month has not ended. Its decisions can be read here from { $date } on.
screening-contact = A text with a telephone number or a mail address waits
screening-why-contact = holds a number or a mail address
log-held-contact = a number or a mail address
log-held-blocked = address of a blocked person
queue-tab-a-verifier = of these, to check
desk-act-publish-masked = Publish without the contact details
desk-state-to-check = To check
own-masked = The team published it without the telephone number or mail address it held.
desk-letter-masked-subject = Your text is online, without your contact details: { $title }
desk-letter-masked-title = Your text is online, without your contact details
desk-letter-masked-intro = Your text for “{ $project }” held a telephone number or a mail address. To protect you, we published it without. This is what everybody reads:
desk-letter-masked-button = See your text
activity-contribution-masked = { $who } masked a number or an address in contribution no. { $what }
data-masked = Your texts as you wrote them, where the team masked contact details: kept for half an hour.
    .team = Their texts as they were before contact details were masked
