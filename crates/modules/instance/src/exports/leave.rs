//! Leaving Parvis: everything the instance holds as one file, made in the background and taken away by an owner. It is the file
//! of a backup, which `parvis import` takes in an empty instance.

use axum::response::Response;
use parvis_kernel::{Ctx, Result, permission::Right};
use parvis_ui::redirect;

use crate::{
    keeping::{
        note,
        store::{self, Backup},
        work,
    },
    urls,
};

/// What the page of exports shows of it.
#[derive(Debug, Default)]
pub(super) struct Leave {
    /// The one being made.
    pub running: Option<Backup>,
    /// The newest that can be taken.
    pub ready: Option<Backup>,
    /// What stopped the newest, in words.
    pub problem: String,
}

impl Leave {
    /// Size of the file in megabytes, at least one.
    pub fn size(&self) -> i64 {
        self.ready.as_ref().map_or(1, |b| (b.bytes >> 20).max(1))
    }
}

/// How it stands, for an owner; nothing for others.
pub(super) async fn of(ctx: &Ctx) -> Result<Option<Leave>> {
    if !ctx.may(Right::Own, None) {
        return Ok(None);
    }
    let latest = store::latest(ctx.app.db.read()).await?;
    let problem = match latest.first() {
        Some(b) if b.state == "failed" => crate::keeping::problem(ctx, &b.problem),
        _ => String::new(),
    };
    let running = latest.iter().find(|b| b.is_running(ctx.now())).cloned();
    Ok(Some(Leave { running, ready: latest.into_iter().find(Backup::is_kept), problem }))
}

/// Asks for the file as everything is now: the worker makes it. Right: own.
///
/// # Errors
/// The refusal of the permission.
pub async fn ask(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Own, None)?;
    if work::ask(&ctx.app, "hand").await?.is_some() {
        note(&ctx, "backup.asked", String::new()).await?;
    }
    Ok(redirect(format!("{}#quitter", urls::Exports {})))
}
