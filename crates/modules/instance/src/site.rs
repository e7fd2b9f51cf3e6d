//! Small things of the whole site: language, shortcuts, search engines.

use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use chrono::TimeDelta;
use parvis_kernel::{Ctx, Error, Result, cookies, form::Form, permission::Right, words::Lang};

use crate::query::back;

/// Keeps the language a reader chose. Anybody.
///
/// # Errors
/// `BadRequest` for a language that the instance does not offer.
pub async fn language(ctx: Ctx, form: Form) -> Result<Response> {
    let lang = Lang::parse(form.get("langue")).filter(|l| ctx.settings.languages.contains(l));
    let lang = lang.ok_or(Error::BadRequest("a language that is not offered"))?;
    let mut response = back(&form, "/");
    cookies::set(&mut response, cookies::LANG, lang.code(), Some(cookies::YEAR), ctx.is_secure());
    Ok(response)
}

/// Turns keyboard shortcuts off, or on again, in this browser. Right: read.
///
/// # Errors
/// The refusal of the permission.
pub async fn shortcuts(ctx: Ctx, form: Form) -> Result<Response> {
    ctx.require(Right::Read, None)?;
    let off = match form.get("raccourcis") {
        "off" => true,
        "on" => false,
        _ => ctx.shortcuts,
    };
    let (value, lasts) = if off { ("off", cookies::YEAR) } else { ("on", TimeDelta::zero()) };
    let mut response = back(&form, "/equipe");
    cookies::set(&mut response, cookies::KEYS, value, Some(lasts), ctx.is_secure());
    Ok(response)
}

const ROBOTS: &str = "User-agent: *\nDisallow: /equipe\nDisallow: /mon-espace\nDisallow: /connexion\n\
                      Disallow: /deposer\nDisallow: /installation\nDisallow: /i/\n";

/// What search engines are asked not to read. Anybody.
pub async fn robots(ctx: Ctx) -> Response {
    let map = format!("{ROBOTS}\nSitemap: {}/sitemap.xml\n", ctx.app.base_url(&ctx.settings));
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], map).into_response()
}
