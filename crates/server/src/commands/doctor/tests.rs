//! What `parvis doctor` says of each trouble, and what to do about it.

use std::{net::TcpListener, time::SystemTime};

use parvis_instance::keeping::store as backups;
use parvis_kernel::{db::Tx, settings};
use parvis_testing::{Engine, TestApp, engines};
use uuid::Uuid;

use super::*;
use crate::commands::tests::instance;

/// What may be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trouble {
    ClockEarly,
    ClockBack,
    ClockAlone,
    FolderOpen,
    FolderReadOnly,
    DatabaseDamaged,
    DatabaseOld,
    MailAway,
    MailWaits,
    MailFailed,
    MailUncertain,
    BackupNone,
    BackupOld,
    BackupFailed,
    JobsFailed,
    JobsLate,
}

/// What is said in French and in English: what is wrong, and the remedy.
const TABLE: [(Trouble, [&str; 2], [&str; 2]); 16] = [
    (Trouble::ClockEarly, ["Horloge", "Réglez l’heure"], ["Clock", "Set the machine’s time"]),
    (Trouble::ClockBack, ["Horloge", "Réglez l’heure"], ["Clock", "Set the machine’s time"]),
    (
        Trouble::ClockAlone,
        ["aucun serveur de temps", "timedatectl timesync-status"],
        ["no time server", "timedatectl timesync-status"],
    ),
    (Trouble::FolderOpen, ["d’autres comptes", "chmod 700"], ["other accounts", "chmod 700"]),
    (
        Trouble::FolderReadOnly,
        ["ne peut pas y écrire", "Changez son propriétaire"],
        ["can’t write", "Change its owner"],
    ),
    (Trouble::DatabaseDamaged, ["elle est abîmée", "Restaurez la dernière"], ["it is damaged", "Restore the last"]),
    (Trouble::DatabaseOld, ["pas à jour", "Relancez Parvis"], ["not up to date", "Start Parvis again"]),
    (Trouble::MailAway, ["127.0.0.1 ne prend rien", "Vérifiez l’adresse"], ["takes nothing", "Check the address"]),
    (Trouble::MailWaits, ["1 message attend", "Réglez-le"], ["1 message waits", "Set it in"]),
    (Trouble::MailFailed, ["n’est pas parti", "Regardez pourquoi"], ["did not leave", "See why"]),
    (Trouble::MailUncertain, ["peut-être parti", "Décidez-en"], ["may have left", "Decide"]),
    (Trouble::BackupNone, ["il n’y en a aucune", "parvis backup"], ["there is none", "parvis backup"]),
    (Trouble::BackupOld, ["a 12 jours", "parvis backup"], ["is 12 days old", "parvis backup"]),
    (Trouble::BackupFailed, ["la dernière a échoué", "Voyez pourquoi"], ["the last one failed", "See why"]),
    (Trouble::JobsFailed, ["1 a échoué", "les journaux"], ["1 failed", "logs"]),
    (Trouble::JobsLate, ["plus d’une heure", "Parvis tourne-t-il"], ["over an hour", "Is Parvis running"]),
];

async fn run(t: &TestApp, sql: &'static str, args: Vec<sea_orm::Value>) {
    t.app
        .db
        .write(move |tx: &Tx| {
            let args = args.clone();
            Box::pin(async move { db::run(tx, sql, args).await })
        })
        .await
        .unwrap();
}

async fn mail_of(t: &TestApp, state: &'static str) {
    let sql = "INSERT INTO mail (id, dedupe, kind, recipient, subject, body_text, body_html, state, send_after, created_at) \
               VALUES ($1, 'x', 'answer', 'lea@exemple.fr', 'x', 'x', 'x', $2, $3, $3)";
    run(t, sql, args![Uuid::nil(), state, parvis_testing::start() - TimeDelta::hours(1)]).await;
}

