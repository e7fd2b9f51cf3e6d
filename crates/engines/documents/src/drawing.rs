//! The house's own drawings (logos, the square) as shapes: the part of SVG they use, and no more. They come from the
//! program, never from anybody else.

use kurbo::{Affine, BezPath, Circle, RoundedRect, Shape as _};

use crate::{Error, Result};

/// A colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// White.
    pub const WHITE: Self = Self(255, 255, 255);
    /// The ink of texts.
    pub const INK: Self = Self(0x17, 0x21, 0x1f);
    /// Ink of second rank.
    pub const INK_2: Self = Self(0x45, 0x50, 0x4d);
    /// The one accent, always under ink.
    pub const SUN: Self = Self(0xff, 0xcf, 0x4a);
    /// Dark parts of drawings.
    const DARK: Self = Self(0x2e, 0x3b, 0x38);

    /// `#0B6670`.
    #[must_use]
    pub fn hex(text: &str) -> Option<Self> {
        let text = text.strip_prefix('#')?;
        let n = u32::from_str_radix(text, 16).ok().filter(|_| text.len() == 6 || text.len() == 3)?;
        let byte = |shift: u32| u8::try_from(n >> shift & 0xff).unwrap_or(0);
        let half = |shift: u32| u8::try_from((n >> shift & 0xf) * 17).unwrap_or(0);
        Some(if text.len() == 6 { Self(byte(16), byte(8), byte(0)) } else { Self(half(8), half(4), half(0)) })
    }
}

/// The colours made from the instance's one.
#[derive(Debug, Clone, Copy)]
pub struct Colours {
    /// Readable on white.
    pub brand: Rgb,
    /// Darker.
    pub strong: Rgb,
    /// A breath of it.
    pub tint: Rgb,
    /// A little more.
    pub tint_2: Rgb,
    /// For lines.
    pub line: Rgb,
}

/// A line drawn around a shape.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    /// Its colour.
    pub colour: Rgb,
    /// Its width.
    pub width: f64,
}

/// A shape of a drawing.
#[derive(Debug, Clone)]
pub struct Shape {
    /// Its outline.
    pub path: BezPath,
    /// What fills it.
    pub fill: Option<Rgb>,
    /// What is drawn around it.
    pub line: Option<Line>,
}

/// A drawing.
#[derive(Debug, Clone)]
pub struct Drawing {
    /// Width of its grid.
    pub width: f64,
    /// Height of its grid.
    pub height: f64,
    /// Shapes, the lowest first.
    pub shapes: Vec<Shape>,
}

/// How a shape is painted, as its groups and itself say.
#[derive(Debug, Clone, Copy, Default)]
struct Paint {
    fill: Option<Rgb>,
    line: Option<Rgb>,
    width: f64,
}

/// The classes of the square, as the style sheet of citizens' pages paints them.
fn painted(class: &str, of: Paint, colours: &Colours) -> Paint {
    let fill = |colour| Paint { fill: Some(colour), ..of };
    let stroke = |width| Paint { fill: None, line: Some(Rgb::DARK), width };
    match class {
        "s1" => fill(colours.brand),
        "s2" => fill(colours.line),
        "s3" => fill(colours.tint_2),
        "s4" => fill(Rgb::WHITE),
        "s5" => fill(Rgb::SUN),
        "s6" => fill(Rgb(0xe2, 0x79, 0x5a)),
        "s7" => fill(Rgb::DARK),
        "s8" => fill(Rgb(0x7f, 0xb3, 0x8a)),
        "k1" => fill(Rgb(0xf0, 0xc8, 0xa4)),
        "k2" => fill(Rgb(0x8d, 0x5a, 0x3b)),
        "k3" => fill(Rgb(0xd9, 0xa2, 0x7c)),
        "ln-i" => stroke(2.2),
        "ln-b" => stroke(4.0),
        "wh" => stroke(4.5),
        "bub" => Paint { fill: Some(Rgb::WHITE), line: Some(Rgb::INK), width: 2.2 },
        "gly" => Paint { fill: None, line: Some(Rgb::INK), width: 2.4 },
        _ => of,
    }
}

impl Drawing {
    /// Reads a drawing of the house.
    ///
    /// # Errors
    /// [`Error::Failed`] when it is no drawing of the house.
    pub fn read(svg: &str, colours: &Colours) -> Result<Self> {
        let failed = |e: &dyn std::fmt::Display| Error::Failed(format!("a drawing can't be read: {e}"));
        let document = roxmltree::Document::parse(svg).map_err(|e| failed(&e))?;
        let root = document.root_element();
        let view: Vec<f64> =
            root.attribute("viewBox").unwrap_or_default().split(' ').filter_map(|n| n.parse().ok()).collect();
        let [_, _, width, height] = view.as_slice() else { return Err(failed(&"no viewBox")) };
        let mut shapes = Vec::new();
        let paint = Paint { fill: Some(Rgb::INK), line: None, width: 1.0 };
        walk(root, Affine::IDENTITY, paint, colours, &mut shapes).map_err(|e| failed(&e))?;
        Ok(Self { width: *width, height: *height, shapes })
    }
}

