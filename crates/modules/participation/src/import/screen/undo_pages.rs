//! The page of an undo: what would go, what stays and why, then the button.

use askama::Template;
use axum::{extract::Path, response::Response};
use parvis_kernel::{
    Ctx, Refusal, Result,
    brought::{Row, store},
    form::Form,
    permission::Right,
};
use parvis_ui::{Page, html, redirect};
use uuid::Uuid;

use super::{
    files::{Contributions, Own},
    undo::{self, Order, Preview},
};
use crate::{
    ideas::{shorten, title_of},
    urls,
};

/// Contributions that stay named on the page.
const NAMED: i64 = 20;

struct Line {
    title: String,
    href: String,
    why: String,
}

#[derive(Template)]
#[template(path = "import/undo.html")]
struct Show<'a> {
    p: &'a Page,
    row: &'a Row<Own>,
    preview: Preview,
    kept: Vec<Line>,
}

/// What an undo would do now. Administrators and owners.
pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    ctx.require(Right::ManageProjects, None)?;
    let c = ctx.app.db.read();
    let row = store::find::<Contributions>(c, id).await?;
    if !undo::can(&row) {
        return Ok(redirect(urls::Import { id }));
    }
    let title = ctx.app.words.with(ctx.lang, "import-undo-title", &[("name", &row.file_name)]);
    let p = Page::team(&ctx, title)
        .await?
        .crumb(ctx.t("import-title"), urls::Imports {})
        .crumb(ctx.app.words.with(ctx.lang, "import-one-title", &[("name", &row.file_name)]), urls::Import { id });
    let kept = undo::kept(c, id, NAMED).await?.into_iter().map(|x| {
        let title = if x.title.is_empty() { title_of(&x.body) } else { x.title.clone() };
        let number = x.idea_number.unwrap_or(x.number);
        Line {
            title: shorten(&title, 120),
            href: urls::Handle { number }.to_string(),
            why: ctx.t(&format!("import-undo-why-{}", x.why())),
        }
    });
    html(&Show { kept: kept.collect(), preview: undo::preview(c, id).await?, p: &p, row: &row })
}

/// Takes the import back, in the background. Administrators and owners.
pub(super) async fn ask(ctx: Ctx, Path(id): Path<Uuid>, _: Form) -> Result<Response> {
    ctx.require(Right::ManageProjects, None)?;
    let row = store::find::<Contributions>(ctx.app.db.read(), id).await?;
    let asked = undo::can(&row) && undo::ask(&ctx.app, Order { id, actor: ctx.actor.person() }).await?;
    if asked { Ok(redirect(urls::Import { id })) } else { Err(Refusal::CHANGED_MEANWHILE.into()) }
}
