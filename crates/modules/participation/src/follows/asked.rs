//! Following an idea with an address: what was asked for is kept until the click in the mail that spoke of it.

use chrono::{DateTime, Utc};
use parvis_kernel::{
    Ctx, Result, args,
    context::Moment,
    db::{self, Tx},
    module::{PersonalData, Union},
};
use parvis_people::persons::email_key;
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde_json::json;
use uuid::Uuid;

/// What a browser asks to follow with an address, and the words that were read.
pub struct Wish<'a> {
    /// Key of the request: the pass of its mail agrees to it.
    pub request: Uuid,
    /// The ideas.
    pub ideas: &'a [Uuid],
    /// Address, as typed.
    pub email: &'a str,
    /// Words of the consent.
    pub wording: &'a str,
    /// The form, as the ledger names it.
    pub source: &'a str,
}

/// Keeps what was asked for until its mail, which left, is confirmed.
///
/// # Errors
/// When the database refuses.
pub async fn keep(tx: &Tx, ctx: &Ctx, wish: &Wish<'_>) -> Result<()> {
    for idea in wish.ideas {
        let sql = "INSERT INTO asked_follow (contribution_id, request_id, visitor, email, wording, source, created_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
        let (email, wording, source) = (email_key(wish.email), wish.wording.to_owned(), wish.source.to_owned());
        db::run(tx, sql, args![*idea, wish.request, ctx.visitor, email, wording, source, ctx.now()]).await?;
    }
    Ok(())
}

/// Whether this browser asked the same after `since`.
pub(super) async fn is_asked(tx: &Tx, ctx: &Ctx, idea: Uuid, email: &str, since: DateTime<Utc>) -> Result<bool> {
    let sql = "SELECT count(*) FROM asked_follow WHERE contribution_id = $1 AND visitor = $2 AND email = $3 \
               AND created_at > $4";
    Ok(db::count(tx, sql, args![idea, ctx.visitor, email_key(email), since]).await? > 0)
}

/// The ideas that a browser supports, unconfirmed: those whose answer it may ask to be told of.
///
/// # Errors
/// When the database refuses.
pub async fn supported(c: &impl ConnectionTrait, visitor: Uuid) -> Result<Vec<Uuid>> {
    let sql = "SELECT c.id FROM reaction r JOIN contribution c ON c.id = r.contribution_id \
               WHERE r.holder = $1 AND r.kind = 'support' AND NOT r.confirmed AND c.kind = 'idea' ORDER BY c.id";
    db::column(c, sql, args![visitor]).await
}

#[derive(FromQueryResult)]
struct Asked {
    contribution_id: Uuid,
    wording: String,
    source: String,
}

/// Starts what the mail that was used spoke of, its address now proved. What was united since is followed there.
///
/// # Errors
/// When the database refuses.
pub async fn begin(tx: &Tx, moment: &Moment, union: &Union) -> Result<()> {
    let Some(request) = union.agreed else { return Ok(()) };
    let sql = "SELECT contribution_id, wording, source FROM asked_follow \
               WHERE request_id = $1 AND visitor = $2 AND email = $3 ORDER BY contribution_id";
    let (visitor, email) = (union.visitor, email_key(&union.email));
    let asked: Vec<Asked> = db::all(tx, sql, args![request, visitor, email.clone()]).await?;
    for a in asked {
        // Older mails about the same begin nothing any more: it may be stopped before they are found.
        let sql = "DELETE FROM asked_follow WHERE contribution_id = $1 AND visitor = $2 AND email = $3";
        db::run(tx, sql, args![a.contribution_id, visitor, email.clone()]).await?;
        let sql = "SELECT coalesce(merged_into, id) FROM contribution WHERE id = $1";
        let idea = db::scalar(tx, sql, args![a.contribution_id]).await?.unwrap_or(a.contribution_id);
        super::begin(tx, moment, idea, union.person, &a.wording, &a.source).await?;
        // Asked for again, after it was stopped, in words read in this very mail: followed again.
        let again =
            "UPDATE follow SET rhythm = 'now' WHERE contribution_id = $1 AND person_id = $2 AND rhythm = 'never'";
        db::run(tx, again, args![idea, union.person]).await?;
    }
    Ok(())
}

#[derive(FromQueryResult)]
struct Waiting {
    number: i64,
    source: String,
    created_at: DateTime<Utc>,
}

/// What was asked to be followed with the person's address, and not confirmed yet.
///
/// # Errors
/// When the database refuses.
pub async fn of_person(c: &impl ConnectionTrait, person: Uuid) -> Result<PersonalData> {
    let sql = "SELECT email FROM person WHERE id = $1 AND email IS NOT NULL";
    let email: Option<String> = db::scalar(c, sql, args![person]).await?;
    let sql = "SELECT c.number, a.source, a.created_at FROM asked_follow a \
               JOIN contribution c ON c.id = a.contribution_id WHERE a.email = $1 ORDER BY a.created_at, c.number";
    let rows: Vec<Waiting> = match email {
        Some(email) => db::all(c, sql, args![email_key(&email)]).await?,
        None => Vec::new(),
    };
    let rows = rows.iter().map(|f| json!({"number": f.number, "from": f.source, "at": f.created_at})).collect();
    Ok(PersonalData { name: "asked-follows", about: "data-asked-follows", rows })
}
