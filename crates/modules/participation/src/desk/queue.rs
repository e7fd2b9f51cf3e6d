//! The queue: what waits to be published, answered or settled, and what is handled.

mod counts;
mod tab;
mod wait;

use chrono::{DateTime, Utc};
use parvis_kernel::{
    Result, args,
    db::{self, Dialect},
};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

pub(super) use self::counts::{FOUND, checked};
pub use self::{
    counts::{Counts, counts, late, matching, to_check},
    tab::{Order, Tab},
    wait::Wait,
};
pub use super::filter::{Assigned, Filter};
use super::filter::{Where, everything, readings};
use crate::ideas::{Contribution, store::COLUMNS};

/// Contributions on one page of the queue.
pub const PER_PAGE: i64 = 20;

/// A contribution of the queue, with since when it waits.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// The contribution.
    pub c: Contribution,
    /// Why it is here.
    pub wait: Wait,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// A page of the queue.
#[derive(Debug, Clone)]
pub struct QueuePage {
    /// Its lines.
    pub lines: Vec<Waiting>,
    /// Whether another page follows.
    pub more: bool,
}

#[derive(Debug, Clone, FromQueryResult)]
pub(super) struct Key {
    pub id: Uuid,
    pub since: DateTime<Utc>,
    pub supports: i64,
    pub position: i64,
}

/// One page of a queue. Each reason is read in its own order through its own index, then they are merged.
///
/// # Errors
/// When the database refuses.
pub async fn page(
    c: &impl ConnectionTrait,
    filter: &Filter,
    tab: Tab,
    order: Order,
    limit: i64,
    offset: i64,
) -> Result<QueuePage> {
    let mut keys: Vec<(Key, Wait)> = Vec::new();
    for reading in readings(c, filter, tab).await? {
        let waits = reading.waits();
        let rows = keys_of(c, reading, tab, order, limit + offset + 1).await?;
        keys.extend(rows.into_iter().filter_map(|k| Wait::at(waits, k.position).map(|wait| (k, wait))));
    }
    let newest_first = order == Order::Recent || tab.is_past();
    keys.sort_by(|(a, _), (b, _)| match order {
        Order::Supported => b.supports.cmp(&a.supports).then(b.id.cmp(&a.id)),
        _ if newest_first => b.since.cmp(&a.since).then(b.id.cmp(&a.id)),
        _ => a.since.cmp(&b.since).then(a.id.cmp(&b.id)),
    });
    cut(c, keys, limit, offset).await
}

/// A page out of the keys of what comes before it, of itself, and of one more.
pub(super) async fn cut(
    c: &impl ConnectionTrait,
    keys: Vec<(Key, Wait)>,
    limit: i64,
    offset: i64,
) -> Result<QueuePage> {
    let (skip, take) = (usize::try_from(offset).unwrap_or(0), usize::try_from(limit).unwrap_or(20));
    let more = keys.len() > skip + take;
    let wanted: Vec<(Key, Wait)> = keys.into_iter().skip(skip).take(take).collect();
    Ok(QueuePage { lines: filled(c, wanted).await?, more })
}

async fn keys_of(c: &impl ConnectionTrait, mut w: Where, tab: Tab, order: Order, limit: i64) -> Result<Vec<Key>> {
    let (since, position) = (w.since(), w.position());
    let by = match order {
        Order::Supported => "c.supports + c.brought DESC, c.id DESC".to_owned(),
        Order::Longest if !tab.is_past() => format!("{since}, c.id"),
        Order::Longest | Order::Recent => format!("{since} DESC, c.id DESC"),
    };
    let p = w.arg(limit);
    let sql = format!(
        "SELECT c.id, {since} AS since, c.supports + c.brought AS supports, CAST({position} AS BIGINT) AS position \
         FROM {} ORDER BY {by} LIMIT {p}",
        w.from()
    );
    db::all(c, &sql, w.args).await
}

