//! Any cells, with the lines that bind them.

use super::{MINIMUM, People, exact};

/// A cell of a [`Ledger`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CellId(pub(super) usize);

/// A total and its parts.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) total: usize,
    pub(super) parts: Vec<usize>,
}

/// A cell within another, and how many people are in the second only.
#[derive(Debug, Clone, Copy)]
struct Within {
    part: usize,
    whole: usize,
    gap: u64,
}

/// Cells that will be published together, on one page or on several, and which of them may be shown.
///
/// Hiding only ever grows: [`Ledger::solve`] can be called again after [`Ledger::hide`].
#[derive(Debug, Clone)]
pub struct Ledger<P> {
    cells: Vec<P>,
    ranks: Vec<u32>,
    lines: Vec<Line>,
    nested: Vec<Within>,
    hidden: Vec<bool>,
}

impl<P: People> Default for Ledger<P> {
    fn default() -> Self {
        Self { cells: Vec::new(), ranks: Vec::new(), lines: Vec::new(), nested: Vec::new(), hidden: Vec::new() }
    }
}

impl<P: People> Ledger<P> {
    /// No cell yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a cell. Where a choice is free, cells of lower rank are hidden first, then smaller ones.
    pub fn cell(&mut self, people: P, rank: u32) -> CellId {
        self.hidden.push(people.count() < MINIMUM);
        self.cells.push(people);
        self.ranks.push(rank);
        CellId(self.cells.len() - 1)
    }

    /// Says that what is counted in `total` is the sum of `parts`.
    pub fn line(&mut self, total: CellId, parts: impl IntoIterator<Item = CellId>) {
        let parts: Vec<usize> = parts.into_iter().map(|c| c.0).collect();
        if !parts.is_empty() {
            self.lines.push(Line { total: total.0, parts });
        }
    }

    /// Says that all people of `part` are in `whole`: the difference is a figure too.
    pub fn within(&mut self, part: CellId, whole: CellId) {
        let gap = self.count(whole).saturating_sub(self.count(part));
        self.within_by(part, whole, gap);
    }

    /// As [`Ledger::within`], where the difference is about `gap` people. Those may be in `part` too, by other texts.
    pub fn within_by(&mut self, part: CellId, whole: CellId, gap: u64) {
        if (1..MINIMUM).contains(&gap) {
            self.nested.push(Within { part: part.0, whole: whole.0, gap });
        }
    }

    /// Hides a cell, whatever it holds.
    pub fn hide(&mut self, cell: CellId) {
        if let Some(hidden) = self.hidden.get_mut(cell.0) {
            *hidden = true;
        }
    }

    /// Whether a cell may be shown. Only sound after [`Ledger::solve`].
    #[must_use]
    pub fn shown(&self, cell: CellId) -> bool {
        !self.is_hidden(cell.0)
    }

    /// How many people are in a cell.
    #[must_use]
    pub fn count(&self, cell: CellId) -> u64 {
        self.cells.get(cell.0).map_or(0, People::count)
    }

    /// Hides until no hidden cell can be found, as the module says.
    pub fn solve(&mut self) {
        loop {
            while self.settle_nested() | self.settle_lines() {}
            let Some(found) = exact::first_found(&self.lines, &self.hidden) else { return };
            // What can be found by solving all lines together needs one more unknown in one of its own lines.
            let lines = self.lines.iter().filter(|l| l.total == found || l.parts.contains(&found));
            let candidates: Vec<usize> = lines.flat_map(|l| l.parts.iter().copied().chain([l.total])).collect();
            if !self.hide_cheapest(&candidates) {
                return;
            }
        }
    }

    fn settle_nested(&mut self) -> bool {
        let mut changed = false;
        for w in self.nested.clone() {
            debug_assert!(w.gap < MINIMUM);
            if !self.is_hidden(w.part) && !self.is_hidden(w.whole) {
                // The part first: at the same rank it is never the larger one.
                changed |= self.hide_cheapest(&[w.part, w.whole]);
            }
        }
        changed
    }

    fn settle_lines(&mut self) -> bool {
        let mut changed = false;
        for i in 0..self.lines.len() {
            while let Some(candidates) = self.lines.get(i).and_then(|l| self.missing(l)) {
                if !self.hide_cheapest(&candidates) {
                    break;
                }
                changed = true;
            }
        }
        changed
    }

    /// The cells of which one has to be hidden as well, if any has to.
    fn missing(&self, line: &Line) -> Option<Vec<usize>> {
        let (hidden, shown): (Vec<usize>, Vec<usize>) = line.parts.iter().partition(|p| self.is_hidden(**p));
        if self.is_hidden(line.total) {
            return (hidden.is_empty() && !shown.is_empty()).then_some(shown);
        }
        if hidden.is_empty() {
            return None;
        }
        let few = hidden.len() == 1 || P::together(hidden.iter().filter_map(|c| self.cells.get(*c)), MINIMUM) < MINIMUM;
        few.then(|| if shown.is_empty() { vec![line.total] } else { shown })
    }

    /// Hides the cell of least rank, then of fewest people, then the first, among those shown.
    fn hide_cheapest(&mut self, candidates: &[usize]) -> bool {
        let cost = |c: usize| (self.ranks.get(c).copied().unwrap_or(0), self.count(CellId(c)), c);
        let cheapest = candidates.iter().copied().filter(|c| !self.is_hidden(*c)).min_by_key(|c| cost(*c));
        if let Some(c) = cheapest {
            self.hide(CellId(c));
        }
        cheapest.is_some()
    }

    fn is_hidden(&self, cell: usize) -> bool {
        self.hidden.get(cell).copied().unwrap_or(true)
    }
}
