//! What the pages of imports show.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use parvis_kernel::{Ctx, Result, form::Form};
use parvis_people::urls as people;
use parvis_tables::{Role, Why};
use parvis_ui::{
    Page,
    brought::{self, Choice, ColumnView, RefusedView},
    html_with, remaining,
};
use uuid::Uuid;

use super::{
    super::{Look, Refused, area_line, column_line, held_line, known_code, sentence, status_line},
    store::{self, FileRow},
    work::Told,
};
use crate::{projects, urls};

/// Refused lines on the page; the file has them all.
const LISTED: usize = 20;
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
    /// Whether more lines were refused than the page lists.
    cut: bool,
    /// The address of the page.
    here: String,
    /// What else the trial found: words of statuses, names of areas.
    notes: Vec<String>,
    to: String,
}

impl One<'_> {
    /// How long an import under way still takes, in words.
    fn remaining(&self) -> String {
        let began = self.row.started_at.filter(|_| self.row.state == "running");
        remaining::words(self.p, began, self.row.done, self.row.total)
    }

    /// Contributions that an import would touch.
    fn touched(&self) -> i64 {
        self.row.created + self.row.updated
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
    let (state, badge, icon) = brought::state(p, &row.state, row.is_dead(p.ctx.now()));
    FileView { state, badge, icon, row }
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
        about: brought::about(&p, row.total, look.map(|l| l.mapping.columns().len()), &row.read_as),
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
        cut: usize::try_from(row.refused).unwrap_or(usize::MAX) > LISTED,
        here: urls::Import { id: row.id }.to_string(),
        notes: notes(&p, told),
        row,
    };
    html_with(status, &one)
}

/// The sheets of a workbook, when there is a choice.
fn sheets(row: &FileRow, f: &Form) -> Vec<Choice> {
    let read = row.read_as.strip_prefix("sheet ").unwrap_or_default();
    brought::sheets(&row.sheets, if f.has("feuille") { f.get("feuille") } else { read })
}

fn notes(p: &Page, told: &Told) -> Vec<String> {
    let words = &p.ctx.app.words;
    let statuses = told.statuses.iter().map(|(word, n)| status_line(words, p.ctx.lang, word, *n));
    let areas = told.areas.iter().map(|(name, n)| area_line(words, p.ctx.lang, name, *n));
    let held = Some(told.held).filter(|n| *n > 0).map(|n| held_line(words, p.ctx.lang, n));
    held.into_iter().chain(statuses).chain(areas).collect()
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
            sample: if forbidden { p.t("import-forbidden") } else { brought::sample(p, &look.sample, at) },
            why: column_line(&p.ctx.app.words, p.ctx.lang, column),
            forbidden,
            roles: roles
                .map(|r| Choice { value: r.as_str().to_owned(), label: role(*r), chosen: chosen(*r) })
                .collect(),
        }
    });
    view.collect()
}
