//! Lots in the database.

use chrono::{DateTime, TimeDelta, Utc};
use parvis_kernel::{
    Error, Refusal, Result, args,
    context::Moment,
    db::{self, Dialect, Tx},
};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use super::{Act, Counts, Detail, Lot, Outcome, State, memory};
use crate::desk::{
    filter::readings,
    queue::{Filter, Tab},
};

const LOT: &str =
    "SELECT id, actor_id, deed AS action, detail, person_id, state, created_at, started_at, moved_at FROM lot";

/// What the contributions are chosen by.
#[derive(Debug, Clone)]
pub enum Chosen {
    /// Numbers, each with the version that was read.
    These(Vec<(i64, i64)>),
    /// All that answer to a filter now, and that the act makes sense for.
    Matching(Box<Filter>, Tab),
}

/// A lot to keep.
#[derive(Debug, Clone)]
pub struct NewLot {
    /// What it does.
    pub act: Act,
    /// What is decided.
    pub detail: Detail,
    /// Whom the contributions are given to.
    pub person: Option<Uuid>,
    /// The contributions.
    pub chosen: Chosen,
}

/// Keeps a lot with what each of its contributions is now. Nothing is decided yet.
///
/// # Errors
/// When the database refuses.
pub async fn create(tx: &Tx, moment: &Moment, actor: Uuid, new: &NewLot) -> Result<Uuid> {
    let id = moment.id();
    let detail = serde_json::to_string(&new.detail).map_err(Error::other)?;
    db::run(
        tx,
        "INSERT INTO lot (id, actor_id, deed, detail, person_id, state, created_at, moved_at) \
         VALUES ($1, $2, $3, $4, $5, 'draft', $6, $6)",
        args![id, actor, new.act.code(), detail, new.person, moment.now],
    )
    .await?;
    match &new.chosen {
        Chosen::These(pairs) => these(tx, id, pairs).await?,
        Chosen::Matching(filter, tab) => matching(tx, id, new.act, filter, *tab).await?,
    }
    Ok(id)
}

const ITEMS: &str = "INSERT INTO lot_item (lot_id, contribution_id, version, state, status, reason, project_id, area_id, \
                     tag, published_at, answered_at, assignee_id)";
const BEFORE: &str = "'waiting', c.status, c.reason, c.project_id, c.area_id, c.tag, c.published_at, c.answered_at, \
                      (SELECT h.assignee_id FROM handling h WHERE h.contribution_id = c.id)";

async fn these(tx: &Tx, lot: Uuid, pairs: &[(i64, i64)]) -> Result<()> {
    for (number, version) in pairs {
        let sql = format!(
            "{ITEMS} SELECT $1, c.id, $3, {BEFORE} FROM contribution c WHERE c.number = $2 ON CONFLICT DO NOTHING"
        );
        // PostgreSQL has to be told what a selected parameter is.
        let sql = match Dialect::of(tx.get_database_backend()) {
            Dialect::Sqlite => sql,
            Dialect::Postgres => sql.replace("SELECT $1, c.id, $3", "SELECT $1::uuid, c.id, $3::bigint"),
        };
        db::run(tx, &sql, args![lot, *number, *version]).await?;
    }
    Ok(())
}

async fn matching(tx: &Tx, lot: Uuid, act: Act, filter: &Filter, tab: Tab) -> Result<()> {
    let dialect = Dialect::of(tx.get_database_backend());
    for mut w in readings(tx, filter, tab).await? {
        w.sql += &format!(" AND {}", act.possible());
        let from = w.from();
        let mut p = w.arg(lot);
        if dialect == Dialect::Postgres {
            p += "::uuid";
        }
        let sql = format!("{ITEMS} SELECT {p}, c.id, c.version, {BEFORE} FROM {from} ON CONFLICT DO NOTHING");
        db::run(tx, &sql, w.args).await?;
    }
    Ok(())
}

/// How many contributions answer to a filter in a tab; counting stops at `most`.
///
/// # Errors
/// When the database refuses.
pub async fn count_matching(c: &impl ConnectionTrait, filter: &Filter, tab: Tab, most: i64) -> Result<i64> {
    let mut n = 0;
    for mut w in readings(c, filter, tab).await? {
        let from = w.from();
        let p = w.arg(most);
        n += db::count(c, &format!("SELECT count(*) FROM (SELECT 1 FROM {from} LIMIT {p}) AS found"), w.args).await?;
    }
    Ok(n.min(most))
}

/// A lot.
///
/// # Errors
/// `NotFound`, or when the database refuses.
pub async fn find(c: &impl ConnectionTrait, id: Uuid) -> Result<Lot> {
    db::one(c, &format!("{LOT} WHERE id = $1"), args![id]).await?.ok_or(Error::NotFound)
}

/// The newest lots of somebody that were begun, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn unfinished(c: &impl ConnectionTrait, actor: Uuid) -> Result<Option<Lot>> {
    let sql = format!("{LOT} WHERE actor_id = $1 AND state IN ('running', 'undoing') ORDER BY created_at DESC LIMIT 1");
    db::one(c, &sql, args![actor]).await
}

