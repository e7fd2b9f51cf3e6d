//! What an import of people says, in words.

use parvis_kernel::words::{Lang, Words};

use super::columns::{self, Seen, Why};

/// Reasons that are not of the engine that reads files, or that say something else here.
const OWN: [&str; 11] = [
    "email",
    "phone",
    "contact",
    "age",
    "young",
    "date",
    "twice",
    "several",
    "erased",
    "no_contact_column",
    "too_many_rows",
];

/// Why a line, or a file, is not taken.
#[must_use]
pub fn sentence(words: &Words, lang: Lang, code: &str) -> String {
    let key = code.replace('_', "-");
    if OWN.contains(&code) {
        return words.get(lang, &format!("people-import-refused-{key}"));
    }
    let text = words.get(lang, &format!("import-refused-{key}"));
    let mut letters = text.chars();
    letters.next().map(|c| c.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}

/// Why a line is not taken, where these are its faults: each reason once.
pub(super) fn reasons<'a>(words: &Words, lang: Lang, codes: impl Iterator<Item = &'a str>) -> String {
    let mut all: Vec<String> = Vec::new();
    for code in codes {
        let why = sentence(words, lang, code);
        if !all.contains(&why) {
            all.push(why);
        }
    }
    all.join(" · ")
}

/// What is said of so many telephones that nobody can read, and that the lines were taken without. Not all lines may be named.
#[must_use]
pub fn phones_unread(words: &Words, lang: Lang, n: u64, lines: &[u64]) -> String {
    let mut named: Vec<String> = lines.iter().map(u64::to_string).collect();
    if (named.len() as u64) < n {
        named.push("…".to_owned());
    }
    words.with(lang, "people-import-phones-unread", &[("n", &n), ("lines", &named.join(", "))])
}

/// What a column is taken for, and why.
#[must_use]
pub fn column_line(words: &Words, lang: Lang, column: &Seen) -> String {
    let role = |code: &str| words.get(lang, &format!("people-import-column-{code}"));
    let why = match column.why {
        Why::Name => words.get(lang, "import-why-name"),
        Why::Content => words.get(lang, "import-why-content"),
        Why::Chosen => words.get(lang, "import-why-chosen"),
        Why::Unknown => words.get(lang, "import-why-unknown"),
        Why::Taken(other) => words.with(lang, "import-why-taken", &[("role", &role(other.code()))]),
        Why::Forbidden => words.get(lang, "import-why-forbidden"),
    };
    words.with(lang, "import-column", &[("role", &role(columns::code(column.column))), ("why", &why)])
}

/// What is said of a word that was taken for the area whose name is close.
#[must_use]
pub fn area_close(words: &Words, lang: Lang, said: &str, name: &str, rows: u64) -> String {
    words.with(lang, "people-import-area-close", &[("said", &said), ("name", &name), ("n", &rows)])
}

/// What is said of a word that is the name of no area.
#[must_use]
pub fn area_unknown(words: &Words, lang: Lang, said: &str, rows: u64) -> String {
    words.with(lang, "people-import-area-unknown", &[("said", &said), ("n", &rows)])
}
