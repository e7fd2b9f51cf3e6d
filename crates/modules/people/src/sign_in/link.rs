//! The link of a mail opens a page with one button: mail scanners follow links, and would burn it.

use axum::{
    extract::Path,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use parvis_kernel::{
    Ctx, Error, Refusal, Result,
    form::Form,
    rate::{self, Limit},
    url,
};
use parvis_ui::{Page, html, html_with, redirect};

use super::{
    code::{masked, sent_again},
    device, enter, letters, post_pass,
};
use crate::{
    passes::{self, NewPass, Pass, Purpose},
    persons, urls,
};

/// Links tried from one place.
const TRIES: Limit = Limit::per_minutes("link", 60, 15);

/// Where its author changes an idea, on its page.
const OWN: &str = "#mien";

#[derive(askama::Template)]
#[template(path = "sign_in/link.html")]
struct Link<'a> {
    p: &'a Page,
    pass: &'a Pass,
    quote: String,
    /// Whether the mail promised to go on to the words of the idea.
    then_change: bool,
}

#[derive(askama::Template)]
#[template(path = "sign_in/confirmed.html")]
struct Confirmed<'a> {
    p: &'a Page,
    /// Signs in, and leads to what was confirmed.
    sign_in: String,
}

#[derive(askama::Template)]
#[template(path = "sign_in/stale.html")]
struct Stale<'a> {
    p: &'a Page,
    pass: &'a Pass,
    email: String,
    date: String,
    sent: bool,
}

/// Whoever holds the link. Looking changes nothing.
pub async fn show(ctx: Ctx, Path(token): Path<String>) -> Result<Response> {
    let pass = passes::find(ctx.app.db.read(), &token).await?;
    if pass.is_valid(ctx.now()) {
        let known = persons::by_email(ctx.app.db.read(), &pass.email).await?;
        let name = known.map(|p| p.name).unwrap_or_default();
        let title = match pass.purpose() {
            Purpose::Confirm => ctx.t("confirm-title"),
            Purpose::Invite => ctx.app.words.with(ctx.lang, "invite-title", &[("site", &ctx.settings.name)]),
            Purpose::SignIn | Purpose::Demo if name.is_empty() => ctx.t("link-title"),
            Purpose::SignIn | Purpose::Demo => ctx.app.words.with(ctx.lang, "link-title-name", &[("name", &name)]),
        };
        let p = Page::new(&ctx, title).private();
        let quote = p.text(&pass.quote);
        return html(&Link { p: &p, pass: &pass, quote, then_change: then_change(&ctx) });
    }
    // A link already used here, opened again: its work is done.
    if signed_in_as(&ctx, &pass).await? {
        return Ok(redirect(enter::arrival(&pass, ctx.actor.role().is_some())));
    }
    ended(&ctx, &pass, token, super::query(&ctx, "fait").is_some())
}

/// Whoever holds the link, once. A link that no longer works can send another to its own address.
pub async fn accept(ctx: Ctx, Path(token): Path<String>, headers: HeaderMap, form: Form) -> Result<Response> {
    let device = device::of(&headers);
    if form.has("renvoyer") {
        let pass = passes::find(ctx.app.db.read(), &token).await?;
        let new = renewed(&ctx, &pass)?;
        let here = new.visitor == Some(ctx.visitor);
        post_pass(&ctx, new, device).await?;
        let link = urls::Link { token };
        return Ok(if here { redirect(sent_again(&ctx)) } else { redirect(format!("{link}?fait=lien-envoye#fait")) });
    }
    let (shared, who, key) = (ctx.clone(), enter::Entrant::of(&ctx, device, form.has("garder")), token.clone());
    let entered = ctx
        .app
        .db
        .write(move |tx| {
            let (ctx, who, key) = (shared.clone(), who.clone(), key.clone());
            Box::pin(async move {
                rate::hit(tx, TRIES, &ctx.address, ctx.now()).await?;
                let pass = passes::use_token(tx, &key, ctx.now()).await?;
                enter::enter(tx, &ctx.app, &ctx.moment, &pass, &who).await
            })
        })
        .await;
    match entered {
        Ok(mut entered) => {
            if then_change(&ctx) && entered.token.is_some() {
                // Its words are what is wanted, more than what says that the address is confirmed.
                let page = entered.return_to.strip_suffix("#fait").unwrap_or(&entered.return_to);
                if !page.contains('#') {
                    entered.return_to = format!("{page}{OWN}");
                }
            }
            Ok(enter::answer(&ctx.app, &ctx.settings, &entered))
        }
        Err(Error::Refused(Refusal::LINK_INVALID)) => {
            ended(&ctx, &passes::find(ctx.app.db.read(), &token).await?, token, false)
        }
        Err(e) => Err(e),
    }
}

fn then_change(ctx: &Ctx) -> bool {
    super::query(ctx, letters::THEN).as_deref() == Some(letters::CHANGE)
}

/// The same pass for another mail. A confirmation stays bound to the browser that holds the texts; the rest becomes
/// a plain sign-in for this one: an invitation's role is the person's already.
fn renewed(ctx: &Ctx, pass: &Pass) -> Result<NewPass> {
    match pass.purpose() {
        Purpose::Confirm => Ok(pass.again()),
        Purpose::SignIn | Purpose::Invite => {
            Ok(NewPass { purpose: Purpose::SignIn, visitor: Some(ctx.visitor), subject: None, ..pass.again() })
        }
        // A link of the demo goes to nobody's mailbox.
        Purpose::Demo => Err(Refusal::LINK_INVALID.into()),
    }
}

async fn signed_in_as(ctx: &Ctx, pass: &Pass) -> Result<bool> {
    let Some(id) = ctx.actor.person() else { return Ok(false) };
    let person = persons::find(ctx.app.db.read(), id).await?;
    let email = person.and_then(|p| p.email).unwrap_or_default();
    Ok(pass.used_at.is_some() && persons::email_key(&email) == persons::email_key(&pass.email))
}

/// A link that opens nothing any more. One that confirmed, or whose code did, has done its work: whoever holds it reads that, and
/// nothing of whose it was; the person who signs in comes to what it confirmed.
fn ended(ctx: &Ctx, pass: &Pass, token: String, sent: bool) -> Result<Response> {
    if pass.purpose() != Purpose::Confirm || pass.used_at.is_none() {
        return stale(ctx, pass, sent);
    }
    let p = Page::new(ctx, ctx.t("link-confirmed-title")).private();
    let here = urls::Link { token }.to_string();
    let sign_in = format!("{}?retour={}", urls::SignIn {}, url::encode(&here));
    html(&Confirmed { p: &p, sign_in })
}

fn stale(ctx: &Ctx, pass: &Pass, sent: bool) -> Result<Response> {
    let p = Page::new(ctx, ctx.t("link-stale-title")).private();
    let view = Stale { pass, email: masked(&pass.email), date: p.ago(&pass.created_at), sent, p: &p };
    html_with(StatusCode::GONE, &view)
}
