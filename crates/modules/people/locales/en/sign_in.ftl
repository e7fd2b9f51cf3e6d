### Signing in

sign-in-title = Sign in
sign-in-description = Receive a link or a code by mail to find your space again. No password.
sign-in-intro = To find your ideas again and choose your mails. There is no password.
sign-in-mail-label = Your mail address
sign-in-mail-hint = Example: odette@example.com
sign-in-mail-missing = Your mail address is missing. Example: odette@example.com
sign-in-mail-wrong = This address is not complete. Example: odette@example.com
sign-in-trap = Write nothing here
sign-in-button = Receive my code
sign-in-first = First visit? It is the same: your space is made by itself.
sign-in-not-needed = Posting an idea, supporting or commenting: all this is done without signing in.
sign-in-no-mail = No mail address?
sign-in-no-mail-text = You can take part in other ways, and it counts as much.
sign-in-by-phone = By telephone
sign-in-on-paper = On paper
sign-in-post = Post an idea

code-title = Look at your mail
code-check = Check the code
code-sent = We have just written to
code-sent-confirm = Your address is to be confirmed. We wrote to
code-sent-before = We wrote to
code-change = Change the address
code-how = Press the button in the mail, or copy the six digits here.
mail-waits = This site cannot send mail for the moment. Yours is kept: it will leave as soon as possible.
mail-waits-ahead = This site cannot send mail for the moment. Yours would be kept, and leave as soon as possible.
code-waits-title = Your mail is waiting
code-waits-for = The mail is for
code-waits-for-confirm = Your address is to be confirmed. The mail is for
code-waits-then = When it comes, press its button, or copy the six digits here.
code-label = Six-digit code
code-hint = You may paste it. Spaces do not count.
code-until = The code works until { $until }.
code-until-day = The code works until { $until }.
code-nothing = Nothing came?
code-still-nothing = Still nothing?
code-call = Call
code-nothing-text = The mail usually comes in less than a minute. Look for “{ $site }” in the junk folder.
code-another = Receive another code
code-missing = The code is missing: six digits, in the mail.
code-short = Digits are missing: the code has six, { $n ->
    [one] and { $n } is here.
   *[other] and { $n } are here.
}
code-long = There are too many digits: the code has six, and { $n } are here.
code-wrong = This code does not match.
code-left = { $n ->
    [one] You have { $n } try left.
   *[other] You have { $n } tries left.
}
code-correct = Correct the code
code-wrong-field = Take the newest mail, sent at { $time }: each one replaces the code before it.
code-dead-title = Another code is needed
code-dead-badge = Five tries
code-dead-why = Five codes did not work. This limit protects your space if somebody else tries in your place. You did nothing wrong.
code-dead-link = The button in the last mail still works.
code-dead-phone = Need help? Call
code-go-on = Go on without signing in
done-code-envoye = A new mail has just left.
done-confirme-idee = Your address is confirmed: you will receive the answer to your idea.
done-confirme-commentaire = Your address is confirmed: your comment is in your space.
done-confirme-soutien = Your address is confirmed, your support counts.
done-code-attend = A new code is ready. It will leave as soon as this site can send mail.
done-lien-envoye = A new link has just left.
done-deconnexion = You are signed out on this device.

link-title = Welcome
link-title-name = Welcome { $name }
link-what = You sign in on this device with
link-button = Sign me in
link-keep = Keep my space open here for 60 days.
link-keep-hint = Untick it on a shared computer, at the library for instance.
link-not-you = Not you? Close this page, nothing happens.
link-confirmed-title = It is already confirmed
link-confirmed-why = This link, or the code of the same email, was already used: there is nothing left to do.
link-confirmed-space = See what is confirmed
link-confirmed-home = Go to the home page
link-stale-title = This link no longer works
link-stale-sign-in = A link works once, for 30 minutes. Sent: { $date }.
link-stale-confirm = A confirmation link works once, for 14 days. Sent: { $date }.
link-stale-invite = An invitation works once, for 7 days. Sent: { $date }.
link-stale-offer = We can send another to
link-stale-other = Use another address
link-stale-button = Receive a new link
link-stale-sent = Look at your mail: it left to { $email }.
link-stale-kept = Nothing is lost: what you wrote is kept.

