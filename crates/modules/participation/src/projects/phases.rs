//! The timeline: days in the instance's time zone, never two phases on one day.

use chrono::{Days, NaiveDate};
use uuid::Uuid;

use super::Act;

/// A phase of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phase {
    /// Key.
    pub id: Uuid,
    /// Title.
    pub title: String,
    /// `ideation` or `information`.
    pub method: String,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day, included; `None` for open-ended.
    pub ends_on: Option<NaiveDate>,
    /// Whether ideas may be posted.
    pub posting: bool,
    /// Whether comments may be written.
    pub commenting: bool,
    /// Whether ideas may be supported.
    pub supporting: bool,
    /// Whether ideas may be opposed.
    pub opposing: bool,
    /// Whether a text may have no name.
    pub anonymous: bool,
    /// Whether texts are read before they are shown.
    pub prescreening: bool,
}

impl Phase {
    /// Whether the phase allows something.
    #[must_use]
    pub const fn allows(&self, act: Act) -> bool {
        match act {
            Act::Post => self.posting,
            Act::PostAnonymously => self.posting && self.anonymous,
            Act::Comment => self.commenting,
            Act::Support => self.supporting,
            Act::Oppose => self.opposing,
        }
    }

    /// Whether the day is one of its days.
    #[must_use]
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.starts_on <= day && self.ends_on.is_none_or(|end| day <= end)
    }
}

/// The phase of a day, if any.
#[must_use]
pub fn current(phases: &[Phase], day: NaiveDate) -> Option<&Phase> {
    phases.iter().find(|p| p.holds(day))
}

/// What is wrong with a timeline. Indices are those of the phases given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PhaseProblem {
    /// It ends before it begins.
    EndsBeforeStart {
        /// The phase.
        phase: usize,
    },
    /// It begins on or before a day of the one before it.
    Overlaps {
        /// The later phase.
        phase: usize,
        /// The one it runs into.
        with: usize,
        /// The first day that is free.
        free_from: Option<NaiveDate>,
    },
    /// Only the last phase may be open-ended.
    OpenEndedInside {
        /// The phase.
        phase: usize,
        /// The day it would end on, the day before the next one.
        close_on: Option<NaiveDate>,
    },
}

/// Checks a timeline, whatever the order it is given in.
#[must_use]
pub fn problems(phases: &[Phase]) -> Vec<PhaseProblem> {
    let mut order: Vec<usize> = (0..phases.len()).collect();
    order.sort_by_key(|&i| phases.get(i).map(|p| p.starts_on));
    let mut found = Vec::new();
    for (i, phase) in phases.iter().enumerate() {
        if phase.ends_on.is_some_and(|end| end < phase.starts_on) {
            found.push(PhaseProblem::EndsBeforeStart { phase: i });
        }
    }
    for pair in order.windows(2) {
        let [a, b] = *pair else { continue };
        let (Some(before), Some(after)) = (phases.get(a), phases.get(b)) else { continue };
        match before.ends_on {
            None => found.push(PhaseProblem::OpenEndedInside {
                phase: a,
                close_on: after.starts_on.checked_sub_days(Days::new(1)).filter(|d| *d >= before.starts_on),
            }),
            Some(end) if end >= after.starts_on => {
                found.push(PhaseProblem::Overlaps { phase: b, with: a, free_from: end.checked_add_days(Days::new(1)) })
            }
            Some(_) => {}
        }
    }
    found
}

/// Closes an open-ended phase the day before a phase that is added after it.
pub fn close_before(phases: &mut [Phase], added: NaiveDate) {
    for phase in phases.iter_mut().filter(|p| p.ends_on.is_none() && p.starts_on < added) {
        phase.ends_on = added.checked_sub_days(Days::new(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(n: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, 1).unwrap() + Days::new(n)
    }

    fn phase(start: u64, end: Option<u64>) -> Phase {
        Phase {
            id: Uuid::nil(),
            title: String::new(),
            method: "ideation".into(),
            starts_on: day(start),
            ends_on: end.map(day),
            posting: true,
            commenting: true,
            supporting: true,
            opposing: false,
            anonymous: true,
            prescreening: true,
        }
    }

    #[test]
    fn not_even_one_shared_day() {
        assert!(problems(&[phase(0, Some(9)), phase(10, None)]).is_empty());
        let shared = problems(&[phase(0, Some(10)), phase(10, None)]);
        assert_eq!(shared, [PhaseProblem::Overlaps { phase: 1, with: 0, free_from: Some(day(11)) }]);
        assert_eq!(problems(&[phase(5, Some(4))]), [PhaseProblem::EndsBeforeStart { phase: 0 }]);
        let open = problems(&[phase(0, None), phase(10, None)]);
        assert_eq!(open, [PhaseProblem::OpenEndedInside { phase: 0, close_on: Some(day(9)) }]);
    }

    #[test]
    fn adding_after_an_open_phase_closes_it_the_day_before() {
        let mut phases = [phase(0, None), phase(10, None)];
        close_before(&mut phases, day(10));
        assert_eq!(phases[0].ends_on, Some(day(9)));
        assert!(problems(&phases).is_empty());
    }

    proptest! {
        /// A timeline without a problem never has two phases on one day, in any order.
        #[test]
        fn no_problem_means_no_shared_day(spans in proptest::collection::vec((0_u64..60, proptest::option::of(0_u64..20)), 1..5)) {
            let phases: Vec<Phase> = spans.iter().map(|(s, len)| phase(*s, len.map(|l| s + l))).collect();
            let shared = (0..100).any(|d| phases.iter().filter(|p| p.holds(day(d))).count() > 1);
            prop_assert_eq!(problems(&phases).is_empty(), !shared);
        }
    }
}
