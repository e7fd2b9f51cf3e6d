//! From longitudes and latitudes to the drawing.

/// The width of a map in its own units: in the 28 rem column of a consultation, a pin is 32 pixels wide.
pub(super) const WIDTH: f64 = 530.0;
/// The height past which a map is made narrower instead.
const MAX_HEIGHT: f64 = 560.0;

/// An equirectangular projection: true to shapes at the size of a town.
#[derive(Clone, Copy, Debug)]
pub(super) struct Projection {
    west: f64,
    north: f64,
    squeeze: f64,
    scale: f64,
    left: f64,
    top: f64,
    pub width: f64,
    pub height: f64,
}

impl Projection {
    /// Fits every point inside the drawing, with room on each side; none without a point.
    pub(super) fn new(points: impl Iterator<Item = (f64, f64)>, side: f64, top: f64) -> Option<Self> {
        let (mut west, mut east) = (f64::INFINITY, f64::NEG_INFINITY);
        let (mut south, mut north) = (f64::INFINITY, f64::NEG_INFINITY);
        for (lon, lat) in points.filter(|(lon, lat)| lon.is_finite() && lat.is_finite()) {
            west = west.min(lon);
            east = east.max(lon);
            south = south.min(lat);
            north = north.max(lat);
        }
        if west > east {
            return None;
        }
        let squeeze = f64::midpoint(south, north).to_radians().cos().max(0.05);
        // A lone point gets some land around it.
        let wide = ((east - west) * squeeze).max(1e-4);
        let high = (north - south).max(1e-4);
        let scale = ((WIDTH - 2.0 * side) / wide).min((MAX_HEIGHT - side - top) / high);
        Some(Self {
            west,
            north,
            squeeze,
            scale,
            left: (WIDTH - wide * scale) / 2.0,
            top,
            width: WIDTH,
            height: (high * scale + side + top).ceil(),
        })
    }

    pub(super) fn point(&self, (lon, lat): (f64, f64)) -> (f64, f64) {
        (self.left + (lon - self.west) * self.squeeze * self.scale, self.top + (self.north - lat) * self.scale)
    }

    /// A ring without the points that nobody could tell apart; empty when it is no surface.
    pub(super) fn ring(&self, ring: &[(f64, f64)]) -> Vec<(f64, f64)> {
        let mut points: Vec<(f64, f64)> = Vec::with_capacity(ring.len());
        for raw in ring.iter().filter(|(lon, lat)| lon.is_finite() && lat.is_finite()) {
            let (x, y) = self.point(*raw);
            if points.last().is_none_or(|(a, b)| (a - x).hypot(b - y) >= 0.8) {
                points.push((x, y));
            }
        }
        if let [(ax, ay), .., (bx, by)] = points.as_slice()
            && (ax - bx).hypot(ay - by) < 0.8
        {
            points.pop();
        }
        if points.len() < 3 {
            points.clear();
        }
        points
    }
}

/// Twice the signed surface of a ring.
fn surface(ring: &[(f64, f64)]) -> f64 {
    edges(ring).map(|((ax, ay), (bx, by))| ax * by - bx * ay).sum()
}

fn edges(ring: &[(f64, f64)]) -> impl Iterator<Item = ((f64, f64), (f64, f64))> + '_ {
    ring.iter().copied().zip(ring.iter().copied().cycle().skip(1))
}

/// Where to write the name of a surface: the middle of its largest ring.
pub(super) fn label_point(rings: &[Vec<(f64, f64)>]) -> Option<(f64, f64)> {
    let ring = rings.iter().max_by(|a, b| surface(a).abs().total_cmp(&surface(b).abs()))?;
    let double = surface(ring);
    if double.abs() < 1e-6 {
        return ring.first().copied();
    }
    let (x, y) = edges(ring).fold((0.0, 0.0), |(x, y), ((ax, ay), (bx, by))| {
        let cross = ax * by - bx * ay;
        (x + (ax + bx) * cross, y + (ay + by) * cross)
    });
    Some((x / (3.0 * double), y / (3.0 * double)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn north_is_up_and_everything_fits() {
        let p = Projection::new([(2.0, 48.0), (2.2, 48.1)].into_iter(), 20.0, 40.0).unwrap();
        let (nw, se) = (p.point((2.0, 48.1)), p.point((2.2, 48.0)));
        assert!(nw.0 < se.0 && nw.1 < se.1);
        assert!(nw.0 >= 20.0 - 1e-6 && se.0 <= 510.0 + 1e-6 && (nw.1 - 40.0).abs() < 1e-6 && se.1 <= p.height);
        assert!(p.height <= 561.0);
    }

    #[test]
    fn one_point_or_none() {
        assert!(Projection::new(std::iter::empty(), 20.0, 20.0).is_none());
        assert!(Projection::new([(f64::NAN, 1.0)].into_iter(), 20.0, 20.0).is_none());
        let p = Projection::new([(2.0, 48.0)].into_iter(), 20.0, 20.0).unwrap();
        let (x, y) = p.point((2.0, 48.0));
        assert!(x.is_finite() && y.is_finite());
    }

    #[test]
    fn names_go_in_the_middle_of_the_largest_part() {
        let small = vec![(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)];
        let large = vec![(10.0, 10.0), (10.0, 20.0), (20.0, 20.0), (20.0, 10.0)];
        let (x, y) = label_point(&[small, large]).unwrap();
        assert!((x - 15.0).abs() < 1e-9 && (y - 15.0).abs() < 1e-9);
        assert!(label_point(&[]).is_none());
    }
}
