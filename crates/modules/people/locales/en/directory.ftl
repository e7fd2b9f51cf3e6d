### People: search, sheet, consents, notes

directory-title = People
directory-known = { $n ->
    [one] { $n } known person.
   *[other] { $n } known people.
}
directory-search-label = Look somebody up
directory-query = Name, mail or telephone
directory-search = Search
directory-filter = Filter
directory-filters-set = { $n ->
    [one] { $n } filter
   *[other] { $n } filters
}
directory-any = Any
directory-apply = Apply
directory-clear = Remove filters
directory-reach = Accepts
directory-reach-courriel = Mails
directory-reach-sms = Text messages
directory-reach-appel = Calls
directory-reach-rien = Nothing
directory-reach-attente = Waiting for a consent
directory-reach-retire = Consent taken back
directory-reach-adresse = Address that fails
directory-since-then = Since { $day } at { $time }
directory-waiting = { $n ->
    [one] { $n } person waits for a consent
   *[other] { $n } people wait for a consent
}
directory-waiting-many = More than { $n } people wait for a consent
directory-export = Export
sheet-waits = This sheet comes from the team, and no consent stands on it: nobody may write to them. You have their consent? Write it down, with its day and what proves it. Otherwise, erase the sheet.
sheet-waits-note = Write their consent down
sheet-waits-erase = Erase the sheet
directory-channel-email = mail
directory-channel-sms = text messages
directory-channel-telephone = calls
directory-area-unknown = Area unknown
directory-accepts = Accepts: { $what }.
directory-nothing = Accepts no message.
directory-known-since = Known since { $date }
directory-did = Did, under their name
directory-seen = Last visit: { $when }
directory-since = known since { $date }
directory-found = { $n ->
    [0] Nobody
    [one] { $n } person
   *[other] { $n } people
}
directory-found-many = More than { $n } people
directory-empty = Nobody matches
directory-empty-next = Try fewer letters, or remove a filter.
directory-add = Add a person
directory-pages = Pages of the list
directory-previous = Previous
directory-next = Next
directory-rules = What this page keeps
directory-rule-journal = Each search and each opening of a sheet is written in the journal, with your name.
directory-rule-given = A sheet holds what the person gave or published. Nothing is guessed, no opinion is noted.
directory-rule-ledger = Without a consent on their sheet, nobody writes to them.

role-equipe = The whole team
role-aucun = Not on the team

origin-web = The site
origin-paper = A signed paper
origin-stand = A meeting, a stand
origin-phone = A call
origin-door = Door to door
origin-import = An imported file

sheet-back = Back to the list
sheet-mail = Mail
sheet-phone = Telephone
sheet-address = Address
sheet-age = Age
sheet-role = Role
sheet-origin = Known through
sheet-nameless = Nameless
sheet-somebody = somebody of the team
sheet-reach = How to reach them
sheet-reach-text = Each right comes from an entry of the ledger. No entry, no message.
sheet-reach-none = No consent is written down: nobody may write to them or call.
sheet-past = Their history
sheet-past-text = What they signed in public, received or agreed to. Their supports and texts without a name are not here.
sheet-past-older = { $n ->
    [one] The other event
   *[other] The { $n } other events
}
sheet-notes = Internal notes
sheet-notes-text = The person can ask to read them. Write no opinion, religion or health.
sheet-note = New note
sheet-note-hint = A useful fact. Example: prefers calls after 6 pm
sheet-note-add = Add the note
sheet-note-remove = Delete
sheet-note-missing = The note is empty.
sheet-note-long = The note is too long: 2,000 characters at most.
sheet-rights = Their rights
sheet-opener = { $n ->
    [one] { $who } ({ $n } time)
   *[other] { $who } ({ $n } times)
}
sheet-opened = Sheet opened this month by: { $who }. The person can ask.

