//! The machine that a service is installed on: its files, its accounts, its systemd.

use std::{
    fs,
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
    process::{Command, ExitCode, Output},
};

use super::unit::USER;
use crate::commands::CommandError;

/// Runs a program of the machine to its end.
pub type Runner = Box<dyn Fn(&str, &[&str]) -> io::Result<Output>>;

/// A machine, or a folder that stands for one in tests.
pub struct Machine {
    root: PathBuf,
    /// Whether this process may change it.
    is_root: bool,
    run: Runner,
}

impl Machine {
    /// This one.
    pub fn here() -> Self {
        Self {
            root: "/".into(),
            is_root: is_root(),
            run: Box::new(|program, args| Command::new(program).args(args).output()),
        }
    }

    /// A folder.
    #[cfg(test)]
    pub fn new(root: PathBuf, is_root: bool, run: Runner) -> Self {
        Self { root, is_root, run }
    }

    fn at(&self, path: &Path) -> PathBuf {
        self.root.join(path.strip_prefix("/").unwrap_or(path))
    }

    /// Whether systemd runs it.
    pub fn has_systemd(&self) -> Result<(), CommandError> {
        // As sd_booted(3).
        if self.at(Path::new("/run/systemd/system")).is_dir() {
            return Ok(());
        }
        Err(CommandError::told("service-no-systemd", &[]))
    }

    /// Whether systemd runs it, and this process may change it.
    pub fn may_change(&self) -> Result<(), CommandError> {
        self.has_systemd()?;
        if self.is_root { Ok(()) } else { Err(CommandError::told("service-not-root", &[])) }
    }

    /// The text of a file.
    pub fn read(&self, path: &Path) -> Option<String> {
        fs::read_to_string(self.at(path)).ok()
    }

    /// Writes a file whole, or leaves the one there is.
    pub fn write(&self, path: &Path, text: &str, mode: u32) -> Result<(), CommandError> {
        self.put(path, mode, |file| file.write_all(text.as_bytes()))
    }

    /// Deletes a file.
    pub fn delete(&self, path: &Path) -> Result<(), CommandError> {
        fs::remove_file(self.at(path)).map_err(|e| cannot(path, &e))
    }

    /// Copies this very program there, so that the service does not depend on a folder of somebody.
    pub fn copy_program(&self, to: &Path) -> Result<(), CommandError> {
        let own = std::env::current_exe().map_err(CommandError::odd)?;
        if fs::canonicalize(&own).ok() == fs::canonicalize(self.at(to)).ok() {
            return Ok(());
        }
        let mut source = fs::File::open(&own).map_err(|e| cannot(&own, &e))?;
        self.put(to, 0o755, |file| io::copy(&mut source, file).map(drop))
    }

    fn put(
        &self,
        path: &Path,
        mode: u32,
        fill: impl FnOnce(&mut fs::File) -> io::Result<()>,
    ) -> Result<(), CommandError> {
        let to = self.at(path);
        let folder = to.parent().unwrap_or(&self.root);
        let written = fs::create_dir_all(folder).and_then(|()| {
            let mut file = tempfile::NamedTempFile::new_in(folder)?;
            fill(file.as_file_mut())?;
            set_mode(file.as_file(), mode)?;
            file.as_file().sync_all()?;
            file.persist(&to).map_err(|e| e.error).map(drop)
        });
        written.map_err(|e| cannot(path, &e))
    }

    /// Makes the account of the service, without a password, unless it is there.
    pub fn add_user(&self) -> Result<(), CommandError> {
        if self.ran("getent", &["passwd", USER])? {
            return Ok(());
        }
        let args = ["--system", "--user-group", "--no-create-home", "--home-dir", super::DATA];
        self.must("useradd", &[&args[..], &["--shell", "/usr/sbin/nologin", USER]].concat())
    }

    /// Whether a folder may be given to the service whole: it is new, empty, or holds the data of an instance.
    ///
    /// # Errors
    /// `service-folder-foreign`: it holds something else, which would change hands.
    pub fn is_for_data(&self, path: &Path) -> Result<(), CommandError> {
        let folder = self.at(path);
        let holds_something = match fs::read_dir(&folder) {
            Ok(mut entries) => entries.next().is_some(),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => false,
            Err(e) => return Err(cannot(path, &e)),
        };
        if holds_something && !folder.join("secret.key").exists() {
            let shown = path.display().to_string();
            return Err(CommandError::told("service-folder-foreign", &[("folder", &shown)]));
        }
        Ok(())
    }

    /// Makes a folder of data that is the service's alone. One that is there keeps what is in it.
    pub fn make_data(&self, path: &Path) -> Result<(), CommandError> {
        let folder = self.at(path);
        fs::create_dir_all(&folder).map_err(|e| cannot(path, &e))?;
        let shown = folder.to_string_lossy().into_owned();
        self.must("chown", &["-R", "--", &format!("{USER}:{USER}"), &shown])?;
        self.must("chmod", &["0700", "--", &shown])
    }

    /// Tells systemd something.
    pub fn systemctl(&self, args: &[&str]) -> Result<(), CommandError> {
        self.must("systemctl", args)
    }

    /// Asks systemd a yes-or-no question about the service.
    pub fn asks(&self, question: &str) -> bool {
        self.ran("systemctl", &[question, "--quiet", "parvis.service"]).unwrap_or(false)
    }

    /// Runs a program with this terminal, and ends as it ends.
    pub fn hand_over(&self, program: &str, args: &[String]) -> Result<ExitCode, CommandError> {
        let words: Vec<&str> = args.iter().map(String::as_str).collect();
        let ended = Command::new(program).args(args).status().map_err(|e| failed(program, &words, &e.to_string()))?;
        Ok(ended.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from))
    }

    fn ran(&self, program: &str, args: &[&str]) -> Result<bool, CommandError> {
        (self.run)(program, args).map(|o| o.status.success()).map_err(|e| failed(program, args, &e.to_string()))
    }

    fn must(&self, program: &str, args: &[&str]) -> Result<(), CommandError> {
        let output = (self.run)(program, args).map_err(|e| failed(program, args, &e.to_string()))?;
        if output.status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&output.stderr).split_whitespace().collect::<Vec<_>>().join(" ");
        Err(failed(program, args, &said))
    }
}

fn failed(program: &str, args: &[&str], said: &str) -> CommandError {
    let command = [&[program][..], args].concat().join(" ");
    CommandError::told("service-command-failed", &[("command", &command), ("said", &said)])
}

fn cannot(path: &Path, e: &io::Error) -> CommandError {
    let file = path.display().to_string();
    match e.kind() {
        ErrorKind::PermissionDenied => CommandError::told("service-not-root", &[]),
        _ => CommandError::told("service-cannot-write", &[("file", &file), ("said", &e.to_string())]),
    }
}

#[cfg(unix)]
fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}

#[cfg(unix)]
fn set_mode(file: &fs::File, mode: u32) -> io::Result<()> {
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(mode))
}

#[cfg(not(unix))]
fn set_mode(_: &fs::File, _: u32) -> io::Result<()> {
    Ok(())
}
