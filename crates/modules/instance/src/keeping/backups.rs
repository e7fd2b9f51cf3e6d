//! The page of backups.

use askama::Template;
use axum::{extract::Path, http::StatusCode, response::Response};
use parvis_kernel::{Ctx, Error, Result, form::Form, permission::Right};
use parvis_ui::{Page, html_with, redirect};
use uuid::Uuid;

use super::{
    note,
    plan::{self, Every, KEPT, Plan},
    store::{self, Backup},
    work,
};
use crate::{
    exports::{attachment, of_file},
    settings::{Section, Step, frame},
    urls,
};

/// A backup as the page shows it.
struct Line {
    backup: Backup,
    /// Size in megabytes, at least one.
    size: i64,
    /// Words about what stopped it.
    problem: String,
}

#[derive(Template)]
#[template(path = "settings/backups.html")]
struct Show<'a> {
    p: &'a Page,
    f: &'a Form,
    recent: &'a [Step],
    lines: Vec<Line>,
    running: bool,
    folder: String,
    /// Whether this person may take a file away.
    owns: bool,
}

/// The plan, and what became of the last backups. Right: administer.
///
/// # Errors
/// The refusal of the permission.
pub async fn show(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    let plan = plan::read(ctx.app.db.read()).await?;
    let f = Form::of(&[("every", plan.every.code()), ("kept", &plan.kept.to_string())]);
    render(&ctx, f, StatusCode::OK).await
}

async fn render(ctx: &Ctx, f: Form, status: StatusCode) -> Result<Response> {
    let frame = frame(ctx, Section::Backups).await?;
    let latest = store::latest(ctx.app.db.read()).await?;
    let running = latest.iter().any(|b| b.is_running(ctx.now()));
    let line = |backup: Backup| Line {
        size: (backup.bytes >> 20).max(1),
        problem: if backup.problem.is_empty() { String::new() } else { problem(ctx, &backup.problem) },
        backup,
    };
    let show = Show {
        p: &frame.page,
        f: &f,
        recent: &frame.recent,
        lines: latest.into_iter().map(line).collect(),
        running,
        folder: ctx.app.data_dir.join(work::FOLDER).display().to_string(),
        owns: ctx.may(Right::Own, None),
    };
    html_with(status, &show)
}

/// What stopped a backup, in words.
pub(crate) fn problem(ctx: &Ctx, code: &str) -> String {
    let code = ["cut", "damaged", "database", "disk"].into_iter().find(|c| *c == code).unwrap_or("other");
    ctx.t(&format!("backup-problem-{code}"))
}

/// Keeps the plan. Right: administer.
///
/// # Errors
/// The refusal of the permission.
pub async fn keep(ctx: Ctx, mut f: Form) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    let every = Every::parse(f.get("every"));
    let kept = f.get("kept").trim().parse::<i64>().ok().filter(|n| KEPT.contains(n));
    if every.is_none() {
        f.fail("every", ctx.t("backup-error-every"));
    }
    if kept.is_none() {
        f.fail("kept", ctx.t("backup-error-kept"));
    }
    let (Some(every), Some(kept)) = (every, kept) else {
        return render(&ctx, f, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let edit = move |plan: &mut Plan| {
        plan.every = every;
        plan.kept = kept;
    };
    ctx.app.db.write(move |tx| Box::pin(plan::change(tx, edit))).await?;
    note(&ctx, "backup.plan", format!("{} {kept}", every.code())).await?;
    Ok(redirect(format!("{}?fait=sauvegardes", urls::Backups {})))
}

/// Asks for a backup now: the worker makes it, the page says when it is there. Right: administer.
///
/// # Errors
/// The refusal of the permission.
pub async fn now(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    let asked = work::ask(&ctx.app, "hand").await?;
    if asked.is_some() {
        note(&ctx, "backup.asked", String::new()).await?;
    }
    Ok(redirect(format!("{}?fait=sauvegarde", urls::Backups {})))
}

/// The file of a backup: it holds addresses and the key of the instance. Right: own.
///
/// # Errors
/// The refusal of the permission, `NotFound` when the file is gone.
pub async fn file(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    ctx.require(Right::Own, None)?;
    let backup = store::find(ctx.app.db.read(), id).await?.filter(Backup::is_kept).ok_or(Error::NotFound)?;
    let path = ctx.app.data_dir.join(work::FOLDER).join(&backup.file);
    let file = std::fs::File::open(path).map_err(|_| Error::NotFound)?;
    note(&ctx, "backup.taken", backup.file.clone()).await?;
    Ok(attachment(&backup.file, "application/zip", of_file(file)))
}
