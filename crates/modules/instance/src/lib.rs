//! Set-up, settings, pages, outbox and journal of the instance.

pub mod api;
mod colour;
pub mod exports;
mod journal;
pub mod keeping;
mod lists;
mod module;
mod outbox;
pub mod pages;
mod query;
mod search;
pub mod sender;
mod settings;
mod setup;
mod site;
pub mod urls;
pub mod webhooks;

pub use module::Instance;
pub use setup::store::open;