/// Moves a lot from one state to another. Whoever comes second finds it moved, and is told.
///
/// # Errors
/// `changed_meanwhile`, or when the database refuses.
pub async fn set_state(tx: &Tx, lot: &Lot, to: State, now: DateTime<Utc>) -> Result<()> {
    let sql = "UPDATE lot SET state = $3, moved_at = $4, started_at = coalesce(started_at, CASE WHEN $3 = 'running' \
               THEN $4 END) WHERE id = $1 AND state = $2";
    let sql = match Dialect::of(tx.get_database_backend()) {
        Dialect::Sqlite => sql.to_owned(),
        Dialect::Postgres => sql.replace("$3", "$3::text").replace("$4", "$4::timestamptz"),
    };
    if db::run(tx, &sql, args![lot.id, lot.state.clone(), to.code(), now]).await? == 1 {
        Ok(())
    } else {
        Err(Refusal::CHANGED_MEANWHILE.into())
    }
}

/// Writes what a draft decides, before it begins.
///
/// # Errors
/// When the database refuses.
pub async fn set_detail(tx: &Tx, lot: Uuid, detail: &Detail) -> Result<()> {
    let detail = serde_json::to_string(detail).map_err(Error::other)?;
    db::run(tx, "UPDATE lot SET detail = $2 WHERE id = $1 AND state = 'draft'", args![lot, detail]).await?;
    Ok(())
}

/// How many of a lot's contributions are in each state.
///
/// # Errors
/// When the database refuses.
pub async fn counts(c: &impl ConnectionTrait, lot: Uuid) -> Result<Counts> {
    #[derive(FromQueryResult)]
    struct Row {
        state: String,
        n: i64,
    }
    let sql = "SELECT state, count(*) AS n FROM lot_item WHERE lot_id = $1 GROUP BY state";
    let rows: Vec<Row> = db::all(c, sql, args![lot]).await?;
    let mut counts = Counts::default();
    for row in rows {
        match row.state.as_str() {
            "waiting" => counts.waiting = row.n,
            "done" => counts.done = row.n,
            "changed" => counts.changed = row.n,
            "held" => counts.held = row.n,
            "impossible" => counts.impossible = row.n,
            "refused" => counts.refused = row.n,
            "undone" => counts.undone = row.n,
            _ => counts.kept = row.n,
        }
    }
    Ok(counts)
}

/// One contribution of a lot, with what it was.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Item {
    /// The contribution.
    pub contribution_id: Uuid,
    /// Its number.
    pub number: i64,
    /// The version chosen.
    pub version: i64,
    /// Status before.
    pub status: String,
    /// Reason before.
    pub reason: String,
    /// Project before.
    pub project_id: Uuid,
    /// Area before.
    pub area_id: Option<Uuid>,
    /// Theme before.
    pub tag: String,
    /// When it was online before.
    pub published_at: Option<DateTime<Utc>>,
    /// When it was answered before.
    pub answered_at: Option<DateTime<Utc>>,
    /// Whom it was given to before.
    pub assignee_id: Option<Uuid>,
    /// What its followers are told of.
    pub told: Option<Uuid>,
    /// Its version after.
    pub version_after: Option<i64>,
    /// What else its undo needs, as JSON.
    pub memory: String,
}

/// Remembers what the undo of one contribution needs.
///
/// # Errors
/// When the database refuses.
pub async fn remember(tx: &Tx, lot: Uuid, contribution: Uuid, memory: &str) -> Result<()> {
    let sql = "UPDATE lot_item SET memory = $3 WHERE lot_id = $1 AND contribution_id = $2";
    db::run(tx, sql, args![lot, contribution, memory]).await?;
    Ok(())
}

/// A lot that can still be undone.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Undoable {
    /// Key.
    pub id: Uuid,
    /// Code of the act.
    pub action: String,
    /// When it began.
    pub at: DateTime<Utc>,
    /// How many contributions it decided on.
    pub done: i64,
    /// The number of one of them.
    pub number: Option<i64>,
}

/// What somebody decided since then and can take back, newest first; of one contribution, or of all.
///
/// # Errors
/// When the database refuses.
pub async fn undoable(
    c: &impl ConnectionTrait,
    actor: Uuid,
    since: DateTime<Utc>,
    about: Option<Uuid>,
) -> Result<Vec<Undoable>> {
    // A lot may be begun a day after it was chosen, never later: the index on the first is what narrows.
    let mut values = args![actor, since - TimeDelta::days(1), since];
    let mut own = String::new();
    if let Some(id) = about {
        values.push(id.into());
        own = " AND EXISTS (SELECT 1 FROM lot_item i WHERE i.lot_id = l.id AND i.contribution_id = $4 AND i.state = 'done')"
            .into();
    }
    let done = "WHERE i.lot_id = l.id AND i.state = 'done'";
    let sql = format!(
        "SELECT l.id, l.deed AS action, l.started_at AS at, (SELECT count(*) FROM lot_item i {done}) AS done, \
         (SELECT c.number FROM lot_item i JOIN contribution c ON c.id = i.contribution_id {done} \
         ORDER BY i.contribution_id LIMIT 1) AS number FROM lot l WHERE l.actor_id = $1 AND l.created_at >= $2 \
         AND l.started_at >= $3 AND l.state IN ('done', 'cancelled'){own} ORDER BY l.started_at DESC, l.id DESC LIMIT 20"
    );
    let mut found: Vec<Undoable> = db::all(c, &sql, values).await?;
    found.retain(|lot| lot.done > 0);
    Ok(found)
}

