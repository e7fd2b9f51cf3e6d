//! Programs that are told: each thing once, signed, nothing that was undone or is not public, and no call to a private
//! address whoever asks for it.

use std::sync::{Arc, Mutex};

use axum::http::StatusCode;
use chrono::TimeDelta;
use parvis_instance::webhooks::{self, store as hooks};
use parvis_kernel::{args, db, jobs, news::NewsKind, permission::Role, secrets::hmac_hex};
use parvis_participation::ideas::{
    Status,
    store::{self, Change, New, Stored},
};
use parvis_testing::{Engine, engines};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use uuid::Uuid;

use crate::support::{Site, first_project};

/// Another program: keeps what it is sent, and answers with the status it is told to.
struct Program {
    url: String,
    got: Arc<Mutex<Vec<String>>>,
    status: Arc<Mutex<u16>>,
}

impl Program {
    async fn listen() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://127.0.0.1:{}/crochet", listener.local_addr().unwrap().port());
        let program = Self { url, got: Arc::default(), status: Arc::new(Mutex::new(204)) };
        let (got, status) = (program.got.clone(), program.status.clone());
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut text = Vec::new();
                let mut buffer = [0; 4096];
                while !text.ends_with(b"}") {
                    let n = stream.read(&mut buffer).await.unwrap();
                    text.extend_from_slice(&buffer[..n]);
                    if n == 0 {
                        break;
                    }
                }
                got.lock().unwrap().push(String::from_utf8_lossy(&text).into_owned());
                let answer = format!("HTTP/1.1 {} So\r\n\r\n", *status.lock().unwrap());
                let _ = stream.write_all(answer.as_bytes()).await;
            }
        });
        program
    }

    /// What was told since the last look: event and data.
    fn told(&self) -> Vec<(String, Value)> {
        let all = std::mem::take(&mut *self.got.lock().unwrap());
        let one = |text: String| {
            let body: Value = serde_json::from_str(text.split("\r\n\r\n").nth(1).unwrap()).unwrap();
            (body["event"].as_str().unwrap().to_owned(), body["data"].clone())
        };
        all.into_iter().map(one).collect()
    }
}

/// An instance with its first project and an address that is told everything.
async fn instance(engine: Engine, program: &Program) -> (Site, Uuid, Uuid) {
    let site = Site::open(engine).await;
    let url = program.url.clone();
    let (project, hook) = site
        .test
        .write(move |tx, app, moment| {
            let url = url.clone();
            Box::pin(async move {
                let project = first_project(tx, &app, &moment).await?;
                let hook = hooks::insert(tx, &moment, &url, &NewsKind::ALL).await?;
                Ok((project, hook.id))
            })
        })
        .await;
    (site, project, hook)
}

/// A turn of the job as tests make it: on this machine.
async fn turn(site: &Site, later: TimeDelta) {
    site.test.clock.advance(later);
    webhooks::turn(site.app(), |_| true, false).await.unwrap();
}

async fn post(site: &Site, project: Uuid, status: Status, origin: &'static str) -> Stored {
    site.test
        .write(move |tx, _, moment| {
            Box::pin(async move {
                let new = New { origin, ..New::idea(project, moment.id(), "Un secret de jardinier", status) };
                store::insert(tx, &moment, &new).await
            })
        })
        .await
}

async fn change(site: &Site, idea: Stored, change: Change) {
    site.test
        .write(move |tx, _, moment| {
            let change = change.clone();
            Box::pin(async move { store::change(tx, &moment, idea.id, None, None, &change).await })
        })
        .await;
}

async fn answer(site: &Site, idea: Stored) {
    site.test
        .write(move |tx, _, moment| {
            Box::pin(async move {
                let sql = "INSERT INTO answer (id, contribution_id, status, decision, body, signer, actor_id, status_before, \
                           published_at) VALUES ($1, $2, 'accepted', 'Oui', 'Oui.', 'Samira', $3, 'proposed', $4)";
                db::run(tx, sql, args![moment.id(), idea.id, moment.id(), moment.now]).await
            })
        })
        .await;
}

const SOON: TimeDelta = TimeDelta::seconds(30);
const TEN: TimeDelta = TimeDelta::minutes(10);

