//! The program killed in the middle of its work: nothing lost, nothing doubled, the same command ends it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

mod support;

use std::{
    fmt::Write as _,
    fs::{self, File},
    path::Path,
    process::{Child, Command, Stdio},
    sync::Arc,
};

use parvis::compose::{self, Place};
use parvis_instance::keeping::work;
use parvis_kernel::{app::App, args, db, permission::Role, words::Lang};
use parvis_participation::{
    desk::{
        lots::{
            Act, Detail, State, job,
            store::{self as lots, Chosen, NewLot},
        },
        queue::{Filter, Tab},
    },
    follows,
    ideas::{
        Status,
        store::{self as ideas, New},
    },
    projects,
};
use parvis_people::persons;
use support::process::{Taken, each_once, kill, mail_server, parvis, queue, until};
use uuid::Uuid;

async fn open(data: &Path) -> Arc<App> {
    let place = Place { data: data.to_owned(), database_url: None, listens_at: "http://localhost:8080".into() };
    compose::open(&place).await.unwrap()
}

async fn count(app: &App, sql: &str) -> i64 {
    db::count(app.db.read(), sql, vec![]).await.unwrap()
}

fn quiet(mut command: Command) -> Child {
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Kills a program as soon as it got further. Says whether that was before its end, which is `all`.
async fn cut(mut child: Child, app: &App, done: &str, all: i64) -> bool {
    let before = count(app, done).await;
    until("it goes on", async || child.try_wait().unwrap().is_some() || count(app, done).await > before).await;
    kill(child);
    (before + 1..all).contains(&count(app, done).await)
}

/// Tries with this much work, and with twice as much where the machine was done before it could be killed.
async fn cut_midway<T>(mut work: i64, attempt: impl AsyncFn(i64) -> Option<T>) -> T {
    for _ in 0..4 {
        if let Some(left) = attempt(work).await {
            return left;
        }
        work *= 2;
    }
    panic!("it ends faster than it can be killed");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_killed_again_and_again_ends_as_if_nothing_had_been() {
    const STORED: &str = "SELECT count(*) FROM contribution";
    let (dir, app, rows) = cut_midway(6000, async |rows| {
        let dir = tempfile::tempdir().unwrap();
        let app = open(&dir.path().join("data")).await;
        let mut text = "id;titre;texte\n".to_owned();
        for i in 0..rows {
            writeln!(text, "{i};Idée {i};Il faudrait un banc à l’ombre au numéro {i} de la rue").unwrap();
        }
        let file = dir.path().join("idees.csv");
        fs::write(&file, text).unwrap();
        for _ in 0..3 {
            let import = parvis(&dir.path().join("data"), &["import", file.to_str().unwrap()]);
            if !cut(quiet(import), &app, STORED, rows).await {
                return None;
            }
        }
        Some((dir, app, rows))
    })
    .await;
    let file = dir.path().join("idees.csv");
    let import = || parvis(&dir.path().join("data"), &["import", file.to_str().unwrap()]);
    let last = |output: std::process::Output| {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().lines().last().unwrap().to_owned()
    };
    let said = last(import().output().unwrap());
    assert!(said.starts_with(&format!("{rows} read, ")) && said.ends_with(" 0 refused"), "{said}");
    for distinct in ["external_id", "number", "body"] {
        assert_eq!(count(&app, &format!("SELECT count(DISTINCT {distinct}) FROM contribution")).await, rows);
    }
    assert_eq!((count(&app, STORED).await, count(&app, "SELECT count(*) FROM project").await), (rows, 1));
    assert_eq!(last(import().output().unwrap()), format!("{rows} read, 0 created, 0 updated, 0 refused"));
    // What is found by search is what is there.
    let searched = "SELECT count(*) FROM contribution_search WHERE contribution_search MATCH 'banc'";
    assert_eq!(count(&app, searched).await, rows);
}

/// A file of so many people that can be taken, and two that can't.
fn people(file: &Path, rows: i64) {
    let mut text = "Prénom;E-mail perso;tel;accord\n".to_owned();
    for i in 0..rows {
        writeln!(text, "Personne {i};p{i}@courriel.example;;oui 12/03/2025").unwrap();
    }
    text.push_str("=1+1;zut;;\nÉva;eva@courriel.example;;oui 31/02/2025\n");
    fs::write(file, text).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn people_whose_import_is_killed_are_there_once_after_the_next() {
    const KNOWN: &str = "SELECT count(*) FROM person WHERE origin = 'import'";
    let origin = ["--origin", "Adhésions 2025", "--not-official", "--set", "E-mail perso=email"];
    let import = |dir: &Path, more: &[&str]| {
        let file = dir.join("gens.csv");
        parvis(&dir.join("data"), &[&["import", "--people", file.to_str().unwrap()][..], more].concat())
    };
    let told = |output: std::process::Output| {
        let said = String::from_utf8(output.stdout).unwrap().lines().last().unwrap_or_default().to_owned();
        (output.status.success(), said, String::from_utf8(output.stderr).unwrap())
    };
    let (dir, app, rows) = cut_midway(3000, async |rows| {
        let dir = tempfile::tempdir().unwrap();
        let app = open(&dir.path().join("data")).await;
        people(&dir.path().join("gens.csv"), rows);
        let (done, said, _) = told(import(dir.path(), &[&origin[..], &["--dry-run"]].concat()).output().unwrap());
        assert_eq!((done, said), (true, format!("{} read, {rows} created, 0 updated, 2 refused", rows + 2)));
        assert_eq!(count(&app, KNOWN).await, 0);
        cut(quiet(import(dir.path(), &origin)), &app, KNOWN, rows).await.then_some((dir, app, rows))
    })
    .await;
    let import = |more: &[&str]| import(dir.path(), more);
    let (done, _, why) = told(import(&[]).output().unwrap());
    assert!(!done && why.contains("--origin"), "{why}");
    let (done, _, why) = told(import(&["--origin", "Adhésions 2025"]).output().unwrap());
    assert!(!done && why.contains("--not-official"), "{why}");
    assert!(told(import(&origin).output().unwrap()).0);
    let (done, said, why) = told(import(&origin).output().unwrap());
    assert_eq!((done, said), (true, format!("{} read, 0 created, 0 updated, 2 refused", rows + 2)));
    assert!(why.contains("31/02/2025") && why.contains(&(rows + 3).to_string()), "{why}");
    assert_eq!((count(&app, KNOWN).await, count(&app, "SELECT count(*) FROM consent").await), (rows, rows));
    let (done, _, why) = told(import(&["--origin", "x", "--not-official", "--set", "tel=zut"]).output().unwrap());
    assert!(!done && why.contains("accord-day"), "{why}");
}

#[tokio::test(flavor = "multi_thread")]
async fn mails_cut_off_three_times_go_out_once_each_or_are_said_to_be_uncertain() {
    // A mail takes the server five milliseconds: a second is left between the third kill and the last of them.
    const MAILS: usize = 240;
    const KILLS: usize = 3;
    let dir = tempfile::tempdir().unwrap();
    let app = open(dir.path()).await;
    let taken = Taken::default();
    let port = mail_server(taken.clone()).await;
    queue(&app, port, MAILS).await;
    let worker = || parvis(dir.path(), &["worker"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    for _ in 0..KILLS {
        let before = taken.lock().unwrap().len();
        let child = worker();
        until("mails leave", async || taken.lock().unwrap().len() >= before + 8).await;
        kill(child);
    }
    assert!(taken.lock().unwrap().len() < MAILS, "it was killed before its end");
    let child = worker();
    until("the queue empties", async || count(&app, "SELECT count(*) FROM mail WHERE state = 'waiting'").await == 0)
        .await;
    kill(child);
    let uncertain = each_once(&app, &taken, MAILS).await;
    assert!(uncertain <= KILLS + 1, "{uncertain} uncertain for {} kills", KILLS + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_and_a_backup_that_are_cut_leave_nothing_that_looks_whole() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let app = open(&data).await;
    let all = dir.path().join("tout.zip");
    let export = || parvis(&data, &["export", "--all", all.to_str().unwrap()]);
    let part = all.with_extension("part");
    cut_midway(60_000, async |rows| {
        fill(&app, rows).await;
        let mut child = quiet(export());
        until("the export begins", async || part.exists() || child.try_wait().unwrap().is_some()).await;
        kill(child);
        // Whole, or nothing has its name.
        assert!(part.exists() != all.exists());
        fs::remove_file(&all).is_err().then_some(())
    })
    .await;
    let said = export().output().unwrap();
    assert!(said.status.success() && all.exists() && !part.exists(), "{}", String::from_utf8_lossy(&said.stderr));

    // The backup of the night: cut off, then its job is given up for lost; the next one clears what it left.
    let folder = data.join("backups");
    let files = |end: &str| {
        let all = fs::read_dir(&folder).into_iter().flatten().map(|e| e.unwrap().file_name().into_string().unwrap());
        all.filter(|n| n.starts_with("parvis-") && n.ends_with(end)).count()
    };
    work::ask(&app, "schedule").await.unwrap().unwrap();
    let worker = || parvis(&data, &["worker"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let child = worker();
    until("the backup begins", async || files(".part") > 0).await;
    kill(child);
    assert_eq!((files(".zip"), files(".part")), (0, 1));
    let late = "UPDATE backup SET started_at = $1";
    let long_ago = app.clock.now() - chrono::TimeDelta::days(2);
    app.db.write(move |tx| Box::pin(async move { db::run(tx, late, vec![long_ago.into()]).await })).await.unwrap();
    app.db.write(|tx| Box::pin(async { db::run(tx, "DELETE FROM job", vec![]).await })).await.unwrap();
    work::ask(&app, "schedule").await.unwrap().unwrap();
    let child = worker();
    until("the next one ends", async || count(&app, "SELECT count(*) FROM backup WHERE state = 'done'").await == 1)
        .await;
    kill(child);
    assert_eq!((files(".zip"), files(".part")), (1, 0));
}

/// So much to write that it takes a while.
async fn fill(app: &Arc<App>, rows: i64) {
    let sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $2) \
               INSERT INTO rate (bucket, window_start, hits) SELECT 'remplissage:' || i, $1, 1 FROM n \
               WHERE true ON CONFLICT DO NOTHING";
    let at = app.clock.now();
    app.db.write(move |tx| Box::pin(async move { db::run(tx, sql, args![at, rows]).await })).await.unwrap();
}

/// So many ideas with a follower each, and an official answer to all of them for the worker to give.
async fn to_answer(app: &Arc<App>, number: i64) {
    let (moment, settings) = (app.moment(), app.settings().await.unwrap());
    app.db
        .write(move |tx| {
            let (moment, settings) = (moment.clone(), settings.clone());
            Box::pin(async move {
                projects::first::open(tx, &moment, &settings).await?;
                let project: Uuid = db::scalar(tx, "SELECT id FROM project", args![]).await?.unwrap();
                let ana = persons::ensure(tx, &moment, "ana@rivemont.example", "Ana", Lang::Fr).await?.id;
                persons::set_role(tx, ana, Some(&Role::Administrator)).await?;
                for i in 0..number {
                    let address = format!("p{i}@rivemont.example");
                    let author = persons::ensure(tx, &moment, &address, "", Lang::Fr).await?.id;
                    let new = New::idea(project, author, format!("Un banc au numéro {i}"), Status::Proposed);
                    let stored = ideas::insert(tx, &moment, &New { author: Some(author), ..new }).await?;
                    follows::begin(tx, &moment, stored.id, author, "J’accepte", "idea_form").await?;
                }
                let detail = Detail {
                    status: Status::Accepted.code().into(),
                    decision: "Retenue".into(),
                    body: "Le banc sera posé au printemps.".into(),
                    ..Detail::default()
                };
                let chosen = Chosen::Matching(Box::new(Filter { lang: "fr", ..Filter::default() }), Tab::Answer);
                let new = NewLot { act: Act::Answer, detail, person: None, chosen };
                let lot = lots::create(tx, &moment, ana, &new).await?;
                lots::set_state(tx, &lots::find(tx, lot).await?, State::Running, moment.now).await?;
                job::enqueue(tx, &moment, lot).await
            })
        })
        .await
        .unwrap();
}

/// What a dead worker held is free.
async fn free(app: &Arc<App>) {
    let sql = "UPDATE job SET locked_until = $1 WHERE kind = 'participation.lot' AND state = 'running'";
    let past = app.clock.now() - chrono::TimeDelta::seconds(1);
    app.db.write(move |tx| Box::pin(async move { db::run(tx, sql, args![past]).await })).await.unwrap();
}

/// The ten minutes of the undo are over. A look first: whoever writes makes the worker wait.
async fn hurry(app: &Arc<App>) {
    let now = app.clock.now();
    let held = "mail WHERE state = 'waiting' AND send_after > $1";
    if db::count(app.db.read(), &format!("SELECT count(*) FROM {held}"), args![now]).await.unwrap() == 0 {
        return;
    }
    let sql = "UPDATE mail SET send_after = $1 WHERE state = 'waiting' AND send_after > $1";
    app.db.write(move |tx| Box::pin(async move { db::run(tx, sql, args![now]).await })).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bulk_answer_killed_three_times_answers_each_once_and_mails_each_once() {
    const ANSWERED: &str = "SELECT count(*) FROM lot_item WHERE state = 'done'";
    const LEFT: &str = "SELECT (SELECT count(*) FROM lot WHERE state = 'running') + \
                        (SELECT count(*) FROM mail WHERE state = 'waiting')";
    const KILLS: usize = 3;
    let (dir, app, taken, number) = cut_midway(700, async |number| {
        let dir = tempfile::tempdir().unwrap();
        let app = open(dir.path()).await;
        let taken = Taken::default();
        queue(&app, mail_server(taken.clone()).await, 0).await;
        to_answer(&app, number).await;
        for _ in 0..KILLS {
            if !cut(quiet(parvis(dir.path(), &["worker"])), &app, ANSWERED, number).await {
                return None;
            }
            free(&app).await;
            // So that the next one is killed while it sends, too.
            hurry(&app).await;
        }
        Some((dir, app, taken, number))
    })
    .await;
    let child = quiet(parvis(dir.path(), &["worker"]));
    until("all is answered and told", async || {
        hurry(&app).await;
        count(&app, LEFT).await == 0
    })
    .await;
    kill(child);
    assert_eq!(count(&app, ANSWERED).await, number);
    for once in [
        "SELECT count(*) FROM answer",
        "SELECT count(DISTINCT contribution_id) FROM answer",
        "SELECT count(*) FROM contribution WHERE status = 'accepted' AND version = 2",
        "SELECT count(*) FROM status_change WHERE status = 'accepted'",
        "SELECT count(DISTINCT recipient) FROM mail",
    ] {
        assert_eq!(count(&app, once).await, number, "{once}");
    }
    assert_eq!(count(&app, "SELECT count(*) FROM activity WHERE kind = 'lot.done'").await, 1);
    let uncertain = each_once(&app, &taken, usize::try_from(number).unwrap()).await;
    assert!(uncertain <= KILLS + 1, "{uncertain} uncertain for {} kills", KILLS + 1);
}

/// A file of two gigabytes takes no room on the disk here, and none in memory.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_file_that_is_none_is_refused_without_reading_it_whole() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("data");
    let make = |name: &str, bytes: &[u8]| fs::write(dir.path().join(name), bytes).unwrap();
    File::create(dir.path().join("enorme.csv")).unwrap().set_len(2 << 30).unwrap();
    File::create(dir.path().join("creux.csv")).unwrap().set_len(200 << 20).unwrap();
    make("vide.csv", b"");
    make("image.csv", &[b"\x89PNG\r\n\x1a\n".as_slice(), &[0, 1, 2, 3, 0xfe, 0xff].repeat(50_000)].concat());
    make("guillemet.csv", ["id;texte\n1;\"", &"jamais fermé ".repeat(100_000)].concat().as_bytes());
    for name in ["enorme.csv", "creux.csv", "vide.csv", "image.csv", "guillemet.csv"] {
        // Memory limited to 1.5 GB, so that whoever reads it whole dies.
        let limited = "ulimit -v 1500000; exec \"$0\" \"$@\"";
        let output = Command::new("sh")
            .args(["-c", limited, env!("CARGO_BIN_EXE_parvis"), "import"])
            .arg(dir.path().join(name))
            .arg("--data")
            .arg(&data)
            .env_remove("PARVIS_DATABASE_URL")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let end = String::from_utf8_lossy(&output.stdout).lines().last().unwrap_or_default().to_owned();
        let refused = output.status.code() == Some(2) && said.contains(name);
        assert!(refused || end.contains(" 0 created, 0 updated"), "{name}: {:?} {said} {end}", output.status);
    }
    assert_eq!(count(&*open(&data).await, "SELECT count(*) FROM contribution").await, 0);
}
