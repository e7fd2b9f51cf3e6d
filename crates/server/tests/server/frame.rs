//! The frame around every page: headers, cookies, errors, the set-up, what was typed.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use parvis_kernel::{
    permission::{Access, Role},
    sections,
};
use parvis_testing::engines;
use uuid::Uuid;

use crate::support::{Browser, Site};

#[tokio::test]
async fn every_answer_carries_the_headers_of_safety() {
    let site = Site::open(parvis_testing::Engine::Sqlite).await;
    let mut browser = site.visitor();
    for path in ["/", "/rien", "/theme.css?v=0b6670", "/healthz"] {
        let answer = browser.get(path).await;
        let csp = answer.headers["content-security-policy"].to_str().unwrap();
        assert!(csp.contains("script-src 'self'") && !csp.contains("unsafe"), "{path}");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff");
    }
}

#[tokio::test]
async fn pages_hold_no_inline_style_script_or_handler() {
    let site = Site::open(parvis_testing::Engine::Sqlite).await;
    let text = site.visitor().get("/").await.text;
    for bad in [" style=", "<style", " onclick=", "<script>"] {
        assert!(!text.contains(bad), "{bad}");
    }
}

#[tokio::test]
async fn a_missing_page_says_what_to_do_in_the_readers_language() {
    let site = Site::open(parvis_testing::Engine::Sqlite).await;
    let answer = site.visitor().get("/rien").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(answer.text.contains("Cette page n’existe pas") && answer.text.contains("href=\"/\""));
    let mut english = site.visitor();
    english.get("/").await;
    english.post("/langue", &[("langue", "en"), ("retour", "/")]).await;
    assert!(english.get("/rien").await.text.contains("This page does not exist"));
    // Whoever works at the desk is led back there; nobody else is told that it exists.
    let way = "<a class=\"btn btn-primary\" href=\"/equipe\"";
    let (_, mut analyst) = site.team(Role::Analyst).await;
    assert!(analyst.get("/equipe/contributions/999999").await.text.contains(way));
    assert!(!analyst.get("/rien").await.text.contains(way));
    assert!(!site.visitor().get("/equipe/contributions/999999").await.text.contains(way));
}

#[tokio::test]
async fn an_expired_form_gives_back_what_was_typed() {
    let site = Site::open(parvis_testing::Engine::Sqlite).await;
    let mut browser = site.visitor();
    let long = "Il faudrait un banc à mi-chemin de l’hôpital, la montée est dure pour ma mère, surtout l’été.";
    let answer = browser.post_raw("/deposer", &[("texte", long), ("_csrf", "old.token")], &[]).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.text.contains(long) && answer.text.contains("_csrf"), "typed text is offered again");
    let foreign = browser.post_raw("/deposer", &[("texte", long)], &[("sec-fetch-site", "cross-site")]).await;
    assert!(!foreign.text.contains(long), "another site gets no form to send again");
}

