//! An import of the command line, noted among those of the desk.

use std::sync::Arc;

use parvis_kernel::{
    Error,
    app::App,
    brought::{Files as _, Hears, Source, command, store::New},
};

use super::{Import, Report, Stop, run, screen::Contributions};

/// Imports a file that the command line brings: it stands among those of the desk, goes on there once it was stopped or killed,
/// and can be taken back there. `read_as` says how it was read.
///
/// # Errors
/// [`Stop`]; a file that can't be taken as a whole leaves nothing.
pub async fn by_command(
    app: &Arc<App>,
    import: &Import<'_>,
    source: &Arc<Source>,
    read_as: &str,
    progress: Hears<'_>,
) -> Result<Arc<Report>, Stop> {
    let roles = Contributions::choice(import.mapping).codes;
    let extra = vec![("kind", "contributions".into()), ("project_id", import.project.into())];
    let new = New::by_command(source, import.file_name, read_as, roles, extra).map_err(Error::other)?;
    command::import::<Contributions, _>(app, new, source, progress, async |hold, progress| {
        let import = Import { file: Some(hold), ..*import };
        run(&import, || source.open(), progress).await
    })
    .await
}
