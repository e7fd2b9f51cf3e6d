//! Import of a file of contributions: read again, it changes only what changed; killed, it goes on where it stopped.
//!
//! Each batch of rows is one transaction. What a row becomes depends on the identifier that the file gives it, unique in
//! its project, so that the same row is never stored twice.

mod before;
mod by_command;
mod draft;
pub mod list;
mod official;
mod project;
pub mod screen;
mod store;
#[cfg(test)]
mod tests;
mod waits;
mod words;

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    io::Read,
    ops::ControlFlow,
    sync::Arc,
};

use chrono_tz::Tz;
use parvis_kernel::{
    Error,
    app::App,
    args,
    brought::{self, Hold, Progress},
    context::Moment,
    db::{self, Db},
    secrets::Secrets,
};
use parvis_people::areas;
use parvis_tables::{Code, Ids, Kind, Limits, Mapping, Record, Refusal, Role, excerpt, records};
use uuid::Uuid;

use crate::screening::{self, Screen};

pub use by_command::by_command;
pub use project::NewProject;
pub use store::{existing_project, make_project};
pub use words::{area_line, column_line, held_line, sentence, status_line};

/// Rows written in one transaction. Fewer would write the same pages of the indexes more often; more would make who
/// posts meanwhile wait.
const BATCH: usize = 2500;
/// Refusals kept to be listed; the others are only counted.
const KEPT: u32 = 10_000;

/// What to import, and where.
#[derive(Debug)]
pub struct Import<'a> {
    /// The instance.
    pub app: &'a App,
    /// Where the rows go; `None` only for a trial of a file whose project does not exist yet.
    pub project: Option<Uuid>,
    /// Name of the file: the same name goes to the same project next time.
    pub file_name: &'a str,
    /// What each column is taken for.
    pub mapping: &'a Mapping,
    /// How much is read at most.
    pub limits: Limits,
    /// The file as it is noted among those of the desk, which its worker holds, so that its import can be taken back.
    pub file: Option<Hold>,
    /// Who imports.
    pub actor: Option<Uuid>,
    /// Says what would be done and writes nothing.
    pub trial: bool,
}

/// A row that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Line of the file, from 1 for the header line.
    pub line: Option<u64>,
    /// Header of the column concerned.
    pub column: Option<String>,
    /// What the cell held, the beginning of it; of a quote that is not closed, how many more lines it took.
    pub value: Option<String>,
    /// Stable reason.
    pub code: &'static str,
}

impl Refused {
    /// A file refused as a whole.
    pub(crate) fn file(code: Code) -> Self {
        Self { line: None, column: None, value: None, code: code.as_str() }
    }
}

/// Reasons that are not of the engine.
const REASONS: [&str; 4] = ["text_too_long", "future_date", "other_kind", "swapped_coordinates"];

/// The stable reason that a stored code names.
pub(crate) fn known_code(code: &str) -> &'static str {
    let engine = Code::ALL.iter().map(|c| c.as_str());
    engine.chain(REASONS).find(|known| *known == code).unwrap_or(Code::Unreadable.as_str())
}

impl From<Refusal> for Refused {
    fn from(r: Refusal) -> Self {
        let swallowed = Some(r.swallowed).filter(|n| *n > 0).map(|n| n.to_string());
        Self { line: r.line, column: r.column, value: r.value.or(swallowed), code: r.code.as_str() }
    }
}

/// What came of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows of the file.
    pub read: u64,
    /// Stored for the first time.
    pub created: u64,
    /// Stored before, and changed.
    pub updated: u64,
    /// Not taken.
    pub refused: u64,
    /// The first of those not taken.
    pub refusals: Vec<Refused>,
    /// Words of the status column that mean nothing here, and how many rows have them: taken as proposed.
    pub unknown_statuses: BTreeMap<String, u64>,
    /// Among those stored or changed, what waits to be checked before it is online: a number, an address or a listed word.
    pub held: u64,
    /// Areas that the instance does not have, and how many rows name them: kept as the place.
    pub unknown_areas: BTreeMap<String, u64>,
    /// The line that notes this import; none of a trial.
    run: Option<Uuid>,
}

