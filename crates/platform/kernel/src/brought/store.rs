//! The files that the team brought, in the table of their module. Each change says from which states it may be made, and a
//! worker writes only as long as it holds the file: whoever was told to stop, or was taken for dead, writes nothing more.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use super::files::{COLUMNS, Choice, DEAD, Extra, Files, Row};
use crate::{
    app::App,
    args,
    context::Moment,
    db::{self, Tx},
    error::{Error, Refusal, Result},
};

/// What is known of a file, and its refused lines, is kept for so long after it was last touched.
const KNOWN: TimeDelta = TimeDelta::days(7);
/// The text of a file that nobody touched for so long should be there.
const SETTLED: TimeDelta = TimeDelta::hours(1);

/// The hold of one worker on one file, until another takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hold {
    /// The file.
    pub file: Uuid,
    /// Whether it is tried only.
    pub trial: bool,
    pub(super) key: Uuid,
}

impl Hold {
    /// The state of the file meanwhile.
    fn state(self) -> &'static str {
        if self.trial { "checking" } else { "running" }
    }
}

/// What is known of a file when it has been read.
#[derive(Debug, Clone)]
pub struct New {
    /// See [`Row`].
    pub file_name: String,
    /// See [`Row`].
    pub read_as: String,
    /// See [`Row`].
    pub from_sheet: bool,
    /// See [`Row`].
    pub sheets: String,
    /// See [`Row`].
    pub bytes: i64,
    /// See [`Row`].
    pub roles: String,
    /// See [`Row`].
    pub remembered: bool,
    /// See [`Row`].
    pub actor: Option<Uuid>,
    /// What only these files have.
    pub extra: Extra,
}

/// Notes a file that was received.
///
/// # Errors
/// When the database refuses.
pub async fn insert<F: Files>(tx: &Tx, id: Uuid, new: &New, now: DateTime<Utc>) -> Result<()> {
    let names: String = new.extra.iter().map(|(name, _)| format!(", {name}")).collect();
    let sql = format!(
        "INSERT INTO {} (state, kept, id, file_name, read_as, from_sheet, sheets, bytes, roles, remembered, actor_id, \
         created_at{names}) VALUES ('received', TRUE, {})",
        F::TABLE,
        db::placeholders(1, 10 + new.extra.len())
    );
    let mut args = args![
        id,
        new.file_name.clone(),
        new.read_as.clone(),
        new.from_sheet,
        new.sheets.clone(),
        new.bytes,
        new.roles.clone(),
        new.remembered,
        new.actor,
        now
    ];
    args.extend(new.extra.iter().map(|(_, value)| value.clone()));
    db::run(tx, &sql, args).await.map(drop)
}

fn select<F: Files>() -> String {
    format!("SELECT {COLUMNS}, {} FROM {}", F::OWN, F::TABLE)
}

/// One file.
///
/// # Errors
/// `NotFound`; when the database refuses.
pub async fn find<F: Files>(c: &impl ConnectionTrait, id: Uuid) -> Result<Row<F::Own>> {
    db::one(c, &format!("{} WHERE id = $1", select::<F>()), args![id]).await?.ok_or(Error::NotFound)
}

/// The last files.
///
/// # Errors
/// When the database refuses.
pub async fn recent<F: Files>(c: &impl ConnectionTrait) -> Result<Vec<Row<F::Own>>> {
    db::all(c, &format!("{} ORDER BY created_at DESC, id DESC LIMIT 20", select::<F>()), vec![]).await
}

/// [`Row::is_open`], with the time before which a work is dead.
fn open(dead: &str) -> String {
    format!(
        "kept AND (state IN ('received', 'checked', 'stopped', 'failed') \
         OR (state = 'checking' AND (beat_at IS NULL OR beat_at < {dead})))"
    )
}

