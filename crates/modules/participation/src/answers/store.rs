//! Official answers in the database.

use chrono::NaiveDate;
use parvis_kernel::{
    Error, Refusal, Result,
    activity::{self, Entry},
    args,
    db::{self, Tx},
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{Answer, Funding, drafts, parked};
use crate::{
    desk::handling,
    follows::{self, News},
    ideas::{Contribution, Status, store},
    moderation::{
        self, Action, State,
        store::{By, UNDO},
    },
};

/// Kinds of activity recorded here.
pub const ACTIVITY: [&str; 3] = ["answer.published", "answer.corrected", "answer.undone"];

/// The ten minutes are over: mails have left.
pub const TOO_LATE_TO_UNDO: Refusal = Refusal::new("too_late_to_undo");

const COLUMNS: &str = "id, contribution_id, status, decision, body, cost, next, next_on, funding, signer, office, actor_id, \
                       status_before, published_at, previous";

/// An answer to publish.
#[derive(Debug, Clone)]
pub struct NewAnswer {
    /// Public number of the idea.
    pub number: i64,
    /// Version of the idea when its form was opened.
    pub version: i64,
    /// Status it gives.
    pub status: Status,
    /// The decision in a few words.
    pub decision: String,
    /// Markdown.
    pub body: String,
    /// Cost.
    pub cost: String,
    /// Next step.
    pub next: String,
    /// Its day.
    pub next_on: Option<NaiveDate>,
    /// Where the money comes from.
    pub funding: Option<Funding>,
    /// Who signs.
    pub signer: String,
    /// Their office.
    pub office: String,
}

/// The answer to an idea, if any.
///
/// # Errors
/// When the database refuses.
pub async fn find(c: &impl ConnectionTrait, contribution: Uuid) -> Result<Option<Answer>> {
    db::one(c, &format!("SELECT {COLUMNS} FROM answer WHERE contribution_id = $1"), args![contribution]).await
}

/// The answers to these ideas.
///
/// # Errors
/// When the database refuses.
pub async fn of(c: &impl ConnectionTrait, contributions: &[Uuid]) -> Result<Vec<Answer>> {
    if contributions.is_empty() {
        return Ok(Vec::new());
    }
    let sql =
        format!("SELECT {COLUMNS} FROM answer WHERE contribution_id IN ({})", db::placeholders(1, contributions.len()));
    db::all(c, &sql, contributions.iter().map(|id| sea_orm::Value::from(*id)).collect()).await
}

/// Publishes an answer, or corrects the one there is: status, history, journal and mails go with it.
/// The same answer sent twice is published once.
///
/// # Errors
/// `changed_meanwhile`, the refusals of [`moderation::may`], or when the database refuses.
pub async fn publish(tx: &Tx, by: By<'_>, new: &NewAnswer) -> Result<Answer> {
    let idea = store::by_number(tx, new.number).await?;
    moderation::may(by.actor, idea.project_id, State::of(&idea), Action::Answer)?;
    let actor = by.actor.person().ok_or(Refusal::NOT_SIGNED_IN)?;
    let old = find(tx, idea.id).await?;
    if let Some(answer) = old.as_ref().filter(|a| is_same(a, new, actor)) {
        return Ok(answer.clone());
    }
    let change = store::Change { status: Some(new.status), ..store::Change::default() };
    store::change(tx, by.moment, idea.id, Some(new.version), Some(actor), &change).await?;
    let answer = Answer {
        // A new key for a correction: its mails are others than those of the answer before.
        id: by.moment.id(),
        contribution_id: idea.id,
        status: new.status.code().into(),
        decision: new.decision.clone(),
        body: new.body.clone(),
        cost: new.cost.clone(),
        next: new.next.clone(),
        next_on: new.next_on.map(|day| day.to_string()),
        funding: new.funding.map_or("", Funding::code).into(),
        signer: new.signer.clone(),
        office: new.office.clone(),
        actor_id: actor,
        status_before: idea.status.clone(),
        published_at: by.moment.now,
        previous: kept(old.clone())?,
    };
    let theirs = parked::theirs(tx, idea.id, actor).await?;
    write(tx, &answer).await?;
    drafts::drop(tx, &[idea.id]).await?;
    if let Some(draft) = &theirs {
        parked::park(tx, draft, answer.id).await?;
    }
    db::run(
        tx,
        "UPDATE contribution SET answered_at = $2 WHERE id = $1",
        args![idea.id, idea.answered_at.unwrap_or(by.moment.now)],
    )
    .await?;
    if let Some(old) = &old {
        follows::take_back(tx, idea.id, old.id).await?;
    }
    handling::acted(tx, by.moment, Some(actor), &[idea.id]).await?;
    record(tx, by, &idea, if old.is_some() { "answer.corrected" } else { "answer.published" }).await?;
    follows::announce(tx, by.app, by.settings, by.moment, idea.id, News::Answer, by.after()).await?;
    Ok(answer)
}

/// Whether this very answer is published already.
///
/// # Errors
/// When the database refuses.
pub async fn is_published(c: &impl ConnectionTrait, idea: &Contribution, new: &NewAnswer, actor: Uuid) -> Result<bool> {
    Ok(find(c, idea.id).await?.is_some_and(|a| is_same(&a, new, actor)))
}

/// The same words sent again by the same person: a second press of the button.
fn is_same(old: &Answer, new: &NewAnswer, actor: Uuid) -> bool {
    old.actor_id == actor
        && old.status == new.status.code()
        && old.decision == new.decision
        && old.body == new.body
        && old.cost == new.cost
        && old.next == new.next
        && old.next_day() == new.next_on
        && Funding::parse(&old.funding) == new.funding
        && old.signer == new.signer
        && old.office == new.office
}

/// One step of the past is kept, not the past of the past.
fn kept(old: Option<Answer>) -> Result<String> {
    let Some(mut old) = old else { return Ok(String::new()) };
    old.previous = String::new();
    serde_json::to_string(&old).map_err(Error::other)
}

/// Puts an answer in the place of the one there is, if any.
async fn write(tx: &Tx, a: &Answer) -> Result<()> {
    db::run(tx, "DELETE FROM answer WHERE contribution_id = $1", args![a.contribution_id]).await?;
    put(tx, std::slice::from_ref(a)).await
}

/// Stores new answers, in one statement; their drafts have served.
pub(crate) async fn insert(tx: &Tx, answers: &[Answer]) -> Result<()> {
    put(tx, answers).await?;
    let answered: Vec<Uuid> = answers.iter().map(|a| a.contribution_id).collect();
    drafts::drop(tx, &answered).await
}

async fn put(tx: &Tx, answers: &[Answer]) -> Result<()> {
    const FIELDS: usize = 15;
    let mut values = Vec::with_capacity(answers.len() * FIELDS);
    for a in answers {
        values.extend(args![
            a.id,
            a.contribution_id,
            a.status.clone(),
            a.decision.clone(),
            a.body.clone(),
            a.cost.clone(),
            a.next.clone(),
            a.next_on.clone(),
            a.funding.clone(),
            a.signer.clone(),
            a.office.clone(),
            a.actor_id,
            a.status_before.clone(),
            a.published_at,
            a.previous.clone()
        ]);
    }
    db::run(tx, &format!("INSERT INTO answer ({COLUMNS}) VALUES {}", db::rows(answers.len(), FIELDS)), values)
        .await
        .map(drop)
}

async fn record(tx: &Tx, by: By<'_>, idea: &Contribution, kind: &'static str) -> Result<()> {
    let number = idea.number.to_string();
    let entry = Entry {
        actor: by.actor.person(),
        kind,
        subject_kind: "contribution",
        subject: Some(idea.id),
        project: Some(idea.project_id),
        detail: &number,
    };
    activity::record(tx, by.moment, entry).await
}

/// Takes an answer back within ten minutes: the idea is as it was, and nobody is told. Undone twice is undone once.
///
/// # Errors
/// `too_late_to_undo`, `changed_meanwhile`, a refusal of the permission, or when the database refuses.
pub async fn undo(tx: &Tx, by: By<'_>, number: i64, answer: Uuid) -> Result<()> {
    let idea = store::by_number(tx, number).await?;
    parvis_kernel::permission::decide(by.actor, parvis_kernel::permission::Right::Moderate, Some(idea.project_id))?;
    let Some(now) = find(tx, idea.id).await?.filter(|a| a.id == answer) else { return Ok(()) };
    if by.moment.now > now.published_at + UNDO {
        return Err(TOO_LATE_TO_UNDO.into());
    }
    if idea.status != now.status {
        return Err(Refusal::CHANGED_MEANWHILE.into());
    }
    let before = Status::parse(&now.status_before).unwrap_or(Status::Proposed);
    let change = store::Change { status: Some(before), ..store::Change::default() };
    store::change(tx, by.moment, idea.id, Some(idea.version), by.actor.person(), &change).await?;
    // The history shows neither the answer nor its undo.
    let lines = "DELETE FROM status_change WHERE contribution_id = $1 AND at >= $2";
    db::run(tx, lines, args![idea.id, now.published_at]).await?;
    restore(tx, &idea, &now).await?;
    // Its words are a draft again, unless a colleague had begun one: then that is what it was, and the words stand beside.
    let writing = drafts::Writing {
        contribution: idea.id,
        answer: find(tx, idea.id).await?.map(|a| a.id),
        actor: by.actor.person(),
        after: None,
        fields: drafts::of_answer(&now),
    };
    parked::give_back(tx, by.moment, now.id, &writing).await?;
    follows::take_back(tx, idea.id, now.id).await?;
    record(tx, by, &idea, "answer.undone").await
}

async fn restore(tx: &Tx, idea: &Contribution, undone: &Answer) -> Result<()> {
    if undone.previous.is_empty() {
        db::run(tx, "DELETE FROM answer WHERE contribution_id = $1", args![idea.id]).await?;
        db::run(tx, "UPDATE contribution SET answered_at = NULL WHERE id = $1", args![idea.id]).await?;
    } else {
        let previous: Answer = serde_json::from_str(&undone.previous).map_err(Error::other)?;
        write(tx, &previous).await?;
    }
    Ok(())
}

/// Who is told of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Audience {
    /// The author, and those of ideas united with it, when an address is confirmed.
    pub author: i64,
    /// Others who follow the idea.
    pub followers: i64,
}

impl Audience {
    /// All of them.
    #[must_use]
    pub const fn total(&self) -> i64 {
        self.author + self.followers
    }
}

/// Whether the author of this idea asked to be told what becomes of it, and has not confirmed the address yet.
///
/// # Errors
/// When the database refuses.
pub async fn waits_for_address(c: &impl ConnectionTrait, idea: &Contribution) -> Result<bool> {
    let sql = "SELECT count(*) FROM contribution WHERE id = $1 AND author_id IS NULL AND pending_email IS NOT NULL \
               AND pending_consent IS NOT NULL";
    Ok(db::count(c, sql, args![idea.id]).await? > 0)
}

/// Who is told of an answer to this idea: one message a person.
///
/// # Errors
/// When the database refuses.
pub async fn audience(
    c: &impl ConnectionTrait,
    idea: &Contribution,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<Audience> {
    let rows = follows::followers(c, idea.id, follows::News::Answer, now).await?;
    let author = rows.iter().filter(|r| r.wrote(idea)).count();
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    Ok(Audience { author: count(author), followers: count(rows.len() - author) })
}
