//! Where a page of a list ended: the value of its order and the key of its last item, so that what is added meanwhile
//! moves nothing.

use std::fmt;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::error::{Refusal, Result};

/// A cursor that no list of ours gave, or that belongs to another order.
pub const CURSOR_UNKNOWN: Refusal = Refusal::new("cursor_unknown");

/// A place in a list. Opaque to who holds it; it opens nothing that its list does not show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    order: String,
    /// Value of the order: a count, or microseconds since 1970.
    pub value: i64,
    /// Key of the item.
    pub id: Uuid,
}

impl Cursor {
    /// The place of an item in an order.
    #[must_use]
    pub fn new(order: &str, value: i64, id: Uuid) -> Self {
        Self { order: order.to_owned(), value, id }
    }

    /// Reads a cursor of this order.
    ///
    /// # Errors
    /// `cursor_unknown`.
    pub fn parse(text: &str, order: &str) -> Result<Self> {
        Ok(Self::read(text).filter(|c| c.order == order).ok_or(CURSOR_UNKNOWN)?)
    }

    fn read(text: &str) -> Option<Self> {
        let plain = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
        let mut parts = plain.splitn(3, '.');
        let (order, value, id) = (parts.next()?, parts.next()?, parts.next()?);
        Some(Self { order: order.to_owned(), value: value.parse().ok()?, id: id.parse().ok()? })
    }

    /// Its value as a time.
    ///
    /// # Errors
    /// `cursor_unknown` when it is none.
    pub fn time(&self) -> Result<DateTime<Utc>> {
        // Four digits of year: text in the database sorts as time.
        let year = |t: &DateTime<Utc>| (0..10_000).contains(&chrono::Datelike::year(t));
        Ok(DateTime::from_timestamp_micros(self.value).filter(year).ok_or(CURSOR_UNKNOWN)?)
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = format!("{}.{}.{}", self.order, self.value, self.id.simple());
        f.write_str(&BASE64_URL_SAFE_NO_PAD.encode(plain))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_given_is_read_again(value in any::<i64>(), id in any::<u128>()) {
            let cursor = Cursor::new("recent", value, Uuid::from_u128(id));
            prop_assert_eq!(Cursor::parse(&cursor.to_string(), "recent").unwrap(), cursor);
        }

        #[test]
        fn anything_else_is_refused_by_name(text in ".{0,60}") {
            let unknown = matches!(Cursor::parse(&text, "recent"), Err(Error::Refused(r)) if r == CURSOR_UNKNOWN);
            prop_assert!(unknown);
        }
    }

    #[test]
    fn another_order_and_an_impossible_time() {
        let cursor = Cursor::new("supported", 12, Uuid::nil());
        assert!(Cursor::parse(&cursor.to_string(), "recent").is_err());
        assert!(cursor.time().is_ok());
        assert!(Cursor::new("recent", i64::MAX, Uuid::nil()).time().is_err());
        assert!(Cursor::new("recent", i64::MIN, Uuid::nil()).time().is_err());
    }
}
