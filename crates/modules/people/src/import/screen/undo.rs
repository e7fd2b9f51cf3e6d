//! The undo of an import of people: the sheets that the file made go unless somebody used them since, and what it added to
//! others goes where it still is what the file wrote. An accord of the file becomes a line of the ledger that says it was taken
//! back. A part is one transaction, so that a kill loses nothing and the next worker goes on.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use parvis_kernel::{
    Error, Result,
    activity::{self, Entry},
    app::App,
    args,
    brought::Row,
    context::Moment,
    db::{self, Dialect, Tx},
    jobs::{self, Failure},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    super::{
        brought::{Field, Sheet, still},
        store::one_at_a_time,
    },
    files::Own,
};
use crate::{consents, directory::words, persons};

/// The job that takes an import back.
pub(super) const JOB: &str = "people.import_undo";
/// What the journal notes.
pub const ACTIVITY: &str = "person.import_undone";
/// An import can be taken back for so long after its end.
pub(super) const TIME: TimeDelta = TimeDelta::days(30);
/// Sheets dealt with in one transaction; an import of no more is taken back while the person waits.
pub(super) const PART: i64 = 200;
/// Sheets looked at at once to say what an undo would do: an import of 100,000 is told by a few readings.
const LOOK: i64 = 20_000;

/// What a file brought of one sheet, and how that sheet stands, with the first thing that somebody did with it since. `$1` is
/// the file, `$2` the key after which the part begins, `$3` how many.
const LINES: &str = "SELECT b.person_id, b.made, b.wrote, b.consent_id, p.name, p.email, p.phone, p.address, p.area_id, \
     CASE WHEN p.merged_into IS NOT NULL THEN 'moved' \
     WHEN p.role IS NOT NULL THEN 'team' \
     WHEN p.seen_at IS NOT NULL OR EXISTS (SELECT 1 FROM session s WHERE s.person_id = p.id) THEN 'seen' \
     WHEN EXISTS (SELECT 1 FROM mail l WHERE l.person_id = p.id) THEN 'written' \
     WHEN EXISTS (SELECT 1 FROM person_merge m WHERE m.kept_id = p.id AND m.undone_at IS NULL) THEN 'united' \
     WHEN EXISTS (SELECT 1 FROM block k WHERE k.person_id = p.id AND k.undone_at IS NULL) THEN 'blocked' \
     WHEN EXISTS (SELECT 1 FROM person_note n WHERE n.person_id = p.id) THEN 'noted' \
     WHEN EXISTS (SELECT 1 FROM consent c WHERE c.person_id = p.id AND (b.consent_id IS NULL OR c.id <> b.consent_id)) \
     THEN 'chose' \
     WHEN EXISTS (SELECT 1 FROM person_brought o WHERE o.person_id = p.id AND o.file_id <> b.file_id) THEN 'file' \
     WHEN p.age IS NOT NULL OR p.office <> '' THEN 'changed' ELSE '' END AS why, \
     coalesce((SELECT c.state FROM consent c WHERE c.id = b.consent_id AND NOT EXISTS (SELECT 1 FROM consent n \
     WHERE n.person_id = c.person_id AND n.purpose = c.purpose AND n.channel = c.channel \
     AND (n.at > c.at OR (n.at = c.at AND n.id > c.id)))), '') AS stands \
     FROM person_brought b JOIN person p ON p.id = b.person_id WHERE b.file_id = $1 AND b.person_id > $2 \
     ORDER BY b.person_id LIMIT $3";

#[derive(FromQueryResult)]
struct Line {
    person_id: Uuid,
    made: bool,
    wrote: String,
    consent_id: Option<Uuid>,
    #[sea_orm(nested)]
    sheet: Sheet,
    /// What somebody did since, or nothing.
    why: String,
    /// The state of the entry that the file added, while it is the one that counts.
    stands: String,
}

/// What an undo does with one sheet.
#[derive(Debug, Clone)]
pub(super) struct Judged {
    pub person: Uuid,
    /// What it is called on the page.
    pub name: String,
    /// Whether the sheet goes.
    goes: bool,
    /// Fields that are emptied.
    clears: Vec<Field>,
    /// The accord that is taken back.
    consent: Option<Uuid>,
    /// Why the sheet, or something the file wrote there, stays; empty when nothing of the file does.
    pub why: String,
}

impl Judged {
    /// Whether the sheet stays, without something that the file had added.
    const fn is_put_back(&self) -> bool {
        !self.goes && (!self.clears.is_empty() || self.consent.is_some())
    }

    const fn does_nothing(&self) -> bool {
        !self.goes && !self.is_put_back()
    }
}

