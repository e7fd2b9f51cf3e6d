//! What the pages of imports show and take.

use askama::Template;
use async_trait::async_trait;
use axum::{http::StatusCode, response::Response};
use parvis_kernel::{
    Ctx, Error, Result,
    brought::{Extra, Refusal, Row},
    form::{self, Form},
    permission::Right,
};
use parvis_people::urls as people;
use parvis_tables::{Code, Mapping, Role, Why};
use parvis_ui::{
    Page,
    brought::{
        self, Choice, ColumnView, LISTED, Listed, RefusedView, SeenColumn, Shown,
        pages::{Screen, Shows},
    },
    html_with,
};
use uuid::Uuid;

use super::{
    super::{
        area_line, column_line, existing_project, held_line, known_code,
        project::{LONGEST, NewProject},
        sentence, status_line, waits,
    },
    files::{Contributions, Own, Told, ToldRefusal, take_at},
    preview::{self, Will},
    undo,
};
use crate::{ideas::shorten, projects, urls};

#[derive(Template)]
#[template(path = "import/list.html")]
struct List<'a> {
    p: &'a Page,
    f: &'a Form,
    files: Vec<Listed<Contributions>>,
    areas: String,
    census: String,
}

impl List<'_> {
    fn can_undo(&self, row: &Row<Own>) -> bool {
        undo::can(row)
    }
}

#[derive(Template)]
#[template(path = "import/one.html")]
struct One<'a> {
    p: &'a Page,
    f: &'a Form,
    row: &'a Row<Own>,
    s: Shown,
    /// Rows that were there already, as they are.
    same: i64,
    problem: String,
    columns: Vec<ColumnView>,
    projects: Vec<Choice>,
    /// What the project is to be that an import makes.
    new: Own,
    can_undo: bool,
    refused: Vec<RefusedView>,
    /// What else the trial found: words of statuses, names of areas.
    notes: Vec<String>,
    to: String,
    /// The first contributions as they will be.
    preview: Vec<Will>,
}

impl One<'_> {
    /// Contributions that an import would touch.
    fn touched(&self) -> i64 {
        self.row.created + self.row.own.updated
    }
}

#[async_trait]
impl Screen for Contributions {
    const RIGHT: Right = Right::ManageProjects;
    const AT_ONCE: i64 = 1 << 20;
    const UNDONE: &'static str = undo::ACTIVITY;

    fn undo_state(own: &Own) -> &str {
        &own.undo_state
    }

    fn list_at() -> String {
        urls::Imports {}.to_string()
    }

    fn one_at(id: Uuid) -> String {
        urls::Import { id }.to_string()
    }

    fn why(ctx: &Ctx, refusal: Refusal) -> String {
        sentence(&ctx.app.words, ctx.lang, &refusal.into())
    }

    async fn noted(ctx: &Ctx, file_name: &str) -> Result<Extra> {
        let project = existing_project(ctx.app.db.read(), file_name).await?.map(|p| p.id);
        let new = NewProject::named_after(file_name, &ctx.app.words, ctx.settings.lang, false);
        Ok(vec![("kind", "contributions".into()), ("project_id", project.into()), ("new_title", new.title.into())])
    }

    /// The columns, and the project that the rows go to.
    async fn chosen(ctx: &Ctx, mapping: &mut Mapping, form: &mut Form, _: bool) -> Result<Extra> {
        for at in 0..mapping.columns().len() {
            take_at(mapping, at, form.get(&format!("c{at}")));
        }
        if !mapping.has_text() {
            form.fail("colonnes", ctx.t("import-columns-no-text"));
        }
        let project = match form.get("projet") {
            "" => None,
            id => {
                let id = id.parse().map_err(|_| Error::NotFound)?;
                Some(projects::store::find(ctx.app.db.read(), id).await?.id)
            }
        };
        let mut chosen: Extra = vec![("project_id", project.into())];
        if form.has("nom") {
            let name = form.text("nom");
            if project.is_none() && form::is_blank(&name) {
                form.fail("nom", ctx.t("import-project-name-missing"));
            }
            chosen.push(("new_title", shorten(&name, LONGEST).into()));
            chosen.push(("new_public", form.is("etat", "public").into()));
            chosen.push(("new_open", form.is("ouvert", "1").into()));
        }
        Ok(chosen)
    }

    async fn list(ctx: &Ctx, f: &Form, status: StatusCode) -> Result<Response> {
        let p =
            Page::team(ctx, ctx.t("import-title")).await?.crumb(ctx.t("desk-projects-title"), urls::DeskProjects {});
        let files = Listed::recent(&p).await?;
        let (areas, census) = (people::Areas {}.to_string(), people::Census {}.to_string());
        html_with(status, &List { p: &p, f, files, areas, census })
    }

