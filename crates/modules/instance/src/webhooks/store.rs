//! Addresses that are told, and what each was told.

use chrono::{DateTime, TimeDelta, Utc};
use parvis_kernel::{
    Error, Result, args,
    context::Moment,
    db::{self, Tx},
    news::{News, NewsKind},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde_json::json;
use uuid::Uuid;

use super::{Outcome, Webhook, next_try};

const COLUMNS: &str = "id, url, events, active, secret_version, rotated_at, read_until, created_at";
/// Deliveries that ended are kept for so long.
const KEPT: TimeDelta = TimeDelta::days(30);

/// What an address was, or is to be, told.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Delivery {
    /// Key: the other side knows by it what it was told already.
    pub id: Uuid,
    /// Code of the event.
    pub event: String,
    /// JSON.
    pub body: String,
    /// `waiting`, `sent`, `failed`.
    pub state: String,
    /// How often it was tried.
    pub attempts: i64,
    /// What the address answered.
    pub status: Option<i64>,
    /// Code of why it failed.
    pub error: String,
    /// When it is tried again.
    pub send_after: DateTime<Utc>,
    /// Since when it waits.
    pub created_at: DateTime<Utc>,
}

const DELIVERY: &str = "id, event, body, state, attempts, status, error, send_after, created_at";

/// All addresses, oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn all(c: &impl ConnectionTrait) -> Result<Vec<Webhook>> {
    db::all(c, &format!("SELECT {COLUMNS} FROM webhook ORDER BY id"), vec![]).await
}

/// One address.
///
/// # Errors
/// `NotFound`, or when the database refuses.
pub async fn find(c: &impl ConnectionTrait, id: Uuid) -> Result<Webhook> {
    db::one(c, &format!("SELECT {COLUMNS} FROM webhook WHERE id = $1"), args![id]).await?.ok_or(Error::NotFound)
}

/// Keeps a new address. It is told what happens from now on.
///
/// # Errors
/// When the database refuses, such as an address there is already.
pub async fn insert(tx: &Tx, moment: &Moment, url: &str, events: &[NewsKind]) -> Result<Webhook> {
    let codes: Vec<&str> = events.iter().map(|k| k.code()).collect();
    let id = moment.id();
    db::run(
        tx,
        "INSERT INTO webhook (id, url, events, active, secret_version, read_until, created_at) \
         VALUES ($1, $2, $3, TRUE, 1, $4, $4)",
        args![id, url, codes.join(" "), moment.now],
    )
    .await?;
    find(tx, id).await
}

/// Stops or goes on. What happened while it was stopped is not told.
///
/// # Errors
/// When the database refuses.
pub async fn set_active(tx: &Tx, id: Uuid, active: bool, now: DateTime<Utc>) -> Result<()> {
    db::run(tx, "UPDATE webhook SET active = $2, read_until = $3 WHERE id = $1", args![id, active, now]).await?;
    Ok(())
}

/// Gives it another secret.
///
/// # Errors
/// `NotFound`, or when the database refuses.
pub async fn rotate(tx: &Tx, id: Uuid, now: DateTime<Utc>) -> Result<Webhook> {
    let sql = "UPDATE webhook SET secret_version = secret_version + 1, rotated_at = $2 WHERE id = $1";
    db::run(tx, sql, args![id, now]).await?;
    find(tx, id).await
}

/// Forgets it and what it was told.
///
/// # Errors
/// When the database refuses.
pub async fn remove(tx: &Tx, id: Uuid) -> Result<()> {
    db::run(tx, "DELETE FROM webhook_delivery WHERE webhook_id = $1", args![id]).await?;
    db::run(tx, "DELETE FROM webhook WHERE id = $1", args![id]).await?;
    Ok(())
}

/// The last deliveries of an address, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn latest(c: &impl ConnectionTrait, webhook: Uuid, limit: i64) -> Result<Vec<Delivery>> {
    let sql = format!("SELECT {DELIVERY} FROM webhook_delivery WHERE webhook_id = $1 ORDER BY id DESC LIMIT $2");
    db::all(c, &sql, args![webhook, limit]).await
}

/// A delivery, with the address it is for.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Addressed {
    /// The address.
    pub webhook_id: Uuid,
    /// The delivery.
    #[sea_orm(nested)]
    pub delivery: Delivery,
}

/// Deliveries of all addresses, newest first, older than one of them.
///
/// # Errors
/// When the database refuses.
pub async fn before(c: &impl ConnectionTrait, older: Option<Uuid>, limit: i64) -> Result<Vec<Addressed>> {
    let sql = format!("SELECT webhook_id, {DELIVERY} FROM webhook_delivery WHERE id < $1 ORDER BY id DESC LIMIT $2");
    db::all(c, &sql, args![older.unwrap_or(Uuid::max()), limit]).await
}

