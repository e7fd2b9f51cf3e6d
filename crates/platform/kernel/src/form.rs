//! Forms: what was typed is kept, and each error stands beside its field.

use std::collections::BTreeMap;

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
};

use crate::error::{Error, Refusal};

/// The typed fields of a form and what is wrong with them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    values: Vec<(String, String)>,
    errors: BTreeMap<&'static str, String>,
}

/// Longest form accepted, in bytes: a long text with every accent escaped fits.
pub const MAX_FORM: usize = 2 * 1024 * 1024;

impl Form {
    /// An empty form, as first shown.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// From name and value pairs (tests, prefilled pages).
    #[must_use]
    pub fn of(pairs: &[(&str, &str)]) -> Self {
        Self {
            values: pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect(),
            errors: BTreeMap::new(),
        }
    }

    /// From an urlencoded body.
    #[must_use]
    pub fn parse(body: &[u8]) -> Self {
        let mut values = Vec::new();
        for pair in body.split(|b| *b == b'&').filter(|p| !p.is_empty()) {
            let mut parts = pair.splitn(2, |b| *b == b'=');
            let (name, value) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            values.push((decode(name), decode(value)));
        }
        Self { values, errors: BTreeMap::new() }
    }

    /// The value of a field, without spaces around; empty when absent.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.values.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.trim())
    }

    /// All values of a field (check boxes).
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        self.values.iter().filter(move |(n, _)| n == name).map(|(_, v)| v.trim())
    }

    /// Whether a box was ticked or a button pressed.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.values.iter().any(|(n, _)| n == name)
    }

    /// Whether a field holds this value: for radios and selects.
    #[must_use]
    pub fn is(&self, name: &str, value: &str) -> bool {
        self.values.iter().any(|(n, v)| n == name && v.trim() == value)
    }

    /// Sets a value, replacing what was there.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.values.retain(|(n, _)| n != name);
        self.values.push((name.to_owned(), value.into()));
    }

    /// Adds a value beside those of the same name.
    pub fn push(&mut self, name: &str, value: impl Into<String>) {
        self.values.push((name.to_owned(), value.into()));
    }

    /// Says what is wrong with a field, in the reader's words. The first error of a field stays.
    pub fn fail(&mut self, field: &'static str, words: impl Into<String>) {
        self.errors.entry(field).or_insert_with(|| words.into());
    }

    /// What is wrong with a field; empty when nothing.
    #[must_use]
    pub fn error(&self, field: &str) -> &str {
        self.errors.get(field).map_or("", String::as_str)
    }

    /// All errors, field first, for the list at the top.
    #[must_use]
    pub fn errors(&self) -> Vec<(&'static str, String)> {
        self.errors.iter().map(|(f, w)| (*f, w.clone())).collect()
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.errors.is_empty()
    }

    /// The names and values, for a page that offers to send them again.
    #[must_use]
    pub fn pairs(&self) -> &[(String, String)] {
        &self.values
    }

    /// A text as it is stored: no NUL, no control but line ends and tabs, line ends as `\n`.
    #[must_use]
    pub fn text(&self, name: &str) -> String {
        clean(self.get(name))
    }
}

/// A text as it is stored: no NUL, no control but line ends and tabs, line ends as `\n`.
#[must_use]
pub fn clean(text: &str) -> String {
    text.replace("\r\n", "\n").chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

/// Whether a text says nothing: spaces and invisible signs only.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{202a}'..='\u{202e}' | '\u{feff}' | '\u{00ad}')
    })
}

/// What a name or value of a form says, without NUL, which no field means and PostgreSQL takes in no text.
fn decode(bytes: &[u8]) -> String {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes.iter();
    while let Some(&b) = rest.next() {
        match b {
            b'+' => out.push(b' '),
            b'%' => {
                let ahead = rest.as_slice();
                let hex = |i: usize| ahead.get(i).and_then(|c| char::from(*c).to_digit(16));
                match (hex(0), hex(1)) {
                    (Some(h), Some(l)) => {
                        out.push(u8::try_from(h * 16 + l).unwrap_or(b'?'));
                        rest.nth(1);
                    }
                    _ => out.push(b'%'),
                }
            }
            b => out.push(b),
        }
    }
    out.retain(|b| *b != 0);
    String::from_utf8_lossy(&out).into_owned()
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let bytes = Bytes::from_request(request, state).await.map_err(|_| Refusal::TOO_LARGE)?;
        if bytes.len() > MAX_FORM {
            return Err(Refusal::TOO_LARGE.into());
        }
        Ok(Self::parse(&bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn fields_errors_and_boxes() {
        let mut f = Form::parse(b"a=%C3%A9t%C3%A9+&b=1&b=2&c&_=%zz");
        assert_eq!(f.get("a"), "été");
        assert_eq!(f.all("b").collect::<Vec<_>>(), ["1", "2"]);
        assert!(f.has("c") && f.is("b", "2") && !f.is("b", "3"));
        assert_eq!(f.get("_"), "%zz");
        f.fail("a", "first");
        f.fail("a", "second");
        assert_eq!(f.error("a"), "first");
        assert!(!f.is_valid());
    }

    #[test]
    fn invisible_text_is_blank() {
        assert!(is_blank(" \u{200b}\u{202e}\u{feff}\n"));
        assert!(!is_blank("🚲"));
        assert_eq!(clean("a\0b\r\nc\u{7}"), "ab\nc");
    }

    proptest! {
        #[test]
        fn any_bytes_parse(body in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = Form::parse(&body);
        }
    }
}
