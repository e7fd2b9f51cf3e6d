//! The uses of words in a corpus: one analysis that vectors, labels and quotes share.

use crate::context::{Before, Context, context};
use crate::text::{Class, Language, Token, Words, fold, stem, tokens};
use crate::themes::Text;
use std::collections::HashMap;

/// One use of a content word in a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Use {
    /// Number of the folded stem.
    pub term: u32,
    /// Place in the text, in bytes.
    pub start: usize,
    pub end: usize,
    /// Only spaces, a hyphen or small connecting words stand between this use and the one before.
    pub linked: bool,
    /// The first word of a sentence, where a capital means nothing.
    pub opens: bool,
    pub role: Role,
    /// What the word before makes of it.
    pub context: Context,
}

/// What a word may do in a label, the more the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    /// Nothing.
    Silent,
    /// Stand beside a name: `personnes` in `personnes âgées`.
    Part,
    /// Name a matter.
    Name,
}

/// All uses, text by text, and the stems they refer to.
pub(crate) struct Corpus {
    pub texts: Vec<Vec<Use>>,
    pub stems: Vec<String>,
}

#[derive(Default)]
struct Intern {
    stems: Vec<String>,
    ids: HashMap<String, u32>,
    /// What each word of a language is, `None` for a stop word: stemming once per word, not once per use.
    known: HashMap<(Language, String), Option<(u32, Role)>>,
}

impl Intern {
    fn look(&mut self, word: &str, language: Language) -> Option<(u32, Role)> {
        let key = (language, word.to_owned());
        if let Some(found) = self.known.get(&key) {
            return *found;
        }
        let words = Words::of(language);
        let found = match words.class(word) {
            Class::Function | Class::Filler => None,
            class => {
                let stem = stem(word, language);
                let role = match class {
                    _ if language == Language::Fr && looks_like_verb(word, language) => Role::Silent,
                    Class::Part => Role::Part,
                    // `limitation` has the stem of `limiter`: it names something in `limitation de vitesse` only.
                    Class::Content if words.generic_stem(&stem) => Role::Part,
                    Class::Content => Role::Name,
                    _ => Role::Silent,
                };
                (!stem.is_empty()).then(|| (self.id(stem), role))
            }
        };
        self.known.insert(key, found);
        found
    }

    fn id(&mut self, stem: String) -> u32 {
        let next = self.stems.len() as u32;
        *self.ids.entry(stem).or_insert_with_key(|s| {
            self.stems.push(s.clone());
            next
        })
    }
}