impl Report {
    /// The one line an import ends with.
    #[must_use]
    pub fn line(&self) -> String {
        let Self { read, created, updated, refused, .. } = self;
        format!("{read} read, {created} created, {updated} updated, {refused} refused")
    }

    fn refuse(&mut self, refused: Refused) {
        self.refused += 1;
        if self.refused <= u64::from(KEPT) {
            self.refusals.push(refused);
        }
    }
}

/// Why an import ended early: of the file as a whole, what is wrong with it.
pub type Stop = brought::Stop<Refused>;

/// What a row needs to become a contribution, whatever the row.
#[derive(Debug)]
struct Frame {
    project: Uuid,
    /// See [`Import::file`].
    file: Option<Hold>,
    lang: String,
    tz: Tz,
    areas: areas::Names,
    moment: Moment,
    secrets: Secrets,
    screen: Screen,
    official: official::Frame,
    /// Header of the column of each role, for refusals.
    columns: HashMap<Role, String>,
}

/// Whether a file has a row that can be read: of one that has none, no project is made.
///
/// # Errors
/// When the file can't be opened.
pub fn has_rows<R: Read>(file: std::io::Result<R>, mapping: &Mapping, limits: &Limits) -> std::io::Result<bool> {
    Ok(records(file?, mapping, limits).any(|row| row.is_ok()))
}

/// Imports a file. `open` opens it from its beginning: it is read once for its identifiers (a comment may come before
/// its idea), once for its ideas, once for its comments.
///
/// # Errors
/// [`Stop`].
pub async fn run<R: Read + Send>(
    import: &Import<'_>,
    open: impl Fn() -> std::io::Result<R> + Send + Sync,
    progress: &mut (dyn FnMut(Progress) -> ControlFlow<()> + Send),
) -> Result<Report, Stop> {
    let mut report = Report::default();
    let frame = Arc::new(frame(import).await?);
    let ids = look(import, &open, &mut report).await?;
    if let Some(project) = import.project.filter(|_| !import.trial) {
        let begun = store::begin(import, project).await?.ok_or(Stop::Asked)?;
        let n = |n: i64| u64::try_from(n).unwrap_or(0);
        (report.run, report.created, report.updated) = (Some(begun.run), n(begun.created), n(begun.updated));
        report.held = n(begun.held);
    }
    let mut work = Work { import, frame, report, done: 0, gone: HashSet::new(), under_way: None, progress };
    let mut ideas = Vec::with_capacity(BATCH);
    for row in rows(import, &open)?.checking_parents(ids) {
        match row {
            Ok(record) if record.kind == Kind::Idea => ideas.push(record),
            Ok(_) => {}
            Err(refusal) => {
                work.gone.extend(refusal.line);
                work.done += 1;
                work.report.refuse(refusal.into());
            }
        }
        if ideas.len() == BATCH {
            work.batch(std::mem::take(&mut ideas)).await?;
        }
    }
    work.batch(ideas).await?;
    // The comments are under ideas that must be there.
    work.settle().await?;
    comments(&mut work, &open).await?;
    work.end().await
}

async fn frame(import: &Import<'_>) -> Result<Frame, Stop> {
    let settings = import.app.settings().await?;
    let all = areas::all(import.app.db.read()).await?;
    let columns = Role::ALL.iter().filter_map(|role| {
        let column = import.mapping.columns().get(import.mapping.position(*role)?)?;
        Some((*role, column.header.clone()))
    });
    Ok(Frame {
        project: import.project.unwrap_or_default(),
        file: import.file,
        lang: settings.lang.code().to_owned(),
        tz: settings.tz(),
        areas: areas::Names::of(&all),
        moment: import.app.moment(),
        secrets: import.app.secrets.clone(),
        screen: Screen::new(&screening::store::rules(import.app.db.read()).await?.0, settings.lang),
        official: official::Frame::new(import.app, &settings),
        columns: columns.collect(),
    })
}

