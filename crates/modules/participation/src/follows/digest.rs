//! Summaries of followed ideas: one mail a day at 18 h, or one a week on Friday at 8 h. Nothing new, no mail. The weekly one
//! also says what grew around one's own ideas.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeZone, Utc, Weekday};
use chrono_tz::Tz;
use futures::future::BoxFuture;
use parvis_kernel::{
    Result,
    app::App,
    args,
    context::Moment,
    db::{self, Tx},
    jobs::Failure,
    locale,
    mail::{self, NewMail},
    settings::Settings,
    words::Lang,
};
use parvis_ui::mail::{Item, Letter};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::{
    Rhythm,
    consultation::news::{self, News},
    growth::{self, Grown},
    letters, rhythm as change,
};
use crate::{
    ideas::{Status, answers::first_sentence, shorten, store::PUBLIC, title_of},
    projects, urls,
};

/// Items in one mail: a longer list is not read.
const MOST: usize = 30;

/// The job of daily summaries.
#[must_use]
pub fn daily(app: Arc<App>, _: String) -> BoxFuture<'static, Result<(), Failure>> {
    Box::pin(async move { Ok(send(&app, Rhythm::Daily).await?) })
}

/// The job of weekly summaries.
#[must_use]
pub fn weekly(app: Arc<App>, _: String) -> BoxFuture<'static, Result<(), Failure>> {
    Box::pin(async move { Ok(send(&app, Rhythm::Weekly).await?) })
}

/// When a summary of this rhythm is due on a day, if it is one of its days.
fn on(rhythm: Rhythm, day: NaiveDate, tz: Tz) -> Option<DateTime<Utc>> {
    let hour = match rhythm {
        Rhythm::Weekly if day.weekday() != Weekday::Fri => return None,
        // At once is, for what happens at midnight or many times a day, in the morning.
        Rhythm::Weekly | Rhythm::Now => 8,
        _ => 18,
    };
    let time = NaiveTime::from_hms_opt(hour, 0, 0)?;
    // No clock changes at these hours anywhere in France: the earliest of two is as good.
    tz.from_local_datetime(&day.and_time(time)).earliest().map(|t| t.to_utc())
}

/// The last time a summary of this rhythm was due, at or before `now`.
#[must_use]
pub fn due(rhythm: Rhythm, now: DateTime<Utc>, tz: Tz) -> DateTime<Utc> {
    let today = locale::local_day(now, tz);
    let days = (0..8).filter_map(|back| today.checked_sub_days(Days::new(back)));
    days.filter_map(|day| on(rhythm, day, tz)).find(|t| *t <= now).unwrap_or(now)
}

/// The next time a summary of this rhythm is due, after `now`; never for what is told at once or not at all.
#[must_use]
pub fn next(rhythm: Rhythm, now: DateTime<Utc>, tz: Tz) -> Option<DateTime<Utc>> {
    if !matches!(rhythm, Rhythm::Daily | Rhythm::Weekly) {
        return None;
    }
    let today = locale::local_day(now, tz);
    let days = (0..8).filter_map(|ahead| today.checked_add_days(Days::new(ahead)));
    days.filter_map(|day| on(rhythm, day, tz)).find(|t| *t > now)
}

#[derive(Debug, Clone, FromQueryResult)]
struct Row {
    id: Uuid,
    person_id: Uuid,
    email: String,
    lang: String,
    contribution_id: Uuid,
    number: i64,
    visibility: String,
    secret: String,
    title: String,
    body: String,
    status: String,
    supports: i64,
    answer: Option<String>,
}

/// What one person is told.
#[derive(Debug, Clone)]
struct Told {
    person: Uuid,
    email: String,
    lang: Lang,
    /// What waited, oldest first.
    rows: Vec<Row>,
    /// What grew around their own ideas.
    grown: Vec<Grown>,
    /// What is new in the consultations they follow.
    projects: Vec<News>,
}

impl Told {
    fn new(person: Uuid, email: &str, lang: &str) -> Self {
        let lang = Lang::parse(lang).unwrap_or_default();
        Self { person, email: email.to_owned(), lang, rows: Vec::new(), grown: Vec::new(), projects: Vec::new() }
    }

