//! One colour in, six safe colours out, in light and in dark.
//!
//! An instance picks one colour. Text in it, white on it, lines in it must stay readable, so the
//! colour is worked on in OKLCH and moved only as far as contrast asks for. The server stores the
//! result and serves it as a style sheet, because the content security policy forbids inline style.

mod colour;

use std::fmt;

use colour::{Oklch, Rgb, fit, toward};

/// Backgrounds of the light theme: paper, surface, sunken.
const LIGHT: [Rgb; 3] = [Rgb(0xFA, 0xFA, 0xF7), Rgb(0xFF, 0xFF, 0xFF), Rgb(0xF1, 0xF1, 0xEC)];
/// Backgrounds of the dark theme: paper, surface, sunken.
const DARK: [Rgb; 3] = [Rgb(0x12, 0x17, 0x16), Rgb(0x1A, 0x21, 0x20), Rgb(0x0D, 0x11, 0x10)];
/// The least contrast of text in the brand colour.
const TEXT: f64 = 5.2;
/// The least contrast of a line that carries meaning.
const LINE: f64 = 3.1;

/// The six colours derived from the one of the instance, as `#RRGGBB`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrandTokens {
    /// Links, filled buttons.
    pub brand: String,
    /// The same, hovered.
    pub strong: String,
    /// Text on `brand`.
    pub on: String,
    /// A pale background.
    pub tint: String,
    /// A less pale one.
    pub tint2: String,
    /// Lines and underlines.
    pub line: String,
}

/// The colours of an instance, for light and dark screens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// For light screens.
    pub light: BrandTokens,
    /// For dark screens.
    pub dark: BrandTokens,
    /// Whether the light `brand` is not the colour picked: the page then says that it was
    /// moved for the text to be readable.
    pub moved: bool,
}

/// Why a colour was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThemeError {
    /// Not `#RRGGBB`, nor `#RGB`.
    NotAColour,
}

impl fmt::Display for ThemeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAColour => f.write_str("not a colour: six hexadecimal digits are expected, as in #0B6670"),
        }
    }
}

impl std::error::Error for ThemeError {}

impl Theme {
    /// Derives the twelve colours from one, written `#0B6670`, `0b6670` or `#abc`.
    ///
    /// # Errors
    /// [`ThemeError::NotAColour`] when the text is nothing of the kind.
    pub fn from_hex(hex: &str) -> Result<Self, ThemeError> {
        let picked = Rgb::parse(hex).ok_or(ThemeError::NotAColour)?;
        let colour = Oklch::from(picked);
        let brand = light_brand(&colour);
        Ok(Self { light: light(&colour, brand), dark: dark(&colour), moved: !brand.close_to(picked) })
    }

    /// The style sheet of the instance, to serve after the main one.
    #[must_use]
    pub fn to_css(&self) -> String {
        format!(
            ":root{{{}}}@media (prefers-color-scheme:dark){{:root{{{}}}}}\n",
            self.light.declarations(),
            self.dark.declarations()
        )
    }

    /// The style sheet of a colour being tried: it paints `.try` in light and `.try-dark` in dark.
    #[must_use]
    pub fn to_preview_css(&self) -> String {
        format!(".try{{{}}}.try-dark{{{}}}\n", self.light.declarations(), self.dark.declarations())
    }
}

impl BrandTokens {
    fn declarations(&self) -> String {
        format!(
            "--brand:{};--brand-strong:{};--on-brand:{};--brand-tint:{};--brand-tint-2:{};--brand-line:{}",
            self.brand, self.strong, self.on, self.tint, self.tint2, self.line
        )
    }
}

/// The address of the style sheet of a colour. It names the colour, so that a change shows at once.
#[must_use]
pub fn url(hex: &str) -> String {
    format!("/theme.css?v={}", hex.trim_start_matches('#').to_ascii_lowercase())
}

