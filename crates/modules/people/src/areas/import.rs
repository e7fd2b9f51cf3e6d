//! Areas from a GeoJSON file: what teams get from their town's open data, checked before anything is kept.

use std::fmt;

use geo::{
    Contains, CoordsIter, InteriorPoint, MapCoords, MultiPolygon, Point, Polygon, RemoveRepeatedPoints, Validation,
};
use geojson::{Feature, GeoJson, Value, feature::Id};
use parvis_kernel::{
    Error,
    form::{clean, is_blank},
};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::names::Taken;

/// Largest file, in bytes.
pub const MAX_BYTES: usize = 8 * 1024 * 1024;
/// Most points in all outlines: they are drawn in pages.
const MAX_POINTS: usize = 60_000;
/// Most areas.
const MAX_AREAS: usize = 500;
/// Letters of a name.
const NAME: usize = 80;

/// Why a file of areas was refused.
#[derive(Debug)]
pub enum AreaProblem {
    /// Not GeoJSON.
    NotGeoJson,
    /// No polygon in it.
    NoPolygon,
    /// Coordinates are not longitudes and latitudes (often Lambert-93).
    NotWgs84,
    /// Coordinates of this area are latitudes and longitudes, in this order.
    Swapped(String),
    /// The outline of this area crosses itself, or is no outline.
    Crossing(String),
    /// The area at this place in the file has no name.
    NoName(usize),
    /// Two areas have this name.
    Duplicate(String),
    /// Too many bytes, points or areas.
    TooLarge,
    /// The database refused.
    Database(Error),
}

impl AreaProblem {
    /// The end of the key of its words.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotGeoJson => "not-geojson",
            Self::NoPolygon => "no-polygon",
            Self::NotWgs84 => "not-wgs84",
            Self::Swapped(_) => "swapped",
            Self::Crossing(_) => "crossing",
            Self::NoName(_) => "no-name",
            Self::Duplicate(_) => "duplicate",
            Self::TooLarge => "too-large",
            Self::Database(_) => "database",
        }
    }

    /// What its words name: an area, or its place in the file.
    #[must_use]
    pub fn what(&self) -> String {
        match self {
            Self::Swapped(name) | Self::Crossing(name) | Self::Duplicate(name) => name.clone(),
            Self::NoName(place) => place.to_string(),
            _ => String::new(),
        }
    }
}

impl fmt::Display for AreaProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotGeoJson => f.write_str("the file is not GeoJSON"),
            Self::NoPolygon => f.write_str("the file holds no polygon"),
            Self::NotWgs84 => f.write_str("the coordinates are not longitudes and latitudes (WGS84)"),
            Self::Swapped(name) => write!(f, "the latitudes of {name} stand before the longitudes"),
            Self::Crossing(name) => write!(f, "the outline of {name} crosses itself"),
            Self::NoName(place) => write!(f, "area {place} of the file has no name"),
            Self::Duplicate(name) => write!(f, "two areas are called {name}"),
            Self::TooLarge => f.write_str("the file is too large: simplify the outlines"),
            Self::Database(e) => e.fmt(f),
        }
    }
}

impl std::error::Error for AreaProblem {}

impl From<Error> for AreaProblem {
    fn from(e: Error) -> Self {
        Self::Database(e)
    }
}

/// An area read from a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NewArea {
    /// Name.
    pub name: String,
    /// Inhabitants, when the file says.
    pub population: Option<i64>,
    /// Longitude of its label.
    pub lon: f64,
    /// Latitude of its label.
    pub lat: f64,
    /// GeoJSON geometry.
    pub outline: String,
}

/// An outline that is not taken.
#[derive(Debug)]
pub struct RefusedArea {
    /// Its place in the file, from 1.
    pub place: usize,
    /// Its name, as far as it has one.
    pub name: String,
    /// Why.
    pub problem: AreaProblem,
    /// The outline as the file has it.
    pub feature: Feature,
}

