//! The keys of the desk's pages. What is declared here is the only source of three things: what a page answers to
//! (`data-key`, read by the script, and `aria-keyshortcuts`), the key shown beside the words (`<kbd>`), and the help.
//!
//! A template names an action with `p.key("publish")` among the attributes of what the key uses and `p.kbd("publish")`
//! where the key is to be seen. The page notes what was named while it is written; the help at its end lists just that.
//! So no key of the help is dead, and no key is missing in it.

use std::sync::atomic::{AtomicU64, Ordering};

/// A key and what it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// What templates call it. Its words are `key-NAME`.
    pub name: &'static str,
    /// The keys as the script hears them, apart by a space where two do the same (`j k`).
    pub keys: &'static str,
}

/// Sends the form one is in: the one key with a modifier, so the one that works in a field.
pub const SAVE: &str = "save";

const fn key(name: &'static str, keys: &'static str) -> Key {
    Key { name, keys }
}

/// Every key of the desk, in the order of the help. A letter may mean two things on two pages, never on one.
pub const KEYS: &[Key] = &[
    // Lists.
    key("rows", "j k"),
    key("next", "j"),
    key("previous", "k"),
    key("open", "enter"),
    key("tick", "x"),
    key("all", "t"),
    key("matching", "*"),
    // Decisions.
    key("publish", "p"),
    key("masked", "s"),
    key("refuse", "r"),
    key("answer", "a"),
    key("others", "o"),
    key("give", "c"),
    key("merge", "m"),
    key("status", "e"),
    key("theme", "h"),
    key("area", "q"),
    key("project", "d"),
    key("show", "w"),
    key("hide", "z"),
    key("reconsider", "y"),
    key("note", "i"),
    key("templates", "l"),
    key("block", "!"),
    key("undo", "u"),
    key("support", "s"),
    // Writing.
    key("preview", "v"),
    key("keep", "c"),
    key("apart", "s"),
    key("abandon", "z"),
    key("restart", "z"),
    key("reread", "r"),
    key("stop", "s"),
    key("refresh", "a"),
    key("resume", "w"),
    key("add", "+"),
    key("change", "e"),
    key("try", "t"),
    key("now", "n"),
    key("again", "r"),
    key("secret", "c"),
    key("pause", "z"),
    key("remove", "x"),
    key("print", "p"),
    key("raise", "m"),
    key("lower", "b"),
    key("restore", "z"),
    key("read", "l"),
    key("take", "d"),
    key("csv", "c"),
    key("xlsx", "e"),
    key("geojson", "m"),
    key("print-a3", "3"),
    key("tear-off", "l"),
    key("svg", "v"),
    key("png", "n"),
    key("open-result", "v"),
    key("refused-lines", "l"),
    key("widget", "w"),
    // People.
    key("accord", "c"),
    key("reset", "d"),
    key("second", "v"),
    key("look", "m"),
    key("duplicates", "m"),
    key("blocks", "!"),
    key("receipts", "r"),
    key("lift", "l"),
    key("maintain", "m"),
    key("hold", "r"),
    key("data", "d"),
    key("erase", "z"),
    // Projects.
    key("public", "p"),
    key("languages", "l"),
    key("files", "i"),
    key("copy", "c"),
    key("phase", "n"),
    key("draft", "d"),
    key("short-link", "q"),
    key("moderators", "e"),
    // Around.
    key("page-next", "n"),
    key("page-previous", "b"),
    key("filter", "f"),
    key("view", "v"),
    key("export", "y"),
    key("reports", "i"),
    key("import", "i"),
    key("sections", "s"),
    key(SAVE, SAVE),
    key("search", "/"),
    key("help", "?"),
];

