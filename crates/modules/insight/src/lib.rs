//! What the town says: themes of all published texts, with their figures and quotes.

mod module;

pub use module::Insight;
