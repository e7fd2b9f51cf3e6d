//! What the tests of every import do: send a file, press a button of its page, look at what is noted of it.

use axum::{
    body::Body,
    extract::{Path, Request},
    http::header,
    response::Response,
};
use parvis_kernel::{
    Ctx, Result,
    brought::{Files, Row, store},
    form::Form,
    permission::Role,
    words::Lang,
};
use parvis_ui::brought::pages::{self, Screen};
use uuid::Uuid;

use crate::{TestApp, member, text};

/// Somebody of the team at the list of the files.
#[must_use]
pub fn ctx<F: Screen>(t: &TestApp, role: Role, lang: Lang) -> Ctx {
    t.ctx(member("Nadia", role), lang, &F::list_at())
}

/// A form with a file in the field that imports read.
///
/// # Panics
/// When the address is none.
#[must_use]
pub fn form_with_file<F: Screen>(name: &str, bytes: &[u8]) -> Request {
    let head = format!("--x\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"{name}\"\r\n\r\n");
    let body = [head.as_bytes(), bytes, b"\r\n--x--\r\n"].concat();
    Request::post(F::list_at())
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .body(Body::from(body))
        .expect("a request")
}

/// An owner sends a file. Gives the key of its import.
///
/// # Panics
/// When it is refused.
pub async fn send<F: Screen>(t: &TestApp, name: &str, bytes: &[u8]) -> Uuid {
    let request = form_with_file::<F>(name, bytes);
    let response = pages::receive::<F>(ctx::<F>(t, Role::Owner, Lang::Fr), request).await.expect("an answer");
    let to = response.headers().get(header::LOCATION).map(|to| to.to_str().expect("an address").to_owned());
    let Some(to) = to else { panic!("refused: {}", text(response).await) };
    to.rsplit('/').next().and_then(|key| key.parse().ok()).expect("the key of a file")
}

/// An owner presses a button of the page of a file.
///
/// # Errors
/// What the page refuses.
pub async fn press<F: Screen>(t: &TestApp, id: Uuid, fields: &[(&str, &str)]) -> Result<Response> {
    pages::act::<F>(ctx::<F>(t, Role::Owner, Lang::Fr), Path(id), Form::of(fields)).await
}

/// What is noted of a file.
///
/// # Panics
/// When there is none.
pub async fn row<F: Files>(t: &TestApp, id: Uuid) -> Row<F::Own> {
    store::find::<F>(t.app.db.read(), id).await.expect("a file")
}

/// Sends what is no file that can be imported: each is refused in words of its own.
///
/// # Panics
/// When one is not.
pub async fn refuses_what_is_no_file<F: Screen>(t: &TestApp) {
    for (bytes, words) in [
        (&b""[..], "vide"),
        (b"\n\n\n", "vide"),
        (b"\x89PNG\r\n\x1a\n\0\0", "ni un texte ni un classeur"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "ancien classeur"),
        (b"PK\x03\x04 nothing of a workbook", "abîmé"),
    ] {
        let request = form_with_file::<F>("x.csv", bytes);
        let response = pages::receive::<F>(ctx::<F>(t, Role::Owner, Lang::Fr), request).await.expect("an answer");
        assert_eq!(response.status(), 422);
        let page = text(response).await;
        assert!(page.contains(words), "{words}: {page}");
    }
}
