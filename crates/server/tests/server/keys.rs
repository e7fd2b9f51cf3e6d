//! Each page of the desk answers to the keys it shows, and its help says all of them.

use std::{collections::BTreeSet, fs, path::Path};

use axum::http::StatusCode;
use parvis::{compose, http};
use parvis_kernel::{
    permission::{Access, Role},
    words::{Lang, messages},
};
use parvis_testing::{Engine, keys::faults};
use parvis_ui::keys;

use crate::support::Site;

#[tokio::test]
async fn what_a_page_answers_to_is_shown_and_stands_in_its_help() {
    let site = Site::open(Engine::Sqlite).await;
    let (_, mut owner) = site.team(Role::Owner).await;
    let (_, mut analyst) = site.team(Role::Analyst).await;
    let mut looked = 0;
    for route in http::routes(site.app()).infos() {
        let team = matches!(route.access, Access::Team(_));
        if route.method != "GET" || !team || route.path.contains('{') {
            continue;
        }
        for browser in [&mut owner, &mut analyst] {
            let answer = browser.get(route.path).await;
            if answer.status == StatusCode::OK && answer.text.contains("<!doctype html>") {
                looked += 1;
                assert_eq!(faults(&answer.text), Vec::<String>::new(), "{}", route.path);
                assert!(answer.text.contains(" data-keys=\"on\""), "{}", route.path);
            }
        }
    }
    assert!(looked > 30, "only {looked} pages");
}

#[tokio::test]
async fn shortcuts_that_are_off_are_neither_heard_nor_shown() {
    let site = Site::open(Engine::Sqlite).await;
    let (_, mut owner) = site.team(Role::Owner).await;
    owner.get("/equipe/contributions").await;
    owner.post("/equipe/raccourcis", &[("raccourcis", "off"), ("retour", "/equipe/contributions")]).await;
    let text = owner.get("/equipe/contributions").await.text;
    for gone in ["data-keys", "data-key=", "aria-keyshortcuts", "<kbd", "keys-help"] {
        assert!(!text.contains(gone), "{gone}");
    }
    assert!(text.contains("name=\"raccourcis\" value=\"on\""));
    owner.post("/equipe/raccourcis", &[("raccourcis", "on"), ("retour", "/equipe/contributions")]).await;
    assert!(owner.get("/equipe/contributions").await.text.contains(" data-keys=\"on\""));
}

/// Every template of the house.
fn templates() -> Vec<String> {
    fn walk(dir: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(dir).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() && entry.file_name() != "target" {
                walk(&path, found);
            } else if path.extension().is_some_and(|e| e == "html") {
                found.push(fs::read_to_string(&path).unwrap());
            }
        }
    }
    let mut templates = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."), &mut templates);
    templates
}

/// The names that a template gives keys to.
fn named(template: &str) -> BTreeSet<&str> {
    let starts = ["p.key(\"", "p.row_key(\""];
    starts.iter().flat_map(|s| template.split(s).skip(1)).filter_map(|rest| rest.split('"').next()).collect()
}

/// Lists stand in a page only when there is something in them, so that walking an empty instance does not see this.
#[test]
fn whatever_leaves_as_a_file_and_the_receipts_have_their_key() {
    let words = ["exports-this", "queue-export", "directory-export", "\"list-reports\"", "receipts-title"];
    let mut seen = 0;
    for template in templates() {
        let links = template.split("<a ").skip(1).filter_map(|rest| rest.split("</a>").next());
        for link in links.filter(|link| words.iter().any(|w| link.contains(w))) {
            seen += 1;
            assert!(link.contains("p.key(\"") && link.contains("p.kbd(\""), "{link}");
        }
        let names = named(&template);
        if names.contains("export") {
            let letters: Vec<&str> =
                names.iter().filter_map(|n| keys::find(n)).flat_map(|(_, k)| k.keys.split(' ')).collect();
            let once: BTreeSet<&&str> = letters.iter().collect();
            assert_eq!(once.len(), letters.len(), "a letter means two things: {names:?}");
        }
    }
    assert!(seen > 15, "only {seen}");
}

/// What templates name is declared, what is declared has its words, and each section of the desk has its letter.
#[test]
fn names_are_declared_once_for_all() {
    let templates = templates();
    let mut used = BTreeSet::new();
    for text in &templates {
        for start in ["p.key(\"", "p.row_key(\"", "p.kbd(\""] {
            used.extend(text.split(start).skip(1).filter_map(|rest| rest.split('"').next()));
        }
        assert!(!text.contains(" aria-keyshortcuts="), "a key is named by p.key alone");
    }
    let declared: BTreeSet<&str> = keys::KEYS.iter().map(|k| k.name).collect();
    assert_eq!(used, declared);
    let words: BTreeSet<String> = compose::words(&compose::modules())
        .iter()
        .filter(|f| f.lang == Lang::Fr)
        .flat_map(|f| messages(f.source))
        .map(|(key, _)| key)
        .collect();
    for name in declared {
        assert!(words.contains(&format!("key-{name}")), "key-{name}");
    }
    for entry in compose::modules().iter().flat_map(|m| m.navigation()) {
        assert!(!keys::go(entry.path).is_empty(), "no letter after g for {}", entry.path);
    }
}
