//! Extracts of a text, word for word.

use crate::text::{Language, fold, stem, tokens};
use std::cmp::Reverse;
use std::collections::HashSet;

/// The longest extract, in characters.
pub const LONGEST_QUOTE: usize = 240;

/// An extract: `text` is found letter for letter at byte `start` of the text it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quote<'a> {
    /// The words.
    pub text: &'a str,
    /// Where they start, in bytes.
    pub start: usize,
    /// How many different words of the terms it holds.
    pub hits: usize,
    /// Whether it ends where a sentence ends. `false` when the sentence was too long, and "…" should follow.
    pub whole: bool,
}

/// The sentence or run of sentences of `text`, up to [`LONGEST_QUOTE`] characters, that reads best and holds most of
/// the `terms`; among equals the shortest, then the first. `None` for a text without a letter.
///
/// A sentence that is longer by itself is cut after its last comma, semicolon or word that fits.
#[must_use]
pub fn quote<'a>(text: &'a str, terms: &[String], language: Language) -> Option<Quote<'a>> {
    let wanted: HashSet<String> =
        terms.iter().flat_map(|t| tokens(t, language)).filter(|t| !t.elided).map(|t| stem(&t.word, language)).collect();
    let sentences = sentences(text);
    let mut best: Option<(Rank, Quote<'a>)> = None;
    for (i, &(start, first_end)) in sentences.iter().enumerate() {
        let Some(first) = shorten(text, start, first_end) else {
            continue;
        };
        let ends = sentences.iter().skip(i + 1).map(|s| s.1);
        let longer = ends
            .map_while(|end| text.get(start..end).filter(|t| t.chars().count() <= LONGEST_QUOTE))
            .map(|text| Quote { text, start, hits: 0, whole: true });
        for mut candidate in std::iter::once(first).chain(longer.take(if first.whole { MOST_SENTENCES - 1 } else { 0 }))
        {
            let rank = rank(&mut candidate, &wanted, language);
            if candidate.text.chars().any(char::is_alphabetic) && best.as_ref().is_none_or(|b| rank > b.0) {
                best = Some((rank, candidate));
            }
        }
    }
    best.map(|b| b.1)
}

/// More sentences than this make no quote.
const MOST_SENTENCES: usize = 4;

/// Points, then the shorter.
type Rank = (usize, Reverse<usize>);

/// Two points for each word of the terms, one for each sign of a sentence that stands alone.
fn rank(candidate: &mut Quote<'_>, wanted: &HashSet<String>, language: Language) -> Rank {
    let words = tokens(candidate.text, language);
    let found: HashSet<String> = words.iter().map(|t| stem(&t.word, language)).collect();
    candidate.hits = wanted.intersection(&found).count();
    let says_something = words.len() >= 5;
    let starts_well = candidate.text.starts_with(|c: char| c.is_uppercase() || c == '«' || c == '"');
    let no_address = !candidate.text.contains("://");
    let signs = [says_something, starts_well, no_address, candidate.whole];
    let points = 2 * candidate.hits + signs.into_iter().filter(|s| *s).count();
    (points, Reverse(candidate.text.chars().count()))
}

/// Quotes for a theme: one from each of its most central texts, at most `n`, none twice.
///
/// `members` are positions in `texts`, best first, as in [`Theme::members`](crate::Theme::members). Gives the position
/// with each quote. Whole sentences that hold one of the terms come first. Extracts of three words or fewer say too
/// little and are skipped.
#[must_use]
pub fn quotes<'a>(
    texts: &[crate::Text<'a>],
    members: &[usize],
    terms: &[String],
    language: Language,
    n: usize,
) -> Vec<(usize, Quote<'a>)> {
    let mut seen = HashSet::new();
    let (mut good, mut other) = (Vec::new(), Vec::new());
    for &member in members {
        if good.len() >= n {
            break;
        }
        let Some(text) = texts.get(member) else {
            continue;
        };
        let language = text.language.unwrap_or(language);
        let Some(found) = quote(text.body, terms, language) else {
            continue;
        };
        if tokens(found.text, language).len() <= 3 || !seen.insert(fold(found.text)) {
            continue;
        }
        let list = if found.whole && found.hits > 0 { &mut good } else { &mut other };
        list.push((member, found));
    }
    good.extend(other);
    good.truncate(n);
    good
}

