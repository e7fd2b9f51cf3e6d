//! A colour being tried: what becomes of it, and how it looks in light and in dark.

use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use parvis_kernel::{Ctx, form::Form, locale, settings::COLOUR};
use parvis_ui::{Theme, theming};

use crate::query;

/// What the preview shows.
#[derive(Debug, Clone)]
pub struct Preview {
    /// Address of the style sheet that paints it.
    pub css: String,
    /// The colour picked, `#RRGGBB`.
    pub picked: String,
    /// The colour of the pages in light.
    pub used: String,
    /// Whether the two differ.
    pub moved: bool,
    /// Contrast of the button in light, as people write it.
    pub light: String,
    /// The same in dark.
    pub dark: String,
    /// Name shown in the bar.
    pub name: String,
    /// Question shown under it.
    pub question: String,
}

/// The colour a form means: the field, unless the palette alone was moved (a browser without scripts).
#[must_use]
pub fn picked(form: &Form) -> String {
    let (field, palette, before) = (form.get("couleur"), form.get("palette"), form.get("avant"));
    let palette_moved = !palette.is_empty() && !palette.eq_ignore_ascii_case(before);
    let field_kept = field.eq_ignore_ascii_case(before);
    normal(if palette_moved && field_kept { palette } else { field })
}

/// `#RRGGBB` in capitals where the text is a colour, else the text.
fn normal(text: &str) -> String {
    let digits: String = text.trim().trim_start_matches('#').chars().take(7).collect();
    if Theme::from_hex(text).is_err() {
        return text.trim().chars().take(20).collect();
    }
    let long = if digits.chars().count() == 3 { digits.chars().flat_map(|c| [c, c]).collect() } else { digits };
    format!("#{}", long.to_ascii_uppercase())
}

/// Whether a text is a colour.
#[must_use]
pub fn is_colour(text: &str) -> bool {
    Theme::from_hex(text).is_ok()
}

/// The preview of a colour, or of the first one when the text is not a colour. `css` is the style sheet's address.
#[must_use]
pub fn preview(ctx: &Ctx, css: &str, hex: &str, name: &str, question: &str) -> Preview {
    let known = if is_colour(hex) { normal(hex) } else { COLOUR.to_owned() };
    let (used, moved, light, dark) = match Theme::from_hex(&known) {
        Ok(t) => (
            t.light.brand.clone(),
            t.moved,
            theming::contrast(&t.light.on, &t.light.brand),
            theming::contrast(&t.dark.on, &t.dark.brand),
        ),
        Err(_) => (known.clone(), false, None, None),
    };
    // Rounded down: a promise of contrast is never flattered.
    let ratio = |r: Option<f64>| locale::decimal(ctx.lang, (r.unwrap_or(1.0) * 10.0).floor() / 10.0);
    Preview {
        css: format!("{css}?c={}", known.trim_start_matches('#')),
        used,
        moved,
        light: ratio(light),
        dark: ratio(dark),
        picked: known,
        name: name.to_owned(),
        question: question.to_owned(),
    }
}

/// The style sheet of `?c=RRGGBB`. Open to whoever may see the page that links it.
pub async fn css(ctx: Ctx) -> Response {
    let theme = Theme::from_hex(query::of(&ctx).get("c"));
    let text = theme.map(|t| t.to_preview_css()).unwrap_or_default();
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], text).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_palette_counts_only_when_it_alone_was_moved() {
        let f = |couleur, palette| Form::of(&[("couleur", couleur), ("palette", palette), ("avant", "#0B6670")]);
        assert_eq!(picked(&f("#0B6670", "#2e8b3d")), "#2E8B3D", "without scripts");
        assert_eq!(picked(&f("#abc", "#0b6670")), "#AABBCC", "typed");
        assert_eq!(picked(&f("#2E8B3D", "#aa0000")), "#2E8B3D", "both: the typed one");
        assert_eq!(picked(&Form::of(&[("couleur", " 2e8b3d ")])), "#2E8B3D");
        assert_eq!(picked(&Form::of(&[("couleur", "vert <b>")])), "vert <b>");
    }
}
