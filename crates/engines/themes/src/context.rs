//! What the word before says about a word: a cheap test for nouns and verbs, without a grammar.
//!
//! French writes a noun after an article or a preposition (`la cantine`, `sans voiture`) and a verb after a pronoun or a
//! negation (`on passe`, `ne passe`). Over all uses of a word that tells `une piste` from `il insiste`. German
//! writes nouns with a capital, which is a better sign still.

use crate::text::Language;

/// What the surroundings of one use make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Context {
    /// Nothing: the start of a sentence, a list.
    Free,
    /// A noun.
    Noun,
    /// A verb.
    Verb,
    /// No noun: often an adjective.
    Other,
}

/// Small words of one language.
struct Small {
    determiners: &'static [&'static str],
    /// Articles that are pronouns too: `les` in `on les enlève`.
    both: &'static [&'static str],
    prepositions: &'static [&'static str],
    /// What stands before a verb.
    pronouns: &'static [&'static str],
    /// Endings of infinitives, which follow prepositions too.
    infinitives: &'static [&'static str],
    /// A noun often follows another word that counts: `bus stop`, `sichere Wege`.
    compounds: bool,
}

/// The words around a use: the word before, the one before that, whether that is a word that counts.
pub(crate) struct Before<'a> {
    pub word: &'a str,
    pub earlier: &'a str,
    pub counts: bool,
    /// What stands between the word before and this one.
    pub gap: &'a str,
}

/// The context of `word`, which starts with a capital or not; `before` is `None` where a sentence or a part starts.
pub(crate) fn context(word: &str, capital: bool, before: Option<&Before<'_>>, language: Language) -> Context {
    let Some(before) = before else {
        return Context::Free;
    };
    if language == Language::De {
        return if capital { Context::Noun } else { Context::Other };
    }
    let small = small(language);
    let has = |list: &[&str], w: &str| list.contains(&w);
    let infinitive = word.chars().count() > 4 && small.infinitives.iter().any(|e| word.ends_with(e));
    let bare = before.gap.trim_matches(|c: char| c.is_whitespace() || c == '-');
    if has(small.prepositions, bare) || has(small.prepositions, before.word) {
        return if infinitive { Context::Verb } else { Context::Noun };
    }
    if has(small.both, before.word) {
        return if has(small.pronouns, before.earlier) || infinitive && before.earlier == "de" {
            Context::Verb
        } else {
            Context::Noun
        };
    }
    if has(small.determiners, before.word) {
        Context::Noun
    } else if has(small.pronouns, before.word) {
        Context::Verb
    } else if small.compounds && before.counts {
        Context::Free
    } else {
        Context::Other
    }
}

fn small(language: Language) -> &'static Small {
    match language {
        Language::Fr => &FRENCH,
        Language::En => &ENGLISH,
        Language::Es => &SPANISH,
        Language::It => &ITALIAN,
        Language::De | Language::Nl => &DUTCH,
    }
}

const FRENCH: Small = Small {
    determiners: &[
        "un",
        "une",
        "des",
        "du",
        "au",
        "aux",
        "ce",
        "cet",
        "cette",
        "ces",
        "mon",
        "ma",
        "mes",
        "ton",
        "ta",
        "tes",
        "son",
        "sa",
        "ses",
        "notre",
        "nos",
        "votre",
        "vos",
        "leur",
        "leurs",
        "quel",
        "quelle",
        "quels",
        "quelles",
        "chaque",
        "aucun",
        "aucune",
        "plusieurs",
        "quelques",
        "quelque",
        "certains",
        "certaines",
        "deux",
        "trois",
        "quatre",
        "cinq",
        "six",
        "huit",
        "dix",
        "vingt",
        "trente",
        "cent",
        "mille",
        "premier",
        "première",
        "premiers",
        "deuxième",
        "grand",
        "grande",
        "grands",
        "grandes",
        "petit",
        "petite",
        "petits",
        "petites",
        "nouveau",
        "nouvel",
        "nouvelle",
        "nouveaux",
        "nouvelles",
        "vieux",
        "vieille",
        "beau",
        "belle",
        "bon",
        "bonne",
        "vrai",
        "vraie",
        "vrais",
        "vraies",
        "autre",
        "autres",
        "même",
        "mêmes",
        "seul",
        "seule",
        "ancien",
        "ancienne",
        "anciens",
    ],
    both: &["le", "la", "les", "l"],
    prepositions: &[
        "de", "d", "à", "en", "dans", "sur", "sous", "par", "pour", "sans", "avec", "vers", "contre", "entre",
    ],
    pronouns: &[
        "je", "j", "tu", "il", "elle", "on", "nous", "vous", "ils", "elles", "ne", "n", "se", "s", "me", "m", "te",
        "t", "qui", "ça", "y", "lui", "peut", "veut", "doit", "faut", "va", "vais", "vont", "peuvent", "doivent",
        "fait", "faire", "pas",
    ],
    infinitives: &["er", "ir", "re"],
    compounds: false,
};

