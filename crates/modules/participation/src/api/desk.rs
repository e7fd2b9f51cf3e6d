//! What waits on the desk, for programs of the team.

use axum::response::Response;
use chrono::{DateTime, Utc};
use parvis_kernel::{
    Ctx, Result,
    api::{self, Cursor, Operation, Param, Query},
    api_type, args,
    db::{self},
    permission::Right,
};
use sea_orm::{FromQueryResult, Value};
use serde_json::json;
use std::collections::HashMap;
use uuid::Uuid;

use super::{AreaRef, At, Author, DESK};
use crate::{
    desk::queue::Wait,
    ideas::{Contribution, store::COLUMNS},
    reports::REASONS,
    urls,
};

/// What waits longest comes first.
const ORDER: &str = "waiting";
/// The report that waits longest comes first.
const REPORTS: &str = "reports";

/// Which reports, the usual first.
const STATES: [&str; 3] = ["open", "settled", "all"];

/// Reasons to wait, the usual first.
const WAITS: [(&str, Wait); 3] = [("publish", Wait::Publish), ("answer", Wait::Answer), ("reported", Wait::Reported)];

api_type! {
    /// A contribution that waits for the team.
    Waiting {
        /// Public number.
        number: i64,
        /// Address of its page on the desk.
        url: String,
        /// `idea` or `comment`.
        kind: String,
        /// The part of its project's address.
        project: String,
        /// Title, or its first words.
        title: String,
        /// Text as written.
        text: String,
        /// BCP 47 language.
        lang: String,
        /// Theme, as a word.
        theme: Option<String>,
        /// Area of the town.
        area: Option<AreaRef>,
        /// Street or place, as written.
        place: Option<String>,
        /// Who wrote it, as far as they said.
        author: Author,
        /// How it came.
        origin: String,
        /// Code of its status.
        status: String,
        /// Whether reports or the team took it offline.
        hidden: bool,
        /// Reports not settled.
        reports: i64,
        /// When it was written.
        created_at: DateTime<Utc>,
    }
    /// A report. Who reported is not told.
    DeskReport {
        /// Public number of the contribution.
        contribution: i64,
        /// Address of its page on the desk.
        url: String,
        /// Code of the reason.
        reason: String,
        /// What was added in words.
        note: Option<String>,
        /// When.
        at: DateTime<Utc>,
        /// When somebody of the team settled it; null while it waits.
        settled_at: Option<DateTime<Utc>>,
    }
}

/// The projects of whoever asks, as a condition on `c`; nothing for all of them.
fn own(ctx: &Ctx, args: &mut Vec<Value>) -> String {
    let Some(projects) = ctx.actor.projects() else { return String::new() };
    let from = args.len() + 1;
    args.extend(projects.iter().map(|id| Value::from(*id)));
    match projects.len() {
        0 => "AND FALSE".to_owned(),
        n => format!("AND c.project_id IN ({})", db::placeholders(from, n)),
    }
}

pub(super) fn says_queue() -> Operation {
    let codes = WAITS.map(|(code, _)| code);
    Operation::read::<api::Listed<Waiting>>("listQueue", DESK, "What waits for the team, the oldest first.")
        .with([Param::query(
            "wait",
            json!({ "type": "string", "enum": codes, "default": codes[0] }),
            "To publish, to answer, or reported.",
        )])
        .with(Param::paging())
}

