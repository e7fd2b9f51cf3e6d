//! What a person may ask of the team: all their data, and to be erased, with a receipt of what was done.

use axum::{extract::Path, response::Response};
use parvis_kernel::{Ctx, Error, Refusal, Result, db::Tx, form::Form, module::Forget, permission::Right};
use parvis_ui::redirect;
use uuid::Uuid;

use super::{
    receipts::{self, Kind},
    sheet, store,
};
use crate::{
    persons, space,
    team::{self, may_change},
    urls,
};

/// Somebody of the team asks it for themselves in their own space.
pub const ERASE_SELF: Refusal = Refusal::new("erase_self");

/// Owners and administrators: the file that the person would get in their own space. The journal says who fetched it, and a
/// receipt what was in it.
pub async fn download(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    ctx.require(Right::Persons, None)?;
    persons::find(ctx.app.db.read(), id).await?.ok_or(Error::NotFound)?;
    space::hit_download(&ctx).await?;
    let shared = ctx.clone();
    let (data, receipts) = ctx
        .app
        .db
        .write(move |tx| {
            let ctx = shared.clone();
            Box::pin(async move {
                let data = receipts::gather(&ctx, &tx.into(), id).await?;
                let counted = receipts::counted(&ctx, Kind::Export, &data);
                let receipt = receipts::write(tx, &ctx, Kind::Export, &counted).await?;
                store::journal(tx, &ctx, receipts::EXPORTED, Some(id), &receipt.to_string()).await?;
                Ok((data, receipts::of_person(tx, id).await?))
            })
        })
        .await?;
    space::answer_with(&ctx, &data, &receipts)
}

/// Owners and administrators, for somebody who asked: every module forgets, and a receipt says what went.
pub async fn erase(ctx: Ctx, Path(id): Path<Uuid>, mut form: Form) -> Result<Response> {
    ctx.require(Right::Persons, None)?;
    let person = persons::find(ctx.app.db.read(), id).await?.ok_or(Error::NotFound)?;
    if ctx.actor.person() == Some(id) {
        return Err(ERASE_SELF.into());
    }
    let role = persons::role_of(ctx.app.db.read(), id, person.role.as_deref()).await?;
    if !may_change(&ctx.actor, role.as_ref(), None) {
        return Err(Refusal::NOT_ALLOWED.into());
    }
    let how = match form.get("textes") {
        "garder" => Some(Forget::KeepTexts),
        "effacer" => Some(Forget::EraseTexts),
        _ => None,
    };
    if how.is_none() {
        form.fail("textes", ctx.t("rights-texts-missing"));
    }
    if !form.has("demande") {
        form.fail("demande", ctx.t("rights-asked-missing"));
    }
    let (Some(how), true) = (how, form.is_valid()) else {
        return sheet::page(&ctx, &person, &form).await;
    };
    let shared = ctx.clone();
    let receipt = ctx
        .app
        .db
        .write(move |tx| {
            let ctx = shared.clone();
            Box::pin(async move { erase_with_receipt(tx, &ctx, id, how).await })
        })
        .await?;
    Ok(redirect(urls::Receipt { id: receipt }))
}

async fn erase_with_receipt(tx: &Tx, ctx: &Ctx, person: Uuid, how: Forget) -> Result<Uuid> {
    // The role may have changed since the page was made.
    let row = persons::find(tx, person).await?.ok_or(Error::NotFound)?;
    let role = persons::role_of(tx, person, row.role.as_deref()).await?;
    if !team::may_change(&ctx.actor, role.as_ref(), None) {
        return Err(Refusal::NOT_ALLOWED.into());
    }
    // Counted here: what came in since the page was made goes too, and is told.
    let kind = Kind::Erasure(how);
    let counted = receipts::counted(ctx, kind, &receipts::gather(ctx, &tx.into(), person).await?);
    space::erase_person(tx, &ctx.app, &ctx.moment, person, how).await?;
    let receipt = receipts::write(tx, ctx, kind, &counted).await?;
    store::journal(tx, ctx, "person.erased_on_request", Some(person), &receipt.to_string()).await?;
    Ok(receipt)
}
