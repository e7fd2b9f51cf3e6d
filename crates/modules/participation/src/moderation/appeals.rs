//! The one reply of an author to what was decided of their text: refused, or hidden. It brings the text back to the queue.

use askama::Template;
use axum::{extract::Path, http::StatusCode, response::Response};
use chrono::{DateTime, Utc};
use parvis_kernel::{
    Ctx, Error, Refusal, Result,
    activity::{self, Entry},
    app::App,
    args,
    context::Moment,
    db::{self, Tx},
    form::{Form, is_blank},
    rate::{self, Limit},
    url,
};
use parvis_people::blocks::{MAX_WORDS, REPLIED};
use parvis_ui::{Page, redirect};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::log;
use crate::{
    comments,
    ideas::{Contribution, Status, own, store},
    seen::{self, Seen, with_param},
    urls,
};

/// What seals the address of a reply.
const PURPOSE: &str = "author-reply";
/// Replies from one address.
const REPLIES: Limit = Limit::per_minutes("author-reply", 20, 60);
/// The kind of activity recorded here.
pub const ACTIVITY: [&str; 1] = ["contribution.replied"];

/// A reply.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Reply {
    /// The text it is about.
    pub contribution_id: Uuid,
    /// Its words.
    pub body: String,
    /// When.
    pub at: DateTime<Utc>,
    /// When the team decided anew.
    pub decided_at: Option<DateTime<Utc>>,
}

/// Whether there is a decision to reply to: the team refused it, or hid it.
#[must_use]
pub fn is_decided(c: &Contribution) -> bool {
    let hidden = c.hidden && c.reports == 0 && c.status().is_public();
    !c.withdrawn && c.merged_into.is_none() && (c.status() == Status::Ineligible || hidden)
}

/// Whether reports hid it and nobody of the team has read it again yet.
#[must_use]
pub fn is_awaited(c: &Contribution) -> bool {
    c.hidden && c.reports > 0 && c.status().is_public() && !c.withdrawn && c.merged_into.is_none()
}

/// The reply about a text.
///
/// # Errors
/// When the database refuses.
pub async fn find(c: &impl ConnectionTrait, id: Uuid) -> Result<Option<Reply>> {
    let sql = "SELECT contribution_id, body, at, decided_at FROM author_reply WHERE contribution_id = $1";
    db::one(c, sql, args![id]).await
}

/// The replies about these texts.
///
/// # Errors
/// When the database refuses.
pub async fn of(c: &impl ConnectionTrait, ids: &[Uuid]) -> Result<Vec<Reply>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT contribution_id, body, at, decided_at FROM author_reply WHERE contribution_id IN ({})",
        db::placeholders(1, ids.len())
    );
    db::all(c, &sql, ids.iter().map(|id| sea_orm::Value::from(*id)).collect()).await
}

/// Keeps the reply about a text, once, and brings the text back to the queue.
///
/// # Errors
/// `replied_once`, `changed_meanwhile` when there is no decision any more, or when the database refuses.
pub async fn send(tx: &Tx, moment: &Moment, id: Uuid, words: &str) -> Result<()> {
    let sql = "INSERT INTO author_reply (contribution_id, body, at) VALUES ($1, $2, $3) \
               ON CONFLICT (contribution_id) DO NOTHING";
    if db::run(tx, sql, args![id, words, moment.now]).await? != 1 {
        return Err(REPLIED.into());
    }
    let c = store::find(tx, id).await?;
    if !is_decided(&c) {
        return Err(Refusal::CHANGED_MEANWHILE.into());
    }
    // Another version: whoever has it open on the desk reads the reply before deciding.
    db::run(tx, "UPDATE contribution SET appeal = TRUE, version = version + 1 WHERE id = $1", args![id]).await?;
    log::note(tx, moment, id, log::Deed::Replied, "").await?;
    let number = c.number.to_string();
    let entry = Entry {
        actor: None,
        kind: "contribution.replied",
        subject_kind: "contribution",
        subject: Some(id),
        project: Some(c.project_id),
        detail: &number,
    };
    activity::record(tx, moment, entry).await
}

/// The team decided: the reply waits no more.
///
/// # Errors
/// When the database refuses.
pub async fn decided(tx: &Tx, moment: &Moment, id: Uuid) -> Result<()> {
    db::run(tx, "UPDATE contribution SET appeal = FALSE WHERE id = $1", args![id]).await?;
    let sql = "UPDATE author_reply SET decided_at = $2 WHERE contribution_id = $1 AND decided_at IS NULL";
    db::run(tx, sql, args![id, moment.now]).await?;
    Ok(())
}

/// What was decided since is undone: the reply waits again, where it did.
///
/// # Errors
/// When the database refuses.
pub async fn reopen(tx: &Tx, id: Uuid, since: DateTime<Utc>) -> Result<()> {
    let sql = "UPDATE author_reply SET decided_at = NULL WHERE contribution_id = $1 AND decided_at >= $2";
    if db::run(tx, sql, args![id, since]).await? == 1 {
        let sql = "UPDATE contribution SET appeal = TRUE WHERE id = $1 AND NOT visible AND status <> 'prescreening'";
        db::run(tx, sql, args![id]).await?;
    }
    Ok(())
}