accord-newsletter-email = News by mail
accord-sms-sms = News by text message
accord-calls-telephone = Calls
accord-entry = Entry of { $when }
accord-shown = Words shown
accord-proof-short = Proof
accord-version = Version { $n }.
accord-until = Until
accord-until-unless = { $date }, unless they change their mind
accord-never = Never asked
accord-by = Written down by
accord-noted = { $who }, on { $when }
accord-noted-now = { $who }, as the person asked
accord-take-back = Take back as they asked
accord-add = Add a consent given on paper or aloud
accord-nothing-to-ask = To write a consent down, a mail or a telephone is needed first.
accord-what = What they accept
accord-source = How it reached us
accord-wording = Exact words read or heard
accord-wording-hint = Example: “I agree to receive news by mail.”
accord-date = Given on
accord-proof = Proof
accord-proof-hint = Who witnessed it, or where the paper is kept
accord-save = Write this consent down
accord-missing = Choose what the person accepts.
accord-no-mail = This consent needs a mail address.
accord-no-phone = This consent needs a telephone.
accord-date-wrong = Give the day of the consent: today or before.
accord-date-over = This consent is more than { $days } days old: it stands no more. Ask the person again.
accord-wording-missing = Write the words the person read or heard.
accord-wording-long = These words are too long: 600 characters at most.
accord-proof-missing = Say who witnessed it, or where the paper is kept.
accord-proof-long = Too long: 200 characters at most.
accord-source-missing = Say how it reached you.
consent-purpose-sms = News by text message
consent-purpose-calls = Calls from the team
consent-source-paper = signed paper
consent-source-stand = meeting, stand
consent-source-phone = call
consent-source-door = door to door
consent-source-asked_team = asked of the team

person-new = Add a person
person-edit = Correct the sheet
person-who = Who
person-optional = Optional
person-unsaid = Not said
person-phone-hint = Optional. Example: 06 12 34 56 78
person-mail-theirs = This person signs in with this address: only they can change it.
person-from = Where these data come from
person-from-text = The law asks to be able to tell the person.
person-accords = What they accept
person-accords-hint = nothing, if they accepted nothing
person-returns = This person asks to come back themselves
person-add = Add the person
person-cancel = Cancel
person-name-long = This name is too long: 80 characters at most.
person-address-long = This address is too long: 200 characters at most.
person-phone-wrong = This number does not exist. Example: 06 12 34 56 78, or +32 470 12 34 56
person-empty = Give at least a name, a mail or a telephone.
person-known = A sheet has this mail already.
person-known-text = A sheet has this mail already.
person-known-open = Open that sheet
person-erased = This person asked to be erased. If they come back themselves, tick the box below.

past-known = Left their address on the site
past-entered = Sheet added by the team
past-agreed = Gave a consent
past-ended = A consent ended
past-took-back = Took a consent back
past-refused = Refused a consent
past-undone = A consent brought by a file is no longer noted: the import was undone

data-notes = the team’s notes about you
    .team = The team’s notes about them
data-openings = the days on which the team opened your sheet
    .team = The openings of their sheet

activity-person-searched = { $who } looked people up: { $what } found
activity-person-viewed = { $who } opened a sheet
activity-person-added = { $who } added a person
activity-person-edited = { $who } corrected a sheet
activity-person-noted = { $who } wrote a note on a sheet
activity-person-consent_noted = { $who } wrote a consent down
activity-person-consent_taken_back = { $who } took a consent back as a person asked

done-personne-ajoutee = The sheet is made.
done-personne-modifiee = Saved.
done-accord-note = The consent stands in the ledger.
done-accord-repris = Done: the consent is taken back.
done-note = The note is added.
done-note-retiree = The note is deleted.

# an address that refuses our mails
sheet-refused = This address has had no mail since { $date }
sheet-refused-what = Nothing goes there now but the sign-in links they ask for. Correct the address, or write there again if it works once more.
sheet-refused-lift = Write to this address again
done-adresse-levee = The next mails will go to this address.
activity-person-address_lifted = { $who } allowed writing again to an address that refused mails
found-people = { $n ->
    [one] 1 person
   *[other] { $n } people
}
