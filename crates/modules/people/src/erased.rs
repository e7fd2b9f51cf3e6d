//! Who was erased: keyed hashes of addresses, so that neither an older backup nor a file imported brings a person back.
//!
//! A hash says nothing to whoever lacks the instance's key. The hashes stand in the database and in the file
//! [`FILE`] of the data folder, which no backup holds: a backup made before an erasure does not know of it.

pub mod brought;

use std::{collections::BTreeMap, fs, io::Write, path::Path, sync::Arc};

use chrono::{DateTime, SecondsFormat, Utc};
use futures::future::BoxFuture;
use parvis_kernel::{
    Error, Result,
    app::App,
    args,
    context::Moment,
    db::{self, Tx},
    jobs::{self, Failure},
    module::Forget,
    secrets::Secrets,
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::{
    persons::{self, email_key},
    space::LAST_OWNER,
};

/// The file of the data folder that keeps the hashes.
pub const FILE: &str = "erased";
/// The job that writes it.
pub const JOB: &str = "people.erased";

/// An erasure, without whose it was.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Erased {
    /// Keyed hash of the address.
    pub hash: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether the texts went too.
    pub texts: bool,
}

impl Erased {
    fn how(&self) -> Forget {
        if self.texts { Forget::EraseTexts } else { Forget::KeepTexts }
    }
}

fn hash(secrets: &Secrets, email: &str) -> String {
    secrets.sign("erased", &email_key(email))
}

/// Whether the person of an address, or of a telephone number, was erased and has not come back by themselves since: an import
/// must leave them out. A number that somebody has is theirs.
///
/// # Errors
/// When the database refuses.
pub async fn is(c: &impl ConnectionTrait, secrets: &Secrets, email: &str) -> Result<bool> {
    let known = "SELECT count(*) FROM erased_key WHERE hash = $1";
    let has = "SELECT count(*) FROM person WHERE phone = $1 AND erased_at IS NULL AND merged_into IS NULL";
    Ok(db::count(c, known, args![hash(secrets, email)]).await? > 0
        && persons::by_email(c, email).await?.is_none()
        && db::count(c, has, args![email]).await? == 0)
}

/// Notes an erasure, in its transaction; the file follows.
///
/// # Errors
/// When the database refuses.
pub async fn note(tx: &Tx, app: &App, moment: &Moment, email: &str, how: Forget) -> Result<()> {
    let erased = Erased { hash: hash(&app.secrets, email), at: moment.now, texts: how == Forget::EraseTexts };
    keep(tx, &erased).await?;
    // Not the one that another erasure queued: it may run before this one is there.
    jobs::enqueue(tx, moment, JOB, &(), None, moment.now).await
}

async fn keep(tx: &Tx, erased: &Erased) -> Result<()> {
    db::run(
        tx,
        "INSERT INTO erased_key (hash, at, texts) VALUES ($1, $2, $3) \
         ON CONFLICT (hash) DO UPDATE SET at = excluded.at, texts = excluded.texts",
        args![erased.hash.clone(), erased.at, erased.texts],
    )
    .await?;
    Ok(())
}

/// The job: adds to the file what it lacks, and empties the log of the database, which still has what was erased.
pub fn write_file(app: Arc<App>, _: String) -> BoxFuture<'static, Result<(), Failure>> {
    Box::pin(async move {
        let all: Vec<Erased> = db::all(app.db.read(), "SELECT hash, at, texts FROM erased_key", vec![]).await?;
        append(&app.data_dir, &all).map_err(|e| Failure::Retry(format!("the file {FILE} can't be written: {e}")))?;
        if app.db.fold().await? { Ok(()) } else { Err(Failure::Retry("the database is being read".into())) }
    })
}

fn append(folder: &Path, all: &[Erased]) -> std::io::Result<()> {
    let known = read_file(folder)?;
    let lines: String = all
        .iter()
        .filter(|e| known.iter().all(|k| k != *e))
        .map(|e| {
            let at = e.at.to_rfc3339_opts(SecondsFormat::Micros, true);
            format!("{} {at} {}\n", e.hash, if e.texts { "texts" } else { "-" })
        })
        .collect();
    if lines.is_empty() {
        return Ok(());
    }
    let mut options = fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(folder.join(FILE))?;
    file.write_all(lines.as_bytes())?;
    file.sync_all()
}

/// The erasures that the file of a data folder knows; none without a file.
///
/// # Errors
/// When the file can't be read.
pub fn read_file(folder: &Path) -> std::io::Result<Vec<Erased>> {
    let text = match fs::read_to_string(folder.join(FILE)) {
        Ok(text) => text,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(e),
    };
    let line = |line: &str| {
        let mut words = line.split_whitespace();
        let (hash, at) = (words.next()?.to_owned(), words.next()?.parse().ok()?);
        Some(Erased { hash, at, texts: words.next() == Some("texts") })
    };
    Ok(text.lines().filter_map(line).collect())
}

