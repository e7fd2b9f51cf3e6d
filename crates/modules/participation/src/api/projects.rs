//! Projects, statuses and themes for programs.

use std::sync::Arc;

use axum::{extract::Path, response::Response};
use chrono::{DateTime, NaiveDate, Utc};
use parvis_kernel::{
    Ctx, Error, Result,
    api::{self, Operation, Param, Query},
    api_type,
    permission::Right,
};
use serde_json::json;

use super::{AreaRef, DESK, FRAME, Frame, StatusCode, word_schema};
use crate::{
    caches::Caches,
    desk::holds,
    ideas::{Status, list},
    projects::{self, Phase},
    seen::Seen,
    urls,
};

api_type! {
    /// A project anybody finds.
    ApiProject {
        /// The part of its address: its name in filters.
        slug: String,
        /// Address of its page.
        url: String,
        /// BCP 47 language of its title: the language asked, or the instance's where it is not translated.
        lang: String,
        /// Title.
        title: String,
        /// One sentence.
        summary: String,
        /// Summary that is easy to read, a short sentence a line.
        easy: String,
        /// Text, in Markdown.
        description: String,
        /// Whether it is archived.
        archived: bool,
        /// Ideas online.
        ideas: i64,
        /// The areas it is about; none for the whole town.
        areas: Vec<AreaRef>,
        /// Its timeline, in order.
        phases: Vec<ApiPhase>,
        /// Since when it exists.
        created_at: DateTime<Utc>,
    }
    /// A phase of a project: days in the instance's time zone, both included.
    ApiPhase {
        /// Title.
        title: String,
        /// First day.
        starts_on: NaiveDate,
        /// Last day; null for open-ended.
        ends_on: Option<NaiveDate>,
        /// Whether today is one of its days.
        current: bool,
        /// Whether ideas may be posted.
        posting: bool,
        /// Whether comments may be written.
        commenting: bool,
        /// Whether ideas may be supported.
        supporting: bool,
        /// Whether ideas may be opposed.
        opposing: bool,
        /// Whether a text may have no name.
        anonymous: bool,
        /// Whether texts are read before they are shown.
        prescreening: bool,
    }
    /// A project as the team has it, in preparation or not.
    TeamProject {
        /// The part of its address: its name in filters.
        slug: String,
        /// Address of its page on the desk.
        url: String,
        /// Title, in the instance's language.
        title: String,
        /// One sentence.
        summary: String,
        /// `draft`, `published` or `archived`.
        state: String,
        /// Who may see it once it is published: `public`, `link` (whoever has its secret link) or `team`.
        visibility: String,
        /// Heading under which lists show it.
        folder: Option<String>,
        /// Day on which a draft goes online by itself.
        publish_on: Option<NaiveDate>,
        /// Ideas online.
        ideas: i64,
        /// Its timeline, in order.
        phases: Vec<ApiPhase>,
        /// Since when it exists.
        created_at: DateTime<Utc>,
    }
    /// A status of ideas.
    ApiStatus {
        /// Stable code.
        code: StatusCode,
        /// The team's word for it, in the language asked.
        label: String,
    }
    /// A theme, as people or the team named it.
    ApiTheme {
        /// The word.
        theme: String,
        /// Ideas online that carry it.
        ideas: i64,
    }
}

fn phase(ctx: &Ctx, p: &Phase) -> ApiPhase {
    ApiPhase {
        title: p.title.clone(),
        starts_on: p.starts_on,
        ends_on: p.ends_on,
        current: p.holds(ctx.today()),
        posting: p.posting,
        commenting: p.commenting,
        supporting: p.supporting,
        opposing: p.opposing,
        anonymous: p.anonymous,
        prescreening: p.prescreening,
    }
}

fn project(
    ctx: &Ctx,
    frame: &Frame,
    seen: &Seen,
    counts: &[projects::store::Count],
    areas: &[projects::areas::Place],
) -> ApiProject {
    let p = &seen.project;
    ApiProject {
        slug: p.slug.clone(),
        url: frame.address(urls::Project { slug: p.slug.clone() }),
        lang: seen.title_lang().to_owned(),
        title: p.title.clone(),
        summary: p.summary.clone(),
        easy: p.easy.clone(),
        description: p.description.clone(),
        archived: p.state == "archived",
        ideas: counts.iter().find(|c| c.project_id == p.id).map_or(0, |c| c.n),
        areas: areas.iter().map(|a| AreaRef { id: a.id, name: a.name.clone() }).collect(),
        phases: seen.phases.iter().map(|p| phase(ctx, p)).collect(),
        created_at: p.created_at,
    }
}

/// Counting walks through all ideas: a figure of two seconds ago serves as well.
async fn counts(ctx: &Ctx, caches: &Caches) -> Result<Arc<Vec<projects::store::Count>>> {
    caches.counts.get(ctx.now(), (), projects::store::counts(ctx.app.db.read())).await
}

pub(super) fn says_all() -> Operation {
    Operation::read::<api::Listed<ApiProject>>("listProjects", FRAME, "Projects, in the team's order.")
}

