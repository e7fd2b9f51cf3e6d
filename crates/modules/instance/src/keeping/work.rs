//! The work: a backup made, read back, and the old ones that make room.

use std::{
    fs,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use futures::future::BoxFuture;
use parvis_kernel::{
    Error, Result,
    app::App,
    jobs::{self, Failure},
    module,
};
use uuid::Uuid;

use super::{archive, plan, reading, store};

/// Where backups go by themselves, in the data folder.
pub const FOLDER: &str = "backups";
/// The job that looks each hour whether a backup is due.
pub const SCHEDULED: &str = "instance.backup";
/// The job of one backup.
pub const MAKE: &str = "instance.backup_make";

/// Begins a backup, to be made by the worker: `None` when one is being made already.
///
/// # Errors
/// When the database refuses.
pub async fn ask(app: &Arc<App>, cause: &'static str) -> Result<Option<Uuid>> {
    let moment = app.moment();
    app.db
        .write(move |tx| {
            let moment = moment.clone();
            Box::pin(async move {
                let Some(id) = store::begin(tx, &moment, cause).await? else { return Ok(None) };
                jobs::enqueue(tx, &moment, MAKE, &id, None, moment.now).await?;
                Ok(Some(id))
            })
        })
        .await
}

/// Asks for the backup of the night, when it is due. The fictional demo has none.
pub fn scheduled(app: Arc<App>, _: String) -> BoxFuture<'static, std::result::Result<(), Failure>> {
    Box::pin(async move {
        let settings = app.settings().await?;
        let plan = plan::read(app.db.read()).await?;
        let last = store::last_done(app.db.read()).await?;
        if settings.is_set_up() && !settings.demo && plan.is_due(last, app.clock.now(), settings.tz()) {
            ask(&app, "schedule").await?;
        }
        Ok(())
    })
}

/// Makes one backup. A second run of the same finds it made, or takes it up again.
pub fn make(app: Arc<App>, payload: String) -> BoxFuture<'static, std::result::Result<(), Failure>> {
    Box::pin(async move {
        let id: Uuid = jobs::payload(&payload)?;
        let asked = store::find(app.db.read(), id).await?.filter(|b| b.state == "running");
        let Some(backup) = asked else { return Ok(()) };
        let folder = app.data_dir.join(FOLDER);
        let path = folder.join(&backup.file);
        let reached = Arc::new(Reached::default());
        let made = telling(&app, id, &reached, whole(&app, path.clone(), reached.clone())).await;
        let now = app.clock.now();
        let outcome = match made {
            Ok(done) => Ok(done),
            Err(problem) => {
                tracing::warn!(%problem, "a backup did not work");
                let _ = fs::remove_file(&path);
                Err(problem.code)
            }
        };
        app.db
            .write(move |tx| {
                Box::pin(async move {
                    match outcome {
                        Ok((bytes, rows)) => store::done(tx, id, now, bytes, rows).await,
                        Err(code) => store::failed(tx, id, now, code).await,
                    }
                })
            })
            .await?;
        if outcome.is_ok() {
            make_room(&app, &folder).await?;
        }
        Ok(())
    })
}

/// How far a backup is: tables written, and of how many.
#[derive(Debug, Default)]
struct Reached {
    done: AtomicI64,
    steps: AtomicI64,
}

/// How often the page hears how far it is.
const TOLD: Duration = Duration::from_secs(1);

/// Does the work, and writes down meanwhile how far it is.
async fn telling<T>(app: &App, id: Uuid, reached: &Reached, work: impl Future<Output = T>) -> T {
    let mut work = std::pin::pin!(work);
    let mut last = 0;
    loop {
        match tokio::time::timeout(TOLD, &mut work).await {
            Ok(done) => return done,
            Err(_) => {
                let (done, steps) = (reached.done.load(Ordering::Relaxed), reached.steps.load(Ordering::Relaxed));
                if done != last {
                    last = done;
                    // Only told: the backup goes on without.
                    let _ = app.db.write(move |tx| Box::pin(store::reached(tx, id, done, steps))).await;
                }
            }
        }
    }
}

/// Writes the file and reads it back, off the async threads: its size and its rows.
async fn whole(
    app: &Arc<App>,
    path: PathBuf,
    reached: Arc<Reached>,
) -> std::result::Result<(i64, i64), archive::Problem> {
    let (app, here) = (app.clone(), tokio::runtime::Handle::current());
    let work = move || {
        if let Some(folder) = path.parent() {
            archive::make_folder(folder)?;
        }
        // Left by a program that was stopped after the file got its name, and before that was written down.
        let _ = fs::remove_file(&path);
        // Left by versions that did not hold what they made: these have addresses and the key of the instance in them.
        for left in fs::read_dir(path.parent().unwrap_or(&path)).into_iter().flatten().flatten() {
            let name = left.file_name();
            let name = name.to_string_lossy();
            if name.starts_with("parvis-") && name.ends_with(".part") {
                let _ = fs::remove_file(left.path());
            }
        }
        let migrations = module::migrations(&app.modules);
        let now = app.clock.now();
        let mut progress = |done: u64, steps: u64| {
            // One more step than tables: what is written is read back.
            let steps = i64::try_from(steps).unwrap_or(0) + 1;
            reached.steps.fetch_max(steps, Ordering::Relaxed);
            reached.done.fetch_max(i64::try_from(done).unwrap_or(0), Ordering::Relaxed);
        };
        here.block_on(archive::write(&app.db, &migrations, &app.data_dir, &path, now, &mut progress))?;
        let manifest = reading::verify(&path)?;
        let bytes = fs::metadata(&path).map_or(0, |m| m.len());
        Ok((i64::try_from(bytes).unwrap_or(i64::MAX), i64::try_from(manifest.rows()).unwrap_or(i64::MAX)))
    };
    tokio::task::spawn_blocking(work).await.map_err(archive::Problem::other)?
}

/// Drops the files beyond those that the team keeps.
async fn make_room(app: &App, folder: &std::path::Path) -> Result<()> {
    let plan = plan::read(app.db.read()).await?;
    for old in store::beyond(app.db.read(), plan.kept).await? {
        match fs::remove_file(folder.join(&old.file)) {
            Ok(()) => {}
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
            Err(e) => return Err(Error::other(e)),
        }
        let (id, now) = (old.id, app.clock.now());
        app.db.write(move |tx| Box::pin(store::removed(tx, id, now))).await?;
    }
    Ok(())
}
