//! What the town says: themes of all published texts, with their figures and quotes.

pub mod analysis;
mod module;
pub mod urls;

pub use analysis::job::request_refresh;
pub use module::Insight;
