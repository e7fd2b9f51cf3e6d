//! A contribution as the file gives it.

use chrono::{DateTime, FixedOffset, NaiveDateTime};

/// Idea or comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KindName {
    /// A contribution of its own.
    Idea,
    /// A comment or an argument on another contribution.
    Comment,
}

/// On which side a comment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// For what it comments on.
    For,
    /// Against it.
    Against,
}

/// Idea, or comment with what it comments on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A contribution of its own.
    Idea,
    /// A comment or an argument.
    Comment {
        /// The identifier, in the file, of what it comments on.
        parent: String,
        /// For, against, or neither.
        side: Option<Side>,
    },
}

/// A theme, category or section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The code before the label, as in "104|Couverture numérique".
    pub code: Option<String>,
    /// What is shown.
    pub label: String,
}

/// When something was written, with what the file knew of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Date and time where it was written; midnight when the file gives a date only.
    pub local: NaiveDateTime,
    /// The offset from UTC, when the file gives it.
    pub offset: Option<FixedOffset>,
    /// Whether the file gives a time.
    pub has_time: bool,
}

impl Moment {
    /// The instant, when the file gives the offset from UTC. Otherwise the caller knows the time zone of the town.
    #[must_use]
    pub fn instant(&self) -> Option<DateTime<FixedOffset>> {
        self.offset.and_then(|offset| self.local.and_local_timezone(offset).single())
    }
}

/// An age or an age group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Age {
    /// In whole years, 0 to 120.
    Years(u8),
    /// As the file words it: "25-34", "65 ans et plus".
    Group(String),
}

/// One contribution of the file. Texts are composed (NFC), trimmed, their lines ended by LF, and not escaped.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// The line of the file where it begins, from 1 for the header line.
    pub line: u64,
    /// The file's identifier, or one made from the content, the same at each import.
    pub external_id: String,
    /// Whether [`Record::external_id`] was made from the content.
    pub id_from_content: bool,
    /// Idea or comment.
    pub kind: Kind,
    /// The title; made from the first words for an idea that has none, empty for a comment that has none.
    pub title: String,
    /// Whether the title was made from the text.
    pub title_from_text: bool,
    /// The text; empty when an idea is only a title.
    pub text: String,
    /// Name or pseudonym.
    pub author: Option<String>,
    /// E-mail address, in lower case.
    pub email: Option<String>,
    /// When it was written.
    pub created: Option<Moment>,
    /// Its themes: one, or several when the column is a list.
    pub tags: Vec<Tag>,
    /// The name of its neighbourhood.
    pub area: Option<String>,
    /// Its status, in the file's words.
    pub status_word: Option<String>,
    /// The official answer to it, once it is public.
    pub answer: Option<String>,
    /// When it was answered.
    pub answered: Option<Moment>,
    /// Number of votes for, or of supports.
    pub votes_for: Option<u32>,
    /// Number of votes against.
    pub votes_against: Option<u32>,
    /// Number of mixed or neutral votes.
    pub votes_neutral: Option<u32>,
    /// Number of votes, when the file does not tell which way.
    pub votes_total: Option<u32>,
    /// Age or age group of the author.
    pub age: Option<Age>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// Where it is about.
    pub address: Option<String>,
    /// Language of the text, as a lower-case code ("fr").
    pub language: Option<String>,
    /// Address of its page.
    pub url: Option<String>,
}
