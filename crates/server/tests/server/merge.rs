//! Two sheets of one person: united everywhere without counting anything twice, and separated exactly.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use parvis_instance::keeping::schema::{self, Kind};
use parvis_kernel::{
    Error, args, db,
    mail::NewMail,
    module::{self, Forget, Merge},
    permission::Role,
    words::Lang,
};
use parvis_participation::{
    follows,
    ideas::{
        Status,
        store::{self, New},
    },
    reactions::{self, Reaction},
};
use parvis_people::{
    consents,
    directory::merge::{self, MERGE_GONE, MERGE_MEMBER, MERGE_SELF, UNMERGE_LATE},
    erased, persons, sessions,
    space::erase_person,
};
use parvis_testing::engines;
use sea_orm::{ConnectionTrait, Statement};
use uuid::Uuid;

use crate::support::{Site, first_project};

/// Two sheets of Suzanne, and ideas that both, one or the other supported.
struct Town {
    kept: Uuid,
    merged: Uuid,
    ideas: Vec<Uuid>,
}

async fn town(site: &Site) -> Town {
    site.test
        .write(move |tx, app, moment| {
            Box::pin(async move {
                let project = first_project(tx, &app, &moment).await?;
                let kept = persons::ensure(tx, &moment, "suzanne@exemple.fr", "Suzanne Perrin", Lang::Fr).await?.id;
                let merged = persons::ensure(tx, &moment, "s.perrin@exemple.fr", "", Lang::Fr).await?.id;
                let mut ideas = Vec::new();
                for author in [kept, merged, kept] {
                    let new = New {
                        author: Some(author),
                        author_name: "Suzanne".into(),
                        ..New::idea(project, author, "Un banc devant la gare", Status::Proposed)
                    };
                    ideas.push(store::insert(tx, &moment, &new).await?.id);
                }
                for (idea, who, what) in [
                    (0, kept, Reaction::Support),
                    (0, merged, Reaction::Support),
                    (1, merged, Reaction::Support),
                    (2, kept, Reaction::Support),
                    (2, merged, Reaction::Oppose),
                ] {
                    reactions::set(tx, &moment, ideas[idea], who, true, Some(what)).await?;
                }
                for (idea, who) in [(0, kept), (0, merged), (1, merged)] {
                    follows::begin(tx, &moment, ideas[idea], who, "J’accepte", "idea_form").await?;
                }
                sessions::open(tx, &moment, merged, "Firefox, Linux").await?;
                consents::record(tx, &moment, kept, "newsletter", "email", "withdrawn", "", "mail_link").await?;
                consents::record(tx, &moment, merged, "newsletter", "email", "given", "J’accepte", "idea_form").await?;
                let mail = NewMail {
                    dedupe: "test".into(),
                    person: Some(merged),
                    kind: "answer",
                    to: "s.perrin@exemple.fr".into(),
                    subject: "Bonjour".into(),
                    text: "Bonjour".into(),
                    html: "Bonjour".into(),
                    unsubscribe: String::new(),
                    after: moment.now,
                };
                parvis_kernel::mail::queue(tx, &moment, &mail).await?;
                let sql = "INSERT INTO refused_address (address, person_id, code, reason, at) VALUES ($1, $2, 550, 'closed', $3)";
                for (address, who) in [("s.perrin@exemple.fr", merged), ("suzanne@exemple.fr", kept)] {
                    db::run(tx, sql, args![address, who, moment.now]).await?;
                }
                Ok(Town { kept, merged, ideas })
            })
        })
        .await
}

async fn unite(site: &Site, kept: Uuid, merged: Uuid) -> parvis_kernel::Result<Uuid> {
    let (app, moment) = (site.app().clone(), site.app().moment());
    site.app()
        .db
        .write(move |tx| {
            let (app, moment) = (app.clone(), moment.clone());
            Box::pin(async move { merge::unite(tx, &app, &moment, None, &Merge { kept, merged }).await })
        })
        .await
}

async fn undo(site: &Site, key: Uuid) -> parvis_kernel::Result<Merge> {
    let (app, moment) = (site.app().clone(), site.app().moment());
    site.app()
        .db
        .write(move |tx| {
            let (app, moment) = (app.clone(), moment.clone());
            Box::pin(async move { merge::undo(tx, &app, &moment, key).await })
        })
        .await
}

/// Every row of every table, but what only says that something was done.
async fn everything(site: &Site) -> BTreeMap<String, Vec<String>> {
    let app = site.app();
    let mut all = BTreeMap::new();
    for table in schema::tables(&module::migrations(&app.modules)).unwrap() {
        if ["activity", "job", "rate", "person_merge", "counter"].contains(&table.name.as_str()) {
            continue;
        }
        let sql = format!("SELECT {} FROM {}", table.names().join(", "), table.name);
        let read = app.db.read();
        let rows = read.query_all_raw(Statement::from_string(read.get_database_backend(), sql)).await.unwrap();
        let mut lines: Vec<String> = rows
            .iter()
            .map(|row| {
                let cell = |(name, kind): &(String, Kind)| match kind {
                    Kind::Uuid => format!("{:?}", row.try_get::<Option<Uuid>>("", name).unwrap()),
                    Kind::Time => {
                        format!("{:?}", row.try_get::<Option<chrono::DateTime<chrono::Utc>>>("", name).unwrap())
                    }
                    Kind::Float => format!("{:?}", row.try_get::<Option<f64>>("", name).unwrap()),
                    Kind::Integer => format!("{:?}", row.try_get::<Option<i64>>("", name).unwrap()),
                    Kind::Boolean => format!("{:?}", row.try_get::<Option<bool>>("", name).unwrap()),
                    Kind::Text => format!("{:?}", row.try_get::<Option<String>>("", name).unwrap()),
                };
                table.columns.iter().map(|c| format!("{}={}", c.0, cell(c))).collect::<Vec<_>>().join(" ")
            })
            .collect();
        lines.sort();
        all.insert(table.name, lines);
    }
    all
}

