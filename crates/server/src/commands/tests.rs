use std::{fs, io::Write, sync::Arc};

use parvis_kernel::{args, db, words::Words};
use parvis_testing::{Engine, TestApp, engines};

use super::{backup::BackupArgs, export, restore::RestoreArgs, *};
use crate::{compose, demo};

async fn instance(engine: Engine) -> TestApp {
    let mut t = parvis_testing::app(engine, compose::modules(), Arc::new(parvis_people::SessionIdentity)).await;
    // With the words of the commands, which are no module's.
    let words = Words::load(&compose::words(&compose::modules()), compose::finish).unwrap();
    Arc::get_mut(&mut t.app).unwrap().words = words;
    t
}

/// Every row of every table, as text.
async fn everything(t: &TestApp) -> Vec<String> {
    let mut all = Vec::new();
    let path = t.dir.path().join("look.zip");
    archive::write(&t.app.db, &compose::migrations(&t.app.modules), t.dir.path(), &path, t.app.clock.now())
        .await
        .unwrap();
    let unpacked = archive::unpack(&path, t.dir.path()).unwrap();
    for table in schema::tables(&compose::migrations(&t.app.modules)).unwrap() {
        let mut rows: Vec<String> =
            unpacked.rows(&table).unwrap().map(|row| format!("{} {:?}", table.name, row.unwrap())).collect();
        rows.sort();
        all.extend(rows);
    }
    fs::remove_file(path).unwrap();
    all
}

#[tokio::test]
async fn a_backup_goes_back_into_either_database() {
    for from in engines() {
        let t = instance(from).await;
        demo::fill(&t.app).await.unwrap();
        fs::create_dir(t.dir.path().join("files")).unwrap();
        fs::write(t.dir.path().join("files/plan.png"), b"\x89PNG not really").unwrap();
        fs::write(t.dir.path().join("secret.key"), [7; 32]).unwrap();
        let copies = tempfile::tempdir().unwrap();
        let file = copies.path().join("copy.zip");
        backup::run(&t.app, &BackupArgs { file: Some(file.clone()) }).await.unwrap();
        assert!(backup::run(&t.app, &BackupArgs { file: Some(file.clone()) }).await.is_err(), "nothing is overwritten");
        for to in engines() {
            let there = instance(to).await;
            restore::run(&there.app, &RestoreArgs { file: file.clone() }).await.unwrap();
            assert_eq!(everything(&there).await, everything(&t).await, "{from:?} to {to:?}");
            assert_eq!(fs::read(there.dir.path().join("files/plan.png")).unwrap(), b"\x89PNG not really");
            assert_eq!(fs::read(there.dir.path().join("secret.key")).unwrap(), [7; 32]);
            let found = match to {
                Engine::Sqlite => "SELECT count(*) FROM contribution_search WHERE contribution_search MATCH $1",
                Engine::Postgres => "SELECT count(*) FROM contribution WHERE search @@ to_tsquery('simple', $1)",
            };
            let n =
                db::count(there.app.db.read(), found, args![there.app.db.dialect().search_query(&["march".into()])])
                    .await
                    .unwrap();
            assert!(n > 0, "the search works again");
            let again = restore::run(&there.app, &RestoreArgs { file: file.clone() }).await.unwrap_err();
            assert!(again.line.contains("not empty"), "{again}");
        }
    }
}

