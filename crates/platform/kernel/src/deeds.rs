//! What people did in public under their own name: each module declares it, the directory filters by it and counts it.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use crate::{db, error::Result};

/// More people than this did it: the directory walks its own order and asks of each, instead of beginning with who did it.
/// At 100,000 people, one in fifty is found in the first few hundred.
pub const FEW: i64 = 2000;

/// Something people do, that they signed: what they wrote without a name, supported or followed is no deed.
#[derive(Debug, Clone, Copy)]
pub struct Deed {
    /// Its code in addresses.
    pub code: &'static str,
    /// Key of its words in the filter; `KEY-n` counts them, with the argument `n`.
    pub key: &'static str,
    /// The table, `d` in the condition.
    pub table: &'static str,
    /// The column that says whose it is.
    pub person: &'static str,
    /// Which rows, without parameters: an index that begins with the columns it fixes and ends with the person leads.
    pub when: &'static str,
}

impl Deed {
    /// SQL: whether the person of an expression did it, one probe of the index.
    #[must_use]
    pub fn by(&self, person: &str) -> String {
        format!("EXISTS (SELECT 1 FROM {} d WHERE {} AND d.{} = {person})", self.table, self.when, self.person)
    }

    /// SQL: the keys of all who did it.
    #[must_use]
    pub fn people(&self) -> String {
        format!("SELECT DISTINCT d.{} FROM {} d WHERE {}", self.person, self.table, self.when)
    }

    /// Whether few people did it: no more than [`FEW`].
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn is_rare(&self, c: &impl ConnectionTrait) -> Result<bool> {
        let sql = format!("SELECT count(*) FROM ({} LIMIT {}) AS found", self.people(), FEW + 1);
        Ok(db::count(c, &sql, vec![]).await? <= FEW)
    }

    /// How many times each of these people did it; who never did is left out.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn counts(&self, c: &impl ConnectionTrait, people: &[Uuid]) -> Result<HashMap<Uuid, i64>> {
        #[derive(FromQueryResult)]
        struct Row {
            person: Uuid,
            n: i64,
        }
        if people.is_empty() {
            return Ok(HashMap::new());
        }
        let sql = format!(
            "SELECT d.{0} AS person, count(*) AS n FROM {1} d WHERE {2} AND d.{0} IN ({3}) GROUP BY d.{0}",
            self.person,
            self.table,
            self.when,
            db::placeholders(1, people.len())
        );
        let rows: Vec<Row> = db::all(c, &sql, people.iter().map(|id| Value::from(*id)).collect()).await?;
        Ok(rows.into_iter().map(|r| (r.person, r.n)).collect())
    }
}
