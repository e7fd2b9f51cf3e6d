//! How many mails leave in an hour: a shared host blocks whoever sends more, sign-in codes with the rest.
//!
//! Mails of the last sixty minutes are counted from the outbox itself, so that the limit holds for all processes together
//! and after a restart.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::ConnectionTrait;

use super::quiet;
use crate::{
    args,
    db::{self, Tx},
    error::Result,
    settings::Settings,
};

/// The largest limit.
pub const MOST: i64 = 100_000;
/// Those who claim mails under a limit take turns.
const TURN: i64 = 7_274_515;
/// The hour that is counted.
const HOUR: TimeDelta = TimeDelta::hours(1);

/// How many mails of an hour letters that can wait may take: a fifth is kept for codes and confirmations.
#[must_use]
pub const fn of_letters(per_hour: i64) -> i64 {
    per_hour - per_hour / 5
}

/// What may leave now, as an end of a SQL condition; nothing when the hour is full. Without a limit, only quiet hours count.
///
/// # Errors
/// When the database refuses.
pub(super) async fn may(c: &impl ConnectionTrait, settings: &Settings, now: DateTime<Utc>) -> Result<Option<String>> {
    let quiet = settings.quiet.limit(now, settings.tz());
    if settings.mails_per_hour <= 0 {
        return Ok(Some(quiet));
    }
    let left = left(c, now).await?;
    Ok(if left >= settings.mails_per_hour {
        None
    } else if left >= of_letters(settings.mails_per_hour) {
        Some(quiet::at_once())
    } else {
        Some(quiet)
    })
}

/// Mails that left within the last hour, or are leaving.
async fn left(c: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<i64> {
    let sent =
        db::count(c, "SELECT count(*) FROM mail WHERE state = 'sent' AND sent_at > $1", args![now - HOUR]).await?;
    // One that was leaving when the program died is counted for an hour, as if it had left.
    let leaving = "SELECT count(*) FROM mail WHERE state = 'sending' AND send_after > $1";
    Ok(sent + db::count(c, leaving, args![now - HOUR]).await?)
}

/// Those who claim mails under a limit take turns, so that two never count the same place.
///
/// # Errors
/// When the database refuses.
pub(super) async fn turn(tx: &Tx, settings: &Settings) -> Result<()> {
    if settings.mails_per_hour > 0 { db::take_turn(tx, TURN).await } else { Ok(()) }
}

/// When letters that can wait leave again; nothing while there is room for one.
///
/// # Errors
/// When the database refuses.
pub async fn resumes(
    c: &impl ConnectionTrait,
    settings: &Settings,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>> {
    if settings.mails_per_hour <= 0 {
        return Ok(None);
    }
    // The oldest of those that fill the hour makes room when it is an hour old.
    let sql = "SELECT sent_at FROM mail WHERE state = 'sent' AND sent_at > $1 ORDER BY sent_at DESC LIMIT 1 OFFSET $2";
    let oldest: Option<DateTime<Utc>> =
        db::scalar(c, sql, args![now - HOUR, of_letters(settings.mails_per_hour).max(1) - 1]).await?;
    Ok(oldest.map(|at| at + HOUR))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fifth_is_kept_for_codes_and_small_limits_stop_no_letter() {
        for (per_hour, letters) in [(1, 1), (4, 4), (5, 4), (10, 8), (200, 160), (MOST, 80_000)] {
            assert_eq!(of_letters(per_hour), letters, "{per_hour}");
        }
    }
}
