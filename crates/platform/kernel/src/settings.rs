//! What a team sets once for its instance.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use tokio::sync::RwLock;

use crate::{
    args,
    clock::Clock,
    db::{self, Db, Tx},
    error::{Error, Result},
    mail::Quiet,
    words::Lang,
};

/// Who runs the instance: the words and the legal lines differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A list that runs for the town council.
    #[default]
    Campaign,
    /// A town hall.
    TownHall,
}

/// Terms under which the open data may be used.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "code", content = "words")]
pub enum Licence {
    /// Licence Ouverte 2.0 of Etalab, which French administrations use.
    #[default]
    LicenceOuverte,
    /// Open Database License 1.0, the other one that French law names: who builds on the data shares alike.
    Odbl,
    /// Creative Commons Attribution 4.0.
    CcBy,
    /// Terms in the team's own words.
    Own(String),
}

impl Licence {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::LicenceOuverte => "licence-ouverte",
            Self::Odbl => "odbl",
            Self::CcBy => "cc-by",
            Self::Own(_) => "own",
        }
    }

    /// From its code; the words count for terms of one's own only.
    #[must_use]
    pub fn parse(code: &str, words: &str) -> Option<Self> {
        [Self::LicenceOuverte, Self::Odbl, Self::CcBy, Self::Own(words.to_owned())]
            .into_iter()
            .find(|l| l.code() == code)
    }

    /// Its identifier in the list of SPDX, which programs know; `None` for terms of one's own.
    #[must_use]
    pub const fn spdx(&self) -> Option<&'static str> {
        match self {
            Self::LicenceOuverte => Some("etalab-2.0"),
            Self::Odbl => Some("ODbL-1.0"),
            Self::CcBy => Some("CC-BY-4.0"),
            Self::Own(_) => None,
        }
    }

    /// Where its text is.
    #[must_use]
    pub const fn url(&self) -> Option<&'static str> {
        match self {
            Self::LicenceOuverte => Some("https://www.etalab.gouv.fr/licence-ouverte-open-licence/"),
            Self::Odbl => Some("https://opendatacommons.org/licenses/odbl/1-0/"),
            Self::CcBy => Some("https://creativecommons.org/licenses/by/4.0/deed.fr"),
            Self::Own(_) => None,
        }
    }
}

/// How mail leaves. Without it, it waits in the outbox that the desk shows.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Smtp {
    /// Host name of the server.
    pub host: String,
    /// 465 for TLS from the start, 587 for STARTTLS.
    pub port: u16,
    /// Account, empty when the server asks for none.
    pub user: String,
    /// Its password. Never shown, logged or exported.
    pub password: String,
    /// `tls`, `starttls` or `none` (a server on this machine only).
    pub security: String,
    /// Address that mails come from.
    pub from: String,
}

/// The commune of the instance.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Commune {
    /// INSEE code, empty for a fictional town.
    pub code: String,
    /// Name.
    pub name: String,
    /// Inhabitants, 0 when unknown.
    pub population: i64,
    /// Département, for display.
    pub department: String,
}

/// The colour of a new instance.
pub const COLOUR: &str = "#0B6670";

/// The settings of the instance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Name at the top of each page.
    pub name: String,
    /// A few words under it.
    pub tagline: String,
    /// Campaign or town hall.
    pub kind: Kind,
    /// The town.
    pub commune: Commune,
    /// The question of the home page.
    pub question: String,
    /// Brand colour chosen by the team, `#RRGGBB`.
    pub colour: String,
    /// Language of the instance.
    pub lang: Lang,
    /// Languages that readers may choose.
    pub languages: Vec<Lang>,
    /// IANA time zone of dates.
    pub time_zone: String,
    /// Postal address, telephone and mail shown at the foot of pages and mails.
    pub address: String,
    /// Telephone.
    pub telephone: String,
    /// Contact mail.
    pub contact: String,
    /// The promise made to whoever posts: answered within this many days.
    pub answer_days: i64,
    /// The promise made before publication: read again within this many hours.
    pub review_hours: i64,
    /// Name and office under official answers by default.
    pub answer_office: String,
    /// Mail server.
    pub smtp: Smtp,
    /// Hours during which letters that can wait do.
    pub quiet: Quiet,
    /// Mails that may leave in an hour, 0 for as many as there are.
    pub mails_per_hour: i64,
    /// Terms under which the open data may be used.
    pub licence: Licence,
    /// The team's own wording of statuses: code, then language, then words.
    pub status_words: BTreeMap<String, BTreeMap<Lang, String>>,
    /// Address of the instance as people type it, `https://…` without a final slash.
    pub base_url: String,
    /// Where the source of the version that runs here can be had; empty when the program was built with its address, or
    /// when the team hands it over itself.
    pub source_url: String,
    /// Sites that may show the frame of ideas, as origins (`https://www.rivemont.fr`).
    pub embed_sites: Vec<String>,
    /// Whether owners and administrators need a second factor to sign in.
    pub second_factor: bool,
    /// When the set-up ended. Until then only its link opens.
    pub set_up_at: Option<DateTime<Utc>>,
    /// Whether this is the fictional demo.
    pub demo: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            name: "Parvis".into(),
            tagline: String::new(),
            kind: Kind::default(),
            commune: Commune::default(),
            question: String::new(),
            colour: COLOUR.into(),
            lang: Lang::Fr,
            languages: vec![Lang::Fr, Lang::En],
            time_zone: "Europe/Paris".into(),
            address: String::new(),
            telephone: String::new(),
            contact: String::new(),
            answer_days: 14,
            review_hours: 4,
            answer_office: String::new(),
            smtp: Smtp::default(),
            quiet: Quiet::default(),
            mails_per_hour: 0,
            licence: Licence::default(),
            status_words: BTreeMap::new(),
            base_url: String::new(),
            source_url: String::new(),
            embed_sites: Vec::new(),
            second_factor: false,
            set_up_at: None,
            demo: false,
        }
    }
}

