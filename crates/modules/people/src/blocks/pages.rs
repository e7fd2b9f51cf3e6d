//! The page of a block, for whoever is blocked: why, until when, and the one reply; and the form on a sheet.

use askama::Template;
use axum::{extract::Path, http::StatusCode, response::Response};
use parvis_kernel::{
    Ctx, Error, Refusal, Result,
    form::{Form, is_blank},
    permission::Right,
    rate::{self, Limit},
};
use parvis_ui::{Page, SafeHtml, html_with, redirect};
use uuid::Uuid;

use super::{Block, MAX_WORDS, Whom, letters, store, terms};
use crate::{directory, persons, urls};

/// Replies from one browser or address.
const REPLIES: Limit = Limit::per_minutes("block-reply", 20, 60);

#[derive(Template)]
#[template(path = "blocks/page.html")]
struct Show<'a> {
    p: &'a Page,
    f: &'a Form,
    block: &'a Block,
    until: String,
    /// Proves who asks, from a letter; empty otherwise.
    key: String,
    /// What was typed and refused, kept to be copied.
    kept: String,
}

#[derive(Template)]
#[template(path = "blocks/section.html")]
struct Section<'a> {
    p: &'a Page,
    f: &'a Form,
    block: Option<Block>,
    until: String,
    action: String,
    /// Whether why is read here, and the block may be undone.
    open: bool,
}

impl Section<'_> {
    fn is_open(&self) -> bool {
        !self.f.error("blocage").is_empty() || !self.f.error("fin").is_empty()
    }
}

/// The part of a page of the desk that says whether somebody is blocked and lets it be decided or undone; `action` is
/// where its form is sent.
///
/// # Errors
/// When the database refuses.
pub async fn section(ctx: &Ctx, p: &Page, f: &Form, whom: &Whom, action: String) -> Result<SafeHtml> {
    let block = store::standing(ctx.app.db.read(), &ctx.app.secrets, whom, ctx.now()).await?;
    let until = block.as_ref().map(|b| letters::until_desk(ctx, b)).unwrap_or_default();
    let open = block.as_ref().is_none_or(|b| b.is_open_to(ctx));
    SafeHtml::from_template(&Section { p, f, block, until, action, open }).map_err(Error::other)
}

/// The block that a letter's link is about, or that holds for whoever asks.
async fn of_whoever_asks(ctx: &Ctx, key: &str) -> Result<Block> {
    if key.is_empty() {
        return store::of_request(ctx, true).await?.ok_or(Error::NotFound);
    }
    let id = ctx.app.secrets.open(letters::PURPOSE, key).and_then(|id| id.parse::<Uuid>().ok());
    let block = store::find(ctx.app.db.read(), id.ok_or(Error::NotFound)?).await?;
    if block.stands(ctx.now()) { Ok(block) } else { Err(Error::NotFound) }
}

/// The block of whoever asks. Public: who is not blocked finds nothing.
///
/// # Errors
/// `NotFound`.
pub async fn show(ctx: Ctx) -> Result<Response> {
    let query = Form::parse(ctx.uri.split_once('?').map_or("", |(_, q)| q).as_bytes());
    let block = of_whoever_asks(&ctx, query.get("cle")).await?;
    page(&ctx, &block, &Form::new(), query.get("cle"), "", StatusCode::OK)
}

fn page(ctx: &Ctx, block: &Block, f: &Form, key: &str, kept: &str, status: StatusCode) -> Result<Response> {
    let p = Page::new(ctx, ctx.t("refusal-blocked")).private();
    let until = letters::until_for(ctx, block);
    html_with(status, &Show { p: &p, f, block, until, key: key.to_owned(), kept: kept.to_owned() })
}