fn rows<R: Read>(
    import: &Import<'_>,
    open: &(impl Fn() -> std::io::Result<R> + Sync),
) -> Result<parvis_tables::Records<R>, Stop> {
    let file = open().map_err(|_| unreadable())?;
    Ok(records(file, import.mapping, &import.limits))
}

fn unreadable() -> Stop {
    Stop::File(Refused::file(Code::Unreadable))
}

/// Reads the whole file once: what is wrong with it as a whole is known before anything is written.
async fn look<R: Read + Send>(
    import: &Import<'_>,
    open: &(impl Fn() -> std::io::Result<R> + Send + Sync),
    report: &mut Report,
) -> Result<Ids, Stop> {
    let mut ids = Ids::default();
    for row in rows(import, open)? {
        match row {
            Ok(record) => {
                ids.insert(&record.external_id);
            }
            Err(refusal) if refusal.code.is_fatal() => return Err(Stop::File(refusal.into())),
            Err(_) => {}
        }
        report.read += 1;
    }
    if let Some(project) = import.project {
        for id in stored_ids(&import.app.db, project).await? {
            ids.insert(&id);
        }
    }
    Ok(ids)
}

/// A comment may stand under what another file brought.
async fn stored_ids(db: &Db, project: Uuid) -> Result<Vec<String>, Error> {
    let sql = "SELECT external_id FROM contribution WHERE project_id = $1 AND external_id IS NOT NULL";
    db::column(db.read(), sql, args![project]).await
}

async fn comments<R: Read + Send>(
    work: &mut Work<'_>,
    open: &(impl Fn() -> std::io::Result<R> + Send + Sync),
) -> Result<(), Stop> {
    let mut batch = Vec::with_capacity(BATCH);
    let mut waiting = Vec::new();
    for record in rows(work.import, open)?.flatten() {
        if record.kind == Kind::Idea || work.gone.contains(&record.line) {
            continue;
        }
        batch.push(record);
        if batch.len() == BATCH {
            waiting.extend(work.batch(std::mem::take(&mut batch)).await?);
        }
    }
    waiting.extend(work.batch(batch).await?);
    waiting.extend(work.settle().await?);
    // What answers a comment that came later in the file, as long as some find their place.
    loop {
        let before = waiting.len();
        let mut left = Vec::new();
        while !waiting.is_empty() {
            let rest = waiting.split_off(BATCH.min(waiting.len()));
            left.extend(work.batch(std::mem::replace(&mut waiting, rest)).await?);
        }
        left.extend(work.settle().await?);
        if left.is_empty() || left.len() == before {
            left.iter().for_each(|record| work.orphan(record));
            return Ok(());
        }
        waiting = left;
    }
}

/// A batch handed to the database.
struct Writing {
    records: Vec<Record>,
    drafts: Arc<Vec<draft::Draft>>,
    written: tokio::task::JoinHandle<parvis_kernel::Result<Option<store::Outcome>>>,
}

/// An import under way.
struct Work<'a> {
    import: &'a Import<'a>,
    frame: Arc<Frame>,
    report: Report,
    done: u64,
    /// Lines refused when the parents were looked for: the pass over the comments leaves them out.
    gone: HashSet<u64>,
    /// The batch that is being written while the next one is prepared.
    under_way: Option<Writing>,
    progress: &'a mut (dyn FnMut(Progress) -> ControlFlow<()> + Send),
}

