//! What programs read of this room: all that its public pages show, and nothing else.

mod answers;
mod comments;
mod contributions;
mod create;
mod desk;
mod ideas;
pub(crate) mod news;
mod notes;
mod projects;

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Utc};
use parvis_kernel::{
    Ctx, Error, Result,
    api::{Parts, Schema},
    api_type,
    permission::{Access, Scope},
    routes::Routes,
};
use parvis_tables::mask;
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    caches::Caches,
    entry::Told,
    ideas::{Contribution, Status},
    projects::Act,
    seen::{self, Seen},
    urls,
};

pub use answers::{FundingCode, PublishedAnswer};
pub use comments::ApiComment;
pub use ideas::Idea;

/// The section of the document with ideas.
const IDEAS: &str = "Ideas";
/// The section of the document for the team's own programs.
const DESK: &str = "Team";
/// The section of the document with what frames them.
const FRAME: &str = "Projects";

/// The routes programs read.
#[must_use]
pub fn routes(caches: &Arc<Caches>) -> Routes {
    let [all, one, themes, team] = [caches, caches, caches, caches].map(Arc::clone);
    Routes::new()
        .api_get("/api/v1/projects", Access::Public, projects::says_all, move |ctx| projects::all(ctx, all))
        .api_get("/api/v1/projects/{slug}", Access::Public, projects::says_one, move |ctx, slug| {
            projects::one(ctx, one, slug)
        })
        .api_get("/api/v1/statuses", Access::Public, projects::says_statuses, projects::statuses)
        .api_get("/api/v1/themes", Access::Public, projects::says_themes, move |ctx| projects::themes(ctx, themes))
        .api_get("/api/v1/ideas", Access::Public, ideas::says_all, ideas::all)
        .api_get("/api/v1/ideas/{number}", Access::Public, ideas::says_one, ideas::one)
        .api_get("/api/v1/ideas/{number}/comments", Access::Public, comments::says, comments::of)
        .api_get("/api/v1/answers", Access::Public, answers::says, answers::all)
        .api_get("/api/v1/queue", Access::Token(Scope::ReadQueue), desk::says_queue, desk::queue)
        .api_get("/api/v1/reports", Access::Token(Scope::ReadReports), desk::says_reports, desk::reports)
        .api_get("/api/v1/contributions", Access::Token(Scope::ReadAll), contributions::says_all, contributions::all)
        .api_get(
            "/api/v1/contributions/{number}",
            Access::Token(Scope::ReadAll),
            contributions::says_one,
            contributions::one,
        )
        .api_get("/api/v1/contributions/{number}/notes", Access::Token(Scope::ReadNotes), notes::says, notes::of)
        .api_get("/api/v1/team/projects", Access::Token(Scope::ReadProjects), projects::says_team, move |ctx| {
            projects::team(ctx, team)
        })
        .api_post("/api/v1/contributions", Scope::Create, create::says, create::create)
}

/// The code of a status that citizens see.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub struct StatusCode(pub String);

impl Schema for StatusCode {
    fn reference() -> Value {
        json!({ "type": "string", "enum": Status::PUBLIC.map(Status::code) })
    }

    fn parts(_: &mut Parts) {}
}

api_type! {
    /// An area of the town.
    AreaRef {
        /// Key.
        id: Uuid,
        /// Name.
        name: String,
    }
    /// A place on the map, WGS84.
    Point {
        /// Longitude.
        lon: f64,
        /// Latitude.
        lat: f64,
    }
    /// Where and when the team gathered an idea.
    Gathered {
        /// Place, as pages show it.
        place: Option<String>,
        /// Day, `YYYY-MM-DD` where the town is.
        on: String,
    }
    /// Who wrote a text, as far as they said.
    Author {
        /// First name; null for somebody who gave none.
        name: Option<String>,
        /// Office, for a member of the team who wrote as such.
        office: Option<String>,
    }
}

impl Author {
    fn of(c: &Contribution) -> Self {
        let some = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
        Self { name: some(&c.author_name), office: some(&c.office) }
    }
}

/// What every answer about contributions needs: the projects anybody finds, the names of areas, the address of the site.
struct Frame {
    projects: Vec<Seen>,
    areas: HashMap<Uuid, String>,
    base: String,
}

impl Frame {
    async fn read(ctx: &Ctx) -> Result<Self> {
        Ok(Self {
            projects: seen::public(ctx).await?,
            areas: parvis_people::areas::names(ctx.app.db.read()).await?,
            base: ctx.app.base_url(&ctx.settings).to_owned(),
        })
    }

    /// The project of a key, if anybody finds it.
    fn project(&self, id: Uuid) -> Option<&Seen> {
        self.projects.iter().find(|s| s.project.id == id)
    }

    /// The projects to read: the one named, or all.
    fn named(&self, slug: Option<&str>) -> Result<Vec<Uuid>> {
        let of = |s: &Seen| s.project.id;
        match slug {
            None => Ok(self.projects.iter().map(of).collect()),
            Some(slug) => {
                let one = self.projects.iter().find(|s| s.project.slug == slug).ok_or(Error::NotFound)?;
                Ok(vec![of(one)])
            }
        }
    }

    fn slug(&self, id: Uuid) -> String {
        self.project(id).map_or_else(String::new, |s| s.project.slug.clone())
    }

    fn area(&self, id: Option<Uuid>) -> Option<AreaRef> {
        let id = id?;
        Some(AreaRef { id, name: self.areas.get(&id)?.clone() })
    }

    fn address(&self, path: impl std::fmt::Display) -> String {
        format!("{}{path}", self.base)
    }

    fn idea(&self, ctx: &Ctx, c: Contribution, told: &HashMap<Uuid, Told>) -> Idea {
        let told = told.get(&c.id);
        let gathered = told
            .and_then(|t| t.idea.as_ref())
            .map(|(_, place, on)| Gathered { place: Some(mask(place)).filter(|p| !p.is_empty()), on: on.to_string() });
        let opposed = self.project(c.project_id).is_some_and(|s| s.may(ctx, Act::Oppose).is_ok());
        Idea {
            number: c.number,
            url: self.address(urls::Idea { number: c.number }),
            project: self.slug(c.project_id),
            title: mask(&c.heading()),
            text: mask(&c.body),
            lang: c.lang.clone(),
            theme: Some(c.tag.clone()).filter(|t| !t.is_empty()),
            area: self.area(c.area_id),
            place: Some(mask(&c.place)).filter(|p| !p.is_empty()),
            point: c.lon.zip(c.lat).map(|(lon, lat)| Point { lon, lat }),
            author: Author::of(&c),
            status: StatusCode(c.status.clone()),
            created_at: c.created_at,
            published_at: c.published_at,
            answered_at: c.answered_at,
            origin: c.origin.clone(),
            gathered,
            supports: c.supports,
            gathered_supports: told.map_or(0, |t| t.supports),
            opposes: opposed.then_some(c.opposes),
            comments: c.comments,
        }
    }
}

/// The number of a path. What is no number names nothing.
fn number(text: &str) -> Result<i64> {
    text.parse::<i64>().ok().filter(|n| *n > 0 && n.to_string() == text).ok_or(Error::NotFound)
}

/// Schema of a public number in a path.
fn number_schema() -> Value {
    json!({ "type": "integer", "minimum": 1 })
}

/// Schema of a word in a query.
fn word_schema() -> Value {
    json!({ "type": "string", "minLength": 1, "maxLength": 200 })
}

/// A time to sort and to page by.
type At = DateTime<Utc>;
