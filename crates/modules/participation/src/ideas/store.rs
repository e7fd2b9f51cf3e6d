//! Contributions in the database. Every change of a text's visibility passes here, so that counts stay exact.

use chrono::{DateTime, Utc};
use parvis_kernel::{
    Error, Refusal, Result, args,
    context::Moment,
    db::{self, Dialect, Tx},
};
use parvis_themes::text::{Language, search_terms};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{Contribution, Status};
use crate::{comments::Order, follows};

/// The columns of a [`Contribution`].
pub const COLUMNS: &str = "c.id, c.number, c.kind, c.project_id, c.idea_id, c.reply_to, c.author_id, c.holder, \
     c.author_name, c.office, c.title, c.body, c.lang, c.tag, c.area_id, c.place, c.lon, c.lat, c.side, c.origin, \
     c.status, c.reason, c.hidden, c.withdrawn, c.visible, c.created_at, c.published_at, c.answered_at, \
     c.supports + c.brought AS supports, c.opposes, c.comments, c.reports, c.appeal, c.merged_into, c.version";

/// SQL: whether anybody may read contribution `c`: online, under an idea that is, in a project that anybody finds.
/// Lists and mails for whoever is not its author ask this.
pub const PUBLIC: &str = "(c.visible AND (c.idea_id IS NULL OR EXISTS (SELECT 1 FROM contribution o \
     WHERE o.id = c.idea_id AND o.visible)) AND (c.reply_to IS NULL OR EXISTS (SELECT 1 FROM contribution o \
     WHERE o.id = c.reply_to AND o.visible)) AND EXISTS (SELECT 1 FROM project j WHERE j.id = c.project_id \
     AND j.visibility = 'public' AND j.state <> 'draft'))";

/// Whether a contribution is online where it stands: not under an idea or a comment that is offline.
///
/// # Errors
/// When the database refuses.
pub async fn is_online(c: &impl ConnectionTrait, item: &Contribution) -> Result<bool> {
    if !item.visible || item.idea_id.is_none() {
        return Ok(item.visible);
    }
    let sql = "SELECT count(*) FROM contribution WHERE (id = $1 OR id = $2) AND NOT visible";
    let none = Uuid::nil();
    Ok(db::count(c, sql, args![item.idea_id.unwrap_or(none), item.reply_to.unwrap_or(none)]).await? == 0)
}

/// Whether anybody may read a contribution, as [`PUBLIC`] says.
///
/// # Errors
/// When the database refuses.
pub async fn is_public(c: &impl ConnectionTrait, id: Uuid) -> Result<bool> {
    let sql = format!("SELECT count(*) FROM contribution c WHERE c.id = $1 AND {PUBLIC}");
    Ok(db::count(c, &sql, args![id]).await? > 0)
}

/// Those of these contributions that anybody may read, as [`PUBLIC`] says.
///
/// # Errors
/// When the database refuses.
pub async fn public_among(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Uuid>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql =
        format!("SELECT c.id FROM contribution c WHERE c.id IN ({}) AND {PUBLIC}", db::placeholders(1, ids.len()));
    db::column(c, &sql, ids.iter().map(|id| (*id).into()).collect()).await
}

/// A contribution to store.
#[derive(Debug, Clone)]
pub struct New {
    /// Project.
    pub project: Uuid,
    /// The idea, for a comment.
    pub idea: Option<Uuid>,
    /// The comment, for a reply.
    pub reply_to: Option<Uuid>,
    /// The person, when signed in.
    pub author: Option<Uuid>,
    /// Browser or person.
    pub holder: Uuid,
    /// First name shown; empty for anonymous.
    pub author_name: String,
    /// Office, for the team.
    pub office: String,
    /// Address to confirm.
    pub pending_email: Option<String>,
    /// Title, may be empty.
    pub title: String,
    /// Text.
    pub body: String,
    /// BCP 47 language.
    pub lang: String,
    /// Theme, as a word.
    pub tag: String,
    /// Area.
    pub area: Option<Uuid>,
    /// Street or place.
    pub place: String,
    /// Longitude and latitude.
    pub point: Option<(f64, f64)>,
    /// Age group.
    pub age: Option<String>,
    /// `for`, `against` or empty.
    pub side: String,
    /// `web`, `stand`, `paper`, `phone`, `import`.
    pub origin: &'static str,
    /// The file's own id, for an import.
    pub external_id: Option<String>,
    /// First status.
    pub status: Status,
    /// Supports an import brings.
    pub brought: i64,
}

