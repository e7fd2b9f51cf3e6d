//! Where the header of a sheet is, and what it says: under titles, in one row or two, with joined cells.

use std::collections::HashSet;

use crate::sheet::SheetRow;

/// A region of joined cells.
pub(crate) trait Start {
    /// First and last row, from 0.
    fn rows(&self) -> (u32, u32);
    /// First and last column, from 0.
    fn columns(&self) -> (u32, u32);
}

/// The header of a sheet.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Block {
    /// Its last row, from 0.
    pub line: u32,
    pub names: Vec<String>,
}

/// The first row that has at least half as many different words as the richest one; two rows when joined cells say so.
pub(crate) fn find<J: Start>(rows: &[SheetRow], joined: &[J]) -> Option<Block> {
    let width = |row: &SheetRow| row.cells.iter().filter(|c| !c.trim().is_empty()).collect::<HashSet<_>>().len();
    let widest = rows.iter().map(width).max()?;
    let at = rows.iter().position(|row| width(row) >= 2.max(widest.div_ceil(2))).unwrap_or(0);
    // A row of few groups over the names; one word alone over all of them is a title.
    let groups = at.checked_sub(1).filter(|up| match (rows.get(*up), rows.get(at)) {
        (Some(up), Some(own)) => width(up) >= 2 && up.row + 1 == own.row && is_two(up, own, joined),
        _ => false,
    });
    let at = groups.unwrap_or(at);
    let top = rows.get(at)?;
    let below = rows.get(at + 1).filter(|b| b.row == top.row + 1 && !b.numbers && is_two(top, b, joined));
    let Some(below) = below else { return Some(Block { line: top.row, names: names(&top.cells) }) };
    let spread = spread(top, joined);
    let columns = spread.len().max(below.cells.len());
    let cell = |cells: &[String], i: usize| cells.get(i).map(|c| c.trim().to_owned()).unwrap_or_default();
    let lower: Vec<String> = (0..columns).map(|i| cell(&below.cells, i)).collect();
    let both = (0..columns).map(|i| {
        let (upper, own) = (cell(&spread, i), cell(&lower, i));
        let alone = lower.iter().filter(|name| **name == own).count() < 2;
        match (own.is_empty(), alone || upper.is_empty()) {
            (true, _) => upper,
            (false, true) => own,
            (false, false) => format!("{upper} {own}"),
        }
    });
    Some(Block { line: below.row, names: both.collect() })
}

/// Whether joined cells of the upper row make the lower one part of the header.
fn is_two<J: Start>(top: &SheetRow, below: &SheetRow, joined: &[J]) -> bool {
    let filled = |column: u32| below.cells.get(column as usize).is_some_and(|c| !c.trim().is_empty());
    joined.iter().any(|j| {
        let ((first, last), (left, right)) = (j.rows(), j.columns());
        let down = first == top.row && last == below.row;
        let across = first == top.row && last == top.row && right > left;
        down || (across && (left..=right.min(left + 600)).all(filled))
    })
}

/// The upper row, its joined cells each with the value of the first.
fn spread<J: Start>(top: &SheetRow, joined: &[J]) -> Vec<String> {
    let mut cells = top.cells.clone();
    for j in joined.iter().filter(|j| j.rows().0 == top.row) {
        let (left, right) = j.columns();
        let Some(value) = top.cells.get(left as usize).cloned() else { continue };
        for column in left..=right.min(left + 600) {
            let column = column as usize;
            if cells.len() <= column {
                cells.resize(column + 1, String::new());
            }
            if let Some(cell) = cells.get_mut(column).filter(|c| c.is_empty()) {
                cell.clone_from(&value);
            }
        }
    }
    cells
}

fn names(cells: &[String]) -> Vec<String> {
    cells.iter().map(|c| c.trim().to_owned()).collect()
}
