//! Ideas and comments in every status, for programs of the team.

use std::collections::HashMap;

use axum::{extract::Path, response::Response};
use chrono::{DateTime, Utc};
use parvis_kernel::{
    Ctx, Error, Result,
    api::{self, Cursor, Listed, Operation, Param, Query},
    api_type, args,
    db::{self, Dialect},
    permission::Right,
};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use serde_json::json;
use uuid::Uuid;

use super::{AreaRef, At, Author, DESK, Point, number, number_schema, word_schema};
use crate::{
    desk::{holds, queue},
    ideas::{Contribution, Status, store},
    projects::{self, Project},
    urls,
};

/// Newest first.
const ORDER: &str = "contributions";
/// Kinds, as kept in the database.
const KINDS: [&str; 2] = ["idea", "comment"];
/// So many projects are read each through its own index; SQLite joins no more than five hundred readings.
const MANY: usize = 100;

api_type! {
    /// An idea or a comment as the desk knows it, whatever became of it.
    DeskContribution {
        /// Public number, the same forever.
        number: i64,
        /// Address of its page on the desk.
        url: String,
        /// `idea` or `comment`.
        kind: String,
        /// The part of its project's address.
        project: String,
        /// Number of the idea that a comment stands under.
        idea: Option<i64>,
        /// Number of the comment that a comment replies to.
        reply_to: Option<i64>,
        /// Number of the idea that it was united with.
        united_with: Option<i64>,
        /// Title, or its first words; empty once it was erased.
        title: String,
        /// Text as it is kept: where it was published without a number or address, without it. Empty once it was erased.
        text: String,
        /// BCP 47 language.
        lang: String,
        /// Theme, as a word.
        theme: Option<String>,
        /// Area of the town.
        area: Option<AreaRef>,
        /// Street or place, as written.
        place: Option<String>,
        /// Where it stands on the map.
        point: Option<Point>,
        /// Who wrote it, as far as they said.
        author: Author,
        /// How it came.
        origin: String,
        /// Code of its status; `prescreening` waits to be read.
        status: String,
        /// Why it was refused or hidden, as its author reads it.
        reason: Option<String>,
        /// Whether anybody who sees its project may read it.
        visible: bool,
        /// Whether reports or the team took it offline.
        hidden: bool,
        /// Whether its author took it back.
        withdrawn: bool,
        /// Reports not settled.
        reports: i64,
        /// Whether its author replied to a decision and waits.
        appeal: bool,
        /// Supports that count.
        supports: i64,
        /// Oppositions that count.
        opposes: i64,
        /// Comments online.
        comments: i64,
        /// When it was written.
        created_at: DateTime<Utc>,
        /// When it went online first.
        published_at: Option<DateTime<Utc>>,
        /// When it was officially answered.
        answered_at: Option<DateTime<Utc>>,
    }
}

pub(super) fn says_all() -> Operation {
    let statuses = Status::ALL.map(Status::code);
    let about = "Ideas and comments in every status, the newest first: hidden, refused, waiting and withdrawn ones too, \
                 and those of projects in preparation.";
    Operation::read::<Listed<DeskContribution>>("listContributions", DESK, about)
        .with([
            Param::query("project", word_schema(), "Only those of a project, by the part of its address."),
            Param::query("kind", json!({ "type": "string", "enum": KINDS }), "Only ideas, or only comments."),
            Param::query("status", json!({ "type": "string", "enum": statuses }), "Only those with a status."),
            Param::query("idea", number_schema(), "Only comments under an idea, by its number."),
        ])
        .with(Param::paging())
}

/// What a list is narrowed to.
struct Narrowed {
    /// `None` for all projects.
    projects: Option<Vec<Uuid>>,
    kind: Option<&'static str>,
    status: Option<Status>,
    idea: Option<Uuid>,
}

