//! The work on a file: a trial that writes nothing, then the import, in the background, resumed where it was killed.

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
    brought::{
        Source,
        keep::{Place, What},
        refused,
    },
    jobs::Failure,
    words::{Lang, Words},
};
use parvis_people::erased;
use parvis_tables::{Code, Mapping, Role, Table};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    super::{Import, Look, Progress, Refused, Report, Stop, make_project, run, sentence, store as rows},
    store::{self, FileRow},
};

/// The job that forgets whoever was erased.
pub(super) const ERASED: &str = "participation.erased_lines";
/// The job that imports a file, or tries it.
pub(super) const JOB: &str = "participation.import";
/// The job that throws old files away.
pub(super) const SWEEP: &str = "participation.import_sweep";
/// Where brought files are kept.
pub(super) const KEPT: Place = Place("contributions");
/// Between two words on how far the work is.
const BEAT: Duration = Duration::from_secs(1);
/// Refused lines that the page may list.
const LISTED: usize = 100;

/// What the job is to do.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Order {
    pub id: Uuid,
    pub trial: bool,
}

/// What a page tells of a trial or of the work.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Told {
    pub refusals: Vec<ToldRefusal>,
    pub statuses: Vec<(String, u64)>,
    pub areas: Vec<(String, u64)>,
    /// Texts that wait to be checked.
    #[serde(default)]
    pub held: u64,
}

/// A refused line.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ToldRefusal {
    pub line: Option<u64>,
    pub column: Option<String>,
    pub value: Option<String>,
    pub code: String,
}

impl Told {
    fn of(report: &Report) -> Self {
        let refusal = |r: &Refused| ToldRefusal {
            line: r.line,
            column: r.column.clone(),
            value: r.value.clone(),
            code: r.code.to_owned(),
        };
        let most = |all: &std::collections::BTreeMap<String, u64>| {
            all.iter().take(20).map(|(k, n)| (k.clone(), *n)).collect::<Vec<_>>()
        };
        Self {
            refusals: report.refusals.iter().take(LISTED).map(refusal).collect(),
            statuses: most(&report.unknown_statuses),
            areas: most(&report.unknown_areas),
            held: report.held,
        }
    }
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
        Ok(import(&app, row).await?)
    })
}

/// Forgets whoever was erased in the lines that were refused.
pub(super) fn forget_lines(app: Arc<App>, _: String) -> BoxFuture<'static, Result<(), Failure>> {
    Box::pin(async move { Ok(erased::brought::forget_all(&app, KEPT).await?) })
}

/// Throws away what is left of imports a week after, and what no import names.
pub(super) fn sweep(app: Arc<App>, _: String) -> BoxFuture<'static, Result<(), Failure>> {
    Box::pin(async move {
        let now = app.clock.now();
        for id in store::old(app.db.read(), now).await? {
            KEPT.forget(&app, id, true).await?;
            app.db.write(move |tx| Box::pin(store::drop_old(tx, id, now))).await?;
        }
        for id in store::resting(app.db.read(), now).await? {
            if !KEPT.has_text(&app, id).await? {
                app.db.write(move |tx| Box::pin(store::lost(tx, id))).await?;
            }
        }
        KEPT.sweep(&app, &store::named(app.db.read()).await?).await?;
        Ok(())
    })
}

/// What the columns of a kept file are taken for.
fn mapping(source: &Source, roles: &str) -> Result<Mapping, Refused> {
    let mut mapping = Look::at(source)?.mapping;
    apply(&mut mapping, roles);
    Ok(mapping)
}

/// Takes the columns for these roles, in order. What the law forbids stays unread.
pub(super) fn apply(mapping: &mut Mapping, roles: &str) {
    for (at, role) in roles.split(' ').enumerate() {
        let same = mapping.columns().get(at).is_none_or(|c| c.role.as_str() == role);
        if let Some(role) = Role::from_name(role).filter(|_| !same) {
            // A forbidden column answers an error, and stays what it is.
            let _ = mapping.set_at(at, role);
        }
    }
}

/// Tries a file: says what would be done, and writes nothing of it.
pub(super) async fn check(app: &Arc<App>, row: &FileRow) -> Result<()> {
    let (id, now) = (row.id, app.clock.now());
    app.db
        .write(move |tx| {
            Box::pin(async move {
                store::go(tx, id, &["received", "checked", "stopped", "failed", "checking"], "checking", now).await
            })
        })
        .await?;
    go(app, row, row.project_id, true).await
}

/// Imports a file that this worker has claimed.
async fn import(app: &Arc<App>, row: FileRow) -> Result<()> {
    let project = match row.project_id {
        Some(project) => project,
        None => own_project(app, &row).await?,
    };
    go(app, &row, Some(project), false).await
}

