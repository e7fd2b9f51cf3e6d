//! A change of settings is taken back within ten minutes by whoever made it, unless somebody changed the same since.

use std::sync::Arc;

use axum::{extract::Path, response::Response};
use chrono::{DateTime, TimeDelta, Utc};
use futures::future::BoxFuture;
use parvis_kernel::{
    Ctx, Error, Refusal, Result,
    activity::{self, Entry},
    app::App,
    args,
    context::Moment,
    db::{self, Tx},
    form::Form,
    jobs::{Failure, JobKind},
    permission::Right,
    settings::{self, Settings},
};
use parvis_ui::redirect;
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::Section;
use crate::urls;

/// Forgets them afterwards.
pub const KIND: JobKind = JobKind { name: "instance.settings_undo", run: sweep, every: Some(TimeDelta::hours(1)) };

/// For so long.
const UNDO: TimeDelta = TimeDelta::minutes(10);
/// The ten minutes are over.
const TOO_LATE: Refusal = Refusal::new("too_late_to_undo");
/// Settings that an owner alone changes.
const OWN: [&str; 3] = ["smtp", "base_url", "source_url"];
/// The mail server, whose password stands in no second place.
const SECRET: &str = "smtp";
/// Kind of activity recorded here.
pub const ACTIVITY: &str = "settings.undone";

/// A change that can still be taken back.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Step {
    /// Key.
    pub id: Uuid,
    section: String,
    /// When it was made.
    pub at: DateTime<Utc>,
    before: String,
    after: String,
}

impl Step {
    /// Where its undo is sent.
    #[must_use]
    pub fn href(&self) -> String {
        urls::SettingsUndo { step: self.id }.to_string()
    }
}

const COLUMNS: &str = "SELECT id, section, at, before, after FROM settings_step";

/// What somebody changed in a section and can take back, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn of(c: &impl ConnectionTrait, section: Section, actor: Uuid, now: DateTime<Utc>) -> Result<Vec<Step>> {
    let sql = format!("{COLUMNS} WHERE actor_id = $1 AND at >= $2 AND section = $3 ORDER BY at DESC, id DESC LIMIT 5");
    db::all(c, &sql, args![actor, now - UNDO, section.code()]).await
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

fn values(settings: &Settings) -> Result<Map<String, Value>> {
    match serde_json::to_value(settings).map_err(Error::other)? {
        Value::Object(all) => Ok(all),
        _ => Ok(Map::new()),
    }
}

/// The settings with these values again; nothing when one of them is not what the change made of it any more.
fn put_back(now: &Settings, before: Map<String, Value>, after: &Map<String, Value>) -> Result<Option<Settings>> {
    let mut all = values(now)?;
    if after.iter().any(|(name, value)| all.get(name) != Some(value)) {
        return Ok(None);
    }
    all.extend(before);
    serde_json::from_value(Value::Object(all)).map(Some).map_err(Error::other)
}

/// Whether an owner alone changes one of these values.
fn is_owners(after: &str) -> bool {
    OWN.iter().any(|name| after.contains(&format!("\"{name}\":")))
}

/// Keeps a change, in its transaction; one that changes nothing is none, and one of the mail server, password and all, can't be
/// taken back.
///
/// # Errors
/// When the database refuses.
pub(super) async fn keep(
    tx: &Tx,
    moment: &Moment,
    section: Section,
    actor: Uuid,
    before: &Settings,
    after: &Settings,
) -> Result<()> {
    let (before, after) = changed(before, after)?;
    if after.is_empty() || after.contains_key(SECRET) {
        return Ok(());
    }
    let json = |values: Map<String, Value>| Value::Object(values).to_string();
    let sql = "INSERT INTO settings_step (id, section, actor_id, at, before, after) VALUES ($1, $2, $3, $4, $5, $6)";
    db::run(tx, sql, args![moment.id(), section.code(), actor, moment.now, json(before), json(after)]).await?;
    Ok(())
}

