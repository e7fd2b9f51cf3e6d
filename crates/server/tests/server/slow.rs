//! What stops on its way, or takes too long, ends in a page or problem that says so; a text that could take long does not.

use std::{net::SocketAddr, time::Duration};

use axum::{
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{Request, StatusCode, header},
};
use parvis::http;
use parvis_kernel::permission::Role;
use parvis_participation::ideas::{
    Status,
    store::{self, New},
};
use parvis_testing::Engine;
use tower::ServiceExt;

use crate::support::{Site, first_project};

/// A page or problem for a request whose body falls silent, or whose answer does not come, to somebody without patience.
async fn without_patience(site: &Site, method: &str, path: &str, lang: &str) -> String {
    let hasty = http::Patience { idle: Duration::ZERO, ..http::Patience::default() };
    let silent = futures::stream::pending::<Result<Vec<u8>, std::io::Error>>();
    let body = if method == "POST" { Body::from_stream(silent) } else { Body::empty() };
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::ACCEPT_LANGUAGE, lang)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(body)
        .unwrap();
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([192, 0, 2, 1], 4000))));
    let router = http::router_with(site.app(), http::Proxies::default(), hasty);
    let response = router.oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(response.headers().contains_key(header::RETRY_AFTER) && response.headers().contains_key("x-frame-options"));
    String::from_utf8(to_bytes(response.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap()
}

#[tokio::test]
async fn what_is_cut_says_so_in_the_language_of_the_reader() {
    let site = Site::open(Engine::Sqlite).await;
    let page = without_patience(&site, "POST", "/deposer", "fr").await;
    assert!(page.contains("Votre envoi s’est arrêté en chemin"), "{page}");
    let page = without_patience(&site, "POST", "/deposer", "en").await;
    assert!(page.contains("What you were sending stopped on its way"), "{page}");
    let page = without_patience(&site, "GET", "/projets", "fr").await;
    assert!(page.contains("Cette demande a pris trop de temps") && page.contains("Numéro de l’incident"), "{page}");
    let problem = without_patience(&site, "GET", "/api/v1/ideas", "en").await;
    assert!(problem.contains("\"overdue\"") && problem.contains("This request took too long"), "{problem}");
}

/// Far beyond any page, on any machine: what takes longer has no end.
const ENDLESS: Duration = Duration::from_secs(30);

/// A file may bring words that no form takes: their pages cost what others do.
#[tokio::test(flavor = "multi_thread")]
async fn a_word_of_twenty_thousand_signs_slows_no_page_down() {
    let site = Site::open(Engine::Sqlite).await;
    let (_, mut owner) = site.team(Role::Owner).await;
    let mut numbers = Vec::new();
    for piece in ["a", "écriteau", "a'", "(a", "@a.", "'", "1", "W1"] {
        let body = piece.repeat(20_000 / piece.chars().count());
        let number = site
            .test
            .write(move |tx, app, moment| {
                let body = body.clone();
                Box::pin(async move {
                    let known = "SELECT id FROM project";
                    let project = match parvis_kernel::db::scalar(tx, known, vec![]).await? {
                        Some(project) => project,
                        None => first_project(tx, &app, &moment).await?,
                    };
                    let new = New::idea(project, moment.id(), body, Status::Proposed);
                    store::insert(tx, &moment, &new).await.map(|stored| stored.number)
                })
            })
            .await;
        numbers.push((piece, number));
    }
    let mut visitor = site.visitor();
    for path in ["/", "/idees"] {
        let began = std::time::Instant::now();
        assert_eq!(visitor.get(path).await.status, StatusCode::OK);
        assert!(began.elapsed() < ENDLESS, "{path}: {:?}", began.elapsed());
    }
    for (piece, number) in numbers {
        let began = std::time::Instant::now();
        assert_eq!(visitor.get(&format!("/idees/{number}")).await.status, StatusCode::OK);
        let read = began.elapsed();
        assert_eq!(owner.get(&format!("/equipe/contributions/{number}")).await.status, StatusCode::OK);
        let handled = began.elapsed() - read;
        assert!(read < ENDLESS && handled < ENDLESS, "{piece}: {read:?}, {handled:?}");
    }
}
