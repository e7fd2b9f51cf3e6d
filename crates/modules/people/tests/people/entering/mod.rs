//! Passes, entering, leaving, areas and mails, on both databases.

use std::sync::Arc;

use chrono::TimeDelta;
use parvis_kernel::{
    Error, Refusal, Result,
    app::App,
    db, mail,
    module::Identity,
    permission::{Actor, Scope},
    settings::Settings,
    words::Lang,
};
use parvis_people::{
    Confirmation, Confirms, People, SessionIdentity,
    areas::{self, AreaProblem},
    passes::{self, CodeOutcome, NewPass, Purpose},
    persons, request_confirmation,
    sign_in::enter::{Entrant, enter},
    tokens::{self, NewToken},
};
use parvis_testing::{Engine, TestApp, engines, module::Stub};
use uuid::Uuid;

use crate::witness::Witness;

async fn instance(engine: Engine) -> TestApp {
    parvis_testing::app(engine, vec![Arc::new(People), Arc::new(Stub(Witness))], Arc::new(SessionIdentity)).await
}

/// Runs `$body` in a write transaction with `$tx`, `$app`, `$moment`, and clones of what it names.
macro_rules! write {
    ($t:expr, |$tx:ident, $app:ident, $moment:ident $(, $kept:ident)*| $body:block) => {{
        let app = $t.app.clone();
        let moment = app.moment();
        $(let $kept = $kept.clone();)*
        $t.app
            .db
            .write(move |$tx| {
                let ($app, $moment) = (app.clone(), moment.clone());
                $(let $kept = $kept.clone();)*
                Box::pin(async move { $body })
            })
            .await
    }};
}

// After the macro: it uses it.
mod leaving;

fn entrant(visitor: Uuid) -> Entrant {
    Entrant { visitor, before: Actor::Visitor, lang: Lang::Fr, device: "Firefox, Linux".into(), keep: true }
}

fn invalid<T: std::fmt::Debug>(outcome: Result<T>) -> bool {
    matches!(outcome, Err(Error::Refused(Refusal::LINK_INVALID)))
}

async fn new_pass(t: &TestApp, new: NewPass) -> passes::Secret {
    write!(t, |tx, _app, moment, new| { passes::create(tx, &moment, &new).await }).unwrap()
}

async fn use_token(t: &TestApp, token: &str) -> Result<passes::Pass> {
    let token = token.to_owned();
    write!(t, |tx, _app, moment, token| { passes::use_token(tx, &token, moment.now).await })
}

#[tokio::test]
async fn a_link_works_once_for_its_time_and_here_only() {
    for engine in engines() {
        let t = instance(engine).await;
        assert_eq!(NewPass::new(Purpose::SignIn, "a@b.fr", "//evil.example").return_to, "/");
        let secret = new_pass(&t, NewPass::new(Purpose::SignIn, "lea@exemple.fr", "/idees/3")).await;
        let now = t.app.clock.now();
        assert!(invalid(passes::look(t.app.db.read(), "not-a-token", now).await), "unknown");
        let kept: String = db::scalar(t.app.db.read(), "SELECT token_hash FROM pass", vec![]).await.unwrap().unwrap();
        assert!(invalid(use_token(&t, &kept).await), "what the database keeps opens nothing");
        assert!(passes::look(t.app.db.read(), &secret.token, now).await.is_ok(), "looking does not use it");
        let late = now + Purpose::SignIn.lasts() + TimeDelta::seconds(1);
        assert!(invalid(passes::look(t.app.db.read(), &secret.token, late).await), "expired");
        let pass = use_token(&t, &secret.token).await.unwrap();
        assert_eq!((pass.email.as_str(), pass.return_to.as_str()), ("lea@exemple.fr", "/idees/3"));
        assert!(invalid(use_token(&t, &secret.token).await), "used");
        assert!(passes::find(t.app.db.read(), &secret.token).await.unwrap().used_at.is_some(), "and its page says why");
        let demo = new_pass(&t, NewPass::new(Purpose::Demo, "demo@exemple.fr", "/equipe")).await;
        assert!(use_token(&t, &demo.token).await.is_ok() && use_token(&t, &demo.token).await.is_ok());
    }
}

#[tokio::test]
async fn of_two_uses_at_once_one_wins() {
    for engine in engines() {
        let t = instance(engine).await;
        let secret = new_pass(&t, NewPass::new(Purpose::SignIn, "lea@exemple.fr", "/")).await;
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let (app, token) = (t.app.clone(), secret.token.clone());
            tasks.spawn(async move {
                let shared = app.clone();
                app.db
                    .write(move |tx| {
                        let (app, token) = (shared.clone(), token.clone());
                        Box::pin(async move {
                            let moment = app.moment();
                            let pass = passes::use_token(tx, &token, moment.now).await?;
                            enter(tx, &app, &moment, &pass, &entrant(moment.id())).await
                        })
                    })
                    .await
                    .is_ok()
            });
        }
        let won = tasks.join_all().await.into_iter().filter(|ok| *ok).count();
        let sessions = db::count(t.app.db.read(), "SELECT count(*) FROM session", vec![]).await.unwrap();
        assert_eq!((won, sessions), (1, 1), "{engine:?}");
    }
}

