//! The files of people that the team brought, in the database.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use parvis_kernel::{
    Error, Refusal, Result, args,
    context::Moment,
    db::{self, Db, Tx},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::super::{Report, columns::Mapping};

/// A work that said nothing for so long is dead.
pub(super) const DEAD: TimeDelta = TimeDelta::seconds(60);
/// The text of a file is kept for so long after it was last touched.
pub(super) const TEXT: TimeDelta = TimeDelta::days(1);
/// What is known of a file, and its refused lines, for so long.
const KNOWN: TimeDelta = TimeDelta::days(7);

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
    /// Visible sheets of a workbook, one a line.
    pub sheets: String,
    pub bytes: i64,
    pub roles: String,
    pub remembered: bool,
    pub origin: String,
    pub actor_id: Option<Uuid>,
    pub created_at: DateTime<Utc>,
    pub checked_at: Option<DateTime<Utc>>,
    pub started_at: Option<DateTime<Utc>>,
    pub beat_at: Option<DateTime<Utc>>,
    pub done: i64,
    pub total: i64,
    pub created: i64,
    pub completed: i64,
    pub same: i64,
    pub held: i64,
    pub refused: i64,
}

const COLUMNS: &str = "id, file_name, state, problem, kept, read_as, from_sheet, sheets, bytes, roles, remembered, origin, \
     actor_id, created_at, checked_at, started_at, beat_at, done, total, created, completed, same, held, refused";

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
    pub actor: Option<Uuid>,
}

pub(super) async fn insert(tx: &Tx, moment: &Moment, new: &New) -> Result<()> {
    let sql = "INSERT INTO person_file (id, file_name, state, kept, read_as, from_sheet, sheets, bytes, roles, remembered, \
               actor_id, created_at) VALUES ($1, $2, 'received', TRUE, $3, $4, $5, $6, $7, $8, $9, $10)";
    let args = args![
        new.id,
        new.file_name.clone(),
        new.read_as.clone(),
        new.from_sheet,
        new.sheets.clone(),
        new.bytes,
        new.roles.clone(),
        new.remembered,
        new.actor,
        moment.now
    ];
    db::run(tx, sql, args).await?;
    Ok(())
}

pub(super) async fn find(c: &impl ConnectionTrait, id: Uuid) -> Result<FileRow> {
    let sql = format!("SELECT {COLUMNS} FROM person_file WHERE id = $1");
    db::one(c, &sql, args![id]).await?.ok_or(Error::NotFound)
}

pub(super) async fn recent(c: &impl ConnectionTrait) -> Result<Vec<FileRow>> {
    let sql = format!("SELECT {COLUMNS} FROM person_file ORDER BY created_at DESC, id DESC LIMIT 20");
    db::all(c, &sql, vec![]).await
}

/// [`FileRow::is_open`], with the time before which a work is dead.
fn open_sql(dead: &str) -> String {
    format!(
        "kept AND (state IN ('received', 'checked', 'stopped', 'failed') \
         OR (state = 'checking' AND (beat_at IS NULL OR beat_at < {dead})))"
    )
}

/// Keeps what each column is taken for, and where the file comes from: for this file, and for the next one with these headers.
/// A refusal when the file is not open to changes any more.
pub(super) async fn choose(tx: &Tx, moment: &Moment, id: Uuid, mapping: &Mapping, origin: &str) -> Result<()> {
    let sql = format!("UPDATE person_file SET roles = $2, origin = $3 WHERE id = $1 AND {}", open_sql("$4"));
    if db::run(tx, &sql, args![id, mapping.codes(), origin, moment.now - DEAD]).await? == 0 {
        return Err(Refusal::CHANGED_MEANWHILE.into());
    }
    let sql = "INSERT INTO person_columns (headers, roles, at) VALUES ($1, $2, $3) \
               ON CONFLICT (headers) DO UPDATE SET roles = excluded.roles, at = excluded.at";
    db::run(tx, sql, args![mapping.key(), mapping.pairs(), moment.now]).await?;
    Ok(())
}

