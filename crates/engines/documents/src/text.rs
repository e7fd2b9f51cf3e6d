//! Text: the house's fonts, shaping with kerning and ligatures, line breaking that keeps French spaces together, and lines of
//! about the same length, as titles look best.

use std::sync::OnceLock;

use rustybuzz::{Face as Shaper, UnicodeBuffer, ttf_parser::GlyphId};

use crate::{Error, Result};

/// The house's fonts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Font {
    /// Atkinson Hyperlegible Next.
    Text,
    /// The same, bold.
    Bold,
    /// Bricolage Grotesque, for titles.
    Title,
}

const FILES: [&[u8]; 3] = [
    include_bytes!("../fonts/atkinson-next-400.ttf"),
    include_bytes!("../fonts/atkinson-next-700.ttf"),
    include_bytes!("../fonts/bricolage-grotesque-680.ttf"),
];

/// A glyph and where it stands on its line, in the unit of the size.
#[derive(Debug, Clone, Copy)]
pub struct Placed {
    /// Number in the font.
    pub glyph: GlyphId,
    /// From the start of the line.
    pub x: f32,
    /// Above the line.
    pub y: f32,
}

impl Font {
    const fn index(self) -> usize {
        match self {
            Self::Text => 0,
            Self::Bold => 1,
            Self::Title => 2,
        }
    }

