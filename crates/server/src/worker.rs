//! The worker: runs jobs that are due, sends mails that are due, enqueues what comes back on a schedule.

use std::{sync::Arc, time::Duration};

use futures::future::BoxFuture;
use parvis_kernel::{Result, app::App, jobs, mail};
use tokio::sync::watch;

/// How long the worker rests when nothing is due.
const REST: Duration = Duration::from_secs(2);

/// Works until told to stop: jobs and mails each in a task of their own, so that a mail server that lets one wait holds
/// up no job, and a long job no mail.
pub async fn run(app: Arc<App>, stop: watch::Receiver<bool>) {
    let jobs = tokio::spawn(in_turns(app.clone(), stop.clone(), |app, _| Box::pin(job_turn(app))));
    let mails = tokio::spawn(in_turns(app, stop, |app, stop| {
        Box::pin(async move { mail::send_due_while(&app, || !*stop.borrow()).await.map(drop) })
    }));
    // A task that ended by a fault of ours has said so in the logs.
    let _ = tokio::join!(jobs, mails);
}

/// One kind of work, for as long as it is due.
type Turn = fn(Arc<App>, watch::Receiver<bool>) -> BoxFuture<'static, Result<()>>;

async fn in_turns(app: Arc<App>, mut stop: watch::Receiver<bool>, turn: Turn) {
    while !*stop.borrow() {
        if let Err(e) = turn(app.clone(), stop.clone()).await {
            // A database away for a while: said once a turn, tried again.
            tracing::warn!(error = %e, "the worker could not do its turn");
        }
        tokio::select! {
            () = tokio::time::sleep(REST) => {}
            _ = stop.changed() => break,
        }
    }
}

async fn job_turn(app: Arc<App>) -> Result<()> {
    enqueue_scheduled(&app).await?;
    jobs::run_due(&app).await.map(drop)
}

/// One turn of both: schedules, jobs, mails.
///
/// # Errors
/// When the database refuses.
pub async fn turn(app: &Arc<App>) -> Result<()> {
    job_turn(app.clone()).await?;
    mail::send_due(app).await.map(drop)
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
        jobs::enqueue_again(app, kind.name, every).await?;
    }
    Ok(())
}
