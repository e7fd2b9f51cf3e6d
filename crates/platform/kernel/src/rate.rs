//! Limits per address and per account, kept in the database so that every process counts together.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ConnectionTrait;

use crate::{
    args,
    db::{self, Tx},
    error::{Refusal, Result},
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
/// `too_many`, or when the database refuses.
pub async fn hit(tx: &Tx, limit: Limit, who: &str, now: DateTime<Utc>) -> Result<()> {
    if within(tx, limit, who, now).await? { Ok(()) } else { Err(Refusal::TOO_MANY.into()) }
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