/// The comments that whoever asks wrote under an idea, and that wait to be read, or that the team refused or hid, or reports
/// hid until somebody reads them again: they have no page of their own. Written without a name, they are the browser's.
///
/// # Errors
/// When the database refuses.
pub async fn own_comments(ctx: &Ctx, idea: Uuid) -> Result<Vec<Contribution>> {
    let sql = format!(
        "SELECT {} FROM contribution c WHERE c.idea_id = $1 AND c.visible = FALSE AND (c.holder = $2 OR c.author_id = $2 \
         OR (c.author_id IS NULL AND c.holder = $3)) ORDER BY c.created_at DESC, c.id DESC LIMIT 5",
        store::COLUMNS
    );
    let mut all: Vec<Contribution> = db::all(ctx.app.db.read(), &sql, args![idea, ctx.holder(), ctx.visitor]).await?;
    all.retain(|c| is_decided(c) || is_awaited(c) || comments::own::waits(c));
    Ok(all)
}

/// The words of a reply go with their author.
///
/// # Errors
/// When the database refuses.
pub async fn erase(tx: &Tx, id: Uuid) -> Result<()> {
    db::run(tx, "DELETE FROM author_reply WHERE contribution_id = $1", args![id]).await?;
    db::run(tx, "UPDATE contribution SET appeal = FALSE WHERE id = $1", args![id]).await?;
    Ok(())
}

/// The address of the reply about a text as a letter holds it: whoever has the letter may reply.
#[must_use]
pub fn sealed_path(app: &App, c: &Contribution) -> String {
    with_param(
        &urls::AuthorReply { number: c.number }.to_string(),
        "cle",
        &app.secrets.seal(PURPOSE, &c.id.to_string()),
    )
}

#[derive(Template)]
#[template(path = "moderation/reply.html")]
struct Show<'a> {
    p: &'a Page,
    f: &'a Form,
    c: &'a Contribution,
    reply: Option<Reply>,
    decided: bool,
    action: String,
    key: String,
    back: String,
}

/// The text that may be replied about, for its author: in their browser, signed in, or with the link of the letter.
async fn target(ctx: &Ctx, number: i64, key: &str) -> Result<(Contribution, Seen)> {
    let c = store::by_number(ctx.app.db.read(), number).await?;
    let sealed = ctx.app.secrets.open(PURPOSE, key).is_some_and(|id| id == c.id.to_string());
    if !sealed && !own::is_mine(ctx, &c) {
        return Err(Error::NotFound);
    }
    // A letter opens no project: only the text and what was decided of it are shown.
    let project = crate::projects::store::find(ctx.app.db.read(), c.project_id).await?;
    Ok((c, Seen { project, phases: Vec::new(), spoken: crate::projects::texts::Spoken::default() }))
}

/// What was decided, and the reply. For the author of the text.
///
/// # Errors
/// `NotFound` for somebody else's text.
pub async fn show(ctx: Ctx, Path(number): Path<i64>) -> Result<Response> {
    let key = seen::query(&ctx).get("cle").to_owned();
    let (c, seen) = target(&ctx, number, &key).await?;
    page(&ctx, &c, &seen, &Form::new(), &key, StatusCode::OK).await
}

async fn page(ctx: &Ctx, c: &Contribution, seen: &Seen, f: &Form, key: &str, status: StatusCode) -> Result<Response> {
    let reply = find(ctx.app.db.read(), c.id).await?;
    if reply.is_none() && !is_decided(c) {
        return Err(Error::NotFound);
    }
    let p = Page::new(ctx, ctx.t("appeal-title")).private();
    let show = Show {
        p: &p,
        f,
        c,
        reply,
        decided: is_decided(c),
        action: urls::AuthorReply { number: c.number }.to_string(),
        key: key.to_owned(),
        back: seen.link(urls::Project { slug: seen.project.slug.clone() }),
    };
    parvis_ui::html_with(status, &show)
}

/// Replies, once. For the author of the text.
///
/// # Errors
/// `NotFound`, `replied_once`, `changed_meanwhile`, `too_many`.
pub async fn reply(ctx: Ctx, Path(number): Path<i64>, mut f: Form) -> Result<Response> {
    let key = f.get("cle").to_owned();
    let (c, seen) = target(&ctx, number, &key).await?;
    let words = f.text("reponse");
    if is_blank(&words) {
        f.fail("reponse", ctx.t("reply-error-empty"));
    } else if words.chars().count() > MAX_WORDS {
        f.fail("reponse", ctx.app.words.with(ctx.lang, "block-error-long", &[("n", &MAX_WORDS)]));
    }
    if !f.is_valid() {
        return page(&ctx, &c, &seen, &f, &key, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let (inner, id) = (ctx.clone(), c.id);
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, words) = (inner.clone(), words.clone());
            Box::pin(async move {
                rate::hit(tx, REPLIES, &ctx.address, ctx.now()).await?;
                send(tx, &ctx.moment, id, &words).await
            })
        })
        .await?;
    let to = url::done_at(&urls::AuthorReply { number }.to_string(), "reponse-envoyee");
    Ok(redirect(if key.is_empty() { to } else { with_param(&to, "cle", &key) }))
}
