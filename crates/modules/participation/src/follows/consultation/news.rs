//! What is new in a consultation since somebody was last told: from its timeline and its answers, kept nowhere else.

use std::collections::{HashMap, hash_map::Entry};

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use parvis_kernel::{
    Result,
    app::App,
    args,
    db::{self, Tx},
    locale,
    words::Lang,
};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    follows::{Rhythm, consultation::PURPOSE, may_be_written_to},
    moderation::store::UNDO,
    projects::{self, Phase},
    urls,
};

/// Somebody who follows a project, and the project.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Reader {
    /// The project.
    pub project_id: Uuid,
    /// The person.
    pub person_id: Uuid,
    /// Their confirmed address.
    pub email: String,
    /// Language of their mails.
    pub lang: String,
    /// Since when they follow it.
    pub created_at: DateTime<Utc>,
    /// Until when they were told.
    pub told_at: DateTime<Utc>,
    /// Address of the project.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Its visibility.
    pub visibility: String,
    /// What opens it when that is by a secret link.
    pub secret: String,
}

/// What is new for one of them.
#[derive(Debug, Clone)]
pub struct News {
    /// Who, and of which project.
    pub of: Reader,
    /// Phases that began: title, last day.
    pub begun: Vec<(String, Option<NaiveDate>)>,
    /// Phases that ended.
    pub ended: Vec<String>,
    /// Ideas answered.
    pub answers: i64,
}

impl News {
    fn is_empty(&self) -> bool {
        self.begun.is_empty() && self.ended.is_empty() && self.answers == 0
    }

    /// The address of the project.
    #[must_use]
    pub fn link(&self) -> String {
        projects::link(&self.of.visibility, &self.of.secret, urls::Project { slug: self.of.slug.clone() })
    }

    /// Each thing that is new, in words.
    #[must_use]
    pub fn words(&self, app: &App, lang: Lang, today: NaiveDate) -> Vec<String> {
        let mut lines = Vec::new();
        for title in &self.ended {
            lines.push(app.words.with(lang, "news-phase-ended", &[("title", title)]));
        }
        for (title, end) in &self.begun {
            lines.push(match end {
                Some(end) => {
                    let day = locale::day(lang, *end, today);
                    app.words.with(lang, "news-phase-begun-until", &[("title", title), ("date", &day)])
                }
                None => app.words.with(lang, "news-phase-begun", &[("title", title)]),
            });
        }
        if self.answers > 0 {
            lines.push(app.words.with(lang, "news-answers", &[("n", &self.answers)]));
        }
        lines
    }
}

/// When a day begins.
fn dawn(day: NaiveDate, tz: Tz) -> Option<DateTime<Utc>> {
    // Where no midnight is, the hour after it.
    let at = |hour| tz.from_local_datetime(&day.and_time(NaiveTime::from_hms_opt(hour, 0, 0)?)).earliest();
    at(0).or_else(|| at(1)).map(|t| t.to_utc())
}

/// The phases that began and those that ended after `since`, at the latest at `until`.
#[must_use]
pub fn turned(
    phases: &[Phase],
    since: DateTime<Utc>,
    until: DateTime<Utc>,
    tz: Tz,
) -> (Vec<(String, Option<NaiveDate>)>, Vec<String>) {
    let between = |day: Option<NaiveDate>| day.and_then(|d| dawn(d, tz)).is_some_and(|at| since < at && at <= until);
    let begun = phases.iter().filter(|p| between(Some(p.starts_on))).map(|p| (p.title.clone(), p.ends_on)).collect();
    let over = |p: &&Phase| between(p.ends_on.and_then(|end| end.checked_add_days(Days::new(1))));
    (begun, phases.iter().filter(over).map(|p| p.title.clone()).collect())
}

