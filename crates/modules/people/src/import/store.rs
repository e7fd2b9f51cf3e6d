//! People of a file, in the database.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex},
};

use chrono::{DateTime, Utc};
use parvis_kernel::{
    Error, Result,
    activity::{self, Entry},
    app::App,
    args, brought,
    context::Moment,
    db::{self, Tx},
    jobs,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde_json::json;
use uuid::Uuid;

use super::{
    ACTIVITY, Counts, Frame, Report,
    brought::{self as wrote, Brought, Field, Sheet},
    read::{Found, Refused},
    screen::{ERASED, Persons},
};
use crate::{
    consents::{self, Noted},
    directory::{
        self, pairs,
        words::{self, fold, folded},
    },
    erased,
    persons::{self, email_key},
};

/// What an earlier try of the same import wrote.
#[derive(Debug, Default)]
pub(super) struct Written {
    /// Rows of the file.
    pub rows: u64,
    pub counts: Counts,
    /// Lines whose telephone is that of several people.
    pub several: HashSet<u64>,
}

/// What a batch came to.
#[derive(Debug, Clone, Default)]
pub(super) struct Done {
    pub counts: Counts,
    pub refused: Vec<Refused>,
    /// What the rows wrote, for an undo.
    brought: Vec<Brought>,
}

/// How far an import of the desk got before it was killed.
pub(super) async fn written(c: &impl ConnectionTrait, file: Uuid) -> Result<Written> {
    #[derive(FromQueryResult)]
    struct Row {
        done: i64,
        created: i64,
        completed: i64,
        same: i64,
        held: i64,
        several: String,
    }
    let sql = "SELECT done, created, completed, same, held, several FROM person_file WHERE id = $1";
    let row: Row = db::one(c, sql, args![file]).await?.ok_or(Error::NotFound)?;
    let n = |n: i64| u64::try_from(n).unwrap_or(0);
    let counts = Counts { created: n(row.created), completed: n(row.completed), same: n(row.same), held: n(row.held) };
    let several = row.several.split_whitespace().filter_map(|line| line.parse().ok()).collect();
    Ok(Written { rows: n(row.done), counts, several })
}

/// Writes some people, and with them how far the import is; a trial is undone. `None` when it was told to stop.
pub(super) async fn write(
    app: &Arc<App>,
    frame: &Arc<Frame>,
    people: Arc<Vec<Found>>,
    rows: u64,
) -> Result<Option<Done>> {
    /// Takes a transaction back that is no failure.
    const BACK: &str = "nothing is to be written";
    let told = Arc::new(Mutex::new(None));
    let (shared, out, frame) = (app.clone(), told.clone(), frame.clone());
    let written = app
        .db
        .write(move |tx| {
            let (app, out, people, frame) = (shared.clone(), out.clone(), people.clone(), frame.clone());
            Box::pin(async move {
                one_at_a_time(tx).await?;
                let mut done = Done::default();
                for found in people.iter() {
                    take(tx, &app, &frame, found, &mut done).await?;
                }
                let goes_on = frame.trial || advance(tx, &app, &frame, &done, rows).await?;
                if let Ok(mut told) = out.lock() {
                    *told = Some(done).filter(|_| goes_on);
                }
                if frame.trial || !goes_on { Err(Error::BadRequest(BACK)) } else { Ok(()) }
            })
        })
        .await;
    match written {
        Err(Error::BadRequest(BACK)) | Ok(()) => {}
        Err(e) => return Err(e),
    }
    Ok(told.lock().ok().and_then(|mut told| told.take()))
}

/// The turn of the one import of people that writes.
const TURN: i64 = 7_274_592;

/// Two imports at once would add whoever has but a telephone twice, and wait for each other's rows for ever; an undo would
/// take away a sheet that another file is about to name.
pub(super) async fn one_at_a_time(tx: &Tx) -> Result<()> {
    db::take_turn(tx, TURN).await
}

/// Notes how far an import of the desk is, and what it wrote; `false` when it was told to stop, or another worker has it.
async fn advance(tx: &Tx, app: &App, frame: &Frame, done: &Done, rows: u64) -> Result<bool> {
    let Some(hold) = frame.file else { return Ok(true) };
    if !brought::store::holds::<Persons>(tx, hold, app.clock.now()).await? {
        return Ok(false);
    }
    let n = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let Counts { created, completed, same, held } = done.counts;
    let sql = "UPDATE person_file SET done = $2, created = created + $3, completed = completed + $4, same = same + $5, \
               held = held + $6, several = several || $7 WHERE id = $1 AND done < $2";
    let several: String = done.refused.iter().filter(|r| r.is(SEVERAL)).map(|r| format!("{} ", r.line)).collect();
    let args = args![hold.file, n(rows), n(created), n(completed), n(same), n(held), several];
    wrote::keep(tx, hold.file, &done.brought).await?;
    Ok(db::run(tx, sql, args).await? > 0)
}

/// Notes in the journal that people were imported; a trial leaves no line, nor does an import whose end was noted, or whose
/// worker has its file no more.
pub(super) async fn end(app: &Arc<App>, frame: &Arc<Frame>, report: &Report) -> Result<()> {
    if frame.trial {
        return Ok(());
    }
    let (frame, detail, now) = (frame.clone(), report.counts.created.to_string(), app.clock.now());
    app.db
        .write(move |tx| {
            let (frame, detail) = (frame.clone(), detail.clone());
            Box::pin(async move {
                if let Some(hold) = frame.file {
                    let sql = "UPDATE person_file SET noted = TRUE WHERE id = $1 AND NOT noted";
                    let holds = brought::store::holds::<Persons>(tx, hold, now).await?;
                    if !holds || db::run(tx, sql, args![hold.file]).await? == 0 {
                        return Ok(());
                    }
                }
                let entry = Entry {
                    actor: frame.actor,
                    kind: ACTIVITY,
                    subject_kind: "person",
                    subject: None,
                    project: None,
                    detail: &detail,
                };
                activity::record(tx, &frame.moment, entry).await
            })
        })
        .await
}

async fn take(tx: &Tx, app: &Arc<App>, frame: &Frame, found: &Found, done: &mut Done) -> Result<()> {
    if let Some(refused) = erased(tx, app, found).await? {
        done.refused.push(refused);
        return Ok(());
    }
    let person = match known(tx, found).await? {
        Known::One(person) => person,
        Known::Several => {
            done.refused.push(several(found));
            return Ok(());
        }
        Known::Nobody => match create(tx, frame, found).await? {
            Some(person) => {
                let agreed = agree(tx, app, frame, person, found, true).await?;
                let entry = agreed.or(refuse(tx, app, frame, person, found).await?);
                if frame.can_be_undone() {
                    done.brought.push(Brought::of(person, true, &Field::ALL, &found.into(), entry));
                }
                done.counts.created += 1;
                done.counts.held += u64::from(agreed.is_none() && !found.said_no);
                return Ok(());
            }
            // Somebody took the address at this instant.
            None => persons::by_email(tx, found.email.as_deref().unwrap_or_default()).await?.ok_or(Error::NotFound)?.id,
        },
    };
    let filled = complete(tx, person, found).await?;
    let entry = agree(tx, app, frame, person, found, false).await?;
    let entry = entry.or(refuse(tx, app, frame, person, found).await?);
    let changed = !filled.is_empty() || entry.is_some();
    if frame.can_be_undone() {
        // Whoever was there as they are too: an undo of the file that made them must know that another names them.
        done.brought.push(Brought::of(person, false, &filled, &found.into(), entry));
    }
    if changed {
        done.counts.completed += 1;
    } else {
        done.counts.same += 1;
    }
    if !found.said_no && consents::permits(tx, frame.moment.now, person, "newsletter", "email").await?.is_none() {
        done.counts.held += 1;
    }
    Ok(())
}

/// The code of a line whose telephone is that of several people.
const SEVERAL: &str = "several";

/// Such a line.
pub(super) fn several(found: &Found) -> Refused {
    Refused::one(found.line, found.phone.clone().unwrap_or_default(), SEVERAL)
}

/// The line of somebody who was erased, and may not come back by a file.
pub(super) async fn erased(c: &impl ConnectionTrait, app: &App, found: &Found) -> Result<Option<Refused>> {
    let lives = match &found.email {
        Some(email) => persons::by_email(c, email).await?.is_some(),
        None => false,
    };
    // Somebody else of the home of whoever left.
    if lives {
        return Ok(None);
    }
    for key in found.email.iter().chain(&found.phone) {
        if erased::is(c, &app.secrets, key).await? {
            return Ok(Some(Refused::one(found.line, String::new(), "erased")));
        }
    }
    Ok(None)
}

/// What a second line of one person is refused for: nothing of whoever was erased is kept of it either.
pub(super) async fn twice(c: &impl ConnectionTrait, app: &App, refused: Refused) -> Result<Refused> {
    if let Some(fault) = refused.faults.iter().find(|f| f.code == "twice")
        && erased::is(c, &app.secrets, &fault.value).await?
    {
        return Ok(Refused::one(refused.line, String::new(), "erased"));
    }
    Ok(refused)
}

/// Whether somebody is known already.
pub(super) enum Known {
    Nobody,
    One(Uuid),
    /// A telephone of several people, and nothing tells whose row this is.
    Several,
}

/// The person of this address, else the one of this telephone, when nothing says that they are another of the same home:
/// the names are the same, or one of the two sheets has none.
pub(super) async fn known(c: &impl ConnectionTrait, found: &Found) -> Result<Known> {
    if let Some(email) = &found.email
        && let Some(person) = persons::by_email(c, email).await?
    {
        return Ok(Known::One(person.id));
    }
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        name: String,
        email: Option<String>,
    }
    let Some(phone) = &found.phone else { return Ok(Known::Nobody) };
    let sql = "SELECT id, name, email FROM person WHERE phone = $1 AND erased_at IS NULL AND merged_into IS NULL \
               ORDER BY created_at, id LIMIT 20";
    let rows: Vec<Row> = db::all(c, sql, args![phone.clone()]).await?;
    // Two people of a home share a telephone, not an address.
    let maybe = |r: &&Row| r.email.is_none() || found.email.is_none();
    let name = fold(&found.name);
    let same = rows.iter().filter(maybe).find(|r| !name.is_empty() && fold(&r.name) == name);
    Ok(match (rows.as_slice(), same) {
        (_, Some(row)) => Known::One(row.id),
        ([one], None) if maybe(&one) && (name.is_empty() || fold(&one.name).is_empty()) => Known::One(one.id),
        ([_, _, ..], None) if found.email.is_none() && name.is_empty() => Known::Several,
        _ => Known::Nobody,
    })
}

