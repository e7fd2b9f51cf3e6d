//! What every request of the API passes: no cookie, a limit that is told, a tag, errors for programs, open to the pages of
//! other sites.

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use parvis_kernel::{
    Ctx, Error, Refusal,
    api::{self, Problem},
    db::Db,
    module::Bearer,
    rate::{Limit, Readings},
    routes::TOKEN_UNKNOWN,
};

use super::errors;

/// Requests from one address or of one token in a minute.
const READINGS: Limit = Limit::per_minutes("api", 600, 1);
/// Largest answer that gets a tag.
const MAX_ANSWER: usize = 16 * 1024 * 1024;

/// How many requests each asker made in the present minute.
#[derive(Debug)]
pub struct Limits(Readings);

impl Default for Limits {
    fn default() -> Self {
        Self(Readings::new(READINGS))
    }
}

/// What is left to an asker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Left {
    hits: Option<i64>,
    seconds: i64,
}

impl Limits {
    async fn hit(&self, db: &Db, who: &str, now: DateTime<Utc>) -> Left {
        Left { hits: self.0.hit(db, who, now).await, seconds: self.0.seconds_left(now) }
    }
}

/// The token that a program sent.
#[derive(Debug)]
pub enum Sent {
    /// None: anybody.
    None,
    /// One that opens nothing.
    Unknown,
    /// Ours.
    Known(Bearer),
}

/// Answers a request of the API.
pub async fn answer(limits: &Limits, ctx: &Ctx, sent: Sent, mut request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let headers = request.headers().clone();
    let who = ctx.actor.person().map_or_else(|| ctx.address.clone(), |id| id.to_string());
    let left = limits.hit(&ctx.app.db, &who, ctx.now()).await;
    let mut response = if left.hits.is_none() {
        errors::problem(ctx, Error::from(Refusal::TOO_MANY).into_response())
    } else if matches!(sent, Sent::Unknown) {
        errors::problem(ctx, Error::from(TOKEN_UNKNOWN).into_response())
    } else {
        if let Sent::Known(bearer) = sent {
            request.extensions_mut().insert(bearer);
        }
        errors::problem(ctx, next.run(request).await)
    };
    if response.status() == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    if response.status() == StatusCode::OK && matches!(method, Method::GET | Method::HEAD) {
        response = tagged(&headers, response).await;
    }
    tell(response.headers_mut(), left);
    if ctx.actor.person().is_some() {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    open(response.headers_mut());
    response
}

/// A browser asks whether a page of another site may read: yes, without credentials.
pub fn preflight() -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    open(headers);
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, HEAD"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("if-none-match"));
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
    response
}

/// Whether this is a browser's question before a request from another site.
pub fn is_preflight(request: &Request) -> bool {
    request.method() == Method::OPTIONS && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}

async fn tagged(asked: &HeaderMap, response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, MAX_ANSWER).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let accepts = asked.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let tag = api::etag(&bytes, accepts.contains("gzip"));
    let same = api::has_it(asked, &tag);
    if let Ok(value) = HeaderValue::from_str(&tag) {
        parts.headers.insert(header::ETAG, value);
    }
    if same {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_TYPE);
        parts.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(parts, Body::empty());
    }
    parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    Response::from_parts(parts, Body::from(bytes))
}

fn tell(headers: &mut HeaderMap, left: Left) {
    let mut say = |name: &'static str, value: i64| {
        headers.insert(HeaderName::from_static(name), HeaderValue::from(value));
    };
    say("ratelimit-limit", READINGS.hits);
    say("ratelimit-remaining", left.hits.unwrap_or(0));
    say("ratelimit-reset", left.seconds);
    if left.hits.is_none() {
        say("retry-after", left.seconds);
    }
}

fn open(headers: &mut HeaderMap) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("etag, ratelimit-limit, ratelimit-remaining, ratelimit-reset, retry-after"),
    );
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    headers.append(header::VARY, HeaderValue::from_static("accept-language, authorization"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("public, no-cache"));
}

/// The problem of an error, in the reader's language.
pub fn problem(ctx: &Ctx, code: &str, status: StatusCode, words: (String, String, String)) -> Problem {
    let (title, why, next) = words;
    Problem {
        kind: format!("{}/api#{code}", ctx.app.base_url(&ctx.settings)),
        title,
        status: status.as_u16(),
        detail: format!("{why} {next}").trim().to_owned(),
        code: code.to_owned(),
        parameter: None,
        request: ctx.id.clone(),
    }
}
