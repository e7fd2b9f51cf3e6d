//! Answers that are sent again only when they changed.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, TimeDelta, Utc};
use parvis_kernel::{Result, args, db, secrets};
use sea_orm::ConnectionTrait;

/// When anything was last done, as the journal knows. What was published is no measure: hiding a text changes a feed too,
/// and nobody must keep what was hidden because nothing newer came.
///
/// # Errors
/// When the database refuses.
pub async fn last_change(c: &impl ConnectionTrait) -> Result<Option<DateTime<Utc>>> {
    db::scalar(c, "SELECT at FROM activity ORDER BY at DESC LIMIT 1", args![]).await
}

/// A time as HTTP writes it.
fn http_date(at: DateTime<Utc>) -> String {
    at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// The document with its marks, or only "not modified" when the reader holds this very one.
#[must_use]
pub fn answer(
    headers: &HeaderMap,
    kind: &'static str,
    body: String,
    changed: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Response {
    let mark: String = secrets::hash(&body).chars().take(20).collect();
    let etag = format!("W/\"{mark}\"");
    // HTTP counts in seconds: what changed within this one may change again within it.
    let changed = changed.filter(|at| now - *at >= TimeDelta::seconds(2)).map(http_date);
    let asked = |name| headers.get(name).and_then(|v: &HeaderValue| v.to_str().ok());
    let known = match asked(header::IF_NONE_MATCH) {
        Some(list) => {
            list.split(',').map(str::trim).any(|t| t == "*" || t.trim_start_matches("W/") == format!("\"{mark}\""))
        }
        None => asked(header::IF_MODIFIED_SINCE)
            .and_then(|t| DateTime::parse_from_rfc2822(t).ok())
            .zip(changed.as_deref().and_then(|t| DateTime::parse_from_rfc2822(t).ok()))
            .is_some_and(|(since, changed)| changed <= since),
    };
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, kind)], body).into_response()
    };
    let own = response.headers_mut();
    own.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    for (name, value) in [(header::ETAG, Some(etag)), (header::LAST_MODIFIED, changed)] {
        if let Some(value) = value.and_then(|v| HeaderValue::from_str(&v).ok()) {
            own.insert(name, value);
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(name: header::HeaderName, value: &str, body: &str, changed: i64) -> StatusCode {
        let headers = HeaderMap::from_iter([(name, value.parse().unwrap())]);
        let at = |n| DateTime::from_timestamp(1_800_000_000 + n, 0);
        answer(&headers, "text/xml", body.into(), at(changed), at(100).unwrap()).status()
    }

    #[test]
    fn only_what_changed_is_sent_again() {
        let first =
            answer(&HeaderMap::new(), "text/xml", "a".into(), DateTime::from_timestamp(0, 0), DateTime::UNIX_EPOCH);
        assert_eq!(first.headers()["last-modified"], "Thu, 01 Jan 1970 00:00:00 GMT");
        let etag = first.headers()["etag"].to_str().unwrap().to_owned();
        let lists = [etag.clone(), format!("\"x\", {etag}"), etag.trim_start_matches("W/").to_owned(), "*".into()];
        for list in lists {
            assert_eq!(ask(header::IF_NONE_MATCH, &list, "a", 0), StatusCode::NOT_MODIFIED, "{list}");
        }
        assert_eq!(ask(header::IF_NONE_MATCH, &etag, "b", 0), StatusCode::OK);
        let since = http_date(DateTime::from_timestamp(1_800_000_050, 0).unwrap());
        assert_eq!(ask(header::IF_MODIFIED_SINCE, &since, "a", 50), StatusCode::NOT_MODIFIED);
        assert_eq!(ask(header::IF_MODIFIED_SINCE, &since, "a", 51), StatusCode::OK);
        assert_eq!(ask(header::IF_MODIFIED_SINCE, "yesterday", "a", 0), StatusCode::OK);
        assert_eq!(ask(header::IF_MODIFIED_SINCE, &since, "a", 99), StatusCode::OK, "within the second");
    }
}
