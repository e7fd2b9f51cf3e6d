//! The page on which the idea to keep is chosen, and the undo.

use askama::Template;
use axum::{extract::Path, http::StatusCode, response::Response};
use parvis_kernel::{Ctx, Error, Result, form::Form, permission::Right};
use parvis_ui::{Page, html_with, redirect};
use uuid::Uuid;

use super::{MOST, possible, store};
use crate::{
    desk::{back_to, done_at, query, with_param},
    ideas::{Contribution, store as ideas},
    moderation::store::By,
    urls,
};

#[derive(Template)]
#[template(path = "desk/merge.html")]
struct Show<'a> {
    p: &'a Page,
    f: &'a Form,
    ideas: Vec<Contribution>,
    kept: i64,
    together: i64,
    back: String,
}

/// `12.3-13.1`: numbers and versions. Anything else in it is dropped.
fn pairs_of(lot: &str) -> Vec<(i64, i64)> {
    lot.split('-')
        .filter_map(|pair| pair.split_once('.'))
        .filter_map(|(n, v)| Some((n.parse().ok()?, v.parse().ok()?)))
        .take(50)
        .collect()
}

fn joined(lot: &[(i64, i64)]) -> String {
    lot.iter().map(|(n, v)| format!("{n}.{v}")).collect::<Vec<_>>().join("-")
}

/// The address of the page for these contributions.
pub(crate) fn address(pairs: &[(i64, i64)], back: &str) -> String {
    let to = with_param(&urls::Merge {}.to_string(), "n", &joined(pairs));
    with_param(&to, "retour", back)
}

/// The ideas to unite, and which to keep. Permission: moderate, in each one's project.
pub async fn show(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Moderate, None)?;
    let f = query(&ctx);
    // The address by itself, as somebody typed or kept it.
    if pairs_of(f.get("n")).is_empty() {
        return Ok(redirect(urls::Queue {}));
    }
    if f.has("avec") {
        return with(&ctx, &f).await;
    }
    render(&ctx, f, StatusCode::OK).await
}

/// The page for one idea more, named by its number as somebody wrote it: "12", "n° 12".
async fn with(ctx: &Ctx, f: &Form) -> Result<Response> {
    let written = f.text("avec");
    let digits = written.trim().trim_start_matches(|c: char| !c.is_ascii_digit()).trim_end();
    let number: i64 = digits.parse().map_err(|_| super::NO_SUCH_IDEA)?;
    let other = match ideas::by_number(ctx.app.db.read(), number).await {
        Err(Error::NotFound) => return Err(super::NO_SUCH_IDEA.into()),
        found => found?,
    };
    ctx.require(Right::Moderate, Some(other.project_id))?;
    let mut pairs = pairs_of(f.get("n"));
    pairs.push((other.number, other.version));
    Ok(redirect(address(&pairs, &back_to(f.get("retour")))))
}

async fn render(ctx: &Ctx, f: Form, status: StatusCode) -> Result<Response> {
    let c = ctx.app.db.read();
    let mut ideas: Vec<Contribution> = Vec::new();
    for (number, _) in pairs_of(f.get("n")).into_iter().take(MOST) {
        let item = ideas::by_number(c, number).await?;
        ctx.require(Right::Moderate, Some(item.project_id))?;
        if !ideas.iter().any(|i| i.id == item.id) {
            ideas.push(item);
        }
    }
    // The one that is online and the most supported, else the oldest, is the one to keep.
    ideas.sort_by_key(|i| (!i.visible, i.answered_at.is_none(), -i.supports, i.created_at));
    let first = ideas.first().cloned().ok_or(super::NOT_ALIKE)?;
    let others: Vec<Contribution> = ideas.iter().skip(1).cloned().collect();
    possible(&first, &others)?;
    let ids: Vec<Uuid> = ideas.iter().map(|i| i.id).collect();
    let title = ctx.app.words.with(ctx.lang, "merge-title", &[("n", &ideas.len())]);
    let p = Page::team(ctx, title).await?;
    let show = Show {
        kept: f.get("garde").parse().unwrap_or(first.number),
        together: store::supports_together(c, &ids).await?,
        back: back_to(f.get("retour")),
        p: &p,
        f: &f,
        ideas,
    };
    html_with(status, &show)
}

/// Unites them. Permission: moderate, in each one's project.
pub async fn unite(ctx: Ctx, f: Form) -> Result<Response> {
    ctx.require(Right::Moderate, None)?;
    let chosen = pairs_of(f.get("n"));
    let kept: i64 = f.get("garde").parse().map_err(|_| Error::BadRequest("nothing to keep"))?;
    let ctx2 = ctx.clone();
    let id = ctx
        .app
        .db
        .write(move |tx| {
            let (ctx, chosen) = (ctx2.clone(), chosen.clone());
            Box::pin(async move { store::unite(tx, By::of(&ctx), kept, &chosen).await })
        })
        .await?;
    Ok(redirect(done_at(&urls::Handle { number: kept }.to_string(), "fusion", id)))
}

/// Takes it back within ten minutes. Permission: moderate, in the project.
pub async fn undo(ctx: Ctx, Path(id): Path<Uuid>, f: Form) -> Result<Response> {
    ctx.require(Right::Moderate, None)?;
    let merging = store::find(ctx.app.db.read(), id).await?;
    let kept = ideas::find(ctx.app.db.read(), merging.kept_id).await?;
    ctx.require(Right::Moderate, Some(kept.project_id))?;
    let ctx2 = ctx.clone();
    ctx.app
        .db
        .write(move |tx| {
            let ctx = ctx2.clone();
            Box::pin(async move { store::undo(tx, By::of(&ctx), id).await })
        })
        .await?;
    let to = if f.has("retour") { back_to(f.get("retour")) } else { urls::Handle { number: kept.number }.to_string() };
    Ok(redirect(done_at(&to, "fusion", id)))
}
