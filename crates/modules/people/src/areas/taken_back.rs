//! The page that takes an import of areas back: what would go, what is put back, what stays and why, then the button.

use axum::{extract::Path, response::Response};
use parvis_kernel::{Ctx, Refusal, Result, form::Form, permission::Right, retention};
use parvis_ui::{Page, html, redirect};
use uuid::Uuid;

use super::{
    pages::note,
    undo::{self, Kept, Undo},
};
use crate::urls;

/// Areas that stay named on the page.
const NAMED: usize = 40;

#[derive(askama::Template)]
#[template(path = "areas/undo.html")]
struct Show<'a> {
    p: &'a Page,
    import: Kept,
    /// Until when, with the days that are kept.
    until: String,
    goes: usize,
    back: usize,
    /// People who chose an area that goes.
    people: i64,
    kept: usize,
    /// Areas that stay: name, key of why.
    stays: Vec<(String, String)>,
}

impl Show<'_> {
    /// Areas that the button touches.
    fn touched(&self) -> usize {
        self.goes + self.back
    }
}

/// What taking back would do now. Administrators and owners.
pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    ctx.require(Right::ManageProjects, None)?;
    let c = ctx.app.db.read();
    let Some((import, steps)) = undo::find(c, id).await? else { return Ok(redirect(urls::Areas {})) };
    let p = Page::settings(&ctx, urls::Areas::ROUTE).await?;
    let (mut going, mut back, mut stays) = (Vec::new(), 0, Vec::new());
    for one in undo::judge(&super::all(c).await?, steps) {
        match one {
            Undo::Goes(id) => going.push(id),
            Undo::Back(_) => back += 1,
            Undo::Stays(name, why) => stays.push((name, format!("areas-undo-why-{why}"))),
        }
    }
    let days = chrono::TimeDelta::days(retention::days(c, &undo::PERIOD).await?);
    let until = p.date(&(import.at + days));
    let (goes, kept) = (going.len(), stays.len());
    stays.truncate(NAMED);
    html(&Show { until, goes, back, people: undo::chosen(c, &going).await?, kept, stays, import, p: &p })
}

/// Takes the import back. Administrators and owners.
pub(super) async fn act(ctx: Ctx, Path(id): Path<Uuid>, _: Form) -> Result<Response> {
    ctx.require(Right::ManageProjects, None)?;
    let shared = ctx.clone();
    let done = ctx.app.db.write(move |tx| {
        let ctx = shared.clone();
        Box::pin(async move {
            // Taken back meanwhile, or all of it changed since: nothing is done, and what could be undone later stays.
            let n = undo::take_back(tx, id).await?.filter(|n| *n > 0).ok_or(Refusal::CHANGED_MEANWHILE)?;
            note(tx, &ctx, undo::ACTIVITY, None, &n.to_string()).await
        })
    });
    done.await?;
    Ok(redirect(format!("{}?fait=quartiers-annules", urls::Areas {})))
}
