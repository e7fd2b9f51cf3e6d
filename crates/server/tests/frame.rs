//! The frame around every page: headers, cookies, errors, the set-up, what was typed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

mod support;

use axum::http::StatusCode;
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
