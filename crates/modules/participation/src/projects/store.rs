//! Projects in the database.

use chrono::NaiveDate;
use parvis_kernel::{
    Error, Refusal, Result, args,
    context::Moment,
    db::{self, Tx},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::{Phase, Project};

const COLUMNS: &str = "id, slug, title, summary, easy, easy_by, description, visibility, secret, state, folder, publish_on, position, \
     created_at, version";

/// All projects, in order; pages filter by what their reader may see.
///
/// # Errors
/// When the database refuses.
pub async fn all(c: &impl ConnectionTrait) -> Result<Vec<Project>> {
    db::all(c, &format!("SELECT {COLUMNS} FROM project ORDER BY position, created_at"), vec![]).await
}

/// A project by key.
///
/// # Errors
/// `NotFound`, or when the database refuses.
pub async fn find(c: &impl ConnectionTrait, id: Uuid) -> Result<Project> {
    db::one(c, &format!("SELECT {COLUMNS} FROM project WHERE id = $1"), args![id]).await?.ok_or(Error::NotFound)
}

/// A project by the part of its address.
///
/// # Errors
/// `NotFound`, or when the database refuses.
pub async fn by_slug(c: &impl ConnectionTrait, slug: &str) -> Result<Project> {
    db::one(c, &format!("SELECT {COLUMNS} FROM project WHERE slug = $1"), args![slug]).await?.ok_or(Error::NotFound)
}

#[derive(FromQueryResult)]
struct PhaseRow {
    id: Uuid,
    project_id: Uuid,
    title: String,
    method: String,
    starts_on: String,
    ends_on: Option<String>,
    posting: bool,
    commenting: bool,
    supporting: bool,
    opposing: bool,
    anonymous: bool,
    prescreening: bool,
}

fn parse(day: &str) -> Result<NaiveDate> {
    day.parse().map_err(Error::other)
}

impl PhaseRow {
    fn phase(self) -> Result<(Uuid, Phase)> {
        let phase = Phase {
            id: self.id,
            title: self.title,
            method: self.method,
            starts_on: parse(&self.starts_on)?,
            ends_on: self.ends_on.as_deref().map(parse).transpose()?,
            posting: self.posting,
            commenting: self.commenting,
            supporting: self.supporting,
            opposing: self.opposing,
            anonymous: self.anonymous,
            prescreening: self.prescreening,
        };
        Ok((self.project_id, phase))
    }
}

const PHASE_COLUMNS: &str = "id, project_id, title, method, starts_on, ends_on, posting, commenting, supporting, \
                             opposing, anonymous, prescreening";

/// The phases of a project, in order.
///
/// # Errors
/// When the database refuses.
pub async fn phases(c: &impl ConnectionTrait, project: Uuid) -> Result<Vec<Phase>> {
    let sql = format!("SELECT {PHASE_COLUMNS} FROM phase WHERE project_id = $1 ORDER BY starts_on");
    let rows: Vec<PhaseRow> = db::all(c, &sql, args![project]).await?;
    rows.into_iter().map(|r| r.phase().map(|(_, p)| p)).collect()
}

/// The phases of all projects: project key and phase, in order.
///
/// # Errors
/// When the database refuses.
pub async fn all_phases(c: &impl ConnectionTrait) -> Result<Vec<(Uuid, Phase)>> {
    let rows: Vec<PhaseRow> =
        db::all(c, &format!("SELECT {PHASE_COLUMNS} FROM phase ORDER BY starts_on"), vec![]).await?;
    rows.into_iter().map(PhaseRow::phase).collect()
}

/// Ideas online in a project.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Count {
    /// Project.
    pub project_id: Uuid,
    /// Ideas online.
    pub n: i64,
}

/// How many ideas each project has online.
///
/// # Errors
/// When the database refuses.
pub async fn counts(c: &impl ConnectionTrait) -> Result<Vec<Count>> {
    let sql =
        "SELECT project_id, count(*) AS n FROM contribution WHERE kind = 'idea' AND visible = TRUE GROUP BY project_id";
    db::all(c, sql, vec![]).await
}

/// Makes a project with a free address and gives its key. `project.slug` may be taken: a number is added.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &Tx, moment: &Moment, project: &Project) -> Result<Uuid> {
    let base = if project.slug.is_empty() { "projet" } else { &project.slug };
    let mut slug = base.to_owned();
    let mut n = 1;
    while db::count(tx, "SELECT count(*) FROM project WHERE slug = $1", args![slug.clone()]).await? > 0 {
        n += 1;
        slug = format!("{base}-{n}");
    }
    let id = moment.id();
    db::run(
        tx,
        "INSERT INTO project (id, slug, title, summary, easy, description, visibility, secret, state, folder, publish_on, \
         easy_by, position, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, \
         $12, (SELECT coalesce(max(position), 0) + 1 FROM project), $13)",
        args![
            id,
            slug,
            project.title.clone(),
            project.summary.clone(),
            project.easy.clone(),
            project.description.clone(),
            project.visibility.clone(),
            moment.token(),
            project.state.clone(),
            project.folder.clone(),
            project.publish_on.clone(),
            project.easy_by.clone(),
            moment.now
        ],
    )
    .await?;
    Ok(id)
}

/// Writes a changed project, unless somebody changed it since `project.version`.
///
/// # Errors
/// `changed_meanwhile`, or when the database refuses.
pub async fn update(tx: &Tx, project: &Project) -> Result<()> {
    let changed = db::run(
        tx,
        "UPDATE project SET title = $2, summary = $3, easy = $4, description = $5, visibility = $6, state = $7, \
         folder = $8, publish_on = $9, easy_by = $11, version = version + 1 WHERE id = $1 AND version = $10",
        args![
            project.id,
            project.title.clone(),
            project.summary.clone(),
            project.easy.clone(),
            project.description.clone(),
            project.visibility.clone(),
            project.state.clone(),
            project.folder.clone(),
            project.publish_on.clone(),
            project.version,
            project.easy_by.clone()
        ],
    )
    .await?;
    if changed == 1 { Ok(()) } else { Err(Refusal::CHANGED_MEANWHILE.into()) }
}

/// Replaces the timeline of a project.
///
/// # Errors
/// When the database refuses.
pub async fn set_phases(tx: &Tx, moment: &Moment, project: Uuid, phases: &[Phase]) -> Result<()> {
    db::run(tx, "DELETE FROM phase WHERE project_id = $1", args![project]).await?;
    for phase in phases {
        let id = if phase.id.is_nil() { moment.id() } else { phase.id };
        db::run(
            tx,
            &format!("INSERT INTO phase ({PHASE_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"),
            args![
                id,
                project,
                phase.title.clone(),
                phase.method.clone(),
                phase.starts_on.to_string(),
                phase.ends_on.map(|d| d.to_string()),
                phase.posting,
                phase.commenting,
                phase.supporting,
                phase.opposing,
                phase.anonymous,
                phase.prescreening
            ],
        )
        .await?;
    }
    Ok(())
}
