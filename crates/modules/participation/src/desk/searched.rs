//! All that waits and has the words to find: its page and its counts out of one reading.

use chrono::{DateTime, Utc};
use parvis_kernel::{
    Result,
    db::{self, Dialect},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::{
    filter::{Filter, readings},
    queue::{self, Counts, Key, Order, QueuePage, Tab, Wait},
};

/// A contribution of the page when it has a key, the counts of a reason when it has none.
#[derive(FromQueryResult)]
struct Row {
    id: Option<Uuid>,
    since: Option<DateTime<Utc>>,
    supports: i64,
    position: i64,
    n: i64,
    found: i64,
}

/// A page of all that waits and how much waits for each reason, `most` at the utmost, where SQLite reads everything that
/// has the words whatever is asked of it: once for both. `None` where the page and the counts are better read apart.
///
/// # Errors
/// When the database refuses.
pub async fn page(
    c: &impl ConnectionTrait,
    filter: &Filter,
    (order, limit, offset): (Order, i64, i64),
    most: i64,
) -> Result<Option<(QueuePage, Counts)>> {
    if Dialect::of(c.get_database_backend()) == Dialect::Postgres || filter.search.trim().is_empty() {
        return Ok(None);
    }
    let mut found = readings(c, filter, Tab::All).await?;
    let Some(mut w) = found.pop().filter(|_| found.is_empty()) else { return Ok(None) };
    let by = match order {
        Order::Supported => "supports DESC, id DESC",
        Order::Longest => "since, id",
        Order::Recent => "since DESC, id DESC",
    };
    let (since, position, checked, from) = (w.since(), w.position(), queue::checked(), w.from());
    let p = w.arg(limit + offset + 1);
    let sql = format!(
        "WITH found AS MATERIALIZED (SELECT c.id, {since} AS since, c.supports + c.brought AS supports, \
         {position} AS position, {checked} AS checked FROM {from}) \
         SELECT id, since, supports, position, 0 AS n, 0 AS found \
         FROM (SELECT id, since, supports, position FROM found ORDER BY {by} LIMIT {p}) AS page \
         UNION ALL SELECT NULL, NULL, 0, position, count(*), sum(checked) FROM found GROUP BY position"
    );
    let waits = w.waits();
    let (mut keys, mut counts) = (Vec::new(), Counts::default());
    for row in db::all::<Row>(c, &sql, w.args).await? {
        let Some(wait) = Wait::at(waits, row.position) else { continue };
        match row.id.zip(row.since) {
            Some((id, since)) => {
                keys.push((Key { id, since, supports: row.supports, position: row.position }, wait));
            }
            None => counts.put(wait, row.n.min(most), row.found.min(most)),
        }
    }
    Ok(Some((queue::cut(c, keys, limit, offset).await?, counts)))
}
