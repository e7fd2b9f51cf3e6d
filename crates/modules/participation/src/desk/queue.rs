//! The queue: what waits to be published, answered or settled, and what is handled.

use chrono::{DateTime, TimeDelta, Utc};
use parvis_kernel::{
    Result, args,
    db::{self, Dialect},
};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

pub use super::filter::{Assigned, Filter};
use super::{
    filter::{Where, everything, readings},
    lots,
};
use crate::ideas::{Contribution, Status, store::COLUMNS};

/// Contributions on one page of the queue.
pub const PER_PAGE: i64 = 20;

/// Why a contribution is in the queue. Each is in one of them at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// To be read before it is shown.
    Publish,
    /// Online, and not answered.
    Answer,
    /// Reported, hidden or not; or refused or hidden, and its author replied.
    Reported,
    /// Nothing waits.
    Handled,
}

impl Wait {
    /// This reason alone, as a list.
    pub(super) const fn alone(self) -> &'static [Self] {
        match self {
            Self::Publish => &[Self::Publish],
            Self::Answer => &[Self::Answer],
            Self::Reported => &[Self::Reported],
            Self::Handled => &[Self::Handled],
        }
    }

    /// The one of these at a position that [`Where::position`] told.
    pub(super) fn at(waits: &[Self], position: i64) -> Option<Self> {
        usize::try_from(position).ok().and_then(|at| waits.get(at).copied())
    }

    // The words of the partial indexes of migrations 0002 and 0161, so that counts read the index alone.
    pub(crate) const fn sql(self) -> &'static str {
        match self {
            Self::Publish => "c.status = 'prescreening' AND NOT c.withdrawn",
            Self::Reported => "(c.reports > 0 OR c.appeal) AND c.status <> 'prescreening' AND NOT c.withdrawn",
            Self::Answer => {
                "c.kind = 'idea' AND c.visible AND c.answered_at IS NULL AND c.reports = 0 AND c.origin <> 'import' \
                 AND c.status IN ('proposed', 'under_consideration')"
            }
            Self::Handled => {
                "(c.withdrawn OR (c.status <> 'prescreening' AND c.reports = 0 AND NOT c.appeal AND NOT (c.kind = 'idea' AND c.visible \
                 AND c.answered_at IS NULL AND c.origin <> 'import' AND c.status IN ('proposed', 'under_consideration'))))"
            }
        }
    }

    /// The table of what waits for this reason. Without statistics SQLite prefers a wider index than the reason's own.
    pub(super) const fn table(self, dialect: Dialect) -> &'static str {
        match (dialect, self) {
            (Dialect::Sqlite, Self::Publish) => "contribution c INDEXED BY contribution_arrived",
            (Dialect::Sqlite, Self::Reported) => "contribution c INDEXED BY contribution_reported",
            (Dialect::Sqlite, Self::Answer) => "contribution c INDEXED BY contribution_to_answer",
            _ => "contribution c",
        }
    }

    pub(super) const fn since(self) -> &'static str {
        match self {
            // What a file brought was written years ago, and could not be read before.
            Self::Publish => "coalesce(c.arrived_at, c.created_at)",
            Self::Handled => "c.created_at",
            Self::Answer => "c.published_at",
            Self::Reported => {
                "coalesce((SELECT min(r.at) FROM report r WHERE r.contribution_id = c.id AND r.settled_at IS NULL), \
                 (SELECT a.at FROM author_reply a WHERE a.contribution_id = c.id AND a.decided_at IS NULL), c.created_at)"
            }
        }
    }

    /// Why this contribution is in the queue.
    #[must_use]
    pub fn of(c: &Contribution) -> Self {
        let unanswered = c.kind == "idea" && c.visible && c.answered_at.is_none() && c.origin != "import";
        match c.status() {
            _ if c.withdrawn => Self::Handled,
            Status::Prescreening => Self::Publish,
            _ if c.reports > 0 || c.appeal => Self::Reported,
            Status::Proposed | Status::UnderConsideration if unanswered => Self::Answer,
            _ => Self::Handled,
        }
    }
}

/// The queues that the page offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tab {
    /// All that waits.
    #[default]
    All,
    /// To publish.
    Publish,
    /// Of those to publish, what waits because of what was found in it.
    Check,
    /// To answer.
    Answer,
    /// Reported.
    Reported,
    /// Handled.
    Handled,
    /// Those that wait and those that are handled.
    Every,
}

/// SQL: something was found in a text that waits.
pub(super) const FOUND: &str = "(EXISTS (SELECT 1 FROM screening s WHERE s.contribution_id = c.id) \
     OR EXISTS (SELECT 1 FROM contact_text t WHERE t.contribution_id = c.id AND t.masked_at IS NULL))";

impl Tab {
    /// All of them, in order.
    pub const ALL: [Self; 7] =
        [Self::All, Self::Publish, Self::Check, Self::Answer, Self::Reported, Self::Handled, Self::Every];

    /// The code in addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::All => "tout",
            Self::Publish => "a-publier",
            Self::Check => "a-verifier",
            Self::Answer => "a-repondre",
            Self::Reported => "signalees",
            Self::Handled => "traitees",
            Self::Every => "toutes",
        }
    }

    /// From its code; anything else is all that waits.
    #[must_use]
    pub fn parse(code: &str) -> Self {
        Self::ALL.into_iter().find(|t| t.code() == code).unwrap_or_default()
    }

    pub(super) const fn waits(self) -> &'static [Wait] {
        match self {
            Self::All => &[Wait::Publish, Wait::Answer, Wait::Reported],
            Self::Publish | Self::Check => Wait::Publish.alone(),
            Self::Answer => Wait::Answer.alone(),
            Self::Reported => Wait::Reported.alone(),
            Self::Handled => Wait::Handled.alone(),
            Self::Every => &[Wait::Publish, Wait::Answer, Wait::Reported, Wait::Handled],
        }
    }

    /// Whether it holds what no longer waits: the newest is looked for first.
    pub(super) const fn is_past(self) -> bool {
        matches!(self, Self::Handled | Self::Every)
    }
}

/// The order of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// What waits longest first.
    #[default]
    Longest,
    /// Newest first.
    Recent,
    /// Most supported first.
    Supported,
}

impl Order {
    /// All of them, the default first.
    pub const ALL: [Self; 3] = [Self::Longest, Self::Recent, Self::Supported];

    /// The code in addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Longest => "attente",
            Self::Recent => "recentes",
            Self::Supported => "soutenues",
        }
    }

    /// From its code; anything else is the default.
    #[must_use]
    pub fn parse(code: &str) -> Self {
        Self::ALL.into_iter().find(|o| o.code() == code).unwrap_or_default()
    }
}

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
    pub(super) const fn put(&mut self, wait: Wait, n: i64, found: i64) {
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
pub(super) fn checked() -> String {
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
