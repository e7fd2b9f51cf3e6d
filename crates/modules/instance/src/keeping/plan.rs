//! When backups are made and how many are kept.

use chrono::{DateTime, Datelike, Days, TimeZone, Utc};
use chrono_tz::Tz;
use parvis_kernel::{
    Error, Result,
    db::{self, Tx},
    settings,
};
use sea_orm::ConnectionTrait;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    /// Each night.
    #[default]
    Day,
    /// Each Monday.
    Week,
    /// Only when asked.
    Never,
}

impl Every {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Day, Self::Week, Self::Never];

    /// The code in forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Day => "jour",
            Self::Week => "semaine",
            Self::Never => "jamais",
        }
    }

    /// From its code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|e| e.code() == code)
    }
}

/// Fewest and most backups that may be kept.
pub const KEPT: std::ops::RangeInclusive<i64> = 1..=60;
/// The hour of the night at which a backup is due, in the instance's time.
const HOUR: u32 = 3;

/// What the team chose about keeping.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Plan {
    /// How often a backup is made.
    pub every: Every,
    /// How many are kept.
    pub kept: i64,
    /// Days that each thing is kept, where the team chose other than the usual: code, days.
    pub days: BTreeMap<String, i64>,
}

impl Default for Plan {
    fn default() -> Self {
        Self { every: Every::Day, kept: 7, days: BTreeMap::new() }
    }
}

impl Plan {
    /// Whether a backup is due at `now`, when the last that worked began at `last`.
    #[must_use]
    pub fn is_due(&self, last: Option<DateTime<Utc>>, now: DateTime<Utc>, tz: Tz) -> bool {
        self.latest_turn(now, tz).is_some_and(|turn| last.is_none_or(|last| last < turn))
    }

    /// The latest time, not after `now`, at which a backup was to be made.
    #[must_use]
    pub fn latest_turn(&self, now: DateTime<Utc>, tz: Tz) -> Option<DateTime<Utc>> {
        let today = now.with_timezone(&tz).date_naive();
        let back = |days: u64| {
            let day = today.checked_sub_days(Days::new(days))?.and_hms_opt(HOUR, 0, 0)?;
            // Three in the morning exists on each day of the year in all our zones, or the next hour stands for it.
            tz.from_local_datetime(&day).earliest().map(|at| at.with_timezone(&Utc))
        };
        match self.every {
            Every::Never => None,
            Every::Day => (0..=2).filter_map(back).find(|at| *at <= now),
            Every::Week => {
                let since = u64::from(today.weekday().num_days_from_monday());
                [since, since + 7].into_iter().filter_map(back).find(|at| *at <= now)
            }
        }
    }
}

const NAME: &str = parvis_kernel::retention::SETTING;
/// Two changes at once take turns.
const TURN: i64 = 7_274_513;

/// What the team chose.
///
/// # Errors
/// When the database refuses.
pub async fn read(c: &impl ConnectionTrait) -> Result<Plan> {
    let text = settings::value(c, NAME).await?;
    text.map_or_else(|| Ok(Plan::default()), |t| serde_json::from_str(&t).map_err(Error::other))
}

/// Changes what the team chose, read first so that no other choice is lost.
///
/// # Errors
/// When the database refuses.
pub async fn change(tx: &Tx, edit: impl FnOnce(&mut Plan) + Send) -> Result<()> {
    db::take_turn(tx, TURN).await?;
    let mut plan = read(tx).await?;
    edit(&mut plan);
    settings::put(tx, NAME, serde_json::to_string(&plan).map_err(Error::other)?).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_backup_is_due_once_a_night_or_once_a_week() {
        let daily = Plan::default();
        let paris = Tz::Europe__Paris;
        // Tuesday 24 November 2026, 9 h 12 in Paris: three o'clock was 2 h UTC.
        let now = at("2026-11-24T08:12:00Z");
        assert_eq!(daily.latest_turn(now, paris), Some(at("2026-11-24T02:00:00Z")));
        assert_eq!(daily.latest_turn(at("2026-11-24T01:59:00Z"), paris), Some(at("2026-11-23T02:00:00Z")));
        assert!(daily.is_due(None, now, paris));
        assert!(daily.is_due(Some(at("2026-11-23T20:00:00Z")), now, paris), "the evening before");
        assert!(!daily.is_due(Some(at("2026-11-24T02:00:01Z")), now, paris), "this night");
        let weekly = Plan { every: Every::Week, ..Plan::default() };
        assert_eq!(weekly.latest_turn(now, paris), Some(at("2026-11-23T02:00:00Z")), "Monday");
        assert_eq!(weekly.latest_turn(at("2026-11-23T01:00:00Z"), paris), Some(at("2026-11-16T02:00:00Z")));
        assert!(!weekly.is_due(Some(at("2026-11-23T02:10:00Z")), now, paris));
        let never = Plan { every: Every::Never, ..Plan::default() };
        assert!(!never.is_due(None, now, paris));
        // The nights when clocks change.
        for night in ["2026-03-29T12:00:00Z", "2026-10-25T12:00:00Z"] {
            assert!(daily.latest_turn(at(night), paris).is_some());
        }
        assert_eq!(daily.latest_turn(now, Tz::Pacific__Noumea), Some(at("2026-11-23T16:00:00Z")));
    }

    #[test]
    fn codes_come_back() {
        for every in Every::ALL {
            assert_eq!(Every::parse(every.code()), Some(every));
        }
        assert_eq!(Every::parse("heure"), None);
        let old: Plan = serde_json::from_str("{}").unwrap();
        assert_eq!(old, Plan::default());
    }
}
