//! The letter: how much waits, since when, where to go. No word that a citizen wrote leaves the desk by mail.

use chrono::{DateTime, NaiveDate, Utc};
use parvis_kernel::{
    Result,
    app::App,
    locale,
    mail::NewMail,
    permission::Actor,
    settings::Settings,
    words::{Lang, Word},
};
use parvis_people::persons::Person;
use parvis_ui::mail::{Item, Letter};
use uuid::Uuid;

use super::WHAT;
use crate::{
    desk::{
        holds, notes,
        queue::{self, Filter, Order, Tab},
        with_param,
    },
    follows::letters,
    urls,
};

/// Mentions that are looked at: beyond, the number is as good.
const MENTIONS: i64 = 100;

/// What waits for this person; nothing, when nothing does.
///
/// # Errors
/// When the database refuses.
pub(super) async fn write(
    app: &App,
    settings: &Settings,
    person: &Person,
    actor: &Actor,
    now: DateTime<Utc>,
    today: NaiveDate,
) -> Result<Option<NewMail>> {
    let lang = person.lang();
    let (n, items) = waits(app, settings, actor, lang, now).await?;
    let Some(to) = person.email.clone().filter(|_| n > 0) else { return Ok(None) };
    let say = |key: &str, args: &[(&str, &dyn Word)]| app.words.with(lang, key, args);
    let base = app.base_url(settings);
    let stop = letters::unsubscribe(app, settings, WHAT, person.id);
    let mut letter = Letter::new(app, settings, lang, say("letter-staff-title", &[("n", &n)]));
    for item in items {
        letter = letter.item(item);
    }
    let (html, text) = letter
        .button(say("letter-staff-button", &[]), format!("{base}{}", urls::Desk {}))
        .why(say("letter-staff-why", &[]))
        .way_out(say("letter-staff-stop", &[]), stop.clone())
        .way_out(say("letter-change-choices", &[]), format!("{base}{}#attend", parvis_people::urls::Space {}))
        .render()?;
    Ok(Some(NewMail {
        dedupe: format!("{WHAT}/{}/{today}", person.id),
        person: Some(person.id),
        kind: "staff",
        to,
        subject: say("letter-staff-subject", &[("n", &n), ("site", &settings.name)]),
        text,
        html,
        unsubscribe: stop,
        after: now,
    }))
}

/// How many things wait in the projects of this person, and a line for each kind.
async fn waits(
    app: &App,
    settings: &Settings,
    actor: &Actor,
    lang: Lang,
    now: DateTime<Utc>,
) -> Result<(i64, Vec<Item>)> {
    let (c, base) = (app.db.read(), app.base_url(settings));
    let counts = queue::counts(c, actor.projects()).await?;
    let filter = Filter { scope: actor.projects().map(<[Uuid]>::to_vec), lang: "fr", ..Filter::default() };
    let mut items = Vec::new();
    for tab in [Tab::Answer, Tab::Reported, Tab::Publish] {
        let n = counts.of(tab).unwrap_or(0);
        let oldest = queue::page(c, &filter, tab, Order::Longest, 1, 0).await?.lines.into_iter().next();
        let Some(oldest) = oldest.filter(|_| n > 0) else { continue };
        let late = match tab {
            Tab::Answer => queue::late(c, actor.projects(), settings.answer_days, now).await?,
            _ => 0,
        };
        let day = |at| locale::local_day(at, settings.tz());
        let since = locale::day(lang, day(oldest.since), day(now));
        items.push(Item {
            label: app.words.with(lang, "letter-staff-since", &[("date", &since)]),
            title: app.words.with(lang, &format!("today-wait-{}", tab.code()), &[("n", &n)]),
            url: format!("{base}{}", with_param(&urls::Queue {}.to_string(), "file", tab.code())),
            detail: if late > 0 { app.words.with(lang, "today-late", &[("n", &late)]) } else { String::new() },
        });
    }
    let unread = match actor.person() {
        Some(me) => notes::unread(c, me, MENTIONS).await?,
        None => Vec::new(),
    };
    let told = i64::try_from(unread.iter().filter(|m| holds(actor, m.project_id)).count()).unwrap_or(0);
    if told > 0 {
        items.push(Item {
            title: app.words.with(lang, "letter-staff-mentions", &[("n", &told)]),
            url: format!("{base}{}", urls::Desk {}),
            ..Item::default()
        });
    }
    Ok((counts.all() + told, items))
}
