//! The home page: the question, what runs now, what becomes of ideas.

use askama::Template;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use parvis_kernel::{Ctx, Result, args, db};
use parvis_ui::{Page, SafeHtml, charts, icons};
use sea_orm::{FromQueryResult, Value};
use std::sync::Arc;
use uuid::Uuid;

use crate::{
    caches::Caches,
    ideas::{Status, title_of},
    projects::{Act, Project},
    seen::{self, Seen},
    urls,
};

/// Fewer people than this are no figure.
const FEWEST: i64 = 11;

/// An idea that was answered.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Outcome {
    /// Public number.
    pub number: i64,
    title: String,
    body: String,
    status: String,
    author_name: String,
    area_id: Option<Uuid>,
    decision: String,
    answer: String,
    answered_at: DateTime<Utc>,
}

impl Outcome {
    /// Its status.
    #[must_use]
    pub fn status(&self) -> Status {
        Status::parse(&self.status).unwrap_or(Status::Answered)
    }

    /// Its title.
    #[must_use]
    pub fn heading(&self) -> String {
        if self.title.is_empty() { title_of(&self.body) } else { self.title.clone() }
    }

    /// The decision and the first sentence of the answer.
    #[must_use]
    pub fn says(&self) -> String {
        title_of(&crate::ideas::view::plain(&self.answer))
    }
}

/// The columns of an [`Outcome`], with `contribution c JOIN answer a`.
const OUTCOME: &str = "SELECT c.number, c.title, c.body, c.status, c.author_name, c.area_id, a.decision, \
     a.body AS answer, a.published_at AS answered_at FROM contribution c JOIN answer a ON a.contribution_id = c.id \
     WHERE c.kind = 'idea' AND c.visible AND c.answered_at IS NOT NULL AND c.project_id IN";

/// What the home page shows, as the database holds it.
#[derive(Debug, Clone)]
pub struct Snapshot {
    projects: Vec<Seen>,
    ideas: Vec<(Uuid, i64)>,
    outcomes: Vec<Outcome>,
    answered: i64,
    areas: std::collections::HashMap<Uuid, String>,
}

#[derive(FromQueryResult)]
struct Count {
    project_id: Uuid,
    n: i64,
}

/// Six queries, whatever the instance holds.
async fn read(ctx: &Ctx) -> Result<Snapshot> {
    let db = ctx.app.db.read();
    let projects = seen::public(ctx).await?;
    let ids: Vec<Uuid> = projects.iter().map(|s| s.project.id).collect();
    if ids.is_empty() {
        return Ok(Snapshot { projects, ideas: vec![], outcomes: vec![], answered: 0, areas: Default::default() });
    }
    let list = db::placeholders(1, ids.len());
    let keys = || ids.iter().map(|id| Value::from(*id)).collect::<Vec<_>>();
    let sql = format!(
        "SELECT project_id, count(*) AS n FROM contribution WHERE project_id IN ({list}) AND kind = 'idea' AND visible \
         GROUP BY project_id"
    );
    let counts: Vec<Count> = db::all(db, &sql, keys()).await?;
    let sql = format!("{OUTCOME} ({list}) ORDER BY c.answered_at DESC LIMIT 3");
    let mut outcomes: Vec<Outcome> = db::all(db, &sql, keys()).await?;
    if outcomes.len() == 3 && outcomes.iter().all(|o| o.status() != Status::Rejected) {
        let sql = format!("{OUTCOME} ({list}) AND c.status = 'rejected' ORDER BY c.answered_at DESC LIMIT 1");
        if let Some(refused) = db::one(db, &sql, keys()).await? {
            outcomes.truncate(2);
            outcomes.push(refused);
        }
    }
    let sql = format!(
        "SELECT count(*) FROM contribution WHERE kind = 'idea' AND visible AND answered_at IS NOT NULL AND project_id IN ({list})"
    );
    let answered = db::count(db, &sql, keys()).await?;
    let areas = parvis_people::areas::names(db).await?;
    Ok(Snapshot { projects, ideas: counts.into_iter().map(|c| (c.project_id, c.n)).collect(), outcomes, answered, areas })
}

/// How many people wrote something that is online, counted once each.
async fn voices(ctx: &Ctx) -> Result<i64> {
    let sql = "SELECT count(*) FROM (SELECT DISTINCT c.holder FROM contribution c JOIN project p ON p.id = c.project_id \
               WHERE c.visible AND p.visibility = 'public' AND p.state <> 'draft') AS v";
    db::count(ctx.app.db.read(), sql, args![]).await
}

/// A project in its present phase.
pub struct Now<'a> {
    project: &'a Project,
    phase: &'a str,
    ideas: i64,
    posting: bool,
    ends_on: Option<NaiveDate>,
    days: i64,
    meter: SafeHtml,
}

impl Now<'_> {
    fn url(&self) -> String {
        urls::Project { slug: self.project.slug.clone() }.to_string()
    }
}

/// The card of a project that has a phase today.
fn now<'a>(ctx: &Ctx, snapshot: &'a Snapshot, seen: &'a Seen) -> Option<Now<'a>> {
    let today = ctx.today();
    let phase = seen.phase(ctx).filter(|_| seen.project.state == "published")?;
    let gone = |end: NaiveDate| {
        let whole = (end - phase.starts_on).num_days() + 1;
        #[allow(clippy::cast_precision_loss, reason = "days of a phase")]
        let share = (today - phase.starts_on).num_days() as f64 / whole.max(1) as f64;
        charts::meter(share * 100.0)
    };
    Some(Now {
        project: &seen.project,
        phase: &phase.title,
        ideas: snapshot.ideas.iter().find(|(id, _)| *id == seen.project.id).map_or(0, |(_, n)| *n),
        posting: seen.may(ctx, Act::Post).is_ok(),
        ends_on: phase.ends_on,
        days: phase.ends_on.map_or(0, |end| (end - today).num_days()),
        meter: phase.ends_on.map_or_else(SafeHtml::default, gone),
    })
}

#[derive(Template)]
#[template(path = "home/home.html")]
struct Home<'a> {
    p: &'a Page,
    scene: SafeHtml,
    voices: i64,
    now: Vec<Now<'a>>,
    open: bool,
    snapshot: &'a Snapshot,
}

impl Home<'_> {
    fn badge(&self, o: &Outcome) -> String {
        o.status().words(&self.p.ctx)
    }

    fn by(&self, o: &Outcome) -> String {
        let who = if o.author_name.is_empty() { self.p.t("idea-anonymous") } else { o.author_name.clone() };
        match o.area_id.and_then(|id| self.snapshot.areas.get(&id)) {
            Some(area) => format!("{who}, {area}"),
            None => who,
        }
    }
}

/// The home page. Public.
///
/// # Errors
/// When the database refuses.
pub async fn show(ctx: Ctx, caches: Arc<Caches>) -> Result<Response> {
    let snapshot = caches.home.get(ctx.now(), (), read(&ctx)).await?;
    let voices = *caches.voices.get(ctx.now(), (), voices(&ctx)).await?;
    let page = Page::new(&ctx, ctx.settings.name.clone()).described(ctx.t("home-description"));
    let now: Vec<Now<'_>> = snapshot.projects.iter().filter_map(|s| now(&ctx, &snapshot, s)).collect();
    let open = now.iter().any(|n| n.posting);
    let home = Home {
        p: &page,
        scene: icons::scene(),
        voices: if voices >= FEWEST { voices } else { 0 },
        now,
        open,
        snapshot: &snapshot,
    };
    parvis_ui::html(&home)
}
