//! The pages as the team writes them.

use askama::Template;
use axum::{extract::Path, http::StatusCode, response::Response};
use parvis_kernel::{
    Ctx, Error, Result,
    activity::{self, Entry},
    form::{self, Form},
    permission::Right,
    words::Lang,
};
use parvis_ui::{Page, SafeHtml, html, html_with, redirect};

use super::{MAX_BODY, SLUGS, Values, fill, known, original, public::formatted, store};
use crate::{
    query,
    settings::{Section, Step, frame, languages::own_name},
    urls,
};

/// A text of a page, in the list.
struct Version {
    href: String,
    lang: &'static str,
    language: &'static str,
    changed: Option<chrono::DateTime<chrono::Utc>>,
}

/// A page, in the list.
struct Line {
    title: String,
    slug: &'static str,
    versions: Vec<Version>,
}

#[derive(Template)]
#[template(path = "settings/pages.html")]
struct List<'a> {
    p: &'a Page,
    recent: &'a [Step],
    lines: Vec<Line>,
}

/// The pages, and whose words each has. Right: administer.
///
/// # Errors
/// The refusal of the permission.
pub async fn list(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    let frame = frame(&ctx, Section::Pages).await?;
    let own = store::written(ctx.app.db.read()).await?;
    let lines = SLUGS
        .into_iter()
        .map(|slug| Line {
            title: ctx.t(&format!("page-{slug}")),
            slug,
            versions: ctx
                .settings
                .languages
                .iter()
                .map(|lang| Version {
                    href: address(slug, *lang),
                    lang: lang.code(),
                    language: own_name(*lang),
                    changed: own.iter().find(|o| o.slug == slug && o.lang() == *lang).map(|o| o.updated_at),
                })
                .collect(),
        })
        .collect();
    html(&List { p: &frame.page, recent: &frame.recent, lines })
}

fn address(slug: &str, lang: Lang) -> String {
    format!("{}?langue={}", urls::EditPage { slug: slug.to_owned() }, lang.code())
}

#[derive(Template)]
#[template(path = "settings/page.html")]
struct Edit<'a> {
    p: &'a Page,
    recent: &'a [Step],
    f: &'a Form,
    title: String,
    slug: &'static str,
    lang: Lang,
    language: &'static str,
    own: bool,
    body: SafeHtml,
}

#[derive(Template)]
#[template(path = "pages/preview.html")]
struct Preview {
    lang: Lang,
    body: SafeHtml,
}

fn asked_lang(ctx: &Ctx, text: &str) -> Lang {
    Lang::parse(text).unwrap_or(ctx.settings.lang)
}

/// One page to edit. Right: administer.
///
/// # Errors
/// `NotFound` for a page that does not exist; the refusal of the permission.
pub async fn edit(ctx: Ctx, Path(slug): Path<String>) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    let slug = known(&slug).ok_or(Error::NotFound)?;
    let lang = asked_lang(&ctx, query::of(&ctx).get("langue"));
    let own = store::of_page(ctx.app.db.read(), slug).await?.into_iter().find(|o| o.lang() == lang);
    let seen = own.as_ref().map_or(0, |o| o.updated_at.timestamp_micros());
    let body = own.map_or_else(|| original(slug, lang, &Values::of(&ctx.settings, lang)), |o| o.body);
    let f = Form::of(&[("body", &body), ("seen", &seen.to_string())]);
    page(&ctx, StatusCode::OK, slug, lang, &f).await
}

async fn page(ctx: &Ctx, status: StatusCode, slug: &'static str, lang: Lang, f: &Form) -> Result<Response> {
    let frame = frame(ctx, Section::Pages).await?;
    let show = Edit {
        p: &frame.page,
        recent: &frame.recent,
        f,
        title: ctx.t(&format!("page-{slug}")),
        slug,
        lang,
        language: own_name(lang),
        own: store::version(ctx.app.db.read(), slug, lang).await? != 0,
        body: shown(ctx, lang, f),
    };
    html_with(status, &show)
}

