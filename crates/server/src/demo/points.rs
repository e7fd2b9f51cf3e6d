//! Points inside an outline.

use rand::{Rng, RngExt, SeedableRng, rngs::StdRng};
use serde_json::Value;

/// A ring of longitudes and latitudes.
type Ring = Vec<(f64, f64)>;

/// The outer ring of a GeoJSON polygon.
#[must_use]
pub fn ring(outline: &Value) -> Ring {
    let rings = outline.get("coordinates").and_then(|c| c.get(0)).and_then(Value::as_array);
    let point = |p: &Value| Some((p.get(0)?.as_f64()?, p.get(1)?.as_f64()?));
    rings.map(|r| r.iter().filter_map(point).collect()).unwrap_or_default()
}

/// Whether a point is inside, by counting the sides that a line to the east crosses.
#[must_use]
pub fn holds(ring: &[(f64, f64)], (x, y): (f64, f64)) -> bool {
    let ends = ring.iter().zip(ring.iter().cycle().skip(1));
    ends.filter(|((x1, y1), (x2, y2))| (*y1 > y) != (*y2 > y) && x < (x2 - x1) * (y - y1) / (y2 - y1) + x1).count() % 2
        == 1
}

/// A point inside the ring: near the same spot for the same place, anywhere for none.
#[must_use]
pub fn inside(ring: &[(f64, f64)], place: &str, rng: &mut StdRng) -> Option<(f64, f64)> {
    if place.is_empty() {
        return any(ring, rng);
    }
    let seed = place.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    let spot = any(ring, &mut StdRng::seed_from_u64(seed))?;
    let around = |rng: &mut StdRng, d: f64| d + rng.random_range(-0.0004..0.0004);
    let near = (0..20).map(|_| (around(rng, spot.0), around(rng, spot.1))).find(|p| holds(ring, *p));
    near.or(Some(spot))
}

fn any(ring: &[(f64, f64)], rng: &mut StdRng) -> Option<(f64, f64)> {
    let span = |of: fn(&(f64, f64)) -> f64| {
        ring.iter().map(of).fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)))
    };
    let ((west, east), (south, north)) = (span(|p| p.0), span(|p| p.1));
    if ring.len() < 3 || west >= east || south >= north {
        return None;
    }
    let mut point = || (rng.random_range(west..east), rng.random_range(south..north));
    (0..1000).map(|_| point()).find(|p| holds(ring, *p))
}

/// Shuffles the first `n` items to the front.
pub fn pick<T>(items: &mut [T], n: usize, rng: &mut impl Rng) {
    for i in 0..n.min(items.len().saturating_sub(1)) {
        let j = rng.random_range(i..items.len());
        items.swap(i, j);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_stay_inside() {
        // An L: the missing corner must stay empty.
        let ring = [(0.0, 0.0), (2.0, 0.0), (2.0, 1.0), (1.0, 1.0), (1.0, 2.0), (0.0, 2.0)];
        assert!(holds(&ring, (0.5, 1.5)) && !holds(&ring, (1.5, 1.5)));
        let mut rng = StdRng::seed_from_u64(1);
        for place in ["", "rue des Lilas"] {
            for _ in 0..200 {
                assert!(holds(&ring, inside(&ring, place, &mut rng).unwrap()));
            }
        }
        assert_eq!(inside(&[], "", &mut rng), None);
    }
}
