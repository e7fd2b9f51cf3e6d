//! The journal: who did what, written in the transaction of the change.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use crate::{
    args,
    context::Moment,
    db::{self, Tx},
    error::Result,
};

/// One thing somebody did. `detail` holds codes and numbers, never a citizen's words or address.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// Who, `None` for the program itself or a visitor.
    pub actor: Option<Uuid>,
    /// A kind declared by a module, such as `idea.published`.
    pub kind: &'static str,
    /// What it was done to, such as `contribution`.
    pub subject_kind: &'static str,
    /// Its key.
    pub subject: Option<Uuid>,
    /// The project it belongs to.
    pub project: Option<Uuid>,
    /// A code or number that completes the sentence.
    pub detail: &'a str,
}

/// Writes an entry.
///
/// # Errors
/// When the database refuses.
pub async fn record(tx: &Tx, moment: &Moment, entry: Entry<'_>) -> Result<()> {
    db::run(
        tx,
        "INSERT INTO activity (id, at, actor_id, kind, subject_kind, subject_id, project_id, detail) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        args![
            moment.id(),
            moment.now,
            entry.actor,
            entry.kind,
            entry.subject_kind,
            entry.subject,
            entry.project,
            entry.detail
        ],
    )
    .await?;
    Ok(())
}

/// A line of the journal.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Line {
    /// Key, to page from.
    pub id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor_id: Option<Uuid>,
    /// What.
    pub kind: String,
    /// To what.
    pub subject_kind: String,
    /// Its key.
    pub subject_id: Option<Uuid>,
    /// Project.
    pub project_id: Option<Uuid>,
    /// The rest of the sentence.
    pub detail: String,
}

const COLUMNS: &str = "SELECT id, at, actor_id, kind, subject_kind, subject_id, project_id, detail FROM activity";

/// The lines of this kind about these subjects, the oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn about(c: &impl ConnectionTrait, kind: &'static str, subjects: &[Uuid]) -> Result<Vec<Line>> {
    if subjects.is_empty() {
        return Ok(Vec::new());
    }
    let sql =
        format!("{COLUMNS} WHERE kind = $1 AND subject_id IN ({}) ORDER BY at", db::placeholders(2, subjects.len()));
    let mut values = args![kind];
    values.extend(subjects.iter().map(|id| Value::from(*id)));
    db::all(c, &sql, values).await
}

/// The newest lines of the journal, newest first, without those of some kinds.
///
/// # Errors
/// When the database refuses.
pub async fn latest(db: &db::Db, without: &[&'static str], limit: i64) -> Result<Vec<Line>> {
    let mut args = args![limit];
    args.extend(without.iter().map(|kind| Value::from(*kind)));
    let only = match without.len() {
        0 => String::new(),
        n => format!(" WHERE kind NOT IN ({})", db::placeholders(2, n)),
    };
    db::all(db.read(), &format!("{COLUMNS}{only} ORDER BY id DESC LIMIT $1"), args).await
}

/// The newest lines of some kinds, newest first: each kind is read by its index, however rare it is.
///
/// # Errors
/// When the database refuses.
pub async fn of_kinds(db: &db::Db, kinds: &[&'static str], limit: i64) -> Result<Vec<Line>> {
    let mut args = args![limit];
    args.extend(kinds.iter().map(|kind| Value::from(*kind)));
    let part = |at: usize| format!("SELECT * FROM ({COLUMNS} WHERE kind = ${at} ORDER BY id DESC LIMIT $1) AS k{at}");
    let all: Vec<String> = (2..2 + kinds.len()).map(part).collect();
    db::all(db.read(), &format!("{} ORDER BY id DESC LIMIT $1", all.join(" UNION ALL ")), args).await
}
