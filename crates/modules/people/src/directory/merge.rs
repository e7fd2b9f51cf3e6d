//! Making two sheets of one person one, and taking it back within ten minutes.
//!
//! The sheet that goes stays as an empty hand: it keeps its address, which leads to the one that is kept, until the person
//! is erased. What each module held moves through the manifest (`absorb`), and what moved is written down so that the undo
//! (`release`) gives back exactly that.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, TimeDelta, Utc};
use parvis_kernel::{
    Error, Refusal, Result,
    app::App,
    args,
    context::Moment,
    db::{self, Tx},
    module::Merge,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::words;
use crate::consents::{self, Consent};

/// A person can't be united with herself.
pub const MERGE_SELF: Refusal = Refusal::new("merge_self");
/// The sheet to go is of a member of the team.
pub const MERGE_MEMBER: Refusal = Refusal::new("merge_member");
/// One of the sheets was united or erased meanwhile.
pub const MERGE_GONE: Refusal = Refusal::new("merge_gone");
/// Too late, or something else came since.
pub const UNMERGE_LATE: Refusal = Refusal::new("unmerge_late");
/// An undo within this.
pub const UNDO: TimeDelta = TimeDelta::minutes(10);

/// A merge that stands.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Done {
    /// Key.
    pub id: Uuid,
    /// The sheet that went.
    pub merged_id: Uuid,
    /// Its name.
    pub name: String,
    /// Its address.
    pub email: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

impl Done {
    /// Whether it may still be taken back.
    #[must_use]
    pub fn may_undo(&self, now: DateTime<Utc>) -> bool {
        now - self.at < UNDO
    }
}

/// The sheets that went into this one, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn of_person(c: &impl ConnectionTrait, person: Uuid) -> Result<Vec<Done>> {
    let sql = "SELECT m.id, m.merged_id, p.name, p.email, m.at FROM person_merge m JOIN person p ON p.id = m.merged_id \
               WHERE m.kept_id = $1 AND m.undone_at IS NULL ORDER BY m.at DESC, m.id DESC";
    db::all(c, sql, args![person]).await
}

/// The keys of the sheets that went into this one, at whatever remove.
///
/// # Errors
/// When the database refuses.
pub async fn shadows(c: &impl ConnectionTrait, person: Uuid) -> Result<Vec<Shadow>> {
    db::all(c, "SELECT id, email FROM person WHERE merged_into = $1 ORDER BY id", args![person]).await
}

/// A sheet that went into another.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Shadow {
    /// Key.
    pub id: Uuid,
    /// Its address.
    pub email: Option<String>,
}

/// Unites two sheets, and gives the key of the merge.
///
/// # Errors
/// The refusals of this file, or when the database refuses.
pub async fn unite(tx: &Tx, app: &Arc<App>, moment: &Moment, actor: Option<Uuid>, merge: &Merge) -> Result<Uuid> {
    if merge.kept == merge.merged {
        return Err(MERGE_SELF.into());
    }
    let sql = "SELECT count(*) FROM person WHERE id = $1 AND role IS NOT NULL";
    if db::count(tx, sql, args![merge.merged]).await? > 0 {
        return Err(MERGE_MEMBER.into());
    }
    // The rows are held from here: of two merges at once, the second finds one of its sheets gone.
    let gone = "UPDATE person SET merged_into = $2 WHERE id = $1 AND merged_into IS NULL AND erased_at IS NULL AND role IS NULL";
    let there = "UPDATE person SET seen_at = seen_at WHERE id = $1 AND merged_into IS NULL AND erased_at IS NULL";
    if db::run(tx, there, args![merge.kept]).await? != 1
        || db::run(tx, gone, args![merge.merged, merge.kept]).await? != 1
    {
        return Err(MERGE_GONE.into());
    }
    let mut moved: BTreeMap<&str, Value> = BTreeMap::new();
    for module in &app.modules {
        moved.insert(module.name(), module.absorb(tx, moment, merge).await?);
    }
    let id = moment.id();
    let text = serde_json::to_string(&moved).map_err(Error::other)?;
    db::run(
        tx,
        "INSERT INTO person_merge (id, kept_id, merged_id, actor_id, at, moved) VALUES ($1, $2, $3, $4, $5, $6)",
        args![id, merge.kept, merge.merged, actor, moment.now, text],
    )
    .await?;
    Ok(id)
}

#[derive(FromQueryResult)]
struct Row {
    kept_id: Uuid,
    merged_id: Uuid,
    moved: String,
}

