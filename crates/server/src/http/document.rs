//! The API's own document, and the page on which people read it.

use std::sync::{Arc, OnceLock};

use askama::Template;
use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use parvis_kernel::{
    Ctx, Error, Result,
    api::{self, Operation, Place},
    permission::Access,
    routes::Routes,
};
use parvis_ui::Page;
use serde_json::Value;

/// Codes of errors that any address of the API may answer, with the key of their words.
const CODES: [(&str, &str); 15] = [
    ("bad_request", "api-bad_request"),
    ("not_found", "error-not_found"),
    ("cursor_unknown", "refusal-cursor_unknown"),
    ("method_not_allowed", "error-method_not_allowed"),
    ("unsupported_media_type", "error-unsupported_media_type"),
    ("too_large", "refusal-too_large"),
    ("token_missing", "refusal-token_missing"),
    ("token_unknown", "refusal-token_unknown"),
    ("token_without_right", "refusal-token_without_right"),
    ("idempotency_key_reused", "refusal-idempotency_key_reused"),
    ("too_many", "refusal-too_many"),
    ("stalled", "error-stalled"),
    ("overdue", "error-overdue"),
    ("unavailable", "error-unavailable"),
    ("internal", "error-internal"),
];

/// A parameter, or a field of a type.
struct Line {
    name: String,
    kind: Kind,
    about: String,
    required: bool,
}

/// What a value looks like, and the type it leads to.
struct Kind {
    words: String,
    link: String,
}

struct Call {
    method: &'static str,
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    /// The right a token must have; empty where none is asked.
    token: &'static str,
    params: Vec<Line>,
    body: Option<Kind>,
    answer: Kind,
}

struct Group {
    name: &'static str,
    calls: Vec<Call>,
}

struct Type {
    name: String,
    about: String,
    fields: Vec<Line>,
}

#[derive(Template)]
#[template(path = "api.html")]
struct Viewer<'a> {
    p: &'a Page,
    base: &'a str,
    groups: &'a [Group],
    types: &'a [Type],
    codes: [(&'static str, &'static str); CODES.len()],
}

fn says() -> Operation {
    Operation::read::<Value>("getDocument", "Document", "This document, in OpenAPI 3.1.")
}

/// The routes with those of the document and its page. The document holds itself too.
pub fn with(routes: Routes) -> Routes {
    let written: Arc<OnceLock<Written>> = Arc::default();
    let kept = written.clone();
    let json = move || {
        let text = kept.get().map_or_else(String::new, |w| w.text.clone());
        async move { ([(header::CONTENT_TYPE, "application/json")], text).into_response() }
    };
    let kept = written.clone();
    let page = move |ctx: Ctx| {
        let kept = kept.clone();
        async move { show(&ctx, kept.get().ok_or(Error::NotFound)?) }
    };
    let routes = routes.api_get(api::OPENAPI, Access::Public, says, json).get("/api", Access::Public, page);
    let document = api::document(&routes, "1");
    let all = Written { text: document.to_string(), groups: groups(&routes), types: types(&document) };
    // Nobody has set it before: it was made a few lines above.
    let _ = written.set(all);
    routes
}

/// What is written once for all requests.
struct Written {
    text: String,
    groups: Vec<Group>,
    types: Vec<Type>,
}

/// The page of the API. Public.
fn show(ctx: &Ctx, written: &Written) -> Result<Response> {
    let page = Page::new(ctx, ctx.t("api-title")).described(ctx.t("api-description"));
    let page = page.crumb(ctx.t("home-crumb"), "/").crumb(ctx.t("api-title"), "");
    let base = format!("{}{}", ctx.app.base_url(&ctx.settings), api::BASE);
    let viewer = Viewer { p: &page, base: &base, groups: &written.groups, types: &written.types, codes: CODES };
    parvis_ui::html(&viewer)
}

fn groups(routes: &Routes) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (info, operation) in api::operations(routes) {
        let call = Call {
            method: info.method,
            path: info.path,
            id: operation.id,
            summary: operation.summary,
            token: match info.access {
                Access::Token(scope) => scope.code(),
                _ => "",
            },
            params: operation.params.iter().map(param).collect(),
            body: operation.body.map(|b| kind(&(b.reference)())),
            answer: kind(&(operation.answer.reference)()),
        };
        match groups.iter_mut().find(|g| g.name == operation.group) {
            Some(group) => group.calls.push(call),
            None => groups.push(Group { name: operation.group, calls: vec![call] }),
        }
    }
    groups
}

fn param(p: &api::Param) -> Line {
    let kind = kind(&p.schema);
    let place = if p.place == Place::Header { ", header" } else { "" };
    let words = format!("{}{place}", kind.words);
    Line { name: p.name.to_owned(), kind: Kind { words, ..kind }, about: p.about.to_owned(), required: p.required }
}

fn types(document: &Value) -> Vec<Type> {
    let text = |v: &Value| v.get("description").and_then(Value::as_str).unwrap_or_default().to_owned();
    let none = serde_json::Map::new();
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object).unwrap_or(&none);
    let fields = |schema: &Value| {
        let all = schema.get("properties").and_then(Value::as_object).unwrap_or(&none);
        all.iter().map(|(name, s)| Line { name: name.clone(), kind: kind(s), about: text(s), required: true }).collect()
    };
    schemas.iter().map(|(name, s)| Type { name: name.clone(), about: text(s), fields: fields(s) }).collect()
}

/// A schema in a few words.
fn kind(schema: &Value) -> Kind {
    let plain = |words: String| Kind { words, link: String::new() };
    if let Some(name) = schema.get("$ref").and_then(Value::as_str).and_then(|r| r.rsplit('/').next()) {
        return Kind { words: name.to_owned(), link: name.to_owned() };
    }
    if let Some(first) = schema.pointer("/anyOf/0") {
        let inner = kind(first);
        return Kind { words: format!("{} or null", inner.words), ..inner };
    }
    if let Some(all) = schema.get("enum").and_then(Value::as_array) {
        return plain(all.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "));
    }
    if let Some(data) = schema.pointer("/properties/data") {
        let inner = kind(data);
        return Kind { words: format!("page: {}", inner.words), ..inner };
    }
    if let Some(items) = schema.get("items") {
        let inner = kind(items);
        return Kind { words: format!("list of {}", inner.words), ..inner };
    }
    let base = match schema.get("type") {
        Some(Value::String(one)) => one.clone(),
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
        _ => "object".to_owned(),
    };
    let number = |name: &str| schema.get(name).and_then(Value::as_i64);
    let range = match (number("minimum"), number("maximum")) {
        (Some(low), Some(high)) => format!(" {low} to {high}"),
        _ => String::new(),
    };
    let format = schema.get("format").and_then(Value::as_str).map_or_else(String::new, |f| format!(" ({f})"));
    plain(format!("{base}{range}{format}"))
}
