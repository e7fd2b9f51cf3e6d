//! The job queue: work enqueued in the transaction of the change that causes it.

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use sea_orm::FromQueryResult;
use serde::{Serialize, de::DeserializeOwned};
use std::{sync::Arc, time::Duration};
use uuid::Uuid;

use crate::{
    app::App,
    args,
    context::Moment,
    db::{self, Db, Tx},
    error::{Error, Result},
};

/// What a handler answers when it could not do its work.
#[derive(Debug)]
pub enum Failure {
    /// Worth another try later (the database or mail server was away).
    Retry(String),
    /// Will never work: kept as failed, for a person to see.
    Give(String),
}

impl From<Error> for Failure {
    fn from(e: Error) -> Self {
        Self::Retry(e.to_string())
    }
}

/// Runs one job of a kind. It may run twice (a worker killed at the end): it must not mind.
pub type Handler = fn(Arc<App>, String) -> BoxFuture<'static, Result<(), Failure>>;

/// A kind of job that a module runs.
#[derive(Clone, Copy)]
pub struct JobKind {
    /// `module.what`.
    pub name: &'static str,
    /// What runs it.
    pub run: Handler,
    /// Enqueued by itself this often, if set.
    pub every: Option<TimeDelta>,
}

impl std::fmt::Debug for JobKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// A job is held this long by the worker that claimed it, who says again and again that it lives; a dead worker's job is
/// free after.
const HOLD: TimeDelta = TimeDelta::minutes(2);
/// How often a worker says that it still works on a job: several times in [`HOLD`], for a database that is slow to answer.
const BEAT: Duration = Duration::from_secs(20);
/// Tries before a job is kept as failed.
const TRIES: i64 = 8;
/// Workers that look at the schedules together take turns.
const TURN: i64 = 7_274_514;

/// Enqueues a job to run at `at`. With `dedupe`, one queued job of that name is enough: it may run before what this transaction
/// writes is there, so that only work which comes back by itself goes without a job of its own.
///
/// # Errors
/// When the database refuses.
pub async fn enqueue<P: Serialize + Sync>(
    tx: &Tx,
    moment: &Moment,
    kind: &'static str,
    payload: &P,
    dedupe: Option<&str>,
    at: DateTime<Utc>,
) -> Result<()> {
    let payload = serde_json::to_string(payload).map_err(Error::other)?;
    db::run(
        tx,
        "INSERT INTO job (id, kind, payload, dedupe, state, run_at, created_at) VALUES ($1, $2, $3, $4, 'queued', $5, $6) \
         ON CONFLICT (dedupe) WHERE state = 'queued' DO NOTHING",
        args![moment.id(), kind, payload, dedupe, at, moment.now],
    )
    .await?;
    Ok(())
}

/// What a job was enqueued with, as its handler is given it.
///
/// # Errors
/// [`Failure::Give`] when it is not that: it would be the same at the next try.
pub fn payload<P: DeserializeOwned>(text: &str) -> Result<P, Failure> {
    serde_json::from_str(text).map_err(|e| Failure::Give(e.to_string()))
}

#[derive(Debug, FromQueryResult)]
struct Claimed {
    id: Uuid,
    kind: String,
    payload: String,
    attempts: i64,
}

/// Runs the jobs that are due, one after the other, and says how many.
///
/// # Errors
/// When the database refuses.
pub async fn run_due(app: &Arc<App>) -> Result<usize> {
    let mut ran = 0;
    while let Some(job) = claim(&app.db, app.clock.now()).await? {
        let outcome = match app.job(&job.kind) {
            Some(kind) => {
                // A task of its own: work that keeps this one busy is no reason to be taken for dead.
                let _alive = Alive(tokio::spawn(beat(app.clone(), job.id, job.attempts)));
                (kind.run)(app.clone(), job.payload.clone()).await
            }
            None => Err(Failure::Give(format!("no module runs {}", job.kind))),
        };
        finish(app, job, outcome).await?;
        ran += 1;
    }
    Ok(ran)
}

/// The heartbeat of a job, which ends with it.
struct Alive(tokio::task::JoinHandle<()>);

