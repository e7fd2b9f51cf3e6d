//! Signing in without a password: an address, then a link or six digits.

mod code;
pub mod device;
pub mod enter;
pub mod letters;
mod link;
mod not_me;

use axum::{
    http::{HeaderMap, StatusCode},
    response::Response,
};
use parvis_kernel::{
    Ctx, Error, Refusal, Result,
    context::Moment,
    db::Tx,
    form::Form,
    mail,
    permission::{Access, Actor},
    rate::{self, Limit},
    routes::Routes,
    url,
};
use parvis_ui::{Page, html, html_with, redirect};

use crate::{
    passes::{self, NewPass, Purpose},
    persons,
    second::passkeys::{self, Asked, For},
    sessions, urls,
};

pub use code::masked;

/// Links asked from one place.
const ASKED_HERE: Limit = Limit::per_minutes("sign-in", 30, 60);
/// Links to one address asked from one place: enough for somebody in a hurry.
const ASKED_FOR: Limit = Limit::per_minutes("sign-in-mail", 6, 60);
/// The same, over a day.
const ASKED_FOR_DAY: Limit = Limit::per_minutes("sign-in-mail-day", 20, 24 * 60);
/// Links to one address from anywhere, in a day. Beyond, one leaves every ten minutes: nobody fills a mailbox, and nobody
/// shuts its owner out, for whom the button of any of these mails works.
const ANYWHERE_DAY: Limit = Limit::per_minutes("sign-in-anywhere-day", 60, 24 * 60);
/// One of those.
const ANYWHERE_SLOWLY: Limit = Limit::per_minutes("sign-in-anywhere-slowly", 1, 10);
/// Many codes were asked for this address today: the next leaves within ten minutes.
pub const CODE_LATER: Refusal = Refusal::new("code_later");

/// The pages and forms of signing in.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .get(urls::SignIn::ROUTE, Access::Public, ask)
        .post(urls::SignIn::ROUTE, Access::Public, send)
        .get(urls::Code::ROUTE, Access::Public, code::show)
        .post(urls::Code::ROUTE, Access::Public, code::check)
        .get(urls::Link::ROUTE, Access::Public, link::show)
        .post(urls::Link::ROUTE, Access::Public, link::accept)
        .get(urls::NotMe::ROUTE, Access::Public, not_me::show)
        .post(urls::NotMe::ROUTE, Access::Public, not_me::cancel)
        .post(urls::SignOut::ROUTE, Access::Public, sign_out)
}

#[derive(askama::Template)]
#[template(path = "sign_in/ask.html")]
struct Ask<'a> {
    p: &'a Page,
    f: &'a Form,
    /// A challenge for a passkey, where the team has any.
    key: Option<Asked>,
}

async fn key(ctx: &Ctx) -> Result<Option<Asked>> {
    let any = passkeys::any(ctx.app.db.read()).await?;
    Ok(any.then(|| passkeys::ask(ctx, For::SignIn(ctx.visitor))))
}

fn page(ctx: &Ctx) -> Page {
    Page::new(ctx, ctx.t("sign-in-title")).described(ctx.t("sign-in-description")).private()
}

/// Anybody. Whoever is signed in goes on to where they were going.
async fn ask(ctx: Ctx) -> Result<Response> {
    let back = query(&ctx, "retour").unwrap_or_default();
    if ctx.actor.person().is_some() {
        let to = url::local_path(&back).map_or_else(|| urls::Space {}.to_string(), str::to_owned);
        return Ok(redirect(to));
    }
    let form = Form::of(&[("retour", &back)]);
    html(&Ask { p: &page(&ctx), f: &form, key: key(&ctx).await? })
}

/// Anybody, within limits. The answer is the same whether the address is known or not.
async fn send(ctx: Ctx, headers: HeaderMap, mut form: Form) -> Result<Response> {
    let email = form.text("courriel");
    if email.is_empty() {
        form.fail("courriel", ctx.t("sign-in-mail-missing"));
    } else if !mail::is_address(&email) {
        form.fail("courriel", ctx.t("sign-in-mail-wrong"));
    }
    if !form.is_valid() {
        let key = key(&ctx).await?;
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &Ask { p: &page(&ctx).with(&form), f: &form, key });
    }
    // A field that people don't see: whoever fills it is a program, and hears nothing of it.
    if form.get("site_web").is_empty() {
        let back = url::local_path(form.get("retour")).unwrap_or("/").to_owned();
        let new = NewPass { visitor: Some(ctx.visitor), ..NewPass::new(Purpose::SignIn, &email, &back) };
        post_pass(&ctx, new, device::of(&headers)).await?;
    }
    Ok(redirect(urls::Code {}))
}

/// Makes a pass and mails it, within the limits of this place and of this address.
async fn post_pass(ctx: &Ctx, new: NewPass, device: String) -> Result<()> {
    let shared = ctx.clone();
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, new, device) = (shared.clone(), new.clone(), device.clone());
            Box::pin(async move {
                limit(tx, &ctx, &new.email).await?;
                let secret = passes::create(tx, &ctx.moment, &new).await?;
                let letter =
                    letters::Context { app: &ctx.app, settings: &ctx.settings, lang: ctx.lang, moment: &ctx.moment };
                match new.purpose {
                    Purpose::Confirm => {
                        letters::queue_confirmation(tx, &letter, &new, &secret, letters::More::default()).await
                    }
                    _ => letters::queue_code(tx, &letter, &new, &secret, &device).await,
                }
            })
        })
        .await
}

async fn limit(tx: &Tx, ctx: &Ctx, email: &str) -> Result<()> {
    let now = ctx.now();
    rate::hit(tx, ASKED_HERE, &ctx.address, now).await?;
    let who = persons::rate_key(&ctx.app.secrets, email);
    let pair = ctx.app.secrets.sign("rate", &format!("{} {who}", ctx.address));
    rate::hit(tx, ASKED_FOR, &pair, now).await?;
    rate::hit(tx, ASKED_FOR_DAY, &pair, now).await?;
    let may_leave =
        rate::within(tx, ANYWHERE_DAY, &who, now).await? || rate::within(tx, ANYWHERE_SLOWLY, &who, now).await?;
    if may_leave { Ok(()) } else { Err(CODE_LATER.into()) }
}

/// Anybody: whoever is not signed in is already out.
async fn sign_out(ctx: Ctx) -> Result<Response> {
    if let Actor::Person { id, session, .. } = ctx.actor {
        ctx.app.db.write(move |tx| Box::pin(async move { sessions::revoke(tx, id, session).await })).await?;
    }
    Ok(enter::leave(&ctx.app, &ctx.settings, "/?fait=deconnexion#fait"))
}

/// A value of the query string.
pub(crate) fn query(ctx: &Ctx, name: &str) -> Option<String> {
    let query = ctx.uri.split_once('?').map_or("", |(_, q)| q);
    let form = Form::parse(query.as_bytes());
    form.has(name).then(|| form.get(name).to_owned())
}

/// Makes the owner of a new instance, or gives an existing person that role.
///
/// # Errors
/// When the database refuses.
pub async fn create_owner(
    tx: &Tx,
    moment: &Moment,
    email: &str,
    name: &str,
    lang: parvis_kernel::words::Lang,
) -> Result<persons::Person> {
    if !mail::is_address(email.trim()) {
        return Err(Error::BadRequest("not a mail address"));
    }
    let person = persons::ensure(tx, moment, email, name, lang).await?;
    persons::set_role(tx, person.id, Some(&parvis_kernel::permission::Role::Owner)).await?;
    Ok(persons::Person { role: Some("owner".to_owned()), ..person })
}
