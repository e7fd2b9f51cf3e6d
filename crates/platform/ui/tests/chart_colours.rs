//! Text in charts and maps can be read on whatever it stands on, in light and in dark: axe cannot judge text in SVG.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

use std::collections::{BTreeMap, BTreeSet};

use parvis_ui::theming::contrast;

const TOKENS: &str = include_str!("../assets/css/tokens.css");
const SHEETS: [&str; 2] = [include_str!("../assets/css/charts.css"), include_str!("../assets/css/team.css")];

/// The least contrast of text (WCAG 1.4.3), whatever its size, and of a part that carries meaning (WCAG 1.4.11).
const TEXT: f64 = 4.5;
const PART: f64 = 3.0;

/// Texts by their rules, the later one deciding where it holds, and what they stand on: rules of shapes, or tokens of pages.
const TEXTS: [(&[&str], &[&str]); 11] = [
    (&[".chart text"], &["--surface", "--paper", "--sunken", ".hatch-bg"]),
    (&[".chart .t-strong"], &["--surface", "--paper", ".hatch-bg", ".q1", ".q2", ".q3"]),
    (&[".chart.big-t text"], &["--surface", "--paper", ".hatch-bg", ".q1", ".q2", ".q3"]),
    (&[".chart .f1t"], &["--surface", "--paper"]),
    (&[".chart.big-t .on-dark", ".chart.big-t .q4t"], &[".q4"]),
    (&[".chart.big-t .on-dark", ".chart.big-t .q5t"], &[".q5"]),
    (&[".gantt text"], &["--surface", "--paper", ".gantt .ph"]),
    (&[".gantt .cl"], &["--surface", "--paper"]),
    (&[".map text"], &[".map .land", ".map .park", "--map-water", "--map-street"]),
    (&[".map .mk text"], &[".map .mk circle", ".map .mk path", ".map a:hover path", ".map .mk.hot path"]),
    (
        &[".chart.tree text", ".chart.tree .t-strong"],
        &[".tree .a rect", ".tree .b rect", ".tree .c rect", ".tree .d rect", ".tree .e rect"],
    ),
];

/// Shapes without text on them, or with a text beside.
const SHAPES: [&str; 13] = [
    ".meter rect",
    ".bar",
    ".bar.mute",
    ".pt",
    ".f1",
    ".f2",
    ".f3",
    ".f4",
    ".sunb",
    ".bgb",
    ".fo",
    ".gantt .clash",
    ".map .coming",
];

/// A rule: whether it is for the dark scheme alone, one selector, and its declarations.
type Rule = (bool, String, BTreeMap<String, String>);

/// The rules for every screen, and those for the dark scheme.
fn rules(css: &str) -> Vec<Rule> {
    let mut rest = String::new();
    for (i, part) in css.split("/*").enumerate() {
        rest.push_str(if i == 0 { part } else { part.split_once("*/").unwrap().1 });
    }
    let mut found = Vec::new();
    let mut media: Option<String> = None;
    for piece in rest.split_inclusive(['{', '}']) {
        let text = piece.trim_end_matches(['{', '}']).trim();
        match piece.chars().last() {
            Some('{') if text.starts_with("@media") => media = Some(text.to_owned()),
            Some('{') => found.push((media.clone(), text.to_owned(), String::new())),
            Some('}') if text.is_empty() => media = None,
            Some('}') => {
                if let Some(rule) = found.last_mut() {
                    text.clone_into(&mut rule.2);
                }
            }
            _ => {}
        }
    }
    let of = |text: &str| -> BTreeMap<String, String> {
        let pairs = text.split(';').filter_map(|d| d.split_once(':'));
        pairs.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned())).collect()
    };
    found
        .into_iter()
        .filter(|(media, ..)| media.as_ref().is_none_or(|m| m.contains("prefers-color-scheme:dark")))
        .flat_map(|(media, selectors, text)| {
            let declared = of(&text);
            let selectors: Vec<String> = selectors.split(',').map(|s| s.trim().to_owned()).collect();
            selectors.into_iter().map(move |s| (media.is_some(), s, declared.clone()))
        })
        .collect()
}