/// Some contributions of a lot in one state, in a stable order.
///
/// # Errors
/// When the database refuses.
pub async fn items(c: &impl ConnectionTrait, lot: Uuid, state: &str, limit: i64) -> Result<Vec<Item>> {
    let sql = "SELECT i.contribution_id, c.number, i.version, i.status, i.reason, i.project_id, i.area_id, i.tag, \
               i.published_at, i.answered_at, i.assignee_id, i.told, i.version_after, i.memory FROM lot_item i \
               JOIN contribution c ON c.id = i.contribution_id WHERE i.lot_id = $1 AND i.state = $2 \
               ORDER BY i.contribution_id LIMIT $3";
    db::all(c, sql, args![lot, state, limit]).await
}

/// Contributions of a lot that were left alone, to be named.
///
/// # Errors
/// When the database refuses.
pub async fn left_alone(c: &impl ConnectionTrait, lot: Uuid, limit: i64) -> Result<Vec<(Uuid, String)>> {
    #[derive(FromQueryResult)]
    struct Row {
        contribution_id: Uuid,
        state: String,
    }
    let sql = "SELECT contribution_id, state FROM lot_item WHERE lot_id = $1 \
               AND state IN ('changed', 'held', 'impossible', 'refused', 'kept') ORDER BY contribution_id LIMIT $2";
    let rows: Vec<Row> = db::all(c, sql, args![lot, limit]).await?;
    Ok(rows.into_iter().map(|r| (r.contribution_id, r.state)).collect())
}

/// What became of one contribution, and how to take it back.
#[derive(Debug, Clone, Copy)]
pub struct Mark {
    /// What became of it.
    pub outcome: Outcome,
    /// What its followers are told of.
    pub told: Option<Uuid>,
    /// Its version after.
    pub version: Option<i64>,
}

/// Marks one contribution.
///
/// # Errors
/// When the database refuses.
pub async fn mark(tx: &Tx, lot: Uuid, contribution: Uuid, mark: Mark) -> Result<()> {
    let sql =
        "UPDATE lot_item SET state = $3, told = $4, version_after = $5 WHERE lot_id = $1 AND contribution_id = $2";
    db::run(tx, sql, args![lot, contribution, mark.outcome.code(), mark.told, mark.version]).await?;
    Ok(())
}

/// Marks several contributions with one state.
///
/// # Errors
/// When the database refuses.
pub async fn mark_all(tx: &Tx, lot: Uuid, state: &str, contributions: &[Uuid]) -> Result<()> {
    for some in contributions.chunks(200) {
        let mut values = args![lot, state];
        values.extend(some.iter().map(|id| Value::from(*id)));
        let sql = format!(
            "UPDATE lot_item SET state = $2 WHERE lot_id = $1 AND contribution_id IN ({})",
            db::placeholders(3, some.len())
        );
        db::run(tx, &sql, values).await?;
    }
    Ok(())
}

/// The undo is long over: drafts go after a day, lots and what they changed after a month.
///
/// # Errors
/// When the database refuses.
pub async fn sweep(tx: &Tx, now: DateTime<Utc>) -> Result<()> {
    let old = "(created_at < $1 OR (state = 'draft' AND created_at < $2))";
    let times = || args![now - TimeDelta::days(30), now - TimeDelta::days(1)];
    let items = format!("DELETE FROM lot_item WHERE lot_id IN (SELECT id FROM lot WHERE {old})");
    db::run(tx, &items, times()).await?;
    db::run(tx, &format!("DELETE FROM lot WHERE {old}"), times()).await?;
    Ok(())
}

/// Forgets a member of the team who leaves: what runs stops, what they wrote goes.
///
/// # Errors
/// When the database refuses.
pub async fn forget(tx: &Tx, person: Uuid) -> Result<()> {
    let sql = "UPDATE lot SET actor_id = NULL, detail = '{}', state = CASE WHEN state IN ('draft', 'running', 'undoing') \
               THEN 'cancelled' ELSE state END WHERE actor_id = $1";
    db::run(tx, sql, args![person]).await?;
    memory::forget(tx, person).await?;
    db::run(tx, "UPDATE lot SET person_id = NULL WHERE person_id = $1", args![person]).await?;
    db::run(tx, "UPDATE lot_item SET assignee_id = NULL WHERE assignee_id = $1", args![person]).await?;
    Ok(())
}
