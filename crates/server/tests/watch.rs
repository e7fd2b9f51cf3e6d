//! What can be watched from outside: a page asks the database a fixed number of times, and the log names nobody.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

mod support;

use std::{
    io,
    sync::{Arc, Mutex},
};

use axum::http::StatusCode;
use parvis::{http, seed};
use parvis_kernel::{
    activity::{self, Entry},
    args, db,
    mail::{self, NewMail},
    permission::Role,
    words::Lang,
};
use parvis_participation::{
    ideas::{
        Status,
        store::{self as ideas, New},
    },
    projects::{self, Project},
    reactions::{self, Reaction},
};
use parvis_people::{consents, persons};
use parvis_testing::{Engine, engines};
use sea_orm::ConnectionTrait;
use support::{Answer, Browser, Site};
use tracing_subscriber::{filter::LevelFilter, fmt::MakeWriter};
use uuid::Uuid;

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

/// What the seed does not bring, so many times: projects, people of the team, their consents, what they did, mails; and for
/// one person as many ideas, supports and things followed.
async fn more(site: &Site, n: usize, whose: Uuid) {
    site.test
        .write(move |tx, _, moment| {
            Box::pin(async move {
                let project: Uuid = db::scalar(tx, "SELECT id FROM project ORDER BY slug LIMIT 1", vec![]).await?.unwrap();
                let online = "SELECT id FROM contribution WHERE kind = 'idea' AND visible ORDER BY number";
                let known: Vec<Uuid> = db::column(tx, online, vec![]).await?;
                for (i, idea) in known.into_iter().take(n).enumerate() {
                    let email = format!("membre.{i}@rivemont.example");
                    let member = persons::ensure(tx, &moment, &email, &format!("Paul {i}"), Lang::Fr).await?.id;
                    persons::set_role(tx, member, Some(&Role::Moderator(vec![project]))).await?;
                    for person in [member, whose] {
                        consents::record(tx, &moment, person, "answers", "email", "given", "J’accepte", "page").await?;
                        reactions::set(tx, &moment, idea, person, true, Some(Reaction::Support)).await?;
                        let follow = "INSERT INTO follow (contribution_id, person_id, rhythm, created_at) VALUES ($1, $2, 'now', $3)";
                        db::run(tx, follow, args![idea, person, moment.now]).await?;
                    }
                    let own = New {
                        author: Some(whose),
                        author_name: "Inès".into(),
                        ..New::idea(project, whose, format!("Un banc de plus, le {i}e"), Status::Proposed)
                    };
                    let own = ideas::insert(tx, &moment, &own).await?;
                    let comment = New::comment(project, own.id, member, format!("Oui, {i} fois"), Status::Proposed);
                    ideas::insert(tx, &moment, &comment).await?;
                    projects::store::insert(tx, &moment, &Project {
                        slug: format!("projet-{i}"),
                        title: format!("Projet {i}"),
                        visibility: "public".into(),
                        state: "published".into(),
                        created_at: moment.now,
                        version: 1,
                        ..Project::default()
                    })
                    .await?;
                    activity::record(tx, &moment, Entry {
                        actor: Some(member),
                        kind: "idea.posted",
                        subject_kind: "contribution",
                        subject: Some(idea),
                        project: Some(project),
                        detail: "",
                    })
                    .await?;
                    let letter = NewMail {
                        dedupe: format!("watch/{i}"),
                        person: Some(member),
                        kind: "answer",
                        to: email,
                        subject: format!("Sujet {i}"),
                        text: "La mairie a répondu".into(),
                        html: "<p>La mairie a répondu</p>".into(),
                        unsubscribe: String::new(),
                        after: moment.now,
                    };
                    mail::queue(tx, &moment, &letter).await?;
                }
                Ok(())
            })
        })
        .await;
    parvis_insight::analysis::job::refresh(site.app(), true).await.unwrap();
}

