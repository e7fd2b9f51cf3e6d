//! Posting, third screen: thanks, the idea's address and number, and by when it is answered.

use askama::Template;
use axum::{extract::Path, response::Response};
use chrono::{Days, NaiveDate};
use parvis_kernel::{Ctx, Error, Result, args, db};
use parvis_ui::{Page, redirect};
use uuid::Uuid;

use super::{Contribution, Status, drafts, store, taken_back};
use crate::{seen, urls};

#[derive(Template)]
#[template(path = "post/thanks.html")]
struct Thanks<'a> {
    p: &'a Page,
    c: &'a Contribution,
    url: String,
    address: String,
    waits: bool,
    email: String,
    follows: bool,
    answer_by: Option<NaiveDate>,
    project: String,
}

/// The last day an answer is promised for.
#[must_use]
pub fn answer_by(ctx: &Ctx, c: &Contribution) -> Option<NaiveDate> {
    let days = u64::try_from(ctx.settings.answer_days).ok().filter(|d| *d > 0)?;
    parvis_kernel::locale::local_day(c.created_at, ctx.settings.tz()).checked_add_days(Days::new(days))
}

/// By when an answer was promised to an idea that waits for one, and by how many days that day is past, in words.
#[must_use]
pub fn promise(page: &Page, c: &Contribution) -> Option<String> {
    let (day, late) = promised(&page.ctx, c)?;
    Some(match late {
        ..1 => page.t1("step-before", "date", page.day(&day)),
        _ => page.t2("step-overdue", "date", page.day(&day), "n", late),
    })
}

/// The day an answer is promised for to an idea that waits for one, and by how many days it is past: 0 or less in time.
/// Nothing was promised here to what a file brought.
#[must_use]
pub fn promised(ctx: &Ctx, c: &Contribution) -> Option<(NaiveDate, i64)> {
    let waits = matches!(c.status(), Status::Proposed | Status::UnderConsideration | Status::Prescreening);
    let day = answer_by(ctx, c).filter(|_| waits && !c.withdrawn && !c.hidden && c.origin != "import")?;
    Some((day, (ctx.today() - day).num_days()))
}

/// The third screen. For the browser that wrote the draft.
///
/// # Errors
/// `NotFound` for another browser's draft.
pub async fn show(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    let db = ctx.app.db.read();
    let draft = drafts::find(db, ctx.visitor, id).await?;
    let seen = seen::by_id(&ctx, draft.project_id).await;
    let Some(contribution) = draft.contribution_id else { return Ok(redirect(seen?.link(urls::Sign { draft: id }))) };
    let c = store::find(db, contribution).await.map_err(|_| Error::NotFound)?;
    let seen = match seen {
        Err(Error::NotFound) => return taken_back::page(&ctx, &c).await,
        seen => seen?,
    };
    let email: Option<Option<String>> =
        db::scalar(db, "SELECT pending_email FROM contribution WHERE id = $1", args![c.id]).await?;
    let page = Page::new(&ctx, ctx.t("post-title-3")).private();
    let url = seen.link(urls::Idea { number: c.number });
    let thanks = Thanks {
        p: &page,
        address: format!("{}{url}", ctx.app.base_url(&ctx.settings)),
        url,
        waits: c.status() == Status::Prescreening,
        email: email.flatten().unwrap_or_default(),
        follows: c.author_id.is_some(),
        answer_by: answer_by(&ctx, &c),
        project: seen.link(urls::Project { slug: seen.project.slug.clone() }),
        c: &c,
    };
    parvis_ui::html(&thanks)
}
