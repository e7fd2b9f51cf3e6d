//! Classes of words: grammar, words without a matter of their own, and words that labels avoid.

use super::{Language, fold, is_apostrophe, stem};
use std::collections::HashSet;
use std::sync::OnceLock;

/// How much a word says about the matter of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// Grammar (articles, pronouns, auxiliaries): search and themes both skip it.
    Function,
    /// No matter of its own (`faire`, `très`): themes skip it, search keeps it.
    Filler,
    /// Counts in similarity, never shown in a label (`améliorer`, `problème`).
    Generic,
    /// Too wide alone, a name with another word: `personnes` in `personnes âgées`.
    Part,
    /// A word that can name a matter.
    Content,
}

/// The word lists of one language.
pub(crate) struct Words {
    language: Language,
    function: HashSet<String>,
    filler: HashSet<String>,
    generic: HashSet<String>,
    verbs: HashSet<String>,
    part: HashSet<String>,
    generic_stems: HashSet<String>,
}

impl Words {
    /// The lists of a language, built once.
    pub(crate) fn of(language: Language) -> &'static Self {
        static ALL: [OnceLock<Words>; 6] = [const { OnceLock::new() }; 6];
        let slot = ALL.get(language.index()).unwrap_or(&ALL[0]);
        slot.get_or_init(|| Self::build(language))
    }

    fn build(language: Language) -> Self {
        let function = stop_words::lookup(language.code()).unwrap_or_default();
        let (filler, generic) = lists(language);
        let part = spellings(listed(generic).filter_map(|w| w.strip_prefix('+')));
        let generic = spellings(listed(generic).filter(|w| !w.starts_with('+')));
        Self {
            language,
            function: spellings(function.iter().copied()),
            filler: spellings(listed(filler)),
            generic_stems: generic.iter().map(|w| stem(w, language)).collect(),
            verbs: spellings(listed(verbs(language))),
            generic,
            part,
        }
    }

    /// The class of a lowercase word. An accent that was left out does not hide a stop word (`etre`), while an
    /// accent that makes another word does (`maïs` is no `mais`).
    pub(crate) fn class(&self, word: &str) -> Class {
        if self.function.contains(word) {
            Class::Function
        } else if self.filler.contains(word) {
            Class::Filler
        } else if self.generic.contains(word) || self.verbs.contains(word) || self.looks_like_adverb(word) {
            Class::Generic
        } else if self.part.contains(word) {
            Class::Part
        } else {
            Class::Content
        }
    }

    /// Whether a stem is that of a word no label shows.
    pub(crate) fn generic_stem(&self, stem: &str) -> bool {
        self.generic_stems.contains(stem)
    }

    fn looks_like_adverb(&self, word: &str) -> bool {
        let folded = fold(word);
        let ends = |list: &[&str]| list.iter().any(|e| folded.ends_with(e));
        match self.language {
            Language::Fr => folded.ends_with("ment") && ends(FRENCH_ADVERBS) && !ends(FRENCH_NOUNS_IN_MENT),
            Language::Es => folded.len() > 8 && ends(&["mente"]),
            Language::It => folded.len() > 8 && ends(&["mente"]),
            _ => false,
        }
    }
}

/// Endings of French adverbs in -ment. Nouns share the last four letters (`logement`), so the letters before decide.
const FRENCH_ADVERBS: &[&str] = &["ement", "amment", "emment", "ument", "iment"];

