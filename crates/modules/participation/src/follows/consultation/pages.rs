//! The button that follows a consultation, and the question for an address.

use axum::{extract::Path, http::StatusCode, response::Response};
use parvis_kernel::{Ctx, Result, form::Form};
use parvis_ui::redirect;

use crate::{
    follows::{
        Rhythm,
        question::{self, Question, Subject},
    },
    seen::{self, Seen, back_with},
    urls,
};

/// The address of the button.
#[must_use]
pub fn follow_url(seen: &Seen) -> String {
    seen.link(urls::FollowProject { slug: seen.project.slug.clone() })
}

fn project_url(seen: &Seen) -> String {
    seen.link(urls::Project { slug: seen.project.slug.clone() })
}

fn question_of(ctx: &Ctx, seen: &Seen) -> Question {
    Question {
        subject: Subject::Project(seen.project.id),
        title: ctx.t("follow-project-title"),
        why: ctx.t("follow-project-why"),
        consent: ctx.t("consent-project"),
        heading: seen.project.title.clone(),
        heading_lang: Some(seen.title_lang()),
        action: follow_url(seen),
        back: project_url(seen),
        done: "consultation-suivie",
    }
}

/// Asks for the address. Public; whoever is signed in has the button on the page of the project.
///
/// # Errors
/// `NotFound`, or when the database refuses.
pub async fn show(ctx: Ctx, Path(slug): Path<String>) -> Result<Response> {
    let seen = seen::by_slug(&ctx, &slug).await?;
    if ctx.actor.person().is_some() {
        return Ok(redirect(project_url(&seen)));
    }
    question::page(&ctx, &question_of(&ctx, &seen), &Form::new(), StatusCode::OK)
}

/// Follows a consultation, or stops, for somebody signed in; asks anybody else for their address. Public.
///
/// # Errors
/// `NotFound`, `too_many`, or when the database refuses.
pub async fn follow(ctx: Ctx, Path(slug): Path<String>, form: Form) -> Result<Response> {
    let seen = seen::by_slug(&ctx, &slug).await?;
    let Some(person) = ctx.actor.person() else {
        return question::send(&ctx, &question_of(&ctx, &seen), form).await;
    };
    let want = !form.is("etat", "1");
    let (inner, id, wording) = (ctx.clone(), seen.project.id, ctx.t("consent-project"));
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, wording) = (inner.clone(), wording.clone());
            Box::pin(async move {
                if want {
                    super::begin(tx, &ctx.moment, id, person, &wording, "project_form").await
                } else {
                    super::set(tx, ctx.now(), id, person, Rhythm::Never).await.map(|_| ())
                }
            })
        })
        .await?;
    let done = if want { "consultation-suivie" } else { "consultation-plus-suivie" };
    Ok(redirect(back_with(&form, &project_url(&seen), done)))
}
