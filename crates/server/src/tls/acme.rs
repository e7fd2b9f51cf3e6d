//! A certificate asked for at an ACME server (RFC 8555), proven on the HTTPS port itself (RFC 8737), and renewed when two
//! thirds of its time are over.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use async_trait::async_trait;
use futures::StreamExt;
use rustls_acme::{AccountCache, AcmeConfig, AcmeState, CertCache, EventError, EventOk, ResolvesServerCertAcme};
use sha2::{Digest, Sha256};
use tokio_rustls::rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, pem::PemObject},
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};

use super::{
    Secured, certified, config,
    state::{self, FOLDER, State},
};
use crate::{commands::CommandError, terminal};

/// Who signs unless another server is named.
pub const LETS_ENCRYPT: &str = "https://acme-v02.api.letsencrypt.org/directory";
/// After a refusal: Let's Encrypt takes five an hour of one name.
const AFTER_REFUSAL: Duration = Duration::from_secs(15 * 60);

/// What is asked for, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acme {
    /// Name of the site.
    pub domain: String,
    /// Directory of the ACME server.
    pub directory: String,
    /// Certificate of whoever signed the ACME server's own, when it is no public one.
    pub root: Option<PathBuf>,
}

impl Acme {
    pub(super) fn start(&self, data: &Path) -> Result<Secured, CommandError> {
        let kept = Kept { data: data.to_owned(), domain: self.domain.clone() };
        let state = AcmeConfig::new_with_client_config([&self.domain], Arc::new(self.client()?))
            .directory(&self.directory)
            .cache(kept)
            .state();
        let resolver = Resolver { acme: state.resolver(), own: Arc::new(own(&self.domain)?) };
        let secured = Secured {
            pages: config(Arc::new(resolver))?,
            challenge: Some(state.challenge_rustls_config_with_provider(Arc::new(ring::default_provider()))),
        };
        let before = state::read(data).filter(|s| s.name == self.domain);
        state::note(data, &before.unwrap_or_else(|| State::of(&self.domain, None, None)));
        tokio::spawn(keep_fresh(state, self.domain.clone(), data.to_owned()));
        Ok(secured)
    }

    fn client(&self) -> Result<ClientConfig, CommandError> {
        let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        if let Some(file) = &self.root {
            let shown = file.display().to_string();
            let wrong = |said: String| CommandError::told("tls-root-wrong", &[("file", &shown), ("said", &said)]);
            let root = CertificateDer::from_pem_file(file).map_err(|e| wrong(e.to_string()))?;
            roots.add(root).map_err(|e| wrong(e.to_string()))?;
        }
        Ok(ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(CommandError::odd)?
            .with_root_certificates(roots)
            .with_no_client_auth())
    }
}

/// The certificate that was given, and until there is one, our own: browsers warn of it, and the site can be reached.
#[derive(Debug)]
struct Resolver {
    acme: Arc<ResolvesServerCertAcme>,
    own: Arc<CertifiedKey>,
}

impl ResolvesServerCert for Resolver {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        self.acme.resolve(hello).or_else(|| Some(self.own.clone()))
    }
}

/// A certificate that nobody signed.
fn own(domain: &str) -> Result<CertifiedKey, CommandError> {
    let made = rcgen::generate_simple_self_signed([domain.to_owned()]).map_err(CommandError::odd)?;
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.key_pair.serialize_der()));
    certified(vec![made.cert.der().clone()], &key).map_err(CommandError::odd)
}

/// Asks, renews, and says in the terminal what became of it.
async fn keep_fresh(mut state: AcmeState<io::Error>, domain: String, data: PathBuf) {
    while let Some(event) = state.next().await {
        match event {
            Ok(EventOk::DeployedNewCert) => {
                eprintln!("{}", terminal::line("tls-obtained", &[("domain", &domain)]));
            }
            Ok(_) => {}
            Err(e) => {
                let refused = matches!(e, EventError::Order(_));
                let said = one_line(&e.to_string());
                eprintln!("{}", terminal::line("tls-refused", &[("domain", &domain), ("said", &said)]));
                state::problem(&data, &said);
                if refused {
                    tokio::time::sleep(AFTER_REFUSAL).await;
                }
            }
        }
    }
}

/// What a server said, short enough for a terminal.
fn one_line(said: &str) -> String {
    let line = said.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().take(300).collect()
}

/// Keeps the account and the certificate in the data folder, for its owner alone.
struct Kept {
    data: PathBuf,
    domain: String,
}

impl Kept {
    /// Another server or another name is another file.
    fn file(kind: &str, of: &[String], directory: &str) -> String {
        let mut hash = Sha256::new();
        for part in of.iter().map(String::as_str).chain([directory]) {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        let hash: String = hash.finalize().iter().take(8).map(|b| format!("{b:02x}")).collect();
        format!("{kind}-{hash}.pem")
    }

    fn load(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
        match fs::read(self.data.join(FOLDER).join(name)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(e),
        }
    }

    fn note(&self, pem: &[u8]) {
        let first = CertificateDer::pem_slice_iter(pem).next().and_then(Result::ok);
        state::note(&self.data, &State::of(&self.domain, first.as_ref().map(AsRef::as_ref), None));
    }
}

#[async_trait]
impl CertCache for Kept {
    type EC = io::Error;

    async fn load_cert(&self, domains: &[String], directory: &str) -> io::Result<Option<Vec<u8>>> {
        let kept = self.load(&Self::file("certificate", domains, directory))?;
        if let Some(pem) = &kept {
            self.note(pem);
        }
        Ok(kept)
    }

    async fn store_cert(&self, domains: &[String], directory: &str, pem: &[u8]) -> io::Result<()> {
        state::put(&self.data, &Self::file("certificate", domains, directory), pem)?;
        self.note(pem);
        Ok(())
    }
}

#[async_trait]
impl AccountCache for Kept {
    type EA = io::Error;

    async fn load_account(&self, contact: &[String], directory: &str) -> io::Result<Option<Vec<u8>>> {
        self.load(&Self::file("account", contact, directory))
    }

    async fn store_account(&self, contact: &[String], directory: &str, account: &[u8]) -> io::Result<()> {
        state::put(&self.data, &Self::file("account", contact, directory), account)
    }
}
