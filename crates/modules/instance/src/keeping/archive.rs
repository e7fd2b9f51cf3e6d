//! The file of a backup: a ZIP of one JSON-lines file a table, the files of the data folder, and a manifest that says
//! what must be there. It goes back into either database.

use std::{
    fmt,
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use chrono::{DateTime, SecondsFormat, Utc};
use parvis_kernel::{
    args,
    brought::keep,
    db::{self, Db, Dialect, Migration},
};
use parvis_people::erased::FILE;
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseTransaction, IsolationLevel, QueryResult, Statement, TransactionTrait,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{
    leftovers,
    schema::{self, Kind, Table},
};

/// What stopped a backup or its reading: a line with the remedy, and a code that pages put into words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// `disk`, `database`, `damaged` or `other`.
    pub code: &'static str,
    /// The line, in English, for logs.
    pub line: String,
    /// Key and arguments of the same line in the reader's language; none for what the machine says of itself.
    said: Option<(&'static str, Vec<(&'static str, String)>)>,
}

impl Problem {
    /// With its code.
    pub fn new(code: &'static str, line: impl fmt::Display) -> Self {
        Self { code, line: line.to_string(), said: None }
    }

    /// The same, with the words of a terminal in the reader's language.
    #[must_use]
    pub fn said(self, key: &'static str, args: &[(&'static str, &dyn fmt::Display)]) -> Self {
        let args = args.iter().map(|(name, value)| (*name, value.to_string())).collect();
        Self { said: Some((key, args)), ..self }
    }

    /// A file or folder that can't be written.
    pub(super) fn unwritten(code: &'static str, path: &Path, e: &io::Error) -> Self {
        let line = format!("{} can't be written: {e}. Check its folder, its rights and the disk", path.display());
        Self::new(code, line).said("cli-cannot-write", &[("file", &path.display()), ("said", e)])
    }

    /// A file or folder that can't be read.
    pub(super) fn unread(path: &Path, e: &io::Error) -> Self {
        let line = format!("{} can't be read: {e}. Check its path and its rights", path.display());
        if e.kind() == io::ErrorKind::NotFound {
            return Self::other(line).said("cli-no-file", &[("file", &path.display())]);
        }
        Self::other(line).said("cli-cannot-read", &[("file", &path.display()), ("said", e)])
    }

    /// Key and arguments of its words in the reader's language.
    #[must_use]
    pub fn words(&self) -> Option<(&'static str, &[(&'static str, String)])> {
        self.said.as_ref().map(|(key, args)| (*key, args.as_slice()))
    }

    /// Anything else.
    pub fn other(line: impl fmt::Display) -> Self {
        Self::new("other", line)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.line)
    }
}

impl std::error::Error for Problem {}

impl From<parvis_kernel::Error> for Problem {
    fn from(e: parvis_kernel::Error) -> Self {
        Self::new("database", format!("the database refused: {e}. Check that it runs and that the disk has room"))
            .said("cli-database", &[("said", &e)])
    }
}

/// Told how far the work is: done, and of how many.
pub type Progress<'a> = &'a mut (dyn FnMut(u64, u64) + Send);

/// Version of this form of file.
pub(super) const FORMAT: u32 = 1;
pub(super) const MANIFEST: &str = "manifest.json";

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the form of the file.
    pub format: u32,
    /// Version of the program that made it.
    pub program: String,
    /// When.
    pub made_at: DateTime<Utc>,
    /// The steps of its schema.
    pub migrations: Vec<String>,
    /// Tables and how many rows each has.
    pub tables: Vec<(String, u64)>,
    /// Every part of the file.
    pub parts: Vec<Part>,
}

impl Manifest {
    /// All rows.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|(_, n)| n).sum()
    }
}

/// A part of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its name in the ZIP.
    pub name: String,
    /// Bytes.
    pub bytes: u64,
    /// SHA-256, in hexadecimal.
    pub sha256: String,
}