/// Adds a person; `None` when somebody took the address meanwhile.
async fn create(tx: &Tx, frame: &Frame, found: &Found) -> Result<Option<Uuid>> {
    let id = frame.moment.id();
    let emails: Vec<&str> = found.email.as_deref().into_iter().collect();
    let sql = "INSERT INTO person (id, name, email, email_key, phone, address, area_id, lang, origin, created_at, folded, \
               match_mail, match_place, in_words) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'import', $9, $10, $11, $12, TRUE) \
               ON CONFLICT (email_key) DO NOTHING";
    let args = args![
        id,
        found.name.clone(),
        found.email.clone(),
        found.email.as_deref().map(email_key),
        found.phone.clone(),
        found.address.clone(),
        found.area,
        frame.lang.code(),
        frame.moment.now,
        folded(&found.name, &emails, found.phone.as_deref()),
        found.email.as_deref().and_then(pairs::mailbox),
        pairs::place(&found.name, &found.address)
    ];
    if db::run(tx, sql, args).await? != 1 {
        return Ok(None);
    }
    words::put(tx, id, &words::found_by(&found.name, &emails, found.phone.as_deref())).await?;
    Ok(Some(id))
}

/// What a sheet says.
pub(super) async fn sheet(c: &impl ConnectionTrait, person: Uuid) -> Result<Sheet> {
    let sql = "SELECT name, email, phone, address, area_id FROM person WHERE id = $1";
    Ok(db::one(c, sql, args![person]).await?.unwrap_or_default())
}

