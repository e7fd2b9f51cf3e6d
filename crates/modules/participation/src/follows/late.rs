//! An author who confirms an address after the answer was published gets it all the same, once.

use std::sync::Arc;

use futures::future::BoxFuture;
use parvis_kernel::{
    Result,
    app::App,
    context::Moment,
    db::Tx,
    jobs::{self, Failure},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{News, Telling, tell};
use crate::{answers, ideas::store, moderation::store::UNDO};

/// The job's name.
pub const JOB: &str = "participation.late_answer";

#[derive(Serialize, Deserialize)]
struct Payload {
    contribution: Uuid,
}

/// Asks for the answer to be sent to the author of an idea, whose address was just confirmed: not before it can't be undone
/// any more. Nothing when there is no answer yet, as its own mail will come.
///
/// # Errors
/// When the database refuses.
pub async fn ask(tx: &Tx, moment: &Moment, contribution: Uuid) -> Result<()> {
    let Some(answer) = answers::store::find(tx, contribution).await? else { return Ok(()) };
    let at = moment.now.max(answer.published_at + UNDO);
    jobs::enqueue(tx, moment, JOB, &Payload { contribution }, Some(&format!("late/{}", answer.id)), at).await
}

/// The job: as any news of the idea, so that only who consented is written to, and never twice about one answer.
#[must_use]
pub fn run(app: Arc<App>, payload: String) -> BoxFuture<'static, Result<(), Failure>> {
    Box::pin(async move {
        let payload: Payload = jobs::payload(&payload)?;
        let settings = app.settings().await?;
        let (app2, moment) = (app.clone(), app.moment());
        app.db
            .write(move |tx| {
                let (app, settings, moment) = (app2.clone(), settings.clone(), moment.clone());
                Box::pin(async move {
                    let Some(author) = store::find(tx, payload.contribution).await?.author_id else { return Ok(()) };
                    let by = Telling { app: &app, settings: &settings, moment: &moment };
                    tell(tx, by, payload.contribution, News::Answer, moment.now, Some(author)).await
                })
            })
            .await?;
        Ok(())
    })
}
