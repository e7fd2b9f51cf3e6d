//! Lots too large for a request: done part by part by the worker, each part one job that asks for the next.

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

use super::{State, run, step, step_back, store};
use crate::moderation::store::By;

/// The job's name.
pub const NAME: &str = "participation.lot";

#[derive(Serialize, Deserialize)]
struct Payload {
    lot: Uuid,
}

/// Asks for the next part of a lot.
///
/// # Errors
/// When the database refuses.
pub async fn enqueue(tx: &Tx, moment: &Moment, lot: Uuid) -> Result<()> {
    jobs::enqueue(tx, moment, NAME, &Payload { lot }, Some(&format!("lot/{lot}")), moment.now).await
}

/// One part, with the rights that whoever decided has now.
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
                    let lot = store::find(tx, payload.lot).await?;
                    let actor = match lot.actor_id {
                        Some(person) => run::somebody(tx, person).await?,
                        None => parvis_kernel::permission::Actor::Visitor,
                    };
                    let by = By { app: &app, settings: &settings, actor: &actor, moment: &moment };
                    let more = match lot.state() {
                        State::Running => step(tx, by, lot.id).await?,
                        State::Undoing => step_back(tx, by, lot.id).await?,
                        _ => false,
                    };
                    if more { enqueue(tx, &moment, lot.id).await } else { Ok(()) }
                })
            })
            .await?;
        Ok(())
    })
}
