//! The program killed in the middle of its work, on both databases: nothing lost, nothing doubled, the same command ends it.

use std::{
    fmt::Write as _,
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::Arc,
};

use parvis::compose::{self, Place};
use parvis_instance::keeping::work;
use parvis_kernel::{app::App, args, db, permission::Role, settings, url::encode, words::Lang};
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
};
use parvis_people::{persons, sessions};
use parvis_testing::{Engine, TestDb, engines};
use tempfile::TempDir;
use uuid::Uuid;

use crate::support::{
    first_project,
    process::{Server, Taken, Visitor, each_once, kill, mail_server, parvis, queue, until},
};

/// An instance of its own: a folder, and on PostgreSQL a schema.
struct Home {
    dir: TempDir,
    url: Option<String>,
    app: Arc<App>,
}

impl Home {
    async fn open(engine: Engine) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let url = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(TestDb::bare(engine).await.url),
        };
        let (data, listens_at) = (dir.path().join("data"), "http://localhost:8080".into());
        let app = compose::open(&Place { data, database_url: url.clone(), listens_at }).await.unwrap();
        Self { dir, url, app }
    }

    /// A file beside the data folder.
    fn file(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// The program with these arguments, on this instance.
    fn parvis(&self, args: &[&str]) -> Command {
        let mut command = parvis(&self.file("data"), args);
        if let Some(url) = &self.url {
            command.env("PARVIS_DATABASE_URL", url);
        }
        command
    }

    fn worker(&self) -> Child {
        quiet(self.parvis(&["worker"]))
    }

    /// A process that serves it.
    async fn serve(&self) -> Server {
        let mut command = self.parvis(&["serve", "--address", "127.0.0.1", "--port", "0"]);
        Server::of(command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()).await
    }
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
    for engine in engines() {
        let (home, rows) = cut_midway(6000, async |rows| {
            let home = Home::open(engine).await;
            fs::write(home.file("idees.csv"), ideas_file(rows)).unwrap();
            for _ in 0..3 {
                let import = home.parvis(&["import", home.file("idees.csv").to_str().unwrap()]);
                if !cut(quiet(import), &home.app, STORED, rows).await {
                    return None;
                }
            }
            Some((home, rows))
        })
        .await;
        let import = || home.parvis(&["import", home.file("idees.csv").to_str().unwrap()]);
        let last = |output: std::process::Output| {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            String::from_utf8(output.stdout).unwrap().lines().last().unwrap().to_owned()
        };
        let said = last(import().output().unwrap());
        assert!(said.starts_with(&format!("{rows} read, ")) && said.ends_with(" 0 refused"), "{said}");
        each_row_once(&home.app, engine, rows).await;
        assert_eq!(last(import().output().unwrap()), format!("{rows} read, 0 created, 0 updated, 0 refused"));
    }
}

/// Contributions that are there.
const STORED: &str = "SELECT count(*) FROM contribution";

/// A file of so many ideas.
fn ideas_file(rows: i64) -> String {
    let mut text = "id;titre;texte\n".to_owned();
    for i in 0..rows {
        writeln!(text, "{i};Idée {i};Il faudrait un banc à l’ombre au numéro {i} de la rue").unwrap();
    }
    text
}

/// Each of its ideas is there once, in one project, and is found by search.
async fn each_row_once(app: &App, engine: Engine, rows: i64) {
    for distinct in ["external_id", "number", "body"] {
        assert_eq!(count(app, &format!("SELECT count(DISTINCT {distinct}) FROM contribution")).await, rows);
    }
    assert_eq!((count(app, STORED).await, count(app, "SELECT count(*) FROM project").await), (rows, 1));
    let searched = match engine {
        Engine::Sqlite => "SELECT count(*) FROM contribution_search WHERE contribution_search MATCH 'banc'",
        Engine::Postgres => "SELECT count(*) FROM contribution WHERE search @@ to_tsquery('simple', 'banc')",
    };
    assert_eq!(count(app, searched).await, rows);
}

/// What a dead process held is free: the work of a job is given up after minutes, that of a file after one.
async fn given_up(app: &Arc<App>) {
    let past = app.clock.now() - chrono::TimeDelta::minutes(5);
    app.db
        .write(move |tx| {
            Box::pin(async move {
                db::run(tx, "UPDATE job SET locked_until = $1 WHERE state = 'running'", args![past]).await?;
                db::run(tx, "UPDATE import_file SET beat_at = $1 WHERE state = 'running'", args![past]).await
            })
        })
        .await
        .unwrap();
}

