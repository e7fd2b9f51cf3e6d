//! The page of the settings where addresses are added, tried, stopped and forgotten.

use askama::Template;
use axum::{
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use parvis_kernel::{
    Ctx, Error, Result,
    activity::{self, Entry},
    db::{self, Tx},
    form::Form,
    news::NewsKind,
    permission::{Access, Right},
    routes::Routes,
};
use parvis_ui::{Page, html_with, redirect};
use uuid::Uuid;

use super::{
    Target, Webhook,
    call::is_public,
    job,
    store::{self, Delivery},
};
use crate::{
    settings::{Section, Step, frame},
    urls,
};

/// Addresses of an instance.
const MOST: usize = 20;
/// Deliveries shown of each.
const SHOWN: i64 = 10;

/// The page and its forms. Administrators.
#[must_use]
pub fn routes() -> Routes {
    let administer = Access::Team(Right::Administer);
    Routes::new().get(urls::Webhooks::ROUTE, administer, show).post(urls::Webhooks::ROUTE, administer, add).post(
        urls::Webhook::ROUTE,
        administer,
        act,
    )
}

struct Line {
    hook: Webhook,
    events: Vec<String>,
    deliveries: Vec<Told>,
}

pub(crate) struct Told {
    pub event: String,
    look: &'static str,
    pub state: String,
    pub why: String,
    at: chrono::DateTime<chrono::Utc>,
}

#[derive(Template)]
#[template(path = "settings/webhooks.html")]
struct Show<'a> {
    p: &'a Page,
    recent: &'a [Step],
    f: &'a Form,
    lines: Vec<Line>,
    kinds: Vec<(&'static str, String)>,
    /// The address and secret just made or changed: shown this once.
    secret: Option<(String, String)>,
}

impl Show<'_> {
    fn ticked(&self, code: &str) -> bool {
        self.f.is("quoi", code)
    }
}

/// Words of an event.
fn event_words(ctx: &Ctx, code: &str) -> String {
    ctx.t(&format!("webhook-event-{}", code.replace('.', "-")))
}

/// A delivery in words.
pub(crate) fn told(ctx: &Ctx, d: Delivery) -> Told {
    let (look, state) = match d.state.as_str() {
        "sent" => ("badge-ok", "webhook-state-sent"),
        "failed" => ("badge-bad", "webhook-state-failed"),
        _ if d.attempts > 0 => ("badge-warn", "webhook-state-again"),
        _ => ("badge-brand", "webhook-state-waiting"),
    };
    let status = d.status.unwrap_or(0);
    let why = match d.error.as_str() {
        "" => String::new(),
        "status" => ctx.app.words.with(ctx.lang, "webhook-error-status", &[("status", &status.to_string())]),
        code => ctx.t(&format!("webhook-error-{code}")),
    };
    Told { event: event_words(ctx, &d.event), look, state: ctx.t(state), why, at: d.created_at }
}

/// Shows the section. Right: administer.
async fn show(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    page(&ctx, &Form::new(), None).await
}

async fn page(ctx: &Ctx, f: &Form, secret: Option<(String, String)>) -> Result<Response> {
    let frame = frame(ctx, Section::Webhooks).await?;
    let db = ctx.app.db.read();
    let mut lines = Vec::new();
    for hook in store::all(db).await? {
        lines.push(Line {
            events: hook.events.split(' ').map(|code| event_words(ctx, code)).collect(),
            deliveries: store::latest(db, hook.id, SHOWN).await?.into_iter().map(|d| told(ctx, d)).collect(),
            hook,
        });
    }
    let kinds = NewsKind::ALL.map(|k| (k.code(), event_words(ctx, k.code()))).to_vec();
    let shown = secret.is_some();
    let view = Show { p: &frame.page, recent: &frame.recent, f, lines, kinds, secret };
    let mut response = html_with(if f.is_valid() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }, &view)?;
    if shown {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    Ok(response)
}

/// An address that can be called, with the error beside the field when it can't.
async fn check(ctx: &Ctx, f: &mut Form) -> Result<String> {
    let url = f.text("adresse");
    let Some(target) = Target::parse(&url, true) else {
        f.fail("adresse", ctx.t(if url.is_empty() { "webhook-url-missing" } else { "webhook-url-wrong" }));
        return Ok(url);
    };
    let there = store::all(ctx.app.db.read()).await?;
    if there.iter().any(|h| h.url == url) {
        f.fail("adresse", ctx.t("webhook-url-there"));
    } else if there.len() >= MOST {
        f.fail("adresse", ctx.t("webhook-too-many"));
    } else if let Some(failure) = target.refused(is_public).await {
        f.fail("adresse", ctx.t(&format!("webhook-error-{}", failure.code())));
    }
    Ok(url)
}

