//! What an import says, in words.

use parvis_kernel::words::{Lang, Words};
use parvis_tables::{Code, Column, Role, Why};

use super::Refused;

/// Why a row was not taken, with its line and column.
#[must_use]
pub fn sentence(words: &Words, lang: Lang, refused: &Refused) -> String {
    let why = why(words, lang, refused.code, refused.value.as_deref());
    let mut text = match (refused.line, &refused.column) {
        (Some(line), Some(column)) => {
            let line = line.to_string();
            words.with(lang, "import-at-column", &[("line", &line), ("column", column), ("why", &why)])
        }
        (Some(line), None) => words.with(lang, "import-at-line", &[("line", &line.to_string()), ("why", &why)]),
        (None, _) => why,
    };
    if let Some(value) = refused.value.as_ref().filter(|_| refused.code != Code::BrokenQuotes.as_str()) {
        text = words.with(lang, "import-with-value", &[("text", &text), ("value", value)]);
    }
    text
}

/// Why a row was not taken, by its code; of a quote that is not closed, `value` is how many more lines it took.
pub(crate) fn why(words: &Words, lang: Lang, code: &str, value: Option<&str>) -> String {
    let lines = value.filter(|_| code == Code::BrokenQuotes.as_str()).and_then(|n| n.parse::<u64>().ok());
    match lines {
        Some(n) => words.with(lang, "import-refused-swallowed", &[("n", &n)]),
        None => words.get(lang, &format!("import-refused-{}", code.replace('_', "-"))),
    }
}

/// What a column is taken for, and why.
#[must_use]
pub fn column_line(words: &Words, lang: Lang, column: &Column) -> String {
    let role = |role: Role| words.get(lang, &format!("import-role-{}", role.as_str().replace('_', "-")));
    let why = match column.why {
        Why::Name => words.get(lang, "import-why-name"),
        Why::Content => words.get(lang, "import-why-content"),
        Why::Chosen => words.get(lang, "import-why-chosen"),
        Why::Unknown => words.get(lang, "import-why-unknown"),
        Why::Taken(other) => words.with(lang, "import-why-taken", &[("role", &role(other))]),
        Why::Forbidden => words.get(lang, "import-why-forbidden"),
    };
    words.with(lang, "import-column", &[("role", &role(column.role)), ("why", &why)])
}

/// That a word of the status column means nothing here.
#[must_use]
pub fn status_line(words: &Words, lang: Lang, word: &str, rows: u64) -> String {
    words.with(lang, "import-unknown-status", &[("word", &word), ("n", &rows)])
}

/// How many texts wait to be checked.
#[must_use]
pub fn held_line(words: &Words, lang: Lang, texts: u64) -> String {
    words.with(lang, "import-held", &[("n", &texts)])
}

/// That the instance has no area of this name.
#[must_use]
pub fn area_line(words: &Words, lang: Lang, name: &str, rows: u64) -> String {
    words.with(lang, "import-unknown-area", &[("name", &name), ("n", &rows)])
}
