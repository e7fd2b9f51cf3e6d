//! The consent ledger: append-only. No entry, no message.

use chrono::{DateTime, Utc};
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
    /// `answers` (news of followed ideas), `newsletter`, ….
    pub purpose: String,
    /// `email`, `sms`, `telephone`.
    pub channel: String,
    /// `given`, `withdrawn`, `expired`, `objected`.
    pub state: String,
    /// The words the person read.
    pub wording: String,
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
}

/// Adds an entry that a member of the team writes down.
///
/// # Errors
/// When the database refuses.
pub async fn note(tx: &Tx, moment: &Moment, person: Uuid, new: &Noted) -> Result<()> {
    db::run(
        tx,
        "INSERT INTO consent (id, person_id, purpose, channel, state, wording, source, at, proof, actor_id, noted_at) \
         VALUES ($1, $2, $3, $4, 'given', $5, $6, $7, $8, $9, $10)",
        args![
            moment.id(),
            person,
            new.purpose,
            new.channel,
            new.wording.clone(),
            new.source,
            new.at,
            new.proof.clone(),
            new.actor,
            moment.now
        ],
    )
    .await?;
    Ok(())
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
    db::run(
        tx,
        "INSERT INTO consent (id, person_id, purpose, channel, state, wording, source, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        args![moment.id(), person, purpose, channel, state, wording, source, moment.now],
    )
    .await?;
    Ok(())
}

/// The ledger of a person, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn of_person(c: &impl ConnectionTrait, person: Uuid) -> Result<Vec<Consent>> {
    db::all(
        c,
        "SELECT id, purpose, channel, state, wording, source, at, proof, actor_id, noted_at FROM consent WHERE person_id = $1 \
         ORDER BY at DESC, id DESC",
        args![person],
    )
    .await
}

/// The entry that permits a message now, if the newest one for the purpose and channel is given.
///
/// # Errors
/// When the database refuses.
pub async fn permits(c: &impl ConnectionTrait, person: Uuid, purpose: &str, channel: &str) -> Result<Option<Uuid>> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        state: String,
    }
    let row: Option<Row> = db::one(
        c,
        "SELECT id, state FROM consent WHERE person_id = $1 AND purpose = $2 AND channel = $3 ORDER BY at DESC, id DESC LIMIT 1",
        args![person, purpose, channel],
    )
    .await?;
    Ok(row.filter(|r| r.state == "given").map(|r| r.id))
}
