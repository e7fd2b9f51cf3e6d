//! Short links: a few letters, printed with their QR code, that open the first screen of posting with a project and a
//! place. How many came by each is counted, and whoever came is not kept.

pub mod desk;
pub mod lists;
pub mod print;
pub mod store;
pub mod visit;

use chrono::{DateTime, Utc};
use parvis_kernel::{Refusal, context::Moment};
use sea_orm::FromQueryResult;
use uuid::Uuid;

/// Longest name of a link, in characters.
pub const MAX_LABEL: usize = 80;
/// The team stopped this link.
pub const LINK_STOPPED: Refusal = Refusal::new("short_link_stopped");
/// Kinds of activity recorded here. `project.linked` was the first links' own.
pub const ACTIVITY: [&str; 5] = ["project.linked", "link.made", "link.renamed", "link.stopped", "link.started"];

/// A short link.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Link {
    /// Its code, all of its address but `/i/`.
    pub code: String,
    /// The project it opens.
    pub project_id: Uuid,
    /// The area it carries.
    pub area_id: Option<Uuid>,
    /// The street or place it carries.
    pub place: String,
    /// What the team calls it.
    pub label: String,
    /// How often it was opened: once a browser a day.
    pub visits: i64,
    /// Ideas that came by it, whatever became of them.
    pub ideas: i64,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// When it was stopped.
    pub stopped_at: Option<DateTime<Utc>>,
}

impl Link {
    /// What a line calls it: its name, else its address.
    #[must_use]
    pub fn words(&self) -> String {
        if self.label.is_empty() { format!("/i/{}", self.code) } else { self.label.clone() }
    }
}

/// Letters and digits that nobody confuses on a poster.
const LETTERS: &[u8] = b"23456789abcdefghjkmnpqrstuvwxyz";
/// Length of a code.
const LENGTH: usize = 6;

/// A code from fresh randomness.
fn new_code(moment: &Moment) -> String {
    let letter = |b: &u8| LETTERS.get(usize::from(*b) % LETTERS.len()).copied().unwrap_or(b'x');
    // The last bytes of a key are its random part.
    moment.id().as_bytes().iter().rev().take(LENGTH).map(|b| char::from(letter(b))).collect()
}

/// A code as somebody copied it from a poster: capitals and spaces are no mistake.
#[must_use]
pub fn as_typed(code: &str) -> String {
    code.chars().filter(|c| c.is_ascii_alphanumeric()).take(40).collect::<String>().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_short_and_read_as_typed() {
        let entropy = std::sync::Arc::new(parvis_kernel::random::SeededEntropy::new(3));
        let moment = Moment::new(DateTime::UNIX_EPOCH, entropy);
        let (one, other) = (new_code(&moment), new_code(&moment));
        assert_ne!(one, other);
        assert!(one.len() == LENGTH && one.bytes().all(|b| LETTERS.contains(&b)), "{one}");
        assert_eq!(as_typed(&format!(" {} ", one.to_uppercase())), one);
        assert_eq!(as_typed("../é\0%"), "");
    }
}
