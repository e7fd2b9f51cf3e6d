//! What the module knows of a person: to show, to hand over, to forget, and to unite with a browser.

mod handed;
mod leave;
mod periods;
mod unite;
mod unsigned;
mod written;

use chrono::{DateTime, Utc};
use parvis_kernel::{
    Result, args,
    db::{self, Db},
    deeds::Deed,
    module::{PastEvent, TextPlace, TextRow},
};
use sea_orm::FromQueryResult;
use uuid::Uuid;

pub use handed::data;
pub(crate) use leave::erase;
pub use leave::{forget, let_go, stays};
pub use periods::{DRAFTS, PERIODS};
pub use unite::unite;

use crate::ideas::title_of;

#[derive(FromQueryResult)]
struct Text {
    id: Uuid,
    number: i64,
    kind: String,
    title: String,
    body: String,
    author_id: Option<Uuid>,
    holder: Uuid,
    area_id: Option<Uuid>,
    age: Option<String>,
    project_id: Uuid,
    created_at: DateTime<Utc>,
    lang: String,
}

/// At most `most` of the texts that anybody finds after a place, in their order, for the analysis.
///
/// # Errors
/// When the database refuses.
pub async fn texts(db: &Db, after: Option<TextPlace>, most: i64) -> Result<Vec<TextRow>> {
    // A comment is read with the title of its idea: "oui, moi aussi" alone is about nothing.
    let mut sql =
        "SELECT c.id, c.number, c.kind, CASE WHEN c.title = '' THEN coalesce(i.title, '') ELSE c.title END AS title, \
               c.body, c.author_id, c.holder, c.area_id, c.age, c.project_id, c.created_at, c.lang \
               FROM contribution c JOIN project p ON p.id = c.project_id LEFT JOIN contribution i ON i.id = c.idea_id \
               LEFT JOIN contribution o ON o.id = c.reply_to WHERE c.visible AND (c.idea_id IS NULL OR i.visible) \
               AND (c.reply_to IS NULL OR o.visible) AND p.visibility = 'public' AND p.state <> 'draft' AND c.office = ''"
            .to_owned();
    let mut args = args![most];
    if let Some((at, id)) = after {
        sql += " AND (c.created_at, c.id) > ($2, $3)";
        args.extend(args![at, id]);
    }
    sql += " ORDER BY c.created_at, c.id LIMIT $1";
    let rows: Vec<Text> = db::all(db.read(), &sql, args).await?;
    Ok(rows
        .into_iter()
        .map(|t| TextRow {
            id: t.id,
            number: t.number,
            kind: if t.kind == "idea" { "idea" } else { "comment" },
            title: t.title,
            body: t.body,
            voice: t.author_id.unwrap_or(t.holder),
            area: t.area_id,
            age: t.age,
            project: t.project_id,
            at: t.created_at,
            lang: t.lang,
        })
        .collect())
}

/// What the directory finds people by: ideas and comments online that they signed.
pub const DEEDS: [Deed; 2] = [
    Deed {
        code: "idee",
        key: "deed-idea",
        table: "contribution",
        person: "author_id",
        when: "d.kind = 'idea' AND d.visible AND d.author_name <> '' AND d.author_id IS NOT NULL",
    },
    Deed {
        code: "commentaire",
        key: "deed-comment",
        table: "contribution",
        person: "author_id",
        when: "d.kind = 'comment' AND d.visible AND d.author_name <> '' AND d.author_id IS NOT NULL",
    },
];

#[derive(FromQueryResult)]
struct Signed {
    kind: String,
    /// Of the idea, also for a comment under it.
    idea: i64,
    title: String,
    body: String,
    created_at: DateTime<Utc>,
}

/// The texts online that the person signed: what they wrote without a name, supported or followed is nobody's business.
///
/// # Errors
/// When the database refuses.
pub async fn past_events(db: &Db, person: Uuid, most: i64) -> Result<Vec<PastEvent>> {
    let sql = "SELECT c.kind, coalesce(i.number, c.number) AS idea, coalesce(i.title, c.title) AS title, \
               coalesce(i.body, c.body) AS body, c.created_at FROM contribution c \
               LEFT JOIN contribution i ON i.id = c.idea_id WHERE c.author_id = $1 AND c.visible AND c.author_name <> '' \
               AND (c.idea_id IS NULL OR i.visible) ORDER BY c.created_at DESC, c.id DESC LIMIT $2";
    let rows: Vec<Signed> = db::all(db.read(), sql, args![person, most]).await?;
    Ok(rows
        .into_iter()
        .map(|t| PastEvent {
            at: t.created_at,
            key: if t.kind == "idea" { "past-idea" } else { "past-comment" },
            href: crate::urls::Idea { number: t.idea }.to_string(),
            what: if t.title.is_empty() { title_of(&t.body) } else { t.title },
        })
        .collect())
}

/// A text left with an address that nobody confirmed.
#[derive(FromQueryResult)]
struct Left {
    id: Uuid,
    pending_email: String,
}
