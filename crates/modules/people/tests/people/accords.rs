//! The ledger: which words were read, until when an accord stands, and the entry that says it ended.

use chrono::TimeDelta;
use parvis_kernel::{args, db, permission::Role, retention};
use parvis_people::consents::{self, Consent, expiry};
use parvis_testing::{TestApp, engines};
use uuid::Uuid;

use crate::browser::{Browser, instance_on};

const ASKED: &str = "J’accepte de recevoir des nouvelles.";

async fn say(t: &TestApp, person: Uuid, channel: &'static str, state: &'static str, words: &'static str) {
    t.write(move |tx, _, moment| {
        Box::pin(async move {
            consents::record(tx, &moment, person, "newsletter", channel, state, words, "own_space").await
        })
    })
    .await;
}

async fn newest(t: &TestApp, person: Uuid) -> Consent {
    consents::of_person(t.app.db.read(), person).await.unwrap().remove(0)
}

async fn may(t: &TestApp, person: Uuid) -> bool {
    consents::permits(t.app.db.read(), t.app.clock.now(), person, "newsletter", "email").await.unwrap().is_some()
}

async fn job(t: &TestApp) {
    expiry::run(t.app.clone(), String::new()).await.unwrap();
}

async fn choose(t: &TestApp, days: i64) {
    let text = format!("{{\"days\": {{\"{}\": {days}}}}}", expiry::PERIOD.code);
    t.write(move |tx, _, _| {
        let text = text.clone();
        Box::pin(async move {
            db::run(tx, "DELETE FROM setting WHERE name = $1", args![retention::SETTING]).await?;
            db::run(tx, "INSERT INTO setting (name, value) VALUES ($1, $2)", args![retention::SETTING, text]).await
        })
    })
    .await;
}

#[tokio::test]
async fn words_are_numbered_in_the_order_they_were_shown() {
    for engine in engines() {
        let t = instance_on(engine).await;
        let (lea, ines) = (Browser::new(&t).sign_in("lea@exemple.fr", None).await, Uuid::nil());
        assert_ne!(lea, ines);
        say(&t, lea, "email", "given", ASKED).await;
        let first = newest(&t, lea).await;
        t.clock.advance(TimeDelta::minutes(1));
        say(&t, lea, "email", "given", "Oui, écrivez-moi.").await;
        let second = newest(&t, lea).await;
        t.clock.advance(TimeDelta::minutes(1));
        say(&t, lea, "email", "given", ASKED).await;
        let again = newest(&t, lea).await;
        t.clock.advance(TimeDelta::minutes(1));
        say(&t, lea, "sms", "given", ASKED).await;
        let elsewhere = newest(&t, lea).await;
        t.clock.advance(TimeDelta::minutes(1));
        say(&t, lea, "email", "withdrawn", "").await;
        let silent = newest(&t, lea).await;
        let versions = [first, second, again, elsewhere, silent].map(|c| c.wording_version);
        assert_eq!(versions, [Some(1), Some(2), Some(1), Some(1), None], "on {engine:?}");
        // From before versions: the job numbers them, by their date.
        t.write(|tx, _, _| {
            Box::pin(async move {
                db::run(tx, "UPDATE consent SET wording_version = NULL", vec![]).await?;
                db::run(tx, "DELETE FROM consent_wording", vec![]).await
            })
        })
        .await;
        job(&t).await;
        let ledger = consents::of_person(t.app.db.read(), lea).await.unwrap();
        let versions: Vec<_> = ledger.iter().rev().map(|c| c.wording_version).collect();
        assert_eq!(versions, [Some(1), Some(2), Some(1), Some(1), None], "on {engine:?}");
    }
}

#[tokio::test]
async fn two_at_once_number_new_words_once() {
    for engine in engines() {
        let t = instance_on(engine).await;
        let lea = Browser::new(&t).sign_in("lea@exemple.fr", None).await;
        let ines = Browser::new(&t).sign_in("ines@exemple.fr", None).await;
        let (one, two) =
            (say(&t, lea, "email", "given", "Des nouvelles ?"), say(&t, ines, "email", "given", "Des messages ?"));
        tokio::join!(one, two);
        let mut versions = [newest(&t, lea).await.wording_version, newest(&t, ines).await.wording_version];
        versions.sort_unstable();
        assert_eq!(versions, [Some(1), Some(2)], "on {engine:?}");
    }
}

