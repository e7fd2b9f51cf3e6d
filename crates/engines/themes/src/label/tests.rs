use crate::text::fold;
use crate::{Language, Options, Text, find_themes};

/// The terms of all themes of the texts, folded.
fn shown(bodies: &[&str], language: Language) -> Vec<String> {
    let texts: Vec<Text<'_>> = bodies.iter().map(|b| Text::from(*b)).collect();
    let options = Options { language, ..Options::default() };
    let themes = find_themes(&texts, &options).themes;
    themes.iter().flat_map(|t| t.terms.iter().map(|w| fold(w))).collect()
}

const TOWN: &[&str] = &[
    "Mardi, on passe devant le gymnase avec ma fille : vingt minutes pour la navette, rue des Tanneurs.",
    "La navette coûte trente euros et on passe par la rue des Tanneurs, ma fille aussi.",
    "Une navette vers le gymnase : le mardi il passe vingt minutes à attendre, dit Martine.",
    "Ma fille prend la navette du gymnase, vingt minutes, chez Martine aux Tanneurs le mardi.",
    "Avec la navette, ils passent par le gymnase. Le chauffeur, c’est Martine, le mardi.",
];

#[test]
fn verbs_numbers_times_and_people_are_left_out() {
    let shown = shown(TOWN, Language::Fr).join(" ");
    assert!(shown.contains("navette") && shown.contains("gymnase"), "{shown}");
    for word in ["passe", "prend", "vingt", "trente", "minute", "euro", "mardi", "fille"] {
        assert!(!shown.contains(word), "{word} in {shown}");
    }
}

#[test]
fn names_of_people_and_streets_are_left_out() {
    let shown = shown(TOWN, Language::Fr).join(" ");
    for name in ["martine", "tanneurs"] {
        assert!(!shown.contains(name), "{name} in {shown}");
    }
}

#[test]
fn a_noun_follows_an_article_and_a_verb_a_pronoun() {
    // `zorle` and `bolard` are in no list: only the words before them tell what they are.
    let bodies = [
        "Dans la cantine, on zorle et ils zorlent le bolard",
        "Une cantine où il zorle avec un bolard",
        "Notre cantine : je zorle, donc mon bolard",
        "La cantine nous zorle sans bolard",
    ];
    let shown = shown(&bodies, Language::Fr);
    assert!(shown.iter().any(|w| w == "bolard"), "{shown:?}");
    assert!(!shown.iter().any(|w| w.contains("zorl")), "{shown:?}");
}

#[test]
fn the_noun_test_knows_the_other_languages() {
    let cases: [(Language, [&str; 3]); 5] = [
        (Language::En, ["They zorl on the tram", "We zorl with a tram", "You zorl, our tram"]),
        (Language::Es, ["Se zorla en el tram", "No zorla un tram", "Nos zorla del tram"]),
        (Language::It, ["Si zorla con il tram", "Non zorla un tram", "Ci zorla nel tram"]),
        (Language::Nl, ["Wij zorlen met de tram", "Ze zorlen in een tram", "Niet zorlen voor onze tram"]),
        (Language::De, ["Wir zorlen mit der Tram", "Sie zorlen eine Tram", "Man zorlen ohne Tram"]),
    ];
    for (language, bodies) in cases {
        let shown = shown(&bodies, language);
        assert_eq!(shown.first().map(String::as_str), Some("tram"), "{language:?} {shown:?}");
        assert!(!shown.iter().any(|w| w.contains("zorl")), "{language:?} {shown:?}");
    }
}
