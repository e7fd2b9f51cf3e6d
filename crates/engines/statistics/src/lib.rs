//! Figures about groups of people that say no more than they should.
//!
//! [`wilson`] gives the margin of a share, [`suppress`] decides which cells of tables may be shown.
//!
//! The crate reads no file, no clock and no random source: the same input gives the same output.

mod interval;
pub mod suppress;

pub use interval::{Interval, wilson};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
