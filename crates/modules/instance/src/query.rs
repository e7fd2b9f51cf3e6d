//! The part of an address after `?`.

use axum::response::Response;
use parvis_kernel::{Ctx, form::Form, url::local_path};
use parvis_ui::redirect;

/// The values asked for in the address.
#[must_use]
pub fn of(ctx: &Ctx) -> Form {
    Form::parse(ctx.uri.split_once('?').map_or("", |(_, q)| q).as_bytes())
}

/// Back to the page a form names, when it is one of this site.
#[must_use]
pub fn back(form: &Form, otherwise: &str) -> Response {
    redirect(local_path(form.get("retour")).unwrap_or(otherwise))
}
