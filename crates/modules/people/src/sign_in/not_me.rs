//! "It was not me": the link of a mail that takes its code back, or erases the address that was left. It opens a page with
//! one button: mail scanners follow links, and would do it for nobody.

use axum::{extract::Path, response::Response};
use parvis_kernel::{Ctx, Error, Refusal, Result};
use parvis_ui::{Page, html};

use super::code::masked;
use crate::{
    confirm,
    passes::{self, Pass, Purpose},
    urls,
};

#[derive(askama::Template)]
#[template(path = "sign_in/not_me.html")]
struct NotMe<'a> {
    p: &'a Page,
    action: String,
    email: String,
    /// `code` or `address`: what is taken back; words of it end with it.
    what: &'static str,
    /// `ask`, `done`, `used` or `gone`.
    state: &'static str,
}

const fn what(purpose: Purpose) -> Option<&'static str> {
    match purpose {
        Purpose::SignIn => Some("code"),
        Purpose::Confirm => Some("address"),
        Purpose::Invite | Purpose::Demo => None,
    }
}

fn page(ctx: &Ctx, token: String, pass: &Pass, state: &'static str) -> Result<Response> {
    let what = what(pass.purpose()).ok_or(Refusal::LINK_INVALID)?;
    let title = ctx.t(&format!("not-me-{what}-title"));
    let p = Page::new(ctx, title).private();
    let action = urls::NotMe { token }.to_string();
    html(&NotMe { p: &p, action, email: masked(&pass.email), what, state })
}

/// Whoever holds the link. Looking changes nothing.
pub async fn show(ctx: Ctx, Path(token): Path<String>) -> Result<Response> {
    let pass = passes::find(ctx.app.db.read(), &token).await?;
    let state = match pass.used_at {
        Some(_) => "used",
        // An address may stand where it was left after the link to confirm it has ended.
        None if pass.is_valid(ctx.now()) || pass.purpose() == Purpose::Confirm => "ask",
        None => "gone",
    };
    page(&ctx, token, &pass, state)
}

/// Whoever holds the link, once. What was used meanwhile says so.
pub async fn cancel(ctx: Ctx, Path(token): Path<String>) -> Result<Response> {
    let (app, key) = (ctx.app.clone(), token.clone());
    let (pass, state) = ctx
        .app
        .db
        .write(move |tx| {
            let (app, key) = (app.clone(), key.clone());
            Box::pin(async move {
                let pass = passes::find(tx, &key).await?;
                if pass.used_at.is_some() {
                    return Ok((pass, "used"));
                }
                match pass.purpose() {
                    Purpose::SignIn => passes::cancel(tx, &pass).await?,
                    Purpose::Confirm => confirm::let_go(tx, &app, &pass).await?,
                    Purpose::Invite | Purpose::Demo => return Err(Error::from(Refusal::LINK_INVALID)),
                }
                Ok((pass, "done"))
            })
        })
        .await?;
    page(&ctx, token, &pass, state)
}