impl Line {
    fn judge(self) -> Judged {
        let sheet = &self.sheet;
        let names = [Some(&sheet.name), sheet.email.as_ref(), sheet.phone.as_ref()];
        let name = names.into_iter().flatten().find(|n| !n.is_empty()).cloned().unwrap_or_default();
        let stays = Judged {
            person: self.person_id,
            name,
            goes: false,
            clears: Vec::new(),
            consent: None,
            why: self.why.clone(),
        };
        if self.made {
            let why = if self.why.is_empty() && self.edited() { "changed" } else { &self.why };
            let goes = why.is_empty();
            return Judged { goes, consent: self.accord().filter(|_| goes), why: why.to_owned(), ..stays };
        }
        if self.why == "moved" {
            // What it held is on the other sheet, where nobody can tell it any more from what stood there.
            let something = !self.wrote.is_empty() || self.consent_id.is_some();
            return Judged { why: if something { self.why } else { String::new() }, ..stays };
        }
        Judged { clears: self.clears(), consent: self.accord(), why: self.leaves().to_owned(), ..stays }
    }

    /// The accord of the file, while it is what counts.
    fn accord(&self) -> Option<Uuid> {
        self.consent_id.filter(|_| self.stands == "given")
    }

    /// Whether somebody wrote something else in a field since. An area that the team took off the map empties fields that
    /// nobody edited, and nothing is left to take back of one that is empty.
    fn edited(&self) -> bool {
        let empty = |f: &Field| self.sheet.get(*f).is_empty();
        let differs = |f: &Field| if self.made { *f != Field::Area || !empty(f) } else { !empty(f) };
        still(self.person_id, &self.wrote, &self.sheet).iter().any(|(f, same)| !same && differs(f))
    }

    /// Whoever proved an address, or was written to there, keeps it.
    fn keeps_address(&self) -> bool {
        matches!(self.why.as_str(), "team" | "seen" | "written")
    }

    /// Fields of a sheet that was there before, which still say what the file wrote.
    fn clears(&self) -> Vec<Field> {
        let keeps = self.keeps_address();
        let all = still(self.person_id, &self.wrote, &self.sheet).into_iter();
        all.filter(|(f, same)| *same && (*f != Field::Email || !keeps)).map(|(f, _)| f).collect()
    }

    /// Why something of the file stays on a sheet that was there before.
    fn leaves(&self) -> &str {
        let address = still(self.person_id, &self.wrote, &self.sheet).get(&Field::Email) == Some(&true);
        if address && self.keeps_address() {
            &self.why
        } else if self.edited() {
            "changed"
        } else if self.stands == "objected" {
            // Only the person may agree again: nobody takes a refusal back for them.
            "refused"
        } else {
            ""
        }
    }
}

async fn lines(c: &impl ConnectionTrait, file: Uuid, after: Uuid, most: i64) -> Result<Vec<Line>> {
    db::all(c, LINES, args![file, after, most]).await
}

/// What an undo would do.
#[derive(Debug, Default)]
pub(super) struct Preview {
    /// Sheets that go.
    pub goes: i64,
    /// Sheets that are again what they were.
    pub put_back: i64,
    /// Sheets of which the file leaves something.
    pub kept: i64,
    /// The first of those.
    pub named: Vec<Judged>,
}

/// What an undo would do now, with as many of the sheets that stay.
pub(super) async fn preview(c: &impl ConnectionTrait, file: Uuid, most: usize) -> Result<Preview> {
    let (mut told, mut after) = (Preview::default(), Uuid::nil());
    loop {
        let part = lines(c, file, after, LOOK).await?;
        let ends = part.len() < usize::try_from(LOOK).unwrap_or(usize::MAX);
        after = part.last().map_or(after, |last| last.person_id);
        // The digests of so many keep a processor busy.
        let judge = move || part.into_iter().map(Line::judge).collect::<Vec<_>>();
        for one in tokio::task::spawn_blocking(judge).await.map_err(Error::other)? {
            told.goes += i64::from(one.goes);
            told.put_back += i64::from(one.is_put_back());
            if !one.why.is_empty() {
                told.kept += 1;
                if told.named.len() < most {
                    told.named.push(one);
                }
            }
        }
        if ends {
            return Ok(told);
        }
    }
}

/// What the job is to do.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Order {
    pub id: Uuid,
    pub actor: Option<Uuid>,
}

/// Until when an import can be taken back; nothing when it can't.
pub(super) fn until(row: &Row<Own>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let rests = matches!(row.state.as_str(), "done" | "stopped" | "failed");
    let until = row.own.ended_at.or(row.beat_at).unwrap_or(row.created_at) + TIME;
    Some(until).filter(|until| rests && row.own.brought && row.own.undo_state.is_empty() && *until > now)
}

