//! Quiet hours: letters that can wait leave after the night, those that somebody waits for leave at once.
//!
//! Nothing is written to a letter that waits: the rule is asked each time, so that other hours hold at once.

use chrono::{DateTime, Days, DurationRound, NaiveDate, NaiveTime, Offset, TimeDelta, TimeZone, Timelike, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

/// Kinds of letters that wait for the end of quiet hours. Any other leaves at once: a code, a confirmation, an
/// invitation, whatever somebody asked for a moment ago.
pub const CAN_WAIT: [&str; 5] = ["answer", "change", "digest", "refusal", "staff"];

/// Minutes in a day.
const DAY: u16 = 24 * 60;

/// Hours of the instance's time zone during which letters that can wait do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Quiet {
    /// Whether there are any.
    pub on: bool,
    /// First minute of the day that is quiet.
    pub from: u16,
    /// First minute of the day that is not.
    pub to: u16,
}

impl Default for Quiet {
    /// From 21 h to 8 h.
    fn default() -> Self {
        Self { on: true, from: 21 * 60, to: 8 * 60 }
    }
}

impl Quiet {
    /// Whether it is quiet at this time. The same hour twice is no hour at all.
    #[must_use]
    pub fn holds(&self, at: DateTime<Utc>, tz: Tz) -> bool {
        let local = at.with_timezone(&tz);
        let minute = local.hour() * 60 + local.minute();
        let (from, to) = (u32::from(self.from % DAY), u32::from(self.to % DAY));
        self.on && if from <= to { (from..to).contains(&minute) } else { minute >= from || minute < to }
    }

    /// The first time from `at` on that is not quiet.
    #[must_use]
    pub fn end(&self, at: DateTime<Utc>, tz: Tz) -> DateTime<Utc> {
        if !self.holds(at, tz) {
            return at;
        }
        let today = at.with_timezone(&tz).date_naive();
        let days = (0..4).filter_map(|n| today.checked_add_days(Days::new(n)));
        let mut ends: Vec<DateTime<Utc>> = days
            .flat_map(|day| self.ends_on(day, tz))
            .chain(jumps(at, tz))
            .filter(|t| *t > at && !self.holds(*t, tz))
            .collect();
        ends.sort_unstable();
        ends.first().copied().unwrap_or(at)
    }

    /// The day clocks change, that minute may come twice, or not at all.
    fn ends_on(&self, day: NaiveDate, tz: Tz) -> Vec<DateTime<Utc>> {
        let to = u32::from(self.to % DAY);
        let Some(time) = NaiveTime::from_hms_opt(to / 60, to % 60, 0) else { return vec![] };
        let found = tz.from_local_datetime(&day.and_time(time));
        [found.earliest(), found.latest()].into_iter().flatten().map(|t| t.to_utc()).collect()
    }

    /// When a letter of this kind leaves that may not leave before `after`, looked at now.
    #[must_use]
    pub fn leaves(&self, kind: &str, after: DateTime<Utc>, now: DateTime<Utc>, tz: Tz) -> DateTime<Utc> {
        let soonest = after.max(now);
        if CAN_WAIT.contains(&kind) { self.end(soonest, tz) } else { soonest }
    }

    /// What limits the letters that may leave at this time, as an end of a SQL condition.
    pub(super) fn limit(&self, now: DateTime<Utc>, tz: Tz) -> String {
        if self.holds(now, tz) { at_once() } else { String::new() }
    }
}

/// Letters that wait for nothing, as an end of a SQL condition: the words of the index `mail_at_once`.
pub(super) fn at_once() -> String {
    format!(" AND kind NOT IN ('{}')", CAN_WAIT.join("', '"))
}

/// When clocks change in the three days that follow. They do at a whole half hour of UTC, everywhere since 1970.
fn jumps(at: DateTime<Utc>, tz: Tz) -> impl Iterator<Item = DateTime<Utc>> {
    const STEP: TimeDelta = TimeDelta::minutes(30);
    let first = at.duration_trunc(STEP).unwrap_or(at);
    let offset = move |t: DateTime<Utc>| tz.offset_from_utc_datetime(&t.naive_utc()).fix();
    (1..=144).map(move |n| first + STEP * n).filter(move |t| offset(*t) != offset(*t - STEP))
}

/// A minute of the day as people write it: `21:00`, `21 h 30`, `8h`, `8`.
#[must_use]
pub fn minute(text: &str) -> Option<u16> {
    let plain: String =
        text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase().replace('h', ":");
    let (hours, minutes) = plain.split_once(':').unwrap_or((plain.as_str(), ""));
    let number = |digits: &str, most: u16| {
        let short = digits.len() <= 2 && digits.chars().all(|c| c.is_ascii_digit());
        digits.parse::<u16>().ok().filter(|n| short && *n <= most)
    };
    let minutes = if minutes.is_empty() { "00" } else { minutes };
    Some(number(hours, 23)? * 60 + number(minutes, 59)?)
}

