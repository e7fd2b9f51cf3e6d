//! The button that follows a consultation, and the question for an address.

use askama::Template;
use axum::{extract::Path, http::StatusCode, response::Response};
use parvis_kernel::{Ctx, Result, form::Form, mail::is_address, rate};
use parvis_people::{
    blocks,
    confirm::{Agrees, Confirmation, Confirms, request_confirmation},
};
use parvis_ui::{Page, redirect};

use super::asked::{self, Wish};
use crate::{
    follows::Rhythm,
    reactions::confirm::{ASKS, fact},
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

#[derive(Template)]
#[template(path = "follows/ask_project.html")]
struct Ask<'a> {
    p: &'a Page,
    f: &'a Form,
    seen: &'a Seen,
    action: String,
    back: String,
}

fn page(ctx: &Ctx, seen: &Seen, form: &Form, status: StatusCode) -> Result<Response> {
    let page = Page::new(ctx, ctx.t("follow-project-title")).private();
    let ask = Ask { p: &page, f: form, seen, action: follow_url(seen), back: project_url(seen) };
    parvis_ui::html_with(status, &ask)
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
    page(&ctx, &seen, &Form::new(), StatusCode::OK)
}

/// Follows a consultation, or stops, for somebody signed in; asks anybody else for their address. Public.
///
/// # Errors
/// `NotFound`, `too_many`, or when the database refuses.
pub async fn follow(ctx: Ctx, Path(slug): Path<String>, form: Form) -> Result<Response> {
    let seen = seen::by_slug(&ctx, &slug).await?;
    let Some(person) = ctx.actor.person() else { return ask(&ctx, &seen, form).await };
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

/// Sends the link and the code.
async fn ask(ctx: &Ctx, seen: &Seen, mut form: Form) -> Result<Response> {
    if !form.has("courriel") {
        // The session ended while the page was open: the press of the button becomes the question.
        return page(ctx, seen, &form, StatusCode::OK);
    }
    let email = form.text("courriel");
    if !is_address(&email) {
        let key = if email.is_empty() { "email-missing" } else { "email-wrong" };
        form.fail("courriel", ctx.t(key));
        return page(ctx, seen, &form, StatusCode::UNPROCESSABLE_ENTITY);
    }
    if let Some(refused) = blocks::pages::refused(ctx, false, "").await? {
        return Ok(refused);
    }
    let back = seen::with_param(&project_url(seen), "fait", "consultation-suivie");
    let (inner, id, quote) = (ctx.clone(), seen.project.id, seen.project.title.clone());
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, email, quote, back) = (inner.clone(), email.clone(), quote.clone(), back.clone());
            Box::pin(async move {
                rate::hit(tx, ASKS, &ctx.address, ctx.now()).await?;
                if asked::is_repeated(tx, &ctx, id, &email).await? {
                    return Ok(());
                }
                let (request, wording) = (ctx.moment.id(), ctx.t("consent-project"));
                let facts: Vec<_> = fact(tx, &ctx).await?.into_iter().collect();
                let asked = Confirmation {
                    lang: ctx.lang,
                    visitor: ctx.visitor,
                    email: &email,
                    name: "",
                    what: Confirms::Follow,
                    subject: None,
                    quote: &quote,
                    facts: &facts,
                    agrees: Some(Agrees { key: request, words: &wording }),
                    return_to: &back,
                };
                if request_confirmation(tx, &ctx.app, &ctx.settings, &ctx.moment, &asked).await? {
                    let wish = Wish { request, project: id, email: &email, wording: &wording, source: "project_form" };
                    asked::keep(tx, &ctx, wish).await?;
                }
                Ok(())
            })
        })
        .await?;
    Ok(redirect(parvis_people::urls::Code {}))
}