/// Contributions of the projects of the token's owner. Right: read.
///
/// # Errors
/// `BadRequest`, `NotFound` for a project or idea that its owner does not see, `cursor_unknown`, or when the database refuses.
pub(super) async fn all(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Read, None)?;
    let query = Query::read(&ctx, &says_all())?;
    let frame = Frame::read(&ctx).await?;
    let db = ctx.app.db.read();
    let narrowed = Narrowed {
        projects: frame.named(&ctx, query.get("project"))?,
        kind: query.get("kind").and_then(|k| KINDS.into_iter().find(|own| *own == k)),
        status: query.get("status").and_then(Status::parse),
        idea: match query.number("idea") {
            Some(number) => Some(frame.own(&store::by_number(db, number).await?)?.id),
            None => None,
        },
    };
    let after = query.after(ORDER)?;
    let keys = keys(db, &narrowed, after.as_ref(), query.limit()).await?;
    let page = Listed::page(keys, query.limit(), |k| Cursor::new(ORDER, k.created_at.timestamp_micros(), k.id));
    let ids: Vec<Uuid> = page.data.iter().map(|k| k.id).collect();
    let mut rows: HashMap<Uuid, Contribution> = queue::by_ids(db, &ids).await?.into_iter().map(|c| (c.id, c)).collect();
    let found: Vec<Contribution> = ids.iter().filter_map(|id| rows.remove(id)).collect();
    let told = frame.told(&ctx, found).await?;
    api::json(&Listed { data: told, next: page.next })
}

pub(super) fn says_one() -> Operation {
    Operation::read::<DeskContribution>("getContribution", DESK, "One idea or comment, whatever became of it.")
        .with([Param::path("number", number_schema(), "Its public number.")])
}

/// One contribution. Right: read, in its project.
///
/// # Errors
/// `NotFound`, the refusal of the permission, or when the database refuses.
pub(super) async fn one(ctx: Ctx, Path(text): Path<String>) -> Result<Response> {
    ctx.require(Right::Read, None)?;
    Query::read(&ctx, &says_one())?;
    let c = store::by_number(ctx.app.db.read(), number(&text)?).await?;
    ctx.require(Right::Read, Some(c.project_id))?;
    let told = Frame::read(&ctx).await?.told(&ctx, vec![c]).await?;
    api::json(told.first().ok_or(Error::NotFound)?)
}

#[derive(FromQueryResult)]
struct Key {
    id: Uuid,
    created_at: At,
}

/// The keys of a page and of one more, newest first. Each project is read in the order of its own index, so that a small
/// one is not looked for among all.
async fn keys(c: &impl ConnectionTrait, n: &Narrowed, after: Option<&Cursor>, limit: i64) -> Result<Vec<Key>> {
    let plain = Dialect::of(c.get_database_backend()).unindexed();
    let mut args = args![limit + 1];
    let mut arg = |value: Value| {
        args.push(value);
        format!("${}", args.len())
    };
    let mut more = String::new();
    if let Some(status) = n.status {
        more += &format!(" AND c.status = {}", arg(status.code().into()));
    }
    if let Some(idea) = n.idea {
        more += &format!(" AND c.idea_id = {}", arg(idea.into()));
    }
    if let Some(after) = after {
        let (at, id) = (arg(after.time()?.into()), arg(after.id.into()));
        more += &format!(" AND c.created_at <= {at} AND (c.created_at < {at} OR c.id < {id})");
    }
    let kinds: Vec<&str> = KINDS.into_iter().filter(|k| n.kind.is_none_or(|own| own == *k)).collect();
    let wheres: Vec<String> = match &n.projects {
        Some(projects) if n.idea.is_none() && projects.len() <= MANY => projects
            .iter()
            .flat_map(|project| {
                let project = arg((*project).into());
                kinds.iter().flat_map(move |kind| {
                    let project = project.clone();
                    ["TRUE", "FALSE"].map(move |visible| {
                        format!("c.project_id = {project} AND c.kind = '{kind}' AND c.visible = {visible}")
                    })
                })
            })
            .collect(),
        projects => {
            let mut all = "TRUE".to_owned();
            if let Some(projects) = projects {
                let ids: Vec<String> = projects.iter().map(|id| arg((*id).into())).collect();
                all += &format!(" AND {plain}c.project_id IN ({})", ids.join(", "));
            }
            if let Some(kind) = n.kind {
                all += &format!(" AND {plain}c.kind = '{kind}'");
            }
            vec![all]
        }
    };
    if wheres.is_empty() {
        return Ok(Vec::new());
    }
    let order = "created_at DESC, id DESC LIMIT $1";
    let readings: Vec<String> = wheres
        .iter()
        .enumerate()
        .map(|(i, w)| {
            format!(
                "SELECT * FROM (SELECT c.id, c.created_at FROM contribution c WHERE {w}{more} \
                 ORDER BY c.created_at DESC, c.id DESC LIMIT $1) AS r{i}"
            )
        })
        .collect();
    db::all(c, &format!("SELECT * FROM ({}) AS k ORDER BY {order}", readings.join(" UNION ALL ")), args).await
}

