//! Walks the whole router as each kind of person, and compares with the permission each route declares.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::StatusCode;
use parvis::http;
use parvis_kernel::permission::{Access, Actor, Role, decide};

use uuid::Uuid;

use crate::support::{Browser, Site};

/// A path of this pattern that names nothing that exists.
fn example(pattern: &str) -> String {
    pattern
        .split('/')
        .map(|part| match part {
            "{number}" => "999999".to_owned(),
            p if p.starts_with('{') && p.ends_with(".csv") => "rien.csv".to_owned(),
            p if p.starts_with('{') => Uuid::nil().to_string(),
            p => p.to_owned(),
        })
        .collect::<Vec<_>>()
        .join("/")
}

async fn ask(browser: &mut Browser, method: &str, path: &str) -> StatusCode {
    let answer = if method == "GET" { browser.get(path).await } else { browser.post(path, &[]).await };
    // To the sign-in page: refused for want of a session.
    if answer.location.starts_with("/connexion?retour=") { StatusCode::UNAUTHORIZED } else { answer.status }
}

fn passes_guard(access: Access, actor: &Actor) -> Result<(), StatusCode> {
    match access {
        Access::Public => Ok(()),
        Access::SignedIn => actor.person().map(|_| ()).ok_or(StatusCode::UNAUTHORIZED),
        Access::Team(right) => decide(actor, right, None).map_err(|r| r.status()),
        // A session is no token.
        Access::Token(_) => Err(StatusCode::UNAUTHORIZED),
        Access::SetUp | Access::Loopback => Err(StatusCode::NOT_FOUND),
    }
}

#[tokio::test]
async fn every_route_lets_in_whom_it_declares_and_nobody_else() {
    let site = Site::open(parvis_testing::Engine::Sqlite).await;
    let elsewhere = Role::Moderator(vec![Uuid::from_u128(42)]);
    let mut people: Vec<(Option<Role>, bool, Browser)> = vec![(None, false, site.visitor())];
    people.push((None, true, site.citizen("ines").await.1));
    for role in [elsewhere, Role::Analyst, Role::Administrator, Role::Owner] {
        people.push((Some(role.clone()), true, site.team(role).await.1));
    }
    let routes = http::routes(site.app());
    assert!(routes.infos().len() > 60, "only {} routes", routes.infos().len());
    for route in routes.infos() {
        // What ends the session or the account of the browser that walks.
        if ["/deconnexion", "/mon-espace/effacer"].contains(&route.path) || route.path.starts_with("/installation") {
            continue;
        }
        for (role, signed_in, browser) in &mut people {
            let actor = if *signed_in {
                Actor::Person { id: Uuid::nil(), name: String::new(), session: Uuid::nil(), role: role.clone() }
            } else {
                Actor::Visitor
            };
            let got = ask(browser, route.method, &example(route.path)).await;
            let who = format!("{} {} as {role:?} (signed in: {signed_in})", route.method, route.path);
            assert_ne!(got, StatusCode::INTERNAL_SERVER_ERROR, "{who}");
            assert_ne!(got, StatusCode::SERVICE_UNAVAILABLE, "{who}");
            match passes_guard(route.access, &actor) {
                Err(expected) => assert_eq!(got, expected, "{who}"),
                Ok(()) if route.access == Access::Public => {
                    assert_ne!(got, StatusCode::UNAUTHORIZED, "{who}");
                }
                // Past the guard: what does not exist, a form to correct, or the page itself.
                Ok(()) => assert_ne!(got, StatusCode::UNAUTHORIZED, "{who}"),
            }
        }
    }
}

#[tokio::test]
async fn nothing_changes_by_get_and_every_form_is_protected() {
    let site = Site::open(parvis_testing::Engine::Sqlite).await;
    let routes = http::routes(site.app());
    let (_, mut owner) = site.team(Role::Owner).await;
    let mut unprotected = 0;
    for route in routes.infos().iter().filter(|r| r.method == "POST" && r.api.is_none()) {
        let path = example(route.path);
        let without = owner.post_raw(&path, &[("a", "b")], &[]).await;
        if route.csrf {
            let refused = [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND].contains(&without.status);
            // The set-up is over: its addresses lead to the desk.
            assert!(refused || route.access == Access::SetUp, "{path} without a token: {}", without.status);
        } else {
            unprotected += 1;
        }
        let foreign = owner.post_raw(&path, &[("a", "b")], &[("origin", "https://evil.example")]).await;
        if route.csrf && route.access != Access::SetUp {
            assert_eq!(foreign.status, StatusCode::FORBIDDEN, "{path} from another site");
        }
    }
    assert!(unprotected <= 1, "only the one-click unsubscribe has no token, found {unprotected}");
}

/// Each page of the router stands in `journeys/routes.json`: among those for people, which the journeys look at with axe, or
/// among the others, with the reason.
#[tokio::test]
async fn every_page_is_listed_for_the_journeys_or_named_with_a_reason() {
    let site = Site::empty(parvis_testing::Engine::Sqlite).await;
    let known: serde_json::Value = serde_json::from_str(include_str!("../../../../journeys/routes.json")).unwrap();
    let pages: BTreeSet<&str> = known["pages"].as_array().unwrap().iter().map(|p| p.as_str().unwrap()).collect();
    let others: BTreeMap<&str, &str> =
        known["others"].as_object().unwrap().iter().map(|(p, why)| (p.as_str(), why.as_str().unwrap())).collect();
    let routes = http::routes(site.app());
    let asked = routes.infos().iter().filter(|r| r.method == "GET" && r.api.is_none());
    let routes: BTreeSet<&str> = asked.map(|r| r.path).collect();
    let listed: BTreeSet<&str> = pages.iter().chain(others.keys()).copied().collect();
    let new: Vec<_> = routes.difference(&listed).collect();
    assert!(new.is_empty(), "add to journeys/routes.json, and a page to journeys/pages.mjs: {new:#?}");
    let gone: Vec<_> = listed.difference(&routes).collect();
    assert!(gone.is_empty(), "no longer in the router: {gone:#?}");
    let twice: Vec<_> = pages.iter().filter(|p| others.contains_key(*p)).collect();
    assert!(twice.is_empty(), "{twice:?}");
    assert!(others.values().all(|why| why.len() > 5), "each with its reason");
}
