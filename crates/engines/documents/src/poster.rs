//! Posters and sheets of tear-off codes, as tagged PDF (PDF/UA-1, checked by the writer itself): a title, a language, headings
//! in reading order, words for the code, a link on the address.

mod canvas;

use canvas::{Canvas, H, M, W};

use crate::{
    Error, Result,
    drawing::{Colours, Drawing, Rgb},
    qr::Code,
    text::Font,
};

/// What is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// A poster of 210 by 297 mm.
    A4,
    /// The same, of 297 by 420 mm.
    A3,
    /// A4 with ten codes to tear off at its foot.
    TearOff,
}

/// Codes to tear off.
const STRIPS: u8 = 10;
/// How high they are, in points.
const STRIP: f32 = 196.0;

/// The words and colours of a poster. Words come with the typography of their language.
#[derive(Debug, Clone)]
pub struct Poster<'a> {
    /// BCP 47 language.
    pub lang: &'a str,
    /// Name of the instance.
    pub site: &'a str,
    /// A few words under it.
    pub tagline: &'a str,
    /// What is asked, in large letters.
    pub question: &'a str,
    /// One sentence under it.
    pub lead: &'a str,
    /// The place the poster hangs in or is about; empty for the whole town.
    pub place: &'a str,
    /// What to do with the code.
    pub call: &'a str,
    /// What happens then.
    pub how: &'a str,
    /// What stands before the address.
    pub or: &'a str,
    /// Address that the code opens.
    pub address: &'a str,
    /// Words of the code for whoever does not see it.
    pub code_words: &'a str,
    /// Words of the codes to tear off.
    pub strip_words: &'a str,
    /// Small line at the foot.
    pub foot: &'a str,
    /// The logo, as SVG of the house.
    pub mark: &'a str,
    /// The square, as SVG of the house.
    pub scene: &'a str,
    /// Colours.
    pub colours: Colours,
}

/// Makes the file.
///
/// # Errors
/// [`Error::TooLong`] for the address, [`Error::Failed`] for a fault of ours.
pub fn make(sheet: Sheet, poster: &Poster<'_>) -> Result<Vec<u8>> {
    let code = Code::of(poster.address)?;
    let scale = if sheet == Sheet::A3 { std::f32::consts::SQRT_2 } else { 1.0 };
    canvas::document(scale, poster.lang, &title(poster)?, |canvas| {
        let small = sheet == Sheet::TearOff;
        let bottom = if small { H - STRIP - 14.0 } else { H - 44.0 };
        let card = Card { top: bottom - if small { 118.0 } else { 196.0 }, bottom, small };
        let end = head(canvas, poster, small)?;
        square(canvas, poster, end, &card)?;
        way_in(canvas, poster, &code, &card)?;
        if small { strips(canvas, poster, &code) } else { foot(canvas, poster) }
    })
}

/// The title of the document: its question, and whose it is.
fn title(poster: &Poster<'_>) -> Result<String> {
    let (question, site) = (Font::Text.drawable(poster.question)?, Font::Text.drawable(poster.site)?);
    let parts: Vec<&str> = [question.as_str(), site.as_str()].into_iter().filter(|t| !t.is_empty()).collect();
    if parts.is_empty() { Err(Error::Failed("a poster without a word".into())) } else { Ok(parts.join(" – ")) }
}

/// The white card that holds the code.
struct Card {
    top: f32,
    bottom: f32,
    small: bool,
}

