//! Measures one official answer given to many ideas at once, as the worker prepares it.

use std::{sync::Arc, time::Instant};

use parvis_kernel::{app::App, args, db, words::Lang};
use parvis_participation::{
    desk::lots::{
        Act, Detail, State, job,
        store::{self, Chosen, NewLot},
    },
    follows,
    ideas::Status,
};
use parvis_people::persons;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::CommandError;

/// Ideas answered.
const IDEAS: i64 = 5_000;

#[derive(FromQueryResult)]
struct Idea {
    id: Uuid,
    number: i64,
    version: i64,
}

/// Gives each of these ideas somebody who follows it and may be written to.
async fn followed(app: &Arc<App>, ideas: Vec<(Uuid, i64)>) -> Result<(), CommandError> {
    let moment = app.moment();
    let write = app.db.write(move |tx| {
        let (moment, ideas) = (moment.clone(), ideas.clone());
        Box::pin(async move {
            for (idea, number) in ideas {
                let email = format!("bench-{number}@parvis.example");
                let person = persons::ensure(tx, &moment, &email, "Bench", Lang::Fr).await?;
                follows::begin(tx, &moment, idea, person.id, "bench", "bench").await?;
            }
            Ok(())
        })
    });
    Ok(write.await?)
}

/// Answers 5,000 ideas of the instance, each followed by somebody, and says how long the answers and their letters took to
/// prepare.
///
/// # Errors
/// One line with the remedy.
pub(super) async fn run(app: &Arc<App>, owner: Uuid) -> Result<String, CommandError> {
    let open = "SELECT id, number, version FROM contribution WHERE kind = 'idea' AND visible = TRUE AND answered_at IS NULL \
                ORDER BY number LIMIT $1";
    let ideas: Vec<Idea> = db::all(app.db.read(), open, args![IDEAS]).await?;
    followed(app, ideas.iter().map(|i| (i.id, i.number)).collect()).await?;
    let new = NewLot {
        act: Act::Answer,
        detail: Detail {
            status: Status::Accepted.code().into(),
            decision: "Oui, cette année".into(),
            body: "Merci. Nous le ferons avec les services de la ville avant l’été.".into(),
            ..Detail::default()
        },
        person: None,
        chosen: Chosen::These(ideas.iter().map(|i| (i.number, i.version)).collect()),
    };
    let start = Instant::now();
    let (moment, now) = (app.moment(), app.clock.now());
    let lot = app
        .db
        .write(move |tx| {
            let (moment, new) = (moment.clone(), new.clone());
            Box::pin(async move {
                let id = store::create(tx, &moment, owner, &new).await?;
                let lot = store::find(tx, id).await?;
                store::set_state(tx, &lot, State::Running, now).await?;
                Ok(id)
            })
        })
        .await?;
    let payload = serde_json::json!({ "lot": lot }).to_string();
    while store::find(app.db.read(), lot).await?.state() == State::Running {
        job::run(app.clone(), payload.clone())
            .await
            .map_err(|_| CommandError::new("a part of the answer was refused"))?;
    }
    let took = start.elapsed().as_secs_f64();
    let counts = store::counts(app.db.read(), lot).await?;
    let letters = "SELECT count(*) FROM mail WHERE created_at >= $1";
    let letters = db::count(app.db.read(), letters, args![now]).await?;
    Ok(format!(
        "an answer to {} ideas, with {letters} letters: {took:.1} s, {} left alone",
        counts.done,
        counts.skipped()
    ))
}
