//! Nothing stays of whoever left, in any table, and nothing brings them back.

use std::{fs, io::Write};

use axum::http::StatusCode;
use parvis::{
    commands::{
        backup::{self, BackupArgs},
        restore::{self, RestoreArgs},
    },
    worker,
};
use parvis_instance::keeping::schema::{self, Kind};
use parvis_kernel::{
    args,
    brought::keep::{Place, What},
    db,
    module::{self, Forget},
};
use parvis_participation::ideas::{
    Status,
    store::{self, New},
};
use parvis_people::{consents, erased, passes, persons, sessions, space::erase_person};
use parvis_testing::engines;
use uuid::Uuid;

use crate::support::{Site, first_project};

/// A name and an address that nothing else holds.
const NAME: &str = "Zéphyrine";
const ADDRESS: &str = "Zephyrine.Q@courriel.example";

/// The columns of all tables where a text is found.
async fn found(site: &Site, needle: &str) -> Vec<String> {
    let app = site.app();
    let mut found = Vec::new();
    for table in schema::tables(&module::migrations(&app.modules)).unwrap() {
        for (column, _) in table.columns.iter().filter(|(_, kind)| *kind == Kind::Text) {
            let sql = format!("SELECT count(*) FROM {} WHERE lower({column}) LIKE lower($1)", table.name);
            if db::count(app.db.read(), &sql, args![format!("%{needle}%")]).await.unwrap() > 0 {
                found.push(format!("{}.{column}", table.name));
            }
        }
    }
    found
}

/// A project, and a person who left their name and address wherever one can.
async fn live(site: &Site) -> Uuid {
    site.test
        .write(move |tx, app, moment| {
            Box::pin(async move {
                let project = first_project(tx, &app, &moment).await?;
                let person = persons::ensure(tx, &moment, ADDRESS, NAME, parvis_kernel::words::Lang::Fr).await?;
                sessions::open(tx, &moment, person.id, "Firefox, Linux").await?;
                consents::record(tx, &moment, person.id, "answers", "email", "given", "J’accepte", "idea_form").await?;
                let own = New {
                    author: Some(person.id),
                    author_name: NAME.into(),
                    place: format!("Chez {NAME}"),
                    ..New::idea(project, person.id, format!("Signé {NAME}, {ADDRESS}"), Status::Proposed)
                };
                store::insert(tx, &moment, &own).await?;
                // Left in another browser, and never confirmed there.
                let pending = New {
                    author_name: NAME.into(),
                    pending_email: Some(ADDRESS.to_uppercase()),
                    ..New::idea(project, moment.id(), "Un banc", Status::Prescreening)
                };
                store::insert(tx, &moment, &pending).await?;
                let sql = "INSERT INTO asked_follow (contribution_id, request_id, visitor, email, wording, source, \
                           created_at) SELECT id, id, id, $1, 'J’accepte', 'follow_form', $2 FROM contribution";
                db::run(tx, sql, args![ADDRESS.to_lowercase(), moment.now]).await?;
                for purpose in [passes::Purpose::SignIn, passes::Purpose::Confirm, passes::Purpose::Invite] {
                    let new = passes::NewPass { name: NAME.into(), ..passes::NewPass::new(purpose, ADDRESS, "/") };
                    passes::create(tx, &moment, &new).await?;
                }
                for (i, kind) in ["code", "answer"].into_iter().enumerate() {
                    let mail = parvis_kernel::mail::NewMail {
                        dedupe: format!("test/{i}"),
                        person: (i == 0).then_some(person.id),
                        kind,
                        to: ADDRESS.into(),
                        subject: format!("Bonjour {NAME}"),
                        text: NAME.into(),
                        html: NAME.into(),
                        unsubscribe: String::new(),
                        after: moment.now,
                    };
                    parvis_kernel::mail::queue(tx, &moment, &mail).await?;
                }
                db::run(tx, "UPDATE mail SET state = 'sent' WHERE kind = 'answer'", vec![]).await?;
                let sql = "INSERT INTO refused_address (address, person_id, code, reason, at) \
                           VALUES ($1, $2, 550, 'unknown', $3)";
                // First refused when it was somebody else's; and an address of hers that nobody has any more.
                db::run(tx, sql, args![ADDRESS.to_lowercase(), moment.id(), moment.now]).await?;
                db::run(tx, sql, args![format!("ancienne.{}", ADDRESS.to_lowercase()), person.id, moment.now]).await?;
                Ok(person.id)
            })
        })
        .await
}

