//! The work on a file: a trial that writes nothing, then the import, in the background, resumed where it was killed.

use std::{
    fs::File,
    io::{self, Write},
    ops::ControlFlow,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use futures::future::BoxFuture;
use parvis_tables::{Code, Table, is_forbidden};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Look, Source,
    files::{Files, Forgets, Progress, Stop},
    keep::What,
    refused,
    store::{self, Hold, New},
};
use crate::{
    app::App,
    context::Moment,
    error::{Error, Result},
    jobs::{self, Failure},
    words::{Lang, Words},
};

/// Between two words on how far the work is.
const BEAT: Duration = Duration::from_secs(1);

/// What the job is to do.
#[derive(Debug, Serialize, Deserialize)]
struct Order {
    id: Uuid,
    trial: bool,
    /// The hold that a trial was given: once somebody stopped it, or began another, it is not to be done.
    #[serde(default)]
    key: Uuid,
}

/// Puts the work on a file into the queue; `false` when somebody else did, or it is past. `anew` begins at the first row.
///
/// # Errors
/// When the database refuses.
pub async fn enqueue<F: Files>(app: &App, moment: &Moment, id: Uuid, trial: bool, anew: bool) -> Result<bool> {
    let moment = moment.clone();
    app.db
        .write(move |tx| {
            let moment = moment.clone();
            Box::pin(async move {
                let Some(hold) = store::start::<F>(tx, &moment, id, trial, anew).await? else { return Ok(false) };
                let order = Order { id, trial, key: hold.key };
                jobs::enqueue(tx, &moment, F::JOB, &order, None, moment.now).await?;
                Ok(true)
            })
        })
        .await
}

/// Runs the job of [`Files::JOB`].
pub fn job<F: Files>(app: Arc<App>, payload: String) -> BoxFuture<'static, Result<(), Failure>> {
    Box::pin(async move {
        let order: Order = jobs::payload(&payload)?;
        let row = match store::find::<F>(app.db.read(), order.id).await {
            Ok(row) => row,
            // Thrown away meanwhile.
            Err(Error::NotFound) => return Ok(()),
            Err(e) => return Err(e.into()),
        };
        if order.trial {
            return match store::again::<F>(&app, order.id, order.key).await? {
                Some(hold) => Ok(go::<F>(&app, hold).await?),
                None => Ok(()),
            };
        }
        match store::claim::<F>(&app, order.id).await? {
            Some(hold) => Ok(go::<F>(&app, hold).await?),
            // Held by a worker that may be dead: looked at again when its hold is over.
            None if row.state == "running" => Err(Failure::Retry("held by another worker".into())),
            None => Ok(()),
        }
    })
}

/// Runs the job that clears what is done with, see [`store::sweep`].
pub fn sweep<F: Files>(app: Arc<App>, _: String) -> BoxFuture<'static, Result<(), Failure>> {
    Box::pin(async move { Ok(store::sweep::<F>(&app).await?) })
}

/// Tries a file: says what would be done, and writes nothing of it. In a task of its own: whoever waits for it may leave.
///
/// # Errors
/// When the database or the store of files refuses.
pub async fn check<F: Files>(app: &Arc<App>, id: Uuid) -> Result<()> {
    let app = app.clone();
    tokio::spawn(async move {
        let moment = app.moment();
        let begun = app.db.write(move |tx| {
            let moment = moment.clone();
            Box::pin(async move { store::start::<F>(tx, &moment, id, true, true).await })
        });
        match begun.await? {
            Some(hold) => go::<F>(&app, hold).await,
            // An import under way is no business of a trial.
            None => Ok(()),
        }
    })
    .await
    .map_err(Error::other)?
}

