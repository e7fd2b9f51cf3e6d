//! Words: languages, tokens, stop words, stems, and the folded form that search compares.

mod language;
mod stop;
mod token;

pub use language::{Language, UnknownLanguage};
pub use token::{Token, tokens};

pub(crate) use stop::{Class, Words};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lowercases, removes accents and other combining marks, spells out ligatures (`œ` → `oe`, `ß` → `ss`) and
/// writes every apostrophe as `'`, so that two spellings of one word compare equal.
///
/// ```
/// assert_eq!(parvis_themes::text::fold("L’Hôpital du Cœur"), "l'hopital du coeur");
/// ```
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfkd() {
        if is_combining_mark(c) || c == '\u{ad}' {
            continue;
        }
        for low in c.to_lowercase() {
            match low {
                'œ' => out.push_str("oe"),
                'æ' => out.push_str("ae"),
                'ß' => out.push_str("ss"),
                'ø' => out.push('o'),
                'ł' => out.push('l'),
                'đ' => out.push('d'),
                'ı' => out.push('i'),
                c if is_apostrophe(c) => out.push('\''),
                // Lowercasing can itself produce a mark (İ gives i + U+0307).
                c if is_combining_mark(c) => {}
                c => out.push(c),
            }
        }
    }
    out
}

/// The terms that full text search compares: folded stems, in the text's order, repeats kept, stop words dropped.
///
/// Accents, case, kinds of apostrophe, elided articles and word endings make no difference. Query and document must
/// both go through this function. A text of stop words alone gives an empty list.
///
/// ```
/// use parvis_themes::text::{Language, search_terms};
/// let said = search_terms("Des vélos à l’hôpital", Language::Fr);
/// assert_eq!(said, search_terms("velo hopital", Language::Fr));
/// ```
#[must_use]
pub fn search_terms(text: &str, language: Language) -> Vec<String> {
    let words = Words::of(language);
    tokens(text, language)
        .into_iter()
        .filter(|t| !t.elided && words.class(&t.word) != Class::Function)
        .map(|t| stem(&t.word, language))
        .filter(|s| !s.is_empty())
        .collect()
}

/// The folded stem of one word.
///
/// Folding comes first: Snowball reads accents as part of an ending, so that `rénové` and `renove` would get
/// different stems the other way round. What Snowball then misses is put right before and after it.
#[must_use]
pub fn stem(word: &str, language: Language) -> String {
    let ready = prepare(fold(word), language);
    let stemmer = frostem::Stemmer::new(language.algorithm());
    let mut out = fold(&stemmer.stem(&ready));
    if language == Language::Fr && out.chars().count() > 3 {
        // `rénovée` folds to `renovee`, of which the French stemmer takes one e only.
        while out.ends_with('e') {
            out.pop();
        }
    }
    out
}

/// Joins singular and plural where the stemmer does not.
fn prepare(folded: String, language: Language) -> String {
    match language {
        Language::Fr => french_singular(folded),
        // estación, estaciones: Spanish writes the accent in the singular only, and the stemmer looks for it.
        Language::Es => match folded.strip_suffix("ion") {
            Some(head) if head.ends_with(['c', 's']) => format!("{head}ión"),
            _ => folded,
        },
        _ => folded,
    }
}

/// Snowball keeps the s of `vélos`, `élus` and `agendas` and the x of `lieux`, which are plurals in most texts. Words
/// that have it in the singular too (`avis`) lose it everywhere, so that they still equal themselves.
fn french_singular(folded: String) -> String {
    if let Some((_, singular)) = FRENCH_PLURALS.iter().find(|(plural, _)| *plural == folded) {
        return (*singular).to_owned();
    }
    let plural = ["as", "is", "os", "us", "oux"].iter().any(|e| folded.ends_with(e));
    let mut out = folded;
    if plural && out.chars().count() > 3 {
        out.pop();
    }
    out
}

const FRENCH_PLURALS: [(&str, &str); 16] = [
    ("adieux", "adieu"),
    ("baux", "bail"),
    ("cheveux", "cheveu"),
    ("enjeux", "enjeu"),
    ("feux", "feu"),
    ("jeux", "jeu"),
    ("lieux", "lieu"),
    ("milieux", "milieu"),
    ("neveux", "neveu"),
    ("noyaux", "noyau"),
    ("travaux", "travail"),
    ("tuyaux", "tuyau"),
    ("vitraux", "vitrail"),
    ("voeux", "voeu"),
    ("yeux", "oeil"),
    ("aveux", "aveu"),
];

/// Whether a character is written where an apostrophe is meant.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{02bc}' | '\u{00b4}' | '\u{ff07}' | '\u{201b}')
}

#[cfg(test)]
mod tests;