#[tokio::test]
async fn a_damaged_or_foreign_backup_changes_nothing() {
    let t = instance(Engine::Sqlite).await;
    demo::fill(&t.app).await.unwrap();
    let copies = tempfile::tempdir().unwrap();
    let file = copies.path().join("copy.zip");
    backup::run(&t.app, &BackupArgs { file: Some(file.clone()) }).await.unwrap();
    let whole = fs::read(&file).unwrap();
    let there = instance(Engine::Sqlite).await;
    let mut refuse = Vec::new();
    let mut flipped = whole.clone();
    flipped[whole.len() / 3] ^= 0x55;
    for (name, bytes) in
        [("cut", &whole[..whole.len() / 2]), ("flipped", &flipped[..]), ("empty", b""), ("text", b"hello")]
    {
        let path = copies.path().join(name);
        fs::File::create(&path).unwrap().write_all(bytes).unwrap();
        refuse.push(restore::run(&there.app, &RestoreArgs { file: path }).await.unwrap_err().line);
    }
    for line in refuse {
        assert!(line.contains("not a whole backup") && line.lines().count() == 1, "{line}");
    }
    there
        .app
        .db
        .write(|tx| {
            Box::pin(async move {
                db::run(tx, "INSERT INTO migration (id, applied_at) VALUES ('zoo/0009_later', 'x')", vec![]).await
            })
        })
        .await
        .unwrap();
    let other = restore::run(&there.app, &RestoreArgs { file }).await.unwrap_err();
    assert!(other.line.contains("zoo/0009_later"), "{other}");
    assert_eq!(db::count(there.app.db.read(), "SELECT count(*) FROM contribution", vec![]).await.unwrap(), 0);
}

#[tokio::test]
async fn open_data_holds_what_is_public_and_nobody() {
    let t = instance(Engine::Sqlite).await;
    demo::fill(&t.app).await.unwrap();
    let files = export::tables(&t.app, parvis_kernel::words::Lang::Fr).await.unwrap();
    assert_eq!(files.len(), 7);
    let texts: Vec<String> = files.iter().map(|(_, b)| String::from_utf8(b.clone()).unwrap()).collect();
    for text in &texts {
        assert!(!text.contains("@rivemont.example") || text.contains("accessibilite@"), "an address is out");
        assert!(!text.contains("Vends canapé"), "a refused text is out");
    }
    assert!(texts[0].contains("Licence Ouverte 2.0") && texts[0].contains("`quartier`") && !texts[0].contains('⟦'));
    let visible =
        db::count(t.app.db.read(), "SELECT count(*) FROM contribution c WHERE c.kind = 'idea' AND c.visible", vec![])
            .await
            .unwrap();
    let limits = parvis_tables::Limits::default();
    let mut rows = 0;
    for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with("-idees.csv")) {
        let table = parvis_tables::Table::open(&bytes[..], &limits).unwrap();
        assert_eq!(table.headers().len(), 20, "{name}");
        rows += table.map(Result::unwrap).count();
    }
    assert_eq!(i64::try_from(rows).unwrap(), visible);
}

#[tokio::test]
async fn the_schema_read_from_the_migrations_is_that_of_the_database() {
    for engine in engines() {
        let t = instance(engine).await;
        let tables = schema::tables(&compose::migrations(&t.app.modules)).unwrap();
        let differences = schema::differences(&t.app.db, t.app.db.read(), &tables).await.unwrap();
        assert_eq!(differences, Vec::<String>::new());
    }
}

#[tokio::test]
async fn the_doctor_says_what_to_do() {
    let t = instance(Engine::Sqlite).await;
    demo::fill(&t.app).await.unwrap();
    let lines = doctor::lines(&t.app, parvis_kernel::words::Lang::Fr).await.unwrap();
    assert!(lines.iter().all(|l| !l.words.contains('⟦')), "{lines:?}");
    let attention = |lines: &[doctor::Line], word: &str| lines.iter().any(|l| !l.ok && l.words.contains(word));
    assert!(attention(&lines, "parvis backup"));
    assert!(!attention(&lines, "Travaux"));
    t.app
        .db
        .write(|tx| {
            Box::pin(async move {
                let sql = "INSERT INTO job (id, kind, payload, state, run_at, created_at) VALUES ($1, 'x', '', 'failed', $2, $2)";
                let at = parvis_testing::start();
                db::run(tx, sql, args![uuid::Uuid::nil(), at]).await
            })
        })
        .await
        .unwrap();
    let lines = doctor::lines(&t.app, parvis_kernel::words::Lang::Fr).await.unwrap();
    assert!(attention(&lines, "Travaux"));
}
