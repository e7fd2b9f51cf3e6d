### Blocking a person: on the sheet, in the queue, and what the person reads.

block-title = Publishing on the site
block-open = Block this person
block-what = They may read the site and keep their space, but no longer post, comment or support. They read the reason and may reply once.
block-f-reason = Reason
block-f-reason-hint = The person reads it.
block-f-end = Last day
block-f-end-hint = Empty: until you undo the block.
block-do = Block and tell them
block-holds = This person is blocked.
block-their-reply = Their reply
block-lift = Undo the block
block-error-reason = Write the reason.
block-error-long = This is too long. { $n } characters at most.
block-error-end = Give a day from today on, within five years.
done-bloque = This person can no longer publish. They are told if their mail address is known.
done-blocage-leve = The block is undone.
done-reponse-envoyee = Your reply is sent. The team will read it.

block-until = Until { $date } included, you cannot publish on this site.
block-until-undone = You can no longer publish on this site, until the team decides otherwise.
block-reason = This is the reason the team gave:
block-may = You may read the site, download your data and erase your account.
block-kept = Your text is not published. Copy it to keep it:
block-replied = You replied, { $date }:
reply-label = Your reply to the team
reply-hint = One reply only: say all that matters.
reply-send = Send the reply
reply-error-empty = Write your reply.

block-letter-subject = You can no longer publish on { $site }
block-letter-title = You can no longer publish
block-letter-may = You may still read the site and open your space. If you disagree, you may reply once.
block-letter-button = Reply to the team
block-letter-why = You receive this message because the team took a decision about you.

data-blocks = The blocks decided about you, and those you decided for the team.
refusal-blocked = You cannot publish
    .why = The team has suspended your publications on this site.
    .next = The reason, the end and how to reply are at the address /suspension.
refusal-block_member = This person is on the team
    .why = A member of the team cannot be blocked.
    .next = Take their role away first, in the settings of the team.
refusal-replied_once = You have already replied
    .why = One reply is possible for each decision.
    .next = The team will read it and decide.
activity-person-blocked = { $who } blocked a person
activity-person-unblocked = { $who } undid a block
activity-person-block_replied = A blocked person replied

block-list = Blocks
block-list-text = Who cannot publish at the moment, and why. A reply waits until you read it.
block-list-none = Nobody is blocked
block-list-none-next = A person is blocked from their sheet or from a contribution.
block-list-browser = A browser, without a name
block-list-since = Since { $date }.
block-list-until = Until { $date } included.
block-list-until-undone = Until you undo it.
block-list-unread = Reply to read
block-keep = Keep the block
done-blocage-maintenu = The block stays. The reply is read.
activity-person-block_kept = { $who } kept a block after a reply
block-elsewhere = Decided outside your projects: the administration can lift it.
keep-blocks = Suspensions that are over
keep-blocks-why = What was written about a suspended person and their reply, once the suspension is over. The date stays.
