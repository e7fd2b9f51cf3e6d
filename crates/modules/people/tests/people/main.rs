//! People through the module's own pages and functions, on both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a panic here is a failed test")]

mod accords;
mod areas;
mod browser;
mod codes;
mod directory;
mod duplicates;
mod entering;
mod pages;
mod passkeys;
mod rights;
mod second;
mod witness;
