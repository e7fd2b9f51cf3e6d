//! The file of a backup: a ZIP of one JSON-lines file a table, the files of the data folder, and a manifest that says
//! what must be there. It goes back into either database.

use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, BufWriter, Read, Write},
    path::{Component, Path, PathBuf},
};

use chrono::{DateTime, SecondsFormat, Utc};
use parvis_kernel::{
    args,
    db::{self, Db, Dialect, Migration},
};
use parvis_people::erased::FILE;
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseTransaction, IsolationLevel, QueryResult, Statement, TransactionTrait, Value,
};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use uuid::Uuid;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::{
    CommandError, Meter,
    schema::{self, Kind, Table},
};

/// Version of this form of file.
const FORMAT: u32 = 1;
const MANIFEST: &str = "manifest.json";

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
) -> Result<Manifest, CommandError> {
    let cannot = |e: io::Error| {
        CommandError::new(format!(
            "{} can't be written: {e}. Check its folder, its rights and the disk",
            path.display()
        ))
    };
    if path.exists() {
        return Err(CommandError::new(format!("{} exists already. Choose another name", path.display())));
    }
    let unfinished = path.with_extension("part");
    let file = private(&unfinished).map_err(cannot)?;
    let written = fill(db, migrations, data, file, now).await;
    if written.is_err() {
        let _ = fs::remove_file(&unfinished);
    }
    let manifest = written?;
    fs::rename(&unfinished, path).map_err(cannot)?;
    Ok(manifest)
}

/// A new file that only its owner reads: it holds addresses and the instance's key.
fn private(path: &Path) -> io::Result<File> {
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
) -> Result<Manifest, CommandError> {
    let done = db::applied(db).await?;
    let applied: Vec<Migration> = migrations.iter().filter(|m| done.iter().any(|d| d == m.id)).copied().collect();
    let tables = schema::tables(&applied).map_err(CommandError::new)?;
    let mut manifest = Manifest {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").into(),
        made_at: now,
        migrations: done,
        tables: Vec::new(),
        parts: Vec::new(),
    };
    let mut out = Out { zip: ZipWriter::new(file), parts: Vec::new() };
    dump(db, &tables, &mut out, &mut manifest.tables).await?;
    for (name, path) in files(data)? {
        out.copy(&format!("data/{name}"), &path)?;
    }
    manifest.parts = std::mem::take(&mut out.parts);
    let text = serde_json::to_vec_pretty(&manifest).map_err(CommandError::new)?;
    out.part(MANIFEST, |w| w.write_all(&text))?;
    let file = out.zip.finish().map_err(CommandError::new)?;
    file.sync_all().map_err(CommandError::new)?;
    Ok(manifest)
}

