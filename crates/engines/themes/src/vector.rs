//! Sparse TF-IDF vectors and exact nearest neighbours by cosine.
//!
//! Weighting: `(1 + ln tf) · (ln((1 + n) / (1 + df)) + 1)`, then length 1 (Salton, Buckley 1988, with the smooth idf
//! of scikit-learn's `TfidfTransformer`).

use std::cmp::Ordering;

/// Which terms count, by the number of texts that use them (df).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cut {
    /// The least number of texts.
    pub min_df: usize,
    /// The greatest share of texts, from 0 to 1.
    pub max_df: f64,
}

impl Cut {
    /// The cut for a corpus of `texts` texts: at least 3 texts and at most half of them.
    ///
    /// A small corpus has too few words for that: below 100 texts 2 are enough, below 20 texts 1, and below 20 texts
    /// no word is too frequent.
    #[must_use]
    pub fn for_corpus(texts: usize) -> Self {
        match texts {
            0..20 => Self { min_df: 1, max_df: 1.0 },
            20..100 => Self { min_df: 2, max_df: 0.5 },
            _ => Self { min_df: 3, max_df: 0.5 },
        }
    }
}

/// One sparse vector of length 1 per text, all zero for a text without a term that counts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Vectors {
    offsets: Vec<usize>,
    terms: Vec<u32>,
    weights: Vec<f32>,
    dimensions: usize,
    vocabulary: usize,
}

