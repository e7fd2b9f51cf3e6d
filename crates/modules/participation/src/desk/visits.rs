//! When somebody was on the desk before: what changed since is news to them.

use chrono::{DateTime, TimeDelta, Utc};
use parvis_kernel::{
    Ctx, Result, args,
    db::{self, Tx},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde_json::{Value, json};
use uuid::Uuid;

/// Away for so long, whoever comes back begins another visit.
const AWAY: TimeDelta = TimeDelta::hours(1);
/// A visit is noted at most so often.
const OFTEN: TimeDelta = TimeDelta::minutes(1);

#[derive(FromQueryResult)]
struct Row {
    last_at: DateTime<Utc>,
    before_at: Option<DateTime<Utc>>,
}

async fn row(c: &impl ConnectionTrait, person: Uuid) -> Result<Option<Row>> {
    db::one(c, "SELECT last_at, before_at FROM desk_visit WHERE person_id = $1", args![person]).await
}

/// Notes that somebody is on the desk.
///
/// # Errors
/// When the database refuses.
pub async fn touch(tx: &Tx, person: Uuid, now: DateTime<Utc>) -> Result<()> {
    let sql = "INSERT INTO desk_visit (person_id, last_at) VALUES ($1, $2) ON CONFLICT (person_id) DO UPDATE SET \
               before_at = CASE WHEN desk_visit.last_at < $3 THEN desk_visit.last_at ELSE desk_visit.before_at END, \
               last_at = excluded.last_at WHERE desk_visit.last_at < excluded.last_at";
    db::run(tx, sql, args![person, now, now - AWAY]).await?;
    Ok(())
}

/// Notes that whoever asks is here, and says when their visit before this one ended; nothing on a first one.
///
/// # Errors
/// When the database refuses to be read.
pub async fn before(ctx: &Ctx) -> Result<Option<DateTime<Utc>>> {
    let Some(me) = ctx.actor.person() else { return Ok(None) };
    let (known, now) = (row(ctx.app.db.read(), me).await?, ctx.now());
    if known.as_ref().is_none_or(|r| now - r.last_at >= OFTEN) {
        let noted = ctx.app.db.write(move |tx| Box::pin(async move { touch(tx, me, now).await })).await;
        if let Err(e) = noted {
            // A full disk keeps nobody from reading.
            tracing::warn!(error = %e, "a visit of the desk could not be noted");
        }
    }
    Ok(known.and_then(|r| if now - r.last_at > AWAY { Some(r.last_at) } else { r.before_at }))
}

/// What is known of somebody's visits, for their download.
///
/// # Errors
/// When the database refuses.
pub async fn data(c: &impl ConnectionTrait, person: Uuid) -> Result<Vec<Value>> {
    let row = row(c, person).await?;
    Ok(row.iter().map(|r| json!({"last": r.last_at, "before": r.before_at})).collect())
}

/// Forgets when somebody was here.
///
/// # Errors
/// When the database refuses.
pub async fn forget(tx: &Tx, person: Uuid) -> Result<()> {
    db::run(tx, "DELETE FROM desk_visit WHERE person_id = $1", args![person]).await?;
    Ok(())
}
