//! What the team may do with a contribution, from which state, and how it is done.

pub mod appeals;
pub mod letters;
pub mod log;
pub mod store;

use parvis_kernel::{
    Refusal,
    permission::{Actor, Right, decide},
};
use uuid::Uuid;

use crate::{
    desk::merge::MERGED,
    ideas::{Contribution, Status},
};

/// Its author took it back: nobody decides on it any more.
pub const TAKEN_BACK: Refusal = Refusal::new("taken_back");
/// It is no longer in a state where this makes sense.
pub const NOT_IN_THIS_STATE: Refusal = Refusal::new("not_in_this_state");

/// What the team does with one contribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Put online what waited, or what was refused by mistake.
    Publish,
    /// Refuse before publication, with a reason.
    Refuse,
    /// Back to those that wait: the undo of the two above.
    Reconsider,
    /// Take offline, or leave offline what reports hid: reports are settled.
    Hide,
    /// Put online again, or leave online what was reported: reports are settled.
    Show,
    /// Give an idea that is online another status.
    SetStatus,
    /// Give a theme or an area.
    Classify,
    /// Answer officially.
    Answer,
}

impl Action {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Publish,
        Self::Refuse,
        Self::Reconsider,
        Self::Hide,
        Self::Show,
        Self::SetStatus,
        Self::Classify,
        Self::Answer,
    ];

    /// The code in forms.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Publish => "publier",
            Self::Refuse => "refuser",
            Self::Reconsider => "reprendre",
            Self::Hide => "masquer",
            Self::Show => "remettre",
            Self::SetStatus => "etat",
            Self::Classify => "classer",
            Self::Answer => "repondre",
        }
    }

    /// From its code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.code() == code)
    }
}

/// What counts of a contribution when the team decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    /// Whether it is an idea rather than a comment.
    pub idea: bool,
    /// Its status.
    pub status: Status,
    /// Hidden by the team or by reports.
    pub hidden: bool,
    /// Taken back by its author.
    pub withdrawn: bool,
    /// Whether reports wait to be settled.
    pub reported: bool,
    /// Whether its author replied to what was decided, and nobody has decided since.
    pub appealed: bool,
    /// Whether it was officially answered.
    pub answered: bool,
    /// Whether it was united with another idea.
    pub merged: bool,
}

impl State {
    /// The state of a stored contribution.
    #[must_use]
    pub fn of(c: &Contribution) -> Self {
        Self {
            idea: c.kind == "idea",
            status: c.status(),
            hidden: c.hidden,
            withdrawn: c.withdrawn,
            reported: c.reports > 0,
            appealed: c.appeal,
            answered: c.answered_at.is_some(),
            merged: c.merged_into.is_some(),
        }
    }

    const fn online(self) -> bool {
        self.status.is_public() && !self.hidden
    }
}

/// Decides whether an action makes sense from a state, whoever asks.
///
/// # Errors
/// `taken_back`, `merged` or `not_in_this_state`.
pub const fn possible(state: State, action: Action) -> Result<(), Refusal> {
    if state.withdrawn {
        return Err(TAKEN_BACK);
    }
    if state.merged {
        return Err(MERGED);
    }
    let possible = match action {
        Action::Publish => !state.status.is_public(),
        Action::Refuse => match state.status {
            Status::Prescreening => true,
            Status::Ineligible => state.appealed,
            _ => false,
        },
        Action::Reconsider => matches!(state.status, Status::Ineligible | Status::Proposed) && !state.answered,
        Action::Hide => state.status.is_public() && (!state.hidden || state.reported || state.appealed),
        Action::Show => state.status.is_public() && (state.hidden || state.reported),
        Action::SetStatus | Action::Answer => state.idea && state.online(),
        Action::Classify => state.idea,
    };
    if possible { Ok(()) } else { Err(NOT_IN_THIS_STATE) }
}

/// Decides whether `actor` may do this in a project, now.
///
/// # Errors
/// The refusal of [`decide`], `taken_back` or `not_in_this_state`.
pub fn may(actor: &Actor, project: Uuid, state: State, action: Action) -> Result<(), Refusal> {
    decide(actor, Right::Moderate, Some(project))?;
    possible(state, action)
}

#[cfg(test)]
mod tests {
    use parvis_kernel::permission::Role;

    use super::*;

    fn every_state() -> impl Iterator<Item = State> {
        Status::ALL.into_iter().flat_map(|status| {
            (0..64_u8).map(move |bits| State {
                idea: bits & 1 == 0,
                status,
                hidden: bits & 2 != 0,
                withdrawn: bits & 4 != 0,
                reported: bits & 8 != 0,
                answered: bits & 16 != 0,
                appealed: bits & 32 != 0,
                merged: false,
            })
        })
    }