async fn job_of(t: &TestApp, state: &'static str) {
    let sql = "INSERT INTO job (id, kind, payload, state, run_at, created_at) VALUES ($1, 'x', '', $2, $3, $3)";
    run(t, sql, args![Uuid::nil(), state, parvis_testing::start() - TimeDelta::hours(2)]).await;
}

/// A backup in its folder, made so many days before the time of the test.
fn backup_of(t: &TestApp, days: i64) {
    let folder = t.app.data_dir.join(work::FOLDER);
    fs::create_dir_all(&folder).unwrap();
    let file = fs::File::create(folder.join("nuit.zip")).unwrap();
    file.set_modified(SystemTime::from(parvis_testing::start() - TimeDelta::days(days))).unwrap();
}

/// A row that its table forbids, as a bad disk would leave. Bytes of the file itself would stay unseen behind the log and
/// the pages that each connection keeps.
async fn spoil(t: &TestApp) {
    let write = t.app.db.write(|tx: &Tx| {
        Box::pin(async move {
            db::run(tx, "PRAGMA ignore_check_constraints = ON", vec![]).await?;
            let sql = "INSERT INTO refused_address (address, code, reason, at) VALUES ('x', 1, 'unknown', '')";
            db::run(tx, sql, vec![]).await?;
            db::run(tx, "PRAGMA ignore_check_constraints = OFF", vec![]).await
        })
    });
    write.await.unwrap();
}

/// Where systemd would say whether a time server answered. The machine of the test has no say.
fn timesync(t: &TestApp) -> std::path::PathBuf {
    t.dir.path().join("timesync")
}

