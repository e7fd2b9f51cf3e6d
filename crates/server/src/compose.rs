//! Puts the rooms together: opens the data folder, the key, the database and the modules of an instance.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    sync::Arc,
};

use parvis_kernel::{
    app::App,
    clock::{Clock, SystemClock},
    db::{self, Db, Migration},
    documents::Documents,
    module::{self, Module},
    random::{Entropy, OsEntropy},
    secrets::Secrets,
    settings::SettingsStore,
    words::{Lang, Words, WordsFile},
};

use parvis_instance::keeping::{archive, work};

use crate::commands::CommandError;

/// Where an instance lives.
#[derive(Debug, Clone)]
pub struct Place {
    /// Data folder.
    pub data: PathBuf,
    /// `postgres://…`; the embedded database when absent.
    pub database_url: Option<String>,
    /// Where the program listens, for links before the instance has an address.
    pub listens_at: String,
}

/// The rooms. At an erasure they forget in this order: the mails of `instance` while `people` still knows the address.
#[must_use]
pub fn modules() -> Vec<Arc<dyn Module>> {
    vec![
        Arc::new(parvis_instance::Instance),
        Arc::new(parvis_participation::Participation::default()),
        Arc::new(parvis_insight::Insight),
        Arc::new(parvis_people::People),
    ]
}

/// All words.
#[must_use]
pub fn words(modules: &[Arc<dyn Module>]) -> Vec<WordsFile> {
    let mut files = parvis_ui::words();
    files.push(WordsFile { lang: Lang::Fr, name: "server.ftl", source: include_str!("../locales/fr/server.ftl") });
    files.push(WordsFile { lang: Lang::Fr, name: "commands.ftl", source: include_str!("../locales/fr/commands.ftl") });
    files.push(WordsFile { lang: Lang::Fr, name: "api.ftl", source: include_str!("../locales/fr/api.ftl") });
    files.push(WordsFile { lang: Lang::En, name: "api.ftl", source: include_str!("../locales/en/api.ftl") });
    files.push(WordsFile { lang: Lang::En, name: "server.ftl", source: include_str!("../locales/en/server.ftl") });
    files.push(WordsFile { lang: Lang::En, name: "commands.ftl", source: include_str!("../locales/en/commands.ftl") });
    files.extend(modules.iter().flat_map(|m| m.words()));
    files
}

/// The file of the embedded database, in the data folder.
const DATABASE: &str = "parvis.sqlite";
/// The file that the one process holds which serves an embedded database.
const LOCK: &str = "running.lock";
/// The file of the instance's key.
const SECRET: &str = "secret.key";

/// The typography of a language, applied to every word of the product.
#[must_use]
pub fn finish(lang: Lang, text: &str) -> String {
    if lang == Lang::Fr { parvis_ui::french(text) } else { text.to_owned() }
}

/// Takes the folder of an embedded database for the process that serves it or works for it, until the file given is
/// dropped: two would each know only their own sessions, limits and settings. PostgreSQL is there for several.
///
/// # Errors
/// When another one runs, or the folder can't be written.
pub fn claim(place: &Place) -> Result<Option<fs::File>, CommandError> {
    if place.database_url.is_some() {
        return Ok(None);
    }
    make_folder(&place.data)?;
    let path = place.data.join(LOCK);
    private_file(&path)?;
    let file = fs::File::open(&path).map_err(|e| cannot_write(&path, &e))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(fs::TryLockError::WouldBlock) => {
            Err(CommandError::told("start-served-already", &[("folder", &place.data.display().to_string())]))
        }
        // A file system without locks: nothing tells, and nothing is in the way.
        Err(fs::TryLockError::Error(_)) => Ok(None),
    }
}

/// Opens an instance that is there: a mistyped folder must not become a new one, of which an empty backup is made each night.
///
/// # Errors
/// One line with the remedy.
pub async fn existing(place: &Place) -> Result<Arc<App>, CommandError> {
    let sign = if place.database_url.is_some() { SECRET } else { DATABASE };
    if !place.data.join(sign).exists() {
        return Err(CommandError::told("start-no-instance", &[("folder", &place.data.display().to_string())]));
    }
    open(place).await
}

/// Opens an instance, making what is missing: folder, key, database, tables.
///
/// # Errors
/// One line with the remedy.
pub async fn open(place: &Place) -> Result<Arc<App>, CommandError> {
    make_folder(&place.data)?;
    let secrets = Secrets::new(key(&place.data)?);
    let files = place.data.join("files");
    make_folder(&files)?;
    let db = open_database(place).await?;
    let modules = modules();
    let words = Words::load(&words(&modules), finish).map_err(CommandError::new)?;
    let store = object_store::local::LocalFileSystem::new_with_prefix(&files).map_err(CommandError::odd)?;
    bring_up_to_date(place, &db, &module::migrations(&modules)).await?;
    Ok(Arc::new(App {
        db,
        clock: Arc::new(SystemClock),
        entropy: Arc::new(OsEntropy),
        secrets,
        files: Arc::new(store),
        store: SettingsStore::default(),
        words,
        modules,
        identity: Arc::new(parvis_people::SessionIdentity),
        transport: None,
        dns: None,
        documents: Documents::default(),
        data_dir: place.data.clone(),
        listens_at: place.listens_at.clone(),
    }))
}