/// All tables, in one read transaction: one instant.
async fn dump(db: &Db, tables: &[Table], out: &mut Out, counts: &mut Vec<(String, u64)>) -> Result<(), CommandError> {
    let refused = |e: sea_orm::DbErr| CommandError::from(parvis_kernel::Error::from(e));
    let tx = match db.dialect() {
        Dialect::Sqlite => db.read().begin().await,
        Dialect::Postgres => {
            db.read().begin_with_config(Some(IsolationLevel::RepeatableRead), Some(AccessMode::ReadOnly)).await
        }
    }
    .map_err(refused)?;
    let differences = schema::differences(db, &tx, tables).await?;
    if !differences.is_empty() {
        return Err(CommandError::new(format!(
            "the database has tables that this version of Parvis does not know: {}. Use the version that made them",
            differences.join(", ")
        )));
    }
    let mut meter = Meter::default();
    for (i, table) in tables.iter().enumerate() {
        meter.show(i as u64, tables.len() as u64);
        let mut part = out.open(&format!("database/{}.jsonl", table.name))?;
        let mut pages = Pages { table, last: 0, opened: false };
        let mut n = 0;
        loop {
            let rows = pages.next(&tx).await.map_err(refused)?;
            if rows.is_empty() {
                break;
            }
            for row in &rows {
                part.line(out, &to_json(table, row).map_err(refused)?)?;
                n += 1;
            }
        }
        part.close(out);
        counts.push((table.name.clone(), n));
    }
    meter.end();
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

fn to_json(table: &Table, row: &QueryResult) -> Result<Json, sea_orm::DbErr> {
    let cell = |i: usize, kind: Kind| -> Result<Json, sea_orm::DbErr> {
        Ok(match kind {
            Kind::Uuid => row.try_get_by_index::<Option<Uuid>>(i)?.map(|v| v.to_string()).into(),
            Kind::Time => {
                let at = row.try_get_by_index::<Option<DateTime<Utc>>>(i)?;
                at.map(|v| v.to_rfc3339_opts(SecondsFormat::Micros, true)).into()
            }
            // Written as text: a number would lose its last digit in some readers.
            Kind::Float => row.try_get_by_index::<Option<f64>>(i)?.map(|v| v.to_string()).into(),
            Kind::Integer => row.try_get_by_index::<Option<i64>>(i)?.into(),
            Kind::Boolean => row.try_get_by_index::<Option<bool>>(i)?.into(),
            Kind::Text => row.try_get_by_index::<Option<String>>(i)?.into(),
        })
    };
    let cells = table.columns.iter().enumerate().map(|(i, (_, kind))| cell(i, *kind));
    Ok(Json::Array(cells.collect::<Result<_, _>>()?))
}

fn from_json(table: &Table, line: &str) -> Option<Vec<Value>> {
    let cells: Vec<Json> = serde_json::from_str(line).ok()?;
    if cells.len() != table.columns.len() {
        return None;
    }
    let cell = |json: &Json, kind: Kind| -> Option<Value> {
        let text = || match json {
            Json::Null => Some(None),
            other => other.as_str().map(Some),
        };
        Some(match kind {
            Kind::Uuid => Value::from(text()?.map(str::parse::<Uuid>).transpose().ok()?),
            Kind::Time => Value::from(text()?.map(str::parse::<DateTime<Utc>>).transpose().ok()?),
            Kind::Float => Value::from(text()?.map(str::parse::<f64>).transpose().ok()?),
            Kind::Text => Value::from(text()?.map(str::to_owned)),
            Kind::Integer => Value::from(if json.is_null() { None } else { Some(json.as_i64()?) }),
            Kind::Boolean => Value::from(if json.is_null() { None } else { Some(json.as_bool()?) }),
        })
    };
    cells.iter().zip(&table.columns).map(|(json, (_, kind))| cell(json, *kind)).collect()
}

/// The files of the data folder but the database, the backups, the list of who was erased (a restore must not take it
/// back in time) and what is only for the moment.
fn files(data: &Path) -> Result<Vec<(String, PathBuf)>, CommandError> {
    let mut found = Vec::new();
    let mut folders = vec![data.to_owned()];
    while let Some(folder) = folders.pop() {
        let cannot = |e| CommandError::new(format!("{} can't be read: {e}. Check its rights", folder.display()));
        for entry in fs::read_dir(&folder).map_err(cannot)? {
            let entry = entry.map_err(cannot)?;
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            let passing = name.starts_with('.') || name.ends_with(".lock") || name.ends_with(".part");
            if passing || (folder == data && (name.starts_with("parvis.sqlite") || name == "backups" || name == FILE)) {
                continue;
            }
            let kind = entry.file_type().map_err(cannot)?;
            if kind.is_dir() {
                folders.push(path);
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
    fn bytes(&mut self, out: &mut Out, bytes: &[u8]) -> Result<(), CommandError> {
        self.hash.update(bytes);
        self.bytes += bytes.len() as u64;
        out.zip
            .write_all(bytes)
            .map_err(|e| CommandError::new(format!("the backup can't be written: {e}. Check the disk")))
    }

    fn line(&mut self, out: &mut Out, line: &Json) -> Result<(), CommandError> {
        let mut text = serde_json::to_vec(line).map_err(CommandError::new)?;
        text.push(b'\n');
        self.bytes(out, &text)
    }

    fn close(self, out: &mut Out) {
        out.parts.push(Part { name: self.name, bytes: self.bytes, sha256: hex(self.hash) });
    }
}

impl Out {
    fn open(&mut self, name: &str) -> Result<Open, CommandError> {
        let options = SimpleFileOptions::default().large_file(true).unix_permissions(0o600);
        self.zip.start_file(name, options).map_err(CommandError::new)?;
        Ok(Open { name: name.to_owned(), bytes: 0, hash: Sha256::new() })
    }

    fn part(&mut self, name: &str, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), CommandError> {
        let options = SimpleFileOptions::default().unix_permissions(0o600);
        self.zip.start_file(name, options).map_err(CommandError::new)?;
        write(&mut self.zip).map_err(CommandError::new)
    }

    fn copy(&mut self, name: &str, path: &Path) -> Result<(), CommandError> {
        let cannot = |e| CommandError::new(format!("{} can't be read: {e}. Check its rights", path.display()));
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

fn hex(hash: Sha256) -> String {
    hash.finalize().iter().map(|b| format!("{b:02x}")).collect()
}

/// A backup taken apart and checked, in a folder that goes away with it.
#[derive(Debug)]
pub struct Unpacked {
    /// What it holds.
    pub manifest: Manifest,
    folder: tempfile::TempDir,
}

impl Unpacked {
    /// The rows of a table, as values to insert, some at a time; `None` in place of a row that can't be read.
    ///
    /// # Errors
    /// When the part can't be opened.
    pub fn rows<'a>(&self, table: &'a Table) -> io::Result<impl Iterator<Item = Option<Vec<Value>>> + Send + use<'a>> {
        let path = self.folder.path().join("database").join(format!("{}.jsonl", table.name));
        let lines = BufReader::new(File::open(path)?).lines();
        Ok(lines.map(move |line| from_json(table, &line.ok()?)))
    }

    /// Puts the files of the data folder back.
    ///
    /// # Errors
    /// One line with the remedy.
    pub fn put_files(&self, data: &Path) -> Result<u64, CommandError> {
        let mut n = 0;
        for part in self.manifest.parts.iter().filter(|p| p.name.starts_with("data/")) {
            let (from, to) = (self.folder.path().join(&part.name), data.join(part.name.trim_start_matches("data/")));
            let cannot = |e| CommandError::new(format!("{} can't be written: {e}. Check its rights", to.display()));
            if let Some(folder) = to.parent() {
                fs::create_dir_all(folder).map_err(cannot)?;
            }
            let mut file = private(&to).map_err(cannot)?;
            io::copy(&mut File::open(&from).map_err(cannot)?, &mut file).map_err(cannot)?;
            file.sync_all().map_err(cannot)?;
            n += 1;
        }
        Ok(n)
    }
}

/// Takes a backup apart into a folder under `near`, and checks every part against the manifest.
///
/// # Errors
/// One line with the remedy.
pub fn unpack(path: &Path, near: &Path) -> Result<Unpacked, CommandError> {
    let damaged = |what: &str| {
        CommandError::new(format!(
            "{} is not a whole backup of Parvis: {what}. Take another copy of it",
            path.display()
        ))
    };
    let file = File::open(path).map_err(|e| {
        CommandError::new(format!("{} can't be read: {e}. Check its path and its rights", path.display()))
    })?;
    let mut zip = ZipArchive::new(BufReader::new(file)).map_err(|_| damaged("the file is cut or is no ZIP"))?;
    let mut text = Vec::new();
    zip.by_name(MANIFEST)
        .map_err(|_| damaged("it has no manifest"))?
        .read_to_end(&mut text)
        .map_err(|_| damaged("its manifest is damaged"))?;
    let manifest: Manifest = serde_json::from_slice(&text).map_err(|_| damaged("its manifest can't be read"))?;
    if manifest.format != FORMAT {
        return Err(damaged(&format!("its form is {}, this version reads {FORMAT}", manifest.format)));
    }
    let folder = tempfile::Builder::new().prefix(".restore-").tempdir_in(near).map_err(|e| {
        CommandError::new(format!("{} can't be written: {e}. Check its rights and the disk", near.display()))
    })?;
    for part in &manifest.parts {
        let inside = Path::new(&part.name);
        if !inside.components().all(|c| matches!(c, Component::Normal(_))) {
            return Err(damaged(&format!("{} leads out of it", part.name)));
        }
        let to = folder.path().join(inside);
        let mut source = zip.by_name(&part.name).map_err(|_| damaged(&format!("{} is missing", part.name)))?;
        let (bytes, sha256) =
            extract(&mut source, &to).map_err(|e| damaged(&format!("{} can't be taken out ({e})", part.name)))?;
        if (bytes, &sha256) != (part.bytes, &part.sha256) {
            return Err(damaged(&format!("{} is not what was saved", part.name)));
        }
    }
    Ok(Unpacked { manifest, folder })
}

fn extract(source: &mut impl Read, to: &Path) -> io::Result<(u64, String)> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = BufWriter::new(private(to)?);
    let (mut bytes, mut hash, mut buffer) = (0, Sha256::new(), vec![0; 64 * 1024]);
    loop {
        let n = source.read(&mut buffer)?;
        let Some(read) = buffer.get(..n).filter(|r| !r.is_empty()) else { break };
        file.write_all(read)?;
        hash.update(read);
        bytes += read.len() as u64;
    }
    file.flush()?;
    Ok((bytes, hex(hash)))
}

/// How many rows a table has.
///
/// # Errors
/// When the database refuses.
pub async fn count(c: &impl ConnectionTrait, table: &Table) -> parvis_kernel::Result<u64> {
    let n = db::count(c, &format!("SELECT count(*) FROM {}", table.name), args![]).await?;
    Ok(u64::try_from(n).unwrap_or(0))
}
