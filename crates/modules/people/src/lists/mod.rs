//! The lists of this room as files: areas and persons here, and areas as open data.

mod sheets;
mod team;

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use parvis_kernel::{
    Ctx, Result,
    app::App,
    args, db,
    form::Form,
    permission::Right,
    sheet::{Columns, DeskList, OpenData, Row, Sink},
};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    areas,
    directory::{
        Filter, deeds,
        store::{conditions, source, weigh},
    },
};

/// The lists of the desk.
#[must_use]
pub fn all() -> Vec<DeskList> {
    [&OWN[..], &sheets::LISTS[..], &team::LISTS[..], &[crate::import::LIST]].concat()
}

/// Rows read at a time.
const CHUNK: i64 = 500;

const AREA_COLUMNS: Columns = &[
    ("nom", "list-area-name"),
    ("habitants", "list-area-population"),
    ("longitude", "list-area-lon"),
    ("latitude", "list-area-lat"),
];

const PERSON_COLUMNS: Columns = &[
    ("prenom", "list-person-name"),
    ("courriel", "list-person-email"),
    ("telephone", "list-person-phone"),
    ("adresse", "list-person-address"),
    ("langue", "list-person-lang"),
    ("quartier", "list-person-area"),
    ("age", "list-person-age"),
    ("role", "list-person-role"),
    ("fonction", "list-person-office"),
    ("inscrit_le", "list-person-since"),
    ("vu_le", "list-person-seen"),
    ("accords", "list-person-consents"),
];

/// Areas and people. Addresses leave with an administrator only.
const OWN: [DeskList; 2] = [
    DeskList {
        code: "quartiers",
        key: "list-areas",
        right: Right::Read,
        columns: AREA_COLUMNS,
        filters: &[],
        located: true,
        rows: |ctx, _, sink| area_rows(ctx.app.clone(), sink),
    },
    DeskList {
        code: "personnes",
        key: "list-persons",
        right: Right::Administer,
        columns: PERSON_COLUMNS,
        filters: &["q", "quartier", "accord", "role", "origine", "depuis", "acte"],
        located: false,
        rows: people,
    },
];

/// The open data.
pub const SETS: [OpenData; 1] =
    [OpenData { file: "quartiers", key: "list-areas", columns: AREA_COLUMNS, located: true, rows: area_rows }];

fn area_rows(app: Arc<App>, sink: Sink) -> BoxFuture<'static, Result<()>> {
    Box::pin(async move {
        let rows = areas::all(app.db.read()).await?.into_iter().map(|a| Row {
            cells: vec![a.name.into(), a.population.into(), a.lon.into(), a.lat.into()],
            place: Some(a.outline),
        });
        sink.rows(rows.collect()).await
    })
}

#[derive(FromQueryResult)]
struct Person {
    id: Uuid,
    name: String,
    email: Option<String>,
    phone: Option<String>,
    address: String,
    lang: String,
    area_id: Option<Uuid>,
    age: Option<String>,
    role: Option<String>,
    office: String,
    created_at: DateTime<Utc>,
    seen_at: Option<DateTime<Utc>>,
}

#[derive(FromQueryResult)]
struct Consent {
    person_id: Uuid,
    purpose: String,
    channel: String,
    state: String,
}

/// People as the directory finds them.
fn people(ctx: Ctx, f: Form, sink: Sink) -> BoxFuture<'static, Result<()>> {
    Box::pin(async move {
        let c = ctx.app.db.read();
        let areas = areas::names(c).await?;
        let mut filter = Filter::of(&f, &deeds(&ctx.app));
        weigh(c, &mut filter).await?;
        let ((conditions, args), (from, did)) = (conditions(&filter), source(&filter, false));
        let sql = format!(
            "SELECT p.id, p.name, p.email, p.phone, p.address, p.lang, p.area_id, p.age, p.role, p.office, p.created_at, \
             p.seen_at FROM {from} WHERE {did}{conditions} AND p.id > ${} ORDER BY p.id LIMIT ${}",
            args.len() + 1,
            args.len() + 2
        );
        let mut after = Uuid::nil();
        loop {
            let mut args = args.clone();
            args.extend(args![after, CHUNK]);
            let found: Vec<Person> = db::all(c, &sql, args).await?;
            let Some(last) = found.last() else { return Ok(()) };
            let before = std::mem::replace(&mut after, last.id);
            let given = given(&ctx.app, before, after).await?;
            sink.rows(found.into_iter().map(|p| person(p, &areas, &given)).collect()).await?;
        }
    })
}

/// What persons between two keys consent to, the last word of each purpose and channel.
async fn given(app: &App, after: Uuid, until: Uuid) -> Result<HashMap<Uuid, Vec<String>>> {
    let sql = "SELECT person_id, purpose, channel, state FROM consent WHERE person_id > $1 AND person_id <= $2 ORDER BY at, id";
    let mut last: HashMap<(Uuid, String, String), String> = HashMap::new();
    for line in db::all::<Consent>(app.db.read(), sql, args![after, until]).await? {
        last.insert((line.person_id, line.purpose, line.channel), line.state);
    }
    let mut given: HashMap<Uuid, Vec<String>> = HashMap::new();
    for ((person, purpose, channel), _) in last.into_iter().filter(|(_, state)| state == "given") {
        given.entry(person).or_default().push(format!("{purpose} ({channel})"));
    }
    given.values_mut().for_each(|all| all.sort());
    Ok(given)
}

fn person(p: Person, areas: &HashMap<Uuid, String>, given: &HashMap<Uuid, Vec<String>>) -> Row {
    Row::new(vec![
        p.name.into(),
        p.email.into(),
        p.phone.into(),
        p.address.into(),
        p.lang.into(),
        p.area_id.and_then(|id| areas.get(&id)).cloned().into(),
        p.age.into(),
        p.role.into(),
        p.office.into(),
        p.created_at.into(),
        p.seen_at.into(),
        given.get(&p.id).map(|all| all.join(", ")).into(),
    ])
}