    /// What its letter speaks of, which says whose accord it needs.
    fn holds(&self) -> &'static str {
        match (self.rows.is_empty() && self.grown.is_empty(), self.projects.is_empty()) {
            (true, _) => "consultations",
            (false, true) => "ideas",
            (false, false) => "both",
        }
    }

    /// The newest state of each idea is enough, however many times it changed.
    fn changed(&self) -> Vec<&Row> {
        let mut ideas: Vec<&Row> = Vec::new();
        for row in self.rows.iter().rev() {
            if !ideas.iter().any(|r| r.contribution_id == row.contribution_id) {
                ideas.push(row);
            }
        }
        ideas
    }

    /// The first of what is told: names the letter, so that none leaves twice.
    fn key(&self) -> Option<Uuid> {
        let project = || self.projects.first().map(|n| n.of.project_id);
        self.rows.first().map(|r| r.id).or_else(|| self.grown.first().map(|g| g.contribution_id)).or_else(project)
    }
}

async fn waiting(app: &App, rhythm: Rhythm, until: DateTime<Utc>) -> Result<Vec<Row>> {
    let wrote = super::wrote("c.id", "n.person_id");
    let may = super::may_be_written_to(super::PURPOSE, 3, &format!("(n.kind = 'answer' AND {wrote})"));
    // An idea that went offline since, or whose project did, is told to its authors alone.
    let sql = format!(
        "SELECT n.id, n.person_id, p.email, p.lang, n.contribution_id, c.number, j.visibility, j.secret, c.title, c.body, c.status, \
               c.supports + c.brought AS supports, a.body AS answer FROM notice n \
               JOIN person p ON p.id = n.person_id JOIN contribution c ON c.id = n.contribution_id \
               JOIN project j ON j.id = c.project_id LEFT JOIN answer a ON a.contribution_id = c.id \
               WHERE n.rhythm = $1 AND n.sent_at IS NULL AND n.at <= $2 AND {may} \
               AND ({PUBLIC} OR {wrote}) ORDER BY n.person_id, n.at, n.id LIMIT 20000"
    );
    db::all(app.db.read(), &sql, args![rhythm.code(), until, app.clock.now()]).await
}

/// Everybody to tell, with all they are told.
async fn persons(app: &App, rhythm: Rhythm, until: DateTime<Utc>, tz: Tz) -> Result<Vec<Told>> {
    let mut persons: BTreeMap<Uuid, Told> = BTreeMap::new();
    for row in waiting(app, rhythm, until).await? {
        let told = persons.entry(row.person_id).or_insert_with(|| Told::new(row.person_id, &row.email, &row.lang));
        told.rows.push(row);
    }
    if rhythm == Rhythm::Weekly {
        for grown in growth::waiting(app, until).await? {
            let new = || Told::new(grown.person_id, &grown.email, &grown.lang);
            persons.entry(grown.person_id).or_insert_with(new).grown.push(grown);
        }
    }
    for news in news::waiting(app, rhythm, until, tz).await? {
        let new = || Told::new(news.of.person_id, &news.of.email, &news.of.lang);
        persons.entry(news.of.person_id).or_insert_with(new).projects.push(news);
    }
    Ok(persons.into_values().collect())
}

/// Sends the summaries that are due: one mail for each person, whatever waits.
///
/// # Errors
/// When the database refuses.
pub async fn send(app: &Arc<App>, rhythm: Rhythm) -> Result<()> {
    let settings = app.settings().await?;
    let moment = app.moment();
    let (now, until) = (moment.now, due(rhythm, moment.now, settings.tz()));
    if rhythm == Rhythm::Weekly {
        app.db.write(move |tx| Box::pin(growth::begin(tx, now))).await?;
    }
    for told in persons(app, rhythm, until, settings.tz()).await? {
        let mail = compose(app, &settings, rhythm, until, &told, now)?;
        let moment = moment.clone();
        app.db
            .write(move |tx| {
                let (mail, told, moment) = (mail.clone(), told.clone(), moment.clone());
                Box::pin(async move { settle(tx, &moment, &mail, &told, until).await })
            })
            .await?;
    }
    if rhythm == Rhythm::Weekly {
        app.db.write(move |tx| Box::pin(growth::over(tx, until, now))).await?;
    }
    app.db.write(move |tx| Box::pin(news::over(tx, rhythm, until))).await
}

