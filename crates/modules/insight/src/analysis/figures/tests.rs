//! No small group on any page, whatever the filters: checked as somebody would who puts pages side by side.

use std::collections::{BTreeSet, HashMap};

use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;
use crate::analysis::AGES;

const AREAS: usize = 3;
const THEMES: usize = 3;

fn this_week() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

/// A text: its project, and where it counts.
fn text() -> impl Strategy<Value = (usize, Said)> {
    let group = |n: usize| prop_oneof![4 => (0..n).prop_map(Some), 1 => Just(None)];
    (0..3_usize, 0..90_u32, group(THEMES), group(AREAS), group(AGES.len()), 0..16_i64).prop_map(
        |(project, voice, theme, area, age, ago)| {
            // Most projects and themes are uneven, as they are in life.
            let project = if project == 2 && voice > 20 { 0 } else { project };
            let week = this_week() - TimeDelta::weeks(ago);
            (project, Said { voice, theme, area, age, week })
        },
    )
}

struct Case {
    scopes: Vec<Vec<Said>>,
    figures: Vec<Figures>,
}

fn case(texts: &[(usize, Said)]) -> Case {
    let mut scopes = vec![texts.iter().map(|t| t.1).collect::<Vec<Said>>()];
    for project in 0..3 {
        scopes.push(texts.iter().filter(|t| t.0 == project).map(|t| t.1).collect());
    }
    let views: Vec<Scope<'_>> = scopes.iter().map(|said| Scope { said, themes: THEMES }).collect();
    let figures = decide(views[0], &views[1..], AREAS, this_week());
    Case { scopes, figures }
}

fn theme_of(said: &Said) -> ThemeKey {
    said.theme.map_or(ThemeKey::Without, ThemeKey::At)
}

fn group_of(at: Option<usize>) -> Group {
    at.map_or(Group::Unknown, Group::At)
}

/// Whether a text counts in a figure: written apart from the code that decides.
fn counts(said: &Said, key: &Key) -> bool {
    let group = |own: Option<usize>, key: Group| match key {
        Group::All => true,
        Group::Known => own.is_some(),
        other => group_of(own) == other,
    };
    key.period.start(this_week()).is_none_or(|s| said.week >= s)
        && (key.theme == ThemeKey::All || key.theme == theme_of(said))
        && group(said.area, key.area)
        && group(said.age, key.age)
        && match key.week {
            WeekKey::All => true,
            WeekKey::At(week) => said.week == week,
            WeekKey::Before => false,
        }
}

fn people<'a>(said: impl Iterator<Item = &'a Said>) -> usize {
    said.map(|s| s.voice).collect::<BTreeSet<u32>>().len()
}

/// A figure, named by scope and key.
type Named = (usize, Key);

/// The lines somebody may add up: each total with its parts.
fn lines() -> Vec<(Named, Vec<Named>)> {
    let themes = || (0..THEMES).map(ThemeKey::At).chain([ThemeKey::Without]);
    let areas = || (0..AREAS).map(Group::At).chain([Group::Unknown]);
    let ages = || (0..AGES.len()).map(Group::At).chain([Group::Unknown]);
    let mut lines = Vec::new();
    for (scope, period) in (0..4).flat_map(|s| Period::ALL.map(|p| (s, p))) {
        let whole = Key::whole(period);
        for theme in themes().chain([ThemeKey::All]) {
            let total = whole.theme(theme);
            lines.push(((scope, total), areas().map(|a| (scope, total.area(a))).collect()));
            lines.push(((scope, total), ages().map(|a| (scope, total.age(a))).collect()));
        }
        for area in areas().chain([Group::All]) {
            lines.push(((scope, whole.area(area)), themes().map(|t| (scope, whole.area(area).theme(t))).collect()));
            if scope == 0 {
                lines.push(((0, whole.area(area)), (1..4).map(|s| (s, whole.area(area))).collect()));
            }
        }
        for age in ages() {
            lines.push(((scope, whole.age(age)), themes().map(|t| (scope, whole.age(age).theme(t))).collect()));
        }
        lines.push(((scope, whole), vec![(scope, whole.age(Group::Known)), (scope, whole.age(Group::Unknown))]));
        for theme in (0..THEMES).map(ThemeKey::At).chain([ThemeKey::All]) {
            let weeks = (0..16).map(|ago| this_week() - TimeDelta::weeks(ago));
            let inside = weeks.filter(|w| period.start(this_week()).is_none_or(|s| *w >= s));
            let weekly = inside.map(|w| (scope, Key::whole(Period::All).theme(theme).week(WeekKey::At(w))));
            lines.push(((scope, whole.theme(theme)), weekly.collect()));
        }
    }
    lines
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]
    #[test]
    fn no_page_tells_of_a_small_group(texts in proptest::collection::vec(text(), 0..400)) {
        let case = case(&texts);
        // What is shown is right, and about enough people.
        for (said, figures) in case.scopes.iter().zip(&case.figures) {
            for (key, figure) in figures {
                let of: Vec<&Said> = said.iter().filter(|s| counts(s, key)).collect();
                prop_assert_eq!(figure.texts, of.len() as i64, "{:?}", key);
                prop_assert_eq!(figure.people, people(of.iter().copied()) as i64);
                prop_assert!(figure.people >= 11);
            }
        }
        let shown = |at: &(usize, Key)| case.figures[at.0].contains_key(&at.1);
        let of = |at: &(usize, Key)| case.scopes[at.0].iter().filter(|s| counts(s, &at.1)).copied().collect::<Vec<Said>>();
        // What is left of a line beside its total is nobody, or enough people, and never one part of several.
        for (total, parts) in lines() {
            let parts: Vec<(usize, Key)> = parts.into_iter().filter(|p| !of(p).is_empty()).collect();
            let hidden: Vec<&(usize, Key)> = parts.iter().filter(|p| !shown(p)).collect();
            if shown(&total) && !hidden.is_empty() {
                let left: Vec<Said> = hidden.iter().flat_map(|p| of(p)).collect();
                prop_assert!(people(left.iter()) >= 11, "{total:?} gives {hidden:?} away");
                prop_assert!(parts.len() == 1 || hidden.len() > 1 || people(of(hidden[0]).iter()) >= 11, "{total:?} gives {hidden:?} away");
            }
        }
        // A longer period minus a shorter one is nobody, or enough people.
        for (scope, figures) in case.figures.iter().enumerate() {
            for (short, long) in [(Period::Four, Period::Ten), (Period::Ten, Period::All), (Period::Four, Period::All)] {
                for (key, figure) in figures.iter().filter(|(k, _)| k.period == short && k.week == WeekKey::All) {
                    let longer = Key { period: long, ..*key };
                    if let Some(all) = figures.get(&longer) {
                        let added: Vec<Said> = of(&(scope, longer)).into_iter().filter(|s| !counts(s, key)).collect();
                        prop_assert!(added.is_empty() || people(added.iter()) >= 11, "{key:?} against {long:?}");
                        let more = all.people - figure.people;
                        prop_assert!(more == 0 || more >= 11, "{key:?} against {long:?}");
                    }
                }
            }
        }
    }
}

