//! `parvis export DIR|FILE.zip`: the open data of everything public.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use parvis_instance::{exports::bundle, keeping::leftovers};
use parvis_kernel::app::App;
use zip::ZipArchive;

use super::{CommandError, Meter, backup, lang, say_told};

/// What `parvis export` takes.
#[derive(Debug, Clone, clap::Args)]
pub struct ExportArgs {
    /// Folder to write the files in, or a file that ends with .zip
    pub to: PathBuf,
    /// Everything the instance holds, addresses and key included, into a .zip that `parvis import` takes in an empty instance
    #[arg(long)]
    pub all: bool,
}

/// Writes the open data: the same files as the page `/donnees` offers.
///
/// # Errors
/// One line with the remedy.
pub async fn run(app: &Arc<App>, args: &ExportArgs) -> Result<(), CommandError> {
    if args.all {
        return everything(app, &args.to).await;
    }
    let meter = Arc::new(Meter::default());
    let shown = meter.clone();
    let mut bundle = bundle::make(app, lang(app).await?, move |done, of| shown.show(done, of)).await?;
    meter.end();
    let zip = args.to.extension().is_some_and(|e| e.eq_ignore_ascii_case("zip"));
    let written = if zip { write_zip(&args.to, &mut bundle) } else { write_folder(&args.to, bundle) };
    let n = written.map_err(|e| {
        let file = args.to.display().to_string();
        CommandError::told("cli-cannot-write", &[("file", &file), ("said", &e.to_string())])
    })?;
    say_told("cli-export-done", &[("file", &args.to.display().to_string()), ("files", &n)]);
    Ok(())
}

async fn everything(app: &Arc<App>, to: &Path) -> Result<(), CommandError> {
    if to.extension().is_none_or(|e| !e.eq_ignore_ascii_case("zip")) {
        return Err(CommandError::told("cli-all-zip", &[]));
    }
    let manifest = backup::write(app, to).await?;
    let (file, rows, tables) = (to.display().to_string(), manifest.rows(), manifest.tables.len());
    say_told("cli-all-done", &[("file", &file), ("rows", &rows), ("tables", &tables)]);
    say_told("cli-backup-keep", &[]);
    Ok(())
}

fn write_zip(to: &Path, bundle: &mut File) -> io::Result<usize> {
    whole(to, |file| io::copy(bundle, file).map(drop))?;
    Ok(ZipArchive::new(bundle).map_err(io::Error::other)?.len())
}

/// A file under its name once it is whole: what is cut off leaves no half of it to be taken for the rest.
fn whole(to: &Path, fill: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    let folder = to.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    leftovers::sweep(folder);
    let mut part = tempfile::Builder::new().prefix(leftovers::HALF).suffix(leftovers::END).tempfile_in(folder)?;
    leftovers::hold(part.as_file())?;
    fill(part.as_file_mut())?;
    part.as_file().sync_all()?;
    #[cfg(unix)]
    fs::set_permissions(part.path(), std::os::unix::fs::PermissionsExt::from_mode(0o644))?;
    part.persist(to).map_err(|e| e.error)?;
    Ok(())
}

fn write_folder(to: &Path, bundle: File) -> io::Result<usize> {
    fs::create_dir_all(to)?;
    for (name, content) in files(bundle)? {
        whole(&to.join(name), |file| file.write_all(&content))?;
    }
    fs::read_dir(to).map(Iterator::count)
}

/// The files of a bundle: name and content.
///
/// # Errors
/// When it can't be read.
pub fn files(bundle: File) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut zip = ZipArchive::new(bundle).map_err(io::Error::other)?;
    let mut files = Vec::with_capacity(zip.len());
    for i in 0..zip.len() {
        let mut part = zip.by_index(i).map_err(io::Error::other)?;
        let name = part.name().map_err(io::Error::other)?.into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content)?;
        files.push((name, content));
    }
    Ok(files)
}
