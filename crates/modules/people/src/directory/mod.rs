//! The directory of the people the instance knows: looking somebody up, their sheet, what they agreed to, notes.
//!
//! A sheet holds what a person gave or did publicly, and nothing worked out from it. Owners and administrators alone open
//! it, and each search and each opening stands in the journal.

mod accords;
pub mod api;
mod duplicates;
mod entry;
pub mod found;
pub mod merge;
pub mod notes;
mod pages;
pub mod pairs;
pub mod phone;
pub mod receipts;
mod refused;
mod rights;
mod sheet;
pub mod store;
pub mod words;

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;
use parvis_kernel::{
    deeds::Deed,
    form::Form,
    module::NavEntry,
    permission::{Access, Right},
    routes::Routes,
};
use uuid::Uuid;

use crate::urls;

pub(crate) use duplicates::evidence as same_words;
pub(crate) use pages::{deeds, done_on_sheet, searched};
pub use receipts::receipt_of;
pub(crate) use sheet::{called, page as again};

/// The entry of the directory in the team's navigation.
pub const NAVIGATION: NavEntry =
    NavEntry { path: "/equipe/personnes", key: "directory-title", icon: "people", right: Right::Persons, order: 50 };

/// Kinds of activity that changed nothing: somebody looked.
pub const LOOKS: [&str; 2] = ["person.searched", "person.viewed"];

/// Kinds of activity recorded here.
pub const ACTIVITY: [&str; 13] = [
    "person.address_lifted",
    "person.searched",
    "person.viewed",
    "person.added",
    "person.edited",
    "person.noted",
    "person.consent_noted",
    "person.consent_taken_back",
    "person.merged",
    "person.unmerged",
    "person.kept_apart",
    "person.exported",
    "person.erased_on_request",
];

/// The pages and forms of the directory.
#[must_use]
pub fn routes() -> Routes {
    let right = Access::Team(Right::Persons);
    Routes::new()
        .get(urls::Directory::ROUTE, right, pages::show)
        .get(urls::NewPerson::ROUTE, right, entry::blank)
        .post(urls::NewPerson::ROUTE, right, entry::add)
        .get(urls::Duplicates::ROUTE, right, duplicates::show)
        .get(urls::MergePerson::ROUTE, right, duplicates::compare)
        .post(urls::MergePerson::ROUTE, right, duplicates::decide)
        .post(urls::UndoMerge::ROUTE, right, duplicates::undo)
        .get(urls::Receipts::ROUTE, right, receipts::list)
        .get(urls::Receipt::ROUTE, right, receipts::show)
        .post(urls::GiveData::ROUTE, right, rights::download)
        .post(urls::ErasePerson::ROUTE, right, rights::erase)
        .get(urls::Sheet::ROUTE, right, sheet::show)
        .get(urls::EditPerson::ROUTE, right, entry::edit)
        .post(urls::EditPerson::ROUTE, right, entry::save)
        .post(urls::NoteAccord::ROUTE, right, accords::note)
        .post(urls::TakeAccordBack::ROUTE, right, accords::take_back)
        .post(urls::LiftAddress::ROUTE, right, refused::lift)
        .post(urls::PersonNotes::ROUTE, right, notes::change)
}

/// By what a person may be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// By mail.
    Email,
    /// By text message.
    Sms,
    /// By telephone.
    Calls,
    /// By nothing.
    Nothing,
    /// By nothing yet: the team brought them, and no accord was ever written down.
    Waiting,
    /// By nothing or less than before: they took an accord back.
    Left,
    /// Not at the address they gave: its server refuses letters.
    Refused,
}

impl Reach {
    /// In the order of the filter.
    pub const ALL: [Self; 7] =
        [Self::Email, Self::Sms, Self::Calls, Self::Nothing, Self::Waiting, Self::Left, Self::Refused];

    /// The code in addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Email => "courriel",
            Self::Sms => "sms",
            Self::Calls => "appel",
            Self::Nothing => "rien",
            Self::Waiting => "attente",
            Self::Left => "retire",
            Self::Refused => "adresse",
        }
    }

    /// The channel of the ledger.
    #[must_use]
    pub const fn channel(self) -> Option<&'static str> {
        match self {
            Self::Email => Some("email"),
            Self::Sms => Some("sms"),
            Self::Calls => Some("telephone"),
            Self::Nothing | Self::Waiting | Self::Left | Self::Refused => None,
        }
    }
}

/// What the team may write an accord down for: purpose, channel, and the code of the form.
pub const ASKABLE: [(&str, &str, &str); 3] =
    [("newsletter", "email", "newsletter.email"), ("sms", "sms", "sms.sms"), ("calls", "telephone", "calls.telephone")];

/// How somebody's data or accord reached the team.
pub const SOURCES: [&str; 4] = ["paper", "stand", "phone", "door"];
/// How the instance came to know somebody.
pub const ORIGINS: [&str; 6] = ["web", "paper", "stand", "phone", "door", "import"];
/// Roles one may look for: any, each, or none.
pub const ROLES: [&str; 6] = ["equipe", "owner", "administrator", "moderator", "analyst", "aucun"];

/// What they did, as a filter asks for it.
#[derive(Debug, Clone, Copy)]
pub struct Did {
    /// What.
    pub deed: Deed,
    /// Whether few people did it, see [`store::weigh`]: the search begins with them then.
    pub rare: bool,
}

