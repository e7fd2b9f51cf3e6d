//! Measures what leaves the instance as a file: a workbook, the open data, a backup while people post.

use std::{sync::Arc, time::Instant};

use parvis_instance::{
    exports::{self, Zone, bundle},
    keeping::{archive, reading},
};
use parvis_kernel::{app::App, module, words::Lang};
use tokio::net::TcpListener;

use super::{CommandError, bench, say};
use crate::http;

/// Prints a line for each, with the memory that the process took at most so far.
///
/// # Errors
/// One line with the remedy.
pub(super) async fn run(app: &Arc<App>, seconds: u64) -> Result<(), CommandError> {
    let before = peak_mb();
    let ideas = bundle::sets(app).into_iter().find(|s| s.file == "idees");
    let ideas = ideas.ok_or_else(|| CommandError::new("no module publishes ideas"))?;
    let start = Instant::now();
    let file = exports::workbook(&app.documents, ideas.columns, Zone::Utc, bundle::rows(app, &ideas)).await?;
    let bytes = file.metadata().map_or(0, |m| m.len());
    told("workbook of the ideas", start, bytes, before);
    drop(file);
    let start = Instant::now();
    let file = bundle::make(app, Lang::Fr, |_, _| {}).await?;
    told("open data, all in a ZIP", start, file.metadata().map_or(0, |m| m.len()), before);
    backup(app, seconds, before).await
}

async fn backup(app: &Arc<App>, seconds: u64, before: u64) -> Result<(), CommandError> {
    let listener = TcpListener::bind("127.0.0.1:0").await.map_err(CommandError::new)?;
    let address = listener.local_addr().map_err(CommandError::new)?.to_string();
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let server = tokio::spawn(http::serve(app.clone(), listener, None, stopped, http::Proxies::default()));
    let folder = tempfile::tempdir_in(&app.data_dir).map_err(CommandError::new)?;
    let path = folder.path().join("bench.zip");
    let (work, to, here) = (app.clone(), path.clone(), tokio::runtime::Handle::current());
    let start = Instant::now();
    // As the worker does: off the async threads.
    let made = tokio::task::spawn_blocking(move || {
        let (migrations, now) = (module::migrations(&work.modules), work.clock.now());
        let mut quiet = |_, _| {};
        let manifest = here.block_on(archive::write(&work.db, &migrations, &work.data_dir, &to, now, &mut quiet))?;
        Ok::<_, archive::Problem>((manifest, start.elapsed()))
    });
    let (posted, made) = tokio::join!(bench::supports_a_second(app, &address, seconds), made);
    let (manifest, took) = made.map_err(CommandError::new)??;
    let (a_second, lost) = posted?;
    let bytes = std::fs::metadata(&path).map_or(0, |m| m.len());
    say(format!(
        "backup of {} rows while people support: {:.1} s, {} MB, {a_second:.0} supports a second meanwhile, {lost} lost",
        manifest.rows(),
        took.as_secs_f64(),
        bytes >> 20
    ));
    let start = Instant::now();
    reading::verify(&path)?;
    told("backup read back whole", start, bytes, before);
    let _ = stop.send(true);
    let _ = server.await;
    Ok(())
}

fn told(what: &str, start: Instant, bytes: u64, before: u64) {
    let took = start.elapsed().as_secs_f64();
    say(format!("{what}: {took:.1} s, {} MB, memory at most {} MB ({before} MB before)", bytes >> 20, peak_mb()));
}

/// The most memory this process had, from Linux; 0 elsewhere.
fn peak_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").trim().parse::<u64>().unwrap_or(0) / 1024
}