struct Colours {
    rules: Vec<Rule>,
    tokens: Vec<Rule>,
}

impl Colours {
    fn read() -> Self {
        Self { rules: SHEETS.iter().flat_map(|css| rules(css)).collect(), tokens: rules(TOKENS) }
    }

    /// The last value that holds in a scheme.
    fn last<'a>(of: &'a [Rule], selectors: &[&str], name: &str, dark: bool) -> Option<&'a str> {
        let holds = |scheme: bool| {
            selectors.iter().rev().find_map(|selector| {
                let mut rules = of.iter().rev().filter(|(d, s, _)| *d == scheme && s == selector);
                rules.find_map(|(.., declared)| declared.get(name).map(String::as_str))
            })
        };
        if dark { holds(true).or_else(|| holds(false)) } else { holds(false) }
    }

    fn hex(&self, value: &str, dark: bool) -> String {
        let token =
            value.strip_prefix("var(").and_then(|v| v.strip_suffix(')')).or(value.strip_prefix("--").map(|_| value));
        let value = token.map_or(value, |name| Self::last(&self.tokens, &[":root"], name, dark).expect(name));
        match value.len() {
            // #RGB
            4 => value.chars().flat_map(|c| if c == '#' { vec![c] } else { vec![c, c] }).collect(),
            _ => value.to_owned(),
        }
    }

    fn fill(&self, selectors: &[&str], dark: bool) -> String {
        if let [token] = selectors
            && token.starts_with("--")
        {
            return self.hex(token, dark);
        }
        let value = Self::last(&self.rules, selectors, "fill", dark);
        self.hex(value.unwrap_or_else(|| panic!("no fill of {selectors:?}")), dark)
    }
}

#[test]
fn every_text_of_a_chart_can_be_read_on_every_fill_under_it() {
    let colours = Colours::read();
    let (mut wrong, mut pairs) = (Vec::new(), 0);
    for (text, grounds) in TEXTS {
        for ground in grounds {
            for dark in [false, true] {
                let (one, other) = (colours.fill(text, dark), colours.fill(&[ground], dark));
                let ratio = contrast(&one, &other).unwrap_or_else(|| panic!("{text:?} {one} on {ground} {other}"));
                pairs += 1;
                if ratio < TEXT {
                    wrong.push(format!("{text:?} ({one}) on {ground} ({other}), dark {dark}: {ratio:.2}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(pairs > 50, "{pairs}");
}

#[test]
fn every_part_of_a_chart_can_be_told_from_its_page() {
    let colours = Colours::read();
    for dark in [false, true] {
        for part in ["--viz-1", "--viz-2", "--viz-3", "--viz-4", "--viz-5", ".bar", ".f1", ".f2", ".f3", ".f4"] {
            let (one, page) = (colours.fill(&[part], dark), colours.fill(&["--surface"], dark));
            let ratio = contrast(&one, &page).unwrap();
            assert!(ratio >= PART, "{part} ({one}) on {page}, dark {dark}: {ratio:.2}");
        }
    }
}

/// A new text or shape of a chart has its place in the lists above.
#[test]
fn no_fill_of_a_chart_is_forgotten() {
    let texts = TEXTS.iter().flat_map(|(text, grounds)| text.iter().chain(grounds.iter()));
    let known: BTreeSet<&str> = texts.chain(&SHAPES).copied().collect();
    let filled: BTreeSet<String> = Colours::read()
        .rules
        .into_iter()
        .filter(|(.., declared)| declared.get("fill").is_some_and(|v| v != "none"))
        .map(|(_, selector, _)| selector)
        // The box of a tree without a branch of its own is never drawn with words.
        .filter(|selector| selector != ".tree rect")
        .collect();
    assert!(filled.len() > 30, "{filled:?}");
    let new: Vec<_> = filled.iter().filter(|s| !known.contains(s.as_str())).collect();
    assert!(new.is_empty(), "{new:?}");
}
