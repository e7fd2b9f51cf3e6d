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

use std::{
    fmt,
    sync::atomic::{AtomicU64, Ordering},
};

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
    /// From a line that is whole, or that only those who make Parvis read.
    pub fn new(line: impl fmt::Display) -> Self {
        Self { line: line.to_string() }
    }

    /// Something that nothing here foresaw, in the machine's own words, among ours.
    pub fn odd(said: impl fmt::Display) -> Self {
        Self::told("cli-odd", &[("said", &said.to_string())])
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
            None => Self::odd(e),
        }
    }
}

impl From<parvis_kernel::Error> for CommandError {
    fn from(e: parvis_kernel::Error) -> Self {
        match e {
            e if e.is_full() => Self::told("cli-full", &[]),
            parvis_kernel::Error::Db(e) => Self::told("cli-database", &[("said", &e.to_string())]),
            e => Self::odd(e),
        }
    }
}

/// The first language of the instance, in which what a command makes for its readers is written. What a command says is in
/// that of the terminal.
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

/// Shows how far a long work is, on a terminal only. Parts of the work may share it.
#[derive(Debug)]
pub struct Meter {
    on: bool,
    /// What is being done, when the work has several steps.
    step: String,
    last: AtomicU64,
}

impl Default for Meter {
    fn default() -> Self {
        Self::named(String::new())
    }
}

/// No percentage: nothing stands on the line.
const NOTHING: u64 = u64::MAX;

impl Meter {
    /// Of one step of a work, named by the words of this key in the language of the terminal.
    #[must_use]
    pub fn of(app: &App, key: &str) -> Self {
        Self::named(app.words.get(terminal::lang(), key))
    }

    fn named(step: String) -> Self {
        use std::io::IsTerminal;
        Self { on: std::io::stderr().is_terminal(), step, last: AtomicU64::new(NOTHING) }
    }

    /// Shows `done` of `total`, when the percentage changed.
    pub fn show(&self, done: u64, total: u64) {
        use std::io::Write;
        if self.on
            && let Some(line) = self.line(done, total)
        {
            let _ = write!(std::io::stderr(), "{line}");
            let _ = std::io::stderr().flush();
        }
    }

    /// What takes the place of the line before; nothing while the percentage is the same.
    fn line(&self, done: u64, total: u64) -> Option<String> {
        let percent = (done.saturating_mul(100)).checked_div(total).unwrap_or(100).min(100);
        let space = if self.step.is_empty() { "" } else { " " };
        (self.last.swap(percent, Ordering::Relaxed) != percent)
            .then(|| format!("\r{}{space}{percent:>3} %  {done} / {total} \x1b[K", self.step))
    }

    /// Clears the line, as the end of the meter does: what is said next stands alone, a refusal too.
    pub fn end(&self) {
        use std::io::Write;
        if self.last.swap(NOTHING, Ordering::Relaxed) != NOTHING && self.on {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}

impl Drop for Meter {
    fn drop(&mut self) {
        self.end();
    }
}

#[cfg(test)]
mod meter_tests {
    use super::*;

    #[test]
    fn a_meter_writes_a_line_over_the_last_one_when_the_percentage_changes() {
        let meter = Meter::default();
        let lines: Vec<_> = [0, 1, 4, 5, 9, 995, 1000, 1001].into_iter().filter_map(|n| meter.line(n, 1000)).collect();
        assert_eq!(lines, ["\r  0 %  0 / 1000 \x1b[K", "\r 99 %  995 / 1000 \x1b[K", "\r100 %  1000 / 1000 \x1b[K"]);
        let named = Meter::named("Lecture".into());
        assert_eq!(named.line(0, 0).as_deref(), Some("\rLecture 100 %  0 / 0 \x1b[K"), "nothing to do is done");
        assert_eq!(named.line(u64::MAX, 1), None, "no overflow, and the same again");
        named.end();
        assert!(named.line(0, 0).is_some(), "the line is free again");
        assert_eq!(named.line(1, 3).as_deref(), Some("\rLecture  33 %  1 / 3 \x1b[K"));
    }
}
