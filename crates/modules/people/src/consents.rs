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
    /// Where: `idea_form`, `own_space`, `mail_link`….
    pub source: String,
    /// When.
    pub at: DateTime<Utc>,
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
        "SELECT id, purpose, channel, state, wording, source, at FROM consent WHERE person_id = $1 ORDER BY at DESC, id DESC",
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
