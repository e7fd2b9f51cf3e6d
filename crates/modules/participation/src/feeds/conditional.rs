//! Answers that are sent again only when they changed.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use parvis_kernel::secrets;

/// The document with its mark, or only "not modified" when the reader holds this very one. No time of the last change is
/// told: hiding a text changes a feed too, and when the team works is nobody's business.
#[must_use]
pub fn answer(headers: &HeaderMap, kind: &'static str, body: String) -> Response {
    let mark: String = secrets::hash(&body).chars().take(20).collect();
    let etag = format!("W/\"{mark}\"");
    let known = headers.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok()).is_some_and(|list| {
        list.split(',').map(str::trim).any(|t| t == "*" || t.trim_start_matches("W/") == format!("\"{mark}\""))
    });
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, kind)], body).into_response()
    };
    let own = response.headers_mut();
    own.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    if let Ok(value) = HeaderValue::from_str(&etag) {
        own.insert(header::ETAG, value);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(list: &str, body: &str) -> StatusCode {
        let headers = HeaderMap::from_iter([(header::IF_NONE_MATCH, list.parse().unwrap())]);
        answer(&headers, "text/xml", body.into()).status()
    }

    #[test]
    fn only_what_changed_is_sent_again() {
        let first = answer(&HeaderMap::new(), "text/xml", "a".into());
        assert!(!first.headers().contains_key("last-modified"));
        let etag = first.headers()["etag"].to_str().unwrap().to_owned();
        let lists = [etag.clone(), format!("\"x\", {etag}"), etag.trim_start_matches("W/").to_owned(), "*".into()];
        for list in lists {
            assert_eq!(ask(&list, "a"), StatusCode::NOT_MODIFIED, "{list}");
        }
        assert_eq!(ask(&etag, "b"), StatusCode::OK);
        assert_eq!(ask("\"x\"", "a"), StatusCode::OK);
    }
}