/// Erases once more whoever was erased after a backup that was just restored. `secrets` are those of the restored
/// instance. Says how many.
///
/// # Errors
/// When the database refuses.
pub async fn again(app: &Arc<App>, secrets: &Secrets, list: Vec<Erased>) -> Result<usize> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        email: String,
        created_at: DateTime<Utc>,
    }
    let mut newest: BTreeMap<String, Erased> = BTreeMap::new();
    for erased in list {
        let known = newest.entry(erased.hash.clone()).or_insert_with(|| erased.clone());
        if known.at < erased.at {
            *known = erased;
        }
    }
    // The address of a sheet that was merged leads to the one that is kept.
    let sql = "SELECT coalesce(merged_into, id) AS id, email, created_at FROM person \
               WHERE email IS NOT NULL AND erased_at IS NULL";
    let rows: Vec<Row> = db::all(app.db.read(), sql, vec![]).await?;
    let (moment, mut n) = (app.moment(), 0);
    let back: BTreeMap<Uuid, Forget> = rows
        .into_iter()
        .filter_map(|r| {
            // Whoever came back after the erasure is somebody new.
            let erased = newest.get(&hash(secrets, &r.email)).filter(|e| e.at >= r.created_at)?;
            Some((r.id, erased.how()))
        })
        .collect();
    for (person, how) in back {
        let (app2, moment) = (app.clone(), moment.clone());
        let done = app
            .db
            .write(move |tx| {
                let (app, moment) = (app2.clone(), moment.clone());
                Box::pin(async move { crate::space::forget_person(tx, &app, &moment, person, how).await })
            })
            .await;
        match done {
            Ok(()) => n += 1,
            // Without an owner nobody could open the instance: said in the journal of the machine, done by hand.
            Err(Error::Refused(r)) if r == LAST_OWNER => {
                tracing::warn!(%person, "the last owner was erased after this backup and is not erased again");
            }
            Err(e) => return Err(e),
        }
    }
    let all: Vec<Erased> = newest.into_values().collect();
    app.db
        .write(move |tx| {
            let all = all.clone();
            Box::pin(async move {
                for erased in &all {
                    keep(tx, erased).await?;
                }
                Ok(())
            })
        })
        .await?;
    Ok(n)
}

#[cfg(test)]
mod tests {
    use parvis_testing::{Engine, TestApp, engines};
    use tokio::sync::Notify;

    use super::*;
    use crate::{People, SessionIdentity};

    async fn instance(engine: Engine) -> TestApp {
        parvis_testing::app(engine, vec![Arc::new(People)], Arc::new(SessionIdentity)).await
    }

    /// Notes an erasure, in a transaction that waits before its end for as long as it is told.
    async fn erase(app: Arc<App>, email: &'static str, noted: Arc<Notify>, ends: Option<Arc<Notify>>) {
        let shared = app.clone();
        let work = app.db.write(move |tx| {
            let (app, noted, ends) = (shared.clone(), noted.clone(), ends.clone());
            Box::pin(async move {
                note(tx, &app, &app.moment(), email, Forget::KeepTexts).await?;
                noted.notify_one();
                if let Some(ends) = ends {
                    ends.notified().await;
                }
                Ok(())
            })
        });
        work.await.unwrap();
    }

    fn in_file(t: &TestApp) -> usize {
        read_file(&t.app.data_dir).unwrap().len()
    }

    #[tokio::test]
    async fn two_erasures_at_once_are_both_in_the_file() {
        for engine in engines() {
            let t = instance(engine).await;
            let told = Arc::new(Notify::new());
            let one = erase(t.app.clone(), "lea@exemple.fr", told.clone(), None);
            let two = erase(t.app.clone(), "ana@exemple.fr", told.clone(), None);
            tokio::join!(one, two);
            jobs::run_due(&t.app).await.unwrap();
            assert_eq!(in_file(&t), 2, "{engine:?}");
        }
    }

    /// The job of another erasure runs while this one is not stored yet. SQLite has one writer: that job waits for it.
    #[tokio::test]
    async fn an_erasure_that_ends_after_the_job_of_another_is_in_the_file() {
        for engine in engines().into_iter().filter(|e| *e == Engine::Postgres) {
            let t = instance(engine).await;
            let (noted, ends) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
            erase(t.app.clone(), "lea@exemple.fr", noted.clone(), None).await;
            noted.notified().await;
            let late = tokio::spawn(erase(t.app.clone(), "ana@exemple.fr", noted.clone(), Some(ends.clone())));
            noted.notified().await;
            jobs::run_due(&t.app).await.unwrap();
            assert_eq!(in_file(&t), 1);
            ends.notify_one();
            late.await.unwrap();
            jobs::run_due(&t.app).await.unwrap();
            assert_eq!(in_file(&t), 2);
        }
    }

    #[test]
    fn the_file_keeps_each_erasure_once() {
        let folder = tempfile::tempdir().unwrap();
        assert!(read_file(folder.path()).unwrap().is_empty());
        let at = DateTime::from_timestamp(1_795_507_920, 123_456_000).unwrap();
        let one = Erased { hash: hash(&Secrets::new([7; 32]), " Lea@Exemple.fr "), at, texts: true };
        let two = Erased { hash: "b".into(), at, texts: false };
        append(folder.path(), std::slice::from_ref(&one)).unwrap();
        append(folder.path(), &[one.clone(), two.clone()]).unwrap();
        assert_eq!(read_file(folder.path()).unwrap(), [one.clone(), two]);
        assert_eq!(one.hash, hash(&Secrets::new([7; 32]), "lea@exemple.fr"));
        assert_ne!(one.hash, hash(&Secrets::new([8; 32]), "lea@exemple.fr"), "another instance, another hash");
        assert!(!fs::read_to_string(folder.path().join(FILE)).unwrap().contains('@'));
    }
}
