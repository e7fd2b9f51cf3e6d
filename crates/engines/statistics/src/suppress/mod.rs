//! Which cells of tables about people may be shown: none about a small group, none from which one could be found by
//! subtraction.
//!
//! [`one_way`] and [`two_way`] take plain counts of people who are in one cell each. [`Ledger`] takes any cells, lines and
//! nested pairs, with people who may be in several.

mod exact;
mod ledger;
mod tables;

pub use ledger::{CellId, Ledger};
pub use tables::{OneWay, TwoWay, one_way, two_way};

/// The fewest people a shown figure is about.
pub const MINIMUM: u64 = 11;

/// The people of a cell.
pub trait People {
    /// How many they are.
    fn count(&self) -> u64;

    /// How many different people are in these cells, or any number from `enough` on once that many are found.
    fn together<'a>(cells: impl Iterator<Item = &'a Self>, enough: u64) -> u64
    where
        Self: 'a;
}

/// Counts of people who are in one cell each.
impl People for u64 {
    fn count(&self) -> u64 {
        *self
    }

    fn together<'a>(cells: impl Iterator<Item = &'a Self>, _: u64) -> u64 {
        cells.fold(0, |sum, n| sum.saturating_add(*n))
    }
}

/// Numbers of people, each once, who may be in several cells.
impl People for Vec<u32> {
    fn count(&self) -> u64 {
        self.len() as u64
    }

    fn together<'a>(cells: impl Iterator<Item = &'a Self>, enough: u64) -> u64 {
        let mut seen = std::collections::HashSet::new();
        for person in cells.flatten() {
            if seen.len() as u64 >= enough {
                break;
            }
            seen.insert(*person);
        }
        seen.len() as u64
    }
}
