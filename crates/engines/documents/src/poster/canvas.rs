//! A page to draw on: every mark is either decoration or has its place in the tree that screen readers follow.

use std::num::NonZeroU16;

use krilla::{
    Document, SerializeSettings,
    action::{Action, LinkAction},
    annotation::{Annotation, LinkAnnotation, Target},
    color::rgb,
    configure::{Accessibility, ConfigurationBuilder},
    destination::XyzDestination,
    geom::{Path, PathBuilder, Point, Rect, Transform},
    metadata::Metadata,
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::{Fill, LineCap, LineJoin, Stroke, StrokeDash},
    surface::Surface,
    tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag, Tag, TagGroup, TagTree},
    text::TextDirection,
};
use kurbo::{BezPath, PathEl, RoundedRect, Shape as _};

use crate::{
    Error, Result,
    drawing::{Drawing, Rgb},
    qr::Code,
    text::Font,
};

/// Width of an A4 page, in points.
pub const W: f32 = 595.276;
/// Its height.
pub const H: f32 = 841.89;
/// Its margin.
pub const M: f32 = 42.0;

/// A place in the reading order.
enum Part {
    Group(TagGroup),
    /// A link: what is drawn, and which of the page's links it is.
    Link(Identifier, usize),
}

/// A link to put on the page once it is drawn.
struct Link {
    address: String,
    rect: Rect,
}

/// The page, in points of A4 whatever its size.
pub struct Canvas<'a> {
    surface: Surface<'a>,
    fonts: [krilla::text::Font; 3],
    parts: Vec<Part>,
    links: Vec<Link>,
    headings: Vec<(String, f32)>,
    scale: f32,
    /// The height at which the heading being drawn begins.
    last_y: f32,
}

fn failed(e: impl std::fmt::Debug) -> Error {
    Error::Failed(format!("{e:?}"))
}

fn nothing() -> Error {
    Error::Failed("a shape without a size".into())
}

/// What was drawn, for the tree, the links and the list of headings.
struct Drawn {
    parts: Vec<Part>,
    links: Vec<Link>,
    headings: Vec<(String, f32)>,
}

