//! What a page is answered with: the page itself, or another one to ask for.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};

/// A page as an answer.
///
/// # Errors
/// When the template fails, which is a fault of ours.
pub fn html(template: &impl askama::Template) -> parvis_kernel::Result<Response> {
    html_with(StatusCode::OK, template)
}

/// A page with another status, such as 422 for a form to correct.
///
/// # Errors
/// As [`html`].
pub fn html_with(status: StatusCode, template: &impl askama::Template) -> parvis_kernel::Result<Response> {
    let body = template.render().map_err(parvis_kernel::Error::other)?;
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    Ok((status, headers, body).into_response())
}

/// To another page after a change: the browser asks for it with GET.
#[must_use]
pub fn redirect(to: impl ToString) -> Response {
    Redirect::to(&to.to_string()).into_response()
}