/// Takes a merge back within ten minutes, and says which sheets stand again: the one that was kept, and the other.
///
/// # Errors
/// `unmerge_late`, or when the database refuses.
pub async fn undo(tx: &Tx, app: &Arc<App>, moment: &Moment, id: Uuid) -> Result<Merge> {
    // Marked first: a second press finds it taken back.
    let sql = "UPDATE person_merge SET undone_at = $2 WHERE id = $1 AND undone_at IS NULL AND at > $3 AND moved <> '' \
               AND EXISTS (SELECT 1 FROM person p WHERE p.id = person_merge.merged_id AND p.merged_into = person_merge.kept_id \
               AND p.erased_at IS NULL) RETURNING kept_id, merged_id, moved";
    let row: Option<Row> = db::one(tx, sql, args![id, moment.now, moment.now - UNDO]).await?;
    let row = row.ok_or(UNMERGE_LATE)?;
    let merge = Merge { kept: row.kept_id, merged: row.merged_id };
    let moved: BTreeMap<String, Value> = serde_json::from_str(&row.moved).map_err(Error::other)?;
    db::run(tx, "UPDATE person SET merged_into = NULL WHERE id = $1", args![merge.merged]).await?;
    for module in &app.modules {
        module.release(tx, moment, &merge, moved.get(module.name()).unwrap_or(&Value::Null)).await?;
    }
    db::run(tx, "UPDATE person_merge SET moved = '' WHERE id = $1", args![id]).await?;
    Ok(merge)
}

/// Empties what was kept for an undo that can't come any more.
///
/// # Errors
/// When the database refuses.
pub async fn sweep(tx: &Tx, now: DateTime<Utc>) -> Result<u64> {
    db::run(tx, "UPDATE person_merge SET moved = '' WHERE at < $1 AND moved <> ''", args![now - UNDO]).await
}

/// What this module moved.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Moved {
    consents: Vec<Uuid>,
    /// Entries that keep the more careful of two accords.
    careful: Vec<Uuid>,
    sessions: Vec<Uuid>,
    notes: Vec<Uuid>,
    tokens: Vec<Uuid>,
    #[serde(default)]
    blocks: Vec<Uuid>,
    /// Sheets that had gone into the one that goes.
    shadows: Vec<Uuid>,
    /// Columns of the kept sheet that were empty, and were filled.
    filled: Vec<String>,
}

/// What the kept sheet lacks, and the other has: column, and what it is when empty.
const FILLABLE: [(&str, &str); 6] =
    [("name", "''"), ("address", "''"), ("phone", "NULL"), ("area_id", "NULL"), ("age", "NULL"), ("seen_at", "NULL")];

/// Moves what this module holds.
///
/// # Errors
/// When the database refuses.
pub async fn absorb(tx: &Tx, moment: &Moment, merge: &Merge) -> Result<Moved> {
    let (kept, merged) = (merge.kept, merge.merged);
    let mut moved = Moved { careful: careful(tx, moment, merge).await?, ..Moved::default() };
    let set = |table: &str| format!("UPDATE {table} SET person_id = $2 WHERE person_id = $1 RETURNING id");
    moved.consents = db::column(tx, &set("consent"), args![merged, kept]).await?;
    moved.sessions = db::column(tx, &set("session"), args![merged, kept]).await?;
    moved.notes = db::column(tx, &set("person_note"), args![merged, kept]).await?;
    moved.tokens = db::column(tx, &set("api_token"), args![merged, kept]).await?;
    // Of two blocks, the one of the sheet that is kept holds.
    let sql = "UPDATE block SET person_id = $2 WHERE person_id = $1 AND (undone_at IS NOT NULL OR NOT EXISTS \
               (SELECT 1 FROM block o WHERE o.person_id = $2 AND o.undone_at IS NULL)) RETURNING id";
    moved.blocks = db::column(tx, sql, args![merged, kept]).await?;
    let sql = "UPDATE person SET merged_into = $2 WHERE merged_into = $1 RETURNING id";
    moved.shadows = db::column(tx, sql, args![merged, kept]).await?;
    for (column, empty) in FILLABLE {
        let lacks = if empty == "NULL" { format!("{column} IS NULL") } else { format!("{column} = {empty}") };
        let has = if empty == "NULL" { format!("{column} IS NOT NULL") } else { format!("{column} <> {empty}") };
        let sql = format!(
            "UPDATE person SET {column} = (SELECT o.{column} FROM person o WHERE o.id = $2) WHERE id = $1 AND {lacks} \
             AND EXISTS (SELECT 1 FROM person o WHERE o.id = $2 AND o.{has})"
        );
        if db::run(tx, &sql, args![kept, merged]).await? == 1 {
            moved.filled.push(column.to_owned());
        }
    }
    if take_address(tx, kept, merged).await? {
        moved.filled.push("email".to_owned());
    }
    consents::heard(tx, kept).await?;
    words::drop(tx, merged).await?;
    words::refresh(tx, kept).await?;
    Ok(moved)
}