/// A browser in which an owner is signed in.
async fn owner(app: &Arc<App>) -> Visitor {
    let moment = app.moment();
    let write = app.db.write(move |tx| {
        let moment = moment.clone();
        Box::pin(async move {
            settings::change(tx, |s| s.set_up_at = Some(moment.now)).await?;
            let ines = persons::ensure(tx, &moment, "ines@rivemont.example", "Inès", Lang::Fr).await?;
            persons::set_role(tx, ines.id, Some(&Role::Owner)).await?;
            sessions::open(tx, &moment, ines.id, "Firefox, Linux").await
        })
    });
    Visitor { cookies: [("parvis_session".to_owned(), write.await.unwrap())].into(), token: String::new() }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_of_the_desk_goes_on_when_the_server_that_was_killed_starts_again() {
    const STATE: &str = "SELECT count(*) FROM import_file WHERE state = 'done'";
    for engine in engines() {
        let (home, rows) = cut_midway(6000, async |rows| {
            let home = Home::open(engine).await;
            let mut ines = owner(&home.app).await;
            let server = home.serve().await;
            assert_eq!(ines.get(&server, "/equipe/importer").await.status, 200);
            let part = "--x\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"idees.csv\"\r\n\r\n";
            let body = format!("{part}{}\r\n--x--\r\n", ideas_file(rows));
            let head = format!(
                "POST /equipe/importer?_csrf={} HTTP/1.0\r\nContent-Type: multipart/form-data; boundary=x\r\n",
                encode(&ines.token)
            );
            let sent = ines.send(&server, &head, body.as_bytes()).await;
            assert_eq!(sent.status, 303, "{}", sent.text());
            let at = sent.header("location").to_owned();
            until("it was tried", async || {
                count(&home.app, "SELECT count(*) FROM import_file WHERE state = 'checked'").await == 1
            })
            .await;
            assert_eq!(ines.post(&server, &at, &[("faire", "importer"), ("projet", "")]).await.status, 303);
            until("it goes on", async || count(&home.app, STORED).await > 0).await;
            // No word to the program.
            drop(server);
            (count(&home.app, STORED).await < rows).then_some((home, rows))
        })
        .await;
        given_up(&home.app).await;
        let _server = home.serve().await;
        until("it ends", async || count(&home.app, STATE).await == 1).await;
        each_row_once(&home.app, engine, rows).await;
        assert_eq!(count(&home.app, "SELECT count(*) FROM activity WHERE kind = 'import.done'").await, 1);
    }
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
    let import = |home: &Home, more: &[&str]| {
        let file = home.file("gens.csv");
        home.parvis(&[&["import", "--people", file.to_str().unwrap()][..], more].concat())
    };
    let told = |output: std::process::Output| {
        let said = String::from_utf8(output.stdout).unwrap().lines().last().unwrap_or_default().to_owned();
        (output.status.success(), said, String::from_utf8(output.stderr).unwrap())
    };
    for engine in engines() {
        let (home, rows) = cut_midway(3000, async |rows| {
            let home = Home::open(engine).await;
            people(&home.file("gens.csv"), rows);
            let (done, said, _) = told(import(&home, &[&origin[..], &["--dry-run"]].concat()).output().unwrap());
            assert_eq!((done, said), (true, format!("{} read, {rows} created, 0 updated, 2 refused", rows + 2)));
            assert_eq!(count(&home.app, KNOWN).await, 0);
            cut(quiet(import(&home, &origin)), &home.app, KNOWN, rows).await.then_some((home, rows))
        })
        .await;
        let import = |more: &[&str]| import(&home, more);
        let (done, _, why) = told(import(&[]).output().unwrap());
        assert!(!done && why.contains("--origin"), "{why}");
        let (done, _, why) = told(import(&["--origin", "Adhésions 2025"]).output().unwrap());
        assert!(!done && why.contains("--not-official"), "{why}");
        assert!(told(import(&origin).output().unwrap()).0);
        let (done, said, why) = told(import(&origin).output().unwrap());
        assert_eq!((done, said), (true, format!("{} read, 0 created, 0 updated, 2 refused", rows + 2)));
        assert!(why.contains("31/02/2025") && why.contains(&(rows + 3).to_string()), "{why}");
        assert_eq!(
            (count(&home.app, KNOWN).await, count(&home.app, "SELECT count(*) FROM consent").await),
            (rows, rows)
        );
        let (done, _, why) = told(import(&["--origin", "x", "--not-official", "--set", "tel=zut"]).output().unwrap());
        assert!(!done && why.contains("accord-day"), "{why}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn mails_cut_off_three_times_go_out_once_each_or_are_said_to_be_uncertain() {
    // A mail takes the server five milliseconds: a second is left between the third kill and the last of them.
    const MAILS: usize = 240;
    const KILLS: usize = 3;
    for engine in engines() {
        let home = Home::open(engine).await;
        let app = &home.app;
        let taken = Taken::default();
        let port = mail_server(taken.clone()).await;
        queue(app, port, MAILS).await;
        for _ in 0..KILLS {
            let before = taken.lock().unwrap().len();
            let child = home.worker();
            until("mails leave", async || taken.lock().unwrap().len() >= before + 8).await;
            kill(child);
        }
        assert!(taken.lock().unwrap().len() < MAILS, "it was killed before its end");
        let child = home.worker();
        until("the queue empties", async || count(app, "SELECT count(*) FROM mail WHERE state = 'waiting'").await == 0)
            .await;
        kill(child);
        let uncertain = each_once(app, &taken, MAILS).await;
        assert!(uncertain <= KILLS + 1, "{uncertain} uncertain for {} kills", KILLS + 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_and_a_backup_that_are_cut_leave_nothing_that_looks_whole() {
    for engine in engines() {
        let home = Home::open(engine).await;
        an_export_is_cut(&home).await;
        a_backup_is_cut(&home).await;
    }
}

async fn an_export_is_cut(home: &Home) {
    let (all, part) = (home.file("tout.zip"), home.file(".parvis-tout.part"));
    let export = |name: &str| home.parvis(&["export", "--all", home.file(name).to_str().unwrap()]);
    cut_midway(60_000, async |rows| {
        fill(&home.app, rows).await;
        let mut child = quiet(export("tout.zip"));
        until("the export begins", async || part.exists() || child.try_wait().unwrap().is_some()).await;
        kill(child);
        // Whole, or nothing has its name.
        assert!(part.exists() != all.exists());
        fs::remove_file(&all).is_err().then_some(())
    })
    .await;
    // Under whatever name the next one is made.
    let said = export("encore.zip").output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    assert!(home.file("encore.zip").exists() && !part.exists() && !all.exists());
}

/// The backup of the night: cut off, then its job is given up for lost; the next start clears what it left.
async fn a_backup_is_cut(home: &Home) {
    let app = &home.app;
    let folder = home.file("data").join("backups");
    let files = |end: &str| {
        let all = fs::read_dir(&folder).into_iter().flatten().map(|e| e.unwrap().file_name().into_string().unwrap());
        all.filter(|n| n.contains("parvis-") && n.ends_with(end)).count()
    };
    work::ask(app, "schedule").await.unwrap().unwrap();
    let child = home.worker();
    until("the backup begins", async || files(".part") > 0).await;
    kill(child);
    assert_eq!((files(".zip"), files(".part")), (0, 1));
    let late = "UPDATE backup SET started_at = $1";
    let long_ago = app.clock.now() - chrono::TimeDelta::days(2);
    app.db.write(move |tx| Box::pin(async move { db::run(tx, late, vec![long_ago.into()]).await })).await.unwrap();
    app.db.write(|tx| Box::pin(async { db::run(tx, "DELETE FROM job", vec![]).await })).await.unwrap();
    let child = home.worker();
    until("its start clears", async || files(".part") == 0).await;
    work::ask(app, "schedule").await.unwrap().unwrap();
    until("the next one ends", async || count(app, "SELECT count(*) FROM backup WHERE state = 'done'").await == 1)
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
    let (shared, moment) = (app.clone(), app.moment());
    app.db
        .write(move |tx| {
            let (app, moment) = (shared.clone(), moment.clone());
            Box::pin(async move {
                let project = first_project(tx, &app, &moment).await?;
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
    for engine in engines() {
        let (home, taken, number) = cut_midway(700, async |number| {
            let home = Home::open(engine).await;
            let app = &home.app;
            let taken = Taken::default();
            queue(app, mail_server(taken.clone()).await, 0).await;
            to_answer(app, number).await;
            for _ in 0..KILLS {
                if !cut(home.worker(), app, ANSWERED, number).await {
                    return None;
                }
                free(app).await;
                // So that the next one is killed while it sends, too.
                hurry(app).await;
            }
            Some((home, taken, number))
        })
        .await;
        let app = &home.app;
        let child = home.worker();
        until("all is answered and told", async || {
            hurry(app).await;
            count(app, LEFT).await == 0
        })
        .await;
        kill(child);
        assert_eq!(count(app, ANSWERED).await, number);
        for once in [
            "SELECT count(*) FROM answer",
            "SELECT count(DISTINCT contribution_id) FROM answer",
            "SELECT count(*) FROM contribution WHERE status = 'accepted' AND version = 2",
            "SELECT count(*) FROM status_change WHERE status = 'accepted'",
            "SELECT count(DISTINCT recipient) FROM mail",
        ] {
            assert_eq!(count(app, once).await, number, "{once}");
        }
        assert_eq!(count(app, "SELECT count(*) FROM activity WHERE kind = 'lot.done'").await, 1);
        let uncertain = each_once(app, &taken, usize::try_from(number).unwrap()).await;
        assert!(uncertain <= KILLS + 1, "{uncertain} uncertain for {} kills", KILLS + 1);
    }
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
    let place = Place { data, database_url: None, listens_at: "http://localhost:8080".into() };
    assert_eq!(count(&compose::open(&place).await.unwrap(), STORED).await, 0);
}
