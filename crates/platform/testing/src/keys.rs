//! What is wrong with the keys of a page of the desk, read from its HTML.

use std::collections::BTreeSet;

fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    html.split(&format!(" {attribute}=\"")).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// The keys of a page against its help: each that something answers to is shown in a `<kbd>` and stands in the help, once;
/// each of the help has something that answers. Empty when all is well, or for a page without shortcuts.
#[must_use]
pub fn faults(html: &str) -> Vec<String> {
    if !html.contains(" data-keys=\"on\"") {
        return Vec::new();
    }
    let Some((before, rest)) = html.split_once("<dialog class=\"card\" id=\"keys-help\"") else {
        return vec!["no help".to_owned()];
    };
    let (help, after) = rest.split_once("</dialog>").unwrap_or((rest, ""));
    let page = format!("{before}{after}");
    let targets: BTreeSet<&str> = values(&page, "data-key").into_iter().collect();
    let lines = values(help, "data-line");
    let listed: BTreeSet<&str> = lines.iter().copied().collect();
    let shown: BTreeSet<&str> = page
        .split("<kbd")
        .skip(1)
        .filter_map(|rest| rest.split_once('>').and_then(|(_, words)| words.split('<').next()))
        .collect();
    let mut wrong = Vec::new();
    for line in &lines {
        if !targets.contains(line) {
            wrong.push(format!("the help says {line}, which nothing answers to"));
        }
    }
    for target in &targets {
        if !listed.contains(target) {
            wrong.push(format!("{target} is not in the help"));
        }
        let seen = match *target {
            "save" => shown.iter().any(|k| k.starts_with("Ctrl ")),
            "enter" => shown.contains("Entrée") || shown.contains("Enter"),
            t if t.starts_with("g ") => shown.contains(t.to_uppercase().as_str()),
            t => t.split(' ').all(|k| shown.contains(k.to_uppercase().as_str())),
        };
        if !seen {
            wrong.push(format!("{target} is shown nowhere"));
        }
    }
    // One letter, one meaning: two lines of the help may not begin with the same key.
    let single: Vec<&str> =
        lines.iter().flat_map(|l| if l.starts_with("g ") { vec![*l] } else { l.split(' ').collect() }).collect();
    for (at, key) in single.iter().enumerate() {
        if single.iter().take(at).any(|k| k == key) {
            wrong.push(format!("{key} means two things"));
        }
    }
    for shortcut in values(&page, "aria-keyshortcuts") {
        let key = if shortcut == "Control+Enter" { "save" } else { shortcut };
        if !targets.contains(key) {
            wrong.push(format!("aria-keyshortcuts says {shortcut}, which nothing answers to"));
        }
    }
    wrong
}

#[cfg(test)]
mod tests {
    use super::faults;

    fn page(body: &str, lines: &str) -> String {
        format!("<body data-keys=\"on\">{body}<dialog class=\"card\" id=\"keys-help\"><dl>{lines}</dl></dialog></body>")
    }

    #[test]
    fn a_dead_key_a_hidden_one_and_one_with_two_meanings_are_found() {
        let fine = page(
            "<button data-key=\"p\" aria-keyshortcuts=\"p\">Publier <kbd>P</kbd></button>",
            "<div data-line=\"p\">",
        );
        assert!(faults(&fine).is_empty(), "{:?}", faults(&fine));
        assert!(faults("<body>no keys</body>").is_empty());
        assert_eq!(faults("<body data-keys=\"on\"></body>"), ["no help"]);
        let dead = page("", "<div data-line=\"p\">");
        assert_eq!(faults(&dead), ["the help says p, which nothing answers to"]);
        let unseen = page("<button data-key=\"p\">", "<div data-line=\"p\">");
        assert_eq!(faults(&unseen), ["p is shown nowhere"]);
        let unlisted = page("<ul data-key=\"j k\"><kbd>J</kbd> <kbd>K</kbd>", "");
        assert_eq!(faults(&unlisted), ["j k is not in the help"]);
        let twice = page(
            "<ul data-key=\"j k\"><a data-key=\"j\"><kbd>J</kbd><kbd>K</kbd>",
            "<i data-line=\"j k\"><i data-line=\"j\">",
        );
        assert_eq!(faults(&twice), ["j means two things"]);
        let stray = page("<b aria-keyshortcuts=\"z\">", "");
        assert_eq!(faults(&stray), ["aria-keyshortcuts says z, which nothing answers to"]);
    }
}
