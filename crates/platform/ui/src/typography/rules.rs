//! The rules themselves, over a run of characters.

/// No-break space.
const NBSP: char = '\u{A0}';
/// Narrow no-break space.
const NNBSP: char = '\u{202F}';
/// Units and words that stay with their number.
const UNITS: &[&str] = &[
    "km",
    "m",
    "cm",
    "mm",
    "m²",
    "m³",
    "km²",
    "ha",
    "kg",
    "h",
    "min",
    "kW",
    "kWh",
    "MW",
    "Mo",
    "Go",
    "k€",
    "M€",
    "°C",
    "dB",
    "an",
    "ans",
    "million",
    "millions",
    "milliard",
    "milliards",
    "euro",
    "euros",
];

/// One character, and how it was written when that is not itself (an HTML entity).
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit<'a> {
    pub c: char,
    pub raw: Option<&'a str>,
}

impl Unit<'_> {
    pub(super) const fn plain(c: char) -> Self {
        Self { c, raw: None }
    }
}

/// Sets a run of text. `before` is the last character already printed on the same line, if any.
pub(super) fn set(units: &[Unit<'_>], before: Option<char>) -> String {
    let mut setter =
        Setter { units, before, last: before, word: Word::default(), out: String::with_capacity(units.len() + 8) };
    let mut at = 0;
    while at < units.len() {
        at = setter.step(at);
    }
    setter.out
}

struct Setter<'a, 'b> {
    units: &'a [Unit<'b>],
    before: Option<char>,
    last: Option<char>,
    /// The word that was looked at last: a part of it asks the same.
    word: Word,
    out: String,
}

/// A run without blanks or quotes, perhaps an address. Read once, however often it is asked from where an address may start:
/// a word of twenty thousand signs asks twenty thousand times.
#[derive(Default)]
struct Word {
    end: usize,
    /// Where the last `://` starts.
    scheme: Option<usize>,
    /// Where each `@` stands.
    ats: Vec<usize>,
    /// Where the last dot stands.
    dot: Option<usize>,
}

