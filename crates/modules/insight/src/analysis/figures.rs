//! Which figures may be shown, over all filters together.
//!
//! A figure is a number of texts and of people, for a theme, an area, an age group or a week, in a period. Figures bind one
//! another: areas and themes add up to totals, a period lies within a longer one, projects add up to the instance. So they
//! are decided on together, once, when the themes are computed, whatever filter somebody sets later.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use parvis_statistics::suppress::{CellId, Ledger};

use super::{Period, ledger::ScopeLedger};

/// A text as the figures see it: who, about what, from where, when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// A number for whoever is counted.
    pub voice: u32,
    /// Position of its theme.
    pub theme: Option<usize>,
    /// Position of its area.
    pub area: Option<usize>,
    /// Position of its age group.
    pub age: Option<usize>,
    /// Monday of its week.
    pub week: NaiveDate,
}

/// Which theme a figure is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ThemeKey {
    /// All texts.
    All,
    /// One theme, by its position.
    At(usize),
    /// The texts without a theme.
    Without,
    /// The themes that a chart leaves out. Never shown.
    Rest,
}

/// Which area, or which age group, a figure is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Everybody.
    All,
    /// One of them, by its position.
    At(usize),
    /// Where it is known.
    Known,
    /// Where it is not known.
    Unknown,
}

/// Which week a figure is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WeekKey {
    /// All weeks of the period.
    All,
    /// One week, by its Monday.
    At(NaiveDate),
    /// Before the weeks of the chart. Never shown.
    Before,
}

/// What a figure is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// In which period. Weeks are the same in all: they stand under [`Period::All`].
    pub period: Period,
    /// Theme.
    pub theme: ThemeKey,
    /// Area.
    pub area: Group,
    /// Age group.
    pub age: Group,
    /// Week.
    pub week: WeekKey,
}

impl Key {
    /// All texts of a period.
    #[must_use]
    pub const fn whole(period: Period) -> Self {
        Self { period, theme: ThemeKey::All, area: Group::All, age: Group::All, week: WeekKey::All }
    }

    /// The same about a theme.
    #[must_use]
    pub const fn theme(self, theme: ThemeKey) -> Self {
        Self { theme, ..self }
    }

    /// The same about an area.
    #[must_use]
    pub const fn area(self, area: Group) -> Self {
        Self { area, ..self }
    }

    /// The same about an age group.
    #[must_use]
    pub const fn age(self, age: Group) -> Self {
        Self { age, ..self }
    }

    /// The same about a week.
    #[must_use]
    pub const fn week(self, week: WeekKey) -> Self {
        Self { week, ..self }
    }
}

/// A number that may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// Texts.
    pub texts: i64,
    /// Different people who wrote them.
    pub people: i64,
}

/// The figures of a scope that may be shown. What is not there may not.
pub type Figures = BTreeMap<Key, Figure>;

/// The texts of the instance or of one project.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// Its texts.
    pub said: &'a [Said],
    /// How many themes they have.
    pub themes: usize,
}

/// Decides on the figures of the instance and of each of its projects, in this order.
///
/// Voices carry the same numbers in all scopes; the projects' texts are all the texts.
#[must_use]
pub fn decide(whole: Scope<'_>, projects: &[Scope<'_>], areas: usize, this_week: NaiveDate) -> Vec<Figures> {
    let mut scopes: Vec<ScopeLedger> =
        std::iter::once(&whole).chain(projects).map(|s| ScopeLedger::new(*s, areas, this_week)).collect();
    let mut totals = Totals::new(&scopes, areas);
    // What is hidden in one place closes the same view everywhere. It only grows, so it ends.
    loop {
        for scope in &mut scopes {
            scope.ledger.solve();
        }
        totals.take(&scopes);
        totals.ledger.solve();
        if !totals.give(&mut scopes) {
            break;
        }
    }
    scopes.iter().map(ScopeLedger::shown).collect()
}

/// The totals of every scope, area and period: projects add up to the instance.
struct Totals {
    ledger: Ledger<Vec<u32>>,
    cells: BTreeMap<(usize, Key), CellId>,
}

impl Totals {
    fn new(scopes: &[ScopeLedger], areas: usize) -> Self {
        let mut totals = Self { ledger: Ledger::new(), cells: BTreeMap::new() };
        let groups: Vec<Group> = [Group::All, Group::Unknown].into_iter().chain((0..areas).map(Group::At)).collect();
        for (s, scope) in scopes.iter().enumerate() {
            for key in Period::ALL.into_iter().flat_map(|p| groups.iter().map(move |g| Key::whole(p).area(*g))) {
                let id = totals.ledger.cell(scope.voices(key), u32::from(s == 0));
                totals.cells.insert((s, key), id);
            }
        }
        for key in Period::ALL.into_iter().flat_map(|p| groups.iter().map(move |g| Key::whole(p).area(*g))) {
            // A project without a single text here has nothing to hide and hides nothing.
            let parts: Vec<CellId> = (1..scopes.len())
                .filter(|s| scopes.get(*s).is_some_and(|scope| scope.texts(key) > 0))
                .filter_map(|s| totals.cells.get(&(s, key)).copied())
                .collect();
            if let Some(whole) = totals.cells.get(&(0, key)) {
                totals.ledger.line(*whole, parts);
            }
        }
        totals
    }

    /// Hides what some scope hides.
    fn take(&mut self, scopes: &[ScopeLedger]) {
        for ((s, key), id) in &self.cells {
            if scopes.get(*s).is_some_and(|scope| !scope.may_show(*key)) {
                self.ledger.hide(*id);
            }
        }
    }

    /// Hides in each scope what is hidden here, and says whether anything changed.
    fn give(&self, scopes: &mut [ScopeLedger]) -> bool {
        let mut changed = false;
        for ((s, key), id) in &self.cells {
            if let Some(scope) = scopes.get_mut(*s)
                && !self.ledger.shown(*id)
                && scope.may_show(*key)
            {
                scope.hide(*key);
                changed = true;
            }
        }
        changed
    }
}

#[cfg(test)]
mod tests;
