//! What became of each backup, in the database.

use chrono::{DateTime, TimeDelta, Utc};
use parvis_kernel::{
    Result, args,
    context::Moment,
    db::{self, Tx},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

/// A backup that goes on for longer was cut: its program ended.
pub const LONGEST: TimeDelta = TimeDelta::hours(1);
/// Lines of the page.
const LINES: i64 = 30;

/// A backup.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Backup {
    /// Key.
    pub id: Uuid,
    /// `schedule` or `hand`.
    pub cause: String,
    /// `running`, `done` or `failed`.
    pub state: String,
    /// Name of its file.
    pub file: String,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// Size of the file.
    pub bytes: i64,
    /// Rows in it.
    pub held: i64,
    /// When it was read back.
    pub checked_at: Option<DateTime<Utc>>,
    /// What stopped it, a code.
    pub problem: String,
    /// When its file made room for newer ones.
    pub removed_at: Option<DateTime<Utc>>,
    /// Steps done, of how many.
    pub reached: i64,
    /// Steps; 0 before the first.
    pub steps: i64,
}

impl Backup {
    /// Whether its file is there.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.state == "done" && self.removed_at.is_none()
    }

    /// Whether it is being made.
    #[must_use]
    pub fn is_running(&self, now: DateTime<Utc>) -> bool {
        self.state == "running" && now - self.started_at < LONGEST
    }
}

const COLUMNS: &str = "id, cause, state, file, started_at, ended_at, bytes, held, checked_at, problem, removed_at, \
                       reached, steps";

/// The newest first.
///
/// # Errors
/// When the database refuses.
pub async fn latest(c: &impl ConnectionTrait) -> Result<Vec<Backup>> {
    db::all(c, &format!("SELECT {COLUMNS} FROM backup ORDER BY started_at DESC, id DESC LIMIT $1"), args![LINES]).await
}

/// One of them.
///
/// # Errors
/// When the database refuses.
pub async fn find(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<Backup>> {
    db::one(c, &format!("SELECT {COLUMNS} FROM backup WHERE id = $1"), args![id]).await
}

/// When the last that worked began.
///
/// # Errors
/// When the database refuses.
pub async fn last_done(c: &impl ConnectionTrait) -> Result<Option<DateTime<Utc>>> {
    db::scalar(c, "SELECT started_at FROM backup WHERE state = 'done' ORDER BY started_at DESC LIMIT 1", vec![]).await
}

/// Begins one, unless one is running already; those that were cut are said to be so.
///
/// # Errors
/// When the database refuses.
pub async fn begin(tx: &Tx, moment: &Moment, cause: &'static str) -> Result<Option<Uuid>> {
    let cut = "UPDATE backup SET state = 'failed', problem = 'cut', ended_at = $1 WHERE state = 'running' AND started_at < $2";
    db::run(tx, cut, args![moment.now, moment.now - LONGEST]).await?;
    let id = moment.id();
    let file = format!("parvis-{}-{}.zip", moment.now.format("%Y%m%d-%H%M%S"), &id.simple().to_string().split_off(26));
    let sql = "INSERT INTO backup (id, cause, state, file, started_at) \
               SELECT $1, $2, 'running', $3, $4 WHERE NOT EXISTS (SELECT 1 FROM backup WHERE state = 'running')";
    Ok((db::run(tx, sql, args![id, cause, file, moment.now]).await? > 0).then_some(id))
}

/// It is so far.
///
/// # Errors
/// When the database refuses.
pub async fn reached(tx: &Tx, id: Uuid, done: i64, steps: i64) -> Result<()> {
    let sql = "UPDATE backup SET reached = $2, steps = $3 WHERE id = $1 AND state = 'running'";
    db::run(tx, sql, args![id, done, steps]).await?;
    Ok(())
}

/// It is there, read back and whole.
///
/// # Errors
/// When the database refuses.
pub async fn done(tx: &Tx, id: Uuid, now: DateTime<Utc>, bytes: i64, rows: i64) -> Result<()> {
    let sql = "UPDATE backup SET state = 'done', ended_at = $2, checked_at = $2, bytes = $3, held = $4, problem = '' \
               WHERE id = $1";
    db::run(tx, sql, args![id, now, bytes, rows]).await?;
    Ok(())
}

/// It did not work.
///
/// # Errors
/// When the database refuses.
pub async fn failed(tx: &Tx, id: Uuid, now: DateTime<Utc>, problem: &'static str) -> Result<()> {
    let sql = "UPDATE backup SET state = 'failed', ended_at = $2, problem = $3 WHERE id = $1";
    db::run(tx, sql, args![id, now, problem]).await?;
    Ok(())
}

/// Those whose files make room when so many are kept.
///
/// # Errors
/// When the database refuses.
pub async fn beyond(c: &impl ConnectionTrait, kept: i64) -> Result<Vec<Backup>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM backup WHERE state = 'done' AND removed_at IS NULL ORDER BY started_at DESC, id DESC \
         LIMIT 1000 OFFSET $1"
    );
    db::all(c, &sql, args![kept]).await
}

/// Its file is gone.
///
/// # Errors
/// When the database refuses.
pub async fn removed(tx: &Tx, id: Uuid, now: DateTime<Utc>) -> Result<()> {
    db::run(tx, "UPDATE backup SET removed_at = $2 WHERE id = $1", args![id, now]).await?;
    Ok(())
}
