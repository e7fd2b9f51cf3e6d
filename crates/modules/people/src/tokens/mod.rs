//! Tokens of programs that act for a member of the team: shown once, kept as a hash, never more than their owner.

mod pages;

use chrono::{DateTime, TimeDelta, Utc};
use parvis_kernel::{
    Result, args,
    context::Moment,
    db::{self, Db, Tx},
    module::Bearer,
    permission::{Actor, Role, Scope, decide},
    retention::{Goes, Retention},
    secrets::hash,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::persons;

pub use pages::routes;

/// What each token begins with, so that one left in a public place is recognised.
const PREFIX: &str = "parvis_";
/// The last use is written at most this often: readings stay readings.
const TOUCH_EVERY: TimeDelta = TimeDelta::hours(1);
/// How long a token may last, in days, the usual first.
pub const LASTS: [i64; 3] = [90, 30, 365];
/// Tokens of one person.
pub const MOST: usize = 20;

/// A token as its owner sees it.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Token {
    /// Key.
    pub id: Uuid,
    /// Whose it is.
    pub person_id: Uuid,
    /// What its owner calls it.
    pub name: String,
    /// Codes of rights, with spaces between.
    pub scopes: String,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// Until when.
    pub expires_at: DateTime<Utc>,
    /// Last use, to the hour.
    pub used_at: Option<DateTime<Utc>>,
}

const COLUMNS: &str = "id, person_id, name, scopes, created_at, expires_at, used_at";

/// A token to make.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// What its owner calls it.
    pub name: String,
    /// Its rights.
    pub scopes: Vec<Scope>,
    /// How many days it lasts.
    pub days: i64,
}

/// The rights that somebody may give to a token: those of their own role.
#[must_use]
pub fn grantable(actor: &Actor) -> Vec<Scope> {
    Scope::ALL.into_iter().filter(|s| decide(actor, s.right(), None).is_ok()).collect()
}

/// The rights of a list of codes.
fn scopes(codes: &str) -> Vec<Scope> {
    codes.split(' ').filter_map(Scope::parse).collect()
}

/// Makes a token and gives it: the database keeps its hash alone.
///
/// # Errors
/// When the database refuses.
pub async fn make(tx: &Tx, moment: &Moment, person: Uuid, new: &NewToken) -> Result<(Uuid, String)> {
    let (id, token) = (moment.id(), format!("{PREFIX}{}", moment.token()));
    let codes: Vec<&str> = new.scopes.iter().map(|s| s.code()).collect();
    db::run(
        tx,
        "INSERT INTO api_token (id, token_hash, person_id, name, scopes, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        args![
            id,
            hash(&token),
            person,
            new.name.clone(),
            codes.join(" "),
            moment.now,
            moment.now + TimeDelta::days(new.days)
        ],
    )
    .await?;
    Ok((id, token))
}

/// The tokens of a person, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn of_person(c: &impl ConnectionTrait, person: Uuid) -> Result<Vec<Token>> {
    db::all(c, &format!("SELECT {COLUMNS} FROM api_token WHERE person_id = $1 ORDER BY id DESC"), args![person]).await
}

/// All tokens, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn all(c: &impl ConnectionTrait) -> Result<Vec<Token>> {
    db::all(c, &format!("SELECT {COLUMNS} FROM api_token ORDER BY id DESC"), vec![]).await
}

/// How many tokens open something, of a person or of everybody.
///
/// # Errors
/// When the database refuses.
pub async fn count(c: &impl ConnectionTrait, person: Option<Uuid>, now: DateTime<Utc>) -> Result<i64> {
    match person {
        Some(person) => {
            let sql = "SELECT count(*) FROM api_token WHERE expires_at > $1 AND person_id = $2";
            db::count(c, sql, args![now, person]).await
        }
        None => db::count(c, "SELECT count(*) FROM api_token WHERE expires_at > $1", args![now]).await,
    }
}

/// Ends a token: its owner's, or anybody's with `person` absent. Says whether there was one.
///
/// # Errors
/// When the database refuses.
pub async fn revoke(tx: &Tx, id: Uuid, person: Option<Uuid>) -> Result<bool> {
    let gone = match person {
        Some(person) => {
            db::run(tx, "DELETE FROM api_token WHERE id = $1 AND person_id = $2", args![id, person]).await?
        }
        None => db::run(tx, "DELETE FROM api_token WHERE id = $1", args![id]).await?,
    };
    Ok(gone > 0)
}

/// Tokens that ended: until they go, the page of settings says so.
pub const PERIOD: Retention = Retention {
    code: "jetons",
    key: "keep-tokens",
    days: 30,
    least: 1,
    most: 365,
    table: "api_token",
    goes: Goes::Row,
    when: "expires_at < $1",
};

#[derive(FromQueryResult)]
struct Held {
    token: Uuid,
    scopes: String,
    used_at: Option<DateTime<Utc>>,
    id: Uuid,
    name: String,
    role: Option<String>,
}

/// Who a token acts for, with the role its owner has now.
///
/// # Errors
/// When the database refuses.
pub async fn bearer(db: &Db, token: &str, now: DateTime<Utc>) -> Result<Option<Bearer>> {
    let sql = "SELECT t.id AS token, t.scopes, t.used_at, p.id, p.name, p.role FROM api_token t \
               JOIN person p ON p.id = t.person_id WHERE t.token_hash = $1 AND t.expires_at > $2 AND p.erased_at IS NULL";
    let Some(row) = db::one::<Held>(db.read(), sql, args![hash(token), now]).await? else { return Ok(None) };
    let role: Option<Role> = persons::role_of(db.read(), row.id, row.role.as_deref()).await?;
    if role.is_none() {
        return Ok(None);
    }
    if row.used_at.is_none_or(|at| now - at > TOUCH_EVERY) {
        let id = row.token;
        db.write(move |tx| {
            Box::pin(
                async move { db::run(tx, "UPDATE api_token SET used_at = $2 WHERE id = $1", args![id, now]).await },
            )
        })
        .await?;
    }
    // The token stands where a session would: a form token can't be made with it, its key is no session's.
    let actor = Actor::Person { id: row.id, name: row.name, session: row.token, role };
    Ok(Some(Bearer { token: row.token, actor, scopes: scopes(&row.scopes) }))
}
