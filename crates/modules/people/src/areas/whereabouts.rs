//! Where the outlines of a file are: far from the commune, from the areas of today or from each other, they are those of elsewhere.

use parvis_communes::{Around, km};

use super::{Area, import::NewArea, rings};

/// Kilometres from the others beyond which an outline is told.
const APART: f64 = 30.0;

/// Where the outlines of a file are.
#[derive(Debug, Clone, PartialEq)]
pub struct Whereabouts {
    /// How far their middle is from that of the commune or of its department, where that is known.
    pub town: Option<FromTown>,
    /// Kilometres from the areas of today, where the outlines meet none of them.
    pub known: Option<f64>,
    /// The names of those that are far from the others.
    pub apart: Vec<String>,
}

/// How far the outlines are from the commune.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FromTown {
    /// Kilometres.
    pub km: f64,
    /// Whether from the commune itself, not from the middle of its department.
    pub own: bool,
    /// Whether that is farther than anything of the commune.
    pub far: bool,
}

/// Western, southern, eastern and northern bound.
type Bounds = (f64, f64, f64, f64);

/// Where the outlines of a file are, beside the areas of today and what is expected of the commune; nothing without an outline.
#[must_use]
pub fn look(new: &[NewArea], known: &[Area], around: Option<Around>) -> Option<Whereabouts> {
    let labels: Vec<(f64, f64)> = new.iter().map(|a| (a.lon, a.lat)).collect();
    let middle = middle(&labels)?;
    let town = around.map(|around| {
        let far = km(middle, (around.lon, around.lat));
        FromTown { km: far, own: around.own, far: far > around.km }
    });
    let (here, there) =
        (bounds(new.iter().map(|a| a.outline.as_str())), bounds(known.iter().map(|a| a.outline.as_str())));
    let before =
        self::middle(&known.iter().map(|a| (a.lon, a.lat)).collect::<Vec<_>>()).map(|before| km(middle, before));
    let known = before.filter(|far| *far > APART || !meet(here, there));
    let apart = new.iter().filter(|a| km((a.lon, a.lat), middle) > APART).map(|a| a.name.clone()).collect();
    Some(Whereabouts { town, known, apart })
}

/// Where most of them are: one that is elsewhere does not move it.
fn middle(places: &[(f64, f64)]) -> Option<(f64, f64)> {
    let half = |of: fn(&(f64, f64)) -> f64| {
        let mut all: Vec<f64> = places.iter().map(of).collect();
        all.sort_by(f64::total_cmp);
        all.get(all.len() / 2).copied()
    };
    Some((half(|p| p.0)?, half(|p| p.1)?))
}

fn bounds<'a>(outlines: impl Iterator<Item = &'a str>) -> Bounds {
    let none = (f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY);
    outlines
        .flat_map(|outline| rings(outline).into_iter().flatten())
        .fold(none, |(w, s, e, n), (lon, lat)| (w.min(lon), s.min(lat), e.max(lon), n.max(lat)))
}

fn meet(one: Bounds, other: Bounds) -> bool {
    one.0 <= other.2 && other.0 <= one.2 && one.1 <= other.3 && other.1 <= one.3
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn new(name: &str, lon: f64, lat: f64) -> NewArea {
        let (a, b) = (lon + 0.01, lat + 0.01);
        let outline = format!(
            r#"{{"type":"Polygon","coordinates":[[[{lon},{lat}],[{a},{lat}],[{a},{b}],[{lon},{b}],[{lon},{lat}]]]}}"#
        );
        NewArea { name: name.into(), population: None, lon, lat, outline }
    }

    fn known(new: &NewArea) -> Area {
        Area {
            id: Uuid::nil(),
            name: new.name.clone(),
            population: None,
            lon: new.lon,
            lat: new.lat,
            outline: new.outline.clone(),
        }
    }

    const LE_MANS: Around = Around { lon: 0.2, lat: 48.0, km: 30.0, own: true };

    #[test]
    fn outlines_of_elsewhere_are_told() {
        let here = [new("Gare", 0.19, 48.0), new("Centre", 0.2, 48.0), new("Loin", 2.35, 48.85)];
        let found = look(&here, &[], Some(LE_MANS)).unwrap();
        let town = found.town.unwrap();
        assert!(town.km < 2.0 && !town.far && town.own && found.known.is_none());
        assert_eq!(found.apart, ["Loin"], "one that is elsewhere does not move the middle");
        let paris = [new("Marais", 2.35, 48.85)];
        let town = look(&paris, &[], Some(LE_MANS)).unwrap().town.unwrap();
        assert!(town.far && (180.0..190.0).contains(&town.km), "{town:?}");
        assert_eq!(look(&paris, &[], None).unwrap(), Whereabouts { town: None, known: None, apart: vec![] });
        assert_eq!(look(&[], &[known(&paris[0])], Some(LE_MANS)), None);
    }

    #[test]
    fn outlines_that_meet_no_area_of_today_are_told() {
        let today = [known(&new("Gare", 0.19, 48.0)), known(&new("Centre", 0.2, 48.0))];
        let far = |lon, lat| look(&[new("x", lon, lat)], &today, None).unwrap().known;
        assert_eq!(far(0.205, 48.005), None);
        assert!(far(0.25, 48.0).is_some_and(|km| (3.0..5.0).contains(&km)), "beside, and none in common");
        assert!(far(2.35, 48.85).is_some_and(|km| km > 150.0));
    }
}