/// The places of brought files.
const PLACES: [Place; 2] = [Place("people"), Place("contributions")];

/// Lines that imports refused for another reason name the person too.
async fn refused_lines(site: &Site) -> Uuid {
    let id = Uuid::from_u128(1);
    for place in PLACES {
        let mut file = tempfile::tempfile().unwrap();
        let lines = format!("nom;mail;ligne;motif\r\n{NAME};{ADDRESS};2;date\r\nPaul;paul@b.example;3;date\r\n");
        file.write_all(lines.as_bytes()).unwrap();
        place.put(site.app(), id, What::Refused, file).await.unwrap();
    }
    id
}

async fn erase(site: &Site, person: Uuid) {
    site.test
        .write(move |tx, app, moment| {
            Box::pin(async move { erase_person(tx, &app, &moment, person, Forget::EraseTexts).await })
        })
        .await;
    worker::turn(site.app()).await.unwrap();
}

#[tokio::test]
async fn no_column_of_any_table_names_whoever_left() {
    for engine in engines() {
        let site = Site::open(engine).await;
        let person = live(&site).await;
        parvis_insight::analysis::job::refresh(site.app(), false).await.unwrap();
        assert!(found(&site, NAME).await.len() > 6 && found(&site, ADDRESS).await.len() > 4, "the needles are there");
        let brought = refused_lines(&site).await;
        erase(&site, person).await;
        for place in PLACES {
            let left = place.whole(site.app(), brought, What::Refused).await.unwrap();
            let left = String::from_utf8(left).unwrap();
            assert!(left.contains("\n;;2;date") && left.contains("\nPaul;paul@b.example;3;date"), "{place:?}: {left}");
        }
        for needle in [NAME, ADDRESS] {
            assert_eq!(found(&site, needle).await, Vec::<String>::new(), "{needle} on {engine:?}");
        }
        let read = site.app().db.read();
        assert!(erased::is(read, &site.app().secrets, ADDRESS).await.unwrap());
        assert!(!erased::is(read, &site.app().secrets, "paul@courriel.example").await.unwrap());
        assert!(!fs::read_to_string(site.test.dir.path().join(erased::FILE)).unwrap().contains('@'));
        // Whoever comes back by themselves is somebody new.
        site.test
            .write(move |tx, _, moment| {
                Box::pin(async move { persons::ensure(tx, &moment, ADDRESS, "", parvis_kernel::words::Lang::Fr).await })
            })
            .await;
        assert!(!erased::is(read, &site.app().secrets, ADDRESS).await.unwrap());
    }
}

#[tokio::test]
async fn an_older_backup_brings_nobody_back() {
    for engine in engines() {
        let site = Site::open(engine).await;
        let person = live(&site).await;
        fs::write(site.test.dir.path().join("secret.key"), [7; 32]).unwrap();
        let copies = tempfile::tempdir().unwrap();
        let file = copies.path().join("copy.zip");
        backup::run(site.app(), &BackupArgs { file: Some(file.clone()) }).await.unwrap();
        site.test.clock.advance(chrono::TimeDelta::hours(1));
        erase(&site, person).await;
        let list = site.test.dir.path().join(erased::FILE);

        // Without the list they are back; with it, they are erased again.
        for (with_list, left) in [(false, 1), (true, 0)] {
            let there = Site::empty(engine).await;
            if with_list {
                fs::copy(&list, there.test.dir.path().join(erased::FILE)).unwrap();
            }
            restore::run(there.app(), &RestoreArgs { file: file.clone() }).await.unwrap();
            let known = persons::by_email(there.app().db.read(), ADDRESS).await.unwrap();
            assert_eq!(usize::from(known.is_some()), left);
            assert_eq!(found(&there, NAME).await.is_empty(), left == 0);
            assert_eq!(
                erased::read_file(there.test.dir.path()).unwrap().len(),
                usize::from(with_list),
                "the list stays"
            );
        }
        let again = copies.path().join("again.zip");
        backup::run(site.app(), &BackupArgs { file: Some(again.clone()) }).await.unwrap();
        let mut zip = zip::ZipArchive::new(fs::File::open(again).unwrap()).unwrap();
        assert!(zip.by_name("data/erased").is_err(), "no backup holds the list");
    }
}

