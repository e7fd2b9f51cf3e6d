//! Headers of every answer, and the counting and logging of requests.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};

use parvis_kernel::routes::{FRAME, Framed};

use super::Shared;

/// No inline style or script, nothing from elsewhere, no frame around us.
const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                   connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The policy of a page: the one that other sites may show names them.
fn policy(framed: Option<&Framed>) -> HeaderValue {
    let sites = framed.filter(|f| !f.0.is_empty()).map(|f| f.0.join(" "));
    let own = sites.map(|s| CSP.replace("frame-ancestors 'none'", &format!("frame-ancestors {s}")));
    own.and_then(|p| HeaderValue::from_str(&p).ok()).unwrap_or_else(|| HeaderValue::from_static(CSP))
}

/// Set on the answer by the context layer, for the log.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// Adds the security headers; counts and logs the request without anything personal: no address, no query.
pub async fn layer(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let start = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map(|p| p.as_str().to_owned());
    let mut response = next.run(request).await;
    let took = start.elapsed();
    shared.metrics.record(response.status(), took);
    let id = response.extensions().get::<RequestId>().map_or("", |r| &r.0);
    let status = response.status().as_u16();
    let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    tracing::info!(target: "parvis::http", %method, route = route.as_deref().unwrap_or("-"), status, micros, id);
    let framed = response.extensions_mut().remove::<Framed>().filter(|_| route.as_deref() == Some(FRAME));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, policy(framed.as_ref()));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    if framed.is_none() {
        headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    }
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    headers.entry("cross-origin-resource-policy").or_insert(HeaderValue::from_static("same-origin"));
    headers.insert(
        "permissions-policy",
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    );
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
    response
}
