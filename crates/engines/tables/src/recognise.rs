//! Telling what each column of a file is.

use crate::mapping::{Column, Mapping, Why};
use crate::names::{DOUBTFUL, ENDORSEMENTS, FIRST_WORDS, FORBIDDEN, LISTS, NAMES};
use crate::role::Role;
use crate::text::fold;
use crate::values::{kind_word, parse_moment, parse_number, side_word};

/// From this mean length, in characters, a column with no telling header is the text.
const LONG_TEXT: usize = 40;

/// Tells what each column is taken for and why, from its header first, then from its values in `sample_rows` (some rows of the file,
/// of which a few dozen suffice). A role goes to one column only; the others that could have it are ignored.
#[must_use]
pub fn recognise(headers: &[String], sample_rows: &[Vec<String>]) -> Mapping {
    let mut guess = Guess::new(headers, sample_rows);
    for (role, names) in NAMES {
        guess.by_name(*role, names);
    }
    for (role, word) in FIRST_WORDS {
        guess.by_first_word(*role, word);
    }
    guess.by_content(Role::Email, is_email);
    guess.by_content(Role::Url, |v| v.starts_with("https://") || v.starts_with("http://"));
    guess.by_content(Role::Date, |v| parse_moment(v).is_some());
    guess.by_content(Role::Age, is_age_group);
    guess.long_text();
    guess.mark_taken();
    guess.finish()
}

/// Whether the law forbids using the column of this header, whatever it would be taken for: religion, health, political
/// opinion...
#[must_use]
pub fn is_forbidden(header: &str) -> bool {
    Header::read(header).is_forbidden()
}

/// A header, folded, with its language apart ("title/fr").
struct Header {
    name: String,
    french: bool,
}

struct Guess<'a> {
    columns: Vec<Column>,
    headers: Vec<Header>,
    rows: &'a [Vec<String>],
}

impl<'a> Guess<'a> {
    fn new(headers: &[String], rows: &'a [Vec<String>]) -> Self {
        let folded: Vec<Header> = headers.iter().map(|h| Header::read(h)).collect();
        let columns = headers
            .iter()
            .zip(&folded)
            .map(|(header, folded)| {
                let why = if folded.is_forbidden() { Why::Forbidden } else { Why::Unknown };
                let list = LISTS.contains(&folded.name.as_str());
                Column { header: header.clone(), role: Role::Ignored, why, list }
            })
            .collect();
        Self { columns, headers: folded, rows }
    }

    /// The values of a column that hold something.
    fn values(&self, column: usize) -> impl Iterator<Item = &'a str> + use<'a> {
        self.rows.iter().filter_map(move |row| row.get(column)).map(|v| v.trim()).filter(|v| !v.is_empty())
    }

    fn has(&self, role: Role) -> bool {
        self.columns.iter().any(|c| c.role == role)
    }

    fn take(&mut self, column: usize, role: Role, why: Why) {
        if let Some(column) = self.columns.get_mut(column) {
            (column.role, column.why) = (role, why);
        }
    }

    /// The columns that nothing was decided about, with their folded headers.
    fn free(&self) -> impl Iterator<Item = (usize, &Header)> {
        let columns = self.columns.iter().zip(&self.headers).enumerate();
        columns.filter(|(_, (column, _))| column.why == Why::Unknown).map(|(i, (_, header))| (i, header))
    }

    fn by_name(&mut self, role: Role, names: &[&str]) {
        if self.has(role) {
            return;
        }
        let ranked = self.free().filter_map(|(i, header)| {
            let rank = names.iter().position(|n| *n == header.name)?;
            let doubtful = DOUBTFUL.contains(&header.name.as_str());
            if header.name == ENDORSEMENTS && self.votes_count_more(i) {
                return None;
            }
            self.agrees(i, role, doubtful).then_some((rank, !header.french, i))
        });
        if let Some((_, _, column)) = ranked.min() {
            self.take(column, role, Why::Name);
        }
    }

    /// Whether a column of votes counts the supports, and not the endorsements of this column.
    fn votes_count_more(&self, endorsements: usize) -> bool {
        let counts = |column: usize| self.values(column).any(|v| parse_number(v).is_some_and(|n| n > 0.0));
        let names = NAMES.iter().find(|(role, _)| *role == Role::VotesTotal).map_or(&[][..], |(_, names)| *names);
        let mut votes = self.free().filter(|(_, h)| names.contains(&h.name.as_str())).map(|(i, _)| i).peekable();
        votes.peek().is_some() && (votes.any(counts) || !counts(endorsements))
    }

    fn by_first_word(&mut self, role: Role, word: &str) {
        if self.has(role) {
            return;
        }
        let found = self.free().find(|(i, header)| {
            let starts = header.name.strip_prefix(word).is_some_and(|rest| rest.starts_with(' '));
            let birth = header.name.contains("naissance") || header.name.contains("birth");
            starts && !birth && self.agrees(*i, role, true)
        });
        if let Some((column, _)) = found {
            self.take(column, role, Why::Name);
        }
    }

    fn by_content(&mut self, role: Role, is_it: impl Fn(&str) -> bool) {
        if self.has(role) {
            return;
        }
        let found = self.free().map(|(i, _)| i).find(|i| {
            let birth = self.headers.get(*i).is_some_and(|h| h.name.contains("naissance") || h.name.contains("birth"));
            let (mut all, mut good) = (0, 0);
            for value in self.values(*i) {
                all += 1;
                good += usize::from(is_it(value));
            }
            !birth && all > 0 && good * 10 >= all * 9
        });
        if let Some(column) = found {
            self.take(column, role, Why::Content);
        }
    }

