//! Another rhythm of letters, in one click from a letter: its link opens a page with one button, because programs that scan
//! mails follow links; whoever presses it needs no session.

use askama::Template;
use axum::{extract::Path, response::Response};
use parvis_kernel::{Ctx, Refusal, Result, app::App, settings::Settings};
use parvis_ui::Page;
use uuid::Uuid;

use super::{
    Rhythm,
    pages::{Letters, idea_words, project_words},
};
use crate::urls;

/// The address that asks for another rhythm: of what (an idea, or a summary by its rhythm), which, and for whom.
#[must_use]
pub fn link(app: &App, settings: &Settings, what: &str, rhythm: Rhythm, person: Uuid) -> String {
    let sealed = app.secrets.seal("rhythm", &format!("{what}_{}_{person}", rhythm.code()));
    format!("{}{}", app.base_url(settings), urls::ChangeRhythm { sealed })
}

/// The rhythms that a letter of this one offers instead; none at all has its own way out.
#[must_use]
pub fn others(of: Rhythm) -> Vec<Rhythm> {
    [Rhythm::Daily, Rhythm::Weekly, Rhythm::Now].into_iter().filter(|r| *r != of).collect()
}

/// What a sealed value of [`link`] says.
fn open(app: &App, sealed: &str) -> Option<(String, Rhythm, Uuid)> {
    let mut parts = app.secrets.open("rhythm", sealed)?.split('_');
    let (what, rhythm, person) = (parts.next()?, parts.next()?, parts.next()?);
    Some((what.to_owned(), Rhythm::parse(rhythm)?, person.parse().ok()?))
}

#[derive(Template)]
#[template(path = "follows/rhythm.html")]
struct Change<'a> {
    p: &'a Page,
    sealed: &'a str,
    /// What is received now.
    what: String,
    /// Code of the rhythm asked for.
    rhythm: &'static str,
    /// `ask`, `done`, or `gone` when none of these letters comes any more.
    state: &'static str,
}

async fn page(
    ctx: &Ctx,
    sealed: &str,
    of: &Letters,
    rhythm: Rhythm,
    person: Uuid,
    state: &'static str,
) -> Result<Response> {
    let what = match of {
        Letters::Idea(id) => idea_words(ctx, *id, person, "rhythm-of-idea").await?,
        Letters::Project(id) => project_words(ctx, *id, "rhythm-of-project").await?,
        Letters::Summary(now) => ctx.t(&format!("leave-ask-{}", now.code())),
        Letters::Staff => return Err(Refusal::LINK_INVALID.into()),
    };
    let page = Page::new(ctx, ctx.t("rhythm-title")).private();
    parvis_ui::html(&Change { p: &page, sealed, what, rhythm: rhythm.code(), state })
}

/// The page with one button. Looking changes nothing. Public, by sealed address.
///
/// # Errors
/// `link_invalid`.
pub async fn show(ctx: Ctx, Path(sealed): Path<String>) -> Result<Response> {
    let (what, rhythm, person) = open(&ctx.app, &sealed).ok_or(Refusal::LINK_INVALID)?;
    let of = Letters::parse(ctx.app.db.read(), &what).await?;
    let state = match of.rhythm(ctx.app.db.read(), person).await? {
        Some(now) if now == rhythm => "done",
        Some(_) => "ask",
        None => "gone",
    };
    page(&ctx, &sealed, &of, rhythm, person, state).await
}

/// Changes the rhythm; what was stopped meanwhile stays so. Public, by sealed address.
///
/// # Errors
/// `link_invalid`, or when the database refuses.
pub async fn change(ctx: Ctx, Path(sealed): Path<String>) -> Result<Response> {
    let (what, rhythm, person) = open(&ctx.app, &sealed).ok_or(Refusal::LINK_INVALID)?;
    let now = ctx.now();
    let (of, done) = ctx
        .app
        .db
        .write(move |tx| {
            let what = what.clone();
            Box::pin(async move {
                let of = Letters::parse(tx, &what).await?;
                let done = of.change(tx, now, person, rhythm).await?;
                Ok((of, done))
            })
        })
        .await?;
    page(&ctx, &sealed, &of, rhythm, person, if done { "done" } else { "gone" }).await
}
