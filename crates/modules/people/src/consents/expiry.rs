//! An accord ends by itself: an entry of the ledger says so, and nobody is written to without being asked again.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use parvis_kernel::{
    Result,
    activity::{self, Entry},
    app::App,
    args,
    context::Moment,
    db::{self, Tx},
    jobs::Failure,
    retention::{self, Goes, Retention},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::versions;

/// The job that writes ends down.
pub const JOB: &str = "people.accords";
/// The activity that says how many ended.
pub const ACTIVITY: &str = "consent.expired";
/// Entries written in a transaction.
const BATCH: i64 = 500;

/// How long an accord stands. Three years, what the CNIL recommends after the last contact; the team may ask for less, or for
/// up to five.
pub const PERIOD: Retention = Retention {
    code: "accords",
    key: "keep-accords",
    days: 1095,
    least: 90,
    most: 1825,
    table: "consent",
    goes: Goes::Noted,
    when: "state = 'given' AND (at < $1 OR expires_at <= $2) AND NOT EXISTS (SELECT 1 FROM consent d \
           WHERE d.person_id = consent.person_id AND d.purpose = consent.purpose AND d.channel = consent.channel \
           AND (d.at > consent.at OR (d.at = consent.at AND d.id > consent.id)))",
};

/// How long accords given now stand.
///
/// # Errors
/// When the database refuses.
pub async fn lasts(c: &impl ConnectionTrait) -> Result<TimeDelta> {
    Ok(TimeDelta::days(retention::days(c, &PERIOD).await?))
}

/// Until when an accord of an instant stands, where accords last that long now, and where this was said when it was given.
#[must_use]
pub fn until(at: DateTime<Utc>, said: Option<DateTime<Utc>>, lasts: TimeDelta) -> DateTime<Utc> {
    let end = at + lasts;
    said.map_or(end, |said| said.min(end))
}

/// The job: writes down what ended, and numbers the words of entries from before versions. The journal says how many ended.
pub fn run(app: Arc<App>, _: String) -> BoxFuture<'static, Result<(), Failure>> {
    Box::pin(async move {
        while app.db.write(|tx| Box::pin(versions::number_some(tx))).await? > 0 {}
        let mut ended = 0;
        loop {
            let moment = app.moment();
            let some = app
                .db
                .write(move |tx| {
                    let moment = moment.clone();
                    Box::pin(async move { end_some(tx, &moment).await })
                })
                .await?;
            ended += some;
            if i64::try_from(some).unwrap_or(i64::MAX) < BATCH {
                break;
            }
        }
        if ended > 0 {
            let moment = app.moment();
            app.db
                .write(move |tx| {
                    let moment = moment.clone();
                    Box::pin(async move { told(tx, &moment, ended).await })
                })
                .await?;
        }
        Ok(())
    })
}

async fn told(tx: &Tx, moment: &Moment, ended: usize) -> Result<()> {
    let entry = Entry {
        actor: None,
        kind: ACTIVITY,
        subject_kind: "person",
        subject: None,
        project: None,
        detail: &ended.to_string(),
    };
    activity::record(tx, moment, entry).await
}

/// Writes the ends of some accords down, and says how many.
async fn end_some(tx: &Tx, moment: &Moment) -> Result<usize> {
    #[derive(FromQueryResult)]
    struct Row {
        person_id: Uuid,
        purpose: String,
        channel: String,
        wording: String,
        wording_version: Option<i64>,
        at: DateTime<Utc>,
        expires_at: Option<DateTime<Utc>>,
    }
    let lasts = lasts(tx).await?;
    let sql = format!(
        "SELECT person_id, purpose, channel, wording, wording_version, at, expires_at FROM consent WHERE {} \
         ORDER BY at, id LIMIT $3",
        PERIOD.when
    );
    let rows: Vec<Row> = db::all(tx, &sql, args![moment.now - lasts, moment.now, BATCH]).await?;
    for row in &rows {
        let end = until(row.at, row.expires_at, lasts);
        let sql = "INSERT INTO consent (id, person_id, purpose, channel, state, wording, wording_version, source, at, noted_at) \
                   VALUES ($1, $2, $3, $4, 'expired', $5, $6, 'expiry', $7, $8)";
        let args = args![
            moment.id(),
            row.person_id,
            row.purpose.clone(),
            row.channel.clone(),
            row.wording.clone(),
            row.wording_version,
            end,
            moment.now
        ];
        db::run(tx, sql, args).await?;
    }
    Ok(rows.len())
}