/// Reads the texts in their own language, or in `language` where they have none.
pub(crate) fn analyse(texts: &[Text<'_>], language: Language) -> Corpus {
    let mut intern = Intern::default();
    let texts = texts.iter().map(|t| uses(t.body, t.language.unwrap_or(language), &mut intern)).collect();
    Corpus { texts, stems: intern.stems }
}

/// The most small words that one term may hold: "accès à la culture" has two.
const MAX_CONNECTORS: usize = 2;

fn uses(body: &str, language: Language, intern: &mut Intern) -> Vec<Use> {
    let mut out: Vec<Use> = Vec::new();
    let mut chain: Option<usize> = None;
    let (mut last, mut earlier): (Option<Token>, Option<Token>) = (None, None);
    for token in tokens(body, language) {
        let from = last.as_ref().map_or(0, |t| t.end);
        let gap = body.get(from..token.start).unwrap_or_default();
        let opens = last.is_none() || gap.contains(['.', '!', '?', ':', '\n', '•', '«', '"', '*']);
        if !joins(gap) {
            chain = None;
        }
        let found = if token.elided { None } else { intern.look(&token.word, language) };
        if let Some((term, role)) = found {
            let before = last.as_ref().filter(|_| joins(gap)).map(|l| Before {
                word: &l.word,
                earlier: earlier.as_ref().map_or("", |e| &e.word),
                counts: out.last().is_some_and(|u| u.start == l.start),
                gap,
            });
            let capital = body.get(token.start..).is_some_and(|w| w.starts_with(char::is_uppercase));
            out.push(Use {
                term,
                start: token.start,
                end: token.end,
                linked: chain.is_some(),
                opens,
                role,
                context: context(&token.word, capital, before.as_ref(), language),
            });
            chain = Some(0);
        } else {
            let first = chain == Some(0) && !gap.contains('à');
            chain = chain.map(|n| n + 1).filter(|n| {
                *n <= MAX_CONNECTORS && connects(&token.word, language) && !(first && is_article(&token.word, language))
            });
        }
        earlier = last.replace(token);
    }
    out
}

/// An article alone joins no two words: `le bus le dimanche`.
fn is_article(word: &str, language: Language) -> bool {
    match language {
        Language::Fr => matches!(word, "le" | "la" | "les" | "l"),
        Language::Es => matches!(word, "el" | "la" | "los" | "las"),
        Language::En => word == "the",
        Language::Nl => matches!(word, "de" | "het"),
        Language::De | Language::It => false,
    }
}

/// What may stand between two words of one term. The one-letter words are no tokens, so they show up here.
fn joins(gap: &str) -> bool {
    let gap = gap.trim_matches([' ', '\u{a0}', '\u{202f}']);
    matches!(gap, "" | "-" | "'" | "’" | "à" | "a" | "e" | "y")
}

fn connects(word: &str, language: Language) -> bool {
    let list: &[&str] = match language {
        Language::Fr => &["de", "d", "du", "des", "la", "le", "les", "l", "au", "aux", "en"],
        Language::En => &["of", "the", "for"],
        Language::Es => &["de", "del", "la", "el", "los", "las"],
        Language::De => &["für", "der", "des"],
        Language::Nl => &["van", "de", "het", "voor"],
        Language::It => &["di", "del", "della", "dei", "delle", "dello", "degli", "dell", "d", "da", "per"],
    };
    list.contains(&word)
}

/// The folded stems of a text's content words, for callers that keep no corpus.
pub(crate) fn content_terms(body: &str, language: Language) -> Vec<String> {
    let words = Words::of(language);
    tokens(body, language)
        .into_iter()
        .filter(|t| !t.elided && !matches!(words.class(&t.word), Class::Function | Class::Filler))
        .map(|t| stem(&t.word, language))
        .filter(|s| !s.is_empty())
        .collect()
}

/// A form of conjugation or an infinitive: no name of a matter where a noun of the same stem exists.
pub(crate) fn looks_like_verb(word: &str, language: Language) -> bool {
    let w = fold(word);
    let long = w.chars().count() > 4;
    match language {
        Language::Fr => {
            let conjugated = ["ez", "aient", "erait", "eraient", "eront", "erions"].iter().any(|e| w.ends_with(e));
            let infinitive = w.ends_with("er") && (!w.ends_with("ier") || w.ends_with("fier") || w == "publier");
            let other = FRENCH_INFINITIVES.iter().any(|e| w.ends_with(e));
            other || long && !FRENCH_NOUNS_IN_ER.contains(&w.as_str()) && (conjugated || infinitive)
        }
        Language::Es => long && ["ar", "er", "ir", "ando", "iendo"].iter().any(|e| w.ends_with(e)),
        Language::It => long && ["are", "ere", "ire", "ando", "endo"].iter().any(|e| w.ends_with(e)),
        Language::En | Language::De | Language::Nl => false,
    }
}

/// An adjective or participle by its ending: it says less alone than a noun would.
pub(crate) fn looks_like_adjective(word: &str, language: Language) -> bool {
    let w = fold(word);
    let ends = |list: &[&str]| list.iter().any(|e| w.ends_with(e));
    match language {
        Language::Fr => {
            let stem = w.trim_end_matches('s');
            let adjective = ["if", "ive", "een", "eenne", "eux", "euse", "able", "ible", "ique"];
            let participle = word.trim_end_matches('s').trim_end_matches('e').ends_with('é') && !stem.ends_with("te");
            adjective.iter().any(|e| stem.ends_with(e)) || participle && !FRENCH_NOUNS_IN_E.contains(&stem)
        }
        Language::Es => ends(&["ivo", "iva", "able", "ible", "ado", "ada", "oso", "osa"]),
        Language::It => ends(&["ivo", "iva", "abile", "ibile", "ato", "ata", "oso", "osa"]),
        Language::De => ends(&["lich", "liche", "lichen", "ig", "ige", "igen", "isch", "ische", "ischen"]),
        Language::En => ends(&["ful", "able", "ible", "ive", "ous"]),
        Language::Nl => ends(&["lijk", "lijke", "ig", "ige", "isch", "ische"]),
    }
}

/// Infinitives that end in no -er.
const FRENCH_INFINITIVES: &[&str] = &[
    "uire", "crire", "ouvrir", "offrir", "prendre", "mettre", "rendre", "battre", "attendre", "etendre", "pondre",
    "traire",
];

/// Nouns that end like a participle.
const FRENCH_NOUNS_IN_E: &[&str] = &[
    "allee",
    "cafe",
    "chaussee",
    "cheminee",
    "conge",
    "degre",
    "donnee",
    "duree",
    "employe",
    "entree",
    "fusee",
    "handicape",
    "journee",
    "lycee",
    "marche",
    "musee",
    "portee",
    "pre",
    "prive",
    "rentree",
    "salarie",
    "soiree",
    "trophee",
    "vallee",
    "arrivee",
    "assemblee",
    "retraite",
    "depute",
    "refugie",
];

const FRENCH_NOUNS_IN_ER: [&str; 30] = [
    "hiver",
    "loyer",
    "foyer",
    "danger",
    "cancer",
    "berger",
    "verger",
    "clocher",
    "plancher",
    "boulanger",
    "etranger",
    "hacker",
    "leader",
    "poster",
    "skater",
    "cluster",
    "scooter",
    "rocher",
    "coucher",
    "gouter",
    "dejeuner",
    "diner",
    "souper",
    "reporter",
    "super",
    "cahier",
    "fichier",
    "bucher",
    "ouvrier",
    "chez",
];