async fn try_code(app: &Arc<App>, visitor: Uuid, code: &str) -> CodeOutcome {
    let (now, code) = (app.clock.now(), code.to_owned());
    app.db
        .write(move |tx| {
            let code = code.clone();
            Box::pin(async move { passes::try_code(tx, visitor, &code, now).await })
        })
        .await
        .unwrap()
}

#[tokio::test]
async fn a_code_has_five_tries_even_at_once() {
    for engine in engines() {
        let t = instance(engine).await;
        let visitor = t.app.moment().id();
        let asked = NewPass { visitor: Some(visitor), ..NewPass::new(Purpose::SignIn, "lea@exemple.fr", "/") };
        let secret = new_pass(&t, asked.clone()).await;
        assert!(
            matches!(try_code(&t.app, t.app.moment().id(), &secret.code).await, CodeOutcome::Dead),
            "another browser"
        );
        let wrong = if secret.code == "000000" { "000001" } else { "000000" };
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..30 {
            let app = t.app.clone();
            tasks.spawn(async move { matches!(try_code(&app, visitor, wrong).await, CodeOutcome::Wrong(_)) });
        }
        let counted = tasks.join_all().await.into_iter().filter(|wrong| *wrong).count();
        assert_eq!(counted, 5, "{engine:?}");
        assert!(
            matches!(try_code(&t.app, visitor, &secret.code).await, CodeOutcome::Dead),
            "the right one comes too late"
        );
        // The newest mail has its own code, and spaces don't count.
        t.clock.advance(TimeDelta::minutes(1));
        let fresh = new_pass(&t, asked).await;
        let spaced = format!(" {} {}", fresh.code.get(..3).unwrap(), fresh.code.get(3..).unwrap());
        assert!(matches!(try_code(&t.app, visitor, &spaced).await, CodeOutcome::Right(_)));
    }
}

async fn unions(t: &TestApp) -> i64 {
    db::count(t.app.db.read(), "SELECT count(*) FROM counter WHERE name LIKE 'union %'", vec![]).await.unwrap()
}

#[tokio::test]
async fn entering_unites_the_browser_that_asked() {
    for engine in engines() {
        let t = instance(engine).await;
        let (asked, elsewhere) = (t.app.moment().id(), t.app.moment().id());
        for (purpose, here, expected) in [
            // A confirmation says what it confirms: it holds from any browser.
            (Purpose::Confirm, elsewhere, 1),
            // Anybody may ask a sign-in for an address: only the browser that asked and uses it is joined.
            (Purpose::SignIn, elsewhere, 1),
            (Purpose::SignIn, asked, 2),
        ] {
            let entered = write!(t, |tx, app, moment| {
                let new = NewPass {
                    visitor: Some(asked),
                    name: "Léa".into(),
                    ..NewPass::new(purpose, "Lea@Exemple.fr", "/idees/3")
                };
                let secret = passes::create(tx, &moment, &new).await?;
                let pass = passes::use_token(tx, &secret.token, moment.now).await?;
                enter(tx, &app, &moment, &pass, &entrant(here)).await
            })
            .unwrap();
            assert_eq!(entered.return_to, "/idees/3");
            assert_eq!(unions(&t).await, expected, "{purpose:?}");
            let actor =
                SessionIdentity.actor(&t.app.db, entered.token.as_deref().unwrap(), t.app.clock.now()).await.unwrap();
            assert_eq!(actor.person(), Some(entered.person));
        }
        let persons = db::count(t.app.db.read(), "SELECT count(*) FROM person", vec![]).await.unwrap();
        assert_eq!(persons, 1, "one address, one person, whatever its capitals");
    }
}

const SQUARES: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"nom":"Les Îles","population":900},"geometry":{"type":"Polygon","coordinates":[[[0,47],[0.01,47],[0.01,47.01],[0,47.01],[0,47]]]}},
{"type":"Feature","properties":{"nom":"Gare"},"geometry":{"type":"MultiPolygon","coordinates":[[[[0.02,47],[0.03,47],[0.03,47.01],[0.02,47.01],[0.02,47]]]]}}]}"#;

