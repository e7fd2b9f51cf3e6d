//! Import of people: names, mail, telephone, and accords with their provenance.
//!
//! Without the day of an accord, nothing proves it: the person is known, and is not written to (no entry of the ledger, no
//! message). Whoever was erased does not come back. Each batch of rows is one transaction; a person is found again by their
//! address or telephone, so that the same file doubles nothing.

pub mod columns;
pub mod read;
mod screen;
mod store;
#[cfg(test)]
mod tests;
mod words;

use std::{fs::File, ops::ControlFlow, sync::Arc};

use chrono::NaiveDate;
use chrono_tz::Tz;
use parvis_kernel::{
    Error,
    app::App,
    brought::{Source, keep::Place},
    context::Moment,
    words::Lang,
};
use parvis_tables::{Code, Limits, Table};
use uuid::Uuid;

pub use screen::{jobs, routes};
pub use store::forget;
pub use words::{column_line, sentence};

use crate::{areas, directory::words::fold};
use columns::Mapping;
use read::{Found, Item, People, Refused, Town};

/// Kind of activity recorded here.
pub const ACTIVITY: &str = "person.imported";
/// Rows written in one transaction: whoever signs in meanwhile waits for one batch at most.
const BATCH: usize = 200;
/// Rows looked at to tell what each column is.
const SAMPLE: usize = 50;
/// Where brought files are kept.
const KEPT: Place = Place("people");
/// Signs of where a file comes from.
pub const ORIGIN: usize = 200;

/// What to import.
#[derive(Debug)]
pub struct Import<'a> {
    /// The instance.
    pub app: &'a Arc<App>,
    /// What each column is taken for.
    pub mapping: &'a Mapping,
    /// Where the file comes from, as it is noted in the ledger.
    pub origin: &'a str,
    /// How much is read at most.
    pub limits: Limits,
    /// The file that the team brought on the desk: its import goes on where it was killed.
    pub file: Option<Uuid>,
    /// Who imports.
    pub actor: Option<Uuid>,
    /// Says what would be done and writes nothing.
    pub trial: bool,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Rows dealt with.
    pub done: u64,
    /// Rows of the file.
    pub total: u64,
}

/// How many rows became what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// People who were not known.
    pub created: u64,
    /// People who were known, and whose sheet was completed.
    pub completed: u64,
    /// People whose sheet said it all.
    pub same: u64,
    /// Of all those, people who may not be written to: no accord with its day.
    pub held: u64,
}

impl Counts {
    fn add(&mut self, more: Self) {
        self.created += more.created;
        self.completed += more.completed;
        self.same += more.same;
        self.held += more.held;
    }
}

/// What came of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows of the file.
    pub read: u64,
    /// How many became what.
    pub counts: Counts,
    /// Lines that are not taken.
    pub refused: Vec<Refused>,
}

impl Report {
    /// The one line an import ends with.
    #[must_use]
    pub fn line(&self) -> String {
        let Counts { created, completed, .. } = self.counts;
        format!("{} read, {created} created, {completed} updated, {} refused", self.read, self.refused.len())
    }
}

/// Why an import ended early. What was written stays; the same import again completes it.
#[derive(Debug)]
pub enum Stop {
    /// The file as a whole can't be taken: a stable code.
    File(&'static str),
    /// The database refused.
    Database(Error),
    /// The caller said to stop.
    Asked,
}

impl From<Error> for Stop {
    fn from(e: Error) -> Self {
        Self::Database(e)
    }
}

/// What a file looks like.
#[derive(Debug)]
pub struct Look {
    /// What each column is taken for.
    pub mapping: Mapping,
    /// How the bytes were read.
    pub encoding: &'static str,
    /// What separates the cells.
    pub delimiter: char,
    /// Some rows.
    pub sample: Vec<Vec<String>>,
}

impl Look {
    /// Tells what each column of a file is, with some rows.
    ///
    /// # Errors
    /// The code of what is wrong with the file as a whole.
    pub fn at(source: &Source) -> Result<Self, &'static str> {
        Self::of(source.open().map_err(|_| Code::Unreadable.as_str())?, &source.limits())
    }

