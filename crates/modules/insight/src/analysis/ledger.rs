//! The figures of one scope with all that binds them.

use std::collections::{BTreeMap, HashMap};

use chrono::{NaiveDate, TimeDelta};
use parvis_statistics::suppress::{CellId, Ledger, MINIMUM};

use super::{
    AGES, Period,
    figures::{Figure, Figures, Group, Key, Said, Scope, ThemeKey, WeekKey},
};

/// How many themes the chart over time shows.
pub(super) const LINES: usize = 4;
/// How many weeks it shows.
const WEEKS: i64 = 53;
/// The steps between ranks leave room for the three periods: of two nested figures the shorter is hidden.
const STEP: u32 = 4;

/// What is counted under a key.
#[derive(Debug, Default)]
struct Count {
    texts: i64,
    voices: Vec<u32>,
}

/// The cells of one scope.
pub(super) struct ScopeLedger {
    pub(super) ledger: Ledger<Vec<u32>>,
    cells: BTreeMap<Key, CellId>,
    counts: HashMap<Key, Count>,
}

impl ScopeLedger {
    pub(super) fn new(scope: Scope<'_>, areas: usize, this_week: NaiveDate) -> Self {
        let weeks = weeks(scope.said);
        let mut counts: HashMap<Key, Count> = HashMap::new();
        // For each figure of a period, the people of the texts that a longer period adds to it.
        let mut between: BTreeMap<(Period, Key), Vec<u32>> = BTreeMap::new();
        for said in scope.said {
            let mut within: Vec<Period> = Vec::new();
            let mut outside = Vec::new();
            for period in Period::ALL {
                let inside = period.start(this_week).is_none_or(|s| said.week >= s);
                if inside { within.push(period) } else { outside.push(period) }
            }
            for period in &within {
                for key in keys(said, *period, &weeks) {
                    let count = counts.entry(key).or_default();
                    count.texts += 1;
                    count.voices.push(said.voice);
                    for shorter in outside.iter().filter(|_| key.week == WeekKey::All) {
                        add_few(between.entry((*shorter, key)).or_default(), said.voice);
                    }
                }
            }
        }
        for count in counts.values_mut() {
            count.voices.sort_unstable();
            count.voices.dedup();
        }
        let mut new = Self { ledger: Ledger::new(), cells: BTreeMap::new(), counts };
        let axes = Axes { themes: scope.themes, areas };
        for period in Period::ALL {
            new.bind_areas(period, &axes);
            new.bind_ages(period, &axes);
        }
        new.bind_weeks(scope.themes, &weeks, this_week);
        new.bind_periods(&between);
        new
    }

    /// The people of a figure.
    pub(super) fn voices(&self, key: Key) -> Vec<u32> {
        self.counts.get(&key).map(|c| c.voices.clone()).unwrap_or_default()
    }

    /// The texts of a figure.
    pub(super) fn texts(&self, key: Key) -> i64 {
        self.counts.get(&key).map_or(0, |c| c.texts)
    }

    /// Whether a figure may be shown.
    pub(super) fn may_show(&self, key: Key) -> bool {
        self.cells.get(&key).is_some_and(|id| self.ledger.shown(*id))
    }

    /// Hides a figure.
    pub(super) fn hide(&mut self, key: Key) {
        if let Some(id) = self.cells.get(&key) {
            self.ledger.hide(*id);
        }
    }

    /// All figures that may be shown and that a page shows.
    pub(super) fn shown(&self) -> Figures {
        let wanted = |key: &Key| key.theme != ThemeKey::Rest && key.week != WeekKey::Before;
        self.cells
            .iter()
            .filter(|(key, id)| wanted(key) && self.ledger.shown(**id))
            .map(|(key, id)| {
                let people = i64::try_from(self.ledger.count(*id)).unwrap_or(i64::MAX);
                (*key, Figure { texts: self.texts(*key), people })
            })
            .collect()
    }

