//! What a request asks, checked against what its operation declares: a misspelt filter is told, not ignored.

use serde_json::Value;
use uuid::Uuid;

use super::{Cursor, Operation, Param, Place, USUAL};
use crate::{
    context::Ctx,
    error::{Error, Result},
    form::{Form, clean},
};

/// The query of a request.
#[derive(Debug, Clone)]
pub struct Query(Vec<(&'static str, String)>);

impl Query {
    /// Reads the query of a request.
    ///
    /// # Errors
    /// `UnknownParameter`, or `BadRequest` with the parameter that is doubled or can't have this value.
    pub fn read(ctx: &Ctx, operation: &Operation) -> Result<Self> {
        Self::parse(ctx.uri.split_once('?').map_or("", |(_, q)| q), &operation.params)
    }

    fn parse(query: &str, params: &[Param]) -> Result<Self> {
        let form = Form::parse(query.as_bytes());
        let mut values: Vec<(&'static str, String)> = Vec::new();
        for (name, value) in form.pairs() {
            let param = params.iter().find(|p| p.place == Place::Query && p.name == name);
            let param = param.ok_or_else(|| Error::UnknownParameter(clean(name)))?;
            let again = values.iter().any(|(n, _)| *n == param.name);
            if again || !allows(&param.schema, value) {
                return Err(Error::BadRequest(param.name));
            }
            // No database takes every sign.
            values.push((param.name, clean(value)));
        }
        Ok(Self(values))
    }

    /// The value of a parameter.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| *n == name).map(|(_, v)| v.as_str())
    }

    /// A parameter that is a key.
    #[must_use]
    pub fn key(&self, name: &str) -> Option<Uuid> {
        self.get(name).and_then(|v| v.parse().ok())
    }

    /// A parameter that is a number.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<i64> {
        self.get(name).and_then(|v| v.parse().ok())
    }

    /// How many items a page holds.
    #[must_use]
    pub fn limit(&self) -> i64 {
        self.number("limit").unwrap_or(USUAL)
    }

    /// Where the page begins, in this order.
    ///
    /// # Errors
    /// `cursor_unknown`.
    pub fn after(&self, order: &str) -> Result<Option<Cursor>> {
        self.get("after").map(|text| Cursor::parse(text, order)).transpose()
    }
}

/// Whether a schema of a parameter allows a value: the part of JSON Schema that our parameters use.
fn allows(schema: &Value, value: &str) -> bool {
    let number = |name: &str| schema.get(name).and_then(Value::as_i64);
    let letters = i64::try_from(value.chars().count()).unwrap_or(i64::MAX);
    if let Some(all) = schema.get("enum").and_then(Value::as_array) {
        return all.iter().any(|v| v.as_str() == Some(value));
    }
    match schema.get("type").and_then(Value::as_str) {
        Some("integer") => value.parse::<i64>().is_ok_and(|n| {
            // `+5` and `05` are no JSON numbers.
            n.to_string() == value
                && number("minimum").is_none_or(|m| n >= m)
                && number("maximum").is_none_or(|m| n <= m)
        }),
        Some("boolean") => ["true", "false"].contains(&value),
        _ if schema.get("format").and_then(Value::as_str) == Some("uuid") => {
            value.len() == 36 && value.parse::<Uuid>().is_ok()
        }
        _ => number("minLength").is_none_or(|m| letters >= m) && number("maxLength").is_none_or(|m| letters <= m),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(query: &str) -> Result<Query> {
        let mut params = Param::paging().to_vec();
        params.push(Param::query("status", json!({ "type": "string", "enum": ["accepted"] }), ""));
        params.push(Param::query("area", json!({ "type": "string", "format": "uuid" }), ""));
        params.push(Param::query("answered", json!({ "type": "boolean" }), ""));
        params.push(Param::path("number", json!({ "type": "integer" }), ""));
        Query::parse(query, &params)
    }

    #[test]
    fn what_is_not_declared_is_refused_with_its_name() {
        let q = read("limit=20&status=accepted&answered=true&area=00000000-0000-0000-0000-000000000000").unwrap();
        assert_eq!((q.limit(), q.get("status"), q.key("area")), (20, Some("accepted"), Some(Uuid::nil())));
        assert_eq!(read("").unwrap().limit(), USUAL);
        for (query, name) in [
            ("limit=0", "limit"),
            ("limit=101", "limit"),
            ("limit=+5", "limit"),
            ("limit=", "limit"),
            ("limit=5&limit=5", "limit"),
            ("status=gone", "status"),
            ("area=12", "area"),
            ("area=%7B00000000-0000-0000-0000-000000000000%7D", "area"),
            ("answered=1", "answered"),
            ("after=", "after"),
        ] {
            let refused = matches!(read(query), Err(Error::BadRequest(n)) if n == name);
            assert!(refused, "{query}");
        }
        for (query, name) in [("number=1", "number"), ("etat=accepted", "etat")] {
            let refused = matches!(read(query), Err(Error::UnknownParameter(n)) if n == name);
            assert!(refused, "{query}");
        }
    }
}