/// The contrast ratio of two colours written `#RRGGBB`, from 1 to 21; none when one is not a colour.
#[must_use]
pub fn contrast(one: &str, other: &str) -> Option<f64> {
    Some(Rgb::parse(one)?.contrast(Rgb::parse(other)?))
}

fn light_tints(colour: &Oklch, c: f64) -> (Rgb, Rgb) {
    (fit(0.965, c.min(0.018), colour.h), fit(0.925, c.min(0.042), colour.h))
}

fn light_brand(colour: &Oklch) -> Rgb {
    let c = colour.c.min(0.19);
    let (tint, tint2) = light_tints(colour, c);
    let grounds = [LIGHT[0], LIGHT[1], LIGHT[2], tint, tint2];
    toward(colour.l.min(0.52), c, colour.h, &grounds, TEXT, 0.0)
}

fn light(colour: &Oklch, brand: Rgb) -> BrandTokens {
    let c = colour.c.min(0.19);
    let (tint, tint2) = light_tints(colour, c);
    let lower = (Oklch::from(brand).l - 0.09).max(0.18);
    let grounds = [LIGHT[0], LIGHT[1], LIGHT[2], tint];
    BrandTokens {
        brand: brand.to_string(),
        strong: fit(lower, c, colour.h).to_string(),
        on: LIGHT[1].to_string(),
        tint: tint.to_string(),
        tint2: tint2.to_string(),
        line: toward(0.66, 0.8 * c, colour.h, &grounds, LINE, 0.0).to_string(),
    }
}

