//! Numbers and dates as people write them, from ICU's data.

use std::sync::OnceLock;

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use chrono_tz::Tz;
use icu_calendar::{Date, Gregorian};
use icu_datetime::{FixedCalendarDateTimeFormatter, fieldsets};
use icu_decimal::{DecimalFormatter, input::Decimal};

use crate::words::Lang;

type Formatter<F> = FixedCalendarDateTimeFormatter<Gregorian, F>;

struct Formatters {
    decimal: Option<DecimalFormatter>,
    day_month: Option<Formatter<fieldsets::MD>>,
    weekday: Option<Formatter<fieldsets::MDE>>,
    full: Option<Formatter<fieldsets::YMD>>,
    month: Option<Formatter<fieldsets::YM>>,
}

fn formatters(lang: Lang) -> &'static Formatters {
    static ALL: OnceLock<[Formatters; 2]> = OnceLock::new();
    let all = ALL.get_or_init(|| Lang::ALL.map(make));
    let [fr, en] = all;
    match lang {
        Lang::Fr => fr,
        Lang::En => en,
    }
}

fn make(lang: Lang) -> Formatters {
    let locale: icu_locale_core::Locale = match lang {
        Lang::Fr => icu_locale_core::locale!("fr"),
        Lang::En => icu_locale_core::locale!("en-GB"),
    };
    Formatters {
        decimal: DecimalFormatter::try_new((&locale).into(), icu_decimal::options::DecimalFormatterOptions::default())
            .ok(),
        day_month: Formatter::try_new((&locale).into(), fieldsets::MD::long()).ok(),
        weekday: Formatter::try_new((&locale).into(), fieldsets::MDE::long()).ok(),
        full: Formatter::try_new((&locale).into(), fieldsets::YMD::long()).ok(),
        month: Formatter::try_new((&locale).into(), fieldsets::YM::long()).ok(),
    }
}

/// `1 243` in French (U+202F between thousands), `1,243` in English.
#[must_use]
pub fn integer(lang: Lang, n: i64) -> String {
    if (0..1000).contains(&n) {
        return n.to_string();
    }
    formatters(lang).decimal.as_ref().map_or_else(|| n.to_string(), |f| f.format(&Decimal::from(n)).to_string())
}

/// A number with at most two decimals: `3,5` in French, `3.5` in English.
#[must_use]
pub fn decimal(lang: Lang, n: f64) -> String {
    let text = format!("{n:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    match (text.parse::<Decimal>(), formatters(lang).decimal.as_ref()) {
        (Ok(d), Some(f)) => f.format(&d).to_string(),
        _ => text.to_owned(),
    }
}

/// A share in whole percent: `31 %` in French, `31%` in English.
#[must_use]
pub fn percent(lang: Lang, share: f64) -> String {
    match lang {
        Lang::Fr => format!("{:.0}\u{a0}%", share * 100.0),
        Lang::En => format!("{:.0}%", share * 100.0),
    }
}

fn icu(day: NaiveDate) -> Option<Date<Gregorian>> {
    let (month, date) = (u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    Date::try_new_gregorian(day.year(), month, date).ok()
}

/// `3 décembre`, `3 December`.
#[must_use]
pub fn day_month(lang: Lang, day: NaiveDate) -> String {
    match (icu(day), &formatters(lang).day_month) {
        (Some(d), Some(f)) => first(lang, day, &f.format(&d).to_string()),
        _ => day.to_string(),
    }
}

/// `jeudi 3 décembre`, `Thursday 3 December`.
#[must_use]
pub fn weekday(lang: Lang, day: NaiveDate) -> String {
    match (icu(day), &formatters(lang).weekday) {
        (Some(d), Some(f)) => first(lang, day, &f.format(&d).to_string()),
        _ => day.to_string(),
    }
}

/// `3 décembre 2026`, `3 December 2026`.
#[must_use]
pub fn full(lang: Lang, day: NaiveDate) -> String {
    match (icu(day), &formatters(lang).full) {
        (Some(d), Some(f)) => first(lang, day, &f.format(&d).to_string()),
        _ => day.to_string(),
    }
}

/// `décembre 2026`, `December 2026`.
#[must_use]
pub fn month(lang: Lang, day: NaiveDate) -> String {
    match (icu(day), &formatters(lang).month) {
        (Some(d), Some(f)) => f.format(&d).to_string(),
        _ => day.format("%Y-%m").to_string(),
    }
}

/// French says "1er décembre" for the first and plain numbers after it.
fn first(lang: Lang, day: NaiveDate, text: &str) -> String {
    if lang == Lang::Fr && day.day() == 1 && !text.contains("1er") {
        return text.replacen("1 ", "1er ", 1);
    }
    text.to_owned()
}

/// `18 h 30`, `18:30`.
#[must_use]
pub fn time(lang: Lang, at: DateTime<Utc>, tz: Tz) -> String {
    let local = at.with_timezone(&tz);
    match (lang, local.minute()) {
        (Lang::Fr, 0) => format!("{}\u{a0}h", local.hour()),
        (Lang::Fr, m) => format!("{}\u{a0}h\u{a0}{m:02}", local.hour()),
        (Lang::En, m) => format!("{}:{m:02}", local.hour()),
    }
}

/// The day it is in the instance's time zone.
#[must_use]
pub fn local_day(at: DateTime<Utc>, tz: Tz) -> NaiveDate {
    at.with_timezone(&tz).date_naive()
}

/// `3 décembre` this year, `3 décembre 2025` another year.
#[must_use]
pub fn day(lang: Lang, day: NaiveDate, today: NaiveDate) -> String {
    if day.year() == today.year() { day_month(lang, day) } else { full(lang, day) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        assert_eq!(integer(Lang::Fr, 1_243), "1\u{202f}243");
        assert_eq!(integer(Lang::En, 1_234_567), "1,234,567");
        assert_eq!(integer(Lang::Fr, 0), "0");
        assert_eq!(decimal(Lang::Fr, 3.5), "3,5");
        assert_eq!(percent(Lang::Fr, 0.314), "31\u{a0}%");
    }

    #[test]
    fn dates() {
        let d = NaiveDate::from_ymd_opt(2026, 12, 3).unwrap();
        assert_eq!(day_month(Lang::Fr, d), "3 décembre");
        assert_eq!(weekday(Lang::Fr, d), "jeudi 3 décembre");
        assert_eq!(full(Lang::Fr, d), "3 décembre 2026");
        assert_eq!(day_month(Lang::En, d), "3 December");
        let first = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
        assert_eq!(day_month(Lang::Fr, first), "1er décembre");
        assert_eq!(weekday(Lang::Fr, first), "mardi 1er décembre");
        let t = DateTime::parse_from_rfc3339("2026-12-03T17:30:00Z").unwrap().to_utc();
        assert_eq!(time(Lang::Fr, t, Tz::Europe__Paris), "18\u{a0}h\u{a0}30");
    }
}
