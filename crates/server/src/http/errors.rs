//! Errors as pages, in the reader's language: what happened, why, what to do, and nothing typed is lost.

use std::sync::Arc;

use askama::Template;
use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};
use parvis_kernel::{Ctx, Error, Refusal, form::Form, locale, permission::Right, url};
use parvis_ui::Page;

use super::api;

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    p: &'a Page,
    why: String,
    next: String,
    /// Where the way on leads, and its words.
    way: (String, String),
    /// A form that can be sent again, with what was typed.
    again: Option<&'a Form>,
    /// What was typed, to copy, where sending the same again would change nothing.
    typed: Vec<&'a str>,
    /// The token to send it under when it is still good; a new one otherwise.
    token: Option<&'a str>,
    action: String,
    id: Option<&'a str>,
    /// Whether the page helps to find an idea.
    search: bool,
    /// The telephone of whoever helps, where waiting may not; empty for none.
    telephone: &'a str,
}

/// Replaces an error by its page. Answers that are no errors pass untouched.
pub fn page(ctx: &Ctx, json: bool, response: Response) -> Response {
    if is_unreadable_path(&response) {
        return page(ctx, json, Error::NotFound.into_response());
    }
    let Some(error) = response.extensions().get::<Error>().cloned() else { return plain_status(ctx, json, response) };
    let form = response.extensions().get::<Arc<Form>>().cloned();
    let status = response.status();
    if let Error::Db(_) | Error::Other(_) = error {
        tracing::error!(id = %ctx.id, error = %error, "a request failed");
    }
    if json {
        let code = code(&error);
        let words = words(ctx, &error, false).0;
        return (status, Json(serde_json::json!({ "error": code, "message": words }))).into_response();
    }
    let typed = form.as_ref().is_some_and(|f| !f.pairs().is_empty());
    if let Error::Refused(Refusal::NOT_SIGNED_IN) = error
        && !typed
    {
        return Redirect::to(&format!("/connexion?retour={}", url::encode(&ctx.uri))).into_response();
    }
    render(ctx, status, &error, form.as_deref())
}

/// Whether an answer is the framework's own, without our words.
fn is_bare(response: &Response) -> bool {
    response.headers().get(header::CONTENT_TYPE).is_none_or(|t| t.as_bytes().starts_with(b"text/plain"))
}

/// Whether the framework could not read a part of the path, such as `/idees/abc`: nothing is there. Forms and files that
/// can't be read are errors of our own, so that nothing else is refused like this.
fn is_unreadable_path(response: &Response) -> bool {
    response.status() == StatusCode::BAD_REQUEST && response.extensions().get::<Error>().is_none() && is_bare(response)
}

/// A framework's bare refusal (wrong method, body too large) gets a page too.
fn plain_status(ctx: &Ctx, json: bool, response: Response) -> Response {
    let error = match response.status() {
        StatusCode::METHOD_NOT_ALLOWED => Error::NotFound,
        StatusCode::PAYLOAD_TOO_LARGE => Error::Refused(Refusal::TOO_LARGE),
        StatusCode::UNPROCESSABLE_ENTITY => Error::BadRequest("framework"),
        _ => return response,
    };
    if !is_bare(&response) || json { response } else { render(ctx, response.status(), &error, None) }
}

