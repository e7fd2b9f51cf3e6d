//! QR codes (ISO/IEC 18004, error correction M: a code folded or torn a little is still read).

use std::fmt::Write as _;

use crate::{Error, Result};

/// Light modules around a code, as the standard asks: without them, phones miss it on a dark wall.
pub const MARGIN: usize = 4;

/// A QR code: a square of dark and light modules, without its margin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    side: usize,
    dark: Vec<bool>,
}

impl Code {
    /// The code of an address.
    ///
    /// # Errors
    /// [`Error::TooLong`].
    pub fn of(address: &str) -> Result<Self> {
        let code = qrcode::QrCode::new(address).map_err(|_| Error::TooLong)?;
        let dark = code.to_colors().into_iter().map(|c| c == qrcode::Color::Dark).collect();
        Ok(Self { side: code.width(), dark })
    }

    /// Modules on a side, without the margin.
    #[must_use]
    pub const fn side(&self) -> usize {
        self.side
    }

    /// Modules on a side, with the margin.
    #[must_use]
    pub const fn whole(&self) -> usize {
        self.side + 2 * MARGIN
    }

    /// Whether a module is dark; the margin and all around it is light. Counted from the corner of the margin.
    #[must_use]
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        let inside = |n: usize| n.checked_sub(MARGIN).filter(|n| *n < self.side);
        match (inside(x), inside(y)) {
            (Some(x), Some(y)) => self.dark.get(y * self.side + x).copied().unwrap_or(false),
            _ => false,
        }
    }

    /// The dark modules as runs of a line: where each begins (column and line, counted from the corner of the margin)
    /// and how many modules it is long. Runs leave no hairline between neighbours, as single squares do.
    #[must_use]
    pub fn runs(&self) -> Vec<(usize, usize, usize)> {
        let mut runs = Vec::new();
        for y in 0..self.whole() {
            let mut x = 0;
            while x < self.whole() {
                let length = (x..self.whole()).take_while(|x| self.is_dark(*x, y)).count();
                if length > 0 {
                    runs.push((x, y, length));
                }
                x += length.max(1);
            }
        }
        runs
    }

    /// The `d` of an SVG path of the dark modules, one unit each, margin included.
    #[must_use]
    pub fn path(&self) -> String {
        self.runs().into_iter().fold(String::new(), |mut d, (x, y, length)| {
            let _ = write!(d, "M{x} {y}h{length}v1h-{length}z");
            d
        })
    }

    /// A file of its own, to place in a flyer.
    #[must_use]
    pub fn svg(&self) -> String {
        let (side, path) = (self.whole(), self.path());
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" width=\"400\" height=\"400\">\
             <path fill=\"#fff\" d=\"M0 0h{side}v{side}h-{side}z\"/>\
             <path fill=\"#000\" shape-rendering=\"crispEdges\" d=\"{path}\"/></svg>\n"
        )
    }

    /// A picture in black and white, at least `pixels` wide, each module a whole number of pixels.
    ///
    /// # Errors
    /// [`Error::Failed`], which is a fault of ours.
    pub fn png(&self, pixels: usize) -> Result<Vec<u8>> {
        let scale = pixels.div_ceil(self.whole()).max(1);
        let width = self.whole() * scale;
        let mut bytes = Vec::new();
        let failed = |e: png::EncodingError| Error::Failed(e.to_string());
        let size = u32::try_from(width).map_err(|e| Error::Failed(e.to_string()))?;
        let mut encoder = png::Encoder::new(&mut bytes, size, size);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        let mut writer = encoder.write_header().map_err(failed)?;
        let mut rows = Vec::with_capacity(width * width.div_ceil(8));
        for y in 0..width {
            let mut row = vec![0xff_u8; width.div_ceil(8)];
            for x in (0..width).filter(|x| self.is_dark(x / scale, y / scale)) {
                if let Some(byte) = row.get_mut(x / 8) {
                    *byte &= !(0x80 >> (x % 8));
                }
            }
            rows.extend(row);
        }
        writer.write_image_data(&rows).map_err(failed)?;
        writer.finish().map_err(failed)?;
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADDRESS: &str = "https://participez.rivemont.example/i/k7m2xq";

    /// Reads a picture of a code as a phone does.
    fn read(width: usize, dark: impl Fn(usize, usize) -> bool) -> String {
        let mut image = rqrr::PreparedImage::prepare_from_bitmap(width, width, dark);
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1, "one code is found");
        grids[0].decode().unwrap().1
    }

    #[test]
    fn a_reader_reads_it_back() {
        let code = Code::of(ADDRESS).unwrap();
        assert_eq!(read(code.whole() * 3, |x, y| code.is_dark(x / 3, y / 3)), ADDRESS);
        // The runs draw the same.
        let mut drawn = vec![false; code.whole() * code.whole()];
        for (x, y, length) in code.runs() {
            drawn[y * code.whole() + x..][..length].fill(true);
        }
        assert!((0..drawn.len()).all(|i| drawn[i] == code.is_dark(i % code.whole(), i / code.whole())));
    }

    #[test]
    fn the_picture_is_read_too() {
        let bytes = Code::of(ADDRESS).unwrap().png(1000).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        assert!(info.width >= 1000 && info.width < 1100);
        let at = |x: usize, y: usize| pixels[y * info.line_size + x / 8] & (0x80 >> (x % 8)) == 0;
        assert_eq!(read(info.width as usize, at), ADDRESS);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        assert_eq!(Code::of(&"x".repeat(5_000)), Err(Error::TooLong));
        assert!(Code::of("").is_ok());
    }

    #[test]
    fn the_svg_is_closed_and_holds_nothing_of_the_address() {
        let svg = Code::of("https://a.example/?<script>").unwrap().svg();
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n") && !svg.contains("script"));
    }
}
