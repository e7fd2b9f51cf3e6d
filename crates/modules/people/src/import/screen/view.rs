//! What the pages of imports show.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use parvis_kernel::{Ctx, Result, form::Form};
use parvis_ui::{
    Page,
    brought::{self, Choice, ColumnView, RefusedView},
    html_with, remaining,
};

use super::{
    super::{
        Look, column_line,
        columns::{self, Column, IGNORED, Why},
        sentence,
    },
    store::{self, FileRow},
    work::{LISTED, Told},
};
use crate::urls;

struct FileView {
    row: FileRow,
    badge: &'static str,
    icon: &'static str,
    state: String,
}

#[derive(Template)]
#[template(path = "import/people.html")]
struct List<'a> {
    p: &'a Page,
    f: &'a Form,
    files: Vec<FileView>,
}

#[derive(Template)]
#[template(path = "import/people_file.html")]
struct One<'a> {
    p: &'a Page,
    f: &'a Form,
    row: &'a FileRow,
    here: String,
    dead: bool,
    open: bool,
    live: bool,
    step: u8,
    about: String,
    problem: String,
    columns: Vec<ColumnView>,
    sheets: Vec<Choice>,
    refused: Vec<RefusedView>,
    /// Whether more lines were refused than the page lists.
    cut: bool,
    /// Where the file comes from, as typed.
    origin: &'a str,
}

impl One<'_> {
    /// How long an import under way still takes, in words.
    fn remaining(&self) -> String {
        let began = self.row.started_at.filter(|_| self.row.state == "running");
        remaining::words(self.p, began, self.row.done, self.row.total)
    }

    /// People that an import would touch.
    fn touched(&self) -> i64 {
        self.row.created + self.row.completed
    }
}

/// The list, with the form for another file.
pub(super) async fn list(ctx: &Ctx, f: &Form, status: StatusCode) -> Result<Response> {
    let p = Page::team(ctx, ctx.t("people-import-title")).await?.crumb(ctx.t("directory-title"), urls::Directory {});
    let files = store::recent(ctx.app.db.read()).await?.into_iter().map(|row| file(&p, row)).collect();
    html_with(status, &List { p: &p, f, files })
}

fn file(p: &Page, row: FileRow) -> FileView {
    let (state, badge, icon) = brought::state(p, &row.state, row.is_dead(p.ctx.now()));
    FileView { state, badge, icon, row }
}

/// One import.
pub(super) async fn one(
    ctx: &Ctx,
    row: &FileRow,
    look: Option<&Look>,
    told: &[Told],
    f: &Form,
    status: StatusCode,
) -> Result<Response> {
    let title = ctx.app.words.with(ctx.lang, "people-import-one-title", &[("name", &row.file_name)]);
    let p = Page::team(ctx, title)
        .await?
        .crumb(ctx.t("directory-title"), urls::Directory {})
        .crumb(ctx.t("people-import-title"), urls::ImportPeople {});
    // A dead trial is tried again as any file is; without its text nothing goes on.
    let dead = row.kept && row.state == "running" && row.is_dead(ctx.now());
    let words = |code: &str| sentence(&ctx.app.words, ctx.lang, code);
    let read = row.read_as.strip_prefix("sheet ").unwrap_or_default();
    let one = One {
        p: &p,
        f,
        here: urls::PeopleFile { id: row.id }.to_string(),
        dead,
        open: row.is_open(ctx.now()) && look.is_some(),
        live: row.kept && !row.is_dead(ctx.now()) && matches!(row.state.as_str(), "checking" | "queued" | "running"),
        step: match row.state.as_str() {
            "queued" | "running" | "done" => 3,
            _ => 2,
        },
        about: brought::about(&p, row.total, look.map(|l| l.mapping.columns().len()), &row.read_as),
        problem: if row.problem.is_empty() { String::new() } else { words(&row.problem) },
        columns: look.map(|look| columns(&p, f, look)).unwrap_or_default(),
        sheets: brought::sheets(&row.sheets, if f.has("feuille") { f.get("feuille") } else { read }),
        refused: told
            .iter()
            .map(|t| RefusedView { line: t.line.to_string(), value: t.value.clone(), why: words(&t.code) })
            .collect(),
        cut: usize::try_from(row.refused).unwrap_or(usize::MAX) > LISTED,
        origin: if f.has("origine") { f.get("origine") } else { &row.origin },
        row,
    };
    html_with(status, &one)
}

fn columns(p: &Page, f: &Form, look: &Look) -> Vec<ColumnView> {
    let view = look.mapping.columns().iter().enumerate().map(|(at, seen)| {
        let name = format!("c{at}");
        let forbidden = seen.why == Why::Forbidden;
        let now = if f.has(&name) { f.get(&name) } else { columns::code(seen.column) };
        let all = std::iter::once(IGNORED).chain(Column::ALL.into_iter().filter(|_| !forbidden).map(Column::code));
        let choice = |code: &str| Choice {
            value: code.to_owned(),
            label: p.t(&format!("people-import-column-{code}")),
            chosen: code == now,
        };
        ColumnView {
            at,
            header: if seen.header.is_empty() { p.t("import-no-header") } else { seen.header.clone() },
            sample: if forbidden { p.t("import-forbidden") } else { brought::sample(p, &look.sample, at) },
            why: column_line(&p.ctx.app.words, p.ctx.lang, seen),
            forbidden,
            roles: all.map(choice).collect(),
        }
    });
    view.collect()
}
