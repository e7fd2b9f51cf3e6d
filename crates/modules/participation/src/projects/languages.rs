//! The texts of a project in the languages of the instance, side by side, with what is missing.

use std::collections::HashMap;

use askama::Template;
use axum::{extract::Path, http::StatusCode, response::Response};
use parvis_kernel::{
    Ctx, Result,
    form::{Form, clean},
    permission::Right,
    words::Lang,
};
use parvis_ui::{Page, html_with, redirect};

use super::{
    Phase, Project, admin_store, easy, store,
    texts::{self, Field, Texts, own_name},
};
use crate::{desk::with_param, urls};

/// The languages that the texts of projects are translated into: all of the instance but its first.
#[must_use]
pub fn others(ctx: &Ctx) -> Vec<Lang> {
    ctx.settings.languages.iter().copied().filter(|l| *l != ctx.settings.lang).collect()
}

/// What is missing of a project in one language, in words; empty when nothing is.
#[must_use]
pub fn missing_words(ctx: &Ctx, missing: &[Field]) -> String {
    let phases = missing.iter().filter(|f| matches!(f, Field::Phase(_))).count();
    let own = missing.iter().filter(|f| !matches!(f, Field::Phase(_)));
    let mut words: Vec<String> = own.map(|f| ctx.t(&format!("texts-missing-{}", f.code()))).collect();
    if phases > 0 {
        words.push(ctx.app.words.with(ctx.lang, "texts-missing-phases", &[("n", &phases)]));
    }
    words.join(", ")
}

/// A text in one language, as its field shows it.
struct Cell {
    lang: Lang,
    name: String,
    value: String,
    error: String,
    missing: bool,
}

impl Cell {
    fn code(&self) -> &'static str {
        self.lang.code()
    }

    fn language(&self) -> &'static str {
        own_name(self.lang)
    }
}

/// A text of the project with its translations.
struct Line {
    field: Field,
    label: String,
    own: String,
    cells: Vec<Cell>,
}

#[derive(Template)]
#[template(path = "projects_admin/languages.html")]
struct Languages<'a> {
    p: &'a Page,
    project: &'a Project,
    lines: Vec<Line>,
    /// Own name of a language and what it lacks.
    state: Vec<(&'static str, String)>,
}

impl Languages<'_> {
    fn errors(&self) -> Vec<&Cell> {
        self.lines.iter().flat_map(|l| &l.cells).filter(|c| !c.error.is_empty()).collect()
    }

    fn own(&self) -> Lang {
        self.p.ctx.settings.lang
    }

    fn own_name(&self) -> &'static str {
        own_name(self.own())
    }
}

fn name(lang: Lang, field: Field) -> String {
    match field {
        Field::Phase(id) => format!("{}-phase-{id}", lang.code()),
        own => format!("{}-{}", lang.code(), own.code()),
    }
}

fn label(p: &Page, field: Field, phases: &[Phase]) -> String {
    match field {
        Field::Phase(id) => {
            let n = phases.iter().position(|x| x.id == id).map_or(0, |at| at + 1);
            p.t1("texts-f-phase", "n", n)
        }
        own => p.t(&format!("texts-f-{}", own.code())),
    }
}

/// A text as it is stored: one line where the field has one.
fn typed(f: &Form, name: &str, field: Field) -> String {
    let text = clean(f.get(name)).trim().to_owned();
    if field.rows() == 1 { text.split_whitespace().collect::<Vec<_>>().join(" ") } else { text }
}

