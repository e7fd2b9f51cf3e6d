//! What happened in public, for other programs: each module says its part, `instance` tells it.

use chrono::{DateTime, Utc};
use serde_json::Value;

/// Kinds of things that are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NewsKind {
    /// An idea or a comment went online.
    Published,
    /// An idea has another status.
    Status,
    /// An official answer was published or corrected.
    Answer,
}

impl NewsKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Published, Self::Status, Self::Answer];

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Published => "contribution.published",
            Self::Status => "status.changed",
            Self::Answer => "answer.published",
        }
    }

    /// From its code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.code() == code)
    }
}

/// Something that happened. `data` holds numbers, codes and addresses, no text of anybody: who wants the text asks the API,
/// which shows what is still public.
#[derive(Debug, Clone)]
pub struct News {
    /// What kind.
    pub kind: NewsKind,
    /// What it is about, the same each time it is said.
    pub subject: String,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// What is told.
    pub data: Value,
}
