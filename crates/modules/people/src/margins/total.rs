//! How many people a file counts in the commune, beside how many live there: a file of another place, or half of one, is not taken
//! without a word.

use super::{Margin, Place, of_commune};

/// Beyond this factor, more or less, the difference is told: a census of some years ago differs by less.
const TOLD: f64 = 1.1;
/// Beyond this one, the file is taken only by whoever says so.
const DOUBTED: f64 = 1.5;

/// What a file counts, where it differs from what is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gap {
    /// People of the file.
    pub counted: i64,
    /// Inhabitants of the commune.
    pub known: i64,
    /// The larger of both over the smaller.
    pub times: f64,
}

impl Gap {
    /// Whether the file counts more.
    #[must_use]
    pub const fn is_more(&self) -> bool {
        self.counted > self.known
    }

    /// Whether it is so large that somebody has to say that the file is the right one.
    #[must_use]
    pub fn is_doubted(&self) -> bool {
        self.times > DOUBTED
    }
}

/// The difference that is to be told; none where the figures are close, or where one of them is not known.
#[must_use]
#[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "counts of people")]
pub fn gap(margins: &[Margin], commune: &str, known: i64) -> Option<Gap> {
    let place = |all: &[Margin]| {
        let first = all.first()?;
        let people = all.iter().map(|m| m.people).sum();
        Some(Place { place: first.place.clone(), place_name: String::new(), source: String::new(), people })
    };
    let places: Vec<Place> = margins.chunk_by(|a, b| a.place == b.place).filter_map(place).collect();
    let town = of_commune(&places, commune);
    let counted: f64 = town.iter().map(|p| p.people).sum();
    if town.is_empty() || known < 1 || !counted.is_finite() {
        return None;
    }
    let share = counted.max(1.0) / known as f64;
    let times = share.max(1.0 / share);
    (times >= TOLD).then_some(Gap { counted: counted.round() as i64, known, times })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn margin(place: &str, people: f64) -> Margin {
        Margin { place: place.into(), place_name: place.into(), sex: "women".into(), age_from: 0, age_to: None, people }
    }

    #[test]
    fn a_total_far_from_the_population_is_told() {
        let told = |people: f64| {
            let halves = [margin("72181", people / 2.0), margin("72181", people / 2.0)];
            gap(&halves, "72181", 1000).map(|g| (g.is_more(), g.is_doubted()))
        };
        for (people, expected) in [
            (1000.0, None),
            (1090.0, None),
            (915.0, None),
            (1101.0, Some((true, false))),
            (900.0, Some((false, false))),
            (1499.0, Some((true, false))),
            (1501.0, Some((true, true))),
            (660.0, Some((false, true))),
            (0.0, Some((false, true))),
        ] {
            assert_eq!(told(people), expected, "{people}");
        }
    }

    #[test]
    fn the_town_is_counted_once_and_nothing_is_guessed() {
        let iris = [margin("721810101", 600.0), margin("721810102", 420.0)];
        assert_eq!(gap(&iris, "72181", 1000), None);
        assert_eq!(gap(&iris[..1], "72181", 1000).map(|g| g.counted), Some(600), "one is missing");
        let both = [margin("72181", 1020.0), iris[0].clone(), iris[1].clone()];
        assert_eq!(gap(&both, "72181", 1000), None, "its IRIS are not added to it");
        assert_eq!(gap(&iris, "72181", 0), None, "nobody knows how many live there");
        assert_eq!(gap(&[], "72181", 1000), None);
    }
}