/// What a file of areas holds.
#[derive(Debug, Default)]
pub struct AreaFile {
    /// The areas that can be taken.
    pub areas: Vec<NewArea>,
    /// The outlines that are not.
    pub refused: Vec<RefusedArea>,
}

/// Reads the areas of a file, all of them.
///
/// # Errors
/// The first problem found.
pub fn read(bytes: &[u8]) -> Result<Vec<NewArea>, AreaProblem> {
    let file = read_each(bytes)?;
    match file.refused.into_iter().next() {
        Some(refused) => Err(refused.problem),
        None => Ok(file.areas),
    }
}

/// Reads the areas of a file, each by itself: one that is wrong keeps none of the others out.
///
/// # Errors
/// What is wrong with the file as a whole, or with all of its outlines alike.
pub fn read_each(bytes: &[u8]) -> Result<AreaFile, AreaProblem> {
    let mut file = AreaFile::default();
    let (mut names, mut points) = (Taken::default(), 0);
    for (at, feature) in features(bytes)?.into_iter().enumerate() {
        let taken = one(&feature, at + 1, &mut points).and_then(|area| match area {
            Some(area) if !names.take(&area.name) => Err(AreaProblem::Duplicate(area.name)),
            area => Ok(area),
        });
        match taken {
            Ok(Some(_)) if file.areas.len() == MAX_AREAS => return Err(AreaProblem::TooLarge),
            Ok(area) => file.areas.extend(area),
            Err(AreaProblem::TooLarge) => return Err(AreaProblem::TooLarge),
            Err(problem) => {
                let name = name(&feature).unwrap_or_default();
                file.refused.push(RefusedArea { place: at + 1, name, problem, feature });
            }
        }
    }
    if !file.areas.is_empty() {
        return Ok(file);
    }
    let mut codes = file.refused.iter().map(|r| r.problem.code());
    let first = codes.next();
    if codes.any(|code| Some(code) != first) {
        return Ok(file);
    }
    Err(file.refused.into_iter().next().map_or(AreaProblem::NoPolygon, |r| r.problem))
}

