//! Projects on the desk: the list, one project with its timeline, its short link.

mod edit;
mod list;
mod withdrawing;

use axum::{extract::Path, http::StatusCode, response::Response};
use chrono::{Datelike, NaiveDate};
use parvis_kernel::{
    Ctx, Result,
    form::{Form, is_blank},
    permission::Right,
    url,
};
use parvis_ui::redirect;
use uuid::Uuid;

pub use list::list;

use self::edit::{Shown, images, render};
use super::{
    Project,
    admin_form::{self, Row},
    admin_store::{self, Saved},
    areas, easy, media, phases, rows, store,
};
use crate::{desk::with_param, urls};

/// Kinds of activity recorded here.
pub const ACTIVITY: [&str; 3] = ["project.created", "project.changed", "project.translated"];

/// Longest texts, in characters: title, summary, easy summary, who read it again, description, folder.
const LIMITS: [(&str, usize); 6] =
    [("titre", 120), ("resume", 400), ("facile", 1_000), ("relecteurs", 120), ("description", 20_000), ("dossier", 80)];
/// Who may see a project.
const VISIBILITIES: [&str; 3] = ["public", "link", "team"];
/// Where a project is in its life.
const STATES: [&str; 3] = ["draft", "published", "archived"];

/// Class of the badge of a project's state.
pub(crate) fn badge(state: &str) -> &'static str {
    match state {
        "published" => "badge badge-ok",
        "draft" => "badge badge-warn",
        _ => "badge",
    }
}

/// Name of the icon of a project's state.
pub(crate) fn badge_icon(state: &str) -> &'static str {
    match state {
        "published" => "check",
        "draft" => "eye-off",
        _ => "layers",
    }
}

/// A new project, blank or, with `?copie=`, as a copy of another without its contributions: nothing is made before the
/// form is sent. Permission: manage projects.
pub async fn new(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::ManageProjects, None)?;
    let of = crate::desk::query(&ctx).get("copie").to_owned();
    let (f, rows, notice) = if of.is_empty() {
        let f = Form::of(&[("visibilite", "public"), ("etat", "draft"), ("version", "0")]);
        (f, vec![Row::fresh(ctx.t("desk-phase-first-title"), Some(ctx.today()))], "")
    } else {
        let c = ctx.app.db.read();
        let original = store::by_slug(c, &of).await?;
        let mut f = form(&Project { state: "draft".into(), publish_on: None, version: 0, ..original.clone() });
        f.set("description", media::without_images(&original.description));
        f.set("copie", original.slug.clone());
        put_areas(&mut f, &areas::of(c, original.id).await?);
        f.set("titre", ctx.app.words.with(ctx.lang, "desk-project-copy-title", &[("title", &original.title)]));
        let phases = store::phases(c, original.id).await?;
        (f, phases.iter().map(|x| Row { id: Uuid::nil(), ..Row::of(x) }).collect(), "desk-project-copied")
    };
    let shown = Shown { rows, notice, ..Shown::default() };
    render(&ctx, shown, &f, StatusCode::OK).await
}

fn put_areas(f: &mut Form, places: &[areas::Place]) {
    places.iter().for_each(|place| f.push(areas::FIELD, place.id.to_string()));
}

/// The fields of a project, as its form shows them.
fn form(project: &Project) -> Form {
    Form::of(&[
        ("version", &project.version.to_string()),
        ("titre", &project.title),
        ("resume", &project.summary),
        ("facile", &project.easy),
        ("relu", if project.easy_by.is_empty() { "" } else { "1" }),
        ("relecteurs", &project.easy_by),
        ("description", &project.description),
        ("dossier", &project.folder),
        ("visibilite", &project.visibility),
        ("etat", &project.state),
        ("publier", project.publish_on.as_deref().unwrap_or_default()),
    ])
}

/// One project. Permission: read, in that project; changes ask for more.
pub async fn show(ctx: Ctx, Path(slug): Path<String>) -> Result<Response> {
    let c = ctx.app.db.read();
    ctx.require(Right::Read, None)?;
    let project = store::by_slug(c, &slug).await?;
    ctx.require(Right::Read, Some(project.id))?;
    let own = store::phases(c, project.id).await?;
    let mut f = form(&project);
    put_areas(&mut f, &areas::of(c, project.id).await?);
    let shown = Shown {
        project: Some(&project),
        rows: own.iter().map(Row::of).collect(),
        current: phases::current(&own, ctx.today()).map(|x| x.id),
        ..Shown::default()
    };
    render(&ctx, shown, &f, StatusCode::OK).await
}

