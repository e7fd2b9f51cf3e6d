//! One way to the database, SQLite or PostgreSQL.
//!
//! Reads go to a pool. On SQLite every write goes through one writer that opens its transactions with
//! `BEGIN IMMEDIATE` and commits waiting writes together, so that durable writes (`synchronous=FULL`) stay fast.

mod dialect;
mod migrate;
mod writer;

use std::time::Duration;

use futures::future::BoxFuture;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, FromQueryResult,
    QueryResult, Statement, TransactionTrait, TryGetable, Value,
};

pub use dialect::{Dialect, beginning};
pub use migrate::{Migration, applied, migrate, pending, take};

use crate::error::{Error, Result};
use writer::Writer;

/// An open write transaction.
pub type Tx = DatabaseTransaction;

/// What reads: the pool, or an open transaction that must read what it acts on.
pub type Reader<'c> = sea_orm::DatabaseExecutor<'c>;

/// How many readers SQLite gets. More than the cores of a small machine brings nothing.
const SQLITE_READERS: u32 = 8;
/// Connections to PostgreSQL.
const POSTGRES_CONNECTIONS: u32 = 16;
/// How long readers may keep SQLite's log from being emptied: writers wait meanwhile.
const FOLD_WAIT: Duration = Duration::from_secs(1);
/// Attempts of a transaction that lost a race (40001, 40P01, SQLITE_BUSY).
const ATTEMPTS: u32 = 5;

/// The database of the instance.
#[derive(Clone, Debug)]
pub struct Db {
    dialect: Dialect,
    readers: DatabaseConnection,
    writer: Option<Writer>,
    /// The file of SQLite.
    path: Option<String>,
}

impl Db {
    /// Opens `sqlite:PATH` (made if missing) or a `postgres://` address.
    ///
    /// # Errors
    /// When the address is wrong, or nobody answers within five seconds.
    pub async fn open(url: &str) -> Result<Self> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            let options = sqlite_options(path, 1, Use::Write);
            let open = Box::new(move || Box::pin(connect(options.clone())) as BoxFuture<'static, _>);
            let writer = Writer::start(open).await?;
            let readers = connect(sqlite_options(path, SQLITE_READERS, Use::Read)).await?;
            return Ok(Self { dialect: Dialect::Sqlite, readers, writer: Some(writer), path: Some(path.to_owned()) });
        }
        let mut options = ConnectOptions::new(url);
        options
            .max_connections(POSTGRES_CONNECTIONS)
            .connect_timeout(Duration::from_secs(5))
            .acquire_timeout(Duration::from_secs(5))
            .sqlx_logging(false)
            // Statements of milliseconds: compiling one, which PostgreSQL does by what it guesses of its cost, takes longer.
            .map_sqlx_postgres_opts(|o| o.options([("jit", "off")]));
        Ok(Self { dialect: Dialect::Postgres, readers: connect(options).await?, writer: None, path: None })
    }

    /// Which of the two databases this is.
    #[must_use]
    pub const fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// The connection for reads.
    #[must_use]
    pub const fn read(&self) -> &DatabaseConnection {
        &self.readers
    }

    /// The connection for reads, for whoever may read in a transaction as well.
    #[must_use]
    pub fn reader(&self) -> Reader<'_> {
        (&self.readers).into()
    }

    /// Tells of each statement that readers send from now on, to count or time them.
    pub fn watch(&mut self, told: impl Fn(&str) + Send + Sync + 'static) {
        self.readers.set_metric_callback(move |info| told(&info.statement.sql));
    }

    /// Runs `work` in a write transaction: all of it is kept, or nothing. It may run more than once
    /// when it loses a race, so it must not act outside the database.
    ///
    /// # Errors
    /// What `work` answers, or what the database says at commit.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'a> Fn(&'a Tx) -> BoxFuture<'a, Result<T>> + Send + Sync + 'static,
    {
        if let Some(writer) = &self.writer {
            return writer.write(work).await;
        }
        let mut attempt = 1;
        loop {
            match self.attempt(&work).await {
                Err(Error::Db(e)) if attempt < ATTEMPTS && lost_a_race(&e.to_string()) => {
                    attempt += 1;
                    tokio::time::sleep(Duration::from_millis(5 << attempt)).await;
                }
                answer => return answer,
            }
        }
    }

    async fn attempt<T, F>(&self, work: &F) -> Result<T>
    where
        F: for<'a> Fn(&'a Tx) -> BoxFuture<'a, Result<T>> + Send + Sync,
    {
        let tx = self.readers.begin().await?;
        match work(&tx).await {
            Ok(value) => {
                tx.commit().await?;
                Ok(value)
            }
            Err(e) => {
                // The first error is the one worth telling.
                let _ = tx.rollback().await;
                Err(e)
            }
        }
    }

    /// Folds the write-ahead log of SQLite into its file and empties it, so that nothing erased stays there. Says whether it
    /// could: a long reading may be in the way. PostgreSQL looks after its own log.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn fold(&self) -> Result<bool> {
        let Some(path) = &self.path else { return Ok(true) };
        let own = connect(sqlite_options(path, 1, Use::Fold)).await?;
        let busy = scalar::<i64>(&own, "PRAGMA wal_checkpoint(TRUNCATE)", vec![]).await;
        own.close().await?;
        Ok(busy? == Some(0))
    }

    /// Closes the pools. On SQLite the write-ahead log is folded into the file, which is whole by itself then.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn close(self) -> Result<()> {
        if let Some(writer) = &self.writer {
            writer.stop().await;
        }
        if !self.fold().await? {
            tracing::info!("the database was still being read: its log is folded at the next start");
        }
        self.readers.close().await?;
        Ok(())
    }
}

