//! Words of the product, in Fluent, French first: one file per module and language.

use std::{borrow::Cow, collections::HashMap, fmt};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use fluent_syntax::ast::Pattern;
use serde::{Deserialize, Serialize};

use crate::locale;

/// A language the product speaks entirely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// French.
    #[default]
    Fr,
    /// English.
    En,
}

impl Lang {
    /// All of them, French first.
    pub const ALL: [Self; 2] = [Self::Fr, Self::En];

    /// The BCP 47 code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    /// From a BCP 47 code; the region is ignored.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let primary = code.split(['-', '_', ';']).next().unwrap_or_default().trim();
        Self::ALL.into_iter().find(|l| l.code().eq_ignore_ascii_case(primary))
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The words of one module in one language.
#[derive(Debug, Clone, Copy)]
pub struct WordsFile {
    /// Language.
    pub lang: Lang,
    /// File name, for messages about it.
    pub name: &'static str,
    /// Fluent source.
    pub source: &'static str,
}

/// A value put into a message.
pub trait Word {
    /// As Fluent takes it.
    fn word(&self) -> FluentValue<'static>;
}

impl<T: Word + ?Sized> Word for &T {
    fn word(&self) -> FluentValue<'static> {
        (**self).word()
    }
}
impl Word for str {
    fn word(&self) -> FluentValue<'static> {
        FluentValue::String(Cow::Owned(isolated(self).into_owned()))
    }
}
impl Word for String {
    fn word(&self) -> FluentValue<'static> {
        self.as_str().word()
    }
}

/// A text that is put into a sentence, so that the order of its signs stops at its end: one written from right to left, or
/// that holds signs which turn the order, would drag the sentence with it (Unicode Standard Annex 9, isolates).
fn isolated(text: &str) -> Cow<'_, str> {
    // Each sign that turns the order begins with such a byte, and most texts hold none.
    if !text.bytes().any(|b| b >= 0xd6) || !text.chars().any(turns_the_order) {
        return Cow::Borrowed(text);
    }
    // Isolates of its own could end ours.
    let inside = text.chars().filter(|c| !matches!(c, '\u{2066}'..='\u{2069}'));
    Cow::Owned(std::iter::once('\u{2068}').chain(inside).chain(std::iter::once('\u{2069}')).collect())
}

