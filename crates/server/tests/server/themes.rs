//! `parvis themes` as it is called: on a small file of obvious matters.

use std::{collections::BTreeMap, fs, process::Output};

/// Three matters, each in words of its own.
const MATTERS: [(&str, [&str; 12]); 3] = [
    (
        "vélo",
        [
            "Une piste cyclable sur le pont, pour rouler à vélo sans peur",
            "Des arceaux pour attacher son vélo devant la gare",
            "La piste cyclable s’arrête au milieu du boulevard",
            "Rouler à vélo sur le boulevard est dangereux",
            "Il faudrait une piste cyclable jusqu’à la gare",
            "Un vélo volé chaque semaine : des arceaux solides à la gare",
            "Élargir la piste cyclable du pont",
            "Le pont est trop étroit pour un vélo et une voiture",
            "Des arceaux à vélo devant la piscine et la gare",
            "Une piste cyclable séparée sur tout le boulevard",
            "Les trous du boulevard font tomber à vélo",
            "Prolonger la piste cyclable après le pont",
        ],
    ),
    (
        "cantine",
        [
            "Des repas bio à la cantine de l’école",
            "La cantine jette trop de pain chaque midi",
            "Un repas végétarien par semaine à la cantine",
            "Les enfants mangent trop vite à la cantine",
            "Des légumes de saison dans les repas des enfants",
            "La cantine de l’école maternelle est trop bruyante",
            "Des repas préparés sur place, pas réchauffés",
            "Moins de viande et plus de légumes à la cantine",
            "Que les enfants goûtent des légumes nouveaux à l’école",
            "Le prix des repas de la cantine selon le revenu",
            "Un vrai cuisinier à la cantine de l’école",
            "Les repas des enfants servis dans de vraies assiettes",
        ],
    ),
    (
        "arbres",
        [
            "Planter des arbres sur la place pour avoir de l’ombre",
            "Le square manque d’ombre en été",
            "Arroser les jeunes arbres du square pendant la canicule",
            "Plus d’ombre et une fontaine au square",
            "Ne plus couper les arbres de l’avenue",
            "Des arbres fruitiers dans le square",
            "Une fontaine et des arbres sur la place",
            "L’ombre des platanes de l’avenue est précieuse",
            "Planter des arbres dans chaque avenue minérale",
            "La fontaine du square est à sec tout l’été",
            "Des bancs à l’ombre des arbres de la place",
            "Planter des haies et des arbres autour du square",
        ],
    ),
];

/// The rows: one of each matter in turn, so that no order of the file helps.
fn rows() -> Vec<(&'static str, &'static str)> {
    (0..12).flat_map(|i| MATTERS.map(|(matter, texts)| (matter, texts[i]))).collect()
}

fn themes(more: &[&str]) -> Output {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("avis.csv");
    let lines: Vec<String> = rows().iter().map(|(matter, text)| format!("{text};{matter}")).collect();
    fs::write(&file, format!("texte;sujet\n{}\n", lines.join("\n"))).unwrap();
    let args = [&["themes", file.to_str().unwrap(), "--text", "texte"], more].concat();
    let output = crate::support::process::parvis(dir.path(), &args).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

/// NMI, AMI and ARI as the command writes them.
fn measures(said: &str) -> [f64; 3] {
    let line = said.lines().find(|l| l.starts_with("face à « sujet » : ")).expect("it measures");
    ["NMI ", "AMI ", "ARI "].map(|name| {
        let value = line.split(name).nth(1).unwrap();
        value.split(',').next().unwrap().trim().parse().unwrap()
    })
}

#[test]
fn each_row_gets_its_theme_in_the_order_of_the_file() {
    let output = themes(&["--label", "sujet", "--json"]);
    let said = String::from_utf8(output.stdout).unwrap();
    let records: Vec<serde_json::Value> = said.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let rows = rows();
    assert_eq!(records.len(), rows.len());
    let mut of: BTreeMap<&str, BTreeMap<u64, usize>> = BTreeMap::new();
    for (i, (record, (matter, _))) in records.iter().zip(&rows).enumerate() {
        assert_eq!(
            (record["row"].as_u64(), record["line"].as_u64()),
            (Some(i as u64 + 1), Some(i as u64 + 2)),
            "{record}"
        );
        assert!(record.get("theme").is_some() && record.get("label").is_some(), "{record}");
        assert_eq!(record["theme"].is_null(), record["label"].is_null(), "{record}");
        if let Some(theme) = record["theme"].as_u64() {
            *of.entry(matter).or_default().entry(theme).or_default() += 1;
        }
    }
    let most: Vec<(u64, usize)> =
        of.values().map(|themes| themes.iter().max_by_key(|(_, n)| **n).map(|(t, n)| (*t, *n)).unwrap()).collect();
    assert!(most.iter().all(|(_, n)| *n >= 9), "a matter stays together: {of:?}");
    assert!(most[0].0 != most[1].0 && most[1].0 != most[2].0 && most[0].0 != most[2].0, "and apart: {of:?}");
    let measured = measures(&String::from_utf8(output.stderr).unwrap());
    assert!(measured.iter().all(|m| (0.6..=1.0).contains(m)), "{measured:?}");
}

#[test]
fn without_records_it_says_sizes_labels_and_the_same_measures() {
    let plain = String::from_utf8(themes(&["--label", "sujet"]).stdout).unwrap();
    let first = plain.lines().next().unwrap();
    assert!(first.starts_with("36 textes, ") && first.ends_with(" dans un thème"), "{first}");
    let sizes: Vec<usize> =
        plain.lines().filter_map(|l| l.strip_prefix("  ")?.split_whitespace().next()?.parse().ok()).collect();
    assert!(sizes.len() >= 3 && sizes.is_sorted_by(|a, b| a >= b) && sizes.iter().sum::<usize>() <= 36, "{plain}");
    for word in ["piste cyclable", "cantine", "arbres"] {
        assert!(plain.lines().any(|l| l.starts_with("  ") && l.to_lowercase().contains(word)), "{word}: {plain}");
    }
    let json = themes(&["--label", "sujet", "--json"]);
    assert_eq!(measures(&plain), measures(&String::from_utf8(json.stderr).unwrap()));
    assert_eq!(themes(&["--label", "sujet", "--json"]).stdout, json.stdout, "the same file, the same bytes");
    assert!(!String::from_utf8(themes(&[]).stdout).unwrap().contains("NMI"), "nothing to measure against");
}
