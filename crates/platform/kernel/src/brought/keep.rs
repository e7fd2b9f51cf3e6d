//! Where the file of an import is kept until its last row, and the lines that were refused.

use std::{
    fs::File,
    io::{Read, Seek, Write},
    sync::Arc,
};

use futures::StreamExt;
use object_store::{ObjectStoreExt, buffered::BufWriter, path::Path};
use uuid::Uuid;

use crate::{
    app::App,
    error::{Error, Result},
};

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

fn path(id: Uuid, what: What) -> Path {
    let end = match what {
        What::Text => "txt",
        What::Book => "xlsx",
        What::Refused => "csv",
        What::Report => "json",
    };
    Path::from(format!("imports/{id}.{end}"))
}

/// Keeps a file from its beginning to its end. Says its bytes.
///
/// # Errors
/// When the disk or the store of files refuses.
pub async fn put(app: &Arc<App>, id: Uuid, what: What, mut file: File) -> Result<i64> {
    file.rewind().map_err(Error::other)?;
    let mut out = BufWriter::new(app.files.clone(), path(id, what));
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

/// A kept file, copied into one without a name that is gone with the program.
///
/// # Errors
/// `NotFound` when it is not kept any more; when the store of files refuses.
pub async fn get(app: &Arc<App>, id: Uuid, what: What) -> Result<File> {
    let mut file = tempfile::tempfile_in(&app.data_dir).map_err(Error::other)?;
    let mut stream = app.files.get(&path(id, what)).await.map_err(missing)?.into_stream();
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
pub async fn head(app: &Arc<App>, id: Uuid, bytes: u64) -> Result<Vec<u8>> {
    let path = path(id, What::Text);
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
pub async fn whole(app: &Arc<App>, id: Uuid, what: What) -> Result<Vec<u8>> {
    let found = app.files.get(&path(id, what)).await.map_err(missing)?;
    Ok(found.bytes().await.map_err(Error::other)?.to_vec())
}

/// Lets go of the text, once it is done, or of everything.
///
/// # Errors
/// When the store of files refuses.
pub async fn forget(app: &Arc<App>, id: Uuid, everything: bool) -> Result<()> {
    let all = [What::Text, What::Book, What::Refused, What::Report];
    let what = if everything { &all[..] } else { &all[..2] };
    for what in what {
        match app.files.delete(&path(id, *what)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
            Err(e) => return Err(Error::other(e)),
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
