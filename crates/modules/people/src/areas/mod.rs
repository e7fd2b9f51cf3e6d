//! Areas of the town, with their outlines.

pub mod api;
pub mod import;
mod keep;
mod names;
mod pages;
mod taken_back;
mod trial;
pub mod undo;
mod whereabouts;

use std::collections::HashMap;

use parvis_kernel::{
    Result, args,
    context::Moment,
    db::{self, Dialect, Tx},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use import::AreaProblem;
pub use names::{Heard, Names};
pub use pages::routes;

/// Kinds of activity about areas.
pub const ACTIVITY: [&str; 5] = ["area.imported", undo::ACTIVITY, "area.changed", "area.renamed", "area.removed"];

/// An area of the town.
#[derive(Debug, Clone, PartialEq, FromQueryResult, Serialize, Deserialize)]
pub struct Area {
    /// Key.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Inhabitants, when known.
    pub population: Option<i64>,
    /// Longitude of its label.
    pub lon: f64,
    /// Latitude of its label.
    pub lat: f64,
    /// GeoJSON geometry, WGS84.
    pub outline: String,
}

impl Area {
    /// Whether it has this outline, this place of its label and as many inhabitants, whatever its name.
    #[must_use]
    pub fn is_as(&self, other: &Self) -> bool {
        let near = |a: f64, b: f64| (a - b).abs() < 1e-9;
        self.outline == other.outline
            && self.population == other.population
            && near(self.lon, other.lon)
            && near(self.lat, other.lat)
    }
}

/// All areas, in the team's order.
///
/// # Errors
/// When the database refuses.
pub async fn all(c: &impl ConnectionTrait) -> Result<Vec<Area>> {
    db::all(c, "SELECT id, name, population, lon, lat, outline FROM area ORDER BY position, name", vec![]).await
}

/// All areas, held: nobody changes one before the transaction ends.
///
/// # Errors
/// When the database refuses.
pub(super) async fn held(tx: &Tx) -> Result<Vec<Area>> {
    let hold = Dialect::of(tx.get_database_backend()).hold();
    db::column::<Uuid>(tx, &format!("SELECT id FROM area ORDER BY id {hold}"), vec![]).await?;
    all(tx).await
}

/// How many there are.
///
/// # Errors
/// When the database refuses.
pub async fn count(c: &impl ConnectionTrait) -> Result<i64> {
    db::count(c, "SELECT count(*) FROM area", vec![]).await
}

/// Names by key.
///
/// # Errors
/// When the database refuses.
pub async fn names(c: &impl ConnectionTrait) -> Result<HashMap<Uuid, String>> {
    Ok(all(c).await?.into_iter().map(|a| (a.id, a.name)).collect())
}

/// The area of this name, ignoring case.
///
/// # Errors
/// When the database refuses.
pub async fn by_name(c: &impl ConnectionTrait, name: &str) -> Result<Option<Uuid>> {
    // SQLite folds plain letters only, and areas are few: compared here.
    let wanted = name.trim().to_lowercase();
    Ok(names(c).await?.into_iter().find(|(_, n)| n.to_lowercase() == wanted).map(|(id, _)| id))
}

/// Reads a file of areas and keeps them. A name already known gets the new outline. Says how many.
///
/// # Errors
/// What is wrong with the file, or that the database refused.
pub async fn import_geojson(tx: &Tx, moment: &Moment, bytes: &[u8]) -> Result<usize, AreaProblem> {
    let areas = import::read(bytes)?;
    keep::keep(tx, moment, "", &areas).await?;
    Ok(areas.len())
}

/// Renames an area and sets its inhabitants.
///
/// # Errors
/// When the database refuses, such as a name already taken.
pub async fn change(tx: &Tx, id: Uuid, name: &str, population: Option<i64>) -> Result<()> {
    db::run(tx, "UPDATE area SET name = $2, population = $3 WHERE id = $1", args![id, name, population]).await?;
    Ok(())
}

/// Removes an area. Persons who chose it have none any more; texts placed there keep their key, and show no name.
///
/// # Errors
/// When the database refuses.
pub async fn remove(tx: &Tx, id: Uuid) -> Result<()> {
    db::run(tx, "UPDATE person SET area_id = NULL WHERE area_id = $1", args![id]).await?;
    db::run(tx, "DELETE FROM area WHERE id = $1", args![id]).await?;
    Ok(())
}

/// The rings of an outline, as longitudes and latitudes: what a map draws.
#[must_use]
pub fn rings(outline: &str) -> Vec<Vec<(f64, f64)>> {
    let polygons = match outline.parse::<geojson::Geometry>().map(|g| g.value) {
        Ok(geojson::Value::Polygon(rings)) => vec![rings],
        Ok(geojson::Value::MultiPolygon(all)) => all,
        _ => Vec::new(),
    };
    let point = |position: &Vec<f64>| Some((*position.first()?, *position.get(1)?));
    polygons.iter().flatten().map(|ring| ring.iter().filter_map(point).collect()).collect()
}
