//! Areas of a file beside those that are known: what becomes of each, and the writing.

use parvis_kernel::{
    args,
    context::Moment,
    db::{self, Tx},
};
use uuid::Uuid;

use super::{Area, import::NewArea};

/// What becomes of an area of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Becomes {
    /// No area is called so.
    Created,
    /// The area that is called so, whatever its capitals, takes the new outline and inhabitants.
    Updated(Uuid),
    /// The area that is called so is that already.
    Same,
}

/// What becomes of an area of a file, beside those that are known.
#[must_use]
pub fn becomes(known: &[Area], new: &NewArea) -> Becomes {
    let name = new.name.to_lowercase();
    let Some(area) = known.iter().find(|a| a.name == new.name).or(known.iter().find(|a| a.name.to_lowercase() == name))
    else {
        return Becomes::Created;
    };
    let near = |a: f64, b: f64| (a - b).abs() < 1e-9;
    let same = area.outline == new.outline
        && near(area.lon, new.lon)
        && near(area.lat, new.lat)
        && new.population.is_none_or(|n| area.population == Some(n));
    if same { Becomes::Same } else { Becomes::Updated(area.id) }
}

/// Keeps areas read from a file: a name already known gets the new outline, and its contributions stay. Says how many were
/// not there as they are.
///
/// # Errors
/// When the database refuses.
pub async fn keep(tx: &Tx, moment: &Moment, areas: &[NewArea]) -> parvis_kernel::Result<usize> {
    let known = super::all(tx).await?;
    let first: i64 = db::count(tx, "SELECT COALESCE(max(position), 0) FROM area", vec![]).await?;
    let mut changed = 0;
    for (position, area) in (first + 1..).zip(areas) {
        let values = args![area.population, area.lon, area.lat, area.outline.clone()];
        match becomes(&known, area) {
            Becomes::Same => continue,
            Becomes::Updated(id) => {
                let sql = "UPDATE area SET population = COALESCE($1, population), lon = $2, lat = $3, outline = $4 WHERE id = $5";
                db::run(tx, sql, [values, args![id]].concat()).await?;
            }
            Becomes::Created => {
                // Somebody may have added it at this instant.
                let sql = "INSERT INTO area (population, lon, lat, outline, id, name, position) \
                           VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (name) DO UPDATE SET \
                           population = COALESCE(excluded.population, area.population), lon = excluded.lon, \
                           lat = excluded.lat, outline = excluded.outline";
                db::run(tx, sql, [values, args![moment.id(), area.name.clone(), position]].concat()).await?;
            }
        }
        changed += 1;
    }
    Ok(changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_area_becomes() {
        let new =
            NewArea { name: "Centre".into(), population: Some(12), lon: 0.005, lat: 47.005, outline: "outline".into() };
        let id = Uuid::from_u128(1);
        let known = |name: &str, population, outline: &str| Area {
            id,
            name: name.to_owned(),
            population,
            lon: new.lon,
            lat: new.lat,
            outline: outline.to_owned(),
        };
        let outline = new.outline.as_str();
        for (area, expected) in [
            (known("Gare", Some(12), outline), Becomes::Created),
            (known("Centre", Some(12), outline), Becomes::Same),
            (known("CENTRE", Some(12), outline), Becomes::Same),
            (known("centre", Some(13), outline), Becomes::Updated(id)),
            (known("Centre", Some(12), "{}"), Becomes::Updated(id)),
        ] {
            assert_eq!(becomes(std::slice::from_ref(&area), &new), expected, "{area:?}");
        }
        let silent = NewArea { population: None, ..new.clone() };
        assert_eq!(becomes(&[known("Centre", Some(13), outline)], &silent), Becomes::Same, "nothing is said of it");
    }
}