impl Vectors {
    /// How many texts.
    #[must_use]
    pub fn len(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// Whether there is no text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One more than the greatest term number given.
    #[must_use]
    pub fn dimensions(&self) -> usize {
        self.dimensions
    }

    /// How many terms passed the cut.
    #[must_use]
    pub fn vocabulary(&self) -> usize {
        self.vocabulary
    }

    /// The terms of a text by rising number, with their weights; empty for a text that does not exist.
    #[must_use]
    pub fn row(&self, text: usize) -> (&[u32], &[f32]) {
        match (self.offsets.get(text), self.offsets.get(text + 1)) {
            (Some(&a), Some(&b)) => (&self.terms[a..b], &self.weights[a..b]),
            _ => (&[], &[]),
        }
    }
}

/// Vectors of texts given as lists of term numbers, repeats kept. If the cut leaves no term at all for being too
/// frequent (all texts the same), it leaves out the upper limit.
#[must_use]
pub fn tf_idf(texts: &[Vec<u32>], cut: Cut) -> Vectors {
    let dimensions = texts.iter().flatten().max().map_or(0, |m| *m as usize + 1);
    let counted: Vec<Vec<(u32, u32)>> = texts.iter().map(|t| count(t)).collect();
    let mut df = vec![0usize; dimensions];
    for (term, _) in counted.iter().flatten() {
        df[*term as usize] += 1;
    }
    let n = texts.len() as f64;
    let most = (cut.max_df * n).floor() as usize;
    let passes = |d: usize, most: usize| d >= cut.min_df.max(1) && d <= most;
    let most = if df.iter().any(|d| passes(*d, most)) { most } else { texts.len() };
    let idf: Vec<f64> =
        df.iter().map(|d| if passes(*d, most) { ((1.0 + n) / (1.0 + *d as f64)).ln() + 1.0 } else { 0.0 }).collect();
    let mut out = Vectors { offsets: vec![0], dimensions, ..Vectors::default() };
    out.vocabulary = idf.iter().filter(|w| **w > 0.0).count();
    for row in counted {
        let weighted = |(t, tf): (u32, u32)| (t, (1.0 + f64::from(tf).ln()) * idf[t as usize]);
        let row: Vec<(u32, f64)> = row.into_iter().map(weighted).filter(|(_, w)| *w > 0.0).collect();
        let norm = row.iter().map(|(_, w)| w * w).sum::<f64>().sqrt();
        for (term, weight) in row {
            out.terms.push(term);
            out.weights.push((weight / norm) as f32);
        }
        out.offsets.push(out.terms.len());
    }
    out
}

fn count(text: &[u32]) -> Vec<(u32, u32)> {
    let mut sorted = text.to_vec();
    sorted.sort_unstable();
    sorted.chunk_by(|a, b| a == b).map(|c| (c[0], c.len() as u32)).collect()
}

/// A term of more texts than this says little of each, and following it costs the square of their number.
const COMMON: usize = 5_000;

/// For each text the `k` others with the greatest cosine, best first, equals by rising text. Texts that share no term
/// are no neighbours, so that a list can be shorter. Every text that shares a term is compared, through an inverted
/// index: exact as long as no term is in more than 5,000 texts. Terms in more are followed only from a text that has no
/// rarer one, and then its rarest alone.
#[must_use]
pub fn nearest(vectors: &Vectors, k: usize) -> Vec<Vec<(u32, f32)>> {
    nearest_by(vectors, k, COMMON)
}

fn nearest_by(vectors: &Vectors, k: usize, common: usize) -> Vec<Vec<(u32, f32)>> {
    let index = Postings::new(vectors);
    let mut scores = Scores::new(vectors.len());
    (0..vectors.len())
        .map(|text| {
            let (terms, weights) = vectors.row(text);
            let row = || terms.iter().copied().zip(weights.iter().copied());
            let rarest = row().min_by_key(|(term, _)| (index.texts(*term), *term));
            match rarest.filter(|(term, _)| index.texts(*term) > common) {
                Some(term) => index.score([term], &mut scores),
                None => index.score(row().filter(|(term, _)| index.texts(*term) <= common), &mut scores),
            }
            scores.clear_one(text);
            scores.best(k)
        })
        .collect()
}

/// For each term the texts that use it.
#[derive(Debug, Clone)]
pub(crate) struct Postings {
    offsets: Vec<usize>,
    entries: Vec<(u32, f32)>,
}

impl Postings {
    pub(crate) fn new(vectors: &Vectors) -> Self {
        let mut offsets = vec![0usize; vectors.dimensions + 1];
        for term in &vectors.terms {
            offsets[*term as usize + 1] += 1;
        }
        for i in 1..offsets.len() {
            offsets[i] += offsets[i - 1];
        }
        let mut next = offsets.clone();
        let mut entries = vec![(0, 0.0); vectors.terms.len()];
        for text in 0..vectors.len() {
            let (terms, weights) = vectors.row(text);
            for (term, weight) in terms.iter().zip(weights) {
                entries[next[*term as usize]] = (text as u32, *weight);
                next[*term as usize] += 1;
            }
        }
        Self { offsets, entries }
    }

    /// How many texts use a term.
    fn texts(&self, term: u32) -> usize {
        self.offsets[term as usize + 1] - self.offsets[term as usize]
    }

    /// Adds to the score of each text what the terms and their weights give it.
    pub(crate) fn score(&self, terms: impl IntoIterator<Item = (u32, f32)>, scores: &mut Scores) {
        for (term, weight) in terms {
            let term = term as usize;
            for (text, w) in &self.entries[self.offsets[term]..self.offsets[term + 1]] {
                scores.add(*text, weight * w);
            }
        }
    }
}

/// A score per text, cleared through the list of those touched.
pub(crate) struct Scores {
    score: Vec<f32>,
    touched: Vec<u32>,
    all: Vec<(u32, f32)>,
}

impl Scores {
    pub(crate) fn new(texts: usize) -> Self {
        Self { score: vec![0.0; texts], touched: Vec::new(), all: Vec::new() }
    }

    fn add(&mut self, text: u32, by: f32) {
        let slot = &mut self.score[text as usize];
        if *slot == 0.0 {
            self.touched.push(text);
        }
        *slot += by;
    }

    fn clear_one(&mut self, text: usize) {
        self.score[text] = 0.0;
    }

