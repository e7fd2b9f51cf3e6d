//! How many mails leave in an hour.

use axum::{http::StatusCode, response::Response};
use parvis_kernel::{Ctx, Result, form::Form, mail::pace::MOST, permission::Right};
use parvis_ui::redirect;

use super::{Section, mail, save};
use crate::urls;

/// Keeps the limit: what waits leaves by the new one. Right: administer.
///
/// # Errors
/// The refusal of the permission, or when the database refuses.
pub async fn keep(ctx: Ctx, typed: Form) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    if let Some(n) = limit(typed.get("rythme")) {
        save(&ctx, Section::Mail, move |s| s.mails_per_hour = n).await?;
        return Ok(redirect(format!("{}?fait=settings-saved#rythme", urls::Mail {})));
    }
    let mut f = mail::filled(&ctx.settings);
    f.set("rythme", typed.get("rythme"));
    f.fail("rythme", ctx.app.words.with(ctx.lang, "settings-pace-wrong", &[("n", &MOST)]));
    mail::page(&ctx, StatusCode::UNPROCESSABLE_ENTITY, &f).await
}

/// A limit as typed: nothing and 0 are none.
fn limit(typed: &str) -> Option<i64> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.is_empty() { Some(0) } else { digits.parse().ok().filter(|n| (0..=MOST).contains(n)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_as_typed() {
        for (typed, read) in [
            ("", Some(0)),
            ("0", Some(0)),
            (" 200 ", Some(200)),
            ("1\u{202f}000", Some(1_000)),
            ("100000", Some(MOST)),
            ("100001", None),
            ("-1", None),
            ("2e3", None),
            ("deux cents", None),
        ] {
            assert_eq!(limit(typed), read, "{typed}");
        }
    }
}