/// The outlines of a file, whatever they are.
fn features(bytes: &[u8]) -> Result<Vec<Feature>, AreaProblem> {
    if bytes.len() > MAX_BYTES {
        return Err(AreaProblem::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| AreaProblem::NotGeoJson)?;
    let text = text.trim_start_matches('\u{feff}');
    match text.parse::<GeoJson>().map_err(|_| AreaProblem::NotGeoJson)? {
        GeoJson::FeatureCollection(all) => {
            check_reference(all.foreign_members.as_ref())?;
            Ok(all.features)
        }
        GeoJson::Feature(one) => Ok(vec![one]),
        GeoJson::Geometry(_) => Err(AreaProblem::NoName(1)),
    }
}

/// The area of an outline; none for points, lines and empty ones.
fn one(feature: &Feature, place: usize, points: &mut usize) -> Result<Option<NewArea>, AreaProblem> {
    let Some(shape) = shape(feature, place)? else { return Ok(None) };
    *points += shape.coords_count();
    if *points > MAX_POINTS {
        return Err(AreaProblem::TooLarge);
    }
    area(feature, &shape, place).map(Some)
}

/// Old files name their reference system: any other than longitude and latitude is refused by name.
fn check_reference(members: Option<&geojson::JsonObject>) -> Result<(), AreaProblem> {
    let name = members
        .and_then(|m| m.get("crs"))
        .and_then(|crs| crs.pointer("/properties/name"))
        .and_then(Json::as_str)
        .unwrap_or("CRS84");
    let known = ["CRS84", "4326", "4171"].iter().any(|end| name.ends_with(end));
    if known { Ok(()) } else { Err(AreaProblem::NotWgs84) }
}

/// Around each part of France: western, eastern, southern and northern bound, in degrees.
const FRANCE: [(f64, f64, f64, f64); 8] = [
    (-6.0, 10.0, 41.0, 52.0),
    (-64.0, -59.0, 13.0, 19.0),
    (-55.0, -51.0, 2.0, 6.0),
    (-57.0, -55.0, 46.0, 48.0),
    (44.0, 46.0, -14.0, -11.0),
    (54.0, 57.0, -22.0, -20.0),
    (163.0, 169.0, -24.0, -18.0),
    (-156.0, -134.0, -29.0, -7.0),
];

/// Whether a point is in France once its coordinates are swapped, and not before.
#[must_use]
pub fn are_swapped(lon: f64, lat: f64) -> bool {
    let french = |x: f64, y: f64| FRANCE.iter().any(|(w, e, s, n)| (*w..=*e).contains(&x) && (*s..=*n).contains(&y));
    !french(lon, lat) && french(lat, lon)
}

/// The outline of a feature; none for points, lines and empty ones.
fn shape(feature: &Feature, place: usize) -> Result<Option<MultiPolygon<f64>>, AreaProblem> {
    let Some(geometry) = &feature.geometry else { return Ok(None) };
    let shape = match &geometry.value {
        Value::Polygon(_) => Polygon::try_from(&geometry.value).map(|p| MultiPolygon::new(vec![p])),
        Value::MultiPolygon(_) => MultiPolygon::try_from(&geometry.value),
        _ => return Ok(None),
    };
    let called = || name(feature).unwrap_or_else(|| place.to_string());
    let shape: MultiPolygon<f64> = shape.map_err(|_| AreaProblem::Crossing(called()))?;
    if shape.coords_count() == 0 {
        return Ok(None);
    }
    if shape.coords_iter().all(|c| are_swapped(c.x, c.y)) {
        return Err(AreaProblem::Swapped(called()));
    }
    let earthly = |c: geo::Coord<f64>| c.x.abs() <= 180.0 && c.y.abs() <= 90.0;
    if shape.coords_iter().all(earthly) { Ok(Some(shape)) } else { Err(AreaProblem::NotWgs84) }
}

fn area(feature: &Feature, shape: &MultiPolygon<f64>, place: usize) -> Result<NewArea, AreaProblem> {
    let name = name(feature).ok_or(AreaProblem::NoName(place))?;
    // A tenth of a metre is more than any outline knows, and repeats points of careless exports.
    let round = |v: f64| (v * 1e6).round() / 1e6;
    let shape = shape.map_coords(|c| geo::Coord { x: round(c.x), y: round(c.y) }).remove_repeated_points();
    if shape.0.iter().any(|polygon| !polygon.is_valid()) {
        return Err(AreaProblem::Crossing(name));
    }
    let given = match (number(feature, &["lon", "longitude"]), number(feature, &["lat", "latitude"])) {
        (Some(lon), Some(lat)) => Some(Point::new(lon, lat)).filter(|p| shape.contains(p)),
        _ => None,
    };
    let label = given.or_else(|| shape.interior_point()).ok_or_else(|| AreaProblem::Crossing(name.clone()))?;
    let value = match shape.0.as_slice() {
        [one] => Value::from(one),
        _ => Value::from(&shape),
    };
    Ok(NewArea {
        population: population(feature),
        lon: round(label.x()),
        lat: round(label.y()),
        outline: geojson::Geometry::new(value).to_string(),
        name,
    })
}

/// Properties that hold a name in the files of towns and of INSEE, the best first.
const NAMES: [&str; 15] = [
    "name",
    "nom",
    "libelle",
    "libellé",
    "nom_quartier",
    "nom_quart",
    "quartier",
    "lib_quartier",
    "l_qu",
    "nom_iris",
    "lib_iris",
    "nom_qp",
    "secteur",
    "label",
    "title",
];

fn name(feature: &Feature) -> Option<String> {
    let properties = feature.properties.as_ref()?;
    let text = |value: &Json| match value {
        Json::String(s) => Some(s.clone()),
        Json::Number(n) => Some(n.to_string()),
        _ => None,
    };
    let known = NAMES
        .iter()
        .find_map(|wanted| properties.iter().find(|(key, _)| key.to_lowercase() == *wanted).and_then(|(_, v)| text(v)));
    let alike = || {
        let close = |key: &str| ["nom", "name", "lib"].iter().any(|part| key.to_lowercase().contains(part));
        properties.iter().find(|(key, value)| close(key) && value.is_string()).and_then(|(_, v)| text(v))
    };
    let own = || match &feature.id {
        Some(Id::String(id)) => Some(id.clone()),
        _ => None,
    };
    let name = clean(&known.or_else(alike).or_else(own)?);
    if is_blank(&name) {
        return None;
    }
    let line = name.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(line.chars().take(NAME).collect())
}

fn number(feature: &Feature, names: &[&str]) -> Option<f64> {
    let properties = feature.properties.as_ref()?;
    let value = names.iter().find_map(|n| properties.iter().find(|(k, _)| k.to_lowercase() == *n).map(|(_, v)| v))?;
    match value {
        Json::Number(n) => n.as_f64(),
        Json::String(s) => {
            let digits: String = s.chars().filter(|c| !c.is_whitespace()).collect();
            digits.replace(',', ".").parse().ok()
        }
        _ => None,
    }
}

#[allow(clippy::cast_possible_truncation, reason = "checked to be a count of people")]
fn population(feature: &Feature) -> Option<i64> {
    number(feature, &["population", "pop", "habitants", "nb_habitants", "nb_hab", "pop_totale"])
        .filter(|n| n.is_finite() && (1.0..1e8).contains(n))
        .map(|n| n.round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(features: &str) -> Vec<u8> {
        format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#).into_bytes()
    }

    fn square(properties: &str, x: f64, y: f64) -> String {
        let (a, b) = (x + 0.01, y + 0.01);
        format!(
            r#"{{"type":"Feature","properties":{properties},"geometry":{{"type":"Polygon","coordinates":[[[{x},{y}],[{a},{y}],[{a},{b}],[{x},{b}],[{x},{y}]]]}}}}"#
        )
    }

    fn problem(bytes: &[u8]) -> &'static str {
        read(bytes).map_or_else(|p| p.code(), |_| "fine")
    }

    #[test]
    fn areas_of_towns_are_read() {
        let text = [
            square(r#"{"NOM":" Les  Coteaux ","population":"1 850"}"#, 0.07, 47.9),
            square(r#"{"libelle":"Gare-Sud","pop":1200.0,"lon":0.095,"lat":47.905}"#, 0.09, 47.9),
            square(r#"{"nom_du_secteur":"Les Îles","code":3}"#, 0.11, 47.9),
            r#"{"type":"Feature","properties":{"name":"arrêt"},"geometry":{"type":"Point","coordinates":[0,47]}}"#
                .into(),
            r#"{"type":"Feature","properties":{"name":"vide"},"geometry":null}"#.into(),
        ]
        .join(",");
        let areas = read(&file(&text)).unwrap();
        let names: Vec<_> = areas.iter().map(|a| (a.name.as_str(), a.population)).collect();
        assert_eq!(names, [("Les Coteaux", Some(1850)), ("Gare-Sud", Some(1200)), ("Les Îles", None)]);
        assert_eq!((areas[1].lon, areas[1].lat), (0.095, 47.905));
        assert!((0.07..0.08).contains(&areas[0].lon) && areas[0].outline.contains("Polygon"));
        let mut with_bom = "\u{feff}".as_bytes().to_vec();
        with_bom.extend(file(&text));
        assert_eq!(read(&with_bom).unwrap(), areas);
    }

    #[test]
    fn each_fault_has_its_name() {
        let bow = r#"{"type":"Feature","properties":{"name":"Nœud"},"geometry":{"type":"Polygon","coordinates":[[[0,47],[0.01,47.01],[0.01,47],[0,47.01],[0,47]]]}}"#;
        let one = square(r#"{"name":"Centre"}"#, 0.0, 47.0);
        let same = square(r#"{"name":"CÉNTRE"}"#, 0.1, 47.0);
        let crs = format!(
            r#"{{"type":"FeatureCollection","crs":{{"type":"name","properties":{{"name":"urn:ogc:def:crs:EPSG::2154"}}}},"features":[{one}]}}"#
        );
        for (bytes, expected) in [
            (b"nom;population\nCentre;12".to_vec(), "not-geojson"),
            (Vec::new(), "not-geojson"),
            (vec![0xff, 0xfe, 0, 1], "not-geojson"),
            (br#"{"type":"FeatureCollection"}"#.to_vec(), "not-geojson"),
            (file(""), "no-polygon"),
            (file(&square(r#"{"name":"Lambert"}"#, 652_000.0, 6_862_000.0)), "not-wgs84"),
            (crs.into_bytes(), "not-wgs84"),
            (file(&square(r#"{"name":"Envers"}"#, 47.9, 0.07)), "swapped"),
            (file(&square(r#"{"name":"Nouméa"}"#, -22.27, 166.44)), "swapped"),
            (file(&square(r#"{"name":"Saint-Denis"}"#, 55.45, -20.9)), "fine"),
            (file(bow), "crossing"),
            (file(&square(r#"{"name":" \u200b "}"#, 0.0, 47.0)), "no-name"),
            (file(&square("{}", 0.0, 47.0)), "no-name"),
            (file(&format!("{one},{same}")), "duplicate"),
            (vec![b' '; MAX_BYTES + 1], "too-large"),
            (file(&one), "fine"),
        ] {
            assert_eq!(
                problem(&bytes),
                expected,
                "{}",
                String::from_utf8_lossy(&bytes).chars().take(120).collect::<String>()
            );
        }
    }

    #[test]
    fn one_wrong_outline_keeps_no_other_out() {
        let bow = r#"{"type":"Feature","properties":{"name":"Nœud"},"geometry":{"type":"Polygon","coordinates":[[[0,47],[0.01,47.01],[0.01,47],[0,47.01],[0,47]]]}}"#;
        let text = [
            square(r#"{"name":"Centre"}"#, 0.0, 47.0),
            bow.to_owned(),
            square("{}", 0.1, 47.0),
            square(r#"{"name":"centre"}"#, 0.2, 47.0),
            square(r#"{"name":"Envers"}"#, 47.9, 0.07),
            square(r#"{"name":"Loin"}"#, 652_000.0, 6_862_000.0),
            square(r#"{"name":"Gare"}"#, 0.3, 47.0),
        ];
        let read = read_each(&file(&text.join(","))).unwrap();
        assert_eq!(read.areas.iter().map(|a| a.name.as_str()).collect::<Vec<_>>(), ["Centre", "Gare"]);
        let why: Vec<_> = read.refused.iter().map(|r| (r.place, r.name.as_str(), r.problem.code())).collect();
        let named = [
            (2, "Nœud", "crossing"),
            (3, "", "no-name"),
            (4, "centre", "duplicate"),
            (5, "Envers", "swapped"),
            (6, "Loin", "not-wgs84"),
        ];
        assert_eq!(why, named);
        // None can be taken, for different reasons: each is named.
        let none = read_each(&file(&text[1..3].join(","))).unwrap();
        assert_eq!((none.areas.len(), none.refused.len()), (0, 2));
        assert_eq!(problem(&file(&text.join(","))), "crossing", "all or nothing where nobody reads a trial");
    }

    fn try_ring<T: serde::Serialize>(ring: &[T]) {
        let coordinates = serde_json::to_string(&[ring]).unwrap();
        let shape = format!(r#"{{"type":"Polygon","coordinates":{coordinates}}}"#);
        let _ = read(&file(&format!(r#"{{"type":"Feature","properties":{{"name":"x"}},"geometry":{shape}}}"#)));
    }

    proptest::proptest! {
        /// Positions too short, far away, or piled on a small grid: each is an area or a named problem.
        #[test]
        fn no_ring_panics(
            any in proptest::collection::vec(proptest::collection::vec(-200.0..200.0_f64, 0..4), 0..9),
            grid in proptest::collection::vec((0..4_i32, 0..4_i32), 0..9),
        ) {
            try_ring(&any);
            try_ring(&grid);
        }
    }
}
