//! Uniting ideas in the database, and its undo.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use parvis_kernel::{
    Error, Refusal, Result,
    activity::{self, Entry},
    args,
    db::{self, Dialect, Tx},
    permission::{self, Right},
};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use super::possible;
use crate::{
    answers::store::TOO_LATE_TO_UNDO,
    desk::handling,
    ideas::{Contribution, Status, store as ideas, title_of},
    moderation::store::{By, UNDO},
};

/// Kinds of activity recorded here.
pub const ACTIVITY: [&str; 2] = ["contribution.merged", "contribution.unmerged"];

/// Ideas united at some time.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Merging {
    /// Key.
    pub id: Uuid,
    /// The idea that is kept.
    pub kept_id: Uuid,
    /// Who united them.
    pub actor_id: Option<Uuid>,
    /// When.
    pub at: DateTime<Utc>,
    /// When it was undone.
    pub undone_at: Option<DateTime<Utc>>,
}

impl Merging {
    /// Until when it can be undone.
    #[must_use]
    pub fn undo_until(&self) -> DateTime<Utc> {
        self.at + UNDO
    }

    /// Whether it can be undone now.
    #[must_use]
    pub fn may_undo(&self, now: DateTime<Utc>) -> bool {
        self.undone_at.is_none() && now <= self.undo_until()
    }
}

/// One of them.
///
/// # Errors
/// `NotFound`, or when the database refuses.
pub async fn find(c: &impl ConnectionTrait, id: Uuid) -> Result<Merging> {
    let sql = "SELECT id, kept_id, actor_id, at, undone_at FROM merging WHERE id = $1";
    db::one(c, sql, args![id]).await?.ok_or(Error::NotFound)
}

/// Whose unions are looked for.
#[derive(Debug, Clone, Copy)]
pub enum Of {
    /// What somebody united.
    Actor(Uuid),
    /// What was united with this idea.
    Kept(Uuid),
}

/// A union that can still be undone.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Running {
    /// Key.
    pub id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// The number of the idea that is kept.
    pub kept: i64,
    /// The number of the first idea that became part of it.
    pub other: i64,
    /// How many became part of it.
    pub parts: i64,
}

/// The unions since then that stand, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn running(c: &impl ConnectionTrait, of: Of, since: DateTime<Utc>) -> Result<Vec<Running>> {
    let (column, id) = match of {
        Of::Actor(id) => ("actor_id", id),
        Of::Kept(id) => ("kept_id", id),
    };
    let parts = "FROM merging_part p JOIN contribution o ON o.id = p.contribution_id WHERE p.merging_id = m.id";
    // A union whose kept idea became part of another is undone after that one.
    let sql = format!(
        "SELECT m.id, m.at, k.number AS kept, (SELECT min(o.number) {parts}) AS other, (SELECT count(*) {parts}) AS parts \
         FROM merging m JOIN contribution k ON k.id = m.kept_id WHERE m.{column} = $1 AND m.at >= $2 \
         AND m.undone_at IS NULL AND k.merged_into IS NULL ORDER BY m.at DESC, m.id DESC LIMIT 20"
    );
    db::all(c, &sql, args![id, since]).await
}

/// Unites ideas, each named by its number and the version read, with the one that is kept.
///
/// # Errors
/// `NotFound`, `changed_meanwhile`, the refusals of [`possible`] and of the permission, or when the database refuses.
pub async fn unite(tx: &Tx, by: By<'_>, kept: i64, chosen: &[(i64, i64)]) -> Result<Uuid> {
    let mut ideas = Vec::with_capacity(chosen.len());
    for (number, version) in chosen {
        let idea = ideas::by_number(tx, *number).await?;
        permission::decide(by.actor, Right::Moderate, Some(idea.project_id))?;
        if idea.version != *version {
            return Err(Refusal::CHANGED_MEANWHILE.into());
        }
        ideas.push(idea);
    }
    let at = ideas.iter().position(|i| i.number == kept).ok_or(super::NOT_ALIKE)?;
    let kept = ideas.swap_remove(at);
    possible(&kept, &ideas)?;
    let id = by.moment.id();
    db::run(
        tx,
        "INSERT INTO merging (id, kept_id, actor_id, at) VALUES ($1, $2, $3, $4)",
        args![id, kept.id, by.actor.person(), by.moment.now],
    )
    .await?;
    touch(tx, &kept).await?;
    for idea in &ideas {
        take_in(tx, by, id, &kept, idea).await?;
    }
    let mut ids: Vec<Uuid> = ideas.iter().map(|i| i.id).collect();
    ids.push(kept.id);
    handling::acted(tx, by.moment, by.actor.person(), &ids).await?;
    record(tx, by, &kept, "contribution.merged").await?;
    Ok(id)
}

