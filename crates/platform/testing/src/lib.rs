//! What tests need: a database of their own on each engine, a clock and randomness that repeat, a mail carrier
//! that keeps what it is given. A panic here is a failed test, which is what it should be.

pub mod brought;
pub mod dns;
pub mod keys;
pub mod module;

use std::{
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use axum::{body::to_bytes, response::Response};
use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use parvis_kernel::{
    Ctx,
    app::App,
    clock::{Clock, ManualClock},
    context::{Moment, Request},
    db::{self, Db, Migration, Tx},
    documents::Documents,
    mail::{NotSent, Transport},
    module::{Identity, Module},
    permission::{Actor, Role},
    random::SeededEntropy,
    secrets::Secrets,
    settings::{Settings, SettingsStore},
    words::{Lang, Words},
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

/// Which engine a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// A file in a folder of its own.
    Sqlite,
    /// A schema of its own on the server named by `PARVIS_TEST_POSTGRES`.
    Postgres,
}

/// The engines to test on: PostgreSQL only where `PARVIS_TEST_POSTGRES` names a server (`./test` starts one).
#[must_use]
pub fn engines() -> Vec<Engine> {
    if std::env::var_os("PARVIS_TEST_POSTGRES").is_some() {
        vec![Engine::Sqlite, Engine::Postgres]
    } else {
        println!("PARVIS_TEST_POSTGRES is not set: this test runs on SQLite only");
        vec![Engine::Sqlite]
    }
}

/// An empty database of one test, and its folder, dropped with it.
#[derive(Debug)]
pub struct TestDb {
    /// The database.
    pub db: Db,
    /// Where it is, as `--database-url` takes it.
    pub url: String,
    /// A folder for files.
    pub dir: tempfile::TempDir,
}

impl TestDb {
    /// Opens a database of its own, with these tables.
    pub async fn open(engine: Engine, migrations: &[Migration]) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let url = match engine {
            Engine::Sqlite => format!("sqlite:{}", dir.path().join("parvis.sqlite").display()),
            Engine::Postgres => fresh_schema().await,
        };
        let db = Db::open(&url).await.expect("a database");
        db::migrate(&db, migrations, &clock()).await.expect("migrations");
        Self { db, url, dir }
    }

    /// The same without a single table, for a program that makes them.
    pub async fn bare(engine: Engine) -> Self {
        let test = Self::open(engine, &[]).await;
        test.db
            .write(|tx| Box::pin(async move { Ok(tx.execute_unprepared("DROP TABLE migration").await?) }))
            .await
            .expect("a database without tables");
        test
    }
}

/// A schema that no other test uses.
async fn fresh_schema() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let server = std::env::var("PARVIS_TEST_POSTGRES").expect("PARVIS_TEST_POSTGRES");
    let name = format!("t{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let admin = sea_orm::Database::connect(&server).await.expect("PostgreSQL answers");
    admin.execute_unprepared(&format!("DROP SCHEMA IF EXISTS {name} CASCADE")).await.expect("drop");
    admin.execute_unprepared(&format!("CREATE SCHEMA {name}")).await.expect("create");
    admin.close().await.expect("close");
    let sign = if server.contains('?') { '&' } else { '?' };
    format!("{server}{sign}options=-csearch_path%3D{name}")
}

/// The time tests start at: Tuesday 24 November 2026, 9 h 12 in Paris.
#[must_use]
pub fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_507_920, 0).expect("a time")
}

/// A clock at [`start`].
#[must_use]
pub fn clock() -> ManualClock {
    ManualClock::at(start())
}

/// A mail carrier that keeps what it is given, or refuses it.
#[derive(Debug, Default)]
pub struct Mailbox {
    /// Messages as they would travel.
    pub sent: Mutex<Vec<String>>,
    /// What it answers instead, when set.
    pub refusal: Mutex<Option<NotSent>>,
}

#[async_trait::async_trait]
impl Transport for Mailbox {
    async fn send(&self, message: lettre::Message) -> Result<(), NotSent> {
        if let Some(why) = self.refusal.lock().expect("not poisoned").clone() {
            return Err(why);
        }
        let text = String::from_utf8_lossy(&message.formatted()).into_owned();
        self.sent.lock().expect("not poisoned").push(text);
        Ok(())
    }
}

/// An instance for a test: its modules, a stopped clock, seeded randomness.
pub async fn app(engine: Engine, modules: Vec<Arc<dyn Module>>, identity: Arc<dyn Identity>) -> TestApp {
    let clock = clock();
    let migrations = parvis_kernel::module::migrations(&modules);
    let TestDb { db, url, dir } = TestDb::open(engine, &migrations).await;
    let mut files = parvis_ui::words();
    files.extend(modules.iter().flat_map(|m| m.words()));
    let words = Words::load(&files, |_, t| t.to_owned()).expect("words");
    let store = object_store::local::LocalFileSystem::new_with_prefix(dir.path()).expect("files");
    let app = App {
        db,
        clock: Arc::new(clock.clone()) as Arc<dyn Clock>,
        entropy: Arc::new(SeededEntropy::new(1)),
        secrets: Secrets::new([7; 32]),
        files: Arc::new(store),
        store: SettingsStore::default(),
        words,
        modules,
        identity,
        transport: None,
        dns: None,
        documents: Documents::default(),
        data_dir: PathBuf::from(dir.path()),
        listens_at: "http://localhost:8080".into(),
    };
    TestApp { app: Arc::new(app), clock, url, dir }
}

/// An instance and what a test moves by hand.
#[derive(Debug)]
pub struct TestApp {
    /// The instance.
    pub app: Arc<App>,
    /// Its clock.
    pub clock: ManualClock,
    /// Its database, as `--database-url` takes it.
    pub url: String,
    /// Its folder, dropped with it.
    pub dir: tempfile::TempDir,
}

impl TestApp {
    /// Writes in one transaction at the time of the test's clock, and gives what `work` gives.
    ///
    /// # Panics
    /// When the write is refused.
    pub async fn write<T, F>(&self, work: F) -> T
    where
        T: Send + 'static,
        F: for<'a> Fn(&'a Tx, Arc<App>, Moment) -> BoxFuture<'a, parvis_kernel::Result<T>> + Send + Sync + 'static,
    {
        let (app, moment) = (self.app.clone(), self.app.moment());
        self.app.db.write(move |tx| work(tx, app.clone(), moment.clone())).await.expect("the write is done")
    }

    /// The facts of a request by `actor`, at the time of the test's clock.
    #[must_use]
    pub fn request(&self, actor: Actor, lang: Lang, uri: &str) -> Request {
        Request {
            app: self.app.clone(),
            settings: Arc::new(Settings::default()),
            actor,
            visitor: Uuid::from_u128(3),
            lang,
            moment: self.app.moment(),
            id: "test".into(),
            uri: uri.into(),
            address: String::new(),
            shortcuts: true,
        }
    }

    /// The same, as handlers take it.
    #[must_use]
    pub fn ctx(&self, actor: Actor, lang: Lang, uri: &str) -> Ctx {
        Ctx(Arc::new(self.request(actor, lang, uri)))
    }
}

/// A member of the team, whose key is 9.
#[must_use]
pub fn member(name: &str, role: Role) -> Actor {
    Actor::Person { id: Uuid::from_u128(9), name: name.into(), session: Uuid::nil(), role: Some(role) }
}

/// What an answer says.
///
/// # Panics
/// When it is no text.
pub async fn text(response: Response) -> String {
    let bytes = to_bytes(response.into_body(), usize::MAX).await.expect("the whole answer");
    String::from_utf8(bytes.to_vec()).expect("a text")
}
