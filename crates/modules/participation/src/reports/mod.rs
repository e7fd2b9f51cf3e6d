//! Reports: one per person or browser. The third hides a text until somebody of the team decides, unless somebody left
//! it online before. Browsers are free to have: of those behind one address, one report a day counts for hiding.

pub mod list;

use askama::Template;
use axum::{extract::Path, http::StatusCode, response::Response};
use parvis_kernel::{
    Ctx, Error, Result,
    activity::{self, Entry},
    args,
    db::{self, Tx},
    form::Form,
    rate::{self, Limit},
    url,
};
use parvis_ui::{Page, redirect};
use uuid::Uuid;

use crate::{
    ideas::{
        Contribution,
        store::{self, Change},
    },
    moderation::{self, letters, log, store::By},
    seen::{self, Seen},
    urls,
};

/// Reasons, as kept in the database.
pub const REASONS: [&str; 5] = ["recognisable", "hurtful", "off_topic", "advertising", "other"];
/// Reports that wait, from which on a text is hidden.
pub const HIDES: i64 = 3;
/// Reports from one browser or person.
const BY_HOLDER: Limit = Limit::per_minutes("report", 10, 60);
/// Reports from one address.
const BY_ADDRESS: Limit = Limit::per_minutes("report-address", 60, 60);
/// Reports of one text from one address, on one day, that count for hiding it.
const COUNTING: Limit = Limit::per_minutes("report-counts", 1, 24 * 60);
/// Longest note, in characters.
const MAX_NOTE: usize = 1_000;

#[derive(Template)]
#[template(path = "comments/report.html")]
struct Report<'a> {
    p: &'a Page,
    f: &'a Form,
    c: &'a Contribution,
    action: String,
}

/// The form of a report. Public.
///
/// # Errors
/// `NotFound`.
pub async fn show(ctx: Ctx, Path(number): Path<i64>) -> Result<Response> {
    let (c, seen) = target(&ctx, number).await?;
    page(&ctx, &c, &seen, &Form::new(), StatusCode::OK)
}

async fn target(ctx: &Ctx, number: i64) -> Result<(Contribution, Seen)> {
    let c = store::by_number(ctx.app.db.read(), number).await?;
    let seen = seen::by_id(ctx, c.project_id).await?;
    if store::is_online(ctx.app.db.read(), &c).await? { Ok((c, seen)) } else { Err(Error::NotFound) }
}

fn page(ctx: &Ctx, c: &Contribution, seen: &Seen, form: &Form, status: StatusCode) -> Result<Response> {
    let page =
        Page::new(ctx, ctx.t(if c.kind == "idea" { "report-idea" } else { "report-title" })).private().with(form);
    let action = seen.link(urls::Report { number: c.number });
    parvis_ui::html_with(status, &Report { p: &page, f: form, c, action })
}

/// Sends a report. Public.
///
/// # Errors
/// `NotFound`, `too_many`.
pub async fn send(ctx: Ctx, Path(number): Path<i64>, mut form: Form) -> Result<Response> {
    let (c, seen) = target(&ctx, number).await?;
    let reason = REASONS.into_iter().find(|r| form.is("raison", r));
    let Some(reason) = reason else {
        form.fail("raison", ctx.t("report-missing"));
        return page(&ctx, &c, &seen, &form, StatusCode::UNPROCESSABLE_ENTITY);
    };
    let note: String = form.text("note").chars().take(MAX_NOTE).collect();
    let (inner, id) = (ctx.clone(), c.id);
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, note) = (inner.clone(), note.clone());
            Box::pin(async move {
                let holder = ctx.holder();
                rate::hit(tx, BY_HOLDER, &holder.to_string(), ctx.now()).await?;
                rate::hit(tx, BY_ADDRESS, &ctx.address, ctx.now()).await?;
                let counts = counts(tx, &ctx, id).await?;
                record(tx, By::of(&ctx), id, holder, (reason, &note), counts).await
            })
        })
        .await?;
    let idea = match c.idea_id {
        Some(idea) => store::find(ctx.app.db.read(), idea).await?.number,
        None => number,
    };
    Ok(redirect(url::done_at(&seen.link(urls::Idea { number: idea }), "signale")))
}

/// Whether a report of whoever asks may hide a text: theirs, or the first of its address today. The address is not
/// kept with the report.
async fn counts(tx: &Tx, ctx: &Ctx, id: Uuid) -> Result<bool> {
    Ok(ctx.actor.person().is_some() || rate::within(tx, COUNTING, &format!("{id} {}", ctx.address), ctx.now()).await?)
}

/// Writes a report, once for each holder; the third one that waits and counts hides the text, unless the team has left
/// it online before. Its author is told that somebody will read it again. `said` is the code of the reason, and words.
///
/// # Errors
/// When the database refuses.
pub async fn record(tx: &Tx, by: By<'_>, id: Uuid, holder: Uuid, said: (&str, &str), counts: bool) -> Result<()> {
    let (moment, (reason, note)) = (by.moment, said);
    let added = db::run(
        tx,
        "INSERT INTO report (id, contribution_id, holder, reason, note, at, counts) VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (contribution_id, holder) DO NOTHING",
        args![moment.id(), id, holder, reason, note, moment.now, counts],
    )
    .await?;
    if added == 0 {
        return Ok(());
    }
    db::run(tx, "UPDATE contribution SET reports = reports + 1 WHERE id = $1", args![id]).await?;
    let sql = "SELECT count(*) FROM report r JOIN contribution c ON c.id = r.contribution_id \
               WHERE c.id = $1 AND NOT c.kept AND r.counts AND r.settled_at IS NULL";
    let waiting = db::count(tx, sql, args![id]).await?;
    let c = store::find(tx, id).await?;
    if waiting < HIDES || c.hidden {
        return Ok(());
    }
    let change = Change { hidden: Some(true), ..Change::default() };
    let after = store::change(tx, moment, id, None, None, &change).await?;
    let why = moderation::store::main_reason(tx, id).await?;
    log::note(tx, moment, id, log::Deed::ReportedAway, &why).await?;
    letters::reported(tx, by, &after, &why).await?;
    let number = c.number.to_string();
    let entry = Entry {
        actor: None,
        kind: "contribution.reported_away",
        subject_kind: "contribution",
        subject: Some(id),
        project: Some(c.project_id),
        detail: &number,
    };
    activity::record(tx, moment, entry).await
}
