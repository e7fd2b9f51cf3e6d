//! The picture that messengers and social networks show with a link of the public site. Only of what anybody may read.

use std::sync::Arc;

use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use parvis_documents::card::{self, Card};
use parvis_kernel::{Ctx, Error, Result, secrets};
use parvis_tables::mask;
use parvis_ui::icons;

use crate::{
    caches::Caches,
    ideas::{Status, store},
    printing::{colours, draw, mark, text, word},
    projects::texts::Spoken,
    projects::{self, Act},
    seen::Seen,
};

/// The words of a picture.
struct Words {
    site: String,
    over: String,
    title: String,
    under: String,
}

/// The picture of the site. Public.
///
/// # Errors
/// When it can't be drawn.
pub async fn site(ctx: Ctx, caches: Arc<Caches>) -> Result<Response> {
    let asked = ctx.settings.question.trim();
    let title = if asked.is_empty() { word(&ctx, "home-question") } else { text(&ctx, asked) };
    answer(&ctx, &caches, String::new(), title, word(&ctx, "card-give")).await
}

/// The picture of a public project. Public.
///
/// # Errors
/// `NotFound` for a project that is not public, whoever asks.
pub async fn project(ctx: Ctx, caches: Arc<Caches>, Path(slug): Path<String>) -> Result<Response> {
    let c = ctx.app.db.read();
    let project = projects::store::by_slug(c, &slug).await?;
    if !project.is_public() {
        return Err(Error::NotFound);
    }
    let phases = projects::store::phases(c, project.id).await?;
    let seen = Seen { project, phases, spoken: Spoken::default() };
    let under = if seen.may(&ctx, Act::Post).is_ok() { word(&ctx, "card-give") } else { word(&ctx, "card-read") };
    answer(&ctx, &caches, word(&ctx, "card-project"), text(&ctx, &seen.project.title), under).await
}

/// The picture of an idea that is online in a public project. Public.
///
/// # Errors
/// `NotFound` for any other.
pub async fn idea(ctx: Ctx, caches: Arc<Caches>, Path(number): Path<i64>) -> Result<Response> {
    let c = ctx.app.db.read();
    let idea = store::by_number(c, number).await?;
    if idea.kind != "idea" || !store::is_public(c, idea.id).await? {
        return Err(Error::NotFound);
    }
    let project = projects::store::find(c, idea.project_id).await?;
    let under = match idea.status() {
        Status::Proposed => word(&ctx, "card-support"),
        status => {
            let own = ctx.settings.status_words.get(status.code()).and_then(|w| w.get(&ctx.settings.lang));
            own.filter(|w| !w.is_empty()).cloned().unwrap_or_else(|| word(&ctx, &format!("status-{}", status.code())))
        }
    };
    answer(&ctx, &caches, text(&ctx, &project.title), text(&ctx, &mask(&idea.heading())), under).await
}

/// The picture, drawn once for the same words and colours.
async fn answer(ctx: &Ctx, caches: &Caches, over: String, title: String, under: String) -> Result<Response> {
    let site = text(ctx, &ctx.settings.name);
    let key = secrets::hash(&[&site, &over, &title, &under, &ctx.settings.colour].map(String::as_str).join("\n"));
    let (colours, mark) = (colours(&ctx.settings), mark(&ctx.settings));
    let make = draw(&ctx.app, move || {
        let (words, scene) = (Words { site, over, title, under }, icons::scene());
        card::make(&Card {
            site: &words.site,
            over: &words.over,
            title: &words.title,
            under: &words.under,
            mark: mark.as_str(),
            scene: scene.as_str(),
            colours,
        })
    });
    let bytes = caches.cards.get(ctx.now(), key, make).await?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/png")),
        // What is hidden must not stay long on the way.
        (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=600")),
    ];
    Ok((headers, bytes.as_ref().clone()).into_response())
}