async fn filled(c: &impl ConnectionTrait, wanted: Vec<(Key, Wait)>) -> Result<Vec<Waiting>> {
    let ids: Vec<Uuid> = wanted.iter().map(|(k, _)| k.id).collect();
    let mut rows: std::collections::HashMap<Uuid, Contribution> =
        by_ids(c, &ids).await?.into_iter().map(|row| (row.id, row)).collect();
    Ok(wanted
        .into_iter()
        .filter_map(|(k, wait)| rows.remove(&k.id).map(|c| Waiting { c, wait, since: k.since }))
        .collect())
}

/// Contributions by key, in no order.
///
/// # Errors
/// When the database refuses.
pub async fn by_ids(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Contribution>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!("SELECT {COLUMNS} FROM contribution c WHERE c.id IN ({})", db::placeholders(1, ids.len()));
    db::all(c, &sql, ids.iter().map(|id| Value::from(*id)).collect()).await
}

/// Contributions by number, in no order.
///
/// # Errors
/// When the database refuses.
pub async fn by_numbers(c: &impl ConnectionTrait, numbers: &[i64]) -> Result<Vec<Contribution>> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let list = db::placeholders(1, numbers.len());
    let sql = format!("SELECT {COLUMNS} FROM contribution c WHERE c.number IN ({list})");
    db::all(c, &sql, numbers.iter().map(|n| Value::from(*n)).collect()).await
}

/// The numbers of all that match, in their order: of one queue, or of all texts. Read at once, so that a file made from
/// them holds what was there at one instant.
///
/// # Errors
/// When the database refuses.
pub async fn numbers(
    c: &impl ConnectionTrait,
    filter: &Filter,
    tab: Option<Tab>,
    kind: &'static str,
) -> Result<Vec<i64>> {
    let dialect = Dialect::of(c.get_database_backend());
    let narrowed = match tab {
        None => vec![everything(filter, dialect)],
        Some(tab) => readings(c, filter, tab).await?,
    };
    let mut found = Vec::new();
    for mut w in narrowed {
        let p = w.arg(kind);
        let sql = format!("SELECT c.number FROM {} AND c.kind = {p}", w.from());
        found.extend(db::column::<i64>(c, &sql, w.args).await?);
    }
    found.sort_unstable();
    Ok(found)
}

/// Since when this contribution waits: its first open report, its publication, or its arrival.
///
/// # Errors
/// When the database refuses.
pub async fn since(c: &impl ConnectionTrait, of: &Contribution) -> Result<DateTime<Utc>> {
    since_as(c, of, Wait::of(of)).await
}

pub(super) async fn since_as(c: &impl ConnectionTrait, of: &Contribution, wait: Wait) -> Result<DateTime<Utc>> {
    let sql = format!("SELECT {} FROM contribution c WHERE c.id = $1", wait.since());
    let at: Option<Option<DateTime<Utc>>> = db::scalar(c, &sql, args![of.id]).await?;
    Ok(at.flatten().unwrap_or(of.created_at))
}

/// The theme words in use in these projects, in alphabetical order, for the desk's choices. Steps from word to word
/// through the index, whatever the number of ideas.
///
/// # Errors
/// When the database refuses.
pub async fn tags(c: &impl ConnectionTrait, projects: &[Uuid]) -> Result<Vec<String>> {
    if projects.is_empty() {
        return Ok(Vec::new());
    }
    let next = "SELECT min(c.tag) FROM contribution c WHERE c.kind = 'idea' AND c.visible = TRUE AND c.project_id =";
    let sql = format!(
        "WITH RECURSIVE t (project, tag) AS (SELECT p.id, ({next} p.id AND c.tag > '') FROM project p WHERE p.id IN ({}) \
         UNION ALL SELECT t.project, ({next} t.project AND c.tag > t.tag) FROM t WHERE t.tag IS NOT NULL) \
         SELECT DISTINCT tag FROM t WHERE tag IS NOT NULL ORDER BY tag",
        db::placeholders(1, projects.len())
    );
    db::column(c, &sql, projects.iter().map(|id| Value::from(*id)).collect()).await
}
