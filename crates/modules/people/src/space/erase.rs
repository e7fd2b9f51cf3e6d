//! Leaving: every module forgets, in one transaction, and nothing here says who it was.

use std::sync::Arc;

use axum::response::Response;
use parvis_kernel::{
    Ctx, Error, Refusal, Result,
    activity::{self, Entry},
    app::App,
    context::Moment,
    db::Tx,
    form::Form,
    module::Forget,
};
use uuid::Uuid;

use crate::{directory::merge, erased, persons, sign_in::enter};

/// Without an owner nobody could name another.
pub const LAST_OWNER: Refusal = Refusal::new("last_owner");

/// The person themselves, unless they are the last owner.
pub async fn erase(ctx: Ctx, form: Form) -> Result<Response> {
    let person = ctx.person()?;
    let how = match form.get("textes") {
        "garder" => Forget::KeepTexts,
        "effacer" => Forget::EraseTexts,
        _ => return Err(Error::BadRequest("what becomes of the texts is not said")),
    };
    let shared = ctx.clone();
    ctx.app
        .db
        .write(move |tx| {
            let ctx = shared.clone();
            Box::pin(async move { erase_person(tx, &ctx.app, &ctx.moment, person, how).await })
        })
        .await?;
    Ok(enter::leave(&ctx.app, &ctx.settings, "/?fait=compte-efface"))
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
