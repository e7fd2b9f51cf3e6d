//! What an analysis depends on, in one short text: the same again means nothing to do.

use std::fmt::Write;

use chrono::NaiveDate;
use parvis_kernel::module::TextRow;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Raised when the same texts would give another result: a change of the engine or of what is kept.
const VERSION: u8 = 2;

/// Takes the texts in parts, since all of them may be more than memory should hold.
pub(super) struct Fingerprint(Sha256);

impl Fingerprint {
    /// Of the areas of the town and this week's Monday, before any text.
    pub(super) fn new(areas: &[Uuid], this_week: NaiveDate) -> Self {
        let mut hash = Sha256::new();
        hash.update([VERSION]);
        hash.update(this_week.to_string());
        for area in areas {
            hash.update(area.as_bytes());
        }
        Self(hash)
    }

    /// Takes the texts that come next in their order.
    pub(super) fn add(&mut self, texts: &[TextRow]) {
        for t in texts {
            self.0.update(t.id.as_bytes());
            self.0.update(t.voice.as_bytes());
            self.0.update(t.project.as_bytes());
            self.0.update(t.area.unwrap_or_default().as_bytes());
            self.0.update(t.number.to_le_bytes());
            self.0.update(t.at.timestamp_micros().to_le_bytes());
            for part in
                [t.title.as_str(), t.body.as_str(), t.lang.as_str(), t.age.as_deref().unwrap_or_default(), t.kind]
            {
                // Lengths keep parts apart.
                self.0.update((part.len() as u64).to_le_bytes());
                self.0.update(part);
            }
        }
    }

    /// What it all amounts to.
    pub(super) fn finish(self) -> String {
        self.0.finalize().iter().fold(String::with_capacity(64), |mut out, b| {
            let _ = write!(out, "{b:02x}");
            out
        })
    }
}