/// `g`, then this letter, goes to the section of the desk at this address.
pub const GO: &[(&str, &str)] = &[
    ("/equipe", "g a"),
    ("/equipe/contributions", "g c"),
    ("/equipe/projets", "g p"),
    ("/equipe/liens", "g l"),
    ("/equipe/analyse", "g n"),
    ("/equipe/personnes", "g e"),
    ("/equipe/importer", "g i"),
    ("/equipe/exports", "g x"),
    ("/equipe/reglages", "g r"),
    ("/", "g s"),
];

/// The key of an action, and its place in [`KEYS`]; none for a name nobody declared (a test looks for those).
#[must_use]
pub fn find(name: &str) -> Option<(usize, Key)> {
    KEYS.iter().copied().enumerate().find(|(_, k)| k.name == name)
}

/// The keys that lead to a section of the desk; empty for a section without.
#[must_use]
pub fn go(path: &str) -> &'static str {
    GO.iter().find(|(p, _)| *p == path).map_or("", |(_, keys)| keys)
}

/// The keys as one reads them: `j k` is `J` and `K`, `g c` is `G C`. `Enter` has a word in each language.
#[must_use]
pub fn shown(keys: &str, enter: &str) -> Vec<String> {
    match keys {
        SAVE => vec![format!("Ctrl {enter}")],
        "enter" => vec![enter.to_owned()],
        _ if keys.starts_with("g ") => vec![keys.to_uppercase()],
        _ => keys.split(' ').map(str::to_uppercase).collect(),
    }
}

/// What `aria-keyshortcuts` says of these keys; empty for those it can't tell, which only the help names: it knows no key
/// pressed after another.
#[must_use]
pub fn aria(keys: &str) -> &str {
    match keys {
        SAVE => "Control+Enter",
        _ if keys.contains(' ') => "",
        _ => keys,
    }
}

/// The keys that a page named so far, by their place in [`KEYS`].
#[derive(Debug, Default)]
pub struct Named([AtomicU64; 2]);

impl Named {
    /// Notes one.
    pub fn note(&self, at: usize) {
        if let Some(word) = self.0.get(at / 64) {
            word.fetch_or(1 << (at % 64), Ordering::Relaxed);
        }
    }

    /// All of them, in the order of the help.
    #[must_use]
    pub fn all(&self) -> Vec<Key> {
        let named =
            |at: usize| self.0.get(at / 64).is_some_and(|word| word.load(Ordering::Relaxed) & (1 << (at % 64)) != 0);
        KEYS.iter().enumerate().filter(|(at, _)| named(*at)).map(|(_, k)| *k).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{GO, KEYS, Named, aria, find, shown};

    #[test]
    fn each_name_stands_once_and_there_is_room_for_all() {
        let names: BTreeSet<_> = KEYS.iter().map(|k| k.name).collect();
        assert_eq!(names.len(), KEYS.len());
        assert!(KEYS.len() <= 128);
        assert!(KEYS.iter().all(|k| k.keys != "g"), "g begins the keys of sections");
        let sections: BTreeSet<_> = GO.iter().map(|(_, keys)| keys).collect();
        assert_eq!(sections.len(), GO.len());
    }

    #[test]
    fn what_was_named_is_listed_once_in_the_order_of_the_help() {
        let named = Named::default();
        for name in ["help", "publish", "rows", "publish"] {
            named.note(find(name).unwrap().0);
        }
        named.note(4_000);
        assert_eq!(named.all().iter().map(|k| k.name).collect::<Vec<_>>(), ["rows", "publish", "help"]);
    }

    #[test]
    fn keys_are_read_as_they_stand_on_the_keyboard() {
        assert_eq!(shown("j k", "Entrée"), ["J", "K"]);
        assert_eq!(shown("g c", "Entrée"), ["G C"]);
        assert_eq!(shown("save", "Entrée"), ["Ctrl Entrée"]);
        assert_eq!(shown("enter", "Enter"), ["Enter"]);
        assert_eq!((aria("p"), aria("save"), aria("g c"), aria("j k")), ("p", "Control+Enter", "", ""));
    }
}
