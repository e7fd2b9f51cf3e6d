//! Limits per address and per account, kept in the database so that every process counts together.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ConnectionTrait;

use crate::{
    args,
    db::{self, Db, Dialect, Tx},
    error::{Error, Result},
};

/// How many of something are accepted in a window of time.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// A name for the kind of action.
    pub name: &'static str,
    /// Accepted in one window.
    pub hits: i64,
    /// Length of the window.
    pub window: TimeDelta,
}

impl Limit {
    /// So many in so many minutes.
    #[must_use]
    pub const fn per_minutes(name: &'static str, hits: i64, minutes: i64) -> Self {
        Self { name, hits, window: TimeDelta::minutes(minutes) }
    }
}

/// Counts one hit of `who` (a hashed address or an account) and refuses beyond the limit.
///
/// # Errors
/// [`Error::TooMany`] with the end of the present window, or when the database refuses.
pub async fn hit(tx: &Tx, limit: Limit, who: &str, now: DateTime<Utc>) -> Result<()> {
    if within(tx, limit, who, now).await? { Ok(()) } else { Err(Error::TooMany(start(limit, now) + limit.window)) }
}

/// Counts one hit of `who` and says whether it is within the limit. For what goes on all the same beyond it: a refusal
/// would take the count back with the transaction.
///
/// # Errors
/// When the database refuses.
pub async fn within(tx: &Tx, limit: Limit, who: &str, now: DateTime<Utc>) -> Result<bool> {
    let hits: i64 = db::scalar(
        tx,
        "INSERT INTO rate (bucket, window_start, hits) VALUES ($1, $2, 1) \
         ON CONFLICT (bucket, window_start) DO UPDATE SET hits = rate.hits + 1 RETURNING hits",
        args![format!("{}:{who}", limit.name), start(limit, now)],
    )
    .await?
    .unwrap_or(1);
    Ok(hits <= limit.hits)
}

/// Whether `who` has used up a limit in the present window, without counting.
///
/// # Errors
/// When the database refuses.
pub async fn is_spent(c: &impl ConnectionTrait, limit: Limit, who: &str, now: DateTime<Utc>) -> Result<bool> {
    let sql = "SELECT hits FROM rate WHERE bucket = $1 AND window_start = $2";
    let hits: Option<i64> = db::scalar(c, sql, args![format!("{}:{who}", limit.name), start(limit, now)]).await?;
    Ok(hits.is_some_and(|n| n > limit.hits))
}

/// When the present window of a limit began.
fn start(limit: Limit, now: DateTime<Utc>) -> DateTime<Utc> {
    let seconds = limit.window.num_seconds().max(1);
    DateTime::from_timestamp(now.timestamp() / seconds * seconds, 0).unwrap_or(now)
}

/// A limit on what only reads: counted in memory, since counting each reading in the database would cost more than the
/// reading. On a server that several processes may share, a twelfth of the limit at a time is told to the database, and
/// what the others told is learnt there: together they accept the limit, and at most a twelfth of it more for each further
/// process.
#[derive(Debug)]
pub struct Readings {
    limit: Limit,
    counted: Mutex<(DateTime<Utc>, HashMap<String, Hits>)>,
}

/// Hits of one asker in the present window.
#[derive(Debug, Default, Clone, Copy)]
struct Hits {
    /// Counted here.
    own: i64,
    /// Told by other processes.
    others: i64,
}

/// In how many parts a limit is told to the database.
const PARTS: i64 = 12;
/// Askers counted at once; beyond, all begin anew: a limit on memory.
const MOST: usize = 100_000;

impl Readings {
    /// Counts against this limit.
    #[must_use]
    pub fn new(limit: Limit) -> Self {
        Self { limit, counted: Mutex::default() }
    }

    /// Counts one hit of `who` and says how many are left, 0 for the last one accepted; `None` beyond the limit.
    pub async fn hit(&self, db: &Db, who: &str, now: DateTime<Utc>) -> Option<i64> {
        let window = start(self.limit, now);
        let mut hits = self.with(who, window, |hits| hits.own += 1);
        if db.dialect() == Dialect::Postgres && hits.own % self.part() == 0 {
            match self.tell(db, who, window).await {
                Ok(all) => hits = self.with(who, window, |kept| kept.others = (all - hits.own).max(0)),
                // Without the database each process counts for itself.
                Err(e) => tracing::warn!(error = %e, "a limit could not be told"),
            }
        }
        Some(self.limit.hits - hits.own - hits.others).filter(|left| *left >= 0)
    }

    /// Seconds until the present window ends.
    #[must_use]
    pub fn seconds_left(&self, now: DateTime<Utc>) -> i64 {
        (start(self.limit, now) + self.limit.window - now).num_seconds()
    }

    fn part(&self) -> i64 {
        (self.limit.hits / PARTS).max(1)
    }

    fn with(&self, who: &str, window: DateTime<Utc>, change: impl FnOnce(&mut Hits)) -> Hits {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        if counted.0 != window || counted.1.len() > MOST {
            *counted = (window, HashMap::new());
        }
        let hits = counted.1.entry(who.to_owned()).or_default();
        change(hits);
        *hits
    }

    /// Adds a part to what all processes counted, and gives their sum.
    async fn tell(&self, db: &Db, who: &str, window: DateTime<Utc>) -> Result<i64> {
        // Not written as the buckets of `hit`: an address that reads much here is no proxy that hides a town.
        let (bucket, part) = (format!("{}/{who}", self.limit.name), self.part());
        let sql = "INSERT INTO rate (bucket, window_start, hits) VALUES ($1, $2, $3) \
                   ON CONFLICT (bucket, window_start) DO UPDATE SET hits = rate.hits + excluded.hits RETURNING hits";
        db.write(move |tx| {
            let bucket = bucket.clone();
            Box::pin(async move { Ok(db::scalar(tx, sql, args![bucket, window, part]).await?.unwrap_or(part)) })
        })
        .await
    }
}