/// Replaces an error by its problem, for a program. Answers that are no errors pass untouched.
pub fn problem(ctx: &Ctx, response: Response) -> Response {
    let status = response.status();
    let written = response.headers().get(header::CONTENT_TYPE).is_some_and(|t| t.as_bytes().ends_with(b"json"));
    let error = response.extensions().get::<Error>().cloned();
    if error.is_none() && (written || !(status.is_client_error() || status.is_server_error())) {
        return response;
    }
    if let Some(error @ (Error::Db(_) | Error::Other(_))) = &error {
        tracing::error!(id = %ctx.id, %error, "a request failed");
    }
    let (code, words) = match &error {
        // What forms say of themselves is not for programs.
        Some(error @ (Error::BadRequest(_) | Error::UnknownParameter(_) | Error::TooMany(_))) => {
            let key = match error {
                Error::BadRequest("Idempotency-Key") => "api-idempotency_key".to_owned(),
                error => format!("api-{}", code(error)),
            };
            (code(error), (ctx.t(&key), ctx.t(&format!("{key}.why")), ctx.t(&format!("{key}.next"))))
        }
        Some(error) => (code(error), words(ctx, error, false)),
        None => {
            let code = bare_code(status);
            let key = if code == "too_large" { "refusal-too_large".to_owned() } else { format!("error-{code}") };
            (code, (ctx.t(&key), ctx.t(&format!("{key}.why")), ctx.t(&format!("{key}.next"))))
        }
    };
    let mut problem = api::problem(ctx, code, status, words);
    problem.parameter = match &error {
        Some(Error::BadRequest(parameter)) => Some((*parameter).to_owned()),
        Some(Error::UnknownParameter(parameter)) => Some(parameter.clone()),
        _ => None,
    };
    let mut answer = problem.response();
    if let Some(allow) = response.headers().get(header::ALLOW) {
        answer.headers_mut().insert(header::ALLOW, allow.clone());
    }
    if let Some(seconds) = error.as_ref().and_then(|e| retry_after(ctx, e)) {
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    answer.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

/// In how many seconds it is worth another try.
fn retry_after(ctx: &Ctx, error: &Error) -> Option<i64> {
    match error {
        Error::Stalled | Error::Overdue | Error::Db(_) => Some(30),
        Error::TooMany(until) => Some((*until - ctx.now()).num_seconds().max(1)),
        _ => None,
    }
}

/// The code of an answer of the framework's own.
fn bare_code(status: StatusCode) -> &'static str {
    match status {
        StatusCode::METHOD_NOT_ALLOWED => "method_not_allowed",
        StatusCode::PAYLOAD_TOO_LARGE => "too_large",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "unsupported_media_type",
        StatusCode::NOT_FOUND => "not_found",
        StatusCode::SERVICE_UNAVAILABLE => "unavailable",
        s if s.is_server_error() => "internal",
        _ => "bad_request",
    }
}

fn code(error: &Error) -> &'static str {
    match error {
        Error::Refused(r) => r.code(),
        Error::TooMany(_) => Refusal::TOO_MANY.code(),
        Error::NotFound => "not_found",
        Error::BadRequest(_) | Error::UnknownParameter(_) => "bad_request",
        Error::Stalled => "stalled",
        Error::Overdue => "overdue",
        Error::Db(_) => "unavailable",
        Error::Other(_) => "internal",
    }
}

/// Title, why and what next; `written` when somebody sent a form, which is kept.
fn words(ctx: &Ctx, error: &Error, written: bool) -> (String, String, String) {
    let key = match error {
        Error::Refused(r) => format!("refusal-{}", r.code()),
        Error::TooMany(until) => {
            let next = if written { "refusal-too_many-kept" } else { "refusal-too_many-read" };
            return (again_at(ctx, *until), ctx.t("refusal-too_many.why"), ctx.t(next));
        }
        // Whoever can do something about it is told what.
        full if full.is_full() && ctx.may(Right::Read, None) => "error-full".to_owned(),
        other => format!("error-{}", code(other)),
    };
    (ctx.t(&key), ctx.t(&format!("{key}.why")), ctx.t(&format!("{key}.next")))
}

/// When one may try again: the time, with the day when it is another one.
fn again_at(ctx: &Ctx, until: DateTime<Utc>) -> String {
    let tz = ctx.settings.tz();
    let (time, day) = (locale::time(ctx.lang, until, tz), locale::local_day(until, tz));
    if day == ctx.today() {
        return ctx.app.words.with(ctx.lang, "refusal-too_many-until", &[("time", &time)]);
    }
    let date = locale::weekday(ctx.lang, day);
    ctx.app.words.with(ctx.lang, "refusal-too_many-until-day", &[("time", &time), ("date", &date)])
}