#[tokio::test]
async fn areas_come_from_a_file_and_a_second_one_corrects_them() {
    for engine in engines() {
        let t = instance(engine).await;
        write!(t, |tx, _app, moment| { Ok(areas::import_geojson(tx, &moment, SQUARES.as_bytes()).await.unwrap()) })
            .unwrap();
        let first = areas::all(t.app.db.read()).await.unwrap();
        let moved = SQUARES.replace("0.01", "0.012").replace(",\"population\":900", "");
        let n = write!(t, |tx, _app, moment, moved| {
            Ok(areas::import_geojson(tx, &moment, moved.as_bytes()).await.unwrap())
        });
        let second = areas::all(t.app.db.read()).await.unwrap();
        assert_eq!((n.unwrap(), second.len()), (2, 2));
        assert_eq!(first[0].id, second[0].id, "its ideas stay");
        assert_eq!(second[0].population, Some(900), "a file that does not say keeps the count");
        assert_ne!(first[0].outline, second[0].outline);
        assert_eq!(areas::rings(&second[1].outline)[0].len(), 5);
        let bad = write!(t, |tx, _app, moment| {
            Ok(matches!(areas::import_geojson(tx, &moment, b"{").await, Err(AreaProblem::NotGeoJson)))
        });
        assert!(bad.unwrap());
    }
}

#[tokio::test]
async fn a_confirmation_is_mailed_in_two_versions_and_within_limits() {
    for engine in engines() {
        let t = instance(engine).await;
        let settings = Settings { name: "Rivemont".into(), contact: "a@b.fr".into(), ..Settings::default() };
        let mut sent = 0;
        for _ in 0..14 {
            sent += usize::from(
                write!(t, |tx, app, moment, settings| {
                    let asked = Confirmation {
                        lang: Lang::Fr,
                        visitor: moment.id(),
                        email: "odette@exemple.fr",
                        name: "Odette <b>",
                        what: Confirms::Comment,
                        subject: None,
                        quote: "Un banc </td><script>",
                        facts: &[("Votre idée".into(), "n° 215".into())],
                        agrees: None,
                        return_to: "/idees/1",
                    };
                    request_confirmation(tx, &app, &settings, &moment, &asked).await
                })
                .unwrap(),
            );
        }
        assert_eq!(sent, 12, "a stranger's mailbox is not filled");
        let mails = mail::latest(&t.app.db, 20).await.unwrap();
        assert_eq!(mails.len(), 12);
        let m = &mails[0];
        assert!(m.body_html.len() < 20_000 && !m.body_html.contains("<script") && !m.body_html.contains("<b>"));
        let link =
            m.body_text.lines().find(|l| l.starts_with("http://localhost:8080/connexion/")).expect("alone on its line");
        assert!(m.body_html.contains(link));
        let code = m.body_text.lines().map(str::trim).find(|l| l.len() == 6 && l.bytes().all(|b| b.is_ascii_digit()));
        assert!(m.body_html.contains(code.expect("alone on its line")));
        assert!(
            m.body_text.lines().all(|l| l != "-- " && (l.chars().count() <= 72 || l.starts_with("http"))),
            "{}",
            m.body_text
        );
        assert!(!m.body_html.contains('⟦') && !m.body_text.contains('⟦'), "no missing words");
        assert!(mail::compose(&settings, m).is_ok());
    }
}

/// What the menu of the settings says of tokens: those that still open something, one's own or all.
#[tokio::test]
async fn tokens_that_open_something_are_counted() {
    for engine in engines() {
        let t = instance(engine).await;
        let moment = t.app.moment();
        let made = moment.clone();
        let (lea, tom) = t
            .app
            .db
            .write(move |tx| {
                let moment = made.clone();
                Box::pin(async move {
                    let lea = persons::ensure(tx, &moment, "lea@exemple.fr", "Léa", Lang::Fr).await?.id;
                    let tom = persons::ensure(tx, &moment, "tom@exemple.fr", "Tom", Lang::Fr).await?.id;
                    for (person, days) in [(lea, 30), (lea, 90), (tom, 365)] {
                        let new = NewToken { name: "site".into(), scopes: vec![Scope::ReadQueue], days };
                        tokens::make(tx, &moment, person, &new).await?;
                    }
                    Ok((lea, tom))
                })
            })
            .await
            .unwrap();
        let db = t.app.db.read();
        for (days, of_all, of_lea, of_tom) in [(0, 3, 2, 1), (30, 2, 1, 1), (90, 1, 0, 1), (365, 0, 0, 0)] {
            let now = moment.now + TimeDelta::days(days);
            assert_eq!(tokens::count(db, None, now).await.unwrap(), of_all, "{engine:?}: day {days}");
            assert_eq!(tokens::count(db, Some(lea), now).await.unwrap(), of_lea, "{engine:?}: day {days}");
            assert_eq!(tokens::count(db, Some(tom), now).await.unwrap(), of_tom, "{engine:?}: day {days}");
        }
    }
}
