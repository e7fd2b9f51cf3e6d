//! Following an idea: who is told of what becomes of it, how often, and how that stops.

pub mod asked;
pub mod consultation;
pub mod digest;
pub mod growth;
pub mod late;
pub mod letters;
mod may;
pub mod pages;
pub(crate) mod question;
pub mod rhythm;

use chrono::{DateTime, Utc};
use parvis_kernel::{
    Ctx, Result,
    app::App,
    args,
    context::Moment,
    db::{self, Dialect, Tx},
    mail,
    settings::Settings,
};
use parvis_people::consents;
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use may::{may_be_written_to, still_told, wrote};

pub use may::{is_told, may_get_summary};

use crate::{
    answers::{self, Answer},
    desk::merge::{self, store::Own},
    ideas::{Contribution, Status, store},
    projects,
};

/// The purpose of the consent without which nobody is written to about an idea; a consultation has its own.
pub const PURPOSE: &str = "answers";

/// How often news of a followed thing is mailed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rhythm {
    /// One mail for each change.
    Now,
    /// One a day.
    Daily,
    /// One a week.
    Weekly,
    /// None.
    Never,
}

impl Rhythm {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Now, Self::Daily, Self::Weekly, Self::Never];

    /// The code kept in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Never => "never",
        }
    }

    /// From its code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.code() == code)
    }
}

/// What the followers of an idea are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// Its status changed: the newest line of its history (published, under consideration, …).
    Status,
    /// It was officially answered: the mail holds the answer.
    Answer,
}

impl News {
    const fn code(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Answer => "answer",
        }
    }
}

/// Starts following, with the consent that permits to write. A rhythm chosen before stays.
///
/// # Errors
/// When the database refuses.
pub async fn begin(
    tx: &Tx,
    moment: &Moment,
    contribution: Uuid,
    person: Uuid,
    wording: &str,
    source: &str,
) -> Result<()> {
    db::run(
        tx,
        "INSERT INTO follow (contribution_id, person_id, rhythm, created_at) VALUES ($1, $2, 'now', $3) \
         ON CONFLICT (contribution_id, person_id) DO NOTHING",
        args![contribution, person, moment.now],
    )
    .await?;
    merge::store::follow_along(tx, contribution, person).await?;
    consent(tx, moment, person, wording, source).await
}

/// Writes the consent to the ledger, unless the newest entry permits already.
///
/// # Errors
/// When the database refuses.
pub async fn consent(tx: &Tx, moment: &Moment, person: Uuid, wording: &str, source: &str) -> Result<()> {
    if consents::permits(tx, moment.now, person, PURPOSE, "email").await?.is_none() {
        consents::record(tx, moment, person, PURPOSE, "email", "given", wording, source).await?;
    }
    Ok(())
}

/// Sets how often a person is told of an idea. Says whether it was followed.
///
/// # Errors
/// When the database refuses.
pub async fn set(tx: &Tx, contribution: Uuid, person: Uuid, rhythm: Rhythm) -> Result<bool> {
    // Another rhythm begins its own count of what grew.
    let sql = "UPDATE follow SET rhythm = $3, told_at = CASE WHEN rhythm = $3 THEN told_at END \
               WHERE contribution_id = $1 AND person_id = $2";
    let changed = db::run(tx, sql, args![contribution, person, rhythm.code()]).await?;
    // What waits for a summary follows the new choice.
    let waiting = "contribution_id = $1 AND person_id = $2 AND sent_at IS NULL";
    match rhythm {
        Rhythm::Daily | Rhythm::Weekly => {
            let sql = format!("UPDATE notice SET rhythm = $3 WHERE {waiting}");
            db::run(tx, &sql, args![contribution, person, rhythm.code()]).await?;
        }
        Rhythm::Never => {
            db::run(tx, &format!("DELETE FROM notice WHERE {waiting}"), args![contribution, person]).await?;
        }
        Rhythm::Now => {}
    }
    Ok(changed == 1)
}

