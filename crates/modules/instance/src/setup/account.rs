//! Fifth step: the first person, who owns the instance. It ends the set-up.

use askama::Template;
use axum::{
    http::{HeaderMap, StatusCode},
    response::Response,
};
use parvis_kernel::{
    Ctx, Result, cookies,
    form::{self, Form},
    mail,
};
use parvis_people::{sessions, sign_in::device};
use parvis_ui::{Page, html_with, redirect};

use super::{Step, Wizard, store};

#[derive(Template)]
#[template(path = "setup/account.html")]
struct Show<'a> {
    p: &'a Page,
    w: &'a Wizard,
    f: &'a Form,
    has_server: bool,
}

/// Step five. Whoever holds the set-up link.
pub async fn show(ctx: Ctx) -> Result<Response> {
    page(&ctx, StatusCode::OK, &Form::new()).await
}

async fn page(ctx: &Ctx, status: StatusCode, f: &Form) -> Result<Response> {
    let w = Wizard::at(ctx, Step::Account).await?;
    let has_server = ctx.app.transport.is_some() || !ctx.settings.smtp.host.is_empty();
    html_with(status, &Show { p: &w.page, w: &w, f, has_server })
}

/// What is wrong with a mail address, by the key of its words.
fn problem(email: &str) -> Option<&'static str> {
    match email {
        "" => Some("setup-email-missing"),
        e if !e.contains('@') => Some("setup-email-no-at"),
        e if !mail::is_address(e) => Some("settings-address-wrong"),
        _ => None,
    }
}

/// Makes the owner, publishes the first consultation, signs the owner in. Whoever holds the set-up link.
pub async fn keep(ctx: Ctx, headers: HeaderMap, mut f: Form) -> Result<Response> {
    let (name, email) = (f.text("name").replace(['\n', '\t'], " "), f.text("email"));
    if form::is_blank(&name) {
        f.fail("name", ctx.t("setup-person-missing"));
    } else if name.chars().count() > 80 {
        f.fail("name", ctx.app.words.with(ctx.lang, "settings-too-long", &[("n", &80_usize)]));
    }
    if let Some(key) = problem(&email) {
        f.fail("email", ctx.t(key));
    }
    if !f.is_valid() {
        return page(&ctx, StatusCode::UNPROCESSABLE_ENTITY, &f).await;
    }
    let owner = store::Owner { name, email, device: device::of(&headers) };
    let token = store::finish(&ctx, owner).await?;
    let mut response = redirect("/equipe?fait=setup");
    cookies::set(&mut response, cookies::SESSION, &token, Some(sessions::LASTS), ctx.is_secure());
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_in_error_is_told_how() {
        assert_eq!(problem("camille.rivemont.example"), Some("setup-email-no-at"));
        assert_eq!(problem(""), Some("setup-email-missing"));
        assert_eq!(problem("camille@rivemont"), Some("settings-address-wrong"));
        assert_eq!(problem("camille@rivemont.example"), None);
    }
}
