//! What an undo needs beyond the columns of a lot: what hiding, showing and publishing settle on the way.

use chrono::{DateTime, Utc};
use parvis_kernel::{
    Error, Result, args,
    context::Moment,
    db::{self, Dialect, Tx},
};
use sea_orm::{ConnectionTrait, FromQueryResult};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Act, store};
use crate::{
    answers,
    follows::{self, News},
    ideas::{Contribution, Status, store as ideas},
    moderation::{
        letters, log,
        store::{By, UNDO, main_reason},
    },
};

/// What was there before one of these acts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Memory {
    /// When it was done.
    at: DateTime<Utc>,
    pub hidden: bool,
    /// Whether the team had left it online before.
    kept: bool,
    /// The letter to its author that waited, which the act takes back: `refusal`, `hidden` or `reported`; or nothing.
    letter: String,
    /// What its followers were about to be told: `status` or `answer`.
    news: Option<String>,
    /// The lines of the last minutes in the public log.
    log: Vec<log::Noted>,
    /// The lines of the last minutes in its history, where the act drops them.
    #[serde(default)]
    history: Vec<Line>,
}

/// A line of a history, to put back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, FromQueryResult)]
struct Line {
    id: Uuid,
    status: String,
    actor_id: Option<Uuid>,
    at: DateTime<Utc>,
}

#[derive(FromQueryResult)]
struct Dedupe {
    dedupe: String,
}

/// What to remember of a contribution before an act; empty when its columns say all.
pub(super) async fn of(tx: &Tx, moment: &Moment, act: Act, c: &Contribution) -> Result<String> {
    let needed = match act {
        Act::Hide | Act::Show | Act::Reconsider => true,
        Act::Publish => c.status() == Status::Ineligible,
        _ => false,
    };
    if !needed {
        return Ok(String::new());
    }
    let kept: Option<bool> = db::scalar(tx, "SELECT kept FROM contribution WHERE id = $1", args![c.id]).await?;
    let letter = if matches!(act, Act::Publish | Act::Reconsider) { "refusal" } else { "hidden" };
    let told = waiting(tx, &format!("change/{}/", c.id)).await?;
    let answer = answers::store::find(tx, c.id).await?;
    let of_answer = |key: &String| answer.as_ref().is_some_and(|a| key.contains(&a.id.to_string()));
    let memory = Memory {
        at: moment.now,
        hidden: c.hidden,
        kept: kept.unwrap_or_default(),
        letter: waiting(tx, &format!("{letter}/{}/", c.id))
            .await?
            .first()
            .map_or_else(String::new, |key| if key.contains("/reported/") { "reported".into() } else { letter.into() }),
        news: told
            .iter()
            .find(|key| of_answer(key))
            .or(told.first())
            .map(|key| if of_answer(key) { "answer".into() } else { "status".into() }),
        log: log::since(tx, c.id, moment.now - UNDO).await?,
        history: if act == Act::Reconsider { history(tx, c.id, moment.now - UNDO).await? } else { Vec::new() },
    };
    serde_json::to_string(&memory).map_err(Error::other)
}

async fn history(tx: &Tx, id: Uuid, since: DateTime<Utc>) -> Result<Vec<Line>> {
    let sql = "SELECT id, status, actor_id, at FROM status_change WHERE contribution_id = $1 AND at >= $2 \
               AND actor_id IS NOT NULL";
    db::all(tx, sql, args![id, since]).await
}

/// The drafts of these ideas, which an answer to all of them takes the place of, each as its undo reads it back.
pub(super) async fn drafts(tx: &Tx, ideas: &[Uuid]) -> Result<Vec<(Uuid, String)>> {
    let found = answers::drafts::of(tx, ideas).await?;
    found.iter().map(|d| Ok((d.contribution_id, serde_json::to_string(d).map_err(Error::other)?))).collect()
}

/// Gives back the draft that an answer to many took the place of, if there was one.
pub(super) async fn give_draft_back(tx: &Tx, kept: &str) -> Result<()> {
    if kept.is_empty() {
        return Ok(());
    }
    answers::drafts::put_back(tx, &serde_json::from_str(kept).map_err(Error::other)?).await
}

