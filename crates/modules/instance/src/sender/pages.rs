//! The button that asks.

use axum::{http::StatusCode, response::Response};
use parvis_kernel::{
    Ctx, Refusal, Result,
    form::Form,
    permission::Right,
    rate::{self, Limit},
};
use parvis_ui::redirect;

use super::{Resolver, check, domain, keep};
use crate::{settings::mail, urls};

/// Checks of one person: each asks the name servers some thirty questions.
const CHECKS: Limit = Limit::per_minutes("sender-check", 10, 10);

/// Whether a text may be a selector of DKIM.
fn is_selector(text: &str) -> bool {
    text.len() <= 63 && text.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
}

/// Asks the name servers about the sender that is set, and keeps what they say. Right: administer.
///
/// # Errors
/// The refusal of the permission, `too_many`, `changed_meanwhile` without a sender.
pub async fn verify(ctx: Ctx, form: Form) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    let domain = domain(&ctx.settings).ok_or(Refusal::CHANGED_MEANWHILE)?;
    let (person, now) = (ctx.person()?, ctx.now());
    ctx.app.db.write(move |tx| Box::pin(async move { rate::hit(tx, CHECKS, &person.to_string(), now).await })).await?;
    let selector = form.get("selecteur").trim().to_ascii_lowercase();
    if !is_selector(&selector) {
        let mut f = mail::filled(&ctx.settings);
        f.set("selecteur", form.get("selecteur"));
        f.fail("selecteur", ctx.t("sender-selector-wrong"));
        return mail::page(&ctx, StatusCode::UNPROCESSABLE_ENTITY, &f).await;
    }
    let names = Resolver::new(ctx.app.dns);
    let report = check(&names, &ctx.settings, &domain, &selector, now).await;
    ctx.app
        .db
        .write(move |tx| {
            let report = report.clone();
            Box::pin(async move { keep(tx, &report).await })
        })
        .await?;
    Ok(redirect(format!("{}#domaine", urls::Mail {})))
}

#[cfg(test)]
mod tests {
    use super::is_selector;

    #[test]
    fn selectors() {
        for (text, one) in
            [("", true), ("s1", true), ("ovhmo-selector-1", true), ("a b", false), ("é", false), ("x/y", false)]
        {
            assert_eq!(is_selector(text), one, "{text}");
        }
        assert!(!is_selector(&"a".repeat(64)));
    }
}
