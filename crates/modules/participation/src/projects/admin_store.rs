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

use super::{Phase, Project, store};

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
    #[derive(FromQueryResult)]
    struct Row {
        folder: String,
    }
    let sql = "SELECT DISTINCT folder FROM project WHERE folder <> '' ORDER BY folder";
    Ok(db::all::<Row>(c, sql, vec![]).await?.into_iter().map(|r| r.folder).collect())
}

/// The short link of a project.
#[derive(Debug, Clone, FromQueryResult)]
pub struct ShortLink {
    /// Its code.
    pub code: String,
    /// How often it was opened.
    pub visits: i64,
}

/// The short link of a whole project, if it has one.
///
/// # Errors
/// When the database refuses.
pub async fn link(c: &impl ConnectionTrait, project: Uuid) -> Result<Option<ShortLink>> {
    let sql = "SELECT code, visits FROM short_link WHERE project_id = $1 AND area_id IS NULL AND place = '' \
               ORDER BY created_at LIMIT 1";
    db::one(c, sql, args![project]).await
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

/// Writes a project with its timeline and gives the part of its address. Made twice by a second press, it is one.
///
/// # Errors
/// `changed_meanwhile`, or when the database refuses.
pub async fn save(ctx: &Ctx, project: &Project, timeline: &[Phase], new: bool) -> Result<String> {
    let (ctx2, project, timeline) = (ctx.clone(), project.clone(), timeline.to_vec());
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, project, timeline) = (ctx2.clone(), project.clone(), timeline.clone());
            Box::pin(async move {
                if !new {
                    store::update(tx, &project).await?;
                    if !project.is_public() {
                        crate::follows::take_back_project(tx, project.id).await?;
                    }
                    store::set_phases(tx, &ctx.moment, project.id, &timeline).await?;
                    record(tx, &ctx, "project.changed", project.id, &project.title).await?;
                    return Ok(project.slug);
                }
                if let Some(slug) = just_made(tx, &ctx.moment, &project.title).await? {
                    return Ok(slug);
                }
                let id = store::insert(tx, &ctx.moment, &project).await?;
                store::set_phases(tx, &ctx.moment, id, &timeline).await?;
                record(tx, &ctx, "project.created", id, &project.title).await?;
                Ok(store::find(tx, id).await?.slug)
            })
        })
        .await
}

/// A project of the same title made within a minute: the form was sent twice.
async fn just_made(tx: &Tx, moment: &Moment, title: &str) -> Result<Option<String>> {
    let sql = "SELECT slug FROM project WHERE title = $1 AND created_at > $2 ORDER BY created_at DESC LIMIT 1";
    db::scalar(tx, sql, args![title, moment.now - TimeDelta::minutes(1)]).await
}

/// Letters and digits that nobody confuses on a poster.
const CODE_LETTERS: &[u8] = b"23456789abcdefghjkmnpqrstuvwxyz";
/// Length of a short link's code.
const CODE_LENGTH: usize = 6;

/// A code from fresh randomness.
fn code(moment: &Moment) -> String {
    let letter = |b: &u8| CODE_LETTERS.get(usize::from(*b) % CODE_LETTERS.len()).copied().unwrap_or(b'x');
    // The last bytes of a key are its random part.
    moment.id().as_bytes().iter().rev().take(CODE_LENGTH).map(|b| char::from(letter(b))).collect()
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
                if link(tx, project.id).await?.is_some() {
                    return Ok(());
                }
                let insert = "INSERT INTO short_link (code, project_id, created_at) VALUES ($1, $2, $3) \
                              ON CONFLICT (code) DO NOTHING";
                for _ in 0..5 {
                    let code = code(&ctx.moment);
                    if db::run(tx, insert, args![code, project.id, ctx.moment.now]).await? == 1 {
                        break;
                    }
                }
                record(tx, &ctx, "project.linked", project.id, &project.title).await
            })
        })
        .await
}
