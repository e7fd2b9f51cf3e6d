//! An address whose server refuses letters, and the way to write there again.

use axum::{extract::Path, response::Response};
use parvis_kernel::{Ctx, Error, Result, mail::refused, permission::Right};
use parvis_ui::redirect;
use uuid::Uuid;

use super::{done_on_sheet, store};
use crate::{persons, urls};

/// Owners and administrators: letters may go to the address of this sheet again. What was stopped meanwhile stays so.
pub async fn lift(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    ctx.require(Right::Persons, None)?;
    let person = persons::find(ctx.app.db.read(), id).await?.ok_or(Error::NotFound)?;
    let Some(email) = person.email else { return Ok(redirect(urls::Sheet { id })) };
    let shared = ctx.clone();
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, email) = (shared.clone(), email.clone());
            Box::pin(async move {
                // Pressed twice, or by two: noted once.
                if refused::lift(tx, &email).await? {
                    store::journal(tx, &ctx, "person.address_lifted", Some(id), "").await?;
                }
                Ok(())
            })
        })
        .await?;
    Ok(redirect(done_on_sheet(&ctx, id, "adresse-levee", "")))
}
