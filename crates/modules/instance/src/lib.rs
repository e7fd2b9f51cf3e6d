//! Set-up, settings, pages, outbox and journal of the instance.

mod module;

pub use module::Instance;