fn walk(
    node: roxmltree::Node<'_, '_>,
    at: Affine,
    of: Paint,
    colours: &Colours,
    shapes: &mut Vec<Shape>,
) -> std::result::Result<(), kurbo::SvgParseError> {
    for child in node.children().filter(roxmltree::Node::is_element) {
        let number = |name: &str| child.attribute(name).and_then(|n| n.parse::<f64>().ok()).unwrap_or(0.0);
        let at = at * moved(child.attribute("transform").unwrap_or_default());
        let classes = child.attribute("class").unwrap_or_default().split(' ');
        let mut paint = classes.fold(of, |paint, class| painted(class, paint, colours));
        if let Some(fill) = child.attribute("fill") {
            paint.fill = colour(fill, colours);
        }
        if let Some(stroke) = child.attribute("stroke") {
            paint.line = colour(stroke, colours);
        }
        if child.has_attribute("stroke-width") {
            paint.width = number("stroke-width");
        }
        let path = match child.tag_name().name() {
            "path" => BezPath::from_svg(child.attribute("d").unwrap_or_default())?,
            "circle" => Circle::new((number("cx"), number("cy")), number("r")).to_path(0.01),
            "rect" => {
                let (x, y) = (number("x"), number("y"));
                RoundedRect::new(x, y, x + number("width"), y + number("height"), number("rx")).to_path(0.01)
            }
            "g" => {
                walk(child, at, paint, colours, shapes)?;
                continue;
            }
            _ => continue,
        };
        let line = paint.line.map(|colour| Line { colour, width: paint.width });
        shapes.push(Shape { path: at * path, fill: paint.fill, line });
    }
    Ok(())
}

/// `translate(74 306)`, the one transformation in use.
fn moved(transform: &str) -> Affine {
    let inner = transform.strip_prefix("translate(").and_then(|t| t.strip_suffix(')')).unwrap_or_default();
    let mut numbers = inner.split([' ', ',']).filter_map(|n| n.parse::<f64>().ok());
    Affine::translate((numbers.next().unwrap_or(0.0), numbers.next().unwrap_or(0.0)))
}

fn colour(text: &str, colours: &Colours) -> Option<Rgb> {
    match text {
        "none" => None,
        "currentColor" => Some(colours.brand),
        // The paving of the square, as a plain ground.
        t if t.starts_with("url(") => Some(colours.tint_2),
        hex => Rgb::hex(hex),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) const COLOURS: Colours = Colours {
        brand: Rgb(0x0b, 0x66, 0x70),
        strong: Rgb(0x00, 0x4b, 0x53),
        tint: Rgb(0xe6, 0xf7, 0xfa),
        tint_2: Rgb(0xc7, 0xef, 0xf4),
        line: Rgb(0x57, 0x91, 0x9a),
    };
    pub(crate) const SCENE: &str = include_str!("../../../platform/ui/assets/scene.svg");
    pub(crate) const MARK: &str = include_str!("../../../platform/ui/assets/mark-campaign.svg");

    #[test]
    fn the_drawings_of_the_house_are_read_whole() {
        let scene = Drawing::read(SCENE, &COLOURS).unwrap();
        assert!((scene.width, scene.height) == (600.0, 424.0));
        let drawn = SCENE.matches("<path").count() + SCENE.matches("<circle").count() - 16;
        assert_eq!(scene.shapes.len(), drawn, "all but the pattern of the paving");
        assert!(scene.shapes.iter().all(|s| s.fill.is_some() || s.line.is_some()));
        let mark = Drawing::read(MARK, &COLOURS).unwrap();
        assert_eq!(mark.shapes[0].fill, Some(COLOURS.brand));
        assert_eq!(mark.shapes[1].line, Some(Line { colour: Rgb::WHITE, width: 3.0 }));
    }

    #[test]
    fn what_is_no_drawing_is_refused() {
        for bad in ["", "<svg/>", "<svg viewBox=\"0 0 1 1\"><path d=\"zut\"/></svg>", "<svg"] {
            assert!(Drawing::read(bad, &COLOURS).is_err(), "{bad}");
        }
        assert_eq!((Rgb::hex("#fff"), Rgb::hex("#FFCF4A"), Rgb::hex("fff")), (Some(Rgb::WHITE), Some(Rgb::SUN), None));
        assert_eq!(Rgb::hex("#é"), None);
    }
}