/// Replies, once. Whoever is blocked.
///
/// # Errors
/// `NotFound`, `replied_once`, `too_many`.
pub async fn reply(ctx: Ctx, mut form: Form) -> Result<Response> {
    let key = form.get("cle").to_owned();
    let block = of_whoever_asks(&ctx, &key).await?;
    let words = form.text("reponse");
    if is_blank(&words) {
        form.fail("reponse", ctx.t("reply-error-empty"));
    } else if words.chars().count() > MAX_WORDS {
        form.fail("reponse", ctx.app.words.with(ctx.lang, "block-error-long", &[("n", &MAX_WORDS)]));
    }
    if !form.is_valid() {
        return page(&ctx, &block, &form, &key, "", StatusCode::UNPROCESSABLE_ENTITY);
    }
    let inner = ctx.clone();
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, block, words) = (inner.clone(), block.clone(), words.clone());
            Box::pin(async move {
                rate::hit(tx, REPLIES, &ctx.address, ctx.now()).await?;
                store::reply(tx, &ctx.moment, &block, &words).await
            })
        })
        .await?;
    let to = format!("{}?fait=reponse-envoyee#fait", urls::Suspension {});
    Ok(redirect(if key.is_empty() { to } else { format!("{to}&cle={}", parvis_kernel::url::encode(&key)) }))
}

/// The page that refuses what a blocked person sends, with what they typed; nothing for everybody else. With
/// `as_browser`, a person signed in writes without their name.
///
/// # Errors
/// When the database refuses.
pub async fn refused(ctx: &Ctx, as_browser: bool, kept: &str) -> Result<Option<Response>> {
    let Some(block) = store::of_request(ctx, as_browser).await? else { return Ok(None) };
    page(ctx, &block, &Form::new(), "", kept, StatusCode::FORBIDDEN).map(Some)
}

/// Blocks the person of a sheet, or undoes it. Right: persons.
///
/// # Errors
/// `block_member`, `changed_meanwhile`, or when the database refuses.
pub async fn block(ctx: Ctx, Path(id): Path<Uuid>, mut form: Form) -> Result<Response> {
    ctx.require(Right::Persons, None)?;
    let person = persons::find(ctx.app.db.read(), id).await?.ok_or(Error::NotFound)?;
    let whom = Whom { person: Some(id), email: person.email.clone(), browser: None };
    let sheet = |done: &str| redirect(directory::done_on_sheet(&ctx, id, done, "blocage"));
    if form.is("faire", "lever") {
        lift(&ctx, &whom, &form).await?;
        return Ok(sheet("blocage-leve"));
    }
    let Some(terms) = terms(&ctx, &mut form) else { return directory::again(&ctx, &person, &form).await };
    decide(&ctx, whom, terms).await?;
    Ok(sheet("bloque"))
}

/// Blocks somebody and writes to them. The caller has checked the permission.
///
/// # Errors
/// As [`store::block`].
pub async fn decide(ctx: &Ctx, whom: Whom, terms: super::Terms) -> Result<()> {
    let inner = ctx.clone();
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, whom, terms) = (inner.clone(), whom.clone(), terms.clone());
            Box::pin(async move {
                let block = store::block(tx, &ctx.app, &ctx.moment, ctx.actor.person(), &whom, &terms).await?;
                letters::tell(tx, &ctx.app, &ctx.settings, &ctx.moment, &block, ctx.now()).await
            })
        })
        .await
}

/// Undoes the block that holds for somebody: the one that the form shows. The caller has checked the permission for
/// whoever is blocked.
///
/// # Errors
/// `changed_meanwhile`, `not_allowed` for one decided elsewhere, or when the database refuses.
pub async fn lift(ctx: &Ctx, whom: &Whom, form: &Form) -> Result<()> {
    let standing = store::standing(ctx.app.db.read(), &ctx.app.secrets, whom, ctx.now()).await?;
    let shown = |b: &Block| !form.has("blocage-vu") || form.is("blocage-vu", &b.id.to_string());
    let block = standing.filter(shown).ok_or(Refusal::CHANGED_MEANWHILE)?;
    if !block.is_open_to(ctx) {
        return Err(Refusal::NOT_ALLOWED.into());
    }
    let inner = ctx.clone();
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, block) = (inner.clone(), block.clone());
            Box::pin(async move { store::lift(tx, &ctx.moment, ctx.actor.person(), &block).await })
        })
        .await
}
