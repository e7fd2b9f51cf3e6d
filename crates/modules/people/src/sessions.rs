//! Signed-in browsers: a random token in a cookie, its hash in the database, revocable.

use std::collections::HashMap;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use parvis_kernel::{
    Result, args,
    context::Moment,
    db::{self, Db, Tx},
    module::{Bearer, Identity},
    permission::Actor,
    retention::{Goes, Retention},
    secrets::hash,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::persons;

/// A session lasts this long after its last use.
pub const LASTS: TimeDelta = TimeDelta::days(60);
/// The last use is written at most this often: pages stay reads.
const TOUCH_EVERY: TimeDelta = TimeDelta::hours(6);

/// A session of a person, as its owner sees it.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Session {
    /// Key.
    pub id: Uuid,
    /// Browser and system.
    pub device: String,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// Last use, to six hours.
    pub seen_at: DateTime<Utc>,
}

/// Opens a session and gives the token for its cookie. The visit before it is remembered of the person, too: signing
/// out takes the session away.
///
/// # Errors
/// When the database refuses.
pub async fn open(tx: &Tx, moment: &Moment, person: Uuid, device: &str) -> Result<String> {
    let token = moment.token();
    db::run(
        tx,
        "INSERT INTO session (id, token_hash, person_id, device, created_at, seen_at, expires_at, before_at) \
         VALUES ($1, $2, $3, $4, $5, $5, $6, (SELECT max(v.at) FROM (\
         SELECT s.seen_at AS at FROM session s WHERE s.person_id = $3 \
         UNION ALL SELECT p.seen_at FROM person p WHERE p.id = $3 AND p.seen_at < $5) v))",
        args![moment.id(), hash(&token), person, device, moment.now, moment.now + LASTS],
    )
    .await?;
    db::run(tx, SEEN, args![person, moment.now]).await?;
    Ok(token)
}

const SEEN: &str = "UPDATE person SET seen_at = $2 WHERE id = $1";

/// When whoever has this session was here before the present visit; nothing on a first one.
///
/// # Errors
/// When the database refuses.
pub async fn before(db: &Db, session: Uuid) -> Result<Option<DateTime<Utc>>> {
    let at: Option<Option<DateTime<Utc>>> =
        db::scalar(db.read(), "SELECT before_at FROM session WHERE id = $1", args![session]).await?;
    Ok(at.flatten())
}

/// The sessions of a person, newest use first.
///
/// # Errors
/// When the database refuses.
pub async fn of_person(db: &Db, person: Uuid, now: DateTime<Utc>) -> Result<Vec<Session>> {
    db::all(
        db.read(),
        "SELECT id, device, created_at, seen_at FROM session WHERE person_id = $1 AND expires_at > $2 ORDER BY seen_at DESC",
        args![person, now],
    )
    .await
}

/// The sessions of a person that the database still holds, for the download.
///
/// # Errors
/// When the database refuses.
pub async fn all_of_person(c: &impl ConnectionTrait, person: Uuid) -> Result<Vec<Session>> {
    let sql = "SELECT id, device, created_at, seen_at FROM session WHERE person_id = $1 ORDER BY id";
    db::all(c, sql, args![person]).await
}

/// Sessions, by their last visit. They end by themselves after sixty days.
pub const PERIOD: Retention = Retention {
    code: "connexions",
    key: "keep-sessions",
    days: 60,
    least: 1,
    most: 60,
    table: "session",
    goes: Goes::Row,
    when: "seen_at < $1",
};

/// Ends one session of a person.
///
/// # Errors
/// When the database refuses.
pub async fn revoke(tx: &Tx, person: Uuid, session: Uuid) -> Result<u64> {
    db::run(tx, "DELETE FROM session WHERE id = $1 AND person_id = $2", args![session, person]).await
}

/// Ends all sessions of a person but one.
///
/// # Errors
/// When the database refuses.
pub async fn revoke_others(tx: &Tx, person: Uuid, keep: Uuid) -> Result<u64> {
    db::run(tx, "DELETE FROM session WHERE person_id = $1 AND id <> $2", args![person, keep]).await
}

/// Answers who a session cookie belongs to.
#[derive(Debug, Default)]
pub struct SessionIdentity;

#[derive(FromQueryResult)]
struct Signed {
    session: Uuid,
    seen_at: DateTime<Utc>,
    id: Uuid,
    name: String,
    role: Option<String>,
}

#[async_trait]
impl Identity for SessionIdentity {
    async fn actor(&self, db: &Db, token: &str, now: DateTime<Utc>) -> Result<Actor> {
        let row: Option<Signed> = db::one(
            db.read(),
            "SELECT s.id AS session, s.seen_at, p.id, p.name, p.role FROM session s JOIN person p ON p.id = s.person_id \
             WHERE s.token_hash = $1 AND s.expires_at > $2 AND p.erased_at IS NULL",
            args![hash(token), now],
        )
        .await?;
        let Some(row) = row else { return Ok(Actor::Visitor) };
        if now - row.seen_at > TOUCH_EVERY {
            let (session, person) = (row.session, row.id);
            let touched = db
                .write(move |tx| {
                    Box::pin(async move {
                        let sql = "UPDATE session SET before_at = seen_at, seen_at = $2, expires_at = $3 WHERE id = $1";
                        db::run(tx, sql, args![session, now, now + LASTS]).await?;
                        db::run(tx, SEEN, args![person, now]).await
                    })
                })
                .await;
            if let Err(e) = touched {
                // A full disk keeps nobody from reading.
                tracing::warn!(error = %e, "the last use of a session could not be noted");
            }
        }
        let role = persons::role_of(db.read(), row.id, row.role.as_deref()).await?;
        Ok(Actor::Person { id: row.id, name: row.name, session: row.session, role })
    }

    async fn bearer(&self, db: &Db, token: &str, now: DateTime<Utc>) -> Result<Option<Bearer>> {
        crate::tokens::bearer(db, token, now).await
    }

    async fn names(&self, db: &Db, ids: &[Uuid]) -> Result<HashMap<Uuid, String>> {
        #[derive(FromQueryResult)]
        struct Row {
            id: Uuid,
            name: String,
        }
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let sql = format!("SELECT id, name FROM person WHERE id IN ({})", db::placeholders(1, ids.len()));
        let rows: Vec<Row> = db::all(db.read(), &sql, ids.iter().map(|id| sea_orm::Value::from(*id)).collect()).await?;
        Ok(rows.into_iter().map(|r| (r.id, r.name)).collect())
    }
}