    /// The `k` greatest scores, then everything back to zero.
    pub(crate) fn best(&mut self, k: usize) -> Vec<(u32, f32)> {
        self.all.clear();
        for t in self.touched.drain(..) {
            let score = std::mem::take(&mut self.score[t as usize]);
            if score > 0.0 {
                self.all.push((t, score));
            }
        }
        if k < self.all.len() && k > 0 {
            self.all.select_nth_unstable_by(k - 1, closer);
        }
        self.all.truncate(k);
        self.all.sort_unstable_by(closer);
        // A copy of the right size: a list keeps room for every text that was compared.
        self.all.clone()
    }
}

fn closer(a: &(u32, f32), b: &(u32, f32)) -> Ordering {
    b.1.total_cmp(&a.1).then(a.0.cmp(&b.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const EVERYTHING: Cut = Cut { min_df: 1, max_df: 1.0 };

    fn cosine(vectors: &Vectors, a: usize, b: usize) -> f32 {
        let (terms, weights) = vectors.row(a);
        let (other, theirs) = vectors.row(b);
        let at = |t: &u32| other.binary_search(t).map_or(0.0, |i| theirs[i]);
        terms.iter().zip(weights).map(|(t, w)| w * at(t)).sum()
    }

    #[test]
    fn weights_are_those_of_scikit_learn() {
        // TfidfVectorizer(sublinear_tf=True) 1.9.1 on "a a b", "b c".
        let vectors = tf_idf(&[vec![0, 0, 1], vec![1, 2]], EVERYTHING);
        let idf = (3.0f64 / 2.0).ln() + 1.0;
        let (x, y) = ((1.0 + 2.0f64.ln()) * idf, 1.0);
        let norm = x.hypot(y);
        assert_eq!(vectors.row(0), (&[0, 1][..], &[(x / norm) as f32, (y / norm) as f32][..]));
        assert_eq!(vectors.row(2), (&[][..], &[][..]));
    }

    #[test]
    fn the_cut_drops_rare_and_frequent_terms() {
        let texts = vec![vec![0, 1], vec![0, 1], vec![0, 2], vec![0]];
        let vectors = tf_idf(&texts, Cut { min_df: 2, max_df: 0.5 });
        assert_eq!((vectors.vocabulary(), vectors.row(0).0, vectors.row(2).0), (1, &[1][..], &[][..]));
        let same = vec![vec![7]; 4];
        assert_eq!(tf_idf(&same, Cut { min_df: 2, max_df: 0.5 }).vocabulary(), 1);
    }

    #[test]
    fn common_terms_are_followed_only_for_want_of_a_rarer_one() {
        // Terms 0 and 1 are in three and four texts, 2 in two of them.
        let texts = vec![vec![0, 1, 2], vec![0, 1, 2], vec![0, 1], vec![1], vec![3]];
        let vectors = tf_idf(&texts, EVERYTHING);
        let found = |text: usize| nearest_by(&vectors, 9, 2)[text].iter().map(|n| n.0).collect::<Vec<_>>();
        assert_eq!(found(0), [1]);
        assert_eq!(found(2), [0, 1]);
        assert_eq!(found(3).len(), 3);
        assert_eq!(found(4), [0; 0]);
        assert_eq!(nearest(&vectors, 9)[0].len(), 3);
    }

    proptest! {
        #[test]
        fn neighbours_are_those_of_brute_force(
            texts in prop::collection::vec(prop::collection::vec(0u32..12, 0..8), 0..30),
            k in 0usize..6,
        ) {
            let vectors = tf_idf(&texts, EVERYTHING);
            for (a, found) in nearest(&vectors, k).into_iter().enumerate() {
                let others = (0..texts.len()).filter(|b| *b != a);
                let mut all: Vec<(u32, f32)> = others.map(|b| (b as u32, cosine(&vectors, a, b))).collect();
                all.retain(|n| n.1 > 0.0);
                all.sort_by(closer);
                all.truncate(k);
                prop_assert_eq!(found, all);
            }
        }
    }
}
