//! The API that other programs read: its document is written from what each route declares, so that neither can be
//! without the other.

mod cursor;
mod document;
mod query;
mod schema;

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub use cursor::{CURSOR_UNKNOWN, Cursor};
pub use document::{OPENAPI, document, operations};
pub use query::Query;
pub use schema::{Parts, Schema, Shape, described, object};

use crate::error::{Error, Result};

/// Where the API lives.
pub const BASE: &str = "/api/v1";

/// Whether an address is one of the API: no cookie counts there, and errors are told to programs.
#[must_use]
pub fn is_api(path: &str) -> bool {
    path.strip_prefix(BASE).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Where a parameter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
}

/// A parameter of an operation.
#[derive(Debug, Clone)]
pub struct Param {
    /// Its name.
    pub name: &'static str,
    /// Where it stands.
    pub place: Place,
    /// Whether the request makes no sense without it.
    pub required: bool,
    /// JSON Schema of its value.
    pub schema: Value,
    /// What it does, in English.
    pub about: &'static str,
}

impl Param {
    /// A part of the path.
    #[must_use]
    pub fn path(name: &'static str, schema: Value, about: &'static str) -> Self {
        Self { name, place: Place::Path, required: true, schema, about }
    }

    /// A filter or an order.
    #[must_use]
    pub fn query(name: &'static str, schema: Value, about: &'static str) -> Self {
        Self { name, place: Place::Query, required: false, schema, about }
    }

    /// A header that must be there.
    #[must_use]
    pub fn header(name: &'static str, schema: Value, about: &'static str) -> Self {
        Self { name, place: Place::Header, required: true, schema, about }
    }

    /// The two parameters of a list that is read by pages.
    #[must_use]
    pub fn paging() -> [Self; 2] {
        let limit = json!({ "type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL });
        let after = json!({ "type": "string", "minLength": 1, "maxLength": 200 });
        [
            Self::query("limit", limit, "How many at most."),
            Self::query("after", after, "The `next` of the page before: what comes after it."),
        ]
    }
}

/// Items on a page when nothing is asked.
pub const USUAL: i64 = 50;
/// Items on a page at most.
pub const MOST: i64 = 100;

/// What a route does, as the document says it.
#[derive(Debug, Clone)]
pub struct Operation {
    /// Its name for programs, such as `listIdeas`.
    pub id: &'static str,
    /// The section of the document.
    pub group: &'static str,
    /// One line, in English.
    pub summary: &'static str,
    /// Its parameters.
    pub params: Vec<Param>,
    /// What is sent, if anything.
    pub body: Option<Shape>,
    /// Status of the answer when all goes well.
    pub status: u16,
    /// What is answered.
    pub answer: Shape,
    /// Other statuses it may answer, beside those every operation may: 400, 404, 406, 429 and 503.
    pub others: &'static [u16],
}

impl Operation {
    /// A reading without parameters.
    #[must_use]
    pub fn read<T: Schema>(id: &'static str, group: &'static str, summary: &'static str) -> Self {
        Self { id, group, summary, params: vec![], body: None, status: 200, answer: Shape::of::<T>(), others: &[] }
    }

    /// The same with parameters.
    #[must_use]
    pub fn with(mut self, params: impl IntoIterator<Item = Param>) -> Self {
        self.params.extend(params);
        self
    }
}

/// What a route declares: the function that says what it does.
#[derive(Debug, Clone, Copy)]
pub struct Declared(fn() -> Operation);

impl Declared {
    /// Wraps the function.
    #[must_use]
    pub const fn new(says: fn() -> Operation) -> Self {
        Self(says)
    }

    /// What the route does.
    #[must_use]
    pub fn operation(self) -> Operation {
        (self.0)()
    }
}

impl PartialEq for Declared {
    fn eq(&self, other: &Self) -> bool {
        self.operation().id == other.operation().id
    }
}

impl Eq for Declared {}

/// A page of a list.
#[derive(Debug, Clone, Serialize)]
pub struct Listed<T> {
    /// The items.
    pub data: Vec<T>,
    /// The `after` of the page that follows, or nothing at the end.
    pub next: Option<String>,
}

impl<T> Listed<T> {
    /// All there is.
    #[must_use]
    pub const fn whole(data: Vec<T>) -> Self {
        Self { data, next: None }
    }

    /// A page of at most `limit` items out of one more than that, if there is more; `cursor` says where an item stands.
    #[must_use]
    pub fn page(mut data: Vec<T>, limit: i64, cursor: impl Fn(&T) -> Cursor) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = data.len() > limit;
        data.truncate(limit);
        let next = data.last().filter(|_| more).map(|last| cursor(last).to_string());
        Self { data, next }
    }

    /// The same page of something else made from each item.
    #[must_use]
    pub fn map<U>(self, make: impl FnMut(T) -> U) -> Listed<U> {
        Listed { data: self.data.into_iter().map(make).collect(), next: self.next }
    }
}

impl<T: Schema> Schema for Listed<T> {
    fn reference() -> Value {
        let data = described(json!({ "type": "array", "items": T::reference() }), "The items.");
        let next = described(
            json!({ "type": ["string", "null"] }),
            "The `after` of the page that follows, or null at the end.",
        );
        object([("data", data), ("next", next)], "A page of a list.")
    }

