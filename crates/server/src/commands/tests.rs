use std::{fs, io::Write, sync::Arc};

use parvis_kernel::{
    args,
    db::{self, Migration},
    module,
    words::Words,
};
use parvis_testing::{Engine, TestApp, engines};

use parvis_instance::keeping::{archive, reading, schema};

use super::{backup::BackupArgs, export, restore::RestoreArgs, *};
use crate::{compose, demo};

pub(super) async fn instance(engine: Engine) -> TestApp {
    let mut t = parvis_testing::app(engine, compose::modules(), Arc::new(parvis_people::SessionIdentity)).await;
    // With the words of the commands, which are no module's.
    let words = Words::load(&compose::words(&compose::modules()), compose::finish).unwrap();
    Arc::get_mut(&mut t.app).unwrap().words = words;
    t
}

/// What a refusal says in the terminal of whoever runs the tests.
fn told<'a>(fr: &'a str, en: &'a str) -> &'a str {
    match terminal::lang() {
        Lang::Fr => fr,
        Lang::En => en,
    }
}

/// Every row of every table, as text.
async fn everything(t: &TestApp) -> Vec<String> {
    let mut all = Vec::new();
    let path = t.dir.path().join("look.zip");
    let migrations = module::migrations(&t.app.modules);
    archive::write(&t.app.db, &migrations, t.dir.path(), &path, t.app.clock.now(), &mut |_, _| {}).await.unwrap();
    let unpacked = reading::unpack(&path, t.dir.path(), &|_, _| {}).unwrap();
    for table in schema::tables(&module::migrations(&t.app.modules)).unwrap() {
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
            assert!(again.line.contains(told("n’est pas vide", "not empty")), "{again}");
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
        assert!(
            line.contains(told("pas une sauvegarde entière", "not a whole backup")) && line.lines().count() == 1,
            "{line}"
        );
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

/// A backup of a database that took only these steps, with a project in it.
async fn older(steps: &[Migration], extra: bool, path: &std::path::Path) {
    let t = parvis_testing::TestDb::open(Engine::Sqlite, steps).await;
    t.db.write(move |tx| {
        Box::pin(async move {
            let sql = "INSERT INTO project (id, slug, title, visibility, state, secret, position, created_at) \
                       VALUES ($1, 'gare', 'La gare', 'public', 'published', 'x', 1, $2)";
            db::run(tx, sql, args![uuid::Uuid::from_u128(7), parvis_testing::start()]).await?;
            if extra {
                db::run(tx, "INSERT INTO migration (id, applied_at) VALUES ('zoo/0042_later', 'x')", vec![]).await?;
            }
            Ok(())
        })
    })
    .await
    .unwrap();
    let nothing = t.dir.path().join("nothing");
    archive::make_folder(&nothing).unwrap();
    archive::write(&t.db, steps, &nothing, path, parvis_testing::start(), &mut |_, _| {}).await.unwrap();
}

#[tokio::test]
async fn an_older_backup_is_brought_up_to_date_and_a_newer_one_refused() {
    let all = module::migrations(&compose::modules());
    let first: Vec<Migration> = all.iter().filter(|m| m.id.contains("/0001_")).copied().collect();
    assert!(first.len() < all.len());
    let copies = tempfile::tempdir().unwrap();
    let (old, new) = (copies.path().join("old.zip"), copies.path().join("new.zip"));
    older(&first, false, &old).await;
    older(&all, true, &new).await;
    for engine in engines() {
        let t = instance(engine).await;
        let refused = restore::run(&t.app, &RestoreArgs { file: new.clone() }).await.unwrap_err();
        assert!(
            refused.line.contains("zoo/0042_later")
                && refused.line.contains(told("Mettez Parvis à jour", "Update Parvis")),
            "{refused}"
        );
        let projects = "SELECT count(*) FROM project";
        assert_eq!(db::count(t.app.db.read(), projects, vec![]).await.unwrap(), 0, "nothing half done");
        restore::run(&t.app, &RestoreArgs { file: old.clone() }).await.unwrap();
        assert_eq!(db::count(t.app.db.read(), projects, vec![]).await.unwrap(), 1);
        assert_eq!(db::pending(&t.app.db, &all).await.unwrap().len(), 0);
        let tables = schema::tables(&all).unwrap();
        let differences = schema::differences(&t.app.db, t.app.db.read(), &tables).await.unwrap();
        assert_eq!(differences, Vec::<String>::new());
    }
}

#[tokio::test]
async fn everything_goes_to_the_other_database_and_back_with_proof() {
    for from in engines() {
        let t = instance(from).await;
        demo::fill(&t.app).await.unwrap();
        for to in engines() {
            let other = parvis_testing::TestDb::open(to, &[]).await;
            let proofs = copy::copy(&t.app, &other.db).await.unwrap();
            assert!(proofs.iter().all(|p| p.from == p.to) && proofs.iter().any(|p| p.from.rows > 100), "{proofs:?}");
            let ideas = "SELECT count(*) FROM contribution";
            assert_eq!(
                db::count(other.db.read(), ideas, vec![]).await.unwrap(),
                db::count(t.app.db.read(), ideas, vec![]).await.unwrap()
            );
            let again = copy::copy(&t.app, &other.db).await.unwrap_err();
            assert!(again.line.contains(told("n’est pas vide", "not empty")), "{again}");
        }
        // A folder that is not there yet is made.
        let there = t.dir.path().join("neuf/dedans/parvis.sqlite");
        copy::run(&t.app, &copy::CopyArgs { to: format!("sqlite:{}", there.display()) }).await.unwrap();
        assert!(there.exists());
        let wrong = copy::run(&t.app, &copy::CopyArgs { to: "mysql://here".into() }).await.unwrap_err();
        assert!(wrong.line.contains("--to"), "{wrong}");
    }
}

#[tokio::test]
async fn all_of_an_instance_leaves_and_comes_back() {
    let t = instance(Engine::Sqlite).await;
    demo::fill(&t.app).await.unwrap();
    let copies = tempfile::tempdir().unwrap();
    let file = copies.path().join("tout.zip");
    export::run(&t.app, &export::ExportArgs { to: file.clone(), all: true }).await.unwrap();
    let named = export::run(&t.app, &export::ExportArgs { to: copies.path().join("tout"), all: true }).await;
    assert!(named.unwrap_err().line.contains(".zip"));
    for engine in engines() {
        let there = instance(engine).await;
        restore::run(&there.app, &RestoreArgs { file: file.clone() }).await.unwrap();
        assert_eq!(everything(&there).await, everything(&t).await);
    }
}

#[tokio::test]
async fn open_data_holds_what_is_public_and_nobody() {
    for engine in engines() {
        let t = instance(engine).await;
        demo::fill(&t.app).await.unwrap();
        let written =
            parvis_instance::exports::bundle::make(&t.app, parvis_kernel::words::Lang::Fr, |_, _| {}).await.unwrap();
        let files = export::files(written).unwrap();
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        let expected = [
            "projets.csv",
            "textes.csv",
            "idees.csv",
            "idees.geojson",
            "commentaires.csv",
            "quartiers.csv",
            "quartiers.geojson",
            "README.md",
        ];
        assert_eq!(names, expected);
        let texts: Vec<String> = files.iter().map(|(_, b)| String::from_utf8(b.clone()).unwrap()).collect();
        for text in &texts {
            assert!(!text.contains("@rivemont.example") || text.contains("accessibilite@"), "an address is out");
            assert!(!text.contains("Vends canapé"), "a refused text is out");
        }
        let readme = texts.last().unwrap();
        assert!(readme.contains("Licence Ouverte 2.0") && readme.contains("`quartier`") && !readme.contains('⟦'));
        let rows = |name: &str| {
            let (_, bytes) = files.iter().find(|(n, _)| n == name).unwrap();
            let table = parvis_tables::Table::open(&bytes[..], &parvis_tables::Limits::default()).unwrap();
            i64::try_from(table.map(Result::unwrap).count()).unwrap()
        };
        let read = t.app.db.read();
        let of = |sql: &'static str| async move { db::count(read, sql, vec![]).await.unwrap() };
        assert_eq!(
            rows("idees.csv"),
            of("SELECT count(*) FROM contribution c JOIN project p ON p.id = c.project_id \
            WHERE p.visibility = 'public' AND p.state <> 'draft' AND c.kind = 'idea' AND c.visible")
            .await
        );
        assert_eq!(
            rows("projets.csv"),
            of("SELECT count(*) FROM project WHERE visibility = 'public' AND state <> 'draft'").await
        );
        assert_eq!(rows("quartiers.csv"), of("SELECT count(*) FROM area").await);
    }
}

#[tokio::test]
async fn the_schema_read_from_the_migrations_is_that_of_the_database() {
    for engine in engines() {
        let t = instance(engine).await;
        let tables = schema::tables(&module::migrations(&t.app.modules)).unwrap();
        let differences = schema::differences(&t.app.db, t.app.db.read(), &tables).await.unwrap();
        assert_eq!(differences, Vec::<String>::new());
    }
}
