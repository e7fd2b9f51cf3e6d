//! Several processes on one PostgreSQL and one folder behave as one: two that serve, and a worker.

use std::{
    path::Path,
    process::{Child, Stdio},
    sync::Arc,
};

use chrono::TimeDelta;
use parvis::{
    compose::{self, Place},
    seed,
};
use parvis_kernel::{
    app::App,
    args, db, jobs,
    rate::{Limit, Readings},
};
use parvis_testing::{Engine, TestDb, engines};

use crate::support::{
    Site,
    process::{Running, Server, Taken, Visitor, each_once, mail_server, parvis, queue, until},
};

/// Where the processes live.
struct Home {
    test: TestDb,
}

impl Home {
    /// A database without a single table, an empty folder.
    async fn open() -> Self {
        Self { test: TestDb::bare(Engine::Postgres).await }
    }

    fn folder(&self) -> &Path {
        self.test.dir.path()
    }

    fn start(&self, args: &[&str]) -> Child {
        let mut command = parvis(self.folder(), args);
        command.env("PARVIS_DATABASE_URL", &self.test.url).stdout(Stdio::piped()).stderr(Stdio::null());
        command.spawn().unwrap()
    }

    fn worker(&self) -> Running {
        Running(self.start(&["worker"]))
    }

    /// The same instance, seen from the test.
    async fn app(&self) -> Arc<App> {
        let place = Place {
            data: self.folder().to_owned(),
            database_url: Some(self.test.url.clone()),
            listens_at: "http://localhost:8080".into(),
        };
        compose::open(&place).await.unwrap()
    }
}

async fn count(app: &App, sql: &str) -> i64 {
    db::count(app.db.read(), sql, vec![]).await.unwrap()
}

/// A picture of one pixel.
const PNG: &[u8] =
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\
    \x89\x00\x00\x00\rIDATx\xdacd`\xf8_\x0f\x00\x02\x87\x01\x80\xebG\xba\x92\x00\x00\x00\x00IEND\xaeB`\x82";

/// Signs in with a link of the command line, seen at one process and pressed at the other.
async fn sign_in(home: &Home, seen: &Server, pressed: &Server) -> Visitor {
    let said = home.start(&["admin", "create", "ines@rivemont.example"]).wait_with_output().unwrap();
    let said = String::from_utf8(said.stdout).unwrap();
    let path = said.split("http://").nth(1).unwrap().split_once('/').unwrap().1.trim().to_owned();
    let mut ines = Visitor::default();
    assert_eq!(ines.get(seen, &format!("/{path}")).await.status, 200);
    let entered = ines.post(pressed, &format!("/{path}"), &[("garder", "1")]).await;
    assert_eq!((entered.status, entered.header("location")), (303, "/equipe"), "the form of one, sent to the other");
    ines
}

async fn a_file_given_to_one_is_served_by_the_other(ines: &mut Visitor, app: &App, one: &Server, other: &Server) {
    let page = ines.get(one, "/equipe/projets/grand/fichiers").await.text();
    let token = page.split("_csrf=").nth(1).and_then(|t| t.split('"').next()).unwrap();
    let part = |name: &str| format!("--X\r\nContent-Disposition: form-data; name=\"{name}\"");
    let start = format!("{}\r\n\r\nUn banc\r\n{}; filename=\"banc.png\"\r\n\r\n", part("mots"), part("fichier"));
    let body = [start.as_bytes(), PNG, b"\r\n--X--\r\n"].concat();
    let address = format!("/equipe/projets/grand/fichiers?_csrf={token}");
    let head = format!("POST {address} HTTP/1.0\r\nContent-Type: multipart/form-data; boundary=X\r\n");
    assert_eq!(ines.send(other, &head, &body).await.status, 303);
    let id: uuid::Uuid = db::scalar(app.db.read(), "SELECT id FROM project_file", vec![]).await.unwrap().unwrap();
    let address = format!("/projets/grand/fichiers/{id}");
    let (here, there) = (ines.get(one, &address).await, ines.get(other, &address).await);
    assert_eq!((here.status, there.status), (200, 200));
    assert!(here.body.starts_with(b"\x89PNG") && here.body == there.body);
}

async fn a_limit_is_counted_by_both(one: &Server, other: &Server) {
    let mut visitor = Visitor::default();
    visitor.get(one, "/deposer").await;
    for i in 0..61 {
        let at = if i % 2 == 0 { one } else { other };
        let kept = visitor.post(at, "/deposer", &[("idee", "Un banc devant l’école"), ("projet", "grand")]).await;
        assert_eq!(kept.status, if i < 60 { 303 } else { 429 }, "{i}");
    }
}

/// A job of a dead worker is free two minutes after; a test waits five seconds.
async fn free_what_the_dead_held(app: &App) {
    let now = app.clock.now();
    let sql =
        "UPDATE job SET locked_until = $1 WHERE kind = 'participation.lot' AND state = 'running' AND locked_until < $2";
    app.db
        .write(move |tx| {
            Box::pin(async move {
                db::run(tx, sql, args![now - TimeDelta::seconds(1), now + TimeDelta::seconds(115)]).await
            })
        })
        .await
        .unwrap();
}

