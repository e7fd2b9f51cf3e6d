//! Blocks in the database.

use chrono::{DateTime, TimeDelta, Utc};
use parvis_kernel::{
    Ctx, Error, Refusal, Result,
    activity::{self, Entry},
    app::App,
    args,
    context::Moment,
    db::{self, Tx},
    retention::{Goes, Retention},
    secrets::Secrets,
};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use serde_json::json;
use uuid::Uuid;

use super::{BLOCK_MEMBER, Block, REPLIED, Terms, Whom};
use crate::persons;

const COLUMNS: &str = "b.id, b.person_id, b.project_id, b.reason, b.actor_id, b.at, b.ends_at, b.undone_at, b.reply, b.replied_at, b.read_at";

/// The block that holds now for the person, the address or the browser: the newest.
///
/// # Errors
/// When the database refuses.
pub async fn standing(
    c: &impl ConnectionTrait,
    secrets: &Secrets,
    whom: &Whom,
    now: DateTime<Utc>,
) -> Result<Option<Block>> {
    let keys = whom.keys(secrets);
    let mut args = args![now];
    let mut held = Vec::new();
    if let Some(person) = whom.person {
        args.push(Value::from(person));
        held.push(format!("b.person_id = ${}", args.len()));
    }
    if !keys.is_empty() {
        let places = db::placeholders(args.len() + 1, keys.len());
        args.extend(keys.into_iter().map(|(_, hash)| Value::from(hash)));
        held.push(format!("b.id IN (SELECT k.block_id FROM block_key k WHERE k.hash IN ({places}))"));
    }
    if held.is_empty() {
        return Ok(None);
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM block b WHERE b.undone_at IS NULL AND (b.ends_at IS NULL OR b.ends_at > $1) AND ({}) \
         ORDER BY b.at DESC, b.id DESC LIMIT 1",
        held.join(" OR ")
    );
    db::one(c, &sql, args).await
}

/// SQL: whether a block holds for person `p` at the instant of this place.
#[must_use]
pub fn holds_for_p(now: usize) -> String {
    format!(
        "EXISTS (SELECT 1 FROM block h WHERE h.person_id = p.id AND h.undone_at IS NULL \
         AND (h.ends_at IS NULL OR h.ends_at > ${now}))"
    )
}

/// Whether a block holds for a person now.
///
/// # Errors
/// When the database refuses.
pub async fn holds(c: &impl ConnectionTrait, person: Uuid, now: DateTime<Utc>) -> Result<bool> {
    let sql =
        "SELECT count(*) FROM block WHERE person_id = $1 AND undone_at IS NULL AND (ends_at IS NULL OR ends_at > $2)";
    Ok(db::count(c, sql, args![person, now]).await? > 0)
}

/// How many blocks were decided from one instant to another, but for those undone within `undo`.
///
/// # Errors
/// When the database refuses.
pub async fn decided_between(
    c: &impl ConnectionTrait,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
    undo: TimeDelta,
) -> Result<i64> {
    #[derive(FromQueryResult)]
    struct Decided {
        at: DateTime<Utc>,
        ends_at: Option<DateTime<Utc>>,
        undone_at: Option<DateTime<Utc>>,
    }
    let sql = "SELECT at, ends_at, undone_at FROM block WHERE at >= $1 AND at < $2";
    let all: Vec<Decided> = db::all(c, sql, args![from, to]).await?;
    let meant = |b: &Decided| b.undone_at.is_none_or(|undone| b.ends_at == Some(undone) || undone > b.at + undo);
    Ok(i64::try_from(all.iter().filter(|b| meant(b)).count()).unwrap_or(i64::MAX))
}

/// Blocks on one page of the list.
const LISTED: i64 = 200;

/// The blocks that hold, those with a reply to read first, then the newest.
///
/// # Errors
/// When the database refuses.
pub async fn all_standing(c: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<Vec<Block>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM block b WHERE b.undone_at IS NULL AND (b.ends_at IS NULL OR b.ends_at > $1) \
         ORDER BY CASE WHEN b.replied_at IS NOT NULL AND b.read_at IS NULL THEN 0 ELSE 1 END, b.at DESC, b.id DESC LIMIT $2"
    );
    db::all(c, &sql, args![now, LISTED]).await
}

/// The blocks that hold, after the one of this key, in the order of keys.
///
/// # Errors
/// When the database refuses.
pub async fn standing_after(
    c: &impl ConnectionTrait,
    now: DateTime<Utc>,
    after: Uuid,
    limit: i64,
) -> Result<Vec<Block>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM block b WHERE b.undone_at IS NULL AND (b.ends_at IS NULL OR b.ends_at > $1) \
         AND b.id > $2 ORDER BY b.id LIMIT $3"
    );
    db::all(c, &sql, args![now, after, limit]).await
}

