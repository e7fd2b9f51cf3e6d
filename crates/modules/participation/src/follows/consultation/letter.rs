//! The letter about one consultation, for whoever wants its news at once: each morning at eight, if there is any.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use parvis_kernel::{
    Result,
    app::App,
    jobs::Failure,
    locale,
    mail::{self, NewMail},
    settings::Settings,
    words::Lang,
};
use parvis_ui::mail::Letter;

use super::news::{self, News};
use crate::follows::{Rhythm, digest, letters, rhythm};

/// The job's name.
pub const JOB: &str = "participation.consultations";

/// The job: looks each hour whether the morning has come.
#[must_use]
pub fn run(app: Arc<App>, _: String) -> BoxFuture<'static, Result<(), Failure>> {
    Box::pin(async move { Ok(send(&app).await?) })
}

/// Writes to whoever follows a consultation and wants its news at once.
///
/// # Errors
/// When the database refuses.
pub async fn send(app: &Arc<App>) -> Result<()> {
    let settings = app.settings().await?;
    let moment = app.moment();
    let until = digest::due(Rhythm::Now, moment.now, settings.tz());
    for one in news::waiting(app, Rhythm::Now, until, settings.tz()).await? {
        let mail = compose(app, &settings, &one, until, moment.now)?;
        let moment = moment.clone();
        app.db
            .write(move |tx| {
                let (mail, one, moment) = (mail.clone(), one.clone(), moment.clone());
                // Together: a job killed here writes once.
                Box::pin(async move {
                    mail::queue(tx, &moment, &mail).await?;
                    news::told(tx, &one, until).await
                })
            })
            .await?;
    }
    app.db.write(move |tx| Box::pin(news::over(tx, Rhythm::Now, until))).await
}

/// What a letter about this project changes or stops, as its links name it.
#[must_use]
pub fn what(news: &News) -> String {
    format!("p{}", news.of.project_id)
}

fn compose(app: &App, settings: &Settings, news: &News, until: DateTime<Utc>, now: DateTime<Utc>) -> Result<NewMail> {
    let (lang, tz, words) = (Lang::parse(&news.of.lang).unwrap_or_default(), settings.tz(), &app.words);
    let today = locale::local_day(now, tz);
    let base = app.base_url(settings);
    let title = words.with(lang, "letter-consultation-title", &[("title", &news.of.title)]);
    let (what, person) = (what(news), news.of.person_id);
    let stop = letters::unsubscribe(app, settings, &what, person);
    let mut letter = Letter::new(app, settings, lang, title.clone());
    for line in news.words(app, lang, today) {
        letter = letter.text(line);
    }
    let since = locale::day(lang, locale::local_day(news.of.created_at, tz), today);
    letter = letter
        .button(words.get(lang, "letter-consultation-button"), format!("{base}{}", news.link()))
        .why(words.with(lang, "letter-consultation-why", &[("date", &since)]));
    for other in rhythm::others(Rhythm::Now) {
        let label = words.get(lang, &format!("letter-rather-{}", other.code()));
        letter = letter.way_out(label, rhythm::link(app, settings, &what, other, person));
    }
    let (html, text) = letter
        .unsubscribe(stop.clone())
        .way_out(words.get(lang, "letter-change-choices"), format!("{base}{}#suivre", parvis_people::urls::Space {}))
        .render()?;
    Ok(NewMail {
        dedupe: format!("consultation/{}/{}/{person}", news.of.project_id, until.timestamp()),
        person: Some(person),
        kind: "change",
        to: news.of.email.clone(),
        subject: title,
        text,
        html,
        unsubscribe: stop,
        after: now,
    })
}
