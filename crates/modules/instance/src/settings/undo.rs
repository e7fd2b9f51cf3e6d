//! What was changed in the settings, value by value, and each value put back by whoever may change it, unless somebody changed
//! the same since.

use axum::{extract::Path, response::Response};
use chrono::{DateTime, Utc};
use parvis_kernel::{
    Ctx, Error, Refusal, Result,
    activity::{self, Entry},
    args,
    context::Moment,
    db::{self, Tx},
    form::Form,
    permission::Right,
    retention::{Goes, Retention},
    settings::{self, Settings},
};
use parvis_ui::redirect;
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::Section;

/// How long changes can be looked up and put back.
pub const PERIOD: Retention = Retention {
    code: "changements",
    key: "keep-changes",
    days: 90,
    least: 1,
    most: 365,
    table: "settings_step",
    goes: Goes::Row,
    when: "at < $1",
};

/// Changes of a section that its page shows.
const SHOWN: i64 = 5;
/// Settings that an owner alone changes.
const OWN: [&str; 3] = ["smtp.", "base_url", "source_url"];
/// The mail server: its password stands in no second place.
const SERVER: &str = "smtp";
/// Its parts that can be told, and put back beside the password of now.
const PARTS: [&str; 5] = ["host", "port", "user", "security", "from"];
/// What is told and not put back: the password of another server would be sent there.
const FIXED: [&str; 2] = ["smtp.host", "smtp.user"];
/// Kind of activity recorded here.
pub const ACTIVITY: &str = "settings.undone";

/// A change as it is kept.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Kept {
    /// Key.
    pub id: Uuid,
    /// The section it was made in.
    pub section: String,
    /// Who made it.
    pub actor_id: Uuid,
    /// When it was made.
    pub at: DateTime<Utc>,
    before: String,
    after: String,
}

/// A value of a change: its name, what it was, what it became.
pub type Changed = (String, Value, Value);

impl Kept {
    /// Its values, by name.
    ///
    /// # Errors
    /// When what is kept can't be read.
    pub fn values(&self) -> Result<Vec<Changed>> {
        let (mut before, after) = (read(&self.before)?, read(&self.after)?);
        let was = |name: &str, before: &mut Map<String, Value>| before.remove(name).unwrap_or(Value::Null);
        Ok(after.into_iter().map(|(name, now)| (name.clone(), was(&name, &mut before), now)).collect())
    }
}

fn read(text: &str) -> Result<Map<String, Value>> {
    serde_json::from_str(text).map_err(Error::other)
}

const COLUMNS: &str = "SELECT id, section, actor_id, at, before, after FROM settings_step";

/// The last changes of a section, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn of(c: &impl ConnectionTrait, section: Section) -> Result<Vec<Kept>> {
    let sql = format!("{COLUMNS} WHERE section = $1 ORDER BY at DESC, id DESC LIMIT {SHOWN}");
    db::all(c, &sql, args![section.code()]).await
}

/// Whether a value can be put back at all.
#[must_use]
pub fn is_free(name: &str) -> bool {
    !FIXED.contains(&name)
}

/// Whether an owner alone changes a value.
#[must_use]
pub fn is_owners(name: &str) -> bool {
    OWN.iter().any(|own| name.starts_with(own))
}

/// The values that differ, as they were and as they are.
fn changed(before: &Settings, after: &Settings) -> Result<(Map<String, Value>, Map<String, Value>)> {
    let (before, after) = (values(before)?, values(after)?);
    let differ = |own: &Map<String, Value>, other: &Map<String, Value>| {
        let kept = own.iter().filter(|(name, value)| other.get(*name) != Some(value));
        kept.map(|(name, value)| (name.clone(), value.clone())).collect()
    };
    Ok((differ(&before, &after), differ(&after, &before)))
}

/// All values by name, those of the mail server one by one and without its password.
pub(super) fn values(settings: &Settings) -> Result<Map<String, Value>> {
    let Value::Object(mut all) = serde_json::to_value(settings).map_err(Error::other)? else { return Ok(Map::new()) };
    if let Some(Value::Object(mut server)) = all.remove(SERVER) {
        let parts = PARTS.into_iter().filter_map(|part| Some((format!("{SERVER}.{part}"), server.remove(part)?)));
        all.extend(parts.collect::<Vec<_>>());
    }
    Ok(all)
}

/// The settings with one value as it was; nothing when it is not what the change made of it any more.
fn put_back(now: &Settings, (name, was, became): &Changed) -> Result<Option<Settings>> {
    if values(now)?.get(name) != Some(became) {
        return Ok(None);
    }
    let mut all = serde_json::to_value(now).map_err(Error::other)?;
    let place = match name.split_once('.') {
        Some((whole, part)) => all.get_mut(whole).and_then(|whole| whole.get_mut(part)),
        None => all.get_mut(name),
    };
    *place.ok_or(Error::BadRequest("no such value"))? = was.clone();
    serde_json::from_value(all).map(Some).map_err(Error::other)
}