/// Logo, name, question, sentence, place. Gives where it ends.
fn head(canvas: &mut Canvas<'_>, poster: &Poster<'_>, small: bool) -> Result<f32> {
    let mark = Drawing::read(poster.mark, &poster.colours)?;
    canvas.decoration(|c| c.rounded(0.0, 0.0, W, H, 0.0, poster.colours.tint))?;
    canvas.decoration(|c| c.drawing(&mark, M, M - 4.0, 36.0))?;
    let tagline = Font::Text.drawable(poster.tagline)?;
    let name = canvas.one_line(Font::Title, poster.site, 21.0, W - 2.0 * M - 48.0)?;
    canvas.paragraph(|c| {
        c.text(Font::Title, &name, 21.0, M + 47.0, if tagline.is_empty() { M + 21.0 } else { M + 13.0 }, Rgb::INK)?;
        let tagline = c.one_line(Font::Text, &tagline, 12.0, W - 2.0 * M - 48.0)?;
        c.text(Font::Text, &tagline, 12.0, M + 47.0, M + 29.0, Rgb::INK_2)
    })?;
    let sizes: &[f32] = if small { &[44.0, 38.0, 33.0, 28.0, 24.0] } else { &[60.0, 54.0, 48.0, 42.0, 36.0, 30.0] };
    let question = Font::Title.drawable(poster.question)?;
    // A word of one letter belongs to the next.
    let close = question.replace(" à ", " à\u{a0}").replace(" a ", " a\u{a0}").replace(" y ", " y\u{a0}");
    let (size, lines) = Font::Title.fit(&close, sizes, W - 2.0 * M, if small { 2 } else { 4 })?;
    let mut y = M + if small { 56.0 } else { 78.0 };
    canvas.heading(1, &question, |c| {
        for line in &lines {
            y += size * 1.04;
            c.text(Font::Title, line, size, M - size * 0.03, y - size * 0.22, Rgb::INK)?;
        }
        Ok(())
    })?;
    let size = if small { 13.0 } else { 17.0 };
    let lead = Font::Text.drawable(poster.lead)?;
    let (size, lines) = Font::Text.fit(&lead, &[size, size - 2.0], W - 2.0 * M - 30.0, 2)?;
    y += if small { 4.0 } else { 10.0 };
    canvas.paragraph(|c| {
        for line in &lines {
            y += size * 1.42;
            c.text(Font::Text, line, size, M, y - size * 0.4, Rgb::INK_2)?;
        }
        Ok(())
    })?;
    let place = canvas.one_line(Font::Bold, &Font::Bold.drawable(poster.place)?, size, W - 2.0 * M - 40.0)?;
    if !place.is_empty() {
        let (wide, high) = (Font::Bold.width(&place, size)? + size * 1.9, size * 1.9);
        y += size * 0.6;
        canvas.decoration(|c| c.rounded(M, y, wide, high, high / 2.0, poster.colours.brand))?;
        canvas.paragraph(|c| c.text(Font::Bold, &place, size, M + size * 0.95, y + size * 1.3, Rgb::WHITE))?;
        y += high;
    }
    Ok(y)
}

/// The square with its people, on a ground that goes on to the foot of the page.
fn square(canvas: &mut Canvas<'_>, poster: &Poster<'_>, above: f32, card: &Card) -> Result<()> {
    let scene = Drawing::read(poster.scene, &poster.colours)?;
    #[allow(clippy::cast_possible_truncation, reason = "a grid of some hundreds")]
    let (width, height) = (scene.width as f32, scene.height as f32);
    // The card hides the last of the ground, but not the feet of the people.
    let hidden = if card.small { 2.0 } else { 5.0 };
    let room = (card.top - above - 14.0).max(0.0);
    let scale = (room / (height - hidden)).min((W - 2.0 * M + 24.0) / width);
    let (top, left) = (card.top - (height - hidden) * scale, (W - width * scale) / 2.0);
    let ground = top + 297.0 * scale;
    canvas.decoration(|c| {
        c.rounded(0.0, ground, W, H - ground, 0.0, poster.colours.tint_2)?;
        c.rounded(0.0, ground, W, 5.0 * scale, 0.0, poster.colours.line)?;
        // Too small to be made out, it would only be dirt.
        if scale > 0.16 { c.drawing(&scene, left, top, width * scale) } else { Ok(()) }
    })
}

