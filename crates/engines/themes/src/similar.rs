//! The texts closest to a new one: duplicates and close ideas, while somebody types.

use crate::terms::content_terms;
use crate::text::Language;
use crate::themes::Text;
use crate::vector::{Cut, Postings, Scores, tf_idf};
use std::collections::HashMap;

/// An index of texts by their words. It works from one text on: no word is too rare or too frequent.
#[derive(Debug, Clone)]
pub struct SimilarIndex {
    ids: HashMap<String, u32>,
    /// Smooth inverse document frequency of each term.
    idf: Vec<f64>,
    postings: Postings,
    texts: usize,
    language: Language,
}

impl SimilarIndex {
    /// Reads the texts, each in its own language or in `language`.
    #[must_use]
    pub fn build(texts: &[Text<'_>], language: Language) -> Self {
        let mut ids: HashMap<String, u32> = HashMap::new();
        let mut df: Vec<u32> = Vec::new();
        let mut rows = Vec::with_capacity(texts.len());
        for text in texts {
            let mut row = Vec::new();
            for term in content_terms(text.body, text.language.unwrap_or(language)) {
                let next = ids.len() as u32;
                let id = *ids.entry(term).or_insert(next);
                if id == next {
                    df.push(0);
                }
                if !row.contains(&id) {
                    df[id as usize] += 1;
                }
                row.push(id);
            }
            rows.push(row);
        }
        let vectors = tf_idf(&rows, Cut { min_df: 1, max_df: 1.0 });
        let idf = df.iter().map(|d| idf(texts.len(), *d)).collect();
        Self { ids, idf, postings: Postings::new(&vectors), texts: texts.len(), language }
    }

    /// The `n` texts closest to `text`, as `(position, cosine)` with the cosine from 0 to 1, best first, equals by
    /// rising position. Texts without a common word are left out. A word that no text has makes all less similar.
    #[must_use]
    pub fn query(&self, text: &str, n: usize) -> Vec<(usize, f32)> {
        self.query_in(text, self.language, n)
    }

    /// [`SimilarIndex::query`] for a text in another language than the index's own.
    #[must_use]
    pub fn query_in(&self, text: &str, language: Language, n: usize) -> Vec<(usize, f32)> {
        let mut stems = content_terms(text, language);
        stems.sort_unstable();
        let mut known = Vec::new();
        let mut square = 0.0;
        for same in stems.chunk_by(|a, b| a == b) {
            let tf = 1.0 + (same.len() as f64).ln();
            let id = same.first().and_then(|s| self.ids.get(s)).copied();
            let weight = tf * id.map_or_else(|| idf(self.texts, 0), |i| self.idf[i as usize]);
            square += weight * weight;
            known.extend(id.map(|i| (i, weight)));
        }
        known.sort_unstable_by_key(|k| k.0);
        let norm = f64::sqrt(square);
        let mut scores = Scores::new(self.texts);
        self.postings.score(known.into_iter().map(|(term, weight)| (term, (weight / norm) as f32)), &mut scores);
        scores.best(n).into_iter().map(|(t, s)| (t as usize, s.min(1.0))).collect()
    }
}

fn idf(texts: usize, df: u32) -> f64 {
    ((1.0 + texts as f64) / (1.0 + f64::from(df))).ln() + 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(texts: &[&'static str]) -> SimilarIndex {
        let texts: Vec<Text<'_>> = texts.iter().map(|t| Text::from(*t)).collect();
        SimilarIndex::build(&texts, Language::Fr)
    }

    #[test]
    fn duplicates_come_first_whatever_their_spelling() {
        let index =
            index(&["Des pistes cyclables sécurisées", "La cantine bio", "Une piste cyclable le long du canal"]);
        let found = index.query("PISTE CYCLABLE securisee", 5);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].0, 0);
        assert!((found[0].1 - 1.0).abs() < 1e-5, "{found:?}");
        assert!(found[1].1 < found[0].1);
        assert_eq!(index.query("cantine", 0), []);
    }

    #[test]
    fn unknown_words_make_less_similar() {
        let index = index(&["La cantine bio"]);
        let exact = index.query("cantine bio", 1)[0].1;
        let more = index.query("cantine bio et gymnase et piscine", 1)[0].1;
        assert!(more < exact);
    }

    #[test]
    fn nothing_in_nothing_out() {
        assert_eq!(index(&[]).query("vélo", 3), []);
        assert_eq!(index(&["vélo"]).query("", 3), []);
        assert_eq!(index(&["vélo"]).query("le la les", 3), []);
        assert_eq!(index(&["", "\0", "🚲"]).query("🚲", 3), []);
    }
}
