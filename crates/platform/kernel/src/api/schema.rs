//! JSON Schema of what is answered, written from the types that are answered.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// The named schemas of a document.
pub type Parts = BTreeMap<&'static str, Value>;

/// What a type looks like in JSON.
pub trait Schema {
    /// Its schema, or a reference to it for a type with a name.
    fn reference() -> Value;
    /// Adds the named schemas it needs.
    fn parts(_into: &mut Parts) {}
}

/// The schema of a type that is not named here.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// See [`Schema::reference`].
    pub reference: fn() -> Value,
    /// See [`Schema::parts`].
    pub parts: fn(&mut Parts),
}

impl Shape {
    /// The schema of `T`.
    #[must_use]
    pub fn of<T: Schema>() -> Self {
        Self { reference: T::reference, parts: T::parts }
    }
}

macro_rules! plain {
    ($($ty:ty => $schema:tt),+ $(,)?) => {$(
        impl Schema for $ty {
            fn reference() -> Value {
                json!($schema)
            }
        }
    )+};
}

plain! {
    String => { "type": "string" },
    i64 => { "type": "integer" },
    f64 => { "type": "number" },
    bool => { "type": "boolean" },
    DateTime<Utc> => { "type": "string", "format": "date-time" },
    NaiveDate => { "type": "string", "format": "date" },
    Uuid => { "type": "string", "format": "uuid" },
    Value => {},
}

impl<T: Schema> Schema for Option<T> {
    fn reference() -> Value {
        let mut inner = T::reference();
        match inner.get("type").cloned() {
            Some(Value::String(kind)) if inner.get("enum").is_none() => {
                inner["type"] = json!([kind, "null"]);
                inner
            }
            _ => json!({ "anyOf": [inner, { "type": "null" }] }),
        }
    }

    fn parts(into: &mut Parts) {
        T::parts(into);
    }
}

impl<T: Schema> Schema for Vec<T> {
    fn reference() -> Value {
        json!({ "type": "array", "items": T::reference() })
    }

    fn parts(into: &mut Parts) {
        T::parts(into);
    }
}

/// A schema with its line of explanation.
#[must_use]
pub fn described(mut schema: Value, about: &str) -> Value {
    let about = about.trim();
    if !about.is_empty() {
        schema["description"] = json!(about);
    }
    schema
}

/// An object whose fields are all there, always.
#[must_use]
pub fn object<'a>(fields: impl IntoIterator<Item = (&'a str, Value)>, about: &str) -> Value {
    let properties: Map<String, Value> = fields.into_iter().map(|(name, s)| (name.to_owned(), s)).collect();
    let required: Vec<&String> = properties.keys().collect();
    described(json!({ "type": "object", "required": required, "properties": properties }), about)
}

/// Declares a type that the API answers: its fields with their explanations are the code and the document at once.
#[macro_export]
macro_rules! api_type {
    ($($(#[doc = $doc:literal])* $name:ident { $($(#[doc = $about:literal])* $field:ident : $ty:ty),+ $(,)? })+) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Clone, ::serde::Serialize)]
        pub struct $name { $($(#[doc = $about])* pub $field: $ty),+ }

        impl $crate::api::Schema for $name {
            fn reference() -> ::serde_json::Value {
                ::serde_json::json!({ "$ref": concat!("#/components/schemas/", stringify!($name)) })
            }

            fn parts(into: &mut $crate::api::Parts) {
                if into.contains_key(stringify!($name)) {
                    return;
                }
                let fields = [$((
                    stringify!($field),
                    $crate::api::described(<$ty as $crate::api::Schema>::reference(), concat!($($about),*)),
                )),+];
                into.insert(stringify!($name), $crate::api::object(fields, concat!($($doc),*)));
                $(<$ty as $crate::api::Schema>::parts(into);)+
            }
        }
    )+};
}

#[cfg(test)]
mod tests {
    use super::*;

    api_type! {
        /// A place.
        Spot {
            /// Its name.
            name: String,
            /// Where it lies in.
            inside: Option<Spot2>,
        }
        /// Another.
        Spot2 {
            /// Since when.
            since: Option<NaiveDate>,
            /// Words.
            words: Vec<String>,
        }
    }

    #[test]
    fn a_type_is_its_document() {
        let mut parts = Parts::new();
        Listed::parts(&mut parts);
        assert_eq!(parts.keys().copied().collect::<Vec<_>>(), ["Spot", "Spot2"]);
        assert_eq!(parts["Spot"]["required"], json!(["inside", "name"]));
        assert_eq!(parts["Spot"]["properties"]["name"], json!({ "type": "string", "description": "Its name." }));
        assert_eq!(
            parts["Spot"]["properties"]["inside"]["anyOf"],
            json!([{ "$ref": "#/components/schemas/Spot2" }, { "type": "null" }])
        );
        assert_eq!(parts["Spot2"]["properties"]["since"]["type"], json!(["string", "null"]));
    }

    type Listed = crate::api::Listed<Spot>;
}