/// Keeps what each column is taken for, and what else was chosen: for this file, and the columns for the next one with these
/// headers.
///
/// # Errors
/// A refusal when the file is not open to changes any more; when the database refuses.
pub async fn choose<F: Files>(tx: &Tx, id: Uuid, choice: &Choice, extra: &Extra, now: DateTime<Utc>) -> Result<()> {
    let set: String = extra.iter().enumerate().map(|(at, (name, _))| format!(", {name} = ${}", at + 4)).collect();
    let sql = format!("UPDATE {} SET roles = $2{set} WHERE id = $1 AND {}", F::TABLE, open("$3"));
    let mut args = args![id, choice.codes.clone(), now - DEAD];
    args.extend(extra.iter().map(|(_, value)| value.clone()));
    if db::run(tx, &sql, args).await? == 0 {
        return Err(Refusal::CHANGED_MEANWHILE.into());
    }
    let sql = format!(
        "INSERT INTO {} (headers, roles, at) VALUES ($1, $2, $3) \
         ON CONFLICT (headers) DO UPDATE SET roles = excluded.roles, at = excluded.at",
        F::CHOICES
    );
    db::run(tx, &sql, args![choice.key.clone(), choice.pairs.clone(), now]).await.map(drop)
}

/// Takes the columns for what they were taken for last time; `false` when that changes nothing.
///
/// # Errors
/// When the database refuses.
pub async fn remember<F: Files>(c: &impl ConnectionTrait, mapping: &mut F::Mapping) -> Result<bool> {
    let sql = format!("SELECT roles FROM {} WHERE headers = $1", F::CHOICES);
    let known = db::scalar::<String>(c, &sql, args![F::choice(mapping).key]).await?;
    Ok(known.is_some_and(|pairs| F::remember(mapping, &pairs)))
}

/// Moves a file from one of some states to another; `None` when it is in none of them any more. `anew` forgets how far an
/// earlier try got: a dead trial can only begin anew, a dead import only go on.
async fn go<F: Files>(
    tx: &Tx,
    moment: &Moment,
    id: Uuid,
    from: &[&str],
    to: &'static str,
    anew: bool,
) -> Result<Option<Hold>> {
    let list = db::placeholders(6, from.len());
    let (dead, counts) = if anew { ("checking", format!(", done = 0{}", F::ANEW)) } else { ("running", String::new()) };
    let sql = format!(
        "UPDATE {} SET state = $2, problem = '', beat_at = $3, hold = $5{counts} WHERE id = $1 AND kept \
         AND (state IN ({list}) OR (state = '{dead}' AND $2 IN ('queued', 'checking') AND (beat_at IS NULL OR beat_at < $4)))",
        F::TABLE
    );
    let hold = Hold { file: id, trial: to == "checking", key: moment.id() };
    let mut args = args![id, to, moment.now, moment.now - DEAD, hold.key];
    args.extend(from.iter().map(|s| Value::from(*s)));
    Ok((db::run(tx, &sql, args).await? > 0).then_some(hold))
}

/// Begins a trial, or puts an import into the queue; `anew` begins at the first row. `None` when somebody else did, or it is
/// past. A trial takes the place of another.
///
/// # Errors
/// When the database refuses.
pub async fn start<F: Files>(tx: &Tx, moment: &Moment, id: Uuid, trial: bool, anew: bool) -> Result<Option<Hold>> {
    let (from, to): (&[&str], _) = match (trial, anew) {
        // Whose sheet was just chosen is being tried already.
        (true, _) => (&["received", "checked", "stopped", "failed", "checking"], "checking"),
        (false, true) => (&["received", "checked", "stopped", "failed"], "queued"),
        (false, false) => (&["stopped", "failed"], "queued"),
    };
    go::<F>(tx, moment, id, from, to, anew || trial).await
}

/// Stops a trial, or an import; nothing goes on where a trial stopped.
///
/// # Errors
/// When the database refuses.
pub async fn stop<F: Files>(tx: &Tx, moment: &Moment, id: Uuid) -> Result<bool> {
    Ok(go::<F>(tx, moment, id, &["checking"], "received", true).await?.is_some()
        || go::<F>(tx, moment, id, &["queued", "running"], "stopped", false).await?.is_some())
}

/// Takes the work on a file; `None` when another worker has it, or it is not to be done any more.
///
/// # Errors
/// When the database refuses.
pub async fn claim<F: Files>(app: &App, id: Uuid) -> Result<Option<Hold>> {
    let moment = app.moment();
    let hold = Hold { file: id, trial: false, key: moment.id() };
    let now = moment.now;
    let taken = app.db.write(move |tx| {
        Box::pin(async move {
            let sql = format!(
                "UPDATE {} SET state = 'running', started_at = coalesce(started_at, $2), beat_at = $2, hold = $4 \
                 WHERE id = $1 AND kept AND (state = 'queued' OR (state = 'running' AND beat_at < $3))",
                F::TABLE
            );
            Ok(db::run(tx, &sql, args![id, now, now - DEAD, hold.key]).await? > 0)
        })
    });
    Ok(taken.await?.then_some(hold))
}

