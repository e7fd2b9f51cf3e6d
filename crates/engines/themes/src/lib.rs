//! Themes of short civic texts, French first, without a model and without any outside service.
//!
//! The way from texts to themes, each step a module that can be used alone:
//!
//! 1. [`text`]: words, stop words, folded stems;
//! 2. [`vector`]: TF-IDF vectors and the exact nearest neighbours of each text;
//! 3. [`graph`] and [`leiden`]: communities of the neighbour graph;
//! 4. [`themes`]: the communities as themes, with labels as people write them;
//! 5. [`quotes`]: extracts, word for word;
//! 6. [`measure`]: how well one grouping agrees with another.
//!
//! [`similar`] finds the texts closest to a new one.
//!
//! The crate reads no file, no clock and no random source: the same input gives the same output, byte for byte.
//!
//! ```
//! use parvis_themes::{Options, Text, find_themes};
//! let texts = ["Des pistes cyclables sur le pont", "Une piste cyclable continue", "La cantine bio", "Cantine moins chère"];
//! let texts: Vec<Text> = texts.iter().map(|t| Text::from(*t)).collect();
//! let found = find_themes(&texts, &Options { min_theme_size: 2, ..Options::default() });
//! assert_eq!(found.themes.len(), 2);
//! assert_eq!(found.assignment[0], found.assignment[1]);
//! ```

mod context;
pub mod graph;
mod label;
pub mod leiden;
pub mod measure;
mod merge;
pub mod quotes;
mod rng;
pub mod similar;
mod terms;
pub mod text;
pub mod themes;
pub mod vector;

pub use similar::SimilarIndex;
pub use text::Language;
pub use themes::{Notes, Options, Text, Theme, ThemeIndex, Themes, find_themes};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