/// Start and end, in bytes, of each sentence, without the space around it.
fn sentences(text: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let next = chars.peek().map(|n| n.1);
        let stop = matches!(c, '.' | '!' | '?' | '…' | '؟' | '。')
            && next.is_none_or(char::is_whitespace)
            && !(c == '.' && after_abbreviation(text, start, i));
        if stop || matches!(c, '\n' | '\r' | '\u{2029}') {
            push_trimmed(text, start, i + c.len_utf8(), &mut out);
            start = i + c.len_utf8();
        }
    }
    push_trimmed(text, start, text.len(), &mut out);
    out
}

/// A full stop after a single letter or a known short form ends no sentence: `M. Dupont`, `art. 4`.
fn after_abbreviation(text: &str, start: usize, at: usize) -> bool {
    let head = text.get(start..at).unwrap_or_default();
    let word = head.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '\'' | '’')).next().unwrap_or_default();
    matches!(
        word,
        "M" | "MM"
            | "Mme"
            | "Dr"
            | "St"
            | "Ste"
            | "art"
            | "cf"
            | "ex"
            | "p"
            | "av"
            | "bd"
            | "Mr"
            | "Mrs"
            | "Sr"
            | "z.B"
    )
}

fn push_trimmed(text: &str, start: usize, end: usize, out: &mut Vec<(usize, usize)>) {
    let Some(part) = text.get(start..end) else {
        return;
    };
    let lead = part.len() - part.trim_start().len();
    let inner = part.trim();
    if inner.chars().any(char::is_alphanumeric) {
        out.push((start + lead, start + lead + inner.len()));
    }
}

/// The sentence, or what fits of it.
fn shorten(text: &str, start: usize, end: usize) -> Option<Quote<'_>> {
    let sentence = text.get(start..end)?;
    let Some((limit, _)) = sentence.char_indices().nth(LONGEST_QUOTE) else {
        return Some(Quote { text: sentence, start, hits: 0, whole: true });
    };
    let fits = sentence.get(..limit)?;
    let ends_clause =
        |w: &[(usize, char)]| matches!(w, [(i, ',' | ';' | ':' | ')'), (_, n)] if n.is_whitespace() && *i > limit / 2);
    let places: Vec<(usize, char)> = fits.char_indices().collect();
    let clause = places.windows(2).rev().find(|w| ends_clause(w)).and_then(|w| w.first()).map(|w| w.0);
    let cut = clause.or_else(|| fits.rfind(char::is_whitespace)).unwrap_or(limit);
    let kept = fits.get(..cut)?.trim_end();
    Some(Quote { text: kept, start, hits: 0, whole: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(list: &[&str]) -> Vec<String> {
        list.iter().map(|s| (*s).to_owned()).collect()
    }

    #[test]
    fn the_sentence_with_the_terms_word_for_word() {
        let text = "Bonjour à tous ! Il faut des pistes  cyclables sur le pont, pour M. Dupont. Merci.";
        let found = quote(text, &terms(&["piste cyclable", "pont"]), Language::Fr).expect("a quote");
        assert_eq!(found.text, "Il faut des pistes  cyclables sur le pont, pour M. Dupont.");
        assert_eq!(text.get(found.start..found.start + found.text.len()), Some(found.text));
        assert!(found.whole);
    }

    #[test]
    fn a_long_sentence_is_cut_between_words() {
        let text = "vélo été, ".repeat(60);
        let found = quote(&text, &terms(&["vélo"]), Language::Fr).expect("a quote");
        assert!(!found.whole && found.text.chars().count() <= LONGEST_QUOTE && found.text.ends_with("été"));
        let noise = "é".repeat(100_000);
        assert_eq!(quote(&noise, &[], Language::Fr).map(|q| q.text.chars().count()), Some(LONGEST_QUOTE));
    }

    #[test]
    fn nothing_to_quote() {
        for text in ["", "  ", "…", "🚲 !!", "\0"] {
            assert_eq!(quote(text, &terms(&["vélo"]), Language::Fr), None, "{text:?}");
        }
        assert_eq!(quote("مرحبا بكم.", &[], Language::Fr).map(|q| q.text), Some("مرحبا بكم."));
    }
}
