//! Somebody opens a short link.

use axum::{
    extract::Path,
    http::{HeaderMap, Method},
    response::Response,
};
use parvis_kernel::{
    Ctx, Error, Refusal, Result, args,
    db::{self, Tx},
    rate::{self, Limit},
};
use parvis_ui::redirect;

use super::{LINK_STOPPED, Link, as_typed, store};
use crate::{
    projects,
    projects::texts::Spoken,
    seen::{Seen, with_param},
    urls,
};

/// Codes that lead nowhere, from one address: beyond it somebody guesses.
const UNKNOWN: Limit = Limit::per_minutes("link-unknown", 60, 60);
/// A browser counts once a day.
const ONCE: Limit = Limit::per_minutes("link-visit", 1, 24 * 60);
/// Browsers that count from one address: a program that keeps no cookie is another browser each time.
const BY_ADDRESS: Limit = Limit::per_minutes("link-visit-address", 200, 60);

/// Opens the first screen with what a printed link carries, and counts who came. Public.
///
/// # Errors
/// `NotFound` for an unknown code, `too_many` for whoever tries many, `short_link_stopped`.
pub async fn open(ctx: Ctx, Path(code): Path<String>, method: Method, headers: HeaderMap) -> Result<Response> {
    let code = as_typed(&code);
    let link = match store::find(ctx.app.db.read(), &code).await {
        Err(Error::NotFound) => return Err(unknown(&ctx).await?),
        found => found?,
    };
    let project = projects::store::find(ctx.app.db.read(), link.project_id).await?;
    // A link shared or printed opens what it leads to, but neither a draft nor what is the team's alone.
    project.may_be_seen(&ctx.actor, &project.secret)?;
    // Whoever guesses codes is not told those of a project with a secret link. The others are public anyway, and a
    // whole school may share the address of one who guesses.
    if !project.is_public() && rate::is_spent(ctx.app.db.read(), UNKNOWN, &ctx.address, ctx.now()).await? {
        return Err(Refusal::TOO_MANY.into());
    }
    if link.stopped_at.is_some() {
        return Err(LINK_STOPPED.into());
    }
    // A browser that looks ahead, or a program that only asks whether the page is there, is nobody who came.
    let ahead = ["sec-purpose", "purpose"].iter().any(|name| headers.contains_key(*name));
    if method == Method::GET && !ahead {
        let (inner, link) = (ctx.clone(), link.clone());
        ctx.app.db.write(move |tx| Box::pin(count(tx, inner.clone(), link.clone()))).await?;
    }
    let seen = Seen { project, phases: Vec::new(), spoken: Spoken::default() };
    let mut to = with_param(&urls::Post {}.to_string(), "projet", &seen.project.slug);
    if !link.place.is_empty() {
        to = with_param(&to, "lieu", &link.place);
    }
    if let Some(area) = link.area_id {
        to = with_param(&to, "quartier", &area.to_string());
    }
    Ok(redirect(seen.link(with_param(&to, "lien", &link.code))))
}

/// Counts a code that leads nowhere.
async fn unknown(ctx: &Ctx) -> Result<Error> {
    let inner = ctx.clone();
    let within = ctx.app.db.write(move |tx| {
        let ctx = inner.clone();
        Box::pin(async move { rate::within(tx, UNKNOWN, &ctx.address, ctx.now()).await })
    });
    Ok(if within.await? { Error::NotFound } else { Refusal::TOO_MANY.into() })
}

/// Counts a visit once a browser a day. What tells a browser apart is signed for one link and one day, so that it says
/// neither who came nor where else they went, and it is swept with the other limits after two days.
async fn count(tx: &Tx, ctx: Ctx, link: Link) -> Result<()> {
    let who = ctx.app.secrets.sign("link-visit", &format!("{} {} {}", ctx.today(), link.code, ctx.visitor));
    if rate::within(tx, ONCE, &who, ctx.now()).await? && rate::within(tx, BY_ADDRESS, &ctx.address, ctx.now()).await? {
        db::run(tx, "UPDATE short_link SET visits = visits + 1 WHERE code = $1", args![link.code]).await?;
    }
    Ok(())
}
