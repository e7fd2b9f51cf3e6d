//! What the files of one module are: where they are noted and kept, how they are read, what an import of them is.

use std::{fs::File, ops::ControlFlow, sync::Arc};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{FromQueryResult, Value};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use super::{
    Source,
    keep::{Place, What},
    store::Hold,
};
use crate::{
    app::App,
    context::Moment,
    db::{self, Tx},
    error::{Error, Result},
    words::{Lang, Words},
};

/// A work that said nothing for so long is dead.
pub const DEAD: TimeDelta = TimeDelta::seconds(60);

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Rows dealt with.
    pub done: u64,
    /// Rows of the file.
    pub total: u64,
}

/// What hears how far an import is, and says whether it goes on.
pub type Hears<'a> = &'a mut (dyn FnMut(Progress) -> ControlFlow<()> + Send);

/// Why an import ended early. What was written stays; the same import again completes it.
#[derive(Debug)]
pub enum Stop<R = &'static str> {
    /// The file as a whole can't be taken: a stable code, or more.
    File(R),
    /// The database refused.
    Database(Error),
    /// The caller said to stop, or another worker took the file.
    Asked,
}

impl<R> From<Error> for Stop<R> {
    fn from(e: Error) -> Self {
        Self::Database(e)
    }
}

/// What the columns of a file are taken for, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The code of each column, in order, separated by spaces.
    pub codes: String,
    /// The set of headers, whatever their order.
    pub key: String,
    /// The code of each header, a line each, to be remembered.
    pub pairs: String,
}

impl Choice {
    /// Of codes and headers as they are compared, in the order of the file.
    pub fn of<'a>(columns: impl Iterator<Item = (&'a str, String)>) -> Self {
        let (codes, mut headers): (Vec<&str>, Vec<String>) = columns.unzip();
        let pairs = codes.iter().zip(&headers).map(|(code, header)| format!("{code} {header}\n")).collect();
        headers.sort_unstable();
        Self { codes: codes.join(" "), key: crate::secrets::hash(&headers.join("\n")), pairs }
    }
}

/// Columns that only the files of one module have, with their values.
pub type Extra = Vec<(&'static str, Value)>;

/// Says why a line is refused, by its number, and may empty cells of it that must not leave.
pub type Reasons<'a> = Box<dyn FnMut(u64, &mut [String]) -> Option<String> + 'a>;

/// Takes whoever was erased out of what is kept of files. The people module does: it alone knows who left.
#[async_trait]
pub trait Forgets: 'static {
    /// Out of what is about to be kept of a file.
    async fn clean(app: &Arc<App>, what: What, kept: File) -> Result<File>;
    /// Out of what was just kept of a file, its refused lines and what its page tells: a line that is refused for another
    /// reason may name them.
    async fn forget(app: &Arc<App>, place: Place, id: Uuid) -> Result<()>;
}

/// The files of one module. Names of tables and columns are the module's constants: nothing of a request gets there.
#[async_trait]
pub trait Files: Send + Sync + Sized + 'static {
    /// The table that holds them. Its shared columns are those of [`Row`], with `ended_at` and `hold`.
    const TABLE: &'static str;
    /// The table of what columns were taken for, by the set of their headers.
    const CHOICES: &'static str;
    /// Columns that only these files have, separated by commas, as `Own` reads them.
    const OWN: &'static str;
    /// Columns that count what became of the rows.
    const COUNTS: &'static [&'static str];
    /// What else is set when a file is begun at its first row again, each after a comma.
    const ANEW: &'static str;
    /// What is set when the text of a file is gone.
    const GONE: &'static str;
    /// Whether each batch notes in `done` how far the import is, so that the next try goes on there.
    const STEPS: bool;
    /// A text that nobody touches is kept for so long; else for as long as what is known of its file.
    const TEXT: Option<TimeDelta>;
    /// Where they are kept.
    const PLACE: Place;
    /// The job that imports a file, or tries it.
    const JOB: &'static str;
    /// Refused lines that are kept, to correct; more are only counted.
    const LINES: u32 = u32::MAX;

    /// What [`Files::OWN`] holds.
    type Own: FromQueryResult + Send + Sync;
    /// What columns are taken for.
    type Mapping: Clone + Send + Sync + 'static;
    /// What came of an import.
    type Report: Send + Sync + 'static;
    /// What a page tells of it.
    type Told: Serialize + DeserializeOwned + Default + Send + Sync;
    /// Who knows whoever was erased.
    type Forgets: Forgets;

    /// Tells what each column is.
    fn recognise(headers: &[String], sample: &[Vec<String>]) -> Self::Mapping;
    /// What the columns are taken for, as it is kept.
    fn choice(mapping: &Self::Mapping) -> Choice;
    /// Takes the columns for these codes, in order. What the law forbids stays unread.
    fn take(mapping: &mut Self::Mapping, codes: &str);
    /// Takes the columns for what such columns were taken for before; says whether that changes anything.
    fn remember(mapping: &mut Self::Mapping, pairs: &str) -> bool;
    /// Imports a file, or tries it.
    async fn run(
        app: &Arc<App>,
        row: &Row<Self::Own>,
        hold: Hold,
        source: &Source,
        mapping: &Self::Mapping,
        progress: Hears<'_>,
    ) -> Result<Self::Report, Stop>;
    /// Rows of the file, and what became of them in the order of [`Files::COUNTS`].
    fn counts(report: &Self::Report) -> (u64, Vec<u64>);
    /// What a page tells.
    fn told(report: &Self::Report) -> Self::Told;
    /// Why lines are refused; nothing when none is.
    fn refused<'a>(words: &'a Words, lang: Lang, report: &'a Self::Report) -> Option<Reasons<'a>>;

    /// Notes what else is to be noted with the end of an import, in the same transaction: it is noted once.
    async fn ended(_tx: &Tx, _moment: &Moment, _id: Uuid, _report: &Self::Report) -> Result<()> {
        Ok(())
    }

    /// Forgets a file at rest, or whose work is dead; `false` when it is neither.
    async fn drop(tx: &Tx, id: Uuid, now: DateTime<Utc>) -> Result<bool> {
        let sql = format!("DELETE FROM {} WHERE id = $1 AND {RESTS}", Self::TABLE);
        Ok(db::run(tx, &sql, crate::args![id, now - DEAD]).await? > 0)
    }

    /// Forgets a file left long ago, whatever its state says.
    async fn drop_old(tx: &Tx, id: Uuid, _now: DateTime<Utc>) -> Result<()> {
        db::run(tx, &format!("DELETE FROM {} WHERE id = $1", Self::TABLE), crate::args![id]).await.map(drop)
    }
}

