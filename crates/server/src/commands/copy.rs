//! `parvis db copy --to ADDRESS`: the instance on the other database, with the proof that nothing is missing.

use std::{path::Path, sync::Arc};

use parvis_instance::keeping::{
    archive, leftovers,
    reading::{self, Sum, Unpacked},
    schema,
};
use parvis_kernel::{
    app::App,
    db::{self, Db, Migration},
    module,
};

use crate::compose;

use super::{CommandError, Meter, fill, restore::refuse_if_filled, say, say_told};

/// What `parvis db` takes.
#[derive(Debug, Clone, clap::Args)]
pub struct DbArgs {
    /// What to do
    #[command(subcommand)]
    pub command: DbCommand,
}

/// What `parvis db` does.
#[derive(Debug, Clone, clap::Subcommand)]
pub enum DbCommand {
    /// Copy the instance into an empty database, and prove the copy: rows and checksum of each table
    Copy(CopyArgs),
}

/// What `parvis db copy` takes.
#[derive(Debug, Clone, clap::Args)]
pub struct CopyArgs {
    /// Database to fill: postgres://user:password@host/name, or sqlite:FILE
    #[arg(long, value_name = "ADDRESS")]
    pub to: String,
}

/// A table as both databases have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The table.
    pub table: String,
    /// Rows and checksum where they come from.
    pub from: Sum,
    /// Rows and checksum where they are now.
    pub to: Sum,
}

/// Copies, prints a line for each table, and fails if one differs: then nothing is left in the other database.
///
/// # Errors
/// One line with the remedy.
pub async fn run(app: &Arc<App>, args: &CopyArgs) -> Result<(), CommandError> {
    let known = ["postgres://", "postgresql://", "sqlite:"];
    if !known.iter().any(|start| args.to.starts_with(start)) {
        return Err(CommandError::told("cli-copy-address", &[]));
    }
    if let Some(folder) = args.to.strip_prefix("sqlite:").and_then(|path| Path::new(path).parent())
        && !folder.as_os_str().is_empty()
    {
        compose::make_folder(folder)?;
    }
    let to =
        Db::open(&args.to).await.map_err(|e| CommandError::told("cli-copy-closed", &[("said", &e.to_string())]))?;
    let proofs = copy(app, &to).await?;
    let rows: u64 = proofs.iter().map(|p| p.from.rows).sum();
    for proof in &proofs {
        say(format!("{:<28} {:>9}  {:032x}  =", proof.table, proof.to.rows, proof.to.sum));
    }
    say_told("cli-copy-done", &[("rows", &rows), ("tables", &proofs.len())]);
    say_told("cli-copy-next", &[]);
    to.close().await?;
    Ok(())
}

/// Copies the instance into an empty database, and compares each table.
///
/// # Errors
/// One line with the remedy; the other database is as empty as before.
pub async fn copy(app: &Arc<App>, to: &Db) -> Result<Vec<Proof>, CommandError> {
    let migrations = module::migrations(&app.modules);
    let steps = db::applied(to).await?;
    if let Some(step) = steps.iter().find(|s| migrations.iter().all(|m| m.id != s.as_str())) {
        return Err(CommandError::told("cli-copy-newer", &[("step", step)]));
    }
    db::migrate(to, &migrations, &*app.clock).await?;
    refuse_if_filled(to, "cli-filled-there").await?;
    let known = schema::tables(&migrations).map_err(CommandError::odd)?;
    let odd = schema::differences(to, to.read(), &known).await?;
    if !odd.is_empty() {
        return Err(CommandError::told("cli-copy-foreign", &[("tables", &odd.join(", "))]));
    }
    let folder = leftovers::Held::new(&app.data_dir, leftovers::COPY).map_err(|e| {
        let folder = app.data_dir.display().to_string();
        CommandError::told("cli-cannot-write", &[("file", &folder), ("said", &e.to_string())])
    })?;
    let from = Arc::new(taken(&app.db, &migrations, folder.path(), "from", app).await?);
    fill::fill(
        to,
        migrations.clone(),
        migrations.clone(),
        from.clone(),
        app.clock.now(),
        Meter::of(app, "cli-step-write"),
    )
    .await?;
    let there = taken(to, &migrations, folder.path(), "to", app).await?;
    let proofs = compare(&from, &there)?;
    if let Some(odd) = proofs.iter().find(|p| p.from != p.to) {
        let tables = Arc::new(known);
        to.write(move |tx| {
            let tables = tables.clone();
            Box::pin(async move { fill::empty(tx, &tables).await })
        })
        .await?;
        return Err(CommandError::told(
            "cli-copy-differs",
            &[("table", &odd.table), ("here", &odd.from.rows), ("there", &odd.to.rows)],
        ));
    }
    Ok(proofs)
}

/// The rows of a database as they are at one instant, taken apart and checked. No file of the data folder is with them:
/// both databases share it.
async fn taken(
    db: &Db,
    migrations: &[Migration],
    folder: &Path,
    name: &str,
    app: &App,
) -> Result<Unpacked, CommandError> {
    let nothing = folder.join(format!("{name}-files"));
    archive::make_folder(&nothing)?;
    let path = folder.join(format!("{name}.zip"));
    let meter = Meter::of(app, "cli-step-read");
    let now = app.clock.now();
    archive::write(db, migrations, &nothing, &path, now, &mut |done, of| meter.show(done, of)).await?;
    let meter = Meter::of(app, "cli-step-check");
    let unpacked = reading::unpack(&path, folder, &|done, of| meter.show(done, of))?;
    meter.end();
    Ok(unpacked)
}

fn compare(from: &Unpacked, to: &Unpacked) -> Result<Vec<Proof>, CommandError> {
    let sums = |unpacked: &Unpacked| unpacked.sums().map_err(CommandError::odd);
    let there = sums(to)?;
    let proof = |(table, from): (String, Sum)| {
        let to = there.get(&table).copied().unwrap_or_default();
        Proof { table, from, to }
    };
    Ok(sums(from)?.into_iter().map(proof).collect())
}
