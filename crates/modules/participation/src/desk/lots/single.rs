//! One decision on one contribution: a lot of one, so that it is taken back as any other.

use parvis_kernel::{
    Refusal, Result,
    db::Tx,
    permission::{self, Right},
};
use uuid::Uuid;

use super::{
    Act, Detail, State, step,
    store::{self, Chosen, NewLot},
};
use crate::{
    ideas::store as ideas,
    moderation::{self, NOT_IN_THIS_STATE, store::By},
};

/// Decides on the contribution of this number, in the version that was read. Says which lot it is.
///
/// # Errors
/// `NotFound`, `changed_meanwhile`, the refusals of [`moderation::may`], or when the database refuses: then nothing is
/// kept of it.
pub async fn decide(tx: &Tx, by: By<'_>, new: One) -> Result<Uuid> {
    let c = ideas::by_number(tx, new.number).await?;
    permission::decide(by.actor, Right::Moderate, Some(c.project_id))?;
    // The older page is named first: "already published" would puzzle whoever still sees it waiting.
    if c.version != new.version {
        return Err(Refusal::CHANGED_MEANWHILE.into());
    }
    let state = moderation::State::of(&c);
    if let Some(action) = new.act.action() {
        moderation::possible(state, action)?;
    }
    let actor = by.actor.person().ok_or(Refusal::NOT_SIGNED_IN)?;
    let lot = NewLot {
        act: new.act,
        detail: Detail { alone: true, ..new.detail },
        person: new.person,
        chosen: Chosen::These(vec![(new.number, new.version)]),
    };
    let id = store::create(tx, by.moment, actor, &lot).await?;
    store::set_state(tx, &store::find(tx, id).await?, State::Running, by.moment.now).await?;
    while step(tx, by, id).await? {}
    let counts = store::counts(tx, id).await?;
    if counts.done == 1 {
        return Ok(id);
    }
    Err(match (counts.changed, counts.refused) {
        (1, _) => Refusal::CHANGED_MEANWHILE,
        (_, 1) => Refusal::NOT_ALLOWED,
        _ => NOT_IN_THIS_STATE,
    }
    .into())
}

/// What is decided of one contribution.
#[derive(Debug, Clone)]
pub struct One {
    /// Its number.
    pub number: i64,
    /// Its version when it was read.
    pub version: i64,
    /// What is done.
    pub act: Act,
    /// What is decided.
    pub detail: Detail,
    /// Whom it is given to.
    pub person: Option<Uuid>,
}