#[tokio::test]
async fn nobody_enters_before_the_set_up_but_by_its_link_once() {
    for engine in engines() {
        let site = Site::empty(engine).await;
        let mut stranger = site.visitor();
        assert_eq!(stranger.get("/").await.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(stranger.get("/installation").await.status, StatusCode::SERVICE_UNAVAILABLE);
        let link = parvis::http::setup::new_link(site.app()).await.unwrap();
        let path = link.split("8080").nth(1).unwrap().to_owned();
        let mut founder = site.visitor();
        assert_eq!(founder.get(&path).await.location, "/installation");
        assert_eq!(founder.get("/installation").await.status, StatusCode::OK);
        assert_eq!(stranger.get(&path).await.status, StatusCode::SERVICE_UNAVAILABLE, "the link works once");
    }
}

#[tokio::test]
async fn metrics_are_for_the_machine_only_and_name_nobody() {
    let site = Site::open(parvis_testing::Engine::Sqlite).await;
    assert_eq!(site.visitor().get("/metrics").await.status, StatusCode::NOT_FOUND);
}

/// Whoever could put a page in a frame could make people press its buttons unseen.
#[tokio::test]
async fn one_page_may_be_framed_by_the_sites_named_and_no_other_page_by_any() {
    let site = Site::open(parvis_testing::Engine::Sqlite).await;
    let sites = ["https://www.rivemont.fr", "https://agglo.example:8443"];
    site.test
        .write(move |tx, _, _| {
            Box::pin(async move {
                let sites = sites.map(str::to_owned).to_vec();
                parvis_kernel::settings::change(tx, move |s| s.embed_sites = sites).await
            })
        })
        .await;
    site.app().store.forget().await;
    let (_, mut owner) = site.team(parvis_kernel::permission::Role::Owner).await;
    let mut visitor = site.visitor();
    let mut walked = 0;
    for route in parvis::http::routes(site.app()).infos().iter().filter(|r| r.method == "GET") {
        let path = route.path.replace(['{', '}'], "");
        for browser in [&mut owner, &mut visitor] {
            let answer = browser.get(&path).await;
            let policy = answer.headers["content-security-policy"].to_str().unwrap();
            if route.path == "/integrer" {
                assert!(
                    policy.ends_with("frame-ancestors https://www.rivemont.fr https://agglo.example:8443"),
                    "{policy}"
                );
                assert!(policy.contains("script-src 'self'") && !answer.headers.contains_key("x-frame-options"));
                assert!(!answer.headers.contains_key("set-cookie") || path != "/integrer", "no cookie in a frame");
                assert!(!answer.text.contains("<form") && !answer.text.contains("<script"), "nothing to press unseen");
            } else {
                assert!(policy.ends_with("frame-ancestors 'none'"), "{path}: {policy}");
                assert_eq!(answer.headers["x-frame-options"], "DENY", "{path}");
            }
            walked += 1;
        }
    }
    assert!(walked > 100, "{walked}");
    // Not even an error at the same address.
    let missing = visitor.get("/integrer?projet=rien").await;
    assert_eq!(
        (missing.status, &missing.headers["x-frame-options"]),
        (StatusCode::NOT_FOUND, &"DENY".parse().unwrap())
    );
}

#[tokio::test]
async fn no_site_named_is_no_site() {
    let site = Site::open(parvis_testing::Engine::Sqlite).await;
    let answer = site.visitor().get("/integrer").await;
    assert!(answer.headers["content-security-policy"].to_str().unwrap().ends_with("frame-ancestors 'none'"));
}

/// The menu of a page of the settings: each address, and whether it is the page shown.
fn menu(page: &str) -> Vec<(&str, bool)> {
    let Some(nav) = page.split("<nav class=\"setnav\"").nth(1).and_then(|n| n.split("</nav>").next()) else {
        return Vec::new();
    };
    let links = nav.split("<a href=\"").skip(1);
    links.map(|l| (l.split('"').next().unwrap(), l.split('>').next().unwrap().contains("aria-current"))).collect()
}

#[tokio::test]
async fn sections_of_the_settings_are_pages_of_their_own_right() {
    let site = Site::empty(parvis_testing::Engine::Sqlite).await;
    let (all, routes) = (sections::all(&site.app().modules), parvis::http::routes(site.app()));
    assert_eq!(all.len(), 17);
    for (_, section) in &all {
        let page = routes.infos().iter().find(|r| r.method == "GET" && r.path == section.path);
        assert_eq!(page.map(|r| r.access), Some(Access::Team(section.right)), "{}", section.code);
    }
    let different =
        |of: fn(&sections::SettingsSection) -> String| all.iter().map(|(_, s)| of(s)).collect::<BTreeSet<_>>().len();
    assert_eq!(different(|s| s.code.to_owned()), all.len());
    assert_eq!(different(|s| s.path.to_owned()), all.len());
    assert_eq!(different(|s| s.order.to_string()), all.len(), "their order is nobody's chance");
}

/// Whoever opens a page of the settings keeps their menu, whatever module the page belongs to.
#[tokio::test]
async fn every_page_of_the_settings_shows_the_sections_one_may_open() {
    for engine in engines() {
        let site = Site::open(engine).await;
        for role in [Role::Owner, Role::Administrator, Role::Analyst, Role::Moderator(vec![Uuid::from_u128(42)])] {
            let (_, mut browser) = site.team(role.clone()).await;
            let all: Vec<_> = sections::all(&site.app().modules).into_iter().map(|(_, s)| s).collect();
            let administers = matches!(role, Role::Owner | Role::Administrator);
            for section in &all {
                let answer = browser.get(section.path).await;
                if !administers && section.code != "tokens" {
                    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{role:?}: {}", section.code);
                    continue;
                }
                assert_eq!(answer.status, StatusCode::OK, "{role:?}: {}", section.code);
                let expected = all.iter().map(|s| (s.path, s.path == section.path)).collect();
                // A menu of one section leads nowhere.
                let expected = if administers { expected } else { Vec::new() };
                assert_eq!(menu(&answer.text), expected, "{role:?}: {}", section.code);
                let text = answer.text.replace(['\u{a0}', '\u{202f}'], " ");
                assert!(text.contains("<title>Réglages : "), "{}", section.code);
                let desk = "<a href=\"/equipe/reglages\" aria-current=\"page\" data-key=\"g r\"><svg";
                assert_eq!(text.contains(desk), administers, "{}: the entry of the desk", section.code);
            }
        }
    }
}

#[tokio::test]
async fn a_form_of_the_settings_to_correct_keeps_their_menu() {
    async fn wrong(owner: &mut Browser, path: &str, fields: &[(&str, &str)]) -> String {
        let answer = owner.post(path, fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        answer.text
    }
    let site = Site::open(parvis_testing::Engine::Sqlite).await;
    let (_, mut owner) = site.team(Role::Owner).await;
    let to = "/equipe/reglages";
    for (path, section, field) in [
        ("", "", ("name", "")),
        ("/jetons", "/jetons", ("nom", "")),
        ("/moderation", "/moderation", ("faire", "essayer")),
        ("/equipe/inviter", "/equipe", ("courriel", "")),
    ] {
        let page = wrong(&mut owner, &format!("{to}{path}"), &[field]).await;
        let (menu, section) = (menu(&page), format!("{to}{section}"));
        let current: Vec<&str> = menu.iter().filter(|(_, current)| *current).map(|(href, _)| *href).collect();
        assert!(menu.len() > 10 && current == [section.as_str()], "{path}: {menu:?}");
    }
}
