//! What stands before and after a contribution in the queue.

use chrono::{DateTime, Utc};
use parvis_kernel::{Result, db};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::{
    filter::{Filter, readings},
    queue::{Order, Tab, Wait, since_as},
};
use crate::ideas::Contribution;

/// A list of the queue: its tab, narrowed and ordered.
#[derive(Debug, Clone)]
pub struct List {
    /// What it is narrowed to.
    pub filter: Filter,
    /// Its tab; without one, what waits for the same reason as the contribution at hand.
    pub tab: Option<Tab>,
    /// Its order.
    pub order: Order,
}

#[derive(Debug, FromQueryResult)]
struct Beside {
    id: Uuid,
    number: i64,
    since: DateTime<Utc>,
    supports: i64,
}

/// The numbers before and after a contribution in a list: previous and next. One that was just decided on keeps its place
/// in the list it was read in.
///
/// # Errors
/// When the database refuses.
pub async fn neighbours(
    c: &impl ConnectionTrait,
    list: &List,
    of: &Contribution,
) -> Result<(Option<i64>, Option<i64>)> {
    let tab = match (list.tab, Wait::of(of)) {
        (Some(tab), _) => tab,
        (None, Wait::Publish) => Tab::Publish,
        (None, Wait::Answer) => Tab::Answer,
        (None, Wait::Reported) => Tab::Reported,
        (None, Wait::Handled) => return Ok((None, None)),
    };
    let wait = if let [only] = tab.waits() { *only } else { Wait::of(of) };
    let here = Beside { id: of.id, number: of.number, since: since_as(c, of, wait).await?, supports: of.supports };
    let falling = list.order != Order::Longest || tab.is_past();
    let before = beside(c, list, tab, &here, falling).await?;
    let after = beside(c, list, tab, &here, !falling).await?;
    Ok((before, after))
}

/// Where a contribution stands in a list, from 1, and how many the list holds.
///
/// # Errors
/// When the database refuses.
pub async fn position(c: &impl ConnectionTrait, list: &List, tab: Tab, of: &Contribution) -> Result<(i64, i64)> {
    #[derive(FromQueryResult)]
    struct Counted {
        above: i64,
        all_of_it: i64,
    }
    let wait = if let [only] = tab.waits() { *only } else { Wait::of(of) };
    let here = since_as(c, of, wait).await?;
    let supported = list.order == Order::Supported;
    let sign = if list.order != Order::Longest || tab.is_past() { ">" } else { "<" };
    let (mut above, mut all) = (0, 0);
    for mut w in readings(c, &list.filter, tab).await? {
        let key = if supported { "c.supports + c.brought".to_owned() } else { w.since() };
        let (p, id) = (if supported { w.arg(of.supports) } else { w.arg(here) }, w.arg(of.id));
        let sql = format!(
            "SELECT CAST(coalesce(sum(CASE WHEN {key} {sign} {p} OR ({key} = {p} AND c.id {sign} {id}) THEN 1 ELSE 0 END), 0) \
             AS BIGINT) AS above, count(*) AS all_of_it FROM {}",
            w.from()
        );
        if let Some(counted) = db::one::<Counted>(c, &sql, w.args).await? {
            above += counted.above;
            all += counted.all_of_it;
        }
    }
    Ok((above + 1, all))
}

/// The nearest of a list on one side of a place: above it, or below.
async fn beside(c: &impl ConnectionTrait, list: &List, tab: Tab, here: &Beside, above: bool) -> Result<Option<i64>> {
    let supported = list.order == Order::Supported;
    let (sign, way) = if above { (">", "ASC") } else { ("<", "DESC") };
    let mut found: Vec<Beside> = Vec::new();
    for mut w in readings(c, &list.filter, tab).await? {
        let since = w.since();
        let key = if supported { "c.supports + c.brought".to_owned() } else { since.clone() };
        let (p, id) = (if supported { w.arg(here.supports) } else { w.arg(here.since) }, w.arg(here.id));
        let sql = format!(
            "SELECT c.id, c.number, {since} AS since, c.supports + c.brought AS supports FROM {} \
             AND ({key} {sign} {p} OR ({key} = {p} AND c.id {sign} {id})) ORDER BY {key} {way}, c.id {way} LIMIT 1",
            w.from()
        );
        found.extend(db::all::<Beside>(c, &sql, w.args).await?);
    }
    found.sort_by(|a, b| {
        let by = if supported { a.supports.cmp(&b.supports) } else { a.since.cmp(&b.since) };
        by.then(a.id.cmp(&b.id))
    });
    Ok(if above { found.first() } else { found.last() }.map(|b| b.number))
}
