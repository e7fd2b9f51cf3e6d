use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use super::*;
use crate::clock::SystemClock;

const TABLE: Migration = Migration {
    id: "t/1",
    sql: "CREATE TABLE v (id BIGINT PRIMARY KEY, at {time} NOT NULL);\nCREATE TABLE w (id {uuid} PRIMARY KEY)",
};

async fn sqlite() -> (tempfile::TempDir, Db) {
    let dir = tempfile::tempdir().unwrap();
    let db = Db::open(&format!("sqlite:{}", dir.path().join("t.sqlite").display())).await.unwrap();
    assert_eq!(migrate(&db, &[TABLE], &SystemClock).await.unwrap(), 1);
    assert_eq!(migrate(&db, &[TABLE], &SystemClock).await.unwrap(), 0, "each step once");
    (dir, db)
}

#[tokio::test]
async fn a_failed_write_leaves_nothing_and_spares_its_neighbours() {
    let (_dir, db) = sqlite().await;
    let mut tasks = tokio::task::JoinSet::new();
    for i in 0..200_i64 {
        let db = db.clone();
        tasks.spawn(async move {
            db.write(move |tx| {
                Box::pin(async move {
                    run(tx, "INSERT INTO v (id, at) VALUES ($1, $2)", args![i, "2026-01-01T00:00:00+00:00"]).await?;
                    if i % 3 == 0 { Err(Error::BadRequest("third")) } else { Ok(()) }
                })
            })
            .await
            .is_ok()
        });
    }
    let kept = tasks.join_all().await.into_iter().filter(|ok| *ok).count();
    let rows = count(db.read(), "SELECT count(*) FROM v", vec![]).await.unwrap();
    assert_eq!((kept, rows), (133, 133));
}

#[tokio::test]
async fn a_write_goes_on_when_its_caller_leaves() {
    let (_dir, db) = sqlite().await;
    let db2 = Arc::new(db.clone());
    let call = tokio::spawn(async move {
        db2.write(|tx| Box::pin(async move { run(tx, "INSERT INTO v (id, at) VALUES (1, 'x')", vec![]).await })).await
    });
    tokio::task::yield_now().await;
    call.abort();
    db.clone().write(|_| Box::pin(async { Ok(()) })).await.unwrap();
    let n = count(db.read(), "SELECT count(*) FROM v", vec![]).await.unwrap();
    assert!(n <= 1, "all or nothing");
}

#[tokio::test]
async fn duplicates_are_told_apart() {
    let (_dir, db) = sqlite().await;
    insert(db.clone(), 7, 1).await.unwrap();
    assert!(is_duplicate(&insert(db, 7, 1).await.unwrap_err()));
}

/// A database whose disk has room for so many pages (0: for all). The limit holds for a connection from its opening.
async fn sqlite_with_room(pages: Arc<AtomicU32>) -> (tempfile::TempDir, Db) {
    let (dir, plain) = sqlite().await;
    let path = dir.path().join("t.sqlite").display().to_string();
    let open = Box::new(move || {
        let (options, pages) = (sqlite_options(&path, 1, Use::Write), pages.load(Ordering::Relaxed));
        Box::pin(async move {
            let connection = connect(options).await?;
            if pages > 0 {
                connection.execute_unprepared(&format!("PRAGMA max_page_count = {pages}")).await?;
            }
            Ok(connection)
        }) as BoxFuture<'static, _>
    });
    let writer = Some(Writer::start(open).await.unwrap());
    (dir, Db { writer, ..plain })
}

async fn insert(db: Db, id: i64, length: usize) -> Result<u64> {
    db.write(move |tx| {
        Box::pin(async move { run(tx, "INSERT INTO v (id, at) VALUES ($1, $2)", args![id, "x".repeat(length)]).await })
    })
    .await
}

#[derive(FromQueryResult)]
struct Row {
    id: i64,
}