fn shown(ctx: &Ctx, lang: Lang, f: &Form) -> SafeHtml {
    let text: String = f.text("body").chars().take(MAX_BODY).collect();
    formatted(&fill(&text, &Values::of(&ctx.settings, lang)), lang)
}

/// The preview alone, for the script of the page. Right: administer.
///
/// # Errors
/// `NotFound` for a page that does not exist; the refusal of the permission.
pub async fn preview(ctx: Ctx, Path(slug): Path<String>, f: Form) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    known(&slug).ok_or(Error::NotFound)?;
    let lang = asked_lang(&ctx, f.get("langue"));
    html(&Preview { lang, body: shown(&ctx, lang, &f) })
}

/// Keeps the text, or shows it. Right: administer.
///
/// # Errors
/// `NotFound` for a page that does not exist; the refusal of the permission; when the database refuses.
pub async fn keep(ctx: Ctx, Path(slug): Path<String>, mut f: Form) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    let slug = known(&slug).ok_or(Error::NotFound)?;
    let lang = asked_lang(&ctx, f.get("langue"));
    let body = f.text("body");
    if body.chars().count() > MAX_BODY {
        f.fail("body", ctx.app.words.with(ctx.lang, "settings-too-long", &[("n", &MAX_BODY)]));
    } else if form::is_blank(&body) {
        f.fail("body", ctx.t("settings-page-empty"));
    }
    if f.has("essayer") || !f.is_valid() {
        let status = if f.is_valid() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        return page(&ctx, status, slug, lang, &f).await;
    }
    let seen = f.get("seen").parse::<i64>().unwrap_or(0);
    if !write(&ctx, slug, lang, body, seen).await? {
        // The next press overwrites, now that the person knows.
        f.fail("body", ctx.t("settings-page-changed"));
        f.set("seen", store::version(ctx.app.db.read(), slug, lang).await?.to_string());
        return page(&ctx, StatusCode::CONFLICT, slug, lang, &f).await;
    }
    Ok(redirect(format!("{}&fait=settings-page-saved", address(slug, lang))))
}

async fn write(ctx: &Ctx, slug: &'static str, lang: Lang, body: String, seen: i64) -> Result<bool> {
    let (moment, actor) = (ctx.moment.clone(), ctx.actor.person());
    ctx.app
        .db
        .write(move |tx| {
            let (moment, body) = (moment.clone(), body.clone());
            Box::pin(async move {
                let written = store::set_if_seen(tx, &moment, slug, lang, &body, seen).await?;
                if written {
                    activity::record(tx, &moment, entry(actor, "page.changed", slug)).await?;
                }
                Ok(written)
            })
        })
        .await
}

fn entry(actor: Option<uuid::Uuid>, kind: &'static str, slug: &'static str) -> Entry<'static> {
    Entry { actor, kind, subject_kind: "page", subject: None, project: None, detail: slug }
}

/// Back to the text that comes with the program. Right: administer.
///
/// # Errors
/// `NotFound` for a page that does not exist; the refusal of the permission; when the database refuses.
pub async fn restore(ctx: Ctx, Path(slug): Path<String>, f: Form) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    let slug = known(&slug).ok_or(Error::NotFound)?;
    let lang = asked_lang(&ctx, f.get("langue"));
    let (moment, actor) = (ctx.moment.clone(), ctx.actor.person());
    ctx.app
        .db
        .write(move |tx| {
            let moment = moment.clone();
            Box::pin(async move {
                if store::restore(tx, slug, lang).await? {
                    activity::record(tx, &moment, entry(actor, "page.restored", slug)).await?;
                }
                Ok(())
            })
        })
        .await?;
    Ok(redirect(format!("{}&fait=settings-page-restored", address(slug, lang))))
}
