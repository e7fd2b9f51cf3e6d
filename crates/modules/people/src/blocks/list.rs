//! The blocks that hold, with the replies to read.

use askama::Template;
use axum::{extract::Path, response::Response};
use parvis_kernel::{Ctx, Error, Result, form::Form, permission::Right};
use parvis_ui::{Page, html, redirect};
use uuid::Uuid;

use super::{Block, letters, store};
use crate::{directory, persons, urls};

struct Line {
    block: Block,
    /// Empty for a browser without a name.
    name: String,
    href: String,
    until: String,
    action: String,
}

impl Line {
    fn is_unread(&self) -> bool {
        self.block.replied_at.is_some() && self.block.read_at.is_none()
    }
}

#[derive(Template)]
#[template(path = "blocks/list.html")]
struct Show<'a> {
    p: &'a Page,
    lines: Vec<Line>,
}

/// The blocks that hold. Right: persons.
///
/// # Errors
/// When the database refuses.
pub async fn show(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Persons, None)?;
    let p = Page::team(&ctx, ctx.t("block-list")).await?.crumb(ctx.t("directory-title"), urls::Directory {});
    let db = ctx.app.db.read();
    let mut lines = Vec::new();
    for block in store::all_standing(db, ctx.now()).await? {
        let person = match block.person_id {
            Some(id) => persons::find(db, id).await?,
            None => None,
        };
        lines.push(Line {
            name: person.as_ref().map(|person| directory::called(&ctx, person)).unwrap_or_default(),
            href: person.map(|person| urls::Sheet { id: person.id }.to_string()).unwrap_or_default(),
            until: letters::until_desk(&ctx, &block),
            action: urls::Block { id: block.id }.to_string(),
            block,
        });
    }
    html(&Show { p: &p, lines })
}

/// Undoes a block, or keeps it after its reply. Right: persons.
///
/// # Errors
/// `NotFound`, `changed_meanwhile`, or when the database refuses.
pub async fn change(ctx: Ctx, Path(id): Path<Uuid>, form: Form) -> Result<Response> {
    ctx.require(Right::Persons, None)?;
    let block = store::find(ctx.app.db.read(), id).await?;
    let (lift, done) = match form.get("faire") {
        "lever" => (true, "blocage-leve"),
        "maintenir" => (false, "blocage-maintenu"),
        _ => return Err(Error::BadRequest("undo or keep")),
    };
    let inner = ctx.clone();
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, block) = (inner.clone(), block.clone());
            Box::pin(async move {
                let actor = ctx.actor.person();
                match lift {
                    true => store::lift(tx, &ctx.moment, actor, &block).await,
                    false => store::keep(tx, &ctx.moment, actor, &block).await,
                }
            })
        })
        .await?;
    Ok(redirect(format!("{}?fait={done}", urls::Blocks {})))
}