    async fn one(ctx: &Ctx, shows: Shows<'_, Self>, f: &Form, status: StatusCode) -> Result<Response> {
        let Shows { row, look, told } = shows;
        let title = ctx.app.words.with(ctx.lang, "import-one-title", &[("name", &row.file_name)]);
        let p = Page::team(ctx, title)
            .await?
            .crumb(ctx.t("desk-projects-title"), urls::DeskProjects {})
            .crumb(ctx.t("import-title"), urls::Imports {});
        let all = projects::store::all(ctx.app.db.read()).await?;
        let to = row.own.project_id;
        let chosen = |id: Uuid| if f.has("projet") { f.is("projet", &id.to_string()) } else { to == Some(id) };
        let project =
            |x: &projects::Project| Choice { value: x.id.to_string(), label: x.title.clone(), chosen: chosen(x.id) };
        let address = |x: &projects::Project| urls::DeskProject { slug: x.slug.clone() }.to_string();
        let tried = row.state == "checked" && row.is_open(ctx.now());
        let preview = match look.filter(|_| tried) {
            Some(look) => preview::first(ctx, &p, row, look).await?,
            None => Vec::new(),
        };
        let held = if tried { told.held } else { waits::to_check(ctx.app.db.read(), row.id).await? };
        let one = One {
            preview,
            p: &p,
            f,
            s: Shown::of(&p, f, &shows).await?,
            same: row.total - row.created - row.own.updated - row.refused,
            problem: if row.problem.is_empty() { String::new() } else { why(&p, &row.problem, None) },
            columns: look.map(|look| columns(&p, f, &look.sample, &look.mapping)).unwrap_or_default(),
            to: all.iter().find(|x| Some(x.id) == to).map(address).unwrap_or_default(),
            projects: all.iter().map(project).collect(),
            new: asked(f, &row.own),
            can_undo: undo::can(row),
            refused: told.refusals.iter().take(LISTED).map(|r| refused(&p, r)).collect(),
            notes: notes(&p, told, held),
            row,
        };
        html_with(status, &one)
    }
}

/// What a form that was sent says of a new project, else what is kept of it.
fn asked(f: &Form, own: &Own) -> Own {
    let mut own = own.clone();
    if f.has("nom") {
        own.new_title = f.text("nom");
        (own.new_public, own.new_open) = (f.is("etat", "public"), f.is("ouvert", "1"));
    }
    own
}

/// What else was found: how many texts are to be checked, words of statuses, names of areas.
fn notes(p: &Page, told: &Told, held: u64) -> Vec<String> {
    let words = &p.ctx.app.words;
    let statuses = told.statuses.iter().map(|(word, n)| status_line(words, p.ctx.lang, word, *n));
    let areas = told.areas.iter().map(|(name, n)| area_line(words, p.ctx.lang, name, *n));
    let held = Some(held).filter(|n| *n > 0).map(|n| held_line(words, p.ctx.lang, n));
    held.into_iter().chain(statuses).chain(areas).collect()
}

/// The reason that a stored code names: the line and the value have columns of their own.
fn why(p: &Page, code: &str, value: Option<&str>) -> String {
    super::super::words::why(&p.ctx.app.words, p.ctx.lang, known_code(code), value)
}

fn refused(p: &Page, told: &ToldRefusal) -> RefusedView {
    let why = why(p, &told.code, told.value.as_deref());
    RefusedView {
        line: told.line.map(|n| n.to_string()).unwrap_or_default(),
        // How many lines a quote took is said in the reason.
        value: told.value.clone().filter(|_| told.code != Code::BrokenQuotes.as_str()).unwrap_or_default(),
        why: match &told.column {
            Some(column) => p.t2("import-why-column", "column", column, "why", why),
            None => why,
        },
    }
}

fn columns(p: &Page, f: &Form, sample: &[Vec<String>], mapping: &Mapping) -> Vec<ColumnView> {
    let word = |role: Role| (role.as_str(), p.t(&format!("import-role-{}", role.as_str().replace('_', "-"))));
    let choices: Vec<_> = Role::ALL.iter().copied().map(word).collect();
    let all = mapping.columns().iter().map(|column| SeenColumn {
        header: &column.header,
        code: column.role.as_str(),
        why: column_line(&p.ctx.app.words, p.ctx.lang, column),
        forbidden: column.why == Why::Forbidden,
    });
    brought::columns(p, f, sample, &choices, all)
}