#[tokio::test]
async fn each_thing_is_told_once_and_what_is_undone_is_not() {
    for engine in engines() {
        let program = Program::listen().await;
        let (site, project, hook) = instance(engine, &program).await;
        let before = post(&site, project, Status::Proposed, "web").await;
        site.test.clock.advance(TimeDelta::seconds(1));
        let idea = post(&site, project, Status::Proposed, "web").await;
        let waits = post(&site, project, Status::Prescreening, "web").await;
        post(&site, project, Status::Proposed, "import").await;
        turn(&site, SOON).await;
        turn(&site, SOON).await;
        let url = format!("{}/idees/{}", site.app().listens_at, idea.number);
        let told = program.told();
        assert_eq!(told.len(), 1, "{told:?} (not the one of before, {})", before.number);
        assert_eq!((told[0].0.as_str(), &told[0].1["number"]), ("contribution.published", &json!(idea.number)));
        assert_eq!(told[0].1["url"], json!(url));
        assert!(!told[0].1.to_string().contains("secret"), "no text");

        // What waited is told when it goes online; its change of status is the same thing.
        change(&site, waits, Change { status: Some(Status::Proposed), ..Change::default() }).await;
        turn(&site, SOON).await;
        assert_eq!(
            program.told(),
            [("contribution.published".into(), told_data(&site, waits, told[0].1["project"].as_str().unwrap()))]
        );

        answer(&site, idea).await;
        change(&site, idea, Change { status: Some(Status::Accepted), ..Change::default() }).await;
        turn(&site, TEN - SOON).await;
        assert_eq!(program.told(), [], "it can still be undone");
        for table in ["answer", "status_change"] {
            let sql = format!("DELETE FROM {table} WHERE contribution_id = $1");
            site.test
                .write(move |tx, _, _| {
                    let sql = sql.clone();
                    Box::pin(async move { db::run(tx, &sql, args![idea.id]).await })
                })
                .await;
        }
        turn(&site, TEN).await;
        assert_eq!(program.told(), [], "it was undone");
        answer(&site, idea).await;
        change(&site, idea, Change { status: Some(Status::Rejected), ..Change::default() }).await;
        turn(&site, TEN + SOON).await;
        let events: Vec<String> = program.told().into_iter().map(|(event, _)| event).collect();
        assert_eq!(events, ["status.changed", "answer.published"]);
        // What went offline meanwhile is not told.
        answer_hidden(&site, waits).await;
        turn(&site, TEN + SOON).await;
        assert_eq!(program.told(), []);
        let left = hooks::due(site.app().db.read(), hook, site.app().clock.now(), 9).await.unwrap();
        assert!(left.is_empty());
        // It looks again by itself.
        assert_eq!(jobs::unfinished(&site.app().db).await.unwrap(), 1);
    }
}

fn told_data(site: &Site, idea: Stored, slug: &str) -> Value {
    let base = &site.app().listens_at;
    let n = idea.number;
    json!({ "number": n, "kind": "idea", "idea": n, "project": slug, "status": "proposed",
            "url": format!("{base}/idees/{n}"), "api": format!("{base}/api/v1/ideas/{n}") })
}

async fn answer_hidden(site: &Site, idea: Stored) {
    answer(site, idea).await;
    change(site, idea, Change { hidden: Some(true), ..Change::default() }).await;
}

