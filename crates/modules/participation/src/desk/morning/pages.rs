//! The choice of the letter, in one's own space.

use askama::Template;
use axum::response::Response;
use parvis_kernel::{Ctx, Result, form::Form, permission::Right};
use parvis_ui::{Page, SafeHtml, redirect};
use uuid::Uuid;

use super::Choice;
use crate::seen::with_param;

#[derive(Template)]
#[template(path = "desk/morning.html")]
struct Part<'a> {
    p: &'a Page,
    choice: Choice,
    hours: Vec<(i64, String)>,
}

/// The part of the own space: for who may decide on the desk, empty for anybody else.
///
/// # Errors
/// When the database refuses.
pub async fn part(ctx: &Ctx, person: Uuid) -> Result<String> {
    if !ctx.may(Right::Moderate, None) {
        return Ok(String::new());
    }
    let page = Page::new(ctx, "");
    let hours = (0..24).map(|h| (h, ctx.app.words.with(ctx.lang, "space-staff-hour", &[("hour", &h)]))).collect();
    let part = Part { p: &page, choice: super::choice(ctx.app.db.read(), person).await?, hours };
    Ok(SafeHtml::from_template(&part).map_err(parvis_kernel::Error::other)?.as_str().to_owned())
}

/// Keeps the choice. Right: moderate, for oneself.
///
/// # Errors
/// The refusal of the permission, or when the database refuses.
pub async fn save(ctx: Ctx, form: Form) -> Result<Response> {
    ctx.require(Right::Moderate, None)?;
    let (person, now, tz) = (ctx.person()?, ctx.now(), ctx.settings.tz());
    let before = super::choice(ctx.app.db.read(), person).await?;
    // The hours are a list: another value is not a choice of anybody's.
    let hour = form.get("heure").parse().ok().filter(|h| (0..24).contains(h)).unwrap_or(before.hour);
    let choice = Choice { wanted: form.has("recevoir"), hour };
    ctx.app
        .db
        .write(move |tx| {
            Box::pin(async move {
                super::choose(tx, person, choice, now, tz).await?;
                if choice.wanted { Ok(()) } else { super::stop(tx, person, now, tz).await }
            })
        })
        .await?;
    Ok(redirect(with_param(&format!("{}#attend", parvis_people::urls::Space {}), "fait", "attend-enregistre")))
}
