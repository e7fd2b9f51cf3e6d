//! `parvis backup [FILE.zip]`.

use std::{path::PathBuf, sync::Arc};

use parvis_kernel::app::App;

use super::{CommandError, archive, say};
use crate::compose;

/// What `parvis backup` takes.
#[derive(Debug, Clone, clap::Args)]
pub struct BackupArgs {
    /// File to write, a ZIP [default: one named after the time, in the folder `backups` of the instance]
    pub file: Option<PathBuf>,
}

/// Where backups go by themselves.
pub const FOLDER: &str = "backups";

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
    if path.extension().is_some_and(|e| !e.eq_ignore_ascii_case("zip")) {
        return Err(CommandError::new("a backup is a ZIP file: give it a name that ends with .zip"));
    }
    let manifest = archive::write(&app.db, &compose::migrations(&app.modules), &app.data_dir, &path, now).await?;
    let files = manifest.parts.len() - manifest.tables.len();
    say(format!("{}: {} rows of {} tables, {files} files", path.display(), manifest.rows(), manifest.tables.len()));
    say("It holds addresses and the key of the instance: keep it where only you can read it.");
    Ok(())
}
