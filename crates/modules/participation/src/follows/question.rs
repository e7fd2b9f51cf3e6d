//! The question for an address, for whoever follows an idea or a consultation without a session: what the page shows, and
//! the mail that its button sends. The follow begins with the click in that mail.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use chrono::TimeDelta;
use parvis_kernel::{Ctx, Result, db::Tx, form::Form, mail::is_address, rate};
use parvis_people::{
    blocks,
    confirm::{Agrees, Confirmation, Confirms, request_confirmation},
};
use parvis_ui::{Page, redirect};
use uuid::Uuid;

use super::{asked, consultation};
use crate::{
    reactions::confirm::{ASKS, fact},
    seen::done_at,
};

/// A press repeated within this is one press: its mail is on its way.
const AGAIN: TimeDelta = TimeDelta::minutes(10);

/// What is followed once the address is confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// An idea.
    Idea(Uuid),
    /// A consultation.
    Project(Uuid),
}

/// What an address is asked for, in the words of the reader.
#[derive(Debug, Clone)]
pub(super) struct Question {
    /// What is followed.
    pub subject: Subject,
    /// Title of the page.
    pub title: String,
    /// What is received.
    pub why: String,
    /// The consent that the click gives.
    pub consent: String,
    /// Title of the idea or of the consultation, quoted in the mail.
    pub heading: String,
    /// The language of that title, where it is known.
    pub heading_lang: Option<&'static str>,
    /// Where the form goes.
    pub action: String,
    /// Address of the idea or of the consultation.
    pub back: String,
    /// What that address says once the click was made: code of its `done-` words.
    pub done: &'static str,
}

#[derive(Template)]
#[template(path = "follows/ask.html")]
struct Ask<'a> {
    p: &'a Page,
    f: &'a Form,
    q: &'a Question,
}

/// The page that asks.
///
/// # Errors
/// When the page can't be written.
pub(super) fn page(ctx: &Ctx, question: &Question, form: &Form, status: StatusCode) -> Result<Response> {
    let page = Page::new(ctx, question.title.clone()).private().with(form);
    parvis_ui::html_with(status, &Ask { p: &page, f: form, q: question })
}

/// The address typed in `courriel`. Without one, what is wrong stands beside the field.
pub(crate) fn address(ctx: &Ctx, form: &mut Form) -> Option<String> {
    let email = form.text("courriel");
    if is_address(&email) {
        return Some(email);
    }
    form.fail("courriel", ctx.t(if email.is_empty() { "email-missing" } else { "email-wrong" }));
    None
}

/// Sends the link and the code.
///
/// # Errors
/// `too_many`, or when the database refuses.
pub(super) async fn send(ctx: &Ctx, question: &Question, mut form: Form) -> Result<Response> {
    if !form.has("courriel") {
        // The session ended while the page was open: the press of the button becomes the question.
        return page(ctx, question, &form, StatusCode::OK);
    }
    let Some(email) = address(ctx, &mut form) else {
        return page(ctx, question, &form, StatusCode::UNPROCESSABLE_ENTITY);
    };
    if let Some(refused) = blocks::pages::refused(ctx, false, "").await? {
        return Ok(refused);
    }
    let (inner, question) = (ctx.clone(), question.clone());
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, question, email) = (inner.clone(), question.clone(), email.clone());
            Box::pin(async move { request(tx, &ctx, &question, &email).await })
        })
        .await?;
    Ok(redirect(parvis_people::urls::Code {}))
}

/// Queues the mail and keeps what it begins, unless the same browser asked the same a moment ago.
async fn request(tx: &Tx, ctx: &Ctx, question: &Question, email: &str) -> Result<()> {
    rate::hit(tx, ASKS, &ctx.address, ctx.now()).await?;
    let since = ctx.now() - AGAIN;
    let is_repeated = match question.subject {
        Subject::Idea(id) => asked::is_asked(tx, ctx, id, email, since).await?,
        Subject::Project(id) => consultation::asked::is_asked(tx, ctx, id, email, since).await?,
    };
    if is_repeated {
        return Ok(());
    }
    let (request, wording) = (ctx.moment.id(), question.consent.as_str());
    let facts: Vec<_> = fact(tx, ctx).await?.into_iter().collect();
    let return_to = done_at(&question.back, question.done);
    let confirmation = Confirmation {
        lang: ctx.lang,
        visitor: ctx.visitor,
        email,
        name: "",
        what: Confirms::Follow,
        subject: match question.subject {
            Subject::Idea(id) => Some(id),
            Subject::Project(_) => None,
        },
        quote: &question.heading,
        facts: &facts,
        agrees: Some(Agrees { key: request, words: wording }),
        return_to: &return_to,
    };
    if !request_confirmation(tx, &ctx.app, &ctx.settings, &ctx.moment, &confirmation).await? {
        return Ok(());
    }
    match question.subject {
        Subject::Idea(id) => {
            let wish = asked::Wish { request, ideas: &[id], email, wording, source: "follow_form" };
            asked::keep(tx, ctx, &wish).await
        }
        Subject::Project(project) => {
            let wish = consultation::asked::Wish { request, project, email, wording, source: "project_form" };
            consultation::asked::keep(tx, ctx, wish).await
        }
    }
}
