//! One letter a day, at its hour, about one's own projects only, and none when nothing waits.

use chrono::TimeDelta;
use parvis_kernel::{
    mail::{self, Mail},
    permission::Role,
    settings,
    words::Lang,
};
use parvis_testing::{Engine, engines};
use proptest::prelude::*;

use super::*;
use crate::{desk::store_tests::Desk, ideas::Status, ideas::store::New};

const PARIS: Tz = Tz::Europe__Paris;

async fn desk(engine: Engine) -> Desk {
    let desk = Desk::open(engine).await;
    let now = desk.moment.now;
    desk.t
        .write(move |tx, _, _| {
            Box::pin(async move { settings::change(tx, |s| s.set_up_at = Some(now)).await.map(drop) })
        })
        .await;
    desk.t.app.store.forget().await;
    desk
}

async fn member(desk: &Desk, name: &'static str, role: Role) -> Uuid {
    desk.t
        .write(move |tx, _, moment| {
            let role = role.clone();
            Box::pin(async move {
                let person = persons::ensure(tx, &moment, &format!("{name}@rivemont.example"), name, Lang::Fr).await?;
                persons::set_role(tx, person.id, Some(&role)).await?;
                Ok(person.id)
            })
        })
        .await
}

async fn letters(desk: &Desk) -> Vec<Mail> {
    let mut all = mail::latest(desk.db(), 99).await.unwrap();
    all.retain(|m| m.kind == "staff");
    all.sort_by(|a, b| a.recipient.cmp(&b.recipient));
    all
}

#[tokio::test]
async fn each_is_told_once_a_day_what_waits_in_their_projects() {
    for engine in engines() {
        let desk = desk(engine).await;
        let elsewhere = crate::desk::store_tests::project(desk.db(), &desk.moment, "Le jardin").await;
        member(&desk, "ada", Role::Administrator).await;
        let lea = member(&desk, "lea", Role::Moderator(vec![elsewhere])).await;
        member(&desk, "nina", Role::Moderator(vec![])).await;
        member(&desk, "rene", Role::Analyst).await;
        // 9 h 12: the hour of today is over when the job first looks, so the first letter is tomorrow's.
        assert_eq!(send(&desk.t.app).await.unwrap(), 0);
        desk.t.clock.advance(TimeDelta::hours(23));
        assert_eq!(send(&desk.t.app).await.unwrap(), 0, "nothing waits");
        desk.idea(Status::Proposed).await;
        desk.write(New::idea(elsewhere, Uuid::from_u128(1), "Des <b>roses</b>", Status::Prescreening)).await;
        assert_eq!(send(&desk.t.app).await.unwrap(), 0, "that day was looked at, silently");
        desk.t.clock.advance(TimeDelta::hours(24));
        let (one, two) = tokio::join!(send(&desk.t.app), send(&desk.t.app));
        assert_eq!(one.unwrap() + two.unwrap(), 2, "two workers at once write once");
        assert_eq!(send(&desk.t.app).await.unwrap(), 0);
        let told = letters(&desk).await;
        let to: Vec<&str> = told.iter().map(|m| m.recipient.as_str()).collect();
        assert_eq!(to, ["ada@rivemont.example", "lea@rivemont.example"]);
        assert!(
            told[0].subject.contains('2') && told[1].subject.contains('1'),
            "{} {}",
            told[0].subject,
            told[1].subject
        );
        for m in &told {
            assert!(!m.body_text.contains('⟦') && !m.body_html.contains('⟦') && !m.subject.contains('⟦'));
            assert!(!m.body_text.contains("roses") && !m.body_html.contains("roses"), "no text of a citizen");
            assert!(m.body_text.contains("/desabonnement/") && m.unsubscribe.contains("/desabonnement/"));
        }
        assert!(told[0].body_text.contains("file=a-repondre") && !told[1].body_text.contains("file=a-repondre"));
        assert!(told[1].body_text.contains("file=a-publier"));
        // The way out stops what waits and what would come.
        let now = desk.t.app.clock.now();
        desk.t.write(move |tx, _, _| Box::pin(stop(tx, lea, now, PARIS))).await;
        desk.t.clock.advance(TimeDelta::hours(24));
        assert_eq!(send(&desk.t.app).await.unwrap(), 1);
        let to: Vec<String> = letters(&desk).await.into_iter().map(|m| m.recipient).collect();
        assert_eq!(to, ["ada@rivemont.example", "ada@rivemont.example"]);
        // And back, at another hour, without a second letter that day.
        let now = desk.t.app.clock.now();
        let choice = Choice { wanted: true, hour: 0 };
        desk.t.write(move |tx, _, _| Box::pin(choose(tx, lea, choice, now, PARIS))).await;
        assert_eq!(send(&desk.t.app).await.unwrap(), 0);
        desk.t.clock.advance(TimeDelta::hours(24));
        assert_eq!(send(&desk.t.app).await.unwrap(), 2);
    }
}

