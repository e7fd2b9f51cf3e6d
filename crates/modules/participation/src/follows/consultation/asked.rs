//! Following a consultation with an address: begun by the click in the mail that spoke of it.

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

/// What a browser asks for.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// Key of the request: the pass of its mail agrees to it.
    pub request: Uuid,
    /// The project.
    pub project: Uuid,
    /// Address, as typed.
    pub email: &'a str,
    /// Words of the consent.
    pub wording: &'a str,
    /// The form, as the ledger names it: `project_form` or `idea_form`.
    pub source: &'a str,
}

/// Keeps what was asked for until its mail is confirmed.
///
/// # Errors
/// When the database refuses.
pub async fn keep(tx: &Tx, ctx: &Ctx, wish: Wish<'_>) -> Result<()> {
    let sql = "INSERT INTO asked_project (project_id, request_id, visitor, email, wording, source, created_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
    let (email, wording, source) = (email_key(wish.email), wish.wording.to_owned(), wish.source.to_owned());
    db::run(tx, sql, args![wish.project, wish.request, ctx.visitor, email, wording, source, ctx.now()]).await?;
    Ok(())
}

/// Whether this browser asked the same after `since`.
pub(in crate::follows) async fn is_asked(
    tx: &Tx,
    ctx: &Ctx,
    project: Uuid,
    email: &str,
    since: DateTime<Utc>,
) -> Result<bool> {
    let sql = "SELECT count(*) FROM asked_project WHERE project_id = $1 AND visitor = $2 AND email = $3 \
               AND created_at > $4";
    Ok(db::count(tx, sql, args![project, ctx.visitor, email_key(email), since]).await? > 0)
}

#[derive(FromQueryResult)]
struct Asked {
    project_id: Uuid,
    wording: String,
    source: String,
}

/// Starts what the mail that was used spoke of, its address now proved.
///
/// # Errors
/// When the database refuses.
pub async fn begin(tx: &Tx, moment: &Moment, union: &Union) -> Result<()> {
    let Some(request) = union.agreed else { return Ok(()) };
    let sql = "SELECT project_id, wording, source FROM asked_project \
               WHERE request_id = $1 AND visitor = $2 AND email = $3";
    let (visitor, email) = (union.visitor, email_key(&union.email));
    let asked: Vec<Asked> = db::all(tx, sql, args![request, visitor, email.clone()]).await?;
    for a in asked {
        // Older mails about the same begin nothing any more.
        let sql = "DELETE FROM asked_project WHERE project_id = $1 AND visitor = $2 AND email = $3";
        db::run(tx, sql, args![a.project_id, visitor, email.clone()]).await?;
        super::begin(tx, moment, a.project_id, union.person, &a.wording, &a.source).await?;
    }
    Ok(())
}

/// What was asked for with an address goes.
///
/// # Errors
/// When the database refuses.
pub async fn forget(tx: &Tx, email: &str, visitor: Option<Uuid>) -> Result<()> {
    let mut sql = "DELETE FROM asked_project WHERE email = $1".to_owned();
    let mut args = args![email_key(email)];
    if let Some(visitor) = visitor {
        sql += " AND visitor = $2";
        args.extend(args![visitor]);
    }
    db::run(tx, &sql, args).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Waiting {
    slug: String,
    source: String,
    created_at: DateTime<Utc>,
}

/// What was asked for with the person's address, and not confirmed yet.
///
/// # Errors
/// When the database refuses.
pub async fn of_person(c: &impl ConnectionTrait, person: Uuid) -> Result<PersonalData> {
    let sql = "SELECT email FROM person WHERE id = $1 AND email IS NOT NULL";
    let email: Option<String> = db::scalar(c, sql, args![person]).await?;
    let sql = "SELECT j.slug, a.source, a.created_at FROM asked_project a JOIN project j ON j.id = a.project_id \
               WHERE a.email = $1 ORDER BY a.created_at, j.id";
    let rows: Vec<Waiting> = match email {
        Some(email) => db::all(c, sql, args![email_key(&email)]).await?,
        None => Vec::new(),
    };
    let rows = rows.iter().map(|f| json!({"project": f.slug, "from": f.source, "at": f.created_at})).collect();
    Ok(PersonalData { name: "asked-projects", about: "data-asked-follows", rows })
}
