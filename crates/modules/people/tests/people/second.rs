//! The second factor of the team: begun, asked for, recovered, required, taken away.

use axum::http::StatusCode;
use chrono::TimeDelta;
use parvis_kernel::{Error, Refusal, args, db, permission::Role, settings};
use parvis_people::{
    passes::{self, Purpose},
    persons,
    second::{SECOND_FIRST, SECOND_NEEDED, totp},
};
use parvis_testing::{TestApp, engines};
use uuid::Uuid;

use crate::browser::{Browser, instance_on};

const MANAGE: &str = "/mon-espace/verification";
const VERIFY: &str = "/connexion/verification";

/// The code that the app of a person shows now.
async fn code(t: &TestApp, person: Uuid) -> String {
    let sql = "SELECT salt FROM authenticator WHERE person_id = $1";
    let salt: String = db::scalar(t.app.db.read(), sql, args![person]).await.unwrap().unwrap();
    totp::code(&totp::secret(&t.app.secrets, &salt), t.app.clock.now().timestamp() / 30)
}

/// Follows a new link of this address.
async fn follow(t: &TestApp, b: &mut Browser<'_>, email: &str) -> String {
    let (email, moment) = (email.to_owned(), t.app.moment());
    let link = t
        .app
        .db
        .write(move |tx| {
            let (email, moment) = (email.clone(), moment.clone());
            Box::pin(async move { passes::link_for(tx, &moment, &email, Purpose::SignIn, "/equipe").await })
        })
        .await
        .unwrap();
    b.post(&link, &[]).await.to().to_owned()
}

