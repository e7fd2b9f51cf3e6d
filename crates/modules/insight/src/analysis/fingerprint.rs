//! What an analysis depends on, in one short text: the same again means nothing to do.

use std::fmt::Write;

use chrono::NaiveDate;
use parvis_kernel::module::TextRow;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Raised when the same texts would give another result: a change of the engine or of what is kept.
const VERSION: u8 = 1;

/// Of all texts in their order, the areas of the town, and this week's Monday.
pub(super) fn of(texts: &[TextRow], areas: &[Uuid], this_week: NaiveDate) -> String {
    let mut hash = Sha256::new();
    hash.update([VERSION]);
    hash.update(this_week.to_string());
    for area in areas {
        hash.update(area.as_bytes());
    }
    for t in texts {
        hash.update(t.id.as_bytes());
        hash.update(t.voice.as_bytes());
        hash.update(t.project.as_bytes());
        hash.update(t.area.unwrap_or_default().as_bytes());
        hash.update(t.number.to_le_bytes());
        hash.update(t.at.timestamp_micros().to_le_bytes());
        for part in [t.title.as_str(), t.body.as_str(), t.lang.as_str(), t.age.as_deref().unwrap_or_default(), t.kind] {
            // Lengths keep parts apart.
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
    }
    hash.finalize().iter().fold(String::with_capacity(64), |mut out, b| {
        let _ = write!(out, "{b:02x}");
        out
    })
}