/// Whether whoever asks follows an idea.
///
/// # Errors
/// When the database refuses.
pub async fn is_following(ctx: &Ctx, contribution: Uuid) -> Result<bool> {
    let Some(person) = ctx.actor.person() else { return Ok(false) };
    let sql = "SELECT count(*) FROM follow WHERE contribution_id = $1 AND person_id = $2 AND rhythm <> 'never'";
    Ok(db::count(ctx.app.db.read(), sql, args![contribution, person]).await? > 0)
}

/// Somebody to tell.
#[derive(Debug, Clone)]
pub struct Follower {
    /// The person.
    pub person_id: Uuid,
    /// How often.
    pub rhythm: String,
    /// Confirmed address.
    pub email: String,
    /// Language of mails.
    pub lang: String,
    /// Since when the idea is followed.
    pub created_at: DateTime<Utc>,
    /// What they proposed themselves, where it became part of the idea.
    pub own: Option<Own>,
}

impl Follower {
    /// Whether they wrote the idea, or what became part of it.
    #[must_use]
    pub fn wrote(&self, c: &Contribution) -> bool {
        c.author_id == Some(self.person_id) || self.own.is_some()
    }
}

/// Those who follow an idea and may be told this of it: nobody else is written to.
///
/// # Errors
/// When the database refuses.
pub async fn followers(
    c: &impl ConnectionTrait,
    contribution: Uuid,
    news: News,
    now: DateTime<Utc>,
) -> Result<Vec<Follower>> {
    Ok(told_of(c, &[contribution], news, now).await?.into_iter().map(|(_, follower)| follower).collect())
}

/// How many people an answer to all the ideas that wait in a lot will be told to; who follows several counts once.
///
/// # Errors
/// When the database refuses.
pub async fn told_of_lot(c: &impl ConnectionTrait, lot: Uuid, now: DateTime<Utc>) -> Result<i64> {
    let sql = format!(
        "SELECT count(DISTINCT f.person_id) FROM follow f JOIN person p ON p.id = f.person_id WHERE f.rhythm <> 'never' \
         AND f.contribution_id IN (SELECT i.contribution_id FROM lot_item i WHERE i.lot_id = $2 AND i.state = 'waiting') \
         AND {}",
        may_be_written_to(PURPOSE, 1, &still_told(News::Answer))
    );
    db::count(c, &sql, args![now, lot]).await
}

/// Those who follow these ideas and may be told that they are answered, each with the idea: as [`followers`].
///
/// # Errors
/// When the database refuses.
pub async fn followers_of(
    c: &impl ConnectionTrait,
    contributions: &[Uuid],
    now: DateTime<Utc>,
) -> Result<Vec<(Uuid, Follower)>> {
    told_of(c, contributions, News::Answer, now).await
}

async fn told_of(
    c: &impl ConnectionTrait,
    contributions: &[Uuid],
    news: News,
    now: DateTime<Utc>,
) -> Result<Vec<(Uuid, Follower)>> {
    #[derive(FromQueryResult)]
    struct Row {
        contribution_id: Uuid,
        person_id: Uuid,
        rhythm: String,
        email: String,
        lang: String,
        created_at: DateTime<Utc>,
    }
    if contributions.is_empty() {
        return Ok(Vec::new());
    }
    let these = db::placeholders(2, contributions.len());
    // Who follows is found first: PostgreSQL would look at the accords of everybody.
    let sql = format!(
        "WITH p AS MATERIALIZED (SELECT q.id, q.email, q.email_key, q.lang, q.erased_at FROM person q WHERE q.id IN \
         (SELECT g.person_id FROM follow g WHERE g.contribution_id IN ({these}))) \
         SELECT f.contribution_id, f.person_id, f.rhythm, p.email, p.lang, f.created_at FROM follow f \
         JOIN p ON p.id = f.person_id \
         WHERE f.contribution_id IN ({these}) AND f.rhythm <> 'never' AND {} ORDER BY f.created_at",
        may_be_written_to(PURPOSE, 1, &still_told(news))
    );
    let mut values = args![now];
    values.extend(contributions.iter().map(|id| sea_orm::Value::from(*id)));
    let rows: Vec<Row> = db::all(c, &sql, values).await?;
    let mut credited = merge::store::credited(c, contributions).await?;
    let mut follower = |r: Row| Follower {
        own: credited.remove(&(r.contribution_id, r.person_id)),
        person_id: r.person_id,
        rhythm: r.rhythm,
        email: r.email,
        lang: r.lang,
        created_at: r.created_at,
    };
    Ok(rows.into_iter().map(|r| (r.contribution_id, follower(r))).collect())
}

