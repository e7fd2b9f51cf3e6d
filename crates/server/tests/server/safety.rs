//! The whole house: what is the team's alone is nowhere, nobody acts in a foreign project, looking changes nothing, a
//! broken database says nothing.

use std::net::SocketAddr;

use axum::{
    body::Body,
    extract::ConnectInfo,
    http::{Request, StatusCode, header},
};
use parvis::http;
use parvis_instance::keeping::schema;
use parvis_kernel::{args, db, module, permission::Role};
use parvis_participation::ideas::{
    Status,
    store::{self, New, Stored},
};
use parvis_testing::{Engine, engines};
use tower::ServiceExt;
use uuid::Uuid;

use crate::support::{Browser, Site, first_project};

/// A word that stands in the texts of hidden projects only.
const NEEDLE: &str = "turlupinade";
/// A word of the public project.
const SHOWN: &str = "passerelle";

/// A public project, and one that is the team's, one with a secret link, one in preparation; an idea in each.
async fn town(site: &Site) -> Vec<(Uuid, Stored)> {
    site.test
        .write(move |tx, app, moment| {
            Box::pin(async move {
                let public = first_project(tx, &app, &moment).await?;
                let mut made = vec![(public, public)];
                for (visibility, state) in [("team", "published"), ("link", "published"), ("public", "draft")] {
                    let project = parvis_participation::projects::Project {
                        slug: format!("{NEEDLE}-{visibility}"),
                        title: format!("{NEEDLE} {visibility}"),
                        summary: NEEDLE.into(),
                        description: NEEDLE.into(),
                        visibility: visibility.into(),
                        state: state.into(),
                        created_at: moment.now,
                        version: 1,
                        ..parvis_participation::projects::Project::default()
                    };
                    made.push((parvis_participation::projects::store::insert(tx, &moment, &project).await?, public));
                }
                let mut ideas = Vec::new();
                for (project, public) in made {
                    let word = if project == public { SHOWN } else { NEEDLE };
                    let body = format!("Une {word} au bout de la rue, près du canal");
                    let new = New {
                        tag: word.into(),
                        place: word.into(),
                        point: Some((4.1, 44.1)),
                        author_name: word.into(),
                        ..New::idea(project, moment.id(), body, Status::Accepted)
                    };
                    let stored = store::insert(tx, &moment, &new).await?;
                    let comment =
                        New::comment(project, stored.id, moment.id(), format!("{word}, oui"), Status::Proposed);
                    store::insert(tx, &moment, &comment).await?;
                    let answered = "UPDATE contribution SET answered_at = $2 WHERE id = $1";
                    db::run(tx, answered, args![stored.id, moment.now]).await?;
                    ideas.push((project, stored));
                }
                Ok(ideas)
            })
        })
        .await
}

