//! The images and files of a project on the desk.

use askama::Template;
use axum::{
    extract::{Path, Request},
    http::StatusCode,
    response::Response,
};
use parvis_kernel::{
    Ctx, Error, Result,
    form::{Form, is_blank},
    permission::Right,
    upload,
};
use parvis_ui::{Page, html_with, redirect};
use uuid::Uuid;

use super::{MAX_BYTES, MAX_WORDS, MOST, Media, MediaProblem, accept, store};
use crate::{
    desk::with_param,
    projects::{NO_ROOM, Project, store as projects},
    urls,
};

/// Kinds of activity recorded here.
pub const ACTIVITY: [&str; 2] = ["project.file_added", "project.file_removed"];

#[derive(Template)]
#[template(path = "projects_admin/media.html")]
struct MediaPage<'a> {
    p: &'a Page,
    f: &'a Form,
    project: &'a Project,
    media: Vec<Media>,
    /// The one whose words are being corrected.
    open: Option<Uuid>,
}

impl MediaPage<'_> {
    fn is_open(&self, m: &Media) -> bool {
        self.open == Some(m.id)
    }

    fn words<'a>(&'a self, m: &'a Media) -> &'a str {
        if self.is_open(m) { self.f.get("mots") } else { &m.words }
    }

    fn url(&self, m: &Media) -> String {
        urls::ProjectFile { slug: self.project.slug.clone(), id: m.id }.to_string()
    }

    fn full(&self) -> bool {
        i64::try_from(self.media.len()).is_ok_and(|n| n >= MOST)
    }
}

async fn page(ctx: &Ctx, project: &Project, f: &Form, open: Option<Uuid>) -> Result<Response> {
    let p = Page::team(ctx, ctx.t("media-title")).await?;
    let media = store::of(ctx.app.db.read(), project.id).await?;
    let status = if f.is_valid() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    html_with(status, &MediaPage { p: &p, f, project, media, open })
}

async fn project(ctx: &Ctx, slug: &str) -> Result<Project> {
    ctx.require(Right::ManageProjects, None)?;
    projects::by_slug(ctx.app.db.read(), slug).await
}

/// Permission: manage projects.
///
/// # Errors
/// When the database refuses.
pub async fn show(ctx: Ctx, Path(slug): Path<String>) -> Result<Response> {
    let project = project(&ctx, &slug).await?;
    page(&ctx, &project, &Form::new(), None).await
}

/// What is wrong with the words beside an image or a file.
fn check_words(ctx: &Ctx, f: &mut Form) -> String {
    let words = f.text("mots");
    if is_blank(&words) {
        f.fail("mots", ctx.t("media-words-missing"));
    } else if words.chars().count() > MAX_WORDS {
        f.fail("mots", ctx.app.words.with(ctx.lang, "desk-project-error-long", &[("n", &MAX_WORDS)]));
    }
    words
}

/// Adds an image or a file. Permission: manage projects.
///
/// # Errors
/// When the form did not arrive whole, or the disk or the database refuses.
pub async fn add(ctx: Ctx, Path(slug): Path<String>, request: Request) -> Result<Response> {
    let project = project(&ctx, &slug).await?;
    let (mut f, file) = upload::read(request, "fichier", MAX_BYTES).await?;
    let words = check_words(&ctx, &mut f);
    // Decoding an image takes a while: not on a thread that answers others.
    let accepted = tokio::task::spawn_blocking(move || accept(file)).await.map_err(Error::other)?;
    match accepted {
        Err(problem) => f.fail("fichier", say(&ctx, problem)),
        Ok(accepted) if f.is_valid() => match store::add(&ctx, &project, accepted, words).await {
            Err(Error::Refused(NO_ROOM)) => f.fail("fichier", ctx.t("refusal-no_room.why")),
            other => {
                other?;
                let to = urls::DeskProjectMedia { slug }.to_string();
                return Ok(redirect(with_param(&to, "fait", "fichier-ajoute")));
            }
        },
        // A browser does not send a file twice by itself: it is to be chosen again.
        Ok(_) => f.fail("fichier", ctx.t("media-problem-again")),
    }
    page(&ctx, &project, &f, None).await
}

fn say(ctx: &Ctx, problem: MediaProblem) -> String {
    ctx.t(&format!("media-problem-{}", problem.code()))
}

/// Other words, another place, or away. Permission: manage projects.
///
/// # Errors
/// `NotFound`, or when the database refuses.
pub async fn change(ctx: Ctx, Path((slug, id)): Path<(String, Uuid)>, mut f: Form) -> Result<Response> {
    let project = project(&ctx, &slug).await?;
    let media = store::find(ctx.app.db.read(), id).await?;
    if media.project_id != project.id {
        return Err(Error::NotFound);
    }
    let done = if f.has("retirer") {
        store::remove(&ctx, &project, id).await?;
        "fichier-retire"
    } else if f.has("monter") {
        store::up(&ctx, project.id, id).await?;
        "fichier-deplace"
    } else {
        let words = check_words(&ctx, &mut f);
        if !f.is_valid() {
            return page(&ctx, &project, &f, Some(id)).await;
        }
        store::rename(&ctx, &project, id, words).await?;
        "fichier-renomme"
    };
    Ok(redirect(with_param(&urls::DeskProjectMedia { slug }.to_string(), "fait", done)))
}
