//! Rows of a backup put into an empty database, in one transaction.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, Utc};
use parvis_instance::keeping::{
    reading::{self, Unpacked},
    schema::{self, Table},
};
use parvis_kernel::{
    Error, Result,
    db::{self, Db, Dialect, Migration, Tx},
};
use parvis_participation::ideas::batch;
use sea_orm::ConnectionTrait;

use super::{CommandError, Meter};

/// Rows inserted at a time.
const CHUNK: usize = 500;

/// Puts everything back as it was after the steps `theirs`, then takes those that are missing of `all`. All of it, or
/// nothing. The meter shows the rows.
///
/// # Errors
/// One line with the remedy.
pub async fn fill(
    db: &Db,
    all: Vec<Migration>,
    theirs: Vec<Migration>,
    unpacked: Arc<Unpacked>,
    now: DateTime<Utc>,
    meter: Meter,
) -> std::result::Result<(), CommandError> {
    let tables = Arc::new(schema::tables(&theirs).map_err(CommandError::odd)?);
    let newest = Arc::new(schema::tables(&all).map_err(CommandError::odd)?);
    let (all, theirs, meter) = (Arc::new(all), Arc::new(theirs), Arc::new(meter));
    let shown = meter.clone();
    db.write(move |tx| {
        let (tables, newest, unpacked) = (tables.clone(), newest.clone(), unpacked.clone());
        let (all, theirs, meter) = (all.clone(), theirs.clone(), shown.clone());
        Box::pin(async move {
            let older = theirs.len() < all.len();
            if older {
                go_back(tx, &newest, &theirs, now).await?;
            }
            put_rows(tx, &tables, &unpacked, &meter).await?;
            if older {
                for step in all.iter().filter(|m| theirs.iter().all(|t| t.id != m.id)) {
                    db::take(tx, *step, now).await?;
                }
            }
            batch::rebuild_search(tx).await
        })
    })
    .await?;
    meter.end();
    Ok(())
}

/// An empty database with the tables of an older version.
async fn go_back(tx: &Tx, newest: &[Table], theirs: &[Migration], now: DateTime<Utc>) -> Result<()> {
    if Dialect::of(tx.get_database_backend()) == Dialect::Sqlite {
        let indexes = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%'";
        for name in db::column::<String>(tx, indexes, vec![]).await? {
            tx.execute_unprepared(&format!("DROP TABLE {name}")).await?;
        }
    }
    for table in newest.iter().rev() {
        tx.execute_unprepared(&format!("DROP TABLE IF EXISTS {}", table.name)).await?;
    }
    db::run(tx, "DELETE FROM migration", vec![]).await?;
    for step in theirs {
        db::take(tx, *step, now).await?;
    }
    Ok(())
}

async fn put_rows(tx: &Tx, tables: &[Table], unpacked: &Unpacked, meter: &Meter) -> Result<()> {
    empty(tx, tables).await?;
    let expected: BTreeMap<&str, u64> = unpacked.manifest.tables.iter().map(|(t, n)| (t.as_str(), *n)).collect();
    let (mut done, rows) = (0, unpacked.manifest.rows());
    for table in tables {
        for depth in 0..=table.depths() {
            put_depth(tx, table, unpacked, depth, &mut |n| {
                done += n;
                meter.show(done, rows);
            })
            .await?;
        }
        let (found, wanted) =
            (reading::count(tx, table).await?, expected.get(table.name.as_str()).copied().unwrap_or(0));
        if found != wanted {
            let name = &table.name;
            return Err(Error::other(format!("{name} has {found} rows instead of {wanted}; nothing was restored")));
        }
    }
    Ok(())
}

/// Empties the tables, those that refer to others first.
///
/// # Errors
/// When the database refuses.
pub async fn empty(tx: &Tx, tables: &[Table]) -> Result<()> {
    for table in tables.iter().rev() {
        db::run(tx, &format!("DELETE FROM {}", table.name), vec![]).await?;
    }
    Ok(())
}

/// Inserts the rows that refer to so many others of their table: those they refer to are there. `told` hears how many more.
async fn put_depth(
    tx: &Tx,
    table: &Table,
    unpacked: &Unpacked,
    depth: usize,
    told: &mut (dyn FnMut(u64) + Send),
) -> Result<()> {
    let unread = || Error::other(format!("a row of {} can't be read; nothing was restored", table.name));
    let mut chunk = Vec::with_capacity(CHUNK);
    for row in unpacked.rows(table).map_err(Error::other)? {
        let row = row.ok_or_else(unread)?;
        if table.depth(&row) == depth {
            chunk.push(row);
        }
        if chunk.len() == CHUNK {
            told(CHUNK as u64);
            batch::insert_rows(tx, &table.into_clause(), std::mem::take(&mut chunk)).await?;
        }
    }
    told(chunk.len() as u64);
    batch::insert_rows(tx, &table.into_clause(), chunk).await
}
