//! `parvis backup [FILE.zip]`.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use parvis_instance::keeping::{
    archive::{self, Manifest},
    reading,
    work::FOLDER,
};
use parvis_kernel::{app::App, module};

use super::{CommandError, Meter, say_told};
use crate::compose;

/// What `parvis backup` takes.
#[derive(Debug, Clone, clap::Args)]
pub struct BackupArgs {
    /// File to write, a ZIP [default: one named after the time, in the folder `backups` of the instance]
    pub file: Option<PathBuf>,
}

/// Backs up the instance, which may go on serving meanwhile.
///
/// # Errors
/// One line with the remedy.
pub async fn run(app: &Arc<App>, args: &BackupArgs) -> Result<(), CommandError> {
    let now = app.clock.now();
    let path = match &args.file {
        Some(path) => path.clone(),
        None => {
            let folder = app.data_dir.join(FOLDER);
            compose::make_folder(&folder)?;
            folder.join(format!("parvis-{}.zip", now.format("%Y%m%d-%H%M%S")))
        }
    };
    let manifest = write(app, &path).await?;
    let files = manifest.parts.len() - manifest.tables.len();
    let (file, rows, tables) = (path.display().to_string(), manifest.rows(), manifest.tables.len());
    say_told("cli-backup-done", &[("file", &file), ("rows", &rows), ("tables", &tables), ("files", &files)]);
    say_told("cli-backup-keep", &[]);
    Ok(())
}

/// Writes everything the instance holds into a file, and reads it back.
///
/// # Errors
/// One line with the remedy.
pub(super) async fn write(app: &Arc<App>, path: &Path) -> Result<Manifest, CommandError> {
    if path.extension().is_some_and(|e| !e.eq_ignore_ascii_case("zip")) {
        return Err(CommandError::told("cli-name-zip", &[]));
    }
    let meter = Meter::default();
    let migrations = module::migrations(&app.modules);
    let now = app.clock.now();
    archive::write(&app.db, &migrations, &app.data_dir, path, now, &mut |done, of| meter.show(done, of)).await?;
    meter.end();
    Ok(reading::verify(path)?)
}
