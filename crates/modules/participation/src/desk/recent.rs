//! What somebody decided within the last ten minutes and can still take back, whatever page they are on.

use chrono::{DateTime, Utc};
use parvis_kernel::{Ctx, Result, args, db, permission::Right};
use parvis_ui::Page;
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::{lots, merge, queue};
use crate::{ideas::Contribution, moderation::store::UNDO, urls};

/// Decisions shown at most.
const SHOWN: usize = 12;
/// Decisions shown at once; the others are folded, so that the queue stays on the screen.
pub(crate) const NEWEST: usize = 3;

/// Something that can be taken back.
#[derive(Debug)]
pub(crate) struct Deed {
    /// What was done.
    pub words: String,
    /// The contribution, when it is one.
    pub title: String,
    /// Its page on the desk.
    pub href: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Where the undo is sent.
    pub undo: String,
    /// The answer that is taken back; empty for anything else.
    pub answer: String,
    /// The number whose title is looked up.
    number: Option<i64>,
}

#[derive(FromQueryResult)]
struct Answered {
    id: Uuid,
    number: i64,
    at: DateTime<Utc>,
}

/// The answers of somebody that no lot holds.
async fn answers(c: &impl ConnectionTrait, actor: Uuid, since: DateTime<Utc>) -> Result<Vec<Answered>> {
    let sql = "SELECT a.id, c.number, a.published_at AS at FROM answer a JOIN contribution c ON c.id = a.contribution_id \
               WHERE a.published_at >= $2 AND a.actor_id = $1 AND NOT EXISTS (SELECT 1 FROM lot_item i \
               WHERE i.contribution_id = a.contribution_id AND i.told = a.id) ORDER BY a.published_at DESC LIMIT 20";
    db::all(c, sql, args![actor, since]).await
}

/// What whoever asks can still take back, newest first. With a contribution: their decisions on it, and the unions with
/// it by anybody; its answer stands on its page already.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn of(ctx: &Ctx, p: &Page, about: Option<&Contribution>) -> Result<Vec<Deed>> {
    let Some(me) = ctx.actor.person().filter(|_| ctx.may(Right::Moderate, None)) else { return Ok(Vec::new()) };
    let (c, since) = (ctx.app.db.read(), ctx.now() - UNDO);
    let mut deeds = Vec::new();
    for lot in lots::store::undoable(c, me, since, about.map(|c| c.id)).await? {
        deeds.push(Deed {
            words: p.t1(&format!("queue-done-{}", lot.action), "n", lot.done),
            number: lot.number.filter(|_| lot.done == 1),
            href: urls::Lot { lot: lot.id }.to_string(),
            undo: urls::Lot { lot: lot.id }.to_string(),
            ..Deed::at(lot.at)
        });
    }
    let unions = match about {
        Some(kept) => merge::store::running(c, merge::store::Of::Kept(kept.id), since).await?,
        None => merge::store::running(c, merge::store::Of::Actor(me), since).await?,
    };
    for union in unions {
        deeds.push(Deed {
            words: p.t1("recent-merged", "n", union.parts),
            number: Some(if about.is_some() { union.other } else { union.kept }),
            undo: urls::MergeUndo { merging: union.id }.to_string(),
            ..Deed::at(union.at)
        });
    }
    if about.is_none() {
        for answer in answers(c, me, since).await? {
            deeds.push(Deed {
                words: p.t1("queue-done-repondre", "n", 1),
                number: Some(answer.number),
                undo: urls::AnswerUndo { number: answer.number }.to_string(),
                answer: answer.id.to_string(),
                ..Deed::at(answer.at)
            });
        }
    }
    deeds.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| b.undo.cmp(&a.undo)));
    deeds.truncate(SHOWN);
    named(ctx, p, deeds).await
}

/// Gives each its title, where it may be read.
async fn named(ctx: &Ctx, p: &Page, mut deeds: Vec<Deed>) -> Result<Vec<Deed>> {
    let numbers: Vec<i64> = deeds.iter().filter_map(|d| d.number).collect();
    let mut found = queue::by_numbers(ctx.app.db.read(), &numbers).await?;
    found.retain(|c| ctx.may(Right::Read, Some(c.project_id)));
    for deed in &mut deeds {
        if let Some(c) = found.iter().find(|c| Some(c.number) == deed.number) {
            deed.title = p.text(&c.heading());
            deed.href = urls::Handle { number: c.number }.to_string();
        }
    }
    Ok(deeds)
}

impl Deed {
    const fn at(at: DateTime<Utc>) -> Self {
        Self {
            words: String::new(),
            title: String::new(),
            href: String::new(),
            at,
            undo: String::new(),
            answer: String::new(),
            number: None,
        }
    }
}
