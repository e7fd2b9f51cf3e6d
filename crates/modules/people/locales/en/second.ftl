### Second factor: authenticator app, recovery codes

second-title = Your verification code
second-text = Your mail is verified. Open your authenticator app.
second-code = Code of the app
second-code-hint = Six digits, new every 30 seconds
second-code-or = Code of the app, or recovery code
second-code-or-hint = six digits, or twelve letters
second-button = Enter
second-lost = App lost? Use a recovery code, or ask an owner to take your second factor away.
second-missing = Type the code.
second-wrong = This code does not fit, or it was used already. Wait for the next one.
second-too-many = Too many tries. Try again later.
second-dead = Too many tries for this sign-in.
second-again = Start again
second-begin-title = Protect your access
second-needed-text = Here, owners and administrators sign in with a second factor.
second-begin-1 = Install an authenticator app on your telephone (FreeOTP, Aegis, or the one you have).
second-begin-2 = Photograph this square with it.
second-begin-3 = Type the code that it shows.
second-qr = Square to photograph with your authenticator app
second-letters = No camera? Type the key by hand
second-codes-title = Your recovery codes
second-codes-text = Copy them and keep them off the telephone. Each works once. They will not be shown again.
second-go-on = Done, go on
second-manage = Second factor
second-on = Active
second-left = { $n ->
    [0] No recovery code is left.
    [one] { $n } recovery code is left.
   *[other] { $n } recovery codes are left.
}
second-new-codes = Make new recovery codes
second-remove = Turn off
second-confirm = Turn on
second-begin = Begin
second-why = Beside the mail, a code of your telephone. Whoever reads your mail does not get in.
second-space = Second factor
second-space-text = A code of your telephone, beside the mail, and your passkeys.
second-space-open = Set the second factor up
second-badge = Second factor
second-setting = Second factor
second-setting-text = Owners and administrators give a code of their telephone, beside the mail. Their sessions without it end at once.
second-setting-on = Require it
second-setting-off = Require it no more
second-setting-is-on = Required
second-setting-is-off = Optional
second-reset = Take their second factor away
data-second = your second factor
    .team = Their second factor

done-verification-retiree = The second factor is off.
done-verification-exigee = The second factor is required.
done-verification-libre = The second factor is optional.
done-verification-levee = Their second factor is gone, their sessions are closed.

activity-team-second_added = { $who } turned the second factor on
activity-team-second_codes = { $who } made new recovery codes
activity-team-second_removed = { $who } turned the second factor off
activity-team-second_reset = { $who } took the second factor of { $whom } away
activity-team-second_required = { $who } changed whether the second factor is required: { $what }

refusal-second_first = Turn your own second factor on first
    .why = Without it, you would be signed out at once.
    .next = Open “My space”, then “Second factor”.
refusal-second_needed = The second factor is required for your role
    .why = The owners of this space decided so.
    .next = You can make new recovery codes, or ask an owner to change this setting.
