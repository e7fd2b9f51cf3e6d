//! Following a consultation itself: its phases that begin and end, and how many of its ideas were answered. One letter at a
//! time holds all that is new: at eight in the morning for whoever wants it at once, else with their summary.

pub mod asked;
pub mod letter;
pub mod news;
pub mod pages;

use chrono::{DateTime, Utc};
use parvis_kernel::{
    Ctx, Result, args,
    context::Moment,
    db::{self, Tx},
};
use parvis_people::consents;
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde_json::json;
use uuid::Uuid;

use super::{Rhythm, may_be_written_to};

/// The purpose of the consent without which nobody is written to about a consultation.
pub const PURPOSE: &str = "project_news";

/// Starts following, with the consent that permits to write. A rhythm chosen before stays, unless it was none.
///
/// # Errors
/// When the database refuses.
pub async fn begin(tx: &Tx, moment: &Moment, project: Uuid, person: Uuid, wording: &str, source: &str) -> Result<()> {
    let sql = "INSERT INTO project_follow (project_id, person_id, rhythm, created_at, told_at) \
               VALUES ($1, $2, 'now', $3, $3) ON CONFLICT (project_id, person_id) DO NOTHING";
    if db::run(tx, sql, args![project, person, moment.now]).await? == 0 {
        if rhythm(tx, project, person).await?.is_some() {
            return consent(tx, moment, person, wording, source).await;
        }
        set(tx, moment.now, project, person, Rhythm::Now).await?;
    }
    // Asked for in the words of this consultation: they stand in the ledger, whatever other one was agreed to.
    consents::record(tx, moment, person, PURPOSE, "email", "given", wording, source).await
}

/// Writes the consent to the ledger, unless the newest entry permits already.
///
/// # Errors
/// When the database refuses.
pub async fn consent(tx: &Tx, moment: &Moment, person: Uuid, wording: &str, source: &str) -> Result<()> {
    if consents::permits(tx, moment.now, person, PURPOSE, "email").await?.is_none() {
        consents::record(tx, moment, person, PURPOSE, "email", "given", wording, source).await?;
    }
    Ok(())
}

/// Sets how often a person is told of a project. Says whether it was followed. What was new meanwhile is no news to
/// whoever wanted none.
///
/// # Errors
/// When the database refuses.
pub async fn set(tx: &Tx, now: DateTime<Utc>, project: Uuid, person: Uuid, rhythm: Rhythm) -> Result<bool> {
    let sql = "UPDATE project_follow SET told_at = CASE WHEN rhythm = 'never' THEN $4 ELSE told_at END, rhythm = $3 \
               WHERE project_id = $1 AND person_id = $2";
    Ok(db::run(tx, sql, args![project, person, rhythm.code(), now]).await? == 1)
}

/// How often a person is told of a project; nothing when they are not.
///
/// # Errors
/// When the database refuses.
pub async fn rhythm(c: &impl ConnectionTrait, project: Uuid, person: Uuid) -> Result<Option<Rhythm>> {
    let sql = "SELECT rhythm FROM project_follow WHERE project_id = $1 AND person_id = $2";
    let code: Option<String> = db::scalar(c, sql, args![project, person]).await?;
    Ok(code.and_then(|code| Rhythm::parse(&code)).filter(|r| *r != Rhythm::Never))
}

/// Whether a person still follows a project that may be seen, and may be told of it.
///
/// # Errors
/// When the database refuses.
pub async fn is_told(c: &impl ConnectionTrait, now: DateTime<Utc>, project: Uuid, person: Uuid) -> Result<bool> {
    let sql = format!(
        "SELECT count(*) FROM project_follow f JOIN person p ON p.id = f.person_id JOIN project j ON j.id = f.project_id \
         WHERE f.project_id = $2 AND f.person_id = $3 AND f.rhythm <> 'never' AND j.visibility <> 'team' \
         AND j.state = 'published' AND {}",
        may_be_written_to(PURPOSE, 1, "1 = 0")
    );
    Ok(db::count(c, &sql, args![now, project, person]).await? > 0)
}

