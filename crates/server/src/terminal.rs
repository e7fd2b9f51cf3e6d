//! What the program says in a terminal before an instance is open: in the user's language, one line, with the remedy.

use parvis_kernel::words::{Lang, Word, Words};

use crate::compose;

/// The language of the terminal: the user's if we speak it, else French.
#[must_use]
pub fn lang() -> Lang {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|v| !v.is_empty())
        .and_then(|v| Lang::parse(&v))
        .unwrap_or_default()
}

/// The words of a key, on one line.
#[must_use]
pub fn line(key: &str, args: &[(&str, &dyn Word)]) -> String {
    let words = Words::load(&compose::words(&compose::modules()), compose::finish);
    let text = words.map_or_else(|_| key.to_owned(), |words| words.with(lang(), key, args));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
