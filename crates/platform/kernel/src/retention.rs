//! How long things are kept: each module declares the periods of its own, the instance runs them each day.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, Value};
use serde::Deserialize;

use crate::{
    args,
    db::{self, Tx},
    error::{Error, Result},
    settings,
};

/// What becomes of a row whose time is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goes {
    /// It goes.
    Row,
    /// It stays, emptied of these columns.
    Emptied(&'static str),
    /// It stays as it is, and a job of its module writes down that its time is over.
    Noted,
}

/// Something that is kept for a time, then goes by itself.
#[derive(Debug, Clone, Copy)]
pub struct Retention {
    /// Its code, the same forever: the team's choice is kept under it.
    pub code: &'static str,
    /// Key of its title; `KEY-why` says what it serves for and what goes.
    pub key: &'static str,
    /// Days it is kept when the team chose nothing.
    pub days: i64,
    /// Fewest days: less would break what it serves for.
    pub least: i64,
    /// Most days: more would be hard to justify.
    pub most: i64,
    /// Its table.
    pub table: &'static str,
    /// What becomes of the row.
    pub goes: Goes,
    /// Which rows, where `$1` is the time before which they go and `$2`, if it is there, the present.
    pub when: &'static str,
}

impl Retention {
    /// Days it is kept where the team chose these: code, days.
    #[must_use]
    pub fn chosen(&self, days: &BTreeMap<String, i64>) -> i64 {
        days.get(self.code).copied().unwrap_or(self.days).clamp(self.least, self.most)
    }

    fn args(&self, before: DateTime<Utc>, now: DateTime<Utc>) -> Vec<Value> {
        if self.when.contains("$2") { args![before, now] } else { args![before] }
    }
}

/// Where what the team chose about keeping stands among the settings.
pub const SETTING: &str = "keeping";

/// Days that a thing is kept now, as the team chose.
///
/// # Errors
/// When the database refuses.
pub async fn days(c: &impl ConnectionTrait, of: &Retention) -> Result<i64> {
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Plan {
        days: BTreeMap<String, i64>,
    }
    let text = settings::value(c, SETTING).await?;
    let plan: Plan = text.map_or_else(|| Ok(Plan::default()), |t| serde_json::from_str(&t)).map_err(Error::other)?;
    Ok(of.chosen(&plan.days))
}

/// How many rows would go.
///
/// # Errors
/// When the database refuses.
pub async fn due(c: &impl ConnectionTrait, of: &Retention, before: DateTime<Utc>, now: DateTime<Utc>) -> Result<i64> {
    db::count(c, &format!("SELECT count(*) FROM {} WHERE {}", of.table, of.when), of.args(before, now)).await
}

/// Lets them go, and says how many; none of what a module writes down itself.
///
/// # Errors
/// When the database refuses.
pub async fn sweep(tx: &Tx, of: &Retention, before: DateTime<Utc>, now: DateTime<Utc>) -> Result<u64> {
    let what = match of.goes {
        Goes::Emptied(set) => format!("UPDATE {} SET {set}", of.table),
        Goes::Row => format!("DELETE FROM {}", of.table),
        Goes::Noted => return Ok(0),
    };
    db::run(tx, &format!("{what} WHERE {}", of.when), of.args(before, now)).await
}