#[tokio::test]
async fn a_call_is_signed_and_tried_again_later_and_later() {
    let program = Program::listen().await;
    let (site, project, id) = instance(Engine::Sqlite, &program).await;
    *program.status.lock().unwrap() = 500;
    site.test.clock.advance(TimeDelta::seconds(1));
    post(&site, project, Status::Proposed, "web").await;
    post(&site, project, Status::Proposed, "web").await;
    turn(&site, SOON).await;
    let first = program.got.lock().unwrap().clone();
    assert_eq!(first.len(), 1, "who does not answer is not asked for each thing");
    let hook = hooks::find(site.app().db.read(), id).await.unwrap();
    let head = |name: &str| {
        let line = first[0].lines().find_map(|l| l.strip_prefix(&format!("{name}: "))).unwrap();
        line.to_owned()
    };
    let signature = head("Parvis-Signature");
    let seconds = signature.split(',').next().unwrap().strip_prefix("t=").unwrap();
    let body = first[0].split("\r\n\r\n").nth(1).unwrap();
    let expected = hmac_hex(&hook.secret(&site.app().secrets), &format!("{seconds}.{body}"));
    assert_eq!(signature, format!("t={seconds},v1={expected}"));
    assert_eq!(head("Parvis-Event"), "contribution.published");
    assert!(body.contains(&head("Parvis-Delivery")));
    // The other waits its turn; the first waits a minute, then five.
    turn(&site, SOON).await;
    turn(&site, TimeDelta::minutes(2)).await;
    *program.status.lock().unwrap() = 200;
    turn(&site, TimeDelta::hours(1)).await;
    let told = hooks::latest(site.app().db.read(), id, 9).await.unwrap();
    assert!(told.iter().all(|d| d.state == "sent" && d.attempts > 1), "{told:?}");
    // One that never answers is given up after seven waits.
    *program.status.lock().unwrap() = 302;
    post(&site, project, Status::Proposed, "web").await;
    for _ in 0..9 {
        turn(&site, TimeDelta::days(2)).await;
    }
    let last = hooks::latest(site.app().db.read(), id, 1).await.unwrap().remove(0);
    assert_eq!((last.state.as_str(), last.attempts, last.error.as_str()), ("failed", 8, "redirect"));
}

#[tokio::test]
async fn a_private_address_is_refused_by_name_on_the_page_and_by_the_job() {
    let site = Site::open(Engine::Sqlite).await;
    let (_, mut owner) = site.team(Role::Owner).await;
    let page = "/equipe/reglages/webhooks";
    owner.get(page).await;
    for bad in [
        "https://169.254.169.254/latest/meta-data",
        "https://127.0.0.1/",
        "https://[::ffff:10.0.0.1]/",
        "https://2130706433/",
        "http://93.184.216.34/",
        "https://me:secret@93.184.216.34/",
        "",
    ] {
        let answer = owner.post(page, &[("adresse", bad), ("quoi", "answer.published")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
        assert!(answer.text.contains("id=\"e-adresse\""), "{bad}");
    }
    let made = owner.post(page, &[("adresse", "https://crochet.invalid/a"), ("quoi", "answer.published")]).await;
    assert_eq!(made.status, StatusCode::OK);
    let secret = made.text.split("id=\"secret\">").nth(1).and_then(|t| t.split('<').next()).unwrap().to_owned();
    assert!(secret.starts_with("whsec_") && !owner.get(page).await.text.contains(&secret));
    let hook = hooks::all(site.app().db.read()).await.unwrap().remove(0);
    let twice = owner.post(page, &[("adresse", "https://crochet.invalid/a"), ("quoi", "answer.published")]).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    // A name that pointed elsewhere when it was added is looked at again at each call.
    let moved = "UPDATE webhook SET url = 'https://localhost/a'";
    site.app().db.write(move |tx| Box::pin(async move { db::run(tx, moved, vec![]).await })).await.unwrap();
    let path = format!("{page}/{}", hook.id);
    let said = owner.post(&path, &[("faire", "essayer")]).await.location;
    let said = owner.get(said.split('#').next().unwrap()).await.text;
    assert!(said.contains("class=\"alert alert-bad\" role=\"status\"") && !said.contains("alert-ok"), "{said}");
    let tried = hooks::latest(site.app().db.read(), hook.id, 1).await.unwrap().remove(0);
    assert_eq!((tried.state.as_str(), tried.error.as_str(), tried.status), ("failed", "private", None));
    let other = owner.post(&path, &[("faire", "secret")]).await;
    assert!(other.text.contains("whsec_") && !other.text.contains(&secret));
    for (what, left) in [("suspendre", 1), ("reprendre", 1), ("supprimer", 0)] {
        assert_eq!(owner.post(&path, &[("faire", what)]).await.status, StatusCode::SEE_OTHER, "{what}");
        assert_eq!(hooks::all(site.app().db.read()).await.unwrap().len(), left);
    }
    let (_, mut moderator) = site.team(Role::Moderator(vec![])).await;
    assert_eq!(moderator.get(page).await.status, StatusCode::FORBIDDEN);
}
