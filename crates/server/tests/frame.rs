//! The frame around every page: headers, cookies, errors, the set-up, what was typed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

mod support;

use axum::http::StatusCode;
use parvis_kernel::permission::Role;
use parvis_testing::engines;
use support::Site;

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