/// A sheet without an address takes that of the other, which two sheets can't share.
async fn take_address(tx: &Tx, to: Uuid, from: Uuid) -> Result<bool> {
    #[derive(FromQueryResult)]
    struct Row {
        email: Option<String>,
        email_key: Option<String>,
    }
    let sql = "SELECT email, email_key FROM person WHERE id = $1";
    let has: Option<Row> = db::one(tx, sql, args![to]).await?;
    let other: Option<Row> = db::one(tx, sql, args![from]).await?;
    let (Some(Row { email: None, .. }), Some(Row { email: Some(email), email_key })) = (has, other) else {
        return Ok(false);
    };
    db::run(tx, "UPDATE person SET email = NULL, email_key = NULL WHERE id = $1", args![from]).await?;
    db::run(tx, "UPDATE person SET email = $2, email_key = $3 WHERE id = $1", args![to, email, email_key]).await?;
    Ok(true)
}

/// Where one sheet agreed and the other did not, the more careful stays: an entry says so.
async fn careful(tx: &Tx, moment: &Moment, merge: &Merge) -> Result<Vec<Uuid>> {
    let ours = consents::of_person(tx, merge.kept).await?;
    let theirs = consents::of_person(tx, merge.merged).await?;
    let mut added = Vec::new();
    for a in consents::standing(&ours) {
        let same = |b: &&Consent| b.purpose == a.purpose && b.channel == a.channel;
        let Some(b) = consents::standing(&theirs).into_iter().find(same) else { continue };
        if (a.state == "given") != (b.state == "given") {
            let no = if a.state == "given" { b } else { a };
            // What ended by itself is no refusal: the ledger of both, by its dates, says what stands.
            if no.state == "expired" {
                continue;
            }
            let id = moment.id();
            db::run(
                tx,
                "INSERT INTO consent (id, person_id, purpose, channel, state, wording, source, at) \
                 VALUES ($1, $2, $3, $4, $5, $6, 'merge', $7)",
                args![
                    id,
                    merge.kept,
                    no.purpose.clone(),
                    no.channel.clone(),
                    no.state.clone(),
                    no.wording.clone(),
                    moment.now
                ],
            )
            .await?;
            added.push(id);
        }
    }
    Ok(added)
}

/// Gives back what this module moved.
///
/// # Errors
/// When the database refuses.
pub async fn release(tx: &Tx, merge: &Merge, moved: &Moved) -> Result<()> {
    let (kept, merged) = (merge.kept, merge.merged);
    for id in &moved.careful {
        db::run(tx, "DELETE FROM consent WHERE id = $1 AND person_id = $2", args![*id, kept]).await?;
    }
    for (ids, table) in [
        (&moved.consents, "consent"),
        (&moved.sessions, "session"),
        (&moved.notes, "person_note"),
        (&moved.tokens, "api_token"),
        (&moved.blocks, "block"),
    ] {
        for id in ids {
            let sql = format!("UPDATE {table} SET person_id = $3 WHERE id = $1 AND person_id = $2");
            db::run(tx, &sql, args![*id, kept, merged]).await?;
        }
    }
    for id in &moved.shadows {
        db::run(tx, "UPDATE person SET merged_into = $3 WHERE id = $1 AND merged_into = $2", args![*id, kept, merged])
            .await?;
    }
    for (column, empty) in FILLABLE {
        // What was corrected since stays corrected.
        if moved.filled.iter().any(|f| f == column) {
            let sql = format!(
                "UPDATE person SET {column} = {empty} WHERE id = $1 AND {column} = (SELECT o.{column} FROM person o WHERE o.id = $2)"
            );
            db::run(tx, &sql, args![kept, merged]).await?;
        }
    }
    if moved.filled.iter().any(|f| f == "email") {
        take_address(tx, merged, kept).await?;
    }
    for person in [kept, merged] {
        consents::heard(tx, person).await?;
        words::refresh(tx, person).await?;
    }
    Ok(())
}
