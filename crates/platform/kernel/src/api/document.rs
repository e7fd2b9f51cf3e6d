//! The OpenAPI 3.1 document, written from the routes.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{Operation, Param, Parts, Place, described, object};
use crate::{
    permission::Access,
    routes::{RouteInfo, Routes},
};

/// The operations of the API with their routes, in the order they were declared.
pub fn operations(routes: &Routes) -> impl Iterator<Item = (&RouteInfo, Operation)> {
    routes.infos().iter().filter_map(|info| Some((info, info.api?.operation())))
}

/// The document of all API routes.
#[must_use]
pub fn document(routes: &Routes, version: &str) -> Value {
    let mut parts = Parts::new();
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    let mut groups: Vec<&str> = Vec::new();
    for (info, operation) in operations(routes) {
        (operation.answer.parts)(&mut parts);
        if let Some(body) = &operation.body {
            (body.parts)(&mut parts);
        }
        if !groups.contains(&operation.group) {
            groups.push(operation.group);
        }
        paths.entry(info.path).or_default().insert(info.method.to_ascii_lowercase(), one(info, &operation));
    }
    parts.insert("Problem", problem());
    let groups: Vec<Value> = groups.into_iter().map(|g| json!({ "name": g })).collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Parvis",
            "version": version,
            "description": ABOUT,
            "license": { "name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later" },
        },
        "servers": [{ "url": "/", "description": "This instance" }],
        "tags": groups,
        "paths": paths,
        "components": {
            "schemas": parts,
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer", "description": TOKEN } },
        },
    })
}

const ABOUT: &str = "All that the public pages show, as JSON. Lists are read by pages: pass the `next` of a page as \
    `after` to read on; what is added meanwhile moves nothing. Each answer has a strong `ETag`: send it back as \
    `If-None-Match` and an answer that is still the same costs nothing (304). `RateLimit-Limit`, `RateLimit-Remaining` \
    and `RateLimit-Reset` tell how many requests are left and for how many seconds. Errors are \
    `application/problem+json` with a stable `code`. Pages of other sites may read all of it; cookies count for nothing.";

const TOKEN: &str = "A token that a member of the team makes in the settings. It may do what its rights say, and never \
    more than its owner.";

fn one(info: &RouteInfo, operation: &Operation) -> Value {
    let params: Vec<Value> = operation.params.iter().map(param).collect();
    let mut answers = Map::new();
    answers.insert(
        operation.status.to_string(),
        json!({
            "description": "What was asked.",
            "headers": headers(info.method == "GET"),
            "content": { "application/json": { "schema": (operation.answer.reference)() } },
        }),
    );
    if info.method == "GET" {
        answers.insert("304".into(), json!({ "description": "Still the same as the tag you sent." }));
    }
    let with_token: &[u16] = if matches!(info.access, Access::Token(_)) { &[401, 403] } else { &[401] };
    for status in [400, 404, 429, 503].iter().chain(operation.others).chain(with_token) {
        answers.insert(
            status.to_string(),
            json!({
                "description": "Refused, with a stable code.",
                "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
            }),
        );
    }
    let mut out = json!({
        "operationId": operation.id,
        "tags": [operation.group],
        "summary": operation.summary,
        "parameters": params,
        "responses": answers,
    });
    if let Access::Token(scope) = info.access {
        out["security"] = json!([{ "token": [] }]);
        out["description"] = json!(format!("Needs a token with the right `{}`.", scope.code()));
    }
    if let Some(body) = &operation.body {
        out["requestBody"] =
            json!({ "required": true, "content": { "application/json": { "schema": (body.reference)() } } });
    }
    out
}

fn param(p: &Param) -> Value {
    let place = match p.place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "header",
    };
    json!({ "name": p.name, "in": place, "required": p.required, "description": p.about, "schema": p.schema })
}

fn headers(tagged: bool) -> Value {
    let number = |about: &str| json!({ "description": about, "schema": { "type": "integer" } });
    let mut all = json!({
        "RateLimit-Limit": number("Requests accepted in a window."),
        "RateLimit-Remaining": number("Requests left in this window."),
        "RateLimit-Reset": number("Seconds until the next window."),
    });
    if tagged {
        all["ETag"] = json!({ "description": "Strong tag of this answer.", "schema": { "type": "string" } });
    }
    all
}

fn problem() -> Value {
    let text = |about: &str| described(json!({ "type": "string" }), about);
    let mut schema = object(
        [
            ("type", text("Address of the line that explains the code.")),
            ("title", text("What happened, in the reader's language.")),
            ("status", described(json!({ "type": "integer" }), "HTTP status.")),
            ("detail", text("Why, and what to do.")),
            ("code", text("The stable code.")),
            ("request", text("Found in the logs of the server.")),
        ],
        "What went wrong (RFC 9457).",
    );
    schema["properties"]["parameter"] = text("The parameter that can't stand, if it is one.");
    schema
}

/// The address of the document.
pub const OPENAPI: &str = "/api/v1/openapi.json";
