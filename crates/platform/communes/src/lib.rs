//! The communes of France (mainland and overseas), inside the program: a search never leaves the machine.
//!
//! The data is one compressed file (see `data/SOURCE.md`), unpacked at the first use and then kept: 2.9 MB of memory,
//! in three buffers and no string per commune. [`memory_bytes`] tells the exact figure.
//!
//! ```
//! let found = parvis_communes::search("st etienne", 5);
//! assert_eq!(found.first().map(|c| c.name()), Some("Saint-Étienne"));
//! ```

mod fold;
mod query;
mod store;

use query::Query;
use store::store;

pub use store::{Around, Commune, km};

/// The most results that [`search`] gives, whatever the caller asks for.
pub const MAX_RESULTS: usize = 200;

/// Finds communes by the beginning of their name, by words of it, by postcode, or both ("Vienne 38", "Saint-Denis Réunion").
///
/// Accents, case, apostrophes and hyphens do not count; "st" and "ste" stand for "saint" and "sainte"; the article of "Le Mans"
/// may be left out. Exact names come first, then names that begin like the query, then names with all its words; among equals the
/// more populated first. At most `limit` results (and [`MAX_RESULTS`]); none for an empty query or one longer than any name.
#[must_use]
pub fn search(query: &str, limit: usize) -> Vec<&'static Commune> {
    let limit = limit.min(MAX_RESULTS);
    let Some(query) = Query::parse(query) else {
        return Vec::new();
    };
    let mut by_rank: [Vec<&'static Commune>; query::RANKS] = Default::default();
    for (commune, folded) in store().by_population() {
        let Some(rank) = query.rank(commune, folded) else {
            continue;
        };
        if let Some(bucket) = by_rank.get_mut(rank)
            && bucket.len() < limit
        {
            bucket.push(commune);
        }
    }
    let mut found: Vec<_> = by_rank.into_iter().flatten().collect();
    found.truncate(limit);
    found
}

/// The commune of an INSEE code ("42218", "2A004", "97411"); `None` when there is no current commune of that code.
#[must_use]
pub fn by_code(code: &str) -> Option<&'static Commune> {
    store().by_code(code)
}

/// How many communes there are.
#[must_use]
pub fn count() -> usize {
    store().len()
}

/// Bytes of memory that the unpacked list holds.
#[must_use]
pub fn memory_bytes() -> usize {
    store().memory_bytes()
}
