//! What an answer still lacks before it is published: advice, never a refusal.

use std::collections::HashSet;

use parvis_kernel::form::is_blank;
use parvis_themes::text::{Language, search_terms};

/// Words that a first sentence holds at most: it is read in bold, before the rest.
pub const MOST_WORDS: usize = 25;

/// The first sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum First {
    /// A decision is chosen, and the sentence is short.
    Said,
    /// No decision is chosen.
    Undecided,
    /// Nothing is written.
    Empty,
    /// It has so many words.
    Long(usize),
}

impl First {
    /// That of a text in Markdown.
    #[must_use]
    pub fn of(decided: bool, body: &str) -> Self {
        let line = body.lines().find(|l| !is_blank(l)).unwrap_or_default();
        let first = line.get(..super::sentence_end(line)).unwrap_or(line);
        let words = first.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).count();
        match words {
            _ if !decided => Self::Undecided,
            0 => Self::Empty,
            n if n > MOST_WORDS => Self::Long(n),
            _ => Self::Said,
        }
    }
}

/// When the next step comes, and who answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// Both are said.
    Both,
    /// The day is missing.
    NoDay,
    /// The person is missing.
    NoPerson,
    /// Neither is said.
    Neither,
}

impl Given {
    /// What is said.
    #[must_use]
    pub fn of(day: bool, signer: &str) -> Self {
        match (day, !is_blank(signer)) {
            (true, true) => Self::Both,
            (false, true) => Self::NoDay,
            (true, false) => Self::NoPerson,
            (false, false) => Self::Neither,
        }
    }
}

/// Which of these comments, each with its language, an answer takes up nothing of: none of the words that they bring beside
/// those of the idea. A comment that brings none is not counted among them.
#[must_use]
pub fn unanswered(body: &str, idea: &str, comments: &[(&str, &str)]) -> Vec<usize> {
    let left = |(text, lang): &(&str, &str)| {
        let language = Language::from_code(lang).unwrap_or(Language::Fr);
        let words = |text: &str| search_terms(text, language).into_iter().collect::<HashSet<String>>();
        let known = words(idea);
        let own: HashSet<String> = words(text).difference(&known).cloned().collect();
        !own.is_empty() && own.is_disjoint(&words(body))
    };
    comments.iter().enumerate().filter(|(_, c)| left(c)).map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_sentence_says_the_decision_in_a_few_words() {
        assert_eq!(First::of(true, "\n\nOui, nous allons la faire. Le reste est long."), First::Said);
        assert_eq!(First::of(false, "Oui."), First::Undecided);
        for empty in ["", " \u{200b}\n", "…"] {
            assert_eq!(First::of(true, empty), First::Empty, "{empty:?}");
        }
        let long = "mot ".repeat(MOST_WORDS + 1);
        assert_eq!(First::of(true, &long), First::Long(MOST_WORDS + 1));
        assert_eq!(First::of(true, &"mot ".repeat(MOST_WORDS)), First::Said);
    }

    #[test]
    fn what_commenters_asked_and_the_text_does_not_take_up() {
        let idea = "Une piste cyclable continue entre la gare et le collège";
        let comments = [
            ("Et le stationnement des soignantes de l’hôpital à 6 h ?", "fr"),
            ("La bordure gêne en fauteuil", "fr"),
            ("Une piste continue !", "fr"),
        ];
        let body = "Oui, nous ferons la piste. Vingt places de stationnement sont recréées derrière la gare.";
        assert_eq!(unanswered(body, idea, &comments), [1], "the third brings no word of its own");
        assert_eq!(unanswered("", idea, &comments), [0, 1]);
        assert_eq!(unanswered(&format!("{body} Les bordures seront abaissées."), idea, &comments), Vec::<usize>::new());
        assert_eq!(unanswered(body, idea, &[]), Vec::<usize>::new());
    }

    #[test]
    fn a_day_and_a_person() {
        let of = |day, signer| Given::of(day, signer);
        assert_eq!((of(true, "Nadia"), of(false, "Nadia")), (Given::Both, Given::NoDay));
        assert_eq!((of(true, " "), of(false, "")), (Given::NoPerson, Given::Neither));
    }
}