async fn open_database(place: &Place) -> Result<Db, CommandError> {
    let Some(url) = &place.database_url else {
        let path = place.data.join(DATABASE);
        private_file(&path)?;
        let opened = Db::open(&format!("sqlite:{}", path.display())).await;
        return opened.map_err(|e| match cause(&e) {
            Cause::Full => full(&place.data),
            _ => CommandError::told("start-file-damaged", &[("file", &path.display().to_string())]),
        });
    };
    let wrong = || CommandError::told("start-url-wrong", &[]);
    let Some(rest) = url.strip_prefix("postgres://").or_else(|| url.strip_prefix("postgresql://")) else {
        return Err(wrong());
    };
    // The server alone: account and password stay out of what is printed.
    let server = rest.rsplit_once('@').map_or(rest, |(_, server)| server).split(['/', '?']).next().unwrap_or_default();
    let port = server.rsplit_once(':').map_or("", |(_, port)| port);
    if !server.ends_with(']') && !port.is_empty() && port.parse::<u16>().is_err() {
        return Err(wrong());
    }
    Db::open(url).await.map_err(|e| match cause(&e) {
        Cause::Refused => CommandError::told("start-database-refuses", &[("server", &server)]),
        Cause::Address => wrong(),
        _ => CommandError::told("start-database-silent", &[("server", &server)]),
    })
}

/// Why a database does not open, read from what its driver says: it has no names for these.
enum Cause {
    /// Account, password, rights, or no such database.
    Refused,
    /// The address can't be read.
    Address,
    /// No room on the disk.
    Full,
    /// Nobody answers, or anything else.
    Silent,
}

fn cause(e: &parvis_kernel::Error) -> Cause {
    let said = e.to_string().to_lowercase();
    let has = |signs: &[&str]| signs.iter().any(|s| said.contains(s));
    if has(&["password", "does not exist", "pg_hba", "permission denied", "not permitted"]) {
        Cause::Refused
    } else if e.is_full() {
        Cause::Full
    } else if has(&["configuration", "invalid port", "url", "invalid domain", "empty host"]) {
        Cause::Address
    } else {
        Cause::Silent
    }
}

fn full(folder: &Path) -> CommandError {
    CommandError::told("start-folder-full", &[("folder", &folder.display().to_string())])
}

/// Makes a file that only its owner reads, or takes the rights of others from it. What SQLite puts beside its file gets
/// the same rights.
fn private_file(path: &Path) -> Result<(), CommandError> {
    let mut options = fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path).map_err(|e| cannot_write(path, &e))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let rights = file.metadata().map_err(|e| cannot_write(path, &e))?.permissions();
        if rights.mode() & 0o077 != 0 {
            // A file of another account that we may write stays as its owner wants it.
            let _ = file.set_permissions(fs::Permissions::from_mode(0o600));
        }
    }
    drop(file);
    Ok(())
}

fn cannot_write(path: &Path, e: &std::io::Error) -> CommandError {
    use std::io::ErrorKind;
    let folder = path.display().to_string();
    match e.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            CommandError::told("start-folder-denied", &[("folder", &folder)])
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => full(path),
        _ => CommandError::told("start-folder-wrong", &[("folder", &folder), ("said", &e.to_string())]),
    }
}

/// Takes the missing steps of the schema, after a copy when there is something to lose.
async fn bring_up_to_date(place: &Place, db: &Db, migrations: &[Migration]) -> Result<(), CommandError> {
    let problem = |e: parvis_kernel::Error| match cause(&e) {
        Cause::Full => full(&place.data),
        _ => CommandError::told("start-tables-wrong", &[("said", &e.to_string())]),
    };
    let done = db::applied(db).await.map_err(problem)?;
    let pending = db::pending(db, migrations).await.map_err(problem)?;
    if !pending.is_empty() && !done.is_empty() {
        let folder = place.data.join(work::FOLDER);
        make_folder(&folder)?;
        let now = SystemClock.now();
        let copy = folder.join(format!("before-update-{}.zip", now.format("%Y%m%d-%H%M%S")));
        archive::write(db, migrations, &place.data, &copy, now, &mut |_, _| {}).await?;
    }
    db::migrate(db, migrations, &SystemClock).await.map_err(problem)?;
    Ok(())
}

/// Makes a folder that only its owner reads. One that is there keeps its rights, which somebody chose: what is made in it is for
/// its owner alone in any case.
///
/// # Errors
/// One line with the remedy.
pub fn make_folder(path: &Path) -> Result<(), CommandError> {
    let cannot = |e: std::io::Error| cannot_write(path, &e);
    if !path.is_dir() {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(path).map_err(cannot)?;
    }
    tempfile::tempfile_in(path).map_err(cannot)?;
    Ok(())
}

/// The instance's key, made at first use, readable by its owner only.
pub(crate) fn key(data: &Path) -> Result<[u8; 32], CommandError> {
    let path = data.join(SECRET);
    if let Ok(bytes) = fs::read(&path) {
        return bytes
            .try_into()
            .map_err(|_| CommandError::told("start-key-damaged", &[("file", &path.display().to_string())]));
    }
    let mut key = [0_u8; 32];
    OsEntropy.fill(&mut key);
    // Written whole under another name (for its owner alone), then given its own unless another process was first: two
    // that start together on one folder have one key.
    let cannot = |e: std::io::Error| cannot_write(&path, &e);
    let mut file = tempfile::NamedTempFile::new_in(data).map_err(cannot)?;
    file.write_all(&key).and_then(|()| file.as_file().sync_all()).map_err(cannot)?;
    match file.persist_noclobber(&path) {
        Ok(_) => Ok(key),
        Err(e) if e.error.kind() == std::io::ErrorKind::AlreadyExists => self::key(data),
        Err(e) => Err(cannot(e.error)),
    }
}
