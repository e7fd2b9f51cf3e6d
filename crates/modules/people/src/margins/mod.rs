//! Census margins: how many people live in the town or its IRIS, by sex and age. Kept to weight answers by later, shown as they are.

mod pages;
pub mod read;

use parvis_kernel::{
    Result, args,
    context::Moment,
    db::{self, Tx},
};
use sea_orm::{ConnectionTrait, FromQueryResult};

pub use pages::routes;
pub use read::MarginProblem;

/// How many people of a sex and an age live in a place.
#[derive(Debug, Clone, PartialEq, FromQueryResult)]
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