    /// Looks at a text, or at the beginning of one.
    pub(crate) fn of(text: impl std::io::Read, limits: &Limits) -> Result<Self, &'static str> {
        let mut table = Table::open(text, limits).map_err(|r| r.code.as_str())?;
        let sample = table.sample(SAMPLE);
        let mapping = Mapping::recognise(table.headers(), &sample);
        Ok(Self { mapping, encoding: table.encoding().name(), delimiter: table.delimiter(), sample })
    }
}

/// What a row needs to become a person, whatever the row.
#[derive(Debug)]
struct Frame {
    lang: Lang,
    origin: String,
    actor: Option<Uuid>,
    file: Option<Uuid>,
    trial: bool,
    tz: Tz,
    today: NaiveDate,
    moment: Moment,
}

/// Imports a file of people. `open` opens it from its beginning: it is read once to be counted, so that what is wrong with
/// it as a whole is known before anything is written, and once to be written.
///
/// # Errors
/// [`Stop`].
pub async fn run(
    import: &Import<'_>,
    open: impl Fn() -> std::io::Result<File> + Send + Sync,
    progress: &mut (dyn FnMut(Progress) -> ControlFlow<()> + Send),
) -> Result<Report, Stop> {
    let settings = import.app.settings().await?;
    let moment = import.app.moment();
    let today = moment.now.with_timezone(&settings.tz()).date_naive();
    let areas = areas::all(import.app.db.read()).await?.into_iter().map(|a| (fold(&a.name), a.id)).collect();
    let town = Town { areas, today };
    let frame = Arc::new(Frame {
        lang: settings.lang,
        origin: import.origin.to_owned(),
        actor: import.actor,
        file: import.file,
        trial: import.trial,
        tz: settings.tz(),
        today,
        moment,
    });
    let rows = || {
        let file = open().map_err(|_| Stop::File(Code::Unreadable.as_str()))?;
        People::open(file, &import.limits, import.mapping, &town).map_err(Stop::File)
    };
    let mut report = Report::default();
    for item in rows()? {
        if let Item::Broken(code) = item {
            return Err(Stop::File(code));
        }
        report.read += 1;
    }
    let before = match import.file.filter(|_| !import.trial) {
        Some(file) => store::written(import.app.db.read(), file).await?,
        None => store::Written::default(),
    };
    report.counts = before.counts;
    let mut work = Work { import, frame, report, done: 0, written: before.rows, batch: Vec::new(), progress };
    for item in rows()? {
        work.take(item).await?;
    }
    work.write().await?;
    work.report.refused.sort_by_key(|r| r.line);
    store::end(import.app, &work.frame, &work.report).await?;
    Ok(work.report)
}

/// An import under way.
struct Work<'a> {
    import: &'a Import<'a>,
    frame: Arc<Frame>,
    report: Report,
    /// Rows read.
    done: u64,
    /// Rows that are written: by an earlier try before it was killed, then by this one.
    written: u64,
    batch: Vec<Found>,
    progress: &'a mut (dyn FnMut(Progress) -> ControlFlow<()> + Send),
}

impl Work<'_> {
    async fn take(&mut self, item: Item) -> Result<(), Stop> {
        self.done += 1;
        match item {
            Item::Broken(code) => return Err(Stop::File(code)),
            Item::Refused(refused) => {
                let db = self.import.app.db.read();
                self.report.refused.push(store::twice(db, self.import.app, refused).await?);
            }
            // Counted already: but what was refused then is to be told again.
            Item::Person(found) if self.done <= self.written => {
                let db = self.import.app.db.read();
                self.report.refused.extend(store::erased(db, self.import.app, &found).await?);
            }
            Item::Person(found) => self.batch.push(found),
        }
        if self.batch.len() == BATCH { self.write().await } else { Ok(()) }
    }

    async fn write(&mut self) -> Result<(), Stop> {
        if self.done > self.written {
            let batch = Arc::new(std::mem::take(&mut self.batch));
            let done = store::write(self.import.app, &self.frame, batch, self.done).await?;
            let Some(done) = done else { return Err(Stop::Asked) };
            self.written = self.done;
            self.report.counts.add(done.counts);
            self.report.refused.extend(done.refused);
        }
        match (self.progress)(Progress { done: self.done, total: self.report.read }) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Stop::Asked),
        }
    }
}
