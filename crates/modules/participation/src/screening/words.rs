//! Listed words, found however they are disguised, and only as whole words.
//!
//! A text is cut into words; each is folded: accents, case, invisible signs, digits and signs that stand for letters,
//! letters repeated. Letters written apart (`c o n`, `c.o.n`) are put together again only where each stands alone, so
//! that no listed word is found across two words or inside a longer one.

use std::{collections::HashMap, ops::Range};

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Letters written apart that are put together at most.
const MOST_APART: usize = 60;

/// A word of a text: its letters, folded, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Token {
    /// Folded, but for what stands for letters: a number keeps its digits.
    raw: Vec<char>,
    /// The bytes it takes in the text.
    at: Range<usize>,
    /// Whether a space stands before it, not only a sign.
    spaced: bool,
}

impl Token {
    /// Whether it is one letter, however often written.
    fn is_apart(&self) -> bool {
        self.raw.first().is_some_and(|first| self.raw.iter().all(|c| c == first))
    }

    /// Whether it is a word of one letter, beside which letters written apart may begin or end.
    fn is_little_word(&self) -> bool {
        matches!(self.raw.as_slice(), ['a' | 'o' | 'y'])
    }
}

/// Signs that nobody sees.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
}

/// One sign without accent or capital: none, one or several.
fn plain(c: char) -> impl Iterator<Item = char> {
    std::iter::once(c)
        .nfkd()
        .flat_map(char::to_lowercase)
        .nfkd()
        .filter(|c| !is_combining_mark(*c) && !is_invisible(*c))
        .flat_map(|c| {
            let pair = match c {
                'œ' => ['o', 'e'],
                'æ' => ['a', 'e'],
                'ß' => ['s', 's'],
                'ø' => ['o', '\0'],
                'đ' => ['d', '\0'],
                'ł' => ['l', '\0'],
                'ı' => ['i', '\0'],
                other => [other, '\0'],
            };
            pair.into_iter().filter(|c| *c != '\0')
        })
}

/// Adds a letter, unless it says nothing more of how often it is repeated. A `1` may be two letters, so more are kept.
fn push(letters: &mut Vec<char>, c: char) {
    let most = if c == '1' { 9 } else { 3 };
    if letters.iter().rev().take_while(|l| **l == c).count() < most {
        letters.push(c);
    }
}

fn tokens(text: &str) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let (mut inside, mut spaced) = (false, true);
    for (start, sign) in text.char_indices() {
        let end = start + sign.len_utf8();
        for c in plain(sign) {
            let is_letter = c.is_alphanumeric() || c == '@' || c == '$';
            match found.last_mut().filter(|_| inside && is_letter) {
                Some(token) => {
                    push(&mut token.raw, c);
                    token.at.end = end;
                }
                None if is_letter => found.push(Token { raw: vec![c], at: start..end, spaced }),
                None => spaced = (!inside && spaced) || c.is_whitespace(),
            }
            inside = is_letter;
        }
    }
    found
}

fn is_number(raw: &[char]) -> bool {
    !raw.iter().any(|c| c.is_alphabetic()) && raw.iter().any(char::is_ascii_digit)
}

/// What digits and signs stand for, in a word that is not a number.
fn letters(raw: &[char]) -> Vec<char> {
    let is_number = is_number(raw);
    let mut letters = Vec::with_capacity(raw.len());
    for c in raw {
        push(&mut letters, if is_number { *c } else { letter(*c) });
    }
    letters
}