/// Raises the version: whoever decides on it from an older page is told.
async fn touch(tx: &Tx, c: &Contribution) -> Result<()> {
    let sql = "UPDATE contribution SET version = version + 1 WHERE id = $1 AND version = $2";
    if db::run(tx, sql, args![c.id, c.version]).await? == 1 { Ok(()) } else { Err(Refusal::CHANGED_MEANWHILE.into()) }
}

async fn take_in(tx: &Tx, by: By<'_>, merging: Uuid, kept: &Contribution, idea: &Contribution) -> Result<()> {
    touch(tx, idea).await?;
    let keep = "INSERT INTO merging_part (merging_id, contribution_id, status, published_at, brought) \
                SELECT m.id, c.id, c.status, c.published_at, c.brought FROM contribution c, merging m \
                WHERE c.id = $2 AND m.id = $1";
    db::run(tx, keep, args![merging, idea.id]).await?;
    db::run(
        tx,
        "UPDATE contribution SET merged_into = $2, visible = $3, status = $4, published_at = $5 WHERE id = $1",
        args![
            idea.id,
            kept.id,
            false,
            if idea.status().is_public() { idea.status.as_str() } else { Status::Proposed.code() },
            idea.published_at.unwrap_or(by.moment.now)
        ],
    )
    .await?;
    for statement in [REACTIONS, COMMENTS, FOLLOWS] {
        db::run(tx, statement, args![merging, idea.id, kept.id]).await?;
    }
    carry(tx, merging, idea.id, idea.id, kept.id).await?;
    let begun = "INSERT INTO follow (contribution_id, person_id, rhythm, created_at) SELECT m.kept_id, f.person_id, f.rhythm, \
                 f.created_at FROM follow f JOIN merging_row r ON r.key = f.person_id AND r.contribution_id = f.contribution_id \
                 JOIN merging m ON m.id = r.merging_id WHERE r.merging_id = $1 AND r.what = 'follow' \
                 AND f.contribution_id = $2";
    db::run(tx, begun, args![merging, idea.id]).await?;
    let brought = "UPDATE contribution SET brought = brought + (SELECT p.brought FROM merging_part p \
                   WHERE p.merging_id = $1 AND p.contribution_id = $2) WHERE id = $3";
    db::run(tx, brought, args![merging, idea.id, kept.id]).await?;
    Ok(())
}

/// What moves: the reactions of those who said nothing of the idea that is kept.
const REACTIONS: &str = "INSERT INTO merging_row (merging_id, contribution_id, what, key) \
     SELECT m.id, r.contribution_id, 'reaction', r.id FROM reaction r, merging m WHERE m.id = $1 \
     AND r.contribution_id = $2 AND NOT EXISTS (SELECT 1 FROM reaction k WHERE k.contribution_id = $3 AND k.holder = r.holder)";
const COMMENTS: &str = "INSERT INTO merging_row (merging_id, contribution_id, what, key) \
     SELECT m.id, c.idea_id, 'comment', c.id FROM contribution c, merging m WHERE m.id = $1 AND c.idea_id = $2 \
     AND m.kept_id = $3";
const FOLLOWS: &str = "INSERT INTO merging_row (merging_id, contribution_id, what, key) \
     SELECT m.id, f.contribution_id, 'follow', f.person_id FROM follow f, merging m WHERE m.id = $1 \
     AND f.contribution_id = $2 AND NOT EXISTS (SELECT 1 FROM follow k WHERE k.contribution_id = $3 \
     AND k.person_id = f.person_id)";

