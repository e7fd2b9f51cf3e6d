//! Files that the team brings to import: received whole, unpacked when they are workbooks, kept until their last row.

pub mod keep;
pub mod refused;
mod source;

use std::{
    fs::File,
    io::{Seek, Write},
};

use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request, multipart::Field};
use parvis_tables::Limits;

pub use source::Source;

use crate::{
    app::App,
    error::{Error, Result},
};

/// Signs of a file's name.
const NAME: usize = 120;

/// The first file of the field `fichier`, with its name, in one without a name that is gone with the program. `None` when
/// nothing was sent in it. Longer than any other body of the house may be.
///
/// # Errors
/// A bad request when the form did not arrive whole; when the disk refuses.
pub async fn receive(app: &App, mut request: Request) -> Result<Option<(String, File)>> {
    let broken = |_| Error::BadRequest("the file did not arrive whole");
    let limit = usize::try_from(Limits::default().max_bytes).unwrap_or(usize::MAX);
    DefaultBodyLimit::max(limit).apply(&mut request);
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| Error::BadRequest("no file was sent"))?;
    while let Some(mut part) = parts.next_field().await.map_err(broken)? {
        if part.name() != Some("fichier") {
            continue;
        }
        let name = name(&part);
        let mut file = tempfile::tempfile_in(&app.data_dir).map_err(Error::other)?;
        let mut empty = true;
        while let Some(chunk) = part.chunk().await.map_err(broken)? {
            empty &= chunk.is_empty();
            file.write_all(&chunk).map_err(Error::other)?;
        }
        file.rewind().map_err(Error::other)?;
        return Ok(Some((name, file)).filter(|_| !empty));
    }
    Ok(None)
}

fn name(part: &Field<'_>) -> String {
    let name: String = part.file_name().unwrap_or_default().chars().filter(|c| !c.is_control()).take(NAME).collect();
    if name.is_empty() { "fichier".to_owned() } else { name }
}