/// `1` stays: it may be an `i` or an `l`.
const fn letter(c: char) -> char {
    match c {
        '0' => 'o',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}

/// A text as it is compared: words folded, one space between them. Folding what is folded changes nothing.
#[must_use]
pub fn fold(text: &str) -> String {
    let words: Vec<String> = tokens(text).iter().map(|t| letters(&t.raw).into_iter().collect()).collect();
    words.join(" ")
}

/// Letters with how often each is written in a row.
type Runs = Vec<(char, usize)>;

fn runs(letters: &[char]) -> Runs {
    let mut runs: Runs = Vec::new();
    for c in letters {
        match runs.last_mut() {
            Some((last, n)) if last == c => *n += 1,
            _ => runs.push((*c, 1)),
        }
    }
    runs
}

fn stands_for(listed: char, written: char) -> bool {
    let one = |a, b| a == '1' && matches!(b, 'i' | 'l');
    listed == written || one(listed, written) || one(written, listed)
}

/// Whether written letters are the listed word. A letter may be written three times or more instead of once or twice,
/// and the last one as often as one likes: `connnn`, `conn`. Doubled inside, it is another word: `salle` is not `sale`.
fn fits(word: &[(char, usize)], written: &[char]) -> bool {
    let Some(((letter, times), rest)) = word.split_first() else { return written.is_empty() };
    let most = written.iter().take_while(|c| stands_for(*letter, **c)).count();
    (*times..=most)
        .rev()
        .filter(|n| n == times || *n >= 3 || rest.is_empty())
        .any(|n| written.get(n..).is_some_and(|left| fits(rest, left)))
}

/// An expression of the list.
#[derive(Debug, Clone)]
struct Entry {
    /// As the team wrote it.
    shown: String,
    words: Vec<Runs>,
    /// All its words in one, for an expression whose letters are all written apart.
    joined: Runs,
}

/// A listed word in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The bytes it takes in the text.
    pub at: Range<usize>,
    /// The listed word, as the team wrote it.
    pub word: String,
}

/// A list of words and expressions.
#[derive(Debug, Clone, Default)]
pub struct WordList {
    entries: Vec<Entry>,
    /// Entries by their first letter.
    by_letter: HashMap<char, Vec<usize>>,
}

impl WordList {
    /// Reads a list: a word or an expression on each line. A line without a letter or a digit lists nothing.
    #[must_use]
    pub fn parse(list: &str) -> Self {
        let mut all = Self::default();
        for line in list.lines().map(str::trim) {
            all.add(line);
        }
        all
    }

    fn add(&mut self, line: &str) {
        let tokens = tokens(line);
        let joined = runs(&together(&tokens));
        let Some((first, _)) = joined.first().copied() else { return };
        let apart = tokens.len() > 1 && tokens.iter().all(Token::is_apart);
        let words = if apart { vec![joined.clone()] } else { tokens.iter().map(|t| runs(&letters(&t.raw))).collect() };
        let first_of_word = words.first().and_then(|w: &Runs| w.first()).map_or(first, |(c, _)| *c);
        let entry = self.entries.len();
        self.entries.push(Entry { shown: line.to_owned(), words, joined });
        for key in if first == first_of_word { vec![first] } else { vec![first, first_of_word] } {
            self.by_letter.entry(key).or_default().push(entry);
        }
    }

    /// How many words and expressions it lists.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it lists nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The listed words of a text, in their order, none inside another.
    #[must_use]
    pub fn find(&self, text: &str) -> Vec<Hit> {
        if self.is_empty() {
            return Vec::new();
        }
        let tokens = tokens(text);
        let (mut hits, mut i) = (Vec::new(), 0);
        while let Some(token) = tokens.get(i) {
            match self.longest(&tokens, i) {
                Some((end, entry)) => {
                    let last = tokens.get(end.saturating_sub(1)).map_or(token.at.end, |t| t.at.end);
                    hits.push(Hit { at: token.at.start..last, word: entry.shown.clone() });
                    i = end.max(i + 1);
                }
                None => i += 1,
            }
        }
        hits
    }

    /// The entry that takes most words from here on, and where it ends.
    fn longest(&self, tokens: &[Token], from: usize) -> Option<(usize, &Entry)> {
        let first = *tokens.get(from)?.raw.first()?;
        let mut keys = vec![first, letter(first)];
        keys.extend(match letter(first) {
            '1' => ['i', 'l'].as_slice(),
            'i' | 'l' => ['1'].as_slice(),
            _ => &[],
        });
        keys.dedup();
        keys.iter()
            .filter_map(|key| self.by_letter.get(key))
            .flatten()
            .filter_map(|n| self.entries.get(*n))
            .filter_map(|entry| Some((entry.end(tokens, from)?, entry)))
            .max_by_key(|(end, _)| *end)
    }
}

impl Entry {
    /// Where this expression ends, if it begins at this word.
    fn end(&self, tokens: &[Token], from: usize) -> Option<usize> {
        let whole = if self.words.len() > 1 { apart(&self.joined, tokens, from) } else { None };
        sequence(&self.words, tokens, from).or(whole)
    }
}

