//! How long a work under way still takes, in words.

use chrono::{DateTime, TimeDelta, Utc};

use crate::Page;

/// A work that runs for less than this says nothing yet: its first parts tell little.
const EARLY: TimeDelta = TimeDelta::seconds(3);

/// What is left of a work that did `done` of `total` since it began, if it goes on as fast as it went; nothing while
/// that can't be told.
#[must_use]
pub fn left(began: DateTime<Utc>, now: DateTime<Utc>, done: i64, total: i64) -> Option<TimeDelta> {
    let spent = now - began;
    if done <= 0 || total < done || spent < EARLY {
        return None;
    }
    // In wider integers: neither a long work nor a large one overflows.
    let millis = i128::from(spent.num_milliseconds()) * i128::from(total - done) / i128::from(done);
    TimeDelta::try_milliseconds(i64::try_from(millis).ok()?)
}

/// The key of the words for what is left, and their number: rounded up, so that a promise is kept.
#[must_use]
pub fn key(left: TimeDelta) -> (&'static str, i64) {
    let up = |by: i64| (left.num_seconds().max(0) + by - 1) / by;
    match left.num_seconds() {
        s if s < 60 => ("remaining-soon", 0),
        s if s <= 90 * 60 => ("remaining-minutes", up(60)),
        _ => ("remaining-hours", up(3_600)),
    }
}

/// What is left in words; empty while that can't be told.
#[must_use]
pub fn words(p: &Page, began: Option<DateTime<Utc>>, done: i64, total: i64) -> String {
    let Some(left) = began.and_then(|began| left(began, p.ctx.now(), done, total)) else { return String::new() };
    let (key, n) = key(left);
    p.t1(key, "n", n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_goes_on_as_fast_as_it_went() {
        let began = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let after = |seconds: i64, done, total| left(began, began + TimeDelta::seconds(seconds), done, total);
        assert_eq!(after(60, 200, 1_000), Some(TimeDelta::seconds(240)));
        assert_eq!(after(60, 1_000, 1_000), Some(TimeDelta::zero()));
        for (seconds, done, total) in [(2, 500, 1_000), (60, 0, 1_000), (60, -1, 10), (60, 11, 10), (-60, 5, 10)] {
            assert_eq!(after(seconds, done, total), None, "{seconds} {done} {total}");
        }
        assert_eq!(after(1_000_000, 1, i64::MAX), None, "longer than a time can say");
    }

    #[test]
    fn words_are_rounded_up() {
        for (seconds, said) in [
            (0, ("remaining-soon", 0)),
            (59, ("remaining-soon", 0)),
            (60, ("remaining-minutes", 1)),
            (61, ("remaining-minutes", 2)),
            (5_400, ("remaining-minutes", 90)),
            (5_401, ("remaining-hours", 2)),
            (86_400, ("remaining-hours", 24)),
        ] {
            assert_eq!(key(TimeDelta::seconds(seconds)), said, "{seconds}");
        }
    }
}
