use super::{Language, is_apostrophe};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Where the word starts in the text, in bytes.
    pub start: usize,
    /// Where it ends, in bytes, exclusive.
    pub end: usize,
    /// The word in lower case, composed (NFC), with `'` for every apostrophe.
    pub word: String,
    /// An article or pronoun that lost its vowel: the `l'` of `l'école`.
    pub elided: bool,
}

/// Longer runs of letters are no words of any language but keys, addresses and noise.
const LONGEST_WORD: usize = 64;

/// The words of a text in its order.
///
/// Web addresses, mail addresses, numbers, single letters and runs of more than 64 letters are left out. Hyphens
/// separate. French and Italian elisions give a token of their own, marked.
#[must_use]
pub fn tokens(text: &str, language: Language) -> Vec<Token> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|r| !r.is_empty()) {
        let (start, end) = word_run(rest);
        if start == end {
            break;
        }
        let (from, to) = (at + start, at + end);
        match address_end(text, from, to) {
            Some(past) => at = past,
            None => {
                if let Some(run) = text.get(from..to) {
                    split_run(run, from, language, &mut out);
                }
                at = to;
            }
        }
    }
    out
}

/// The first run of letters, digits and inner apostrophes: start and end in bytes, equal when there is none.
fn word_run(text: &str) -> (usize, usize) {
    let Some((start, _)) = text.char_indices().find(|(_, c)| c.is_alphanumeric()) else {
        return (0, 0);
    };
    let mut end = start;
    let mut chars = text.char_indices().skip_while(|(i, _)| *i < start).peekable();
    while let Some((i, c)) = chars.next() {
        let inner = is_apostrophe(c) && chars.peek().is_some_and(|(_, n)| n.is_alphanumeric());
        if !(in_word(c) || inner) {
            break;
        }
        end = i + c.len_utf8();
    }
    (start, end)
}

fn in_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || c == '\u{ad}'
}

/// Where a web or mail address that starts with the run `from..to` ends, or `None` when the run is a word.
fn address_end(text: &str, from: usize, to: usize) -> Option<usize> {
    let run = text.get(from..to)?;
    let rest = text.get(to..)?;
    let next = rest.chars().next()?;
    let starts = |w: &str| run.eq_ignore_ascii_case(w);
    let web = rest.starts_with("://") || (starts("www") && next == '.') || (starts("mailto") && next == ':');
    if web {
        let len = rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | ')' | ']' | '»'));
        return Some(to + len.unwrap_or(rest.len()));
    }
    if !matches!(next, '@' | '.' | '-' | '_' | '+') {
        return None;
    }
    let mail = |c: char| c.is_ascii_alphanumeric() || matches!(c, '@' | '.' | '-' | '_' | '+');
    // A local part has 64 characters at most and a domain 255: look no further.
    let chunk: &str = {
        let len = rest.char_indices().take(330).find(|(_, c)| !mail(*c)).map_or(rest.len().min(330), |(i, _)| i);
        rest.get(..len)?
    };
    let (_, domain) = chunk.split_once('@')?;
    domain.trim_end_matches('.').contains('.').then(|| to + chunk.len())
}

/// Cuts a run at its apostrophes as the language does, and keeps what is a word.
fn split_run(run: &str, offset: usize, language: Language, out: &mut Vec<Token>) {
    let mut start = 0;
    for (i, c) in run.char_indices().filter(|(_, c)| is_apostrophe(*c)) {
        let head = run.get(start..i).unwrap_or_default();
        let tail = run.get(i + c.len_utf8()..).unwrap_or_default();
        match cut(&beginning(head), &beginning(tail), language) {
            Cut::Elision => {
                let end = i + c.len_utf8();
                out.push(Token { start: offset + start, end: offset + end, word: head.to_lowercase(), elided: true });
                start = end;
            }
            Cut::Words => {
                keep(head, offset + start, out);
                start = i + c.len_utf8();
            }
            Cut::Ending => {
                keep(head, offset + start, out);
                return;
            }
            Cut::None => {}
        }
    }
    keep(run.get(start..).unwrap_or_default(), offset + start, out);
}

/// What is looked at of a part: longer than any word that an apostrophe cuts in its own way, however long the run is.
fn beginning(part: &str) -> String {
    part.chars().take(16).flat_map(char::to_lowercase).collect()
}

enum Cut {
    /// `l'` + word.
    Elision,
    /// Two words.
    Words,
    /// The word ends here; what follows is an ending (`town's`).
    Ending,
    /// One word that is written with an apostrophe (`aujourd'hui`).
    None,
}

fn cut(head: &str, tail: &str, language: Language) -> Cut {
    let elision = match language {
        Language::Fr => FRENCH_ELISIONS.contains(&head),
        Language::It => ITALIAN_ELISIONS.contains(&head),
        _ => false,
    };
    match language {
        _ if elision => Cut::Elision,
        Language::Fr if matches!((head, tail), ("aujourd", "hui") | ("quelqu", "un" | "une")) => Cut::None,
        Language::Fr if head == "prud" || head == "presqu" => Cut::None,
        Language::En if matches!(tail, "t" | "re" | "ve" | "ll" | "d" | "m") => Cut::None,
        Language::En | Language::Nl | Language::De if matches!(tail, "s" | "tje" | "tjes") => Cut::Ending,
        _ => Cut::Words,
    }
}

const FRENCH_ELISIONS: [&str; 14] =
    ["l", "d", "qu", "j", "n", "s", "c", "m", "t", "jusqu", "lorsqu", "puisqu", "quoiqu", "quelqu"];

const ITALIAN_ELISIONS: [&str; 25] = [
    "l", "un", "d", "c", "m", "t", "s", "v", "n", "gl", "dell", "all", "nell", "sull", "dall", "coll", "quest",
    "quell", "dov", "com", "cos", "tutt", "anch", "sant", "bell",
];

fn keep(word: &str, start: usize, out: &mut Vec<Token>) {
    let letters = word.chars().take(LONGEST_WORD + 1).filter(|c| in_word(*c)).count();
    if !(2..=LONGEST_WORD).contains(&letters) || !word.chars().any(char::is_alphabetic) {
        return;
    }
    let lower: String = word
        .nfc()
        .filter(|c| *c != '\u{ad}')
        .flat_map(char::to_lowercase)
        .map(|c| if is_apostrophe(c) { '\'' } else { c })
        .nfc()
        .collect();
    out.push(Token { start, end: start + word.len(), word: lower, elided: false });
}
