//! Areas and persons as files: for the desk, and areas as open data.

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
    areas, blocks,
    directory::{Filter, called, store::conditions},
    persons,
};

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

const BLOCK_COLUMNS: Columns = &[
    ("depuis", "list-block-since"),
    ("jusqu_au", "list-block-until"),
    ("personne", "list-block-person"),
    ("motif", "list-block-reason"),
    ("reponse", "list-block-reply"),
    ("repondu_le", "list-block-replied"),
];

/// The lists of the desk. Addresses leave with an administrator only.
pub const LISTS: [DeskList; 3] = [
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
        filters: &["q", "quartier", "accord", "role", "origine", "depuis"],
        located: false,
        rows: people,
    },
    DeskList {
        code: "blocages",
        key: "block-list",
        right: Right::Persons,
        columns: BLOCK_COLUMNS,
        filters: &[],
        located: false,
        rows: blocked,
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
        let (conditions, args) = conditions(&Filter::of(&f));
        let sql = format!(
            "SELECT p.id, p.name, p.email, p.phone, p.address, p.lang, p.area_id, p.age, p.role, p.office, p.created_at, \
             p.seen_at FROM person p WHERE {conditions} AND p.id > ${} ORDER BY p.id LIMIT ${}",
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

/// The blocks that hold, as their page lists them.
fn blocked(ctx: Ctx, _: Form, sink: Sink) -> BoxFuture<'static, Result<()>> {
    Box::pin(async move {
        let c = ctx.app.db.read();
        let mut after = Uuid::nil();
        loop {
            let found = blocks::store::standing_after(c, ctx.now(), after, CHUNK).await?;
            let Some(last) = found.last() else { return Ok(()) };
            after = last.id;
            let mut rows = Vec::with_capacity(found.len());
            for b in found {
                // Empty for a browser without a name.
                let person = match b.person_id {
                    Some(id) => persons::find(c, id).await?.map(|person| called(&ctx, &person)),
                    None => None,
                };
                rows.push(Row::new(vec![
                    b.at.into(),
                    b.ends_at.into(),
                    person.into(),
                    b.reason.into(),
                    b.reply.into(),
                    b.replied_at.into(),
                ]));
            }
            sink.rows(rows).await?;
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
