//! Comments of an idea for programs.

use axum::{extract::Path, response::Response};
use chrono::{DateTime, Utc};
use parvis_kernel::{
    Ctx, Error, Result,
    api::{self, Cursor, Operation, Param, Query},
    api_type, args, db,
};
use parvis_tables::mask;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::{At, Author, Frame, IDEAS, number, number_schema};
use crate::{ideas::store, urls};

/// Oldest first, as on the page.
const ORDER: &str = "comments";

api_type! {
    /// A comment that is online.
    ApiComment {
        /// Public number, the same forever.
        number: i64,
        /// Where it stands on the idea's page.
        url: String,
        /// Number of the comment it replies to; null for a comment on the idea.
        reply_to: Option<i64>,
        /// Text as written; addresses and telephone numbers are masked.
        text: String,
        /// BCP 47 language it was written in.
        lang: String,
        /// Who wrote it.
        author: Author,
        /// When it was written.
        created_at: DateTime<Utc>,
        /// Supports that count.
        supports: i64,
    }
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    number: i64,
    parent: Option<i64>,
    body: String,
    lang: String,
    author_name: String,
    office: String,
    created_at: At,
    supports: i64,
}

pub(super) fn says() -> Operation {
    Operation::read::<api::Listed<ApiComment>>("listComments", IDEAS, "Comments of an idea, oldest first.")
        .with([Param::path("number", number_schema(), "Public number of the idea.")])
        .with(Param::paging())
}

/// The comments of an idea, replies among them. Public.
///
/// # Errors
/// `NotFound` for an idea nobody finds, `cursor_unknown`, or when the database refuses.
pub(super) async fn of(ctx: Ctx, Path(text): Path<String>) -> Result<Response> {
    let query = Query::read(&ctx, &says())?;
    let db = ctx.app.db.read();
    let idea = store::by_number(db, number(&text)?).await?;
    if idea.kind != "idea" || !store::is_public(db, idea.id).await? {
        return Err(Error::NotFound);
    }
    let (limit, mut args) = (query.limit(), args![idea.id]);
    let mut from = String::new();
    if let Some(after) = query.after(ORDER)? {
        from = "AND c.created_at >= $2 AND (c.created_at > $2 OR c.id > $3)".to_owned();
        args.extend(args![after.time()?, after.id]);
    }
    args.push((limit + 1).into());
    // A reply under a comment that is offline is offline too.
    let sql = format!(
        "SELECT c.id, c.number, o.number AS parent, c.body, c.lang, c.author_name, c.office, c.created_at, \
         c.supports + c.brought AS supports FROM contribution c LEFT JOIN contribution o ON o.id = c.reply_to \
         WHERE c.idea_id = $1 AND c.visible = TRUE AND (c.reply_to IS NULL OR o.visible) {from} \
         ORDER BY c.created_at, c.id LIMIT ${}",
        args.len()
    );
    let rows: Vec<Row> = db::all(db, &sql, args).await?;
    let page = api::Listed::page(rows, limit, |r| Cursor::new(ORDER, r.created_at.timestamp_micros(), r.id));
    let frame = Frame { projects: vec![], areas: [].into(), base: ctx.app.base_url(&ctx.settings).to_owned() };
    let some = |text: String| Some(text).filter(|t| !t.is_empty());
    api::json(&page.map(|r| ApiComment {
        number: r.number,
        url: frame.address(format!("{}#c{}", urls::Idea { number: idea.number }, r.number)),
        reply_to: r.parent,
        text: mask(&r.body),
        lang: r.lang,
        author: Author { name: some(r.author_name), office: some(r.office) },
        created_at: r.created_at,
        supports: r.supports,
    }))
}
