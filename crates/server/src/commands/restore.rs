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

use super::{CommandError, fill, say};
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
    refuse_if_filled(&app.db, "this instance", "Choose a new folder with --data").await?;
    let unpacked = Arc::new(reading::unpack(&args.file, &app.data_dir)?);
    let all = module::migrations(&app.modules);
    let theirs = known(&unpacked.manifest, &all, &db::applied(&app.db).await?)?;
    fill::fill(&app.db, all, theirs, unpacked.clone(), app.clock.now()).await?;
    let files = unpacked.put_files(&app.data_dir)?;
    app.store.forget().await;
    erase_again(app).await?;
    let manifest = &unpacked.manifest;
    say(format!("restored and checked: {} rows of {} tables, {files} files", manifest.rows(), manifest.tables.len()));
    Ok(())
}

/// Whoever was erased after the backup was made is erased again, by the list that the data folder holds.
async fn erase_again(app: &Arc<App>) -> Result<(), CommandError> {
    let list = erased::read_file(&app.data_dir).map_err(|e| {
        CommandError::new(format!("the file {} of the data folder can't be read: {e}. Check its rights", erased::FILE))
    })?;
    if list.is_empty() {
        say(format!(
            "no list of erased people here. If there is a file {} in the former data folder, people who left since this \
             backup are back: empty this folder, copy that file into it, and restore again",
            erased::FILE
        ));
        return Ok(());
    }
    // The key is that of the restored instance: the hashes were made with it.
    let secrets = Secrets::new(compose::key(&app.data_dir)?);
    let n = erased::again(app, &secrets, list).await?;
    say(format!("{n} people who left after this backup are erased again"));
    Ok(())
}

/// Refuses to write over what somebody said. `what` and `remedy` are put into the line.
///
/// # Errors
/// One line with the remedy, when there is anything in it.
pub(super) async fn refuse_if_filled(db: &Db, what: &str, remedy: &str) -> Result<(), CommandError> {
    let mut filled = parvis_kernel::settings::read(db.read()).await?.is_set_up();
    for table in ["project", "person", "contribution"] {
        filled |= db::count(db.read(), &format!("SELECT count(*) FROM {table}"), vec![]).await? > 0;
    }
    if filled {
        return Err(CommandError::new(format!("{what} is not empty, and this would lose what it holds. {remedy}")));
    }
    Ok(())
}

/// The steps that the backup had taken, in our order.
fn known(manifest: &Manifest, all: &[Migration], here: &[String]) -> Result<Vec<Migration>, CommandError> {
    let ours = |step: &String| all.iter().any(|m| m.id == step);
    let program = env!("CARGO_PKG_VERSION");
    if let Some(step) = manifest.migrations.iter().find(|step| !ours(step)) {
        return Err(CommandError::new(format!(
            "this backup was made by Parvis {}, newer than this one ({program}), which does not know {step}. Update Parvis, \
             then restore again",
            manifest.program
        )));
    }
    if let Some(step) = here.iter().find(|step| !ours(step)) {
        return Err(CommandError::new(format!(
            "the database here was made by a newer Parvis than this one ({program}), which does not know {step}. Choose a \
             new folder with --data, or a new database"
        )));
    }
    Ok(all.iter().filter(|m| manifest.migrations.iter().any(|step| step == m.id)).copied().collect())
}
