//! The margin of a share.

/// The 97.5 % quantile of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// A range of shares, each from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// Whether a share lies within.
    #[must_use]
    pub fn contains(self, share: f64) -> bool {
        (self.low..=self.high).contains(&share)
    }
}

/// The 95 % interval of a share by Wilson's score (1927): never outside 0 to 1, sound for small groups and extreme
/// shares. Everything from 0 to 1 when nobody was asked; more hits than people count as all of them.
#[must_use]
#[allow(clippy::cast_precision_loss, reason = "people are fewer than 2^52")]
pub fn wilson(hits: u64, people: u64) -> Interval {
    if people == 0 {
        return Interval { low: 0.0, high: 1.0 };
    }
    let (n, hits) = (people as f64, hits.min(people));
    let p = hits as f64 / n;
    let z2 = Z * Z;
    let middle = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    // Exact ends, which rounding would miss by a hair.
    let low = if hits == 0 { 0.0 } else { (middle - half).max(0.0) };
    let high = if hits == people { 1.0 } else { (middle + half).min(1.0) };
    Interval { low, high }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values worked out apart, in Python, from Wilson's formula.
    #[test]
    fn intervals_are_those_of_the_formula() {
        let table = [
            (0, 10, 0.0, 0.277_532_8),
            (10, 10, 0.722_467_2, 1.0),
            (5, 10, 0.236_593_09, 0.763_406_91),
            (31, 100, 0.227_797_0, 0.406_260_6),
            (1, 1000, 0.000_176_55, 0.005_642_56),
        ];
        for (hits, people, low, high) in table {
            let got = wilson(hits, people);
            assert!((got.low - low).abs() < 1e-7 && (got.high - high).abs() < 1e-7, "{hits}/{people}: {got:?}");
        }
    }
}
