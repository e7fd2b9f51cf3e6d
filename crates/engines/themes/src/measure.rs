//! How well two groupings of the same things agree. 1 is full agreement; AMI and ARI are 0 for chance.

use std::collections::HashMap;
use std::hash::Hash;

/// The three measures of one comparison.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Agreement {
    /// Normalised mutual information, see [`nmi`].
    pub nmi: f64,
    /// Adjusted mutual information, see [`ami`].
    pub ami: f64,
    /// Adjusted Rand index, see [`ari`].
    pub ari: f64,
}

/// All three measures. The labelings are read up to the length of the shorter one.
#[must_use]
pub fn agreement<A: Eq + Hash, B: Eq + Hash>(a: &[A], b: &[B]) -> Agreement {
    let table = Table::new(a, b);
    Agreement { nmi: table.nmi(), ami: table.ami(), ari: table.ari() }
}

/// Normalised mutual information over the arithmetic mean of the two entropies, from 0 to 1 (Danon et al. 2005;
/// scikit-learn's `normalized_mutual_info_score`). 1 when both labelings have a single group or are empty.
#[must_use]
pub fn nmi<A: Eq + Hash, B: Eq + Hash>(a: &[A], b: &[B]) -> f64 {
    Table::new(a, b).nmi()
}

/// Adjusted mutual information: 0 in expectation for labels drawn at random with the same group sizes, over the
/// arithmetic mean of the entropies (Vinh, Epps, Bailey 2010; scikit-learn's `adjusted_mutual_info_score`).
#[must_use]
pub fn ami<A: Eq + Hash, B: Eq + Hash>(a: &[A], b: &[B]) -> f64 {
    Table::new(a, b).ami()
}

/// Adjusted Rand index (Hubert, Arabie 1985; scikit-learn's `adjusted_rand_score`), from −0.5 to 1.
#[must_use]
pub fn ari<A: Eq + Hash, B: Eq + Hash>(a: &[A], b: &[B]) -> f64 {
    Table::new(a, b).ari()
}

/// The contingency table of two labelings.
struct Table {
    cells: Vec<(usize, usize, f64)>,
    rows: Vec<f64>,
    columns: Vec<f64>,
    n: f64,
}

impl Table {
    fn new<A: Eq + Hash, B: Eq + Hash>(a: &[A], b: &[B]) -> Self {
        let (a, b) = (numbered(a), numbered(b));
        let mut rows = vec![0.0; a.iter().max().map_or(0, |m| m + 1)];
        let mut columns = vec![0.0; b.iter().max().map_or(0, |m| m + 1)];
        let mut cells = HashMap::new();
        let mut n = 0.0;
        for (i, j) in a.into_iter().zip(b) {
            rows[i] += 1.0;
            columns[j] += 1.0;
            *cells.entry((i, j)).or_insert(0.0) += 1.0;
            n += 1.0;
        }
        let mut cells: Vec<(usize, usize, f64)> = cells.into_iter().map(|((i, j), c)| (i, j, c)).collect();
        // Sums of floats depend on their order, and a hash map has none.
        cells.sort_by_key(|c| (c.0, c.1));
        // Groups that only the longer labeling has count nothing.
        rows.retain(|c| *c > 0.0);
        columns.retain(|c| *c > 0.0);
        Self { cells, rows, columns, n }
    }

    fn alike(&self) -> bool {
        self.rows.len() == self.columns.len() && (self.rows.len() <= 1 || self.rows.len() as f64 == self.n)
    }

    fn entropy(&self, counts: &[f64]) -> f64 {
        -counts.iter().map(|c| c / self.n).map(|p| p * p.ln()).sum::<f64>()
    }

    fn information(&self) -> f64 {
        let part = |&(i, j, c): &(usize, usize, f64)| c / self.n * (c * self.n / (self.rows[i] * self.columns[j])).ln();
        self.cells.iter().map(part).sum::<f64>().max(0.0)
    }

