//! Persons, sign-in, sessions, roles, consents, areas, and each person's own space.

pub mod areas;
pub mod blocks;
mod changes;
pub mod confirm;
pub mod consents;
pub mod directory;
pub mod erased;
pub mod import;
mod lists;
pub mod margins;
mod module;
pub mod passes;
pub mod persons;
pub mod second;
pub mod sessions;
pub mod settings;
pub mod sign_in;
pub mod space;
pub mod team;
pub mod tokens;
pub mod told;
mod trials;
pub mod urls;

pub use confirm::{Confirmation, Confirms, request_confirmation};
pub use module::People;
pub use sessions::SessionIdentity;
pub use sign_in::create_owner;
