//! Blocking whoever wrote a contribution, from its page on the desk.

use axum::{extract::Path, response::Response};
use parvis_kernel::{Ctx, Error, Result, form::Form, permission::Right};
use parvis_people::{
    blocks::{self, Whom},
    persons,
};
use parvis_ui::{Page, SafeHtml, redirect};
use sea_orm::ConnectionTrait;

use super::{handle, with_param};
use crate::{
    ideas::{Contribution, store},
    urls,
};

/// Who wrote a contribution, as far as a block can hold for them: nobody for what the team or a file brought.
///
/// # Errors
/// When the database refuses.
pub async fn whom(c: &impl ConnectionTrait, item: &Contribution) -> Result<Option<Whom>> {
    if item.origin != "web" || !item.office.is_empty() {
        return Ok(None);
    }
    if let Some(author) = item.author_id {
        let person = persons::find(c, author).await?.filter(|p| p.role.is_none());
        return Ok(person.map(|p| Whom { person: Some(p.id), email: p.email, browser: None }));
    }
    // What a person signed in wrote without a name stays with the browser; an address that nobody confirmed may be
    // anybody's.
    Ok(Some(Whom { person: None, email: None, browser: Some(item.holder) }))
}

/// The part of a contribution's page about its author's block; empty when none can hold.
///
/// # Errors
/// When the database refuses.
pub async fn section(ctx: &Ctx, p: &Page, f: &Form, item: &Contribution) -> Result<SafeHtml> {
    if !ctx.may(Right::Moderate, Some(item.project_id)) {
        return Ok(SafeHtml::default());
    }
    match whom(ctx.app.db.read(), item).await? {
        Some(whom) => {
            blocks::pages::section(ctx, p, f, &whom, urls::BlockAuthor { number: item.number }.to_string()).await
        }
        None => Ok(SafeHtml::default()),
    }
}

/// Blocks the author of a contribution, or undoes it. Permission: moderate, in its project.
///
/// # Errors
/// `NotFound`, `block_member`, `changed_meanwhile`, or when the database refuses.
pub async fn change(ctx: Ctx, Path(number): Path<i64>, mut f: Form) -> Result<Response> {
    ctx.require(Right::Moderate, None)?;
    let item = store::by_number(ctx.app.db.read(), number).await?;
    ctx.require(Right::Moderate, Some(item.project_id))?;
    let whom = whom(ctx.app.db.read(), &item).await?.ok_or(Error::NotFound)?;
    let page = urls::Handle { number }.to_string();
    if f.is("faire", "lever") {
        blocks::pages::lift(&ctx, &whom, &f).await?;
        return Ok(redirect(with_param(&page, "fait", "blocage-leve")));
    }
    let Some(mut terms) = blocks::terms(&ctx, &mut f) else { return handle::again(&ctx, number, f).await };
    terms.project = Some(item.project_id);
    blocks::pages::decide(&ctx, whom, terms).await?;
    Ok(redirect(with_param(&page, "fait", "bloque")))
}
