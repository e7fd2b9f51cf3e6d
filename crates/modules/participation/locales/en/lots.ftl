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
queue-running = Something is being done to several contributions.
queue-running-link = See how far it is
queue-undone = { $n ->
    [0] Nothing was undone.
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
lot-start-tell = { $n ->
    [one] Publish the answer
   *[other] Publish the { $n } answers
}{ $told ->
    [0] {""}
    [one] , tell { $told } person
   *[other] , tell { $told } people
}
lot-field-name = { $field } has no place in an answer: everybody reads it, and the name would stay. Take it out.
lot-field-unknown = Nothing replaces { $field }. You may write {"{"}number{"}"} and {"{"}title{"}"}.
lot-field-elsewhere = Nothing replaces { $field } here. Write it in the answer itself.
lot-which = { $n ->
    [0] No contribution is concerned
    [one] One contribution is concerned
   *[other] { $n } contributions are concerned
}
lot-others = { $n ->
    [one] and one more.
   *[other] and { $n } more.
}
lot-drafts = { $n ->
    [one] One of these ideas has a draft answer already: the answer you publish takes its place. If you undo, the draft comes back.
   *[other] { $n } of these ideas have a draft answer already: the answer you publish takes their place. If you undo, the drafts come back.
}
lot-fields = Each idea gets its own answer. Write {"{"}number{"}"} or {"{"}title{"}"}: each person will read their own.
lot-abandon = Change nothing
lot-undo-promise = You can undo it all for ten minutes. Mails leave after that.
lot-running = It is being done
lot-undoing = It is being undone
lot-undone = It is undone
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
lot-left-kept = No. { $number }, “{ $title }”: { $who } changed it since, it stays as it is.
handle-held = { $name } has this contribution open. So that you do not both work on it, talk to each other first.
conflict-title = There are two of you on this contribution
conflict-mine = You already decided on this contribution at { $time }.
conflict-changed = { $who } handled it at { $time }, while you were reading it.
conflict-changed-unknown = This contribution changed while you were reading it.
conflict-held = { $who } opened it at { $time } and may be working on it.
conflict-now = Now: { $state }.
conflict-nothing = What you asked makes no sense any more. Nothing has changed.
conflict-anyway = Do it anyway
conflict-replace = Publish yours instead
conflict-field-reason = Reason told to the author
conflict-typed = What you wrote
conflict-asked = What you asked
conflict-copy = You can copy your text.
data-lots = The decisions you took on several contributions at once.
    .team = Their decisions on several contributions at once
data-handling = The contributions given to you.
    .team = The contributions given to them
activity-lot-done = { $who } handled { $what } contributions at once.
activity-lot-undone = { $who } undid what was done to { $what } contributions.
activity-contribution-moved = { $who } moved contribution { $what }.
merge-button = Merge, they say the same
merge-error-few = Choose at least two ideas to merge.
merge-title = { $n ->
    [one] Merge one idea
   *[other] Merge { $n } ideas into one
}
merge-together = { $n ->
    [0] Nobody supports them yet.
    [one] Together, one person supports them: counted once.
   *[other] Together, { $n } people support them: each counts once.
}
merge-keep = Which one to keep?
merge-waits = not online yet
merge-what = Each text can still be read, with its author, on the page of the idea kept. Supports are united without counting anybody twice, comments and follows too. The old addresses lead there. You can undo it for ten minutes.
merge-do = Merge
merge-done = The ideas are united here.
merge-undone = Undone: each idea is as it was.
merge-into = This idea is united with:
merge-united = Ideas united
desk-state-merged = United
idea-united = { $n ->
    [one] Somebody else said the same
   *[other] { $n } other people said the same
}
data-merges = The ideas you united.
    .team = The ideas they had united
activity-contribution-merged = { $who } united ideas in contribution { $what }.
activity-contribution-unmerged = { $who } undid the union of ideas in contribution { $what }.
refusal-merged = This idea is united with another
    .why = Its text is read on the page of the idea kept, with its supports and comments.
    .next = Act on the idea kept.
refusal-not_alike = These contributions cannot be united
    .why = Two or more ideas of one project are united, twenty at most, never comments.
    .next = Choose ideas of one project, or move them first.
refusal-answered_keeps = One of these ideas has its answer already
    .why = United with another, its official answer could not be read any more.
    .next = Keep the one that has an answer.
refusal-not_settled = One of these ideas is not online
    .why = The idea kept must be online, and none may be refused, hidden, taken back or reported.
    .next = Publish the idea to keep, settle the reports, then try again.
template-title = Refusal templates
template-intro = Written once, filled for each person: {"{"}name{"}"}, {"{"}number{"}"} and {"{"}title{"}"} are replaced.
template-list = { $n ->
    [0] No template
    [one] One template
   *[other] { $n } templates
}
template-none = The five reasons of the product are often enough. Add your own here.
template-new = New template
template-change = Change the template
template-delete = Delete
template-edit = Refusal templates
template-example = A bench halfway to the hospital
template-f-title = Title
template-f-title-hint = For the team alone.
template-f-body = Message
template-f-body-hint = The person will read it, with a link to correct and post again.
template-error-title = Give the template a title.
template-error-body = Write the message of the template.
template-error-many = There are { $n } templates already: delete one first.
note-title = Notes of the team
note-none = No note. They are never published.
note-write = Write a note
note-hint = Write @ and a first name: this person of the team finds the note under Today.
note-told = To read under Today, by: { $names }
note-missed-unknown = { $name } was not told: nobody of the team is called so.
note-missed-closed = { $name } was not told: this project is not open to them.
note-missed-several = { $name } was not told: several people have that first name. Write the last name too.
note-send = Add the note
note-delete = Take back my note
note-error-empty = Write the note.
note-error-long = The note is too long: { $n } characters at most.
today-mentions = Notes of the team for you
today-mention = { $who }: “{ $text }”
view-title = Saved views
view-shared = (shared)
done-vue = The view is saved.
done-vue-retiree = The view is removed.
view-save = Save this view
view-name = Name of the view
view-share = Share it with the team
view-save-do = Save the view
view-delete = Delete the view { $name }
view-error-name = Give the view a name, { $n } characters at most.
view-error-many = You have { $n } views already: delete one first.
data-desk-notes = The notes you wrote for the team.
    .team = Their notes for the team
data-answer-drafts = The official answers you began.
    .team = The official answers they had begun
data-views = The filters you saved.
    .team = Their saved filters
data-desk-visits = When you were last in the team’s space, and the time before.
    .team = Their visits to the team’s desk
activity-template-saved = { $who } saved the refusal template “{ $what }”.
activity-template-deleted = { $who } deleted the refusal template “{ $what }”.
lot-ask-masquer = { $n ->
    [one] Hide one contribution?
   *[other] Hide { $n } contributions?
}
lot-ask-remettre = { $n ->
    [one] Put one contribution back online?
   *[other] Put { $n } contributions back online?
}
lot-start-masquer = { $n ->
    [one] Hide and notify
   *[other] Hide all { $n } and notify
}
lot-start-remettre = { $n ->
    [one] Put back online
   *[other] Put all { $n } back online
}
recent-title = Your latest actions
recent-count = { $n ->
    [one] ({ $n }, can be undone for ten minutes)
   *[other] ({ $n }, can be undone for ten minutes)
}
recent-others = { $n ->
    [one] And { $n } other
   *[other] And { $n } others
}
recent-which = See which
recent-merged = { $n ->
    [one] One idea merged:
   *[other] { $n } ideas merged:
}
activity-contribution-undone = { $who } undid their decision on contribution no. { $what }
queue-f-kind = Idea or comment
queue-kind-idees = Ideas
queue-kind-commentaires = Comments
merge-with = Does it say the same as another?
merge-close = Very close:
merge-these = Merge
merge-number = Merge with idea no.
refusal-no_such_idea = No idea has this number
    .why = The number of an idea is shown on its page and in its address.
    .next = Go back and check the number.
