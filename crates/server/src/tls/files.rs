//! A certificate in files: read at the start, and again when they change, so that a renewed one needs no restart.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, SystemTime},
};

use tokio_rustls::rustls::{
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};

use super::{Secured, certified, config, state};
use crate::commands::CommandError;

/// How often the files are looked at.
const LOOK: Duration = Duration::from_secs(5);

/// The certificate of now.
#[derive(Debug)]
struct Current(RwLock<Arc<CertifiedKey>>);

impl ResolvesServerCert for Current {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.0.read().unwrap_or_else(PoisonError::into_inner).clone())
    }
}

pub(super) fn start(cert: &Path, key: &Path, data: &Path) -> Result<Secured, CommandError> {
    let shown = |p: &Path| p.display().to_string();
    let first = read(cert, key).map_err(|said| {
        CommandError::told("tls-files-wrong", &[("cert", &shown(cert)), ("key", &shown(key)), ("said", &said)])
    })?;
    state::note(data, &state::State::of(&shown(cert), first.end_entity_cert().ok().map(AsRef::as_ref), None));
    let current = Arc::new(Current(RwLock::new(Arc::new(first))));
    let secured = Secured { pages: config(current.clone())?, challenge: None };
    tokio::spawn(keep_fresh(current, cert.to_owned(), key.to_owned(), data.to_owned()));
    Ok(secured)
}

/// The certificate and its key, if they belong together.
fn read(cert: &Path, key: &Path) -> Result<CertifiedKey, String> {
    let chain = CertificateDer::pem_file_iter(cert)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|e| e.to_string())?;
    if chain.is_empty() {
        return Err("no certificate in it".to_owned());
    }
    let key = PrivateKeyDer::from_pem_file(key).map_err(|e| e.to_string())?;
    certified(chain, &key)
}

fn changed(files: [&Path; 2]) -> [Option<SystemTime>; 2] {
    files.map(|f| std::fs::metadata(f).and_then(|m| m.modified()).ok())
}

async fn keep_fresh(current: Arc<Current>, cert: PathBuf, key: PathBuf, data: PathBuf) {
    let mut seen = changed([&cert, &key]);
    loop {
        tokio::time::sleep(LOOK).await;
        let now = changed([&cert, &key]);
        if now == seen {
            continue;
        }
        seen = now;
        let name = cert.display().to_string();
        match read(&cert, &key) {
            Ok(new) => {
                let end = new.end_entity_cert().ok().map(|c| c.as_ref().to_vec());
                state::note(&data, &state::State::of(&name, end.as_deref(), None));
                *current.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(new);
            }
            // The one that was read before goes on: half of a renewal may be written by now.
            Err(said) => {
                tracing::warn!(file = %name, said, "the renewed certificate can't be used");
                state::problem(&data, &said);
            }
        }
    }
}