/// Takes the name of whoever is erased out of the drafts that lots remember.
pub(super) async fn forget(tx: &Tx, person: Uuid) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Row {
        lot_id: Uuid,
        contribution_id: Uuid,
        memory: String,
    }
    let sql = "SELECT i.lot_id, i.contribution_id, i.memory FROM lot_item i JOIN lot l ON l.id = i.lot_id \
               WHERE l.deed = $1 AND i.memory <> ''";
    for row in db::all::<Row>(tx, sql, args![Act::Answer.code()]).await? {
        let mut draft: answers::drafts::Draft = serde_json::from_str(&row.memory).map_err(Error::other)?;
        if draft.actor_id == Some(person) {
            draft.unname();
            let memory = serde_json::to_string(&draft).map_err(Error::other)?;
            store::remember(tx, row.lot_id, row.contribution_id, &memory).await?;
        }
    }
    Ok(())
}

/// Forgets the drafts of answers to a text whose author is erased: they may speak of them.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn erase(tx: &Tx, contribution: Uuid) -> Result<()> {
    let sql = "UPDATE lot_item SET memory = '' WHERE contribution_id = $1 \
               AND lot_id IN (SELECT id FROM lot WHERE deed = $2)";
    db::run(tx, sql, args![contribution, Act::Answer.code()]).await?;
    Ok(())
}

/// Reads it back.
pub(super) fn read(kept: &str) -> Result<Option<Memory>> {
    if kept.is_empty() {
        return Ok(None);
    }
    serde_json::from_str(kept).map(Some).map_err(Error::other)
}

/// The reasons of letters and notices that wait and begin so.
async fn waiting(tx: &Tx, prefix: &str) -> Result<Vec<String>> {
    let begins = Dialect::of(tx.get_database_backend()).begins("dedupe", 1);
    let [from, below] = db::beginning(prefix);
    let sql = format!(
        "SELECT dedupe FROM mail WHERE state = 'waiting' AND {begins} UNION \
         SELECT dedupe FROM notice WHERE sent_at IS NULL AND {begins}"
    );
    let rows: Vec<Dedupe> = db::all(tx, &sql, args![from, below]).await?;
    Ok(rows.into_iter().map(|r| r.dedupe).collect())
}

impl Memory {
    /// Gives back what the act settled. Call it once the contribution is what it was.
    pub(super) async fn give_back(&self, tx: &Tx, by: By<'_>, act: Act, id: Uuid) -> Result<()> {
        db::run(tx, "UPDATE contribution SET kept = $2 WHERE id = $1", args![id, self.kept]).await?;
        log::rewrite(tx, id, self.at - UNDO, &self.log).await?;
        for line in &self.history {
            let sql =
                "INSERT INTO status_change (id, contribution_id, status, actor_id, at) VALUES ($1, $2, $3, $4, $5)";
            db::run(tx, sql, args![line.id, id, line.status.clone(), line.actor_id, line.at]).await?;
        }
        if matches!(act, Act::Hide | Act::Show) {
            let open = "UPDATE report SET settled_at = NULL WHERE contribution_id = $1 AND settled_at = $2";
            db::run(tx, open, args![id, self.at]).await?;
            let count = "UPDATE contribution SET reports = (SELECT count(*) FROM report r WHERE r.contribution_id = $1 \
                         AND r.settled_at IS NULL) WHERE id = $1";
            db::run(tx, count, args![id]).await?;
        }
        let c = ideas::find(tx, id).await?;
        match self.letter.as_str() {
            "refusal" => letters::refusal(tx, by, &c).await?,
            "hidden" => letters::hidden_again(tx, by, &c).await?,
            "reported" => letters::reported(tx, by, &c, &main_reason(tx, id).await?).await?,
            _ => {}
        }
        let news = match self.news.as_deref() {
            Some("answer") => News::Answer,
            Some(_) => News::Status,
            None => return Ok(()),
        };
        follows::announce(tx, by.app, by.settings, by.moment, id, news, by.after()).await
    }
}