/// Whoever comes back.
const INES: &str = "ines@rivemont.example";

/// The number of an idea that anybody may support.
async fn idea(site: &Site) -> i64 {
    site.test
        .write(|tx, app, moment| {
            Box::pin(async move {
                let project = first_project(tx, &app, &moment).await?;
                let new = New::idea(project, moment.id(), "Un banc près du canal", Status::Proposed);
                Ok(store::insert(tx, &moment, &new).await?.number)
            })
        })
        .await
}

/// Supports an idea, erases oneself, comes back under the same address, supports it again: one voice.
#[tokio::test]
async fn who_leaves_and_comes_back_counts_once() {
    for engine in engines() {
        let site = Site::open(engine).await;
        let shown = idea(&site).await;
        let support = format!("/idees/{shown}/soutenir");
        let supports = async || {
            let sql = "SELECT supports FROM contribution WHERE number = $1";
            db::count(site.app().db.read(), sql, args![shown]).await.unwrap()
        };
        for how in [Forget::KeepTexts, Forget::EraseTexts] {
            let (ines, mut browser) = site.citizen("ines").await;
            assert_eq!(browser.post(&support, &[]).await.status, StatusCode::SEE_OTHER);
            assert_eq!(supports().await, 1, "{engine:?}");
            site.test
                .write(move |tx, app, moment| Box::pin(async move { erase_person(tx, &app, &moment, ines, how).await }))
                .await;
            assert_eq!(supports().await, 0, "{engine:?}: a voice leaves with its person");
            // In the browser of before, which is nobody's now; then signed in there with the same address, and elsewhere.
            browser.get("/connexion").await;
            assert_eq!(browser.post(&support, &[]).await.status, StatusCode::SEE_OTHER);
            assert_eq!(supports().await, 0, "{engine:?}: nobody said who they are");
            browser.post("/connexion", &[("courriel", INES)]).await;
            let sql = "SELECT body_text FROM mail WHERE recipient = $1 ORDER BY id DESC LIMIT 1";
            let mail: String = db::scalar(site.app().db.read(), sql, args![INES]).await.unwrap().unwrap();
            let token = mail.split_whitespace().find_map(|word| word.split_once("/connexion/")).unwrap().1;
            let link = format!("/connexion/{token}");
            browser.get(&link).await;
            assert_eq!(browser.post(&link, &[]).await.status, StatusCode::SEE_OTHER);
            assert_eq!(supports().await, 1, "{engine:?}: what this browser held is theirs");
            let (back, mut again) = site.citizen("ines").await;
            assert_ne!(back, ines, "somebody new");
            for browser in [&mut browser, &mut again] {
                browser.get(&format!("/idees/{shown}")).await;
                assert_eq!(browser.post(&support, &[]).await.status, StatusCode::SEE_OTHER);
                assert_eq!(supports().await, 1, "{engine:?}");
            }
            let kept = "SELECT count(*) FROM reaction r JOIN contribution c ON c.id = r.contribution_id \
                        WHERE c.number = $1 AND r.confirmed";
            assert_eq!(db::count(site.app().db.read(), kept, args![shown]).await.unwrap(), 1, "{engine:?}");
            site.test
                .write(move |tx, app, moment| Box::pin(async move { erase_person(tx, &app, &moment, back, how).await }))
                .await;
            assert_eq!(supports().await, 0, "{engine:?}");
        }
    }
}
