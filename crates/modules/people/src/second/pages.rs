//! Signing in, second half: the code of the app, or a recovery code; the first time, the app itself.

use axum::{http::StatusCode, response::Response};
use parvis_kernel::{Ctx, Error, Result, form::Form, permission::Actor};
use parvis_ui::{Page, html_with, redirect};

use super::{
    Begin, begin_with,
    store::{self, Step},
    within_limits,
};
use crate::{
    persons, sessions,
    sign_in::enter::{self, Entered},
    urls,
};

#[derive(askama::Template)]
#[template(path = "second/verify.html")]
struct Verify<'a> {
    p: &'a Page,
    f: &'a Form,
    /// Set where the app is still to be given its secret.
    begin: Option<Begin>,
    dead: bool,
}

#[derive(askama::Template)]
#[template(path = "second/codes.html")]
struct Codes<'a> {
    p: &'a Page,
    codes: &'a [String],
    go_on: &'a str,
}

/// Anybody whose sign-in waits in this browser.
pub async fn show(ctx: Ctx) -> Result<Response> {
    match store::waiting(ctx.app.db.read(), ctx.visitor, ctx.now()).await? {
        Some(step) => page(&ctx, &step, &Form::new()).await,
        None => Ok(redirect(urls::SignIn {})),
    }
}

async fn page(ctx: &Ctx, step: &Step, form: &Form) -> Result<Response> {
    let db = ctx.app.db.read();
    let person = persons::find(db, step.person_id).await?.ok_or(Error::NotFound)?;
    let begin = if store::has(db, person.id).await? { None } else { begin_with(ctx, &person).await? };
    let p =
        Page::new(ctx, ctx.t(if begin.is_some() { "second-begin-title" } else { "second-title" })).private().with(form);
    let view = Verify { f: form, begin, dead: step.attempts >= store::ATTEMPTS, p: &p };
    html_with(if form.is_valid() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }, &view)
}

/// What came of a code.
enum Outcome {
    In(Entered, Vec<String>),
    Wrong,
    TooMany,
}

/// Anybody whose sign-in waits in this browser, five tries for each.
pub async fn check(ctx: Ctx, mut form: Form) -> Result<Response> {
    let Some(step) = store::waiting(ctx.app.db.read(), ctx.visitor, ctx.now()).await? else {
        return Ok(redirect(urls::SignIn {}));
    };
    let typed = form.text("code");
    if typed.is_empty() {
        form.fail("code", ctx.t("second-missing"));
        return page(&ctx, &step, &form).await;
    }
    let (shared, waiting) = (ctx.clone(), step.clone());
    let outcome = ctx
        .app
        .db
        .write(move |tx| {
            let (ctx, step, typed) = (shared.clone(), waiting.clone(), typed.clone());
            Box::pin(async move { try_code(tx, &ctx, &step, &typed).await })
        })
        .await?;
    match outcome {
        Outcome::In(entered, codes) if codes.is_empty() => Ok(enter::answer(&ctx.app, &ctx.settings, &entered)),
        Outcome::In(entered, codes) => {
            let p = Page::new(&ctx, ctx.t("second-codes-title")).private();
            let shown = html_with(StatusCode::OK, &Codes { codes: &codes, go_on: &entered.return_to, p: &p })?;
            Ok(enter::with_session(&ctx.app, &ctx.settings, &entered, shown))
        }
        Outcome::Wrong => {
            form.fail("code", ctx.t("second-wrong"));
            let step = Step { attempts: step.attempts + 1, ..step };
            page(&ctx, &step, &form).await
        }
        Outcome::TooMany => {
            form.fail("code", ctx.t("second-too-many"));
            page(&ctx, &Step { attempts: store::ATTEMPTS, ..step }, &form).await
        }
    }
}

async fn try_code(tx: &parvis_kernel::db::Tx, ctx: &Ctx, step: &Step, typed: &str) -> Result<Outcome> {
    let person = step.person_id;
    // Counted first: a hundred tries at once get five answers.
    let allowed = within_limits(tx, ctx, person).await?;
    if !allowed || store::count_try(tx, step.id).await?.is_none() {
        return Ok(Outcome::TooMany);
    }
    let secrets = &ctx.app.secrets;
    let begun = !store::has(tx, person).await?;
    let right = store::try_app(tx, secrets, person, typed, ctx.now()).await?
        || (!begun && store::try_recovery(tx, secrets, person, typed, ctx.now()).await?);
    if !right {
        return Ok(Outcome::Wrong);
    }
    if !store::finish(tx, step.id).await? {
        return Ok(Outcome::TooMany);
    }
    let codes = if begun { store::confirm(tx, secrets, &ctx.moment, person).await? } else { Vec::new() };
    if let Actor::Person { id, session, .. } = &ctx.actor {
        sessions::revoke(tx, *id, *session).await?;
    }
    let token = sessions::open(tx, &ctx.moment, person, &step.device).await?;
    let entered = Entered { token: Some(token), keep: step.keep, return_to: step.return_to.clone(), person };
    Ok(Outcome::In(entered, codes))
}