#[tokio::test]
async fn what_is_not_public_is_found_nowhere() {
    for engine in engines() {
        let site = Site::open(engine).await;
        let ideas = town(&site).await;
        let (_, mut ines) = site.citizen("ines").await;
        let mut visitor = site.visitor();
        let slug: String = db::scalar(
            site.app().db.read(),
            "SELECT slug FROM project WHERE visibility = 'public' AND state <> 'draft'",
            vec![],
        )
        .await
        .unwrap()
        .unwrap();
        let mut paths: Vec<String> = [
            "/",
            "/idees",
            "/idees?vue=carte",
            "/reponses",
            "/projets",
            "/deposer",
            "/robots.txt",
            "/flux/idees.atom",
            "/flux/idees.rss",
            "/flux/reponses.atom",
            "/flux/reponses.rss",
            "/sitemap.xml",
            "/sitemap/0",
            "/sitemap/1",
            "/integrer",
        ]
        .map(str::to_owned)
        .into();
        let api = ["projects", "ideas", "ideas?limit=100&sort=supported", "answers", "themes", "areas", "instance"];
        paths.extend(api.map(|p| format!("/api/v1/{p}")));
        paths.push(format!("/api/v1/projects/{slug}"));
        paths.push(format!("/api/v1/ideas/{}", ideas[0].1.number));
        paths.push(format!("/api/v1/ideas/{}/comments", ideas[0].1.number));
        for word in [NEEDLE, "canal"] {
            paths.push(format!("/api/v1/ideas?q={word}"));
            paths.push(format!("/api/v1/ideas?theme={word}"));
            paths.push(format!("/idees?q={word}"));
            paths.push(format!("/projets/{slug}?q={word}"));
            paths.push(format!("/idees?theme={word}"));
        }
        paths.push(format!("/projets/{slug}"));
        paths.push(format!("/projets/{slug}?vue=carte"));
        paths.push(format!("/projets/{slug}/idees.csv"));
        paths.push(format!("/idees/{}", ideas[0].1.number));
        let mut seen = 0;
        for path in &paths {
            for browser in [&mut visitor, &mut ines] {
                let answer = browser.get(path).await;
                assert_eq!(answer.status, StatusCode::OK, "{path}");
                // What was asked for is said again in the field of the search.
                let asked = path.contains(NEEDLE);
                assert!(asked || !answer.text.contains(NEEDLE), "{path} shows what is not public");
                assert!(!answer.text.contains(&format!("Une {NEEDLE}")), "{path} shows what is not public");
                seen += usize::from(answer.text.contains(SHOWN));
            }
        }
        assert!(seen > 10, "the public idea is found: {seen}");
        for (_, idea) in ideas.iter().skip(1) {
            for path in [
                format!("/idees/{}", idea.number),
                format!("/contributions/{}/signaler", idea.number),
                format!("/api/v1/ideas/{}", idea.number),
                format!("/api/v1/ideas/{}/comments", idea.number),
            ] {
                assert_eq!(visitor.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
                assert_eq!(ines.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
            }
            let support = ines.post(&format!("/idees/{}/soutenir", idea.number), &[]).await;
            assert_eq!(support.status, StatusCode::NOT_FOUND);
        }
        for slug in ["team", "link", "public"].map(|v| format!("/projets/{NEEDLE}-{v}")) {
            let name = slug.trim_start_matches("/projets/");
            let api = [format!("/api/v1/projects/{name}"), format!("/api/v1/ideas?project={name}")];
            for path in [slug.clone(), format!("{slug}/idees.csv")].into_iter().chain(api) {
                assert_eq!(visitor.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
            }
        }
        assert!(!ines.get("/mon-espace").await.text.contains(NEEDLE));
    }
}

/// Every row of every table, but what a visit may touch: when a session was seen, and how often somebody came.
async fn rows(site: &Site, without: &[&str]) -> Vec<String> {
    let app = site.app();
    let mut all = Vec::new();
    for table in schema::tables(&module::migrations(&app.modules)).unwrap() {
        if without.contains(&table.name.as_str()) {
            continue;
        }
        #[derive(sea_orm::FromQueryResult)]
        struct Row {
            line: String,
        }
        let sql = match app.db.dialect() {
            db::Dialect::Sqlite => {
                let columns: Vec<String> = table.names().iter().map(|name| format!("quote({name})")).collect();
                format!("SELECT {} AS line FROM {}", columns.join(" || '|' || "), table.name)
            }
            db::Dialect::Postgres => format!("SELECT CAST(x AS TEXT) AS line FROM {} AS x", table.name),
        };
        let rows: Vec<Row> = db::all(app.db.read(), &sql, vec![]).await.unwrap();
        all.extend(rows.into_iter().map(|r| format!("{} {}", table.name, r.line)));
    }
    all.sort();
    all
}

/// The paths of a pattern that name something real.
fn real(pattern: &str, number: i64, slug: &str) -> String {
    pattern
        .split('/')
        .map(|part| match part {
            "{number}" => number.to_string(),
            "{slug}" if pattern.starts_with("/pages") || pattern.contains("reglages/pages") => "charte".to_owned(),
            "{slug}" => slug.to_owned(),
            p if p.starts_with('{') => Uuid::nil().to_string(),
            p => p.to_owned(),
        })
        .collect::<Vec<_>>()
        .join("/")
}

/// What looking may write: limits, when a session was last seen, who has an item open, when the desk was last visited, and that a sheet or a search of
/// people was looked at.
const LOOKS: [&str; 5] = ["session", "rate", "handling", "desk_visit", "activity"];

#[tokio::test]
async fn looking_changes_nothing() {
    let site = Site::open(Engine::Sqlite).await;
    let ideas = town(&site).await;
    let (_, mut owner) = site.team(Role::Owner).await;
    let mut visitor = site.visitor();
    let slug: String = db::scalar(site.app().db.read(), "SELECT slug FROM project ORDER BY position LIMIT 1", vec![])
        .await
        .unwrap()
        .unwrap();
    let before = rows(&site, &LOOKS).await;
    let mut walked = 0;
    for route in http::routes(site.app()).infos().iter().filter(|r| r.method == "GET") {
        let path = real(route.path, ideas[0].1.number, &slug);
        for browser in [&mut visitor, &mut owner] {
            let status = browser.get(&path).await.status;
            assert!(!status.is_server_error(), "{path}: {status}");
            walked += usize::from(status.is_success());
        }
        assert_eq!(rows(&site, &LOOKS).await, before, "GET {path} changed the database");
    }
    assert!(walked > 50, "only {walked} pages opened");
}

#[tokio::test]
async fn nobody_acts_in_a_foreign_project() {
    for engine in engines() {
        let site = Site::open(engine).await;
        let ideas = town(&site).await;
        let (own, foreign) = (ideas[0].0, ideas[1].1);
        let (_, mut moderator) = site.team(Role::Moderator(vec![own])).await;
        let (_, mut analyst) = site.team(Role::Analyst).await;
        let version: i64 = db::count(
            site.app().db.read(),
            "SELECT version FROM contribution WHERE number = $1",
            args![foreign.number],
        )
        .await
        .unwrap();
        let before = rows(&site, &["session", "rate"]).await;
        let version = version.to_string();
        let slug = format!("{NEEDLE}-team");
        let fields = |action: &'static str| {
            vec![
                ("faire", action),
                ("version", version.as_str()),
                ("message", "Non"),
                ("raison", "autre"),
                ("statut", "rejected"),
                ("theme", "x"),
                ("decision", "rejected"),
                ("texte", "Une réponse"),
                ("signataire", "Camille"),
            ]
        };
        let mut refused = 0;
        for route in http::routes(site.app()).infos() {
            let desk = route.path.starts_with("/equipe/contributions/") || route.path.starts_with("/equipe/projets/{");
            // Templates of refusals and saved views are the whole team’s; what is united, and where something is entered, is named
            // in the form, and tested there.
            let shared = ["/modeles", "/vues", "/fusion", "/saisir"].iter().any(|part| route.path.contains(part));
            if !desk || shared {
                continue;
            }
            let path = real(route.path, foreign.number, &slug);
            if route.method == "GET" {
                let status = moderator.get(&path).await.status;
                assert!(hidden(status), "GET {path}: {status}");
                refused += 1;
                continue;
            }
            for action in ["publier", "refuser", "reprendre", "masquer", "remettre", "etat", "classer"] {
                for browser in [&mut moderator, &mut analyst] {
                    let status = browser.post(&path, &fields(action)).await.status;
                    assert!(hidden(status), "POST {path} {action}: {status}");
                    refused += 1;
                }
            }
        }
        assert!(refused > 10, "{refused}");
        assert_eq!(rows(&site, &["session", "rate"]).await, before, "nothing has changed");
    }
}

const fn hidden(status: StatusCode) -> bool {
    matches!(status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND)
}

#[tokio::test]
async fn ones_data_is_for_oneself_once_asked_and_never_kept() {
    let site = Site::open(Engine::Sqlite).await;
    town(&site).await;
    let (_, mut ines) = site.citizen("ines").await;
    let (_, mut paul) = site.citizen("paul").await;
    ines.get("/mon-espace").await;
    paul.get("/mon-espace").await;
    let own = ines.post("/mon-espace/donnees", &[]).await;
    assert_eq!((own.status, own.headers[header::CACHE_CONTROL].to_str().unwrap()), (StatusCode::OK, "no-store"));
    // Nothing in its address says whose it is: another session gets its own, a visitor none, an address alone nothing.
    let other = paul.post("/mon-espace/donnees", &[]).await;
    assert_ne!(other.text, own.text);
    assert_eq!(site.visitor().post("/mon-espace/donnees", &[]).await.status, StatusCode::UNAUTHORIZED);
    assert!(!ines.get("/mon-espace/donnees").await.status.is_success());
    // With another person's form token.
    let mut thief = paul.clone();
    thief.token.clone_from(&ines.token);
    assert_eq!(thief.post("/mon-espace/donnees", &[]).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_broken_database_says_nothing_of_itself() {
    let site = Site::open(Engine::Sqlite).await;
    town(&site).await;
    let (_, mut owner) = site.team(Role::Owner).await;
    owner.get("/mon-espace").await;
    for sql in ["ALTER TABLE contribution RENAME TO gone", "ALTER TABLE rate RENAME TO gone_too"] {
        site.app().db.write(move |tx| Box::pin(async move { db::run(tx, sql, vec![]).await })).await.unwrap();
    }
    let says_nothing = |answer: crate::support::Answer, path: &str| {
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
        let text = answer.text.to_lowercase();
        for word in ["no such", "sqlite", "select ", "sqlx", "panicked", env!("CARGO_PKG_VERSION")] {
            assert!(!text.contains(word), "{path} says {word}: {text}");
        }
    };
    for path in ["/idees", "/idees/1", "/equipe", "/equipe/contributions"] {
        says_nothing(owner.get(path).await, path);
    }
    says_nothing(owner.post("/connexion", &[("courriel", "lea@exemple.fr")]).await, "/connexion");
    let json = Request::get("/idees/1").header(header::ACCEPT, "application/json").body(Body::empty()).unwrap();
    let answer = at(&site, "192.0.2.1", json).await;
    assert!(answer.contains("unavailable") && !answer.to_lowercase().contains("sql"), "{answer}");
}

async fn at(site: &Site, peer: &str, mut request: Request<Body>) -> String {
    let peer: SocketAddr = format!("{peer}:4000").parse().unwrap();
    request.extensions_mut().insert(ConnectInfo(peer));
    let response = site.router().oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    format!("{status} {}", String::from_utf8_lossy(&bytes))
}

#[tokio::test]
async fn metrics_are_not_for_what_a_proxy_passes_on() {
    let site = Site::open(Engine::Sqlite).await;
    let ask = |header: Option<(&'static str, &'static str)>| {
        let request = Request::get("/metrics");
        header.map_or(request, |(n, v)| Request::get("/metrics").header(n, v)).body(Body::empty()).unwrap()
    };
    assert!(at(&site, "127.0.0.1", ask(None)).await.starts_with("200"));
    for header in [("x-forwarded-for", "203.0.113.9"), ("via", "1.1 proxy"), ("x-real-ip", "203.0.113.9")] {
        assert!(at(&site, "127.0.0.1", ask(Some(header))).await.starts_with("404"), "{header:?}");
    }
    assert!(at(&site, "192.0.2.1", ask(None)).await.starts_with("404"));
}

/// Thirty sign-in mails an hour from one place: counted by whom the proxy of this machine names, and nobody else.
#[tokio::test]
async fn limits_count_whom_the_proxy_names() {
    let site = Site::open(Engine::Sqlite).await;
    let mut browser: Browser = site.visitor();
    browser.get("/connexion").await;
    let mut last = None;
    for n in 0..32 {
        // The peer of test browsers is no proxy: what they write counts for nothing.
        let mail = format!("a{n}@exemple.fr");
        let token = browser.token.clone();
        let forged = format!("198.51.100.{n}");
        let fields = [("_csrf", token.as_str()), ("courriel", mail.as_str())];
        last = Some(browser.post_raw("/connexion", &fields, &[("x-forwarded-for", &forged)]).await);
    }
    let last = last.unwrap();
    assert_eq!(last.status, StatusCode::TOO_MANY_REQUESTS);
    // Until when, for people and for programs; what was typed is there to send again.
    assert!(last.text.contains("Vous pourrez réessayer à"), "{}", last.text);
    assert!(last.text.contains("a31@exemple.fr") && last.text.contains("Envoyer de nouveau"), "{}", last.text);
    let after: i64 = last.headers[header::RETRY_AFTER].to_str().unwrap().parse().unwrap();
    assert!((1..=3600).contains(&after), "{after}");
}

#[tokio::test]
async fn a_page_that_is_not_there_helps_to_find_another() {
    let site = Site::open(Engine::Sqlite).await;
    let answer = site.visitor().get("/nulle-part").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(answer.text.contains(r#"action="/idees" method="get""#) && answer.text.contains(r#"name="q""#));
    assert!(answer.text.contains(r#"href="/projets""#), "{}", answer.text);
    for path in ["/idees/abc", "/idees/99999999999999999999", "/deposer/abc", "/idees/%FF"] {
        let answer = site.visitor().get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}: what can't be read is not there");
        assert!(answer.text.contains(r#"href="/projets""#) && !answer.text.contains("formulaire reçu"), "{path}");
    }
    let (_, mut owner) = site.team(Role::Owner).await;
    let desk = owner.get("/equipe/contributions/999999").await;
    assert!(!desk.text.contains(r#"action="/idees" method="get""#) && desk.text.contains(r#"href="/equipe""#));
}

/// From any page of the desk each finds what their role opens: a moderator their projects, no people, no settings.
#[tokio::test]
async fn the_desk_finds_what_each_may_see() {
    for engine in engines() {
        let site = Site::open(engine).await;
        let ideas = town(&site).await;
        let (draft, hidden) = ideas[3];
        let (paul, _) = site.citizen("zacharie").await;
        site.test
            .write(move |tx, _, _| {
                Box::pin(async move {
                    let sql = "UPDATE contribution SET hidden = TRUE, visible = FALSE WHERE id = $1";
                    db::run(tx, sql, args![hidden.id]).await?;
                    db::run(tx, "UPDATE person SET phone = '+33612345678' WHERE id = $1", args![paul]).await?;
                    parvis_people::directory::words::refresh(tx, paul).await
                })
            })
            .await;
        let (_, mut owner) = site.team(Role::Owner).await;
        let (_, mut analyst) = site.team(Role::Analyst).await;
        let (_, mut moderator) = site.team(Role::Moderator(vec![draft])).await;
        let ask = async |who: &mut Browser, words: &str| {
            let answer = who.get(&format!("/equipe/recherche?q={}", parvis_kernel::url::encode(words))).await;
            assert_eq!(answer.status, StatusCode::OK, "{words}");
            assert!(!answer.text.contains('⟦'), "{words}: words are missing");
            answer.text
        };
        let all = ask(&mut owner, "Turlupinade").await;
        for shown in
            ["id=\"found-ideas\">3 idées", "id=\"found-comments\">3 comm", "id=\"found-projects\">3 projets", "Masqu"]
        {
            assert!(all.contains(shown), "{engine:?}: no {shown} in {all}");
        }
        let own = ask(&mut moderator, "turlupinades").await;
        assert!(own.contains(">1 idée<") && own.contains(">1 commentaire<"), "{engine:?}: {own}");
        assert!(!ask(&mut moderator, SHOWN).await.contains("id=\"found-"), "{engine:?}: a foreign project");
        let foreign = ideas[0].1.number.to_string();
        assert!(!ask(&mut moderator, &foreign).await.contains("id=\"found-"), "{engine:?}: a foreign number");
        assert!(ask(&mut owner, &foreign).await.contains(&format!("/equipe/contributions/{foreign}\"")), "{engine:?}");

        for words in ["Zacharie", "06 12 34 56 78", "+33 6 12 34 56 78", "zacharie@rivemont"] {
            assert!(ask(&mut owner, words).await.contains(">zacharie</a>"), "{engine:?}: {words}");
            for other in [&mut analyst, &mut moderator] {
                assert!(!ask(other, words).await.contains("found-people"), "{engine:?}: {words}");
            }
        }
        let noted = "SELECT count(*) FROM activity WHERE kind = 'person.searched'";
        assert_eq!(db::count(site.app().db.read(), noted, vec![]).await.unwrap(), 1, "{engine:?}: once in ten minutes");

        assert!(ask(&mut owner, "logo").await.contains("href=\"/equipe/reglages\""), "{engine:?}");
        assert!(!ask(&mut analyst, "logo").await.contains("id=\"found-pages"), "{engine:?}");
        assert!(ask(&mut analyst, "exports").await.contains("href=\"/equipe/exports\""), "{engine:?}");
        for words in ["", "  ", "?!", "\" OR 1=1 --", "<script>alert(1)</script>", "%", &"é".repeat(5_000)] {
            let nothing = ask(&mut owner, words).await;
            assert!(!nothing.contains("id=\"found-") && !nothing.contains("<script>alert"), "{engine:?}: {words}");
        }
        assert_eq!(site.citizen("ines").await.1.get("/equipe/recherche?q=a").await.status, StatusCode::FORBIDDEN);
    }
}

/// The list behind "see all" holds what was counted, whatever became of it.
#[tokio::test]
async fn all_that_was_found_stands_in_the_list() {
    let site = Site::open(Engine::Sqlite).await;
    town(&site).await;
    site.test
        .write(|tx, _, moment| {
            Box::pin(async move {
                let project: Uuid =
                    db::scalar(tx, "SELECT id FROM project WHERE visibility = 'public' AND state <> 'draft'", vec![])
                        .await?
                        .unwrap();
                for status in Status::ALL {
                    let new = New::idea(project, moment.id(), format!("Une {SHOWN} de plus"), status);
                    store::insert(tx, &moment, &new).await?;
                }
                Ok(())
            })
        })
        .await;
    let (_, mut owner) = site.team(Role::Owner).await;
    let found = owner.get(&format!("/equipe/recherche?q={SHOWN}")).await.text;
    let list = found.split("href=\"").filter_map(|rest| rest.split('"').next()).find(|h| h.contains("genre=idees"));
    let list = list.unwrap().replace("&#38;", "&").replace("&amp;", "&");
    assert!(list.starts_with("/equipe/contributions?file=toutes"), "{list}");
    let listed = owner.get(&list).await.text;
    let expected = Status::ALL.len() + 1;
    assert!(found.contains(&format!(">{expected} idées<")), "{found}");
    assert!(listed.matches("<h2 class=\"t\">").count() == expected, "{listed}");
}