/// The condition that nobody works on a file, nor is about to: `$2` is [`DEAD`] ago.
pub const RESTS: &str = "(state NOT IN ('queued', 'running', 'checking') \
     OR (state <> 'queued' AND (beat_at IS NULL OR beat_at < $2)))";

/// A file that a member of the team brought.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Row<O: FromQueryResult> {
    /// Its key.
    pub id: Uuid,
    /// Its name, as it was sent.
    pub file_name: String,
    /// `received`, `checking`, `checked`, `queued`, `running`, `stopped`, `failed` or `done`.
    pub state: String,
    /// Code of what is wrong with it as a whole.
    pub problem: String,
    /// Whether its text is still kept.
    pub kept: bool,
    /// How it was read: encoding and separator, or the sheet.
    pub read_as: String,
    /// The text of a workbook: a row is a line.
    pub from_sheet: bool,
    /// Visible sheets of a workbook, one a line.
    pub sheets: String,
    /// Bytes of its text.
    pub bytes: i64,
    /// What each column is taken for, see [`Choice::codes`].
    pub roles: String,
    /// Whether that is what was chosen for such columns before.
    pub remembered: bool,
    /// Who brought it; nobody once they were erased, or where the command line did.
    pub actor_id: Option<Uuid>,
    /// Whether it was brought by the command line.
    pub by_command: bool,
    /// When.
    pub created_at: DateTime<Utc>,
    /// When it was last tried.
    pub checked_at: Option<DateTime<Utc>>,
    /// When its import began.
    pub started_at: Option<DateTime<Utc>>,
    /// When the work last said how far it is.
    pub beat_at: Option<DateTime<Utc>>,
    /// Rows dealt with.
    pub done: i64,
    /// Rows of the file.
    pub total: i64,
    /// Rows that made something new.
    pub created: i64,
    /// Rows that are not taken.
    pub refused: i64,
    /// What only the files of this module have.
    #[sea_orm(nested)]
    pub own: O,
}

/// Columns of [`Row`].
pub(super) const COLUMNS: &str = "id, file_name, state, problem, kept, read_as, from_sheet, sheets, bytes, roles, \
     remembered, actor_id, by_command, created_at, checked_at, started_at, beat_at, done, total, created, refused";

impl<O: FromQueryResult> Row<O> {
    /// Whether the work under way stopped saying how far it is.
    #[must_use]
    pub fn is_dead(&self, now: DateTime<Utc>) -> bool {
        matches!(self.state.as_str(), "running" | "checking") && self.beat_at.is_none_or(|at| at + DEAD < now)
    }

    /// Whether the columns may still be changed.
    #[must_use]
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        let rests = matches!(self.state.as_str(), "received" | "checked" | "stopped" | "failed");
        self.kept && (rests || (self.state == "checking" && self.is_dead(now)))
    }

    /// Whether somebody works on it, or is about to.
    #[must_use]
    pub fn is_live(&self, now: DateTime<Utc>) -> bool {
        self.kept && !self.is_dead(now) && matches!(self.state.as_str(), "checking" | "queued" | "running")
    }
}
