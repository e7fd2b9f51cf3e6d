//! What a killed program leaves half made: a backup, an export, a folder that a file was taken apart in. It holds addresses and
//! the key of the instance, and nobody would end it. Whoever makes one holds a lock on it, which goes with the process whatever
//! ends that; what nobody holds is taken away when the program starts, and before the next one is made in that folder.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
};

use tempfile::TempDir;

/// How the name of a file begins that is not whole yet. A name of ours alone: the folder may be anybody's.
pub const HALF: &str = ".parvis-";
/// How it ends.
pub const END: &str = ".part";
/// How the name of a folder begins in which a restore takes a file apart.
pub const RESTORE: &str = ".restore-";
/// The same of a copy to another database.
pub const COPY: &str = ".copy-";

/// Takes away what nobody makes any more. What can't be looked at stays: the next one looks again.
pub fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let name = name.to_string_lossy();
        let apart = [RESTORE, COPY].iter().any(|start| name.starts_with(start));
        if (apart || (name.starts_with(HALF) && name.ends_with(END))) && is_free(&path) {
            let _ = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        }
    }
}

/// Whether no process holds it. Where there are no locks nobody knows, and it stays.
fn is_free(path: &Path) -> bool {
    File::open(path).is_ok_and(|file| file.try_lock().is_ok())
}

/// The name of a file until it is whole.
#[must_use]
pub fn half(path: &Path) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{HALF}{stem}{END}"))
}

/// Begins that file, for its owner alone, and holds it as long as it is open.
///
/// # Errors
/// When another process makes the same one, or the disk refuses.
pub fn begin(half: &Path) -> io::Result<File> {
    sweep(half.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")));
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(half)?;
    hold(&file)?;
    file.set_len(0)?;
    Ok(file)
}

/// Holds a file until it is closed.
///
/// # Errors
/// When another process holds it.
pub fn hold(file: &File) -> io::Result<()> {
    match file.try_lock() {
        // Without locks two that make the same at once are two that write over each other, as before.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(()),
        Err(TryLockError::WouldBlock) => Err(io::ErrorKind::ResourceBusy.into()),
    }
}

/// A folder for a while, held, which goes away with this.
#[derive(Debug)]
pub struct Held {
    folder: TempDir,
    _held: Option<File>,
}

impl Held {
    /// A folder under `near` whose name begins so, [`RESTORE`] or [`COPY`].
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn new(near: &Path, begins: &str) -> io::Result<Self> {
        sweep(near);
        let folder = tempfile::Builder::new().prefix(begins).tempdir_in(near)?;
        let held = File::open(folder.path()).ok().filter(|f| f.try_lock().is_ok());
        Ok(Self { folder, _held: held })
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.folder.path()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_dead_program_left_goes_and_what_a_living_one_makes_stays() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        for name in [".parvis-tout.part", "vacances.part", ".parvis-notes", "parvis-nuit.zip"] {
            fs::write(at(name), "x").unwrap();
        }
        for name in [".restore-a", ".copy-b", ".restores"] {
            fs::create_dir(at(name)).unwrap();
            fs::write(at(name).join("person.jsonl"), "x").unwrap();
        }
        let (living, copies) = (begin(&half(&at("nuit.zip"))).unwrap(), Held::new(dir.path(), COPY).unwrap());
        for _ in 0..2 {
            sweep(dir.path());
            for gone in [".parvis-tout.part", ".restore-a", ".copy-b"] {
                assert!(!at(gone).exists(), "{gone}");
            }
            for kept in ["vacances.part", ".parvis-notes", "parvis-nuit.zip", ".restores", ".parvis-nuit.part"] {
                assert!(at(kept).exists(), "{kept}");
            }
            assert!(copies.path().exists());
        }
        assert_eq!(begin(&half(&at("nuit.zip"))).unwrap_err().kind(), io::ErrorKind::ResourceBusy, "one at a time");
        drop(living);
        begin(&half(&at("autre.zip"))).unwrap();
        assert!(!at(".parvis-nuit.part").exists(), "the next one clears what the last one left");
        let path = copies.path().to_owned();
        drop(copies);
        assert!(!path.exists());
    }
}