    fn nmi(&self) -> f64 {
        if self.alike() {
            return 1.0;
        }
        let mean = f64::midpoint(self.entropy(&self.rows), self.entropy(&self.columns));
        if mean <= 0.0 { 0.0 } else { (self.information() / mean).clamp(0.0, 1.0) }
    }

    fn ami(&self) -> f64 {
        if self.alike() {
            return 1.0;
        }
        // One group on one side tells nothing about the other.
        if self.rows.len() == 1 || self.columns.len() == 1 {
            return 0.0;
        }
        let expected = self.expected_information();
        let mean = f64::midpoint(self.entropy(&self.rows), self.entropy(&self.columns));
        let below = mean - expected;
        let below = if below < 0.0 { below.min(-f64::EPSILON) } else { below.max(f64::EPSILON) };
        (self.information() - expected) / below
    }

    /// The mean of the mutual information over all tables with these margins (Vinh, Epps, Bailey 2010, equation 24a).
    fn expected_information(&self) -> f64 {
        let n = self.n as usize;
        let mut log_factorial = vec![0.0; n + 1];
        for i in 1..=n {
            log_factorial[i] = log_factorial[i - 1] + (i as f64).ln();
        }
        let lf = |x: f64| log_factorial[x as usize];
        let mut sum = 0.0;
        for &a in &self.rows {
            for &b in &self.columns {
                let fixed = lf(a) + lf(b) + lf(self.n - a) + lf(self.n - b) - lf(self.n);
                let mut c = (a + b - self.n).max(1.0);
                while c <= a.min(b) {
                    let ways = fixed - lf(c) - lf(a - c) - lf(b - c) - lf(self.n - a - b + c);
                    sum += c / self.n * (self.n * c / (a * b)).ln() * ways.exp();
                    c += 1.0;
                }
            }
        }
        sum
    }

    fn ari(&self) -> f64 {
        if self.alike() {
            return 1.0;
        }
        let pairs = |c: f64| c * (c - 1.0) / 2.0;
        let both: f64 = self.cells.iter().map(|c| pairs(c.2)).sum();
        let rows: f64 = self.rows.iter().copied().map(pairs).sum();
        let columns: f64 = self.columns.iter().copied().map(pairs).sum();
        let expected = rows * columns / pairs(self.n);
        let highest = f64::midpoint(rows, columns);
        if highest == expected { 0.0 } else { (both - expected) / (highest - expected) }
    }
}

fn numbered<T: Eq + Hash>(labels: &[T]) -> Vec<usize> {
    let mut seen = HashMap::new();
    labels
        .iter()
        .map(|l| {
            let next = seen.len();
            *seen.entry(l).or_insert(next)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values of scikit-learn 1.9.1: NMI, AMI, ARI.
    #[test]
    fn measures_are_those_of_scikit_learn() {
        let c = "220310102313010132131013110011112211113202311202202022232133";
        let d = "022010132313030130120013114021113214013312021432202044233130";
        let cases = [
            ("0001112222", "0011122202", [0.44270128334605, 0.23728877770133558, 0.20454545454545456]),
            (c, d, [0.32793918656914317, 0.27005207600135595, 0.30158103830184113]),
            ("00000", "00000", [1.0, 1.0, 1.0]),
            ("00000", "01234", [0.0, 0.0, 0.0]),
            ("0123", "0123", [1.0, 1.0, 1.0]),
            ("0011", "0101", [0.0, -0.5, -0.5]),
            ("", "", [1.0, 1.0, 1.0]),
        ];
        for (a, b, expected) in cases {
            let a: Vec<char> = a.chars().collect();
            let b: Vec<char> = b.chars().collect();
            let got = agreement(&a, &b);
            for (x, y) in [got.nmi, got.ami, got.ari].into_iter().zip(expected) {
                assert!((x - y).abs() < 1e-9, "{a:?} {b:?}: {x} is not {y}");
            }
            assert_eq!((nmi(&a, &b), ami(&a, &b), ari(&a, &b)), (got.nmi, got.ami, got.ari));
        }
    }
}
