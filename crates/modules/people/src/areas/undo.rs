//! An import of areas taken back: those that the file made go, those that it changed have their outline and inhabitants of before,
//! unless somebody changed them since. One row keeps both, and goes with it.

use chrono::{DateTime, Utc};
use parvis_kernel::{
    Error, Result, args,
    context::Moment,
    db::{self, Tx},
    retention::{Goes, Retention},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Area, keep};

/// How long an import can be taken back.
pub const PERIOD: Retention = Retention {
    code: "quartiers",
    key: "keep-areas",
    days: 30,
    least: 1,
    most: 365,
    table: "area_import",
    goes: Goes::Row,
    when: "at < $1",
};
/// What the journal notes.
pub const ACTIVITY: &str = "area.import_undone";
/// Imports that the page of areas shows.
const SHOWN: i64 = 5;

/// What a file made of an area.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Step {
    /// What it was; nothing where the file made it.
    pub was: Option<Area>,
    /// What the file made of it.
    pub now: Area,
}

/// An import that can be taken back.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Kept {
    /// Key.
    pub id: Uuid,
    /// The file.
    pub file_name: String,
    /// When it was taken.
    pub at: DateTime<Utc>,
    /// Areas that it made.
    pub created: i64,
    /// Areas that it changed.
    pub updated: i64,
}

/// What taking back does with one area.
#[derive(Debug, Clone, PartialEq)]
pub enum Undo {
    /// It goes.
    Goes(Uuid),
    /// It is again as it was.
    Back(Area),
    /// It stays: its name, and why.
    Stays(String, &'static str),
}

/// Keeps what a file made of areas, in its transaction; one that made nothing is none.
///
/// # Errors
/// When the database refuses.
pub(super) async fn record(tx: &Tx, moment: &Moment, file: &str, steps: &[Step]) -> Result<()> {
    if steps.is_empty() {
        return Ok(());
    }
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let created = count(steps.iter().filter(|s| s.was.is_none()).count());
    let text = serde_json::to_string(steps).map_err(Error::other)?;
    let sql = "INSERT INTO area_import (id, file_name, at, created, updated, steps) VALUES ($1, $2, $3, $4, $5, $6)";
    let args = args![moment.id(), file, moment.now, created, count(steps.len()) - created, text];
    db::run(tx, sql, args).await?;
    Ok(())
}

const COLUMNS: &str = "SELECT id, file_name, at, created, updated FROM area_import";

/// The last imports, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn last(c: &impl ConnectionTrait) -> Result<Vec<Kept>> {
    db::all(c, &format!("{COLUMNS} ORDER BY at DESC, id DESC LIMIT {SHOWN}"), vec![]).await
}

/// An import, and what it made of areas.
///
/// # Errors
/// When the database refuses.
pub async fn find(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<(Kept, Vec<Step>)>> {
    let Some(kept) = db::one::<Kept>(c, &format!("{COLUMNS} WHERE id = $1"), args![id]).await? else { return Ok(None) };
    let text: Option<String> = db::scalar(c, "SELECT steps FROM area_import WHERE id = $1", args![id]).await?;
    text.map(|text| Ok((kept, serde_json::from_str(&text).map_err(Error::other)?))).transpose()
}

/// What taking back would do with each area, as they are now.
#[must_use]
pub fn judge(known: &[Area], steps: Vec<Step>) -> Vec<Undo> {
    let one = |Step { was, now }| {
        let Some(area) = known.iter().find(|a| a.id == now.id) else { return Undo::Stays(now.name, "gone") };
        // A name that the file gave is its own; one that was there before is the team's.
        let changed = !area.is_as(&now) || was.is_none() && area.name != now.name;
        match was {
            _ if changed => Undo::Stays(area.name.clone(), "changed"),
            None => Undo::Goes(area.id),
            Some(was) => Undo::Back(was),
        }
    };
    steps.into_iter().map(one).collect()
}

/// Takes an import back, once: how many areas went or are as before; nothing when it was taken back meanwhile, or is past.
///
/// # Errors
/// When the database refuses.
pub async fn take_back(tx: &Tx, id: Uuid) -> Result<Option<usize>> {
    // Whoever deletes the row has it: a second press waits, and finds none.
    let sql = "DELETE FROM area_import WHERE id = $1 RETURNING steps";
    let Some(text) = db::scalar::<String>(tx, sql, args![id]).await? else { return Ok(None) };
    let steps: Vec<Step> = serde_json::from_str(&text).map_err(Error::other)?;
    let mut done = 0;
    for undo in judge(&super::held(tx).await?, steps) {
        match undo {
            Undo::Goes(id) => super::remove(tx, id).await?,
            Undo::Back(was) => keep::put(tx, &was).await?,
            Undo::Stays(..) => continue,
        }
        done += 1;
    }
    Ok(Some(done))
}

/// How many people chose one of these areas.
///
/// # Errors
/// When the database refuses.
pub async fn chosen(c: &impl ConnectionTrait, areas: &[Uuid]) -> Result<i64> {
    if areas.is_empty() {
        return Ok(0);
    }
    let sql = format!("SELECT count(*) FROM person WHERE area_id IN ({})", db::placeholders(1, areas.len()));
    db::count(c, &sql, areas.iter().map(|id| (*id).into()).collect()).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_changed_since_stays() {
        let area = |n: u128, name: &str, outline: &str| Area {
            id: Uuid::from_u128(n),
            name: name.into(),
            population: Some(12),
            lon: 0.1,
            lat: 47.3,
            outline: outline.into(),
        };
        let steps = vec![
            Step { was: None, now: area(1, "Gare", "a") },
            Step { was: None, now: area(2, "Îles", "a") },
            Step { was: Some(area(3, "Centre", "a")), now: area(3, "Centre", "b") },
            Step { was: Some(area(4, "Prés", "a")), now: area(4, "Prés", "b") },
            Step { was: None, now: area(5, "Loin", "a") },
        ];
        // One renamed after it was made, one renamed after it was changed, one drawn anew, one taken away.
        let known = [area(1, "Gare", "a"), area(2, "Les Îles", "a"), area(3, "Le Centre", "b"), area(4, "Prés", "c")];
        let expected = [
            Undo::Goes(Uuid::from_u128(1)),
            Undo::Stays("Les Îles".into(), "changed"),
            Undo::Back(area(3, "Centre", "a")),
            Undo::Stays("Prés".into(), "changed"),
            Undo::Stays("Loin".into(), "gone"),
        ];
        assert_eq!(judge(&known, steps), expected);
    }
}