/// An instance without trouble: a private folder, a backup of last night.
async fn healthy() -> TestApp {
    let t = instance(Engine::Sqlite).await;
    #[cfg(unix)]
    fs::set_permissions(t.dir.path(), std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    backup_of(&t, 1);
    t
}

async fn bring(t: &mut TestApp, trouble: Trouble) {
    match trouble {
        Trouble::ClockEarly => t.clock.advance(TimeDelta::days(-600)),
        Trouble::ClockBack => {
            let sql = "INSERT INTO activity (id, at, kind, subject_kind, detail) VALUES ($1, $2, 'x', 'x', '')";
            run(t, sql, args![Uuid::nil(), parvis_testing::start() + TimeDelta::hours(1)]).await;
        }
        Trouble::ClockAlone => fs::create_dir(timesync(t)).unwrap(),
        Trouble::FolderOpen => {
            #[cfg(unix)]
            fs::set_permissions(t.dir.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        }
        // A folder that is gone takes no file, not even of root.
        Trouble::FolderReadOnly => {
            Arc::get_mut(&mut t.app).unwrap().data_dir = t.dir.path().join("parti");
        }
        Trouble::DatabaseDamaged => spoil(t).await,
        Trouble::DatabaseOld => run(t, "DELETE FROM migration WHERE id LIKE 'people/%'", vec![]).await,
        Trouble::MailAway => {
            // A port that nobody listens at any more.
            let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
            t.app
                .db
                .write(move |tx| {
                    Box::pin(async move {
                        settings::change(tx, |s| {
                            s.smtp.host = "127.0.0.1".into();
                            s.smtp.port = port;
                        })
                        .await
                    })
                })
                .await
                .unwrap();
            t.app.store.forget().await;
        }
        Trouble::MailWaits => mail_of(t, "waiting").await,
        Trouble::MailFailed => mail_of(t, "failed").await,
        Trouble::MailUncertain => mail_of(t, "sending").await,
        Trouble::BackupNone => fs::remove_dir_all(t.app.data_dir.join(work::FOLDER)).unwrap(),
        Trouble::BackupOld => backup_of(t, 12),
        Trouble::BackupFailed => {
            t.write(|tx, _, moment| {
                Box::pin(async move {
                    let id = backups::begin(tx, &moment, "hand").await?.expect("begun");
                    backups::failed(tx, id, moment.now, "disk").await
                })
            })
            .await;
        }
        Trouble::JobsFailed => job_of(t, "failed").await,
        Trouble::JobsLate => job_of(t, "queued").await,
    }
}

fn says(lines: &[Line], words: [&str; 2]) -> bool {
    // The spaces of French typography are spaces.
    let plain = |text: &str| text.replace(['\u{a0}', '\u{202f}'], " ");
    lines.iter().any(|l| !l.ok && words.iter().all(|w| plain(&l.words).contains(w)))
}

#[tokio::test]
async fn each_trouble_is_named_with_its_remedy() {
    for (trouble, fr, en) in TABLE {
        let mut t = healthy().await;
        let before = lines_on(&t.app, Lang::Fr, &timesync(&t)).await.unwrap();
        assert!(before.iter().all(|l| l.ok), "nothing is wrong yet: {before:?}");
        bring(&mut t, trouble).await;
        for (lang, words) in [(Lang::Fr, fr), (Lang::En, en)] {
            let found = lines_on(&t.app, lang, &timesync(&t)).await.unwrap();
            assert!(says(&found, words), "{trouble:?} in {lang:?}: {found:?}");
            assert!(found.iter().all(|l| !l.words.contains('⟦')), "{trouble:?}: {found:?}");
        }
    }
}

/// The clock of a test stands still: it is set to that of PostgreSQL, then away from it.
#[tokio::test]
async fn a_clock_away_from_that_of_the_database_is_named() {
    if !engines().contains(&Engine::Postgres) {
        return;
    }
    let t = instance(Engine::Postgres).await;
    let clock = async |lang| {
        let all = lines_on(&t.app, lang, &timesync(&t)).await.unwrap();
        all.into_iter().filter(|l| l.words.contains(" UTC")).collect::<Vec<_>>()
    };
    let theirs: DateTime<Utc> =
        db::scalar(t.app.db.read(), "SELECT clock_timestamp()", vec![]).await.unwrap().expect("a time");
    t.clock.advance(theirs - parvis_testing::start());
    assert!(clock(Lang::Fr).await.iter().all(|l| l.ok));
    for (by, fr, en) in [(600, "en avance de", "ahead of"), (-1200, "en retard de", "behind that")] {
        t.clock.advance(TimeDelta::seconds(by));
        assert!(says(&clock(Lang::Fr).await, [fr, "timedatectl set-ntp true"]), "{by}");
        assert!(says(&clock(Lang::En).await, [en, "timedatectl set-ntp true"]), "{by}");
    }
}

#[tokio::test]
async fn a_full_disk_is_named_with_what_is_left() {
    let t = healthy().await;
    for (free, attention) in [(Some(3 << 20), 1), (Some(LITTLE_ROOM), 0), (None, 0)] {
        for (lang, words) in [(Lang::Fr, ["Disque", "Faites de la place"]), (Lang::En, ["Disk", "Make room"])] {
            let mut report = Report { app: &t.app, lang, now: t.app.clock.now(), lines: Vec::new() };
            disk(&mut report, free);
            assert_eq!(report.lines.iter().filter(|l| !l.ok).count(), attention, "{free:?}");
            assert_eq!(says(&report.lines, words), attention == 1, "{free:?}: {:?}", report.lines);
        }
    }
}

/// Only root can give a file away: anybody else who runs this test says so.
#[cfg(unix)]
#[tokio::test]
async fn the_doctor_finds_what_a_command_of_another_account_left() {
    let t = instance(Engine::Sqlite).await;
    fs::set_permissions(t.dir.path(), std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    let folder = t.dir.path().join("backups");
    fs::create_dir(&folder).unwrap();
    let left = folder.join("a.zip");
    fs::write(&left, "").unwrap();
    let said = async || lines(&t.app, Lang::Fr).await.unwrap().swap_remove(0);
    assert!(said().await.ok, "{:?}", said().await);
    if std::os::unix::fs::chown(&left, Some(12_345), None).is_err() {
        println!("SKIPPED: only root can give a file away");
        return;
    }
    let line = said().await;
    assert!(!line.ok && line.words.contains("a.zip") && line.words.contains("chown -R"), "{line:?}");
}