fn dark(colour: &Oklch) -> BrandTokens {
    let (c, h) = (colour.c.min(0.19), colour.h);
    let tint = fit(0.27, c.min(0.035), h);
    let tint2 = fit(0.34, c.min(0.055), h);
    let grounds = [DARK[0], DARK[1], DARK[2], tint, tint2];
    let brand = toward(colour.l.max(0.78), c.min(0.12), h, &grounds, TEXT, 1.0);
    let higher = (Oklch::from(brand).l + 0.07).min(0.95);
    let under_lines = [DARK[0], DARK[1], DARK[2], tint];
    BrandTokens {
        brand: brand.to_string(),
        strong: fit(higher, c.min(0.10), h).to_string(),
        on: DARK[0].to_string(),
        tint: tint.to_string(),
        tint2: tint2.to_string(),
        line: toward(0.55, c.min(0.10), h, &under_lines, LINE, 1.0).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    const INK: &str = "#17211F";
    const INK_DARK: &str = "#EDF1EF";

    fn least(colour: &str, grounds: &[String]) -> f64 {
        grounds.iter().map(|g| contrast(colour, g).unwrap()).fold(f64::INFINITY, f64::min)
    }

    /// The ratios that the design promises, least first.
    fn ratios(theme: &Theme) -> Vec<(&'static str, f64)> {
        let (l, d) = (&theme.light, &theme.dark);
        let base = |grounds: [Rgb; 3]| grounds.iter().map(ToString::to_string).collect::<Vec<_>>();
        let mut lines = base(LIGHT);
        lines.push(l.tint.clone());
        let mut texts = lines.clone();
        texts.push(l.tint2.clone());
        let mut d_lines = base(DARK);
        d_lines.push(d.tint.clone());
        let mut d_texts = d_lines.clone();
        d_texts.push(d.tint2.clone());
        vec![
            ("textMin", least(&l.brand, &texts)),
            ("onBrand", contrast(&l.on, &l.brand).unwrap()),
            ("onStrong", contrast(&l.on, &l.strong).unwrap()),
            ("inkOnTint2", contrast(INK, &l.tint2).unwrap()),
            ("lineMin", least(&l.line, &lines)),
            ("dTextMin", least(&d.brand, &d_texts)),
            ("dOn", contrast(&d.on, &d.brand).unwrap()),
            ("dInkOnTint2", contrast(INK_DARK, &d.tint2).unwrap()),
            ("dLineMin", least(&d.line, &d_lines)),
        ]
    }

    fn assert_close(expected: &str, found: &str, what: &str) {
        let (a, b) = (Rgb::parse(expected).unwrap(), Rgb::parse(found).unwrap());
        assert!(
            a.0.abs_diff(b.0) <= 1 && a.1.abs_diff(b.1) <= 1 && a.2.abs_diff(b.2) <= 1,
            "{what}: {found}, expected {expected}"
        );
    }

    #[test]
    fn the_fifteen_vectors_of_the_design() {
        let vectors: Value = serde_json::from_str(include_str!("../tests/theme-vectors.json")).unwrap();
        let vectors = vectors["vectors"].as_array().unwrap();
        assert_eq!(vectors.len(), 15);
        for vector in vectors {
            let hex = vector["brand"].as_str().unwrap();
            let theme = Theme::from_hex(hex).unwrap();
            for (mode, tokens) in [("light", &theme.light), ("dark", &theme.dark)] {
                for (name, found) in [
                    ("brand", &tokens.brand),
                    ("strong", &tokens.strong),
                    ("on", &tokens.on),
                    ("tint", &tokens.tint),
                    ("tint2", &tokens.tint2),
                    ("line", &tokens.line),
                ] {
                    let expected = vector[mode][name].as_str().unwrap();
                    assert_close(expected, found, &format!("{hex} {mode} {name}"));
                }
            }
            for (name, found) in ratios(&theme) {
                let expected = vector["ratios"][name].as_f64().unwrap();
                // One step of one channel moves a ratio by less than 2 %.
                assert!((found - expected).abs() <= expected * 0.02, "{hex} {name}: {found}");
            }
        }
    }

    #[test]
    fn a_thousand_colours_keep_every_promise() {
        // The worst cases that the design announces, one decimal.
        let least = [5.2, 6.4, 6.4, 12.9, 3.1, 5.7, 8.5, 9.9, 3.1];
        let mut state = 0x2545_F491_4F6C_DD1D_u64;
        for _ in 0..1000 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let hex = format!("#{:06X}", state >> 40);
            let theme = Theme::from_hex(&hex).unwrap();
            for ((name, found), least) in ratios(&theme).into_iter().zip(least) {
                // Text and lines are exact promises in light; the others are rounded.
                let exact = matches!(name, "textMin" | "lineMin" | "dLineMin");
                let least = if exact { least } else { least - 0.05 };
                assert!(found >= least, "{hex} {name}: {found}");
            }
        }
    }

    #[test]
    fn says_whether_the_colour_was_moved() {
        assert!(!Theme::from_hex("#0B6670").unwrap().moved);
        assert!(!Theme::from_hex("#3F3D9E").unwrap().moved);
        assert!(Theme::from_hex("#2E8B3D").unwrap().moved);
        assert!(Theme::from_hex("#FFE000").unwrap().moved);
    }

    #[test]
    fn reads_the_usual_writings_and_refuses_the_rest() {
        let theme = Theme::from_hex("#0B6670").unwrap();
        assert_eq!(Theme::from_hex(" 0b6670 ").unwrap(), theme);
        assert_eq!(Theme::from_hex("#abc").unwrap(), Theme::from_hex("#AABBCC").unwrap());
        for bad in ["", "#", "#12", "#12345", "#1234567", "#GGGGGG", "red", "#été", "#+12345"] {
            assert_eq!(Theme::from_hex(bad), Err(ThemeError::NotAColour), "{bad}");
        }
    }

    #[test]
    fn writes_a_style_sheet() {
        let theme = Theme::from_hex("#0B6670").unwrap();
        let css = theme.to_css();
        assert!(css.starts_with(":root{--brand:#0B6670;--brand-strong:#004B53;--on-brand:#FFFFFF;"), "{css}");
        assert!(css.contains("@media (prefers-color-scheme:dark){:root{--brand:#79C6D0;"), "{css}");
        assert!(theme.to_preview_css().starts_with(".try{--brand:#0B6670"));
    }
}
