//! Migrations: each module declares its own, they run once, in order, each in a transaction.

use sea_orm::ConnectionTrait;

use super::{Db, Dialect, Tx, column, count, run, take_turn};
use crate::{args, clock::Clock, error::Result};

/// One step of the schema. Never edited once released: a later step changes it.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// `module/0001_what`, unique and sorted.
    pub id: &'static str,
    /// Statements separated by `;` at the end of a line, in the types of [`Dialect::ddl`].
    pub sql: &'static str,
}

/// Processes that start together on one server take turns: even `CREATE TABLE IF NOT EXISTS` fails for two at once.
const TURN: i64 = 7_274_511;
const TABLE: &str = "CREATE TABLE IF NOT EXISTS migration (id TEXT PRIMARY KEY, applied_at {time} NOT NULL)";

/// The ids of the steps already taken, sorted.
///
/// # Errors
/// When the database refuses.
pub async fn applied(db: &Db) -> Result<Vec<String>> {
    db.write(|tx| {
        Box::pin(async move {
            take_turn(tx, TURN).await?;
            tx.execute_unprepared(&Dialect::of(tx.get_database_backend()).ddl(TABLE)).await?;
            column(tx, "SELECT id FROM migration ORDER BY id", vec![]).await
        })
    })
    .await
}

/// The steps still to take.
///
/// # Errors
/// When the database refuses.
pub async fn pending(db: &Db, migrations: &[Migration]) -> Result<Vec<Migration>> {
    let done = applied(db).await?;
    Ok(migrations.iter().filter(|m| !done.iter().any(|d| d == m.id)).copied().collect())
}

/// Takes the missing steps, in order, and says how many.
///
/// # Errors
/// When a step fails: it and those after it are not taken, on PostgreSQL none.
pub async fn migrate(db: &Db, migrations: &[Migration], clock: &dyn Clock) -> Result<usize> {
    let todo = pending(db, migrations).await?;
    let now = clock.now();
    // On a server, all in one transaction: a process that starts meanwhile waits, and sees no half of it.
    let at_once = if db.dialect() == Dialect::Postgres { todo.len().max(1) } else { 1 };
    for part in todo.chunks(at_once) {
        let part = part.to_vec();
        db.write(move |tx| {
            let part = part.clone();
            Box::pin(async move {
                for migration in part {
                    take(tx, migration, now).await?;
                }
                Ok(())
            })
        })
        .await?;
    }
    Ok(todo.len())
}

/// Takes one step, in a transaction of the caller.
///
/// # Errors
/// When the database refuses: nothing of it is taken.
pub async fn take(tx: &Tx, migration: Migration, now: chrono::DateTime<chrono::Utc>) -> Result<()> {
    let dialect = Dialect::of(tx.get_database_backend());
    take_turn(tx, TURN).await?;
    if count(tx, "SELECT count(*) FROM migration WHERE id = $1", args![migration.id]).await? > 0 {
        return Ok(());
    }
    for statement in dialect.ddl(migration.sql).split(";\n") {
        let statement = statement.trim().trim_end_matches(';');
        if !statement.is_empty() {
            tx.execute_unprepared(statement).await?;
        }
    }
    run(tx, "INSERT INTO migration (id, applied_at) VALUES ($1, $2)", args![migration.id, now]).await?;
    Ok(())
}
