//! `parvis restore FILE`.

use std::{path::PathBuf, sync::Arc};

use parvis_instance::keeping::{archive::Manifest, reading};
use parvis_kernel::{
    app::App,
    db::{self, Db, Migration},
    module,
    secrets::Secrets,
};
use parvis_people::erased;

use super::{CommandError, Meter, fill, say_told};
use crate::compose;

/// What `parvis restore` takes.
#[derive(Debug, Clone, clap::Args)]
pub struct RestoreArgs {
    /// File that `parvis backup` made
    pub file: PathBuf,
}

/// Restores a backup into an empty instance, on either database, and checks it. Nothing is kept of one that fails. A backup
/// of an older version is restored as it was, then takes the steps of this version.
///
/// # Errors
/// One line with the remedy.
pub async fn run(app: &Arc<App>, args: &RestoreArgs) -> Result<(), CommandError> {
    refuse_if_filled(&app.db, "cli-filled-here").await?;
    let meter = Meter::of(app, "cli-step-read");
    let unpacked = Arc::new(reading::unpack(&args.file, &app.data_dir, &|done, of| meter.show(done, of))?);
    meter.end();
    let all = module::migrations(&app.modules);
    let theirs = known(&unpacked.manifest, &all, &db::applied(&app.db).await?)?;
    fill::fill(&app.db, all, theirs, unpacked.clone(), app.clock.now(), Meter::of(app, "cli-step-write")).await?;
    let files = unpacked.put_files(&app.data_dir)?;
    app.store.forget().await;
    erase_again(app).await?;
    let manifest = &unpacked.manifest;
    let (rows, tables) = (manifest.rows(), manifest.tables.len());
    say_told("cli-restore-done", &[("rows", &rows), ("tables", &tables), ("files", &files)]);
    Ok(())
}

/// Whoever was erased after the backup was made is erased again, by the list that the data folder holds.
async fn erase_again(app: &Arc<App>) -> Result<(), CommandError> {
    let list = erased::read_file(&app.data_dir)
        .map_err(|e| CommandError::told("cli-cannot-read", &[("file", &erased::FILE), ("said", &e.to_string())]))?;
    if list.is_empty() {
        say_told("cli-restore-no-list", &[("file", &erased::FILE)]);
        return Ok(());
    }
    // The key is that of the restored instance: the hashes were made with it.
    let secrets = Secrets::new(compose::key(&app.data_dir)?);
    let n = erased::again(app, &secrets, list).await?;
    say_told("cli-restore-erased", &[("n", &n)]);
    Ok(())
}

/// Refuses to write over what somebody said, in the words of this key.
///
/// # Errors
/// One line with the remedy, when there is anything in it.
pub(super) async fn refuse_if_filled(db: &Db, key: &str) -> Result<(), CommandError> {
    let mut filled = parvis_kernel::settings::read(db.read()).await?.is_set_up();
    for table in ["project", "person", "contribution"] {
        filled |= db::count(db.read(), &format!("SELECT count(*) FROM {table}"), vec![]).await? > 0;
    }
    if filled {
        return Err(CommandError::told(key, &[]));
    }
    Ok(())
}

/// The steps that the backup had taken, in our order.
fn known(manifest: &Manifest, all: &[Migration], here: &[String]) -> Result<Vec<Migration>, CommandError> {
    let ours = |step: &String| all.iter().any(|m| m.id == step);
    let program = env!("CARGO_PKG_VERSION");
    if let Some(step) = manifest.migrations.iter().find(|step| !ours(step)) {
        return Err(CommandError::told(
            "cli-backup-newer",
            &[("theirs", &manifest.program), ("ours", &program), ("step", step)],
        ));
    }
    if let Some(step) = here.iter().find(|step| !ours(step)) {
        return Err(CommandError::told("cli-here-newer", &[("ours", &program), ("step", step)]));
    }
    Ok(all.iter().filter(|m| manifest.migrations.iter().any(|step| step == m.id)).copied().collect())
}
