//! People for the team's own programs: what a sheet says of how they may be reached. Each reading stands in the journal.

use std::collections::HashMap;

use axum::{extract::Path, response::Response};
use chrono::{DateTime, Utc};
use parvis_kernel::{
    Ctx, Error, Result,
    api::{self, Cursor, Operation, Param, Query},
    api_type, args,
    db::{self, placeholders},
    permission::{Access, Right, Scope},
    routes::Routes,
};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use serde_json::json;
use uuid::Uuid;

use super::{Filter, ORIGINS, ROLES, Reach, store};
use crate::{consents::expiry, urls};

/// In the order people came to be known.
const ORDER: &str = "people";
/// By what they may be reached, as programs say it.
const REACHES: [(&str, Reach); 5] = [
    ("email", Reach::Email),
    ("sms", Reach::Sms),
    ("telephone", Reach::Calls),
    ("nothing", Reach::Nothing),
    ("waiting", Reach::Waiting),
];
/// Roles that may be asked for.
const STAFF: [&str; 4] = ["owner", "administrator", "moderator", "analyst"];

api_type! {
    /// A person of the directory.
    ApiPerson {
        /// Key.
        id: Uuid,
        /// Address of their sheet on the desk.
        url: String,
        /// Name, if they gave one.
        name: Option<String>,
        /// Address for mail.
        email: Option<String>,
        /// Telephone in E.164.
        telephone: Option<String>,
        /// Key of the area of the town they live in.
        area: Option<Uuid>,
        /// Age group, if they gave it.
        age_group: Option<String>,
        /// BCP 47 language of letters to them.
        lang: String,
        /// Role on the team.
        role: Option<String>,
        /// How they came to be known.
        origin: String,
        /// Since when they are known.
        created_at: DateTime<Utc>,
        /// When they last came.
        seen_at: Option<DateTime<Utc>>,
        /// What they accept and what they refuse, as it stands: without an entry nobody may write to them.
        accords: Vec<ApiAccord>,
    }
    /// What a person said of one purpose on one channel, as it stands in the ledger.
    ApiAccord {
        /// Key of the entry of the ledger.
        entry: Uuid,
        /// What for, such as `newsletter`, `answers` (of ideas) or `project_news` (of consultations).
        purpose: String,
        /// `email`, `sms` or `telephone`.
        channel: String,
        /// `given`, `withdrawn`, `expired` or `objected`.
        state: String,
        /// Which version of the words they read.
        wording_version: Option<i64>,
        /// Since when.
        at: DateTime<Utc>,
        /// Until when it stands, if it is given.
        until: Option<DateTime<Utc>>,
    }
}

/// The routes programs read.
#[must_use]
pub fn routes() -> Routes {
    let access = Access::Token(Scope::ReadPeople);
    Routes::new().api_get("/api/v1/people", access, says_all, all).api_get("/api/v1/people/{id}", access, says_one, one)
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    name: String,
    email: Option<String>,
    phone: Option<String>,
    area_id: Option<Uuid>,
    age: Option<String>,
    lang: String,
    role: Option<String>,
    origin: String,
    created_at: DateTime<Utc>,
    seen_at: Option<DateTime<Utc>>,
}

const COLUMNS: &str =
    "p.id, p.name, p.email, p.phone, p.area_id, p.age, p.lang, p.role, p.origin, p.created_at, p.seen_at";

/// What stands in the ledger for each of these people.
async fn accords(c: &impl ConnectionTrait, people: &[Uuid]) -> Result<HashMap<Uuid, Vec<ApiAccord>>> {
    #[derive(FromQueryResult)]
    struct Entry {
        person_id: Uuid,
        id: Uuid,
        purpose: String,
        channel: String,
        state: String,
        wording_version: Option<i64>,
        at: DateTime<Utc>,
        expires_at: Option<DateTime<Utc>>,
    }
    let mut all: HashMap<Uuid, Vec<ApiAccord>> = HashMap::new();
    if people.is_empty() {
        return Ok(all);
    }
    let sql = format!(
        "SELECT person_id, id, purpose, channel, state, wording_version, at, expires_at FROM consent \
         WHERE person_id IN ({}) ORDER BY at DESC, id DESC",
        placeholders(1, people.len())
    );
    let lasts = expiry::lasts(c).await?;
    let rows: Vec<Entry> = db::all(c, &sql, people.iter().map(|id| Value::from(*id)).collect()).await?;
    for e in rows {
        let own = all.entry(e.person_id).or_default();
        if !own.iter().any(|a| a.purpose == e.purpose && a.channel == e.channel) {
            own.push(ApiAccord {
                entry: e.id,
                until: (e.state == "given").then(|| expiry::until(e.at, e.expires_at, lasts)),
                purpose: e.purpose,
                channel: e.channel,
                state: e.state,
                wording_version: e.wording_version,
                at: e.at,
            });
        }
    }
    Ok(all)
}

