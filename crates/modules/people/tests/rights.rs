//! What a person asks of the team: their data, and to be erased, with a receipt.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a panic here is a failed test")]

mod browser;

use axum::http::{StatusCode, header};
use browser::{Browser, instance_on};
use parvis_kernel::{Error, Refusal, args, db, permission::Role};
use parvis_people::persons;
use parvis_testing::engines;

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

        let done = b.post(&erase, &form).await;
        assert!(done.to().starts_with("/equipe/personnes/recus/"), "on {engine:?}");
        let receipt = b.get(done.to()).await;
        assert!(receipt.has("Reçu d’effacement") && receipt.has("votre compte") && !receipt.has("suzanne"));
        assert!(persons::find(t.app.db.read(), id).await.unwrap().is_none());
        assert!(citizen.get("/mon-espace").await.error.is_some(), "signed out");
        assert!(matches!(b.post(&erase, &form).await.error, Some(Error::NotFound)), "once");
        let mut reader = Browser::new(&t);
        reader.sign_in("ines@equipe.fr", Some(Role::Analyst)).await;
        assert!(matches!(reader.get(done.to()).await.error, Some(Error::Refused(Refusal::NOT_ALLOWED))));
    }
}