confirm-title = Confirm your address
confirm-what-idea = You left this address with an idea.
confirm-what-comment = You left this address with a comment.
confirm-what-supports = Your supports will count in the totals once you have confirmed.
confirm-what-follow = You asked to receive news.
confirm-fact-consent = What your click agrees to
confirm-mail-consent = What your click agrees to: { $words }
confirm-address = Confirm the address
confirm-button = Confirm my address

invite-title = Join the team of { $site }
invite-what = You enter the team desk with
invite-button = Join the team

# The mail with the code
sign-in-mail-subject = Your code for { $site }
sign-in-mail-title = Your code
sign-in-mail-preview = It works until { $until }.
sign-in-mail-text = Copy these six digits, or press the button.
sign-in-mail-button = Sign me in
sign-in-mail-until = The code and the button work once, until { $until }.
sign-in-mail-asked = Asked for at { $time }. Nobody will ever ask you for this code on the telephone.
sign-in-mail-asked-from = Asked for at { $time } from { $device }. Nobody will ever ask you for this code on the telephone.
sign-in-mail-not-you = Not you?
sign-in-mail-not-you-text = Do nothing. Without this code, nobody enters your space.

# The confirmation mail
confirm-mail-title = Confirm your address
confirm-mail-title-name = Confirm your address, { $name }
confirm-mail-subject-idea = Confirm your address to receive our answer
confirm-mail-subject-comment = Confirm your address to sign your comment
confirm-mail-subject-supports = Confirm your address so that your supports count
confirm-mail-subject-follow = Confirm your address to receive news
confirm-mail-preview-idea = Your idea has arrived.
confirm-mail-preview-comment = Your comment has arrived.
confirm-mail-preview-supports = Your supports are kept.
confirm-mail-preview-follow = Your address is left to confirm.
confirm-mail-text-idea = We have received your idea.
confirm-mail-text-comment = We have received your comment.
confirm-mail-text-supports = Your supports are kept. They will count in the totals once you have confirmed.
confirm-mail-text-follow = You asked to receive news.
confirm-mail-ask-idea = Confirm your address to receive our answer. Your idea goes its way whether you confirm or not.
confirm-mail-ask-comment = Confirm your address to find it in your space. Your comment goes its way whether you confirm or not.
confirm-mail-ask-supports = One confirmed address, one person: that is how totals stay right.
confirm-mail-ask-follow = Without confirmation, we will not write to you.
confirm-mail-code = The button works once, until { $until }. On the device where you wrote, you may also copy this code:
confirm-mail-why-idea = This address was left with an idea.
confirm-mail-why-comment = This address was left with a comment.
confirm-mail-why-supports = This address was given to confirm supports.
confirm-mail-why-follow = This address was given to receive news.
confirm-mail-not-you = Not you? Do nothing: without confirmation, we will send no news to this address.

# The invitation
invite-mail-subject = Join the team of { $site }
invite-mail-text = { $name } invites you to join the team of { $site }.
invite-mail-role = Your role: { $role }.
invite-mail-until = No password. The button works once, until { $until }. After that, sign in with this address.
invite-mail-why = { $name } gave this address to invite you.
invite-mail-not-you = Not for you? Do nothing, or answer to say so.

# “It was not me”, from a mail
sign-in-mail-cancel = Say that it was not me, to cancel this code
confirm-mail-change = A mistake? Change my idea until it is published
confirm-mail-erase = Erase my address right now
confirm-then-change = The page of your idea opens next: you can change it until it is published.
not-me-code-title = Was it not you?
not-me-code-ask = A code was asked for
not-me-code-then = Cancel it: neither this code nor its link will open anything.
not-me-code-do = Cancel this code
not-me-code-done = This code is cancelled. Nobody entered your space.
not-me-code-used = This code was already used. If it was not you, open your space: the list of your devices lets you close the others.
not-me-code-gone = This code no longer works. There is nothing to do.
not-me-address-title = Erase your address
not-me-address-ask = Somebody left this address on this site:
not-me-address-then = Erase it: what was written stays, without it, and we will not write to you about it.
not-me-address-do = Erase my address
not-me-address-done = Your address is erased from what was left with it.
not-me-address-used = This address was confirmed. To erase everything, open your space.
not-me-done = It is done
not-me-space = Open my space
not-me-home = Back to the home page
