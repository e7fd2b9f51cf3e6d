//! Official answers for programs.

use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use parvis_kernel::{
    Ctx, Result,
    api::{self, Cursor, Operation, Param, Parts, Query, Schema},
    api_type,
    db::{self, Dialect},
};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use serde::Serialize;
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::{At, Frame, IDEAS, StatusCode, word_schema};
use crate::{answers::Funding, urls};

/// Where the money of a decision comes from.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub struct FundingCode(String);

impl Schema for FundingCode {
    fn reference() -> Json {
        json!({ "type": "string", "enum": Funding::ALL.map(Funding::code) })
    }

    fn parts(_: &mut Parts) {}
}

/// The idea answered last comes first.
const ORDER: &str = "answered";

api_type! {
    /// An official answer.
    PublishedAnswer {
        /// Public number of the idea it answers.
        idea: i64,
        /// Address of the idea's page.
        url: String,
        /// The part of its project's address.
        project: String,
        /// The status it gave.
        status: StatusCode,
        /// The decision in a few words.
        decision: String,
        /// Text, in Markdown.
        text: String,
        /// What it costs, as written.
        cost: Option<String>,
        /// Where the money comes from, as far as it is said.
        funding: Option<FundingCode>,
        /// The next step, as written.
        next: Option<String>,
        /// Its day, `YYYY-MM-DD` in the instance's time zone.
        next_on: Option<NaiveDate>,
        /// Who signs.
        signer: String,
        /// Their office.
        office: Option<String>,
        /// When it was published, or corrected.
        published_at: DateTime<Utc>,
        /// When the idea was first answered.
        answered_at: DateTime<Utc>,
    }
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    number: i64,
    project_id: Uuid,
    answered_at: At,
    status: String,
    decision: String,
    body: String,
    cost: String,
    funding: String,
    next: String,
    next_on: Option<String>,
    signer: String,
    office: String,
    published_at: At,
}

pub(super) fn says() -> Operation {
    Operation::read::<api::Listed<PublishedAnswer>>("listAnswers", IDEAS, "Official answers, the newest first.")
        .with([Param::query("project", word_schema(), "Only those of a project, by the part of its address.")])
        .with(Param::paging())
}

/// The official answers to ideas that are online. Public.
///
/// # Errors
/// `BadRequest`, `NotFound`, `cursor_unknown`, or when the database refuses.
pub(super) async fn all(ctx: Ctx) -> Result<Response> {
    let query = Query::read(&ctx, &says())?;
    let frame = Frame::read(&ctx).await?;
    let projects = frame.named(query.get("project"))?;
    let page = page(ctx.app.db.read(), &projects, query.after(ORDER)?.as_ref(), query.limit()).await?;
    let some = |text: String| Some(text).filter(|t| !t.is_empty());
    api::json(&page.map(|r| PublishedAnswer {
        idea: r.number,
        url: frame.address(urls::Idea { number: r.number }),
        project: frame.slug(r.project_id),
        status: StatusCode(r.status),
        decision: r.decision,
        text: r.body,
        cost: some(r.cost),
        funding: Funding::parse(&r.funding).map(|f| FundingCode(f.code().to_owned())),
        next: some(r.next),
        next_on: r.next_on.and_then(|day| day.parse().ok()),
        signer: r.signer,
        office: some(r.office),
        published_at: r.published_at,
        answered_at: r.answered_at,
    }))
}

async fn page(
    c: &impl ConnectionTrait,
    projects: &[Uuid],
    after: Option<&Cursor>,
    limit: i64,
) -> Result<api::Listed<Row>> {
    if projects.is_empty() {
        return Ok(api::Listed::whole(vec![]));
    }
    let mut args: Vec<Value> = projects.iter().map(|id| Value::from(*id)).collect();
    let mut from = String::new();
    if let Some(after) = after {
        args.push(after.time()?.into());
        args.push(after.id.into());
        let (at, id) = (args.len() - 1, args.len());
        from = format!("AND c.answered_at <= ${at} AND (c.answered_at < ${at} OR c.id < ${id})");
    }
    args.push((limit + 1).into());
    // The order's own index serves best, not each project's; and the page is cut before its answers are looked for, or
    // PostgreSQL reads all of both.
    let unindexed = Dialect::of(c.get_database_backend()).unindexed();
    let sql = format!(
        "SELECT c.id, c.number, c.project_id, c.answered_at, a.status, a.decision, a.body, a.cost, a.funding, a.next, \
         a.next_on, a.signer, a.office, a.published_at FROM (SELECT c.id, c.number, c.project_id, c.answered_at \
         FROM contribution c WHERE c.kind = 'idea' AND c.visible = TRUE AND c.answered_at IS NOT NULL \
         AND {unindexed}c.project_id IN ({}) {from} ORDER BY c.answered_at DESC, c.id DESC LIMIT ${}) AS c \
         JOIN answer a ON a.contribution_id = c.id ORDER BY c.answered_at DESC, c.id DESC",
        db::placeholders(1, projects.len()),
        args.len()
    );
    let rows: Vec<Row> = db::all(c, &sql, args).await?;
    Ok(api::Listed::page(rows, limit, |r| Cursor::new(ORDER, r.answered_at.timestamp_micros(), r.id)))
}
