//! The first two steps: language, then who opens the instance.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use parvis_kernel::{Ctx, Result, cookies, form::Form, settings::Kind, words::Lang};
use parvis_ui::{Page, html, html_with, redirect};

use super::{Step, Wizard, store};
use crate::settings::languages::own_name;

#[derive(Template)]
#[template(path = "setup/language.html")]
struct Language<'a> {
    p: &'a Page,
    w: &'a Wizard,
    f: &'a Form,
    all: [(&'static str, &'static str); 2],
}

#[derive(Template)]
#[template(path = "setup/kind.html")]
struct Who<'a> {
    p: &'a Page,
    w: &'a Wizard,
    f: &'a Form,
}

const LANGUAGES: [(&str, &str); 2] = [(Lang::Fr.code(), own_name(Lang::Fr)), (Lang::En.code(), own_name(Lang::En))];

/// Step one. Whoever holds the set-up link.
pub async fn language(ctx: Ctx) -> Result<Response> {
    let w = Wizard::at(&ctx, Step::Language).await?;
    // Proposed: the language this very page is read in.
    let f = Form::of(&[("lang", ctx.lang.code())]);
    html(&Language { p: &w.page, w: &w, f: &f, all: LANGUAGES })
}

/// Keeps the language of the instance, and of this browser. Whoever holds the set-up link.
pub async fn keep_language(ctx: Ctx, mut f: Form) -> Result<Response> {
    let Some(lang) = Lang::parse(f.get("lang")) else {
        f.fail("lang", ctx.t("setup-choose"));
        let w = Wizard::at(&ctx, Step::Language).await?;
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &Language { p: &w.page, w: &w, f: &f, all: LANGUAGES });
    };
    store::save(&ctx, Step::Language, move |s| {
        s.lang = lang;
        s.languages = std::iter::once(lang).chain(Lang::ALL.into_iter().filter(|l| *l != lang)).collect();
    })
    .await?;
    let mut response = redirect(Step::Language.next());
    cookies::set(&mut response, cookies::LANG, lang.code(), Some(cookies::YEAR), ctx.is_secure());
    Ok(response)
}

/// Step two. Whoever holds the set-up link.
pub async fn kind(ctx: Ctx) -> Result<Response> {
    let w = Wizard::at(&ctx, Step::Kind).await?;
    let kind = if ctx.settings.kind == Kind::TownHall { "town_hall" } else { "campaign" };
    html(&Who { p: &w.page, w: &w, f: &Form::of(&[("kind", kind)]) })
}

/// Keeps who opens the instance. Whoever holds the set-up link.
pub async fn keep_kind(ctx: Ctx, mut f: Form) -> Result<Response> {
    let kind = match f.get("kind") {
        "campaign" => Kind::Campaign,
        "town_hall" => Kind::TownHall,
        _ => {
            f.fail("kind", ctx.t("setup-choose"));
            let w = Wizard::at(&ctx, Step::Kind).await?;
            return html_with(StatusCode::UNPROCESSABLE_ENTITY, &Who { p: &w.page, w: &w, f: &f });
        }
    };
    store::save(&ctx, Step::Kind, move |s| s.kind = kind).await?;
    Ok(redirect(Step::Kind.next()))
}
