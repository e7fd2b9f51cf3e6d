### What protects accounts

refusal-code_later = The next mail leaves within ten minutes
    .why = Many codes were asked for this address today. So as not to fill its mailbox, one leaves every ten minutes.
    .next = Open the last mail you received: its button works for 30 minutes. Otherwise, ask for another code in ten minutes.
confirm-mail-link = The button works once, until { $until }. You are on the team: to enter your space, sign in afterwards.
done-adresse-confirmee = Your address is confirmed. Sign in to enter your space.
