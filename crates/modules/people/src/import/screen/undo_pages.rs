//! The page of an undo: what would go, what is put back, what stays and why, then the button.

use askama::Template;
use axum::{extract::Path, response::Response};
use parvis_kernel::{
    Ctx, Refusal, Result, args,
    brought::{Files as _, Row, store},
    db,
    form::Form,
    permission::Right,
};
use parvis_ui::{Page, html, redirect};
use uuid::Uuid;

use super::{
    files::{Own, Persons},
    undo::{self, Order, Preview},
};
use crate::urls;

/// Sheets that stay named on the page.
const NAMED: usize = 20;

struct Line {
    name: String,
    href: String,
    why: String,
}

#[derive(Template)]
#[template(path = "import/people_undo.html")]
struct Show<'a> {
    p: &'a Page,
    row: &'a Row<Own>,
    preview: Preview,
    kept: Vec<Line>,
    /// Sheets that stay beside those named.
    more: i64,
}

impl Show<'_> {
    /// Sheets that an undo touches.
    fn touched(&self) -> i64 {
        self.preview.goes + self.preview.put_back
    }
}

/// What an undo would do now. Administrators and owners.
pub(super) async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    ctx.require(Right::Persons, None)?;
    let c = ctx.app.db.read();
    let row = store::find::<Persons>(c, id).await?;
    if undo::until(&row, ctx.now()).is_none() {
        return Ok(redirect(urls::PeopleFile { id }));
    }
    let title = ctx.app.words.with(ctx.lang, "import-undo-title", &[("name", &row.file_name)]);
    let p = Page::team(&ctx, title)
        .await?
        .crumb(ctx.t("directory-title"), urls::Directory {})
        .crumb(ctx.t("people-import-title"), urls::ImportPeople {})
        .crumb(
            ctx.app.words.with(ctx.lang, "people-import-one-title", &[("name", &row.file_name)]),
            urls::PeopleFile { id },
        );
    let preview = undo::preview(c, id, NAMED).await?;
    let kept = preview.named.iter().map(|x| Line {
        name: x.name.clone(),
        href: urls::Sheet { id: x.person }.to_string(),
        why: ctx.t(&format!("people-undo-why-{}", x.why)),
    });
    let kept: Vec<Line> = kept.collect();
    let more = preview.kept - i64::try_from(kept.len()).unwrap_or(0);
    html(&Show { kept, more, preview, p: &p, row: &row })
}

/// Takes the import back: at once when it is small, else in the background. Administrators and owners.
pub(super) async fn ask(ctx: Ctx, Path(id): Path<Uuid>, _: Form) -> Result<Response> {
    ctx.require(Right::Persons, None)?;
    let row = store::find::<Persons>(ctx.app.db.read(), id).await?;
    let order = Order { id, actor: ctx.actor.person() };
    if undo::until(&row, ctx.now()).is_none() || !undo::ask(&ctx.app, order).await? {
        return Err(Refusal::CHANGED_MEANWHILE.into());
    }
    // The text of one that was stopped: nothing goes on with it.
    Persons::PLACE.forget(&ctx.app, id, false).await?;
    let sql = "SELECT count(*) FROM person_brought WHERE file_id = $1";
    if db::count(ctx.app.db.read(), sql, args![id]).await? <= undo::PART {
        undo::at_once(&ctx.app, order).await?;
    }
    Ok(redirect(urls::PeopleFile { id }))
}
