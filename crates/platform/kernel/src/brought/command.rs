//! A file that the command line brings: imported at once by the process that brings it, and noted among those of the desk.

use std::{ops::ControlFlow, sync::Arc};

use uuid::Uuid;

use super::{
    files::{DEAD, Extra, Files, Hears, Progress, Stop},
    keep::What,
    source::Source,
    store::{self, Hold, New},
    work::{Pulse, finish},
};
use crate::{
    app::App,
    args,
    context::Moment,
    db::{self, Tx},
    error::{Error, Result},
};

impl New {
    /// Of a file that the command line brings, with what it goes by: a workbook has no other sheet to choose there.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn by_command(
        source: &Source,
        file_name: &str,
        read_as: &str,
        roles: String,
        extra: Extra,
    ) -> std::io::Result<Self> {
        Ok(Self {
            file_name: file_name.to_owned(),
            read_as: read_as.to_owned(),
            from_sheet: source.sheet.is_some(),
            sheets: String::new(),
            bytes: i64::try_from(source.open()?.metadata()?.len()).unwrap_or(i64::MAX),
            roles,
            remembered: false,
            actor: None,
            extra,
        })
    }
}

/// Imports a file that the command line brings, as one of the desk: it is noted among them, goes on there once it was stopped or
/// killed, and can be taken back. `run` imports what this process holds. A file that can't be taken as a whole leaves nothing.
///
/// # Errors
/// [`Stop`].
pub async fn import<F: Files, R>(
    app: &Arc<App>,
    new: New,
    source: &Arc<Source>,
    progress: Hears<'_>,
    run: impl AsyncFnOnce(Hold, Hears<'_>) -> Result<F::Report, Stop<R>>,
) -> Result<Arc<F::Report>, Stop<R>> {
    let moment = app.moment();
    let begun = app.db.write(move |tx| {
        let (moment, new) = (moment.clone(), new.clone());
        Box::pin(async move { begin::<F>(tx, &moment, &new).await })
    });
    let (hold, is_new) = begun.await?;
    let pulse = Pulse::begin::<F>(app, hold);
    let outcome = match keep_text::<F>(app, hold, source).await {
        Ok(()) => {
            let mut hears = |p: Progress| match (progress(p), pulse.hears(p)) {
                (ControlFlow::Continue(()), ControlFlow::Continue(())) => ControlFlow::Continue(()),
                _ => ControlFlow::Break(()),
            };
            run(hold, &mut hears).await
        }
        Err(e) => Err(Stop::Database(e)),
    };
    match outcome {
        Ok(report) => {
            let report = Arc::new(report);
            let ended = finish::<F>(app, hold, &pulse, source.clone(), report.clone()).await?;
            if ended { Ok(report) } else { Err(Stop::Asked) }
        }
        Err(stop) => {
            // What stopped it is what is told; where the database is away, the file is given up for dead in a minute.
            let paused = pause::<F>(app, hold).await;
            if is_new && matches!(stop, Stop::File(_)) {
                paused?;
                let now = app.clock.now();
                app.db.write(move |tx| Box::pin(async move { F::drop(tx, hold.file, now).await })).await?;
                F::PLACE.forget(app, hold.file, true).await?;
            }
            Err(stop)
        }
    }
}

/// Keeps the text of a file that this process holds.
async fn keep_text<F: Files>(app: &Arc<App>, hold: Hold, source: &Source) -> Result<()> {
    F::PLACE.put(app, hold.file, What::Text, source.open().map_err(Error::other)?).await?;
    store::has_text::<F>(app, hold).await
}

/// Notes a file that the command line brings and imports at once, held by it. Where its last one of this name, and alike in what
/// only such files have, was stopped or killed, that one is begun anew: it stands once in the list, and one undo takes all back. Says
/// too whether the file is new. Its text is yet to come, see [`store::has_text`].
///
/// # Errors
/// When the database refuses.
async fn begin<F: Files>(tx: &Tx, moment: &Moment, new: &New) -> Result<(Hold, bool)> {
    let (key, now) = (moment.id(), moment.now);
    let alike: String =
        new.extra.iter().enumerate().map(|(at, (name, _))| format!(" AND {name} = ${}", at + 9)).collect();
    let sql = format!(
        "UPDATE {table} SET state = 'running', kept = FALSE, problem = '', started_at = $1, beat_at = $1, hold = $2, \
         read_as = $5, from_sheet = $6, bytes = $7, roles = $8, done = 0, total = 0{anew} \
         WHERE kept AND (state = 'stopped' OR (state = 'running' AND beat_at < $3)) AND id = (SELECT id FROM {table} \
         WHERE by_command AND file_name = $4{alike} ORDER BY created_at DESC, id DESC LIMIT 1) RETURNING id",
        table = F::TABLE,
        anew = F::ANEW
    );
    let mut args = args![
        now,
        key,
        now - DEAD,
        new.file_name.clone(),
        new.read_as.clone(),
        new.from_sheet,
        new.bytes,
        new.roles.clone()
    ];
    args.extend(new.extra.iter().map(|(_, value)| value.clone()));
    if let Some(file) = db::scalar::<Uuid>(tx, &sql, args).await? {
        return Ok((Hold { file, trial: false, key }, false));
    }
    let file = moment.id();
    store::insert::<F>(tx, file, new, now).await?;
    let sql = format!(
        "UPDATE {} SET by_command = TRUE, state = 'running', kept = FALSE, started_at = $2, beat_at = $2, hold = $3 \
         WHERE id = $1",
        F::TABLE
    );
    db::run(tx, &sql, args![file, now, key]).await?;
    Ok((Hold { file, trial: false, key }, true))
}

/// Stops the import that this worker holds; nothing happens when it holds it no more.
///
/// # Errors
/// When the database refuses.
async fn pause<F: Files>(app: &App, hold: Hold) -> Result<()> {
    let now = app.clock.now();
    app.db
        .write(move |tx| {
            Box::pin(async move {
                if store::holds::<F>(tx, hold, now).await? {
                    db::run(tx, &format!("UPDATE {} SET state = 'stopped' WHERE id = $1", F::TABLE), args![hold.file])
                        .await?;
                }
                Ok(())
            })
        })
        .await
}