/// Keeps a change, in its transaction; one that changes nothing that can be told is none.
///
/// # Errors
/// When the database refuses.
pub(super) async fn keep(
    tx: &Tx,
    moment: &Moment,
    section: &str,
    actor: Uuid,
    before: &Settings,
    after: &Settings,
) -> Result<()> {
    let (before, after) = changed(before, after)?;
    if after.is_empty() {
        return Ok(());
    }
    let json = |values: Map<String, Value>| Value::Object(values).to_string();
    let sql = "INSERT INTO settings_step (id, section, actor_id, at, before, after) VALUES ($1, $2, $3, $4, $5, $6)";
    db::run(tx, sql, args![moment.id(), section, actor, moment.now, json(before), json(after)]).await?;
    Ok(())
}

/// Puts values of a change back, all or the one named: a change of its own, which can be put back as well.
///
/// # Errors
/// `changed_meanwhile`, or when the database refuses.
async fn take_back(tx: &Tx, moment: &Moment, actor: Uuid, id: Uuid, name: &str) -> Result<()> {
    let step: Kept = db::one(tx, &format!("{COLUMNS} WHERE id = $1"), args![id]).await?.ok_or(Error::NotFound)?;
    let wanted = chosen(&step, name)?;
    let mut outcome = Ok(());
    let mut before = Settings::default();
    let edit = |s: &mut Settings| {
        before.clone_from(s);
        for value in &wanted {
            match put_back(s, value) {
                Ok(Some(back)) => s.clone_from(&back),
                Ok(None) => outcome = Err(Refusal::CHANGED_MEANWHILE.into()),
                Err(e) => outcome = Err(e),
            }
        }
    };
    let after = settings::change(tx, edit).await?;
    outcome?;
    keep(tx, moment, &step.section, actor, &before, &after).await?;
    let entry = Entry {
        actor: Some(actor),
        kind: ACTIVITY,
        subject_kind: "setting",
        subject: None,
        project: None,
        detail: &step.section,
    };
    activity::record(tx, moment, entry).await
}

/// The value of this name, or with an empty name all that can be put back.
fn chosen(step: &Kept, name: &str) -> Result<Vec<Changed>> {
    let all = step.values()?.into_iter();
    let wanted: Vec<Changed> = all.filter(|(own, ..)| is_free(own) && (name.is_empty() || own == name)).collect();
    if wanted.is_empty() { Err(Error::BadRequest("nothing to put back")) } else { Ok(wanted) }
}

/// Puts back what was changed. Right: administer, and own for the mail server and the addresses of the instance.
///
/// # Errors
/// `NotFound`, `BadRequest`, `changed_meanwhile`, the refusal of the permission, or when the database refuses.
pub async fn undo(ctx: Ctx, Path(id): Path<Uuid>, f: Form) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    let me = ctx.person()?;
    let step: Option<Kept> = db::one(ctx.app.db.read(), &format!("{COLUMNS} WHERE id = $1"), args![id]).await?;
    let step = step.ok_or(Error::NotFound)?;
    let name = f.get("valeur").to_owned();
    // What only an owner sets, only an owner puts back.
    if chosen(&step, &name)?.iter().any(|(name, ..)| is_owners(name)) {
        ctx.require(Right::Own, None)?;
    }
    let moment = ctx.moment.clone();
    ctx.app
        .db
        .write(move |tx| {
            let (moment, name) = (moment.clone(), name.clone());
            Box::pin(async move { take_back(tx, &moment, me, id, &name).await })
        })
        .await?;
    ctx.app.store.forget().await;
    let to = Section::parse(&step.section).unwrap_or(Section::Identity).href();
    Ok(redirect(format!("{to}?fait=settings-undone")))
}

