//! What every room of Parvis stands on: ids, clock, locale, errors and refusals, permissions, activity log, job
//! queue, mail, settings, words, database, and the manifest that each module fills in.

pub mod activity;
pub mod api;
pub mod app;
pub mod brought;
pub mod clock;
pub mod context;
pub mod cookies;
pub mod db;
pub mod deeds;
pub mod documents;
pub mod error;
pub mod form;
pub mod found;
pub mod jobs;
pub mod locale;
pub mod mail;
pub mod module;
pub mod news;
pub mod permission;
pub mod random;
pub mod rate;
pub mod retention;
pub mod routes;
pub mod secrets;
pub mod sections;
pub mod settings;
pub mod sheet;
pub mod upload;
pub mod url;
pub mod words;

pub use context::Ctx;
pub use error::{Error, Refusal, Result};
