//! How much was gathered, and what of it counts: a person's own support takes the place of the one gathered for them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use parvis_kernel::{
    Error, Result, args,
    db::{self, Tx},
};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use super::{Channel, Told};
use crate::moderation::store::UNDO;

#[derive(FromQueryResult)]
struct Gathered {
    contribution_id: Uuid,
    channel: String,
    place: String,
    gathered_on: String,
}

#[derive(FromQueryResult)]
struct Supported {
    id: Uuid,
    n: i64,
}

/// How these ideas were gathered and how many supports the team gathered for each, those of ideas united with them
/// included, each address once. A support is told of once it can't be undone: whoever enters one to learn whether its
/// address supports the idea already has then written to that address. Ideas of which there is nothing to tell are not
/// in it.
///
/// # Errors
/// When the database refuses.
pub async fn told(c: &impl ConnectionTrait, ids: &[Uuid], now: DateTime<Utc>) -> Result<HashMap<Uuid, Told>> {
    let mut all: HashMap<Uuid, Told> = HashMap::new();
    if ids.is_empty() {
        return Ok(all);
    }
    let named = db::placeholders(1, ids.len());
    let values = || ids.iter().map(|id| Value::from(*id)).collect::<Vec<Value>>();
    let sql = format!(
        "SELECT contribution_id, channel, place, gathered_on FROM entry WHERE kind = 'idea' AND contribution_id IN ({named})"
    );
    for row in db::all::<Gathered>(c, &sql, values()).await? {
        let on = row.gathered_on.parse().map_err(Error::other)?;
        let channel = Channel::parse(&row.channel).unwrap_or(Channel::Stand);
        all.entry(row.contribution_id).or_default().idea = Some((channel, row.place, on));
    }
    let sql = format!(
        "SELECT coalesce(o.merged_into, o.id) AS id, count(DISTINCT coalesce(e.email, CAST(e.id AS TEXT))) AS n \
         FROM entry e JOIN contribution o ON o.id = e.contribution_id WHERE e.counts AND e.created_at < ${} \
         AND (o.id IN ({named}) OR o.merged_into IN ({})) GROUP BY 1",
        2 * ids.len() + 1,
        db::placeholders(ids.len() + 1, ids.len())
    );
    let twice = values().into_iter().chain(values()).chain([Value::from(now - UNDO)]).collect();
    for row in db::all::<Supported>(c, &sql, twice).await? {
        all.entry(row.id).or_default().supports = row.n;
    }
    Ok(all)
}

/// How many were gathered, of which kind, by which channel, for the desk.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Figure {
    /// Project.
    pub project_id: Uuid,
    /// Channel code.
    pub channel: String,
    /// Ideas entered.
    pub ideas: i64,
    /// Supports gathered that count apart.
    pub supports: i64,
}

/// The figures of every project, supports once they can't be undone: the caller keeps those its reader may see.
///
/// # Errors
/// When the database refuses.
pub async fn figures(c: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<Figure>> {
    let sql = "SELECT project_id, channel, \
               CAST(sum(CASE WHEN kind = 'idea' THEN 1 ELSE 0 END) AS BIGINT) AS ideas, \
               CAST(sum(CASE WHEN counts AND created_at < $1 THEN 1 ELSE 0 END) AS BIGINT) AS supports \
               FROM entry GROUP BY project_id, channel";
    db::all(c, sql, args![now - UNDO]).await
}

/// What was held for an address counts as the person's own from now on, and among those gathered no more.
///
/// # Errors
/// When the database refuses.
pub async fn confirmed(tx: &Tx, holder: Uuid) -> Result<()> {
    db::run(tx, "UPDATE entry SET counts = FALSE, holder = NULL WHERE holder = $1", args![holder]).await?;
    Ok(())
}

/// The addresses of a person, with those of sheets that became theirs.
pub(super) const THEIRS: &str =
    "SELECT p.email_key FROM person p WHERE (p.id = $1 OR p.merged_into = $1) AND p.email_key IS NOT NULL";

/// A person supports an idea by themselves: what the team gathered from the same address counts no more.
///
/// # Errors
/// When the database refuses.
pub async fn own(tx: &Tx, contribution: Uuid, person: Uuid) -> Result<()> {
    let sql = format!(
        "UPDATE entry SET counts = FALSE WHERE counts AND email IN ({THEIRS}) AND contribution_id IN \
         (SELECT c.id FROM contribution c WHERE c.id = $2 OR c.merged_into = $2)"
    );
    db::run(tx, &sql, args![person, contribution]).await?;
    Ok(())
}
