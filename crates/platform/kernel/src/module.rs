//! The module manifest: what each room declares, so that the house can't forget erasure, exports or permissions.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    app::App,
    context::{Ctx, Moment},
    db::{Db, Migration, Reader, Tx},
    deeds::Deed,
    error::Result,
    found::Found,
    jobs::JobKind,
    mail::Mail,
    news::News,
    permission::{Actor, Right, Scope},
    retention::Retention,
    routes::Routes,
    sections::{SettingsSection, Standing},
    settings::Settings,
    sheet::DeskList,
    words::WordsFile,
};

pub use crate::sheet::OpenData;

/// A text somebody gave, as the analysis reads it. Published and visible texts only.
#[derive(Debug, Clone)]
pub struct TextRow {
    /// Key of the contribution.
    pub id: Uuid,
    /// Its public number.
    pub number: i64,
    /// `idea`, `comment`, ….
    pub kind: &'static str,
    /// Title, may be empty.
    pub title: String,
    /// Text as written.
    pub body: String,
    /// Who is counted: the person, else the browser, else the contribution itself. Never shown.
    pub voice: Uuid,
    /// Area, when known.
    pub area: Option<Uuid>,
    /// Age group code (`15-24`, `25-39`, `40-64`, `65+`), when the person gave it.
    pub age: Option<String>,
    /// Project.
    pub project: Uuid,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// BCP 47 language.
    pub lang: String,
}

/// Where a text stands among all: by when it was written, then by its key.
pub type TextPlace = (DateTime<Utc>, Uuid);

impl TextRow {
    /// Where it stands.
    #[must_use]
    pub const fn place(&self) -> TextPlace {
        (self.at, self.id)
    }
}

/// A part of a person's data, for the download: a file name and what it holds.
#[derive(Debug, Clone)]
pub struct PersonalData {
    /// File name without ending, such as `ideas`.
    pub name: &'static str,
    /// Key of the line that the README says about it.
    pub about: &'static str,
    /// The rows.
    pub rows: Vec<Value>,
}

/// Something a person did or received, for the timeline of their sheet. Never an opinion that they did not publish
/// under their name.
#[derive(Debug, Clone)]
pub struct PastEvent {
    /// When.
    pub at: DateTime<Utc>,
    /// Key of its sentence, with one argument `what`.
    pub key: &'static str,
    /// What it was done to: a title, a subject; may be empty.
    pub what: String,
    /// Where it is found, a path of this site; empty for nowhere.
    pub href: String,
}

/// What becomes of a person's texts at erasure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forget {
    /// Published texts stay, without any name.
    KeepTexts,
    /// Texts go too: their place says that the author took them back.
    EraseTexts,
}

/// A browser whose user has just confirmed an address.
#[derive(Debug, Clone)]
pub struct Union {
    /// The browser's key, under which supports were held.
    pub visitor: Uuid,
    /// The person.
    pub person: Uuid,
    /// The address confirmed: texts left with another address on the same browser are somebody else's.
    pub email: String,
    /// What the used mail agreed to, by the key under which it was asked for: a consent begins by its own mail alone.
    pub agreed: Option<Uuid>,
}

/// An address left in a browser and never confirmed, that its owner wants gone.
#[derive(Debug, Clone)]
pub struct LeftAddress {
    /// The browser's key.
    pub visitor: Uuid,
    /// The address, as typed.
    pub email: String,
}

/// Two sheets that are one person: the one that is kept, and the one that goes.
#[derive(Debug, Clone)]
pub struct Merge {
    /// Holds everything from now on.
    pub kept: Uuid,
    /// Holds nothing from now on.
    pub merged: Uuid,
}

/// An entry of the team's navigation.
#[derive(Debug, Clone, Copy)]
pub struct NavEntry {
    /// Address.
    pub path: &'static str,
    /// Key of its word.
    pub key: &'static str,
    /// Name of its icon.
    pub icon: &'static str,
    /// Who sees it.
    pub right: Right,
    /// Lower comes first.
    pub order: u8,
}