impl Settings {
    /// The time zone of the instance (Paris when the name is unknown).
    #[must_use]
    pub fn tz(&self) -> Tz {
        self.time_zone.parse().unwrap_or(Tz::Europe__Paris)
    }

    /// Whether the set-up is done.
    #[must_use]
    pub const fn is_set_up(&self) -> bool {
        self.set_up_at.is_some()
    }
}

/// The tables of the kernel.
pub const MIGRATIONS: [db::Migration; 2] = [
    db::Migration { id: "kernel/0001_ground", sql: include_str!("../migrations/0001_ground.sql") },
    db::Migration { id: "kernel/0119_refused_address", sql: include_str!("../migrations/0119_refused_address.sql") },
];

/// The name under which they stand.
const NAME: &str = "instance";
/// Two changes at once take turns.
const TURN: i64 = 7_274_512;
/// Settings are read on every page: kept for this long, so that another process's change shows soon.
const FRESH_FOR: TimeDelta = TimeDelta::milliseconds(1000);
/// While the database is away, what is kept serves this long before it is asked again: no request waits for it twice.
const AWAY_FOR: TimeDelta = TimeDelta::seconds(5);

/// Settings with a short memory.
#[derive(Debug, Default)]
pub struct SettingsStore {
    kept: RwLock<Option<Kept>>,
}

/// What was read, when, and for how long it serves.
#[derive(Debug, Clone)]
struct Kept {
    read_at: DateTime<Utc>,
    serves: TimeDelta,
    settings: Arc<Settings>,
}

impl SettingsStore {
    /// The settings, at most a second old.
    ///
    /// # Errors
    /// When the database refuses and none were read before.
    pub async fn get(&self, db: &Db, clock: &dyn Clock) -> Result<Arc<Settings>> {
        let now = clock.now();
        let kept = self.kept.read().await.clone();
        if let Some(Kept { read_at, serves, settings }) = &kept
            && now - *read_at < *serves
            && now >= *read_at
        {
            return Ok(settings.clone());
        }
        let (settings, serves) = match read(db.read()).await {
            Ok(settings) => (Arc::new(settings), FRESH_FOR),
            // A database away for ten seconds should not take the look of the error page with it.
            Err(e) => (kept.ok_or(e)?.settings, AWAY_FOR),
        };
        *self.kept.write().await = Some(Kept { read_at: now, serves, settings: settings.clone() });
        Ok(settings)
    }

    /// Forgets what is kept, after a change.
    pub async fn forget(&self) {
        *self.kept.write().await = None;
    }
}

/// Reads the settings from the database.
///
/// # Errors
/// When the database refuses.
pub async fn read(c: &impl ConnectionTrait) -> Result<Settings> {
    let text = value(c, NAME).await?;
    text.map_or_else(|| Ok(Settings::default()), |t| serde_json::from_str(&t).map_err(Error::other))
}

/// Changes the settings in the transaction of the change, reading them first so that no section is lost.
///
/// # Errors
/// When the database refuses.
pub async fn change(tx: &Tx, edit: impl FnOnce(&mut Settings) + Send) -> Result<Settings> {
    db::take_turn(tx, TURN).await?;
    let mut settings = read(tx).await?;
    edit(&mut settings);
    let text = serde_json::to_string(&settings).map_err(Error::other)?;
    put(tx, NAME, text).await?;
    Ok(settings)
}

/// What stands under a name beside the settings, if anything does: what a module notes for the whole instance.
///
/// # Errors
/// When the database refuses.
pub async fn value(c: &impl ConnectionTrait, name: &str) -> Result<Option<String>> {
    db::scalar(c, "SELECT value FROM setting WHERE name = $1", args![name]).await
}

/// Notes a value under a name, in place of what stood there.
///
/// # Errors
/// When the database refuses.
pub async fn put(tx: &Tx, name: &str, value: String) -> Result<()> {
    let sql =
        "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    db::run(tx, sql, args![name, value]).await?;
    Ok(())
}

/// Takes away what stands under a name.
///
/// # Errors
/// When the database refuses.
pub async fn remove(tx: &Tx, name: &str) -> Result<()> {
    db::run(tx, "DELETE FROM setting WHERE name = $1", args![name]).await?;
    Ok(())
}
