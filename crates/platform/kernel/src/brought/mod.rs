//! Files that the team brings to import: received whole, unpacked when they are workbooks, tried, imported in the
//! background, kept until their last row. What is common to all of them; a module says what is its own by [`Files`].

pub mod command;
mod files;
pub mod keep;
pub mod refused;
mod source;
pub mod store;
pub mod work;

use std::{
    fs::File,
    io::{Seek, Write},
};

use axum::extract::{Request, multipart::Field};
use parvis_tables::{Code, Limits};

pub use files::{Choice, DEAD, Extra, Files, Forgets, Hears, Progress, RESTS, Reasons, Row, Stop};
pub use parvis_tables::Refusal;
pub use source::{Look, Received, Source};
pub use store::Hold;

use crate::{
    app::App,
    error::{Error, Result},
    upload::{self, Heard, heard},
};

/// Signs of a file's name.
const NAME: usize = 120;

/// What came in the field of a file.
#[derive(Debug)]
pub enum Sent {
    /// A file, with its name, in one without a name that is gone with the program.
    Whole(String, File),
    /// A file of this name that is longer than any import reads. It is not kept.
    TooLarge(String),
    /// A file of this name that the disk has no room for. It is not kept.
    Full(String),
    /// Nothing.
    Nothing,
}

/// The first file of the field `fichier`. Longer than any other body of the house may be.
///
/// # Errors
/// A bad request when the form did not arrive whole; when the disk refuses.
pub async fn receive(app: &App, request: Request) -> Result<Sent> {
    let max = Limits::default().max_bytes;
    let mut parts = upload::parts(request).await?;
    // No other field stands in these forms: a body that is too long has a file that is.
    while let Heard::This(mut part) = heard(parts.next_field().await)? {
        if part.name() != Some("fichier") {
            continue;
        }
        // A field left alone is sent too, without a name.
        let chosen = part.file_name().is_some_and(|name| !name.is_empty());
        let name = name(&part);
        let mut file = tempfile::tempfile_in(&app.data_dir).map_err(Error::other)?;
        let (mut bytes, mut full) = (0, false);
        loop {
            match heard(part.chunk().await)? {
                Heard::This(chunk) => {
                    bytes += chunk.len() as u64;
                    if bytes <= max && !full {
                        full = !put(&mut file, &chunk)?;
                    }
                }
                Heard::End => break,
                Heard::TooMuch => return Ok(Sent::TooLarge(name)),
            }
        }
        file.rewind().map_err(Error::other)?;
        return Ok(match bytes {
            0 if !chosen => Sent::Nothing,
            n if n > max => Sent::TooLarge(name),
            _ if full => Sent::Full(name),
            _ => Sent::Whole(name, file),
        });
    }
    Ok(Sent::Nothing)
}

/// Writes a part of a file; `false` when the disk has no room for it. The rest is heard all the same, so that the browser hears
/// the answer.
fn put(to: &mut impl Write, bytes: &[u8]) -> Result<bool> {
    match to.write_all(bytes) {
        Ok(()) => Ok(true),
        Err(e) if Code::of_disk(&e) == Code::DiskFull => Ok(false),
        Err(e) => Err(Error::other(e)),
    }
}

fn name(part: &Field<'_>) -> String {
    let name: String = part.file_name().unwrap_or_default().chars().filter(|c| !c.is_control()).take(NAME).collect();
    if name.is_empty() { "fichier".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    struct Disk(io::ErrorKind);

    impl Write for Disk {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_full_disk_is_said_and_any_other_is_an_error() {
        assert!(put(&mut Vec::new(), b"x").unwrap());
        for full in [io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded] {
            assert!(!put(&mut Disk(full), b"x").unwrap());
        }
        assert!(put(&mut Disk(io::ErrorKind::PermissionDenied), b"x").is_err());
    }
}
