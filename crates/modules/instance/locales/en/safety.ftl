### What protects accounts

outbox-read = Read this mail
outbox-read-why = This mail opens the space of the person it is addressed to. Reading it is written in the journal.
outbox-leaves = This mail opens the space of the person it is addressed to. It leaves by the mail server: only an owner may read it here.
activity-mail-read = { $who } read a sign-in mail in the outbox
settings-mail-owners = Only an owner changes the mail server: sign-in links pass through it.
settings-base-url-owners = Only an owner changes this address: sign-in links start with it.
