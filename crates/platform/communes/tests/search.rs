//! Searching the real list of communes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

use parvis_communes::{Commune, MAX_RESULTS, by_code, count, km, memory_bytes, search};

fn first(query: &str) -> Option<&'static str> {
    search(query, 10).first().map(|c| c.code())
}

fn names(query: &str, limit: usize) -> Vec<&'static str> {
    search(query, limit).iter().map(|c| c.name()).collect()
}

#[test]
fn the_whole_list_is_there() {
    assert_eq!(count(), 34_969);
    let size = memory_bytes();
    println!("memory: {size} bytes");
    assert!(size < 3_000_000, "{size} bytes");
}

#[test]
fn a_commune_tells_everything() {
    let c = by_code("42218").unwrap();
    assert_eq!((c.name(), c.department_code(), c.department_name()), ("Saint-Étienne", "42", "Loire"));
    assert_eq!(c.population(), Some(173_136));
    assert_eq!(c.postcodes().collect::<Vec<_>>(), ["42000", "42100", "42230"]);
    assert_eq!(by_code("98412").map(|c| (c.population(), c.postcodes().count())), Some((None, 0)));
    assert_eq!(by_code("2A004").map(Commune::name), Some("Ajaccio"));
    for unknown in ["", "0", "99999", "4221", "422180", "é", "75101"] {
        assert!(by_code(unknown).is_none(), "{unknown}");
    }
}

#[test]
fn a_commune_is_where_it_is() {
    let around = |code: &str| by_code(code).and_then(Commune::around);
    for (code, lon, lat) in
        [("75056", 2.35, 48.85), ("72181", 0.20, 48.00), ("2A004", 8.74, 41.92), ("97411", 55.45, -20.88)]
    {
        let found = around(code).unwrap();
        assert!(km((found.lon, found.lat), (lon, lat)) < 3.0 && found.own, "{code}: {found:?}");
    }
    // Of a small one its department alone is known.
    let small = around("72004").unwrap();
    assert!(!small.own && (60.0..120.0).contains(&small.km), "{small:?}");
    assert!(km((small.lon, small.lat), (0.20, 48.00)) < 25.0, "{small:?}");
    assert_eq!(around("98818"), None, "nothing is known of New Caledonia");
    let to_paris = km((0.20, 48.00), (2.35, 48.85));
    assert!((180.0..190.0).contains(&to_paris), "{to_paris}");
}

#[test]
fn every_commune_is_found_by_its_own_code_and_name() {
    for department in (1..=19).chain(21..=95).chain([971, 972, 973, 974, 976, 987, 988]) {
        for c in search(&format!("{department:02}"), MAX_RESULTS) {
            assert_eq!(by_code(c.code()).map(Commune::name), Some(c.name()));
            assert!(!c.department_name().is_empty() && !c.name().is_empty());
        }
    }
}

#[test]
fn by_name_however_typed() {
    for query in [
        "st etienne",
        "Saint-Étienne",
        "SAINT ETIENNE",
        "saintetienne",
        "st-étienne 42",
        "Saint Étienne (42000)",
        "st etienne loire",
    ] {
        assert_eq!(first(query), Some("42218"), "{query}");
    }
    for query in ["hay les roses", "L'Haÿ-les-Roses", "l’hay les roses", "lhay", "Hay\u{308} les roses", "haylesroses"]
    {
        assert_eq!(first(query), Some("94038"), "{query}");
    }
    for query in ["Le Mans", "mans", "lemans", "le mans 72", "le mans 🎉"] {
        assert_eq!(first(query), Some("72181"), "{query}");
    }
    assert_eq!(first("paris"), Some("75056"));
    assert_eq!(first("st"), first("saint"));
    assert!(names("st", 200).contains(&"Strasbourg"));
    assert_eq!(first("ste genevieve bois"), Some("91549"));
    assert_eq!(first("roses hay"), Some("94038"), "words in any order");
    assert_eq!(first("vienne"), Some("38544"));
    assert_eq!(first("saint denis reunion"), Some("97411"));
}

#[test]
fn exact_then_beginning_then_words_then_population() {
    let found = names("paris", 10);
    assert_eq!(found.first(), Some(&"Paris"));
    assert!(found.get(1).is_some_and(|n| n.starts_with("Paris")));
    let populations: Vec<_> =
        search("saint denis", 50).iter().filter(|c| c.name() == "Saint-Denis").map(|c| c.population()).collect();
    assert!(populations.len() >= 2 && populations.windows(2).all(|w| w[0] >= w[1]), "{populations:?}");
}

#[test]
fn by_postcode_department_and_district() {
    assert_eq!(first("42000"), Some("42218"));
    assert_eq!(first("42 000"), Some("42218"));
    assert_eq!(first("4200"), Some("42218"));
    assert_eq!(first("2A"), Some("2A004"));
    assert_eq!(first("paris 75"), Some("75056"));
    assert_eq!(first("Paris 12"), Some("75056"));
    assert_eq!(first("Paris 12e arrondissement"), Some("75056"));
    assert_eq!(first("lyon 3e"), Some("69123"));
    assert_eq!(first("strasbourg 42"), None);
    assert_eq!(first("97400"), Some("97411"));
    assert!(search("97", 50).iter().all(|c| c.code().starts_with("97")));
    assert_eq!(first("papeete"), Some("98735"));
    assert_eq!(first("fort de france"), Some("97209"));
    assert_eq!(first("mamoudzou 976"), Some("97611"));
}

#[test]
fn nothing_for_what_means_nothing() {
    for query in ["", "   ", "🎉", "' - ’", "zzzzqqq", "%", "\0", "中文", "99999", "0"] {
        let found = search(query, 10);
        assert!(found.is_empty() || query == "0", "{query}: {found:?}");
    }
    assert!(search(&"a".repeat(10_000), 10).is_empty());
    assert!(search(&"é ".repeat(5_000), 10).is_empty());
    assert!(search(&"\u{301}".repeat(10_000), 10).is_empty());
    assert!(search("paris", 0).is_empty());
    assert_eq!(search("a", usize::MAX).len(), MAX_RESULTS);
}