/// Fills what a sheet lacks; what somebody wrote stays. Says what was missing.
async fn complete(tx: &Tx, person: Uuid, found: &Found) -> Result<Vec<Field>> {
    let lacks = sheet(tx, person).await?.lacks(&found.into());
    if lacks.is_empty() {
        return Ok(lacks);
    }
    let sql = "UPDATE person SET name = CASE WHEN name = '' THEN $2 ELSE name END, phone = coalesce(phone, $3), \
               address = CASE WHEN address = '' THEN $4 ELSE address END, area_id = coalesce(area_id, $5), \
               email = coalesce(email, $6), email_key = coalesce(email_key, $7) WHERE id = $1 AND \
               ((name = '' AND $2 <> '') OR (phone IS NULL AND $3 IS NOT NULL) OR (address = '' AND $4 <> '') \
               OR (area_id IS NULL AND $5 IS NOT NULL) OR (email IS NULL AND $6 IS NOT NULL))";
    let args = args![
        person,
        found.name.clone(),
        found.phone.clone(),
        found.address.clone(),
        found.area,
        found.email.clone(),
        found.email.as_deref().map(email_key)
    ];
    let changed = db::run(tx, sql, args).await? > 0;
    if !changed {
        return Ok(Vec::new());
    }
    words::refresh(tx, person).await?;
    Ok(lacks)
}