    fn cell(&mut self, key: Key) -> CellId {
        if let Some(id) = self.cells.get(&key) {
            return *id;
        }
        let id = self.ledger.cell(self.voices(key), rank(key));
        self.cells.insert(key, id);
        id
    }

    fn line(&mut self, total: Key, parts: impl IntoIterator<Item = Key>) {
        let total = self.cell(total);
        let parts: Vec<CellId> = parts.into_iter().map(|k| self.cell(k)).collect();
        self.ledger.line(total, parts);
    }

    fn nest(&mut self, part: Key, whole: Key) {
        let (part, whole) = (self.cell(part), self.cell(whole));
        self.ledger.within(part, whole);
    }

    /// Themes by areas, with margins.
    fn bind_areas(&mut self, period: Period, axes: &Axes) {
        let whole = Key::whole(period);
        let (themes, areas) = (axes.themes(self, whole), axes.areas(self, whole));
        self.bind_table(whole, &themes, &areas, Key::area);
    }

    /// Themes by age groups, with margins: nobody's age may be known, and that too is a figure.
    fn bind_ages(&mut self, period: Period, axes: &Axes) {
        let whole = Key::whole(period);
        let (themes, ages) = (axes.themes(self, whole), axes.ages(self, whole));
        self.bind_table(whole, &themes, &ages, Key::age);
        self.line(whole, [whole.age(Group::Known)].into_iter().chain(self.some(whole.age(Group::Unknown))));
        self.line(whole.age(Group::Known), (0..AGES.len()).map(|a| whole.age(Group::At(a))));
        self.nest(whole.age(Group::Known), whole);
    }

    fn bind_table(&mut self, whole: Key, themes: &[ThemeKey], groups: &[Group], with: fn(Key, Group) -> Key) {
        for theme in std::iter::once(&ThemeKey::All).chain(themes) {
            let total = whole.theme(*theme);
            self.line(total, groups.iter().map(|g| with(total, *g)));
            self.nest(total, whole);
            for g in groups {
                self.nest(with(total, *g), total);
                self.nest(with(total, *g), with(whole, *g));
            }
        }
        for group in std::iter::once(&Group::All).chain(groups) {
            let total = with(whole, *group);
            self.line(total, themes.iter().map(|t| total.theme(*t)));
        }
    }

    /// Weeks of all texts and of the first themes; the other themes of a week stay in the dark.
    fn bind_weeks(&mut self, themes: usize, weeks: &[NaiveDate], this_week: NaiveDate) {
        let lines = (0..themes.min(LINES)).map(ThemeKey::At);
        for theme in std::iter::once(ThemeKey::All).chain(lines.clone()) {
            for period in Period::ALL {
                let total = Key::whole(period).theme(theme);
                let inside = weeks.iter().filter(|w| period.start(this_week).is_none_or(|s| **w >= s));
                let parts: Vec<Key> =
                    inside.map(|w| Key::whole(Period::All).theme(theme).week(WeekKey::At(*w))).collect();
                let before = self.some(total.week(WeekKey::Before));
                self.line(total, parts.into_iter().chain(before));
            }
        }
        for week in weeks {
            let total = Key::whole(Period::All).week(WeekKey::At(*week));
            let rest = self.some(total.theme(ThemeKey::Rest));
            self.line(total, lines.clone().map(|t| total.theme(t)).chain(rest));
        }
    }

    /// A shorter period lies within a longer one, by texts and by people.
    fn bind_periods(&mut self, between: &BTreeMap<(Period, Key), Vec<u32>>) {
        for ((shorter, key), gap) in between {
            let part = Key { period: *shorter, ..*key };
            if let (Some(part), Some(whole)) = (self.cells.get(&part), self.cells.get(key)) {
                self.ledger.within_by(*part, *whole, gap.len() as u64);
                self.ledger.within(*part, *whole);
            }
        }
    }

