//! What was just decided, as the next page says it, with the way back.

use parvis_kernel::{Ctx, Result, form::Form, permission::Right};
use parvis_ui::Page;
use uuid::Uuid;

use super::{leaving, lots, merge, queue::PER_PAGE};
use crate::urls;

/// What was just done, with the way back.
#[derive(Debug, Default)]
pub(crate) struct Done {
    pub words: String,
    /// Address of the lot or of the union.
    pub href: String,
    /// Whether it can be undone.
    pub undo: bool,
    /// Those left alone, named.
    pub left: Vec<lots::pages::Left>,
    /// How many more of those there are: the page of the lot names them.
    pub more: i64,
}

/// The sentence about what was just decided, from the address that the decision led to.
pub(crate) async fn of(ctx: &Ctx, p: &Page, f: &Form) -> Result<Done> {
    if let Ok(id) = f.get("lot").parse::<Uuid>() {
        return of_lot(ctx, p, id).await;
    }
    if let Ok(id) = f.get("fusion").parse::<Uuid>() {
        return of_merge(ctx, p, id).await;
    }
    Ok(Done::default())
}

async fn of_merge(ctx: &Ctx, p: &Page, id: Uuid) -> Result<Done> {
    let Ok(merging) = merge::store::find(ctx.app.db.read(), id).await else { return Ok(Done::default()) };
    let key = if merging.undone_at.is_some() { "merge-undone" } else { "merge-done" };
    Ok(Done {
        words: p.t(key),
        href: urls::MergeUndo { merging: id }.to_string(),
        undo: merging.may_undo(ctx.now()) && ctx.may(Right::Moderate, None),
        ..Done::default()
    })
}

async fn of_lot(ctx: &Ctx, p: &Page, id: Uuid) -> Result<Done> {
    let c = ctx.app.db.read();
    let Ok(lot) = lots::store::find(c, id).await else { return Ok(Done::default()) };
    let Some(act) = lot.act().filter(|_| lot.actor_id == ctx.actor.person()) else { return Ok(Done::default()) };
    let counts = lots::store::counts(c, id).await?;
    let words = match lot.state() {
        lots::State::Undone => p.t1("queue-undone", "n", counts.undone),
        lots::State::Done => match leaving::held(p, "refusal", lot.started_at.unwrap_or(lot.created_at)) {
            Some(when) if act == lots::Act::Refuse => p.t2("queue-refused-held", "n", counts.done, "when", when),
            _ => p.t1(&format!("queue-done-{}", act.code()), "n", counts.done),
        },
        _ => return Ok(Done::default()),
    };
    let left = lots::pages::left(ctx, p, id, PER_PAGE).await?;
    Ok(Done {
        words,
        href: urls::Lot { lot: id }.to_string(),
        undo: lot.may_undo(ctx.now()) && counts.done > 0,
        more: counts.left() - i64::try_from(left.len()).unwrap_or(0),
        left,
    })
}
