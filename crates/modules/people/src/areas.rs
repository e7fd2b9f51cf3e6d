//! Areas of the town, with their outlines.

use std::collections::HashMap;

use parvis_kernel::{Result, args, db};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

/// An area of the town.
#[derive(Debug, Clone, FromQueryResult)]
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

/// All areas, in the team's order.
///
/// # Errors
/// When the database refuses.
pub async fn all(c: &impl ConnectionTrait) -> Result<Vec<Area>> {
    db::all(c, "SELECT id, name, population, lon, lat, outline FROM area ORDER BY position, name", vec![]).await
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
    db::scalar(c, "SELECT id FROM area WHERE lower(name) = lower($1)", args![name.trim()]).await
}
