//! The consent ledger: append-only. No entry, no message.

pub mod expiry;
mod versions;

use chrono::{DateTime, TimeDelta, Utc};
use parvis_kernel::{
    Result, args,
    context::Moment,
    db::{self, Tx},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

/// An entry of the ledger.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Consent {
    /// Key.
    pub id: Uuid,
    /// `answers` (news of followed ideas), `project_news` (of followed consultations), `newsletter`, ….
    pub purpose: String,
    /// `email`, `sms`, `telephone`.
    pub channel: String,
    /// `given`, `withdrawn`, `expired`, `objected`.
    pub state: String,
    /// The words the person read.
    pub wording: String,
    /// Which of the words ever shown for this purpose and channel they are, from 1. `None` without words, or until the job
    /// numbered an entry from before versions.
    pub wording_version: Option<i64>,
    /// Where: `idea_form`, `own_space`, `mail_link`…; `paper`, `stand`, `phone`, `door` when the team wrote it down.
    pub source: String,
    /// When it was given or taken back.
    pub at: DateTime<Utc>,
    /// What proves it, when the team wrote it down.
    pub proof: String,
    /// Who of the team wrote it down.
    pub actor_id: Option<Uuid>,
    /// When it was written down, if later than it was given.
    pub noted_at: Option<DateTime<Utc>>,
    /// Until when an accord stands, as it was said when it was given; none for a refusal and for an entry from before.
    pub expires_at: Option<DateTime<Utc>>,
}

impl Consent {
    /// Until when this accord stands, where accords last that long now: never longer than what was said when it was given.
    #[must_use]
    pub fn until(&self, lasts: TimeDelta) -> DateTime<Utc> {
        expiry::until(self.at, self.expires_at, lasts)
    }
}

/// An entry that a member of the team writes down for somebody.
#[derive(Debug, Clone)]
pub struct Noted {
    /// Purpose.
    pub purpose: &'static str,
    /// Channel.
    pub channel: &'static str,
    /// The words that were read or said.
    pub wording: String,
    /// How it reached the team.
    pub source: &'static str,
    /// The witness, or where the paper is kept.
    pub proof: String,
    /// When it was given. An accord written down late does not undo what was taken back since.
    pub at: DateTime<Utc>,
    /// Who writes it down.
    pub actor: Option<Uuid>,
    /// How long it stands, see [`expiry::lasts`].
    pub lasts: TimeDelta,
}

/// Adds an entry that a member of the team writes down, and gives its key.
///
/// # Errors
/// When the database refuses.
pub async fn note(tx: &Tx, moment: &Moment, person: Uuid, new: &Noted) -> Result<Uuid> {
    let id = moment.id();
    let sql = format!(
        "INSERT INTO consent (id, person_id, purpose, channel, state, wording, source, at, proof, actor_id, noted_at, \
         expires_at, wording_version) \
         VALUES ($1, $2, $3, $4, 'given', $5, $6, $7, $8, $9, $10, $11, {}) RETURNING wording_version",
        versions::OF_DIGEST.replace("{digest}", "$12")
    );
    let args = args![
        id,
        person,
        new.purpose,
        new.channel,
        new.wording.clone(),
        new.source,
        new.at,
        new.proof.clone(),
        new.actor,
        moment.now,
        new.at + new.lasts,
        versions::digest(&new.wording)
    ];
    let version: Option<i64> = db::scalar(tx, &sql, args).await?.flatten();
    versions::complete(tx, id, version, new.purpose, new.channel, &new.wording).await?;
    heard(tx, person).await?;
    Ok(id)
}

/// Notes on a sheet whether the ledger says something of its person: after an entry that may be their first, or when entries move
/// from one sheet to another.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn heard(tx: &Tx, person: Uuid) -> Result<()> {
    const HAS: &str = "EXISTS (SELECT 1 FROM consent c WHERE c.person_id = person.id)";
    let sql = format!("UPDATE person SET in_ledger = {HAS} WHERE id = $1 AND in_ledger <> {HAS}");
    db::run(tx, &sql, args![person]).await.map(drop)
}

