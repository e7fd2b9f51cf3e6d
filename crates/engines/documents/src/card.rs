//! The picture that social networks and messengers show with a link: 1200 by 630 pixels, PNG.

use kurbo::{BezPath, PathEl};
use rustybuzz::ttf_parser::OutlineBuilder;
use tiny_skia::{Color, FillRule, LineCap, LineJoin, Paint, PathBuilder, Pixmap, Rect, Stroke, Transform};

use crate::{
    Error, Result,
    drawing::{Colours, Drawing, Rgb},
    text::Font,
};

/// Width, in pixels.
pub const WIDTH: u16 = 1_200;
/// Height, in pixels.
pub const HEIGHT: u16 = 630;
/// Margin, in pixels.
const M: f32 = 72.0;
/// Width of the words, beside the square.
const WORDS: f32 = 640.0;

/// What the picture says.
#[derive(Debug, Clone)]
pub struct Card<'a> {
    /// Name of the instance.
    pub site: &'a str,
    /// A few words over the title: what it is.
    pub over: &'a str,
    /// Title, large.
    pub title: &'a str,
    /// A few words under it: state, invitation.
    pub under: &'a str,
    /// The logo, as SVG of the house.
    pub mark: &'a str,
    /// The square, as SVG of the house.
    pub scene: &'a str,
    /// Colours.
    pub colours: Colours,
}

fn nothing() -> Error {
    Error::Failed("a shape without a size".into())
}

/// Makes the picture.
///
/// # Errors
/// [`Error::Failed`], a fault of ours.
pub fn make(card: &Card<'_>) -> Result<Vec<u8>> {
    let (width, height) = (f32::from(WIDTH), f32::from(HEIGHT));
    let mut pixels = Pixmap::new(u32::from(WIDTH), u32::from(HEIGHT)).ok_or_else(nothing)?;
    let Rgb(r, g, b) = card.colours.tint;
    pixels.fill(Color::from_rgba8(r, g, b, 255));
    square(&mut pixels, card)?;
    rectangle(&mut pixels, (0.0, height - 14.0, width, 14.0), card.colours.brand)?;
    let mark = Drawing::read(card.mark, &card.colours)?;
    drawing(&mut pixels, &mark, M, 60.0, 56.0)?;
    let site = one_line(Font::Title, card.site, 34.0, WORDS - 70.0)?;
    text(&mut pixels, Font::Title, &site, 34.0, M + 72.0, 100.0, Rgb::INK)?;
    let title = Font::Title.drawable(card.title)?;
    let (size, lines) = Font::Title.fit(&title, &[72.0, 64.0, 56.0, 50.0, 44.0], WORDS, 4)?;
    let step = size * 1.08;
    #[allow(clippy::cast_precision_loss, reason = "a few lines")]
    let mut y = 330.0 - lines.len() as f32 * step / 2.0;
    let over = one_line(Font::Bold, card.over, 26.0, WORDS)?;
    text(&mut pixels, Font::Bold, &over, 26.0, M, y - 8.0, card.colours.brand)?;
    for line in &lines {
        y += step;
        text(&mut pixels, Font::Title, line, size, M - size * 0.03, y - size * 0.16, Rgb::INK)?;
    }
    let under = one_line(Font::Bold, card.under, 26.0, WORDS - 60.0)?;
    if !under.is_empty() {
        let wide = Font::Bold.width(&under, 26.0)? + 52.0;
        pill(&mut pixels, (M, 526.0, wide, 52.0), card.colours.brand)?;
        text(&mut pixels, Font::Bold, &under, 26.0, M + 26.0, 561.0, Rgb::WHITE)?;
    }
    pixels.encode_png().map_err(|e| Error::Failed(e.to_string()))
}

fn one_line(font: Font, words: &str, size: f32, width: f32) -> Result<String> {
    let words = font.drawable(words)?;
    Ok(font.fit(&words, &[size], width, 1)?.1.pop().unwrap_or_default())
}

/// The square, cut by the right edge of the picture, on a ground that goes across it.
#[allow(clippy::cast_possible_truncation, reason = "a grid of some hundreds")]
fn square(pixels: &mut Pixmap, card: &Card<'_>) -> Result<()> {
    let scene = Drawing::read(card.scene, &card.colours)?;
    let (width, height) = (f32::from(WIDTH), f32::from(HEIGHT));
    let wide = 560.0;
    let scale = wide / scene.width as f32;
    let top = height - 14.0 - scene.height as f32 * scale;
    let ground = top + 297.0 * scale;
    rectangle(pixels, (0.0, ground, width, height - ground), card.colours.tint_2)?;
    rectangle(pixels, (0.0, ground, width, 5.0 * scale), card.colours.line)?;
    drawing(pixels, &scene, width - wide + 24.0, top, wide)
}

fn paint(Rgb(r, g, b): Rgb) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color_rgba8(r, g, b, 255);
    paint.anti_alias = true;
    paint
}

