//! The background job that keeps the analysis fresh.

use std::sync::Arc;

use chrono::TimeDelta;
use futures::future::BoxFuture;
use parvis_kernel::{
    Error, Result,
    app::App,
    context::Moment,
    db::Tx,
    jobs::{self, Failure, JobKind},
    locale::local_day,
    module::TextRow,
};
use parvis_people::areas;
use parvis_themes::Language;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{compute, fingerprint::Fingerprint, monday, store};

/// Name of the job.
const NAME: &str = "insight.themes";

/// The job as the module declares it: every two minutes it looks whether anything changed.
pub(crate) const KIND: JobKind = JobKind { name: NAME, run, every: Some(TimeDelta::minutes(2)) };

/// Beyond this many texts a look by itself is worth it only every half hour; a request is answered at once.
const MANY: i64 = 20_000;

/// Texts read at a time.
const PART: i64 = 5_000;

/// What a run was asked for.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
struct Wanted {
    /// Computes even when nothing changed.
    again: bool,
}

/// Asks for the analysis to be looked at soon, once however often it is asked for.
///
/// # Errors
/// When the database refuses.
pub async fn request_refresh(tx: &Tx, moment: &Moment) -> Result<()> {
    jobs::enqueue(tx, moment, NAME, &Wanted { again: false }, Some("insight.themes.soon"), moment.now).await
}

/// Asks for the analysis to be computed again, even when nothing changed.
///
/// # Errors
/// When the database refuses.
pub async fn request_again(tx: &Tx, moment: &Moment) -> Result<()> {
    jobs::enqueue(tx, moment, NAME, &Wanted { again: true }, Some("insight.themes.again"), moment.now).await
}

fn run(app: Arc<App>, payload: String) -> BoxFuture<'static, Result<(), Failure>> {
    Box::pin(async move {
        // The schedule asks with no payload, and waits its turn on a large instance.
        let wanted: Option<Wanted> = serde_json::from_str(&payload).ok().flatten();
        if wanted.is_none() && rests(&app).await? {
            return Ok(());
        }
        refresh(&app, wanted.unwrap_or_default().again).await?;
        Ok(())
    })
}

/// Reads the texts of all modules, a part at a time.
async fn parts(app: &App, mut take: impl FnMut(Vec<TextRow>)) -> Result<()> {
    for module in &app.modules {
        let mut after = None;
        loop {
            let part = module.texts(&app.db, after, PART).await?;
            let Some(last) = part.last() else { break };
            after = Some(last.place());
            take(part);
        }
    }
    Ok(())
}

async fn rests(app: &App) -> Result<bool> {
    let last = store::latest(app.db.read(), None).await?;
    Ok(last.is_some_and(|a| a.texts > MANY && app.clock.now() - a.checked_at < TimeDelta::minutes(30)))
}

/// Computes the analysis when the texts changed, or in any case when asked `again`. Says whether it did.
///
/// # Errors
/// When the database refuses: the analysis before stays.
pub async fn refresh(app: &Arc<App>, again: bool) -> Result<bool> {
    let moment = app.moment();
    let settings = app.settings().await?;
    let areas: Vec<Uuid> = areas::all(app.db.read()).await?.into_iter().map(|a| a.id).collect();
    let this_week = monday(local_day(moment.now, settings.tz()));
    let language = Language::from_code(settings.lang.code()).unwrap_or_default();
    if let Some(last) = store::latest(app.db.read(), None).await?.filter(|_| !again) {
        let mut seen = Fingerprint::new(&areas, this_week);
        parts(app, |part| seen.add(&part)).await?;
        if seen.finish() == last.fingerprint {
            // A small instance is looked at every two minutes and writes nothing for it.
            if last.texts > MANY {
                store::checked(&app.db, moment.now).await?;
            }
            return Ok(false);
        }
    }
    let mut texts = Vec::new();
    let mut read = Fingerprint::new(&areas, this_week);
    parts(app, |part| {
        read.add(&part);
        texts.extend(part);
    })
    .await?;
    let fingerprint = read.finish();
    compute::sort(&mut texts);
    let input = compute::Input { texts, areas, tz: settings.tz(), this_week, language };
    let output = tokio::task::spawn_blocking(move || compute::analyse(input)).await.map_err(Error::other)?;
    let took = (app.clock.now() - moment.now).num_milliseconds();
    tracing::info!(texts = output.texts.len(), took_ms = took, "themes computed");
    store::keep(&app.db, &moment, &output, &fingerprint, took).await?;
    Ok(true)
}
