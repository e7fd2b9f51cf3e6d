//! Labels: the terms that tell a theme from the others, as people write them.
//!
//! A term is a word or two words that follow each other ("pistes cyclables", "garde d’enfants"). Its weight in a theme
//! is its part of the Kullback–Leibler divergence between the theme and the corpus, `p ln(p / q)` with p and q the
//! shares of texts that use it (Lau, Grieser, Newman, Baldwin 2011 compare such scores): common in the theme and rare
//! elsewhere.

mod surface;

use crate::terms::{Corpus, Role, Use};
use crate::themes::{Options, Text, ThemeIndex};
use std::collections::{HashMap, HashSet};
use surface::Surfaces;

/// A word `(a, NONE)` or two words `(a, b)` by the numbers of their stems.
type Term = (u32, u32);
const NONE: u32 = u32::MAX;

/// Candidates looked at for one theme.
const CANDIDATES: usize = 40;
/// Terms kept with a theme, the label's among them.
const KEPT: usize = 8;
/// Two words replace one of them when at least this share of the texts with the one have both.
const PHRASE_SHARE: f64 = 0.3;
/// What two words are worth more than one: they read better.
const PHRASE_BONUS: f64 = 1.5;

/// What an adjective alone is worth.
const ADJECTIVE_MALUS: f64 = 0.5;

struct Candidate {
    term: Term,
    score: f64,
    texts: u32,
}

/// The label and the terms of each theme.
pub(crate) fn labels(
    texts: &[Text<'_>],
    corpus: &Corpus,
    assignment: &[Option<ThemeIndex>],
    count: usize,
    options: &Options,
) -> Vec<(String, Vec<String>)> {
    let mut members = vec![Vec::new(); count];
    for (text, theme) in assignment.iter().enumerate() {
        if let Some(theme) = theme {
            members[*theme].push(text);
        }
    }
    let everywhere = frequencies(corpus, 0..corpus.texts.len());
    let surfaces = Surfaces::of_corpus(texts, corpus, options.language);
    let mut taken = HashSet::new();
    members
        .iter()
        .map(|m| {
            let here = frequencies(corpus, m.iter().copied());
            let ranked = ranked(&here, m.len(), &everywhere, corpus.texts.len(), &surfaces);
            let written = surfaces.written(texts, corpus, m, &ranked);
            name(&ranked, &written, options.label_terms.max(1), &mut taken)
        })
        .collect()
}

/// In how many of the texts each term is used.
fn frequencies(corpus: &Corpus, texts: impl Iterator<Item = usize>) -> HashMap<Term, u32> {
    let mut df: HashMap<Term, u32> = HashMap::new();
    let mut once = HashSet::new();
    for text in texts {
        once.clear();
        let mut before: Option<&Use> = None;
        for u in &corpus.texts[text] {
            once.insert((u.term, NONE));
            let names =
                |b: &&Use| u.linked && b.term != u.term && b.role.min(u.role) > Role::Silent;
            if let Some(b) = before.filter(names) {
                once.insert((b.term, u.term));
            }
            before = Some(u);
        }
        for term in &once {
            *df.entry(*term).or_insert(0) += 1;
        }
    }
    df
}

/// The terms of a theme that may stand in its label, best first.
fn ranked(
    here: &HashMap<Term, u32>,
    size: usize,
    everywhere: &HashMap<Term, u32>,
    total: usize,
    surfaces: &Surfaces,
) -> Vec<Candidate> {
    let score = |term: &Term, df: u32| {
        let form = match term {
            _ if surfaces.adjective(*term) => ADJECTIVE_MALUS,
            (_, NONE) => 1.0,
            _ => PHRASE_BONUS,
        };
        let p = f64::from(df) / size as f64;
        // Half a text more outside, so that a theme that is the whole corpus still has an order.
        let q =
            (f64::from(everywhere.get(term).copied().unwrap_or(df)) + 0.5) / (total as f64 + 1.0);
        p * (p / q).ln().max(1e-6) * form
    };
    let all = |names: bool, least: u32| {
        let good = |(t, df): &(&Term, &u32)| **df >= least && (!names || surfaces.names(**t));
        let candidate = |(t, df): (&Term, &u32)| Candidate {
            term: *t,
            score: score(t, *df),
            texts: *df,
        };
        let mut list: Vec<Candidate> = here.iter().filter(good).map(candidate).collect();
        list.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then(a.term.cmp(&b.term)));
        list.truncate(CANDIDATES);
        list
    };
    // What a single text says is no theme; a theme of words that name nothing still needs a label.
    let tries = [(true, 2.max(size as u32 / 50)), (true, 1), (false, 1)];
    let list = tries
        .into_iter()
        .map(|(names, least)| all(names, least))
        .find(|l| !l.is_empty())
        .unwrap_or_default();
    choose(list)
}

/// Drops what repeats a word already chosen, and puts two words in the place of one where they usually go together.
fn choose(list: Vec<Candidate>) -> Vec<Candidate> {
    let mut used = HashSet::new();
    let mut out: Vec<Candidate> = Vec::new();
    for candidate in &list {
        let (a, b) = candidate.term;
        if used.contains(&a) || used.contains(&b) {
            continue;
        }
        let longer = |c: &&Candidate| {
            c.term.1 != NONE
                && (c.term.0 == a || c.term.1 == a)
                && f64::from(c.texts) >= PHRASE_SHARE * f64::from(candidate.texts)
                && !used.contains(&c.term.0)
                && !used.contains(&c.term.1)
        };
        let best = if b == NONE {
            list.iter().find(longer).unwrap_or(candidate)
        } else {
            candidate
        };
        used.extend(
            [best.term.0, best.term.1]
                .into_iter()
                .filter(|t| *t != NONE),
        );
        out.push(Candidate { ..*best });
    }
    out
}

/// The label: the first terms, or others further down when a theme before has the same words.
fn name(
    ranked: &[Candidate],
    written: &HashMap<Term, String>,
    terms: usize,
    taken: &mut HashSet<Vec<String>>,
) -> (String, Vec<String>) {
    let mut all: Vec<String> = Vec::new();
    for candidate in ranked {
        if let Some(w) = written.get(&candidate.term).filter(|w| !all.contains(w)) {
            all.push(w.clone());
        }
    }
    let words = |list: &[String]| {
        let mut set: Vec<String> = list.iter().map(|w| w.to_lowercase()).collect();
        set.sort();
        set
    };
    let mut label: Vec<String> = all.iter().take(terms).cloned().collect();
    for other in all.iter().skip(terms) {
        if !taken.contains(&words(&label)) {
            break;
        }
        label.pop();
        label.push(other.clone());
    }
    let plain = label.clone();
    let mut number = 1;
    while label.is_empty() || taken.contains(&words(&label)) {
        number += 1;
        label.clone_from(&plain);
        label.push(format!("({number})"));
    }
    taken.insert(words(&label));
    all.truncate(KEPT.max(terms));
    let text = label.join(", ").replace(", (", " (");
    (capitalised(&text), all)
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map(|c| c.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}
