//! What every page of an import shows of a file that the team brought.

pub mod pages;
mod undone;

use std::fs::File;

use parvis_kernel::{
    Ctx, Result,
    brought::{Files, Row, Sent, store},
    form::Form,
    sheet::{self, Columns, Sink},
};
use uuid::Uuid;

use crate::{Page, remaining};
use pages::{Screen, Shows};
use undone::Undone;

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
pub fn taken(ctx: &Ctx, sent: Sent) -> std::result::Result<(String, File), String> {
    match sent {
        Sent::Whole(name, file) => Ok((name, file)),
        Sent::Nothing => Err(ctx.t("import-file-missing")),
        Sent::TooLarge(name) => Err(refused(ctx, &name, "import-refused-too-large")),
        Sent::Full(name) => Err(refused(ctx, &name, "import-refused-disk-full")),
    }
}

fn refused(ctx: &Ctx, name: &str, why: &str) -> String {
    ctx.app.words.with(ctx.lang, "import-file-refused", &[("name", &name), ("why", &ctx.t(why))])
}

/// Some different values of a column.
fn sample(p: &Page, rows: &[Vec<String>], at: usize) -> String {
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

/// A column as the file has it.
#[derive(Debug)]
pub struct SeenColumn<'a> {
    /// Its header.
    pub header: &'a str,
    /// The code of what it is taken for.
    pub code: &'a str,
    /// What it is taken for, and why, in words.
    pub why: String,
    /// Whether the law forbids reading it.
    pub forbidden: bool,
}

/// The code of a column that is not read.
const IGNORED: &str = "ignored";