/// A hidden value that simple subtraction finds, repeated until nothing more is found: the plain attack.
#[test]
fn subtracting_page_from_page_finds_nothing() {
    let mut seed = 7_u32;
    let mut next = |n: u32| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 16) % n
    };
    for _ in 0..20 {
        let texts: Vec<(usize, Said)> = (0..500)
            .map(|_| {
                let pick = |n: u32, of: u32| (n < of).then_some(n as usize);
                let week = this_week() - TimeDelta::weeks(i64::from(next(14)));
                let (theme, area, age) =
                    (pick(next(4).min(next(4)), 3), pick(next(4).min(next(4)), 3), pick(next(6), 4));
                (next(3).min(next(3)) as usize, Said { voice: next(160), theme, area, age, week })
            })
            .collect();
        let case = case(&texts);
        let mut known: HashMap<(usize, Key), i64> = HashMap::new();
        for (scope, figures) in case.figures.iter().enumerate() {
            known.extend(figures.iter().map(|(k, f)| ((scope, *k), f.texts)));
        }
        assert!(known.len() > 60, "something is shown: {}", known.len());
        loop {
            let before = known.len();
            for (total, parts) in lines() {
                let unknown: Vec<&(usize, Key)> = parts.iter().filter(|p| !known.contains_key(p)).collect();
                let sum: i64 = parts.iter().filter_map(|p| known.get(p)).sum();
                match (known.get(&total).copied(), unknown.as_slice()) {
                    (Some(all), [one]) => {
                        known.insert(**one, all - sum);
                    }
                    (None, []) => {
                        known.insert(total, sum);
                    }
                    _ => {}
                }
            }
            if known.len() == before {
                break;
            }
        }
        for ((scope, key), texts) in known {
            let said: Vec<&Said> = case.scopes[scope].iter().filter(|s| counts(s, &key)).collect();
            let n = people(said.iter().copied());
            assert!(n == 0 || n >= 11, "{key:?} of scope {scope} can be found: {texts} texts of {n} people");
        }
    }
}

#[test]
fn what_is_shown_of_an_even_town_is_everything() {
    let mut texts = Vec::new();
    for voice in 0..720_u32 {
        let at = voice as usize;
        let week = this_week() - TimeDelta::weeks(i64::from(voice % 3));
        texts.push((
            at % 3,
            Said { voice, theme: Some(at / 3 % 3), area: Some(at / 9 % 3), age: Some(at / 27 % 4), week },
        ));
    }
    let case = case(&texts);
    let whole = Key::whole(Period::All);
    for scope in 0..4 {
        for key in [
            whole,
            whole.theme(ThemeKey::At(1)),
            whole.theme(ThemeKey::At(2)).area(Group::At(0)),
            whole.age(Group::Known),
        ] {
            assert!(case.figures[scope].contains_key(&key), "{key:?} of {scope}");
        }
    }
    assert!(case.figures[0].contains_key(&whole.week(WeekKey::At(this_week()))));
}
