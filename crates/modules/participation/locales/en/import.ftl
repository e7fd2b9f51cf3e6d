# Import of a file of contributions.

activity-import-done = { $who } imported contributions into “{ $what }”
import-project-title = Imported consultation
import-project-summary = Contributions that came from a file. You can read them, support them, comment on them and add yours.
import-project-summary-closed = Contributions that came from a file. You can read them, support them and comment on them.
import-project-phase = We are listening
import-project-phase-closed = Imported contributions

import-at-line = Line { $line }: { $why }
import-at-column = Line { $line }, column “{ $column }”: { $why }
import-with-value = { $text } (it reads “{ $value }”)

import-refused-too-many-rows = the file has more than a million rows. Split it into several files.
import-refused-no-text-column = no column looks like a title or a text. Say which one it is.
import-refused-bad-date = this day does not exist, or the date can’t be read. Write it like this: 31/12/2025.
import-refused-bad-number = this number is not possible here. It takes a whole number, without decimals: 1234.
import-refused-bad-coordinate = these are not degrees. It is probably Lambert-93: convert to WGS84 (EPSG:4326), such as 47.98 and 0.19.
import-refused-swapped-coordinates = latitude and longitude are swapped. Swap the two columns above, or in the file.
import-refused-bad-email = this is not an e-mail address. Example: lea@mail.example
import-refused-missing-text = there is neither a title nor a text. Fill in one of them, or delete the line.
import-refused-missing-parent = this comment does not say which idea it belongs to. Put the idea’s identifier.
import-refused-unknown-parent = this comment belongs to a contribution that does not exist. Import the ideas first, into the same project.
import-refused-duplicate-id = this identifier is already further up in the file, or the line is there twice. The first one is kept.
import-refused-unknown-kind = this is neither an idea nor a comment. Write one of these words, or leave this column unread.
import-refused-unknown-stance = this is neither for nor against. Write one of these words, or leave it empty.
import-refused-text-too-long = the text is over 20,000 characters. Shorten it.
import-refused-withdrawn = its author withdrew it where the file comes from: it is not taken over.
import-refused-amendment = it amends another contribution and is none of its own: it is left out.
import-refused-not-published = its publication date is empty: it is a draft that nobody saw where the file comes from. To take it all the same, leave this column unread.
import-refused-other-kind = this identifier already belongs to an idea (or a comment) of the project. Import comments with their column “commentable_type”, or change the identifier.
import-refused-future-date = this date is in the future. Check the year.

import-role-external-id = identifier
import-role-kind = idea or comment
import-role-title = title
import-role-text = text
import-role-author = author
import-role-first-name = author’s first name
import-role-email = e-mail address (tells one author from another, is not kept)
import-role-date = date
import-role-tag = theme
import-role-area = area
import-role-status = status
import-role-answer = official answer
import-role-answered-at = date of the official answer
import-role-withdrawn = withdrawn by its author (left out)
import-role-withdrawn-at = when its author withdrew it (left out)
import-role-amendment = amendment (left out)
import-role-votes-for = votes for
import-role-votes-against = votes against
import-role-votes-neutral = mixed votes (not kept)
import-role-votes-total = votes
import-role-parent = idea commented on
import-role-parent-kind = what the comment is about (idea or comment)
import-role-stance = for or against
import-role-age = age
import-role-latitude = latitude
import-role-longitude = longitude
import-role-address = place
import-role-language = language
import-role-url = web address (not kept)
import-role-ignored = not read

import-unknown-status = { $n ->
    [one] There is no status “{ $word }” here: { $n } row is taken as proposed.
   *[other] There is no status “{ $word }” here: { $n } rows are taken as proposed.
}
import-unknown-area = { $n ->
    [one] There is no area “{ $name }” here: kept as the place of { $n } row.
   *[other] There is no area “{ $name }” here: kept as the place of { $n } rows.
}
import-held = { $n ->
    [one] One text waits under “To check” before it is online: it holds a telephone number, a mail address or a word of your lists.
   *[other] { $n } texts wait under “To check” before they are online: they hold a telephone number, a mail address or a word of your lists.
}