/// Takes another sheet of the same workbook, with its text. In a task of its own, as [`check`].
///
/// # Errors
/// A refusal when the file is not open to changes any more; when the database or the store of files refuses.
pub async fn take_sheet<F: Files>(app: &Arc<App>, id: Uuid, new: New, text: File) -> Result<()> {
    let app = app.clone();
    tokio::spawn(async move {
        let moment = app.moment();
        let hold = app.db.write(move |tx| {
            let (moment, new) = (moment.clone(), new.clone());
            Box::pin(async move { store::set_sheet::<F>(tx, &moment, id, &new).await })
        });
        let hold = hold.await?;
        F::PLACE.put(&app, id, What::Text, text).await?;
        store::has_text::<F>(&app, hold).await
    })
    .await
    .map_err(Error::other)?
}

/// Works on a file that this worker holds.
///
/// # Errors
/// When the database or the store of files refuses.
pub async fn go<F: Files>(app: &Arc<App>, hold: Hold) -> Result<()> {
    // What was chosen before the file was taken counts, and nothing is chosen any more.
    let row = store::find::<F>(app.db.read(), hold.file).await?;
    let text = match F::PLACE.get(app, row.id, What::Text).await {
        Ok(text) => text,
        // A backup was put back: it has no texts.
        Err(Error::NotFound) => return store::let_go::<F>(app, row.id, app.clock.now()).await.map(drop),
        Err(e) => return Err(e),
    };
    let source = Arc::new(Source::text(text, row.from_sheet));
    // Until the end is noted: what is told of many refused lines takes a while too.
    let pulse = Pulse::begin::<F>(app, hold);
    let outcome = match Look::at(&source, F::recognise) {
        Ok(mut look) => {
            F::take(&mut look.mapping, &row.roles);
            F::run(app, &row, hold, &source, &look.mapping, &mut |p| pulse.hears(p)).await
        }
        Err(refusal) => Err(Stop::File(refusal.code.as_str())),
    };
    match outcome {
        Ok(report) => finish::<F>(app, hold, &pulse, source, Arc::new(report)).await.map(drop),
        Err(Stop::File(code)) => store::fail::<F>(app, hold, code).await,
        Err(Stop::Database(e)) => Err(e),
        // It was told to, and says so already.
        Err(Stop::Asked) => Ok(()),
    }
}

/// Keeps and notes what it came to; `false` when somebody stopped it, or took it, after its last row.
pub(super) async fn finish<F: Files>(
    app: &Arc<App>,
    hold: Hold,
    pulse: &Pulse,
    source: Arc<Source>,
    report: Arc<F::Report>,
) -> Result<bool> {
    let total = F::counts(&report).0;
    // Of the last rows none may have been written, which no batch says.
    let _ = pulse.hears(Progress { done: total, total });
    if !pulse.far.beat::<F>(app, hold).await? {
        return Ok(false);
    }
    tell::<F>(app, hold.file, source, report.clone()).await?;
    // Stopped at this instant, it can still go on.
    let ended = store::end::<F>(app, hold, &report).await?;
    if ended && !hold.trial {
        F::PLACE.forget(app, hold.file, false).await?;
    }
    Ok(ended)
}

/// How far the work is.
#[derive(Debug, Default)]
struct Far {
    done: AtomicU64,
    total: AtomicU64,
    stop: AtomicBool,
}

impl Far {
    /// Says it; `false` when the work is to stop.
    async fn beat<F: Files>(&self, app: &App, hold: Hold) -> Result<bool> {
        let n = |n: &AtomicU64| i64::try_from(n.load(Ordering::Relaxed)).unwrap_or(i64::MAX);
        store::beat::<F>(app, hold, n(&self.done), n(&self.total)).await
    }
}

/// The heartbeat of the work on a file, which ends with it, whatever ends it.
#[derive(Debug)]
pub(super) struct Pulse {
    far: Arc<Far>,
    task: tokio::task::JoinHandle<()>,
}

impl Pulse {
    /// Says each second how far the work is.
    pub(super) fn begin<F: Files>(app: &Arc<App>, hold: Hold) -> Self {
        let far = Arc::new(Far::default());
        Self { far: far.clone(), task: tokio::spawn(beat::<F>(app.clone(), hold, far)) }
    }

