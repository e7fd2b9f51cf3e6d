//! Every word exists in both languages, with the same arguments, and every key the sources use has its words.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use parvis::compose;
use parvis_kernel::words::{Lang, Words, messages};

fn all_messages(lang: Lang) -> BTreeMap<String, Vec<String>> {
    compose::words(&compose::modules()).iter().filter(|f| f.lang == lang).flat_map(|f| messages(f.source)).collect()
}

fn sources() -> Vec<(PathBuf, String)> {
    fn walk(dir: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(dir).unwrap().flatten() {
            let path = entry.path();
            let name = entry.file_name();
            if path.is_dir() && name != "target" && name != "tests" {
                walk(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs" || e == "html" || e == "txt") {
                let text = fs::read_to_string(&path).unwrap();
                // Unit tests use keys of their own.
                let product = text.split("#[cfg(test)]").next().unwrap_or_default();
                found.push((path.clone(), product.to_owned()));
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."), &mut found);
    found
}

/// The string literals that follow `start` in a text.
fn literals<'a>(text: &'a str, start: &str) -> Vec<&'a str> {
    text.split(start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn files_are_well_formed_and_define_each_key_once() {
    Words::load(&compose::words(&compose::modules()), compose::finish).unwrap();
}

#[test]
fn both_languages_say_everything_with_the_same_arguments() {
    let (fr, en) = (all_messages(Lang::Fr), all_messages(Lang::En));
    let keys: BTreeSet<&String> = fr.keys().chain(en.keys()).collect();
    let wrong: Vec<String> = keys
        .into_iter()
        .filter(|k| fr.get(*k) != en.get(*k))
        .map(|k| format!("{k}: fr {:?}, en {:?}", fr.get(k), en.get(k)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(fr.len() > 300, "only {} messages: were the files found?", fr.len());
}

#[test]
fn every_key_used_has_words() {
    let known = all_messages(Lang::Fr);
    let mut missing = BTreeSet::new();
    let mut used = 0;
    for (path, text) in sources() {
        let template = path.extension().is_some_and(|e| e != "rs");
        let starts: &[&str] = if template {
            &["p.t(\"", "p.t1(\"", "p.t2(\"", "p.t3(\"", "l.t(\"", "l.t1(\"", "l.t2(\""]
        } else {
            &[
                "ctx.t(\"",
                "page.t(\"",
                "page.t1(\"",
                "page.t2(\"",
                "page.t3(\"",
                "p.t(\"",
                "p.t1(\"",
                "p.t2(\"",
                "p.t3(\"",
                "words.get(lang, \"",
                "words.with(lang, \"",
                "words.get(ctx.lang, \"",
                "words.with(ctx.lang, \"",
            ]
        };
        for key in starts.iter().flat_map(|s| literals(&text, s)) {
            used += 1;
            if !known.contains_key(key) && !key.ends_with('-') {
                missing.insert(format!("{key} ({})", path.display()));
            }
        }
        for code in literals(&text, "Refusal::new(\"").into_iter().chain(literals(&text, "Self::new(\"")) {
            if path.ends_with("error.rs") || text.contains("Refusal::new(\"") {
                for key in [format!("refusal-{code}"), format!("refusal-{code}.why"), format!("refusal-{code}.next")] {
                    if code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') && !known.contains_key(&key) {
                        missing.insert(key);
                    }
                }
            }
        }
        for code in text.split("?fait=").skip(1) {
            let code: String = code.chars().take_while(|c| c.is_ascii_lowercase() || *c == '-').collect();
            if !code.is_empty() && !known.contains_key(&format!("done-{code}")) {
                missing.insert(format!("done-{code} ({})", path.display()));
            }
        }
    }
    assert!(missing.is_empty(), "no words for:\n{}", missing.into_iter().collect::<Vec<_>>().join("\n"));
    assert!(used > 200, "only {used} keys found in the sources");
}

#[test]
fn what_modules_declare_has_words() {
    let known = all_messages(Lang::Fr);
    for module in compose::modules() {
        for entry in module.navigation() {
            assert!(known.contains_key(entry.key), "{}", entry.key);
        }
        for section in module.settings_sections() {
            for key in [format!("settings-{}", section.code), format!("search-words-{}", section.code)] {
                assert!(known.contains_key(&key), "{key}");
            }
        }
        for kind in module.activity_kinds() {
            let key = format!("activity-{}", kind.replace('.', "-"));
            assert!(known.contains_key(&key), "{key}");
        }
        for period in module.retention() {
            assert!(known.contains_key(period.key), "{}", period.key);
            assert!(known.contains_key(&format!("{}-why", period.key)), "{}", period.key);
        }
        let open = module.open_data().into_iter().map(|d| (d.key, d.columns));
        for (key, columns) in open.chain(module.desk_lists().into_iter().map(|l| (l.key, l.columns))) {
            assert!(known.contains_key(key), "{key}");
            for (_, about) in columns {
                assert!(known.contains_key(*about), "{about}");
            }
        }
    }
}
