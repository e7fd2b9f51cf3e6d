//! Images and files in the database; their content in the object store.

use object_store::{ObjectStoreExt, path::Path};
use parvis_kernel::{
    Ctx, Error, Result,
    app::App,
    args,
    context::Moment,
    db::{self, Tx},
    jobs::{self, Failure},
};
use sea_orm::ConnectionTrait;
use std::sync::Arc;
use uuid::Uuid;

use super::{Accepted, MOST, Media};
use crate::projects::{NO_ROOM, Project, admin_store::record};

const COLUMNS: &str = "id, project_id, kind, name, media_type, bytes, words, width, height";

/// The job that takes the content of a removed file away.
pub const AWAY: &str = "participation.file-away";

/// Where the content of a file lies.
fn place(id: Uuid) -> Path {
    Path::from(format!("projects/{id}"))
}

/// The images and files of a project, in order.
///
/// # Errors
/// When the database refuses.
pub async fn of(c: &impl ConnectionTrait, project: Uuid) -> Result<Vec<Media>> {
    let sql = format!("SELECT {COLUMNS} FROM project_file WHERE project_id = $1 ORDER BY position");
    db::all(c, &sql, args![project]).await
}

/// One of them.
///
/// # Errors
/// `NotFound`, or when the database refuses.
pub async fn find(c: &impl ConnectionTrait, id: Uuid) -> Result<Media> {
    let sql = format!("SELECT {COLUMNS} FROM project_file WHERE id = $1");
    db::one(c, &sql, args![id]).await?.ok_or(Error::NotFound)
}

/// The content of a file.
///
/// # Errors
/// `NotFound` when it is gone, or when the disk refuses.
pub async fn content(app: &App, id: Uuid) -> Result<axum::body::Bytes> {
    match app.files.get(&place(id)).await {
        Ok(found) => found.bytes().await.map_err(Error::other),
        Err(object_store::Error::NotFound { .. }) => Err(Error::NotFound),
        Err(e) => Err(Error::other(e)),
    }
}

/// Keeps a file: its content first, then its line, so that no line is without content.
///
/// # Errors
/// `no_room` over [`MOST`], or when the disk or the database refuses.
pub async fn add(ctx: &Ctx, project: &Project, file: Accepted, words: String) -> Result<()> {
    let id = ctx.moment.id();
    let media = Media {
        id,
        project_id: project.id,
        kind: file.kind.into(),
        name: file.name,
        media_type: file.media_type.into(),
        bytes: i64::try_from(file.bytes.len()).unwrap_or(i64::MAX),
        words,
        width: file.size.0.into(),
        height: file.size.1.into(),
    };
    ctx.app.files.put(&place(id), file.bytes.into()).await.map_err(Error::other)?;
    let (ctx2, title) = (ctx.clone(), project.title.clone());
    let kept = ctx
        .app
        .db
        .write(move |tx| {
            let (ctx, media, title) = (ctx2.clone(), media.clone(), title.clone());
            Box::pin(async move {
                insert(tx, &ctx.moment, &media).await?;
                record(tx, &ctx, "project.file_added", media.project_id, &title).await
            })
        })
        .await;
    if kept.is_err() {
        // Best effort: a content without a line is never served.
        let _ = ctx.app.files.delete(&place(id)).await;
    }
    kept
}

async fn insert(tx: &Tx, moment: &Moment, m: &Media) -> Result<()> {
    let n = db::count(tx, "SELECT count(*) FROM project_file WHERE project_id = $1", args![m.project_id]).await?;
    if n >= MOST {
        return Err(NO_ROOM.into());
    }
    let sql = format!(
        "INSERT INTO project_file ({COLUMNS}, position, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, \
         (SELECT coalesce(max(position), 0) + 1 FROM project_file WHERE project_id = $2), $10)"
    );
    let values = args![
        m.id,
        m.project_id,
        m.kind.clone(),
        m.name.clone(),
        m.media_type.clone(),
        m.bytes,
        m.words.clone(),
        m.width,
        m.height,
        moment.now
    ];
    db::run(tx, &sql, values).await?;
    Ok(())
}

/// Gives a file other words.
///
/// # Errors
/// When the database refuses.
pub async fn rename(ctx: &Ctx, project: &Project, id: Uuid, words: String) -> Result<()> {
    let (ctx2, title, project) = (ctx.clone(), project.title.clone(), project.id);
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, words, title) = (ctx2.clone(), words.clone(), title.clone());
            Box::pin(async move {
                let sql = "UPDATE project_file SET words = $3 WHERE id = $1 AND project_id = $2";
                db::run(tx, sql, args![id, project, words]).await?;
                record(tx, &ctx, "project.changed", project, &title).await
            })
        })
        .await
}

/// Moves a file before the one that stands before it.
///
/// # Errors
/// When the database refuses.
pub async fn up(ctx: &Ctx, project: Uuid, id: Uuid) -> Result<()> {
    ctx.app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let own = of(tx, project).await?;
                let Some(at) = own.iter().position(|m| m.id == id).filter(|at| *at > 0) else { return Ok(()) };
                let mut order: Vec<Uuid> = own.iter().map(|m| m.id).collect();
                order.swap(at - 1, at);
                for (position, id) in (1_i64..).zip(order) {
                    db::run(tx, "UPDATE project_file SET position = $2 WHERE id = $1", args![id, position]).await?;
                }
                Ok(())
            })
        })
        .await
}

/// Takes a file away. Its content goes with a job, so that a failed transaction leaves it where it was.
///
/// # Errors
/// When the database refuses.
pub async fn remove(ctx: &Ctx, project: &Project, id: Uuid) -> Result<()> {
    let (ctx2, title, project) = (ctx.clone(), project.title.clone(), project.id);
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, title) = (ctx2.clone(), title.clone());
            Box::pin(async move {
                let sql = "DELETE FROM project_file WHERE id = $1 AND project_id = $2";
                if db::run(tx, sql, args![id, project]).await? == 1 {
                    jobs::enqueue(tx, &ctx.moment, AWAY, &id, None, ctx.moment.now).await?;
                    record(tx, &ctx, "project.file_removed", project, &title).await?;
                }
                Ok(())
            })
        })
        .await
}

/// The job [`AWAY`].
#[must_use]
pub fn away(app: Arc<App>, payload: String) -> futures::future::BoxFuture<'static, std::result::Result<(), Failure>> {
    Box::pin(async move {
        let id: Uuid = jobs::payload(&payload)?;
        match app.files.delete(&place(id)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(e) => Err(Failure::Retry(e.to_string())),
        }
    })
}