/// Takes up the trial of this key; `None` when somebody stopped it, began another, or threw the file away.
///
/// # Errors
/// When the database refuses.
pub(super) async fn again<F: Files>(app: &App, id: Uuid, key: Uuid) -> Result<Option<Hold>> {
    let (hold, now) = (Hold { file: id, trial: true, key }, app.clock.now());
    let holds = app.db.write(move |tx| Box::pin(async move { holds::<F>(tx, hold, now).await })).await?;
    Ok(holds.then_some(hold))
}

/// Whether a worker still holds its file, for the rest of this transaction: nobody stops it, nor takes it, before its end.
///
/// # Errors
/// When the database refuses.
pub async fn holds<F: Files>(tx: &Tx, hold: Hold, now: DateTime<Utc>) -> Result<bool> {
    let sql = format!("UPDATE {} SET beat_at = $2 WHERE id = $1 AND state = $3 AND hold = $4", F::TABLE);
    Ok(db::run(tx, &sql, args![hold.file, now, hold.state(), hold.key]).await? > 0)
}

/// Says that a trial or the work goes on, and how far it is; `false` when it was told to stop, or taken.
///
/// # Errors
/// When the database refuses.
pub async fn beat<F: Files>(app: &App, hold: Hold, done: i64, total: i64) -> Result<bool> {
    let now = app.clock.now();
    let done = Some(done).filter(|_| hold.trial || !F::STEPS);
    app.db
        .write(move |tx| {
            Box::pin(async move {
                if !holds::<F>(tx, hold, now).await? {
                    return Ok(false);
                }
                let sql = format!("UPDATE {} SET done = coalesce($2, done), total = $3 WHERE id = $1", F::TABLE);
                db::run(tx, &sql, args![hold.file, done, total]).await.map(|n| n > 0)
            })
        })
        .await
}

/// Notes what a trial or the work came to; `false` when it was told to stop meanwhile, or taken.
///
/// # Errors
/// When the database refuses.
pub async fn end<F: Files>(app: &App, hold: Hold, report: &Arc<F::Report>) -> Result<bool> {
    let (moment, report) = (app.moment(), report.clone());
    let now = moment.now;
    let n = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let (read, counts) = F::counts(&report);
    let mut values = args![hold.file, now, n(read)];
    values.extend(counts.into_iter().map(|count| Value::from(n(count))));
    app.db
        .write(move |tx| {
            let (values, moment, report) = (values.clone(), moment.clone(), report.clone());
            Box::pin(async move {
                if !holds::<F>(tx, hold, now).await? {
                    return Ok(false);
                }
                if !hold.trial {
                    F::ended(tx, &moment, hold.file, &report).await?;
                }
                let set = if hold.trial {
                    "state = 'checked', checked_at = $2, done = 0"
                } else {
                    "state = 'done', ended_at = $2, kept = FALSE, done = $3"
                };
                let counts = F::COUNTS.iter().enumerate().map(|(at, name)| format!(", {name} = ${}", at + 4));
                let counts: String = counts.collect();
                let sql = format!("UPDATE {} SET {set}, total = $3{counts} WHERE id = $1", F::TABLE);
                db::run(tx, &sql, values).await.map(|n| n > 0)
            })
        })
        .await
}

/// Notes why a file can't be taken, if the worker still has it.
///
/// # Errors
/// When the database refuses.
pub async fn fail<F: Files>(app: &App, hold: Hold, problem: &'static str) -> Result<()> {
    let now = app.clock.now();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                if holds::<F>(tx, hold, now).await? {
                    let sql = format!("UPDATE {} SET state = 'failed', problem = $2 WHERE id = $1", F::TABLE);
                    db::run(tx, &sql, args![hold.file, problem]).await?;
                }
                Ok(())
            })
        })
        .await
}