/// What is looked for.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// As typed.
    pub query: String,
    /// Area of the town.
    pub area: Option<Uuid>,
    /// By what they may be reached.
    pub reach: Option<Reach>,
    /// Role on the team, one of [`ROLES`].
    pub role: Option<&'static str>,
    /// How they came to be known, one of [`ORIGINS`].
    pub origin: Option<&'static str>,
    /// Known since then; of [`Reach::Left`], who took an accord back since then.
    pub since: Option<DateTime<Utc>>,
    /// What they did in public, under their name.
    pub did: Option<Did>,
    /// Whether few people ever agreed to the channel of [`Filter::reach`], see [`store::weigh`].
    pub few: bool,
    /// The words that few people have, see [`store::weigh`]: the search begins with them.
    pub lead: Option<store::Lead>,
    /// Page, from 1.
    pub page: i64,
}

impl Filter {
    /// From the query of an address, where these are the deeds one may ask for: what it does not know is left out.
    #[must_use]
    pub fn of(f: &Form, deeds: &[Deed]) -> Self {
        let among = |all: &[&'static str], name: &str| all.iter().copied().find(|c| *c == f.get(name));
        Self {
            query: f.get("q").chars().take(100).collect(),
            area: f.get("quartier").parse().ok(),
            reach: Reach::ALL.into_iter().find(|r| r.code() == f.get("accord")),
            role: among(&ROLES, "role"),
            origin: among(&ORIGINS, "origine"),
            since: DateTime::parse_from_rfc3339(f.get("depuis")).ok().map(|at| at.to_utc()),
            did: deeds.iter().find(|d| d.code == f.get("acte")).map(|deed| Did { deed: *deed, rare: false }),
            few: false,
            lead: None,
            page: f.get("page").parse().ok().filter(|n| (1..=10_000).contains(n)).unwrap_or(1),
        }
    }

    /// How many filters are set beside the words.
    #[must_use]
    pub fn set(&self) -> usize {
        let set = [
            self.area.is_some(),
            self.reach.is_some(),
            self.role.is_some(),
            self.origin.is_some(),
            self.since.is_some(),
            self.did.is_some(),
        ];
        set.into_iter().filter(|b| *b).count()
    }

    /// Whether anything is looked for.
    #[must_use]
    pub fn is_search(&self) -> bool {
        self.set() > 0 || !words::needles(&self.query).is_empty()
    }

    /// The address of what it finds.
    #[must_use]
    pub fn address(&self) -> String {
        format!("{}{}", urls::Directory {}, self.query_string(1))
    }

    /// The query of its address, for another page.
    #[must_use]
    pub fn query_string(&self, page: i64) -> String {
        let mut parts = Vec::new();
        let mut add = |name: &str, value: &str| {
            if !value.is_empty() {
                parts.push(format!("{name}={}", parvis_kernel::url::encode(value)));
            }
        };
        add("q", &self.query);
        add("quartier", &self.area.map(|a| a.to_string()).unwrap_or_default());
        add("accord", self.reach.map_or("", Reach::code));
        add("role", self.role.unwrap_or_default());
        add("origine", self.origin.unwrap_or_default());
        add("depuis", &self.since.map(|at| at.to_rfc3339()).unwrap_or_default());
        add("acte", self.did.map_or("", |did| did.deed.code));
        if page > 1 {
            add("page", &page.to_string());
        }
        if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
    }
}

/// The instant an accord of a day counts from: the start of that day in town, or now on the day itself. So what was taken
/// back since, even on the same day, stays taken back.
#[must_use]
pub fn given_at(day: NaiveDate, today: NaiveDate, now: DateTime<Utc>, tz: Tz) -> Option<DateTime<Utc>> {
    let start = day_of(day, today, tz)?;
    Some(if day == today { now } else { start })
}

/// The start of a day in town. `None` when an accord can't be of that day.
#[must_use]
pub fn day_of(day: NaiveDate, today: NaiveDate, tz: Tz) -> Option<DateTime<Utc>> {
    if day > today || day < today - chrono::TimeDelta::days(366 * 10) {
        return None;
    }
    let start = tz.from_local_datetime(&day.and_hms_opt(0, 0, 0)?).earliest()?;
    Some(start.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_filters_are_left_out() {
        let posted =
            Deed { code: "idee", key: "deed-idea", table: "contribution", person: "author_id", when: "d.visible" };
        let of = |fields: &[(&str, &str)]| Filter::of(&Form::of(fields), &[posted]);
        let f = of(&[("q", "Perrin"), ("quartier", "x"), ("accord", "fax"), ("role", "root"), ("acte", "1 = 1")]);
        assert_eq!((f.set(), f.is_search(), f.page), (0, true, 1));
        let f = of(&[("accord", "sms"), ("role", "aucun"), ("origine", "paper"), ("acte", "idee"), ("page", "-3")]);
        assert_eq!((f.set(), f.page), (4, 1));
        assert_eq!(f.query_string(2), "?accord=sms&role=aucun&origine=paper&acte=idee&page=2");
        assert!(!of(&[("q", " ")]).is_search());
        assert_eq!(Filter::default().query_string(1), "");
    }

    #[test]
    fn an_accord_counts_from_the_start_of_its_day() {
        let tz = Tz::Europe__Paris;
        let now: DateTime<Utc> = "2026-11-24T08:12:00Z".parse().unwrap();
        let day = |d: &str| d.parse::<NaiveDate>().unwrap();
        let at = |d: &str| given_at(day(d), day("2026-11-24"), now, tz);
        assert_eq!(at("2026-11-24"), Some(now));
        assert_eq!(at("2026-11-23"), Some("2026-11-22T23:00:00Z".parse().unwrap()));
        assert_eq!(day_of(day("2026-11-24"), day("2026-11-24"), tz), Some("2026-11-23T23:00:00Z".parse().unwrap()));
        assert_eq!(at("2026-11-25"), None, "tomorrow");
        assert_eq!(at("1926-11-24"), None, "a slip of the keyboard");
    }
}