#[tokio::test]
async fn the_choice_is_ones_own_and_the_way_out_needs_no_sign_in() {
    use axum::extract::Path;
    use parvis_kernel::form::Form;

    use crate::{
        desk::page_tests::{app, assert_complete, body, ctx, location},
        follows::{letters, pages as ways_out},
    };
    let t = app().await;
    let me = Uuid::from_u128(9);
    let chosen = async || choice(t.app.db.read(), me).await.unwrap();
    for lang in Lang::ALL {
        let part = pages::part(&ctx(&t, Role::Moderator(vec![]), lang, "/mon-espace"), me).await.unwrap();
        assert!(part.contains("id=\"attend\"") && !part.contains('⟦'), "{part}");
        assert_eq!(pages::part(&ctx(&t, Role::Analyst, lang, "/mon-espace"), me).await.unwrap(), "");
    }
    let save = async |role, fields: &[(&str, &str)]| {
        pages::save(ctx(&t, role, Lang::Fr, "/mon-espace/ce-qui-attend"), Form::of(fields)).await
    };
    assert!(save(Role::Analyst, &[("recevoir", "1")]).await.is_err());
    let done = save(Role::Owner, &[("recevoir", "1"), ("heure", "17")]).await.unwrap();
    assert!(location(&done).contains("fait=attend-enregistre"));
    assert_eq!(chosen().await, Choice { wanted: true, hour: 17 });
    for wrong in ["24", "-1", "midi", ""] {
        save(Role::Owner, &[("recevoir", "1"), ("heure", wrong)]).await.unwrap();
        assert_eq!(chosen().await, Choice { wanted: true, hour: 17 }, "{wrong}");
    }
    let settings = parvis_kernel::settings::Settings::default();
    let stop = letters::unsubscribe(&t.app, &settings, WHAT, me);
    let sealed = stop.rsplit('/').next().unwrap().to_owned();
    let nobody = || ctx(&t, Role::Analyst, Lang::Fr, "/desabonnement");
    let page = body(ways_out::leave(nobody(), Path(sealed.clone())).await.unwrap()).await;
    assert_complete(&page, "the way out");
    assert!(page.contains("ce qui attend") && chosen().await.wanted, "a look changes nothing");
    ways_out::left(nobody(), Path(sealed)).await.unwrap();
    assert_eq!(chosen().await, Choice { wanted: false, hour: 17 });
    save(Role::Owner, &[("heure", "17")]).await.unwrap();
    assert!(!chosen().await.wanted);
    t.write(move |tx, _, _| Box::pin(forget(tx, me))).await;
    assert_eq!(chosen().await, Choice::default());
}

#[test]
fn the_first_letter_comes_at_its_hour() {
    let at = |text: &str| DateTime::parse_from_rfc3339(text).unwrap().to_utc();
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    assert_eq!(begins_after(at("2026-11-24T06:59:00Z"), PARIS, 8), day("2026-11-23"));
    assert_eq!(begins_after(at("2026-11-24T07:00:00Z"), PARIS, 8), day("2026-11-24"));
    assert!(is_due(at("2026-11-24T07:00:00Z"), PARIS, 8, day("2026-11-23")));
    assert!(!is_due(at("2026-11-24T06:59:59Z"), PARIS, 8, day("2026-11-23")));
}

proptest! {
    /// Looked at every quarter of an hour for days on which clocks change too: once each day, never before its hour.
    #[test]
    fn once_each_day(start in 1_700_000_000_i64..1_900_000_000, hour in 0_i64..24) {
        let mut now = DateTime::from_timestamp(start, 0).unwrap();
        let mut looked = begins_after(now, PARIS, hour);
        let mut days = Vec::new();
        for _ in 0..96 * 5 {
            if is_due(now, PARIS, hour, looked) {
                let local = now.with_timezone(&PARIS);
                prop_assert!(i64::from(local.hour()) >= hour);
                looked = local.date_naive();
                days.push(looked);
            }
            now += TimeDelta::minutes(15);
        }
        prop_assert!(days.windows(2).all(|d| d[0] < d[1]));
        prop_assert!((4..=6).contains(&days.len()), "{days:?}");
    }
}
