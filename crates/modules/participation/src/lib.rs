//! Projects, phases, ideas, comments, supports, follows, official answers, moderation, import.

pub mod follows;
pub mod ideas;
mod module;
pub mod projects;
pub mod reactions;
pub mod urls;

pub use module::Participation;