fn rectangle(pixels: &mut Pixmap, (x, y, width, height): (f32, f32, f32, f32), colour: Rgb) -> Result<()> {
    let rect = Rect::from_xywh(x, y, width, height).ok_or_else(nothing)?;
    pixels.fill_rect(rect, &paint(colour), Transform::identity(), None);
    Ok(())
}

fn pill(pixels: &mut Pixmap, (x, y, width, height): (f32, f32, f32, f32), colour: Rgb) -> Result<()> {
    use kurbo::Shape as _;
    let [left, top, right, bottom] = [x, y, x + width, y + height].map(f64::from);
    let path = kurbo::RoundedRect::new(left, top, right, bottom, f64::from(height / 2.0)).to_path(0.01);
    let path = outline(&path).ok_or_else(nothing)?;
    pixels.fill_path(&path, &paint(colour), FillRule::Winding, Transform::identity(), None);
    Ok(())
}

#[allow(clippy::cast_possible_truncation, reason = "pixels of a picture")]
fn drawing(pixels: &mut Pixmap, drawing: &Drawing, x: f32, y: f32, width: f32) -> Result<()> {
    let scale = width / drawing.width as f32;
    let at = Transform::from_row(scale, 0.0, 0.0, scale, x, y);
    for shape in &drawing.shapes {
        let path = outline(&shape.path).ok_or_else(nothing)?;
        if let Some(fill) = shape.fill {
            pixels.fill_path(&path, &paint(fill), FillRule::Winding, at, None);
        }
        if let Some(line) = shape.line {
            let stroke = Stroke {
                width: line.width as f32,
                line_cap: LineCap::Round,
                line_join: LineJoin::Round,
                ..Stroke::default()
            };
            pixels.stroke_path(&path, &paint(line.colour), &stroke, at, None);
        }
    }
    Ok(())
}

#[allow(clippy::cast_possible_truncation, reason = "pixels of a picture")]
fn outline(path: &BezPath) -> Option<tiny_skia::Path> {
    let mut out = PathBuilder::new();
    let f = |p: kurbo::Point| (p.x as f32, p.y as f32);
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(p) => out.move_to(f(p).0, f(p).1),
            PathEl::LineTo(p) => out.line_to(f(p).0, f(p).1),
            PathEl::QuadTo(a, p) => out.quad_to(f(a).0, f(a).1, f(p).0, f(p).1),
            PathEl::CurveTo(a, b, p) => out.cubic_to(f(a).0, f(a).1, f(b).0, f(b).1, f(p).0, f(p).1),
            PathEl::ClosePath => out.close(),
        }
    }
    out.finish()
}

/// Takes the outline of a glyph, in the units of its font.
struct Glyph(PathBuilder);

impl OutlineBuilder for Glyph {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.quad_to(x1, y1, x, y);
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.cubic_to(x1, y1, x2, y2, x, y);
    }
    fn close(&mut self) {
        self.0.close();
    }
}

/// One line of text, from its left end on its line of writing.
#[allow(clippy::cast_precision_loss, reason = "units of a font, in thousands")]
fn text(pixels: &mut Pixmap, font: Font, words: &str, size: f32, x: f32, y: f32, colour: Rgb) -> Result<()> {
    let face = font.shaper()?;
    let scale = size / face.units_per_em() as f32;
    for placed in font.shape(words, size)?.0 {
        let mut glyph = Glyph(PathBuilder::new());
        face.outline_glyph(placed.glyph, &mut glyph);
        let at = Transform::from_row(scale, 0.0, 0.0, -scale, x + placed.x, y - placed.y);
        if let Some(path) = glyph.0.finish() {
            pixels.fill_path(&path, &paint(colour), FillRule::Winding, at, None);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::tests::{COLOURS, MARK, SCENE};

    fn card(title: &str) -> Card<'_> {
        let (mark, scene) = (MARK, SCENE);
        Card {
            site: "Rivemont demain",
            over: "Se déplacer à Rivemont",
            title,
            under: "Donnez votre idée",
            mark,
            scene,
            colours: COLOURS,
        }
    }

    #[test]
    fn a_picture_of_the_size_that_networks_ask() {
        let bytes = make(&card("Une piste cyclable entre la gare et le collège")).unwrap();
        if let Some(folder) = std::env::var_os("PARVIS_SHOW") {
            std::fs::write(std::path::Path::new(&folder).join("card.png"), &bytes).unwrap();
        }
        let picture = Pixmap::decode_png(&bytes).unwrap();
        assert_eq!((picture.width(), picture.height()), (1_200, 630));
        assert!(bytes.len() < 120_000, "{} bytes", bytes.len());
        assert_eq!(bytes, make(&card("Une piste cyclable entre la gare et le collège")).unwrap());
        assert_ne!(bytes, make(&card("Un banc")).unwrap(), "the title is drawn");
    }

    #[test]
    fn any_words_make_a_picture() {
        for title in ["", "🚲", "\0", &"mot ".repeat(500), &"x".repeat(500), "<svg>"] {
            make(&card(title)).unwrap();
        }
    }
}