#[tokio::test]
async fn an_accord_ends_at_its_time_and_the_ledger_says_so_once() {
    for engine in engines() {
        let t = instance_on(engine).await;
        let lea = Browser::new(&t).sign_in("lea@exemple.fr", None).await;
        say(&t, lea, "email", "given", ASKED).await;
        let given = newest(&t, lea).await;
        let end = given.at + TimeDelta::days(1095);
        assert_eq!(given.expires_at, Some(end));
        t.clock.advance(TimeDelta::days(1095) - TimeDelta::minutes(1));
        job(&t).await;
        assert!(may(&t, lea).await, "a minute before, on {engine:?}");
        t.clock.advance(TimeDelta::minutes(1));
        assert!(!may(&t, lea).await, "at its end, even before the job, on {engine:?}");
        t.clock.advance(TimeDelta::minutes(20));
        job(&t).await;
        job(&t).await;
        let ledger = consents::of_person(t.app.db.read(), lea).await.unwrap();
        let last = (ledger[0].state.as_str(), ledger[0].source.as_str(), ledger[0].at, ledger[0].wording_version);
        assert_eq!((ledger.len(), last), (2, ("expired", "expiry", end, Some(1))), "on {engine:?}");
        let journal = "SELECT count(*) FROM activity WHERE kind = 'consent.expired' AND detail = '1'";
        assert_eq!(db::count(t.app.db.read(), journal, vec![]).await.unwrap(), 1);
        // A refusal never ends; an accord given again stands from then on.
        say(&t, lea, "sms", "objected", "").await;
        say(&t, lea, "email", "given", ASKED).await;
        job(&t).await;
        assert!(may(&t, lea).await && newest(&t, lea).await.state == "given", "on {engine:?}");
        assert_eq!(consents::of_person(t.app.db.read(), lea).await.unwrap().len(), 4);
    }
}

#[tokio::test]
async fn a_shorter_time_ends_what_stands_and_a_longer_one_prolongs_nothing() {
    for engine in engines() {
        let t = instance_on(engine).await;
        let lea = Browser::new(&t).sign_in("lea@exemple.fr", None).await;
        say(&t, lea, "email", "given", ASKED).await;
        // Longer than what was said when it was given.
        choose(&t, 1800).await;
        t.clock.advance(TimeDelta::days(1096));
        job(&t).await;
        assert_eq!(newest(&t, lea).await.state, "expired", "on {engine:?}");
        say(&t, lea, "email", "given", ASKED).await;
        let said = newest(&t, lea).await;
        assert_eq!(said.expires_at, Some(said.at + TimeDelta::days(1800)));
        choose(&t, 100).await;
        t.clock.advance(TimeDelta::days(101));
        job(&t).await;
        let ended = newest(&t, lea).await;
        assert_eq!((ended.state.as_str(), ended.at), ("expired", said.at + TimeDelta::days(100)), "on {engine:?}");
    }
}

#[tokio::test]
async fn the_sheet_and_the_own_space_say_until_when() {
    for engine in engines() {
        let t = instance_on(engine).await;
        let mut citizen = Browser::new(&t);
        let lea = citizen.sign_in("lea@exemple.fr", None).await;
        say(&t, lea, "email", "given", ASKED).await;
        let mut b = Browser::new(&t);
        b.sign_in("camille@equipe.fr", Some(Role::Owner)).await;
        let sheet = b.get(&format!("/equipe/personnes/{lea}")).await;
        assert!(sheet.has("Jusqu’au") && sheet.has("23 novembre 2029") && sheet.has("Version 1"), "{}", sheet.body);
        assert_eq!(sheet.body.matches("Jamais demandé").count(), 2, "text messages and calls: {}", sheet.body);
        assert!(citizen.get("/mon-espace").await.has("Jusqu’au 23 novembre 2029"));
        t.clock.advance(TimeDelta::days(1095));
        job(&t).await;
        b.sign_in("camille@equipe.fr", Some(Role::Owner)).await;
        let sheet = b.get(&format!("/equipe/personnes/{lea}")).await;
        assert!(sheet.has("Expiré") && sheet.has("Un accord a pris fin"), "{}", sheet.body);
        citizen.sign_in("lea@exemple.fr", None).await;
        assert!(citizen.get("/mon-espace").await.has("terminé le 23 novembre"));
    }
}

#[tokio::test]
async fn an_accord_on_paper_that_is_too_old_is_refused_beside_its_day() {
    for engine in engines() {
        let t = instance_on(engine).await;
        let lea = Browser::new(&t).sign_in("lea@exemple.fr", None).await;
        let mut b = Browser::new(&t);
        b.sign_in("camille@equipe.fr", Some(Role::Owner)).await;
        let form = [
            ("accord", "newsletter.email"),
            ("origine", "paper"),
            ("date", "2023-11-20"),
            ("texte", ASKED),
            ("preuve", "Classeur 4"),
        ];
        let told = b.post(&format!("/equipe/personnes/{lea}/accords"), &form).await;
        let plain = told.body.replace(['\u{202f}', '\u{a0}'], " ");
        assert!(told.status == 422 && plain.contains("plus de 1 095 jours") && told.has("Classeur 4"), "{plain}");
        assert!(consents::of_person(t.app.db.read(), lea).await.unwrap().is_empty(), "on {engine:?}");
    }
}
