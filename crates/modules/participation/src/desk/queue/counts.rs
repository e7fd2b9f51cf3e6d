//! How many wait, for each reason.

use chrono::{DateTime, TimeDelta, Utc};
use parvis_kernel::{
    Result,
    db::{self, Dialect},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::{Filter, Tab, Wait};
use crate::desk::{
    filter::{Where, readings},
    lots,
};

/// SQL: something was found in a text that waits.
pub(in crate::desk) const FOUND: &str = "(EXISTS (SELECT 1 FROM screening s WHERE s.contribution_id = c.id) \
     OR EXISTS (SELECT 1 FROM contact_text t WHERE t.contribution_id = c.id AND t.masked_at IS NULL))";

/// How many wait, by reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// To publish.
    pub publish: i64,
    /// Of those, how many because of what was found in them; counted by [`to_check`].
    pub check: i64,
    /// To answer.
    pub answer: i64,
    /// Reported.
    pub reported: i64,
}

impl Counts {
    /// All that waits.
    #[must_use]
    pub const fn all(&self) -> i64 {
        self.publish + self.answer + self.reported
    }

    /// What waits in a tab; nothing is counted of what is handled.
    #[must_use]
    pub const fn of(&self, tab: Tab) -> Option<i64> {
        match tab {
            Tab::All => Some(self.all()),
            Tab::Publish => Some(self.publish),
            Tab::Check => Some(self.check),
            Tab::Answer => Some(self.answer),
            Tab::Reported => Some(self.reported),
            Tab::Handled | Tab::Every => None,
        }
    }

    /// Notes how many wait for one reason, and in how many of them something was found.
    pub(in crate::desk) fn put(&mut self, wait: Wait, n: i64, found: i64) {
        match wait {
            Wait::Publish => (self.publish, self.check) = (n, found),
            Wait::Answer => self.answer = n,
            Wait::Reported => self.reported = n,
            Wait::Handled => {}
        }
    }
}

/// How many wait in these projects (`None` for all).
///
/// # Errors
/// When the database refuses.
pub async fn counts(c: &impl ConnectionTrait, scope: Option<&[Uuid]>) -> Result<Counts> {
    let dialect = Dialect::of(c.get_database_backend());
    let mut counts = Counts::default();
    for (wait, n) in [
        (Wait::Publish, &mut counts.publish),
        (Wait::Answer, &mut counts.answer),
        (Wait::Reported, &mut counts.reported),
    ] {
        let mut w = Where::waiting(wait, dialect);
        w.scope(scope);
        *n = db::count(c, &format!("SELECT count(*) FROM {}", w.from()), w.args).await?;
    }
    Ok(counts)
}

#[derive(Debug, FromQueryResult)]
struct Group {
    position: i64,
    n: i64,
    found: i64,
}

/// How many answer to a filter, by reason, `most` at the utmost. On SQLite what has the words to find is read once for all
/// reasons; otherwise each is counted by itself and counting stops at `most`: PostgreSQL finds its own way to the first.
///
/// # Errors
/// When the database refuses.
pub async fn matching(c: &impl ConnectionTrait, filter: &Filter, most: i64) -> Result<Counts> {
    let mut counts = Counts::default();
    let mut found = readings(c, filter, Tab::All).await?;
    let together = found.len() == 1 && Dialect::of(c.get_database_backend()) == Dialect::Sqlite;
    let Some(w) = found.pop().filter(|_| together) else {
        let of = async |tab| lots::store::count_matching(c, filter, tab, most).await;
        (counts.publish, counts.check) = (of(Tab::Publish).await?, of(Tab::Check).await?);
        (counts.answer, counts.reported) = (of(Tab::Answer).await?, of(Tab::Reported).await?);
        return Ok(counts);
    };
    let waits = w.waits();
    for group in groups(c, w).await? {
        if let Some(wait) = Wait::at(waits, group.position) {
            counts.put(wait, group.n.min(most), group.found.min(most));
        }
    }
    Ok(counts)
}

/// SQL: 1 for what waits to be published because of what was found in it, 0 for anything else.
pub(in crate::desk) fn checked() -> String {
    format!("CASE WHEN {} AND {FOUND} THEN 1 ELSE 0 END", Wait::Publish.sql())
}

/// How many of a reading wait for each reason, and in how many of them something was found.
async fn groups(c: &impl ConnectionTrait, w: Where) -> Result<Vec<Group>> {
    let found = checked();
    let sql = format!(
        "SELECT CAST(position AS BIGINT) AS position, count(*) AS n, CAST(sum(found) AS BIGINT) AS found \
         FROM (SELECT {} AS position, {found} AS found FROM {}) AS g GROUP BY position",
        w.position(),
        w.from()
    );
    db::all(c, &sql, w.args).await
}

/// Of the contributions to publish, how many wait because of what was found in them.
///
/// # Errors
/// When the database refuses.
pub async fn to_check(c: &impl ConnectionTrait, scope: Option<&[Uuid]>) -> Result<i64> {
    let mut w = Where::waiting(Wait::Publish, Dialect::of(c.get_database_backend()));
    w.scope(scope);
    db::count(c, &format!("SELECT count(*) FROM {} AND {FOUND}", w.from()), w.args).await
}

/// Of the ideas to answer, how many were written before the day they should have been answered by.
///
/// # Errors
/// When the database refuses.
pub async fn late(
    c: &impl ConnectionTrait,
    scope: Option<&[Uuid]>,
    answer_days: i64,
    now: DateTime<Utc>,
) -> Result<i64> {
    let mut w = Where::waiting(Wait::Answer, Dialect::of(c.get_database_backend()));
    w.scope(scope);
    let p = w.arg(now - TimeDelta::days(answer_days));
    db::count(c, &format!("SELECT count(*) FROM {} AND c.created_at < {p}", w.from()), w.args).await
}
