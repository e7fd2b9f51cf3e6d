### What name servers say of the sender.

sender-title = So that letters do not end among the unwanted
sender-lead = Three lines, with whoever sells you the domain name, tell the world that your mails are really yours.
sender-none = First set the sender’s address.
sender-check = Check
sender-again = Check again
sender-domain = Domain { $domain }
sender-when = { $domain }, checked on { $date } at { $time }. A change sometimes takes a day to show.
sender-selector = DKIM selector
sender-selector-hint = Optional. Your provider gave it to you; without it, we try the usual ones.
sender-selector-wrong = A selector holds plain letters, digits and dashes only. Example: s1
sender-publish = Add a TXT record named
sender-stand-good = In place
sender-stand-weak = Could be better
sender-stand-bad = To correct
sender-stand-unknown = No answer
sender-spf-good = { $host } may send for { $domain }.
sender-spf-silent = The name servers did not answer. It may not be your domain: try again in a few minutes.
sender-spf-missing = { $domain } does not say who may send in its name. If your provider gives another value, take theirs.
sender-spf-several = { $what } has several SPF lines: none counts. Keep one, with the terms of all.
sender-spf-broken = The SPF line can’t be read at “{ $what }”: it does not count. Correct this term.
sender-spf-nested = The SPF line refers to { $what }, which has none: it does not count. Remove this reference.
sender-spf-many = The SPF line asks for more than ten lookups: it does not count. Remove services you no longer use.
sender-spf-open = The SPF line ends with “+all”: anybody may send in your name. Replace it with “~all”.
sender-spf-refused = The SPF line refuses { $host }: your mails are taken for forged. Add it before the end of the line.
sender-spf-absent = { $host } is not in the SPF line. Add “{ $what }” to it, or the value your provider gives.
sender-spf-unclosed = { $host } is in the SPF line, but it says nothing of others. End it with “~all”.
sender-spf-here = There is an SPF line. Your mails leave from this machine: check that its public address is in it.
sender-dkim-good = A key is published under the selector { $what }.
sender-dkim-silent = The name servers did not answer. Try again in a few minutes.
sender-dkim-unseen = No key under the usual selectors. Ask your provider to turn DKIM on, add the line they give, then write its selector here.
sender-dkim-missing = No key under the selector { $what }. Check its name with your provider, and the line they gave you.
sender-dkim-trial = The key of the selector { $what } is on trial (t=y). Remove that when all works.
sender-dkim-short = The key of the selector { $what } is short. Ask your provider for a key of 2048 bits.
sender-dkim-broken = The key of the selector { $what } can’t be read. Copy the line again, whole.
sender-dkim-revoked = The key of the selector { $what } was taken back. Ask your provider for another.
sender-dmarc-good = Forged mails of { $domain } are put aside.
sender-dmarc-silent = The name servers did not answer. Try again in a few minutes.
sender-dmarc-watching = DMARC is in place and watches. Once SPF and DKIM are in place, you can change it to “p=quarantine”.
sender-dmarc-missing = { $domain } has no DMARC line. Large mail providers ask for one.
sender-dmarc-several = { $what } has several DMARC lines: none counts. Keep one.
sender-dmarc-broken = The DMARC line can’t be read at “{ $what }”: it does not count. Correct it.
