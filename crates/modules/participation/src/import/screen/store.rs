//! The files that the team brought, in the database.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use parvis_kernel::{
    Error, Result, args,
    context::Moment,
    db::{self, Db, Tx},
    secrets,
};
use parvis_tables::{Mapping, Role};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::super::{Report, draft::fold};

/// A work that said nothing for so long is dead.
pub(super) const DEAD: TimeDelta = TimeDelta::seconds(60);
/// An import can be taken back for so long.
const UNDO: TimeDelta = TimeDelta::days(90);

/// A file that a member of the team brought.
#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct FileRow {
    pub id: Uuid,
    pub file_name: String,
    pub state: String,
    pub problem: String,
    pub kept: bool,
    pub read_as: String,
    pub from_sheet: bool,
    pub bytes: i64,
    pub roles: String,
    pub remembered: bool,
    pub project_id: Option<Uuid>,
    pub actor_id: Option<Uuid>,
    pub created_at: DateTime<Utc>,
    pub checked_at: Option<DateTime<Utc>>,
    pub started_at: Option<DateTime<Utc>>,
    pub beat_at: Option<DateTime<Utc>>,
    pub done: i64,
    pub total: i64,
    pub created: i64,
    pub updated: i64,
    pub refused: i64,
    /// Empty, `asked` or `done`.
    pub undo_state: String,
    /// Contributions that an undo took away.
    pub undone: i64,
    /// Visible sheets of a workbook, one a line.
    pub sheets: String,
}

const COLUMNS: &str = "id, file_name, state, problem, kept, read_as, from_sheet, bytes, roles, remembered, project_id, actor_id, \
     created_at, checked_at, started_at, beat_at, done, total, created, updated, refused, undo_state, undone, sheets";

impl FileRow {
    /// Whether the work under way stopped saying how far it is.
    pub(super) fn is_dead(&self, now: DateTime<Utc>) -> bool {
        matches!(self.state.as_str(), "running" | "checking") && self.beat_at.is_none_or(|at| at + DEAD < now)
    }

    /// Whether the columns may still be changed.
    pub(super) fn is_open(&self, now: DateTime<Utc>) -> bool {
        let rests = matches!(self.state.as_str(), "received" | "checked" | "stopped" | "failed");
        self.kept && (rests || (self.state == "checking" && self.is_dead(now)))
    }
}

/// What is known of a file when it has been received.
#[derive(Debug, Clone)]
pub(super) struct New {
    pub id: Uuid,
    pub file_name: String,
    pub read_as: String,
    pub from_sheet: bool,
    pub sheets: String,
    pub bytes: i64,
    pub roles: String,
    pub remembered: bool,
    pub project: Option<Uuid>,
    pub actor: Option<Uuid>,
}

pub(super) async fn insert(tx: &Tx, moment: &Moment, new: &New) -> Result<()> {
    let sql = "INSERT INTO import_file (id, file_name, kind, state, kept, read_as, from_sheet, bytes, roles, remembered, \
               project_id, actor_id, created_at, sheets) VALUES ($1, $2, 'contributions', 'received', TRUE, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    let args = args![
        new.id,
        new.file_name.clone(),
        new.read_as.clone(),
        new.from_sheet,
        new.bytes,
        new.roles.clone(),
        new.remembered,
        new.project,
        new.actor,
        moment.now,
        new.sheets.clone()
    ];
    db::run(tx, sql, args).await?;
    Ok(())
}

pub(super) async fn find(c: &impl ConnectionTrait, id: Uuid) -> Result<FileRow> {
    let sql = format!("SELECT {COLUMNS} FROM import_file WHERE id = $1");
    db::one(c, &sql, args![id]).await?.ok_or(Error::NotFound)
}

pub(super) async fn recent(c: &impl ConnectionTrait) -> Result<Vec<FileRow>> {
    let sql = format!("SELECT {COLUMNS} FROM import_file ORDER BY created_at DESC, id DESC LIMIT 20");
    db::all(c, &sql, vec![]).await
}

