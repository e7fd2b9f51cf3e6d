//! How people write a term: its most frequent form, with accents, and with capitals where they belong.

use super::{Candidate, NONE, Term};
use crate::context::Context;
use crate::terms::{Corpus, Role, Use, looks_like_adjective, looks_like_verb};
use crate::text::{Language, fold};
use crate::themes::Text;
use std::collections::{BTreeMap, HashMap, HashSet};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What the whole corpus says about each stem.
pub(super) struct Surfaces {
    roles: Vec<Role>,
    nouns: Vec<bool>,
    adjectives: Vec<bool>,
    language: Language,
}

/// A shorter text has no room for a signature: `des pistes cyclables` ends with its matter.
const SIGNED_TEXT: usize = 8;

/// Short last lines are a signature when at least this many words stand before them.
const SIGNED_LINES: usize = 12;

/// From which use on a text may be signed: its last two words, or short last lines.
fn signature(body: &str, uses: &[Use]) -> usize {
    if uses.len() < SIGNED_TEXT {
        return uses.len();
    }
    let mut first = uses.len() - 2;
    let mut rest = body.trim_end();
    while let Some((head, _)) = rest.rsplit_once(['\n', '\r']) {
        let before = uses.partition_point(|u| u.start < head.len());
        if before < SIGNED_LINES || uses.len() - before > SIGNED_TEXT {
            break;
        }
        first = first.min(before);
        rest = head.trim_end();
    }
    first
}

/// How many uses at the start call a person: `@anne`, `Anne Martin : je ne suis pas d’accord`.
fn addressed(body: &str, uses: &[Use]) -> usize {
    let capital = |u: &Use| body.get(u.start..u.end).is_some_and(|w| w.starts_with(char::is_uppercase));
    let called = match uses {
        [a, b, ..] if a.start < 4 && b.linked && capital(a) && capital(b) => {
            body.get(b.end..).is_some_and(|rest| rest.trim_start().starts_with([':', ',']))
        }
        _ => false,
    };
    if called || body.trim_start().starts_with('@') { 2 } else { 0 }
}

#[derive(Default, Clone)]
struct Tally {
    uses: u32,
    names: u32,
    parts: u32,
    /// Uses where a person is signed or addressed.
    people: u32,
    adjectives: u32,
    /// Uses after a word that makes a noun, a verb, or neither of it.
    noun: u32,
    verb: u32,
    other: u32,
    /// Uses inside a sentence, and those of them with a capital.
    inside: u32,
    capital: u32,
}

impl Tally {
    fn role(&self) -> Role {
        let person = self.people >= 2 && self.people * 2 > self.uses;
        if person || self.proper_name() || self.verb() {
            Role::Silent
        } else if self.names * 2 > self.uses {
            Role::Name
        } else if self.parts * 2 > self.uses {
            Role::Part
        } else {
            Role::Silent
        }
    }

    /// At least 40 % of the uses that say something are those of a noun.
    fn noun(&self) -> bool {
        let told = self.noun + self.verb + self.other;
        self.noun * 5 >= told * 2 && self.noun >= self.verb
    }

    fn verb(&self) -> bool {
        let told = self.noun + self.verb + self.other;
        self.verb > 0 && self.verb * 4 >= told && !self.noun()
    }

    /// Streets, places and people: a capital inside most sentences.
    fn proper_name(&self) -> bool {
        self.capital * 2 > self.inside
    }

    fn add(&mut self, u: &Use, word: &str, language: Language) {
        match u.context {
            Context::Free => {}
            Context::Noun => self.noun += 1,
            Context::Verb => self.verb += 1,
            Context::Other => self.other += 1,
        }
        let mut letters = word.chars().filter(|c| c.is_alphabetic());
        let first = letters.next().is_some_and(char::is_uppercase);
        let acronym = first && letters.all(char::is_uppercase);
        // German writes each noun with a capital.
        if !u.opens && !acronym && language != Language::De {
            self.inside += 1;
            self.capital += u32::from(first);
        }
    }
}

fn adjectives_follow(language: Language) -> bool {
    matches!(language, Language::Fr | Language::Es | Language::It)
}

/// For each line of a text where it ends, in bytes, and whether no text before has it: a title that stands over twenty
/// comments is one use of its words, not twenty.
fn lines<'a>(body: &'a str, seen: &mut HashSet<&'a str>) -> Vec<(usize, bool)> {
    let mut end = 0;
    body.split_inclusive('\n')
        .map(|line| {
            end += line.len();
            (end, seen.insert(line.trim()))
        })
        .collect()
}

/// The uses of one written form, in lower case.
#[derive(Default)]
pub(super) struct Form {
    count: u32,
    /// How the form is written inside a sentence, capitals included.
    inside: BTreeMap<String, u32>,
    verb: bool,
}

/// The written forms of terms, by their lower case.
pub(super) type Forms = HashMap<Term, BTreeMap<String, Form>>;

