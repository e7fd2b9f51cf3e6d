//! The rows of an import in the database.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use parvis_kernel::{
    Error, Result, activity,
    app::App,
    args,
    brought::{self, DEAD, Hold},
    clock::Clock,
    context::Moment,
    db::{self, Db, Dialect, Tx},
    words::Lang,
};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use super::{
    Frame, Import, Report,
    before::{Before, met_before},
    draft::{self, Draft},
    official::{self, Official},
    project::NewProject,
    screen::Contributions,
    waits,
};
use crate::{
    follows,
    ideas::{
        Status,
        batch::{self, Ready},
        store::{New, record_status, take_numbers, terms},
    },
    projects::{self, Project},
};

/// What came of a batch: the indices of the rows whose parent is not there yet are in `waiting`, in order.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub created: u64,
    pub updated: u64,
    pub waiting: Vec<usize>,
    /// How many wait to be checked before they are online.
    pub held: u64,
    /// The indices of the rows whose identifier is that of an idea and not of a comment, or the other way round.
    pub clashing: Vec<usize>,
}

/// The project that an earlier import of this file went to.
///
/// # Errors
/// When the database refuses.
pub async fn existing_project(c: &impl ConnectionTrait, file_name: &str) -> Result<Option<Project>> {
    let sql = "SELECT project_id FROM import_run WHERE file_name = $1 ORDER BY started_at DESC LIMIT 1";
    match db::scalar::<Uuid>(c, sql, args![file_name]).await? {
        Some(id) => Ok(Some(projects::store::find(c, id).await?)),
        None => Ok(None),
    }
}

/// Makes a project for a file.
///
/// # Errors
/// When the database refuses.
pub async fn make_project(app: &App, lang: Lang, file_name: &str, new: NewProject) -> Result<Project> {
    make_for(app, lang, file_name, new, None).await?.ok_or(Error::NotFound)
}

/// The same; that of a file of the desk is noted with it. `None` when its import was told to stop, or another worker has it.
pub(super) async fn make_for(
    app: &App,
    lang: Lang,
    file_name: &str,
    new: NewProject,
    file: Option<Hold>,
) -> Result<Option<Project>> {
    let settings = app.settings().await?;
    let moment = app.moment();
    let (project, phase) = new.rows(&app.words, lang, &settings, moment.now);
    let name = file_name.to_owned();
    app.db
        .write(move |tx| {
            let (moment, project, phase, name) = (moment.clone(), project.clone(), phase.clone(), name.clone());
            Box::pin(async move {
                if !goes_on(tx, file, moment.now).await? {
                    return Ok(None);
                }
                let id = projects::store::insert(tx, &moment, &project).await?;
                if let Some(hold) = file {
                    let sql = "UPDATE import_file SET project_id = $2 WHERE id = $1";
                    db::run(tx, sql, args![hold.file, id]).await?;
                }
                projects::store::set_phases(tx, &moment, id, &[phase]).await?;
                // A first import killed before its first row finds its project again by this line.
                start_run(tx, moment.id(), id, &name, None, moment.now).await?;
                projects::store::find(tx, id).await.map(Some)
            })
        })
        .await
}

