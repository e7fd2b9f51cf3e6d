use std::sync::Arc;

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
    let insert = |db: Db| async move {
        db.write(|tx| Box::pin(async move { run(tx, "INSERT INTO v (id, at) VALUES (7, 'x')", vec![]).await })).await
    };
    insert(db.clone()).await.unwrap();
    assert!(is_duplicate(&insert(db).await.unwrap_err()));
}