/// Takes a change back. Taken back twice is taken back once.
///
/// # Errors
/// `too_late_to_undo`, `changed_meanwhile`, or when the database refuses.
async fn take_back(tx: &Tx, moment: &Moment, actor: Uuid, id: Uuid) -> Result<()> {
    let sql = format!("{COLUMNS} WHERE id = $1 AND actor_id = $2");
    let Some(step) = db::one::<Step>(tx, &sql, args![id, actor]).await? else { return Ok(()) };
    if moment.now > step.at + UNDO {
        return Err(TOO_LATE.into());
    }
    let read = |text: &str| serde_json::from_str::<Map<String, Value>>(text).map_err(Error::other);
    let (before, after) = (read(&step.before)?, read(&step.after)?);
    let mut outcome = Ok(None);
    let edit = |s: &mut Settings| {
        outcome = put_back(s, before, &after);
        if let Ok(Some(back)) = &outcome {
            s.clone_from(back);
        }
    };
    settings::change(tx, edit).await?;
    if outcome?.is_none() {
        return Err(Refusal::CHANGED_MEANWHILE.into());
    }
    db::run(tx, "DELETE FROM settings_step WHERE id = $1", args![id]).await?;
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

/// Takes back what somebody changed minutes ago. Right: administer, and own for the mail server.
///
/// # Errors
/// `too_late_to_undo`, `changed_meanwhile`, the refusal of the permission, or when the database refuses.
pub async fn undo(ctx: Ctx, Path(id): Path<Uuid>, _f: Form) -> Result<Response> {
    ctx.require(Right::Administer, None)?;
    let me = ctx.person()?;
    let sql = format!("{COLUMNS} WHERE id = $1 AND actor_id = $2");
    let step: Option<Step> = db::one(ctx.app.db.read(), &sql, args![id, me]).await?;
    // What only an owner sets, only an owner puts back.
    if step.as_ref().is_some_and(|s| is_owners(&s.after)) {
        ctx.require(Right::Own, None)?;
    }
    let moment = ctx.moment.clone();
    ctx.app
        .db
        .write(move |tx| {
            let moment = moment.clone();
            Box::pin(async move { take_back(tx, &moment, me, id).await })
        })
        .await?;
    ctx.app.store.forget().await;
    let section = step.and_then(|step| Section::parse(&step.section));
    let to = section.unwrap_or(Section::Identity).href();
    Ok(redirect(format!("{to}?fait=settings-undone")))
}

/// What can't be taken back any more goes.
fn sweep(app: Arc<App>, _: String) -> BoxFuture<'static, std::result::Result<(), Failure>> {
    Box::pin(async move {
        const OLD: &str = "settings_step WHERE at < $1";
        let before = app.clock.now() - UNDO;
        // A look without the writer first: an idle instance writes nothing.
        if db::count(app.db.read(), &format!("SELECT count(*) FROM {OLD}"), args![before]).await? > 0 {
            let delete = format!("DELETE FROM {OLD}");
            app.db
                .write(move |tx| {
                    let delete = delete.clone();
                    Box::pin(async move { db::run(tx, &delete, args![before]).await })
                })
                .await?;
        }
        Ok(())
    })
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
                    keep(tx, &moment, Section::Identity, actor, &before, &after).await
                })
            });
            kept.await.unwrap();
            let steps = of(self.t.db.read(), Section::Identity, actor, moment.now).await.unwrap();
            steps.first().filter(|s| s.at == moment.now).map(|s| s.id)
        }

        async fn back(&self, who: u128, minute: i64, id: Uuid) -> Result<()> {
            let (moment, actor) = (self.at(minute), Uuid::from_u128(who));
            self.t
                .db
                .write(move |tx| {
                    let moment = moment.clone();
                    Box::pin(async move { take_back(tx, &moment, actor, id).await })
                })
                .await
        }

        async fn names(&self) -> (String, String) {
            let s = settings::read(self.t.db.read()).await.unwrap();
            (s.name, s.contact)
        }
    }

    #[tokio::test]
    async fn a_change_is_taken_back_once_in_time_and_by_whoever_made_it() {
        for engine in engines() {
            let t = TestDb::open(engine, MIGRATIONS).await;
            let d = Desk { t, start: Moment::new(clock().now(), Arc::new(SeededEntropy::new(3))) };
            let first = d.names().await;
            let one = d.save(1, 0, |s| s.name = "Rivemont".into()).await.unwrap();
            assert_eq!(d.save(1, 1, |s| s.name = "Rivemont".into()).await, None, "nothing changed");
            let two = d.save(2, 2, |s| s.contact = "a@b.fr".into()).await.unwrap();
            d.back(2, 3, one).await.unwrap();
            assert_eq!(d.names().await.0, "Rivemont", "it is not theirs");
            d.back(1, 4, one).await.unwrap();
            assert_eq!(d.names().await, (first.0, "a@b.fr".into()), "what a colleague changed since stays");
            let three = d.save(1, 5, |s| s.contact = "c@d.fr".into()).await.unwrap();
            d.back(1, 6, one).await.unwrap();
            let clash = d.back(2, 6, two).await;
            assert!(matches!(clash, Err(Error::Refused(r)) if r == Refusal::CHANGED_MEANWHILE));
            let late = d.back(1, 16, three).await;
            assert!(matches!(late, Err(Error::Refused(r)) if r == TOO_LATE));
            assert_eq!(d.names().await.1, "c@d.fr");
            let told = "SELECT count(*) FROM activity WHERE kind = 'settings.undone'";
            assert_eq!(db::count(d.t.db.read(), told, args![]).await.unwrap(), 1);
        }
    }

    #[tokio::test]
    async fn the_password_of_the_mail_server_stands_in_no_second_place() {
        for engine in engines() {
            let t = TestDb::open(engine, MIGRATIONS).await;
            let d = Desk { t, start: Moment::new(clock().now(), Arc::new(SeededEntropy::new(4))) };
            assert_eq!(d.save(1, 0, |s| s.smtp.password = "grenadine".into()).await, None);
            assert_eq!(d.save(1, 1, |s| s.smtp.password = "menthe".into()).await, None);
            let both = |s: &mut Settings| {
                s.name = "Rivemont".into();
                s.smtp.password = "citron".into();
            };
            assert_eq!(d.save(1, 2, both).await, None);
            d.save(1, 3, |s| s.name = "Autrement".into()).await.unwrap();
            let kept = "SELECT before || after FROM settings_step";
            let kept: Vec<String> = db::column(d.t.db.read(), kept, args![]).await.unwrap();
            assert!(kept.len() == 1 && !kept[0].contains("citron") && !kept[0].contains("password"), "{kept:?}");
        }
    }

    #[test]
    fn only_what_a_change_made_is_put_back() {
        let before = Settings::default();
        for (own, edited) in [
            (true, Settings { source_url: "https://rivemont.example/source".into(), ..before.clone() }),
            (true, Settings { base_url: "https://rivemont.example".into(), ..before.clone() }),
            (false, Settings { name: "Rivemont".into(), ..before.clone() }),
        ] {
            assert_eq!(is_owners(&Value::Object(changed(&before, &edited).unwrap().1).to_string()), own);
        }
        let after = Settings { name: "Rivemont".into(), colour: "#123456".into(), ..before.clone() };
        let (old, new) = changed(&before, &after).unwrap();
        assert_eq!((old.len(), new.len()), (2, 2));
        assert!(changed(&after, &after).unwrap().1.is_empty());
        // Another section changed since: it stays.
        let now = Settings { contact: "a@b.fr".into(), ..after.clone() };
        let back = put_back(&now, old.clone(), &new).unwrap().unwrap();
        assert_eq!(back, Settings { contact: "a@b.fr".into(), ..before });
        // The same value changed since: nothing is put back.
        let now = Settings { colour: "#654321".into(), ..after };
        assert!(put_back(&now, old, &new).unwrap().is_none());
    }
}
