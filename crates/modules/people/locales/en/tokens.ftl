settings-tokens = Tokens of programs
settings-state-tokens = { $n ->
    [0] None
    [one] { $n } token
   *[other] { $n } tokens
}
search-words-tokens = api token key program access
tokens-list =
    { $n ->
        [0] No token
        [one] One token
       *[other] { $n } tokens
    }
tokens-text = A token lets a program act for a member of the team: only what its rights say, and never more than that person.
tokens-api = What programs can read and do
tokens-none = No program acts for the team.
token-made = Your token is ready
token-made-text = Copy it now: it will never be shown again. Whoever holds it acts in your name.
token-owner = Token of { $name }
token-dates = From { $from } to { $to }.
token-used = Last used: { $date }.
token-unused = Never used.
token-ended = Ended
token-revoke = Revoke
token-new = Make a token
token-new-text = One token for each program: you can revoke one without stopping the others.
token-name = Name
token-name-hint = What it is for, such as “Form on the town’s site”
token-name-missing = Give this token a name, to know it later.
token-scopes = Rights
token-scopes-missing = Choose one right at least.
token-scope-queue-read = Read what waits for the team
token-scope-reports-read = Read reports
token-scope-projects-read = Read projects, those in preparation included
token-scope-notes-read = Read the team’s notes about contributions
token-scope-people-read = Read the sheets of people and their consents. Each reading goes to the journal
token-scope-contributions-create = Post ideas and comments
token-days = How long
token-days-n = { $n } days
token-days-missing = Choose how long.
token-too-many = You have twenty tokens already. Revoke those that serve no more first.
token-make = Make the token
done-jeton-revoque = The token is revoked. The program that used it has no access to anything any more.
activity-token-made = { $who } made a token
activity-token-revoked = { $who } revoked a token
data-tokens = the tokens of your programs: name, rights, dates
    .team = The tokens of their programs
token-scope-contributions-read = Read ideas and comments in every status, hidden and refused ones included