/// The projects that the token's owner sees, and what answers about them need.
struct Frame {
    projects: Vec<Project>,
    areas: HashMap<Uuid, String>,
    base: String,
}

impl Frame {
    async fn read(ctx: &Ctx) -> Result<Self> {
        let db = ctx.app.db.read();
        let mut projects = projects::store::all(db).await?;
        projects.retain(|p| holds(&ctx.actor, p.id));
        let base = ctx.app.base_url(&ctx.settings).to_owned();
        Ok(Self { projects, areas: parvis_people::areas::names(db).await?, base })
    }

    /// The project of an address, else those its owner is limited to.
    fn named(&self, ctx: &Ctx, slug: Option<&str>) -> Result<Option<Vec<Uuid>>> {
        let Some(slug) = slug else { return Ok(ctx.actor.projects().map(<[Uuid]>::to_vec)) };
        let one = self.projects.iter().find(|p| p.slug == slug).ok_or(Error::NotFound)?;
        Ok(Some(vec![one.id]))
    }

    /// The same contribution, if its project is among them.
    fn own<'a>(&self, c: &'a Contribution) -> Result<&'a Contribution> {
        if self.projects.iter().any(|p| p.id == c.project_id) { Ok(c) } else { Err(Error::NotFound) }
    }

    async fn told(&self, ctx: &Ctx, found: Vec<Contribution>) -> Result<Vec<DeskContribution>> {
        let others: Vec<Uuid> = found.iter().flat_map(|c| [c.idea_id, c.reply_to, c.merged_into]).flatten().collect();
        let others = queue::by_ids(ctx.app.db.read(), &others).await?;
        let numbers: HashMap<Uuid, i64> = others.into_iter().map(|c| (c.id, c.number)).collect();
        Ok(found.into_iter().map(|c| self.one(&numbers, c)).collect())
    }

    fn one(&self, numbers: &HashMap<Uuid, i64>, c: Contribution) -> DeskContribution {
        let some = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
        let of = |id: Option<Uuid>| id.and_then(|id| numbers.get(&id)).copied();
        DeskContribution {
            number: c.number,
            url: format!("{}{}", self.base, urls::Handle { number: c.number }),
            project: self.projects.iter().find(|p| p.id == c.project_id).map_or_else(String::new, |p| p.slug.clone()),
            idea: of(c.idea_id),
            reply_to: of(c.reply_to),
            united_with: of(c.merged_into),
            title: if c.body.is_empty() { String::new() } else { c.heading() },
            theme: some(&c.tag),
            area: c.area_id.and_then(|id| Some(AreaRef { id, name: self.areas.get(&id)?.clone() })),
            place: some(&c.place),
            point: c.lon.zip(c.lat).map(|(lon, lat)| Point { lon, lat }),
            author: Author::of(&c),
            reason: some(&c.reason),
            kind: c.kind,
            text: c.body,
            lang: c.lang,
            origin: c.origin,
            status: c.status,
            visible: c.visible,
            hidden: c.hidden,
            withdrawn: c.withdrawn,
            reports: c.reports,
            appeal: c.appeal,
            supports: c.supports,
            opposes: c.opposes,
            comments: c.comments,
            created_at: c.created_at,
            published_at: c.published_at,
            answered_at: c.answered_at,
        }
    }
}
