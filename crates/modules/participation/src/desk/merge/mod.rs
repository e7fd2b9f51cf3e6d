//! Ideas that say the same become one: each text and author stays on the page, supports are counted once a person,
//! comments and follows come along, old addresses lead to the idea that is kept.

pub mod pages;
pub mod store;
#[cfg(test)]
mod tests;

use parvis_kernel::Refusal;

use crate::ideas::{Contribution, Status};

/// Ideas united at once at most.
pub const MOST: usize = 20;

/// It was united with another: whatever concerns it is done there.
pub const MERGED: Refusal = Refusal::new("merged");
/// Not ideas of one project, or too few of them.
pub const NOT_ALIKE: Refusal = Refusal::new("not_alike");
/// One of them has an answer of its own: it is the one to keep.
pub const ANSWERED: Refusal = Refusal::new("answered_keeps");
/// One of them is offline, or its reports wait.
pub const NOT_SETTLED: Refusal = Refusal::new("not_settled");

/// No idea has this number.
pub const NO_SUCH_IDEA: Refusal = Refusal::new("no_such_idea");

/// Whether `others` may become part of `kept`.
///
/// # Errors
/// The named refusal.
pub fn possible(kept: &Contribution, others: &[Contribution]) -> Result<(), Refusal> {
    let all = || others.iter().chain([kept]);
    let alike = |c: &Contribution| c.kind == "idea" && c.project_id == kept.project_id;
    if others.is_empty() || others.len() >= MOST || !all().all(alike) || others.iter().any(|c| c.id == kept.id) {
        return Err(NOT_ALIKE);
    }
    if all().any(|c| c.merged_into.is_some()) {
        return Err(MERGED);
    }
    if others.iter().any(|c| c.answered_at.is_some()) {
        return Err(ANSWERED);
    }
    let waits = |c: &Contribution| c.status() == Status::Prescreening;
    let fine = |c: &Contribution| !c.withdrawn && !c.hidden && c.reports == 0 && (c.status().is_public() || waits(c));
    // What waits goes online with the idea that is: somebody read it, and unites it knowingly.
    if !kept.visible || !all().all(fine) {
        return Err(NOT_SETTLED);
    }
    Ok(())
}