/// Writes the accord of the file into the ledger, once. It counts from the start of its day, today too: a file says no hour,
/// and what was taken back since, even on that day, stays taken back.
async fn agree(tx: &Tx, app: &App, frame: &Frame, person: Uuid, found: &Found, new: bool) -> Result<Option<Uuid>> {
    let at = found.agreed.and_then(|day| directory::day_of(day, frame.today, frame.tz));
    let Some(at) = at.filter(|_| found.email.is_some()) else { return Ok(None) };
    let known = "SELECT count(*) FROM consent WHERE person_id = $1 AND purpose = 'newsletter' AND channel = 'email' AND at >= $2";
    if !new && db::count(tx, known, args![person, at]).await? > 0 {
        return Ok(None);
    }
    let noted = Noted {
        purpose: "newsletter",
        channel: "email",
        // No file says which words people read.
        wording: app.words.get(frame.lang, "people-import-wording"),
        source: "import",
        proof: frame.origin.clone(),
        at,
        actor: frame.actor,
        lasts: frame.lasts,
    };
    consents::note(tx, &frame.moment, person, &noted).await.map(Some)
}

/// Writes the refusal of the file into the ledger, once, whatever address the person has: nothing leaves for them, until they agree.
/// Without a day it counts from now, and not again with the next file: what they chose since stands.
async fn refuse(tx: &Tx, app: &App, frame: &Frame, person: Uuid, found: &Found) -> Result<Option<Uuid>> {
    if !found.said_no {
        return Ok(None);
    }
    let at = found.no_day.and_then(|day| directory::day_of(day, frame.today, frame.tz));
    let known = "SELECT count(*) FROM consent WHERE person_id = $1 AND purpose = 'newsletter' AND channel = 'email' \
                 AND ((state = 'objected' AND source = 'import') OR at > $2)";
    if db::count(tx, known, args![person, at.unwrap_or(frame.moment.now)]).await? > 0 {
        return Ok(None);
    }
    let id = frame.moment.id();
    let sql = "INSERT INTO consent (id, person_id, purpose, channel, state, wording, source, at, proof, actor_id, noted_at) \
               VALUES ($1, $2, 'newsletter', 'email', 'objected', $3, 'import', $4, $5, $6, $7)";
    let args = args![
        id,
        person,
        app.words.get(frame.lang, "people-import-wording-no"),
        at.unwrap_or(frame.moment.now),
        frame.origin.clone(),
        frame.actor,
        frame.moment.now
    ];
    db::run(tx, sql, args).await?;
    consents::heard(tx, person).await?;
    Ok(Some(id))
}

/// Forgets what files wrote of a person, who of the team brought files, and, by a job, whoever is named in lines that were refused.
///
/// # Errors
/// When the database refuses.
pub async fn forget(tx: &Tx, moment: &Moment, person: Uuid) -> Result<()> {
    wrote::forget(tx, person).await?;
    db::run(tx, "UPDATE person_file SET actor_id = NULL WHERE actor_id = $1", args![person]).await?;
    // Not the one that another erasure queued: it may run before this one is there.
    jobs::enqueue(tx, moment, ERASED, &(), None, moment.now).await
}

/// The files that brought a person, as long as their imports can be taken back.
///
/// # Errors
/// When the database refuses.
pub async fn of_person(c: &impl ConnectionTrait, person: Uuid) -> Result<Vec<serde_json::Value>> {
    #[derive(FromQueryResult)]
    struct Row {
        origin: String,
        created_at: DateTime<Utc>,
        made: bool,
    }
    let sql = "SELECT f.origin, f.created_at, b.made FROM person_brought b JOIN person_file f ON f.id = b.file_id \
               WHERE b.person_id = $1 ORDER BY f.created_at, f.id";
    let rows: Vec<Row> = db::all(c, sql, args![person]).await?;
    Ok(rows.iter().map(|r| json!({"origin": r.origin, "at": r.created_at, "made_the_sheet": r.made})).collect())
}
