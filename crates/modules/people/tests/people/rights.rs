//! What a person asks of the team: their data, and to be erased, with a receipt.

use std::io::{Cursor, Read};

use axum::http::{StatusCode, header};
use parvis_kernel::{Error, Refusal, args, db, permission::Role, words::Lang};
use parvis_people::persons;
use parvis_testing::engines;

use crate::browser::{Browser, instance_on};

/// The page that explains a file of one's own data.
fn readme(file: &[u8]) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut text = String::new();
    zip.by_name("LISEZ-MOI.txt").unwrap().read_to_string(&mut text).unwrap();
    text
}

fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

#[tokio::test]
async fn data_are_given_and_erased_on_request_with_a_receipt() {
    for engine in engines() {
        let t = instance_on(engine).await;
        let (mut b, mut admin, mut citizen) = (Browser::new(&t), Browser::new(&t), Browser::new(&t));
        let owner = b.sign_in("camille@equipe.fr", Some(Role::Owner)).await;
        admin.sign_in("yann@equipe.fr", Some(Role::Administrator)).await;
        let id = citizen.sign_in("suzanne@exemple.fr", None).await;
        let data = b.post(&format!("/equipe/personnes/{id}/donnees"), &[]).await;
        assert_eq!(data.headers[header::CONTENT_TYPE], "application/zip");
        assert_eq!(data.headers[header::CACHE_CONTROL], "no-store");
        let key: String =
            db::scalar(t.app.db.read(), "SELECT detail FROM activity WHERE kind = 'person.exported'", vec![])
                .await
                .unwrap()
                .unwrap();
        let number = key.replace('-', "").split_off(20).to_uppercase();
        let own = citizen.post("/mon-espace/donnees", &[]).await;
        for file in [&data, &own] {
            let readme = plain(&readme(&file.bytes));
            let day = plain(&parvis_kernel::locale::full(Lang::Fr, t.app.clock.now().date_naive()));
            assert!(readme.contains(&format!("Reçu n° {number} : données remises par l’équipe le {day}.")), "{readme}");
        }
        let none = b.post("/mon-espace/donnees", &[]).await;
        assert!(!readme(&none.bytes).contains("Reçu"), "somebody else's receipt");
        let fetched =
            "SELECT count(*) FROM activity WHERE kind = 'person.exported' AND subject_id = $1 AND actor_id = $2";
        assert_eq!(db::count(t.app.db.read(), fetched, args![id, owner]).await.unwrap(), 1);

        let erase = format!("/equipe/personnes/{id}/effacer");
        for (field, form) in [("textes", vec![("demande", "1")]), ("demande", vec![("textes", "garder")])] {
            let answer = b.post(&erase, &form).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
            assert!(answer.has(&format!("id=\"e-{field}\"")), "{field}");
        }
        assert!(persons::find(t.app.db.read(), id).await.unwrap().is_some());
        let form = [("textes", "effacer"), ("demande", "1")];
        // Owners are an owner's, and oneself is erased from one's own space.
        let denied = admin.post(&format!("/equipe/personnes/{owner}/effacer"), &form).await;
        assert!(matches!(denied.error, Some(Error::Refused(Refusal::NOT_ALLOWED))));
        let own = b.post(&format!("/equipe/personnes/{owner}/effacer"), &form).await;
        assert!(matches!(own.error, Some(Error::Refused(_))));

        b.get(&format!("/equipe/personnes/{id}")).await;
        let done = b.post(&erase, &form).await;
        assert!(done.to().starts_with("/equipe/personnes/recus/"), "on {engine:?}");
        let receipt = b.get(done.to()).await;
        assert!(receipt.has("Effacement, reçu") && receipt.has("Son compte") && !receipt.has("suzanne"));
        // What is gone, and what stays without saying whose: that her sheet was opened.
        let (gone, stays) = receipt.body.split_once("Reste, sans dire de qui").expect("something stays");
        assert!(gone.contains("Son compte") && !stays.contains("Son compte"), "{}", receipt.body);
        assert!(stays.contains("ne mène plus à personne"), "{}", receipt.body);
        let list = b.get("/equipe/personnes/recus").await;
        assert!(list.has("Effacement, reçu") && list.has("Données remises, reçu"), "{}", list.body);
        assert!(!list.has("suzanne") && list.has(done.to()), "on {engine:?}: {}", list.body);
        let export = "SELECT counts FROM erasure_receipt WHERE kind = 'export'";
        let export: String = db::scalar(t.app.db.read(), export, vec![]).await.unwrap().unwrap();
        assert!(export.contains("[\"account\",\"data-account\",1,\"\"]"), "{export}");
        // The journal leads to each receipt, and to no other.
        let sql = "SELECT detail FROM activity WHERE kind = 'person.erased_on_request'";
        let detail: String = db::scalar(t.app.db.read(), sql, vec![]).await.unwrap().unwrap();
        assert!(done.to().ends_with(&detail), "on {engine:?}");
        assert!(persons::find(t.app.db.read(), id).await.unwrap().is_none());
        assert!(citizen.get("/mon-espace").await.error.is_some(), "signed out");
        assert!(matches!(b.post(&erase, &form).await.error, Some(Error::NotFound)), "once");
        let mut reader = Browser::new(&t);
        reader.sign_in("ines@equipe.fr", Some(Role::Analyst)).await;
        assert!(matches!(reader.get(done.to()).await.error, Some(Error::Refused(Refusal::NOT_ALLOWED))));
    }
}

#[tokio::test]
async fn a_receipt_from_before_is_read_and_a_foreign_role_reads_none() {
    for engine in engines() {
        let t = instance_on(engine).await;
        let mut b = Browser::new(&t);
        let owner = b.sign_in("camille@equipe.fr", Some(Role::Owner)).await;
        let sql = "INSERT INTO erasure_receipt (id, actor_id, at, texts, counts) VALUES ($1, $2, $3, $4, $5)";
        let id = t.app.moment().id();
        t.write(move |tx, _, moment| {
            let counts = "[[\"account\",\"data-account\",1],[\"notes\",\"data-notes\",0]]";
            Box::pin(async move { db::run(tx, sql, args![id, owner, moment.now, true, counts]).await })
        })
        .await;
        let page = b.get(&format!("/equipe/personnes/recus/{id}")).await;
        assert!(page.has("Son compte") && !page.has("Reste, sans dire de qui"), "on {engine:?}: {}", page.body);
        for role in [Role::Analyst, Role::Moderator(vec![])] {
            b.sign_in("yann@equipe.fr", Some(role)).await;
            let denied = b.get("/equipe/personnes/recus").await;
            assert!(matches!(denied.error, Some(Error::Refused(Refusal::NOT_ALLOWED))), "on {engine:?}");
        }
    }
}