/// How many replies to blocks that hold nobody has read.
///
/// # Errors
/// When the database refuses.
pub async fn unread(c: &impl ConnectionTrait) -> Result<i64> {
    let sql = "SELECT count(*) FROM block WHERE undone_at IS NULL AND replied_at IS NOT NULL AND read_at IS NULL";
    db::count(c, sql, vec![]).await
}

/// The reply is read, and the block stays.
///
/// # Errors
/// `changed_meanwhile`, or when the database refuses.
pub async fn keep(tx: &Tx, moment: &Moment, actor: Option<Uuid>, block: &Block) -> Result<()> {
    let sql = "UPDATE block SET read_at = $2 WHERE id = $1 AND replied_at IS NOT NULL AND read_at IS NULL \
               AND undone_at IS NULL";
    if db::run(tx, sql, args![block.id, moment.now]).await? != 1 {
        return Err(Refusal::CHANGED_MEANWHILE.into());
    }
    journal(tx, moment, actor, "person.block_kept", block.person_id).await
}

/// A block by key.
///
/// # Errors
/// `NotFound`, or when the database refuses.
pub async fn find(c: &impl ConnectionTrait, id: Uuid) -> Result<Block> {
    db::one(c, &format!("SELECT {COLUMNS} FROM block b WHERE b.id = $1"), args![id]).await?.ok_or(Error::NotFound)
}

/// The block that holds for whoever sends this request: signed in, the person and their address; else the browser. With
/// `as_browser`, the browser counts for a person too: they write without their name. An address that is only typed says
/// nothing of who types it.
///
/// # Errors
/// When the database refuses.
pub async fn of_request(ctx: &Ctx, as_browser: bool) -> Result<Option<Block>> {
    let c = ctx.app.db.read();
    let whom = match ctx.actor.person() {
        Some(id) => Whom {
            person: Some(id),
            email: persons::find(c, id).await?.and_then(|p| p.email),
            // Whoever shares a browser with somebody blocked and says who they are is somebody else.
            browser: as_browser.then_some(ctx.visitor),
        },
        None => Whom { browser: Some(ctx.visitor), ..Whom::default() },
    };
    standing(c, &ctx.app.secrets, &whom, ctx.now()).await
}

/// Whether an address that somebody types is that of somebody blocked. It may be typed by somebody else: it is never
/// told to whoever types it.
///
/// # Errors
/// When the database refuses.
pub async fn is_address_blocked(ctx: &Ctx, email: &str) -> Result<bool> {
    if email.is_empty() {
        return Ok(false);
    }
    let whom = Whom { email: Some(email.to_owned()), ..Whom::default() };
    Ok(standing(ctx.app.db.read(), &ctx.app.secrets, &whom, ctx.now()).await?.is_some())
}

/// Blocks somebody, once however often it is asked at the same time.
///
/// # Errors
/// `block_member`, `changed_meanwhile` when they are blocked already, `NotFound` for nobody, or when the database refuses.
pub async fn block(
    tx: &Tx,
    app: &App,
    moment: &Moment,
    actor: Option<Uuid>,
    whom: &Whom,
    terms: &Terms,
) -> Result<Block> {
    let keys = whom.keys(&app.secrets);
    if whom.person.is_none() && keys.is_empty() {
        return Err(Error::NotFound);
    }
    if let Some(person) = whom.person {
        let row = persons::find(tx, person).await?.ok_or(Error::NotFound)?;
        if row.role.is_some() {
            return Err(BLOCK_MEMBER.into());
        }
    }
    let over = "UPDATE block SET undone_at = ends_at WHERE undone_at IS NULL AND ends_at IS NOT NULL AND ends_at <= $1";
    db::run(tx, over, args![moment.now]).await?;
    drop_keys(tx).await?;
    if standing(tx, &app.secrets, whom, moment.now).await?.is_some() {
        return Err(Refusal::CHANGED_MEANWHILE.into());
    }
    let id = moment.id();
    let sql = "INSERT INTO block (id, person_id, reason, actor_id, at, ends_at, project_id) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    once(
        db::run(tx, sql, args![id, whom.person, terms.reason.clone(), actor, moment.now, terms.ends_at, terms.project])
            .await,
    )?;
    for (kind, hash) in keys {
        let sql = "INSERT INTO block_key (hash, kind, block_id) VALUES ($1, $2, $3)";
        once(db::run(tx, sql, args![hash, kind, id]).await)?;
    }
    journal(tx, moment, actor, "person.blocked", whom.person).await?;
    find(tx, id).await
}

/// Two at once: the second finds it done.
fn once(done: Result<u64>) -> Result<()> {
    match done {
        Err(e) if db::is_duplicate(&e) => Err(Refusal::CHANGED_MEANWHILE.into()),
        other => other.map(|_| ()),
    }
}

