//! HTTPS by the program itself: with a certificate that it asks for and renews (ACME), or with one from files.

mod acme;
mod files;
mod listener;
pub mod redirect;
pub mod state;

use std::{path::Path, path::PathBuf, sync::Arc};

use tokio_rustls::rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer},
    server::ResolvesServerCert,
    sign::CertifiedKey,
};

pub use acme::{Acme, LETS_ENCRYPT};
pub use listener::TlsListener;

use crate::commands::CommandError;

/// Where certificates come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Asked for at an ACME server, and renewed.
    Acme(Acme),
    /// Files of the administrator, read again when they change.
    Files {
        /// The certificate and those of its issuers, PEM.
        cert: PathBuf,
        /// Its private key, PEM.
        key: PathBuf,
    },
}

/// What a connection is answered with.
#[derive(Debug, Clone)]
pub struct Secured {
    /// For browsers.
    pub pages: Arc<ServerConfig>,
    /// For the ACME server that checks whose name this is (RFC 8737).
    pub challenge: Option<Arc<ServerConfig>>,
}

/// Prepares HTTPS, and keeps its certificate fresh for as long as the program runs.
///
/// # Errors
/// One line with the remedy, when a file of a certificate can't be used.
pub fn start(source: &Source, data: &Path) -> Result<Secured, CommandError> {
    match source {
        Source::Files { cert, key } => files::start(cert, key, data),
        Source::Acme(acme) => acme.start(data),
    }
}

fn config(resolver: Arc<dyn ResolvesServerCert>) -> Result<Arc<ServerConfig>, CommandError> {
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(CommandError::odd)?
        .with_no_client_auth()
        .with_cert_resolver(resolver);
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

fn certified(chain: Vec<CertificateDer<'static>>, key: &PrivateKeyDer<'static>) -> Result<CertifiedKey, String> {
    let key = ring::sign::any_supported_type(key).map_err(|e| e.to_string())?;
    let certified = CertifiedKey::new(chain, key);
    match certified.keys_match() {
        Ok(())
        | Err(tokio_rustls::rustls::Error::InconsistentKeys(tokio_rustls::rustls::InconsistentKeys::Unknown)) => {
            Ok(certified)
        }
        Err(e) => Err(e.to_string()),
    }
}