#[tokio::test]
async fn a_full_disk_refuses_by_name_and_writes_go_on_once_there_is_room() {
    let pages = Arc::new(AtomicU32::new(40));
    let (_dir, db) = sqlite_with_room(pages.clone()).await;
    let mut kept = Vec::new();
    // Small and large together: whoever heard "done" is there, whoever heard "full" is not.
    for round in 0..3_i64 {
        let writes = (0..60_i64).map(|i| {
            let (id, length) = (round * 100 + i, if i % 4 == 0 { 1_000_000 } else { 10 });
            let db = db.clone();
            async move { (id, length, insert(db, id, length).await) }
        });
        for (id, length, answer) in futures::future::join_all(writes).await {
            match answer {
                Ok(_) => kept.push(id),
                Err(e) => assert!(matches!(e, Error::Db(_)), "{e}"),
            }
            assert!(length == 10 || !kept.contains(&id), "a million bytes on a full disk");
        }
        let rows: Vec<Row> = all(db.read(), "SELECT id FROM v ORDER BY id", vec![]).await.unwrap();
        assert_eq!(rows.into_iter().map(|r| r.id).collect::<Vec<_>>(), kept, "round {round}");
    }
    // Somebody makes room: the connection opened before the last refusal may still think itself full, once.
    pages.store(0, Ordering::Relaxed);
    let first = insert(db.clone(), 1000, 1_000_000).await;
    let second = insert(db.clone(), 1001, 1_000_000).await;
    assert!(second.is_ok(), "{first:?} {second:?}");
}

#[tokio::test]
async fn the_first_write_that_fails_takes_nobody_with_it() {
    let (_dir, db) = sqlite().await;
    insert(db.clone(), 1, 1).await.unwrap();
    // The first of a transaction fails after a row of its own; those behind it, the third too, stand by themselves.
    let writes = (0..40_i64).map(|i| {
        let db = db.clone();
        async move {
            db.write(move |tx| {
                Box::pin(async move {
                    run(tx, "INSERT INTO v (id, at) VALUES ($1, 'x')", args![100 + i]).await?;
                    let id = if i % 3 == 0 { 1 } else { 200 + i };
                    run(tx, "INSERT INTO v (id, at) VALUES ($1, 'x')", args![id]).await
                })
            })
            .await
        }
    });
    for (i, answer) in (0..40_i64).zip(futures::future::join_all(writes).await) {
        assert_eq!(answer.is_ok(), i % 3 != 0, "{i}: {answer:?}");
    }
    let rows: Vec<Row> = all(db.read(), "SELECT id FROM v WHERE id >= 100 ORDER BY id", vec![]).await.unwrap();
    let expected: Vec<i64> =
        [100, 200].into_iter().flat_map(|b| (0..40).filter(|i| i % 3 != 0).map(move |i| b + i)).collect();
    assert_eq!(rows.into_iter().map(|r| r.id).collect::<Vec<_>>(), expected);
}

/// What the files of a folder hold, together.
fn bytes_of(dir: &std::path::Path) -> Vec<u8> {
    std::fs::read_dir(dir).unwrap().flat_map(|f| std::fs::read(f.unwrap().path()).unwrap()).collect()
}

#[tokio::test]
async fn what_is_deleted_is_in_no_file_once_the_log_is_folded() {
    let (dir, db) = sqlite().await;
    let holds = || bytes_of(dir.path()).windows(9).any(|w| w == b"Madeleine");
    let write = async |sql: &'static str| db.write(move |tx| Box::pin(run(tx, sql, vec![]))).await.unwrap();
    write("INSERT INTO v (id, at) VALUES (1, 'Madeleine'), (2, 'x')").await;
    assert!(db.fold().await.unwrap());
    write("DELETE FROM v WHERE id = 1").await;
    assert!(holds(), "the log and the file have it");
    // Somebody who still reads what was there is waited for, not for ever.
    let reading = db.read().begin().await.unwrap();
    count(&reading, "SELECT count(*) FROM v", vec![]).await.unwrap();
    write("INSERT INTO v (id, at) VALUES (3, 'y')").await;
    assert!(!db.fold().await.unwrap());
    reading.rollback().await.unwrap();
    assert!(db.fold().await.unwrap());
    assert!(!holds());
}

#[tokio::test]
async fn a_closed_database_is_one_whole_file() {
    let (dir, db) = sqlite().await;
    let another = db.clone();
    db.write(|tx| Box::pin(run(tx, "INSERT INTO v (id, at) VALUES (1, 'x')", vec![]))).await.unwrap();
    db.close().await.unwrap();
    let log = std::fs::metadata(dir.path().join("t.sqlite-wal")).map_or(0, |m| m.len());
    assert_eq!(log, 0);
    drop(another);
}