fn check(ctx: &Ctx, f: &mut Form) {
    if is_blank(&f.text("titre")) {
        f.fail("titre", ctx.t("desk-project-error-title"));
    }
    let day = f.text("publier");
    let to_come = day.is_empty() || day.parse().is_ok_and(|d: NaiveDate| d > ctx.today() && d.year() <= 2100);
    if f.is("etat", "draft") && !to_come {
        f.fail("publier", ctx.t("desk-project-error-publish"));
    }
    let easy = f.text("facile");
    if easy::sentences(&easy) > easy::MOST {
        f.fail("facile", ctx.app.words.with(ctx.lang, "desk-project-error-easy", &[("n", &easy::MOST)]));
    }
    if !f.is("relu", "1") && !is_blank(&f.text("relecteurs")) {
        f.fail("relecteurs", ctx.t("desk-project-error-reread-box"));
    }
    if f.is("relu", "1") && is_blank(&f.text("relecteurs")) {
        f.fail("relecteurs", ctx.t("desk-project-error-reread"));
    } else if f.is("relu", "1") && is_blank(&easy) {
        f.fail("facile", ctx.t("desk-project-error-reread-nothing"));
    }
    for (field, max) in LIMITS {
        if f.text(field).chars().count() > max {
            f.fail(field, ctx.app.words.with(ctx.lang, "desk-project-error-long", &[("n", &max)]));
        }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn read(f: &Form, before: Option<&Project>) -> Project {
    let choice = |name: &str, all: [&str; 3]| {
        all.into_iter().find(|v| f.is(name, v)).unwrap_or_else(|| all.first().copied().unwrap_or_default()).to_owned()
    };
    let blank = Project { slug: url::slug(&f.text("titre")), ..Project::default() };
    let state = choice("etat", STATES);
    Project {
        title: f.text("titre"),
        summary: f.text("resume"),
        easy: f.text("facile"),
        easy_by: one_line(&if f.is("relu", "1") { f.text("relecteurs") } else { String::new() }),
        description: f.text("description"),
        visibility: choice("visibilite", VISIBILITIES),
        // What is online has no day to come.
        publish_on: Some(f.text("publier")).filter(|day| state == "draft" && !day.is_empty()),
        folder: one_line(&f.text("dossier")),
        state,
        version: f.get("version").parse().unwrap_or(0),
        ..before.cloned().unwrap_or(blank)
    }
}

/// Makes a project. Permission: manage projects.
pub async fn create(ctx: Ctx, f: Form) -> Result<Response> {
    ctx.require(Right::ManageProjects, None)?;
    submit(&ctx, None, f).await
}

/// Saves a project, or changes the rows of its form. Permission: manage projects.
pub async fn save(ctx: Ctx, Path(slug): Path<String>, f: Form) -> Result<Response> {
    ctx.require(Right::ManageProjects, None)?;
    let project = store::by_slug(ctx.app.db.read(), &slug).await?;
    submit(&ctx, Some(project), f).await
}

async fn submit(ctx: &Ctx, before: Option<Project>, mut f: Form) -> Result<Response> {
    let own = match &before {
        Some(project) => store::phases(ctx.app.db.read(), project.id).await?,
        None => Vec::new(),
    };
    let known: Vec<Uuid> = own.iter().map(|x| x.id).collect();
    let mut rows = admin_form::rows(&f, &known);
    let current = phases::current(&own, ctx.today()).map(|x| x.id);
    if let Some(done) = rows::edit(&f, &mut rows) {
        let mistakes = if done.added { vec![] } else { admin_form::timeline(&rows).err().unwrap_or_default() };
        let (notice, moved) = (done.notice, done.moved);
        let shown = Shown { project: before.as_ref(), rows, mistakes, current, notice, moved, loss: None };
        return render(ctx, shown, &f, StatusCode::OK).await;
    }
    if f.is("faire", "brouillon") {
        f.set("etat", "draft");
    }
    if let Some(project) = before.as_ref().filter(|_| f.has(withdrawing::STAYS)) {
        f.set("etat", project.state.as_str());
    }
    check(ctx, &mut f);
    let text = f.text("description");
    if let [line, ..] = media::unknown(&text, &images(ctx, before.as_ref()).await?).as_slice() {
        f.fail("description", ctx.app.words.with(ctx.lang, "media-unknown", &[("line", line)]));
    }
    let timeline = admin_form::timeline(&rows);
    let (Ok(timeline), true) = (&timeline, f.is_valid()) else {
        let mistakes = timeline.err().unwrap_or_default();
        let shown = Shown { project: before.as_ref(), rows, mistakes, current, ..Shown::default() };
        return render(ctx, shown, &f, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let withdrawn = before.as_ref().filter(|x| !f.has(withdrawing::AGREED) && withdrawing::is_asked(x, &f));
    if let Some(project) = withdrawn {
        let loss = withdrawing::loss(ctx.app.db.read(), project.id).await?;
        let shown = Shown { project: Some(project), rows, current, loss, ..Shown::default() };
        return render(ctx, shown, &f, StatusCode::OK).await;
    }
    let saved = Saved {
        project: read(&f, before.as_ref()),
        timeline: timeline.clone(),
        areas: areas::read(&f),
        new: before.is_none(),
        copy_of: f.get("copie").to_owned(),
    };
    let slug = admin_store::save(ctx, saved).await?;
    let to = urls::DeskProject { slug }.to_string();
    let done = if before.is_none() { "projet-cree" } else { "projet-enregistre" };
    Ok(redirect(with_param(&to, "fait", done)))
}

/// Makes the short link of a project, once. Permission: manage projects.
pub async fn make_link(ctx: Ctx, Path(slug): Path<String>) -> Result<Response> {
    ctx.require(Right::ManageProjects, None)?;
    let project = store::by_slug(ctx.app.db.read(), &slug).await?;
    admin_store::make_link(&ctx, &project).await?;
    Ok(redirect(format!("{}#lien", urls::DeskProject { slug })))
}