/// The pages of the desk and of one person, beside those that are measured at size.
async fn beside(site: &Site, slug: &str, number: i64, person: Uuid) -> Vec<String> {
    let answered = "SELECT number FROM contribution WHERE kind = 'idea' AND visible AND answered_at IS NOT NULL \
                    ORDER BY number LIMIT 1";
    let answered: i64 = db::scalar(site.app().db.read(), answered, vec![]).await.unwrap().unwrap_or(number);
    let mut paths: Vec<String> = [
        "/reponses",
        "/projets",
        "/moderation",
        "/donnees",
        "/mon-espace",
        "/equipe/analyse",
        "/equipe/analyse/contributions",
        "/equipe/recherche?q=v%C3%A9los",
        "/equipe/recherche?q=Paul",
        "/equipe/projets",
        "/equipe/personnes/doublons",
        "/equipe/personnes/blocages",
        "/equipe/journal",
        "/equipe/liens",
        "/equipe/exports",
        "/equipe/importer",
        "/equipe/contributions?file=toutes",
        "/equipe/contributions/modeles",
        "/api/v1/answers",
        "/api/v1/projects",
    ]
    .map(str::to_owned)
    .into();
    paths.extend([number, answered].map(|n| format!("/equipe/contributions/{n}")));
    paths.extend([number, answered].map(|n| format!("/equipe/contributions/{n}/repondre")));
    paths.push(format!("/api/v1/ideas/{number}/comments"));
    paths.push(format!("/equipe/projets/{slug}"));
    paths.push(format!("/equipe/personnes/{person}"));
    let routes = http::routes(site.app());
    let settings = routes.infos().iter().filter(|r| r.method == "GET" && r.path.starts_with("/equipe/reglages"));
    paths.extend(settings.filter(|r| !r.path.contains('{')).map(|r| r.path.to_owned()));
    paths
}

#[tokio::test]
async fn a_page_asks_the_database_as_often_whatever_it_shows() {
    for engine in engines() {
        let mut counts: Vec<Vec<(String, Vec<String>)>> = Vec::new();
        for (ideas, others) in [(60, 5), (600, 20)] {
            let read = Read::default();
            let site = town(engine, ideas, &read).await;
            let (ines, mut citizen) = site.citizen("ines").await;
            more(&site, others, ines).await;
            let c = site.app().db.read();
            let slug: String =
                db::scalar(c, "SELECT slug FROM project ORDER BY slug LIMIT 1", vec![]).await.unwrap().unwrap();
            let most =
                "SELECT number FROM contribution WHERE kind = 'idea' AND visible = TRUE ORDER BY comments DESC LIMIT 1";
            let number: i64 = db::scalar(c, most, vec![]).await.unwrap().unwrap();
            let (_, mut owner) = site.team(Role::Owner).await;
            let mut paths: Vec<String> = [
                "/",
                "/idees",
                "/idees?q=v%C3%A9los",
                "/equipe/contributions",
                "/equipe/contributions?file=traitees",
                "/equipe",
                "/equipe/personnes",
                "/api/v1/ideas?limit=100",
            ]
            .map(str::to_owned)
            .into();
            paths.extend([format!("/projets/{slug}"), format!("/idees/{number}")]);
            paths.extend(beside(&site, &slug, number, ines).await);
            let mut pages = Vec::new();
            for path in &paths {
                let browser: &mut Browser = if path == "/mon-espace" { &mut citizen } else { &mut owner };
                // The first visit fills what is kept in memory; the next is what a reader waits for.
                browser.get(path).await;
                read.lock().unwrap().clear();
                let page = browser.get(path).await;
                assert_eq!(page.status, StatusCode::OK, "{path}");
                let told = std::mem::take(&mut *read.lock().unwrap());
                pages.push((without_digits(path), told));
            }
            counts.push(pages);
        }
        let (few, many) = (&counts[0], &counts[1]);
        assert!(few.len() > 40 && few.iter().map(|(_, told)| told.len()).sum::<usize>() > 100, "they are counted");
        let wrong: Vec<String> = few
            .iter()
            .zip(many)
            .filter(|((_, few), (_, many))| few.len() != many.len())
            .map(|((path, few), (_, many))| format!("{path}: {} and {}\n{}", few.len(), many.len(), many.join("\n")))
            .collect();
        assert!(wrong.is_empty(), "{engine:?}:\n{}", wrong.join("\n\n"));
    }
}

fn without_digits(path: &str) -> String {
    path.chars().filter(|c| !c.is_ascii_digit()).collect()
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
