//! sRGB, OKLCH and contrast: the arithmetic behind theming.

use std::fmt;

/// A colour as screens take it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rgb(pub u8, pub u8, pub u8);

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02X}{:02X}{:02X}", self.0, self.1, self.2)
    }
}

impl Rgb {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits: Vec<u8> = text
            .strip_prefix('#')
            .unwrap_or(text)
            .chars()
            .map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok()))
            .collect::<Option<_>>()?;
        match *digits.as_slice() {
            [r, g, b] => Some(Self(r * 17, g * 17, b * 17)),
            [r, r2, g, g2, b, b2] => Some(Self(r * 16 + r2, g * 16 + g2, b * 16 + b2)),
            _ => None,
        }
    }

    /// The same colour to the eye: rounding moves a channel by one.
    pub(super) fn close_to(self, other: Self) -> bool {
        self.0.abs_diff(other.0) <= 1 && self.1.abs_diff(other.1) <= 1 && self.2.abs_diff(other.2) <= 1
    }

    fn linear(self) -> [f64; 3] {
        [self.0, self.1, self.2].map(|channel| {
            let v = f64::from(channel) / 255.0;
            if v <= 0.040_45 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
        })
    }

    fn luminance(self) -> f64 {
        let [r, g, b] = self.linear();
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    pub(super) fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

/// A colour by lightness, chroma and hue (in radians).
#[derive(Clone, Copy, Debug)]
pub(super) struct Oklch {
    pub l: f64,
    pub c: f64,
    pub h: f64,
}

impl From<Rgb> for Oklch {
    fn from(rgb: Rgb) -> Self {
        let [r, g, b] = rgb.linear();
        let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
        let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
        let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
        let a = 1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s;
        let b = 0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s;
        Self { l: 0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s, c: a.hypot(b), h: b.atan2(a) }
    }
}

impl Oklch {
    /// Linear sRGB, which may be out of the gamut.
    fn linear(self) -> [f64; 3] {
        let (a, b) = (self.c * self.h.cos(), self.c * self.h.sin());
        let l = (self.l + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
        let m = (self.l - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
        let s = (self.l - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
        [
            4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
            -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
            -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
        ]
    }
}

fn channel(linear: f64) -> u8 {
    let v = linear.clamp(0.0, 1.0);
    let v = if v <= 0.003_130_8 { v * 12.92 } else { 1.055 * v.powf(1.0 / 2.4) - 0.055 };
    // Between 0 and 255 after the clamp.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let byte = (v * 255.0).round() as u8;
    byte
}

/// The colour of that lightness and hue, with the chroma reduced until it is inside the gamut.
pub(super) fn fit(l: f64, c: f64, h: f64) -> Rgb {
    let inside = |c: f64| Oklch { l, c, h }.linear().iter().all(|v| (-0.0005..=1.0005).contains(v));
    let mut chroma = c;
    if !inside(c) {
        let (mut low, mut high) = (0.0, c);
        for _ in 0..26 {
            let middle = f64::midpoint(low, high);
            if inside(middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        chroma = low;
    }
    let [r, g, b] = Oklch { l, c: chroma, h }.linear();
    Rgb(channel(r), channel(g), channel(b))
}

/// The colour at `start` if it has the ratio on every background, else the nearest lightness
/// towards `end` (0 or 1) that has it.
pub(super) fn toward(start: f64, c: f64, h: f64, grounds: &[Rgb], ratio: f64, end: f64) -> Rgb {
    let good = |colour: Rgb| grounds.iter().all(|g| colour.contrast(*g) >= ratio);
    let first = fit(start, c, h);
    if good(first) {
        return first;
    }
    let (mut bad, mut found) = (start, end);
    for _ in 0..26 {
        let middle = f64::midpoint(bad, found);
        if good(fit(middle, c, h)) {
            found = middle;
        } else {
            bad = middle;
        }
    }
    fit(found, c, h)
}
