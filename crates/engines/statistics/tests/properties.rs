//! The laws of suppression, checked by another way than the one that decides.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

use parvis_statistics::{
    suppress::{CellId, Ledger, MINIMUM, one_way, two_way},
    wilson,
};
use proptest::prelude::*;

/// Counts as they are in a small town: many small ones.
fn people() -> impl Strategy<Value = u64> {
    prop_oneof![3 => 0..=12_u64, 2 => 11..=60_u64, 1 => Just(0)]
}

fn table() -> impl Strategy<Value = Vec<Vec<u64>>> {
    (1..6_usize, 1..6_usize)
        .prop_flat_map(|(rows, columns)| proptest::collection::vec(proptest::collection::vec(people(), columns), rows))
}

/// The table with its margins as last row and column, and what is shown of it.
fn with_margins(people: &[Vec<u64>]) -> (Vec<Vec<u64>>, Vec<Vec<bool>>) {
    let shown = two_way(people);
    let mut counts: Vec<Vec<u64>> = people.to_vec();
    for row in &mut counts {
        row.push(row.iter().sum());
    }
    let width = counts[0].len();
    counts.push((0..width).map(|c| counts.iter().map(|row| row[c]).sum()).collect());
    let mut marks: Vec<Vec<bool>> = shown.cells.clone();
    for (row, margin) in marks.iter_mut().zip(&shown.rows) {
        row.push(*margin);
    }
    let mut last = shown.columns.clone();
    last.push(shown.total);
    marks.push(last);
    (counts, marks)
}

/// Whether two lines are joined by hidden cells when `without` is taken away. In a table with margins a hidden cell is
/// the only solution exactly when its row and column are not (Gusfield 1988).
fn joined(marks: &[Vec<bool>], without: (usize, usize)) -> bool {
    let (rows, columns) = (marks.len(), marks[0].len());
    let mut reached = vec![false; rows + columns];
    reached[without.0] = true;
    loop {
        let mut grown = false;
        for r in 0..rows {
            for c in 0..columns {
                if !marks[r][c] && (r, c) != without && reached[r] != reached[rows + c] {
                    reached[r] = true;
                    reached[rows + c] = true;
                    grown = true;
                }
            }
        }
        if !grown {
            return reached[rows + without.1];
        }
    }
}

proptest! {
    #[test]
    fn one_way_tables_hide_small_parts_and_the_way_back(parts in proptest::collection::vec(people(), 0..12)) {
        let shown = one_way(&parts);
        let hidden: Vec<u64> = parts.iter().zip(&shown.parts).filter(|(_, s)| !**s).map(|(n, _)| *n).collect();
        prop_assert!(parts.iter().zip(&shown.parts).all(|(n, s)| !s || *n >= MINIMUM));
        if shown.total && !parts.is_empty() {
            prop_assert!(parts.iter().sum::<u64>() >= MINIMUM);
            prop_assert!(hidden.is_empty() || (hidden.len() >= 2 && hidden.iter().sum::<u64>() >= MINIMUM), "{:?}", hidden);
        }
        prop_assert!(parts.iter().any(|n| *n < MINIMUM) || hidden.is_empty(), "nothing small, nothing hidden");
    }

    #[test]
    fn two_way_tables_give_no_hidden_cell_away(people in table()) {
        let (counts, marks) = with_margins(&people);
        for (r, row) in marks.iter().enumerate() {
            for (c, shown) in row.iter().enumerate() {
                if *shown {
                    prop_assert!(counts[r][c] >= MINIMUM);
                } else {
                    prop_assert!(joined(&marks, (r, c)), "{people:?} gives ({r}, {c}) away: {marks:?}");
                }
            }
        }
        // What is left beside a shown total is no small group either.
        let (rows, columns) = (marks.len() - 1, marks[0].len() - 1);
        for r in 0..=rows {
            let left: Vec<u64> = (0..columns).filter(|c| !marks[r][*c]).map(|c| counts[r][c]).collect();
            prop_assert!(!marks[r][columns] || left.is_empty() || left.iter().sum::<u64>() >= MINIMUM);
        }
        for c in 0..=columns {
            let left: Vec<u64> = (0..rows).filter(|r| !marks[*r][c]).map(|r| counts[r][c]).collect();
            prop_assert!(!marks[rows][c] || left.is_empty() || left.iter().sum::<u64>() >= MINIMUM);
        }
        if people.iter().flatten().all(|n| *n >= MINIMUM) {
            prop_assert!(marks.iter().flatten().all(|s| *s), "nothing small, nothing hidden");
        }
    }

    /// People who are in several cells: what is left beside a total is counted by person.
    #[test]
    fn people_in_several_cells_count_once(cells in proptest::collection::vec(proptest::collection::btree_set(0..40_u32, 0..30), 1..7)) {
        let mut ledger = Ledger::new();
        let sets: Vec<Vec<u32>> = cells.iter().map(|s| s.iter().copied().collect()).collect();
        let ids: Vec<CellId> = sets.iter().map(|s| ledger.cell(s.clone(), 0)).collect();
        let mut all: Vec<u32> = sets.concat();
        all.sort_unstable();
        all.dedup();
        let total = ledger.cell(all, 1);
        ledger.line(total, ids.iter().copied());
        for id in &ids {
            ledger.within(*id, total);
        }
        ledger.solve();
        let mut left: Vec<u32> = sets.iter().zip(&ids).filter(|(_, id)| !ledger.shown(**id)).flat_map(|(s, _)| s.clone()).collect();
        left.sort_unstable();
        left.dedup();
        for id in &ids {
            let gap = ledger.count(total) - ledger.count(*id);
            prop_assert!(!ledger.shown(*id) || ledger.count(*id) >= MINIMUM);
            prop_assert!(!ledger.shown(*id) || !ledger.shown(total) || gap == 0 || gap >= MINIMUM);
        }
        let hidden = ids.iter().filter(|id| !ledger.shown(**id)).count();
        prop_assert!(!ledger.shown(total) || hidden == 0 || (hidden >= 2 && left.len() as u64 >= MINIMUM));
    }

    #[test]
    fn intervals_hold_the_share_and_narrow_with_people(hits in 0..500_u64, more in 0..500_u64) {
        let people = hits + more;
        let i = wilson(hits, people);
        prop_assert!(0.0 <= i.low && i.low <= i.high && i.high <= 1.0);
        if people > 0 {
            #[allow(clippy::cast_precision_loss)]
            let share = hits as f64 / people as f64;
            prop_assert!(i.contains(share));
            let wider = wilson(hits * 4, people * 4);
            prop_assert!(wider.high - wider.low <= i.high - i.low);
        }
    }
}

#[test]
fn hiding_again_is_solved_again() {
    let mut ledger = Ledger::new();
    let parts: Vec<CellId> = [20_u64, 30, 40].map(|n| ledger.cell(n, 0)).into();
    let total = ledger.cell(90, 1);
    ledger.line(total, parts.iter().copied());
    ledger.solve();
    assert!(parts.iter().all(|c| ledger.shown(*c)));
    ledger.hide(total);
    ledger.solve();
    assert_eq!(parts.iter().filter(|c| !ledger.shown(**c)).count(), 1, "a hidden total is no sum of shown parts");
}
