//! The language of the instance, and those that readers may choose.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use parvis_kernel::{Ctx, Result, form::Form, permission::Right, words::Lang};
use parvis_ui::{Page, html_with, redirect};

use super::{Section, Step, frame, save};
use crate::urls;

/// The own name of a language.
#[must_use]
pub const fn own_name(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => "Français",
        Lang::En => "English",
    }
}

#[derive(Template)]
#[template(path = "settings/languages.html")]
struct Show<'a> {
    p: &'a Page,
    recent: &'a [Step],
    f: &'a Form,
    all: [(&'static str, &'static str); 2],
}

/// Shows the section. Right: administer.
///
/// # Errors
/// The refusal of the permission.
pub async fn show(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    let mut pairs = vec![("main", ctx.settings.lang.code())];
    pairs.extend(ctx.settings.languages.iter().map(|l| ("offered", l.code())));
    page(&ctx, StatusCode::OK, &Form::of(&pairs)).await
}

async fn page(ctx: &Ctx, status: StatusCode, f: &Form) -> Result<Response> {
    let frame = frame(ctx, Section::Languages).await?;
    let all = Lang::ALL.map(|l| (l.code(), own_name(l)));
    html_with(status, &Show { p: &frame.page, recent: &frame.recent, f, all })
}

/// Keeps the section. The language of the instance is always offered. Right: administer.
///
/// # Errors
/// The refusal of the permission, or when the database refuses.
pub async fn keep(ctx: Ctx, mut f: Form) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    let Some(main) = Lang::parse(f.get("main")) else {
        f.fail("main", ctx.t("settings-language-missing"));
        return page(&ctx, StatusCode::UNPROCESSABLE_ENTITY, &f).await;
    };
    let offered = offered(main, &f);
    save(&ctx, Section::Languages, move |s| {
        s.lang = main;
        s.languages.clone_from(&offered);
    })
    .await?;
    Ok(redirect(format!("{}?fait=settings-saved", urls::Languages {})))
}

fn offered(main: Lang, f: &Form) -> Vec<Lang> {
    let mut list = vec![main];
    list.extend(f.all("offered").filter_map(Lang::parse).filter(|l| *l != main));
    list.dedup();
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_main_language_is_always_offered_first() {
        let f = Form::of(&[("offered", "fr"), ("offered", "xx"), ("offered", "fr")]);
        assert_eq!(offered(Lang::En, &f), [Lang::En, Lang::Fr]);
        assert_eq!(offered(Lang::Fr, &Form::new()), [Lang::Fr]);
    }
}
