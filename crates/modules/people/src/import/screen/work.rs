//! The work on a file of people: a trial that writes nothing, then the import, in the background, resumed where it was killed.

use std::{
    collections::HashMap,
    fs::File,
    io::Write,
    ops::ControlFlow,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use futures::future::BoxFuture;
use parvis_kernel::{
    Error, Result,
    app::App,
    brought::{Source, keep::What, refused},
    jobs::Failure,
    words::{Lang, Words},
};
use parvis_tables::{Code, Table};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    super::{
        Import, KEPT, Look, Progress, Report, Stop,
        columns::{Mapping, Why},
        read::Refused,
        run, sentence,
    },
    store::{self, FileRow},
};
use crate::erased;

/// The job that forgets whoever was erased.
pub(in crate::import) const ERASED: &str = "people.erased_lines";
/// The job that imports a file, or tries it.
pub(super) const JOB: &str = "people.import";
/// The job that throws old files away.
pub(super) const SWEEP: &str = "people.import_sweep";
/// Between two words on how far the work is.
const BEAT: Duration = Duration::from_secs(1);
/// Refused lines that the page lists; the file to correct has them all.
pub(super) const LISTED: usize = 20;

/// What the job is to do.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Order {
    pub id: Uuid,
    pub trial: bool,
}

/// A refused line, as the page tells it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Told {
    pub line: u64,
    pub value: String,
    pub code: String,
}

/// Runs the job.
pub(super) fn job(app: Arc<App>, payload: String) -> BoxFuture<'static, Result<(), Failure>> {
    Box::pin(async move {
        let order: Order = serde_json::from_str(&payload).map_err(|e| Failure::Give(e.to_string()))?;
        let row = match store::find(app.db.read(), order.id).await {
            Ok(row) => row,
            // Thrown away meanwhile.
            Err(Error::NotFound) => return Ok(()),
            Err(e) => return Err(e.into()),
        };
        if order.trial {
            return Ok(check(&app, &row).await?);
        }
        if !store::claim(&app.db, order.id, app.clock.now()).await? {
            // Held by a worker that may be dead: looked at again when its hold is over.
            return if row.state == "running" { Err(Failure::Retry("held by another worker".into())) } else { Ok(()) };
        }
        Ok(go(&app, &row, false).await?)
    })
}

/// Forgets whoever was erased in the lines that were refused.
pub(super) fn forget_lines(app: Arc<App>, _: String) -> BoxFuture<'static, Result<(), Failure>> {
    Box::pin(async move { Ok(erased::brought::forget_all(&app, KEPT).await?) })
}

/// Throws away the texts that nobody touched for a day, all that is left of a file after a week, and what no file names.
pub(super) fn sweep(app: Arc<App>, _: String) -> BoxFuture<'static, Result<(), Failure>> {
    Box::pin(async move {
        let now = app.clock.now();
        for id in store::left(app.db.read(), now).await? {
            // Somebody may touch it at this instant.
            if app.db.write(move |tx| Box::pin(store::let_go(tx, id, now - store::TEXT))).await? {
                KEPT.forget(&app, id, false).await?;
            }
        }
        for id in store::resting(app.db.read(), now).await? {
            if !KEPT.has_text(&app, id).await? {
                app.db.write(move |tx| Box::pin(store::let_go(tx, id, now))).await?;
            }
        }
        for id in store::old(app.db.read(), now).await? {
            KEPT.forget(&app, id, true).await?;
            app.db.write(move |tx| Box::pin(store::drop_old(tx, id))).await?;
        }
        KEPT.sweep(&app, &store::named(app.db.read()).await?).await?;
        Ok(())
    })
}

/// Tries a file: says what would be done, and writes nothing of it.
pub(super) async fn check(app: &Arc<App>, row: &FileRow) -> Result<()> {
    let (id, now) = (row.id, app.clock.now());
    let gone = app
        .db
        .write(move |tx| {
            Box::pin(async move {
                let from = &["received", "checked", "stopped", "failed", "checking"];
                store::go(tx, id, from, "checking", true, now).await
            })
        })
        .await?;
    // An import under way is no business of a trial.
    if gone { go(app, row, true).await } else { Ok(()) }
}

