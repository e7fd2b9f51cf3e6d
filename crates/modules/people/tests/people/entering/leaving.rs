//! What is held of a person: handed over, kept for a time only, and gone with them.

use std::io::{Cursor, Read};

use chrono::{Datelike, Timelike};
use parvis_kernel::{
    args,
    db::Dialect,
    jobs,
    module::{Forget, Module},
    permission::Role,
    retention,
    settings::MIGRATIONS,
};
use parvis_people::{
    consents, create_owner,
    persons::Profile,
    sessions,
    space::{LAST_OWNER, archive, erase_person, personal_data},
};

use super::*;

/// Tables and text-like columns of the module and of the kernel.
async fn columns(t: &TestApp) -> Vec<(String, String)> {
    let sources = format!("{}{}", MIGRATIONS.map(|m| m.sql).concat(), People.migrations()[0].sql);
    let tables =
        sources.lines().filter_map(|l| l.strip_prefix("CREATE TABLE ")).map(|l| l.trim_end_matches(" (").to_owned());
    let mut all = Vec::new();
    for table in tables {
        let sql = match t.app.db.dialect() {
            Dialect::Sqlite => "SELECT name FROM pragma_table_info($1) AS c",
            Dialect::Postgres => {
                "SELECT CAST(column_name AS TEXT) AS name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1"
            }
        };
        #[derive(sea_orm::FromQueryResult)]
        struct Row {
            name: String,
        }
        let rows: Vec<Row> = db::all(t.app.db.read(), sql, args![table.clone()]).await.unwrap();
        assert!(!rows.is_empty(), "{table} has columns");
        all.extend(rows.into_iter().map(|r| (table.clone(), r.name)));
    }
    all
}

async fn places_of(t: &TestApp, needle: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (table, column) in columns(t).await {
        let sql = format!("SELECT count(*) FROM {table} WHERE lower(CAST({column} AS TEXT)) LIKE $1");
        if db::count(t.app.db.read(), &sql, args![format!("%{needle}%")]).await.unwrap() > 0 {
            found.push(format!("{table}.{column}"));
        }
    }
    found
}

/// A person who left a trace in every table.
async fn somebody(t: &TestApp) -> Uuid {
    write!(t, |tx, app, moment| {
        let settings = Settings::default();
        let visitor = moment.id();
        let asked = Confirmation {
            lang: Lang::Fr,
            visitor,
            email: "Zelda.Quux@exemple.fr",
            name: "Zeldaquux",
            what: Confirms::Idea { waits: false },
            subject: None,
            quote: "Un banc, signé zeldaquux",
            facts: &[],
            agrees: None,
            return_to: "/idees/1",
        };
        assert!(request_confirmation(tx, &app, &settings, &moment, &asked).await?);
        let area = areas::import_geojson(tx, &moment, SQUARES.as_bytes()).await;
        assert!(matches!(area, Ok(2)), "{area:?}");
        let person = persons::ensure(tx, &moment, "Zelda.Quux@exemple.fr", "Zeldaquux", Lang::Fr).await?;
        let area = areas::by_name(tx, "LES ÎLES").await?;
        let profile = Profile { name: "Zeldaquux".into(), area, age: Some("65+".into()), lang: Lang::Fr };
        persons::set_profile(tx, person.id, &profile).await?;
        persons::set_role(tx, person.id, Some(&Role::Moderator(vec![moment.id()]))).await?;
        persons::set_office(tx, person.id, "Adjointe zeldaquux").await?;
        sessions::open(tx, &moment, person.id, "Firefox, Linux").await?;
        consents::record(tx, &moment, person.id, "answers", "email", "given", "J’accepte.", "idea_form").await?;
        Ok(person.id)
    })
    .unwrap()
}

#[tokio::test]
async fn erasing_leaves_nothing_personal() {
    for engine in engines() {
        let t = instance(engine).await;
        let person = somebody(&t).await;
        for needle in ["zeldaquux", "zelda.quux"] {
            assert!(places_of(&t, needle).await.len() >= 3, "the search finds {needle} before");
        }
        write!(t, |tx, app, moment| { erase_person(tx, &app, &moment, person, Forget::EraseTexts).await }).unwrap();
        for needle in ["zeldaquux", "zelda.quux"] {
            assert_eq!(places_of(&t, needle).await, Vec::<String>::new(), "{needle}, {engine:?}");
        }
        jobs::run_due(&t.app).await.unwrap();
        for file in std::fs::read_dir(t.dir.path()).unwrap().map(|f| f.unwrap().path()).filter(|f| f.is_file()) {
            let held = std::fs::read(&file).unwrap().windows(9).any(|w| w == b"zeldaquux");
            assert!(!held, "{}, {engine:?}", file.display());
        }
        for table in ["session", "pass", "consent", "moderator_project", "mail"] {
            let left = db::count(t.app.db.read(), &format!("SELECT count(*) FROM {table}"), vec![]).await.unwrap();
            assert_eq!(left, 0, "{table}");
        }
        assert!(persons::find(t.app.db.read(), person).await.unwrap().is_none());
        let twice = write!(t, |tx, app, moment| { erase_person(tx, &app, &moment, person, Forget::EraseTexts).await });
        assert!(matches!(twice, Err(Error::NotFound)));
        // The same address comes back as somebody new.
        let back = write!(t, |tx, _app, moment| {
            persons::ensure(tx, &moment, "zelda.quux@exemple.fr", "Z", Lang::Fr).await
        });
        assert_ne!(back.unwrap().id, person);
    }
}

