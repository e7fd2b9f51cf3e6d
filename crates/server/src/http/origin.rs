//! Where a change comes from: our own pages only.

use axum::http::{HeaderMap, header};

/// Whether a browser says that the request comes from another site. Silence is not foreign: the form token decides.
#[must_use]
pub fn is_foreign(headers: &HeaderMap) -> bool {
    let text = |name: header::HeaderName| headers.get(name).and_then(|v| v.to_str().ok());
    let site = headers.get("sec-fetch-site").and_then(|v| v.to_str().ok());
    if matches!(site, Some("cross-site" | "same-site")) {
        return true;
    }
    let Some(origin) = text(header::ORIGIN) else { return false };
    let Some(host) = text(header::HOST) else { return true };
    // A privacy setting may hide the origin ("null"); the token still proves the form.
    origin != "null" && origin.split_once("://").is_none_or(|(_, o)| o != host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(k, v)| (header::HeaderName::from_static(k), HeaderValue::from_static(v))).collect()
    }

    #[test]
    fn only_our_own_pages() {
        assert!(!is_foreign(&headers(&[("host", "a.fr"), ("origin", "https://a.fr")])));
        assert!(!is_foreign(&headers(&[("host", "a.fr")])));
        assert!(is_foreign(&headers(&[("host", "a.fr"), ("origin", "https://b.fr")])));
        assert!(is_foreign(&headers(&[("host", "a.fr"), ("origin", "https://a.fr.evil.fr")])));
        assert!(is_foreign(&headers(&[("host", "a.fr"), ("sec-fetch-site", "cross-site")])));
    }
}
