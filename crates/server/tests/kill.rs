//! The program killed in the middle of its work: nothing lost, nothing doubled, the same command ends it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

mod support;

use std::{
    fmt::Write as _,
    fs::{self, File},
    path::Path,
    process::{Command, Stdio},
    sync::Arc,
};

use parvis::compose::{self, Place};
use parvis_instance::keeping::work;
use parvis_kernel::{app::App, db};
use support::process::{Taken, each_once, kill, mail_server, parvis, queue, until};

async fn open(data: &Path) -> Arc<App> {
    let place = Place { data: data.to_owned(), database_url: None, listens_at: "http://localhost:8080".into() };
    compose::open(&place).await.unwrap()
}

async fn count(app: &App, sql: &str) -> i64 {
    db::count(app.db.read(), sql, vec![]).await.unwrap()
}

const ROWS: i64 = 6000;

#[tokio::test(flavor = "multi_thread")]
async fn an_import_killed_again_and_again_ends_as_if_nothing_had_been() {
    const STORED: &str = "SELECT count(*) FROM contribution";
    let dir = tempfile::tempdir().unwrap();
    let app = open(&dir.path().join("data")).await;
    let file = dir.path().join("idees.csv");
    let mut text = "id;titre;texte\n".to_owned();
    for i in 0..ROWS {
        writeln!(text, "{i};Idée {i};Il faudrait un banc à l’ombre au numéro {i} de la rue").unwrap();
    }
    fs::write(&file, text).unwrap();
    let import = || parvis(&dir.path().join("data"), &["import", file.to_str().unwrap()]);
    let mut halfway = 0;
    for _ in 0..3 {
        let before = count(&app, STORED).await;
        let mut child = import().stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        until("the import goes on", async || child.try_wait().unwrap().is_some() || count(&app, STORED).await > before)
            .await;
        kill(child);
        halfway += usize::from((1..ROWS).contains(&count(&app, STORED).await));
    }
    assert!(halfway > 0, "it was killed before its end");
    let last = |output: std::process::Output| {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().lines().last().unwrap().to_owned()
    };
    let said = last(import().output().unwrap());
    assert!(said.starts_with("6000 read, ") && said.ends_with(" 0 refused"), "{said}");
    for distinct in ["external_id", "number", "body"] {
        assert_eq!(count(&app, &format!("SELECT count(DISTINCT {distinct}) FROM contribution")).await, ROWS);
    }
    assert_eq!((count(&app, STORED).await, count(&app, "SELECT count(*) FROM project").await), (ROWS, 1));
    assert_eq!(last(import().output().unwrap()), "6000 read, 0 created, 0 updated, 0 refused");
    // What is found by search is what is there.
    let searched = "SELECT count(*) FROM contribution_search WHERE contribution_search MATCH 'banc'";
    assert_eq!(count(&app, searched).await, ROWS);
}

#[tokio::test(flavor = "multi_thread")]
async fn people_whose_import_is_killed_are_there_once_after_the_next() {
    const KNOWN: &str = "SELECT count(*) FROM person WHERE origin = 'import'";
    let dir = tempfile::tempdir().unwrap();
    let app = open(&dir.path().join("data")).await;
    let file = dir.path().join("gens.csv");
    let mut text = "Prénom;E-mail perso;tel;accord\n".to_owned();
    for i in 0..3000 {
        writeln!(text, "Personne {i};p{i}@courriel.example;;oui 12/03/2025").unwrap();
    }
    text.push_str("=1+1;zut;;\nÉva;eva@courriel.example;;oui 31/02/2025\n");
    fs::write(&file, text).unwrap();
    let import = |more: &[&str]| {
        let args = [&["import", "--people", file.to_str().unwrap()][..], more].concat();
        parvis(&dir.path().join("data"), &args)
    };
    let told = |output: std::process::Output| {
        let said = String::from_utf8(output.stdout).unwrap().lines().last().unwrap_or_default().to_owned();
        (output.status.success(), said, String::from_utf8(output.stderr).unwrap())
    };
    let (done, _, why) = told(import(&[]).output().unwrap());
    assert!(!done && why.contains("--origin"), "{why}");
    let (done, _, why) = told(import(&["--origin", "Adhésions 2025"]).output().unwrap());
    assert!(!done && why.contains("--not-official"), "{why}");
    let origin = ["--origin", "Adhésions 2025", "--not-official", "--set", "E-mail perso=email"];
    let (done, said, _) = told(import(&[&origin[..], &["--dry-run"]].concat()).output().unwrap());
    assert_eq!(
        (done, said.as_str(), count(&app, KNOWN).await),
        (true, "3002 read, 3000 created, 0 updated, 2 refused", 0)
    );
    let mut child = import(&origin).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    until("the import goes on", async || child.try_wait().unwrap().is_some() || count(&app, KNOWN).await > 0).await;
    kill(child);
    assert!((1..3000).contains(&count(&app, KNOWN).await), "it was killed before its end");
    assert!(told(import(&origin).output().unwrap()).0);
    let (done, said, why) = told(import(&origin).output().unwrap());
    assert_eq!((done, said.as_str()), (true, "3002 read, 0 created, 0 updated, 2 refused"));
    assert!(why.contains("31/02/2025") && why.contains("3003"), "{why}");
    assert_eq!((count(&app, KNOWN).await, count(&app, "SELECT count(*) FROM consent").await), (3000, 3000));
    let (done, _, why) = told(import(&["--origin", "x", "--not-official", "--set", "tel=zut"]).output().unwrap());
    assert!(!done && why.contains("accord-day"), "{why}");
}

#[tokio::test(flavor = "multi_thread")]
async fn mails_cut_off_three_times_go_out_once_each_or_are_said_to_be_uncertain() {
    const MAILS: usize = 80;
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
    fill(&app).await;
    let all = dir.path().join("tout.zip");
    let export = || parvis(&data, &["export", "--all", all.to_str().unwrap()]);
    let mut child = export().stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let part = all.with_extension("part");
    until("the export begins", async || part.exists() || child.try_wait().unwrap().is_some()).await;
    kill(child);
    assert!(part.exists() && !all.exists(), "cut off in the middle: nothing has its name");
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

/// Enough to write that it takes a while.
async fn fill(app: &Arc<App>) {
    let sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000) \
               INSERT INTO rate (bucket, window_start, hits) SELECT 'remplissage:' || i, $1, 1 FROM n";
    let at = app.clock.now();
    app.db.write(move |tx| Box::pin(async move { db::run(tx, sql, vec![at.into()]).await })).await.unwrap();
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
