//! The buttons that support or oppose: in one tap, without an account, with or without JavaScript.

use axum::{
    Json,
    extract::Path,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use parvis_kernel::{
    Ctx, Error, Result,
    db::Tx,
    form::Form,
    rate::{self, Limit},
};
use parvis_people::blocks;
use parvis_ui::redirect;
use serde_json::json;

use super::{After, Reaction};
use crate::{
    ideas::{Contribution, store},
    projects::Act,
    seen::{self, Seen, back, back_with, with_param},
    urls,
};

/// Supports and oppositions from one browser or person.
const BY_HOLDER: Limit = Limit::per_minutes("react", 200, 60);
/// From one address: a school or a library shares one.
const BY_ADDRESS: Limit = Limit::per_minutes("react-address", 1_500, 60);

/// A support that waits for an address, as the page's script says it.
const KEPT: &str = "soutien-garde";

/// Whether the page's script asks, and will show the answer itself.
#[must_use]
pub fn wants_json(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).is_some_and(|v| v.contains("application/json"))
}

/// Supports an idea or a comment, or takes the support back. Public.
///
/// # Errors
/// `NotFound`, the refusals of [`crate::projects::may`], `too_many`.
pub async fn support(ctx: Ctx, headers: HeaderMap, path: Path<i64>, form: Form) -> Result<Response> {
    react(ctx, headers, path, form, Reaction::Support).await
}

/// Opposes an idea, or takes it back. Public.
///
/// # Errors
/// As [`support`].
pub async fn oppose(ctx: Ctx, headers: HeaderMap, path: Path<i64>, form: Form) -> Result<Response> {
    react(ctx, headers, path, form, Reaction::Oppose).await
}

async fn react(
    ctx: Ctx,
    headers: HeaderMap,
    Path(number): Path<i64>,
    form: Form,
    reaction: Reaction,
) -> Result<Response> {
    let (c, seen) = target(&ctx, number).await?;
    // The state the button showed, not a toggle: a second press of a slow page changes nothing.
    let want = (!form.is("etat", "1")).then_some(reaction);
    let act = if reaction == Reaction::Support { Act::Support } else { Act::Oppose };
    // What was given can always be taken back.
    if want.is_some() {
        seen.may(&ctx, act)?;
        if let Some(refused) = blocks::pages::refused(&ctx, false, "").await? {
            return if wants_json(&headers) { Err(blocks::BLOCKED.into()) } else { Ok(refused) };
        }
    }
    let after = write(&ctx, &c, reaction, want).await?;
    let page = place(&ctx, &seen, &c).await?;
    if wants_json(&headers) {
        let now = store::find(ctx.app.db.read(), c.id).await?;
        return Ok(answer(&ctx, &after, &now, reaction, &back(&form, &page)));
    }
    // The page says below, beside the way to confirm, that it is kept: here it says thanks.
    let done = Some(done(&ctx, &after, reaction)).filter(|d| *d != KEPT).unwrap_or("soutien-note");
    Ok(redirect(back_with(&form, &page, done)))
}

/// The contribution of this number, if whoever asks may see it and it is online.
async fn target(ctx: &Ctx, number: i64) -> Result<(Contribution, Seen)> {
    let c = store::by_number(ctx.app.db.read(), number).await?;
    let seen = seen::by_id(ctx, c.project_id).await?;
    if store::is_online(ctx.app.db.read(), &c).await? { Ok((c, seen)) } else { Err(Error::NotFound) }
}

/// The place of a contribution on the pages: its own, or that of its idea.
async fn place(ctx: &Ctx, seen: &Seen, c: &Contribution) -> Result<String> {
    Ok(match c.idea_id {
        None => seen.link(urls::Idea { number: c.number }),
        Some(idea) => {
            let number = store::find(ctx.app.db.read(), idea).await?.number;
            seen.link(format!("{}#c{}", urls::Idea { number }, c.number))
        }
    })
}

async fn write(ctx: &Ctx, c: &Contribution, of: Reaction, want: Option<Reaction>) -> Result<After> {
    let (moment, id, now) = (ctx.moment.clone(), c.id, ctx.now());
    let (holder, confirmed) = (ctx.holder(), ctx.actor.person().is_some());
    let (who, address) = (holder.to_string(), ctx.address.clone());
    ctx.app
        .db
        .write(move |tx: &Tx| {
            let (moment, who, address) = (moment.clone(), who.clone(), address.clone());
            Box::pin(async move {
                rate::hit(tx, BY_HOLDER, &who, now).await?;
                rate::hit(tx, BY_ADDRESS, &address, now).await?;
                match want {
                    Some(_) => super::set(tx, &moment, id, holder, confirmed, want).await,
                    None => super::take_back(tx, id, holder, confirmed, of).await,
                }
            })
        })
        .await
}

fn done(ctx: &Ctx, after: &After, reaction: Reaction) -> &'static str {
    match (after.pressed, ctx.actor.person().is_some(), reaction) {
        (true, true, Reaction::Support) => "soutenue",
        (true, false, Reaction::Support) => KEPT,
        (false, _, Reaction::Support) => "soutien-retire",
        (true, _, Reaction::Oppose) => "opposition",
        (false, _, Reaction::Oppose) => "opposition-retiree",
    }
}

fn answer(ctx: &Ctx, after: &After, now: &Contribution, reaction: Reaction, page: &str) -> Response {
    let (count, other, others) = match reaction {
        Reaction::Support => (now.supports, "oppose-do", now.opposes),
        Reaction::Oppose => (now.opposes, "support-do", now.supports),
    };
    let label = match (reaction, after.pressed) {
        (Reaction::Support, true) => "support-done",
        (Reaction::Support, false) => "support-do",
        (Reaction::Oppose, true) => "oppose-done",
        (Reaction::Oppose, false) => "oppose-do",
    };
    let mut body = json!({
        "pressed": after.pressed,
        "count": count,
        "label": ctx.t(label),
        "message": ctx.t(&format!("done-{}", done(ctx, after, reaction))),
    });
    if after.pressed {
        // One voice says one thing: what it said before stands no more.
        body["other"] = json!({ "pressed": false, "count": others, "label": ctx.t(other) });
    }
    if after.pressed && !after.confirmed {
        body["confirm_url"] = json!(with_param(&urls::ConfirmSupports {}.to_string(), "retour", page));
        body["confirm_label"] = json!(ctx.t("support-confirm"));
    }
    Json(body).into_response()
}