fn render(ctx: &Ctx, status: StatusCode, error: &Error, form: Option<&Form>) -> Response {
    let form = form.filter(|f| !f.pairs().is_empty());
    let (title, why, mut next) = words(ctx, error, form.is_some());
    let page = Page::new(ctx, title).private();
    let team = ctx.may(Right::Read, None);
    let desk = team && ctx.uri.starts_with("/equipe");
    let way = match error {
        Error::Refused(Refusal::NOT_SIGNED_IN | Refusal::LINK_INVALID) => ("/connexion", "error-way-sign-in"),
        // The desk would refuse whoever is not of the team once more.
        Error::Refused(Refusal::NOT_ALLOWED) if team => ("/equipe", "error-way-desk"),
        // Whoever works at the desk goes on there.
        _ if desk => ("/equipe", "error-way-desk"),
        _ => ("/", "error-way-home"),
    };
    let ours = matches!(error, Error::Db(_) | Error::Other(_));
    let worth_again =
        ours || matches!(error, Error::TooMany(_) | Error::Refused(Refusal::FORM_EXPIRED | Refusal::TOO_MANY));
    if ours && form.is_some() {
        next = ctx.t("error-again");
    }
    // What took too long may be done: it is shown to look at, not to send again.
    let incident = ours || matches!(error, Error::Overdue);
    let template = ErrorPage {
        p: &page,
        why,
        next,
        token: form.filter(|_| ours).map(|f| f.get("_csrf")).filter(|t| !t.is_empty()),
        way: (way.0.to_owned(), ctx.t(way.1)),
        again: form.filter(|_| worth_again),
        typed: if worth_again { Vec::new() } else { form.map(long_values).unwrap_or_default() },
        action: ctx.uri.clone(),
        id: incident.then_some(ctx.id.as_str()),
        search: matches!(error, Error::NotFound) && form.is_none() && !desk,
        telephone: if incident { ctx.settings.telephone.trim() } else { "" },
    };
    match parvis_ui::html_with(status, &template) {
        Ok(mut response) => {
            response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            if let Some(seconds) = retry_after(ctx, error) {
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            }
            response
        }
        Err(e) => bare(&e),
    }
}

/// The texts somebody took time to write: those of several words, and long ones.
fn long_values(form: &Form) -> Vec<&str> {
    let is_text = |v: &str| v.chars().count() > 30 || v.split_whitespace().count() > 1;
    form.pairs().iter().filter(|(n, v)| n != "_csrf" && is_text(v)).map(|(_, v)| v.as_str()).collect()
}

/// Before the set-up, for whoever did not come by its link.
pub fn not_set_up(ctx: &Ctx) -> Response {
    let page = Page::new(ctx, ctx.t("error-not_set_up")).private();
    let template = ErrorPage {
        p: &page,
        why: ctx.t("error-not_set_up.why"),
        next: ctx.t("error-not_set_up.next"),
        way: (String::new(), String::new()),
        again: None,
        typed: Vec::new(),
        token: None,
        action: String::new(),
        id: None,
        search: false,
        telephone: "",
    };
    parvis_ui::html_with(StatusCode::SERVICE_UNAVAILABLE, &template).unwrap_or_else(|e| bare(&e))
}

/// When not even the error page can be made: a few words without the look, in both languages.
pub fn bare(error: &Error) -> Response {
    tracing::error!(%error, "no page could be made");
    let html = "<!doctype html><html lang=\"fr\"><head><meta charset=\"utf-8\"><title>Parvis</title></head><body>\
                <main><h1>Le site revient dans un instant</h1><p>La base de données ne répond pas. Rien n’est perdu : \
                revenez en arrière, votre texte y est encore, et recommencez dans une minute.</p><p lang=\"en\">The \
                database does not answer. Go back, your text is still there, and try again in a minute.</p></main>\
                </body></html>";
    let headers = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::RETRY_AFTER, "30")];
    (StatusCode::SERVICE_UNAVAILABLE, headers, html).into_response()
}
