//! The few cookies of Parvis, all strictly needed, and the one way to set them.

use axum::{
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use chrono::TimeDelta;

/// The signed key of a browser: holds supports and drafts.
pub const VISITOR: &str = "parvis_visitor";
/// The token of a session.
pub const SESSION: &str = "parvis_session";
/// The language a reader chose.
pub const LANG: &str = "parvis_lang";
/// `off` when keyboard shortcuts are turned off.
pub const KEYS: &str = "parvis_keys";
/// The sealed proof of having come by the set-up link.
pub const SETUP: &str = "parvis_setup";

/// How long a choice or the key of a browser lasts.
pub const YEAR: TimeDelta = TimeDelta::days(365);

/// The value of a cookie of a request.
#[must_use]
pub fn get<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(n, _)| *n == name)
        .map(|(_, v)| v)
}

/// Sets a cookie that scripts can't read and other sites don't send, until the browser closes where nothing says how long it
/// `lasts`. It travels over TLS only where the instance has TLS (`secure`).
pub fn set(response: &mut Response, name: &str, value: &str, lasts: Option<TimeDelta>, secure: bool) {
    // Values are tokens and codes of ours: nothing that a header can't hold.
    if let Ok(cookie) = HeaderValue::from_str(&written(name, value, lasts, secure)) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}

/// Takes a cookie away from the browser.
pub fn remove(response: &mut Response, name: &str, secure: bool) {
    set(response, name, "", Some(TimeDelta::zero()), secure);
}

/// Whether an answer sets this cookie.
#[must_use]
pub fn is_set(response: &Response, name: &str) -> bool {
    let all = response.headers().get_all(header::SET_COOKIE);
    let mut names = all.iter().filter_map(|v| v.to_str().ok()).filter_map(|cookie| cookie.split_once('='));
    names.any(|(own, _)| own == name)
}

fn written(name: &str, value: &str, lasts: Option<TimeDelta>, secure: bool) -> String {
    let age = lasts.map_or_else(String::new, |lasts| format!("; Max-Age={}", lasts.num_seconds()));
    let secure = if secure { "; Secure" } else { "" };
    format!("{name}={value}; HttpOnly; SameSite=Lax; Path=/{age}{secure}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_closed_to_scripts_and_other_sites() {
        let lasts = Some(TimeDelta::days(60));
        let c = written(SESSION, "t", lasts, true);
        assert_eq!(c, "parvis_session=t; HttpOnly; SameSite=Lax; Path=/; Max-Age=5184000; Secure");
        assert!(!written(SESSION, "t", lasts, false).contains("Secure"));
        assert!(!written(SESSION, "t", None, true).contains("Max-Age"), "gone with the browser's window");
    }

    #[test]
    fn what_is_set_is_seen_and_what_is_sent_is_read() {
        let mut response = Response::default();
        set(&mut response, LANG, "en", Some(YEAR), false);
        remove(&mut response, VISITOR, false);
        assert!(is_set(&response, LANG) && is_set(&response, VISITOR) && !is_set(&response, SESSION));
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=1; parvis_lang=en"));
        headers.append(header::COOKIE, HeaderValue::from_static("parvis_keys=off"));
        assert_eq!(
            (get(&headers, LANG), get(&headers, KEYS), get(&headers, "parvis")),
            (Some("en"), Some("off"), None)
        );
    }
}
