//! What the desk writes and counts of projects.

use chrono::TimeDelta;
use parvis_kernel::{
    Ctx, Result,
    activity::{self, Entry},
    args,
    context::Moment,
    db::{self, Tx},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::{Phase, Project, store, texts};
use crate::links;

/// How many ideas of a project are online.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Counted {
    /// The project.
    pub id: Uuid,
    /// Ideas online.
    pub ideas: i64,
}

/// The ideas online of every project.
///
/// # Errors
/// When the database refuses.
pub async fn ideas(c: &impl ConnectionTrait) -> Result<Vec<Counted>> {
    let sql = "SELECT p.id, (SELECT count(*) FROM contribution c WHERE c.project_id = p.id AND c.kind = 'idea' AND c.visible = TRUE) \
               AS ideas FROM project p";
    db::all(c, sql, vec![]).await
}

/// The folders in use, by name.
///
/// # Errors
/// When the database refuses.
pub async fn folders(c: &impl ConnectionTrait) -> Result<Vec<String>> {
    let sql = "SELECT DISTINCT folder FROM project WHERE folder <> '' ORDER BY folder";
    db::column(c, sql, vec![]).await
}

pub(crate) async fn record(tx: &Tx, ctx: &Ctx, kind: &'static str, project: Uuid, title: &str) -> Result<()> {
    let entry = Entry {
        actor: ctx.actor.person(),
        kind,
        subject_kind: "project",
        subject: Some(project),
        project: Some(project),
        detail: title,
    };
    activity::record(tx, &ctx.moment, entry).await
}

/// A project as its form gives it.
#[derive(Debug, Clone)]
pub struct Saved {
    /// Its texts, and where it stands.
    pub project: Project,
    /// Its phases, in order.
    pub timeline: Vec<Phase>,
    /// The areas it is about; none for the whole town.
    pub areas: Vec<Uuid>,
    /// Whether it is made by this.
    pub new: bool,
    /// Of a copy, the part of the address of the original; else empty.
    pub copy_of: String,
}

/// Writes a project with its timeline and its areas, and gives the part of its address; a copy has the translations of the
/// original. Made twice by a second press, it is one.
///
/// # Errors
/// `changed_meanwhile`, or when the database refuses.
pub async fn save(ctx: &Ctx, saved: Saved) -> Result<String> {
    let ctx2 = ctx.clone();
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, saved) = (ctx2.clone(), saved.clone());
            Box::pin(async move { write(tx, &ctx, &saved).await })
        })
        .await
}

async fn write(tx: &Tx, ctx: &Ctx, saved: &Saved) -> Result<String> {
    let Saved { project, timeline, areas, .. } = saved;
    if !saved.new {
        store::update(tx, project).await?;
        if !project.is_public() {
            crate::follows::take_back_project(tx, project.id).await?;
        }
        store::set_phases(tx, &ctx.moment, project.id, timeline).await?;
        super::areas::set(tx, project.id, areas).await?;
        texts::sweep(tx, project.id).await?;
        record(tx, ctx, "project.changed", project.id, &project.title).await?;
        return Ok(project.slug.clone());
    }
    if let Some(slug) = just_made(tx, &ctx.moment, &project.title).await? {
        return Ok(slug);
    }
    let id = store::insert(tx, &ctx.moment, project).await?;
    store::set_phases(tx, &ctx.moment, id, timeline).await?;
    super::areas::set(tx, id, areas).await?;
    if !saved.copy_of.is_empty() {
        let original = store::by_slug(tx, &saved.copy_of).await?;
        texts::copy(tx, original.id, id).await?;
    }
    record(tx, ctx, "project.created", id, &project.title).await?;
    Ok(store::find(tx, id).await?.slug)
}

/// A project of the same title made within a minute: the form was sent twice.
async fn just_made(tx: &Tx, moment: &Moment, title: &str) -> Result<Option<String>> {
    let sql = "SELECT slug FROM project WHERE title = $1 AND created_at > $2 ORDER BY created_at DESC LIMIT 1";
    db::scalar(tx, sql, args![title, moment.now - TimeDelta::minutes(1)]).await
}

/// Gives the project a short link, unless it has one.
///
/// # Errors
/// When the database refuses.
pub async fn make_link(ctx: &Ctx, project: &Project) -> Result<()> {
    let (ctx2, project) = (ctx.clone(), project.clone());
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, project) = (ctx2.clone(), project.clone());
            Box::pin(async move {
                if links::store::of_project(tx, project.id).await?.is_none() {
                    let new = links::store::New { project: project.id, ..links::store::New::default() };
                    links::store::make(tx, &ctx, &new).await?;
                }
                Ok(())
            })
        })
        .await
}