/// Works on a file that this worker has taken.
pub(super) async fn go(app: &Arc<App>, row: &FileRow, trial: bool) -> Result<()> {
    let id = row.id;
    let text = match KEPT.get(app, id, What::Text).await {
        Ok(text) => text,
        // A backup was put back: it has no texts.
        Err(Error::NotFound) => {
            let now = app.clock.now();
            return app.db.write(move |tx| Box::pin(store::let_go(tx, id, now))).await.map(drop);
        }
        Err(e) => return Err(e),
    };
    let source = Arc::new(Source::text(text, row.from_sheet));
    let outcome = match Look::at(&source) {
        Ok(mut look) => {
            look.mapping.take(&row.roles);
            work(app, row, trial, &source, &look).await
        }
        Err(code) => Err(Stop::File(code)),
    };
    let now = app.clock.now();
    match outcome {
        Ok(report) => {
            let report = Arc::new(report);
            tell(app, row.id, source, report.clone()).await?;
            let ended = store::end(&app.db, row.id, now, &report, !trial).await?;
            // Stopped at this instant, it can still go on.
            if ended && !trial {
                KEPT.forget(app, row.id, false).await?;
            }
            Ok(())
        }
        Err(Stop::File(code)) => store::fail(&app.db, row.id, now, trial, code).await,
        Err(Stop::Database(e)) => Err(e),
        // It was told to, and says so already.
        Err(Stop::Asked) => Ok(()),
    }
}

async fn work(app: &Arc<App>, row: &FileRow, trial: bool, source: &Source, look: &Look) -> Result<Report, Stop> {
    let import = Import {
        app,
        mapping: &look.mapping,
        origin: &row.origin,
        limits: source.limits(),
        file: Some(row.id),
        actor: row.actor_id,
        trial,
    };
    let (done, total, stop) =
        (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
    let beat = tokio::spawn(beat(app.clone(), (row.id, trial), done.clone(), total.clone(), stop.clone()));
    let mut progress = |p: Progress| {
        done.store(p.done, Ordering::Relaxed);
        total.store(p.total, Ordering::Relaxed);
        if stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let outcome = run(&import, || source.open(), &mut progress).await;
    beat.abort();
    outcome
}

/// Says now and then how far the work is, and hears whether it is to stop.
async fn beat(
    app: Arc<App>,
    (id, trial): (Uuid, bool),
    done: Arc<AtomicU64>,
    total: Arc<AtomicU64>,
    stop: Arc<AtomicBool>,
) {
    loop {
        tokio::time::sleep(BEAT).await;
        let n = |n: &AtomicU64| i64::try_from(n.load(Ordering::Relaxed)).unwrap_or(i64::MAX);
        // A database away for a while says nothing: the work itself finds out.
        if let Ok(false) = store::beat(&app.db, id, app.clock.now(), trial, n(&done), n(&total)).await {
            stop.store(true, Ordering::Relaxed);
            return;
        }
    }
}

/// Keeps what a page tells, and the refused lines as a file to correct.
async fn tell(app: &Arc<App>, id: Uuid, source: Arc<Source>, report: Arc<Report>) -> Result<()> {
    let lang = app.settings().await?.lang;
    let (shared, folder) = (app.clone(), app.data_dir.clone());
    let files = tokio::task::spawn_blocking(move || -> Result<(File, File)> {
        let temporary = || tempfile::tempfile_in(&folder).map_err(Error::other);
        let told = |r: &Refused| Told { line: r.line, value: r.value.clone(), code: r.code.to_owned() };
        let told: Vec<Told> = report.refused.iter().take(LISTED).map(told).collect();
        let mut json = temporary()?;
        json.write_all(&serde_json::to_vec(&told).map_err(Error::other)?).map_err(Error::other)?;
        let mut lines = temporary()?;
        refused_lines(&shared.words, lang, &source, &report, &mut lines).map_err(Error::other)?;
        Ok((json, lines))
    });
    let (json, lines) = files.await.map_err(Error::other)??;
    KEPT.put(app, id, What::Report, json).await?;
    KEPT.put(app, id, What::Refused, lines).await?;
    // What is refused for another reason may be about somebody who was erased.
    erased::brought::forget(app, KEPT, id).await
}

/// The refused lines as they are in the file, with their number and why. Of whoever was erased or is too young, nothing but
/// that; and nothing that the law forbids using.
fn refused_lines(words: &Words, lang: Lang, source: &Source, report: &Report, out: &mut File) -> std::io::Result<()> {
    let unreadable = |_| std::io::Error::other(Code::Unreadable.as_str());
    let mut why: HashMap<u64, &Refused> = report.refused.iter().map(|r| (r.line, r)).collect();
    let mut table = Table::open(source.open()?, &source.limits()).map_err(unreadable)?;
    let columns = Mapping::recognise(table.headers(), &[]);
    let forbidden: Vec<bool> = columns.columns().iter().map(|c| c.why == Why::Forbidden).collect();
    let titles = ["import-csv-line", "import-csv-why"].map(|key| words.get(lang, key));
    refused::write(&mut table, titles, out, |line, cells| {
        let refused = why.remove(&line)?;
        let nothing = matches!(refused.code, "erased" | "young");
        for (at, cell) in cells.iter_mut().enumerate() {
            if nothing || forbidden.get(at).copied().unwrap_or(false) {
                cell.clear();
            }
        }
        Some(sentence(words, lang, refused.code))
    })
}
