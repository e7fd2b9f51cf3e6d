//! Each day, at the hour they chose, members of the team are told what waits for them. When nothing does, nobody is.

mod letter;
pub mod pages;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate, Timelike, Utc};
use chrono_tz::Tz;
use futures::future::BoxFuture;
use parvis_kernel::{
    Result,
    app::App,
    args,
    db::{self, Tx},
    jobs::Failure,
    mail,
    permission::{Actor, Right, Role},
};
use parvis_people::persons::{self, Person};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

/// Name of the job that looks whose hour has come.
pub const JOB: &str = "participation.morning";
/// What the address that stops these letters is sealed for.
pub const WHAT: &str = "staff";

/// What a member of the team chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// Whether they want the letter.
    pub wanted: bool,
    /// The hour, from 0 to 23.
    pub hour: i64,
}

impl Default for Choice {
    fn default() -> Self {
        Self { wanted: true, hour: 8 }
    }
}

#[derive(Debug, FromQueryResult)]
struct Row {
    wanted: bool,
    hour: i64,
    looked_on: String,
}

/// Whether the hour has come on a day that was not looked at. Once a day, also when clocks skip that hour or repeat it.
#[must_use]
pub fn is_due(now: DateTime<Utc>, tz: Tz, hour: i64, looked_on: NaiveDate) -> bool {
    let local = now.with_timezone(&tz);
    looked_on < local.date_naive() && i64::from(local.hour()) >= hour
}

/// The day taken for looked at when somebody begins: today when its hour is over, so that the first letter comes at its
/// hour.
fn begins_after(now: DateTime<Utc>, tz: Tz, hour: i64) -> NaiveDate {
    let today = now.with_timezone(&tz).date_naive();
    let before = today.checked_sub_days(Days::new(1)).unwrap_or(today);
    if is_due(now, tz, hour, before) { today } else { before }
}

/// What somebody chose; the usual when they chose nothing.
///
/// # Errors
/// When the database refuses.
pub async fn choice(c: &impl ConnectionTrait, person: Uuid) -> Result<Choice> {
    Ok(row(c, person).await?.map_or_else(Choice::default, |r| Choice { wanted: r.wanted, hour: r.hour }))
}

async fn row(c: &impl ConnectionTrait, person: Uuid) -> Result<Option<Row>> {
    db::one(c, "SELECT wanted, hour, looked_on FROM morning_letter WHERE person_id = $1", args![person]).await
}

/// Keeps a choice. A day that was looked at stays so: another hour brings no second letter.
///
/// # Errors
/// When the database refuses.
pub async fn choose(tx: &Tx, person: Uuid, choice: Choice, now: DateTime<Utc>, tz: Tz) -> Result<()> {
    let sql = "INSERT INTO morning_letter (person_id, wanted, hour, looked_on) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (person_id) DO UPDATE SET wanted = excluded.wanted, hour = excluded.hour";
    let first = begins_after(now, tz, choice.hour).to_string();
    db::run(tx, sql, args![person, choice.wanted, choice.hour, first]).await?;
    Ok(())
}

/// The usual choice, for somebody who chose nothing; what they chose meanwhile stays.
async fn begin(tx: &Tx, person: Uuid, now: DateTime<Utc>, tz: Tz) -> Result<()> {
    let Choice { wanted, hour } = Choice::default();
    let sql = "INSERT INTO morning_letter (person_id, wanted, hour, looked_on) VALUES ($1, $2, $3, $4) \
               ON CONFLICT (person_id) DO NOTHING";
    db::run(tx, sql, args![person, wanted, hour, begins_after(now, tz, hour).to_string()]).await?;
    Ok(())
}

/// Stops the letters of somebody, those that wait too.
///
/// # Errors
/// When the database refuses.
pub async fn stop(tx: &Tx, person: Uuid, now: DateTime<Utc>, tz: Tz) -> Result<()> {
    let kept = choice(tx, person).await?;
    choose(tx, person, Choice { wanted: false, ..kept }, now, tz).await?;
    mail::cancel(tx, &format!("{WHAT}/{person}/")).await?;
    Ok(())
}

/// Forgets what somebody chose.
///
/// # Errors
/// When the database refuses.
pub async fn forget(tx: &Tx, person: Uuid) -> Result<()> {
    db::run(tx, "DELETE FROM morning_letter WHERE person_id = $1", args![person]).await?;
    Ok(())
}

/// The job: looks whose hour has come.
#[must_use]
pub fn run(app: Arc<App>, _: String) -> BoxFuture<'static, std::result::Result<(), Failure>> {
    Box::pin(async move { Ok(send(&app).await.map(drop)?) })
}

/// Writes to each member of the team whose hour has come and for whom something waits. Says how many letters.
///
/// # Errors
/// When the database refuses.
pub async fn send(app: &Arc<App>) -> Result<usize> {
    let settings = app.settings().await?;
    let mut letters = 0;
    if !settings.is_set_up() {
        return Ok(letters);
    }
    for (person, role) in persons::members(app.db.read()).await? {
        // Whoever may decide nothing is not told to.
        if person.email.is_some() && role.may(Right::Moderate, None) {
            letters += usize::from(tell(app, &person, role).await?);
        }
    }
    Ok(letters)
}

async fn tell(app: &Arc<App>, person: &Person, role: Role) -> Result<bool> {
    let (settings, moment, id) = (app.settings().await?, app.moment(), person.id);
    let tz = settings.tz();
    let Some(row) = row(app.db.read(), id).await? else {
        let now = moment.now;
        app.db.write(move |tx| Box::pin(begin(tx, id, now, tz))).await?;
        return Ok(false);
    };
    let looked_on = row.looked_on.parse().unwrap_or_default();
    if !is_due(moment.now, tz, row.hour, looked_on) {
        return Ok(false);
    }
    let today = moment.now.with_timezone(&tz).date_naive();
    let actor = Actor::Person { id, name: person.name.clone(), session: Uuid::nil(), role: Some(role) };
    let letter =
        if row.wanted { letter::write(app, &settings, person, &actor, moment.now, today).await? } else { None };
    // The letter and the mark that the day was looked at, together: a job killed here writes once.
    app.db
        .write(move |tx| {
            let (moment, letter) = (moment.clone(), letter.clone());
            Box::pin(async move {
                let sql = "UPDATE morning_letter SET looked_on = $2 WHERE person_id = $1 AND looked_on < $2";
                let first = db::run(tx, sql, args![id, today.to_string()]).await? == 1;
                match letter {
                    Some(letter) if first => mail::queue(tx, &moment, &letter).await.map(|()| true),
                    _ => Ok(false),
                }
            })
        })
        .await
}