    /// The file.
    #[must_use]
    pub fn bytes(self) -> &'static [u8] {
        FILES.get(self.index()).copied().unwrap_or_default()
    }

    /// The font ready to shape.
    ///
    /// # Errors
    /// When a font of the house can't be read, which is a fault of ours.
    pub fn shaper(self) -> Result<&'static Shaper<'static>> {
        static ALL: OnceLock<[Option<Shaper<'static>>; 3]> = OnceLock::new();
        let all = ALL.get_or_init(|| FILES.map(|bytes| Shaper::from_slice(bytes, 0)));
        all.get(self.index()).and_then(Option::as_ref).ok_or_else(|| Error::Failed("a font can't be read".into()))
    }

    /// The text without what the font can't draw: an empty box says nothing to anybody.
    ///
    /// # Errors
    /// As [`Self::shaper`].
    pub fn drawable(self, text: &str) -> Result<String> {
        let face = self.shaper()?;
        let kept: String = text
            .chars()
            .map(|c| if c == '\n' || c == '\t' { ' ' } else { c })
            .filter(|c| face.glyph_index(*c).is_some())
            .collect();
        Ok(kept.split(' ').filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" "))
    }

    /// The glyphs of one line, and its width.
    ///
    /// # Errors
    /// As [`Self::shaper`].
    #[allow(clippy::cast_precision_loss, reason = "units of a font, in thousands")]
    pub fn shape(self, text: &str, size: f32) -> Result<(Vec<Placed>, f32)> {
        let face = self.shaper()?;
        let scale = size / face.units_per_em() as f32;
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let shaped = rustybuzz::shape(face, &[], buffer);
        let mut at = 0.0;
        let mut placed = Vec::with_capacity(shaped.len());
        for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
            let glyph = GlyphId(u16::try_from(info.glyph_id).unwrap_or(0));
            let x = at + position.x_offset as f32 * scale;
            placed.push(Placed { glyph, x, y: position.y_offset as f32 * scale });
            at += position.x_advance as f32 * scale;
        }
        Ok((placed, at))
    }

    /// How wide a line is.
    ///
    /// # Errors
    /// As [`Self::shaper`].
    pub fn width(self, text: &str, size: f32) -> Result<f32> {
        Ok(self.shape(text, size)?.1)
    }

    /// The lines of a text at most `width` wide. It breaks at plain spaces only: a no-break space keeps its two sides
    /// together, as French asks before `?` or inside « ». A word too long for a line alone is cut.
    ///
    /// # Errors
    /// As [`Self::shaper`].
    pub fn lines(self, text: &str, size: f32, width: f32) -> Result<Vec<String>> {
        let mut lines: Vec<String> = Vec::new();
        let mut line = String::new();
        for word in text.split(' ').filter(|w| !w.is_empty()) {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if self.width(&longer, size)? <= width {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            line = self.cut(word, size, width, &mut lines)?;
        }
        if !line.is_empty() {
            lines.push(line);
        }
        Ok(lines)
    }

    /// Cuts a word that is wider than a line: its beginnings become lines, its end is given back.
    fn cut(self, word: &str, size: f32, width: f32, lines: &mut Vec<String>) -> Result<String> {
        let mut part = String::new();
        for c in word.chars() {
            part.push(c);
            if self.width(&part, size)? > width && part.chars().count() > 1 {
                part.pop();
                lines.push(std::mem::take(&mut part));
                part.push(c);
            }
        }
        Ok(part)
    }

    /// As many lines as [`Self::lines`], of about the same length.
    ///
    /// # Errors
    /// As [`Self::shaper`].
    pub fn balanced(self, text: &str, size: f32, width: f32) -> Result<Vec<String>> {
        let mut best = self.lines(text, size, width)?;
        // No narrower than its longest word, which would be cut.
        let mut narrow = width / 3.0;
        for word in text.split(' ') {
            narrow = narrow.max(self.width(word, size)?);
        }
        if narrow >= width {
            return Ok(best);
        }
        let mut wide = width;
        for _ in 0..8 {
            let middle = (narrow + wide) / 2.0;
            let lines = self.lines(text, size, middle)?;
            if lines.len() > best.len() {
                narrow = middle;
            } else {
                best = lines;
                wide = middle;
            }
        }
        Ok(best)
    }

    /// The largest of these sizes at which a text fits in a number of lines without cutting a word, and its lines. At the
    /// smallest, what does not fit is left out with `…`.
    ///
    /// # Errors
    /// As [`Self::shaper`].
    pub fn fit(self, text: &str, sizes: &[f32], width: f32, most: usize) -> Result<(f32, Vec<String>)> {
        let mut found: Option<(f32, Vec<String>)> = None;
        for size in sizes {
            let mut whole = true;
            for word in text.split(' ') {
                whole &= self.width(word, *size)? <= width;
            }
            let lines = self.balanced(text, *size, width)?;
            match &found {
                None if whole && lines.len() <= most => found = Some((*size, lines)),
                // A little smaller, on fewer lines: a title with a word alone on its line looks like an accident.
                Some((large, more)) if lines.len() < more.len() && *size >= large * 0.79 => {
                    return Ok((*size, lines));
                }
                _ => {}
            }
        }
        if let Some(found) = found {
            return Ok(found);
        }
        let size = sizes.last().copied().unwrap_or(10.0);
        let mut lines = self.lines(text, size, width)?;
        if lines.len() > most {
            lines.truncate(most);
            if let Some(last) = lines.last_mut() {
                let cut = last.rfind(' ').filter(|at| *at > 0).unwrap_or(last.len());
                last.truncate(cut);
                last.push('…');
            }
        }
        Ok((size, lines))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_spaces_hold_their_words() {
        let text = "Que changeriez-vous à Rivemont\u{202f}?";
        let size = 20.0;
        let narrow = Font::Title.width("Rivemont\u{202f}?", size).unwrap() + 0.1;
        let lines = Font::Title.lines(text, size, narrow).unwrap();
        assert_eq!(lines.last().map(String::as_str), Some("Rivemont\u{202f}?"), "{lines:?}");
        for line in Font::Title.balanced(text, size, 200.0).unwrap() {
            assert!(Font::Title.width(&line, size).unwrap() <= 200.0);
        }
    }

    #[test]
    fn lines_lose_no_word_and_words_too_long_are_cut() {
        let text = "Un banc à mi-chemin de l’hôpital, la montée est dure pour ma mère, surtout l’été.";
        for width in [60.0, 90.0, 200.0] {
            assert_eq!(Font::Text.lines(text, 12.0, width).unwrap().join(" "), text);
            assert_eq!(Font::Text.balanced(text, 12.0, width).unwrap().join(" "), text);
        }
        let long = "a".repeat(300);
        let cut = Font::Text.lines(&long, 12.0, 100.0).unwrap();
        assert!(cut.len() > 3 && cut.concat() == long);
        assert!(cut.iter().all(|l| Font::Text.width(l, 12.0).unwrap() <= 100.0));
        // Narrower than a letter: one a line, and it ends.
        assert_eq!(Font::Text.lines("abc", 12.0, 0.1).unwrap(), ["a", "b", "c"]);
    }

    #[test]
    fn balance_cuts_no_word() {
        let lines = Font::Title.balanced("Photographiez ce code", 29.0, 288.0).unwrap();
        assert_eq!(lines, ["Photographiez", "ce code"]);
    }

    #[test]
    fn kerning_is_applied() {
        let width = |t| Font::Title.width(t, 100.0).unwrap();
        assert!(width("AV") < width("A") + width("V"));
    }

    #[test]
    fn titles_get_the_largest_size_that_fits() {
        let (size, lines) = Font::Title.fit("Bonjour", &[40.0, 20.0], 500.0, 1).unwrap();
        assert_eq!((size, lines.len()), (40.0, 1));
        let question = "Que changeriez-vous à\u{a0}Rivemont\u{202f}?";
        let (size, lines) = Font::Title.fit(question, &[60.0, 54.0, 48.0], 511.0, 4).unwrap();
        assert_eq!((size, lines.len()), (48.0, 2), "{lines:?}");
        let (size, lines) = Font::Title.fit(&"mot ".repeat(80), &[40.0, 20.0], 200.0, 3).unwrap();
        assert!((size - 20.0).abs() < 0.1 && lines.len() == 3 && lines[2].ends_with('…'), "{lines:?}");
        assert_eq!(Font::Text.fit("", &[10.0], 100.0, 2).unwrap().1, Vec::<String>::new());
    }

    #[test]
    fn what_no_font_draws_is_left_out() {
        assert_eq!(Font::Text.drawable("Été 🚲 \u{5d0}\u{0}\nà 100\u{a0}€").unwrap(), "Été à 100\u{a0}€");
    }
}
