//! Leaving: every module forgets, in one transaction, and nothing here says who it was.

use std::sync::Arc;

use axum::{http::StatusCode, response::Response};
use parvis_kernel::{
    Ctx, Error, Refusal, Result,
    activity::{self, Entry},
    app::App,
    context::Moment,
    db::Tx,
    form::Form,
    module::Forget,
};
use parvis_ui::{Page, html_with};
use uuid::Uuid;

use crate::{directory::merge, erased, persons, sign_in::enter, urls};

/// Without an owner nobody could name another.
pub const LAST_OWNER: Refusal = Refusal::new("last_owner");

#[derive(askama::Template)]
#[template(path = "space/erase.html")]
struct Ask<'a> {
    p: &'a Page,
    f: &'a Form,
    email: String,
}

/// What goes and what stays, before anything does. The person themselves.
pub async fn ask(ctx: Ctx) -> Result<Response> {
    page(&ctx, &Form::of(&[("textes", "garder")]), StatusCode::OK).await
}

async fn page(ctx: &Ctx, f: &Form, status: StatusCode) -> Result<Response> {
    let person = persons::find(ctx.app.db.read(), ctx.person()?).await?.ok_or(Error::NotFound)?;
    let title = ctx.app.words.with(ctx.lang, "space-erase", &[("site", &ctx.settings.name)]);
    let p = Page::new(ctx, title).private().crumb(ctx.t("space-page"), urls::Space {});
    html_with(status, &Ask { p: &p, f, email: person.email.unwrap_or_default() })
}

/// The person themselves, who said that they read it, unless they are the last owner.
pub async fn erase(ctx: Ctx, mut form: Form) -> Result<Response> {
    let person = ctx.person()?;
    let how = match form.get("textes") {
        "garder" => Some(Forget::KeepTexts),
        "effacer" => Some(Forget::EraseTexts),
        _ => None,
    };
    if how.is_none() {
        form.fail("textes", ctx.t("space-erase-texts-missing"));
    }
    if !form.has("compris") {
        form.fail("compris", ctx.t("space-erase-sure-missing"));
    }
    let (Some(how), true) = (how, form.is_valid()) else {
        return page(&ctx, &form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let shared = ctx.clone();
    ctx.app
        .db
        .write(move |tx| {
            let ctx = shared.clone();
            Box::pin(async move { erase_person(tx, &ctx.app, &ctx.moment, person, how).await })
        })
        .await?;
    Ok(enter::leave(&ctx.app, &ctx.settings, "/?fait=compte-efface#fait"))
}

/// Erases a person from every module, and notes it without their name: a backup made before can't bring them back.
///
/// # Errors
/// `last_owner`, `NotFound` when already erased, or when the database refuses.
pub async fn erase_person(tx: &Tx, app: &Arc<App>, moment: &Moment, person: Uuid, how: Forget) -> Result<()> {
    let row = persons::find(tx, person).await?.ok_or(Error::NotFound)?;
    // The addresses of sheets that were merged into this one are the person's as well.
    let others = merge::shadows(tx, person).await?.into_iter().filter_map(|s| s.email);
    // By the telephone too: a file brings people back by either.
    for key in row.email.into_iter().chain(row.phone).chain(others) {
        erased::note(tx, app, moment, &key, how).await?;
    }
    forget_person(tx, app, moment, person, how).await
}

/// Erases a person from every module.
pub(crate) async fn forget_person(tx: &Tx, app: &Arc<App>, moment: &Moment, person: Uuid, how: Forget) -> Result<()> {
    let owners = persons::owners(tx).await?;
    let row = persons::find(tx, person).await?.ok_or(Error::NotFound)?;
    if row.role.as_deref() == Some("owner") && owners < 2 {
        return Err(LAST_OWNER.into());
    }
    // This module last: the others may need the address to find what is the person's.
    let (own, others): (Vec<_>, Vec<_>) = app.modules.iter().partition(|m| m.name() == "people");
    let mut sheets: Vec<Uuid> = merge::shadows(tx, person).await?.into_iter().map(|s| s.id).collect();
    sheets.push(person);
    for module in others.into_iter().chain(own) {
        for sheet in &sheets {
            module.forget(tx, moment, *sheet, how).await?;
        }
    }
    let entry = Entry {
        actor: None,
        kind: "person.erased",
        subject_kind: "person",
        subject: Some(person),
        project: None,
        detail: if how == Forget::KeepTexts { "texts_kept" } else { "texts_erased" },
    };
    activity::record(tx, moment, entry).await
}