/// Whether whoever asks follows a project.
///
/// # Errors
/// When the database refuses.
pub async fn is_following(ctx: &Ctx, project: Uuid) -> Result<bool> {
    let Some(person) = ctx.actor.person() else { return Ok(false) };
    Ok(rhythm(ctx.app.db.read(), project, person).await?.is_some())
}

/// A project that a person follows, or followed.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Followed {
    /// The project.
    pub id: Uuid,
    /// Its address.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Code of the rhythm.
    pub rhythm: String,
    /// Since when.
    pub created_at: DateTime<Utc>,
}

/// The projects a person follows or followed, in the order of the beginning. One that only its team may see now is no more
/// named than in a letter.
///
/// # Errors
/// When the database refuses.
pub async fn of_person(c: &impl ConnectionTrait, person: Uuid) -> Result<Vec<Followed>> {
    let sql = "SELECT j.id, j.slug, j.title, f.rhythm, f.created_at FROM project_follow f \
               JOIN project j ON j.id = f.project_id WHERE f.person_id = $1 AND j.state <> 'draft' \
               AND j.visibility <> 'team' ORDER BY f.created_at, j.id";
    db::all(c, sql, args![person]).await
}

/// All of them, for the download of one's own data: those that the person may not see stand there without their address.
///
/// # Errors
/// When the database refuses.
pub async fn data(c: &impl ConnectionTrait, person: Uuid) -> Result<Vec<serde_json::Value>> {
    #[derive(FromQueryResult)]
    struct Row {
        slug: Option<String>,
        rhythm: String,
        created_at: DateTime<Utc>,
    }
    let sql = "SELECT CASE WHEN j.state <> 'draft' AND j.visibility <> 'team' THEN j.slug END AS slug, f.rhythm, f.created_at \
               FROM project_follow f JOIN project j ON j.id = f.project_id WHERE f.person_id = $1 ORDER BY f.created_at, j.id";
    let all: Vec<Row> = db::all(c, sql, args![person]).await?;
    Ok(all.iter().map(|f| json!({"project": f.slug, "rhythm": f.rhythm, "since": f.created_at})).collect())
}

/// A follow that made room because both sheets of a person had it.
#[derive(Debug, serde::Serialize, serde::Deserialize, FromQueryResult)]
pub struct Doubled {
    project_id: Uuid,
    rhythm: String,
    created_at: DateTime<Utc>,
    told_at: DateTime<Utc>,
}

/// What moved when two sheets became one.
#[derive(Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Moved {
    moved: Vec<Uuid>,
    twice: Vec<Doubled>,
}

/// The kept sheet follows what the merged one followed.
///
/// # Errors
/// When the database refuses.
pub async fn absorb(tx: &Tx, kept: Uuid, merged: Uuid) -> Result<Moved> {
    let sql = "DELETE FROM project_follow WHERE person_id = $1 AND project_id IN \
               (SELECT f.project_id FROM project_follow f WHERE f.person_id = $2) \
               RETURNING project_id, rhythm, created_at, told_at";
    let twice = db::all(tx, sql, args![merged, kept]).await?;
    let sql = "UPDATE project_follow SET person_id = $2 WHERE person_id = $1 RETURNING project_id AS id";
    Ok(Moved { twice, moved: db::column(tx, sql, args![merged, kept]).await? })
}

/// Gives back what moved.
///
/// # Errors
/// When the database refuses.
pub async fn release(tx: &Tx, kept: Uuid, merged: Uuid, moved: &Moved) -> Result<()> {
    for id in &moved.moved {
        let sql = "UPDATE project_follow SET person_id = $3 WHERE project_id = $1 AND person_id = $2";
        db::run(tx, sql, args![*id, kept, merged]).await?;
    }
    for f in &moved.twice {
        let sql = "INSERT INTO project_follow (project_id, person_id, rhythm, created_at, told_at) \
                   VALUES ($1, $2, $3, $4, $5) ON CONFLICT (project_id, person_id) DO NOTHING";
        db::run(tx, sql, args![f.project_id, merged, f.rhythm.clone(), f.created_at, f.told_at]).await?;
    }
    Ok(())
}