    fn parts(into: &mut Parts) {
        T::parts(into);
    }
}

/// An answer in JSON.
///
/// # Errors
/// When the value has no JSON.
pub fn json(value: &impl Serialize) -> Result<Response> {
    json_with(StatusCode::OK, value)
}

/// An answer in JSON with another status.
///
/// # Errors
/// When the value has no JSON.
pub fn json_with(status: StatusCode, value: &impl Serialize) -> Result<Response> {
    let body = serde_json::to_vec(value).map_err(Error::other)?;
    Ok((status, [(header::CONTENT_TYPE, "application/json")], body).into_response())
}

/// The strong tag of a body. What is sent compressed is another representation, so it has another tag.
#[must_use]
pub fn etag(body: &[u8], compressed: bool) -> String {
    let digest = Sha256::digest(body);
    let hex: String = digest.iter().take(16).map(|b| format!("{b:02x}")).collect();
    if compressed { format!("\"{hex}-gzip\"") } else { format!("\"{hex}\"") }
}

/// Whether the asker has this representation already.
#[must_use]
pub fn has_it(headers: &HeaderMap, etag: &str) -> bool {
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(','))
        .map(str::trim)
        // The comparison for a reading is the weak one.
        .any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
}

/// What went wrong, for a program: RFC 9457. `code` is stable, the words are for people.
#[derive(Debug, Clone, Serialize)]
pub struct Problem {
    /// Where the code is explained.
    #[serde(rename = "type")]
    pub kind: String,
    /// What happened.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// Why, and what to do.
    pub detail: String,
    /// The stable code.
    pub code: String,
    /// The parameter that can't stand, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    /// Found in the logs of the server.
    pub request: String,
}

impl Problem {
    /// The answer.
    #[must_use]
    pub fn response(&self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(self).unwrap_or_default();
        let kind = HeaderValue::from_static("application/problem+json");
        (status, [(header::CONTENT_TYPE, kind)], body).into_response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_api_is_one_folder() {
        assert!(is_api("/api/v1") && is_api("/api/v1/ideas"));
        assert!(!is_api("/api") && !is_api("/api/v10") && !is_api("/idees"));
    }

    #[test]
    fn a_tag_belongs_to_one_representation() {
        let (plain, small) = (etag(b"{}", false), etag(b"{}", true));
        assert!(plain.starts_with('"') && plain != small && plain != etag(b"[]", false));
        let asked = |text: &str| HeaderMap::from_iter([(header::IF_NONE_MATCH, HeaderValue::from_str(text).unwrap())]);
        assert!(has_it(&asked(&format!("\"x\", {plain}")), &plain));
        assert!(has_it(&asked(&format!("W/{plain}")), &plain));
        assert!(has_it(&asked("*"), &plain));
        assert!(!has_it(&asked(&small), &plain));
        assert!(!has_it(&HeaderMap::new(), &plain));
    }

    #[test]
    fn a_page_says_what_follows() {
        let at = |n: &i64| Cursor::new("recent", *n, uuid::Uuid::nil());
        let page = Listed::page(vec![3, 2, 1], 2, at);
        assert_eq!((page.data.as_slice(), page.next.is_some()), ([3, 2].as_slice(), true));
        assert_eq!(Listed::page(vec![3, 2], 2, at).next, None);
        assert_eq!(Listed::page(vec![], 2, at).next, None);
    }
}
