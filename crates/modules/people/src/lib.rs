//! Persons, sign-in, sessions, roles, consents, areas, and each person's own space.

pub mod areas;
pub mod consents;
mod module;
pub mod passes;
pub mod persons;
pub mod sessions;

pub use module::People;
pub use sessions::SessionIdentity;
