//! What a project allows on a day: every state, every place of the day in the timeline, every act.

use chrono::{Days, NaiveDate};
use parvis_kernel::Refusal;
use uuid::Uuid;

use super::{
    Act, NO_ANONYMOUS, NOT_IN_THIS_PHASE, PHASE_CLOSED, PHASE_NOT_STARTED, PROJECT_ARCHIVED, Phase, Project, may,
    phases,
};

const ACTS: [Act; 5] = [Act::Post, Act::PostAnonymously, Act::Comment, Act::Support, Act::Oppose];

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
}

/// What a phase allows, from one of the 32 ways of ticking its boxes.
fn phase(boxes: u8, starts_on: NaiveDate, ends_on: Option<NaiveDate>) -> Phase {
    let ticked = |bit: u8| boxes & (1 << bit) != 0;
    Phase {
        id: Uuid::nil(),
        title: String::new(),
        method: "ideation".into(),
        starts_on,
        ends_on,
        posting: ticked(0),
        commenting: ticked(1),
        supporting: ticked(2),
        opposing: ticked(3),
        anonymous: ticked(4),
        prescreening: false,
    }
}

/// Whether these boxes allow an act, read from the form of a phase: a text without a name needs both its boxes.
fn ticked(boxes: Option<u8>, act: Act) -> bool {
    let needed = match act {
        Act::Post => 0b00001,
        Act::PostAnonymously => 0b10001,
        Act::Comment => 0b00010,
        Act::Support => 0b00100,
        Act::Oppose => 0b01000,
    };
    boxes.is_some_and(|b| b & needed == needed)
}

/// The table: what was, is and will be allowed, and the answer. `None` for allowed.
const TABLE: [(bool, bool, bool, Option<Refusal>); 8] = [
    (false, false, false, Some(NOT_IN_THIS_PHASE)),
    (true, false, false, Some(PHASE_CLOSED)),
    (false, false, true, Some(PHASE_NOT_STARTED)),
    // It was open and will be again: what is to come matters more.
    (true, false, true, Some(PHASE_NOT_STARTED)),
    (false, true, false, None),
    (true, true, false, None),
    (false, true, true, None),
    (true, true, true, None),
];

fn expected(state: &str, [was, is, will]: [Option<u8>; 3], act: Act) -> Option<Refusal> {
    if state == "archived" {
        return Some(PROJECT_ARCHIVED);
    }
    if act == Act::PostAnonymously && ticked(is, Act::Post) && !ticked(is, act) {
        return Some(NO_ANONYMOUS);
    }
    let row = (ticked(was, act), ticked(is, act), ticked(will, act));
    TABLE.iter().find(|t| (t.0, t.1, t.2) == row).unwrap().3
}

#[test]
fn every_state_every_timeline_every_act() {
    let all: Vec<Option<u8>> = std::iter::once(None).chain((0..32).map(Some)).collect();
    let (day, long) = (today(), Days::new(30));
    let mut met = std::collections::BTreeMap::<&str, usize>::new();
    for state in ["draft", "published", "archived"] {
        let project = Project { state: state.into(), ..Project::default() };
        for was in &all {
            for is in &all {
                for will in &all {
                    let timeline: Vec<Phase> = [
                        // Given out of order on purpose: the order of the rows decides nothing.
                        will.map(|b| phase(b, day + Days::new(1), None)),
                        was.map(|b| phase(b, day - long, Some(day - Days::new(1)))),
                        is.map(|b| phase(b, day, Some(day))),
                    ]
                    .into_iter()
                    .flatten()
                    .collect();
                    for act in ACTS {
                        let got = may(&project, &timeline, day, act).err();
                        let want = expected(state, [*was, *is, *will], act);
                        assert_eq!(got, want, "{state} {act:?} {was:?} {is:?} {will:?}");
                        *met.entry(got.map_or("", |r| r.code())).or_default() += 1;
                    }
                }
            }
        }
    }
    let codes: Vec<&str> = met.into_keys().collect();
    assert_eq!(
        codes,
        ["", "no_anonymous", "not_in_this_phase", "phase_closed", "phase_not_started", "project_archived"],
        "each answer is met"
    );
}

#[test]
fn the_first_and_the_last_day_belong_to_the_phase() {
    let project = Project { state: "published".into(), ..Project::default() };
    let open = [phase(0b11111, today(), Some(today() + Days::new(2)))];
    let on = |n: u64| may(&project, &open, today() + Days::new(n), Act::Post);
    assert_eq!(may(&project, &open, today() - Days::new(1), Act::Post), Err(PHASE_NOT_STARTED));
    assert_eq!((on(0), on(1), on(2)), (Ok(()), Ok(()), Ok(())));
    assert_eq!(on(3), Err(PHASE_CLOSED));
    assert!(phases::problems(&open).is_empty());
}
