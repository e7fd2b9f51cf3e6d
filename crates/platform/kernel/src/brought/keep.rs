//! Where the file of an import is kept until its last row, and the lines that were refused.

use std::{
    collections::HashMap,
    fs::{self, File},
    io::{self, Read, Seek, Write},
    sync::Arc,
    time::SystemTime,
};

use axum::body::Body;
use chrono::TimeDelta;
use futures::StreamExt;
use object_store::{ObjectStoreExt, buffered::BufWriter, path::Path};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::{
    app::App,
    error::{Error, Result},
};

/// Where all of them stand in the data folder of an instance. No backup takes them along: they are whole lists of people,
/// for a day.
pub const FOLDER: &str = "files/imports";
/// What nobody names is left alone for so long: it may be on its way.
const YOUNG: TimeDelta = TimeDelta::hours(1);
/// Bytes moved at a time.
const CHUNK: usize = 1 << 20;

/// What is kept of an import.
#[derive(Debug, Clone, Copy)]
pub enum What {
    /// The text of the file.
    Text,
    /// The workbook that the text is a sheet of, when it has others.
    Book,
    /// The refused lines, to correct.
    Refused,
    /// What came of it, as JSON.
    Report,
}

/// The part of the kept files that is a module's own: it alone knows which of them are named.
#[derive(Debug, Clone, Copy)]
pub struct Place(pub &'static str);

impl Place {
    fn path(self, id: Uuid, what: What) -> Path {
        let end = match what {
            What::Text => "txt",
            What::Book => "xlsx",
            What::Refused => "csv",
            What::Report => "json",
        };
        Path::from(format!("imports/{}/{id}.{end}", self.0))
    }

    /// Keeps a file from its beginning to its end. Says its bytes.
    ///
    /// # Errors
    /// When the disk or the store of files refuses.
    pub async fn put(self, app: &Arc<App>, id: Uuid, what: What, mut file: File) -> Result<i64> {
        file.rewind().map_err(Error::other)?;
        let mut out = BufWriter::new(app.files.clone(), self.path(id, what));
        let mut total = 0;
        loop {
            let mut chunk = Vec::new();
            (&mut file).take(CHUNK as u64).read_to_end(&mut chunk).map_err(Error::other)?;
            if chunk.is_empty() {
                break;
            }
            total += i64::try_from(chunk.len()).unwrap_or(0);
            out.put(chunk.into()).await.map_err(Error::other)?;
        }
        tokio::io::AsyncWriteExt::shutdown(&mut out).await.map_err(Error::other)?;
        Ok(total)
    }

    /// What tells one content of a kept file from another; nothing when it is not kept.
    ///
    /// # Errors
    /// When the store of files refuses.
    pub async fn tag(self, app: &Arc<App>, id: Uuid, what: What) -> Result<Option<String>> {
        match app.files.head(&self.path(id, what)).await {
            Ok(found) => Ok(found.e_tag),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(e) => Err(Error::other(e)),
        }
    }

    /// Keeps a file in place of what had this tag; `false` when something else stands there by now. A store in a folder has no
    /// put under a condition: it is looked at just before.
    ///
    /// # Errors
    /// When the disk or the store of files refuses.
    pub async fn replace(self, app: &Arc<App>, id: Uuid, what: What, file: File, tag: Option<String>) -> Result<bool> {
        if self.tag(app, id, what).await? != tag {
            return Ok(false);
        }
        self.put(app, id, what, file).await.map(|_| true)
    }

    /// A kept file, copied into one without a name that is gone with the program.
    ///
    /// # Errors
    /// `NotFound` when it is not kept any more; when the store of files refuses.
    pub async fn get(self, app: &Arc<App>, id: Uuid, what: What) -> Result<File> {
        let mut file = tempfile::tempfile_in(&app.data_dir).map_err(Error::other)?;
        let mut stream = app.files.get(&self.path(id, what)).await.map_err(missing)?.into_stream();
        while let Some(chunk) = stream.next().await {
            file.write_all(&chunk.map_err(Error::other)?).map_err(Error::other)?;
        }
        file.rewind().map_err(Error::other)?;
        Ok(file)
    }

    /// The first bytes of a kept text.
    ///
    /// # Errors
    /// `NotFound` when it is not kept any more; when the store of files refuses.
    pub async fn head(self, app: &Arc<App>, id: Uuid, bytes: u64) -> Result<Vec<u8>> {
        let path = self.path(id, What::Text);
        let size = app.files.head(&path).await.map_err(missing)?.size;
        if size == 0 {
            return Ok(Vec::new());
        }
        Ok(app.files.get_range(&path, 0..size.min(bytes)).await.map_err(missing)?.to_vec())
    }

    /// A kept file, whole: for small ones.
    ///
    /// # Errors
    /// `NotFound` when it is not kept any more; when the store of files refuses.
    pub async fn whole(self, app: &Arc<App>, id: Uuid, what: What) -> Result<Vec<u8>> {
        let found = app.files.get(&self.path(id, what)).await.map_err(missing)?;
        Ok(found.bytes().await.map_err(Error::other)?.to_vec())
    }

    /// What came of an import; nothing when it was never tried.
    ///
    /// # Errors
    /// When the store of files refuses.
    pub async fn report<T: DeserializeOwned + Default>(self, app: &Arc<App>, id: Uuid) -> Result<T> {
        match self.whole(app, id, What::Report).await {
            Ok(json) => Ok(serde_json::from_slice(&json).unwrap_or_default()),
            Err(Error::NotFound) => Ok(T::default()),
            Err(e) => Err(e),
        }
    }

    /// Lets go of the text, once it is done, or of everything.
    ///
    /// # Errors
    /// When the store of files refuses.
    pub async fn forget(self, app: &Arc<App>, id: Uuid, everything: bool) -> Result<()> {
        let all = [What::Text, What::Book, What::Refused, What::Report];
        let what = if everything { &all[..] } else { &all[..2] };
        for what in what {
            match app.files.delete(&self.path(id, *what)).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(e) => return Err(Error::other(e)),
            }
        }
        Ok(())
    }

    /// A kept file, as it is read: not held in memory.
    ///
    /// # Errors
    /// `NotFound` when it is not kept any more; when the store of files refuses.
    pub async fn body(self, app: &Arc<App>, id: Uuid, what: What) -> Result<Body> {
        let found = app.files.get(&self.path(id, what)).await.map_err(missing)?;
        Ok(Body::from_stream(found.into_stream()))
    }

    /// Whether the text of a file is there.
    ///
    /// # Errors
    /// When the store of files refuses.
    pub async fn has_text(self, app: &Arc<App>, id: Uuid) -> Result<bool> {
        match app.files.head(&self.path(id, What::Text)).await {
            Ok(_) => Ok(true),
            Err(object_store::Error::NotFound { .. }) => Ok(false),
            Err(e) => Err(Error::other(e)),
        }
    }

    /// The imports of which this is kept.
    ///
    /// # Errors
    /// When the store of files refuses.
    pub async fn kept(self, app: &Arc<App>, what: What) -> Result<Vec<Uuid>> {
        let mut ids = Vec::new();
        let mut all = app.files.list(Some(&Path::from(format!("imports/{}", self.0))));
        while let Some(found) = all.next().await {
            let found = found.map_err(Error::other)?;
            let id: Option<Uuid> = found.location.filename().and_then(|name| name.split('.').next()?.parse().ok());
            ids.extend(id.filter(|id| self.path(*id, what) == found.location));
        }
        Ok(ids)
    }

    /// Throws away what a program that was killed left, once it is an hour old: files of imports that are not among `named`,
    /// and texts of those whose text is done with (`false`).
    ///
    /// # Errors
    /// When the store of files refuses.
    pub async fn sweep(self, app: &Arc<App>, named: &HashMap<Uuid, bool>) -> Result<()> {
        let before = app.clock.now() - YOUNG;
        let mut gone = Vec::new();
        let mut all = app.files.list(Some(&Path::from(format!("imports/{}", self.0))));
        while let Some(found) = all.next().await {
            let found = found.map_err(Error::other)?;
            if found.last_modified < before && !is_named(&found.location, named) {
                gone.push(found.location);
            }
        }
        for path in gone {
            match app.files.delete(&path).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(e) => return Err(Error::other(e)),
            }
        }
        let folder = app.data_dir.join(FOLDER).join(self.0);
        tokio::task::spawn_blocking(move || unfinished(&folder, before.into()))
            .await
            .map_err(Error::other)?
            .map_err(Error::other)
    }
}

fn is_named(path: &Path, named: &HashMap<Uuid, bool>) -> bool {
    let Some((id, end)) = path.filename().and_then(|name| name.split_once('.')) else { return false };
    let text = id.parse::<Uuid>().ok().and_then(|id| named.get(&id));
    if matches!(end, "txt" | "xlsx") { text == Some(&true) } else { text.is_some() }
}

/// A file that is not yet whole stands beside under the name `…#1`, which the store of files does not list.
fn unfinished(folder: &std::path::Path, before: SystemTime) -> io::Result<()> {
    let all = match fs::read_dir(folder) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
        all => all?,
    };
    for entry in all {
        let entry = entry?;
        if entry.file_name().to_string_lossy().contains('#') && entry.metadata()?.modified()? < before {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn missing(e: object_store::Error) -> Error {
    match e {
        object_store::Error::NotFound { .. } => Error::NotFound,
        e => Error::other(e),
    }
}
