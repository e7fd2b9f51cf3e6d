//! The terms under which the open data may be used.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use parvis_kernel::{
    Ctx, Result,
    app::App,
    form::{self, Form, is_blank},
    permission::Right,
    settings::Licence,
    words::Lang,
};
use parvis_ui::{Page, html_with, redirect};

use super::{Section, Step, frame, save};
use crate::urls;

/// Longest terms in the team's own words, in characters.
const MOST: usize = 1000;

/// What a licence says to whoever takes the data, in their language; terms of the team's own stand as they are.
#[must_use]
pub fn words(app: &App, lang: Lang, licence: &Licence) -> String {
    match licence {
        Licence::Own(words) => words.clone(),
        known => app.words.get(lang, &format!("open-licence-{}", known.code())),
    }
}

/// A licence to choose.
struct Choice {
    code: &'static str,
    name: String,
    says: String,
}

#[derive(Template)]
#[template(path = "settings/licence.html")]
struct Show<'a> {
    p: &'a Page,
    recent: &'a [Step],
    f: &'a Form,
    choices: Vec<Choice>,
}

/// Shows the section. Right: administer.
///
/// # Errors
/// The refusal of the permission.
pub async fn show(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    let own = match &ctx.settings.licence {
        Licence::Own(words) => words.as_str(),
        _ => "",
    };
    page(&ctx, StatusCode::OK, &Form::of(&[("licence", ctx.settings.licence.code()), ("own", own)])).await
}

async fn page(ctx: &Ctx, status: StatusCode, f: &Form) -> Result<Response> {
    let frame = frame(ctx, Section::Licence).await?;
    let choices = [Licence::LicenceOuverte, Licence::Odbl, Licence::CcBy, Licence::Own(String::new())]
        .iter()
        .map(|l| Choice {
            code: l.code(),
            name: ctx.t(&format!("licence-{}", l.code())),
            says: ctx.t(&format!("licence-{}-says", l.code())),
        })
        .collect();
    html_with(status, &Show { p: &frame.page, recent: &frame.recent, f, choices })
}

/// Keeps the licence: files taken from now on carry it. Right: administer.
///
/// # Errors
/// The refusal of the permission, or when the database refuses.
pub async fn keep(ctx: Ctx, mut f: Form) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    let own = form::clean(f.get("own"));
    match Licence::parse(f.get("licence"), &own) {
        None => f.fail("licence", ctx.t("licence-missing")),
        Some(Licence::Own(words)) if is_blank(&words) => f.fail("own", ctx.t("licence-own-missing")),
        Some(Licence::Own(words)) if words.chars().count() > MOST => {
            f.fail("own", ctx.app.words.with(ctx.lang, "settings-too-long", &[("n", &MOST)]));
        }
        Some(licence) => {
            save(&ctx, Section::Licence, move |s| s.licence.clone_from(&licence)).await?;
            return Ok(redirect(format!("{}?fait=settings-saved", urls::Licence {})));
        }
    }
    page(&ctx, StatusCode::UNPROCESSABLE_ENTITY, &f).await
}
