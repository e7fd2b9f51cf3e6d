//! The button that follows, and the way out of mails.

use askama::Template;
use axum::{
    Json,
    extract::Path,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use parvis_kernel::{Ctx, Refusal, Result, args, db, form::Form};
use parvis_ui::{Page, redirect};
use serde_json::json;
use uuid::Uuid;

use super::{Rhythm, asked, letters};
use crate::{desk::morning, ideas::store, reactions::pages::wants_json, seen::back_with, urls};

/// Follows an idea, or stops, for somebody signed in; asks anybody else for their address.
///
/// # Errors
/// `NotFound`, `too_many`, or when the database refuses.
pub async fn follow(ctx: Ctx, headers: HeaderMap, Path(number): Path<i64>, form: Form) -> Result<Response> {
    let (c, seen) = asked::target(&ctx, number).await?;
    let Some(person) = ctx.actor.person() else {
        // The script sends the form again as a page.
        return if wants_json(&headers) {
            Err(Refusal::NOT_SIGNED_IN.into())
        } else {
            asked::ask(&ctx, &c, &seen, form).await
        };
    };
    let want = !form.is("etat", "1");
    let (inner, id, wording) = (ctx.clone(), c.id, ctx.t("consent-follow"));
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, wording) = (inner.clone(), wording.clone());
            Box::pin(async move {
                if want {
                    super::begin(tx, &ctx.moment, id, person, &wording, "follow_form").await?;
                }
                super::set(tx, id, person, if want { Rhythm::Now } else { Rhythm::Never }).await
            })
        })
        .await?;
    let done = if want { "suivie" } else { "plus-suivie" };
    if wants_json(&headers) {
        let label = ctx.t(if want { "follow-done" } else { "follow-do" });
        let body = json!({ "pressed": want, "label": label, "message": ctx.t(&format!("done-{done}")) });
        return Ok(Json(body).into_response());
    }
    Ok(redirect(back_with(&form, &seen.link(urls::Idea { number }), done)))
}

#[derive(Template)]
#[template(path = "follows/unsubscribe.html")]
struct Leave<'a> {
    p: &'a Page,
    sealed: &'a str,
    what: String,
    done: bool,
}

/// The page of the way out: one button, because programs that scan mails follow links. Public, by sealed address.
///
/// # Errors
/// `link_invalid`.
pub async fn leave(ctx: Ctx, Path(sealed): Path<String>) -> Result<Response> {
    page(&ctx, &sealed, false).await
}

async fn page(ctx: &Ctx, sealed: &str, done: bool) -> Result<Response> {
    let (what, person) = letters::open(&ctx.app, sealed).ok_or(Refusal::LINK_INVALID)?;
    let what = match what.parse::<Uuid>() {
        Ok(id) => {
            let (c, read) = (store::find(ctx.app.db.read(), id).await?, ctx.app.db.read());
            if c.author_id == Some(person) || store::is_public(read, id).await? {
                ctx.app.words.with(ctx.lang, "leave-idea", &[("title", &c.heading())])
            } else {
                ctx.t("leave-idea-gone")
            }
        }
        Err(_) => match what.as_str() {
            "weekly" => ctx.t("leave-weekly"),
            morning::WHAT => ctx.t("leave-staff"),
            _ => ctx.t("leave-daily"),
        },
    };
    let page = Page::new(ctx, ctx.t("leave-title")).private();
    parvis_ui::html(&Leave { p: &page, sealed, what, done })
}

/// Stops at once: from the button, or from a mail program by itself (RFC 8058). Public, by sealed address.
///
/// # Errors
/// `link_invalid`, or when the database refuses.
pub async fn left(ctx: Ctx, Path(sealed): Path<String>) -> Result<Response> {
    let (what, person) = letters::open(&ctx.app, &sealed).ok_or(Refusal::LINK_INVALID)?;
    let (now, tz) = (ctx.now(), ctx.settings.tz());
    ctx.app
        .db
        .write(move |tx| {
            let what = what.clone();
            Box::pin(async move {
                if what == morning::WHAT {
                    return morning::stop(tx, person, now, tz).await;
                }
                if let Ok(idea) = what.parse::<Uuid>() {
                    super::set(tx, idea, person, Rhythm::Never).await?;
                    let sql = "DELETE FROM mail WHERE state = 'waiting' AND person_id = $1 AND dedupe LIKE $2";
                    db::run(tx, sql, args![person, format!("change/{idea}/%")]).await?;
                    return Ok(());
                }
                let sql = "UPDATE follow SET rhythm = 'never' WHERE person_id = $1 AND rhythm = $2";
                db::run(tx, sql, args![person, what.clone()]).await?;
                let sql = "DELETE FROM notice WHERE person_id = $1 AND rhythm = $2 AND sent_at IS NULL";
                db::run(tx, sql, args![person, what]).await?;
                Ok(())
            })
        })
        .await?;
    page(&ctx, &sealed, true).await
}
