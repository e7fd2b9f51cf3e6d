//! An answer that a colleague is asked to read again before it is published: a note that mentions them, beside the draft.

use axum::{extract::Path, http::StatusCode, response::Response};
use parvis_kernel::{
    Ctx, Result,
    form::{Form, is_blank},
    permission::Right,
};
use parvis_people::persons::Person;
use parvis_ui::redirect;

use super::{
    drafts::{self, Kept},
    pages::{self, Shown},
    signers,
};
use crate::{
    desk::{handling, notes, place, query, with_param},
    ideas::Contribution,
    urls,
};

/// The field that names the colleague.
const READER: &str = "relecture";

/// The colleagues who may decide on this idea, but whoever asks.
///
/// # Errors
/// When the database refuses.
pub(super) async fn readers(ctx: &Ctx, idea: &Contribution) -> Result<Vec<Person>> {
    let mut all = handling::deciders_of(ctx.app.db.read(), idea.project_id).await?;
    all.retain(|p| Some(p.id) != ctx.actor.person() && !is_blank(&p.name));
    Ok(all)
}

/// Keeps the draft and tells a colleague that it waits for them. Permission: moderate, in the idea's project.
pub async fn ask(ctx: Ctx, Path(number): Path<i64>, mut f: Form) -> Result<Response> {
    ctx.require(Right::Moderate, None)?;
    let idea = pages::idea_of(&ctx, number).await?;
    let me = ctx.person()?;
    signers::settle(&ctx, &mut f).await?;
    let reader = readers(&ctx, &idea).await?.into_iter().find(|p| f.is(READER, &p.id.to_string()));
    if reader.is_none() {
        f.fail(READER, ctx.t("desk-answer-error-reader"));
    }
    if is_blank(&f.text("texte")) {
        f.fail("texte", ctx.t("desk-answer-error-text"));
    }
    let Some(reader) = reader.filter(|_| f.is_valid()) else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return pages::render(&ctx, &idea, f, Shown { status, ..Shown::default() }).await;
    };
    let body = ctx.app.words.with(ctx.lang, "desk-answer-reread-note", &[("name", &reader.name)]);
    let (moment, writing) = (ctx.moment.clone(), pages::writing(&ctx, idea.id, &f));
    let kept = ctx.app.db.write(move |tx| {
        let (moment, writing, body) = (moment.clone(), writing.clone(), body.clone());
        Box::pin(async move {
            let kept = drafts::keep(tx, &moment, &writing).await?;
            // Pressed twice, or asked again while they have not looked: told once.
            if kept == Kept::Draft && !notes::is_awaited(tx, me, idea.id, reader.id, &body).await? {
                notes::write(tx, &moment, me, idea.id, &body, &[reader.id]).await?;
            }
            Ok(kept)
        })
    });
    let kept = kept.await?;
    if kept != Kept::Draft {
        // A colleague writes it too, or it was published meanwhile: what is typed stays on the page.
        let idea = pages::idea_of(&ctx, number).await?;
        let saved = pages::say_kept(&ctx, kept).await?;
        let shown = Shown { status: StatusCode::CONFLICT, saved, ..Shown::default() };
        return pages::render(&ctx, &idea, f, shown).await;
    }
    let to = place::keeping(&urls::AnswerForm { number }.to_string(), &query(&ctx));
    Ok(redirect(with_param(&to, "fait", "relecture")))
}