/// Tells the followers of an idea about its newest status or its answer, once each, not before `after`.
/// Call it after the change is written, in its transaction.
///
/// # Errors
/// When the database refuses.
pub async fn announce(
    tx: &Tx,
    app: &App,
    settings: &Settings,
    moment: &Moment,
    contribution: Uuid,
    news: News,
    after: DateTime<Utc>,
) -> Result<()> {
    let by = Telling { app, settings, moment };
    tell(tx, by, contribution, news, after, None).await
}

/// Who tells, and when.
#[derive(Clone, Copy)]
struct Telling<'a> {
    app: &'a App,
    settings: &'a Settings,
    moment: &'a Moment,
}

/// Tells the followers of an idea, or one of them alone.
async fn tell(
    tx: &Tx,
    by: Telling<'_>,
    contribution: Uuid,
    news: News,
    after: DateTime<Utc>,
    only: Option<Uuid>,
) -> Result<()> {
    let Telling { app, settings, moment } = by;
    let c = store::find(tx, contribution).await?;
    let answer = match news {
        News::Answer => answers::store::find(tx, contribution).await?,
        News::Status => None,
    };
    let Some(key) = reason(tx, &c, news, answer.as_ref()).await? else { return Ok(()) };
    let public = store::is_public(tx, contribution).await?;
    let project = projects::store::find(tx, c.project_id).await?;
    for follower in followers(tx, contribution, news, moment.now).await? {
        // What nobody finds concerns whoever wrote it, and nobody else.
        if only.is_some_and(|one| one != follower.person_id) || !public && !follower.wrote(&c) {
            continue;
        }
        let dedupe = format!("change/{contribution}/{key}/{}", follower.person_id);
        if follower.rhythm == "now" {
            let told =
                letters::Told { app, settings, c: &c, project: &project, answer: answer.as_ref(), follower: &follower };
            mail::queue(tx, moment, &told.mail(dedupe, after)?).await?;
        } else {
            notice(tx, moment, &c, news, &follower, &dedupe, after).await?;
        }
    }
    Ok(())
}

/// The key of the change that is told: that of the answer, or of the newest line of the history.
async fn reason(tx: &Tx, c: &Contribution, news: News, answer: Option<&Answer>) -> Result<Option<Uuid>> {
    match news {
        News::Answer => Ok(answer.map(|a| a.id)),
        News::Status if c.status() == Status::Prescreening => Ok(None),
        News::Status => {
            let sql = "SELECT id FROM status_change WHERE contribution_id = $1 ORDER BY at DESC, id DESC LIMIT 1";
            db::scalar(tx, sql, args![c.id]).await
        }
    }
}

/// Keeps news for the daily or weekly letter of a follower.
pub(crate) async fn notice(
    tx: &Tx,
    moment: &Moment,
    c: &Contribution,
    news: News,
    follower: &Follower,
    dedupe: &str,
    after: DateTime<Utc>,
) -> Result<()> {
    db::run(
        tx,
        "INSERT INTO notice (id, person_id, contribution_id, kind, rhythm, dedupe, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (dedupe) DO NOTHING",
        args![moment.id(), follower.person_id, c.id, news.code(), follower.rhythm.clone(), dedupe, after],
    )
    .await?;
    Ok(())
}

