//! Charts and maps as pieces of HTML: geometry in SVG attributes, colours by classes, no inline
//! style. A chart is never alone: its sentence stands above it and its table below (see the
//! design), and small groups are hidden by the query, before they come here.

mod bars;
mod line;
mod map;
mod projection;

pub use bars::{BarOptions, bar_cell, bar_cell_with, meter};
pub use line::{LineChart, Series, line_chart};
pub use map::{AreaShape, MapOptions, Pin, area_map, map_legend};

use crate::safe_html::push_escaped;

/// A length in a drawing: one decimal at most, no trailing zero, never an exponent.
fn num(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    if !rounded.is_finite() || rounded == 0.0 {
        return "0".to_owned();
    }
    format!("{rounded}")
}

/// A value as people read it: thousands apart, a decimal comma.
fn french_number(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    let text = num(value.abs());
    let (whole, decimals) = text.split_once('.').map_or((text.as_str(), None), |(w, d)| (w, Some(d)));
    let mut out = String::from(if value < 0.0 && text != "0" { "−" } else { "" });
    let digits = whole.chars().count();
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (digits - i) % 3 == 0 {
            out.push('\u{202F}');
        }
        out.push(c);
    }
    if let Some(decimals) = decimals {
        out.push(',');
        out.push_str(decimals);
    }
    out
}

/// An identifier that can stand in `id` and in `url(#…)`.
fn identifier(text: &str) -> String {
    let mut id: String = text.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
    if !id.starts_with(|c: char| c.is_ascii_alphabetic()) {
        id.insert(0, 'c');
    }
    id
}

/// How wide a text of a chart is at most, in units of the drawing: letters of the text font at 14 units, bold ones too, by kinds.
fn text_width(text: &str) -> f64 {
    let em = |c: char| match c {
        ' ' | '\u{a0}' | '\u{202f}' | 'i' | 'j' | 'l' | 'I' | '.' | ',' | '\'' | '’' | ':' | '/' => 0.3,
        'f' | 'r' | 't' | '-' | '(' | ')' => 0.4,
        'm' | 'w' | 'M' | 'W' | '…' | '%' | '&' => 0.95,
        '0'..='9' => 0.58,
        c if c.is_lowercase() => 0.58,
        c if c.is_uppercase() && c < '\u{250}' => 0.7,
        _ => 1.0,
    };
    text.chars().map(em).sum::<f64>() * 14.0
}

/// `<text class="…" x="…" y="…" …>escaped</text>`.
fn push_text(out: &mut String, attributes: &str, x: f64, y: f64, text: &str) {
    out.push_str("<text");
    if !attributes.is_empty() {
        out.push(' ');
        out.push_str(attributes);
    }
    out.push_str(&format!(" x=\"{}\" y=\"{}\">", num(x), num(y)));
    push_escaped(out, text);
    out.push_str("</text>");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_for_drawings_and_for_people() {
        assert_eq!(num(12.34), "12.3");
        assert_eq!(num(-0.01), "0");
        assert_eq!(num(f64::NAN), "0");
        assert_eq!(french_number(1243.0), "1\u{202F}243");
        assert_eq!(french_number(-1_234_567.5), "−1\u{202F}234\u{202F}567,5");
        assert_eq!(french_number(0.0), "0");
    }

    #[test]
    fn identifiers_are_harmless() {
        assert_eq!(identifier("par-quartier"), "par-quartier");
        assert_eq!(identifier("\"><script>"), "script");
        assert_eq!(identifier(""), "c");
        assert_eq!(identifier("1é"), "c1");
    }
}