impl New {
    /// An idea with nothing but its text.
    #[must_use]
    pub fn idea(project: Uuid, holder: Uuid, body: impl Into<String>, status: Status) -> Self {
        Self {
            project,
            idea: None,
            reply_to: None,
            author: None,
            holder,
            author_name: String::new(),
            office: String::new(),
            pending_email: None,
            title: String::new(),
            body: body.into(),
            lang: "fr".into(),
            tag: String::new(),
            area: None,
            place: String::new(),
            point: None,
            age: None,
            side: String::new(),
            origin: "web",
            external_id: None,
            status,
            brought: 0,
        }
    }

    /// A comment under an idea.
    #[must_use]
    pub fn comment(project: Uuid, idea: Uuid, holder: Uuid, body: impl Into<String>, status: Status) -> Self {
        Self { idea: Some(idea), ..Self::idea(project, holder, body, status) }
    }
}

/// A stored contribution's key and number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stored {
    /// Key.
    pub id: Uuid,
    /// Public number.
    pub number: i64,
}

/// The stemmed words a text is found by.
#[must_use]
pub fn terms(title: &str, body: &str, place: &str, lang: &str) -> String {
    let language = Language::from_code(lang).unwrap_or(Language::Fr);
    search_terms(&format!("{title}\n{body}\n{place}"), language).join(" ")
}

/// Takes the next public numbers: `n` of them, the first is returned.
///
/// # Errors
/// When the database refuses.
pub async fn take_numbers(tx: &Tx, n: i64) -> Result<i64> {
    let last: Option<i64> = db::scalar(
        tx,
        "INSERT INTO counter (name, value) VALUES ('contribution', $1) \
         ON CONFLICT (name) DO UPDATE SET value = counter.value + excluded.value RETURNING value",
        args![n],
    )
    .await?;
    Ok(last.unwrap_or(n) - n + 1)
}

/// Stores a contribution, written at `moment.now`.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &Tx, moment: &Moment, new: &New) -> Result<Stored> {
    let number = take_numbers(tx, 1).await?;
    insert_numbered(tx, moment, new, number).await
}

/// Stores a contribution under a number taken before.
///
/// # Errors
/// When the database refuses.
pub async fn insert_numbered(tx: &Tx, moment: &Moment, new: &New, number: i64) -> Result<Stored> {
    let id = moment.id();
    let terms = terms(&new.title, &new.body, &new.place, &new.lang);
    let visible = new.status.is_public();
    db::run(
        tx,
        "INSERT INTO contribution (id, number, kind, project_id, idea_id, reply_to, author_id, holder, author_name, \
         office, pending_email, title, body, lang, tag, area_id, place, lon, lat, age, side, origin, external_id, status, \
         visible, created_at, published_at, brought, terms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, \
         $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29)",
        args![
            id,
            number,
            if new.idea.is_some() { "comment" } else { "idea" },
            new.project,
            new.idea,
            new.reply_to,
            new.author,
            new.holder,
            new.author_name.clone(),
            new.office.clone(),
            new.pending_email.clone(),
            new.title.clone(),
            new.body.clone(),
            new.lang.clone(),
            new.tag.clone(),
            new.area,
            new.place.clone(),
            new.point.map(|p| p.0),
            new.point.map(|p| p.1),
            new.age.clone(),
            new.side.clone(),
            new.origin,
            new.external_id.clone(),
            new.status.code(),
            visible,
            moment.now,
            visible.then_some(moment.now),
            new.brought,
            terms.clone()
        ],
    )
    .await?;
    if Dialect::of(tx.get_database_backend()) == Dialect::Sqlite {
        db::run(tx, "INSERT INTO contribution_search (rowid, terms) VALUES ($1, $2)", args![number, terms]).await?;
    }
    if visible && let Some(idea) = new.idea {
        count_comment(tx, idea, id, new.reply_to, true).await?;
    }
    Ok(Stored { id, number })
}

