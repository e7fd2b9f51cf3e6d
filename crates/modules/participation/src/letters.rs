//! Whether a letter that is about to leave still says what is: it may have waited for the morning, or for a mail server. What an
//! undo takes back goes at once, there; this is for all that changed in any other way.

use chrono::{DateTime, Utc};
use parvis_kernel::{Error, Result, app::App, args, db, mail::Mail};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::{
    desk::merge,
    follows::{self, News, consultation},
    ideas::{Contribution, Status, store},
};

/// By the reason of a letter: the change, the consultation, the summary or the decision that it tells.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn still_holds(app: &App, letter: &Mail) -> Result<bool> {
    let mut parts = letter.dedupe.split('/');
    let (what, of, told) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let key = |part: Option<&str>| part.and_then(|p| p.parse::<Uuid>().ok());
    let (c, now) = (app.db.read(), app.clock.now());
    match (what, key(of), key(told), letter.person_id) {
        ("change", Some(idea), Some(told), Some(person)) => change(c, now, idea, told, person).await,
        ("consultation", Some(project), _, Some(person)) => consultation::is_told(c, now, project, person).await,
        ("digest", _, _, Some(person)) => {
            let holds = letter.dedupe.split('/').nth(5).unwrap_or_default();
            follows::may_get_summary(c, now, person, holds).await
        }
        ("refusal" | "hidden" | "masked", Some(text), _, _) => {
            Ok(found(c, text).await?.is_some_and(|text| decision(&text, what, told == Some("reported"))))
        }
        _ => Ok(true),
    }
}

async fn found(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<Contribution>> {
    match store::find(c, id).await {
        Err(Error::NotFound) => Ok(None),
        found => found.map(Some),
    }
}

/// News of an idea: its answer still stands, or no newer status came, and the follower still asks for it.
async fn change(c: &impl ConnectionTrait, now: DateTime<Utc>, idea: Uuid, told: Uuid, person: Uuid) -> Result<bool> {
    let Some(idea) = found(c, idea).await? else { return Ok(false) };
    let stands = "SELECT count(*) FROM answer WHERE contribution_id = $1 AND id = $2";
    let newest = "SELECT id FROM status_change WHERE contribution_id = $1 ORDER BY at DESC, id DESC LIMIT 1";
    let news = if db::count(c, stands, args![idea.id, told]).await? > 0 {
        News::Answer
    } else if db::scalar(c, newest, args![idea.id]).await? == Some(told) {
        News::Status
    } else {
        return Ok(false);
    };
    // Its text stands on the page of the idea that it became part of.
    let shown = merge::store::kept_of(c, &idea).await?.map_or(idea.id, |kept| kept.id);
    follows::is_told(c, idea.id, person, news, store::is_public(c, shown).await?, now).await
}

/// What the team, or reports, decided of a text.
fn decision(text: &Contribution, what: &str, by_reports: bool) -> bool {
    match what {
        "refusal" => text.status() == Status::Ineligible,
        "masked" => text.visible,
        _ => text.hidden && (!by_reports || text.reports > 0),
    }
}