/// What is new at `until` for everybody who follows a project at this rhythm and may be written to.
///
/// # Errors
/// When the database refuses.
pub async fn waiting(app: &App, rhythm: Rhythm, until: DateTime<Utc>, tz: Tz) -> Result<Vec<News>> {
    let may = may_be_written_to(PURPOSE, 3, "1 = 0");
    let sql = format!(
        "SELECT f.project_id, f.person_id, p.email, p.lang, f.created_at, f.told_at, j.slug, j.title, j.visibility, j.secret \
         FROM project_follow f JOIN person p ON p.id = f.person_id JOIN project j ON j.id = f.project_id \
         WHERE f.rhythm = $1 AND f.told_at < $2 AND j.visibility <> 'team' AND j.state = 'published' AND {may} \
         ORDER BY f.person_id, f.project_id"
    );
    let db = app.db.read();
    let readers: Vec<Reader> = db::all(db, &sql, args![rhythm.code(), until, app.clock.now()]).await?;
    let mut phases: HashMap<Uuid, Vec<Phase>> = HashMap::new();
    let mut answers: HashMap<(Uuid, DateTime<Utc>), i64> = HashMap::new();
    let mut all = Vec::new();
    for of in readers {
        if let Entry::Vacant(new) = phases.entry(of.project_id) {
            new.insert(projects::store::phases(db, of.project_id).await?);
        }
        // Most were told at the same time: their count is the same.
        let known = (of.project_id, of.told_at);
        if let Entry::Vacant(new) = answers.entry(known) {
            new.insert(answered(app, of.project_id, of.told_at, until).await?);
        }
        let timeline = phases.get(&of.project_id).map_or(&[][..], Vec::as_slice);
        let (begun, ended) = turned(timeline, of.told_at, until, tz);
        let news = News { begun, ended, answers: answers.get(&known).copied().unwrap_or(0), of };
        if !news.is_empty() {
            all.push(news);
        }
    }
    Ok(all)
}

/// Ideas online that were answered between two moments. An answer counts once it can't be undone any more.
async fn answered(app: &App, project: Uuid, since: DateTime<Utc>, until: DateTime<Utc>) -> Result<i64> {
    let sql = "SELECT count(*) FROM answer a JOIN contribution c ON c.id = a.contribution_id \
               WHERE c.project_id = $1 AND c.visible AND a.published_at > $2 AND a.published_at <= $3";
    db::count(app.db.read(), sql, args![project, since - UNDO, until - UNDO]).await
}

/// Notes that somebody was told.
///
/// # Errors
/// When the database refuses.
pub async fn told(tx: &Tx, news: &News, until: DateTime<Utc>) -> Result<()> {
    let sql = "UPDATE project_follow SET told_at = $3 WHERE project_id = $1 AND person_id = $2 AND told_at < $3";
    db::run(tx, sql, args![news.of.project_id, news.of.person_id, until]).await?;
    Ok(())
}

/// These letters are written: what comes from now on is for the next.
///
/// # Errors
/// When the database refuses.
pub async fn over(tx: &Tx, rhythm: Rhythm, until: DateTime<Utc>) -> Result<()> {
    let sql = "UPDATE project_follow SET told_at = $2 WHERE rhythm = $1 AND told_at < $2";
    db::run(tx, sql, args![rhythm.code(), until]).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phase(title: &str, from: &str, to: Option<&str>) -> Phase {
        Phase {
            id: Uuid::nil(),
            title: title.into(),
            method: "ideation".into(),
            starts_on: from.parse().unwrap(),
            ends_on: to.map(|d| d.parse().unwrap()),
            posting: true,
            commenting: true,
            supporting: true,
            opposing: false,
            anonymous: true,
            prescreening: false,
        }
    }

    #[test]
    fn a_phase_begins_and_ends_at_midnight_of_the_town_once() {
        let at = |text: &str| DateTime::parse_from_rfc3339(text).unwrap().to_utc();
        let phases = [phase("Idées", "2026-11-01", Some("2026-11-24")), phase("Lecture", "2026-11-25", None)];
        let turned = |since, until| turned(&phases, at(since), at(until), Tz::Europe__Paris);
        // Midnight of the 25th in Paris is 23 h UTC of the 24th.
        let (begun, ended) = turned("2026-11-24T07:00:00Z", "2026-11-25T07:00:00Z");
        assert_eq!((begun, ended), (vec![("Lecture".into(), None)], vec!["Idées".into()]));
        let (begun, ended) = turned("2026-11-24T07:00:00Z", "2026-11-24T22:59:59Z");
        assert!(begun.is_empty() && ended.is_empty(), "the last day is one of its days");
        let (begun, ended) = turned("2026-11-24T23:00:00Z", "2026-11-30T07:00:00Z");
        assert!(begun.is_empty() && ended.is_empty(), "told once");
        let (begun, _) = turned("2026-10-31T07:00:00Z", "2026-11-01T07:00:00Z");
        assert_eq!(begun, [("Idées".to_owned(), "2026-11-24".parse().ok())]);
    }
}