/// Carries what moves of one idea, and its share of the totals, from one idea to another: there, or back.
async fn carry(tx: &Tx, merging: Uuid, idea: Uuid, from: Uuid, to: Uuid) -> Result<()> {
    let keys = |what: &str| {
        format!(
            "(SELECT r.key FROM merging_row r WHERE r.merging_id = $1 AND r.contribution_id = $2 AND r.what = '{what}')"
        )
    };
    let values = || args![merging, idea, from];
    let count = |of: &str, what: &str| format!("SELECT count(*) FROM {of} AND id IN {}", keys(what));
    let reactions = |kind: &str| format!("reaction WHERE contribution_id = $3 AND confirmed AND kind = '{kind}'");
    let supports = db::count(tx, &count(&reactions("support"), "reaction"), values()).await?;
    let opposes = db::count(tx, &count(&reactions("oppose"), "reaction"), values()).await?;
    let shown = format!("contribution c WHERE c.idea_id = $3 AND {}", ideas::COUNTED);
    let comments = db::count(tx, &count(&shown, "comment"), values()).await?;
    for (table, column, what) in [("reaction", "contribution_id", "reaction"), ("contribution", "idea_id", "comment")] {
        let sql = format!("UPDATE {table} SET {column} = $4 WHERE {column} = $3 AND id IN {}", keys(what));
        db::run(tx, &sql, args![merging, idea, from, to]).await?;
    }
    let sql = "UPDATE contribution SET supports = supports + $2, opposes = opposes + $3, comments = comments + $4 \
               WHERE id = $1";
    db::run(tx, sql, args![to, supports, opposes, comments]).await?;
    db::run(tx, sql, args![from, -supports, -opposes, -comments]).await?;
    Ok(())
}

/// Gives each idea back what it was, within ten minutes. Undone twice is undone once.
///
/// # Errors
/// `too_late_to_undo`, `changed_meanwhile` when the idea that was kept was united with another since, a refusal of
/// the permission, or when the database refuses.
pub async fn undo(tx: &Tx, by: By<'_>, id: Uuid) -> Result<()> {
    let merging = find(tx, id).await?;
    let kept = ideas::find(tx, merging.kept_id).await?;
    permission::decide(by.actor, Right::Moderate, Some(kept.project_id))?;
    if merging.undone_at.is_some() {
        return Ok(());
    }
    if !merging.may_undo(by.moment.now) {
        return Err(TOO_LATE_TO_UNDO.into());
    }
    if kept.merged_into.is_some() {
        return Err(Refusal::CHANGED_MEANWHILE.into());
    }
    touch(tx, &kept).await?;
    let begun = "DELETE FROM follow WHERE contribution_id = $2 AND person_id IN (SELECT r.key FROM merging_row r \
                 WHERE r.merging_id = $1 AND r.what = 'follow')";
    db::run(tx, begun, args![id, kept.id]).await?;
    let mut touched = vec![kept.id];
    for part in parts(tx, id).await? {
        carry(tx, id, part.contribution_id, kept.id, part.contribution_id).await?;
        give_back(tx, &kept, &part).await?;
        touched.push(part.contribution_id);
    }
    retake(tx, id, kept.id).await?;
    untell(tx, id, kept.id).await?;
    db::run(tx, "DELETE FROM merging_row WHERE merging_id = $1", args![id]).await?;
    db::run(tx, "UPDATE merging SET undone_at = $2 WHERE id = $1", args![id, by.moment.now]).await?;
    handling::acted(tx, by.moment, by.actor.person(), &touched).await?;
    record(tx, by, &kept, "contribution.unmerged").await
}

/// What is united with the same idea since was left where somebody had said the same already: now it comes along, as if
/// the union that is undone had never been.
async fn retake(tx: &Tx, undone: Uuid, kept: Uuid) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Standing {
        merging_id: Uuid,
        contribution_id: Uuid,
    }
    let sql = "SELECT p.merging_id, p.contribution_id FROM merging_part p JOIN merging m ON m.id = p.merging_id \
               WHERE m.kept_id = $1 AND m.id <> $2 AND m.undone_at IS NULL ORDER BY m.at, m.id, p.contribution_id";
    let standing: Vec<Standing> = db::all(tx, sql, args![kept, undone]).await?;
    for part in standing {
        db::run(tx, REACTIONS, args![part.merging_id, part.contribution_id, kept]).await?;
        carry(tx, part.merging_id, part.contribution_id, part.contribution_id, kept).await?;
        let values = || args![part.merging_id, part.contribution_id, kept, undone];
        let own = "FROM follow f, merging m WHERE m.id = $1 AND f.contribution_id = $2 AND f.person_id IN \
                   (SELECT r.key FROM merging_row r WHERE r.merging_id = $4 AND r.what = 'follow') AND NOT EXISTS \
                   (SELECT 1 FROM follow k WHERE k.contribution_id = $3 AND k.person_id = f.person_id)";
        let note = format!(
            "INSERT INTO merging_row (merging_id, contribution_id, what, key) SELECT m.id, f.contribution_id, 'follow', \
             f.person_id {own} ON CONFLICT DO NOTHING"
        );
        db::run(tx, &note, values()).await?;
        let begin = format!(
            "INSERT INTO follow (contribution_id, person_id, rhythm, created_at) SELECT m.kept_id, f.person_id, f.rhythm, \
             f.created_at {own}"
        );
        db::run(tx, &begin, values()).await?;
    }
    Ok(())
}