#[tokio::test]
async fn the_last_owner_stays_even_when_both_leave_at_once() {
    for engine in engines() {
        let t = instance(engine).await;
        let (a, b) = write!(t, |tx, _app, moment| {
            let a = create_owner(tx, &moment, "a@exemple.fr", "A", Lang::Fr).await?;
            let b = create_owner(tx, &moment, "b@exemple.fr", "B", Lang::Fr).await?;
            Ok((a.id, b.id))
        })
        .unwrap();
        let leave = |person: Uuid| {
            let app = t.app.clone();
            async move {
                let shared = app.clone();
                app.db
                    .write(move |tx| {
                        let app = shared.clone();
                        Box::pin(async move { erase_person(tx, &app, &app.moment(), person, Forget::KeepTexts).await })
                    })
                    .await
            }
        };
        let (one, other) = tokio::join!(leave(a), leave(b));
        let refused =
            [&one, &other].into_iter().filter(|r| matches!(r, Err(Error::Refused(c)) if *c == LAST_OWNER)).count();
        assert_eq!((refused, one.is_ok() || other.is_ok()), (1, true), "{engine:?}: {one:?} {other:?}");
        assert_eq!(persons::team(t.app.db.read()).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn the_download_explains_each_of_its_files() {
    for engine in engines() {
        let t = instance(engine).await;
        let person = somebody(&t).await;
        let data = personal_data(&t.app.db.reader(), person).await.unwrap();
        let bytes = archive(&t.app, &Settings::default(), t.app.clock.now(), &data, &[]).unwrap();
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut readme = String::new();
        zip.by_name("LISEZ-MOI.txt").unwrap().read_to_string(&mut readme).unwrap();
        assert!(!readme.contains('⟦'), "{readme}");
        for name in ["account.json", "consents.json", "sessions.json"] {
            assert!(readme.contains(name), "{name}");
            let mut text = String::new();
            zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
            assert!(!text.contains("token") && !text.contains("hash"));
            let rows: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
            assert_eq!(rows.len(), 1, "{name}: {text}");
        }
        let none = data.iter().filter(|d| d.rows.is_empty()).count();
        assert_eq!(zip.len(), data.len() - none + 2, "a list that holds nothing is no file");
        for data in data.iter().filter(|d| d.rows.is_empty()) {
            assert!(!readme.contains(&format!("{}.json", data.name)));
            assert!(readme.contains(&format!("- {}", t.app.words.get(Lang::Fr, data.about))), "{}", data.name);
        }
        let made = zip.by_name("account.json").unwrap().last_modified().unwrap();
        let now = t.app.clock.now().with_timezone(&Settings::default().tz());
        assert_eq!((i32::from(made.year()), u32::from(made.hour())), (now.year(), now.hour()), "the day it was made");
        let other = t.app.moment().id();
        assert!(personal_data(&t.app.db.reader(), other).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn the_sweep_keeps_what_still_serves() {
    for engine in engines() {
        let t = instance(engine).await;
        let person = somebody(&t).await;
        let sweep = async || {
            t.write(|tx, _, moment| {
                Box::pin(async move {
                    for of in People.retention() {
                        retention::sweep(tx, &of, moment.now - TimeDelta::days(of.days), moment.now).await?;
                    }
                    Ok(())
                })
            })
            .await;
        };
        sweep().await;
        let count = |sql: &'static str| {
            let app = t.app.clone();
            async move { db::count(app.db.read(), sql, vec![]).await.unwrap() }
        };
        assert_eq!((count("SELECT count(*) FROM pass").await, count("SELECT count(*) FROM session").await), (1, 1));
        t.clock.advance(TimeDelta::days(61));
        sweep().await;
        assert_eq!((count("SELECT count(*) FROM pass").await, count("SELECT count(*) FROM session").await), (0, 0));
        assert!(persons::find(t.app.db.read(), person).await.unwrap().is_some());
    }
}
