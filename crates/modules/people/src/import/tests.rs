use chrono::TimeDelta;
use parvis_kernel::module::Forget;
use parvis_testing::{Engine, TestApp, engines};

use super::*;
use crate::{People, SessionIdentity, space::erase_person};

async fn instance(engine: Engine) -> TestApp {
    parvis_testing::app(engine, vec![Arc::new(People)], Arc::new(SessionIdentity)).await
}

fn found(line: u64, email: &str, phone: &str, agreed: Option<&str>) -> Found {
    Found {
        line,
        name: format!("Léa {line}"),
        email: Some(email.to_owned()).filter(|e| !e.is_empty()),
        phone: Some(phone.to_owned()).filter(|e| !e.is_empty()),
        address: String::new(),
        area: None,
        agreed: agreed.map(|day| day.parse().unwrap()),
    }
}

async fn go(t: &TestApp, people: &[Found], trial: bool) -> Outcome {
    let today = t.app.moment().now.date_naive();
    let origin = Origin { words: "Adhésions 2025".into(), actor: None, today, tz: Tz::Europe__Paris };
    run(&t.app, &t.app.moment(), people.to_vec(), &origin, trial).await.unwrap()
}

#[tokio::test]
async fn nobody_is_written_to_without_an_accord_and_its_day() {
    for engine in engines() {
        let t = instance(engine).await;
        let people = [
            found(2, "a@courriel.example", "+33612345678", Some("2025-03-12")),
            found(3, "b@courriel.example", "", None),
            found(4, "", "+33612345679", Some("2025-03-12")),
        ];
        let told = go(&t, &people, true).await;
        assert_eq!((told.created, told.held), (3, 2));
        let all = "SELECT count(*) FROM person";
        assert_eq!(db::count(t.app.db.read(), all, vec![]).await.unwrap(), 0, "a trial writes nothing");
        assert_eq!(go(&t, &people, false).await, told);
        let read = t.app.db.read();
        let a = persons::by_email(read, "A@courriel.example").await.unwrap().unwrap();
        assert_eq!((a.phone.as_deref(), a.origin.as_str()), (Some("+33612345678"), "import"));
        assert!(consents::permits(read, a.id, "newsletter", "email").await.unwrap().is_some());
        let ledger = consents::of_person(read, a.id).await.unwrap();
        assert_eq!((ledger[0].source.as_str(), ledger[0].proof.as_str()), ("import", "Adhésions 2025"));
        let b = persons::by_email(read, "b@courriel.example").await.unwrap().unwrap();
        assert!(consents::permits(read, b.id, "newsletter", "email").await.unwrap().is_none());
        let again = go(&t, &people, false).await;
        assert_eq!((again.created, again.completed, again.same), (0, 0, 3), "the same file doubles nothing");

        // What she took back since stays taken back; what a sheet lacks is filled, what it says stays.
        t.clock.advance(TimeDelta::days(1));
        t.write(move |tx, _, moment| {
            Box::pin(async move {
                consents::record(tx, &moment, a.id, "newsletter", "email", "withdrawn", "", "own_space").await
            })
        })
        .await;
        let more = Found { name: "Autre".into(), address: "1 place".into(), ..people[0].clone() };
        let told = go(&t, &[more], false).await;
        assert_eq!((told.completed, told.held), (1, 1));
        let a = persons::by_email(t.app.db.read(), "a@courriel.example").await.unwrap().unwrap();
        assert_eq!((a.name.as_str(), a.address.as_str()), ("Léa 2", "1 place"));
    }
}

#[tokio::test]
async fn whoever_was_erased_does_not_come_back_by_address_nor_by_telephone() {
    for engine in engines() {
        let t = instance(engine).await;
        go(&t, &[found(2, "a@courriel.example", "+33612345678", None)], false).await;
        let person = persons::by_email(t.app.db.read(), "a@courriel.example").await.unwrap().unwrap().id;
        t.write(move |tx, app, moment| {
            Box::pin(async move { erase_person(tx, &app, &moment, person, Forget::EraseTexts).await })
        })
        .await;
        let back = [
            found(2, "a@courriel.example", "", None),
            found(3, "", "+33612345678", None),
            found(4, "c@d.example", "", None),
        ];
        let told = go(&t, &back, false).await;
        let codes: Vec<_> = told.refused.iter().map(|r| (r.line, r.code)).collect();
        assert_eq!((codes, told.created), (vec![(2, "erased"), (3, "erased")], 1));
    }
}
