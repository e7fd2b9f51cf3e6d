//! The pages of the foot: legal lines, personal data, help…, in the team's words or in those that come with the program.

pub mod admin;
mod defaults;
mod fill;
pub mod public;
pub mod store;

use parvis_kernel::words::Lang;

pub use fill::{Values, fill};
pub use store::set;

/// The pages, by the last part of their address, in the order of the settings.
pub const SLUGS: [&str; 8] = [
    "mentions-legales",
    "donnees-personnelles",
    "accessibilite",
    "aide",
    "facile-a-lire",
    "participer-sur-papier",
    "charte",
    "parvis",
];

/// Longest text of a page, in characters.
pub const MAX_BODY: usize = 60_000;

/// The slug as it is declared, if it is one: what comes from an address goes no further.
#[must_use]
pub fn known(slug: &str) -> Option<&'static str> {
    SLUGS.into_iter().find(|s| *s == slug)
}

/// The text that comes with the program, completed with the facts of the instance.
#[must_use]
pub fn original(slug: &str, lang: Lang, values: &Values) -> String {
    fill(defaults::text(slug, lang), values)
}
