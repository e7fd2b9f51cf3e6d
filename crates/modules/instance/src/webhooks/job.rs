//! The job that tells: it gathers what happened from every module, and calls the addresses that want to know.

use std::sync::Arc;

use chrono::TimeDelta;
use futures::future::BoxFuture;
use parvis_kernel::{
    Result,
    app::App,
    args,
    context::Moment,
    db::{self, Tx},
    jobs::{self, JobKind},
};

use super::{
    Outcome, Reach, Webhook,
    call::{self, Target, is_public},
    store::{self, Delivery},
};

/// Enqueues itself while there is somebody to tell; each hour the worker makes sure.
pub const KIND: JobKind = JobKind { name: NAME, run, every: Some(TimeDelta::hours(1)) };
const NAME: &str = "instance.webhooks";
/// How often there is a look at what happened.
const EVERY: TimeDelta = TimeDelta::seconds(30);
/// A change may be stored a little after its own time: so far back is looked again.
const OVERLAP: TimeDelta = TimeDelta::minutes(2);
/// Deliveries of one address in one turn.
const AT_ONCE: i64 = 50;

fn run(app: Arc<App>, _: String) -> BoxFuture<'static, Result<(), jobs::Failure>> {
    Box::pin(async move { Ok(turn(&app, is_public, true).await?) })
}

/// Asks for a turn now: an address was added or goes on.
///
/// # Errors
/// When the database refuses.
pub async fn wake(tx: &Tx, moment: &Moment) -> Result<()> {
    jobs::enqueue(tx, moment, NAME, &(), Some(NAME), moment.now).await
}

/// One turn: queues what happened since the last, and makes the calls that are due.
///
/// # Errors
/// When the database refuses.
pub async fn turn(app: &Arc<App>, reach: Reach, secure: bool) -> Result<()> {
    let hooks: Vec<Webhook> = store::all(app.db.read()).await?.into_iter().filter(|h| h.active).collect();
    let Some(since) = hooks.iter().map(|h| h.read_until).min() else { return Ok(()) };
    let now = app.clock.now();
    let mut news = Vec::new();
    for module in &app.modules {
        news.extend(module.news(app, since - OVERLAP, now).await?);
    }
    let (moment, told, all) = (app.moment(), Arc::new(news), hooks.clone());
    app.db
        .write(move |tx| {
            let (moment, news, hooks) = (moment.clone(), told.clone(), all.clone());
            Box::pin(async move {
                for hook in &hooks {
                    store::queue(tx, &moment, hook, &news, now).await?;
                }
                store::sweep(tx, now).await?;
                // Its own turns are many: those done are not worth a line.
                db::run(tx, "DELETE FROM job WHERE kind = $1 AND state = 'done'", args![NAME]).await?;
                jobs::enqueue(tx, &moment, NAME, &(), Some(NAME), now + EVERY).await
            })
        })
        .await?;
    for hook in &hooks {
        deliver(app, hook, reach, secure).await?;
    }
    Ok(())
}

/// Makes the calls to one address that are due, until one fails: who does not answer is not asked fifty times.
async fn deliver(app: &Arc<App>, hook: &Webhook, reach: Reach, secure: bool) -> Result<()> {
    for delivery in store::due(app.db.read(), hook.id, app.clock.now(), AT_ONCE).await? {
        let outcome = send(app, hook, &delivery, reach, secure).await;
        let (id, attempts, now) = (delivery.id, delivery.attempts + 1, app.clock.now());
        app.db.write(move |tx| Box::pin(async move { store::settle(tx, id, attempts, outcome, now).await })).await?;
        if outcome.failure.is_some() {
            break;
        }
    }
    Ok(())
}

/// Calls an address.
pub async fn send(app: &App, hook: &Webhook, delivery: &Delivery, reach: Reach, secure: bool) -> Outcome {
    let Some(target) = Target::parse(&hook.url, secure) else { return call::Failure::Unresolved.into() };
    let headers = [
        ("Parvis-Event", delivery.event.clone()),
        ("Parvis-Delivery", delivery.id.to_string()),
        ("Parvis-Signature", hook.signature(&app.secrets, &delivery.body, app.clock.now())),
    ];
    call::post(&target, &headers, &delivery.body, reach).await
}
