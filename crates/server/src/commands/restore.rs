//! `parvis restore FILE`.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use parvis_kernel::{
    Error,
    app::App,
    db::{self, Tx},
    secrets::Secrets,
};
use parvis_participation::ideas::batch;
use parvis_people::erased;

use super::{
    CommandError,
    archive::{self, Unpacked},
    say,
    schema::{self, Table},
};
use crate::compose;

/// What `parvis restore` takes.
#[derive(Debug, Clone, clap::Args)]
pub struct RestoreArgs {
    /// File that `parvis backup` made
    pub file: PathBuf,
}

/// Rows inserted at a time.
const CHUNK: usize = 500;

/// Restores a backup into an empty instance, on either database, and checks it. Nothing is kept of one that fails.
///
/// # Errors
/// One line with the remedy.
pub async fn run(app: &Arc<App>, args: &RestoreArgs) -> Result<(), CommandError> {
    refuse_if_filled(app).await?;
    let unpacked = archive::unpack(&args.file, &app.data_dir)?;
    let migrations = compose::migrations(&app.modules);
    same_schema(&unpacked, &db::applied(&app.db).await?)?;
    let tables = Arc::new(schema::tables(&migrations).map_err(CommandError::new)?);
    let unpacked = Arc::new(unpacked);
    let shared = unpacked.clone();
    app.db
        .write(move |tx| {
            let (tables, unpacked) = (tables.clone(), shared.clone());
            Box::pin(async move { put_rows(tx, &tables, &unpacked).await })
        })
        .await?;
    let files = unpacked.put_files(&app.data_dir)?;
    app.store.forget().await;
    erase_again(app).await?;
    let manifest = &unpacked.manifest;
    say(format!("restored and checked: {} rows of {} tables, {files} files", manifest.rows(), manifest.tables.len()));
    Ok(())
}

/// Whoever was erased after the backup was made is erased again, by the list that the data folder holds.
async fn erase_again(app: &Arc<App>) -> Result<(), CommandError> {
    let list = erased::read_file(&app.data_dir).map_err(|e| {
        CommandError::new(format!("the file {} of the data folder can't be read: {e}. Check its rights", erased::FILE))
    })?;
    if list.is_empty() {
        say(format!(
            "no list of erased people here. If there is a file {} in the former data folder, people who left since this \
             backup are back: empty this folder, copy that file into it, and restore again",
            erased::FILE
        ));
        return Ok(());
    }
    // The key is that of the restored instance: the hashes were made with it.
    let secrets = Secrets::new(compose::key(&app.data_dir)?);
    let n = erased::again(app, &secrets, list).await?;
    say(format!("{n} people who left after this backup are erased again"));
    Ok(())
}

async fn refuse_if_filled(app: &App) -> Result<(), CommandError> {
    let mut filled = app.settings().await?.is_set_up();
    for table in ["project", "person", "contribution"] {
        filled |= db::count(app.db.read(), &format!("SELECT count(*) FROM {table}"), vec![]).await? > 0;
    }
    if filled {
        return Err(CommandError::new(
            "this instance is not empty, and restoring would lose what it holds. Choose a new folder with --data",
        ));
    }
    Ok(())
}

fn same_schema(unpacked: &Unpacked, here: &[String]) -> Result<(), CommandError> {
    let theirs = &unpacked.manifest.migrations;
    let odd = theirs.iter().find(|m| !here.contains(m)).or_else(|| here.iter().find(|m| !theirs.contains(m)));
    match odd {
        None => Ok(()),
        Some(step) => Err(CommandError::new(format!(
            "this backup was made by Parvis {} whose tables differ ({step}), and this is {}. Restore it with that version, \
             then update",
            unpacked.manifest.program,
            env!("CARGO_PKG_VERSION")
        ))),
    }
}

async fn put_rows(tx: &Tx, tables: &[Table], unpacked: &Unpacked) -> parvis_kernel::Result<()> {
    for table in tables.iter().rev() {
        db::run(tx, &format!("DELETE FROM {}", table.name), vec![]).await?;
    }
    let expected: BTreeMap<&str, u64> = unpacked.manifest.tables.iter().map(|(t, n)| (t.as_str(), *n)).collect();
    for table in tables {
        for depth in 0..=table.depths() {
            put_depth(tx, table, unpacked, depth).await?;
        }
        let (found, wanted) =
            (archive::count(tx, table).await?, expected.get(table.name.as_str()).copied().unwrap_or(0));
        if found != wanted {
            let name = &table.name;
            return Err(Error::other(format!("{name} has {found} rows instead of {wanted}; nothing was restored")));
        }
    }
    batch::rebuild_search(tx).await
}

/// Inserts the rows that refer to so many others of their table: those they refer to are there.
async fn put_depth(tx: &Tx, table: &Table, unpacked: &Unpacked, depth: usize) -> parvis_kernel::Result<()> {
    let unread = || Error::other(format!("a row of {} can't be read; nothing was restored", table.name));
    let mut chunk = Vec::with_capacity(CHUNK);
    for row in unpacked.rows(table).map_err(Error::other)? {
        let row = row.ok_or_else(unread)?;
        if table.depth(&row) == depth {
            chunk.push(row);
        }
        if chunk.len() == CHUNK {
            batch::insert_rows(tx, &table.into_clause(), std::mem::take(&mut chunk)).await?;
        }
    }
    batch::insert_rows(tx, &table.into_clause(), chunk).await
}
