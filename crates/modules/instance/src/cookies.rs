//! Cookies that this module sets, all strictly needed.

use axum::{
    http::{HeaderValue, header},
    response::Response,
};
use parvis_kernel::Ctx;

/// The token of a session.
pub const SESSION: &str = "parvis_session";
/// The language a reader chose.
pub const LANG: &str = "parvis_lang";
/// `off` when keyboard shortcuts are turned off.
pub const KEYS: &str = "parvis_keys";

/// Seconds in a year.
pub const YEAR: i64 = 365 * 86_400;

/// A cookie that scripts can't read and other sites don't send. It travels over TLS only where the instance has TLS.
#[must_use]
pub fn cookie(name: &str, value: &str, max_age: i64, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{name}={value}; HttpOnly; SameSite=Lax; Path=/; Max-Age={max_age}{secure}")
}

/// The answer with one more cookie.
#[must_use]
pub fn with_cookie(ctx: &Ctx, mut response: Response, name: &str, value: &str, max_age: i64) -> Response {
    let secure = ctx.app.is_secure(&ctx.settings);
    if let Ok(header) = HeaderValue::from_str(&cookie(name, value, max_age, secure)) {
        response.headers_mut().append(header::SET_COOKIE, header);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_cookie_is_closed_to_scripts_and_other_sites() {
        let c = cookie(SESSION, "t", 5_184_000, true);
        assert_eq!(c, "parvis_session=t; HttpOnly; SameSite=Lax; Path=/; Max-Age=5184000; Secure");
        assert!(!cookie(SESSION, "t", 1, false).contains("Secure"));
    }
}