    /// A key that stands in a table only when something is counted under it.
    fn some(&self, key: Key) -> Option<Key> {
        (self.texts(key) > 0).then_some(key)
    }
}

/// Themes and groups that tables of this scope have.
struct Axes {
    themes: usize,
    areas: usize,
}

impl Axes {
    fn themes(&self, ledger: &ScopeLedger, whole: Key) -> Vec<ThemeKey> {
        let without = ledger.some(whole.theme(ThemeKey::Without)).map(|_| ThemeKey::Without);
        (0..self.themes).map(ThemeKey::At).chain(without).collect()
    }

    fn areas(&self, ledger: &ScopeLedger, whole: Key) -> Vec<Group> {
        let unknown = ledger.some(whole.area(Group::Unknown)).map(|_| Group::Unknown);
        (0..self.areas).map(Group::At).chain(unknown).collect()
    }

    fn ages(&self, ledger: &ScopeLedger, whole: Key) -> Vec<Group> {
        let unknown = ledger.some(whole.age(Group::Unknown)).map(|_| Group::Unknown);
        (0..AGES.len()).map(Group::At).chain(unknown).collect()
    }
}

/// The figures that a text counts in, for a period that it lies in.
fn keys(said: &Said, period: Period, weeks: &[NaiveDate]) -> Vec<Key> {
    let whole = Key::whole(period);
    let own = said.theme.map_or(ThemeKey::Without, ThemeKey::At);
    let area = said.area.map_or(Group::Unknown, Group::At);
    let age = said.age.map_or(Group::Unknown, Group::At);
    let mut keys = Vec::with_capacity(12);
    for key in [whole, whole.theme(own)] {
        keys.extend([key, key.area(area), key.age(age)]);
    }
    if said.age.is_some() {
        keys.push(whole.age(Group::Known));
    }
    let in_chart = weeks.binary_search(&said.week).is_ok();
    let week = if in_chart { WeekKey::At(said.week) } else { WeekKey::Before };
    // A week is the same in all periods; what lies before the chart is not.
    if period == Period::All || !in_chart {
        let line = if said.theme.is_some_and(|t| t < LINES) { own } else { ThemeKey::Rest };
        keys.extend([whole.week(week), whole.theme(line).week(week)]);
    }
    keys
}

/// The weeks of the chart: up to the last text, at most a year.
fn weeks(said: &[Said]) -> Vec<NaiveDate> {
    let (Some(first), Some(last)) = (said.iter().map(|s| s.week).min(), said.iter().map(|s| s.week).max()) else {
        return Vec::new();
    };
    let first = first.max(last - TimeDelta::weeks(WEEKS - 1));
    (0..WEEKS).map(|w| first + TimeDelta::weeks(w)).take_while(|w| *w <= last).collect()
}

/// Where a choice is free, what says least is hidden first.
fn rank(key: Key) -> u32 {
    let all = key.theme == ThemeKey::All;
    let level = match (key.week, key.age, key.area) {
        (WeekKey::All, Group::All, Group::All) if all => 15,
        (WeekKey::All, Group::All, Group::All) => 7,
        (WeekKey::All, Group::All, _) => {
            if all {
                11
            } else {
                3
            }
        }
        (WeekKey::All, _, _) => {
            if all {
                9
            } else {
                2
            }
        }
        _ => {
            if all {
                9
            } else {
                1
            }
        }
    };
    let vague = matches!(key.theme, ThemeKey::Without | ThemeKey::Rest)
        || key.area == Group::Unknown
        || key.age == Group::Unknown
        || key.week == WeekKey::Before;
    let level = if vague { level - 1 } else { level };
    let period = match key.period {
        Period::Four => 0,
        Period::Ten => 1,
        Period::All => 2,
    };
    level * STEP + period
}

/// Keeps different people, no more than matter.
fn add_few(people: &mut Vec<u32>, voice: u32) {
    if (people.len() as u64) < MINIMUM && !people.contains(&voice) {
        people.push(voice);
    }
}