    /// Whether the values may be those of the role; with no value to look at, whether the header is enough.
    fn agrees(&self, column: usize, role: Role, doubtful: bool) -> bool {
        let all = |good: &dyn Fn(&str) -> bool| {
            let mut values = self.values(column).peekable();
            if values.peek().is_none() { !doubtful } else { values.all(good) }
        };
        // A wrong cell or two are refused by their line, and don't hide the column.
        let most = |good: &dyn Fn(&str) -> bool| {
            let (mut all, mut right) = (0, 0);
            for value in self.values(column) {
                all += 1;
                right += usize::from(good(value));
            }
            if all == 0 { !doubtful } else { right * 2 >= all }
        };
        match role {
            Role::Kind if doubtful => all(&|v| kind_word(&fold(v)).is_some()),
            Role::Stance if !doubtful => most(&|v| side_word(v).is_some()),
            Role::Stance => all(&|v| side_word(v).is_some()),
            // In a survey, the answer is the text itself.
            Role::Answer if doubtful => {
                let written = |h: &Header| ["text", "texte", "body", "title", "titre"].contains(&h.name.as_str());
                self.has(Role::AnsweredAt) && self.headers.iter().any(written)
            }
            Role::VotesFor | Role::VotesAgainst if doubtful => all(&|v| parse_number(v).is_some()),
            Role::Latitude | Role::Longitude => most(&|v| parse_number(v).is_some()),
            Role::Date if doubtful => most(&|v| parse_moment(v).is_some()),
            Role::ExternalId if doubtful => {
                let values: Vec<_> = self.values(column).collect();
                let distinct: std::collections::HashSet<_> = values.iter().collect();
                !values.is_empty() && distinct.len() == values.len()
            }
            _ => true,
        }
    }

    /// Without a text, the longest column that no header explains.
    fn long_text(&mut self) {
        if self.has(Role::Text) {
            return;
        }
        let means = self.free().filter_map(|(i, _)| {
            let lengths: Vec<usize> = self.values(i).map(|v| v.chars().count()).collect();
            let mean = lengths.iter().sum::<usize>().checked_div(lengths.len())?;
            (mean >= LONG_TEXT).then_some((mean, std::cmp::Reverse(i)))
        });
        if let Some((_, std::cmp::Reverse(column))) = means.max() {
            self.take(column, Role::Text, Why::Content);
        }
    }

    /// Says of ignored columns whose header tells a role that another column has it.
    fn mark_taken(&mut self) {
        let free: Vec<(usize, Role)> = self
            .free()
            .filter_map(|(i, header)| {
                let role = match header.name.as_str() {
                    ENDORSEMENTS if !self.has(Role::VotesFor) => Role::VotesTotal,
                    name => NAMES.iter().find(|(_, names)| names.contains(&name))?.0,
                };
                self.has(role).then_some((i, role))
            })
            .collect();
        for (column, role) in free {
            self.take(column, Role::Ignored, Why::Taken(role));
        }
    }

    fn finish(self) -> Mapping {
        let kind = self.columns.iter().position(|c| c.role == Role::Kind);
        let mut met: Vec<_> = kind.map(|column| self.values(column).collect()).unwrap_or_default();
        met.sort_unstable();
        met.dedup();
        let mut mapping = Mapping::new(self.columns);
        for value in met {
            if let Some(kind) = kind_word(&fold(value)) {
                mapping.set_kind(value, kind);
            }
        }
        mapping
    }
}

impl Header {
    fn read(header: &str) -> Self {
        let (path, language) = match header.rsplit_once('/') {
            Some((path, end)) if end.len() == 2 && end.bytes().all(|b| b.is_ascii_alphabetic()) && end != "id" => {
                (path, Some(end))
            }
            _ => (header, None),
        };
        let mut name = fold(path);
        for possessive in ["votre ", "vos ", "your "] {
            if let Some(rest) = name.strip_prefix(possessive) {
                name = rest.to_owned();
                break;
            }
        }
        Self { name, french: language.is_none_or(|l| l.eq_ignore_ascii_case("fr")) }
    }

    fn is_forbidden(&self) -> bool {
        FORBIDDEN.contains(&self.name.as_str())
    }
}

/// Something, an at sign, something with a dot inside: the only check worth making before writing to the address.
pub(crate) fn is_email(value: &str) -> bool {
    let Some((local, domain)) = value.split_once('@') else {
        return false;
    };
    let plain =
        |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c.is_control() || c == '@');
    let dotted = domain.split_once('.').is_some_and(|(host, end)| !host.is_empty() && !end.is_empty());
    value.len() <= 254 && plain(local) && plain(domain) && dotted && !domain.ends_with('.')
}

/// "18-24", "25 à 34 ans", "65 ans et plus", "moins de 18 ans", "75+".
fn is_age_group(value: &str) -> bool {
    let folded = fold(value);
    let mut numbers = folded.split(' ').filter_map(|w| w.parse::<u8>().ok());
    let ages = numbers.clone().count();
    let words = |w: &str| {
        w.parse::<u8>().is_ok()
            || matches!(w, "a" | "ans" | "an" | "et" | "plus" | "moins" | "de" | "to" | "over" | "under" | "years")
    };
    let open = value.contains('+') || folded.contains("ans") || folded.contains("plus") || folded.contains("moins");
    (1..=2).contains(&ages) && (ages == 2 || open) && numbers.all(|n| n <= 120) && folded.split(' ').all(words)
}