/// The project that a file makes: the one of an earlier try, or a new one.
async fn own_project(app: &Arc<App>, row: &FileRow) -> Result<Uuid> {
    let settings = app.settings().await?;
    let project = match rows::existing_project(app.db.read(), &row.file_name).await? {
        Some(project) => project.id,
        None => make_project(app, settings.lang, &row.file_name).await?.id,
    };
    let id = row.id;
    app.db
        .write(move |tx| {
            Box::pin(async move {
                let sql = "UPDATE import_file SET project_id = $2 WHERE id = $1";
                parvis_kernel::db::run(tx, sql, parvis_kernel::args![id, project]).await
            })
        })
        .await?;
    Ok(project)
}

async fn go(app: &Arc<App>, row: &FileRow, project: Option<Uuid>, trial: bool) -> Result<()> {
    let id = row.id;
    let text = match KEPT.get(app, id, What::Text).await {
        Ok(text) => text,
        // A backup was put back: it has no texts.
        Err(Error::NotFound) => return app.db.write(move |tx| Box::pin(store::lost(tx, id))).await,
        Err(e) => return Err(e),
    };
    let source = Arc::new(Source::text(text, row.from_sheet));
    let outcome = match mapping(&source, &row.roles) {
        Ok(mapping) => work(app, row, project, trial, &source, &mapping).await,
        Err(refused) => Err(Stop::File(refused)),
    };
    let now = app.clock.now();
    match outcome {
        Ok(report) => {
            tell(app, row.id, source, report.clone()).await?;
            store::end(&app.db, row.id, now, &report, !trial).await?;
            if !trial {
                KEPT.forget(app, row.id, false).await?;
            }
            Ok(())
        }
        Err(Stop::File(refused)) => store::fail(&app.db, row.id, now, refused.code.to_owned()).await,
        Err(Stop::Database(e)) => Err(e),
        // It was told to, and says so already.
        Err(Stop::Asked) => Ok(()),
    }
}

async fn work(
    app: &Arc<App>,
    row: &FileRow,
    project: Option<Uuid>,
    trial: bool,
    source: &Arc<Source>,
    mapping: &Mapping,
) -> Result<Report, Stop> {
    let import = Import {
        app,
        project,
        file_name: &row.file_name,
        mapping,
        limits: source.limits(),
        actor: row.actor_id,
        file: Some(row.id),
        trial,
    };
    let (done, total, stop) =
        (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
    let beat = tokio::spawn(beat(app.clone(), row.id, done.clone(), total.clone(), stop.clone()));
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
async fn beat(app: Arc<App>, id: Uuid, done: Arc<AtomicU64>, total: Arc<AtomicU64>, stop: Arc<AtomicBool>) {
    loop {
        tokio::time::sleep(BEAT).await;
        let n = |n: &AtomicU64| i64::try_from(n.load(Ordering::Relaxed)).unwrap_or(i64::MAX);
        // A database away for a while says nothing: the work itself finds out.
        if let Ok(false) = store::beat(&app.db, id, app.clock.now(), n(&done), n(&total)).await {
            stop.store(true, Ordering::Relaxed);
            return;
        }
    }
}

/// Keeps what a page tells, and the refused lines as a file to correct.
async fn tell(app: &Arc<App>, id: Uuid, source: Arc<Source>, report: Report) -> Result<()> {
    let lang = app.settings().await?.lang;
    let told = serde_json::to_vec(&Told::of(&report)).map_err(Error::other)?;
    let (shared, folder) = (app.clone(), app.data_dir.clone());
    let files = tokio::task::spawn_blocking(move || -> Result<(File, Option<File>)> {
        let temporary = || tempfile::tempfile_in(&folder).map_err(Error::other);
        let mut json = temporary()?;
        json.write_all(&told).map_err(Error::other)?;
        let refused = if report.refusals.is_empty() {
            None
        } else {
            let mut file = temporary()?;
            refused_lines(&shared.words, lang, &source, &report, &mut file).map_err(Error::other)?;
            Some(file)
        };
        Ok((json, refused))
    });
    let (json, refused) = files.await.map_err(Error::other)??;
    KEPT.put(app, id, What::Report, json).await?;
    if let Some(refused) = refused {
        KEPT.put(app, id, What::Refused, refused).await?;
    }
    erased::brought::forget(app, KEPT, id).await
}

/// The refused lines as they are in the file, with their number and why.
fn refused_lines(words: &Words, lang: Lang, source: &Source, report: &Report, out: &mut File) -> std::io::Result<()> {
    let unreadable = |_| std::io::Error::other(Code::Unreadable.as_str());
    let mut why: HashMap<u64, &Refused> = report.refusals.iter().filter_map(|r| Some((r.line?, r))).collect();
    let mut table = Table::open(source.open()?, &source.limits()).map_err(unreadable)?;
    let titles = ["import-csv-line", "import-csv-why"].map(|key| words.get(lang, key));
    refused::write(&mut table, titles, out, |line, _| why.remove(&line).map(|r| sentence(words, lang, r)))
}