/// Nouns in -ment, so that the rule above leaves them alone: what citizens of a town write about.
const FRENCH_NOUNS_IN_MENT: &[&str] = &[
    "abaissement",
    "abattement",
    "abonnement",
    "aboutissement",
    "accompagnement",
    "accouchement",
    "accroissement",
    "acharnement",
    "acheminement",
    "achevement",
    "agrement",
    "ajustement",
    "alignement",
    "aliment",
    "allegement",
    "allongement",
    "alourdissement",
    "amenagement",
    "amendement",
    "appartement",
    "approfondissement",
    "approvisionnement",
    "argument",
    "armement",
    "arrondissement",
    "assainissement",
    "asservissement",
    "attachement",
    "avancement",
    "avenement",
    "avertissement",
    "bannissement",
    "batiment",
    "blanchiment",
    "boisement",
    "bombardement",
    "branchement",
    "campement",
    "cantonnement",
    "cautionnement",
    "changement",
    "chargement",
    "cheminement",
    "chiffrement",
    "ciment",
    "classement",
    "cloisonnement",
    "commandement",
    "compartiment",
    "complement",
    "comportement",
    "conditionnement",
    "consentement",
    "contentement",
    "contournement",
    "croisement",
    "dedommagement",
    "defrichement",
    "degagement",
    "demenagement",
    "denombrement",
    "denouement",
    "departement",
    "depassement",
    "depistement",
    "deplacement",
    "deploiement",
    "dereglement",
    "deroulement",
    "desarmement",
    "desenclavement",
    "dessaisissement",
    "detachement",
    "detournement",
    "developpement",
    "discernement",
    "divertissement",
    "document",
    "dysfonctionnement",
    "ecoulement",
    "effondrement",
    "elargissement",
    "element",
    "empietement",
    "emplacement",
    "encadrement",
    "encombrement",
    "endettement",
    "enfouissement",
    "engagement",
    "enregistrement",
    "enrichissement",
    "enseignement",
    "ensoleillement",
    "entrainement",
    "environnement",
    "epanouissement",
    "equipement",
    "essoufflement",
    "etablissement",
    "etalement",
    "etonnement",
    "evenement",
    "excrement",
    "financement",
    "firmament",
    "fleurissement",
    "fonctionnement",
    "fondement",
    "fragment",
    "franchissement",
    "froissement",
    "frottement",
    "gisement",
    "glissement",
    "gouvernement",
    "grondement",
    "groupement",
    "harcelement",
    "hebergement",
    "hurlement",
    "instrument",
    "investissement",
    "isolement",
    "jaillissement",
    "jugement",
    "licenciement",
    "logement",
    "lotissement",
    "manquement",
    "medicament",
    "moment",
    "monument",
    "morcellement",
    "mouvement",
    "ornement",
    "paiement",
    "pansement",
    "parement",
    "parlement",
    "pavement",
    "perfectionnement",
    "peuplement",
    "piment",
    "placement",
    "plafonnement",
    "positionnement",
    "prelevement",
    "prolongement",
    "questionnement",
    "raccordement",
    "raisonnement",
    "ralentissement",
    "rangement",
    "rapprochement",
    "rassemblement",
    "rattachement",
    "rayonnement",
    "reboisement",
    "recensement",
    "rechauffement",
    "recouvrement",
    "recrutement",
    "redressement",
    "referencement",
    "refroidissement",
    "regiment",
    "reglement",
    "regroupement",
    "rejointoiement",
    "relevement",
    "remaniement",
    "remboursement",
    "remplacement",
    "rendement",
    "renforcement",
    "renouvellement",
    "renseignement",
    "retablissement",
    "retournement",
    "retrecissement",
    "revetement",
    "roulement",
    "ruissellement",
    "sacrement",
    "segment",
    "sentiment",
    "serment",
    "signalement",
    "soulagement",
    "soulevement",
    "stationnement",
    "supplement",
    "surclassement",
    "tarissement",
    "tassement",
    "telechargement",
    "temperament",
    "testament",
    "traitement",
    "tutoiement",
    "verdissement",
    "versement",
    "vetement",
    "vieillissement",
    "virement",
];

fn lists(language: Language) -> (&'static str, &'static str) {
    match language {
        Language::Fr => (include_str!("words/fr.txt"), include_str!("words/fr_label.txt")),
        Language::En => (include_str!("words/en.txt"), include_str!("words/en_label.txt")),
        Language::Es => (include_str!("words/es.txt"), include_str!("words/es_label.txt")),
        Language::De => (include_str!("words/de.txt"), include_str!("words/de_label.txt")),
        Language::Nl => (include_str!("words/nl.txt"), include_str!("words/nl_label.txt")),
        Language::It => (include_str!("words/it.txt"), include_str!("words/it_label.txt")),
    }
}

/// Forms of frequent verbs, where endings and the words before do not tell them.
fn verbs(language: Language) -> &'static str {
    match language {
        Language::Fr => include_str!("words/fr_verbs.txt"),
        _ => "",
    }
}

fn listed(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|l| !l.starts_with('#')).flat_map(str::split_whitespace)
}

/// Each word as written and without accents, apostrophes alike.
fn spellings<'a>(words: impl Iterator<Item = &'a str>) -> HashSet<String> {
    let mut out = HashSet::new();
    for word in words {
        let plain: String = word.to_lowercase().chars().map(|c| if is_apostrophe(c) { '\'' } else { c }).collect();
        out.insert(fold(&plain));
        out.insert(plain);
    }
    out
}