/// Writes a backup of the instance to `path`, as it is at one instant, while others go on writing.
///
/// # Errors
/// One line with the remedy.
pub async fn write(
    db: &Db,
    migrations: &[Migration],
    data: &Path,
    path: &Path,
    now: DateTime<Utc>,
    progress: Progress<'_>,
) -> Result<Manifest, Problem> {
    let cannot = |e: io::Error| Problem::unwritten("disk", path, &e);
    if path.exists() {
        let line = format!("{} exists already. Choose another name", path.display());
        return Err(Problem::other(line).said("cli-exists", &[("file", &path.display())]));
    }
    let unfinished = leftovers::half(path);
    let file = leftovers::begin(&unfinished).map_err(cannot)?;
    // Held until it has its own name.
    let held = file.try_clone().map_err(cannot)?;
    let written = fill(db, migrations, data, file, now, progress).await;
    if written.is_err() {
        let _ = fs::remove_file(&unfinished);
    }
    let manifest = written?;
    fs::rename(&unfinished, path).map_err(cannot)?;
    drop(held);
    Ok(manifest)
}

/// A new file that only its owner reads: it holds addresses and the instance's key.
pub(super) fn private(path: &Path) -> io::Result<File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

async fn fill(
    db: &Db,
    migrations: &[Migration],
    data: &Path,
    file: File,
    now: DateTime<Utc>,
    progress: Progress<'_>,
) -> Result<Manifest, Problem> {
    let done = db::applied(db).await?;
    let applied: Vec<Migration> = migrations.iter().filter(|m| done.iter().any(|d| d == m.id)).copied().collect();
    let tables = schema::tables(&applied).map_err(Problem::other)?;
    let mut manifest = Manifest {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").into(),
        made_at: now,
        migrations: done,
        tables: Vec::new(),
        parts: Vec::new(),
    };
    let mut out = Out { zip: ZipWriter::new(file), parts: Vec::new() };
    dump(db, &tables, &mut out, &mut manifest.tables, progress).await?;
    for (name, path) in files(data)? {
        out.copy(&format!("data/{name}"), &path)?;
    }
    manifest.parts = std::mem::take(&mut out.parts);
    let text = serde_json::to_vec_pretty(&manifest).map_err(Problem::other)?;
    out.part(MANIFEST, |w| w.write_all(&text))?;
    let file = out.zip.finish().map_err(Problem::other)?;
    file.sync_all().map_err(Problem::other)?;
    Ok(manifest)
}

/// All tables, in one read transaction: one instant.
async fn dump(
    db: &Db,
    tables: &[Table],
    out: &mut Out,
    counts: &mut Vec<(String, u64)>,
    progress: Progress<'_>,
) -> Result<(), Problem> {
    let refused = |e: sea_orm::DbErr| Problem::from(parvis_kernel::Error::from(e));
    let tx = match db.dialect() {
        Dialect::Sqlite => db.read().begin().await,
        Dialect::Postgres => {
            db.read().begin_with_config(Some(IsolationLevel::RepeatableRead), Some(AccessMode::ReadOnly)).await
        }
    }
    .map_err(refused)?;
    let differences = schema::differences(db, &tx, tables).await?;
    if !differences.is_empty() {
        let tables = differences.join(", ");
        let line = format!(
            "the database has tables that this version of Parvis does not know: {tables}. Use the version that made them"
        );
        return Err(Problem::other(line).said("cli-tables-unknown", &[("tables", &tables)]));
    }
    let mut lines = Vec::new();
    for (i, table) in tables.iter().enumerate() {
        progress(i as u64, tables.len() as u64);
        let mut part = out.open(&format!("database/{}.jsonl", table.name))?;
        let mut pages = Pages { table, last: 0, opened: false };
        let mut n = 0;
        loop {
            let rows = pages.next(&tx).await.map_err(refused)?;
            if rows.is_empty() {
                break;
            }
            lines.clear();
            for row in &rows {
                write_line(table, row, &mut lines)?;
            }
            part.bytes(out, &lines)?;
            n += rows.len() as u64;
        }
        part.close(out);
        counts.push((table.name.clone(), n));
    }
    progress(1, 1);
    tx.rollback().await.map_err(refused)
}

