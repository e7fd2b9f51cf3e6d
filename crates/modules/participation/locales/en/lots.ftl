queue-all = { $n ->
    [one] Choose the one that matches
   *[other] Choose the { $n } that match
}
queue-all-most = Choose all that match (more than { $n })
queue-f-assigned = Given to
queue-f-anybody = Anybody
queue-f-me = Me
queue-f-nobody = Nobody
queue-assigned = With { $name }
queue-assigned-nobody = nobody
queue-held = { $name } has it open
queue-running = A batch is running.
queue-running-link = See how far it is
queue-undone = { $n ->
    [0] Nothing was taken back.
    [one] Undone: the contribution is as it was.
   *[other] Undone: { $n } contributions are as they were.
}
queue-done-theme = { $n ->
    [0] No theme changed.
    [one] The theme is changed.
   *[other] The theme of { $n } contributions is changed.
}
queue-done-quartier = { $n ->
    [0] No area changed.
    [one] The area is changed.
   *[other] The area of { $n } contributions is changed.
}
queue-done-projet = { $n ->
    [0] No contribution moved.
    [one] The contribution is in its new project.
   *[other] { $n } contributions are in their new project.
}
queue-done-confier = { $n ->
    [0] No contribution given.
    [one] The contribution is given.
   *[other] { $n } contributions are given.
}
desk-act-answer-all = Answer
desk-act-more = Other actions
desk-keys-answer = answer
desk-keys-all = all shortcuts
desk-keys-title = Keyboard shortcuts
desk-keys-enter = Enter
desk-keys-open = open
desk-keys-close = Close
lot-f-person = Give to
lot-f-status = Change the status
lot-f-tag = Change the theme
lot-f-area = Change the area
lot-f-project = Move to the project
lot-do-confier = Give
lot-do-etat = Change
lot-do-theme = Classify
lot-do-quartier = Place
lot-do-projet = Move
lot-ask-publier = { $n ->
    [one] Publish one contribution?
   *[other] Publish { $n } contributions?
}
lot-ask-refuser = { $n ->
    [one] Refuse one contribution?
   *[other] Refuse { $n } contributions?
}
lot-ask-etat = { $n ->
    [one] Change the status of one idea?
   *[other] Change the status of { $n } ideas?
}
lot-ask-theme = { $n ->
    [one] Change the theme of one idea?
   *[other] Change the theme of { $n } ideas?
}
lot-ask-quartier = { $n ->
    [one] Change the area of one idea?
   *[other] Change the area of { $n } ideas?
}
lot-ask-projet = { $n ->
    [one] Move one idea?
   *[other] Move { $n } ideas?
}
lot-ask-confier = { $n ->
    [one] Give one contribution?
   *[other] Give { $n } contributions?
}
lot-ask-repondre = { $n ->
    [one] Answer one idea
   *[other] Answer { $n } ideas at once
}
lot-start-publier = { $n ->
    [one] Publish
   *[other] Publish the { $n }
}
lot-start-refuser = { $n ->
    [one] Refuse and tell the author
   *[other] Refuse the { $n } and tell their authors
}
lot-start-etat = { $n ->
    [one] Change the status
   *[other] Change the status of the { $n }
}
lot-start-theme = { $n ->
    [one] Change the theme
   *[other] Change the theme of the { $n }
}
lot-start-quartier = { $n ->
    [one] Change the area
   *[other] Change the area of the { $n }
}
lot-start-projet = { $n ->
    [one] Move
   *[other] Move the { $n }
}
lot-start-confier = { $n ->
    [one] Give
   *[other] Give the { $n }
}
lot-start-repondre = { $n ->
    [one] Publish the answer
   *[other] Publish the { $n } answers
}
lot-which = { $n ->
    [0] No contribution is concerned
    [one] One contribution is concerned
   *[other] { $n } contributions are concerned
}
lot-others = { $n ->
    [one] and one more.
   *[other] and { $n } more.
}
lot-fields = Each idea gets its own answer. Write {"{"}name{"}"}, {"{"}number{"}"} or {"{"}title{"}"}: each person will read their own.
lot-abandon = Change nothing
lot-undo-promise = You can undo it all for ten minutes. Mails leave after that.
lot-running = The batch is running
lot-undoing = The batch is being undone
lot-undone = The batch is undone
lot-where = How far it is
lot-progress = { $n ->
    [one] of one contribution.
   *[other] of { $n } contributions.
}
lot-leave = You can leave this page: the work goes on, and starts again by itself after a failure.
lot-refresh = Refresh
lot-stop = Stop
lot-resume = Start again now
lot-result = What was done
lot-stopped = { $n ->
    [0] Stopped at the end: all was done.
    [one] Stopped: one contribution was not touched.
   *[other] Stopped: { $n } contributions were not touched.
}
lot-back = Back to the contributions
lot-left = { $n ->
    [one] One contribution stayed as it was
   *[other] { $n } contributions stayed as they were
}
lot-left-changed = No. { $number }, “{ $title }”: { $who } handled it meanwhile.
lot-left-held = No. { $number }, “{ $title }”: { $who } has it open.
lot-left-impossible = No. { $number }, “{ $title }”: it is not concerned.
lot-left-refused = No. { $number }: it belongs to a project you do not moderate.
lot-left-kept = No. { $number }, “{ $title }”: { $who } changed it since, it is not taken back.
handle-held = { $name } has this contribution open. So that you do not both work on it, talk to each other first.
conflict-title = There are two of you on this contribution
conflict-mine = You already decided on this contribution at { $time }.
conflict-changed = { $who } handled it at { $time }, while you were reading it.
conflict-changed-unknown = This contribution changed while you were reading it.
conflict-held = { $who } opened it at { $time } and may be working on it.
conflict-now = Now: { $state }.
conflict-nothing = What you asked makes no sense any more. Nothing has changed.
conflict-anyway = Do it anyway
data-lots = The decisions you took on several contributions at once.
data-handling = The contributions given to you.
activity-lot-done = { $who } handled { $what } contributions at once.
activity-lot-undone = { $who } undid what was done to { $what } contributions.
activity-contribution-moved = { $who } moved contribution { $what }.
