//! Census margins: how many people live in the town or its IRIS, by sex and age. Kept to weight answers by later, shown as they are.

mod pages;
pub mod read;
mod total;
mod trial;

use parvis_kernel::{
    Result, args,
    context::Moment,
    db::{self, Tx},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::{Deserialize, Serialize};

pub use pages::routes;
pub use read::MarginProblem;

/// Signs of the code of a commune; an IRIS has more.
const COMMUNE: usize = 5;

/// How many people of a sex and an age live in a place.
#[derive(Debug, Clone, PartialEq, FromQueryResult, Serialize, Deserialize)]
pub struct Margin {
    /// Code of INSEE.
    pub place: String,
    /// Its name, or its code again.
    pub place_name: String,
    /// `women` or `men`.
    pub sex: String,
    /// Youngest age, included.
    pub age_from: i64,
    /// Oldest age, included; none for the oldest people.
    pub age_to: Option<i64>,
    /// An estimate: not a whole number.
    pub people: f64,
}

/// A place that has margins.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Place {
    /// Code of INSEE.
    pub place: String,
    /// Its name.
    pub place_name: String,
    /// The file they come from.
    pub source: String,
    /// Everybody.
    pub people: f64,
}

/// The margins of a place, youngest first.
///
/// # Errors
/// When the database refuses.
pub async fn of_place(c: &impl ConnectionTrait, place: &str) -> Result<Vec<Margin>> {
    let sql = "SELECT place, place_name, sex, age_from, age_to, people FROM census_margin WHERE place = $1 ORDER BY age_from, sex";
    db::all(c, sql, args![place]).await
}

/// The places that have margins.
///
/// # Errors
/// When the database refuses.
pub async fn places(c: &impl ConnectionTrait) -> Result<Vec<Place>> {
    let sql = "SELECT place, max(place_name) AS place_name, max(source) AS source, sum(people) AS people FROM census_margin \
               GROUP BY place ORDER BY length(place), place";
    db::all(c, sql, vec![]).await
}

/// How many places have margins.
///
/// # Errors
/// When the database refuses.
pub async fn count(c: &impl ConnectionTrait) -> Result<i64> {
    db::count(c, "SELECT count(DISTINCT place) FROM census_margin", vec![]).await
}

/// The margins of the whole town.
#[derive(Debug, Clone, PartialEq)]
pub struct TownMargins {
    /// The file they come from.
    pub source: String,
    /// A line for each place, sex and age.
    pub margins: Vec<Margin>,
}

/// The margins of the town: those of the commune with this code, else those of all its IRIS together. An instance without a
/// commune takes the only one there is. None when nothing about it was imported.
///
/// # Errors
/// When the database refuses.
pub async fn of_town(c: &impl ConnectionTrait, commune: &str) -> Result<Option<TownMargins>> {
    let places = places(c).await?;
    let chosen = of_commune(&places, commune);
    let Some(source) = chosen.first().map(|p| p.source.clone()) else { return Ok(None) };
    let list = db::placeholders(1, chosen.len());
    let sql = format!(
        "SELECT place, place_name, sex, age_from, age_to, people FROM census_margin WHERE place IN ({list}) \
         ORDER BY place, age_from, sex"
    );
    let args = chosen.iter().map(|p| p.place.clone().into()).collect();
    Ok(Some(TownMargins { source, margins: db::all(c, &sql, args).await? }))
}

/// The places that make up the commune.
fn of_commune<'a>(places: &'a [Place], commune: &str) -> Vec<&'a Place> {
    let communes: Vec<&Place> = places.iter().filter(|p| p.place.len() == COMMUNE).collect();
    match communes.as_slice() {
        [only] if commune.is_empty() => return vec![*only],
        known => {
            if let Some(own) = known.iter().find(|p| p.place == commune) {
                return vec![*own];
            }
        }
    }
    let within = |p: &&Place| !commune.is_empty() && p.place.len() > COMMUNE && p.place.starts_with(commune);
    places.iter().filter(within).collect()
}

/// Keeps margins: those of the same places are replaced.
///
/// # Errors
/// When the database refuses.
pub async fn keep(tx: &Tx, moment: &Moment, source: &str, margins: &[Margin]) -> Result<()> {
    let mut before = "";
    for m in margins {
        if m.place != before {
            db::run(tx, "DELETE FROM census_margin WHERE place = $1", args![m.place.clone()]).await?;
            before = &m.place;
        }
        let sql = "INSERT INTO census_margin (place, place_name, sex, age_from, age_to, people, source, imported_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let args = args![
            m.place.clone(),
            m.place_name.clone(),
            m.sex.clone(),
            m.age_from,
            m.age_to,
            m.people,
            source,
            moment.now
        ];
        db::run(tx, sql, args).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_town_is_its_commune_else_its_iris() {
        let place =
            |code: &str| Place { place: code.into(), place_name: String::new(), source: "f".into(), people: 1.0 };
        let all = ["01004", "72181", "010040101", "010040102", "721810101"].map(place);
        let of = |places: &[Place], code: &str| {
            of_commune(places, code).into_iter().map(|p| p.place.clone()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(of(&all, "01004"), "01004", "nobody is counted twice");
        assert_eq!(of(&all[1..], "01004"), "010040101 010040102");
        assert_eq!(of(&all, ""), "", "which of two communes nobody knows");
        assert_eq!(of(&all[1..2], ""), "72181");
        assert_eq!(of(&all[2..], ""), "");
        assert_eq!(of(&all, "99999"), "");
        assert_eq!(of(&[], "01004"), "");
    }
}