/// Deliveries of an address that are due, the oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn due(c: &impl ConnectionTrait, webhook: Uuid, now: DateTime<Utc>, limit: i64) -> Result<Vec<Delivery>> {
    let sql = format!(
        "SELECT {DELIVERY} FROM webhook_delivery WHERE webhook_id = $1 AND state = 'waiting' AND send_after <= $2 \
         ORDER BY send_after, id LIMIT $3"
    );
    db::all(c, &sql, args![webhook, now, limit]).await
}

/// The body of a delivery.
fn body(id: Uuid, event: &str, at: DateTime<Utc>, data: &serde_json::Value) -> String {
    json!({ "id": id, "event": event, "at": at, "data": data }).to_string()
}

/// Queues what happened for an address, each thing once, and remembers how far it was read.
///
/// # Errors
/// When the database refuses.
pub async fn queue(tx: &Tx, moment: &Moment, webhook: &Webhook, news: &[News], until: DateTime<Utc>) -> Result<()> {
    for n in news.iter().filter(|n| webhook.wants(n.kind) && n.at > webhook.created_at) {
        let id = moment.id();
        db::run(
            tx,
            "INSERT INTO webhook_delivery (id, webhook_id, event, subject, body, state, send_after, created_at) \
             VALUES ($1, $2, $3, $4, $5, 'waiting', $6, $6) ON CONFLICT (webhook_id, subject) DO NOTHING",
            args![id, webhook.id, n.kind.code(), n.subject.clone(), body(id, n.kind.code(), n.at, &n.data), moment.now],
        )
        .await?;
    }
    db::run(tx, "UPDATE webhook SET read_until = $2 WHERE id = $1", args![webhook.id, until]).await?;
    Ok(())
}

/// The event of a try: it says nothing but that the call works.
pub const PING: &str = "ping";

/// A try that somebody asked for, as it is sent at once.
#[must_use]
pub fn ping(moment: &Moment) -> Delivery {
    let id = moment.id();
    Delivery {
        id,
        event: PING.into(),
        body: body(id, PING, moment.now, &json!({})),
        state: "waiting".into(),
        attempts: 0,
        status: None,
        error: String::new(),
        send_after: moment.now,
        created_at: moment.now,
    }
}

/// Keeps a try with its outcome.
///
/// # Errors
/// When the database refuses.
pub async fn keep_ping(tx: &Tx, webhook: Uuid, ping: &Delivery, outcome: Outcome, now: DateTime<Utc>) -> Result<()> {
    db::run(
        tx,
        "INSERT INTO webhook_delivery (id, webhook_id, event, subject, body, state, attempts, send_after, status, error, \
         created_at, ended_at) VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8, $9, $7, $10)",
        args![
            ping.id,
            webhook,
            PING,
            format!("{PING}/{}", ping.id),
            ping.body.clone(),
            if outcome.failure.is_none() { "sent" } else { "failed" },
            ping.created_at,
            outcome.status.map(i64::from),
            outcome.failure.map_or("", super::Failure::code),
            now
        ],
    )
    .await?;
    Ok(())
}

/// Writes what came of an attempt, and when the next is due.
///
/// # Errors
/// When the database refuses.
pub async fn settle(tx: &Tx, delivery: Uuid, attempts: i64, outcome: Outcome, now: DateTime<Utc>) -> Result<()> {
    let again = next_try(attempts, now);
    let state = match (outcome.failure, again) {
        (None, _) => "sent",
        (Some(_), Some(_)) => "waiting",
        (Some(_), None) => "failed",
    };
    let ended = (state != "waiting").then_some(now);
    db::run(
        tx,
        "UPDATE webhook_delivery SET state = $2, attempts = $3, status = $4, error = $5, send_after = $6, ended_at = $7 \
         WHERE id = $1",
        args![
            delivery,
            state,
            attempts,
            outcome.status.map(i64::from),
            outcome.failure.map_or("", super::Failure::code),
            again.unwrap_or(now),
            ended
        ],
    )
    .await?;
    Ok(())
}

/// Drops deliveries that ended a month ago.
///
/// # Errors
/// When the database refuses.
pub async fn sweep(tx: &Tx, now: DateTime<Utc>) -> Result<u64> {
    let sql = "DELETE FROM webhook_delivery WHERE state <> 'waiting' AND created_at < $1";
    db::run(tx, sql, args![now - KEPT]).await
}
