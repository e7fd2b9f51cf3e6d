//! The whole server, every module in it: through its router, and as a program of its own.
//!
//! One test program for all of them: linking the server takes longer than running most of these.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a failed test panics"
)]

mod api;
mod deeds;
mod download;
mod erasure;
mod exports;
mod failures;
mod formats;
mod frame;
mod hidden;
mod https;
mod keeping;
mod keys;
mod kill;
mod limits;
mod merge;
mod permissions;
mod refusals;
mod safety;
mod slow;
mod start;
#[path = "../support/mod.rs"]
mod support;
mod themes;
mod together;
mod webhooks;
mod words;