/// Takes back what waits to be told about an answer that is undone.
///
/// # Errors
/// When the database refuses.
pub async fn take_back(tx: &Tx, contribution: Uuid, answer: Uuid) -> Result<()> {
    drop_waiting(tx, &format!("change/{contribution}/{answer}/")).await
}

/// Takes back what waits to be told of many changes: each an idea, with the line or the answer that is told.
///
/// # Errors
/// When the database refuses.
pub async fn take_back_told(tx: &Tx, told: &[(Uuid, Uuid)]) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Row {
        contribution_id: Uuid,
        person_id: Uuid,
    }
    for some in told.chunks(100) {
        let sql = format!(
            "SELECT contribution_id, person_id FROM follow WHERE contribution_id IN ({})",
            db::placeholders(1, some.len())
        );
        let rows: Vec<Row> = db::all(tx, &sql, some.iter().map(|(id, _)| (*id).into()).collect()).await?;
        let keys: std::collections::HashMap<Uuid, Uuid> = some.iter().copied().collect();
        let reasons: Vec<String> = rows
            .iter()
            .filter_map(|r| keys.get(&r.contribution_id).map(|key| (r, key)))
            .map(|(r, key)| format!("change/{}/{key}/{}", r.contribution_id, r.person_id))
            .collect();
        mail::cancel_all(tx, &reasons).await?;
        for part in reasons.chunks(100) {
            let sql =
                format!("DELETE FROM notice WHERE sent_at IS NULL AND dedupe IN ({})", db::placeholders(1, part.len()));
            db::run(tx, &sql, part.iter().map(|r| r.clone().into()).collect()).await?;
        }
    }
    Ok(())
}

/// Takes back all that waits to be told about an idea: its publication or its status is undone.
///
/// # Errors
/// When the database refuses.
pub async fn take_back_all(tx: &Tx, contribution: Uuid) -> Result<()> {
    drop_waiting(tx, &format!("change/{contribution}/")).await
}

/// Takes back what waits to be told about the ideas of a project that is no longer public, but to their authors and to those of ideas united with them.
///
/// # Errors
/// When the database refuses.
pub async fn take_back_project(tx: &Tx, project: Uuid) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        person_id: Option<Uuid>,
        dedupe: String,
    }
    let sql = "SELECT id, person_id, dedupe FROM mail WHERE state = 'waiting' AND dedupe LIKE 'change/%'";
    let waiting: Vec<Row> = db::all(tx, sql, args![]).await?;
    for row in waiting {
        let Some(idea) = row.dedupe.split('/').nth(1).and_then(|id| id.parse::<Uuid>().ok()) else { continue };
        let of = format!(
            "SELECT count(*) FROM contribution c WHERE c.id = $1 AND c.project_id = $2 AND NOT {}",
            wrote("c.id", "$3")
        );
        if db::count(tx, &of, args![idea, project, row.person_id.unwrap_or_default()]).await? > 0 {
            db::run(tx, "DELETE FROM mail WHERE id = $1", args![row.id]).await?;
        }
    }
    let sql = format!(
        "DELETE FROM notice WHERE sent_at IS NULL AND contribution_id IN \
         (SELECT c.id FROM contribution c WHERE c.project_id = $1) AND NOT {}",
        wrote("notice.contribution_id", "notice.person_id")
    );
    db::run(tx, &sql, args![project]).await?;
    Ok(())
}

async fn drop_waiting(tx: &Tx, prefix: &str) -> Result<()> {
    mail::cancel(tx, prefix).await?;
    let begins = Dialect::of(tx.get_database_backend()).begins("dedupe", 1);
    let [from, below] = db::beginning(prefix);
    db::run(tx, &format!("DELETE FROM notice WHERE sent_at IS NULL AND {begins}"), args![from, below]).await?;
    Ok(())
}
