//! Two people on one contribution: whoever comes second is told who came first, and may go on all the same.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use parvis_kernel::{Ctx, Result, form::Form, permission::Right};
use parvis_ui::{Page, html_with};

use super::{back_to, handling, place, query};
use crate::{ideas::Contribution, urls};

/// What somebody is about to do.
#[derive(Debug)]
pub(crate) struct Asked<'a> {
    pub item: &'a Contribution,
    /// Its version when it was read.
    pub version: i64,
    /// Whether it still makes sense.
    pub possible: bool,
    pub form: &'a Form,
}

#[derive(Template)]
#[template(path = "desk/conflict.html")]
struct Show<'a> {
    p: &'a Page,
    c: &'a Contribution,
    words: String,
    state: String,
    /// The form again, with the version of now; empty when it makes no sense any more.
    again: Vec<(String, String)>,
    to: String,
    href: String,
    back: String,
}

/// Whether somebody else has it open, or changed it since it was read: the page that says who, with a button to go on.
///
/// # Errors
/// A refusal of the permission, or when the database refuses.
pub(crate) async fn check(ctx: &Ctx, asked: Asked<'_>) -> Result<Option<Response>> {
    let item = asked.item;
    ctx.require(Right::Moderate, Some(item.project_id))?;
    let known = handling::of(ctx.app.db.read(), &[item.id]).await?.remove(&item.id);
    let changed = item.version != asked.version;
    let holder = known.as_ref().and_then(|h| h.held_by_another(ctx.actor.person(), ctx.now()));
    let anyway = asked.form.has("quandmeme");
    if !changed && (holder.is_none() || anyway) {
        return Ok(None);
    }
    let p = Page::team(ctx, ctx.t("conflict-title")).await?;
    let (who, at) = match &known {
        Some(h) if changed => (h.actor_id, h.acted_at),
        Some(h) => (holder, h.held_at),
        None => (None, None),
    };
    let me = who.is_some() && who == ctx.actor.person();
    let names = ctx.app.identity.names(&ctx.app.db, &who.into_iter().collect::<Vec<_>>()).await?;
    let name = who.and_then(|id| names.get(&id)).filter(|n| !n.is_empty()).cloned();
    let name = name.unwrap_or_else(|| p.t("today-somebody"));
    let time = at.map_or_else(String::new, |at| p.time(&at));
    let words = match (changed, me) {
        (true, true) => p.t1("conflict-mine", "time", time),
        (true, false) if at.is_some() => p.t2("conflict-changed", "who", name, "time", time),
        (true, false) => p.t("conflict-changed-unknown"),
        (false, _) => p.t2("conflict-held", "who", name, "time", time),
    };
    let show = Show {
        state: item.status().words(ctx),
        words,
        again: if asked.possible { again(&asked) } else { Vec::new() },
        to: place::keeping(ctx.uri.split('?').next().unwrap_or_default(), &query(ctx)),
        href: urls::Handle { number: item.number }.to_string(),
        back: if asked.form.has("retour") { back_to(asked.form.get("retour")) } else { place::queue(&query(ctx)) },
        c: item,
        p: &p,
    };
    html_with(StatusCode::CONFLICT, &show).map(Some)
}

/// The fields of the form, with the version of now, without those of other lines.
fn again(asked: &Asked<'_>) -> Vec<(String, String)> {
    let own = format!("v{}", asked.item.number);
    let version = asked.item.version.to_string();
    let other = |name: &str| name.strip_prefix('v').is_some_and(|n| n.parse::<i64>().is_ok()) && name != own;
    let mut fields: Vec<(String, String)> = Vec::new();
    for (name, value) in asked.form.pairs() {
        let dropped = ["_csrf", "quandmeme", "c", "tout"].contains(&name.as_str()) || other(name);
        if !dropped {
            let value = if *name == own || name == "version" { version.clone() } else { value.clone() };
            fields.push((name.clone(), value));
        }
    }
    fields
}
