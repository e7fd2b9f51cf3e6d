//! Tables of counts, each person in one cell.

use super::{CellId, Ledger};

/// Which parts of a total may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneWay {
    /// For each part.
    pub parts: Vec<bool>,
    /// The total.
    pub total: bool,
}

/// Decides on the parts of a total.
#[must_use]
pub fn one_way(people: &[u64]) -> OneWay {
    let mut ledger = Ledger::new();
    let parts: Vec<CellId> = people.iter().map(|n| ledger.cell(*n, 0)).collect();
    let total = ledger.cell(people.iter().sum(), 1);
    ledger.line(total, parts.iter().copied());
    ledger.solve();
    OneWay { parts: parts.iter().map(|c| ledger.shown(*c)).collect(), total: ledger.shown(total) }
}

/// Which cells and margins of a table may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TwoWay {
    /// For each row, each of its cells.
    pub cells: Vec<Vec<bool>>,
    /// The total of each row.
    pub rows: Vec<bool>,
    /// The total of each column.
    pub columns: Vec<bool>,
    /// The total of all.
    pub total: bool,
}

/// Decides on a table with its margins. Rows that are shorter than the longest one end with empty cells.
#[must_use]
pub fn two_way(people: &[Vec<u64>]) -> TwoWay {
    let width = people.iter().map(Vec::len).max().unwrap_or(0);
    let at = |row: &Vec<u64>, column: usize| row.get(column).copied().unwrap_or(0);
    let mut ledger = Ledger::new();
    let cells: Vec<Vec<CellId>> =
        people.iter().map(|row| (0..width).map(|c| ledger.cell(at(row, c), 0)).collect()).collect();
    let rows: Vec<CellId> = people.iter().map(|row| ledger.cell(row.iter().sum(), 1)).collect();
    let columns: Vec<CellId> = (0..width).map(|c| ledger.cell(people.iter().map(|row| at(row, c)).sum(), 1)).collect();
    let total = ledger.cell(people.iter().flatten().sum(), 2);
    for (margin, row) in rows.iter().zip(&cells) {
        ledger.line(*margin, row.iter().copied());
    }
    for (c, margin) in columns.iter().enumerate() {
        ledger.line(*margin, cells.iter().filter_map(|row| row.get(c).copied()));
    }
    ledger.line(total, rows.iter().copied());
    ledger.line(total, columns.iter().copied());
    ledger.solve();
    let shown = |list: &[CellId]| list.iter().map(|c| ledger.shown(*c)).collect::<Vec<bool>>();
    TwoWay {
        cells: cells.iter().map(|row| shown(row)).collect(),
        rows: shown(&rows),
        columns: shown(&columns),
        total: ledger.shown(total),
    }
}