/// Whoever followed a part alone hears nothing of the idea it was united with.
async fn untell(tx: &Tx, undone: Uuid, kept: Uuid) -> Result<()> {
    let waits = Dialect::of(tx.get_database_backend()).begins("dedupe", 3);
    let own = format!(
        "{waits} AND person_id IN (SELECT f.person_id FROM follow f JOIN merging_part p \
         ON p.contribution_id = f.contribution_id WHERE p.merging_id = $1) \
         AND person_id NOT IN (SELECT k.person_id FROM follow k WHERE k.contribution_id = $2)"
    );
    let [from, below] = db::beginning(&format!("change/{kept}/"));
    for queue in ["mail WHERE state = 'waiting'", "notice WHERE sent_at IS NULL"] {
        let values = args![undone, kept, from.clone(), below.clone()];
        db::run(tx, &format!("DELETE FROM {queue} AND {own}"), values).await?;
    }
    Ok(())
}

/// Follows along: whoever begins to follow an idea that became part of another, by a mail confirmed since, follows that one
/// too. An undo of the union takes it back as the others.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn follow_along(tx: &Tx, idea: Uuid, person: Uuid) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Step {
        id: Uuid,
        kept_id: Uuid,
    }
    let sql = "SELECT m.id, m.kept_id FROM merging_part p JOIN merging m ON m.id = p.merging_id \
               WHERE p.contribution_id = $1 AND m.undone_at IS NULL ORDER BY m.at DESC, m.id DESC LIMIT 1";
    let mut part = idea;
    for _ in 0..super::MOST {
        let Some(Step { id, kept_id }) = db::one(tx, sql, args![part]).await? else { break };
        let note = format!("{FOLLOWS} AND f.person_id = $4 ON CONFLICT DO NOTHING");
        if db::run(tx, &note, args![id, part, kept_id, person]).await? == 1 {
            let begin = "INSERT INTO follow (contribution_id, person_id, rhythm, created_at) SELECT m.kept_id, f.person_id, \
                         f.rhythm, f.created_at FROM follow f, merging m WHERE m.id = $1 AND f.contribution_id = $2 \
                         AND f.person_id = $3";
            db::run(tx, begin, args![id, part, person]).await?;
        }
        part = kept_id;
    }
    Ok(())
}

#[derive(FromQueryResult)]
struct Part {
    contribution_id: Uuid,
    status: String,
    published_at: Option<DateTime<Utc>>,
    brought: i64,
}

async fn parts(tx: &Tx, id: Uuid) -> Result<Vec<Part>> {
    let sql = "SELECT contribution_id, status, published_at, brought FROM merging_part WHERE merging_id = $1";
    db::all(tx, sql, args![id]).await
}

async fn give_back(tx: &Tx, kept: &Contribution, part: &Part) -> Result<()> {
    let idea = ideas::find(tx, part.contribution_id).await?;
    let public = Status::parse(&part.status).is_some_and(Status::is_public);
    db::run(
        tx,
        "UPDATE contribution SET merged_into = NULL, status = $2, published_at = $3, visible = $4, version = version + 1 \
         WHERE id = $1",
        args![
            idea.id,
            part.status.clone(),
            part.published_at,
            public && !idea.hidden && !idea.withdrawn
        ],
    )
    .await?;
    db::run(tx, "UPDATE contribution SET brought = brought - $2 WHERE id = $1", args![kept.id, part.brought]).await?;
    Ok(())
}

async fn record(tx: &Tx, by: By<'_>, kept: &Contribution, kind: &'static str) -> Result<()> {
    let number = kept.number.to_string();
    let entry = Entry {
        actor: by.actor.person(),
        kind,
        subject_kind: "contribution",
        subject: Some(kept.id),
        project: Some(kept.project_id),
        detail: &number,
    };
    activity::record(tx, by.moment, entry).await
}

