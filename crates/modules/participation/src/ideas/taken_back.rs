//! An own text in a project that the team took back from the public: whoever wrote it still reads it, and how it stands.

use askama::Template;
use axum::response::Response;
use parvis_kernel::{Ctx, Error, Result};
use parvis_ui::{Page, redirect};

use super::{Contribution, Status, own, store};
use crate::{
    answers::{self, Answer},
    moderation::appeals,
    projects, urls,
};

#[derive(Template)]
#[template(path = "ideas/taken_back.html")]
struct TakenBack<'a> {
    p: &'a Page,
    c: &'a Contribution,
    state: String,
    answer: Option<&'a Answer>,
}

/// How a text stands, in words for whoever wrote it; `project`: whether its project was taken back from the public.
#[must_use]
pub fn state(ctx: &Ctx, c: &Contribution, project: bool) -> String {
    match () {
        () if c.withdrawn => ctx.t("space-withdrawn"),
        () if appeals::is_awaited(c) => ctx.t("space-awaited"),
        () if c.hidden => ctx.t("space-hidden"),
        () if project && c.status() == Status::Proposed => ctx.t("taken-back-state"),
        () => c.status().words(ctx),
    }
}

/// The page of a text whose project this reader may not see, for whoever wrote it. A project of a secret link still opens for
/// them: their letters hold it.
///
/// # Errors
/// `NotFound` for anybody else, as for a text that never was.
pub async fn page(ctx: &Ctx, c: &Contribution) -> Result<Response> {
    if !own::is_mine(ctx, c) {
        return Err(Error::NotFound);
    }
    let db = ctx.app.db.read();
    let project = projects::store::find(db, c.project_id).await?;
    if project.visibility == "link" && project.state != "draft" {
        let number = match c.idea_id {
            Some(idea) => store::find(db, idea).await?.number,
            None => c.number,
        };
        return Ok(redirect(project.link(urls::Idea { number })));
    }
    // It may repeat what reports hide.
    let answer = if appeals::is_awaited(c) { None } else { answers::store::find(db, c.id).await? };
    let page = Page::new(ctx, ctx.t("taken-back-title")).private();
    parvis_ui::html(&TakenBack { p: &page, c, state: state(ctx, c, true), answer: answer.as_ref() })
}
