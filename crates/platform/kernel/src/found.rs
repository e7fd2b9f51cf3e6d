//! What is found from any page of the desk: each module looks among its own, within what whoever asks may see.

/// Shown of each sort; the rest stands in its list.
pub const SHOWN: i64 = 5;
/// Counting stops here: beyond, a page says "more than".
pub const COUNTED: i64 = 1_000;
/// Signs that are read of what is typed.
pub const LONGEST: usize = 100;

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What it is called.
    pub title: String,
    /// Where it is: a path of this site.
    pub href: String,
    /// Its first words; may be empty.
    pub text: String,
    /// What tells it from others of its name; may be empty.
    pub about: String,
}

/// What was found of one sort.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Key of its name with the number found, as `n`; its first word names the part of the page.
    pub key: &'static str,
    /// Lower comes first.
    pub order: u8,
    /// How many there are, at most one more than [`COUNTED`].
    pub count: i64,
    /// The first of them, at most [`SHOWN`].
    pub hits: Vec<Hit>,
    /// The list that shows them all; empty where there is none.
    pub all: String,
}

impl Found {
    /// Whether the page does not show all of them.
    #[must_use]
    pub fn has_more(&self) -> bool {
        usize::try_from(self.count).unwrap_or(usize::MAX) > self.hits.len()
    }
}