/// `08:00`.
#[must_use]
pub fn typed(minute: u16) -> String {
    format!("{:02}:{:02}", minute % DAY / 60, minute % 60)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(text).unwrap().to_utc()
    }

    const PARIS: Tz = Tz::Europe__Paris;

    #[test]
    fn a_letter_that_can_wait_leaves_in_the_morning_and_a_code_at_once() {
        let quiet = Quiet::default();
        let evening = at("2026-11-24T21:30:00Z");
        for kind in CAN_WAIT {
            assert_eq!(quiet.leaves(kind, evening, evening, PARIS), at("2026-11-25T07:00:00Z"), "{kind}");
            let noon = at("2026-11-24T11:00:00Z");
            assert_eq!(quiet.leaves(kind, noon, noon, PARIS), noon);
            assert_eq!(quiet.leaves(kind, evening, noon, PARIS), at("2026-11-25T07:00:00Z"));
        }
        for kind in ["code", "confirmation", "invitation", "trial", "unheard-of"] {
            assert_eq!(quiet.leaves(kind, evening, evening, PARIS), evening, "{kind}");
        }
        // In another time zone the same moment is another hour.
        assert!(!quiet.holds(evening, Tz::Pacific__Noumea));
        assert!(!Quiet { on: false, ..quiet }.holds(evening, PARIS));
        assert_eq!(Quiet { on: false, ..quiet }.limit(evening, PARIS), "");
    }

    /// Each minute of the days on which clocks change, against a walk minute by minute.
    #[test]
    fn the_days_clocks_change() {
        let hours =
            [(1260, 480), (120, 150), (150, 120), (0, 1), (165, 150), (1439, 0), (480, 1260), (30, 180), (150, 480)];
        for (from, to) in hours {
            let quiet = Quiet { on: true, from, to };
            for day in ["2026-03-28T12:00:00Z", "2026-10-24T12:00:00Z", "2026-06-01T00:00:00Z"] {
                let minutes: Vec<DateTime<Utc>> = (0..3 * 24 * 60).map(|n| at(day) + TimeDelta::minutes(n)).collect();
                let mut next = None;
                for t in minutes.iter().rev() {
                    if !quiet.holds(*t, PARIS) {
                        next = Some(*t);
                    }
                    if let Some(expected) = next {
                        assert_eq!(quiet.end(*t, PARIS), expected, "{from} {to} {t}");
                    }
                }
            }
        }
    }

    #[test]
    fn the_night_of_october_is_an_hour_longer_and_march_an_hour_shorter() {
        let quiet = Quiet::default();
        assert_eq!(quiet.end(at("2026-10-24T20:00:00Z"), PARIS), at("2026-10-25T07:00:00Z"));
        assert_eq!(quiet.end(at("2026-03-28T21:00:00Z"), PARIS), at("2026-03-29T06:00:00Z"));
        // 2 h 30 does not exist that night: quiet ends as clocks jump to 3 h.
        let short = Quiet { on: true, from: 0, to: 150 };
        assert_eq!(short.end(at("2026-03-29T00:30:00Z"), PARIS), at("2026-03-29T01:00:00Z"));
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        for n in 0..DAY {
            assert_eq!(minute(&typed(n)), Some(n));
        }
        for text in ["21:00", "21 h", "21h", "21", " 21\u{a0}h\u{a0}00", "21H00"] {
            assert_eq!(minute(text), Some(1260), "{text}");
        }
        assert_eq!((minute("8"), minute("8h5"), minute("0:00")), (Some(480), Some(485), Some(0)));
        for bad in ["", "24:00", "12:60", "-1:00", "+8", "08:00 pm", "8:000", "008", "21:00:00", "h30", "midi"] {
            assert_eq!(minute(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn no_letter_waits_longer_than_it_must(
            seconds in 1_700_000_000_i64..2_000_000_000,
            from in 0_u16..DAY,
            to in 0_u16..DAY,
            zone in prop::sample::select(vec![PARIS, Tz::Pacific__Noumea, Tz::America__Cayenne, Tz::Australia__Lord_Howe, Tz::UTC]),
        ) {
            let quiet = Quiet { on: true, from, to };
            let now = DateTime::from_timestamp(seconds, 0).unwrap();
            let end = quiet.end(now, zone);
            prop_assert!(end >= now && end - now <= TimeDelta::hours(49));
            prop_assert!(!quiet.holds(end, zone));
            let mut t = now;
            while t < end {
                prop_assert!(quiet.holds(t, zone), "it could have left at {t}");
                t += TimeDelta::minutes(1);
            }
        }
    }
}
