//! Official answers that a file brings: published as they were there, on their day. Nobody is told of them again.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use parvis_kernel::{
    Result,
    app::App,
    args,
    db::{self, Tx},
    settings::Settings,
};
use parvis_tables::{Kind, Record};
use uuid::Uuid;

use super::{before::Before, draft::instant};
use crate::{
    answers::{self, Answer, DECISIONS},
    ideas::Status,
};

/// Answers written in one statement.
const AT_ONCE: usize = 40;

/// What is said of each answer of a file: nobody of the team wrote it.
#[derive(Debug)]
pub(super) struct Frame {
    signer: String,
    decisions: HashMap<&'static str, String>,
}

impl Frame {
    pub(super) fn new(app: &App, settings: &Settings) -> Self {
        let own = |code: &str| {
            let words = settings.status_words.get(code)?.get(&settings.lang)?;
            Some(words.clone()).filter(|w| !w.is_empty())
        };
        let word = |status: Status| {
            let code = status.code();
            (code, own(code).unwrap_or_else(|| app.words.get(settings.lang, &format!("status-{code}"))))
        };
        Self { signer: settings.name.clone(), decisions: DECISIONS.into_iter().map(word).collect() }
    }

    fn answer(&self, id: Uuid, contribution: Uuid, new: &Official, now: DateTime<Utc>) -> Answer {
        Answer {
            id,
            contribution_id: contribution,
            status: new.status.code().into(),
            decision: self.decisions.get(new.status.code()).cloned().unwrap_or_default(),
            body: new.body.clone(),
            cost: String::new(),
            next: String::new(),
            next_on: None,
            funding: String::new(),
            signer: self.signer.clone(),
            office: String::new(),
            actor_id: Uuid::nil(),
            status_before: Status::Proposed.code().into(),
            published_at: new.at.unwrap_or(now),
            previous: String::new(),
        }
    }
}

/// The official answer of a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Official {
    pub status: Status,
    pub body: String,
    pub at: Option<DateTime<Utc>>,
}

impl Official {
    /// The answer of a row whose state is `wanted`: a row that says nothing of its state is answered, one that is not shown has no
    /// public answer.
    pub(super) fn of(record: &Record, wanted: Status, tz: Tz) -> Option<Self> {
        let status = match wanted {
            Status::Proposed => Status::Answered,
            status if DECISIONS.contains(&status) => status,
            _ => return None,
        };
        let body = record.answer.clone().filter(|_| record.kind == Kind::Idea)?;
        Some(Self { status, body, at: record.answered.map(|m| instant(m, tz)) })
    }

    /// Whether it is what is stored: one without a day keeps the day it came.
    pub(super) fn is_stored(&self, before: &Before) -> bool {
        before.answer.as_deref() == Some(self.body.as_str())
            && before.answer_status.as_deref() == Some(self.status.code())
            && self.at.is_none_or(|at| before.answer_at == Some(at))
    }
}

/// Writes the answers of new rows, and their day where they stand.
pub(super) async fn insert(tx: &Tx, frame: &super::Frame, new: &[(Uuid, Official)]) -> Result<()> {
    for new in new.chunks(AT_ONCE) {
        let made = |(id, new): &(Uuid, Official)| frame.official.answer(frame.moment.id(), *id, new, frame.moment.now);
        answers::store::insert(tx, &new.iter().map(made).collect::<Vec<_>>()).await?;
    }
    Ok(())
}

/// Writes what an answer becomes that an earlier import brought, or that came since.
pub(super) async fn replace(tx: &Tx, frame: &super::Frame, before: &Before, new: &Official) -> Result<()> {
    let now = before.answer_at.unwrap_or(frame.moment.now);
    let answer = frame.official.answer(frame.moment.id(), before.id, new, now);
    db::run(tx, "DELETE FROM answer WHERE contribution_id = $1", args![before.id]).await?;
    answers::store::insert(tx, std::slice::from_ref(&answer)).await?;
    let sql = "UPDATE contribution SET answered_at = $2 WHERE id = $1";
    db::run(tx, sql, args![before.id, answer.published_at]).await.map(drop)
}

/// Takes away the answer that an earlier import brought: the file has none any more, and nobody of the team answered.
pub(super) async fn withdraw(tx: &Tx, contribution: Uuid) -> Result<()> {
    db::run(tx, "DELETE FROM answer WHERE contribution_id = $1", args![contribution]).await?;
    db::run(tx, "UPDATE contribution SET answered_at = NULL WHERE id = $1", args![contribution]).await.map(drop)
}
