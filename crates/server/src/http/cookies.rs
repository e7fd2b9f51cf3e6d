//! The few cookies of Parvis, all strictly needed.

use axum::http::{HeaderMap, header};

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

/// The value of a cookie of the request.
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

/// A cookie that scripts can't read and other sites don't send.
#[must_use]
pub fn set(name: &str, value: &str, max_age_days: u32, secure: bool) -> String {
    let age = u64::from(max_age_days) * 86_400;
    let secure = if secure { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{secure}")
}
