//! Projects, phases, ideas, comments, supports, follows, official answers, moderation, import.

pub mod answers;
pub mod api;
mod caches;
mod citizens;
pub mod comments;
pub mod desk;
pub mod entry;
pub mod feeds;
pub mod follows;
pub mod home;
pub mod ideas;
pub mod import;
mod letters;
pub mod links;
mod merging;
pub mod moderation;
mod module;
mod open;
mod own_space;
mod personal;
mod printing;
pub mod projects;
pub mod reactions;
pub mod reports;
pub mod screening;
pub mod seen;
pub mod sharing;
pub mod urls;
pub mod widget;

#[cfg(test)]
mod tests;

pub use module::Participation;
