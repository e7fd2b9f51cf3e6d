//! Confirming the supports of a browser with an address: one field, asked once, afterwards.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use parvis_kernel::{
    Ctx, Result,
    db::Tx,
    form::Form,
    rate::{self, Limit},
};
use parvis_people::{
    blocks,
    confirm::{Agrees, Confirmation, Confirms, request_confirmation},
};
use parvis_ui::{Page, redirect};

use crate::{
    follows::{asked, question},
    seen::{self, back},
};

/// Confirmation mails asked from one address.
pub const ASKS: Limit = Limit::per_minutes("confirm", 20, 60);

#[derive(Template)]
#[template(path = "follows/confirm.html")]
struct Ask<'a> {
    p: &'a Page,
    f: &'a Form,
    n: i64,
    /// Whether one of them is of an idea, which may be answered.
    ideas: bool,
    back: String,
}

/// The line of a confirmation mail that says how many supports of this browser it confirms; nothing without any.
///
/// # Errors
/// When the database refuses.
pub async fn fact(tx: &Tx, ctx: &Ctx) -> Result<Option<(String, String)>> {
    let n = super::unconfirmed(tx, ctx.visitor).await?;
    let words = || ctx.app.words.with(ctx.lang, "confirm-fact-supports-n", &[("n", &n)]);
    Ok((n > 0).then(|| (ctx.t("confirm-fact-supports"), words())))
}

/// Asks for the address. Public.
///
/// # Errors
/// When the database refuses.
pub async fn show(ctx: Ctx) -> Result<Response> {
    page(&ctx, &seen::query(&ctx), StatusCode::OK).await
}

async fn page(ctx: &Ctx, form: &Form, status: StatusCode) -> Result<Response> {
    let page = Page::new(ctx, ctx.t("confirm-supports-title")).private();
    let n = super::unconfirmed_of(ctx).await?;
    let ideas = n > 0 && !asked::supported(ctx.app.db.read(), ctx.visitor).await?.is_empty();
    parvis_ui::html_with(status, &Ask { p: &page, f: form, n, ideas, back: back(form, "/") })
}

/// Sends the link and the code. Public.
///
/// # Errors
/// `too_many`, or when the database refuses.
pub async fn ask(ctx: Ctx, mut form: Form) -> Result<Response> {
    if super::unconfirmed_of(&ctx).await? == 0 {
        return Ok(redirect(back(&form, "/")));
    }
    let Some(email) = question::address(&ctx, &mut form) else {
        return page(&ctx, &form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    if let Some(refused) = blocks::pages::refused(&ctx, false, "").await? {
        return Ok(refused);
    }
    let (back, tell) = (back(&form, "/"), form.is("prevenir", "1"));
    let inner = ctx.clone();
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, email, back) = (inner.clone(), email.clone(), back.clone());
            Box::pin(async move {
                rate::hit(tx, ASKS, &ctx.address, ctx.now()).await?;
                let ideas = if tell { asked::supported(tx, ctx.visitor).await? } else { Vec::new() };
                let (request, wording) = (ctx.moment.id(), ctx.t("consent-supporter"));
                let facts: Vec<(String, String)> = fact(tx, &ctx).await?.into_iter().collect();
                let confirmation = Confirmation {
                    lang: ctx.lang,
                    visitor: ctx.visitor,
                    email: &email,
                    name: "",
                    what: Confirms::Supports,
                    subject: None,
                    quote: "",
                    facts: &facts,
                    agrees: (!ideas.is_empty()).then_some(Agrees { key: request, words: &wording }),
                    return_to: &back,
                };
                if request_confirmation(tx, &ctx.app, &ctx.settings, &ctx.moment, &confirmation).await? {
                    let wish = asked::Wish {
                        request,
                        ideas: &ideas,
                        email: &email,
                        wording: &wording,
                        source: "support_form",
                    };
                    asked::keep(tx, &ctx, &wish).await?;
                }
                Ok(())
            })
        })
        .await?;
    Ok(redirect(parvis_people::urls::Code {}))
}
