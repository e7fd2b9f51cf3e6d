//! An import of the command line, noted among those of the desk.

use std::sync::Arc;

use parvis_kernel::{
    Error,
    brought::{Files as _, Hears, Source, Stop, command, store::New},
};

use super::{Import, Report, run, screen::Persons};

/// Imports a file of this name that the command line brings: it stands among those of the desk, goes on there once it was stopped
/// or killed, and can be taken back there. `read_as` says how it was read.
///
/// # Errors
/// [`Stop`]; a file that can't be taken as a whole leaves nothing.
pub async fn by_command(
    import: &Import<'_>,
    source: &Arc<Source>,
    (file_name, read_as): (&str, &str),
    progress: Hears<'_>,
) -> Result<Arc<Report>, Stop> {
    let roles = Persons::choice(import.mapping).codes;
    let new = New::by_command(source, file_name, read_as, roles, vec![("origin", import.origin.into())]);
    let new = new.map_err(Error::other)?;
    command::import::<Persons, _>(import.app, new, source, progress, async |hold, progress| {
        let import = Import { file: Some(hold), ..*import };
        run(&import, || source.open(), progress).await
    })
    .await
}
