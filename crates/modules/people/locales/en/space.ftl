### My space

space-page = My space
space-title = Welcome { $name }
space-title-plain = My space
space-correct = Correct
space-sign-out = Sign out
space-toc = On this page
space-toc-ideas = My ideas
space-toc-supports = My supports
space-toc-follows = What I want to follow
space-toc-staff = What waits for the team
space-toc-me = Me
space-toc-consents = My consents
space-toc-data = My data
space-toc-devices = My devices
space-at = { $date } at { $time }
space-me = Me
space-me-text = All of it is optional. Your mail address is never shown.
space-name = First name
space-name-hint = Optional. It signs your next ideas.
space-name-long = This name is too long: 60 signs at most.
space-area = Area
space-area-unknown = This area no longer exists. Choose another.
space-age = Age
space-age-unknown = Choose an age group, or “I do not say”.
space-figures-hint = Optional. Serves only for figures about 11 people or more.
space-unsaid = I do not say
space-lang = Language of mails
space-save = Save
space-consents = My consents
space-consents-text = Without a consent written here, the team cannot write to you. You withdraw a consent in one click, without saying why.
space-data = My data
space-data-text = They are on the team’s server. They are neither sold nor lent.
space-download = Download everything
space-download-text = Ideas, comments, supports, consents, mails received, devices. Ready at once, to read or to use again.
space-download-button = Download all my data
space-erase = Erase me from { $site }
space-erase-label = Erase me
space-erase-text = Here is what happens, line by line. You choose for your texts.
space-erase-texts = My ideas and comments
space-erase-keep = Leave them, without my name
space-erase-keep-hint = The people who support them keep the idea and its answer.
space-erase-drop = Erase them too
space-erase-drop-hint = The team’s answers stay. In place of the text, a line says that the person who wrote it took it back.
space-erase-supports = My supports
space-erase-supports-text = Taken out of the totals.
space-erase-follows = What I follow by mail
space-erase-follows-text = Erased. No more mail leaves.
space-erase-consents = My consents, my mails
space-erase-consents-text = Erased.
space-erase-account = My name, address, area and age
space-erase-account-text = Erased. Your devices are signed out.
space-erase-when = When
space-erase-when-text = At once, and for good.
space-erase-button = Erase me
space-devices = My devices
space-devices-text = Where your space is open. An unknown device? Sign it out.
device-here = This device
device-unknown = Unknown device
device-since = Opened on { $at }
device-seen = Opened on { $at }, last seen on { $seen }
device-end = Sign out
device-end-others = Sign out all other devices

consent-purpose-answers = Answers to my ideas
consent-purpose-newsletter = News by mail
consent-purpose-follow = News of what I follow
consent-purpose-other = Other consent
consent-channel-email = mail
consent-channel-sms = text message
consent-channel-telephone = telephone
consent-source-idea_form = form “Post an idea”
consent-source-comment_form = comment form
consent-source-follow_form = button “Follow”
consent-source-support_form = confirmation of a support
consent-source-own_space = this page
consent-source-mail_link = link of a mail
consent-source-entry_stand = letter after meeting at a stand
consent-source-entry_phone = letter after a call
consent-source-entry_paper = letter after a sheet of paper
consent-source-other = other
consent-state-given = Given
consent-state-withdrawn = Withdrawn
consent-state-expired = Expired
consent-state-objected = Refused
consent-meta-given = On { $when }. Where: { $source }.
consent-meta-withdrawn = Given on { $given }, withdrawn on { $withdrawn }.
consent-given = Given
consent-withdrawn = Withdrawn
consent-withdraw = Withdraw
consent-give = Give again
consent-undone = Done: your consent is withdrawn.
consent-undo = Undo this withdrawal
consent-history = { $n ->
    [one] The whole history, { $n } line
   *[other] The whole history, { $n } lines
}
consent-history-label = History of my consents
consent-history-caption = History of my consents, the newest first
consent-when = When
consent-what = Consent
consent-event = What happened
consent-where = Where

done-profil = It is saved.
done-accord = Your consent is given.
done-appareil = Done: the device is signed out.
done-compte-efface = Your space is erased. Thank you for taking part.

# The file of my data
data-file = my-data
data-readme-file = README.txt
data-readme-title = Your data on { $site }
data-readme-intro = This folder holds all that this site knows of you. JSON files open with a text editor.
data-readme-line = { $n ->
    [one] { $file }: { $about } ({ $n } item)
   *[other] { $file }: { $about } ({ $n } items)
}
data-readme-end = To correct or erase these data: the page “My space” of the site.
data-account = your account: first name, address, area, age group, role
data-consents = your consents, with their exact wording and date
data-sessions = the devices where your space is open
data-links = the sign-in and confirmation links sent to you, without what opens them