/// The ideas united with this one, and with those, oldest first: each is credited on its page. Not what its author took
/// back, nor what the team hid.
///
/// # Errors
/// When the database refuses.
pub async fn united_with(c: &impl ConnectionTrait, kept: Uuid) -> Result<Vec<Contribution>> {
    let sql = format!(
        "WITH RECURSIVE part (id) AS (SELECT m.id FROM contribution m WHERE m.merged_into = $1 UNION \
         SELECT m.id FROM contribution m JOIN part ON m.merged_into = part.id) \
         SELECT {} FROM part CROSS JOIN contribution c WHERE c.id = part.id AND NOT c.withdrawn AND NOT c.hidden \
         ORDER BY c.created_at, c.id LIMIT 100",
        ideas::COLUMNS
    );
    db::all(c, &sql, args![kept]).await
}

/// An idea of somebody that became part of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// Its title, or first words.
    pub heading: String,
    /// When it was proposed.
    pub at: DateTime<Utc>,
}

/// Who is credited on these ideas beside their own author: by idea and person, the first of what they proposed.
///
/// # Errors
/// When the database refuses.
pub async fn credited(c: &impl ConnectionTrait, ideas: &[Uuid]) -> Result<HashMap<(Uuid, Uuid), Own>> {
    #[derive(FromQueryResult)]
    struct Row {
        root: Uuid,
        author_id: Uuid,
        title: String,
        body: String,
        created_at: DateTime<Utc>,
    }
    if ideas.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!(
        "WITH RECURSIVE part (root, id) AS (SELECT m.merged_into, m.id FROM contribution m WHERE m.merged_into IN ({}) \
         UNION SELECT part.root, m.id FROM contribution m JOIN part ON m.merged_into = part.id) \
         SELECT part.root, c.author_id, c.title, c.body, c.created_at FROM part CROSS JOIN contribution c \
         WHERE c.id = part.id AND c.author_id IS NOT NULL AND NOT c.withdrawn AND NOT c.hidden ORDER BY c.created_at DESC, c.id DESC",
        db::placeholders(1, ideas.len())
    );
    let rows: Vec<Row> = db::all(c, &sql, ideas.iter().map(|id| Value::from(*id)).collect()).await?;
    let own = |r: Row| {
        let heading = if r.title.is_empty() { title_of(&r.body) } else { r.title };
        ((r.root, r.author_id), Own { heading, at: r.created_at })
    };
    Ok(rows.into_iter().map(own).collect())
}

/// The idea that stands at this one's address now: itself, or the one it was united with.
///
/// # Errors
/// When the database refuses.
pub async fn kept_of(c: &impl ConnectionTrait, idea: &Contribution) -> Result<Option<Contribution>> {
    let mut next = idea.merged_into;
    let mut kept = None;
    // As deep as ideas were ever united one after the other; a limit all the same.
    for _ in 0..super::MOST {
        let Some(id) = next else { break };
        let found = ideas::find(c, id).await?;
        next = found.merged_into;
        kept = Some(found);
    }
    Ok(kept)
}

/// How many people support at least one of these ideas: what the kept one will count.
///
/// # Errors
/// When the database refuses.
pub async fn supports_together(c: &impl ConnectionTrait, ideas: &[Uuid]) -> Result<i64> {
    let list = db::placeholders(1, ideas.len());
    let sql = format!(
        "SELECT (SELECT count(DISTINCT r.holder) FROM reaction r WHERE r.kind = 'support' AND r.confirmed \
         AND r.contribution_id IN ({list})) + (SELECT CAST(coalesce(sum(c.brought), 0) AS BIGINT) FROM contribution c \
         WHERE c.id IN ({list}))"
    );
    db::count(c, &sql, ideas.iter().map(|id| Value::from(*id)).collect()).await
}

/// Forgets a person: whoever united, and whose follow came along.
///
/// # Errors
/// When the database refuses.
pub async fn forget(tx: &Tx, person: Uuid) -> Result<()> {
    db::run(tx, "UPDATE merging SET actor_id = NULL WHERE actor_id = $1", args![person]).await?;
    db::run(tx, "DELETE FROM merging_row WHERE key = $1", args![person]).await?;
    Ok(())
}

/// What moved is of no use once the undo is over.
///
/// # Errors
/// When the database refuses.
pub async fn sweep(tx: &Tx, now: DateTime<Utc>) -> Result<()> {
    let sql = "DELETE FROM merging_row WHERE merging_id IN (SELECT id FROM merging WHERE at < $1)";
    db::run(tx, sql, args![now - chrono::TimeDelta::days(1)]).await?;
    Ok(())
}