const fn turns_the_order(c: char) -> bool {
    matches!(c,
        '\u{590}'..='\u{8ff}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fb1d}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

macro_rules! numbers {
    ($($t:ty),*) => { $(impl Word for $t {
        fn word(&self) -> FluentValue<'static> { FluentValue::from(*self) }
    })* };
}
numbers!(i64, i32, u32, u64, usize, f64);

/// Changes a text before it is shown, for one language (typography).
pub type Finish = fn(Lang, &str) -> String;

/// All words of the product.
pub struct Words {
    bundles: HashMap<Lang, FluentBundle<FluentResource>>,
    plain: HashMap<(Lang, String), String>,
    finish: Finish,
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Words({} plain)", self.plain.len())
    }
}

impl Words {
    /// Reads all files.
    ///
    /// # Errors
    /// Each syntax error and each message defined twice, one a line.
    pub fn load(files: &[WordsFile], finish: Finish) -> Result<Self, String> {
        let mut problems = Vec::new();
        let mut bundles = HashMap::new();
        for lang in Lang::ALL {
            let locale = lang.code().parse().unwrap_or_default();
            let mut bundle = FluentBundle::new_concurrent(vec![locale]);
            bundle.set_use_isolating(false);
            bundle.set_formatter(Some(match lang {
                Lang::Fr => |v, _| number(Lang::Fr, v),
                Lang::En => |v, _| number(Lang::En, v),
            }));
            for file in files.iter().filter(|f| f.lang == lang) {
                let resource = FluentResource::try_new(file.source.to_owned()).unwrap_or_else(|(r, errors)| {
                    problems.extend(errors.iter().map(|e| format!("{lang}/{}: {e}", file.name)));
                    r
                });
                if let Err(errors) = bundle.add_resource(resource) {
                    problems.extend(errors.iter().map(|e| format!("{lang}/{}: {e}", file.name)));
                }
            }
            bundles.insert(lang, bundle);
        }
        let mut words = Self { bundles, plain: HashMap::new(), finish };
        words.plain = words.all_plain(files);
        if problems.is_empty() { Ok(words) } else { Err(problems.join("\n")) }
    }

    /// Messages without arguments are most of a page: formatted once.
    fn all_plain(&self, files: &[WordsFile]) -> HashMap<(Lang, String), String> {
        let mut plain = HashMap::new();
        for file in files {
            for (key, variables) in messages(file.source) {
                if variables.is_empty()
                    && let Some(text) = self.format(file.lang, &key, None)
                {
                    plain.insert((file.lang, key), text);
                }
            }
        }
        plain
    }

    /// What a key says in this language, and the bundle that completes it.
    fn find(&self, lang: Lang, key: &str) -> Option<(&FluentBundle<FluentResource>, &Pattern<&str>)> {
        let bundle = self.bundles.get(&lang)?;
        let (id, attribute) = key.split_once('.').map_or((key, None), |(i, a)| (i, Some(a)));
        let message = bundle.get_message(id)?;
        let pattern = match attribute {
            Some(a) => message.get_attribute(a)?.value(),
            None => message.value()?,
        };
        Some((bundle, pattern))
    }

    fn format(&self, lang: Lang, key: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
        let (bundle, pattern) = self.find(lang, key)?;
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, args, &mut errors);
        if !errors.is_empty() {
            tracing::error!(key, %lang, ?errors, "a message could not be completed");
        }
        // So that whatever test shows it fails, whether it looks at the words or not.
        debug_assert!(errors.is_empty(), "{key} ({lang}) could not be completed: {errors:?}");
        Some((self.finish)(lang, &text))
    }

    /// The words of a key (`key` or `key.attribute`). One that is missing is shown by its name; in a debug build, as in tests, it
    /// stops whoever asks, like an argument that is missing.
    #[must_use]
    pub fn get(&self, lang: Lang, key: &str) -> String {
        if let Some(text) = self.plain.get(&(lang, key.to_owned())) {
            return text.clone();
        }
        self.with(lang, key, &[])
    }

    /// The words of a key with its arguments.
    #[must_use]
    pub fn with(&self, lang: Lang, key: &str, args: &[(&str, &dyn Word)]) -> String {
        let mut fluent = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            fluent.set((*name).to_owned(), value.word());
        }
        self.format(lang, key, Some(&fluent)).unwrap_or_else(|| {
            tracing::error!(key, %lang, "missing words");
            debug_assert!(false, "{key} ({lang}) has no words");
            format!("⟦{key}⟧")
        })
    }

    /// Whether a key has words in this language.
    #[must_use]
    pub fn has(&self, lang: Lang, key: &str) -> bool {
        self.find(lang, key).is_some()
    }
}

fn number(lang: Lang, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(n) if n.value.fract() == 0.0 => {
            #[allow(clippy::cast_possible_truncation, reason = "whole numbers that pages count are far below 2^53")]
            let whole = n.value as i64;
            Some(locale::integer(lang, whole))
        }
        FluentValue::Number(n) => Some(locale::decimal(lang, n.value)),
        _ => None,
    }
}

/// The keys of a Fluent file (`key` and `key.attribute`), each with its variables, sorted.
/// For the test that compares languages.
#[must_use]
pub fn messages(source: &str) -> Vec<(String, Vec<String>)> {
    use fluent_syntax::{ast::Entry, parser};
    let resource = parser::parse(source).unwrap_or_else(|(r, _)| r);
    let mut found = Vec::new();
    for entry in &resource.body {
        if let Entry::Message(message) = entry {
            if let Some(pattern) = &message.value {
                found.push((message.id.name.to_owned(), variables(pattern)));
            }
            for a in &message.attributes {
                found.push((format!("{}.{}", message.id.name, a.id.name), variables(&a.value)));
            }
        }
    }
    found
}

