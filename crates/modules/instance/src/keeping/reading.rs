//! The file of a backup, read back: checked whole before anything of it is used.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, BufRead, BufReader, BufWriter, Read, Write},
    path::{Component, Path},
};

use chrono::{DateTime, Utc};
use parvis_kernel::{args, db};
use sea_orm::{ConnectionTrait, Value};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use uuid::Uuid;
use zip::ZipArchive;

use super::{
    archive::{FORMAT, MANIFEST, Manifest, Problem, hex, private},
    leftovers::{Held, RESTORE},
    schema::{Kind, Table},
};

/// Most bytes of a manifest: a line for each file of the instance, a few hundred thousand of them.
const MOST_MANIFEST: u64 = 64 << 20;

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

/// A backup taken apart and checked, in a folder that goes away with it.
#[derive(Debug)]
pub struct Unpacked {
    /// What it holds.
    pub manifest: Manifest,
    folder: Held,
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
    pub fn put_files(&self, data: &Path) -> Result<u64, Problem> {
        let mut n = 0;
        for part in self.manifest.parts.iter().filter(|p| p.name.starts_with("data/")) {
            let (from, to) = (self.folder.path().join(&part.name), data.join(part.name.trim_start_matches("data/")));
            let cannot = |e: io::Error| Problem::unwritten("other", &to, &e);
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

/// What is wrong with a file that should be a backup.
enum Damage<'a> {
    /// Cut, or no ZIP.
    Cut,
    /// Without a manifest that can be read.
    Manifest,
    /// Of another form.
    Form(u32),
    /// A part is missing.
    Missing(&'a str),
    /// A part can't be read.
    Unread(&'a str, io::Error),
    /// A part is not what was saved.
    Changed(&'a str),
    /// A part would be written elsewhere.
    Outside(&'a str),
}

fn damaged(path: &Path, what: &Damage<'_>) -> Problem {
    let file = path.display();
    let (why, key, part, said) = match what {
        Damage::Cut => ("the file is cut or is no ZIP".to_owned(), "cli-damaged-cut", "", String::new()),
        Damage::Manifest => {
            ("it has no manifest that can be read".to_owned(), "cli-damaged-manifest", "", String::new())
        }
        Damage::Form(form) => {
            let why = format!("its form is {form}, this version reads {FORMAT}");
            (why, "cli-damaged-form", "", form.to_string())
        }
        Damage::Missing(part) => (format!("{part} is missing"), "cli-damaged-missing", *part, String::new()),
        Damage::Unread(part, e) => (format!("{part} can't be read ({e})"), "cli-damaged-unread", *part, e.to_string()),
        Damage::Changed(part) => (format!("{part} is not what was saved"), "cli-damaged-changed", *part, String::new()),
        Damage::Outside(part) => (format!("{part} leads out of it"), "cli-damaged-outside", *part, String::new()),
    };
    let line = format!("{file} is not a whole backup of Parvis: {why}. Take another copy of it");
    Problem::new("damaged", line).said(key, &[("file", &file), ("part", &part), ("said", &said), ("form", &FORMAT)])
}

fn open(path: &Path) -> Result<(ZipArchive<BufReader<File>>, Manifest), Problem> {
    let file = File::open(path).map_err(|e| Problem::unread(path, &e))?;
    let mut zip = ZipArchive::new(BufReader::new(file)).map_err(|_| damaged(path, &Damage::Cut))?;
    let manifest = || damaged(path, &Damage::Manifest);
    let mut text = Vec::new();
    zip.by_name(MANIFEST)
        .map_err(|_| manifest())?
        .take(MOST_MANIFEST + 1)
        .read_to_end(&mut text)
        .map_err(|_| manifest())?;
    if text.len() as u64 > MOST_MANIFEST {
        return Err(manifest());
    }
    let manifest: Manifest = serde_json::from_slice(&text).map_err(|_| manifest())?;
    if manifest.format != FORMAT {
        return Err(damaged(path, &Damage::Form(manifest.format)));
    }
    Ok((zip, manifest))
}

/// Reads a backup through, and compares every part with what was saved. Writes nothing.
///
/// # Errors
/// One line with the remedy.
pub fn verify(path: &Path) -> Result<Manifest, Problem> {
    let (mut zip, manifest) = open(path)?;
    for part in &manifest.parts {
        let mut source = zip.by_name(&part.name).map_err(|_| damaged(path, &Damage::Missing(&part.name)))?;
        let (bytes, sha256) = copy(&mut source, &mut io::sink(), part.bytes)
            .map_err(|e| damaged(path, &Damage::Unread(&part.name, e)))?;
        if (bytes, &sha256) != (part.bytes, &part.sha256) {
            return Err(damaged(path, &Damage::Changed(&part.name)));
        }
    }
    Ok(manifest)
}

/// Takes a backup apart into a folder under `near`, and checks every part against the manifest. `told` hears how many bytes are
/// done, and of how many.
///
/// # Errors
/// One line with the remedy.
pub fn unpack(path: &Path, near: &Path, told: &dyn Fn(u64, u64)) -> Result<Unpacked, Problem> {
    let (mut zip, manifest) = open(path)?;
    let folder = Held::new(near, RESTORE).map_err(|e| Problem::unwritten("other", near, &e))?;
    let (mut done, all) = (0_u64, manifest.parts.iter().fold(0_u64, |sum, part| sum.saturating_add(part.bytes)));
    for part in &manifest.parts {
        let inside = Path::new(&part.name);
        if !inside.components().all(|c| matches!(c, Component::Normal(_))) {
            return Err(damaged(path, &Damage::Outside(&part.name)));
        }
        let to = folder.path().join(inside);
        let mut source = zip.by_name(&part.name).map_err(|_| damaged(path, &Damage::Missing(&part.name)))?;
        let (bytes, sha256) =
            extract(&mut source, &to, part.bytes).map_err(|e| damaged(path, &Damage::Unread(&part.name, e)))?;
        if (bytes, &sha256) != (part.bytes, &part.sha256) {
            return Err(damaged(path, &Damage::Changed(&part.name)));
        }
        done = done.saturating_add(bytes);
        told(done, all);
    }
    Ok(Unpacked { manifest, folder })
}

fn extract(source: &mut impl Read, to: &Path, stated: u64) -> io::Result<(u64, String)> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = BufWriter::new(private(to)?);
    let copied = copy(source, &mut file, stated)?;
    file.flush()?;
    Ok(copied)
}

/// Copies, and says how many bytes and which. Of what is longer than was stated one byte more is read, no more: a small
/// file may unpack to a full disk.
fn copy(source: &mut impl Read, to: &mut impl Write, stated: u64) -> io::Result<(u64, String)> {
    let mut source = source.take(stated.saturating_add(1));
    let (mut bytes, mut hash, mut buffer) = (0, Sha256::new(), vec![0; 64 * 1024]);
    loop {
        let n = source.read(&mut buffer)?;
        let Some(read) = buffer.get(..n).filter(|r| !r.is_empty()) else { break };
        to.write_all(read)?;
        hash.update(read);
        bytes += read.len() as u64;
    }
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

/// What a table holds, in two numbers: the same rows give the same, in whatever order they are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sum {
    /// Rows.
    pub rows: u64,
    /// The sum of the first 128 bits of each row's SHA-256.
    pub sum: u128,
}

impl Unpacked {
    /// Rows and checksum of each table.
    ///
    /// # Errors
    /// When a part can't be read.
    pub fn sums(&self) -> io::Result<BTreeMap<String, Sum>> {
        let mut all = BTreeMap::new();
        for (table, _) in &self.manifest.tables {
            let path = self.folder.path().join("database").join(format!("{table}.jsonl"));
            let mut sum = Sum::default();
            for line in BufReader::new(File::open(path)?).lines() {
                let hash = Sha256::digest(line?.as_bytes());
                let first = hash.iter().take(16).fold(0_u128, |n, byte| (n << 8) | u128::from(*byte));
                sum.rows += 1;
                sum.sum = sum.sum.wrapping_add(first);
            }
            all.insert(table.clone(), sum);
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;
    use crate::keeping::archive::Part;

    /// A file with this manifest, and one part of so many zeros.
    fn zipped(folder: &Path, manifest: &[u8], zeros: u64) -> std::path::PathBuf {
        let path = folder.join("bomb.zip");
        let mut zip = ZipWriter::new(File::create(&path).unwrap());
        let options = SimpleFileOptions::default();
        zip.start_file(MANIFEST, options).unwrap();
        zip.write_all(manifest).unwrap();
        zip.start_file("database/mail.jsonl", options).unwrap();
        io::copy(&mut io::repeat(0).take(zeros), &mut zip).unwrap();
        zip.finish().unwrap();
        path
    }

    fn stating(bytes: u64) -> Vec<u8> {
        let part = Part { name: "database/mail.jsonl".into(), bytes, sha256: String::new() };
        let made_at = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let manifest = Manifest {
            format: FORMAT,
            program: "0".into(),
            made_at,
            migrations: vec![],
            tables: vec![],
            parts: vec![part],
        };
        serde_json::to_vec(&manifest).unwrap()
    }

    #[test]
    fn a_part_is_read_no_further_than_was_stated() {
        let mut out = Vec::new();
        let (bytes, _) = copy(&mut io::repeat(0), &mut out, 10).unwrap();
        assert_eq!((bytes, out.len()), (11, 11));
        assert_eq!(copy(&mut &b"abc"[..], &mut io::sink(), u64::MAX).unwrap().0, 3);
        let folder = tempfile::tempdir().unwrap();
        let path = zipped(folder.path(), &stating(10), 40 << 20);
        for line in [verify(&path).unwrap_err().line, unpack(&path, folder.path(), &|_, _| {}).unwrap_err().line] {
            assert!(line.contains("database/mail.jsonl is not what was saved"), "{line}");
        }
    }

    #[test]
    fn a_manifest_that_unpacks_without_end_is_not_read_to_its_end() {
        let folder = tempfile::tempdir().unwrap();
        // A good one, with blanks after it that would say nothing.
        let mut manifest = stating(0);
        manifest.resize(usize::try_from(MOST_MANIFEST).unwrap() + 1, b' ');
        let path = zipped(folder.path(), &manifest, 0);
        assert!(fs::metadata(&path).unwrap().len() < 1 << 20, "small on the disk");
        assert!(verify(&path).unwrap_err().line.contains("no manifest that can be read"));
    }
}