impl Work<'_> {
    /// Prepares some rows while those of before are written, then has them written. Gives back those of before whose
    /// parent is not there yet: [`Work::settle`] gives those of the last batch.
    async fn batch(&mut self, records: Vec<Record>) -> Result<Vec<Record>, Stop> {
        let prepared = self.prepare(records).await;
        // Whatever came of the preparation, nothing is written any more once this import has said that it stopped.
        let left = self.settle().await?;
        let (records, drafts) = prepared?;
        if drafts.is_empty() {
            return Ok(left);
        }
        let (drafts, frame) = (Arc::new(drafts), self.frame.clone());
        let app = (self.import.app.db.clone(), self.import.app.clock.clone());
        let run = self.report.run;
        let (read, refused) = (self.report.read, self.report.refused);
        let written = tokio::spawn({
            let drafts = drafts.clone();
            async move {
                match run {
                    Some(run) => store::write(&app, run, (read, refused), &frame, &drafts).await,
                    None => store::compare(app.0.read(), &frame, &drafts).await.map(Some),
                }
            }
        });
        self.under_way = Some(Writing { records, drafts, written });
        Ok(left)
    }

    /// The drafts of the rows that can be taken, with those rows.
    async fn prepare(&mut self, records: Vec<Record>) -> Result<(Vec<Record>, Vec<draft::Draft>), Stop> {
        let mut drafts = Vec::with_capacity(records.len());
        let mut kept = Vec::with_capacity(records.len());
        for record in records {
            match draft::draft(&self.frame, &record) {
                Ok(draft) => {
                    drafts.push(draft);
                    kept.push(record);
                }
                Err(refused) => {
                    self.done += 1;
                    self.report.refuse(refused);
                }
            }
        }
        if self.report.run.is_some() && !drafts.is_empty() {
            let known = store::known(self.import.app.db.read(), self.frame.project, &drafts).await?;
            let stemmed = tokio::task::spawn_blocking(move || {
                draft::stem(&mut drafts, &known);
                drafts
            });
            drafts = stemmed.await.map_err(Error::other)?;
        }
        Ok((kept, drafts))
    }

    /// Waits for the batch under way, counts it, and gives back its rows whose parent is not there yet.
    async fn settle(&mut self) -> Result<Vec<Record>, Stop> {
        let Some(Writing { records, drafts, written }) = self.under_way.take() else { return Ok(Vec::new()) };
        let outcome = written.await.map_err(Error::other)??.ok_or(Stop::Asked)?;
        let mut waits = outcome.waiting.iter().copied().peekable();
        let indexed = records.into_iter().enumerate();
        let left: Vec<Record> = indexed.filter_map(|(i, r)| waits.next_if_eq(&i).map(|_| r)).collect();
        self.count(&drafts, &outcome);
        match (self.progress)(Progress { done: self.done, total: self.report.read }) {
            ControlFlow::Continue(()) => Ok(left),
            ControlFlow::Break(()) => Err(Stop::Asked),
        }
    }

    fn count(&mut self, drafts: &[draft::Draft], outcome: &store::Outcome) {
        self.report.created += outcome.created;
        self.report.updated += outcome.updated;
        self.report.held += outcome.held;
        self.done += (drafts.len() - outcome.waiting.len()) as u64;
        for (i, draft) in drafts.iter().enumerate() {
            if outcome.waiting.contains(&i) {
                continue;
            }
            if outcome.clashing.contains(&i) {
                self.report.refuse(Refused {
                    line: Some(draft.line),
                    column: self.frame.columns.get(&Role::ExternalId).cloned(),
                    value: Some(excerpt(&draft.external_id)),
                    code: "other_kind",
                });
                continue;
            }
            if let Some(word) = &draft.unknown_status {
                *self.report.unknown_statuses.entry(word.clone()).or_default() += 1;
            }
            if let Some(name) = &draft.unknown_area {
                *self.report.unknown_areas.entry(name.clone()).or_default() += 1;
            }
        }
    }

    /// Refuses a comment whose parent was itself refused.
    fn orphan(&mut self, record: &Record) {
        let Kind::Comment { parent, .. } = &record.kind else { return };
        self.done += 1;
        self.report.refuse(Refused {
            line: Some(record.line),
            column: self.frame.columns.get(&Role::Parent).cloned(),
            value: Some(excerpt(parent)),
            code: Code::UnknownParent.as_str(),
        });
    }

    async fn end(mut self) -> Result<Report, Stop> {
        self.report.refusals.sort_by_key(|r| r.line);
        // That of a file of the desk is noted with the end of its work: a worker killed in between notes nothing twice.
        if self.report.run.is_some() && self.import.file.is_none() {
            store::end(self.import, &self.report).await?;
        }
        Ok(self.report)
    }
}