    fn person(role: Option<Role>) -> Actor {
        Actor::Person { id: Uuid::nil(), name: String::new(), session: Uuid::nil(), role }
    }

    /// For each status, what may be done with an idea that is online (or would be), plain and reported; written out.
    const TABLE: [(Status, &[Action], &[Action]); 8] = {
        use Action::{Answer, Classify, Hide, Publish, Reconsider, Refuse, SetStatus, Show};
        const WAITING: &[Action] = &[Publish, Refuse, Classify];
        const REFUSED: &[Action] = &[Publish, Reconsider, Classify];
        const NEW: &[Action] = &[Reconsider, Hide, SetStatus, Classify, Answer];
        const NEW_REPORTED: &[Action] = &[Reconsider, Hide, Show, SetStatus, Classify, Answer];
        const ONLINE: &[Action] = &[Hide, SetStatus, Classify, Answer];
        const REPORTED: &[Action] = &[Hide, Show, SetStatus, Classify, Answer];
        [
            (Status::Prescreening, WAITING, WAITING),
            (Status::Proposed, NEW, NEW_REPORTED),
            (Status::UnderConsideration, ONLINE, REPORTED),
            (Status::Accepted, ONLINE, REPORTED),
            (Status::Implemented, ONLINE, REPORTED),
            (Status::Rejected, ONLINE, REPORTED),
            (Status::Answered, ONLINE, REPORTED),
            (Status::Ineligible, REFUSED, REFUSED),
        ]
    };

    #[test]
    fn the_table_of_an_idea() {
        for (status, plain, reported) in TABLE {
            for action in Action::ALL {
                let state = State { status, ..every_state().next().unwrap() };
                assert_eq!(possible(state, action).is_ok(), plain.contains(&action), "{status:?} {action:?}");
                let state = State { reported: true, ..state };
                assert_eq!(possible(state, action).is_ok(), reported.contains(&action), "{status:?} {action:?}");
            }
        }
    }

    #[test]
    fn a_reply_lets_the_team_uphold_or_change_what_it_decided() {
        let refused = State { status: Status::Ineligible, ..every_state().next().unwrap() };
        let hidden = State { status: Status::Accepted, hidden: true, ..refused };
        let can = |state: State| Action::ALL.into_iter().filter(|a| possible(state, *a).is_ok()).collect::<Vec<_>>();
        assert_eq!(can(refused), [Action::Publish, Action::Reconsider, Action::Classify]);
        assert_eq!(can(hidden), [Action::Show, Action::Classify]);
        let appealed = |state| can(State { appealed: true, ..state });
        assert_eq!(appealed(refused), [Action::Publish, Action::Refuse, Action::Reconsider, Action::Classify]);
        assert_eq!(appealed(hidden), [Action::Hide, Action::Show, Action::Classify]);
    }

    #[test]
    fn what_holds_in_every_state() {
        for state in every_state() {
            let can = |action| possible(state, action).is_ok();
            for action in Action::ALL {
                assert!(!(state.withdrawn && can(action)), "taken back: {state:?} {action:?}");
                assert!(possible(State { merged: true, ..state }, action).is_err(), "united: {state:?} {action:?}");
            }
            // What is offline is never answered, nor moved, nor hidden twice without a report to settle.
            if state.hidden || !state.status.is_public() {
                assert!(!can(Action::Answer) && !can(Action::SetStatus), "{state:?}");
            }
            assert!(!state.hidden || state.reported || state.appealed || !can(Action::Hide), "{state:?}");
            // Nothing both waits for publication and is online; an answered idea can't wait again.
            assert!(!(can(Action::Publish) && can(Action::Hide)), "{state:?}");
            assert!(!(state.answered && can(Action::Reconsider)), "{state:?}");
            // A comment has no theme, no status of its own and no official answer.
            let idea_only = can(Action::Answer) || can(Action::SetStatus) || can(Action::Classify);
            assert!(state.idea || !idea_only, "{state:?}");
        }
    }

    #[test]
    fn only_those_who_moderate_the_project() {
        let (mine, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let roles = [
            (Some(Role::Owner), true, true),
            (Some(Role::Administrator), true, true),
            (Some(Role::Moderator(vec![mine])), true, false),
            (Some(Role::Analyst), false, false),
            (None, false, false),
        ];
        for state in every_state() {
            for action in Action::ALL {
                let ok = possible(state, action).is_ok();
                for (role, here, there) in &roles {
                    let actor = person(role.clone());
                    assert_eq!(may(&actor, mine, state, action).is_ok(), ok && *here);
                    assert_eq!(may(&actor, other, state, action).is_ok(), ok && *there);
                }
                assert_eq!(may(&Actor::Visitor, mine, state, action), Err(Refusal::NOT_SIGNED_IN));
            }
        }
    }
}
