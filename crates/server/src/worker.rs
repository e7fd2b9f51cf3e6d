//! The worker: runs jobs that are due, sends mails that are due, enqueues what comes back on a schedule.

use std::{sync::Arc, time::Duration};

use parvis_kernel::{Result, app::App, args, db, jobs, mail};
use tokio::sync::watch;

/// How long the worker rests when nothing is due.
const REST: Duration = Duration::from_secs(2);

/// Works until told to stop.
pub async fn run(app: Arc<App>, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        if let Err(e) = turn(&app).await {
            // A database away for a while: said once a turn, tried again.
            tracing::warn!(error = %e, "the worker could not do its turn");
        }
        tokio::select! {
            () = tokio::time::sleep(REST) => {}
            _ = stop.changed() => break,
        }
    }
}

/// One turn: schedules, jobs, mails.
///
/// # Errors
/// When the database refuses.
pub async fn turn(app: &Arc<App>) -> Result<()> {
    enqueue_scheduled(app).await?;
    jobs::run_due(app).await?;
    mail::send_due(app).await?;
    Ok(())
}

/// Everything that is due now and what it causes: for tests and the demo.
///
/// # Errors
/// When the database refuses.
pub async fn drain(app: &Arc<App>) -> Result<()> {
    while jobs::run_due(app).await? + mail::send_due(app).await? > 0 {}
    Ok(())
}

async fn enqueue_scheduled(app: &Arc<App>) -> Result<()> {
    for kind in app.modules.iter().flat_map(|m| m.jobs()) {
        let Some(every) = kind.every else { continue };
        let now = app.clock.now();
        let recent = "SELECT count(*) FROM job WHERE kind = $1 AND (state IN ('queued', 'running') OR run_at > $2)";
        if db::count(app.db.read(), recent, args![kind.name, now - every]).await? > 0 {
            continue;
        }
        let moment = app.moment();
        app.db
            .write(move |tx| {
                let moment = moment.clone();
                let name = kind.name;
                Box::pin(async move { jobs::enqueue(tx, &moment, name, &(), Some(name), moment.now).await })
            })
            .await?;
    }
    Ok(())
}
