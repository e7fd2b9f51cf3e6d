//! What the serving program knows of its certificate, in a file of the data folder for `parvis doctor`.

use std::{fs, io::Write, path::Path};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use x509_parser::parse_x509_certificate;

/// Folder of certificates in the data folder.
pub const FOLDER: &str = "tls";
const FILE: &str = "state.json";

/// The certificate of now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// The site's name, or the file it comes from.
    pub name: String,
    /// When it ends; `None` while there is none that browsers believe.
    pub ends: Option<DateTime<Utc>>,
    /// Why there is no new one.
    pub problem: Option<String>,
}

impl State {
    /// Of a certificate in DER.
    #[must_use]
    pub fn of(name: &str, certificate: Option<&[u8]>, problem: Option<&str>) -> Self {
        Self { name: name.to_owned(), ends: certificate.and_then(ends), problem: problem.map(str::to_owned) }
    }
}

/// When a certificate in DER ends.
fn ends(der: &[u8]) -> Option<DateTime<Utc>> {
    let (_, certificate) = parse_x509_certificate(der).ok()?;
    DateTime::from_timestamp(certificate.validity().not_after.timestamp(), 0)
}

/// What was noted last; `None` where the program never served HTTPS by itself.
#[must_use]
pub fn read(data: &Path) -> Option<State> {
    serde_json::from_slice(&fs::read(data.join(FOLDER).join(FILE)).ok()?).ok()
}

/// Notes it. A disk that refuses keeps nobody from serving.
pub fn note(data: &Path, state: &State) {
    let noted = serde_json::to_vec(state).map_err(std::io::Error::other).and_then(|bytes| put(data, FILE, &bytes));
    if let Err(e) = noted {
        tracing::warn!(error = %e, "the state of the certificate could not be noted");
    }
}

/// Notes why there is no new certificate.
pub fn problem(data: &Path, said: &str) {
    if let Some(state) = read(data) {
        note(data, &State { problem: Some(said.to_owned()), ..state });
    }
}

/// Writes a file of the folder whole, for its owner alone.
pub(super) fn put(data: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    let folder = data.join(FOLDER);
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(&folder)?;
    // Made with the rights of its owner alone.
    let mut file = tempfile::NamedTempFile::new_in(&folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(folder.join(name)).map_err(|e| e.error).map(drop)
}
