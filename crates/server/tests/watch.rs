//! What can be watched from outside: a page asks the database a fixed number of times, and the log names nobody.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

mod support;

use std::{
    io,
    sync::{Arc, Mutex},
};

use axum::http::StatusCode;
use parvis::seed;
use parvis_kernel::{db, permission::Role};
use parvis_testing::{Engine, engines};
use sea_orm::ConnectionTrait;
use support::{Answer, Site};
use tracing_subscriber::{filter::LevelFilter, fmt::MakeWriter};

/// Readings of the database, in their order.
type Read = Arc<Mutex<Vec<String>>>;

async fn town(engine: Engine, ideas: usize, read: &Read) -> Site {
    let told = read.clone();
    let site = Site::open_after(engine, async move |app, _| {
        app.db.watch(move |sql| told.lock().unwrap().push(sql.to_owned()));
    })
    .await;
    seed::fill(site.app(), ideas, ideas * 5, ideas * 10, 1).await.unwrap();
    site
}

#[tokio::test]
async fn a_page_asks_the_database_as_often_whatever_it_shows() {
    for engine in engines() {
        let mut counts: Vec<Vec<(String, usize)>> = Vec::new();
        for ideas in [60, 600] {
            let read = Read::default();
            let site = town(engine, ideas, &read).await;
            let c = site.app().db.read();
            let slug: String =
                db::scalar(c, "SELECT slug FROM project ORDER BY slug LIMIT 1", vec![]).await.unwrap().unwrap();
            let most =
                "SELECT number FROM contribution WHERE kind = 'idea' AND visible = TRUE ORDER BY comments DESC LIMIT 1";
            let number: i64 = db::scalar(c, most, vec![]).await.unwrap().unwrap();
            let (_, mut owner) = site.team(Role::Owner).await;
            let mut pages = Vec::new();
            for (name, path) in [
                ("home", "/".to_owned()),
                ("project", format!("/projets/{slug}")),
                ("ideas", "/idees".to_owned()),
                ("search", "/idees?q=v%C3%A9los".to_owned()),
                ("idea", format!("/idees/{number}")),
                ("queue", "/equipe/contributions".to_owned()),
                ("handled", "/equipe/contributions?file=traitees".to_owned()),
                ("today", "/equipe".to_owned()),
                ("people", "/equipe/personnes".to_owned()),
                ("api", "/api/v1/ideas?limit=100".to_owned()),
            ] {
                // The first visit fills what is kept in memory; the next is what a reader waits for.
                owner.get(&path).await;
                read.lock().unwrap().clear();
                let page = owner.get(&path).await;
                assert_eq!(page.status, StatusCode::OK, "{path}");
                pages.push((name.to_owned(), read.lock().unwrap().len()));
            }
            counts.push(pages);
        }
        assert!(counts[0].iter().map(|(_, n)| n).sum::<usize>() > 20, "they are counted: {counts:?}");
        assert_eq!(counts[0], counts[1], "{engine:?}");
    }
}

/// A log in memory.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn the_log_says_what_happened_and_names_nobody() {
    // For the whole process: with one for this thread alone, what another test met first without a log stays unsaid here.
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().with_max_level(LevelFilter::TRACE).with_writer(log.clone()).finish();
    tracing::subscriber::set_global_default(subscriber).unwrap();
    for engine in engines() {
        let site = town(engine, 30, &Read::default()).await;
        let mut browser = site.visitor();
        let (email, name, text) = ("perrine@rivemont.example", "Perrine", "Une turlupinade au bord du canal");
        let asked = browser.get("/deposer").await;
        assert_eq!(asked.status, StatusCode::OK);
        let draft: Answer = browser.post("/deposer", &[("idee", text), ("projet", &project(&site).await)]).await;
        assert_eq!(draft.status, StatusCode::SEE_OTHER, "{}", draft.text);
        browser.get(&draft.location).await;
        let posted = browser.post(&draft.location, &[("q", "prenom"), ("prenom", name), ("courriel", email)]).await;
        assert!(posted.status.is_redirection(), "{}", posted.text);
        browser.get("/connexion").await;
        browser.post("/connexion", &[("courriel", email)]).await;
        browser.get("/connexion/jeton-qui-ne-vaut-rien").await;
        browser.get("/idees?q=turlupinade").await;
        // What goes wrong is told without what was typed.
        let broken = "ALTER TABLE reaction RENAME TO ailleurs";
        site.test.write(move |tx, _, _| Box::pin(async move { Ok(tx.execute_unprepared(broken).await?) })).await;
        let failed = browser.get("/api/v1/ideas?q=turlupinade").await;
        let failed = [failed.status, browser.get("/mes-idees?q=turlupinade").await.status];
        incident(&site, &log).await;
        let said = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
        assert!(said.contains("parvis::http") && said.contains("/deposer"), "{failed:?} {said}");
        for personal in [email, name, "turlupinade", "192.0.2.1", "jeton-qui-ne-vaut-rien"] {
            assert!(!said.contains(personal), "{engine:?}: {personal} in the log");
        }
    }
}

/// What a page of an error calls itself is what the log says of it.
async fn incident(site: &Site, log: &Log) {
    let broken = "ALTER TABLE contribution RENAME TO ailleurs_aussi";
    site.test.write(move |tx, _, _| Box::pin(async move { Ok(tx.execute_unprepared(broken).await?) })).await;
    let page = site.visitor().get("/idees").await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    let shown = page.text.split("Numéro de l’incident").nth(1).expect("the page says its number");
    let id = shown.split('<').next().unwrap().trim_start_matches([' ', '\u{a0}', '\u{202f}', ':']).trim().to_owned();
    assert!(id.len() >= 8 && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'), "{id}");
    let said = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let lines: Vec<&str> = said.lines().filter(|l| l.contains(&id)).collect();
    assert!(lines.iter().any(|l| l.contains("a request failed")), "{id}: {lines:?}");
    assert!(lines.iter().any(|l| l.contains("parvis::http") && l.contains("503")), "{id}: {lines:?}");
}

async fn project(site: &Site) -> String {
    db::scalar(site.app().db.read(), "SELECT slug FROM project ORDER BY slug LIMIT 1", vec![]).await.unwrap().unwrap()
}
