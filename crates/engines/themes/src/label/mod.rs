//! Labels: the terms that tell a theme from the others, as people write them.
//!
//! A term is a word or two words that follow each other ("pistes cyclables", "garde d’enfants"). Its weight in a theme
//! is its part of the Kullback–Leibler divergence between the theme and the corpus, `p ln(p / q)` with p and q the
//! shares of texts that use it (Lau, Grieser, Newman, Baldwin 2011 compare such scores): common in the theme and rare
//! elsewhere. Terms of at least 15 % of the theme's texts come first. Texts that start with the same line (the
//! comments on one idea, under its title) share a weight, so that a long thread does not name a theme alone.

mod surface;
#[cfg(test)]
mod tests;

use crate::terms::{Corpus, Use};
use crate::text::fold;
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
/// Two words are one term when at least this share of the texts with the rarer of them have both,
const PHRASE_SHARE: f64 = 0.5;
/// and this share of the texts with the more common one.
const PHRASE_SHARE_COMMON: f64 = 0.3;
/// What two words are worth more than one: they read better.
const PHRASE_BONUS: f64 = 1.5;
/// Terms of a smaller share of a theme's texts come after the others.
const COVERAGE: f64 = 0.15;
/// A term covers a theme only when it is this many times more frequent there than in the corpus.
const LIFT: f64 = 1.5;

/// What an adjective alone is worth.
const ADJECTIVE_MALUS: f64 = 0.5;

#[derive(Clone)]
struct Candidate {
    term: Term,
    score: f64,
    covers: bool,
}

/// The texts that use a term: how many, and their weights together.
#[derive(Default, Clone, Copy)]
struct Frequency {
    texts: u32,
    weight: f64,
}

/// The weight of each text: `n` texts with the same first line weigh `√n` together.
fn weights(texts: &[Text<'_>]) -> Vec<f64> {
    let first = |t: &Text<'_>| fold(t.body.trim().lines().next().unwrap_or_default());
    let threads: Vec<String> = texts.iter().map(first).collect();
    let mut sizes: HashMap<&str, f64> = HashMap::new();
    for thread in &threads {
        *sizes.entry(thread).or_insert(0.0) += 1.0;
    }
    threads.iter().map(|t| 1.0 / sizes.get(t.as_str()).copied().unwrap_or(1.0).sqrt()).collect()
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
    let weights = weights(texts);
    let surfaces = Surfaces::of_corpus(texts, corpus, options.language);
    let count_terms = |list: &[usize]| frequencies(texts, corpus, list, &weights, &surfaces);
    let everywhere = count_terms(&(0..texts.len()).collect::<Vec<_>>());
    let total: f64 = weights.iter().sum();
    let ranked_of = |m: &Vec<usize>| {
        let here = Here { terms: count_terms(m), weight: m.iter().map(|t| weights[*t]).sum(), texts: m.len() };
        ranked(&here, &everywhere, total, &surfaces)
    };
    let all: Vec<Vec<Candidate>> = members.iter().map(ranked_of).collect();
    let spelled = surfaces.forms(texts, corpus, 0..texts.len(), all.iter().flatten().map(|c| c.term));
    let mut taken = HashSet::new();
    members
        .iter()
        .zip(&all)
        .map(|(m, ranked)| {
            let written = surfaces.written(texts, corpus, m, ranked, &spelled);
            name(ranked, &written, options.label_terms.max(1), &mut taken)
        })
        .collect()
}

/// The terms of one theme, its weight and its size.
struct Here {
    terms: HashMap<Term, Frequency>,
    weight: f64,
    texts: usize,
}

impl Here {
    fn texts(&self, term: Term) -> f64 {
        f64::from(self.terms.get(&term).map_or(0, |f| f.texts))
    }

    /// Whether two words go together often enough to be one term.
    fn is_phrase(&self, (a, b): Term) -> bool {
        let (both, a, b) = (self.texts((a, b)), self.texts((a, NONE)), self.texts((b, NONE)));
        both >= PHRASE_SHARE * a.min(b) && both >= PHRASE_SHARE_COMMON * a.max(b)
    }
}

/// In how many of the texts each term is used.
fn frequencies(
    texts: &[Text<'_>],
    corpus: &Corpus,
    list: &[usize],
    weights: &[f64],
    surfaces: &Surfaces,
) -> HashMap<Term, Frequency> {
    let mut df: HashMap<Term, Frequency> = HashMap::new();
    let mut once = HashSet::new();
    for &text in list {
        once.clear();
        let mut before: Option<&Use> = None;
        for u in &corpus.texts[text] {
            once.insert((u.term, NONE));
            if let Some(b) = before.filter(|b| surfaces.pair(texts[text].body, b, u)) {
                once.insert((b.term, u.term));
            }
            before = Some(u);
        }
        for term in &once {
            let found = df.entry(*term).or_default();
            found.texts += 1;
            found.weight += weights[text];
        }
    }
    df
}

/// The terms of a theme that may stand in its label, best first.
fn ranked(here: &Here, everywhere: &HashMap<Term, Frequency>, total: f64, surfaces: &Surfaces) -> Vec<Candidate> {
    let candidate = |(term, found): (&Term, &Frequency)| {
        let form = match term {
            _ if surfaces.adjective(*term) => ADJECTIVE_MALUS,
            (_, NONE) => 1.0,
            _ => PHRASE_BONUS,
        };
        let p = found.weight / here.weight;
        // Half a text more outside, so that a theme that is the whole corpus still has an order.
        let q = (everywhere.get(term).unwrap_or(found).weight + 0.5) / (total + 1.0);
        Candidate { term: *term, score: p * (p / q).ln().max(1e-6) * form, covers: p >= COVERAGE && p >= LIFT * q }
    };
    let all = |names: bool, least: u32| {
        let good = |(t, f): &(&Term, &Frequency)| {
            f.texts >= least && (t.1 == NONE || here.is_phrase(**t)) && (!names || surfaces.names(**t))
        };
        let mut list: Vec<Candidate> = here.terms.iter().filter(good).map(candidate).collect();
        list.sort_unstable_by(|a, b| {
            (b.covers.cmp(&a.covers)).then(b.score.total_cmp(&a.score)).then(a.term.cmp(&b.term))
        });
        list.truncate(CANDIDATES);
        list
    };
    // What a single text says is no theme; a theme of words that name nothing still needs a label.
    let tries = [(true, 2.max(here.texts as u32 / 50)), (true, 1), (false, 1)];
    let list = tries.into_iter().map(|(names, least)| all(names, least)).find(|l| !l.is_empty()).unwrap_or_default();
    choose(&list)
}

/// Drops what repeats a word already chosen, and puts two words in the place of one that they hold.
fn choose(list: &[Candidate]) -> Vec<Candidate> {
    let mut used = HashSet::new();
    let mut out: Vec<Candidate> = Vec::new();
    for candidate in list {
        let (a, b) = candidate.term;
        if used.contains(&a) || used.contains(&b) {
            continue;
        }
        let longer = |c: &&Candidate| {
            c.term.1 != NONE
                && (c.term.0 == a || c.term.1 == a)
                && !used.contains(&c.term.0)
                && !used.contains(&c.term.1)
        };
        let best = if b == NONE { list.iter().find(longer).unwrap_or(candidate) } else { candidate };
        let words = [best.term.0, best.term.1];
        used.extend(words.into_iter().filter(|t| *t != NONE));
        out.push(best.clone());
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
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