/// All projects anybody finds. Public.
///
/// # Errors
/// When the database refuses.
pub(super) async fn all(ctx: Ctx, caches: Arc<Caches>) -> Result<Response> {
    Query::read(&ctx, &says_all())?;
    let frame = Frame::read(&ctx).await?;
    let counts = counts(&ctx, &caches).await?;
    let areas = projects::areas::all(ctx.app.db.read()).await?;
    let of = |s: &Seen| areas.get(&s.project.id).map_or(&[][..], Vec::as_slice);
    let all = frame.projects.iter().map(|s| project(&ctx, &frame, s, &counts, of(s))).collect();
    api::json(&api::Listed::whole(all))
}

pub(super) fn says_one() -> Operation {
    Operation::read::<ApiProject>("getProject", FRAME, "One project.").with([Param::path(
        "slug",
        word_schema(),
        "The part of its address.",
    )])
}

/// One project. Public.
///
/// # Errors
/// `NotFound`, or when the database refuses.
pub(super) async fn one(ctx: Ctx, caches: Arc<Caches>, Path(slug): Path<String>) -> Result<Response> {
    Query::read(&ctx, &says_one())?;
    let frame = Frame::read(&ctx).await?;
    let seen = frame.projects.iter().find(|s| s.project.slug == slug).ok_or(Error::NotFound)?;
    let counts = counts(&ctx, &caches).await?;
    let areas = projects::areas::of(ctx.app.db.read(), seen.project.id).await?;
    api::json(&project(&ctx, &frame, seen, &counts, &areas))
}

/// What a project may be at, as filters ask.
const STATES: [&str; 3] = ["draft", "published", "archived"];

pub(super) fn says_team() -> Operation {
    Operation::read::<api::Listed<TeamProject>>(
        "listTeamProjects",
        DESK,
        "Projects of the token's owner, those in preparation included, in the team's order.",
    )
    .with([Param::query("state", json!({ "type": "string", "enum": STATES }), "Only those in a state.")])
}

/// The projects of the token's owner, whatever their state, without what opens their secret link. Right: read.
///
/// # Errors
/// `BadRequest`, or when the database refuses.
pub(super) async fn team(ctx: Ctx, caches: Arc<Caches>) -> Result<Response> {
    ctx.require(Right::Read, None)?;
    let query = Query::read(&ctx, &says_team())?;
    let c = ctx.app.db.read();
    let (all, all_phases) = (projects::store::all(c).await?, projects::store::all_phases(c).await?);
    let counts = counts(&ctx, &caches).await?;
    let base = ctx.app.base_url(&ctx.settings);
    let wanted = |p: &projects::Project| query.get("state").is_none_or(|state| p.state == state);
    let own = all.into_iter().filter(|p| holds(&ctx.actor, p.id) && wanted(p));
    let told = own.map(|p| TeamProject {
        url: format!("{base}{}", urls::DeskProject { slug: p.slug.clone() }),
        folder: Some(p.folder).filter(|f| !f.is_empty()),
        publish_on: p.publish_on.and_then(|day| day.parse().ok()),
        ideas: counts.iter().find(|c| c.project_id == p.id).map_or(0, |c| c.n),
        phases: all_phases.iter().filter(|(id, _)| *id == p.id).map(|(_, p)| phase(&ctx, p)).collect(),
        slug: p.slug,
        title: p.title,
        summary: p.summary,
        state: p.state,
        visibility: p.visibility,
        created_at: p.created_at,
    });
    api::json(&api::Listed::whole(told.collect()))
}

pub(super) fn says_statuses() -> Operation {
    Operation::read::<api::Listed<ApiStatus>>("listStatuses", FRAME, "Statuses of ideas, in the order of their life.")
}

/// The statuses that citizens see. Public.
///
/// # Errors
/// `BadRequest`.
pub(super) async fn statuses(ctx: Ctx) -> Result<Response> {
    Query::read(&ctx, &says_statuses())?;
    let one = |s: Status| ApiStatus { code: StatusCode(s.code().to_owned()), label: s.words(&ctx) };
    api::json(&api::Listed::whole(Status::PUBLIC.map(one).to_vec()))
}

pub(super) fn says_themes() -> Operation {
    Operation::read::<api::Listed<ApiTheme>>("listThemes", FRAME, "The forty themes with most ideas online.")
        .with([Param::query("project", word_schema(), "Only those of a project, by the part of its address.")])
}

/// The theme words of ideas online, as the filters of the page show them. Public.
///
/// # Errors
/// `NotFound`, or when the database refuses.
pub(super) async fn themes(ctx: Ctx, caches: Arc<Caches>) -> Result<Response> {
    let query = Query::read(&ctx, &says_themes())?;
    let frame = Frame::read(&ctx).await?;
    let named = frame.named(query.get("project"))?;
    let tags = caches.tags.get(ctx.now(), named.clone(), list::tags(ctx.app.db.read(), &named)).await?;
    let all = tags.iter().map(|t| ApiTheme { theme: t.tag.clone(), ideas: t.n }).collect();
    api::json(&api::Listed::whole(all))
}
