//! The colour of the instance.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use parvis_kernel::{Ctx, Result, form::Form, permission::Right};
use parvis_ui::{Page, html, html_with, redirect};

use super::{Section, Step, frame, save};
use crate::{
    colour::{self, Preview},
    urls,
};

#[derive(Template)]
#[template(path = "settings/look.html")]
struct Show<'a> {
    p: &'a Page,
    recent: &'a [Step],
    f: &'a Form,
    v: Preview,
}

#[derive(Template)]
#[template(path = "setup/preview.html")]
struct Fragment<'a> {
    p: &'a Page,
    v: Preview,
}

/// Shows the section. Right: administer.
///
/// # Errors
/// The refusal of the permission.
pub async fn show(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    let mut f = Form::new();
    f.set("couleur", ctx.settings.colour.clone());
    page(&ctx, StatusCode::OK, &f).await
}

async fn page(ctx: &Ctx, status: StatusCode, f: &Form) -> Result<Response> {
    let frame = frame(ctx, Section::Look).await?;
    let v = tried(ctx, f);
    html_with(status, &Show { p: &frame.page, recent: &frame.recent, f, v })
}

fn tried(ctx: &Ctx, f: &Form) -> Preview {
    let s = &ctx.settings;
    colour::preview(ctx, urls::ColourCss::ROUTE, &colour::picked(f), &s.name, &s.question)
}

/// The preview alone, for the script of the page. Right: administer.
///
/// # Errors
/// The refusal of the permission.
pub async fn preview(ctx: Ctx, f: Form) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    html(&Fragment { p: &Page::new(&ctx, ""), v: tried(&ctx, &f) })
}

/// Keeps the colour, or shows it. Right: administer.
///
/// # Errors
/// The refusal of the permission, or when the database refuses.
pub async fn keep(ctx: Ctx, mut f: Form) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    let hex = colour::picked(&f);
    f.set("couleur", hex.clone());
    if !colour::is_colour(&hex) {
        f.fail("couleur", ctx.t("settings-colour-wrong"));
        return page(&ctx, StatusCode::UNPROCESSABLE_ENTITY, &f).await;
    }
    if f.has("essayer") {
        return page(&ctx, StatusCode::OK, &f).await;
    }
    save(&ctx, Section::Look, move |s| s.colour.clone_from(&hex)).await?;
    Ok(redirect(format!("{}?fait=settings-saved", urls::Colour {})))
}
