//! The running instance: what every part of the program shares.

use std::{fmt, net::SocketAddr, path::PathBuf, sync::Arc};

use object_store::ObjectStore;

use crate::{
    clock::Clock,
    context::Moment,
    db::Db,
    documents::Documents,
    error::Result,
    jobs::JobKind,
    mail::Transport,
    module::{Identity, Module},
    random::Entropy,
    secrets::Secrets,
    settings::{Settings, SettingsStore},
    words::Words,
};

/// One instance, shared by pages, workers and commands.
pub struct App {
    /// Database.
    pub db: Db,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
    /// The instance's key.
    pub secrets: Secrets,
    /// Uploaded files.
    pub files: Arc<dyn ObjectStore>,
    /// Settings with a short memory.
    pub store: SettingsStore,
    /// Words of all modules.
    pub words: Words,
    /// The modules, in the order of navigation.
    pub modules: Vec<Arc<dyn Module>>,
    /// Who a session belongs to.
    pub identity: Arc<dyn Identity>,
    /// How mail leaves, when tests or a command replace the settings' server.
    pub transport: Option<Arc<dyn Transport>>,
    /// Who is asked for names, when a test replaces the name servers of the machine.
    pub dns: Option<SocketAddr>,
    /// The turns to make a document.
    pub documents: Documents,
    /// The data folder.
    pub data_dir: PathBuf,
    /// Where the program listens, for links before the instance has a name: `http://localhost:8080`.
    pub listens_at: String,
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "App({})", self.listens_at)
    }
}

impl App {
    /// The present instant, for changes made outside of a request.
    #[must_use]
    pub fn moment(&self) -> Moment {
        Moment::new(self.clock.now(), self.entropy.clone())
    }

    /// The settings, at most a second old.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn settings(&self) -> Result<Arc<Settings>> {
        self.store.get(&self.db, &*self.clock).await
    }

    /// The job kind of this name.
    #[must_use]
    pub fn job(&self, name: &str) -> Option<JobKind> {
        self.modules.iter().flat_map(|m| m.jobs()).find(|j| j.name == name)
    }

    /// Whether people come by HTTPS: to this program, or to a server in front of it.
    #[must_use]
    pub fn is_secure(&self, settings: &Settings) -> bool {
        [self.base_url(settings), &self.listens_at].iter().any(|a| a.starts_with("https://"))
    }

    /// Whether mail can leave. Without a server it is kept in the outbox, and pages must not say that it left.
    #[must_use]
    pub fn sends_mail(&self, settings: &Settings) -> bool {
        self.transport.is_some() || !settings.smtp.host.is_empty()
    }

    /// Whether nobody but this machine reaches the address of the instance: it was never given one, and is no source to name.
    #[must_use]
    pub fn is_here_alone(&self, settings: &Settings) -> bool {
        let address = self.base_url(settings);
        ["//localhost", "//127.", "//[::1]"].iter().any(|at| address.contains(at))
    }

    /// The address of the instance as people type it.
    #[must_use]
    pub fn base_url<'a>(&'a self, settings: &'a Settings) -> &'a str {
        if settings.base_url.is_empty() { &self.listens_at } else { &settings.base_url }
    }
}
