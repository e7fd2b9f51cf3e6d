//! Themes from end to end: small corpora, odd texts, and the real rows when the fixtures are there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

use parvis_themes::measure::agreement;
use parvis_themes::quotes::{LONGEST_QUOTE, quotes};
use parvis_themes::text::{Language, fold};
use parvis_themes::{Options, Text, Themes, find_themes};
use proptest::prelude::*;
use std::collections::HashSet;
use std::path::Path;

fn texts<'a>(bodies: &'a [String]) -> Vec<Text<'a>> {
    bodies.iter().map(|b| Text::from(b.as_str())).collect()
}

fn owned(bodies: &[&str]) -> Vec<String> {
    bodies.iter().map(|b| (*b).to_owned()).collect()
}

fn check(found: &Themes, count: usize) {
    assert_eq!(found.assignment.len(), count);
    let mut seen = vec![None; count];
    let mut labels = HashSet::new();
    for (i, theme) in found.themes.iter().enumerate() {
        assert!(!theme.label.is_empty() && !theme.terms.is_empty());
        let mut words: Vec<String> = theme.label.split(", ").map(str::to_lowercase).collect();
        words.sort();
        assert!(labels.insert(words), "the label {:?} is there twice", theme.label);
        assert_eq!(theme.members.len(), theme.centrality.len());
        assert!(theme.centrality.is_sorted_by(|a, b| a >= b));
        for m in &theme.members {
            seen[*m] = Some(i);
        }
    }
    assert_eq!(seen, found.assignment);
    assert!(found.themes.is_sorted_by(|a, b| a.members.len() >= b.members.len()));
    assert_eq!(found.notes.classified, found.assignment.iter().flatten().count());
}

const TOWN: &[&str] = &[
    "Il faut des pistes cyclables sécurisées jusqu’au collège",
    "Une piste cyclable séparée des voitures sur le boulevard",
    "Les pistes cyclables s'arrêtent au milieu du boulevard, c'est dangereux à vélo",
    "Plus de pistes cyclables et d’arceaux pour attacher son vélo",
    "Je ne prends pas mon vélo : aucune piste cyclable continue",
    "Des pistes cyclables éclairées la nuit, merci",
    "La garde d’enfants coûte trop cher le mercredi",
    "Aider les familles pour la garde d'enfants en horaires décalés",
    "Trouver une garde d’enfants est un parcours du combattant, il manque des places en crèche",
    "Une crèche municipale et une aide à la garde d’enfants",
    "Créer une crèche pour la garde d’enfants des soignants",
    "Ouvrir la médiathèque le dimanche",
    "La médiathèque ferme trop tôt le samedi et le dimanche",
    "Des soirées jeux à la médiathèque",
    "Une médiathèque ouverte le dimanche pour les étudiants",
    "🚲",
    "",
    "12 / 2024",
    "d'accord",
];

#[test]
fn a_small_town_gets_labels_that_read_well() {
    let bodies = owned(TOWN);
    let found = find_themes(&texts(&bodies), &Options::default());
    check(&found, bodies.len());
    let labels: Vec<&str> = found.themes.iter().map(|t| t.label.as_str()).collect();
    assert_eq!(labels.len(), 3, "{labels:?}");
    assert!(labels[0].starts_with("Pistes cyclables"), "{labels:?}");
    assert!(labels[1].starts_with("Garde d’enfants"), "{labels:?}");
    assert!(labels[2].starts_with("Médiathèque"), "{labels:?}");
    assert_eq!(&found.assignment[15..], &[None, None, None, None]);
}

#[test]
fn quotes_are_word_for_word() {
    let bodies = owned(TOWN);
    let texts = texts(&bodies);
    for theme in find_themes(&texts, &Options::default()).themes {
        let found = quotes(&texts, &theme.members, &theme.terms, Language::Fr, 2);
        assert_eq!(found.len(), 2);
        for (text, quote) in found {
            assert_eq!(bodies[text].get(quote.start..quote.start + quote.text.len()), Some(quote.text));
            assert!(quote.text.chars().count() <= LONGEST_QUOTE && quote.hits > 0);
        }
    }
}