async fn journal(
    tx: &Tx,
    moment: &Moment,
    actor: Option<Uuid>,
    kind: &'static str,
    person: Option<Uuid>,
) -> Result<()> {
    let entry = Entry { actor, kind, subject_kind: "person", subject: person, project: None, detail: "" };
    activity::record(tx, moment, entry).await
}

/// Undoes a block.
///
/// # Errors
/// `changed_meanwhile` when it is undone or over already, or when the database refuses.
pub async fn lift(tx: &Tx, moment: &Moment, actor: Option<Uuid>, block: &Block) -> Result<()> {
    let sql = "UPDATE block SET undone_at = $2, undone_by = $3 WHERE id = $1 AND undone_at IS NULL \
               AND (ends_at IS NULL OR ends_at > $2)";
    if db::run(tx, sql, args![block.id, moment.now, actor]).await? != 1 {
        return Err(Refusal::CHANGED_MEANWHILE.into());
    }
    drop_keys(tx).await?;
    // The letter that told of it may still wait.
    parvis_kernel::mail::cancel(tx, &format!("block/{}", block.id)).await?;
    journal(tx, moment, actor, "person.unblocked", block.person_id).await
}

/// Keeps the one reply of whoever is blocked.
///
/// # Errors
/// `replied_once`, or when the database refuses.
pub async fn reply(tx: &Tx, moment: &Moment, block: &Block, words: &str) -> Result<()> {
    let sql = "UPDATE block SET reply = $2, replied_at = $3 WHERE id = $1 AND replied_at IS NULL AND undone_at IS NULL";
    if db::run(tx, sql, args![block.id, words, moment.now]).await? != 1 {
        return Err(REPLIED.into());
    }
    journal(tx, moment, None, "person.block_replied", block.person_id).await
}

/// Hashes are kept as long as a block holds.
async fn drop_keys(tx: &Tx) -> Result<()> {
    let sql = "DELETE FROM block_key WHERE block_id IN (SELECT id FROM block WHERE undone_at IS NOT NULL)";
    db::run(tx, sql, vec![]).await?;
    Ok(())
}

/// Blocks that are over: their hashes go, and what is left of those who were erased.
///
/// # Errors
/// When the database refuses.
pub async fn sweep(tx: &Tx, now: DateTime<Utc>) -> Result<()> {
    let over = "UPDATE block SET undone_at = ends_at WHERE undone_at IS NULL AND ends_at IS NOT NULL AND ends_at <= $1";
    db::run(tx, over, args![now]).await?;
    drop_keys(tx).await
}

/// Forgets a person: their block holds by the hash of their address alone, as an erasure is remembered; what they decided
/// as a member of the team stays, without them.
///
/// # Errors
/// When the database refuses.
pub async fn forget(tx: &Tx, person: Uuid) -> Result<()> {
    let sql =
        "DELETE FROM block_key WHERE kind = 'browser' AND block_id IN (SELECT id FROM block WHERE person_id = $1)";
    db::run(tx, sql, args![person]).await?;
    db::run(tx, "UPDATE block SET person_id = NULL, reason = '', reply = '' WHERE person_id = $1", args![person])
        .await?;
    db::run(tx, "UPDATE block SET actor_id = NULL WHERE actor_id = $1", args![person]).await?;
    db::run(tx, "UPDATE block SET undone_by = NULL WHERE undone_by = $1", args![person]).await?;
    Ok(())
}

/// The blocks of a person and those they decided, for the download.
///
/// # Errors
/// When the database refuses.
pub async fn personal_data(c: &impl ConnectionTrait, person: Uuid) -> Result<Vec<serde_json::Value>> {
    let sql = format!("SELECT {COLUMNS} FROM block b WHERE b.person_id = $1 ORDER BY b.at, b.id");
    let own: Vec<Block> = db::all(c, &sql, args![person]).await?;
    // Why is about somebody else.
    let sql = "SELECT at FROM block WHERE actor_id = $1 ORDER BY at, id";
    let decided: Vec<DateTime<Utc>> = db::column(c, sql, args![person]).await?;
    let own = own.iter().map(|b| {
        json!({"reason": b.reason, "since": b.at, "ends": b.ends_at, "undone": b.undone_at, "reply": b.reply, "replied": b.replied_at})
    });
    let decided = decided.iter().map(|at| json!({"decided": at}));
    Ok(own.chain(decided).collect())
}

/// What was written about somebody, and what they replied, some time after the block is over.
pub const PERIOD: Retention = Retention {
    code: "blocages",
    key: "keep-blocks",
    days: 365,
    least: 30,
    most: 1_095,
    table: "block",
    goes: Goes::Emptied("reason = '', reply = ''"),
    when: "undone_at < $1 AND (reason <> '' OR reply <> '')",
};