async fn told(ctx: &Ctx, rows: Vec<Row>) -> Result<Vec<ApiPerson>> {
    let ids: Vec<Uuid> = rows.iter().map(|r| r.id).collect();
    let mut accords = accords(ctx.app.db.read(), &ids).await?;
    let base = ctx.app.base_url(&ctx.settings);
    let one = |r: Row| ApiPerson {
        url: format!("{base}{}", urls::Sheet { id: r.id }),
        name: Some(r.name).filter(|n| !n.is_empty()),
        accords: accords.remove(&r.id).unwrap_or_default(),
        id: r.id,
        email: r.email,
        telephone: r.phone,
        area: r.area_id,
        age_group: r.age,
        lang: r.lang,
        role: r.role,
        origin: r.origin,
        created_at: r.created_at,
        seen_at: r.seen_at,
    };
    Ok(rows.into_iter().map(one).collect())
}

fn says_all() -> Operation {
    let among = |all: &[&str]| json!({ "type": "string", "enum": all });
    let words = json!({ "type": "string", "minLength": 1, "maxLength": 100 });
    Operation::read::<api::Listed<ApiPerson>>("listPeople", "Team", "People of the directory, the oldest first.")
        .with([
            Param::query("q", words, "Name, address or telephone, without regard to accents."),
            Param::query("area", json!({ "type": "string", "format": "uuid" }), "Only those of an area, by its key."),
            Param::query("reach", among(&REACHES.map(|(code, _)| code)), "By what they may be reached."),
            Param::query("role", among(&STAFF), "Only members of the team with a role."),
            Param::query("origin", among(&ORIGINS), "Only those who came to be known in a way."),
        ])
        .with(Param::paging())
}

/// People, as the directory finds them. Right: persons. The journal says how many were read.
///
/// # Errors
/// `BadRequest`, `cursor_unknown`, or when the database refuses.
async fn all(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Persons, None)?;
    let query = Query::read(&ctx, &says_all())?;
    let c = ctx.app.db.read();
    let mut filter = Filter {
        query: query.get("q").unwrap_or_default().to_owned(),
        area: query.key("area"),
        reach: query.get("reach").and_then(|code| REACHES.into_iter().find(|(own, _)| *own == code)).map(|(_, r)| r),
        role: query.get("role").and_then(|role| ROLES.into_iter().find(|own| *own == role)),
        origin: query.get("origin").and_then(|origin| ORIGINS.into_iter().find(|own| *own == origin)),
        page: 1,
        ..Filter::default()
    };
    store::weigh(c, &mut filter).await?;
    let ((conditions, mut args), (from, did)) = (store::conditions(&filter), store::source(&filter, false));
    let after = query.after(ORDER)?.map_or(Uuid::nil(), |cursor| cursor.id);
    let limit = query.limit();
    args.extend(args![after, limit + 1]);
    let sql = format!(
        "SELECT {COLUMNS} FROM {from} WHERE {did}{conditions} AND p.id > ${} ORDER BY p.id LIMIT ${}",
        args.len() - 1,
        args.len()
    );
    let rows: Vec<Row> = db::all(c, &sql, args).await?;
    let people = told(&ctx, rows).await?;
    let page = api::Listed::page(people, limit, |p: &ApiPerson| Cursor::new(ORDER, 0, p.id));
    let read = i64::try_from(page.data.len()).unwrap_or(limit);
    if read > 0 {
        store::searched(&ctx, read).await?;
    }
    api::json(&page)
}

fn says_one() -> Operation {
    Operation::read::<ApiPerson>("getPerson", "Team", "One person of the directory.").with([Param::path(
        "id",
        json!({ "type": "string", "format": "uuid" }),
        "Their key.",
    )])
}

/// One person. Right: persons. The journal says that their sheet was opened.
///
/// # Errors
/// `NotFound`, or when the database refuses.
async fn one(ctx: Ctx, Path(id): Path<String>) -> Result<Response> {
    ctx.require(Right::Persons, None)?;
    Query::read(&ctx, &says_one())?;
    let id: Uuid = id.parse().map_err(|_| Error::NotFound)?;
    let sql =
        format!("SELECT {COLUMNS} FROM person p WHERE p.id = $1 AND p.erased_at IS NULL AND p.merged_into IS NULL");
    let row: Row = db::one(ctx.app.db.read(), &sql, args![id]).await?.ok_or(Error::NotFound)?;
    store::opened(&ctx, id).await?;
    let mut people = told(&ctx, vec![row]).await?;
    api::json(&people.pop().ok_or(Error::NotFound)?)
}