/// A decision on all ideas, and many mails: one process that works at them is killed, the others end it.
async fn what_a_killed_process_held_is_done_by_the_others(home: &Home, app: &App, ines: &mut Visitor, at: &Server) {
    const MAILS: usize = 120;
    let versions = "SELECT coalesce(sum(version), 0)::bigint FROM contribution WHERE kind = 'idea'";
    let before = count(app, versions).await;
    let taken = Taken::default();
    let worker = home.worker();
    let port = mail_server(taken.clone()).await;
    ines.get(at, "/equipe/contributions?file=tout").await;
    let fields = [("faire", "theme"), ("lot-theme", "banc"), ("ensemble", "1")];
    let asked = [&fields[..], &[("retour", "/equipe/contributions?file=tout")]].concat();
    let lot = ines.post(at, "/equipe/contributions", &asked).await;
    assert_eq!(lot.status, 303);
    ines.get(at, lot.header("location")).await;
    queue(app, port, MAILS).await;
    assert_eq!(ines.post(at, lot.header("location"), &[("faire", "demarrer")]).await.status, 303);
    let done = "SELECT count(*) FROM lot_item WHERE state = 'done'";
    until("both go on", async || taken.lock().unwrap().len() > 20 && count(app, done).await > 0).await;
    drop(worker);
    let waiting = "SELECT (SELECT count(*) FROM lot_item WHERE state = 'waiting') + (SELECT count(*) FROM mail WHERE state = 'waiting')";
    let sending = "SELECT count(*) FROM mail WHERE state = 'sending'";
    until("all is done", async || {
        free_what_the_dead_held(app).await;
        // The living may still be handing their last one over.
        count(app, waiting).await == 0 && count(app, sending).await <= 1
    })
    .await;
    let all = count(app, "SELECT count(*) FROM lot_item").await;
    assert!(all > 1_000, "{all}");
    assert_eq!(count(app, done).await, all);
    assert_eq!(count(app, versions).await - before, all, "each once");
    assert!(each_once(app, &taken, MAILS).await <= 1, "only what the dead one had in its hand");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_that_serve_and_a_worker_are_one() {
    if !engines().contains(&Engine::Postgres) {
        return;
    }
    let home = Home::open().await;
    // Together, on nothing: one key, each table once.
    let (one, other) = (["serve", "--address", "127.0.0.1", "--port", "0"], ["--address", "127.0.0.1", "--port", "0"]);
    let (one, other) = (home.start(&one), home.start(&other));
    let (one, other) = tokio::join!(Server::of(one), Server::of(other));
    let app = home.app().await;
    seed::fill(&app, 1_500, 0, 0, 1).await.unwrap();
    for at in [&one, &other] {
        until("it knows that the set-up is done", async || Visitor::default().get(at, "/").await.status == 200).await;
    }

    let mut ines = sign_in(&home, &one, &other).await;
    for at in [&one, &other] {
        assert_eq!(ines.get(at, "/equipe").await.status, 200);
    }
    a_file_given_to_one_is_served_by_the_other(&mut ines, &app, &one, &other).await;
    a_limit_is_counted_by_both(&one, &other).await;
    what_a_killed_process_held_is_done_by_the_others(&home, &app, &mut ines, &one).await;

    ines.get(&one, "/mon-espace").await;
    let mut copy = Visitor { cookies: ines.cookies.clone(), token: String::new() };
    assert_eq!(ines.post(&other, "/deconnexion", &[]).await.status, 303);
    for at in [&one, &other] {
        assert_ne!(copy.get(at, "/equipe").await.status, 200, "closed at one, closed at both");
    }
}

#[tokio::test]
async fn a_limit_on_readings_is_learnt_from_the_others() {
    const LIMIT: Limit = Limit::per_minutes("readings-test", 120, 1);
    for engine in engines() {
        let site = Site::open(engine).await;
        let (db, now) = (&site.app().db, parvis_testing::start());
        let (one, other) = (Readings::new(LIMIT), Readings::new(LIMIT));
        let mut accepted = 0;
        for _ in 0..LIMIT.hits {
            accepted += i64::from(one.hit(db, "a", now).await.is_some());
            accepted += i64::from(other.hit(db, "a", now).await.is_some());
        }
        // SQLite is one process's: nothing is told, and the two know nothing of each other.
        let together = if engine == Engine::Postgres { LIMIT.hits..=LIMIT.hits + 10 } else { 240..=240 };
        assert!(together.contains(&accepted), "{engine:?}: {accepted}");
        assert_eq!(one.hit(db, "b", now).await, Some(LIMIT.hits - 1), "another asker");
        assert_eq!(one.seconds_left(now + TimeDelta::seconds(59)), 1);
        let later = now + LIMIT.window;
        assert_eq!(one.hit(db, "a", later).await, Some(LIMIT.hits - 1), "another window");
        for left in (0..LIMIT.hits - 1).rev() {
            assert_eq!(one.hit(db, "a", later).await, Some(left));
        }
        assert_eq!(one.hit(db, "a", later).await, None);
    }
}

#[tokio::test]
async fn workers_that_look_together_enqueue_what_comes_back_once() {
    for engine in engines() {
        let site = Site::open(engine).await;
        let every = TimeDelta::minutes(1);
        let looks = (0..16).map(|_| jobs::enqueue_again(site.app(), "test.again", every));
        for look in futures::future::join_all(looks).await {
            look.unwrap();
        }
        let queued = || count(site.app(), "SELECT count(*) FROM job WHERE kind = 'test.again'");
        assert_eq!(queued().await, 1);
        jobs::run_due(site.app()).await.unwrap();
        jobs::enqueue_again(site.app(), "test.again", every).await.unwrap();
        assert_eq!(queued().await, 1, "it ran a moment ago");
        site.test.clock.advance(every + every);
        jobs::enqueue_again(site.app(), "test.again", every).await.unwrap();
        assert_eq!(queued().await, 2);
    }
}