/// One room of the house. Nothing has a default: a new module says what it holds, even if that is nothing.
#[async_trait]
pub trait Module: Send + Sync + 'static {
    /// Its name, also the prefix of its migrations, jobs and activity kinds.
    fn name(&self) -> &'static str;
    /// Its tables.
    fn migrations(&self) -> Vec<Migration>;
    /// Its pages and forms, each with its permission.
    fn routes(&self) -> Routes;
    /// Its words, in every language.
    fn words(&self) -> Vec<WordsFile>;
    /// The work it does in the background.
    fn jobs(&self) -> Vec<JobKind>;
    /// Its entries in the team's navigation.
    fn navigation(&self) -> Vec<NavEntry>;
    /// Its sections of the settings.
    fn settings_sections(&self) -> Vec<SettingsSection>;
    /// The kinds of activity it records; the words of `idea.published` are `activity-idea-published`.
    fn activity_kinds(&self) -> Vec<&'static str>;
    /// The open data it publishes.
    fn open_data(&self) -> Vec<OpenData>;
    /// The lists of its desk that may leave as files.
    fn desk_lists(&self) -> Vec<DeskList>;
    /// What of its own is kept for a time only, and how long.
    fn retention(&self) -> Vec<Retention>;
    /// The published texts it holds, for the analysis: at most `most` of those after a place, in their order. A town
    /// may hold more of them than memory should, so that they are read in parts.
    async fn texts(&self, db: &Db, after: Option<TextPlace>, most: i64) -> Result<Vec<TextRow>>;
    /// What could be told to other programs from one moment to another: public things only.
    async fn news(&self, app: &App, since: DateTime<Utc>, until: DateTime<Utc>) -> Result<Vec<News>>;
    /// All it knows of a person.
    async fn personal_data(&self, c: &Reader<'_>, person: Uuid) -> Result<Vec<PersonalData>>;
    /// What of that stays after an erasure, without saying whose it was: the name of its file, and the key of why.
    fn stays(&self, how: Forget) -> Vec<(&'static str, &'static str)>;
    /// The newest things a person did or received here, at most `most`, for their sheet on the desk.
    async fn past_events(&self, db: &Db, person: Uuid, most: i64) -> Result<Vec<PastEvent>>;
    /// What people do here in public under their name, by which the directory finds them.
    fn deeds(&self) -> Vec<Deed>;
    /// Forgets a person, in the transaction of the erasure.
    async fn forget(&self, tx: &Tx, moment: &Moment, person: Uuid, how: Forget) -> Result<()>;
    /// A browser's holder key turned out to be this person: what it held becomes theirs, counted once.
    async fn unite(&self, tx: &Tx, moment: &Moment, union: &Union) -> Result<()>;
    /// What was left with this address in this browser loses the address, and what was asked for with it.
    async fn let_go(&self, tx: &Tx, left: &LeftAddress) -> Result<()>;
    /// Two sheets are one person: what the merged one holds becomes the kept one's, counted once. Answers what it moved,
    /// as [`Self::release`] needs it.
    async fn absorb(&self, tx: &Tx, moment: &Moment, merge: &Merge) -> Result<Value>;
    /// Takes a merge back: what [`Self::absorb`] moved returns, exactly.
    async fn release(&self, tx: &Tx, moment: &Moment, merge: &Merge, moved: &Value) -> Result<()>;
    /// What a person sees of this module in their own space, as HTML made by the module.
    async fn own_space(&self, ctx: &Ctx, person: Uuid) -> Result<String>;
    /// The set-up has just ended: what the module makes for a new instance, in the transaction of that end.
    async fn on_set_up(&self, tx: &Tx, moment: &Moment, settings: &Settings) -> Result<()>;
    /// How things stand in one of its sections of the settings, for whoever reads; nothing for a code that is none of its own.
    /// The menu of every page of the settings asks for each: one or two counts.
    async fn settings_standing(&self, ctx: &Ctx, code: &str) -> Result<Option<Standing>>;
    /// How many things wait for this actor, for the one entry of the navigation that carries a count.
    async fn waiting(&self, db: &Db, actor: &Actor) -> Result<Option<(&'static str, i64)>>;
    /// Whether a letter still says what is. Asked before each leaves, of every module: one that waited for the morning or for a server
    /// may speak of what was undone, stopped or settled since. A module answers for its own; any other letter holds.
    async fn still_holds(&self, app: &App, letter: &Mail) -> Result<bool>;
    /// What of its own answers to words that a member of the team typed, within what they may see; sorts without a right
    /// are left out.
    async fn find(&self, ctx: &Ctx, words: &str) -> Result<Vec<Found>>;
    /// What a moderator's role can be limited to: keys and titles, in the team's order.
    async fn scopes(&self, db: &Db) -> Result<Vec<(Uuid, String)>>;
}

/// Who a program with a token acts for.
#[derive(Debug, Clone)]
pub struct Bearer {
    /// Key of the token.
    pub token: Uuid,
    /// Its owner, with the role of now.
    pub actor: Actor,
    /// What the token may do, if its owner may.
    pub scopes: Vec<Scope>,
}

/// Who a session cookie belongs to. The people module answers.
#[async_trait]
pub trait Identity: Send + Sync + 'static {
    /// The actor of a session token, a visitor when it is unknown, ended or revoked.
    async fn actor(&self, db: &Db, token: &str, now: DateTime<Utc>) -> Result<Actor>;
    /// Who a token of the API belongs to; nobody when it is unknown, ended or revoked, or its owner left the team.
    async fn bearer(&self, _db: &Db, _token: &str, _now: DateTime<Utc>) -> Result<Option<Bearer>> {
        Ok(None)
    }
    /// Names of persons, for the journal and the desk.
    async fn names(&self, db: &Db, persons: &[Uuid]) -> Result<std::collections::HashMap<Uuid, String>>;
}

/// The steps of the schema of the kernel and of these modules, in order: those of modules by their numbers, so that a step finds
/// what another module made before it.
#[must_use]
pub fn migrations(modules: &[Arc<dyn Module>]) -> Vec<Migration> {
    let number = |step: &Migration| step.id.split(['/', '_']).nth(1).unwrap_or_default();
    let mut steps: Vec<Migration> = modules.iter().flat_map(|m| m.migrations()).collect();
    steps.sort_by_key(number);
    crate::settings::MIGRATIONS.into_iter().chain(steps).collect()
}

/// Unites a browser with a person in every module.
///
/// # Errors
/// When a module refuses.
pub async fn unite_everywhere(app: &Arc<App>, tx: &Tx, moment: &Moment, union: &Union) -> Result<()> {
    for module in &app.modules {
        module.unite(tx, moment, union).await?;
    }
    Ok(())
}
