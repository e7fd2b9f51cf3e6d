//! Whether a hidden cell is the solution of all lines taken together.

use super::ledger::Line;

/// A prime: lines hold only 1 and −1, so that arithmetic modulo it is as good as with fractions.
const PRIME: u64 = 2_147_483_647;

/// The first hidden cell whose value follows from the shown ones, if there is any.
pub(super) fn first_found(lines: &[Line], hidden: &[bool]) -> Option<usize> {
    let mut columns = vec![usize::MAX; hidden.len()];
    let mut unknowns = Vec::new();
    let mut rows: Vec<Vec<u64>> = Vec::new();
    let mut members: Vec<Vec<(usize, u64)>> = Vec::new();
    for line in lines {
        let mut row = Vec::new();
        for (cell, sign) in std::iter::once((line.total, 1)).chain(line.parts.iter().map(|p| (*p, PRIME - 1))) {
            if hidden.get(cell) == Some(&true) {
                let column = columns.get_mut(cell)?;
                if *column == usize::MAX {
                    *column = unknowns.len();
                    unknowns.push(cell);
                }
                row.push((*column, sign));
            }
        }
        if !row.is_empty() {
            members.push(row);
        }
    }
    for member in members {
        let mut row = vec![0; unknowns.len()];
        for (column, sign) in member {
            if let Some(x) = row.get_mut(column) {
                *x = (*x + sign) % PRIME;
            }
        }
        rows.push(row);
    }
    reduce(&mut rows);
    let alone = |row: &Vec<u64>| {
        let mut there = row.iter().enumerate().filter(|(_, x)| **x != 0);
        there.next().filter(|_| there.next().is_none()).map(|(column, _)| column)
    };
    rows.iter().filter_map(alone).filter_map(|c| unknowns.get(c).copied()).min()
}

/// Gauss and Jordan: each row keeps its pivot and the free unknowns.
fn reduce(rows: &mut [Vec<u64>]) {
    for at in 0..rows.len() {
        let Some(row) = rows.get_mut(at) else { return };
        let Some(pivot) = row.iter().position(|x| *x != 0) else { continue };
        let inverse = power(row.get(pivot).copied().unwrap_or(1), PRIME - 2);
        for x in row.iter_mut() {
            *x = *x * inverse % PRIME;
        }
        let pivot_row = row.clone();
        for (_, other) in rows.iter_mut().enumerate().filter(|(i, _)| *i != at) {
            let Some(factor) = other.get(pivot).copied().filter(|f| *f != 0) else { continue };
            for (x, p) in other.iter_mut().zip(&pivot_row).filter(|(_, p)| **p != 0) {
                *x = (*x + (PRIME - factor) * p) % PRIME;
            }
        }
    }
}

fn power(mut base: u64, mut exponent: u64) -> u64 {
    let mut out = 1;
    while exponent > 0 {
        if exponent & 1 == 1 {
            out = out * base % PRIME;
        }
        base = base * base % PRIME;
        exponent >>= 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_only_two_lines_together_give_away() {
        // Two blocks of four unknowns, joined by one: each line has two unknowns or more, and still it can be found.
        let line = |parts: &[usize]| Line { total: 9, parts: parts.to_vec() };
        let mut hidden = vec![true; 9];
        hidden.push(false);
        let rows = [line(&[0, 1]), line(&[2, 3, 8]), line(&[4, 5]), line(&[6, 7])];
        let columns = [line(&[0, 2]), line(&[1, 3]), line(&[4, 6, 8]), line(&[5, 7])];
        let all: Vec<Line> = rows.into_iter().chain(columns).collect();
        assert_eq!(first_found(&all, &hidden), Some(8));
    }
}