/// Keeps what each column is taken for, and where the rows go: for this file, and for the next one with these headers.
pub(super) async fn set_roles(
    tx: &Tx,
    moment: &Moment,
    id: Uuid,
    mapping: &Mapping,
    project: Option<Uuid>,
) -> Result<()> {
    let sql = "UPDATE import_file SET roles = $2, project_id = $3 WHERE id = $1";
    db::run(tx, sql, args![id, roles(mapping), project]).await?;
    let pairs: String =
        mapping.columns().iter().map(|c| format!("{} {}\n", c.role.as_str(), fold(&c.header))).collect();
    let sql = "INSERT INTO import_mapping (headers, roles, at) VALUES ($1, $2, $3) \
               ON CONFLICT (headers) DO UPDATE SET roles = excluded.roles, at = excluded.at";
    db::run(tx, sql, args![key(mapping), pairs, moment.now]).await?;
    Ok(())
}

/// The roles of the columns, in order.
pub(super) fn roles(mapping: &Mapping) -> String {
    mapping.columns().iter().map(|c| c.role.as_str()).collect::<Vec<_>>().join(" ")
}

/// The set of headers, whatever their order.
fn key(mapping: &Mapping) -> String {
    let mut headers: Vec<String> = mapping.columns().iter().map(|c| fold(&c.header)).collect();
    headers.sort_unstable();
    secrets::hash(&headers.join("\n"))
}

/// Takes the columns for what they were taken for last time; `false` when such columns were never seen.
pub(super) async fn remember(c: &impl ConnectionTrait, mapping: &mut Mapping) -> Result<bool> {
    let sql = "SELECT roles FROM import_mapping WHERE headers = $1";
    let Some(known) = db::scalar::<String>(c, sql, args![key(mapping)]).await? else { return Ok(false) };
    let mut changed = false;
    for (role, header) in known.lines().filter_map(|line| line.split_once(' ')) {
        let at = mapping.columns().iter().position(|c| fold(&c.header) == header);
        let Some((at, role)) = at.zip(Role::from_name(role)) else { continue };
        changed |= mapping.columns().get(at).is_some_and(|c| c.role != role) && mapping.set_at(at, role).is_ok();
    }
    Ok(changed)
}

/// Moves a file from one of some states to another; `false` when it is in none of them any more.
pub(super) async fn go(tx: &Tx, id: Uuid, from: &[&str], to: &str, now: DateTime<Utc>) -> Result<bool> {
    let list = db::placeholders(5, from.len());
    let sql = format!(
        "UPDATE import_file SET state = $2, problem = '', beat_at = $3 WHERE id = $1 AND kept \
         AND (state IN ({list}) OR (state IN ('running', 'checking') AND $2 IN ('queued', 'checking') AND (beat_at IS NULL OR beat_at < $4)))"
    );
    let mut args = args![id, to, now, now - DEAD];
    args.extend(from.iter().map(|s| sea_orm::Value::from(*s)));
    Ok(db::run(tx, &sql, args).await? > 0)
}

/// Takes the work on a file; `false` when another worker has it, or it is not to be done any more.
pub(super) async fn claim(db: &Db, id: Uuid, now: DateTime<Utc>) -> Result<bool> {
    db.write(move |tx| {
        Box::pin(async move {
            let sql = "UPDATE import_file SET state = 'running', started_at = coalesce(started_at, $2), beat_at = $2 \
                       WHERE id = $1 AND kept AND (state = 'queued' OR (state = 'running' AND beat_at < $3))";
            Ok(db::run(tx, sql, args![id, now, now - DEAD]).await? > 0)
        })
    })
    .await
}

/// Says how far the work is; `false` when it was told to stop.
pub(super) async fn beat(db: &Db, id: Uuid, now: DateTime<Utc>, done: i64, total: i64) -> Result<bool> {
    db.write(move |tx| {
        Box::pin(async move {
            let sql = "UPDATE import_file SET beat_at = $2, done = $3, total = $4 WHERE id = $1 AND state IN ('running', 'checking')";
            Ok(db::run(tx, sql, args![id, now, done, total]).await? > 0)
        })
    })
    .await
}

/// Notes what a trial or the work came to.
pub(super) async fn end(db: &Db, id: Uuid, now: DateTime<Utc>, report: &Report, done: bool) -> Result<()> {
    let n = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let counts = [n(report.read), n(report.created), n(report.updated), n(report.refused)];
    db.write(move |tx| {
        Box::pin(async move {
            let set = if done {
                "state = 'done', ended_at = $2, kept = FALSE, done = $3"
            } else {
                "state = 'checked', checked_at = $2, done = 0"
            };
            let sql = format!(
                "UPDATE import_file SET {set}, total = $3, created = $4, updated = $5, refused = $6 \
                 WHERE id = $1 AND state IN ('running', 'checking')"
            );
            let [read, created, updated, refused] = counts;
            db::run(tx, &sql, args![id, now, read, created, updated, refused]).await?;
            Ok(())
        })
    })
    .await
}