async fn page(ctx: &Ctx, project: &Project, f: Option<&Form>) -> Result<Response> {
    let c = ctx.app.db.read();
    let p = Page::team(ctx, ctx.t("texts-title")).await?;
    let phases = store::phases(c, project.id).await?;
    let (own, known) = (texts::fields(project, &phases), texts::of(c, project.id).await?);
    let none = Texts::new();
    let of = |lang: Lang| known.get(&lang).unwrap_or(&none);
    let cell = |lang: Lang, field: Field| {
        let name = name(lang, field);
        let value = f.map_or_else(|| of(lang).get(&field).cloned().unwrap_or_default(), |f| typed(f, &name, field));
        let error = problem(ctx, field, &value).unwrap_or_default();
        Cell { lang, name, missing: value.is_empty(), value, error }
    };
    let langs = others(ctx);
    let state = langs.iter().map(|l| (own_name(*l), missing_words(ctx, &texts::missing(&own, of(*l))))).collect();
    let lines: Vec<Line> = own
        .into_iter()
        .map(|(field, own)| Line {
            label: label(&p, field, &phases),
            cells: langs.iter().map(|l| cell(*l, field)).collect(),
            own,
            field,
        })
        .collect();
    let wrong = lines.iter().flat_map(|l| &l.cells).any(|c| !c.error.is_empty());
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    html_with(status, &Languages { p: &p, project, lines, state })
}

/// The texts of a project in each language. Permission: manage projects.
///
/// # Errors
/// `NotFound`, or when the database refuses.
pub async fn show(ctx: Ctx, Path(slug): Path<String>) -> Result<Response> {
    ctx.require(Right::ManageProjects, None)?;
    let project = store::by_slug(ctx.app.db.read(), &slug).await?;
    page(&ctx, &project, None).await
}

/// Saves them. Permission: manage projects.
///
/// # Errors
/// `NotFound`, `changed_meanwhile`, or when the database refuses.
pub async fn save(ctx: Ctx, Path(slug): Path<String>, f: Form) -> Result<Response> {
    ctx.require(Right::ManageProjects, None)?;
    let c = ctx.app.db.read();
    let mut project = store::by_slug(c, &slug).await?;
    project.version = f.get("version").parse().unwrap_or(0);
    let phases = store::phases(c, project.id).await?;
    let mut all = Vec::new();
    for (field, _) in texts::fields(&project, &phases) {
        for lang in others(&ctx) {
            let name = name(lang, field);
            if f.has(&name) {
                all.push((lang, field, typed(&f, &name, field)));
            }
        }
    }
    if all.iter().any(|(_, field, text)| problem(&ctx, *field, text).is_some()) {
        return page(&ctx, &project, Some(&f)).await;
    }
    let inner = ctx.clone();
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, project, all) = (inner.clone(), project.clone(), all.clone());
            Box::pin(async move {
                texts::set(tx, &project, &all).await?;
                admin_store::record(tx, &ctx, "project.translated", project.id, &project.title).await
            })
        })
        .await?;
    let to = urls::DeskProjectLanguages { slug }.to_string();
    Ok(redirect(with_param(&to, "fait", "textes-enregistres")))
}

/// What is wrong with a text, as in the first language.
fn problem(ctx: &Ctx, field: Field, text: &str) -> Option<String> {
    let words = |key: &str, n: usize| Some(ctx.app.words.with(ctx.lang, key, &[("n", &n)]));
    if text.chars().count() > field.most() {
        return words("desk-project-error-long", field.most());
    }
    let many = field == Field::Easy && easy::sentences(text) > easy::MOST;
    if many { words("desk-project-error-easy", easy::MOST) } else { None }
}

/// What each project lacks in each language: own name of the language and words, for those where something is missing.
///
/// # Errors
/// When the database refuses.
pub async fn lacking(
    ctx: &Ctx,
    projects: &[(Project, Vec<Phase>)],
) -> Result<HashMap<uuid::Uuid, Vec<(&'static str, String)>>> {
    let mut all: HashMap<uuid::Uuid, Vec<(&'static str, String)>> = HashMap::new();
    for lang in others(ctx) {
        let known = texts::all_in(ctx.app.db.read(), lang).await?;
        for (project, phases) in projects {
            let none = Texts::new();
            let of = known.get(&project.id).unwrap_or(&none);
            let words = missing_words(ctx, &texts::missing(&texts::fields(project, phases), of));
            if !words.is_empty() {
                all.entry(project.id).or_default().push((own_name(lang), words));
            }
        }
    }
    Ok(all)
}