/// Whoever leaves takes back nothing any more.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn forget(tx: &Tx, person: Uuid) -> Result<()> {
    db::run(tx, "DELETE FROM settings_step WHERE actor_id = $1", args![person]).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use chrono::TimeDelta;
    use parvis_kernel::{clock::Clock, db::Migration, random::SeededEntropy};
    use parvis_testing::{TestDb, clock, engines};

    use super::*;

    const MIGRATIONS: &[Migration] = &[
        settings::MIGRATIONS[0],
        settings::MIGRATIONS[1],
        Migration { id: "instance/0118_settings_step", sql: include_str!("../../migrations/0118_settings_step.sql") },
    ];

    struct Desk {
        t: TestDb,
        start: Moment,
    }

    impl Desk {
        fn at(&self, minute: i64) -> Moment {
            self.start.at(self.start.now + TimeDelta::minutes(minute))
        }

        /// As [`super::super::save`] writes it. Says which step it is.
        async fn save(&self, who: u128, minute: i64, edit: fn(&mut Settings)) -> Option<Uuid> {
            let (moment, actor) = (self.at(minute), Uuid::from_u128(who));
            let written = moment.clone();
            let kept = self.t.db.write(move |tx| {
                let moment = written.clone();
                Box::pin(async move {
                    let before = settings::read(tx).await?;
                    let after = settings::change(tx, edit).await?;
                    keep(tx, &moment, Section::Identity.code(), actor, &before, &after).await
                })
            });
            kept.await.unwrap();
            let steps = of(self.t.db.read(), Section::Identity).await.unwrap();
            steps.first().filter(|s| s.at == moment.now).map(|s| s.id)
        }

        async fn back(&self, who: u128, minute: i64, id: Uuid, name: &'static str) -> Result<()> {
            let (moment, actor) = (self.at(minute), Uuid::from_u128(who));
            self.t
                .db
                .write(move |tx| {
                    let moment = moment.clone();
                    Box::pin(async move { take_back(tx, &moment, actor, id, name).await })
                })
                .await
        }

        async fn read(&self) -> Settings {
            settings::read(self.t.db.read()).await.unwrap()
        }
    }

    fn refused(answer: &Result<()>) -> bool {
        matches!(answer, Err(Error::Refused(r)) if *r == Refusal::CHANGED_MEANWHILE)
    }

    #[tokio::test]
    async fn a_value_is_put_back_by_anybody_until_it_is_another() {
        for engine in engines() {
            let t = TestDb::open(engine, MIGRATIONS).await;
            let d = Desk { t, start: Moment::new(clock().now(), Arc::new(SeededEntropy::new(3))) };
            let first = d.read().await;
            let both = |s: &mut Settings| {
                s.name = "Rivemont".into();
                s.colour = "#1F5FA8".into();
            };
            let one = d.save(1, 0, both).await.unwrap();
            assert_eq!(d.save(1, 1, both).await, None, "nothing changed");
            // A colleague puts one of the two values back, days after; the other stays.
            d.back(2, 5000, one, "name").await.unwrap();
            let now = d.read().await;
            assert_eq!((now.name.as_str(), now.colour.as_str()), (first.name.as_str(), "#1F5FA8"), "on {engine:?}");
            assert!(refused(&d.back(2, 5001, one, "name").await), "it is put back already");
            assert!(refused(&d.back(2, 5001, one, "").await), "not all of it any more");
            assert_eq!(d.read().await.colour, "#1F5FA8", "nothing half done");
            // That is a change too, and is put back as well.
            let steps = of(d.t.db.read(), Section::Identity).await.unwrap();
            assert_eq!((steps.len(), steps[0].actor_id), (2, Uuid::from_u128(2)));
            d.back(1, 5002, steps[0].id, "").await.unwrap();
            assert_eq!(d.read().await.name, "Rivemont");
            // What somebody changed to something else since is left alone.
            d.save(2, 5003, |s| s.colour = "#7A3E9D".into()).await.unwrap();
            assert!(refused(&d.back(1, 5004, one, "colour").await));
            assert!(matches!(d.back(1, 5004, one, "smtp").await, Err(Error::BadRequest(_))), "none of its values");
            assert!(matches!(d.back(1, 5004, Uuid::nil(), "name").await, Err(Error::NotFound)));
            let told = "SELECT count(*) FROM activity WHERE kind = 'settings.undone'";
            assert_eq!(db::count(d.t.db.read(), told, args![]).await.unwrap(), 2);
        }
    }

    #[tokio::test]
    async fn the_password_of_the_mail_server_stands_in_no_second_place() {
        for engine in engines() {
            let t = TestDb::open(engine, MIGRATIONS).await;
            let d = Desk { t, start: Moment::new(clock().now(), Arc::new(SeededEntropy::new(4))) };
            assert_eq!(d.save(1, 0, |s| s.smtp.password = "grenadine".into()).await, None);
            let server = |s: &mut Settings| {
                s.smtp.host = "mail.example".into();
                s.smtp.port = 465;
                s.smtp.password = "citron".into();
            };
            let one = d.save(1, 1, server).await.unwrap();
            let kept: Vec<String> =
                db::column(d.t.db.read(), "SELECT before || after FROM settings_step", args![]).await.unwrap();
            assert!(kept.iter().all(|k| !k.contains("citron") && !k.contains("grenadine")), "{kept:?}");
            assert!(kept.iter().all(|k| !k.contains("password")), "{kept:?}");
            // The port goes back beside the password of now; the server does not: it would be given that password.
            d.back(1, 2, one, "smtp.port").await.unwrap();
            let now = d.read().await.smtp;
            assert_eq!((now.port, now.password.as_str(), now.host.as_str()), (0, "citron", "mail.example"));
            assert!(matches!(d.back(1, 3, one, "smtp.host").await, Err(Error::BadRequest(_))), "on {engine:?}");
        }
    }

    #[test]
    fn owners_put_back_what_owners_set() {
        for name in ["smtp.port", "smtp.from", "base_url", "source_url"] {
            assert!(is_owners(name), "{name}");
        }
        for name in ["name", "colour", "mails_per_hour"] {
            assert!(!is_owners(name) && is_free(name), "{name}");
        }
    }
}
