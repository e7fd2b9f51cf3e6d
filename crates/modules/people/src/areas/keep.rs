//! Areas of a file beside those that are known: what becomes of each, and the writing.

use parvis_kernel::{
    Result, args,
    context::Moment,
    db::{self, Tx},
};
use uuid::Uuid;

use super::{
    Area, Names,
    import::NewArea,
    undo::{self, Step},
};

/// What becomes of an area of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Becomes {
    /// No area is called so.
    Created,
    /// The area that is called so, however it is written, takes the new outline and inhabitants, and keeps its name.
    Updated(Uuid),
    /// The area that is called so is that already.
    Same(Uuid),
}

impl Becomes {
    /// The area that is there already.
    #[must_use]
    pub const fn known(self) -> Option<Uuid> {
        match self {
            Self::Created => None,
            Self::Updated(id) | Self::Same(id) => Some(id),
        }
    }
}

/// What becomes of each area of a file, beside those that are known.
#[must_use]
pub fn becomes(known: &[Area], new: &[NewArea]) -> Vec<Becomes> {
    let names: Vec<&str> = new.iter().map(|a| a.name.as_str()).collect();
    let heard = Names::of(known).each(&names);
    let one =
        |(new, heard): (&NewArea, super::Heard)| match heard.area().and_then(|id| known.iter().find(|a| a.id == id)) {
            None => Becomes::Created,
            Some(area) if area.is_as(&taken(area, new)) => Becomes::Same(area.id),
            Some(area) => Becomes::Updated(area.id),
        };
    new.iter().zip(heard).map(one).collect()
}

/// What a known area is once it took what a file says.
fn taken(area: &Area, new: &NewArea) -> Area {
    Area {
        population: new.population.or(area.population),
        lon: new.lon,
        lat: new.lat,
        outline: new.outline.clone(),
        ..area.clone()
    }
}

/// Keeps areas read from a file: a name already known gets the new outline, and its contributions stay. Says how many were
/// not there as they are. What they were before is kept too, as long as it can be put back.
///
/// # Errors
/// When the database refuses.
pub async fn keep(tx: &Tx, moment: &Moment, file: &str, areas: &[NewArea]) -> Result<usize> {
    let known = super::held(tx).await?;
    let first: i64 = db::count(tx, "SELECT COALESCE(max(position), 0) FROM area", vec![]).await?;
    let mut steps = Vec::new();
    for ((position, new), becomes) in (first + 1..).zip(areas).zip(becomes(&known, areas)) {
        match becomes {
            Becomes::Same(_) => {}
            Becomes::Updated(id) => {
                let Some(was) = known.iter().find(|a| a.id == id) else { continue };
                let now = taken(was, new);
                put(tx, &now).await?;
                steps.push(Step { was: Some(was.clone()), now });
            }
            Becomes::Created => {
                let now = Area {
                    id: moment.id(),
                    name: new.name.clone(),
                    population: new.population,
                    lon: new.lon,
                    lat: new.lat,
                    outline: new.outline.clone(),
                };
                // Somebody may have added it at this instant: theirs stays, under its key.
                let sql = "INSERT INTO area (id, name, population, lon, lat, outline, position) \
                           VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (name) DO UPDATE SET \
                           population = COALESCE(excluded.population, area.population), lon = excluded.lon, \
                           lat = excluded.lat, outline = excluded.outline RETURNING id";
                let values =
                    args![now.id, now.name.clone(), now.population, now.lon, now.lat, now.outline.clone(), position];
                let kept: Option<Uuid> = db::scalar(tx, sql, values).await?;
                if kept == Some(now.id) {
                    steps.push(Step { was: None, now });
                }
            }
        }
    }
    undo::record(tx, moment, file, &steps).await?;
    Ok(steps.len())
}

/// Gives an area its place and inhabitants.
pub(super) async fn put(tx: &Tx, area: &Area) -> Result<()> {
    let sql = "UPDATE area SET population = $2, lon = $3, lat = $4, outline = $5 WHERE id = $1";
    db::run(tx, sql, args![area.id, area.population, area.lon, area.lat, area.outline.clone()]).await?;
    Ok(())
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
            (known("Centre", Some(12), outline), Becomes::Same(id)),
            (known("CENTRE", Some(12), outline), Becomes::Same(id)),
            (known("Quartier du céntre", Some(12), outline), Becomes::Same(id)),
            (known("centre", Some(13), outline), Becomes::Updated(id)),
            (known("Centre", Some(12), "{}"), Becomes::Updated(id)),
        ] {
            assert_eq!(becomes(std::slice::from_ref(&area), std::slice::from_ref(&new)), [expected], "{area:?}");
        }
        let silent = NewArea { population: None, ..new.clone() };
        let area = known("Centre", Some(13), outline);
        assert_eq!(becomes(&[area], &[silent]), [Becomes::Same(id)], "nothing is said of it");
    }
}