/// The mail and the mark that it was told, together: a job killed here sends it once.
async fn settle(tx: &Tx, moment: &Moment, mail: &NewMail, told: &Told, until: DateTime<Utc>) -> Result<()> {
    mail::queue(tx, moment, mail).await?;
    for row in &told.rows {
        db::run(tx, "UPDATE notice SET sent_at = $2 WHERE id = $1", args![row.id, moment.now]).await?;
    }
    for grown in &told.grown {
        growth::told(tx, grown, moment.now).await?;
    }
    for news in &told.projects {
        news::told(tx, news, until).await?;
    }
    Ok(())
}

/// What a summary is written with.
struct Writing<'a> {
    app: &'a App,
    settings: &'a Settings,
    lang: Lang,
}

impl Writing<'_> {
    fn item(&self, label: String, idea: (&str, &str, &str, &str, i64), detail: String) -> Item {
        let (visibility, secret, title, body, number) = idea;
        let link = projects::link(visibility, secret, urls::Idea { number });
        Item {
            label,
            title: if title.is_empty() { title_of(body) } else { title.to_owned() },
            url: format!("{}{link}", self.app.base_url(self.settings)),
            detail,
        }
    }

    fn status(&self, code: &str) -> String {
        letters::status_words(self.app, self.settings, self.lang, Status::parse(code).unwrap_or(Status::Proposed))
    }

    /// An own idea that grew. What is also told as a change is told once, there.
    fn grown(&self, grown: &Grown) -> Item {
        let idea = (&*grown.visibility, &*grown.secret, &*grown.title, &*grown.body, grown.number);
        let detail = format!("{} {}.", grown.words(self.app, self.lang), self.status(&grown.status));
        self.item(self.app.words.get(self.lang, "letter-grown-label"), idea, detail)
    }

    fn project(&self, news: &News, today: NaiveDate) -> Item {
        Item {
            label: self.app.words.get(self.lang, "letter-consultation-label"),
            title: news.of.title.clone(),
            url: format!("{}{}", self.app.base_url(self.settings), news.link()),
            detail: news.words(self.app, self.lang, today).join(" "),
        }
    }

    fn changed(&self, row: &Row, grown: Option<&Grown>) -> Item {
        let more = grown.map(|g| g.words(self.app, self.lang));
        let detail = match (&row.answer, more) {
            (Some(answer), None) => shorten(&first_sentence(answer), 200),
            (Some(answer), Some(more)) => format!("{} {more}", shorten(&first_sentence(answer), 200)),
            (None, Some(more)) => more,
            (None, None) => self.app.words.with(self.lang, "count-supports", &[("n", &row.supports)]),
        };
        let idea = (&*row.visibility, &*row.secret, &*row.title, &*row.body, row.number);
        self.item(self.status(&row.status), idea, detail)
    }

    /// All that is told: own ideas that grew, ideas that changed, consultations.
    fn items<'b>(
        &self,
        mut letter: Letter<'b>,
        told: &Told,
        only_grown: &[&Grown],
        changed: &[&Row],
        today: NaiveDate,
    ) -> Letter<'b> {
        if !only_grown.is_empty() {
            letter = letter.heading(self.app.words.get(self.lang, "letter-digest-yours"));
        }
        for grown in only_grown.iter().take(MOST) {
            letter = letter.item(self.grown(grown));
        }
        let more = !changed.is_empty() || !told.projects.is_empty();
        if more && !only_grown.is_empty() {
            letter = letter.heading(self.app.words.get(self.lang, "letter-digest-followed"));
        }
        for row in changed.iter().take(MOST) {
            let grown = told.grown.iter().find(|g| g.contribution_id == row.contribution_id);
            letter = letter.item(self.changed(row, grown));
        }
        for news in told.projects.iter().take(MOST) {
            letter = letter.item(self.project(news, today));
        }
        letter
    }
}

