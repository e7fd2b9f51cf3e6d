//! Posters and pictures are drawn off the request threads, in their turn: pages stay instant while somebody prints.

use parvis_documents::drawing::{Colours, Rgb};
use parvis_kernel::{
    Ctx, Error, Result,
    app::App,
    settings::{Kind, Settings},
    words::Lang,
};
use parvis_ui::{SafeHtml, Theme, french, icons};

/// Draws a document where nobody waits for a page, see [`parvis_kernel::documents`].
///
/// # Errors
/// When it can't be drawn.
pub async fn draw<T, F>(app: &App, make: F) -> Result<T>
where
    T: Send + 'static,
    F: FnOnce() -> parvis_documents::Result<T> + Send + 'static,
{
    app.documents.make(move || make().map_err(Error::other)).await
}

/// The colours of the instance.
#[must_use]
pub fn colours(settings: &Settings) -> Colours {
    let light = Theme::from_hex(&settings.colour).map(|t| t.light);
    let one = |text: Option<&String>, other| text.and_then(|t| Rgb::hex(t)).unwrap_or(other);
    let light = light.as_ref().ok();
    Colours {
        brand: one(light.map(|l| &l.brand), Rgb(0x0b, 0x66, 0x70)),
        strong: one(light.map(|l| &l.strong), Rgb(0x00, 0x4b, 0x53)),
        tint: one(light.map(|l| &l.tint), Rgb(0xe6, 0xf7, 0xfa)),
        tint_2: one(light.map(|l| &l.tint2), Rgb(0xc7, 0xef, 0xf4)),
        line: one(light.map(|l| &l.line), Rgb(0x57, 0x91, 0x9a)),
    }
}

/// The logo of the instance.
#[must_use]
pub fn mark(settings: &Settings) -> SafeHtml {
    match settings.kind {
        Kind::Campaign => icons::mark_campaign(),
        Kind::TownHall => icons::mark_town(),
    }
}

/// A text of the team with the typography of the instance's language, in which it is printed whoever prints it.
#[must_use]
pub fn text(ctx: &Ctx, text: &str) -> String {
    if ctx.settings.lang == Lang::Fr { french(text) } else { text.to_owned() }
}

/// A word of ours in the instance's language.
#[must_use]
pub fn word(ctx: &Ctx, key: &str) -> String {
    ctx.app.words.get(ctx.settings.lang, key)
}
