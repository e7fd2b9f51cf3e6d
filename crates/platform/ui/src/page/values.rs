//! Numbers, dates and lengths of time as the page's reader writes them.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use parvis_kernel::locale;

use super::Page;

impl Page {
    /// A whole number as people write it.
    #[must_use]
    pub fn num(&self, n: &i64) -> String {
        locale::integer(self.ctx.lang, *n)
    }

    /// A share between 0 and 1 in whole percent.
    #[must_use]
    pub fn percent(&self, share: &f64) -> String {
        locale::percent(self.ctx.lang, *share)
    }

    /// `3 décembre`, with its year when that is not this year's.
    #[must_use]
    pub fn date(&self, at: &DateTime<Utc>) -> String {
        self.day(&self.local(at))
    }

    /// `3 décembre` of a day.
    #[must_use]
    pub fn day(&self, day: &NaiveDate) -> String {
        locale::day(self.ctx.lang, *day, self.ctx.today())
    }

    /// `jeudi 3 décembre` of a day.
    #[must_use]
    pub fn weekday(&self, day: &NaiveDate) -> String {
        locale::weekday(self.ctx.lang, *day)
    }

    /// `18 h 30`.
    #[must_use]
    pub fn time(&self, at: &DateTime<Utc>) -> String {
        locale::time(self.ctx.lang, *at, self.ctx.settings.tz())
    }

    /// The day a time falls on for the town.
    #[must_use]
    pub fn local(&self, at: &DateTime<Utc>) -> NaiveDate {
        locale::local_day(*at, self.ctx.settings.tz())
    }

    /// `datetime` attribute of a `<time>`.
    #[must_use]
    pub fn iso(&self, at: &DateTime<Utc>) -> String {
        self.local(at).to_string()
    }

    /// `il y a 2 jours`, `hier`, `il y a 3 heures`; a date after two weeks.
    #[must_use]
    pub fn ago(&self, at: &DateTime<Utc>) -> String {
        let gone = self.ctx.now() - *at;
        let days = (self.ctx.today() - self.local(at)).num_days();
        match days {
            i64::MIN..=0 if gone < TimeDelta::minutes(1) => self.t("ago-now"),
            i64::MIN..=0 if gone < TimeDelta::hours(1) => self.t1("ago-minutes", "n", gone.num_minutes()),
            i64::MIN..=0 => self.t1("ago-hours", "n", gone.num_hours()),
            1 => self.t("ago-yesterday"),
            2..=14 => self.t1("ago-days", "n", days),
            _ => self.date(at),
        }
    }

    /// A length of time in words: `9 jours`, `5 heures`, `40 minutes`.
    #[must_use]
    pub fn wait(&self, since: &DateTime<Utc>) -> String {
        let gone = self.ctx.now() - *since;
        if gone >= TimeDelta::days(2) {
            self.t1("wait-days", "n", gone.num_days())
        } else if gone >= TimeDelta::hours(1) {
            self.t1("wait-hours", "n", gone.num_hours())
        } else if gone < TimeDelta::minutes(1) {
            self.t("wait-now")
        } else {
            self.t1("wait-minutes", "n", gone.num_minutes())
        }
    }
}
