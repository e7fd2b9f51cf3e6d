//! Every word exists in both languages, with the same arguments, and every key the sources use has its words.

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
fn what_is_held_of_a_person_is_said_to_them_and_to_the_team() {
    for lang in Lang::ALL {
        let known = all_messages(lang);
        let held = |key: &str| key.ends_with("-personal-data") || (key.starts_with("data-") && !key.contains("file"));
        let about = known.keys().map(String::as_str).filter(|key| held(key) && !key.starts_with("data-readme-"));
        let about: Vec<&str> = about.filter(|key| !key.contains('.')).collect();
        assert!(about.len() > 20, "only {about:?}");
        let mute: Vec<_> = about.iter().filter(|key| !known.contains_key(&format!("{key}.team"))).collect();
        assert!(mute.is_empty(), "a receipt has no words in {lang} for {mute:?}");
    }
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

/// The end of a call whose parenthesis is open at the start of this text.
fn to_its_end(text: &str) -> &str {
    let (mut depth, mut quoted, mut escaped) = (0, false, false);
    for (at, sign) in text.char_indices() {
        match sign {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted && depth == 0 => return &text[..at],
            ')' | ']' | '}' if !quoted => depth -= 1,
            _ => {}
        }
    }
    text
}

/// The arguments of a call.
fn arguments(call: &str) -> Vec<&str> {
    let (mut depth, mut quoted, mut escaped, mut from) = (0, false, false, 0);
    let mut found = Vec::new();
    for (at, sign) in call.char_indices() {
        match sign {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '(' | '[' | '{' if !quoted => depth += 1,
            ')' | ']' | '}' if !quoted => depth -= 1,
            ',' if !quoted && depth == 0 => {
                found.push(&call[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    found.push(&call[from..]);
    found
}

/// The string literals of a piece of source.
fn quoted(source: &str) -> Vec<&str> {
    source.split('"').skip(1).step_by(2).collect()
}

/// The calls that ask for words: what stands for the key, and the rest of their arguments.
fn asked(text: &str) -> Vec<(&str, String)> {
    let mut found = Vec::new();
    for (start, place) in [
        (".t(", 0),
        (".t1(", 0),
        (".t2(", 0),
        (".t3(", 0),
        ("told(", 0),
        ("terminal::line(", 0),
        ("line_in(", 1),
        ("words.with(", 1),
        ("words.get(", 1),
        ("w.with(", 1),
        ("w.get(", 1),
    ] {
        for (at, _) in text.match_indices(start) {
            let all = arguments(to_its_end(&text[at + start.len()..]));
            if let Some(key) = all.get(place) {
                found.push((*key, all[place + 1..].join(",")));
            }
        }
    }
    found
}

/// Whether a key is made by this `format!`: its holes may hold anything.
fn is_made_by(pattern: &str, key: &str) -> bool {
    let mut rest = key;
    let parts: Vec<&str> =
        pattern.split('{').map(|part| part.split_once('}').map_or(part, |(_, after)| after)).collect();
    for (i, part) in parts.iter().enumerate() {
        let found = match i {
            0 => rest.strip_prefix(part),
            _ if i == parts.len() - 1 => return rest.ends_with(part),
            _ => rest.find(part).map(|at| &rest[at + part.len()..]),
        };
        let Some(after) = found else { return false };
        rest = after;
    }
    rest.is_empty()
}

/// The words name their arguments, and whoever asks for them gives each. That no key is made up at run time is seen where pages
/// are rendered: a debug build stops at words that are missing or lack an argument.
#[test]
fn whoever_asks_for_words_gives_what_they_name() {
    let known = all_messages(Lang::Fr);
    let (mut wrong, mut checked, mut made) = (BTreeSet::new(), 0, 0);
    for (path, text) in sources() {
        for (key, rest) in asked(&text) {
            let given = quoted(&rest);
            // Arguments that stand under a name of their own are for the debug build to check.
            let named = rest.trim().trim_end_matches(',').trim_start_matches('&');
            let named = !named.is_empty() && named.chars().all(|c| c.is_alphanumeric() || c == '_');
            let lacks = |k: &str| !named && known[k].iter().any(|name| !given.contains(&name.as_str()));
            if let Some(pattern) = key.split("format!(\"").nth(1).and_then(|p| p.split('"').next()) {
                let mut of = known.keys().filter(|k| is_made_by(pattern, k)).peekable();
                made += 1;
                if of.peek().is_none() || (!pattern.starts_with('{') && of.all(|k| lacks(k))) {
                    wrong.insert(format!("{pattern} ({}): {rest}", path.display()));
                }
                continue;
            }
            for k in quoted(key).into_iter().filter(|k| known.contains_key(*k)) {
                checked += 1;
                if lacks(k) {
                    wrong.insert(format!("{k} ({}) needs {:?}, given {given:?}", path.display(), known[k]));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
    assert!(checked > 1_000 && made > 50, "only {checked} calls with words and {made} with made keys were found");
}

#[test]
fn calls_are_read_as_they_are_written() {
    let source = r#"p.t2("a-b", "n", v[0], "who", &f(x, "1)")) + words.with(lang, "c", &[("n", &1), ("m", &2)])"#;
    let all = asked(source);
    assert_eq!(all.len(), 2);
    assert_eq!((quoted(all[0].0), quoted(&all[0].1)), (vec!["a-b"], vec!["n", "who", "1)"]));
    assert_eq!((quoted(all[1].0), quoted(&all[1].1)), (vec!["c"], vec!["n", "m"]));
    assert!(
        is_made_by("done-{code}", "done-x-y") && is_made_by("{a}.why", "b.why") && is_made_by("a-{}-b-{}", "a-1-b-2")
    );
    assert!(!is_made_by("done-{code}", "todo-x") && !is_made_by("a-{}-b", "a-1-c"));
}