async fn start_run(
    tx: &Tx,
    id: Uuid,
    project: Uuid,
    file_name: &str,
    actor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<()> {
    let sql = "INSERT INTO import_run (id, project_id, file_name, actor_id, started_at) VALUES ($1, $2, $3, $4, $5)";
    db::run(tx, sql, args![id, project, file_name, actor, now]).await?;
    Ok(())
}

/// What an import begins with.
#[derive(Debug, Clone, Copy, FromQueryResult)]
pub(super) struct Begun {
    pub run: Uuid,
    /// Contributions that earlier tries of the same file made.
    pub created: i64,
    /// Those that they changed.
    pub updated: i64,
    /// Those of both that are still to be checked.
    pub held: i64,
}

/// Notes that an import begins. A run of the same name that began a while ago and never got to a row is
/// taken over. `None` when the import was told to stop, or another worker has its file.
pub(super) async fn begin(import: &Import<'_>, project: Uuid) -> Result<Option<Begun>> {
    let moment = import.app.moment();
    let (name, actor, file, now) = (import.file_name.to_owned(), import.actor, import.file, moment.now);
    let id = moment.id();
    import
        .app
        .db
        .write(move |tx| {
            let name = name.clone();
            Box::pin(async move {
                if !goes_on(tx, file, now).await? {
                    return Ok(None);
                }
                let unused =
                    "DELETE FROM import_run WHERE project_id = $1 AND file_name = $2 AND rows_read = 0 AND started_at < $3";
                db::run(tx, unused, args![project, name.clone(), now - DEAD]).await?;
                start_run(tx, id, project, &name, actor, now).await?;
                let Some(hold) = file else { return Ok(Some(Begun { run: id, created: 0, updated: 0, held: 0 })) };
                let sql = format!(
                    "SELECT $2 AS run, created, updated, ({}) AS held FROM import_file WHERE id = $1",
                    waits::TO_CHECK
                );
                db::one(tx, &sql, args![hold.file, id]).await
            })
        })
        .await
}

/// Whether an import goes on: nobody told it to stop, no other worker has its file.
async fn goes_on(tx: &Tx, file: Option<Hold>, now: DateTime<Utc>) -> Result<bool> {
    match file {
        Some(hold) => brought::store::holds::<Contributions>(tx, hold, now).await,
        None => Ok(true),
    }
}

/// Notes the end of an import, in the journal too. That of a file of the desk is noted with the end of its work, by `close`.
pub(super) async fn end(import: &Import<'_>, report: &Report) -> Result<()> {
    let (moment, whose, report) = (import.app.moment(), (import.project, import.actor), Arc::new(report.clone()));
    import
        .app
        .db
        .write(move |tx| {
            let (moment, report) = (moment.clone(), report.clone());
            Box::pin(async move { close(tx, &moment, whose, &report).await })
        })
        .await
}

/// Closes the run of an import into this project by somebody, and writes the journal.
pub(super) async fn close(
    tx: &Tx,
    moment: &Moment,
    (project, actor): (Option<Uuid>, Option<Uuid>),
    report: &Report,
) -> Result<()> {
    // Nothing but a header: there was nothing to write.
    if report.run.is_none() {
        return Ok(());
    }
    let sql =
        "UPDATE import_run SET ended_at = $2, rows_read = $3, created = $4, updated = $5, refused = $6 WHERE id = $1";
    let counts = args![
        report.run,
        moment.now,
        signed(report.read),
        signed(report.created),
        signed(report.updated),
        signed(report.refused)
    ];
    db::run(tx, sql, counts).await?;
    let title: Option<String> = db::scalar(tx, "SELECT title FROM project WHERE id = $1", args![project]).await?;
    let entry = activity::Entry {
        actor,
        kind: "import.done",
        subject_kind: "project",
        subject: project,
        project,
        detail: title.as_deref().unwrap_or_default(),
    };
    activity::record(tx, moment, entry).await
}

fn signed(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Which of these identifiers are stored.
pub(super) async fn known(c: &impl ConnectionTrait, project: Uuid, drafts: &[Draft]) -> Result<HashSet<String>> {
    let list = db::placeholders(2, drafts.len());
    let sql = format!("SELECT external_id FROM contribution WHERE project_id = $1 AND external_id IN ({list})");
    let mut args = args![project];
    args.extend(drafts.iter().map(|d| Value::from(d.external_id.as_str())));
    Ok(db::column::<String>(c, &sql, args).await?.into_iter().collect())
}

/// What a batch would do, for a trial.
pub(super) async fn compare(c: &impl ConnectionTrait, frame: &Frame, drafts: &[Draft]) -> Result<Outcome> {
    let ids: Vec<&str> = drafts.iter().map(|d| d.external_id.as_str()).collect();
    let before = met_before(c, frame.project, &ids).await?;
    let mut outcome = Outcome::default();
    for (i, draft) in drafts.iter().enumerate() {
        match before.get(&draft.external_id) {
            None => {
                outcome.created += 1;
                outcome.held += u64::from(!draft.why.is_empty());
            }
            Some(row) if row.clashes(draft) => outcome.clashing.push(i),
            Some(row) => {
                if let Some(next) = row.changed(draft, &frame.screen) {
                    outcome.updated += 1;
                    outcome.held += u64::from(!next.why.is_empty());
                }
            }
        }
    }
    Ok(outcome)
}

/// Where a comment goes.
#[derive(Debug, Clone, Copy)]
struct Place {
    idea: Uuid,
    reply_to: Option<Uuid>,
}

/// Writes a batch, in one transaction, with how many rows were `read` and `refused` so far; `None` when the import was told to
/// stop, or another worker has its file.
pub(super) async fn write(
    app: &(Db, Arc<dyn Clock>),
    run: Uuid,
    (read, refused): (u64, u64),
    frame: &Arc<Frame>,
    drafts: &Arc<Vec<Draft>>,
) -> Result<Option<Outcome>> {
    let (clock, frame, drafts) = (app.1.clone(), frame.clone(), drafts.clone());
    let (read, refused) = (signed(read), signed(refused));
    app.0
        .write(move |tx| {
            let (clock, frame, drafts) = (clock.clone(), frame.clone(), drafts.clone());
            Box::pin(async move {
                if !goes_on(tx, frame.file, clock.now()).await? {
                    return Ok(None);
                }
                let outcome = write_batch(tx, &frame, &drafts).await?;
                let (created, updated) = (signed(outcome.created), signed(outcome.updated));
                let sql = "UPDATE import_run SET rows_read = $2, refused = $3, created = created + $4, updated = updated + $5 \
                           WHERE id = $1";
                db::run(tx, sql, args![run, read, refused, created, updated]).await?;
                if let Some(hold) = frame.file {
                    // The time after all that: a long batch is no dead worker.
                    let sql = "UPDATE import_file SET created = created + $2, updated = updated + $3, beat_at = $4 WHERE id = $1";
                    db::run(tx, sql, args![hold.file, created, updated, clock.now()]).await?;
                }
                Ok(Some(outcome))
            })
        })
        .await
}

async fn write_batch(tx: &Tx, frame: &Frame, drafts: &[Draft]) -> Result<Outcome> {
    let ids: HashSet<&str> =
        drafts.iter().flat_map(|d| std::iter::once(d.external_id.as_str()).chain(d.parent.as_deref())).collect();
    let mut sorted: Vec<&str> = ids.into_iter().collect();
    sorted.sort_unstable();
    let before = met_before(tx, frame.project, &sorted).await?;
    let mut places: HashMap<&str, Place> = before.iter().filter_map(|(id, b)| Some((id.as_str(), under(b)?))).collect();
    let mut outcome = Outcome::default();
    let mut counts: HashMap<Uuid, i64> = HashMap::new();
    // Ideas where a comment comes or goes with its replies, or a reply with what it answers.
    let mut threads: HashSet<Uuid> = HashSet::new();
    let (mut rows, mut held, mut answered) = (Vec::new(), Vec::new(), Vec::new());
    let nobody = draft::unsigned(frame);
    for (i, draft) in drafts.iter().enumerate() {
        if let Some(row) = before.get(&draft.external_id) {
            if row.clashes(draft) {
                outcome.clashing.push(i);
            } else if let Some(next) = bring_up_to(tx, frame, row, draft, nobody, &mut threads).await? {
                outcome.updated += 1;
                held.extend(Some((row.id, next.why, next.status_then)).filter(|(_, why, _)| !why.is_empty()));
            }
            continue;
        }
        let place = match &draft.parent {
            None => None,
            Some(parent) => match places.get(parent.as_str()) {
                Some(place) => Some(*place),
                None => {
                    outcome.waiting.push(i);
                    continue;
                }
            },
        };
        let row = ready(frame, draft, place);
        let here = place.map_or(Place { idea: row.id, reply_to: None }, |p| Place {
            idea: p.idea,
            reply_to: p.reply_to.or(Some(row.id)),
        });
        places.insert(&draft.external_id, here);
        if let Some(place) = place.filter(|_| draft.status.is_public()) {
            *counts.entry(place.idea).or_default() += 1;
            threads.extend(place.reply_to.map(|_| place.idea));
        }
        if !draft.why.is_empty() {
            held.push((row.id, draft.why.clone(), draft.status_then));
        }
        answered.extend(draft.answer.clone().map(|answer| (row.id, answer)));
        rows.push(row);
    }
    outcome.created = rows.len() as u64;
    outcome.held = held.len() as u64;
    create(tx, frame, rows, &answered).await?;
    waits::hold(tx, frame, &held).await?;
    batch::add_comments(tx, &counts).await?;
    batch::recount_comments(tx, &threads).await?;
    Ok(outcome)
}

/// Brings what an earlier import wrote up to what the file says now. Gives what it became, if anything of it changed.
async fn bring_up_to(
    tx: &Tx,
    frame: &Frame,
    row: &Before,
    draft: &Draft,
    nobody: Uuid,
    threads: &mut HashSet<Uuid>,
) -> Result<Option<Draft>> {
    // Rows without author were voices of their own once.
    if draft.holder == nobody && row.holder.is_some_and(|held_by| held_by != nobody) {
        db::run(tx, "UPDATE contribution SET holder = $2 WHERE id = $1", args![row.id, nobody]).await?;
    }
    let Some(next) = row.changed(draft, &frame.screen) else { return Ok(None) };
    Ok(update(tx, frame, row, &next, threads).await?.then_some(next))
}

/// Where a comment under this goes: replies have one level.
fn under(row: &Before) -> Option<Place> {
    match row.kind.as_str() {
        "idea" => Some(Place { idea: row.merged_into.unwrap_or(row.id), reply_to: None }),
        _ => Some(Place { idea: row.idea_id?, reply_to: row.reply_to.or(Some(row.id)) }),
    }
}

fn ready(frame: &Frame, draft: &Draft, place: Option<Place>) -> Ready {
    let moment = frame.moment.at(draft.at.unwrap_or(frame.moment.now));
    let new = New {
        idea: place.map(|p| p.idea),
        reply_to: place.and_then(|p| p.reply_to),
        author_name: draft.author_name.clone(),
        title: draft.title.clone(),
        lang: draft.lang.clone(),
        tag: draft.tag.clone(),
        area: draft.area,
        place: draft.place.clone(),
        point: draft.point,
        age: draft.age.map(str::to_owned),
        side: draft.side.to_owned(),
        origin: "import",
        external_id: Some(draft.external_id.clone()),
        brought: draft.votes_for,
        ..New::idea(frame.project, draft.holder, draft.body.clone(), draft.status)
    };
    let answered_at = draft.answer.as_ref().map(|a| a.at.unwrap_or(frame.moment.now));
    Ready { answered_at, opposes: draft.votes_against, terms: draft.terms.clone(), ..Ready::new(&moment, 0, new) }
}

async fn create(tx: &Tx, frame: &Frame, mut rows: Vec<Ready>, answered: &[(Uuid, Official)]) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let n = i64::try_from(rows.len()).map_err(Error::other)?;
    let first = take_numbers(tx, n).await?;
    if let Some(Hold { file, .. }) = frame.file {
        let sql = "INSERT INTO import_range (file_id, first_number, last_number) VALUES ($1, $2, $3)";
        db::run(tx, sql, args![file, first, first + n - 1]).await?;
    }
    let days: HashMap<Uuid, DateTime<Utc>> = answered.iter().filter_map(|(id, a)| Some((*id, a.at?))).collect();
    let (mut decided, mut waits) = (Vec::new(), Vec::new());
    for (row, number) in rows.iter_mut().zip(first..) {
        row.number = number;
        waits.extend(Some(row.id).filter(|_| row.new.status == Status::Prescreening));
        if !matches!(row.new.status, Status::Proposed | Status::Prescreening) {
            decided.push((row.id, row.new.status));
        }
    }
    batch::insert(tx, rows).await?;
    waits::arrive(tx, frame, &waits).await?;
    for (id, status) in decided {
        let day = days.get(&id).copied().unwrap_or(frame.moment.now);
        record_status(tx, &frame.moment.at(day), id, status, None).await?;
    }
    official::insert(tx, frame, answered).await
}

/// Writes what a row becomes. Says whether it did: what somebody decides at this instant stands, and the next import looks again.
async fn update(tx: &Tx, frame: &Frame, row: &Before, next: &Draft, threads: &mut HashSet<Uuid>) -> Result<bool> {
    let words = terms(&next.title, &next.body, &next.place, &next.lang);
    let visible = next.status.is_public() && !row.hidden && !row.withdrawn;
    let changed = db::run(
        tx,
        "UPDATE contribution SET title = $2, body = $3, author_name = $4, created_at = $5, tag = $6, area_id = $7, \
         place = $8, lon = $9, lat = $10, age = $11, lang = $12, side = $13, status = $14, visible = $15, brought = brought + $16, \
         opposes = opposes + $17, terms = $18, published_at = CASE WHEN $15 THEN coalesce(published_at, $19) \
         ELSE published_at END, version = version + $20, import_changes = import_changes + $20 \
         WHERE id = $1 AND version = $21",
        args![
            row.id,
            next.title.clone(),
            next.body.clone(),
            next.author_name.clone(),
            next.at.unwrap_or(row.created_at),
            next.tag.clone(),
            next.area,
            next.place.clone(),
            next.point.map(|p| p.0),
            next.point.map(|p| p.1),
            next.age,
            next.lang.clone(),
            next.side,
            next.status.code(),
            visible,
            next.votes_for - row.brought,
            next.votes_against - row.against,
            words.clone(),
            frame.moment.now,
            i64::from(row.reads_otherwise(next)),
            row.version
        ],
    )
    .await?;
    if changed != 1 {
        return Ok(false);
    }
    if Dialect::of(tx.get_database_backend()) == Dialect::Sqlite {
        db::run(tx, "DELETE FROM contribution_search WHERE rowid = $1", args![row.number]).await?;
        db::run(tx, "INSERT INTO contribution_search (rowid, terms) VALUES ($1, $2)", args![row.number, words]).await?;
    }
    threads.extend(row.idea_id.filter(|_| visible != row.visible));
    if next.status.code() != row.status {
        let day = next.answer.as_ref().and_then(|a| a.at).unwrap_or(frame.moment.now);
        record_status(tx, &frame.moment.at(day), row.id, next.status, None).await?;
        if next.status == Status::Prescreening {
            waits::arrive(tx, frame, &[row.id]).await?;
        }
    }
    if let Some(answer) = next.answer.as_ref().filter(|answer| !answer.is_stored(row)) {
        official::replace(tx, frame, row, answer).await?;
    } else if next.unanswered && row.answer.is_some() {
        official::withdraw(tx, row.id).await?;
    }
    if row.visible && !visible {
        follows::take_back_all(tx, row.id).await?;
    }
    Ok(true)
}