/// SQL: whether contribution `c` counts among the comments of its idea: it is online, and not under a comment that is offline.
pub const COUNTED: &str = "(c.visible AND (c.reply_to IS NULL OR EXISTS (SELECT 1 FROM contribution o \
     WHERE o.id = c.reply_to AND o.visible)))";

/// Counts a comment that came online or went offline, with its replies, which are shown with it alone.
async fn count_comment(tx: &Tx, idea: Uuid, id: Uuid, reply_to: Option<Uuid>, online: bool) -> Result<()> {
    // Whoever writes or decides under the same idea waits here, and then counts what this did.
    db::run(tx, "UPDATE contribution SET comments = comments WHERE id = $1", args![idea]).await?;
    let of = if reply_to.is_some() { "id = $1" } else { "reply_to = $1" };
    let sql = format!("SELECT count(*) FROM contribution WHERE {of} AND visible");
    let found = db::count(tx, &sql, args![reply_to.unwrap_or(id)]).await?;
    let n = if reply_to.is_some() { found } else { 1 + found };
    let by = if online { n } else { -n };
    db::run(tx, "UPDATE contribution SET comments = comments + $2 WHERE id = $1", args![idea, by]).await?;
    Ok(())
}

/// Changes the words of a contribution (by its author before publication, or by an import run again).
///
/// # Errors
/// When the database refuses.
pub async fn set_text(tx: &Tx, c: &Contribution, title: &str, body: &str) -> Result<()> {
    let terms = terms(title, body, &c.place, &c.lang);
    db::run(
        tx,
        "UPDATE contribution SET title = $2, body = $3, terms = $4 WHERE id = $1",
        args![c.id, title, body, terms.clone()],
    )
    .await?;
    if Dialect::of(tx.get_database_backend()) == Dialect::Sqlite {
        db::run(tx, "DELETE FROM contribution_search WHERE rowid = $1", args![c.number]).await?;
        db::run(tx, "INSERT INTO contribution_search (rowid, terms) VALUES ($1, $2)", args![c.number, terms]).await?;
    }
    Ok(())
}

/// What the team or a report changes of a contribution.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// New status.
    pub status: Option<Status>,
    /// Hidden or shown again.
    pub hidden: Option<bool>,
    /// Taken back by its author.
    pub withdrawn: Option<bool>,
    /// Why it is refused.
    pub reason: Option<String>,
    /// Leaves no line in the history: an undo.
    pub quiet: bool,
}

