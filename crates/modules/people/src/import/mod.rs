//! Import of people: names, mail, telephone, and accords with their provenance. All of a file is one transaction.
//!
//! Without the day of an accord, nothing proves it: the person is known, and is not written to (no entry of the ledger, no
//! message). Whoever was erased does not come back.

mod pages;
pub mod read;

use std::sync::{Arc, Mutex};

use chrono::NaiveDate;
use chrono_tz::Tz;
use parvis_kernel::{
    Error, Result,
    activity::{self, Entry},
    app::App,
    args,
    context::Moment,
    db::{self, Tx},
};
use sea_orm::FromQueryResult;
use uuid::Uuid;

pub use pages::routes;
use read::{Found, Refused};

use crate::{
    consents::{self, Noted},
    directory::{self, words},
    erased,
    persons::{self, email_key},
};

/// Kind of activity recorded here.
pub const ACTIVITY: &str = "person.imported";

/// Where a file comes from, and who brings it.
#[derive(Debug, Clone)]
pub struct Origin {
    /// As it is noted in the ledger.
    pub words: String,
    /// Who brings it.
    pub actor: Option<Uuid>,
    /// The day in town.
    pub today: NaiveDate,
    /// The time zone of the town.
    pub tz: Tz,
}

/// What came of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// People who were not known.
    pub created: u64,
    /// People who were known, and whose sheet was completed.
    pub completed: u64,
    /// People whose sheet said it all.
    pub same: u64,
    /// People who may not be written to: no accord with its day.
    pub held: u64,
    /// Lines that are not taken.
    pub refused: Vec<Refused>,
}

/// Takes people; with `trial`, says what would be and writes nothing.
///
/// # Errors
/// When the database refuses.
pub async fn run(app: &Arc<App>, moment: &Moment, people: Vec<Found>, origin: &Origin, trial: bool) -> Result<Outcome> {
    const TRIAL: &str = "a trial";
    let told = Arc::new(Mutex::new(None));
    let (shared, out, people) = (app.clone(), told.clone(), Arc::new(people));
    let (moment, origin) = (moment.clone(), origin.clone());
    let written = app
        .db
        .write(move |tx| {
            let (app, out, people) = (shared.clone(), out.clone(), people.clone());
            let (moment, origin) = (moment.clone(), origin.clone());
            Box::pin(async move {
                let outcome = take_all(tx, &app, &moment, &people, &origin).await?;
                if let Ok(mut told) = out.lock() {
                    *told = Some(outcome);
                }
                // A trial goes the whole way, and is undone.
                if trial { Err(Error::BadRequest(TRIAL)) } else { Ok(()) }
            })
        })
        .await;
    match written {
        Err(Error::BadRequest(TRIAL)) | Ok(()) => {}
        Err(e) => return Err(e),
    }
    let outcome = told.lock().ok().and_then(|mut told| told.take());
    outcome.ok_or_else(|| Error::other("the import said nothing"))
}

async fn take_all(tx: &Tx, app: &Arc<App>, moment: &Moment, people: &[Found], origin: &Origin) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    for found in people {
        take(tx, app, moment, found, origin, &mut outcome).await?;
    }
    let detail = outcome.created.to_string();
    let entry = Entry {
        actor: origin.actor,
        kind: ACTIVITY,
        subject_kind: "person",
        subject: None,
        project: None,
        detail: &detail,
    };
    activity::record(tx, moment, entry).await?;
    Ok(outcome)
}

async fn take(
    tx: &Tx,
    app: &Arc<App>,
    moment: &Moment,
    found: &Found,
    origin: &Origin,
    outcome: &mut Outcome,
) -> Result<()> {
    for key in found.email.iter().chain(&found.phone) {
        if erased::is(tx, &app.secrets, key).await? {
            outcome.refused.push(Refused { line: found.line, value: key.clone(), code: "erased" });
            return Ok(());
        }
    }
    let (person, before) = match known(tx, found).await? {
        Some(person) => (person, Some(complete(tx, person, found).await?)),
        None => (create(tx, app, moment, found).await?, None),
    };
    let noted = agree(tx, moment, person, found, origin).await?;
    match before {
        None => outcome.created += 1,
        Some(changed) if changed || noted => outcome.completed += 1,
        Some(_) => outcome.same += 1,
    }
    if consents::permits(tx, person, "newsletter", "email").await?.is_none() {
        outcome.held += 1;
    }
    Ok(())
}

/// The person of this address, else the only one of this telephone.
async fn known(tx: &Tx, found: &Found) -> Result<Option<Uuid>> {
    if let Some(email) = &found.email
        && let Some(person) = persons::by_email(tx, email).await?
    {
        return Ok(Some(person.id));
    }
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        email: Option<String>,
    }
    let Some(phone) = &found.phone else { return Ok(None) };
    let sql = "SELECT id, email FROM person WHERE phone = $1 AND erased_at IS NULL AND merged_into IS NULL LIMIT 2";
    let rows: Vec<Row> = db::all(tx, sql, args![phone.clone()]).await?;
    match rows.as_slice() {
        // Two people of a home share a telephone, not an address.
        [one] if one.email.is_none() || found.email.is_none() => Ok(Some(one.id)),
        _ => Ok(None),
    }
}

async fn create(tx: &Tx, app: &Arc<App>, moment: &Moment, found: &Found) -> Result<Uuid> {
    let id = moment.id();
    let lang = app.settings().await?.lang;
    db::run(
        tx,
        "INSERT INTO person (id, name, email, email_key, phone, address, area_id, lang, origin, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'import', $9)",
        args![
            id,
            found.name.clone(),
            found.email.clone(),
            found.email.as_deref().map(email_key),
            found.phone.clone(),
            found.address.clone(),
            found.area,
            lang.code(),
            moment.now
        ],
    )
    .await?;
    words::refresh(tx, id).await?;
    Ok(id)
}

/// Fills what a sheet lacks; what somebody wrote stays. Says whether anything was missing.
async fn complete(tx: &Tx, person: Uuid, found: &Found) -> Result<bool> {
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
    if changed {
        words::refresh(tx, person).await?;
    }
    Ok(changed)
}

/// Writes the accord of the file into the ledger, once. What was taken back since stays taken back: the entry bears its own day.
async fn agree(tx: &Tx, moment: &Moment, person: Uuid, found: &Found, origin: &Origin) -> Result<bool> {
    let at = found.agreed.and_then(|day| directory::given_at(day, origin.today, moment.now, origin.tz));
    let Some(at) = at.filter(|_| found.email.is_some()) else { return Ok(false) };
    let known = "SELECT count(*) FROM consent WHERE person_id = $1 AND purpose = 'newsletter' AND channel = 'email' AND at >= $2";
    if db::count(tx, known, args![person, at]).await? > 0 {
        return Ok(false);
    }
    let noted = Noted {
        purpose: "newsletter",
        channel: "email",
        wording: origin.words.clone(),
        source: "import",
        proof: origin.words.clone(),
        at,
        actor: origin.actor,
    };
    consents::note(tx, moment, person, &noted).await?;
    Ok(true)
}

#[cfg(test)]
mod tests;
