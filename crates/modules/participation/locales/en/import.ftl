# Import of a file of contributions.

activity-import-done = { $who } imported contributions into “{ $what }”
import-project-title = Imported consultation
import-project-summary = Contributions that came from a file. You can read them, support them, comment on them and add yours.
import-project-phase = We are listening

import-at-line = Line { $line }: { $why }
import-at-column = Line { $line }, column “{ $column }”: { $why }
import-with-value = { $text } (it reads “{ $value }”)

import-refused-empty-file = the file is empty. Choose a CSV file with a line of headers.
import-refused-not-text = this is not a text file. In your spreadsheet, use “Save as”, then CSV.
import-refused-too-large = the file is over 256 MB. Split it into several files, each with its line of headers.
import-refused-too-many-rows = the file has more than a million rows. Split it into several files.
import-refused-too-many-columns = the file has more than 512 columns. Check what separates them.
import-refused-unreadable = the file could not be read to its end. Check the disk, then start again.
import-refused-no-text-column = no column looks like a title or a text. Say which one with --set "column=text".
import-refused-headers-changed = the line of headers changed while reading. Start again.
import-refused-row-too-wide = there are more cells than column headers.
import-refused-cell-too-large = a cell is over 256 KB.
import-refused-broken-quotes = a quote is not closed, or text follows a closed quote.
import-refused-bad-date = this is not a date we can read.
import-refused-bad-number = this is not a number that is possible here.
import-refused-bad-email = this is not an e-mail address.
import-refused-missing-text = there is neither a title nor a text.
import-refused-missing-parent = this comment does not say which idea it stands under.
import-refused-unknown-parent = this comment stands under a contribution that does not exist.
import-refused-duplicate-id = this identifier is already higher in the file, or the line is there twice.
import-refused-unknown-kind = this is neither an idea nor a comment.
import-refused-unknown-stance = this is neither for nor against.
import-refused-text-too-long = the text is over 20,000 characters.
import-refused-future-date = this date is in the future.

import-column = { $role } ({ $why })
import-why-name = from its header
import-why-content = from its values
import-why-chosen = as you asked
import-why-unknown = nothing tells what it is
import-why-taken = another column fits better for: { $role }
import-why-forbidden = the law forbids using it
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
import-role-votes-for = votes for
import-role-votes-against = votes against
import-role-votes-neutral = mixed votes (not kept)
import-role-votes-total = votes
import-role-parent = idea commented on
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