/// Applies a change, keeps `visible` and the idea's count of comments in step, and writes the status history.
/// With `version`, refuses when somebody changed it since.
///
/// # Errors
/// `changed_meanwhile`, `NotFound`, or when the database refuses.
pub async fn change(
    tx: &Tx,
    moment: &Moment,
    id: Uuid,
    version: Option<i64>,
    actor: Option<Uuid>,
    change: &Change,
) -> Result<Contribution> {
    let before = find(tx, id).await?;
    if version.is_some_and(|v| v != before.version) {
        return Err(Refusal::CHANGED_MEANWHILE.into());
    }
    let status = change.status.unwrap_or_else(|| before.status());
    let hidden = change.hidden.unwrap_or(before.hidden);
    let withdrawn = change.withdrawn.unwrap_or(before.withdrawn);
    let visible = status.is_public() && !hidden && !withdrawn && before.merged_into.is_none();
    let published_at = before.published_at.or(visible.then_some(moment.now));
    let changed = db::run(
        tx,
        "UPDATE contribution SET status = $2, hidden = $3, withdrawn = $4, visible = $5, published_at = $6, reason = $7, \
         version = version + 1 WHERE id = $1 AND version = $8",
        args![
            id,
            status.code(),
            hidden,
            withdrawn,
            visible,
            published_at,
            change.reason.clone().unwrap_or_else(|| before.reason.clone()),
            before.version
        ],
    )
    .await?;
    if changed != 1 {
        return Err(Refusal::CHANGED_MEANWHILE.into());
    }
    if let Some(idea) = before.idea_id.filter(|_| visible != before.visible) {
        count_comment(tx, idea, id, before.reply_to, visible).await?;
    }
    // What went offline leaves by no mail any more.
    if before.visible && !visible {
        follows::take_back_all(tx, id).await?;
    }
    if status != before.status() && !change.quiet {
        record_status(tx, moment, id, status, actor).await?;
    }
    find(tx, id).await
}

/// Adds a line to an idea's history.
///
/// # Errors
/// When the database refuses.
pub async fn record_status(tx: &Tx, moment: &Moment, id: Uuid, status: Status, actor: Option<Uuid>) -> Result<()> {
    db::run(
        tx,
        "INSERT INTO status_change (id, contribution_id, status, actor_id, at) VALUES ($1, $2, $3, $4, $5)",
        args![moment.id(), id, status.code(), actor, moment.now],
    )
    .await?;
    Ok(())
}

/// A line of an idea's history.
#[derive(Debug, Clone, sea_orm::FromQueryResult)]
pub struct StatusChange {
    /// Status code.
    pub status: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// The history of an idea, oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn history(c: &impl ConnectionTrait, id: Uuid) -> Result<Vec<StatusChange>> {
    db::all(c, "SELECT status, at FROM status_change WHERE contribution_id = $1 ORDER BY at, id", args![id]).await
}

/// A contribution by key, whatever its state.
///
/// # Errors
/// `NotFound`, or when the database refuses.
pub async fn find(c: &impl ConnectionTrait, id: Uuid) -> Result<Contribution> {
    db::one(c, &format!("SELECT {COLUMNS} FROM contribution c WHERE c.id = $1"), args![id])
        .await?
        .ok_or(Error::NotFound)
}

/// A contribution by number, whatever its state: the caller decides who may see it.
///
/// # Errors
/// `NotFound`, or when the database refuses.
pub async fn by_number(c: &impl ConnectionTrait, number: i64) -> Result<Contribution> {
    db::one(c, &format!("SELECT {COLUMNS} FROM contribution c WHERE c.number = $1"), args![number])
        .await?
        .ok_or(Error::NotFound)
}

/// The visible comments of an idea in an order, at most `limit`.
///
/// # Errors
/// When the database refuses.
pub async fn comments(
    c: &impl ConnectionTrait,
    idea: Uuid,
    order: Order,
    limit: i64,
    offset: i64,
) -> Result<Vec<Contribution>> {
    let order = match order {
        Order::Useful => "c.supports + c.brought DESC, c.created_at, c.id",
        Order::Recent => "c.created_at DESC, c.id DESC",
    };
    let sql = format!(
        "SELECT {COLUMNS} FROM contribution c WHERE c.idea_id = $1 AND c.visible = TRUE AND c.reply_to IS NULL \
         ORDER BY {order} LIMIT $2 OFFSET $3"
    );
    db::all(c, &sql, args![idea, limit, offset]).await
}

/// The visible replies to comments of an idea, oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn replies(c: &impl ConnectionTrait, comments: &[Uuid]) -> Result<Vec<Contribution>> {
    if comments.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM contribution c WHERE c.reply_to IN ({}) AND c.visible ORDER BY c.created_at, c.id",
        db::placeholders(1, comments.len())
    );
    db::all(c, &sql, comments.iter().map(|id| sea_orm::Value::from(*id)).collect()).await
}