fn variables(pattern: &fluent_syntax::ast::Pattern<&str>) -> Vec<String> {
    // The serialised pattern names each variable as `$name`: simpler than walking eight node types.
    let text = format!("{pattern:?}");
    let mut names: Vec<String> = text
        .split("VariableReference { id: Identifier { name: \"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next().map(str::to_owned))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    const FR: &str = "\
hello = Bonjour { $name }\n    .title = Titre\nideas = { $n ->\n    [0] aucune idée\n    [one] { $n } idée\n   *[other] { $n } idées\n}\n";

    fn words() -> Words {
        let file = WordsFile { lang: Lang::Fr, name: "t", source: FR };
        Words::load(&[file], |_, t| t.to_owned()).unwrap()
    }

    #[test]
    fn plurals_and_numbers_follow_the_language() {
        let w = words();
        assert_eq!(w.with(Lang::Fr, "ideas", &[("n", &0_i64)]), "aucune idée");
        assert_eq!(w.with(Lang::Fr, "ideas", &[("n", &1_i64)]), "1 idée");
        assert_eq!(w.with(Lang::Fr, "ideas", &[("n", &1243_i64)]), "1\u{202f}243 idées");
        assert_eq!(w.get(Lang::Fr, "hello.title"), "Titre");
    }

    #[test]
    fn a_text_never_turns_the_order_of_its_sentence() {
        let hello = |name: &str| words().with(Lang::Fr, "hello", &[("name", &name)]);
        assert_eq!(hello("Léa « M. » 🚲"), "Bonjour Léa « M. » 🚲");
        assert_eq!(hello("حديقة"), "Bonjour \u{2068}حديقة\u{2069}");
        assert_eq!(hello("a\u{202e}b"), "Bonjour \u{2068}a\u{202e}b\u{2069}");
        assert_eq!(hello("a\u{2069}\u{202e}b"), "Bonjour \u{2068}a\u{202e}b\u{2069}", "it can't end its own");
    }

    #[test]
    fn what_looks_like_words_of_ours_is_put_in_as_it_is() {
        for name in
            ["{", "}", "{ $name }", "{{ }}", "{ \"x\" }", "{ hello }", ".title = x", "a\n    [one] b", "-x", "*[other]"]
        {
            assert_eq!(words().with(Lang::Fr, "hello", &[("name", &name)]), format!("Bonjour {name}"));
        }
    }

    #[test]
    #[cfg_attr(debug_assertions, should_panic(expected = "nothing (fr) has no words"))]
    fn a_missing_key_shows_itself() {
        assert_eq!(words().get(Lang::Fr, "nothing"), "⟦nothing⟧");
    }

    #[test]
    #[cfg_attr(debug_assertions, should_panic(expected = "hello (fr) could not be completed"))]
    fn a_missing_argument_shows_itself() {
        assert_eq!(words().with(Lang::Fr, "hello", &[("nom", &"Léa")]), "Bonjour {$name}");
    }

    #[test]
    fn who_asks_whether_there_are_words_is_told() {
        let w = words();
        assert!(w.has(Lang::Fr, "hello") && w.has(Lang::Fr, "hello.title") && w.has(Lang::Fr, "ideas"));
        assert!(!w.has(Lang::En, "hello") && !w.has(Lang::Fr, "hello.other") && !w.has(Lang::Fr, "nothing"));
    }

    #[test]
    fn keys_and_variables_are_listed() {
        let listed = messages(FR);
        assert_eq!(listed[0], ("hello".into(), vec!["name".into()]));
        assert_eq!(listed[1], ("hello.title".into(), vec![]));
        assert_eq!(listed[2], ("ideas".into(), vec!["n".into()]));
    }

    #[test]
    fn broken_files_are_named() {
        let file = WordsFile { lang: Lang::En, name: "broken.ftl", source: "= nothing\n" };
        assert!(Words::load(&[file], |_, t| t.to_owned()).unwrap_err().contains("broken.ftl"));
    }
}