/// Rows read at a time.
const PAGE: usize = 2000;

/// The rows of a table, some at a time, each once: by a cursor on PostgreSQL, by the row's own number on SQLite.
struct Pages<'a> {
    table: &'a Table,
    last: i64,
    opened: bool,
}

impl Pages<'_> {
    async fn next(&mut self, tx: &DatabaseTransaction) -> Result<Vec<QueryResult>, sea_orm::DbErr> {
        let (name, columns) = (&self.table.name, self.table.names().join(", "));
        let backend = tx.get_database_backend();
        if Dialect::of(backend) == Dialect::Postgres {
            if !self.opened {
                tx.execute_unprepared(&format!(
                    "DECLARE backup_{name} NO SCROLL CURSOR FOR SELECT {columns} FROM {name}"
                ))
                .await?;
                self.opened = true;
            }
            return tx.query_all_raw(Statement::from_string(backend, format!("FETCH {PAGE} FROM backup_{name}"))).await;
        }
        let sql = format!("SELECT {columns}, rowid FROM {name} WHERE rowid > $1 ORDER BY rowid LIMIT {PAGE}");
        let rows = tx.query_all_raw(Statement::from_sql_and_values(backend, sql, args![self.last])).await?;
        if let Some(row) = rows.last() {
            self.last = row.try_get_by_index(self.table.columns.len())?;
        }
        Ok(rows)
    }
}

/// Writes a row as one line: a JSON array of its cells.
fn write_line(table: &Table, row: &QueryResult, line: &mut Vec<u8>) -> Result<(), Problem> {
    let refused = |e: sea_orm::DbErr| Problem::from(parvis_kernel::Error::from(e));
    let mut separator = b'[';
    for (i, (_, kind)) in table.columns.iter().enumerate() {
        line.push(separator);
        separator = b',';
        let written = match kind {
            Kind::Uuid => cell(line, row.try_get_by_index::<Option<Uuid>>(i).map_err(refused)?),
            Kind::Time => {
                let at = row.try_get_by_index::<Option<DateTime<Utc>>>(i).map_err(refused)?;
                cell(line, at.map(|v| v.to_rfc3339_opts(SecondsFormat::Micros, true)))
            }
            // Written as text: a number would lose its last digit in some readers.
            Kind::Float => cell(line, row.try_get_by_index::<Option<f64>>(i).map_err(refused)?.map(|v| v.to_string())),
            Kind::Integer => cell(line, row.try_get_by_index::<Option<i64>>(i).map_err(refused)?),
            Kind::Boolean => cell(line, row.try_get_by_index::<Option<bool>>(i).map_err(refused)?),
            Kind::Text => cell(line, row.try_get_by_index::<Option<String>>(i).map_err(refused)?),
        };
        written.map_err(Problem::other)?;
    }
    line.extend_from_slice(b"]\n");
    Ok(())
}

fn cell(line: &mut Vec<u8>, value: Option<impl Serialize>) -> serde_json::Result<()> {
    serde_json::to_writer(line, &value)
}

