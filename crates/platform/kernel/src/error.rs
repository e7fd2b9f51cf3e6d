//! What can go wrong, said so that a page, a mail or a program can tell it.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use sea_orm::DbErr;

/// The stable code that says why something is not allowed (`phase_closed`, `not_signed_in`, …).
///
/// Words of a refusal live under `refusal-CODE` (title), `.why` and `.next` in the locale files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Refusal(&'static str);

impl Refusal {
    /// Nobody is signed in, and this place needs to know who asks.
    pub const NOT_SIGNED_IN: Self = Self::new("not_signed_in");
    /// The person's role does not allow this.
    pub const NOT_ALLOWED: Self = Self::new("not_allowed");
    /// The form is too old, or its cookie is gone.
    pub const FORM_EXPIRED: Self = Self::new("form_expired");
    /// The request came from another site.
    pub const FOREIGN_ORIGIN: Self = Self::new("foreign_origin");
    /// Too many requests of this kind from here for now.
    pub const TOO_MANY: Self = Self::new("too_many");
    /// A link or code that has expired, was used, or is not ours.
    pub const LINK_INVALID: Self = Self::new("link_invalid");
    /// Somebody else changed the thing meanwhile.
    pub const CHANGED_MEANWHILE: Self = Self::new("changed_meanwhile");
    /// The body is larger than what is accepted here.
    pub const TOO_LARGE: Self = Self::new("too_large");

    /// Names a refusal. A test checks that each code used in the sources has its words.
    #[must_use]
    pub const fn new(code: &'static str) -> Self {
        Self(code)
    }

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.0
    }

    /// The HTTP status that goes with it.
    #[must_use]
    pub fn status(self) -> StatusCode {
        match self.0 {
            "not_signed_in" | "token_missing" | "token_unknown" => StatusCode::UNAUTHORIZED,
            "too_many" | "code_later" => StatusCode::TOO_MANY_REQUESTS,
            "too_large" => StatusCode::PAYLOAD_TOO_LARGE,
            "link_invalid" | "short_link_stopped" => StatusCode::GONE,
            "cursor_unknown" => StatusCode::NOT_FOUND,
            "idempotency_key_reused" => StatusCode::UNPROCESSABLE_ENTITY,
            "changed_meanwhile" => StatusCode::CONFLICT,
            _ => StatusCode::FORBIDDEN,
        }
    }
}

/// Everything a handler can answer instead of a page.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// Not allowed, with the reason.
    #[error("refused: {}", .0.code())]
    Refused(Refusal),
    /// Too many requests of this kind from here, with when the next one is accepted.
    #[error("refused: too_many until {0}")]
    TooMany(DateTime<Utc>),
    /// There is nothing at this address, or nothing this person may see.
    #[error("not found")]
    NotFound,
    /// The request does not make sense (a broken body, a value no form of ours sends).
    #[error("bad request: {0}")]
    BadRequest(&'static str),
    /// A program asks with a parameter that the operation does not have: misspelt, most often.
    #[error("unknown parameter: {0}")]
    UnknownParameter(String),
    /// Nothing more came of what was being sent.
    #[error("the request stopped on its way")]
    Stalled,
    /// The answer took too long: what was asked may be done all the same.
    #[error("the answer took too long")]
    Overdue,
    /// The database refused or did not answer.
    #[error("database: {0}")]
    Db(std::sync::Arc<DbErr>),
    /// The disk, the mail server or another part of the machine.
    #[error("{0}")]
    Other(String),
}

/// The result of nearly everything here.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// Wraps anything that has no better name.
    pub fn other(e: impl std::fmt::Display) -> Self {
        Self::Other(e.to_string())
    }

    /// Whether the database, or what keeps the files, had no room left on its disk. Their drivers have no name for it.
    #[must_use]
    pub fn is_full(&self) -> bool {
        let said = match self {
            Self::Db(e) => e.to_string(),
            Self::Other(said) => said.clone(),
            _ => return false,
        };
        let said = said.to_lowercase();
        ["disk is full", "no space left", "quota"].iter().any(|sign| said.contains(sign))
    }

    /// The HTTP status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Refused(r) => r.status(),
            Self::TooMany(_) => Refusal::TOO_MANY.status(),
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::BadRequest(_) | Self::UnknownParameter(_) => StatusCode::BAD_REQUEST,
            // Not 408 for what stopped on its way: browsers send that again by themselves, and show no page.
            Self::Stalled | Self::Overdue | Self::Db(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Other(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<DbErr> for Error {
    fn from(e: DbErr) -> Self {
        Self::Db(std::sync::Arc::new(e))
    }
}

impl From<Refusal> for Error {
    fn from(r: Refusal) -> Self {
        Self::Refused(r)
    }
}

impl IntoResponse for Error {
    /// An empty answer that carries the error: the outer layer writes the page, in the reader's language.
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