/// Takes the columns for what they were taken for last time; `false` when that changes nothing.
pub(super) async fn remember(c: &impl ConnectionTrait, mapping: &mut Mapping) -> Result<bool> {
    let sql = "SELECT roles FROM person_columns WHERE headers = $1";
    let known = db::scalar::<String>(c, sql, args![mapping.key()]).await?;
    Ok(known.is_some_and(|pairs| mapping.remember(&pairs)))
}

/// Moves a file from one of some states to another; `false` when it is in none of them any more. `anew` forgets how far an
/// earlier try got. A dead trial can only begin anew, a dead import only go on.
pub(super) async fn go(tx: &Tx, id: Uuid, from: &[&str], to: &str, anew: bool, now: DateTime<Utc>) -> Result<bool> {
    let list = db::placeholders(5, from.len());
    let counts = if anew {
        ", done = 0, created = 0, completed = 0, same = 0, held = 0, refused = 0, noted = FALSE"
    } else {
        ""
    };
    let dead = if anew { "checking" } else { "running" };
    let sql = format!(
        "UPDATE person_file SET state = $2, problem = '', beat_at = $3{counts} WHERE id = $1 AND kept \
         AND (state IN ({list}) OR (state = '{dead}' AND $2 IN ('queued', 'checking') AND (beat_at IS NULL OR beat_at < $4)))"
    );
    let mut args = args![id, to, now, now - DEAD];
    args.extend(from.iter().map(|s| sea_orm::Value::from(*s)));
    Ok(db::run(tx, &sql, args).await? > 0)
}

/// Takes the work on a file; `false` when another worker has it, or it is not to be done any more.
pub(super) async fn claim(db: &Db, id: Uuid, now: DateTime<Utc>) -> Result<bool> {
    db.write(move |tx| {
        Box::pin(async move {
            let sql = "UPDATE person_file SET state = 'running', started_at = coalesce(started_at, $2), beat_at = $2 \
                       WHERE id = $1 AND kept AND (state = 'queued' OR (state = 'running' AND beat_at < $3))";
            Ok(db::run(tx, sql, args![id, now, now - DEAD]).await? > 0)
        })
    })
    .await
}

/// The state of a file while it is tried, or imported.
fn at_work(trial: bool) -> &'static str {
    if trial { "checking" } else { "running" }
}

/// Says that a trial or the work goes on, and how far a trial is; `false` when it was told to stop.
pub(super) async fn beat(db: &Db, id: Uuid, now: DateTime<Utc>, trial: bool, done: i64, total: i64) -> Result<bool> {
    db.write(move |tx| {
        Box::pin(async move {
            // An import says itself how far it is, with each batch.
            let sql = "UPDATE person_file SET beat_at = $2, done = CASE WHEN state = 'checking' THEN $3 ELSE done END, \
                       total = $4 WHERE id = $1 AND state = $5";
            Ok(db::run(tx, sql, args![id, now, done, total, at_work(trial)]).await? > 0)
        })
    })
    .await
}

/// Notes what a trial or the work came to; `false` when it was told to stop meanwhile.
pub(super) async fn end(db: &Db, id: Uuid, now: DateTime<Utc>, report: &Report, done: bool) -> Result<bool> {
    let n = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let counts = report.counts;
    let refused = i64::try_from(report.refused.len()).unwrap_or(i64::MAX);
    let counts = [n(report.read), n(counts.created), n(counts.completed), n(counts.same), n(counts.held), refused];
    db.write(move |tx| {
        Box::pin(async move {
            let set = if done {
                "state = 'done', ended_at = $2, kept = FALSE, done = $3"
            } else {
                "state = 'checked', checked_at = $2, done = 0"
            };
            let sql = format!(
                "UPDATE person_file SET {set}, total = $3, created = $4, completed = $5, same = $6, held = $7, refused = $8 \
                 WHERE id = $1 AND state = $9"
            );
            let mut args = args![id, now];
            args.extend(counts.map(sea_orm::Value::from));
            args.push(at_work(!done).into());
            Ok(db::run(tx, &sql, args).await? > 0)
        })
    })
    .await
}

