//! Whoever downloads their data gets everything that any table holds of them.

use std::collections::BTreeSet;

use parvis_instance::keeping::schema::{self, Kind};
use parvis_kernel::{activity, args, db, mail, module, permission::Role};
use parvis_participation::{
    follows,
    ideas::{
        Status,
        store::{self, New},
    },
    reactions::{self, Reaction},
};
use parvis_people::{consents, passes, persons, sessions};
use parvis_testing::engines;
use sea_orm::FromQueryResult;
use serde_json::Value;
use uuid::Uuid;

use crate::support::{Site, first_project};

const ADDRESS: &str = "zephyrine@courriel.example";

/// Columns that say nothing of a person: hashes, indexes of search, copies made for the analysis, how a thing is kept.
const NOTHING_OF_THEM: [&str; 17] = [
    "person.folded",
    "job.payload",
    "session.token_hash",
    "pass.token_hash",
    "pass.code_hash",
    "person.email_key",
    "contribution.terms",
    "contribution.external_id",
    "mail.dedupe",
    "mail.body_html",
    "mail.unsubscribe",
    "mail.last_error",
    "notice.dedupe",
    "activity.subject_kind",
    "answer.status_before",
    "theme_text.words",
    "import_run.file_name",
];

/// A person who did all that one can do here, a member of the team besides.
async fn live(site: &Site) -> Uuid {
    site.test
        .write(|tx, app, moment| {
            Box::pin(async move {
                let project = first_project(tx, &app, &moment).await?;
                let area = moment.id();
                let sql = "INSERT INTO area (id, name, position, lon, lat, outline) VALUES ($1, 'Les Tanneurs', 1, 4, 44, '{}')";
                db::run(tx, sql, args![area]).await?;
                let me = persons::ensure(tx, &moment, ADDRESS, "Zéphyrine", parvis_kernel::words::Lang::Fr).await?.id;
                persons::set_role(tx, me, Some(&Role::Moderator(vec![project]))).await?;
                let sql = "UPDATE person SET area_id = $2, age = '25-39', office = 'Adjointe aux ponts' WHERE id = $1";
                db::run(tx, sql, args![me, area]).await?;
                sessions::open(tx, &moment, me, "Firefox, Linux").await?;
                consents::record(tx, &moment, me, "answers", "email", "given", "J’accepte tout", "idea_form").await?;
                let mine = New {
                    author: Some(me),
                    author_name: "Zéphyrine Q.".into(),
                    area: Some(area),
                    age: Some("25-39".into()),
                    tag: "passerelle".into(),
                    place: "Quai aux Fleurs".into(),
                    point: Some((4.125, 44.25)),
                    ..New::idea(project, me, "Une passerelle au bout du quai", Status::Proposed)
                };
                let mine = store::insert(tx, &moment, &mine).await?;
                let theirs = New::idea(project, moment.id(), "Un banc", Status::Proposed);
                let theirs = store::insert(tx, &moment, &theirs).await?.id;
                let comment = New {
                    author: Some(me),
                    side: "for".into(),
                    ..New::comment(project, theirs, me, "Oui, à l’ombre", Status::Proposed)
                };
                store::insert(tx, &moment, &comment).await?;
                reactions::set(tx, &moment, theirs, me, true, Some(Reaction::Support)).await?;
                follows::begin(tx, &moment, theirs, me, "J’accepte tout", "idea_page").await?;
                follows::set(tx, theirs, me, follows::Rhythm::Weekly).await?;
                for (sql, id) in [
                    ("INSERT INTO report (id, contribution_id, holder, reason, note, at) \
                      VALUES ($1, $2, $3, 'off_topic', 'Ce banc existe', $4)", theirs),
                    ("INSERT INTO notice (id, contribution_id, person_id, kind, rhythm, dedupe, at) \
                      VALUES ($1, $2, $3, 'change', 'weekly', 'test/2', $4)", theirs),
                    ("INSERT INTO draft (id, contribution_id, visitor, project_id, body, place, created_at) \
                      SELECT $1, $2, $3, project_id, 'Une passerelle, premier jet', 'Quai', $4 FROM contribution \
                      WHERE id = $2", mine.id),
                    ("INSERT INTO answer (id, contribution_id, status, decision, body, cost, next, signer, office, \
                      actor_id, status_before, published_at) VALUES ($1, $2, 'accepted', 'Retenue', 'Nous le ferons', \
                      '3 000 €', 'En mars', 'Zéphyrine Q.', 'Adjointe', $3, 'proposed', $4)", theirs),
                ] {
                    db::run(tx, sql, args![moment.id(), id, me, moment.now]).await?;
                }
                let pass = passes::NewPass {
                    name: "Zéphyrine".into(),
                    about: "idea".into(),
                    quote: "Une passerelle".into(),
                    ..passes::NewPass::new(passes::Purpose::Confirm, ADDRESS, "/idees/1")
                };
                passes::create(tx, &moment, &pass).await?;
                let letter = mail::NewMail {
                    dedupe: "test/1".into(),
                    person: Some(me),
                    kind: "answer",
                    to: ADDRESS.into(),
                    subject: "La mairie a répondu".into(),
                    text: "Votre passerelle se fera".into(),
                    html: "<p>Votre passerelle se fera</p>".into(),
                    unsubscribe: String::new(),
                    after: moment.now,
                };
                mail::queue(tx, &moment, &letter).await?;
                let act = activity::Entry {
                    actor: Some(me),
                    kind: "idea.published",
                    subject_kind: "idea",
                    subject: Some(theirs),
                    project: Some(project),
                    detail: "12",
                };
                activity::record(tx, &moment, act).await?;
                Ok(me)
            })
        })
        .await
}

