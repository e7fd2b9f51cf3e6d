//! What somebody may do with their own texts: change them before publication, take them back, put them back.

use axum::{extract::Path, response::Response};
use parvis_kernel::{
    Ctx, Error, Result,
    activity::{self, Entry},
    db::Tx,
    form::Form,
};
use parvis_people::blocks;
use parvis_ui::redirect;

use super::{
    Contribution, Status, post,
    store::{self, Change},
};
use crate::{
    screening,
    seen::{self, back_with},
    urls,
};

/// Whether whoever asks wrote it: signed in, or in this browser.
#[must_use]
pub fn is_mine(ctx: &Ctx, c: &Contribution) -> bool {
    let person = ctx.actor.person();
    (person.is_some() && (c.author_id == person || Some(c.holder) == person))
        || (c.author_id.is_none() && c.holder == ctx.visitor)
}

/// Whether its words may still be changed: nobody has read them online.
#[must_use]
pub fn may_change(c: &Contribution) -> bool {
    c.status() == Status::Prescreening && c.published_at.is_none() && !c.withdrawn
}

/// Takes back, puts back or changes one's own text. For whoever wrote it.
///
/// # Errors
/// `NotFound` for somebody else's, `changed_meanwhile`.
pub async fn change(ctx: Ctx, Path(number): Path<i64>, mut form: Form) -> Result<Response> {
    let c = store::by_number(ctx.app.db.read(), number).await?;
    if !is_mine(&ctx, &c) {
        return Err(Error::NotFound);
    }
    let seen = seen::by_id(&ctx, c.project_id).await?;
    let page = seen.link(urls::Idea { number });
    let (work, done) = match form.get("faire") {
        "modifier" if may_change(&c) => {
            let body = post::check_text(&ctx, &mut form, "idee", "post-missing");
            if !form.is_valid() {
                // The page shows the words again only in the field, so the reader goes back to it with the reason.
                return super::view::with_error(&ctx, &c, &seen, form).await;
            }
            if let Some(refused) = blocks::pages::refused(&ctx, false, &body).await? {
                return Ok(refused);
            }
            let shown = [c.author_name.as_str(), c.place.as_str(), c.tag.as_str()];
            let looked = screening::store::look(&ctx, c.project_id, &body, &shown).await?;
            (Work::Text(body, Box::new(looked)), done(&c, ["idee-modifiee", "commentaire-recu"]))
        }
        "retirer" if !c.withdrawn => (Work::Withdraw(true), done(&c, ["idee-retiree", "commentaire-retire"])),
        "remettre" if c.withdrawn && !c.body.is_empty() => {
            (Work::Withdraw(false), done(&c, ["idee-remise", "commentaire-remis"]))
        }
        _ => return Err(parvis_kernel::Refusal::CHANGED_MEANWHILE.into()),
    };
    let inner = (ctx.clone(), c);
    ctx.app
        .db
        .write(move |tx| {
            let ((ctx, c), work) = (inner.clone(), work.clone());
            Box::pin(async move { apply(tx, &ctx, &c, &work).await })
        })
        .await?;
    Ok(redirect(back_with(&form, &page, done)))
}

/// What is said to be done: of an idea, or of a comment.
fn done(c: &Contribution, [idea, comment]: [&'static str; 2]) -> &'static str {
    if c.kind == "comment" { comment } else { idea }
}

#[derive(Debug, Clone)]
enum Work {
    Text(String, Box<screening::Looked>),
    Withdraw(bool),
}

async fn apply(tx: &Tx, ctx: &Ctx, c: &Contribution, work: &Work) -> Result<()> {
    let kind = match work {
        Work::Text(body, looked) => {
            // Read again in the transaction: the team may have published it a moment ago.
            let now = store::find(tx, c.id).await?;
            if !may_change(&now) || now.version != c.version {
                return Err(parvis_kernel::Refusal::CHANGED_MEANWHILE.into());
            }
            store::set_text(tx, &now, &now.title, body).await?;
            screening::store::words_again(tx, &ctx.moment, c.id, looked).await?;
            "idea.changed"
        }
        Work::Withdraw(withdrawn) => {
            let change = Change { withdrawn: Some(*withdrawn), ..Change::default() };
            store::change(tx, &ctx.moment, c.id, Some(c.version), ctx.actor.person(), &change).await?;
            if *withdrawn { "idea.withdrawn" } else { "idea.restored" }
        }
    };
    let number = c.number.to_string();
    let entry = Entry {
        actor: c.author_id,
        kind,
        subject_kind: "contribution",
        subject: Some(c.id),
        project: Some(c.project_id),
        detail: &number,
    };
    activity::record(tx, &ctx.moment, entry).await
}
