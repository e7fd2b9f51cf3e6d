search-title = Search
search-lead = Among the ideas, comments, people, projects and pages that your role opens to you, whatever their status.
search-field = A word, a number, a name, a mail address, a telephone number, a page
search-do = Search
search-groups = What was found
search-more-than = More than { $found }
search-all = See all
search-none = Nothing answers to “{ $words }”
search-none-next = Try a single word, or the beginning of a name. A number alone leads to the contribution that bears it.
found-pages = { $n ->
    [one] 1 page
   *[other] { $n } pages
}
# The words by which people look for a page, in any order.
search-words-identity = name logo question tagline town commune population address contact telephone delay promise answer time zone source code
search-words-look = colours colors theme appearance brand
search-words-languages = language french english translation
search-words-mail = mail e-mail email smtp server sender spf dkim dmarc quiet hours pace test
search-words-outbox = mails e-mails emails letters sent failed waiting
search-words-statuses = status statuses wording words states
search-words-pages = legal notice help accessibility charter personal data gdpr foot privacy
search-words-backups = backup restore copy
search-words-retention = period retention erasure purge gdpr personal data
search-words-webhooks = webhook webhooks notification call program secret
search-words-licence = open data licence license odbl
search-words-journal = history activity audit who when traces