fn sequence(words: &[Runs], tokens: &[Token], from: usize) -> Option<usize> {
    let Some((word, rest)) = words.split_first() else { return Some(from) };
    let token = tokens.get(from)?;
    let plain = fits(word, &letters(&token.raw)).then_some(from + 1);
    [plain, apart(word, tokens, from), cut(word, tokens, from)]
        .into_iter()
        .flatten()
        .find_map(|end| sequence(rest, tokens, end))
}

/// Where a word whose letters are written apart ends, if it begins here: all those letters, or those between little
/// words or wider spaces. It stops as soon as more letters follow each other than the word has: the time is that of the
/// word, however long the text.
fn apart(word: &Runs, tokens: &[Token], from: usize) -> Option<usize> {
    let wanted = changes(word.iter().map(|(c, _)| *c));
    let (mut raw, mut close, mut found) = (Vec::new(), true, None);
    for (n, token) in tokens.get(from..)?.iter().take(MOST_APART).take_while(|t| t.is_apart()).enumerate() {
        close = close && (n == 0 || !token.spaced);
        for c in &token.raw {
            push(&mut raw, *c);
        }
        let have = changes(raw.iter().copied());
        if have > wanted {
            break;
        }
        let to = from + n + 1;
        if n > 0 && have == wanted && stands_alone(tokens, from, to, close) && fits(word, &joined(&raw)) {
            found = Some(to);
        }
    }
    found
}

/// Where a word cut by signs ends, if it begins here: `cr.é.t.i.n`. It is all that stands between two spaces, and most of
/// its pieces are one letter: neither `mer.de` nor an abbreviation holds a word.
fn cut(word: &Runs, tokens: &[Token], from: usize) -> Option<usize> {
    tokens.get(from).filter(|first| first.spaced)?;
    let more = tokens.get(from + 1..)?.iter().take(MOST_APART).take_while(|t| !t.spaced).count();
    let all = tokens.get(from..=from + more)?;
    let alone = all.iter().filter(|t| t.is_apart()).count();
    if more >= MOST_APART || alone < 2 || alone * 2 <= all.len() {
        return None;
    }
    let mut raw = Vec::new();
    for c in all.iter().flat_map(|t| &t.raw) {
        push(&mut raw, *c);
    }
    fits(word, &joined(&raw)).then_some(from + more + 1)
}

/// Whether letters written apart begin and end here: at the end of others, beside a little word, or, when they stand
/// close together, beside a space.
fn stands_alone(tokens: &[Token], from: usize, to: usize, close: bool) -> bool {
    let begins = from == 0
        || tokens.get(from - 1).is_none_or(|t| !t.is_apart() || t.is_little_word())
        || (close && tokens.get(from).is_some_and(|t| t.spaced));
    begins && tokens.get(to).is_none_or(|t| !t.is_apart() || t.is_little_word() || (close && t.spaced))
}

/// How many letters follow each other, however often each is repeated or disguised.
fn changes(letters: impl Iterator<Item = char>) -> usize {
    let mut last = None;
    letters
        .map(|c| match letter(c) {
            'i' | 'l' => '1',
            other => other,
        })
        .filter(|c| last.replace(*c) != Some(*c))
        .count()
}

/// Letters written apart, in one. Digits apart are no number: nothing is put together of them.
fn together(tokens: &[Token]) -> Vec<char> {
    let mut raw = Vec::new();
    for c in tokens.iter().flat_map(|t| &t.raw) {
        push(&mut raw, *c);
    }
    if tokens.len() > 1 { joined(&raw) } else { letters(&raw) }
}

fn joined(raw: &[char]) -> Vec<char> {
    if is_number(raw) { Vec::new() } else { letters(raw) }
}

/// A text cut where its hits begin and end: each piece, and the listed word it is, if any.
#[must_use]
pub fn pieces(text: &str, hits: &[Hit]) -> Vec<(String, Option<String>)> {
    let mut pieces = Vec::new();
    let mut done = 0;
    for hit in hits {
        if let Some(before) = text.get(done..hit.at.start).filter(|t| !t.is_empty()) {
            pieces.push((before.to_owned(), None));
        }
        pieces.push((text.get(hit.at.clone()).unwrap_or_default().to_owned(), Some(hit.word.clone())));
        done = hit.at.end;
    }
    if let Some(rest) = text.get(done..).filter(|t| !t.is_empty()) {
        pieces.push((rest.to_owned(), None));
    }
    pieces
}

#[cfg(test)]
mod tests;
