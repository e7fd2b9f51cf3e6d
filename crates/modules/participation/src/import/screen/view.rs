//! What the pages of imports show.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use parvis_kernel::{Ctx, Result, form::Form};
use parvis_people::urls as people;
use parvis_tables::{Role, Why};
use parvis_ui::{Page, html_with};
use uuid::Uuid;

use super::{
    super::{Look, Refused, area_line, column_line, known_code, sentence, status_line},
    store::{self, FileRow},
    work::Told,
};
use crate::{projects, urls};

/// Refused lines on the page; the file has them all.
const LISTED: usize = 20;
/// Different values shown of a column, and signs of each.
const VALUES: (usize, usize) = (3, 60);

struct Choice {
    value: String,
    label: String,
    chosen: bool,
}

struct ColumnView {
    at: usize,
    header: String,
    sample: String,
    why: String,
    forbidden: bool,
    roles: Vec<Choice>,
}

struct RefusedView {
    line: String,
    value: String,
    why: String,
}

struct FileView {
    row: FileRow,
    badge: &'static str,
    icon: &'static str,
    state: String,
}

#[derive(Template)]
#[template(path = "import/list.html")]
struct List<'a> {
    p: &'a Page,
    f: &'a Form,
    files: Vec<FileView>,
    areas: String,
    census: String,
}

#[derive(Template)]
#[template(path = "import/one.html")]
struct One<'a> {
    p: &'a Page,
    f: &'a Form,
    row: &'a FileRow,
    dead: bool,
    open: bool,
    live: bool,
    /// Rows that were there already, as they are.
    same: i64,
    step: u8,
    about: String,
    problem: String,
    columns: Vec<ColumnView>,
    projects: Vec<Choice>,
    sheets: Vec<Choice>,
    can_undo: bool,
    refused: Vec<RefusedView>,
    /// What else the trial found: words of statuses, names of areas.
    notes: Vec<String>,
    to: String,
}

impl One<'_> {
    /// Contributions that an import would touch.
    fn touched(&self) -> i64 {
        self.row.created + self.row.updated
    }

    /// Whether more lines were refused than the page lists.
    fn is_cut(&self) -> bool {
        usize::try_from(self.row.refused).unwrap_or(usize::MAX) > self.refused.len()
    }
}

/// The list, with the form for another file.
pub(super) async fn list(ctx: &Ctx, f: &Form, status: StatusCode) -> Result<Response> {
    let p = Page::team(ctx, ctx.t("import-title")).await?.crumb(ctx.t("desk-projects-title"), urls::DeskProjects {});
    let files = store::recent(ctx.app.db.read()).await?.into_iter().map(|row| file(&p, row)).collect();
    html_with(
        status,
        &List { p: &p, f, files, areas: people::Areas {}.to_string(), census: people::Census {}.to_string() },
    )
}

fn file(p: &Page, row: FileRow) -> FileView {
    let (code, badge, icon) = match row.state.as_str() {
        _ if row.is_dead(p.ctx.now()) => ("dead", "badge badge-bad", "warning"),
        "done" => ("done", "badge badge-ok", "check"),
        "failed" => ("failed", "badge badge-bad", "warning"),
        "stopped" => ("stopped", "badge badge-warn", "stop"),
        "checked" | "received" => ("checked", "badge badge-brand", "eye"),
        _ => ("live", "badge badge-brand", "clock"),
    };
    FileView { state: p.t(&format!("import-state-{code}")), badge, icon, row }
}

