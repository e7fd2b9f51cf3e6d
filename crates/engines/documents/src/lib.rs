//! What Parvis prints. A pure library: no file, no clock, no network; the same input gives the same bytes.

pub mod card;
pub mod drawing;
pub mod poster;
pub mod qr;
pub mod text;

/// Why a document can't be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The address does not fit in a QR code (about 2 300 characters).
    #[error("the address is too long for a QR code")]
    TooLong,
    /// A fault of ours or of a library, with its words.
    #[error("{0}")]
    Failed(String),
}

/// The result of everything here.
pub type Result<T> = std::result::Result<T, Error>;
