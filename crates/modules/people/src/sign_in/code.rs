//! Six digits typed in the browser that asked.

use axum::{
    http::{HeaderMap, StatusCode},
    response::Response,
};
use parvis_kernel::{
    Ctx, Result,
    form::Form,
    rate::{self, Limit},
};
use parvis_ui::{Page, html, html_with, redirect};

use super::{device, enter, post_pass};
use crate::{
    passes::{self, CodeOutcome, Pass},
    persons, urls,
};

/// Codes typed from one place.
const TRIES: Limit = Limit::per_minutes("code", 40, 15);
/// Codes typed for one address, in a day and from anywhere: guessing stops, the link of the mail still works.
const TRIES_FOR: Limit = Limit::per_minutes("code-mail-day", 20, 24 * 60);
/// An address is shown whole to the browser that typed it, for this long.
const SHOWN_MINUTES: i64 = 30;

#[derive(askama::Template)]
#[template(path = "sign_in/code.html")]
struct Code<'a> {
    p: &'a Page,
    f: &'a Form,
    email: String,
    pass: &'a Pass,
    until: String,
    /// Tries left after a wrong code.
    left: Option<i64>,
}

impl Code<'_> {
    fn dead(&self) -> bool {
        self.pass.is_code_dead()
    }

    fn confirms(&self) -> bool {
        self.pass.purpose == "confirm"
    }
}

/// Anybody whose browser asked for a code.
pub async fn show(ctx: Ctx) -> Result<Response> {
    match passes::waiting(ctx.app.db.read(), ctx.visitor, ctx.now()).await? {
        Some(pass) => page(&ctx, &pass, &Form::new(), None),
        None => Ok(redirect(urls::SignIn {})),
    }
}

/// Anybody whose browser asked for a code, five tries for each.
pub async fn check(ctx: Ctx, headers: HeaderMap, mut form: Form) -> Result<Response> {
    let Some(pass) = passes::waiting(ctx.app.db.read(), ctx.visitor, ctx.now()).await? else {
        return Ok(redirect(urls::SignIn {}));
    };
    let device = device::of(&headers);
    if form.has("renvoyer") {
        post_pass(&ctx, pass.again(), device).await?;
        return Ok(redirect(sent_again(&ctx)));
    }
    // What can't be the code costs no try.
    if let Some(words) = not_six(&ctx, form.get("code")) {
        form.fail("code", words);
        return page(&ctx, &pass, &form, None);
    }
    match try_code(&ctx, form.get("code").to_owned(), device, form.has("garder")).await? {
        Outcome::Entered(entered) => Ok(enter::answer(&ctx.app, &ctx.settings, &entered)),
        Outcome::Wrong(left) => {
            let pass = Pass { attempts: passes::CODE_ATTEMPTS - left, ..pass };
            let time = parvis_kernel::locale::time(ctx.lang, pass.created_at, ctx.settings.tz());
            form.fail("code", ctx.app.words.with(ctx.lang, "code-wrong-field", &[("time", &time)]));
            page(&ctx, &pass, &form, Some(left))
        }
    }
}

/// The page of the code, saying that another mail left, or waits.
pub(super) fn sent_again(ctx: &Ctx) -> String {
    let done = if ctx.app.sends_mail(&ctx.settings) { "code-envoye" } else { "code-attend" };
    format!("{}?fait={done}#fait", urls::Code {})
}

/// Why something typed is no code at all, in words.
fn not_six(ctx: &Ctx, typed: &str) -> Option<String> {
    let digits = typed.chars().filter(char::is_ascii_digit).count();
    let words = |key| ctx.app.words.with(ctx.lang, key, &[("n", &digits)]);
    match digits {
        6 => None,
        0 => Some(ctx.t("code-missing")),
        1..6 => Some(words("code-short")),
        _ => Some(words("code-long")),
    }
}

#[derive(Debug)]
enum Outcome {
    Entered(enter::Entered),
    Wrong(i64),
}

async fn try_code(ctx: &Ctx, code: String, device: String, keep: bool) -> Result<Outcome> {
    let (shared, who) = (ctx.clone(), enter::Entrant::of(ctx, device, keep));
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, code, who) = (shared.clone(), code.clone(), who.clone());
            Box::pin(async move {
                rate::hit(tx, TRIES, &ctx.address, ctx.now()).await?;
                if let Some(pass) = passes::waiting(tx, ctx.visitor, ctx.now()).await? {
                    let for_whom = persons::rate_key(&ctx.app.secrets, &pass.email);
                    if !rate::within(tx, TRIES_FOR, &for_whom, ctx.now()).await? {
                        return Ok(Outcome::Wrong(0));
                    }
                }
                Ok(match passes::try_code(tx, ctx.visitor, &code, ctx.now()).await? {
                    CodeOutcome::Right(pass) => {
                        Outcome::Entered(enter::enter(tx, &ctx.app, &ctx.moment, &pass, &who).await?)
                    }
                    CodeOutcome::Wrong(left) => Outcome::Wrong(left),
                    CodeOutcome::Dead => Outcome::Wrong(0),
                })
            })
        })
        .await
}

fn page(ctx: &Ctx, pass: &Pass, form: &Form, left: Option<i64>) -> Result<Response> {
    let title = if pass.is_code_dead() { "code-dead-title" } else { "code-title" };
    let p = Page::new(ctx, ctx.t(title)).private().with(form);
    let recent = (ctx.now() - pass.created_at).num_minutes() < SHOWN_MINUTES;
    let until = if pass.purpose == "confirm" { p.date(&pass.expires_at) } else { p.time(&pass.expires_at) };
    let view = Code {
        f: form,
        email: if recent { pass.email.clone() } else { masked(&pass.email) },
        pass,
        until,
        left: left.filter(|n| *n > 0),
        p: &p,
    };
    if form.is_valid() { html(&view) } else { html_with(StatusCode::UNPROCESSABLE_ENTITY, &view) }
}

/// An address that its owner recognises and nobody else learns: `l…m@exemple.fr`.
#[must_use]
pub fn masked(email: &str) -> String {
    let (local, domain) = email.rsplit_once('@').unwrap_or((email, ""));
    let first: String = local.chars().take(1).collect();
    let last: String = local.chars().next_back().filter(|_| local.chars().count() > 2).into_iter().collect();
    format!("{first}…{last}@{domain}")
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn masks() {
        assert_eq!(masked("lea.m@exemple.fr"), "l…m@exemple.fr");
        assert_eq!(masked("a@exemple.fr"), "a…@exemple.fr");
    }
}