#[test]
fn each_text_may_have_a_language_of_its_own() {
    let german = ["Mehr Radwege in der Innenstadt", "Sichere Radwege zur Schule", "Radwege am Bahnhof"];
    let dutch = ["Een nieuw zwembad voor de wijk", "Het zwembad is te duur", "Zwembad langer open"];
    let tagged = |list: [&'static str; 3], language| list.map(|body| Text { body, language: Some(language) });
    let all: Vec<Text<'_>> = tagged(german, Language::De).into_iter().chain(tagged(dutch, Language::Nl)).collect();
    let found = find_themes(&all, &Options::default());
    let labels: Vec<String> = found.themes.iter().map(|t| fold(&t.label)).collect();
    assert_eq!(labels.len(), 2, "{labels:?}");
    assert!(labels[0].starts_with("radwege") && labels[1].starts_with("zwembad"), "{labels:?}");
}

#[test]
fn odd_input_is_no_error() {
    let long = "vélo école ".repeat(10_000);
    let cases: Vec<Vec<String>> = vec![
        vec![],
        owned(&[""]),
        owned(&["vélo"]),
        owned(&["\0", "مرحبا بالعالم", "🚲🚲", "le la les"]),
        vec!["La cantine doit être bio".to_owned(); 300],
        vec![long; 3],
        (0..20).map(|i| format!("mot{i}a unique{i}b")).collect(),
        owned(&["améliorer le problème", "améliorer un problème", "améliorer ce problème"]),
    ];
    for bodies in cases {
        let found = find_themes(&texts(&bodies), &Options::default());
        check(&found, bodies.len());
    }
    let same = vec!["La cantine doit être bio".to_owned(); 300];
    assert_eq!(find_themes(&texts(&same), &Options::default()).notes.classified, 300);
    let none = Options { neighbours: 0, label_terms: 0, min_theme_size: 0, resolution: f64::NAN, ..Options::default() };
    check(&find_themes(&texts(&owned(TOWN)), &none), TOWN.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn any_texts_give_a_sound_and_repeatable_result(
        bodies in prop::collection::vec("([a-eé]{2,3}( |-|’|\\. |\n)){0,12}|\\PC{0,40}", 0..60),
        seed in 0u64..9,
    ) {
        let options = Options { seed, ..Options::default() };
        let found = find_themes(&texts(&bodies), &options);
        check(&found, bodies.len());
        prop_assert_eq!(&found, &find_themes(&texts(&bodies), &options));
        for theme in &found.themes {
            for (text, quote) in quotes(&texts(&bodies), &theme.members, &theme.terms, Language::Fr, 3) {
                prop_assert!(bodies[text].contains(quote.text));
                prop_assert!(quote.text.chars().count() <= LONGEST_QUOTE);
            }
        }
    }
}

/// Body (title and text) and section of each real row, or nothing.
fn fixture() -> Option<(Vec<String>, Vec<String>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let path = root.join("../shared/fixtures/contributions/republique-numerique.csv");
    let mut reader = csv::Reader::from_path(path).ok()?;
    let head = reader.headers().ok()?.clone();
    let place = |name: &str| head.iter().position(|c| c == name);
    let (title, text, section) = (place("title")?, place("text")?, place("section")?);
    let rows =
        reader.records().map(|r| r.ok().map(|r| (format!("{}\n{}", &r[title], &r[text]), r[section].to_owned())));
    rows.collect::<Option<Vec<_>>>().map(|rows| rows.into_iter().unzip())
}

#[test]
fn real_rows_agree_with_their_sections() {
    let Some((bodies, sections)) = fixture() else {
        println!("no ../shared/fixtures/contributions/republique-numerique.csv: the real rows are not checked");
        return;
    };
    let found = find_themes(&texts(&bodies), &Options::default());
    check(&found, bodies.len());
    let measured = agreement(&found.assignment, &sections);
    println!("{} themes, {measured:?}, {:?}", found.themes.len(), found.notes);
    assert!(measured.nmi >= 0.20, "{measured:?}");
    assert!((8..60).contains(&found.themes.len()));
    assert!(found.notes.classified * 20 > bodies.len() * 19);
}

#[test]
fn labels_show_no_signature() {
    let tail = "\nJeanne Exemple\nrue des Lilas";
    let bodies: Vec<String> = (0..12)
        .map(|i| {
            let place = ["boulevard", "collège", "gare", "stade"][i % 4];
            format!("Il faudrait des pistes cyclables sécurisées près du {place} pour rouler à vélo sans danger chaque matin, avec des arceaux, des feux et un marquage au sol.{tail}")
        })
        .collect();
    for theme in find_themes(&texts(&bodies), &Options::default()).themes {
        let shown = fold(&theme.terms.join(" "));
        assert!(!shown.contains("jeanne") && !shown.contains("exemple"), "{:?}", theme.terms);
        assert!(shown.contains("piste"), "{:?}", theme.terms);
    }
}
