//! Drafts: what somebody typed before signing. One draft becomes one idea, however often it is sent.

use chrono::{DateTime, Utc};
use parvis_kernel::{
    Ctx, Error, Result, args,
    db::{self, Tx},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

/// A draft.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Draft {
    /// Key, in its address.
    pub id: Uuid,
    /// Project.
    pub project_id: Uuid,
    /// Text.
    pub body: String,
    /// Street or place.
    pub place: String,
    /// Area.
    pub area_id: Option<Uuid>,
    /// The short link by which its writer came.
    pub link: Option<String>,
    /// The idea it became.
    pub contribution_id: Option<Uuid>,
}

/// A draft of this browser.
///
/// # Errors
/// `NotFound` for another browser's, or when the database refuses.
pub async fn find(c: &impl ConnectionTrait, visitor: Uuid, id: Uuid) -> Result<Draft> {
    let sql = "SELECT id, project_id, body, place, area_id, link, contribution_id FROM draft \
               WHERE id = $1 AND visitor = $2";
    db::one(c, sql, args![id, visitor]).await?.ok_or(Error::NotFound)
}

/// A text of this browser that became no idea, and since when it is kept.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Kept {
    /// The text.
    pub body: String,
    /// Since when.
    pub created_at: DateTime<Utc>,
}

/// A draft of this browser in a project that is no idea yet: the one named, else the newest.
///
/// # Errors
/// When the database refuses.
pub async fn kept(c: &impl ConnectionTrait, visitor: Uuid, project: Uuid, id: Option<Uuid>) -> Result<Option<Kept>> {
    let mut sql = "SELECT body, created_at FROM draft WHERE visitor = $1 AND project_id = $2 \
                   AND contribution_id IS NULL"
        .to_owned();
    let mut args = args![visitor, project];
    if let Some(id) = id {
        sql += " AND id = $3";
        args.extend(args![id]);
    }
    db::one(c, &(sql + " ORDER BY created_at DESC, id DESC LIMIT 1"), args).await
}

/// Keeps a new draft.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &Tx, ctx: &Ctx, draft: &Draft) -> Result<()> {
    db::run(
        tx,
        "INSERT INTO draft (id, visitor, project_id, body, place, area_id, created_at, link) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        args![
            draft.id,
            ctx.visitor,
            draft.project_id,
            draft.body.clone(),
            draft.place.clone(),
            draft.area_id,
            ctx.now(),
            draft.link.clone()
        ],
    )
    .await?;
    Ok(())
}

/// Changes a draft that is no idea yet. Says whether it was one of this browser.
///
/// # Errors
/// When the database refuses.
pub async fn update(tx: &Tx, visitor: Uuid, draft: &Draft) -> Result<bool> {
    let changed = db::run(
        tx,
        "UPDATE draft SET project_id = $3, body = $4, place = $5, area_id = $6, link = $7 \
         WHERE id = $1 AND visitor = $2 AND contribution_id IS NULL",
        args![
            draft.id,
            visitor,
            draft.project_id,
            draft.body.clone(),
            draft.place.clone(),
            draft.area_id,
            draft.link.clone()
        ],
    )
    .await?;
    Ok(changed == 1)
}

/// Makes the draft that idea, unless it is one already: then nothing is changed, and the caller must not commit.
///
/// # Errors
/// When the database refuses.
pub async fn becomes(tx: &Tx, draft: Uuid, contribution: Uuid) -> Result<bool> {
    let sql = "UPDATE draft SET contribution_id = $2 WHERE id = $1 AND contribution_id IS NULL";
    Ok(db::run(tx, sql, args![draft, contribution]).await? == 1)
}