/// Draws the page, and lets go of it.
fn drawn(
    mut surface: Surface<'_>,
    fonts: [krilla::text::Font; 3],
    scale: f32,
    draw: impl FnOnce(&mut Canvas<'_>) -> Result<()>,
) -> Result<Drawn> {
    surface.push_transform(&Transform::from_scale(scale, scale));
    let (parts, links, headings) = (Vec::new(), Vec::new(), Vec::new());
    let mut canvas = Canvas { surface, fonts, parts, links, headings, scale, last_y: 0.0 };
    draw(&mut canvas)?;
    let Canvas { mut surface, parts, links, headings, .. } = canvas;
    surface.pop();
    surface.finish();
    Ok(Drawn { parts, links, headings })
}

/// Makes a document of one page, `scale` times A4.
pub fn document(
    scale: f32,
    lang: &str,
    title: &str,
    draw: impl FnOnce(&mut Canvas<'_>) -> Result<()>,
) -> Result<Vec<u8>> {
    let configuration =
        ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish().map_err(failed)?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let size = PageSettings::from_wh(W * scale, H * scale).ok_or_else(nothing)?;
    let mut page = document.start_page_with(size);
    let font = |f: Font| krilla::text::Font::new(f.bytes().into(), 0).ok_or_else(|| Error::Failed("a font".into()));
    let fonts = [font(Font::Text)?, font(Font::Bold)?, font(Font::Title)?];
    let Drawn { parts, links, headings } = drawn(page.surface(), fonts, scale, draw)?;
    let mut on_page = Vec::new();
    for link in links {
        let target = Target::Action(Action::Link(LinkAction::new(link.address.clone())));
        let annotation = Annotation::new_link(LinkAnnotation::new(link.rect, target), Some(link.address));
        on_page.push(page.add_tagged_annotation(annotation));
    }
    page.finish();
    let mut tree = TagTree::new().with_lang(Some(lang.to_owned()));
    for part in parts {
        match part {
            Part::Group(group) => tree.push(group),
            Part::Link(drawn, n) => {
                let mut link = TagGroup::new(Tag::Link);
                on_page.get(n).into_iter().for_each(|id| link.push(*id));
                link.push(drawn);
                tree.push(TagGroup::with_children(Tag::P, vec![link.into()]));
            }
        }
    }
    document.set_tag_tree(tree);
    let mut outline = Outline::new();
    for (text, y) in headings {
        outline.push_child(OutlineNode::new(text, XyzDestination::new(0, Point::from_xy(0.0, y * scale))));
    }
    document.set_outline(outline);
    let metadata = Metadata::new().title(title.to_owned()).language(lang.to_owned()).creator("Parvis".to_owned());
    document.set_metadata(metadata);
    document.finish().map_err(failed)
}

impl Canvas<'_> {
    /// What says nothing: a background, a drawing.
    pub fn decoration(&mut self, draw: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
        let drawn = draw(self);
        self.surface.end_tagged();
        drawn
    }

    fn tagged(&mut self, draw: impl FnOnce(&mut Self) -> Result<()>) -> Result<Identifier> {
        let id = self.surface.start_tagged(ContentTag::Span(SpanTag::empty()));
        let drawn = draw(self);
        self.surface.end_tagged();
        drawn.map(|()| id)
    }

    fn group(&mut self, tag: impl Into<krilla::tagging::TagKind>, id: Identifier) {
        let mut group = TagGroup::new(tag);
        group.push(id);
        self.parts.push(Part::Group(group));
    }

    /// A paragraph.
    pub fn paragraph(&mut self, draw: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        let id = self.tagged(draw)?;
        self.group(Tag::P, id);
        Ok(())
    }

    /// A heading, with its words for the list of headings. Without words there is none.
    pub fn heading(&mut self, level: u16, words: &str, draw: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        if words.is_empty() {
            return Ok(());
        }
        self.last_y = 0.0;
        let id = self.tagged(draw)?;
        self.headings.push((words.to_owned(), self.last_y));
        self.group(Tag::Hn(NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN), Some(words.to_owned())), id);
        Ok(())
    }

    /// A picture, with its words for whoever does not see it.
    pub fn figure(&mut self, words: &str, draw: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        let id = self.tagged(draw)?;
        self.group(Tag::Figure(Some(words.to_owned())), id);
        Ok(())
    }

    /// A link over a part of the page (left, top, width, height).
    pub fn link(
        &mut self,
        address: &str,
        (x, y, width, height): (f32, f32, f32, f32),
        draw: impl FnOnce(&mut Self) -> Result<()>,
    ) -> Result<()> {
        let id = self.tagged(draw)?;
        let s = self.scale;
        let rect = Rect::from_xywh(x * s, y * s, width * s, height * s).ok_or_else(nothing)?;
        self.parts.push(Part::Link(id, self.links.len()));
        self.links.push(Link { address: address.to_owned(), rect });
        Ok(())
    }

    /// A text cut to one line.
    pub fn one_line(&self, font: Font, text: &str, size: f32, width: f32) -> Result<String> {
        let text = font.drawable(text)?;
        Ok(font.fit(&text, &[size], width, 1)?.1.pop().unwrap_or_default())
    }

    /// One line of text, from its left end on its line of writing.
    pub fn text(&mut self, font: Font, text: &str, size: f32, x: f32, y: f32, colour: Rgb) -> Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        if self.last_y == 0.0 {
            self.last_y = y - size;
        }
        let [text_font, bold, title] = &self.fonts;
        let file = match font {
            Font::Text => text_font,
            Font::Bold => bold,
            Font::Title => title,
        };
        self.surface.set_stroke(None);
        self.surface.set_fill(Some(fill(colour)));
        self.surface.draw_text(Point::from_xy(x, y), file.clone(), size, text, false, TextDirection::LeftToRight);
        Ok(())
    }

    /// One line of text read from below, from its start on its line of writing.
    pub fn upwards(&mut self, font: Font, text: &str, size: f32, x: f32, y: f32, colour: Rgb) -> Result<()> {
        self.surface.push_transform(&Transform::from_row(0.0, -1.0, 1.0, 0.0, x, y));
        let drawn = self.text(font, text, size, 0.0, 0.0, colour);
        self.surface.pop();
        drawn
    }

    /// A filled rectangle with round corners.
    pub fn rounded(&mut self, x: f32, y: f32, width: f32, height: f32, radius: f32, colour: Rgb) -> Result<()> {
        let [x, y, width, height, radius] = [x, y, width, height, radius].map(f64::from);
        let path = RoundedRect::new(x, y, x + width, y + height, radius).to_path(0.01);
        self.surface.set_stroke(None);
        self.surface.set_fill(Some(fill(colour)));
        self.surface.draw_path(&outline(&path)?);
        Ok(())
    }

    /// A line to cut along.
    pub fn dashes(&mut self, from: (f32, f32), to: (f32, f32)) -> Result<()> {
        let mut path = PathBuilder::new();
        path.move_to(from.0, from.1);
        path.line_to(to.0, to.1);
        self.surface.set_fill(None);
        self.surface.set_stroke(Some(Stroke {
            paint: colour(Rgb(0x82, 0x8a, 0x87)).into(),
            width: 0.8,
            dash: Some(StrokeDash { array: vec![4.0, 3.0], offset: 0.0 }),
            ..Stroke::default()
        }));
        self.surface.draw_path(&path.finish().ok_or_else(nothing)?);
        Ok(())
    }

    /// A QR code on white, margin included.
    #[allow(clippy::cast_precision_loss, reason = "modules of a code")]
    pub fn code(&mut self, code: &Code, x: f32, y: f32, side: f32) -> Result<()> {
        let module = side / code.whole() as f32;
        self.rounded(x, y, side, side, side * 0.04, Rgb::WHITE)?;
        let mut path = PathBuilder::new();
        for (column, row, length) in code.runs() {
            let (left, top) = (x + column as f32 * module, y + row as f32 * module);
            let run = Rect::from_xywh(left, top, length as f32 * module, module).ok_or_else(nothing)?;
            path.push_rect(run);
        }
        self.surface.set_fill(Some(fill(Rgb(0, 0, 0))));
        self.surface.draw_path(&path.finish().ok_or_else(nothing)?);
        Ok(())
    }

    /// A drawing of the house, so wide.
    #[allow(clippy::cast_possible_truncation, reason = "points of a page")]
    pub fn drawing(&mut self, drawing: &Drawing, x: f32, y: f32, width: f32) -> Result<()> {
        let scale = width / drawing.width as f32;
        self.surface.push_transform(&Transform::from_row(scale, 0.0, 0.0, scale, x, y));
        let mut drawn = Ok(());
        for shape in &drawing.shapes {
            self.surface.set_fill(shape.fill.map(fill));
            self.surface.set_stroke(shape.line.map(|line| Stroke {
                paint: colour(line.colour).into(),
                width: line.width as f32,
                line_cap: LineCap::Round,
                line_join: LineJoin::Round,
                ..Stroke::default()
            }));
            match outline(&shape.path) {
                Ok(path) => self.surface.draw_path(&path),
                Err(e) => drawn = Err(e),
            }
        }
        self.surface.pop();
        drawn
    }
}

fn colour(Rgb(r, g, b): Rgb) -> rgb::Color {
    rgb::Color::new(r, g, b)
}

fn fill(of: Rgb) -> Fill {
    Fill { paint: colour(of).into(), ..Fill::default() }
}

#[allow(clippy::cast_possible_truncation, reason = "points of a page")]
fn outline(path: &BezPath) -> Result<Path> {
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
    out.finish().ok_or_else(nothing)
}
