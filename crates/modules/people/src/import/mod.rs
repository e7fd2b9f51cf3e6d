//! Import of people: names, mail, telephone, and accords with their provenance.
//!
//! Without the day of an accord, nothing proves it: the person is known, and is not written to (no entry of the ledger, no
//! message). Whoever was erased does not come back. Each batch of rows is one transaction; a person is found again by their
//! address or telephone, so that the same file doubles nothing.

mod brought;
mod by_command;
pub mod columns;
mod list;
pub mod read;
mod screen;
mod store;
#[cfg(test)]
mod tests;
mod words;

use std::{
    collections::{BTreeMap, HashSet},
    fs::File,
    ops::ControlFlow,
    sync::Arc,
};

use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Tz;
use parvis_kernel::{
    app::App,
    brought::{Hold, Progress, Stop},
    context::Moment,
    words::Lang,
};
use parvis_tables::{Code, Limits};
use uuid::Uuid;

pub use by_command::by_command;
pub use list::LIST;
pub use screen::{UNDONE, jobs, routes};
pub use store::{forget, of_person};
pub use words::{area_close, area_unknown, column_line, phones_unread, sentence};

use crate::{areas, consents};
use columns::Mapping;
use read::{Found, Item, People, Refused, Town};

/// Kind of activity recorded here.
pub const ACTIVITY: &str = "person.imported";
/// Rows written in one transaction: whoever signs in meanwhile waits for one batch at most.
const BATCH: usize = 200;
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
    /// The file as it is noted among those of the desk, which its worker holds: its import goes on where it was killed.
    pub file: Option<Hold>,
    /// Who imports.
    pub actor: Option<Uuid>,
    /// Says what would be done and writes nothing.
    pub trial: bool,
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
    /// People who said no: kept in the ledger as a refusal.
    pub said_no: u64,
    /// Words for areas that are not their names.
    pub areas: AreaWords,
    /// Lines that are taken without their telephone, which nobody can read.
    pub phones_unread: Vec<u64>,
    /// Lines that are not taken.
    pub refused: Vec<Refused>,
}

/// Different words for areas that are kept: of a column that holds something else, each row has another.
const WORDS: usize = 500;

/// The words of a file that are not the name of an area, each with its rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AreaWords {
    /// Taken for an area whose name is close, which they stand before.
    pub close: BTreeMap<(String, String), u64>,
    /// No area is called so.
    pub unknown: BTreeMap<String, u64>,
    /// Rows of the latter, those of words that are not kept too.
    pub unknown_rows: u64,
}

impl AreaWords {
    fn hear(&mut self, said: &(String, Option<String>)) {
        match said {
            (word, Some(name)) => {
                let key = (word.clone(), name.clone());
                if self.close.len() < WORDS || self.close.contains_key(&key) {
                    *self.close.entry(key).or_default() += 1;
                }
            }
            (word, None) => {
                self.unknown_rows += 1;
                if self.unknown.len() < WORDS || self.unknown.contains_key(word) {
                    *self.unknown.entry(word.clone()).or_default() += 1;
                }
            }
        }
    }
}

impl Report {
    /// The one line an import ends with.
    #[must_use]
    pub fn line(&self) -> String {
        let Counts { created, completed, .. } = self.counts;
        format!("{} read, {created} created, {completed} updated, {} refused", self.read, self.refused.len())
    }
}

/// What a row needs to become a person, whatever the row.
#[derive(Debug)]
struct Frame {
    lang: Lang,
    origin: String,
    actor: Option<Uuid>,
    file: Option<Hold>,
    trial: bool,
    tz: Tz,
    today: NaiveDate,
    /// How long an accord of the file stands.
    lasts: TimeDelta,
    moment: Moment,
}

impl Frame {
    /// Whether what is written is noted for an undo: its file stands among those of the desk.
    fn can_be_undone(&self) -> bool {
        self.file.is_some() && !self.trial
    }
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
    let town = Town { areas: areas::Names::of(&areas::all(import.app.db.read()).await?), today };
    let frame = Arc::new(Frame {
        lang: settings.lang,
        origin: import.origin.to_owned(),
        actor: import.actor,
        file: import.file,
        trial: import.trial,
        tz: settings.tz(),
        today,
        lasts: consents::expiry::lasts(import.app.db.read()).await?,
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
        Some(hold) => store::written(import.app.db.read(), hold.file).await?,
        None => store::Written::default(),
    };
    report.counts = before.counts;
    let store::Written { rows: written, several, .. } = before;
    let mut work = Work { import, frame, report, done: 0, written, several, batch: Vec::new(), progress };
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
    /// Lines that an earlier try refused while it wrote.
    several: HashSet<u64>,
    batch: Vec<Found>,
    progress: &'a mut (dyn FnMut(Progress) -> ControlFlow<()> + Send),
}

impl Work<'_> {
    async fn take(&mut self, item: Item) -> Result<(), Stop> {
        self.done += 1;
        if let Item::Person(found) = &item {
            self.report.said_no += u64::from(found.said_no);
            if let Some(said) = &found.area_said {
                self.report.areas.hear(said);
            }
        }
        match item {
            Item::Broken(code) => return Err(Stop::File(code)),
            Item::Refused(refused) => {
                let db = self.import.app.db.read();
                self.report.refused.push(store::twice(db, self.import.app, refused).await?);
            }
            // Counted already: but what was refused then is to be told again.
            Item::Person(found) if self.done <= self.written => {
                let db = self.import.app.db.read();
                let erased = store::erased(db, self.import.app, &found).await?;
                let several = || self.several.contains(&found.line).then(|| store::several(&found));
                let refused = erased.or_else(several);
                if found.phone_unread && refused.is_none() {
                    self.report.phones_unread.push(found.line);
                }
                self.report.refused.extend(refused);
            }
            Item::Person(found) => self.batch.push(found),
        }
        // Where an earlier try wrote it all, to hear whether it is to stop.
        let past = self.done < self.written && self.done.is_multiple_of(BATCH as u64);
        if self.batch.len() == BATCH || past { self.write().await } else { Ok(()) }
    }

    async fn write(&mut self) -> Result<(), Stop> {
        if self.done > self.written {
            let batch = Arc::new(std::mem::take(&mut self.batch));
            let done = store::write(self.import.app, &self.frame, batch.clone(), self.done).await?;
            let Some(done) = done else { return Err(Stop::Asked) };
            self.written = self.done;
            let taken = |found: &&Found| !done.refused.iter().any(|r| r.line == found.line);
            let unread = batch.iter().filter(|found| found.phone_unread).filter(taken).map(|found| found.line);
            self.report.phones_unread.extend(unread);
            self.report.counts.add(done.counts);
            self.report.refused.extend(done.refused);
        }
        match (self.progress)(Progress { done: self.done, total: self.report.read }) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Stop::Asked),
        }
    }
}