/// Notes why a file can't be taken.
pub(super) async fn fail(db: &Db, id: Uuid, now: DateTime<Utc>, problem: String) -> Result<()> {
    db.write(move |tx| {
        let problem = problem.clone();
        Box::pin(async move {
            let sql = "UPDATE import_file SET state = 'failed', problem = $2, beat_at = $3 WHERE id = $1 \
                       AND state IN ('running', 'checking')";
            db::run(tx, sql, args![id, problem, now]).await?;
            Ok(())
        })
    })
    .await
}

/// The files to throw away: those of imports that ended, or were left, more than a week ago. One at work beats each second.
pub(super) async fn old(c: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<Uuid>> {
    let sql = "SELECT id FROM import_file WHERE coalesce(ended_at, beat_at, created_at) < $1";
    db::column(c, sql, args![now - TimeDelta::days(7)]).await
}

/// Files whose text should be there, as nobody touched them for an hour: after a backup was put back it is not.
pub(super) async fn resting(c: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<Uuid>> {
    let sql = "SELECT id FROM import_file WHERE kept AND coalesce(beat_at, created_at) < $1";
    db::column(c, sql, args![now - TimeDelta::hours(1)]).await
}

/// Notes that the text of a file is gone: nothing of it can go on.
pub(super) async fn lost(tx: &Tx, id: Uuid) -> Result<()> {
    let sql = "UPDATE import_file SET kept = FALSE, state = 'failed', problem = 'unreadable' WHERE id = $1 AND kept";
    db::run(tx, sql, args![id]).await?;
    Ok(())
}

/// Every file, and whether its text is kept.
pub(super) async fn named(c: &impl ConnectionTrait) -> Result<HashMap<Uuid, bool>> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        kept: bool,
    }
    let rows: Vec<Row> = db::all(c, "SELECT id, kept FROM import_file", vec![]).await?;
    Ok(rows.into_iter().map(|r| (r.id, r.kept)).collect())
}

/// Forgets a file left long ago, whatever its state says; an import that can be taken back is known for longer.
pub(super) async fn drop_old(tx: &Tx, id: Uuid, now: DateTime<Utc>) -> Result<()> {
    let sql =
        "DELETE FROM import_range WHERE file_id IN (SELECT id FROM import_file WHERE id = $1 AND created_at < $2)";
    db::run(tx, sql, args![id, now - UNDO]).await?;
    let sql = "DELETE FROM import_file WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM import_range WHERE file_id = $1)";
    db::run(tx, sql, args![id]).await?;
    Ok(())
}

/// Whether there is something to take back of an import.
pub(super) async fn can_undo(c: &impl ConnectionTrait, row: &FileRow) -> Result<bool> {
    let sql = "SELECT count(*) FROM import_range WHERE file_id = $1";
    Ok(row.state == "done" && row.undo_state.is_empty() && db::count(c, sql, args![row.id]).await? > 0)
}

/// Takes another sheet of the same workbook: what was chosen of the other one's columns is void.
pub(super) async fn set_sheet(tx: &Tx, id: Uuid, new: &New) -> Result<()> {
    let sql = "UPDATE import_file SET state = 'received', problem = '', read_as = $2, bytes = $3, roles = $4, remembered = $5, \
               checked_at = NULL, total = 0, created = 0, updated = 0, refused = 0 WHERE id = $1";
    db::run(tx, sql, args![id, new.read_as.clone(), new.bytes, new.roles.clone(), new.remembered]).await?;
    Ok(())
}

/// Forgets a file, and with it the way to take its import back.
pub(super) async fn drop(tx: &Tx, id: Uuid) -> Result<bool> {
    let rests = "state NOT IN ('queued', 'running', 'checking') AND undo_state <> 'asked'";
    let sql =
        format!("DELETE FROM import_range WHERE file_id IN (SELECT id FROM import_file WHERE id = $1 AND {rests})");
    db::run(tx, &sql, args![id]).await?;
    let sql = format!("DELETE FROM import_file WHERE id = $1 AND {rests}");
    Ok(db::run(tx, &sql, args![id]).await? > 0)
}
