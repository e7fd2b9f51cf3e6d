//! What every page of an import shows of a file that the team brought.

use std::fs::File;

use parvis_kernel::{Ctx, brought::Sent};

use crate::Page;

/// Different values shown of a column, and signs of each.
const VALUES: (usize, usize) = (3, 60);

/// A choice of a form.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// A column, with what it may be taken for.
#[derive(Debug, Clone)]
pub struct ColumnView {
    /// Its place in the file.
    pub at: usize,
    /// Its header.
    pub header: String,
    /// Some of its values.
    pub sample: String,
    /// What it is taken for, and why.
    pub why: String,
    /// Whether the law forbids reading it.
    pub forbidden: bool,
    /// What it may be taken for.
    pub roles: Vec<Choice>,
}

/// A refused line.
#[derive(Debug, Clone)]
pub struct RefusedView {
    /// Line of the file.
    pub line: String,
    /// What it holds.
    pub value: String,
    /// Why it is refused.
    pub why: String,
}

/// The file that was sent with its name, or what to say beside its field.
///
/// # Errors
/// That nothing was sent, or more than an import reads, in words.
pub fn taken(ctx: &Ctx, sent: Sent) -> Result<(String, File), String> {
    match sent {
        Sent::Whole(name, file) => Ok((name, file)),
        Sent::Nothing => Err(ctx.t("import-file-missing")),
        Sent::TooLarge(name) => {
            let why = ctx.t("import-refused-too-large");
            Err(ctx.app.words.with(ctx.lang, "import-file-refused", &[("name", &name), ("why", &why)]))
        }
    }
}

/// Some different values of a column.
#[must_use]
pub fn sample(p: &Page, rows: &[Vec<String>], at: usize) -> String {
    let mut values: Vec<String> = Vec::new();
    for value in rows.iter().filter_map(|row| row.get(at)).map(|v| v.trim()).filter(|v| !v.is_empty()) {
        let mut short: String = value.chars().take(VALUES.1).collect();
        if short.len() < value.len() {
            short.push('…');
        }
        if !values.contains(&short) {
            values.push(short);
        }
        if values.len() == VALUES.0 {
            break;
        }
    }
    if values.is_empty() { p.t("import-empty-column") } else { values.join(", ") }
}

/// How a file was read, as it is kept: of a workbook its sheet, else its encoding and what separates its cells.
#[must_use]
pub fn how(sheet: Option<&str>, encoding: &str, delimiter: char) -> String {
    match sheet {
        Some(name) => format!("sheet {name}"),
        None => format!("{encoding} {}", if delimiter == '\t' { 't' } else { delimiter }),
    }
}

/// `508 lignes, 7 colonnes. Lu en UTF-8, séparé par des points-virgules.`
#[must_use]
pub fn about(p: &Page, rows: i64, columns: Option<usize>, how: &str) -> String {
    let rows = (rows > 0).then(|| p.t1("import-rows", "n", rows));
    let columns = columns.map(|n| p.t1("import-columns-count", "n", n));
    let mut text = rows.into_iter().chain(columns).collect::<Vec<_>>().join(", ");
    if !text.is_empty() {
        text.push_str(". ");
    }
    match how.split_once(' ') {
        Some(("sheet", name)) => text.push_str(&p.t1("import-read-sheet", "name", name)),
        Some((encoding, separator)) => {
            let separator = match separator {
                ";" => "semicolon",
                "t" => "tab",
                _ => "comma",
            };
            let separator = p.t(&format!("import-separator-{separator}"));
            text.push_str(&p.t2("import-read-text", "encoding", encoding, "separator", separator));
        }
        None => {}
    }
    text
}

/// The state of an import, as the list shows it: its words, its badge, its icon.
#[must_use]
pub fn state(p: &Page, state: &str, dead: bool) -> (String, &'static str, &'static str) {
    let (code, badge, icon) = match state {
        _ if dead => ("dead", "badge badge-bad", "warning"),
        "done" => ("done", "badge badge-ok", "check"),
        "failed" => ("failed", "badge badge-bad", "warning"),
        "stopped" => ("stopped", "badge badge-warn", "stop"),
        "checked" | "received" => ("checked", "badge badge-brand", "eye"),
        _ => ("live", "badge badge-brand", "clock"),
    };
    (p.t(&format!("import-state-{code}")), badge, icon)
}

/// The sheets of a workbook, one a line, when there is a choice: `chosen` is the one that was read.
#[must_use]
pub fn sheets(all: &str, chosen: &str) -> Vec<Choice> {
    all.lines().map(|s| Choice { value: s.to_owned(), label: String::new(), chosen: s == chosen }).collect()
}