impl Drop for Alive {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Says now and then that the job is being worked on.
async fn beat(app: Arc<App>, id: Uuid, attempts: i64) {
    loop {
        tokio::time::sleep(BEAT).await;
        if let Err(e) = hold(&app.db, id, attempts, app.clock.now() + HOLD).await {
            // A database away for a while: the work itself finds out.
            tracing::warn!(error = %e, "a job could not be held");
        }
    }
}

async fn hold(db: &Db, id: Uuid, attempts: i64, until: DateTime<Utc>) -> Result<u64> {
    let sql = "UPDATE job SET locked_until = $3 WHERE id = $1 AND attempts = $2 AND state = 'running'";
    db.write(move |tx| Box::pin(async move { db::run(tx, sql, args![id, attempts, until]).await })).await
}

async fn claim(db: &Db, now: DateTime<Utc>) -> Result<Option<Claimed>> {
    // A look without the writer first: an idle instance writes nothing.
    let waiting = "SELECT count(*) FROM job WHERE (state = 'queued' AND run_at <= $1) OR (state = 'running' AND locked_until < $1)";
    if db::count(db.read(), waiting, args![now]).await? == 0 {
        return Ok(None);
    }
    let sql = format!(
        "UPDATE job SET state = 'running', attempts = attempts + 1, locked_until = $2, dedupe = NULL WHERE id = (\
           SELECT id FROM job WHERE (state = 'queued' AND run_at <= $1) OR (state = 'running' AND locked_until < $1) \
           ORDER BY run_at LIMIT 1 {}) RETURNING id, kind, payload, attempts",
        db.dialect().skip_locked()
    );
    db.write(move |tx| {
        let sql = sql.clone();
        Box::pin(async move { db::one(tx, &sql, args![now, now + HOLD]).await })
    })
    .await
}

/// Frees the jobs that a process held which is gone: for the only one that works on its database.
///
/// # Errors
/// When the database refuses.
pub async fn free(app: &App) -> Result<u64> {
    let now = app.clock.now();
    let held = "SELECT count(*) FROM job WHERE state = 'running'";
    if db::count(app.db.read(), held, vec![]).await? == 0 {
        return Ok(0);
    }
    let sql = "UPDATE job SET locked_until = $1 WHERE state = 'running'";
    let past = now - TimeDelta::seconds(1);
    app.db.write(move |tx| Box::pin(async move { db::run(tx, sql, args![past]).await })).await
}

async fn finish(app: &App, job: Claimed, outcome: Result<(), Failure>) -> Result<()> {
    let now = app.clock.now();
    let (state, run_at, error) = match outcome {
        Ok(()) => ("done", now, String::new()),
        Err(Failure::Retry(e)) if job.attempts < TRIES => {
            ("queued", now + TimeDelta::seconds(15 << job.attempts.clamp(0, 10)), e)
        }
        Err(Failure::Retry(e) | Failure::Give(e)) => ("failed", now, e),
    };
    if !error.is_empty() {
        tracing::warn!(job = %job.kind, state, error, "a job did not work");
    }
    app.db
        .write(move |tx| {
            let error = error.clone();
            Box::pin(async move {
                // A worker that was taken for dead has no more say: the job is another's by now.
                let sql = "UPDATE job SET state = $2, run_at = $3, last_error = $4, locked_until = NULL \
                           WHERE id = $1 AND attempts = $5 AND state = 'running'";
                db::run(tx, sql, args![job.id, state, run_at, error, job.attempts]).await?;
                Ok(())
            })
        })
        .await
}

/// Enqueues a job that comes back every `every`, unless one waits, runs, or ran in that time. Workers that look together
/// take turns, so that one of them does.
///
/// # Errors
/// When the database refuses.
pub async fn enqueue_again(app: &App, name: &'static str, every: TimeDelta) -> Result<()> {
    const RECENT: &str = "SELECT count(*) FROM job WHERE kind = $1 AND (state IN ('queued', 'running') OR run_at > $2)";
    let moment = app.moment();
    let since = moment.now - every;
    // A look without the writer first: an idle instance writes nothing.
    if db::count(app.db.read(), RECENT, args![name, since]).await? > 0 {
        return Ok(());
    }
    app.db
        .write(move |tx| {
            let moment = moment.clone();
            Box::pin(async move {
                db::take_turn(tx, TURN).await?;
                if db::count(tx, RECENT, args![name, since]).await? > 0 {
                    return Ok(());
                }
                enqueue(tx, &moment, name, &(), Some(name), moment.now).await
            })
        })
        .await
}

/// Jobs that are queued or running: a test that leaves one behind fails.
///
/// # Errors
/// When the database refuses.
pub async fn unfinished(db: &Db) -> Result<i64> {
    db::count(db.read(), "SELECT count(*) FROM job WHERE state IN ('queued', 'running')", vec![]).await
}