async fn connect(options: ConnectOptions) -> Result<DatabaseConnection> {
    Ok(Database::connect(options).await?)
}

/// What a connection to SQLite is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Read,
    Write,
    Fold,
}

fn sqlite_options(path: &str, connections: u32, of: Use) -> ConnectOptions {
    let mut options = ConnectOptions::new(format!("sqlite:{path}?mode=rwc"));
    options.max_connections(connections).min_connections(1).sqlx_logging(false).map_sqlx_sqlite_opts(move |o| {
        let o = match of {
            // A large import changes the same pages of the indexes in each of its commits: they are folded into the file
            // every 64 MB, not after each. What may be taken back stays in a file: in memory SQLite walks all of it at the
            // end of each statement. What is deleted is written over: who is erased stands in no free page.
            Use::Write => {
                o.pragma("cache_size", "-32000").pragma("wal_autocheckpoint", "16000").pragma("secure_delete", "ON")
            }
            Use::Read | Use::Fold => o.pragma("cache_size", "-8000"),
        };
        o.pragma("journal_mode", "WAL")
            .pragma("synchronous", "FULL")
            .pragma("foreign_keys", "ON")
            // After a large import the log gives its room back.
            .pragma("journal_size_limit", "67108864")
            // No statistics are gathered: with them the plan of a query would depend on the day they were taken.
            .busy_timeout(if of == Use::Fold { FOLD_WAIT } else { Duration::from_secs(10) })
    });
    options
}

fn lost_a_race(message: &str) -> bool {
    ["40001", "40P01", "deadlock detected", "could not serialize", "database is locked"]
        .iter()
        .any(|sign| message.contains(sign))
}

fn statement(backend: DbBackend, sql: &str, args: Vec<Value>) -> Statement {
    Statement::from_sql_and_values(backend, sql, args)
}

/// All rows of a query with `$1`, `$2`… as parameters.
///
/// # Errors
/// When the database refuses, or a row does not have the shape of `T`.
pub async fn all<T: FromQueryResult>(c: &impl ConnectionTrait, sql: &str, args: Vec<Value>) -> Result<Vec<T>> {
    let rows = c.query_all_raw(statement(c.get_database_backend(), sql, args)).await?;
    Ok(rows.iter().map(|row| T::from_query_result(row, "")).collect::<Result<_, _>>()?)
}

/// The first row of a query, if any.
///
/// # Errors
/// As [`all`].
pub async fn one<T: FromQueryResult>(c: &impl ConnectionTrait, sql: &str, args: Vec<Value>) -> Result<Option<T>> {
    let row = c.query_one_raw(statement(c.get_database_backend(), sql, args)).await?;
    Ok(row.map(|row| T::from_query_result(&row, "")).transpose()?)
}

/// The first column of the first row, if there is a row.
///
/// # Errors
/// As [`all`].
pub async fn scalar<T: TryGetable>(c: &impl ConnectionTrait, sql: &str, args: Vec<Value>) -> Result<Option<T>> {
    let row = c.query_one_raw(statement(c.get_database_backend(), sql, args)).await?;
    Ok(row.map(|row: QueryResult| row.try_get_by_index(0)).transpose()?)
}

/// The first column of all rows.
///
/// # Errors
/// As [`all`].
pub async fn column<T: TryGetable>(c: &impl ConnectionTrait, sql: &str, args: Vec<Value>) -> Result<Vec<T>> {
    let rows = c.query_all_raw(statement(c.get_database_backend(), sql, args)).await?;
    Ok(rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?)
}

/// The number a `SELECT count(*)` answers.
///
/// # Errors
/// As [`all`].
pub async fn count(c: &impl ConnectionTrait, sql: &str, args: Vec<Value>) -> Result<i64> {
    Ok(scalar(c, sql, args).await?.unwrap_or(0))
}

/// Runs a statement and says how many rows it changed.
///
/// # Errors
/// When the database refuses.
pub async fn run(c: &impl ConnectionTrait, sql: &str, args: Vec<Value>) -> Result<u64> {
    Ok(c.execute_raw(statement(c.get_database_backend(), sql, args)).await?.rows_affected())
}

/// Waits until no other transaction holds the turn of this number, and holds it to the end of this one: for what several
/// processes must not do at once. On SQLite nobody else writes. Numbers are `7_274_5xx`, each its own.
///
/// # Errors
/// When the database refuses.
pub async fn take_turn(tx: &Tx, number: i64) -> Result<()> {
    if Dialect::of(tx.get_database_backend()) == Dialect::Postgres {
        run(tx, "SELECT pg_advisory_xact_lock($1)", vec![number.into()]).await?;
    }
    Ok(())
}

/// `$from, $from+1, …`: parameters for an `IN` list of `n` values.
#[must_use]
pub fn placeholders(from: usize, n: usize) -> String {
    (from..from + n).map(|i| format!("${i}")).collect::<Vec<_>>().join(", ")
}

/// The rows of one statement that inserts several: `n` of `fields` parameters each, counted from `$1`.
#[must_use]
pub fn rows(n: usize, fields: usize) -> String {
    (0..n).map(|i| format!("({})", placeholders(i * fields + 1, fields))).collect::<Vec<_>>().join(", ")
}

/// Whether the error is a broken unique index.
#[must_use]
pub fn is_duplicate(e: &Error) -> bool {
    matches!(e, Error::Db(e) if matches!(e.sql_err(), Some(sea_orm::SqlErr::UniqueConstraintViolation(_))))
}

/// Parameters of a query: `args![id, name, now]`.
#[macro_export]
macro_rules! args {
    ($($x:expr),* $(,)?) => { vec![$(::sea_orm::Value::from($x)),*] };
}

#[cfg(test)]
mod tests;