/// The files of the data folder but the database, the backups, the list of who was erased (a restore must not take it
/// back in time), the files brought to import (whole lists of people, kept for a day) and what is only for the moment.
fn files(data: &Path) -> Result<Vec<(String, PathBuf)>, Problem> {
    let mut found = Vec::new();
    let mut folders = vec![data.to_owned()];
    while let Some(folder) = folders.pop() {
        let cannot = |e: io::Error| Problem::unread(&folder, &e);
        for entry in fs::read_dir(&folder).map_err(cannot)? {
            let entry = entry.map_err(cannot)?;
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            let passing = name.starts_with('.') || name.ends_with(".lock") || name.ends_with(".part");
            if passing || (folder == data && (name.starts_with("parvis.sqlite") || name == "backups" || name == FILE)) {
                continue;
            }
            let kind = entry.file_type().map_err(cannot)?;
            if kind.is_dir() {
                if path.strip_prefix(data) != Ok(Path::new(keep::FOLDER)) {
                    folders.push(path);
                }
            } else if kind.is_file() {
                let inside = path.strip_prefix(data).unwrap_or(&path);
                let parts = inside.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>();
                found.push((parts.join("/"), path.clone()));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The ZIP being written, and what it holds so far.
struct Out {
    zip: ZipWriter<File>,
    parts: Vec<Part>,
}

/// A part being written.
struct Open {
    name: String,
    bytes: u64,
    hash: Sha256,
}

impl Open {
    fn bytes(&mut self, out: &mut Out, bytes: &[u8]) -> Result<(), Problem> {
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
        out.zip.write_all(bytes).map_err(|e| {
            let line = format!("the backup can't be written: {e}. Check the disk");
            let problem = Problem::new("disk", line);
            match e.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => problem.said("cli-full", &[]),
                _ => problem.said("cli-backup-unwritten", &[("said", &e)]),
            }
        })
    }

    fn close(self, out: &mut Out) {
        out.parts.push(Part { name: self.name, bytes: self.bytes, sha256: hex(self.hash) });
    }
}

impl Out {
    fn open(&mut self, name: &str) -> Result<Open, Problem> {
        // The lowest level: half the time of the usual one for a file somewhat larger.
        let options = SimpleFileOptions::default().large_file(true).unix_permissions(0o600).compression_level(Some(1));
        self.zip.start_file(name, options).map_err(Problem::other)?;
        Ok(Open { name: name.to_owned(), bytes: 0, hash: Sha256::new() })
    }

    fn part(&mut self, name: &str, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Problem> {
        let options = SimpleFileOptions::default().unix_permissions(0o600);
        self.zip.start_file(name, options).map_err(Problem::other)?;
        write(&mut self.zip).map_err(Problem::other)
    }

    fn copy(&mut self, name: &str, path: &Path) -> Result<(), Problem> {
        let cannot = |e: io::Error| Problem::unread(path, &e);
        let mut file = File::open(path).map_err(cannot)?;
        let mut part = self.open(name)?;
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let n = file.read(&mut buffer).map_err(cannot)?;
            if n == 0 {
                break;
            }
            part.bytes(self, buffer.get(..n).unwrap_or_default())?;
        }
        part.close(self);
        Ok(())
    }
}

pub(super) fn hex(hash: Sha256) -> String {
    hash.finalize().iter().map(|b| format!("{b:02x}")).collect()
}

/// Makes a folder that only its owner reads.
///
/// # Errors
/// One line with the remedy.
pub fn make_folder(path: &Path) -> Result<(), Problem> {
    let cannot = |e: io::Error| {
        let line =
            format!("{} can't be written: {e}. Choose another folder with --data, or change its owner", path.display());
        Problem::new("disk", line).said("cli-folder-unwritten", &[("folder", &path.display()), ("said", &e)])
    };
    if !path.is_dir() {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(path).map_err(cannot)?;
    }
    tempfile::tempfile_in(path).map_err(cannot)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_brought_to_import_stay_out_of_backups() {
        let data = tempfile::tempdir().unwrap();
        let put = |name: &str| {
            let path = data.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, b"x").unwrap();
        };
        let all =
            ["files/imports/people/a.txt", "files/imports/b.txt", "files/a/imports/c.jpg", "files/d.jpg", "imports/e"];
        all.iter().for_each(|name| put(name));
        let names: Vec<String> = files(data.path()).unwrap().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["files/a/imports/c.jpg", "files/d.jpg", "imports/e"]);
    }
}
