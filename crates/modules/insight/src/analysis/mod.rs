//! The analysis: themes of the published texts, and the figures about them that may be shown.
//!
//! A background job ([`job`]) reads every module's texts, finds the themes and decides which figures may be shown
//! ([`compute`], [`figures`]: pure), and keeps the result ([`store`]). Pages only read what was kept: a figure about fewer
//! than eleven people, or one that would give such a figure away, is not in the database at all.

pub mod compute;
pub mod figures;
mod fingerprint;
pub mod job;
mod ledger;
mod missing;
pub(crate) mod pages;
pub mod store;
mod svg;
pub(crate) mod texts;
pub mod town;
pub mod view;

use chrono::{Datelike, NaiveDate, TimeDelta};

/// How far back a view looks: so many whole weeks, and the present one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Period {
    /// Four weeks.
    Four,
    /// Ten weeks.
    Ten,
    /// Since the beginning.
    #[default]
    All,
}

impl Period {
    /// All of them, the shortest first.
    pub const ALL: [Self; 3] = [Self::Four, Self::Ten, Self::All];

    /// The code in addresses and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Four => "4-semaines",
            Self::Ten => "10-semaines",
            Self::All => "tout",
        }
    }

    /// From its code; anything else is the default.
    #[must_use]
    pub fn parse(code: &str) -> Self {
        Self::ALL.into_iter().find(|p| p.code() == code).unwrap_or_default()
    }

    /// The Monday it starts on, seen from this week's Monday.
    #[must_use]
    pub fn start(self, this_week: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Four => Some(this_week - TimeDelta::weeks(4)),
            Self::Ten => Some(this_week - TimeDelta::weeks(10)),
            Self::All => None,
        }
    }
}

/// Age groups, the youngest first.
pub const AGES: [&str; 4] = ["15-24", "25-39", "40-64", "65+"];

/// Where an area or an age is not known.
pub const UNKNOWN: &str = "unknown";

/// Anybody whose age is known.
pub const KNOWN: &str = "known";

/// The Monday of a day's week.
#[must_use]
pub fn monday(day: NaiveDate) -> NaiveDate {
    day - TimeDelta::days(i64::from(day.weekday().num_days_from_monday()))
}