/// The columns of a file, with what each may be taken for: codes and their words. What the law forbids is not read.
pub fn columns<'a>(
    p: &Page,
    f: &Form,
    sample: &[Vec<String>],
    choices: &[(&'static str, String)],
    all: impl Iterator<Item = SeenColumn<'a>>,
) -> Vec<ColumnView> {
    let view = all.enumerate().map(|(at, seen)| {
        let name = format!("c{at}");
        let now = if f.has(&name) { f.get(&name) } else { seen.code };
        let choices = choices.iter().filter(|(code, _)| !seen.forbidden || *code == IGNORED);
        let choice = |(code, label): &(&'static str, String)| Choice {
            value: (*code).to_owned(),
            label: label.clone(),
            chosen: *code == now,
        };
        ColumnView {
            at,
            header: if seen.header.is_empty() { p.t("import-no-header") } else { seen.header.to_owned() },
            sample: if seen.forbidden { p.t("import-forbidden") } else { self::sample(p, sample, at) },
            why: seen.why,
            forbidden: seen.forbidden,
            roles: choices.map(choice).collect(),
        }
    });
    view.collect()
}

/// `508 lignes, 7 colonnes. Lu en UTF-8, séparé par des points-virgules.`
fn about(p: &Page, rows: i64, columns: Option<usize>, how: &str) -> String {
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

/// A file in the list of all.
pub struct Listed<F: Files> {
    /// The file.
    pub row: Row<F::Own>,
    /// Its state in words.
    pub state: String,
    /// Classes of its badge.
    pub badge: &'static str,
    /// Its icon.
    pub icon: &'static str,
    /// The address of its page.
    pub at: String,
    /// Who brought it, and when, in words.
    pub by: String,
    /// Who took it back, and when, in words; empty for what stands.
    pub undone: String,
    /// Whether somebody works on it, so that it can be stopped.
    pub live: bool,
    /// Whether its import was stopped or killed, and can go on.
    pub resumes: bool,
    /// How long its import still takes, in words.
    pub remaining: String,
}

/// How an import stands: its code, the classes of its badge, its icon.
fn standing<F: Screen>(ctx: &Ctx, row: &Row<F::Own>) -> (&'static str, &'static str, &'static str) {
    match F::undo_state(&row.own) {
        "asked" => return ("undoing", "badge badge-brand", "clock"),
        "done" => return ("undone", "badge badge-warn", "undo"),
        _ => {}
    }
    match row.state.as_str() {
        _ if row.is_dead(ctx.now()) => ("dead", "badge badge-bad", "warning"),
        "done" => ("done", "badge badge-ok", "check"),
        "failed" => ("failed", "badge badge-bad", "warning"),
        "stopped" => ("stopped", "badge badge-warn", "stop"),
        "checked" | "received" => ("checked", "badge badge-brand", "eye"),
        _ => ("live", "badge badge-brand", "clock"),
    }
}

/// The columns of a list of imports as a file.
pub const COLUMNS: Columns = &[
    ("fichier", "list-import-file"),
    ("etat", "list-import-state"),
    ("recu_le", "list-import-at"),
    ("par", "list-import-who"),
    ("lignes", "list-import-total"),
    ("creees", "list-import-created"),
    ("refusees", "list-import-refused"),
];

/// The imports as their page lists them, for a file.
///
/// # Errors
/// When the database refuses.
pub async fn rows<F: Screen>(ctx: Ctx, sink: Sink) -> Result<()> {
    let files = store::recent::<F>(ctx.app.db.read()).await?;
    let who: Vec<uuid::Uuid> = files.iter().filter_map(|row| row.actor_id).collect();
    let names = ctx.app.identity.names(&ctx.app.db, &who).await?;
    let rows = files.into_iter().map(|row| {
        let (state, ..) = standing::<F>(&ctx, &row);
        let who = row.actor_id.and_then(|id| names.get(&id)).cloned();
        sheet::Row::new(vec![
            row.file_name.into(),
            ctx.t(&format!("import-state-{state}")).into(),
            row.created_at.into(),
            who.or_else(|| row.by_command.then(|| ctx.t("import-by-command"))).into(),
            row.total.into(),
            row.created.into(),
            row.refused.into(),
        ])
    });
    sink.rows(rows.collect()).await
}

impl<F: Screen> Listed<F> {
    /// The last files, each with who brought it.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn recent(p: &Page) -> Result<Vec<Self>> {
        let app = &p.ctx.app;
        let rows = store::recent::<F>(app.db.read()).await?;
        let undone = Undone::of::<F>(&p.ctx, &rows).await?;
        let who: Vec<Uuid> = rows.iter().filter_map(|row| row.actor_id).chain(undone.actors()).collect();
        let names = app.identity.names(&app.db, &who).await?;
        let name = |row: &Row<F::Own>| row.actor_id.and_then(|id| names.get(&id)).filter(|n| !n.is_empty()).cloned();
        let who = |row: &Row<F::Own>| name(row).or_else(|| row.by_command.then(|| p.t("import-by-command")));
        let listed = |row: Row<F::Own>| {
            let (who, undone) = (who(&row), undone.words(p, row.id, &names));
            Self { undone, ..Self::new(p, row, who) }
        };
        Ok(rows.into_iter().map(listed).collect())
    }

    /// With the state of its import.
    fn new(p: &Page, row: Row<F::Own>, who: Option<String>) -> Self {
        let (code, badge, icon) = standing::<F>(&p.ctx, &row);
        let now = p.ctx.now();
        let when = p.ago(&row.created_at);
        let began = row.started_at.filter(|_| row.state == "running");
        Self {
            state: p.t(&format!("import-state-{code}")),
            badge,
            icon,
            at: F::one_at(row.id),
            by: match who {
                Some(who) => p.t2("import-by", "who", who, "when", when),
                None => when,
            },
            live: row.is_live(now),
            resumes: row.kept
                && ((row.state == "stopped" && row.done > 0) || (row.state == "running" && row.is_dead(now))),
            remaining: remaining::words(p, began, row.done, row.total),
            undone: String::new(),
            row,
        }
    }
}

/// Refused lines that a page lists; the file to correct has them all.
pub const LISTED: usize = 20;

/// What the page of an import shows of its state, whatever the file holds.
#[derive(Debug)]
pub struct Shown {
    /// The address of the page.
    pub here: String,
    /// Its state in words.
    pub state: String,
    /// Classes of its badge.
    pub badge: &'static str,
    /// Its icon.
    pub icon: &'static str,
    /// Who took it back, and when, in words; empty for what stands.
    pub undone: String,
    /// What is said above what came of it.
    pub outcome: String,
    /// Whether its import was killed, and can go on. A dead trial is tried again as any file is; without its text nothing
    /// goes on.
    pub dead: bool,
    /// Whether its columns may still be changed.
    pub open: bool,
    /// Whether somebody works on it.
    pub live: bool,
    /// The step of the three.
    pub step: u8,
    /// How it was read.
    pub about: String,
    /// The sheets of its workbook, when there is a choice.
    pub sheets: Vec<Choice>,
    /// Whether more lines were refused than the page lists.
    pub cut: bool,
    /// Refused lines in the file to correct.
    pub lines: i64,
    /// How long its import still takes, in words.
    pub remaining: String,
}

impl Shown {
    /// Of a file.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn of<F: Screen>(p: &Page, f: &Form, shows: &Shows<'_, F>) -> Result<Self> {
        let row = shows.row;
        let app = &p.ctx.app;
        let undone = Undone::of::<F>(&p.ctx, std::slice::from_ref(row)).await?;
        let who: Vec<Uuid> = undone.actors().collect();
        let names = app.identity.names(&app.db, &who).await?;
        let (code, badge, icon) = standing::<F>(&p.ctx, row);
        let outcome = if matches!(code, "undoing" | "undone") { code } else { "done" };
        let columns = shows.look.map(|look| look.columns);
        let now = p.ctx.now();
        let read = row.read_as.strip_prefix("sheet ").unwrap_or_default();
        let read = if f.has("feuille") { f.get("feuille") } else { read };
        let sheet = |s: &str| Choice { value: s.to_owned(), label: String::new(), chosen: s == read };
        let began = row.started_at.filter(|_| row.state == "running");
        Ok(Self {
            here: F::one_at(row.id),
            state: p.t(&format!("import-state-{code}")),
            badge,
            icon,
            undone: undone.words(p, row.id, &names),
            outcome: p.t(&format!("import-outcome-{outcome}")),
            dead: row.kept && row.state == "running" && row.is_dead(now),
            open: row.is_open(now) && columns.is_some(),
            live: row.is_live(now),
            step: if matches!(row.state.as_str(), "queued" | "running" | "done") { 3 } else { 2 },
            about: about(p, row.total, columns, &row.read_as),
            sheets: row.sheets.lines().map(sheet).collect(),
            lines: row.refused.min(i64::from(F::LINES)),
            cut: usize::try_from(row.refused).unwrap_or(usize::MAX) > LISTED,
            remaining: remaining::words(p, began, row.done, row.total),
        })
    }
}
