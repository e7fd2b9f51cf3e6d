//! The port without HTTPS: it shows the way to the one with it, and nothing else.

use axum::{
    Router,
    extract::Request,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use tokio::{net::TcpListener, sync::watch};

/// Answers until told to stop: every address, at this site.
pub async fn serve(listener: TcpListener, site: String, mut stop: watch::Receiver<bool>) {
    let served = axum::serve(listener, router(site)).with_graceful_shutdown(async move {
        let _ = stop.wait_for(|stopped| *stopped).await;
    });
    if let Err(e) = served.await {
        tracing::warn!(error = %e, "the port without HTTPS is closed");
    }
}

fn router(site: String) -> Router {
    Router::new().fallback(move |request: Request| {
        let to = format!("{site}{}", request.uri().path_and_query().map_or("/", |p| p.as_str()));
        async move { moved(to) }
    })
}

/// The same method at the other address: a form sent here arrives there.
fn moved(to: String) -> Response {
    (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, to)]).into_response()
}