fn compose(
    app: &App,
    settings: &Settings,
    rhythm: Rhythm,
    until: DateTime<Utc>,
    told: &Told,
    now: DateTime<Utc>,
) -> Result<NewMail> {
    let Some(first) = told.key() else { return Err(parvis_kernel::Error::NotFound) };
    let (lang, words) = (told.lang, &app.words);
    let key = |part: &str| format!("letter-{}-{part}", rhythm.code());
    let changed = told.changed();
    let is_changed = |g: &Grown| changed.iter().any(|r| r.contribution_id == g.contribution_id);
    let only_grown: Vec<&Grown> = told.grown.iter().filter(|g| !is_changed(g)).collect();
    let n = i64::try_from(changed.len() + only_grown.len() + told.projects.len()).unwrap_or(0);
    let stop = letters::unsubscribe(app, settings, rhythm.code(), told.person);
    let with = Writing { app, settings, lang };
    let intro = if told.projects.is_empty() { "letter-digest-intro" } else { "letter-digest-intro-all" };
    let mut letter = Letter::new(app, settings, lang, words.with(lang, &key("title"), &[("n", &n)])).text(words.with(
        lang,
        intro,
        &[("n", &n)],
    ));
    letter = with.items(letter, told, &only_grown, &changed, locale::local_day(now, settings.tz()));
    let space = format!("{}{}", app.base_url(settings), parvis_people::urls::Space {});
    letter = letter
        .button(words.get(lang, "letter-digest-button"), space.clone())
        .why(words.get(lang, &key("why")))
        .why(words.get(lang, "letter-digest-quiet"));
    for other in change::others(rhythm) {
        let label = words.get(lang, &format!("letter-rather-{}", other.code()));
        letter = letter.way_out(label, change::link(app, settings, rhythm.code(), other, told.person));
    }
    let (html, text) = letter
        .way_out(words.get(lang, "letter-digest-stop"), stop.clone())
        .way_out(words.get(lang, "letter-change-choices"), format!("{space}#suivre"))
        .render()?;
    Ok(NewMail {
        dedupe: format!("digest/{}/{}/{}/{first}/{}", rhythm.code(), until.timestamp(), told.person, told.holds()),
        person: Some(told.person),
        kind: "digest",
        to: told.email.clone(),
        subject: words.with(lang, &key("subject"), &[("n", &n), ("site", &settings.name)]),
        text,
        html,
        unsubscribe: stop,
        after: now,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries_are_due_at_six_in_the_evening_and_on_friday_morning() {
        let at = |text: &str| DateTime::parse_from_rfc3339(text).unwrap().to_utc();
        let tz = Tz::Europe__Paris;
        // Tuesday 24 November 2026, 18 h 30 in Paris.
        let now = at("2026-11-24T17:30:00Z");
        assert_eq!(next(Rhythm::Daily, now, tz), Some(at("2026-11-25T17:00:00Z")));
        assert_eq!(next(Rhythm::Weekly, now, tz), Some(at("2026-11-27T07:00:00Z")));
        assert_eq!(next(Rhythm::Weekly, at("2026-11-27T07:00:00Z"), tz), Some(at("2026-12-04T07:00:00Z")));
        // The day that has twenty-five hours.
        assert_eq!(next(Rhythm::Daily, at("2026-10-24T16:30:00Z"), tz), Some(at("2026-10-25T17:00:00Z")));
        assert_eq!((next(Rhythm::Now, now, tz), next(Rhythm::Never, now, tz)), (None, None));
        assert_eq!(due(Rhythm::Daily, now, tz), at("2026-11-24T17:00:00Z"));
        assert_eq!(due(Rhythm::Daily, at("2026-11-24T16:59:00Z"), tz), at("2026-11-23T17:00:00Z"));
        assert_eq!(due(Rhythm::Weekly, now, tz), at("2026-11-20T07:00:00Z"));
        assert_eq!(due(Rhythm::Weekly, at("2026-11-27T06:59:00Z"), tz), at("2026-11-20T07:00:00Z"));
        assert_eq!(due(Rhythm::Weekly, at("2026-11-27T07:00:00Z"), tz), at("2026-11-27T07:00:00Z"));
        // Summer time.
        assert_eq!(due(Rhythm::Daily, at("2026-07-01T16:00:00Z"), tz), at("2026-07-01T16:00:00Z"));
    }
}
