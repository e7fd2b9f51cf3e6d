//! The commands of the program, beside serving.

pub mod admin;
pub mod backup;
pub mod bench;
mod bench_answer;
mod bench_documents;
pub mod copy;
pub mod doctor;
pub mod export;
mod fill;
pub mod import;
mod import_people;
pub mod restore;
pub mod themes;

#[cfg(test)]
mod tests;

use std::fmt;

use parvis_kernel::{
    app::App,
    words::{Lang, Word},
};

use crate::terminal;

/// What a command says when it can't do its work: one clear line with the remedy. The exit code is 2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandError {
    /// The line.
    pub line: String,
}

impl CommandError {
    /// From anything that can be said: what the machine says of itself, and what only those who make Parvis read.
    pub fn new(line: impl fmt::Display) -> Self {
        Self { line: line.to_string() }
    }

    /// The words of a key in the language of the terminal: whoever types a command reads why it refuses in theirs.
    #[must_use]
    pub fn told(key: &str, args: &[(&str, &dyn Word)]) -> Self {
        Self { line: terminal::line(key, args) }
    }
}

impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.line)
    }
}

impl std::error::Error for CommandError {}

impl From<parvis_instance::keeping::archive::Problem> for CommandError {
    fn from(e: parvis_instance::keeping::archive::Problem) -> Self {
        match e.words() {
            Some((key, args)) => {
                let args: Vec<(&str, &dyn Word)> =
                    args.iter().map(|(name, value)| (*name, value as &dyn Word)).collect();
                Self::told(key, &args)
            }
            None => Self::new(e),
        }
    }
}

impl From<parvis_kernel::Error> for CommandError {
    fn from(e: parvis_kernel::Error) -> Self {
        match e {
            e if e.is_full() => Self::told("cli-full", &[]),
            parvis_kernel::Error::Db(e) => Self::told("cli-database", &[("said", &e.to_string())]),
            e => Self::new(e),
        }
    }
}

/// The language that a command speaks: that of the instance.
async fn lang(app: &App) -> Result<Lang, CommandError> {
    Ok(app.settings().await?.lang)
}

/// Writes a line on the standard output, where a closed pipe is no reason to stop.
pub(crate) fn say(line: impl fmt::Display) {
    use std::io::Write;
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Writes the words of a key on the standard output, in the language of the terminal.
fn say_told(key: &str, args: &[(&str, &dyn Word)]) {
    say(terminal::line(key, args));
}

/// Writes a line on the standard error.
fn warn(line: impl fmt::Display) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Shows how far a long work is, on a terminal only.
#[derive(Debug)]
pub struct Meter {
    on: bool,
    last: u64,
}

impl Default for Meter {
    fn default() -> Self {
        use std::io::IsTerminal;
        Self { on: std::io::stderr().is_terminal(), last: u64::MAX }
    }
}

impl Meter {
    /// Shows `done` of `total`, when the percentage changed.
    pub fn show(&mut self, done: u64, total: u64) {
        use std::io::Write;
        let percent = (done * 100).checked_div(total).unwrap_or(100).min(100);
        if self.on && percent != self.last {
            self.last = percent;
            let _ = write!(std::io::stderr(), "\r{percent:>3} %  {done} / {total} ");
            let _ = std::io::stderr().flush();
        }
    }

    /// Clears the line.
    pub fn end(&mut self) {
        use std::io::Write;
        if self.on {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}