/// Adds an address. Right: administer. Answers with the page itself: the secret stands in no address.
async fn add(ctx: Ctx, mut f: Form) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    let url = check(&ctx, &mut f).await?;
    let events: Vec<NewsKind> = NewsKind::ALL.into_iter().filter(|k| f.is("quoi", k.code())).collect();
    if events.is_empty() {
        f.fail("quoi", ctx.t("webhook-events-missing"));
    }
    if !f.is_valid() {
        return page(&ctx, &f, None).await;
    }
    let inner = ctx.clone();
    let made = ctx
        .app
        .db
        .write(move |tx| {
            let (ctx, url, events) = (inner.clone(), url.clone(), events.clone());
            Box::pin(async move {
                let hook = store::insert(tx, &ctx.moment, &url, &events).await?;
                job::wake(tx, &ctx.moment).await?;
                note(tx, &ctx, "webhook.added", hook.id).await?;
                Ok(hook)
            })
        })
        .await;
    match made {
        Ok(hook) => page(&ctx, &Form::new(), Some((hook.url.clone(), hook.secret(&ctx.app.secrets)))).await,
        Err(e) if db::is_duplicate(&e) => {
            f.fail("adresse", ctx.t("webhook-url-there"));
            page(&ctx, &f, None).await
        }
        Err(e) => Err(e),
    }
}

/// Tries, stops, goes on, changes the secret, forgets. Right: administer.
async fn act(ctx: Ctx, Path(id): Path<Uuid>, f: Form) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    let hook = store::find(ctx.app.db.read(), id).await?;
    let done = match f.get("faire") {
        "essayer" => return try_it(&ctx, &hook).await,
        "secret" => {
            let hook = change(&ctx, id, "webhook.secret").await?;
            return page(&ctx, &Form::new(), Some((hook.url.clone(), hook.secret(&ctx.app.secrets)))).await;
        }
        "suspendre" => ("webhook.stopped", "webhook-suspendu"),
        "reprendre" => ("webhook.resumed", "webhook-repris"),
        "supprimer" => ("webhook.removed", "webhook-supprime"),
        _ => return Err(Error::BadRequest("faire")),
    };
    change(&ctx, id, done.0).await?;
    Ok(redirect(format!("{}?fait={}", urls::Webhooks {}, done.1)))
}

async fn change(ctx: &Ctx, id: Uuid, kind: &'static str) -> Result<Webhook> {
    let inner = ctx.clone();
    ctx.app
        .db
        .write(move |tx| {
            let ctx = inner.clone();
            Box::pin(async move {
                let hook = store::find(tx, id).await?;
                note(tx, &ctx, kind, id).await?;
                match kind {
                    "webhook.secret" => return store::rotate(tx, id, ctx.now()).await,
                    "webhook.removed" => store::remove(tx, id).await?,
                    "webhook.stopped" => store::set_active(tx, id, false, ctx.now()).await?,
                    _ => {
                        store::set_active(tx, id, true, ctx.now()).await?;
                        job::wake(tx, &ctx.moment).await?;
                    }
                }
                Ok(hook)
            })
        })
        .await
}

/// Calls the address at once; the list of what it was told says how that went.
async fn try_it(ctx: &Ctx, hook: &Webhook) -> Result<Response> {
    let ping = store::ping(&ctx.moment);
    let outcome = job::send(&ctx.app, hook, &ping, is_public, true).await;
    let (id, now) = (hook.id, ctx.now());
    ctx.app
        .db
        .write(move |tx| {
            let ping = ping.clone();
            Box::pin(async move { store::keep_ping(tx, id, &ping, outcome, now).await })
        })
        .await?;
    let done = if outcome.failure.is_none() { "webhook-essai-recu" } else { "webhook-essai-manque" };
    Ok(redirect(format!("{}?fait={done}#w-{id}", urls::Webhooks {})))
}

async fn note(tx: &Tx, ctx: &Ctx, kind: &'static str, hook: Uuid) -> Result<()> {
    let entry = Entry {
        actor: ctx.actor.person(),
        kind,
        subject_kind: "webhook",
        subject: Some(hook),
        project: None,
        detail: "",
    };
    activity::record(tx, &ctx.moment, entry).await
}
