//! The poster of a link, and its sheet of codes to tear off.

use axum::{extract::Path, response::Response};
use parvis_documents::poster::{self, Poster, Sheet};
use parvis_kernel::{Ctx, Result};
use parvis_ui::icons;

use super::desk::{address, download, seen};
use crate::{
    printing::{colours, draw, mark, text, word},
    projects,
};

/// The words of a poster, to take along to where it is drawn.
struct Words {
    lang: &'static str,
    site: String,
    tagline: String,
    question: String,
    lead: String,
    place: String,
    call: String,
    how: String,
    or: String,
    address: String,
    code_words: String,
    strip_words: String,
    foot: String,
}

/// A poster or a sheet, to print. Permission: read, in the link's project.
///
/// # Errors
/// `NotFound`, or when the database refuses.
pub async fn pdf(ctx: Ctx, Path(code): Path<String>, sheet: Sheet) -> Result<Response> {
    let link = seen(&ctx, &code).await?;
    let c = ctx.app.db.read();
    let project = projects::store::find(c, link.project_id).await?;
    let areas = parvis_people::areas::names(c).await?;
    let area = link.area_id.and_then(|id| areas.get(&id)).cloned().unwrap_or_default();
    let place: Vec<&str> = [area.as_str(), link.place.as_str()].into_iter().filter(|t| !t.is_empty()).collect();
    let settings = &ctx.settings;
    let foot: Vec<&str> = [settings.name.as_str(), settings.address.as_str(), settings.telephone.as_str()]
        .into_iter()
        .filter(|t| !t.is_empty())
        .collect();
    let words = Words {
        lang: settings.lang.code(),
        site: text(&ctx, &settings.name),
        tagline: text(&ctx, &settings.tagline),
        question: text(&ctx, &project.title),
        lead: text(&ctx, &project.summary),
        place: text(&ctx, &place.join(", ")),
        call: word(&ctx, "poster-call"),
        how: word(&ctx, "poster-how"),
        or: word(&ctx, "poster-or"),
        address: address(&ctx, &link.code),
        code_words: word(&ctx, "poster-code"),
        strip_words: word(&ctx, "poster-strips"),
        foot: text(&ctx, &foot.join(", ")),
    };
    let (colours, mark) = (colours(settings), mark(settings));
    let bytes = draw(&ctx.app, move || {
        let scene = icons::scene();
        poster::make(
            sheet,
            &Poster {
                lang: words.lang,
                site: &words.site,
                tagline: &words.tagline,
                question: &words.question,
                lead: &words.lead,
                place: &words.place,
                call: &words.call,
                how: &words.how,
                or: &words.or,
                address: &words.address,
                code_words: &words.code_words,
                strip_words: &words.strip_words,
                foot: &words.foot,
                mark: mark.as_str(),
                scene: scene.as_str(),
                colours,
            },
        )
    })
    .await?;
    let name = match sheet {
        Sheet::A4 => format!("affiche-a4-{}.pdf", link.code),
        Sheet::A3 => format!("affiche-a3-{}.pdf", link.code),
        Sheet::TearOff => format!("languettes-{}.pdf", link.code),
    };
    Ok(download("application/pdf", &name, bytes))
}