/// What waits, in the projects of the token's owner. Right: read.
///
/// # Errors
/// `BadRequest`, `cursor_unknown`, or when the database refuses.
pub(super) async fn queue(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Read, None)?;
    let query = Query::read(&ctx, &says_queue())?;
    let [usual, ..] = WAITS;
    let wait = query.get("wait").and_then(|c| WAITS.into_iter().find(|(own, _)| *own == c)).unwrap_or(usual).1;
    let (limit, mut args) = (query.limit(), args![]);
    let own = own(&ctx, &mut args);
    let mut from = String::new();
    if let Some(after) = query.after(ORDER)? {
        args.extend(args![after.time()?, after.id]);
        let (at, id) = (args.len() - 1, args.len());
        from = format!("AND c.created_at >= ${at} AND (c.created_at > ${at} OR c.id > ${id})");
    }
    args.push((limit + 1).into());
    let sql = format!(
        "SELECT {COLUMNS} FROM contribution c WHERE {} {own} {from} ORDER BY c.created_at, c.id LIMIT ${}",
        wait.sql(),
        args.len()
    );
    let db = ctx.app.db.read();
    let rows: Vec<Contribution> = db::all(db, &sql, args).await?;
    let page = api::Listed::page(rows, limit, |c| Cursor::new(ORDER, c.created_at.timestamp_micros(), c.id));
    let areas = parvis_people::areas::names(db).await?;
    let projects = crate::projects::store::all(db).await?;
    let slugs: HashMap<Uuid, String> = projects.into_iter().map(|p| (p.id, p.slug)).collect();
    let base = ctx.app.base_url(&ctx.settings);
    let some = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
    api::json(&page.map(|c| Waiting {
        number: c.number,
        url: format!("{base}{}", urls::Handle { number: c.number }),
        project: slugs.get(&c.project_id).cloned().unwrap_or_default(),
        title: c.heading(),
        theme: some(&c.tag),
        area: c.area_id.and_then(|id| Some(AreaRef { id, name: areas.get(&id)?.clone() })),
        place: some(&c.place),
        author: Author::of(&c),
        kind: c.kind,
        text: c.body,
        lang: c.lang,
        origin: c.origin,
        status: c.status,
        hidden: c.hidden,
        reports: c.reports,
        created_at: c.created_at,
    }))
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    number: i64,
    reason: String,
    note: String,
    at: At,
    settled_at: Option<At>,
}

pub(super) fn says_reports() -> Operation {
    let reasons = json!({ "type": "string", "enum": REASONS });
    let states = json!({ "type": "string", "enum": STATES, "default": STATES[0] });
    Operation::read::<api::Listed<DeskReport>>("listReports", DESK, "Reports, the oldest first.")
        .with([
            Param::query("reason", reasons, "Only those with a reason."),
            Param::query("state", states, "Those that wait, those that were settled, or both."),
        ])
        .with(Param::paging())
}

/// Reports in the projects of the token's owner: those that nobody settled unless others are asked for. Right: read.
///
/// # Errors
/// `BadRequest`, `cursor_unknown`, or when the database refuses.
pub(super) async fn reports(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Read, None)?;
    let query = Query::read(&ctx, &says_reports())?;
    let (limit, mut args) = (query.limit(), args![]);
    let mut more = own(&ctx, &mut args);
    let state = match query.get("state") {
        Some("settled") => "r.settled_at IS NOT NULL",
        Some("all") => "TRUE",
        _ => "r.settled_at IS NULL",
    };
    if let Some(reason) = query.get("reason") {
        args.push(reason.into());
        more += &format!(" AND r.reason = ${}", args.len());
    }
    if let Some(after) = query.after(REPORTS)? {
        args.extend(args![after.time()?, after.id]);
        let (at, id) = (args.len() - 1, args.len());
        more += &format!(" AND r.at >= ${at} AND (r.at > ${at} OR r.id > ${id})");
    }
    args.push((limit + 1).into());
    let sql = format!(
        "SELECT r.id, c.number, r.reason, r.note, r.at, r.settled_at FROM report r JOIN contribution c ON c.id = r.contribution_id \
         WHERE {state} {more} ORDER BY r.at, r.id LIMIT ${}",
        args.len()
    );
    let rows: Vec<Row> = db::all(ctx.app.db.read(), &sql, args).await?;
    let page = api::Listed::page(rows, limit, |r| Cursor::new(REPORTS, r.at.timestamp_micros(), r.id));
    let base = ctx.app.base_url(&ctx.settings);
    api::json(&page.map(|r| DeskReport {
        contribution: r.number,
        url: format!("{base}{}", urls::Handle { number: r.number }),
        reason: r.reason,
        note: Some(r.note).filter(|n| !n.is_empty()),
        at: r.at,
        settled_at: r.settled_at,
    }))
}
