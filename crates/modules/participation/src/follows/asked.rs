//! Following without a session: the address is asked for, and the follow begins with the click in its mail.

use askama::Template;
use axum::{extract::Path, http::StatusCode, response::Response};
use chrono::{DateTime, TimeDelta, Utc};
use parvis_kernel::{
    Ctx, Error, Result, args,
    context::Moment,
    db::{self, Tx},
    form::Form,
    mail::is_address,
    module::{PersonalData, Union},
    rate,
};
use parvis_people::{
    blocks,
    confirm::{Agrees, Confirmation, Confirms, request_confirmation},
    persons::email_key,
};
use parvis_ui::{Page, redirect};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde_json::json;
use uuid::Uuid;

use crate::{
    ideas::{Contribution, store},
    reactions::confirm::ASKS,
    seen::{self, Seen},
    urls,
};

/// A press repeated within this is one press: its mail is on its way.
const AGAIN: TimeDelta = TimeDelta::minutes(10);

/// What a browser asks to follow with an address, and the words that were read.
pub struct Wish<'a> {
    /// Key of the request: the pass of its mail agrees to it.
    pub request: Uuid,
    /// The ideas.
    pub ideas: &'a [Uuid],
    /// Address, as typed.
    pub email: &'a str,
    /// Words of the consent.
    pub wording: &'a str,
    /// The form, as the ledger names it.
    pub source: &'a str,
}

/// Keeps what was asked for until its mail, which left, is confirmed.
///
/// # Errors
/// When the database refuses.
pub async fn keep(tx: &Tx, ctx: &Ctx, wish: &Wish<'_>) -> Result<()> {
    for idea in wish.ideas {
        let sql = "INSERT INTO asked_follow (contribution_id, request_id, visitor, email, wording, source, created_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
        let (email, wording, source) = (email_key(wish.email), wish.wording.to_owned(), wish.source.to_owned());
        db::run(tx, sql, args![*idea, wish.request, ctx.visitor, email, wording, source, ctx.now()]).await?;
    }
    Ok(())
}

/// Whether this browser asked the same a few minutes ago.
async fn is_repeated(tx: &Tx, ctx: &Ctx, idea: Uuid, email: &str) -> Result<bool> {
    let sql = "SELECT count(*) FROM asked_follow WHERE contribution_id = $1 AND visitor = $2 AND email = $3 \
               AND created_at > $4";
    Ok(db::count(tx, sql, args![idea, ctx.visitor, email_key(email), ctx.now() - AGAIN]).await? > 0)
}

/// The ideas that a browser supports, unconfirmed: those whose answer it may ask to be told of.
///
/// # Errors
/// When the database refuses.
pub async fn supported(c: &impl ConnectionTrait, visitor: Uuid) -> Result<Vec<Uuid>> {
    let sql = "SELECT c.id FROM reaction r JOIN contribution c ON c.id = r.contribution_id \
               WHERE r.holder = $1 AND r.kind = 'support' AND NOT r.confirmed AND c.kind = 'idea' ORDER BY c.id";
    db::column(c, sql, args![visitor]).await
}

#[derive(FromQueryResult)]
struct Asked {
    contribution_id: Uuid,
    wording: String,
    source: String,
}

/// Starts what the mail that was used spoke of, its address now proved. What was united since is followed there.
///
/// # Errors
/// When the database refuses.
pub async fn begin(tx: &Tx, moment: &Moment, union: &Union) -> Result<()> {
    let Some(request) = union.agreed else { return Ok(()) };
    let sql = "SELECT contribution_id, wording, source FROM asked_follow \
               WHERE request_id = $1 AND visitor = $2 AND email = $3 ORDER BY contribution_id";
    let (visitor, email) = (union.visitor, email_key(&union.email));
    let asked: Vec<Asked> = db::all(tx, sql, args![request, visitor, email.clone()]).await?;
    for a in asked {
        // Older mails about the same begin nothing any more: it may be stopped before they are found.
        let sql = "DELETE FROM asked_follow WHERE contribution_id = $1 AND visitor = $2 AND email = $3";
        db::run(tx, sql, args![a.contribution_id, visitor, email.clone()]).await?;
        let sql = "SELECT coalesce(merged_into, id) FROM contribution WHERE id = $1";
        let idea = db::scalar(tx, sql, args![a.contribution_id]).await?.unwrap_or(a.contribution_id);
        super::begin(tx, moment, idea, union.person, &a.wording, &a.source).await?;
        // Asked for again, after it was stopped, in words read in this very mail: followed again.
        let again =
            "UPDATE follow SET rhythm = 'now' WHERE contribution_id = $1 AND person_id = $2 AND rhythm = 'never'";
        db::run(tx, again, args![idea, union.person]).await?;
    }
    Ok(())
}