    /// Hears how far it is, and says whether it goes on.
    pub(super) fn hears(&self, p: Progress) -> ControlFlow<()> {
        self.far.done.store(p.done, Ordering::Relaxed);
        self.far.total.store(p.total, Ordering::Relaxed);
        if self.far.stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

impl Drop for Pulse {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Says now and then how far the work is, and hears whether it is to stop.
async fn beat<F: Files>(app: Arc<App>, hold: Hold, far: Arc<Far>) {
    loop {
        tokio::time::sleep(BEAT).await;
        // A database away for a while says nothing: the work itself finds out.
        if let Ok(false) = far.beat::<F>(&app, hold).await {
            far.stop.store(true, Ordering::Relaxed);
            return;
        }
    }
}

/// Keeps what a page tells, and the refused lines as a file to correct.
async fn tell<F: Files>(app: &Arc<App>, id: Uuid, source: Arc<Source>, report: Arc<F::Report>) -> Result<()> {
    let lang = app.settings().await?.lang;
    let (shared, folder) = (app.clone(), app.data_dir.clone());
    let files = tokio::task::spawn_blocking(move || -> Result<(File, File)> {
        let temporary = || tempfile::tempfile_in(&folder).map_err(Error::other);
        let told = serde_json::to_vec(&F::told(&report)).map_err(Error::other)?;
        let mut json = temporary()?;
        json.write_all(&told).map_err(Error::other)?;
        let mut lines = temporary()?;
        refused_lines::<F>(&shared.words, lang, &source, &report, &mut lines).map_err(Error::other)?;
        Ok((json, lines))
    });
    let (json, lines) = files.await.map_err(Error::other)??;
    for (what, file) in [(What::Report, json), (What::Refused, lines)] {
        F::PLACE.put(app, id, what, F::Forgets::clean(app, what, file).await?).await?;
    }
    // Whoever was erased at this instant.
    F::Forgets::forget(app, F::PLACE, id).await
}

/// The refused lines as they are in the file, with their number and why; nothing when none is, in place of those of an
/// earlier trial.
fn refused_lines<F: Files>(
    words: &Words,
    lang: Lang,
    source: &Source,
    report: &F::Report,
    out: &mut File,
) -> io::Result<()> {
    let unreadable = |_| io::Error::other(Code::Unreadable.as_str());
    let mut table = Table::open(source.open()?, &source.limits()).map_err(unreadable)?;
    let Some(mut why) = F::refused(words, lang, report) else { return Ok(()) };
    // What the law forbids using does not leave either.
    let forbidden: Vec<bool> = table.headers().iter().map(|header| is_forbidden(header)).collect();
    let titles = ["import-csv-line", "import-csv-why"].map(|key| words.get(lang, key));
    // In a row that is too wide, what the law forbids may stand in any column.
    let wide = !forbidden.contains(&true);
    refused::write(&mut table, titles, wide, out, |line, cells| {
        let why = why(line, cells)?;
        cells.iter_mut().zip(&forbidden).filter(|(_, forbidden)| **forbidden).for_each(|(cell, _)| cell.clear());
        Some(why)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A library that panics over a file must not leave a heartbeat that says for ever that somebody works on it.
    #[tokio::test]
    async fn the_heartbeat_ends_with_the_work_though_that_panics() {
        let (beats, ended) = tokio::sync::oneshot::channel::<()>();
        let (begun, begins) = tokio::sync::oneshot::channel::<()>();
        let work = tokio::spawn(async move {
            let task = tokio::spawn(async move {
                let _beats = beats;
                let _ = begun.send(());
                std::future::pending::<()>().await;
            });
            let _pulse = Pulse { far: Arc::default(), task };
            begins.await.unwrap();
            panic!("a workbook that nobody foresaw");
        });
        assert!(work.await.unwrap_err().is_panic());
        let gone = tokio::time::timeout(Duration::from_secs(10), ended).await;
        assert!(gone.is_ok_and(|said| said.is_err()), "dropped, and nothing said");
    }
}
