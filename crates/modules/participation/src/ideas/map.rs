//! The map beside a list: outlines of the areas, and pins with the numbers of the list.

use parvis_kernel::{Ctx, Result};
use parvis_people::areas::{self, Area};
use parvis_ui::{
    SafeHtml,
    charts::{AreaShape, MapOptions, Pin, area_map},
};
use serde_json::Value;
use std::sync::Arc;

use super::Contribution;
use crate::caches::Caches;

/// The outlines of a GeoJSON geometry (`Polygon` or `MultiPolygon`); anything else has none.
#[must_use]
pub fn rings(geometry: &str) -> Vec<Vec<(f64, f64)>> {
    let Ok(value) = serde_json::from_str::<Value>(geometry) else { return Vec::new() };
    let Some(coordinates) = value.get("coordinates").and_then(Value::as_array) else { return Vec::new() };
    match value.get("type").and_then(Value::as_str) {
        Some("Polygon") => polygon(coordinates),
        Some("MultiPolygon") => coordinates.iter().filter_map(Value::as_array).flat_map(|p| polygon(p)).collect(),
        _ => Vec::new(),
    }
}

fn polygon(rings: &[Value]) -> Vec<Vec<(f64, f64)>> {
    let point = |p: &Value| Some((p.get(0)?.as_f64()?, p.get(1)?.as_f64()?));
    rings.iter().filter_map(Value::as_array).map(|ring| ring.iter().filter_map(point).collect()).collect()
}

fn shape(area: &Area) -> AreaShape {
    AreaShape { id: area.id.to_string(), name: area.name.clone(), rings: rings(&area.outline), ..AreaShape::default() }
}

/// The outlines of all areas, kept for seconds.
///
/// # Errors
/// When the database refuses.
pub async fn shapes(ctx: &Ctx, caches: &Caches) -> Result<Arc<Vec<AreaShape>>> {
    let make = async { Ok(areas::all(ctx.app.db.read()).await?.iter().map(shape).collect()) };
    caches.areas.get(ctx.now(), (), make).await
}

/// Where an idea stands on the map: its own point, else a place inside its area, apart from those before it.
fn place(idea: &Contribution, before: usize, shapes: &[AreaShape]) -> Option<(f64, f64)> {
    if let (Some(lon), Some(lat)) = (idea.lon, idea.lat) {
        return Some((lon, lat));
    }
    let id = idea.area_id?.to_string();
    let ring = shapes.iter().find(|s| s.id == id)?.rings.first()?;
    #[allow(clippy::cast_precision_loss, reason = "points of an outline, ideas of a page")]
    let (n, turn) = (ring.len() as f64, before as f64);
    let (x, y) = ring.iter().fold((0.0, 0.0), |(x, y), p| (x + p.0 / n, y + p.1 / n));
    let wide = ring.iter().map(|p| p.0).fold(f64::MIN, f64::max) - ring.iter().map(|p| p.0).fold(f64::MAX, f64::min);
    // Golden angle: a new pin never covers the one before.
    let (angle, far) = (turn * 2.4, wide * 0.09 * turn.sqrt());
    Some((x + far * angle.cos(), y + far * angle.sin() * 0.67))
}

/// The map of the ideas of a page, numbered as their list is, each pin leading to its line. Nothing without a place.
#[must_use]
pub fn map(ideas: &[(u32, &Contribution, String)], shapes: &[AreaShape], title: &str) -> SafeHtml {
    draw(ideas, shapes, title, true)
}

/// How many ideas of a page have no place on the map.
#[must_use]
pub fn placeless(ideas: &[(u32, &Contribution, String)], shapes: &[AreaShape]) -> usize {
    ideas.iter().filter(|(_, idea, _)| place(idea, 0, shapes).is_none()).count()
}

/// The place of one idea: there is no list to lead to.
#[must_use]
pub fn one(idea: &Contribution, shapes: &[AreaShape], title: &str) -> SafeHtml {
    draw(&[(1, idea, idea.heading())], shapes, title, false)
}

fn draw(ideas: &[(u32, &Contribution, String)], shapes: &[AreaShape], title: &str, linked: bool) -> SafeHtml {
    let mut inside: Vec<uuid::Uuid> = Vec::new();
    let pins: Vec<Pin> = ideas
        .iter()
        .filter_map(|(number, idea, label)| {
            let before = inside.iter().filter(|id| Some(**id) == idea.area_id).count();
            inside.extend(idea.area_id.filter(|_| idea.lon.is_none()));
            let (lon, lat) = place(idea, before, shapes)?;
            Some(Pin { number: *number, lon, lat, href: linked.then(|| format!("#i{number}")), label: label.clone() })
        })
        .collect();
    if pins.is_empty() {
        return SafeHtml::default();
    }
    area_map(shapes, &pins, &MapOptions { id: "carte-idees", title, desc: "", hidden_label: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlines_of_geojson() {
        assert_eq!(
            rings(r#"{"type":"Polygon","coordinates":[[[1,2],[3,4],[1,2]]]}"#),
            [[(1., 2.), (3., 4.), (1., 2.)]]
        );
        assert_eq!(rings(r#"{"type":"MultiPolygon","coordinates":[[[[1,2]]],[[[3,4]]]]}"#).len(), 2);
        for broken in ["", "{}", r#"{"type":"Polygon","coordinates":"x"}"#, r#"{"type":"Point","coordinates":[1,2]}"#] {
            assert!(rings(broken).is_empty(), "{broken}");
        }
    }
}