const ENGLISH: Small = Small {
    determiners: &[
        "the", "a", "an", "my", "our", "your", "their", "his", "her", "its", "this", "these", "those", "some", "any",
        "no", "each", "every", "more", "new", "good", "two", "three", "four", "many", "fewer", "free", "other",
    ],
    both: &[],
    prepositions: &["of", "in", "on", "at", "by", "for", "with", "without", "from", "near"],
    pronouns: &[
        "i", "you", "he", "she", "we", "they", "who", "to", "not", "don't", "can", "could", "should", "would", "will",
        "must", "please",
    ],
    infinitives: &["ing"],
    compounds: true,
};

const SPANISH: Small = Small {
    determiners: &[
        "el", "un", "una", "unos", "unas", "del", "al", "este", "esta", "estos", "estas", "ese", "esa", "mi", "mis",
        "tu", "su", "sus", "nuestro", "nuestra", "nuestros", "nuestras", "cada", "más", "dos", "tres", "otro", "otra",
        "otros", "otras", "nuevo", "nueva", "gran",
    ],
    both: &["la", "los", "las", "lo"],
    prepositions: &["de", "a", "en", "por", "para", "sin", "con", "hacia", "sobre", "contra"],
    pronouns: &["yo", "él", "ella", "nosotros", "ellos", "ellas", "no", "se", "me", "te", "nos", "que", "quien"],
    infinitives: &["ar", "er", "ir"],
    compounds: false,
};

const ITALIAN: Small = Small {
    determiners: &[
        "il", "un", "uno", "una", "i", "del", "della", "dei", "delle", "dello", "degli", "dell", "al", "alla", "ai",
        "alle", "agli", "all", "nel", "nella", "nei", "nelle", "nell", "sul", "sulla", "sui", "sulle", "dal", "dalla",
        "questo", "questa", "questi", "queste", "mio", "mia", "nostro", "nostra", "ogni", "più", "due", "tre", "altri",
        "altre", "nuovo", "nuova", "nuovi", "nuove",
    ],
    both: &["la", "lo", "le", "gli", "l"],
    prepositions: &["di", "d", "a", "in", "per", "con", "senza", "da", "su", "tra"],
    pronouns: &["io", "lui", "lei", "noi", "loro", "non", "si", "mi", "ti", "ci", "che", "chi"],
    infinitives: &["are", "ere", "ire"],
    compounds: false,
};

const DUTCH: Small = Small {
    determiners: &[
        "de", "het", "een", "mijn", "onze", "ons", "jullie", "hun", "zijn", "haar", "dit", "deze", "die", "dat",
        "geen", "elke", "elk", "meer", "minder", "twee", "drie", "veel", "nieuwe", "nieuw", "goede", "grote", "kleine",
    ],
    both: &[],
    prepositions: &["van", "in", "op", "aan", "bij", "voor", "met", "zonder", "naar", "naast", "tegen", "per"],
    pronouns: &["ik", "je", "jij", "hij", "zij", "ze", "we", "wij", "er", "te", "niet", "wie", "men"],
    infinitives: &[],
    compounds: true,
};