impl Surfaces {
    /// A stem names something when most of its uses do, when the words before it are those before a noun, when it is no
    /// proper name, and when it is not found at the end of texts or after an @ at their start: there people sign or call each other, and a label is no place for the
    /// name of a citizen.
    pub(super) fn of_corpus(texts: &[Text<'_>], corpus: &Corpus, language: Language) -> Self {
        let mut tallies = vec![Tally::default(); corpus.stems.len()];
        let mut seen = HashSet::new();
        for (text, uses) in texts.iter().zip(&corpus.texts) {
            let language = text.language.unwrap_or(language);
            let lines = lines(text.body, &mut seen);
            let signed = signature(text.body, uses);
            let addressed = addressed(text.body, uses);
            for (i, u) in uses.iter().enumerate() {
                let word = text.body.get(u.start..u.end).unwrap_or_default();
                let tally = &mut tallies[u.term as usize];
                let line = lines.partition_point(|l| l.0 <= u.start);
                if lines.get(line).is_some_and(|l| l.1) {
                    tally.add(u, word, language);
                }
                tally.uses += 1;
                tally.names += u32::from(u.role == Role::Name);
                tally.parts += u32::from(u.role != Role::Silent);
                tally.people += u32::from(i >= signed || i < addressed);
                tally.adjectives += u32::from(looks_like_adjective(&word.to_lowercase(), language));
            }
        }
        Self {
            roles: tallies.iter().map(Tally::role).collect(),
            nouns: tallies.iter().map(Tally::noun).collect(),
            adjectives: tallies.iter().map(|t| t.adjectives * 2 > t.uses).collect(),
            language,
        }
    }

    /// Whether a term may stand in a label: a name, or a name with a word that is part of names.
    pub(super) fn names(&self, term: Term) -> bool {
        let (a, b) = (self.role(term.0), self.role(term.1));
        if term.1 == NONE {
            a == Role::Name && self.noun(term.0)
        } else {
            a.max(b) == Role::Name && a.min(b) >= Role::Part && self.noun_leads(term)
        }
    }

    fn noun(&self, stem: u32) -> bool {
        self.nouns.get(stem as usize).copied().unwrap_or(false)
    }

    /// Where adjectives follow, a term of two words starts with a noun; elsewhere it ends with one.
    fn noun_leads(&self, term: Term) -> bool {
        self.noun(if adjectives_follow(self.language) { term.0 } else { term.1 })
    }

    /// Whether two uses in a row are one term. Without a small word between them, `voitures rue` is none where
    /// adjectives follow, and neither is `casque obligatoires`.
    pub(super) fn pair(&self, body: &str, a: &Use, b: &Use) -> bool {
        if !b.linked || a.term == b.term || a.role.min(b.role) == Role::Silent {
            return false;
        }
        if b.context == Context::Noun || !adjectives_follow(self.language) {
            return true;
        }
        let word = |u: &Use| body.get(u.start..u.end).unwrap_or_default().to_lowercase();
        let (first, second) = (word(a), word(b));
        let plural = |w: &str| w.ends_with(['s', 'x']);
        // The stem of `âgées` is that of `âge`, so the ending has a say.
        (plural(&first) || !plural(&second)) && (!self.noun(b.term) || looks_like_adjective(&second, self.language))
    }

    /// Whether a term is an adjective alone.
    pub(super) fn adjective(&self, term: Term) -> bool {
        term.1 == NONE && self.adjectives.get(term.0 as usize).copied().unwrap_or(false)
    }

    fn role(&self, stem: u32) -> Role {
        self.roles.get(stem as usize).copied().unwrap_or(Role::Silent)
    }

    /// The written form of each candidate in a theme's texts, spelled as the whole corpus spells it.
    pub(super) fn written(
        &self,
        texts: &[Text<'_>],
        corpus: &Corpus,
        members: &[usize],
        wanted: &[Candidate],
        everywhere: &Forms,
    ) -> HashMap<Term, String> {
        let terms = wanted.iter().map(|c| c.term);
        let forms = self.forms(texts, corpus, members.iter().copied(), terms);
        let spelled = |term: &Term, forms| best(forms, everywhere.get(term).unwrap_or(forms));
        forms.iter().filter_map(|(term, forms)| Some((*term, spelled(term, forms)?))).collect()
    }

    /// The forms in which these terms are written in some of the texts.
    pub(super) fn forms(
        &self,
        texts: &[Text<'_>],
        corpus: &Corpus,
        members: impl Iterator<Item = usize>,
        wanted: impl Iterator<Item = Term>,
    ) -> Forms {
        let mut forms: Forms = wanted.map(|term| (term, BTreeMap::new())).collect();
        for member in members {
            let text = texts[member];
            let language = text.language.unwrap_or(self.language);
            let mut before: Option<&Use> = None;
            for u in &corpus.texts[member] {
                if let Some(found) = forms.get_mut(&(u.term, NONE)) {
                    note(found, text.body, u, u, language);
                }
                if let Some(b) = before.filter(|_| u.linked)
                    && let Some(found) = forms.get_mut(&(b.term, u.term))
                {
                    note(found, text.body, b, u, language);
                }
                before = Some(u);
            }
        }
        forms
    }
}

/// A longer word in capitals is a loud one.
const LONGEST_ACRONYM: usize = 6;

/// How far around a word a line is looked at, in characters: a text may be one long line.
const AROUND: usize = 80;

/// Whether the line around a place is written in capitals alone.
fn shouted(body: &str, at: usize) -> bool {
    let head = body.get(..at).unwrap_or_default().chars().rev();
    let tail = body.get(at..).unwrap_or_default().chars();
    let mut letters = head
        .take_while(|c| *c != '\n')
        .take(AROUND)
        .chain(tail.take_while(|c| *c != '\n').take(AROUND))
        .filter(|c| c.is_alphabetic());
    letters.clone().count() > LONGEST_ACRONYM && letters.all(char::is_uppercase)
}

fn note(forms: &mut BTreeMap<String, Form>, body: &str, first: &Use, last: &Use, language: Language) {
    let slice = body.get(first.start..last.end).unwrap_or_default();
    let tidy: String = slice.split_whitespace().collect::<Vec<_>>().join(" ").replace('\'', "’").nfc().collect();
    let form = forms.entry(tidy.to_lowercase()).or_default();
    form.count += 1;
    form.verb = form.verb || looks_like_verb(&tidy, language);
    let letters = || tidy.chars().filter(|c| c.is_alphabetic());
    let loud = letters().all(char::is_uppercase);
    let acronym = loud && letters().count() <= LONGEST_ACRONYM;
    let calm = !(loud && shouted(body, first.start));
    if calm && (!first.opens || acronym) {
        *form.inside.entry(tidy).or_insert(0) += 1;
    }
}

/// A spelling without accents is a careless one when the corpus writes the word with them this many times more often.
/// `marche` beside `marché` is no such thing.
const CARELESS: u32 = 4;

/// The most frequent form, nouns before verbs, equals in the order of the alphabet. Spellings that differ by accents alone
/// (`école`, `ecole`) count together, and one of them stands for all: the most frequent, with its accents where the rest of
/// the corpus writes them.
fn best(forms: &BTreeMap<String, Form>, everywhere: &BTreeMap<String, Form>) -> Option<String> {
    let weight = |f: &Form| if f.verb { f.count } else { f.count * 4 };
    let mut words: BTreeMap<String, u32> = BTreeMap::new();
    for (lower, form) in forms {
        *words.entry(fold(lower)).or_insert(0) += weight(form);
    }
    let (folded, _) = words.iter().reduce(|a, b| if b.1 > a.1 { b } else { a })?;
    // Of equals the one with accents, which comes later.
    let spellings: Vec<(&String, &Form)> = forms.iter().filter(|(lower, _)| fold(lower) == *folded).collect();
    let first = *spellings.iter().reduce(|a, b| if b.1.count >= a.1.count { b } else { a })?;
    let uses = |lower: &String| everywhere.get(lower).map_or(0, |f| f.count);
    let careful = spellings.iter().copied().max_by_key(|(lower, _)| uses(lower));
    let accents = |lower: &str| lower.nfd().any(is_combining_mark);
    let (lower, form) = match careful {
        Some(other) if !accents(first.0) && accents(other.0) && uses(other.0) >= CARELESS * uses(first.0) => other,
        _ => first,
    };
    let seen: u32 = form.inside.values().sum();
    let plain = form.inside.get(lower).copied().unwrap_or(0);
    // A name or an acronym keeps its capitals when hardly anybody writes it without, and more than once.
    if seen < 2 || plain * 4 > seen {
        return Some(lower.clone());
    }
    form.inside.iter().reduce(|a, b| if b.1 > a.1 { b } else { a }).map(|(w, _)| w.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(list: &[(&str, u32)]) -> BTreeMap<String, Form> {
        list.iter().map(|(word, count)| ((*word).to_owned(), Form { count: *count, ..Form::default() })).collect()
    }

    #[test]
    fn one_spelling_stands_for_those_that_differ_by_accents_alone() {
        let best = |here: &[(&str, u32)], all: &[(&str, u32)]| best(&forms(here), &forms(all)).unwrap();
        // Together they are more than the plural, which is one form.
        let here = [("ecole", 2), ("écoles", 4), ("école", 3)];
        assert_eq!(best(&here, &here), "école");
        assert_eq!(best(&[("ecole", 3), ("école", 3)], &[("ecole", 3), ("école", 3)]), "école");
        // A theme of careless writers, in a town that spells it.
        let all = [("ecole", 7), ("école", 40), ("écoles", 9)];
        assert_eq!(best(&[("ecole", 5), ("école", 1)], &all), "école");
        // Another word, which the theme does write so.
        let all = [("marche", 12), ("marché", 30)];
        assert_eq!(best(&[("marche", 9), ("marché", 1)], &all), "marche");
        assert_eq!(best(&[("coeur", 2), ("cœur", 3)], &[("coeur", 2), ("cœur", 3)]), "cœur");
    }
}
