//! Texts made fit to keep and to compare.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The longest title made from a text, in characters.
const MAX_TITLE: usize = 90;

/// The text of a cell: composed (NFC), its lines ended by LF, without control characters nor blanks at its ends, and without the
/// quote with which [`crate::csv_cell`] guards a formula. Emoji and the marks of writing direction stay.
pub(crate) fn clean(cell: &str) -> String {
    let cell = cell.trim_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}');
    let cell = match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(crate::write::is_formula_start) => rest,
        _ => cell,
    };
    let plain = !cell.bytes().any(|b| b.is_ascii_control() && b != b'\n' && b != b'\t');
    if plain && is_nfc_quick(cell.chars()) == IsNormalized::Yes {
        return cell.to_owned();
    }
    let mut out = String::with_capacity(cell.len());
    let mut chars = cell.nfc().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' => out.push('\n'),
            '\n' | '\t' => out.push(c),
            c if c.is_ascii_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// What is compared: lower-case letters and digits without accents, words separated by one space.
pub(crate) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)) {
        if !c.is_alphanumeric() {
            gap = true;
            continue;
        }
        if gap && !out.is_empty() {
            out.push(' ');
        }
        gap = false;
        match c {
            'œ' | 'Œ' => out.push_str("oe"),
            'æ' | 'Æ' => out.push_str("ae"),
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// A title from the first words of a text: at most 90 characters, the ellipsis included, cut between two words.
pub(crate) fn title_from(text: &str) -> String {
    let mut flat: Vec<char> = Vec::with_capacity(MAX_TITLE + 1);
    for word in text.split_whitespace() {
        if !flat.is_empty() {
            flat.push(' ');
        }
        flat.extend(word.chars().take(MAX_TITLE + 1));
        if flat.len() > MAX_TITLE {
            break;
        }
    }
    if flat.len() <= MAX_TITLE {
        return flat.into_iter().collect();
    }
    flat.truncate(MAX_TITLE);
    let next = flat.pop();
    match flat.iter().rposition(|c| *c == ' ') {
        _ if next == Some(' ') => {}
        Some(space) => flat.truncate(space),
        None => cut_whole(&mut flat, next),
    }
    while flat.last().is_some_and(|c| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '.' | '-' | '…' | '(' | '«'))
    {
        flat.pop();
    }
    flat.push('…');
    flat.into_iter().collect()
}

/// Takes away the end of a single long word that the cut before `next` would leave incomplete: a letter before its accent, an emoji
/// before what colours or joins it.
fn cut_whole(word: &mut Vec<char>, mut next: Option<char>) {
    while word.len() > 1 && (next.is_some_and(completes) || word.last() == Some(&'\u{200d}')) {
        next = word.pop();
    }
}

fn completes(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
        || matches!(c, '\u{200d}' | '\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}')
}