/// Takes another sheet of the same workbook: what was chosen of the other one's columns is void. Nobody else takes the file
/// before its new text is there, see [`has_text`], and tried: killed in between, it has none, rather than that of the other sheet.
///
/// # Errors
/// A refusal when the file is not open to changes any more; when the database refuses.
pub async fn set_sheet<F: Files>(tx: &Tx, moment: &Moment, id: Uuid, new: &New) -> Result<Hold> {
    let counts: String = F::COUNTS.iter().map(|name| format!(", {name} = 0")).collect();
    let hold = Hold { file: id, trial: true, key: moment.id() };
    let sql = format!(
        "UPDATE {} SET state = 'checking', kept = FALSE, beat_at = $6, hold = $8, problem = '', read_as = $2, bytes = $3, \
         roles = $4, remembered = $5, checked_at = NULL, done = 0, total = 0{counts} WHERE id = $1 AND {}",
        F::TABLE,
        open("$7")
    );
    let args = args![
        id,
        new.read_as.clone(),
        new.bytes,
        new.roles.clone(),
        new.remembered,
        moment.now,
        moment.now - DEAD,
        hold.key
    ];
    if db::run(tx, &sql, args).await? == 0 { Err(Refusal::CHANGED_MEANWHILE.into()) } else { Ok(hold) }
}

/// Notes that the text of a file is there: of the sheet that was taken, or of what the command line brought.
///
/// # Errors
/// When the database refuses.
pub async fn has_text<F: Files>(app: &App, hold: Hold) -> Result<()> {
    let now = app.clock.now();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                if holds::<F>(tx, hold, now).await? {
                    db::run(tx, &format!("UPDATE {} SET kept = TRUE WHERE id = $1", F::TABLE), args![hold.file])
                        .await?;
                }
                Ok(())
            })
        })
        .await
}

/// Notes that the text of a file that nobody touched after `until` is gone: only its refused lines are left. `false` when
/// somebody did.
///
/// # Errors
/// When the database refuses.
pub async fn let_go<F: Files>(app: &Arc<App>, id: Uuid, until: DateTime<Utc>) -> Result<bool> {
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let sql = format!(
                    "UPDATE {} SET kept = FALSE, {} WHERE id = $1 AND kept AND coalesce(beat_at, created_at) <= $2",
                    F::TABLE,
                    F::GONE
                );
                Ok(db::run(tx, &sql, args![id, until]).await? > 0)
            })
        })
        .await
}

/// Files whose text nobody touched since: one at work beats each second.
async fn untouched<F: Files>(c: &impl ConnectionTrait, since: DateTime<Utc>) -> Result<Vec<Uuid>> {
    let sql = format!("SELECT id FROM {} WHERE kept AND coalesce(beat_at, created_at) < $1", F::TABLE);
    db::column(c, &sql, args![since]).await
}

/// Throws away the texts that nobody touched for as long as they are kept, all that is left of a file after a week, and what
/// no file names.
///
/// # Errors
/// When the database or the store of files refuses.
pub async fn sweep<F: Files>(app: &Arc<App>) -> Result<()> {
    let now = app.clock.now();
    if let Some(text) = F::TEXT {
        for id in untouched::<F>(app.db.read(), now - text).await? {
            // Somebody may touch it at this instant.
            if let_go::<F>(app, id, now - text).await? {
                F::PLACE.forget(app, id, false).await?;
            }
        }
    }
    // After a backup was put back there are no texts.
    for id in untouched::<F>(app.db.read(), now - SETTLED).await? {
        if !F::PLACE.has_text(app, id).await? {
            let_go::<F>(app, id, now).await?;
        }
    }
    let sql = format!("SELECT id FROM {} WHERE coalesce(ended_at, beat_at, created_at) < $1", F::TABLE);
    for id in db::column::<Uuid>(app.db.read(), &sql, args![now - KNOWN]).await? {
        F::PLACE.forget(app, id, true).await?;
        app.db.write(move |tx| Box::pin(async move { F::drop_old(tx, id, now).await })).await?;
    }
    F::PLACE.sweep(app, &named::<F>(app.db.read()).await?).await
}

/// Every file, and whether its text is kept.
async fn named<F: Files>(c: &impl ConnectionTrait) -> Result<HashMap<Uuid, bool>> {
    #[derive(FromQueryResult)]
    struct Named {
        id: Uuid,
        kept: bool,
    }
    let rows: Vec<Named> = db::all(c, &format!("SELECT id, kept FROM {}", F::TABLE), vec![]).await?;
    Ok(rows.into_iter().map(|r| (r.id, r.kept)).collect())
}