/// Asks for the undo of an import that is over or was stopped, which nothing goes on with any more; `false` when it was asked
/// before, or is past.
pub(super) async fn ask(app: &Arc<App>, order: Order) -> Result<bool> {
    let moment = app.moment();
    app.db
        .write(move |tx| {
            let moment = moment.clone();
            Box::pin(async move {
                let sql = "UPDATE person_file SET undo_state = 'asked', undone = 0, put_back = 0, kept = FALSE, beat_at = $2 \
                           WHERE id = $1 AND state IN ('done', 'stopped', 'failed') AND undo_state = '' \
                           AND coalesce(ended_at, beat_at, created_at) > $3";
                let asked = db::run(tx, sql, args![order.id, moment.now, moment.now - TIME]).await? == 1;
                if asked {
                    jobs::enqueue(tx, &moment, JOB, &order, None, moment.now).await?;
                }
                Ok(asked)
            })
        })
        .await
}

/// Runs the job.
pub(super) fn job(app: Arc<App>, payload: String) -> BoxFuture<'static, Result<(), Failure>> {
    Box::pin(async move {
        let order: Order = jobs::payload(&payload)?;
        Ok(go(&app, order).await?)
    })
}

/// Takes an import back, part by part.
pub(super) async fn go(app: &Arc<App>, order: Order) -> Result<()> {
    let mut after = Uuid::nil();
    while let Some(last) = part(app, order, after).await? {
        after = last;
    }
    end(app, order).await
}

/// A small one at once, in a task of its own: whoever waits for it may leave. The job finds it done.
pub(super) async fn at_once(app: &Arc<App>, order: Order) -> Result<()> {
    let app = app.clone();
    tokio::spawn(async move { go(&app, order).await }).await.map_err(Error::other)?
}

/// Takes back what was brought of some sheets; the key of the last one, or nothing when none is left.
pub(super) async fn part(app: &Arc<App>, order: Order, after: Uuid) -> Result<Option<Uuid>> {
    let moment = app.moment();
    app.db
        .write(move |tx| {
            let moment = moment.clone();
            Box::pin(async move {
                hold(tx, order.id, after).await?;
                let all: Vec<Judged> = lines(tx, order.id, after, PART).await?.into_iter().map(Line::judge).collect();
                let last = all.last().map(|one| one.person);
                let (mut gone, mut put_back) = (0_i64, 0_i64);
                for one in all.iter().filter(|one| !one.does_nothing()) {
                    take_back(tx, &moment, order, one).await?;
                    gone += i64::from(one.goes);
                    put_back += i64::from(one.is_put_back());
                }
                let sql = "UPDATE person_file SET undone = undone + $2, put_back = put_back + $3, beat_at = $4 \
                           WHERE id = $1 AND undo_state = 'asked'";
                db::run(tx, sql, args![order.id, gone, put_back, moment.now]).await?;
                Ok(last)
            })
        })
        .await
}

/// Nobody edits these sheets, signs in or brings them by a file before they are dealt with; a second undo waits, and finds
/// nothing to do. SQLite has one writer.
async fn hold(tx: &Tx, file: Uuid, after: Uuid) -> Result<()> {
    if Dialect::of(tx.get_database_backend()) == Dialect::Sqlite {
        return Ok(());
    }
    one_at_a_time(tx).await?;
    let sql = "SELECT p.id FROM person p JOIN person_brought b ON b.person_id = p.id WHERE b.file_id = $1 AND b.person_id > $2 \
               ORDER BY b.person_id LIMIT $3 FOR UPDATE OF p";
    db::column::<Uuid>(tx, sql, args![file, after, PART]).await.map(drop)
}

async fn take_back(tx: &Tx, moment: &Moment, order: Order, one: &Judged) -> Result<()> {
    let sql = "DELETE FROM person_brought WHERE file_id = $1 AND person_id = $2";
    db::run(tx, sql, args![order.id, one.person]).await?;
    if let Some(entry) = one.consent {
        consents::take_back_import(tx, moment, entry, order.actor).await?;
    }
    if one.goes {
        return persons::empty(tx, one.person, moment.now).await;
    }
    if !one.clears.is_empty() {
        let set = one.clears.iter().map(|f| f.emptied()).collect::<Vec<_>>().join(", ");
        db::run(tx, &format!("UPDATE person SET {set} WHERE id = $1"), args![one.person]).await?;
        words::refresh(tx, one.person).await?;
    }
    Ok(())
}

/// Notes the end, in the journal too, once. What stays is no longer looked at.
async fn end(app: &Arc<App>, order: Order) -> Result<()> {
    let moment = app.moment();
    app.db
        .write(move |tx| {
            let moment = moment.clone();
            Box::pin(async move {
                let sql = "UPDATE person_file SET undo_state = 'done' WHERE id = $1 AND undo_state = 'asked' RETURNING undone";
                let Some(undone) = db::scalar::<i64>(tx, sql, args![order.id]).await? else { return Ok(()) };
                db::run(tx, "DELETE FROM person_brought WHERE file_id = $1", args![order.id]).await?;
                let entry = Entry {
                    actor: order.actor,
                    kind: ACTIVITY,
                    subject_kind: "import",
                    subject: Some(order.id),
                    project: None,
                    detail: &undone.to_string(),
                };
                activity::record(tx, &moment, entry).await
            })
        })
        .await
}