/// Every word and number of the file.
fn leaves(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Array(all) => all.iter().for_each(|v| leaves(v, into)),
        Value::Object(all) => all.values().for_each(|v| leaves(v, into)),
        Value::String(text) => {
            into.insert(text.clone());
        }
        Value::Number(n) => {
            into.insert(n.as_f64().unwrap().to_string());
        }
        Value::Null | Value::Bool(_) => {}
    }
}

#[derive(FromQueryResult)]
struct Cell {
    value: Option<String>,
}

#[tokio::test]
async fn the_download_holds_all_that_any_table_holds() {
    for engine in engines() {
        let site = Site::open(engine).await;
        let me = live(&site).await;
        let app = site.app();
        let mut given = BTreeSet::new();
        for module in &app.modules {
            for data in module.personal_data(&app.db.reader(), me).await.unwrap() {
                data.rows.iter().for_each(|row| leaves(row, &mut given));
            }
        }
        for word in ["Les Tanneurs", "25-39", "4.125", "44.25", "Quai aux Fleurs"] {
            assert!(given.contains(word), "{word} is missing: {given:?}");
        }
        let (mut tables, mut missing) = (BTreeSet::new(), Vec::new());
        for table in schema::tables(&module::migrations(&app.modules)).unwrap() {
            let of = |kind: Kind| table.columns.iter().filter(move |(_, k)| *k == kind).map(|(name, _)| name.as_str());
            let mut theirs: Vec<String> = of(Kind::Uuid).map(|c| format!("{c} = $1")).collect();
            theirs.extend(of(Kind::Text).map(|c| format!("{c} = $2")));
            if theirs.is_empty() {
                continue;
            }
            for column in of(Kind::Text).chain(of(Kind::Float)) {
                let name = format!("{}.{column}", table.name);
                let sql = format!(
                    "SELECT CAST({column} AS TEXT) AS value FROM {} WHERE (CAST($2 AS TEXT) = $2 AND ({}))",
                    table.name,
                    theirs.join(" OR ")
                );
                let cells: Vec<Cell> = db::all(app.db.read(), &sql, args![me, ADDRESS]).await.unwrap();
                for value in cells.into_iter().filter_map(|c| c.value).filter(|v| !v.is_empty()) {
                    tables.insert(table.name.clone());
                    let number = value.parse::<f64>().map(|n| n.to_string()).unwrap_or_default();
                    if !NOTHING_OF_THEM.contains(&name.as_str()) && !given.contains(&value) && !given.contains(&number)
                    {
                        missing.push(format!("{name}: {value}"));
                    }
                }
            }
        }
        assert_eq!(missing, Vec::<String>::new(), "not in the download, on {engine:?}");
        for name in [
            "person",
            "session",
            "consent",
            "contribution",
            "reaction",
            "follow",
            "notice",
            "report",
            "draft",
            "answer",
            "pass",
            "mail",
            "activity",
        ] {
            assert!(tables.contains(name), "the test fills {name}");
        }
    }
}

#[tokio::test]
async fn the_sheet_of_somebody_with_all_of_that_opens() {
    for engine in engines() {
        let site = Site::open(engine).await;
        let me = live(&site).await;
        let sent = "UPDATE mail SET state = 'sent', sent_at = created_at";
        site.app().db.write(move |tx| Box::pin(async move { db::run(tx, sent, args![]).await })).await.unwrap();
        let (_, mut owner) = site.team(Role::Owner).await;
        let sheet = owner.get(&format!("/equipe/personnes/{me}")).await;
        assert!(sheet.status.is_success(), "{}", sheet.status);
        assert!(sheet.text.contains("La mairie a répondu"), "the mail that left is on the timeline");
    }
}
