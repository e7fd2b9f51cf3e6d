//! Short links in the database.

use parvis_kernel::{
    Ctx, Error, Result,
    activity::{self, Entry},
    args,
    db::{self, Tx},
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{Link, new_code};
use crate::ideas::{Contribution, store::COLUMNS as IDEA};

const COLUMNS: &str = "s.code, s.project_id, s.area_id, s.place, s.label, s.visits, s.created_at, s.stopped_at, \
                       (SELECT count(*) FROM contribution c WHERE c.link = s.code AND c.project_id = s.project_id) AS ideas";

/// The links of every project, those in use first, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn all(c: &impl ConnectionTrait) -> Result<Vec<Link>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM short_link s \
         ORDER BY CASE WHEN s.stopped_at IS NULL THEN 0 ELSE 1 END, s.created_at DESC, s.code"
    );
    db::all(c, &sql, vec![]).await
}

/// A link, in use or not.
///
/// # Errors
/// `NotFound`, or when the database refuses.
pub async fn find(c: &impl ConnectionTrait, code: &str) -> Result<Link> {
    let sql = format!("SELECT {COLUMNS} FROM short_link s WHERE s.code = $1");
    db::one(c, &sql, args![code]).await?.ok_or(Error::NotFound)
}

/// The link of a whole project, if it has one in use.
///
/// # Errors
/// When the database refuses.
pub async fn of_project(c: &impl ConnectionTrait, project: Uuid) -> Result<Option<Link>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM short_link s WHERE s.project_id = $1 AND s.area_id IS NULL AND s.place = '' \
         AND s.stopped_at IS NULL ORDER BY s.created_at LIMIT 1"
    );
    db::one(c, &sql, args![project]).await
}

/// The last ideas that came by a link.
///
/// # Errors
/// When the database refuses.
pub async fn ideas(c: &impl ConnectionTrait, code: &str, limit: i64) -> Result<Vec<Contribution>> {
    // An idea moved to another project since is that one's to show.
    let sql = format!(
        "SELECT {IDEA} FROM contribution c WHERE c.link = $1 AND c.project_id = (SELECT s.project_id FROM short_link s \
         WHERE s.code = $1) ORDER BY c.created_at DESC, c.id LIMIT $2"
    );
    db::all(c, &sql, args![code, limit]).await
}

/// The link by which a contribution came, if any.
///
/// # Errors
/// When the database refuses.
pub async fn of_idea(c: &impl ConnectionTrait, contribution: Uuid) -> Result<Option<Link>> {
    let sql = format!("SELECT {COLUMNS} FROM short_link s JOIN contribution i ON i.link = s.code WHERE i.id = $1");
    db::one(c, &sql, args![contribution]).await
}

/// The code again, when there is such a link of this project.
///
/// # Errors
/// When the database refuses.
pub async fn known(c: &impl ConnectionTrait, code: &str, project: Uuid) -> Result<Option<String>> {
    if code.is_empty() {
        return Ok(None);
    }
    db::scalar(c, "SELECT code FROM short_link WHERE code = $1 AND project_id = $2", args![code, project]).await
}

/// Writes down by which link an idea came.
///
/// # Errors
/// When the database refuses.
pub async fn came_by(tx: &Tx, contribution: Uuid, code: &str) -> Result<()> {
    db::run(tx, "UPDATE contribution SET link = $2 WHERE id = $1", args![contribution, code]).await?;
    Ok(())
}

/// What a new link carries.
#[derive(Debug, Clone, Default)]
pub struct New {
    /// Project.
    pub project: Uuid,
    /// Area.
    pub area: Option<Uuid>,
    /// Street or place.
    pub place: String,
    /// What the team calls it.
    pub label: String,
}

/// Makes a link and gives its code. The same form sent twice makes one.
///
/// # Errors
/// When the database refuses.
pub async fn make(tx: &Tx, ctx: &Ctx, new: &New) -> Result<String> {
    let sql = "SELECT code FROM short_link WHERE project_id = $1 AND place = $2 AND label = $3 AND created_at > $4 \
               AND (area_id = $5 OR area_id IS NULL AND $6) ORDER BY created_at DESC LIMIT 1";
    let just_now = ctx.now() - chrono::TimeDelta::minutes(1);
    let area = new.area.unwrap_or_default();
    let same = args![new.project, new.place.clone(), new.label.clone(), just_now, area, new.area.is_none()];
    if let Some(code) = db::scalar(tx, sql, same).await? {
        return Ok(code);
    }
    let insert = "INSERT INTO short_link (code, project_id, area_id, place, label, created_at) \
                  VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (code) DO NOTHING";
    for _ in 0..5 {
        let code = new_code(&ctx.moment);
        let row = args![code.clone(), new.project, new.area, new.place.clone(), new.label.clone(), ctx.now()];
        if db::run(tx, insert, row).await? == 1 {
            record(tx, ctx, "link.made", new.project, &code).await?;
            return Ok(code);
        }
    }
    Err(Error::other("no free code was found in five attempts"))
}

/// Names a link.
///
/// # Errors
/// When the database refuses.
pub async fn rename(tx: &Tx, ctx: &Ctx, link: &Link, label: &str) -> Result<()> {
    let sql = "UPDATE short_link SET label = $2 WHERE code = $1 AND label <> $2";
    if db::run(tx, sql, args![link.code.clone(), label]).await? == 1 {
        record(tx, ctx, "link.renamed", link.project_id, &link.code).await?;
    }
    Ok(())
}

/// Stops a link, or starts it again. Done twice, it is done once.
///
/// # Errors
/// When the database refuses.
pub async fn stop(tx: &Tx, ctx: &Ctx, link: &Link, stopped: bool) -> Result<()> {
    let code = link.code.clone();
    let (kind, changed) = if stopped {
        let sql = "UPDATE short_link SET stopped_at = $2 WHERE code = $1 AND stopped_at IS NULL";
        ("link.stopped", db::run(tx, sql, args![code, ctx.now()]).await?)
    } else {
        let sql = "UPDATE short_link SET stopped_at = NULL WHERE code = $1 AND stopped_at IS NOT NULL";
        ("link.started", db::run(tx, sql, args![code]).await?)
    };
    if changed == 1 {
        record(tx, ctx, kind, link.project_id, &link.code).await?;
    }
    Ok(())
}

async fn record(tx: &Tx, ctx: &Ctx, kind: &'static str, project: Uuid, code: &str) -> Result<()> {
    let entry = Entry {
        actor: ctx.actor.person(),
        kind,
        subject_kind: "project",
        subject: Some(project),
        project: Some(project),
        detail: code,
    };
    activity::record(tx, &ctx.moment, entry).await
}
