//! What makes a text wait for a person although its phase publishes at once: listed words, links, a new hand that writes
//! a lot, repeated texts, bursts, telephone numbers and mail addresses. Nothing is refused here: a person decides, and sees why.

pub mod contact;
pub mod pages;
pub mod similar;
pub mod store;
pub mod words;

use std::collections::BTreeMap;

use parvis_kernel::words::Lang;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use self::words::WordList;

/// Longest list of a language, in words and expressions.
pub const MOST_WORDS: usize = 2_000;
/// Longest word or expression, in characters.
pub const MAX_WORD: usize = 100;

/// The rules of an instance. Without a number, that rule is off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// Words and expressions by language, one on each line, as the team typed them.
    pub words: BTreeMap<Lang, String>,
    /// Links that a text may hold.
    pub links: Option<i64>,
    /// Texts that a hand may publish while it is new.
    pub new_texts: Option<i64>,
    /// Hours during which a hand is new, from its first text on.
    pub new_hours: i64,
    /// Whether a text that repeats another of the last day waits.
    pub repeated: bool,
    /// Texts that a project may get within ten minutes.
    pub burst: Option<i64>,
    /// Whether a text with a telephone number or a mail address waits.
    pub contact: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            words: BTreeMap::new(),
            links: Some(2),
            new_texts: Some(5),
            new_hours: 24,
            repeated: true,
            burst: Some(200),
            contact: true,
        }
    }
}

impl Rules {
    /// The lists that a text of this language is compared with: that of its language and that of the instance.
    fn lists(&self, lang: Lang, main: Lang) -> Vec<WordList> {
        let mut langs = vec![lang];
        if main != lang {
            langs.push(main);
        }
        langs.iter().filter_map(|l| self.words.get(l)).map(|list| WordList::parse(list)).collect()
    }

    /// The listed words of some texts (a text, a name, a place), each once, as the team wrote them.
    #[must_use]
    pub fn listed(&self, lang: Lang, main: Lang, texts: &[&str]) -> Vec<String> {
        find(self.lists(lang, main).iter(), texts)
    }
}

/// The words that lists find in some texts, each once.
fn find<'a>(lists: impl Iterator<Item = &'a WordList>, texts: &[&str]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for list in lists {
        for hit in texts.iter().flat_map(|text| list.find(text)) {
            if !found.contains(&hit.word) {
                found.push(hit.word);
            }
        }
    }
    found
}

/// What the words of many texts are looked at with, when the team brings or enters them for others: the lists, read once, and
/// whether numbers and addresses wait. The limits are for hands, of which there are none here.
#[derive(Debug, Clone, Default)]
pub struct Screen {
    lists: BTreeMap<Lang, WordList>,
    main: Lang,
    contact: bool,
}

impl Screen {
    /// Of these rules, in an instance of this language.
    #[must_use]
    pub fn new(rules: &Rules, main: Lang) -> Self {
        let lists = rules.words.iter().map(|(lang, list)| (*lang, WordList::parse(list))).collect();
        Self { lists, main, contact: rules.contact }
    }

    /// Why these words of one contribution wait; nothing when they need not.
    #[must_use]
    pub fn why(&self, lang: Lang, texts: &[&str]) -> Vec<Why> {
        let main = Some(self.main).filter(|main| *main != lang);
        let listed = find(std::iter::once(lang).chain(main).filter_map(|l| self.lists.get(&l)), texts);
        let mut why = if listed.is_empty() { Vec::new() } else { vec![Why::Word(listed)] };
        why.extend((self.contact && contact::holds(texts)).then_some(Why::Contact));
        why
    }
}

/// Why a text waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// It holds listed words.
    Word(Vec<String>),
    /// It holds that many links, more than it may.
    Links(i64),
    /// Its hand is new and has written a lot.
    New,
    /// It says what the contribution of this number says.
    Repeated(i64),
    /// Its project gets many texts at once.
    Burst,
    /// The address left with it is that of somebody blocked: theirs, or typed by somebody else.
    Blocked,
    /// It holds a telephone number or a mail address.
    Contact,
}

/// Words named of a text that holds many.
const NAMED: usize = 5;

