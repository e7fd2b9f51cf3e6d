//! What a query asks for, and how well a commune answers it.

use crate::fold::fold_into;
use crate::store::Commune;

/// How many ranks there are, from 0, the best.
pub(crate) const RANKS: usize = 5;
/// Longer than any folded name with its department and postcode: past it, nothing can match.
const MAX_QUERY: usize = 120;
/// The three communes with municipal districts, whose postcodes end with the number of the district.
const WITH_DISTRICTS: [&str; 3] = ["75056", "69123", "13055"];

/// A query, cut into words and numbers. "arrondissement" says nothing that its number does not.
pub(crate) struct Query {
    /// The words read in one or two ways: with "st" for "saint", and as typed ("st" also begins "strasbourg").
    readings: Vec<Reading>,
    numbers: Vec<Number>,
}

struct Reading {
    words: Vec<String>,
    /// The words separated by spaces.
    spaced: String,
    /// The words without spaces, as in "lehavre".
    compact: String,
}

enum Number {
    /// The beginning of a postcode, or a department: "42000", "42", "2a". With a district number, for "Paris 12".
    Code(String, Option<u8>),
    /// The number of a municipal district: "12e".
    District(u8),
}

impl Query {
    /// `None` when the query cannot match anything: empty, without a letter or a digit, or too long.
    pub(crate) fn parse(query: &str) -> Option<Self> {
        let mut folded = String::new();
        if !fold_into(query, &mut folded, MAX_QUERY) || folded.is_empty() {
            return None;
        }
        let mut words = Vec::new();
        let mut numbers = Vec::new();
        for token in folded.split(' ') {
            match Number::parse(token) {
                Some(number) => numbers.push(number),
                None if token == "arrondissement" => {}
                None => words.push(token.to_owned()),
            }
        }
        if words.is_empty() && numbers.len() > 1 && folded.bytes().all(|b| b == b' ' || b.is_ascii_digit()) {
            // "42 000": a postcode typed with a space.
            numbers = vec![Number::Code(folded.replace(' ', ""), None)];
        }
        if words.is_empty() && numbers.is_empty() {
            return None;
        }
        Some(Self { readings: readings(words), numbers })
    }

    /// How well a commune of that folded name answers: 0 best, `None` not at all.
    pub(crate) fn rank(&self, commune: &Commune, folded: &str) -> Option<usize> {
        let rank = if self.readings.is_empty() {
            0
        } else {
            self.readings.iter().filter_map(|r| r.rank(commune, folded)).min()?
        };
        self.numbers.iter().all(|n| n.fits(commune)).then_some(rank)
    }
}

fn readings(words: Vec<String>) -> Vec<Reading> {
    if words.is_empty() {
        return Vec::new();
    }
    let long: Vec<String> = words
        .iter()
        .map(|w| match w.as_str() {
            "st" => "saint".to_owned(),
            "ste" => "sainte".to_owned(),
            _ => w.clone(),
        })
        .collect();
    let mut all = Vec::with_capacity(2);
    if long != words {
        all.push(Reading::new(long));
    }
    all.push(Reading::new(words));
    all
}

impl Reading {
    fn new(words: Vec<String>) -> Self {
        Self { spaced: words.join(" "), compact: words.concat(), words }
    }

    fn rank(&self, commune: &Commune, name: &str) -> Option<usize> {
        let bare = without_article(name);
        let (first, others) = self.words.split_first()?;
        // Most communes stop here: without the first word, only a name typed without its spaces can be meant.
        if !has_word(name, first) {
            let glued = compact_starts(name, &self.compact) || compact_starts(bare, &self.compact);
            return glued.then_some(3);
        }
        if name == self.spaced || bare == self.spaced {
            Some(0)
        } else if name.starts_with(&self.spaced) || bare.starts_with(&self.spaced) {
            Some(1)
        } else if others.iter().all(|w| has_word(name, w)) {
            Some(2)
        } else if compact_starts(name, &self.compact) {
            Some(3)
        } else {
            // "vienne isere": the first word is of the name, the others of the name or of the department's.
            let department = commune.department_folded();
            let all = others.iter().all(|w| has_word(name, w) || has_word(department, w));
            all.then_some(4)
        }
    }
}

impl Number {
    fn parse(token: &str) -> Option<Self> {
        if token == "2a" || token == "2b" {
            return Some(Self::Code(token.to_owned(), None));
        }
        let digits = token.bytes().take_while(u8::is_ascii_digit).count();
        let (number, suffix) = (token.get(..digits)?, token.get(digits..)?);
        if number.is_empty() {
            return None;
        }
        let district = number.parse().ok().filter(|n| (1..=20).contains(n));
        match suffix {
            "" => Some(Self::Code(number.to_owned(), district)),
            "e" | "er" | "eme" | "ieme" | "nd" | "nde" | "re" | "ere" => district.map(Self::District),
            _ => None,
        }
    }

    fn fits(&self, commune: &Commune) -> bool {
        match self {
            Self::Code(code, district) => {
                commune.department_code().eq_ignore_ascii_case(code)
                    || commune.postcodes().any(|p| p.starts_with(code.as_str()))
                    || district.is_some_and(|n| has_district(commune, n))
            }
            Self::District(n) => has_district(commune, *n),
        }
    }
}

fn has_district(commune: &Commune, number: u8) -> bool {
    WITH_DISTRICTS.contains(&commune.code()) && commune.postcodes().any(|p| p.ends_with(&format!("{number:03}")))
}

/// A folded name without its article: "mans" for "le mans".
fn without_article(name: &str) -> &str {
    if !name.starts_with('l') {
        return name;
    }
    ["l ", "le ", "la ", "les "].iter().find_map(|a| name.strip_prefix(a)).unwrap_or(name)
}

/// Whether one of the words of `text` begins with `word`.
fn has_word(text: &str, word: &str) -> bool {
    let word = word.as_bytes();
    text.as_bytes().split(|b| *b == b' ').any(|w| w.starts_with(word))
}

/// Whether `text` without its spaces begins with `start`.
fn compact_starts(text: &str, start: &str) -> bool {
    let mut left = text.bytes().filter(|b| *b != b' ');
    start.bytes().all(|b| left.next() == Some(b))
}