/// Turns the second factor on, and gives the recovery codes.
async fn begin(t: &TestApp, b: &mut Browser<'_>, person: Uuid) -> Vec<String> {
    assert_eq!(b.post(MANAGE, &[("faire", "commencer")]).await.to(), MANAGE);
    let page = b.get(MANAGE).await;
    assert!(page.has("<svg class=\"qr\"") && page.has("Photographiez"));
    let wrong = b.post(MANAGE, &[("faire", "confirmer"), ("code", "000000")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = b.post(MANAGE, &[("faire", "confirmer"), ("code", &code(t, person).await)]).await;
    page.body.split("<code>").skip(1).map(|c| c.split('<').next().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn no_session_opens_before_the_second_factor() {
    for engine in engines() {
        let t = instance_on(engine).await;
        let mut b = Browser::new(&t);
        let owner = b.sign_in("camille@equipe.fr", Some(Role::Owner)).await;
        let codes = begin(&t, &mut b, owner).await;
        assert_eq!(codes.len(), 10);

        let mut other = Browser::new(&t);
        assert_eq!(other.get(VERIFY).await.to(), "/connexion", "nothing waits");
        assert_eq!(follow(&t, &mut other, "camille@equipe.fr").await, VERIFY);
        assert!(other.session.is_none());
        assert!(matches!(
            other.get("/equipe/reglages/equipe").await.error,
            Some(Error::Refused(Refusal::NOT_SIGNED_IN))
        ));
        let elsewhere = Browser::new(&t).get(VERIFY).await;
        assert_eq!(elsewhere.to(), "/connexion", "another browser");
        // The code that confirmed the app is used up.
        assert_eq!(
            other.post(VERIFY, &[("code", &code(&t, owner).await)]).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        t.clock.advance(TimeDelta::seconds(30));
        let now = code(&t, owner).await;
        assert_eq!(other.post(VERIFY, &[("code", &now)]).await.to(), "/equipe");
        assert!(other.session.is_some(), "on {engine:?}");
        // Neither the code nor the waiting sign-in work twice.
        assert_eq!(other.post(VERIFY, &[("code", &now)]).await.to(), "/connexion");
        let mut third = Browser::new(&t);
        follow(&t, &mut third, "camille@equipe.fr").await;
        assert_eq!(third.post(VERIFY, &[("code", &now)]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        // A recovery code, once, however it is typed.
        let typed = codes[0].to_lowercase().replace('-', " ");
        assert_eq!(third.post(VERIFY, &[("code", &typed)]).await.to(), "/equipe");
        let mut fourth = Browser::new(&t);
        follow(&t, &mut fourth, "camille@equipe.fr").await;
        assert_eq!(fourth.post(VERIFY, &[("code", &codes[0])]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        t.clock.advance(TimeDelta::minutes(11));
        assert_eq!(fourth.post(VERIFY, &[("code", &codes[1])]).await.to(), "/connexion", "it waits ten minutes");
    }
}

#[tokio::test]
async fn five_wrong_codes_end_a_sign_in_and_thirty_a_day_the_guessing() {
    for engine in engines() {
        let t = instance_on(engine).await;
        let mut b = Browser::new(&t);
        let owner = b.sign_in("camille@equipe.fr", Some(Role::Owner)).await;
        begin(&t, &mut b, owner).await;
        t.clock.advance(TimeDelta::minutes(1));
        for round in 0..7 {
            let mut guess = Browser::new(&t);
            guess.address = format!("place {round}");
            follow(&t, &mut guess, "camille@equipe.fr").await;
            for _ in 0..5 {
                let answer = guess.post(VERIFY, &[("code", "000000")]).await;
                assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            }
            let right = guess.post(VERIFY, &[("code", &code(&t, owner).await)]).await;
            assert!(right.status == StatusCode::UNPROCESSABLE_ENTITY && right.has("Trop d’essais"), "{round}");
        }
        // From another place and in a new sign-in: the account's tries of the day are over, the next day it opens again.
        let mut late = Browser::new(&t);
        late.address = "elsewhere".into();
        follow(&t, &mut late, "camille@equipe.fr").await;
        assert!(late.post(VERIFY, &[("code", &code(&t, owner).await)]).await.has("Trop d’essais"));
        t.clock.advance(TimeDelta::days(1));
        follow(&t, &mut late, "camille@equipe.fr").await;
        assert_eq!(late.post(VERIFY, &[("code", &code(&t, owner).await)]).await.to(), "/equipe");
    }
}

#[tokio::test]
async fn an_instance_that_requires_it_lets_no_owner_in_without() {
    for engine in engines() {
        let t = instance_on(engine).await;
        let (mut b, mut admin, mut reader) = (Browser::new(&t), Browser::new(&t), Browser::new(&t));
        let owner = b.sign_in("camille@equipe.fr", Some(Role::Owner)).await;
        let other = admin.sign_in("yann@equipe.fr", Some(Role::Administrator)).await;
        reader.sign_in("ines@equipe.fr", Some(Role::Analyst)).await;
        let require = "/equipe/reglages/equipe/verification";
        let first = b.post(require, &[("exiger", "oui")]).await;
        assert!(matches!(first.error, Some(Error::Refused(SECOND_FIRST))));
        assert!(matches!(
            admin.post(require, &[("exiger", "oui")]).await.error,
            Some(Error::Refused(Refusal::NOT_ALLOWED))
        ));
        begin(&t, &mut b, owner).await;
        assert!(b.post(require, &[("exiger", "oui")]).await.to().contains("verification-exigee"));
        assert!(settings::read(t.app.db.read()).await.unwrap().second_factor);
        // Sessions without it are over, the others go on.
        assert!(matches!(
            admin.get("/equipe/reglages/equipe").await.error,
            Some(Error::Refused(Refusal::NOT_SIGNED_IN))
        ));
        assert_eq!(reader.get("/mon-espace").await.status, StatusCode::OK);
        assert_eq!(b.get("/equipe/reglages/equipe").await.status, StatusCode::OK);
        b.settings.second_factor = true;
        t.clock.advance(TimeDelta::minutes(1));
        let kept = b.post(MANAGE, &[("faire", "retirer"), ("code", &code(&t, owner).await)]).await;
        assert!(matches!(kept.error, Some(Error::Refused(SECOND_NEEDED))));
        // The administrator gets an app before the session.
        let mut fresh = Browser::new(&t);
        assert_eq!(follow(&t, &mut fresh, "yann@equipe.fr").await, VERIFY);
        assert!(fresh.get(VERIFY).await.has("<svg class=\"qr\"") && fresh.session.is_none());
        let codes = fresh.post(VERIFY, &[("code", &code(&t, other).await)]).await;
        assert!(codes.has("Vos codes de secours") && fresh.session.is_some(), "on {engine:?}");
        // Lost: an owner takes it away, and its sessions with it.
        let member = format!("/equipe/reglages/equipe/{other}");
        assert!(b.post(&member, &[("sans-verification", "1")]).await.to().contains("verification-levee"));
        assert!(matches!(fresh.get("/mon-espace").await.error, Some(Error::Refused(Refusal::NOT_SIGNED_IN))));
        // Nothing of it stays with whoever leaves.
        t.write(move |tx, _, moment| Box::pin(async move { persons::erase(tx, owner, moment.now).await })).await;
        for table in ["authenticator", "recovery_code", "second_step"] {
            let sql = format!("SELECT count(*) FROM {table} WHERE person_id = $1");
            assert_eq!(db::count(t.app.db.read(), &sql, args![owner]).await.unwrap(), 0, "{table}");
        }
    }
}

#[tokio::test]
async fn citizens_have_none() {
    for engine in engines() {
        let t = instance_on(engine).await;
        let mut b = Browser::new(&t);
        b.sign_in("lea@exemple.fr", None).await;
        assert!(matches!(b.get(MANAGE).await.error, Some(Error::NotFound)));
        assert!(matches!(b.post(MANAGE, &[("faire", "commencer")]).await.error, Some(Error::NotFound)));
        assert_eq!(follow(&t, &mut Browser::new(&t), "lea@exemple.fr").await, "/equipe");
    }
}