/// The card: the code, what to do with it, the address.
fn way_in(canvas: &mut Canvas<'_>, poster: &Poster<'_>, code: &Code, card: &Card) -> Result<()> {
    let (high, pad) = (card.bottom - card.top, if card.small { 10.0 } else { 16.0 });
    canvas.decoration(|c| {
        c.rounded(M, card.top, W - 2.0 * M, high, 20.0, Rgb::WHITE)?;
        c.rounded(M + pad, card.top + pad, high - 2.0 * pad, high - 2.0 * pad, 12.0, Rgb::SUN)
    })?;
    let (inset, side) =
        (pad + if card.small { 5.0 } else { 8.0 }, high - 2.0 * pad - if card.small { 10.0 } else { 16.0 });
    let x = M + high - pad + if card.small { 14.0 } else { 22.0 };
    let width = W - M - 18.0 - x;
    let unit = if card.small { 0.68 } else { 1.0 };
    let call = Font::Title.drawable(poster.call)?;
    let (call_size, call_lines) = Font::Title.fit(&call, &[29.0 * unit, 25.0 * unit, 21.0 * unit], width, 2)?;
    let how = Font::Text.drawable(poster.how)?;
    let how_size = if card.small { 11.0 } else { 14.5 };
    let how_lines = Font::Text.fit(&how, &[how_size], width, 3)?.1;
    let address = shown(poster.address);
    let sizes = [20.0, 18.0, 16.0, 14.0, 12.0, 10.0].map(|s| s * if card.small { 0.8 } else { 1.0 });
    let (at_size, at_lines) = Font::Bold.fit(&address, &sizes, width, 2)?;
    let (call_high, how_high) = (call_size * 1.1 * rows(&call_lines), how_size * 1.4 * rows(&how_lines));
    let (gap, or_high, at_high) = (12.0 * unit, 17.0 * unit.max(0.8), at_size * 1.2 * rows(&at_lines));
    let mut y = card.top + (high - call_high - how_high - at_high - or_high - gap) / 2.0;
    canvas.heading(2, &call, |c| {
        for line in &call_lines {
            y += call_size * 1.1;
            c.text(Font::Title, line, call_size, x, y - call_size * 0.28, Rgb::INK)?;
        }
        Ok(())
    })?;
    y += 3.0;
    canvas.figure(poster.code_words, |c| c.code(code, M + inset, card.top + inset, side))?;
    canvas.paragraph(|c| {
        for line in &how_lines {
            y += how_size * 1.4;
            c.text(Font::Text, line, how_size, x, y - how_size * 0.4, Rgb::INK)?;
        }
        Ok(())
    })?;
    y += gap + or_high;
    let or_size = 12.0 * unit.max(0.8);
    let or = Font::Text.drawable(poster.or)?;
    canvas.paragraph(|c| c.text(Font::Text, &or, or_size, x, y - or_size * 0.45, Rgb::INK_2))?;
    let top = y;
    canvas.link(poster.address, (x, top, width, at_high), |c| {
        for line in &at_lines {
            y += at_size * 1.2;
            c.text(Font::Bold, line, at_size, x, y - at_size * 0.3, poster.colours.strong)?;
        }
        Ok(())
    })
}

#[allow(clippy::cast_precision_loss, reason = "a few lines")]
fn rows(lines: &[String]) -> f32 {
    lines.len() as f32
}

/// An address as people type it.
fn shown(address: &str) -> String {
    let bare = address.trim_start_matches("https://").trim_start_matches("http://");
    bare.strip_prefix("www.").unwrap_or(bare).to_owned()
}

fn foot(canvas: &mut Canvas<'_>, poster: &Poster<'_>) -> Result<()> {
    let text = canvas.one_line(Font::Text, &Font::Text.drawable(poster.foot)?, 9.5, W - 2.0 * M)?;
    if text.is_empty() {
        return Ok(());
    }
    let x = (W - Font::Text.width(&text, 9.5)?) / 2.0;
    canvas.paragraph(|c| c.text(Font::Text, &text, 9.5, x, H - 19.0, Rgb::INK))
}

/// Ten strips to cut apart and tear off: one thing ten times, so it is said once to whoever listens.
fn strips(canvas: &mut Canvas<'_>, poster: &Poster<'_>, code: &Code) -> Result<()> {
    let (top, wide) = (H - STRIP, W / f32::from(STRIPS));
    let address = shown(poster.address);
    let room = STRIP - wide - 14.0;
    // The site on one line, what to add to it on the next, larger: a strip is copied by hand.
    let (host, path) = address.split_once('/').map_or((address.as_str(), String::new()), |(h, p)| (h, format!("/{p}")));
    let sizes = [11.0, 10.0, 9.0, 8.0, 7.0, 6.0];
    let (host_size, host) = Font::Text.fit(&Font::Text.drawable(host)?, &sizes, room, 1)?;
    let (path_size, path) = Font::Bold.fit(&Font::Bold.drawable(&path)?, &[14.0, 12.0, 10.0, 8.0, 6.0], room, 1)?;
    canvas.figure(poster.strip_words, |c| {
        c.rounded(0.0, top, W, STRIP, 0.0, Rgb::WHITE)?;
        c.dashes((0.0, top), (W, top))?;
        for n in 0..STRIPS {
            let x = wide * f32::from(n);
            if n > 0 {
                c.dashes((x, top), (x, H))?;
            }
            c.code(code, x + 4.0, H - wide - 2.0, wide - 8.0)?;
            let foot = H - wide - 4.0;
            for line in &host {
                c.upwards(Font::Text, line, host_size, x + wide / 2.0 - 3.0, foot, Rgb::INK)?;
            }
            for line in &path {
                c.upwards(Font::Bold, line, path_size, x + wide / 2.0 + 13.0, foot, Rgb::INK)?;
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests;