impl Why {
    /// The code kept in the database.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Word(_) => "word",
            Self::Links(_) => "links",
            Self::New => "new",
            Self::Repeated(_) => "repeated",
            Self::Burst => "burst",
            Self::Blocked => "blocked",
            Self::Contact => contact::CODE,
        }
    }

    /// The listed words, of the reason that holds some.
    #[must_use]
    pub fn words(&self) -> &[String] {
        match self {
            Self::Word(words) => words,
            _ => &[],
        }
    }

    /// What there is to say of it: words, a number, or nothing.
    #[must_use]
    pub fn detail(&self) -> String {
        match self {
            Self::Word(words) => words.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", "),
            Self::Links(n) | Self::Repeated(n) => n.to_string(),
            Self::New | Self::Burst | Self::Blocked | Self::Contact => String::new(),
        }
    }
}

/// How many links a text holds: addresses with their scheme, and those that begin with `www.`.
#[must_use]
pub fn links(text: &str) -> i64 {
    let lower = text.to_lowercase();
    let starts = |word: &&str| {
        let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        ["http://", "https://", "www."].iter().any(|s| word.len() > s.len() && word.starts_with(s))
    };
    // Addresses run together by a sign are as many links.
    let words =
        lower.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | '[' | ']' | ',' | ';' | '"'));
    i64::try_from(words.filter(starts).count()).unwrap_or(i64::MAX)
}

/// A text that was looked at, before it is stored.
#[derive(Debug, Clone, Default)]
pub struct Looked {
    rules: Rules,
    listed: Vec<String>,
    links: i64,
    keys: Vec<i64>,
    body: String,
    /// Whether it holds a telephone number or a mail address, and such texts wait.
    contact: bool,
    /// Whether the address left with it is that of somebody blocked.
    pub(crate) blocked: bool,
    /// Whether limits hold: not for the team.
    limits: bool,
}

/// Whose text it is and where it goes, for the limits.
#[derive(Debug, Clone, Copy)]
pub struct Whose<'a> {
    /// Its project.
    pub project: Uuid,
    /// Browser or person that wrote it.
    pub holder: Uuid,
    /// The sender's address, hashed with a key of the day.
    pub address: &'a str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_counted() {
        for (text, n) in [
            ("Rien", 0),
            ("https://a.example et (www.b.example), HTTP://C.EXAMPLE", 3),
            ("[là](https://a.example)", 1),
            ("https://a.example,https://b.example", 2),
            ("www. et http:// seuls", 0),
            ("lea@a.example", 0),
        ] {
            assert_eq!(links(text), n, "{text}");
        }
    }

    #[test]
    fn the_list_of_the_instance_holds_for_all_and_others_for_their_language() {
        let words = BTreeMap::from([(Lang::Fr, "con\ncul".to_owned()), (Lang::En, "ass".to_owned())]);
        let rules = Rules { words, ..Rules::default() };
        assert_eq!(rules.listed(Lang::En, Lang::Fr, &["An ass", "c.o.n", "con"]), ["ass", "con"]);
        assert_eq!(rules.listed(Lang::Fr, Lang::Fr, &["Le roi, la dame, ass"]), Vec::<String>::new());
        assert!(Rules::default().listed(Lang::Fr, Lang::Fr, &["con"]).is_empty(), "lists are empty at first");
    }

    #[test]
    fn what_the_team_brings_is_looked_at_by_its_words_alone() {
        let words = BTreeMap::from([(Lang::Fr, "con".to_owned()), (Lang::En, "ass".to_owned())]);
        let screen = Screen::new(&Rules { words, ..Rules::default() }, Lang::Fr);
        let why = |lang, text| screen.why(lang, &["Un titre", text]);
        assert_eq!(why(Lang::Fr, "Un banc, https://a.example https://b.example https://c.example"), []);
        assert_eq!(why(Lang::Fr, "An ass"), [], "another language's list");
        assert_eq!(
            why(Lang::En, "An ass, un c.o.n, lea@exemple.fr"),
            [Why::Word(vec!["ass".into(), "con".into()]), Why::Contact]
        );
        let quiet = Screen::new(&Rules { contact: false, ..Rules::default() }, Lang::Fr);
        assert_eq!(quiet.why(Lang::Fr, &["06 12 34 56 78"]), []);
    }

    #[test]
    fn a_long_list_of_hits_is_cut() {
        let many: Vec<String> = (0..9).map(|n| format!("m{n}")).collect();
        assert_eq!(Why::Word(many).detail(), "m0, m1, m2, m3, m4");
        assert_eq!((Why::Links(3).detail(), Why::Burst.detail()), ("3".into(), String::new()));
    }
}