/// One import.
pub(super) async fn one(
    ctx: &Ctx,
    row: &FileRow,
    look: Option<&Look>,
    told: &Told,
    f: &Form,
    status: StatusCode,
) -> Result<Response> {
    let title = ctx.app.words.with(ctx.lang, "import-one-title", &[("name", &row.file_name)]);
    let p = Page::team(ctx, title)
        .await?
        .crumb(ctx.t("desk-projects-title"), urls::DeskProjects {})
        .crumb(ctx.t("import-title"), urls::Imports {});
    let dead = row.is_dead(ctx.now());
    let all = projects::store::all(ctx.app.db.read()).await?;
    let chosen = |id: Uuid| if f.has("projet") { f.is("projet", &id.to_string()) } else { row.project_id == Some(id) };
    let to = all.iter().find(|x| Some(x.id) == row.project_id);
    let refusal = |code: &str| Refused { line: None, column: None, value: None, code: known_code(code) };
    let one = One {
        p: &p,
        f,
        dead,
        open: row.is_open(ctx.now()) && look.is_some(),
        live: !dead && matches!(row.state.as_str(), "checking" | "queued" | "running"),
        same: row.total - row.created - row.updated - row.refused,
        step: match row.state.as_str() {
            "queued" | "running" | "done" => 3,
            _ => 2,
        },
        about: about(&p, row, look),
        problem: if row.problem.is_empty() {
            String::new()
        } else {
            sentence(&ctx.app.words, ctx.lang, &refusal(&row.problem))
        },
        columns: look.map(|look| columns(&p, f, look)).unwrap_or_default(),
        to: to.map_or_else(String::new, |x| urls::DeskProject { slug: x.slug.clone() }.to_string()),
        projects: all
            .iter()
            .map(|x| Choice { value: x.id.to_string(), label: x.title.clone(), chosen: chosen(x.id) })
            .collect(),
        sheets: sheets(row, f),
        can_undo: store::can_undo(ctx.app.db.read(), row).await?,
        refused: told.refusals.iter().take(LISTED).map(|r| refused(&p, r)).collect(),
        notes: notes(&p, told),
        row,
    };
    html_with(status, &one)
}

/// The sheets of a workbook, when there is a choice.
fn sheets(row: &FileRow, f: &Form) -> Vec<Choice> {
    let read = row.read_as.strip_prefix("sheet ").unwrap_or_default();
    let chosen = |name: &str| if f.has("feuille") { f.is("feuille", name) } else { name == read };
    let choice = |name: &str| Choice { value: name.to_owned(), label: String::new(), chosen: chosen(name) };
    row.sheets.lines().map(choice).collect()
}

fn notes(p: &Page, told: &Told) -> Vec<String> {
    let words = &p.ctx.app.words;
    let statuses = told.statuses.iter().map(|(word, n)| status_line(words, p.ctx.lang, word, *n));
    let areas = told.areas.iter().map(|(name, n)| area_line(words, p.ctx.lang, name, *n));
    statuses.chain(areas).collect()
}

fn refused(p: &Page, told: &super::work::ToldRefusal) -> RefusedView {
    // The line and the value have columns of their own.
    let bare = Refused { line: None, column: None, value: None, code: known_code(&told.code) };
    let why = sentence(&p.ctx.app.words, p.ctx.lang, &bare);
    RefusedView {
        line: told.line.map(|n| n.to_string()).unwrap_or_default(),
        value: told.value.clone().unwrap_or_default(),
        why: match &told.column {
            Some(column) => p.t2("import-why-column", "column", column, "why", why),
            None => why,
        },
    }
}

/// `508 lignes, 7 colonnes. Lu en UTF-8, séparé par des points-virgules.`
fn about(p: &Page, row: &FileRow, look: Option<&Look>) -> String {
    let mut parts = Vec::new();
    if row.total > 0 {
        parts.push(p.t1("import-rows", "n", row.total));
    }
    if let Some(look) = look {
        parts.push(p.t1("import-columns-count", "n", look.mapping.columns().len()));
    }
    let mut text = parts.join(", ");
    if !text.is_empty() {
        text.push_str(". ");
    }
    match row.read_as.split_once(' ') {
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

fn columns(p: &Page, f: &Form, look: &Look) -> Vec<ColumnView> {
    let role = |role: Role| p.t(&format!("import-role-{}", role.as_str().replace('_', "-")));
    let all = look.mapping.columns().iter().enumerate();
    let view = all.map(|(at, column)| {
        let typed = f.get(&format!("c{at}"));
        let forbidden = column.why == Why::Forbidden;
        let chosen = |r: Role| if typed.is_empty() { r == column.role } else { r.as_str() == typed };
        let roles = Role::ALL.iter().filter(|r| !forbidden || **r == Role::Ignored);
        ColumnView {
            at,
            header: if column.header.is_empty() { p.t("import-no-header") } else { column.header.clone() },
            sample: if forbidden { p.t("import-forbidden") } else { sample(p, look, at) },
            why: column_line(&p.ctx.app.words, p.ctx.lang, column),
            forbidden,
            roles: roles
                .map(|r| Choice { value: r.as_str().to_owned(), label: role(*r), chosen: chosen(*r) })
                .collect(),
        }
    });
    view.collect()
}

/// Some different values of a column.
fn sample(p: &Page, look: &Look, at: usize) -> String {
    let mut values: Vec<String> = Vec::new();
    for value in look.sample.iter().filter_map(|row| row.get(at)).map(|v| v.trim()).filter(|v| !v.is_empty()) {
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