#[derive(FromQueryResult)]
struct Waiting {
    number: i64,
    source: String,
    created_at: DateTime<Utc>,
}

/// What was asked to be followed with the person's address, and not confirmed yet.
///
/// # Errors
/// When the database refuses.
pub async fn of_person(c: &impl ConnectionTrait, person: Uuid) -> Result<PersonalData> {
    let sql = "SELECT email FROM person WHERE id = $1 AND email IS NOT NULL";
    let email: Option<String> = db::scalar(c, sql, args![person]).await?;
    let sql = "SELECT c.number, a.source, a.created_at FROM asked_follow a \
               JOIN contribution c ON c.id = a.contribution_id WHERE a.email = $1 ORDER BY a.created_at, c.number";
    let rows: Vec<Waiting> = match email {
        Some(email) => db::all(c, sql, args![email_key(&email)]).await?,
        None => Vec::new(),
    };
    let rows = rows.iter().map(|f| json!({"number": f.number, "from": f.source, "at": f.created_at})).collect();
    Ok(PersonalData { name: "asked-follows", about: "data-asked-follows", rows })
}

#[derive(Template)]
#[template(path = "follows/ask.html")]
struct Ask<'a> {
    p: &'a Page,
    f: &'a Form,
    heading: String,
    action: String,
    back: String,
}

/// The idea of this number that whoever asks may see and follow.
pub(super) async fn target(ctx: &Ctx, number: i64) -> Result<(Contribution, Seen)> {
    let c = store::by_number(ctx.app.db.read(), number).await?;
    let seen = seen::by_id(ctx, c.project_id).await?;
    if c.visible && c.kind == "idea" { Ok((c, seen)) } else { Err(Error::NotFound) }
}

/// Asks for the address. Public; whoever is signed in has the button on the idea's page.
///
/// # Errors
/// `NotFound`, or when the database refuses.
pub async fn show(ctx: Ctx, Path(number): Path<i64>) -> Result<Response> {
    let (c, seen) = target(&ctx, number).await?;
    if ctx.actor.person().is_some() {
        return Ok(redirect(seen.link(urls::Idea { number })));
    }
    page(&ctx, &c, &seen, &Form::new(), StatusCode::OK)
}

fn page(ctx: &Ctx, c: &Contribution, seen: &Seen, form: &Form, status: StatusCode) -> Result<Response> {
    let page = Page::new(ctx, ctx.t("follow-ask-title")).private();
    let ask = Ask {
        p: &page,
        f: form,
        heading: c.heading(),
        action: seen.link(urls::Follow { number: c.number }),
        back: seen.link(urls::Idea { number: c.number }),
    };
    parvis_ui::html_with(status, &ask)
}

/// Sends the link and the code.
pub(super) async fn ask(ctx: &Ctx, c: &Contribution, seen: &Seen, mut form: Form) -> Result<Response> {
    if !form.has("courriel") {
        // The session ended while the page was open: the press of the button becomes the question.
        return page(ctx, c, seen, &form, StatusCode::OK);
    }
    let email = form.text("courriel");
    if !is_address(&email) {
        let key = if email.is_empty() { "email-missing" } else { "email-wrong" };
        form.fail("courriel", ctx.t(key));
        return page(ctx, c, seen, &form, StatusCode::UNPROCESSABLE_ENTITY);
    }
    if let Some(refused) = blocks::pages::refused(ctx, false, "").await? {
        return Ok(refused);
    }
    let back = seen::with_param(&seen.link(urls::Idea { number: c.number }), "fait", "suivie");
    let (inner, id, quote) = (ctx.clone(), c.id, c.heading());
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, email, quote, back) = (inner.clone(), email.clone(), quote.clone(), back.clone());
            Box::pin(async move {
                rate::hit(tx, ASKS, &ctx.address, ctx.now()).await?;
                if is_repeated(tx, &ctx, id, &email).await? {
                    return Ok(());
                }
                let (request, wording) = (ctx.moment.id(), ctx.t("consent-follow"));
                let facts: Vec<_> = crate::reactions::confirm::fact(tx, &ctx).await?.into_iter().collect();
                let asked = Confirmation {
                    lang: ctx.lang,
                    visitor: ctx.visitor,
                    email: &email,
                    name: "",
                    what: Confirms::Follow,
                    subject: Some(id),
                    quote: &quote,
                    facts: &facts,
                    agrees: Some(Agrees { key: request, words: &wording }),
                    return_to: &back,
                };
                if request_confirmation(tx, &ctx.app, &ctx.settings, &ctx.moment, &asked).await? {
                    let wish = Wish { request, ideas: &[id], email: &email, wording: &wording, source: "follow_form" };
                    keep(tx, &ctx, &wish).await?;
                }
                Ok(())
            })
        })
        .await?;
    Ok(redirect(parvis_people::urls::Code {}))
}