/// Notes why a file can't be taken.
pub(super) async fn fail(db: &Db, id: Uuid, now: DateTime<Utc>, trial: bool, problem: &'static str) -> Result<()> {
    db.write(move |tx| {
        Box::pin(async move {
            let sql = "UPDATE person_file SET state = 'failed', problem = $2, beat_at = $3 WHERE id = $1 \
                       AND state = $4";
            db::run(tx, sql, args![id, problem, now, at_work(trial)]).await?;
            Ok(())
        })
    })
    .await
}

/// Takes another sheet of the same workbook: what was chosen of the other one's columns is void. Nobody else takes the file
/// before its new text is there and tried. A refusal when the file is not open to changes any more.
pub(super) async fn set_sheet(tx: &Tx, id: Uuid, new: &New, now: DateTime<Utc>) -> Result<()> {
    let set = "UPDATE person_file SET state = 'checking', beat_at = $6, problem = '', read_as = $2, bytes = $3, roles = $4, remembered = $5, \
               checked_at = NULL, done = 0, total = 0, created = 0, completed = 0, same = 0, held = 0, refused = 0";
    let sql = format!("{set} WHERE id = $1 AND {}", open_sql("$7"));
    let args = args![id, new.read_as.clone(), new.bytes, new.roles.clone(), new.remembered, now, now - DEAD];
    if db::run(tx, &sql, args).await? == 0 { Err(Refusal::CHANGED_MEANWHILE.into()) } else { Ok(()) }
}

/// Whose text nobody touched for a day: one at work beats each second.
pub(super) async fn left(c: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<Uuid>> {
    let sql = "SELECT id FROM person_file WHERE kept AND coalesce(beat_at, created_at) < $1";
    db::column(c, sql, args![now - TEXT]).await
}

/// Files whose text should be there, as nobody touched them for an hour: after a backup was put back it is not.
pub(super) async fn resting(c: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<Uuid>> {
    let sql = "SELECT id FROM person_file WHERE kept AND coalesce(beat_at, created_at) < $1";
    db::column(c, sql, args![now - TimeDelta::hours(1)]).await
}

/// Notes that the text of a file that nobody touched after `until` is gone: only its refused lines are left. `false` when
/// somebody did.
pub(super) async fn let_go(tx: &Tx, id: Uuid, until: DateTime<Utc>) -> Result<bool> {
    let sql = "UPDATE person_file SET kept = FALSE, state = CASE WHEN state = 'done' THEN state ELSE 'stopped' END \
               WHERE id = $1 AND kept AND coalesce(beat_at, created_at) <= $2";
    Ok(db::run(tx, sql, args![id, until]).await? > 0)
}

/// Every file, and whether its text is kept.
pub(super) async fn named(c: &impl ConnectionTrait) -> Result<HashMap<Uuid, bool>> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        kept: bool,
    }
    let rows: Vec<Row> = db::all(c, "SELECT id, kept FROM person_file", vec![]).await?;
    Ok(rows.into_iter().map(|r| (r.id, r.kept)).collect())
}

/// Files of a week ago: all that is left of them goes.
pub(super) async fn old(c: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<Uuid>> {
    let sql = "SELECT id FROM person_file WHERE coalesce(ended_at, beat_at, created_at) < $1";
    db::column(c, sql, args![now - KNOWN]).await
}

/// Forgets a file, whatever its state says.
pub(super) async fn drop_old(tx: &Tx, id: Uuid) -> Result<()> {
    db::run(tx, "DELETE FROM person_file WHERE id = $1", args![id]).await?;
    Ok(())
}

/// Forgets a file at rest.
pub(super) async fn drop(tx: &Tx, id: Uuid) -> Result<bool> {
    let sql = "DELETE FROM person_file WHERE id = $1 AND state NOT IN ('queued', 'running', 'checking')";
    Ok(db::run(tx, sql, args![id]).await? > 0)
}
