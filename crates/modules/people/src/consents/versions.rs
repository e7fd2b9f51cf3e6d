//! Which version of the words somebody agreed to: the texts ever shown for a purpose on a channel, numbered in their order.

use chrono::{DateTime, Utc};
use parvis_kernel::{
    Result, args,
    db::{self, Tx},
    secrets::hash,
};
use sea_orm::FromQueryResult;
use uuid::Uuid;

/// SQL: the number of the words whose digest is the parameter `{digest}`, for the purpose and channel of the parameters 3
/// and 4; nothing for words never shown before.
pub(super) const OF_DIGEST: &str =
    "(SELECT w.version FROM consent_wording w WHERE w.purpose = $3 AND w.channel = $4 AND w.digest = {digest})";
/// Attempts to take the next number, where another transaction takes the same at this instant.
const ATTEMPTS: usize = 5;
/// Wordings numbered in a transaction.
const BATCH: i64 = 200;

/// What stands for the words: what the team typed may name somebody, and stays only in the entry, which an erasure takes.
pub(super) fn digest(wording: &str) -> String {
    hash(wording)
}

/// Gives an entry the number of its words, where they were never shown before.
pub(super) async fn complete(
    tx: &Tx,
    entry: Uuid,
    version: Option<i64>,
    purpose: &str,
    channel: &str,
    wording: &str,
) -> Result<()> {
    if version.is_some() || wording.is_empty() {
        return Ok(());
    }
    let version = number(tx, purpose, channel, wording).await?;
    db::run(tx, "UPDATE consent SET wording_version = $2 WHERE id = $1", args![entry, version]).await?;
    Ok(())
}

/// The number of some words, the next one when they are new. `None` when others took a number each time we tried.
async fn number(tx: &Tx, purpose: &str, channel: &str, wording: &str) -> Result<Option<i64>> {
    let digest = digest(wording);
    for _ in 0..ATTEMPTS {
        let known = "SELECT version FROM consent_wording WHERE purpose = $1 AND channel = $2 AND digest = $3";
        if let Some(version) = db::scalar(tx, known, args![purpose, channel, digest.clone()]).await? {
            return Ok(Some(version));
        }
        let next = "INSERT INTO consent_wording (purpose, channel, version, digest) \
                    SELECT $1, $2, coalesce(max(version), 0) + 1, $3 FROM consent_wording WHERE purpose = $1 AND channel = $2 \
                    ON CONFLICT DO NOTHING";
        db::run(tx, next, args![purpose, channel, digest.clone()]).await?;
    }
    Ok(None)
}

/// Numbers the words of entries from before versions, the oldest first. Says how many wordings there were: none when all is
/// done.
pub(super) async fn number_some(tx: &Tx) -> Result<usize> {
    #[derive(FromQueryResult)]
    struct Row {
        purpose: String,
        channel: String,
        wording: String,
        first: DateTime<Utc>,
    }
    let sql = "SELECT purpose, channel, wording, min(at) AS first FROM consent WHERE wording_version IS NULL AND wording <> '' \
               GROUP BY purpose, channel, wording ORDER BY min(at), wording LIMIT $1";
    let mut rows: Vec<Row> = db::all(tx, sql, args![BATCH]).await?;
    rows.sort_by_key(|r| r.first);
    for row in &rows {
        let version = number(tx, &row.purpose, &row.channel, &row.wording).await?;
        let sql = "UPDATE consent SET wording_version = $4 WHERE purpose = $1 AND channel = $2 AND wording = $3 \
                   AND wording_version IS NULL";
        db::run(tx, sql, args![row.purpose.clone(), row.channel.clone(), row.wording.clone(), version]).await?;
    }
    Ok(rows.len())
}
