//! Summaries of followed ideas: one mail a day at 18 h, or one a week on Friday at 8 h. Nothing new, no mail.

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

use super::{Rhythm, letters};
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
        Rhythm::Weekly => 8,
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

impl Row {
    fn link(&self) -> String {
        projects::link(&self.visibility, &self.secret, urls::Idea { number: self.number })
    }
}

async fn waiting(app: &App, rhythm: Rhythm, until: DateTime<Utc>) -> Result<Vec<Row>> {
    let wrote = super::wrote("c.id", "n.person_id");
    let may = super::may_be_written_to(3, &format!("(n.kind = 'answer' AND {wrote})"));
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

/// Sends the summaries that are due: one mail for each person, whatever waits.
///
/// # Errors
/// When the database refuses.
pub async fn send(app: &Arc<App>, rhythm: Rhythm) -> Result<()> {
    let settings = app.settings().await?;
    let moment = app.moment();
    let until = due(rhythm, moment.now, settings.tz());
    let mut persons: BTreeMap<Uuid, Vec<Row>> = BTreeMap::new();
    for row in waiting(app, rhythm, until).await? {
        persons.entry(row.person_id).or_default().push(row);
    }
    for rows in persons.into_values() {
        let mail = compose(app, &settings, rhythm, until, &rows, moment.now)?;
        let ids: Vec<Uuid> = rows.iter().map(|r| r.id).collect();
        let moment = moment.clone();
        app.db
            .write(move |tx| {
                let (mail, ids, moment) = (mail.clone(), ids.clone(), moment.clone());
                Box::pin(async move { settle(tx, &moment, &mail, &ids).await })
            })
            .await?;
    }
    Ok(())
}

/// The mail and the mark that it was told, together: a job killed here sends it once.
async fn settle(tx: &Tx, moment: &Moment, mail: &NewMail, ids: &[Uuid]) -> Result<()> {
    mail::queue(tx, moment, mail).await?;
    for id in ids {
        db::run(tx, "UPDATE notice SET sent_at = $2 WHERE id = $1", args![*id, moment.now]).await?;
    }
    Ok(())
}

fn compose(
    app: &App,
    settings: &Settings,
    rhythm: Rhythm,
    until: DateTime<Utc>,
    rows: &[Row],
    now: DateTime<Utc>,
) -> Result<NewMail> {
    let Some(first) = rows.first() else { return Err(parvis_kernel::Error::NotFound) };
    let lang = Lang::parse(&first.lang).unwrap_or_default();
    let base = app.base_url(settings);
    let words = &app.words;
    let key = |part: &str| format!("letter-{}-{part}", rhythm.code());
    // The newest state of each idea is enough, however many times it changed.
    let mut ideas: Vec<&Row> = Vec::new();
    for row in rows.iter().rev() {
        if !ideas.iter().any(|r| r.contribution_id == row.contribution_id) {
            ideas.push(row);
        }
    }
    let n = i64::try_from(ideas.len()).unwrap_or(0);
    let subject = words.with(lang, &key("subject"), &[("n", &n), ("site", &settings.name)]);
    let stop = letters::unsubscribe(app, settings, rhythm.code(), first.person_id);
    let mut letter = Letter::new(app, settings, lang, words.with(lang, &key("title"), &[("n", &n)])).text(words.with(
        lang,
        "letter-digest-intro",
        &[("n", &n)],
    ));
    for row in ideas.iter().take(MOST) {
        let status = Status::parse(&row.status).unwrap_or(Status::Proposed);
        letter = letter.item(Item {
            label: letters::status_words(app, settings, lang, status),
            title: if row.title.is_empty() { title_of(&row.body) } else { row.title.clone() },
            url: format!("{base}{}", row.link()),
            detail: match &row.answer {
                Some(answer) => shorten(&first_sentence(answer), 200),
                None => words.with(lang, "count-supports", &[("n", &row.supports)]),
            },
        });
    }
    let (html, text) = letter
        .button(words.get(lang, "letter-digest-button"), format!("{base}{}", parvis_people::urls::Space {}))
        .why(words.get(lang, &key("why")))
        .why(words.get(lang, "letter-digest-quiet"))
        .way_out(words.get(lang, "letter-digest-stop"), stop.clone())
        .way_out(words.get(lang, "letter-change-choices"), format!("{base}{}#suivre", parvis_people::urls::Space {}))
        .render()?;
    Ok(NewMail {
        dedupe: format!("digest/{}/{}/{}/{}", rhythm.code(), until.timestamp(), first.person_id, first.id),
        person: Some(first.person_id),
        kind: "digest",
        to: first.email.clone(),
        subject,
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