impl Word {
    fn read(units: &[Unit<'_>], from: usize) -> Self {
        let mut word = Self { end: from, ..Self::default() };
        for (at, unit) in units.iter().enumerate().skip(from) {
            if unit.c.is_whitespace() || matches!(unit.c, '«' | '»' | '"' | '<' | '>' | '`') {
                break;
            }
            match unit.c {
                '@' => word.ats.push(at),
                '.' => word.dot = Some(at),
                '/' if at >= from + 2 && matches!(units.get(at - 2..at), Some([a, b]) if a.c == ':' && b.c == '/') => {
                    word.scheme = Some(at - 2);
                }
                _ => {}
            }
            word.end = at + 1;
        }
        word
    }

    /// Whether what starts at `at` in it is an address.
    fn is_address(&self, units: &[Unit<'_>], at: usize) -> bool {
        let first = self.ats.get(self.ats.partition_point(|i| *i < at));
        let mail = first.is_some_and(|i| *i > at && self.dot.is_some_and(|dot| dot > *i));
        let web =
            || units.get(at..self.end.min(at + 4)).is_some_and(|head| head.iter().map(|u| u.c).eq("www.".chars()));
        mail || self.scheme.is_some_and(|i| i >= at) || web()
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | NBSP | NNBSP)
}

/// What may follow a mark that closes a sentence.
fn closes(next: Option<char>) -> bool {
    next.is_none_or(|c| {
        c.is_whitespace() || matches!(c, '»' | ')' | ']' | '”' | '"' | '!' | '?' | ';' | '.' | ',' | '…')
    })
}

impl Setter<'_, '_> {
    fn at(&self, at: usize) -> Option<char> {
        self.units.get(at).map(|u| u.c)
    }

    fn before(&self, at: usize) -> Option<char> {
        match at.checked_sub(1) {
            Some(at) => self.at(at),
            None => self.before,
        }
    }

    fn push(&mut self, c: char) {
        self.out.push(c);
        self.last = Some(c);
    }

    fn copy(&mut self, from: usize, to: usize) {
        for unit in self.units.get(from..to).unwrap_or_default() {
            match unit.raw {
                Some(raw) => self.out.push_str(raw),
                None => self.out.push(unit.c),
            }
            self.last = Some(unit.c);
        }
    }

    /// Sets what starts at `at`; answers where the next step starts.
    fn step(&mut self, at: usize) -> usize {
        if let Some(end) = self.protected(at) {
            self.copy(at, end);
            return end;
        }
        let Some(c) = self.at(at) else { return at + 1 };
        if is_space(c) {
            return self.space(at);
        }
        if c == '.' {
            return self.dots(at);
        }
        self.insert_before(at, c);
        if c == '\'' && self.is_apostrophe(at) {
            self.push('’');
        } else {
            self.copy(at, at + 1);
        }
        self.insert_after(at, c);
        at + 1
    }

    fn insert_before(&mut self, at: usize, c: char) {
        let Some(last) = self.last else { return };
        let next = self.at(at + 1);
        let closer = matches!(last, '»' | ')' | ']' | '”' | '"' | '%' | '€' | '°');
        let space = match c {
            ';' | '!' | '?' => (last.is_alphanumeric() || closer) && closes(next),
            // A closing quote gets a space of its own before it.
            ':' => (last.is_alphanumeric() || closer) && next.is_none_or(|n| n.is_whitespace() || n == '»'),
            '%' | '‰' | '€' => last.is_ascii_digit() && !next.is_some_and(char::is_alphanumeric),
            '»' => !last.is_whitespace(),
            _ => false,
        };
        if space {
            self.push(if matches!(c, ';' | '!' | '?') { NNBSP } else { NBSP });
        }
    }

    fn insert_after(&mut self, at: usize, c: char) {
        let Some(next) = self.at(at + 1) else { return };
        if c == '«' && !next.is_whitespace() || self.ends_number_sign(at + 1) && next.is_ascii_digit() {
            self.push(NBSP);
        }
    }

    fn is_apostrophe(&self, at: usize) -> bool {
        self.before(at).is_some_and(char::is_alphabetic)
            && self.at(at + 1).is_some_and(|c| c.is_alphanumeric() || c == '«')
    }

    /// Whether what ends just before `at` is `n°` alone.
    fn ends_number_sign(&self, at: usize) -> bool {
        let back = |n: usize| at.checked_sub(n).and_then(|i| self.at(i));
        matches!(back(1), Some('°' | 'º'))
            && matches!(back(2), Some('n' | 'N'))
            && !back(3).is_some_and(char::is_alphanumeric)
    }

    fn dots(&mut self, at: usize) -> usize {
        let mut end = at;
        while self.at(end) == Some('.') {
            end += 1;
        }
        if end - at >= 3 && self.at(end) != Some('/') {
            self.push('…');
        } else {
            self.copy(at, end);
        }
        end
    }

    /// A run of spaces becomes the one that the rules ask for, or stays.
    fn space(&mut self, at: usize) -> usize {
        let mut end = at;
        while self.at(end).is_some_and(is_space) {
            end += 1;
        }
        match self.space_between(at, end) {
            Some(space) => self.push(space),
            None => self.copy(at, end),
        }
        end
    }

    fn space_between(&self, at: usize, end: usize) -> Option<char> {
        let last = self.last?;
        if last == '«' {
            return Some(NBSP);
        }
        let next = self.at(end)?;
        if last.is_whitespace() {
            return None;
        }
        let digit = last.is_ascii_digit();
        match next {
            '»' => Some(NBSP),
            ';' | '!' | '?' if !matches!(last, '(' | '[') => Some(NNBSP),
            ':' if !matches!(last, '(' | '[') => Some(NBSP),
            '%' | '‰' | '€' if digit => Some(NBSP),
            _ if end - at == 1 && digit && self.is_thousands(at, end) => Some(NNBSP),
            _ if digit && self.is_unit(end) => Some(NBSP),
            _ if next.is_alphanumeric() && self.ends_number_sign(at) => Some(NBSP),
            _ if end - at == 1 && self.is_minutes(at, end) => Some(NBSP),
            _ => None,
        }
    }

    fn digits_before(&self, at: usize) -> usize {
        (1..=at).take_while(|n| self.at(at - n).is_some_and(|c| c.is_ascii_digit())).count()
    }

    fn digits_from(&self, at: usize) -> usize {
        (at..self.units.len()).take_while(|i| self.at(*i).is_some_and(|c| c.is_ascii_digit())).count()
    }

    /// `1 243`: one to three digits that are no decimals, then exactly three.
    fn is_thousands(&self, at: usize, end: usize) -> bool {
        let mut start = at;
        let mut group = self.digits_before(start);
        if self.digits_from(end) != 3 || !(1..=3).contains(&group) {
            return false;
        }
        // Back to the head of the number: `6 200 000` has two groups of three after its head.
        loop {
            start -= group;
            let spaced = group == 3 && start > 0 && self.at(start - 1).is_some_and(is_space);
            let previous = if spaced { self.digits_before(start - 1) } else { 0 };
            if !(1..=3).contains(&previous) {
                break;
            }
            start -= 1;
            group = previous;
        }
        let head_is_zero = self.at(start) == Some('0');
        let glued = self.before(start).is_some_and(|c| c.is_alphanumeric() || matches!(c, ',' | '.' | '/' | '-' | '+'));
        !head_is_zero && !glued
    }

    fn is_unit(&self, at: usize) -> bool {
        let word: String = (at..self.units.len())
            .map_while(|i| self.at(i))
            .take_while(|c| c.is_alphanumeric() || matches!(c, '€' | '°' | '²' | '³'))
            .take(10)
            .collect();
        let after = self.at(at + word.chars().count());
        UNITS.contains(&word.as_str()) && !matches!(after, Some('\'' | '’' | '-'))
    }

    /// `18 h 30`.
    fn is_minutes(&self, at: usize, end: usize) -> bool {
        let Some(before_h) = at.checked_sub(2) else {
            return false;
        };
        let hour = match self.at(before_h) {
            Some(c) if is_space(c) => before_h.checked_sub(1).and_then(|i| self.at(i)),
            other => other,
        };
        self.at(at - 1) == Some('h') && hour.is_some_and(|c| c.is_ascii_digit()) && self.digits_from(end) == 2
    }

    /// Where the address, e-mail or code that starts at `at` ends, if one does.
    fn protected(&mut self, at: usize) -> Option<usize> {
        if self.at(at) == Some('`') {
            let end = (at + 1..self.units.len()).find(|i| self.at(*i) == Some('`'))?;
            return Some(end + 1);
        }
        let starts = self
            .before(at)
            .is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '«' | '“' | '"' | '\'' | '’' | '<' | '>' | '['));
        if !starts {
            return None;
        }
        if at >= self.word.end {
            self.word = Word::read(self.units, at);
        }
        self.word.is_address(self.units, at).then_some(self.word.end)
    }
}