/// Takes an entry back for its person, who asked the team.
///
/// # Errors
/// When the database refuses.
pub async fn take_back(tx: &Tx, moment: &Moment, person: Uuid, c: &Consent, actor: Option<Uuid>) -> Result<()> {
    db::run(
        tx,
        "INSERT INTO consent (id, person_id, purpose, channel, state, wording, source, at, actor_id) \
         VALUES ($1, $2, $3, $4, 'withdrawn', $5, 'asked_team', $6, $7)",
        args![moment.id(), person, c.purpose.clone(), c.channel.clone(), c.wording.clone(), moment.now, actor],
    )
    .await?;
    Ok(())
}

/// Takes back an accord that a file brought, whose import was undone: the ledger keeps both lines.
///
/// # Errors
/// When the database refuses.
pub async fn take_back_import(tx: &Tx, moment: &Moment, entry: Uuid, actor: Option<Uuid>) -> Result<()> {
    let sql = "INSERT INTO consent (id, person_id, purpose, channel, state, wording, source, at, actor_id) \
               SELECT $1, person_id, purpose, channel, 'withdrawn', wording, 'import_undone', $2, $3 FROM consent \
               WHERE id = $4 AND state = 'given'";
    db::run(tx, sql, args![moment.id(), moment.now, actor, entry]).await.map(drop)
}

/// What stands now, from a ledger that starts with the newest: one entry for each purpose and channel.
#[must_use]
pub fn standing(ledger: &[Consent]) -> Vec<&Consent> {
    let mut all: Vec<&Consent> = Vec::new();
    for c in ledger {
        if !all.iter().any(|a| a.purpose == c.purpose && a.channel == c.channel) {
            all.push(c);
        }
    }
    all
}

/// Adds an entry.
///
/// # Errors
/// When the database refuses.
#[allow(clippy::too_many_arguments, reason = "the columns of the ledger, each needed")]
pub async fn record(
    tx: &Tx,
    moment: &Moment,
    person: Uuid,
    purpose: &str,
    channel: &str,
    state: &str,
    wording: &str,
    source: &str,
) -> Result<()> {
    let id = moment.id();
    // Only an accord ends by itself: a refusal stands.
    let until = if state == "given" { Some(moment.now + expiry::lasts(tx).await?) } else { None };
    let sql = format!(
        "INSERT INTO consent (id, person_id, purpose, channel, state, wording, source, at, expires_at, wording_version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, {}) RETURNING wording_version",
        versions::OF_DIGEST.replace("{digest}", "$10")
    );
    let digest = versions::digest(wording);
    let args = args![id, person, purpose, channel, state, wording, source, moment.now, until, digest];
    let version: Option<i64> = db::scalar(tx, &sql, args).await?.flatten();
    versions::complete(tx, id, version, purpose, channel, wording).await?;
    heard(tx, person).await
}

/// The ledger of a person, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn of_person(c: &impl ConnectionTrait, person: Uuid) -> Result<Vec<Consent>> {
    db::all(
        c,
        "SELECT id, purpose, channel, state, wording, wording_version, source, at, proof, actor_id, noted_at, expires_at \
         FROM consent WHERE person_id = $1 ORDER BY at DESC, id DESC",
        args![person],
    )
    .await
}

/// The entry that permits a message now, if the newest one for the purpose and channel is given and did not end: an end that
/// no job wrote down yet counts as well.
///
/// # Errors
/// When the database refuses.
pub async fn permits(
    c: &impl ConnectionTrait,
    now: DateTime<Utc>,
    person: Uuid,
    purpose: &str,
    channel: &str,
) -> Result<Option<Uuid>> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        state: String,
        expires_at: Option<DateTime<Utc>>,
    }
    let row: Option<Row> = db::one(
        c,
        "SELECT id, state, expires_at FROM consent WHERE person_id = $1 AND purpose = $2 AND channel = $3 \
         ORDER BY at DESC, id DESC LIMIT 1",
        args![person, purpose, channel],
    )
    .await?;
    Ok(row.filter(|r| r.state == "given" && r.expires_at.is_none_or(|end| end > now)).map(|r| r.id))
}