async fn figures(site: &Site, idea: Uuid) -> (i64, i64) {
    let of = |column: &'static str| async move {
        let sql = format!("SELECT {column} FROM contribution WHERE id = $1");
        db::scalar::<i64>(site.app().db.read(), &sql, args![idea]).await.unwrap().unwrap()
    };
    (of("supports").await, of("opposes").await)
}

#[tokio::test]
async fn two_sheets_become_one_and_two_again_exactly() {
    for engine in engines() {
        let site = Site::open(engine).await;
        let town = town(&site).await;
        let before = everything(&site).await;
        assert_eq!(figures(&site, town.ideas[0]).await, (2, 0));
        let key = unite(&site, town.kept, town.merged).await.unwrap();
        // Each supported idea counts her once; where she disagreed with herself, the sheet that is kept decides.
        let all = [
            figures(&site, town.ideas[0]).await,
            figures(&site, town.ideas[1]).await,
            figures(&site, town.ideas[2]).await,
        ];
        assert_eq!(all, [(1, 0), (1, 0), (1, 0)], "on {engine:?}");
        let read = site.app().db.read();
        // Nothing is left in the other hand, in any table of any module.
        for table in schema::tables(&module::migrations(&site.app().modules)).unwrap() {
            for (column, _) in table.columns.iter().filter(|(_, kind)| *kind == Kind::Uuid) {
                let where_to = format!("{}.{column}", table.name);
                if ["person.id", "person_merge.merged_id", "activity.subject_id"].contains(&where_to.as_str()) {
                    continue;
                }
                let sql = format!("SELECT count(*) FROM {} WHERE {column} = $1", table.name);
                assert_eq!(db::count(read, &sql, args![town.merged]).await.unwrap(), 0, "{where_to} on {engine:?}");
            }
        }
        assert!(persons::find(read, town.merged).await.unwrap().is_none());
        let by_mail = persons::by_email(read, "S.Perrin@exemple.fr").await.unwrap().unwrap();
        assert_eq!(by_mail.id, town.kept, "the other address leads to the sheet that is kept");
        let may = consents::permits(read, site.app().clock.now(), town.kept, "newsletter", "email").await.unwrap();
        assert!(may.is_none(), "the refusal stands");
        assert_eq!(undo(&site, key).await.unwrap().merged, town.merged);
        let after = everything(&site).await;
        for (table, rows) in &before {
            assert_eq!(rows, &after[table], "{table} on {engine:?}");
        }
        assert!(matches!(undo(&site, key).await, Err(Error::Refused(UNMERGE_LATE))), "once");
    }
}

#[tokio::test]
async fn what_can_not_be_united_or_separated() {
    for engine in engines() {
        let site = Site::open(engine).await;
        let town = town(&site).await;
        let is =
            |answer: parvis_kernel::Result<Uuid>, expected| matches!(answer, Err(Error::Refused(r)) if r == expected);
        assert!(is(unite(&site, town.kept, town.kept).await, MERGE_SELF));
        assert!(is(unite(&site, town.kept, Uuid::from_u128(9)).await, MERGE_GONE));
        let (member, _) = site.team(Role::Analyst).await;
        assert!(is(unite(&site, town.kept, member).await, MERGE_MEMBER));
        // Each into the other, at once: one of the two.
        let (one, two) = futures::join!(unite(&site, town.kept, town.merged), unite(&site, town.merged, town.kept));
        assert!(one.is_ok() != two.is_ok(), "on {engine:?}");
        let key = one.or(two).unwrap();
        site.test.clock.advance(TimeDelta::minutes(10));
        assert!(matches!(undo(&site, key).await, Err(Error::Refused(UNMERGE_LATE))), "ten minutes are over");
    }
}

#[tokio::test]
async fn erasing_the_kept_sheet_erases_the_other_address_too() {
    for engine in engines() {
        let site = Site::open(engine).await;
        let town = town(&site).await;
        unite(&site, town.kept, town.merged).await.unwrap();
        let kept = town.kept;
        site.test
            .write(move |tx, app, moment| {
                Box::pin(async move { erase_person(tx, &app, &moment, kept, Forget::EraseTexts).await })
            })
            .await;
        let app = site.app();
        for mail in ["suzanne@exemple.fr", "s.perrin@exemple.fr"] {
            assert!(erased::is(app.db.read(), &app.secrets, mail).await.unwrap(), "{mail} on {engine:?}");
        }
        for (table, rows) in everything(&site).await {
            assert!(!rows.iter().any(|r| r.contains("perrin@") || r.contains("Perrin")), "{table} on {engine:?}");
        }
        let left = "SELECT count(*) FROM person_merge WHERE moved <> ''";
        assert_eq!(db::count(app.db.read(), left, vec![]).await.unwrap(), 0);
    }
}
