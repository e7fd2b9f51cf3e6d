//! The button that follows, and the way out of mails.

use askama::Template;
use axum::{
    Json,
    extract::Path,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use parvis_kernel::{
    Ctx, Error, Refusal, Result, args,
    db::{self, Tx},
    form::Form,
};
use parvis_ui::{Page, redirect};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::{
    Rhythm, consultation, letters,
    question::{self, Question, Subject},
};
use crate::{
    desk::morning,
    ideas::{Contribution, store},
    projects,
    reactions::pages::wants_json,
    seen::{self, Seen, back_with},
    urls,
};

/// The idea of this number that whoever asks may see and follow.
async fn target(ctx: &Ctx, number: i64) -> Result<(Contribution, Seen)> {
    let c = store::by_number(ctx.app.db.read(), number).await?;
    let seen = seen::by_id(ctx, c.project_id).await?;
    if c.visible && c.kind == "idea" { Ok((c, seen)) } else { Err(Error::NotFound) }
}

fn question_of(ctx: &Ctx, c: &Contribution, seen: &Seen) -> Question {
    Question {
        subject: Subject::Idea(c.id),
        title: ctx.t("follow-ask-title"),
        why: ctx.t("follow-ask-why"),
        consent: ctx.t("consent-follow"),
        heading: c.heading(),
        heading_lang: None,
        action: seen.link(urls::Follow { number: c.number }),
        back: seen.link(urls::Idea { number: c.number }),
        done: "suivie",
    }
}

/// Asks for the address. Public; whoever is signed in has the button on the idea's page.
///
/// # Errors
/// `NotFound`, or when the database refuses.
pub async fn show(ctx: Ctx, Path(number): Path<i64>) -> Result<Response> {
    let (c, seen) = target(&ctx, number).await?;
    if ctx.actor.person().is_some() {
        return Ok(redirect(seen.link(urls::Idea { number })));
    }
    question::page(&ctx, &question_of(&ctx, &c, &seen), &Form::new(), StatusCode::OK)
}

/// Follows an idea, or stops, for somebody signed in; asks anybody else for their address.
///
/// # Errors
/// `NotFound`, `too_many`, or when the database refuses.
pub async fn follow(ctx: Ctx, headers: HeaderMap, Path(number): Path<i64>, form: Form) -> Result<Response> {
    let (c, seen) = target(&ctx, number).await?;
    let Some(person) = ctx.actor.person() else {
        // The script sends the form again as a page.
        return if wants_json(&headers) {
            Err(Refusal::NOT_SIGNED_IN.into())
        } else {
            question::send(&ctx, &question_of(&ctx, &c, &seen), form).await
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
    /// What is received, before the press; what is received no more, after it.
    what: String,
    /// The words of the button.
    button: String,
    done: bool,
}

/// The letters that an address stops, or whose rhythm it changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Letters {
    /// Those about one idea.
    Idea(Uuid),
    /// Those about one consultation.
    Project(Uuid),
    /// What waits for the team.
    Staff,
    /// The summaries of this rhythm.
    Summary(Rhythm),
}

impl Letters {
    /// An idea that was united with another since is followed there.
    pub(super) async fn parse(c: &impl ConnectionTrait, what: &str) -> Result<Self> {
        if let Ok(id) = what.parse::<Uuid>() {
            let sql = "SELECT coalesce(merged_into, id) FROM contribution WHERE id = $1";
            return Ok(Self::Idea(db::scalar(c, sql, args![id]).await?.unwrap_or(id)));
        }
        if let Some(id) = what.strip_prefix('p').and_then(|id| id.parse().ok()) {
            return Ok(Self::Project(id));
        }
        Ok(match what {
            morning::WHAT => Self::Staff,
            "weekly" => Self::Summary(Rhythm::Weekly),
            _ => Self::Summary(Rhythm::Daily),
        })
    }

    /// The rhythm at which they are sent to this person; none when they are not, or have no rhythm.
    pub(super) async fn rhythm(&self, c: &impl ConnectionTrait, person: Uuid) -> Result<Option<Rhythm>> {
        match self {
            Self::Idea(id) => {
                let sql = "SELECT rhythm FROM follow WHERE contribution_id = $1 AND person_id = $2";
                let code: Option<String> = db::scalar(c, sql, args![*id, person]).await?;
                Ok(code.and_then(|code| Rhythm::parse(&code)).filter(|r| *r != Rhythm::Never))
            }
            Self::Summary(rhythm) => Ok((!self.are_stopped(c, person).await?).then_some(*rhythm)),
            Self::Project(id) => consultation::rhythm(c, *id, person).await,
            Self::Staff => Ok(None),
        }
    }

    /// Sends them at another rhythm. Says whether there was any to change.
    pub(super) async fn change(&self, tx: &Tx, now: DateTime<Utc>, person: Uuid, to: Rhythm) -> Result<bool> {
        match self {
            Self::Idea(idea) => {
                let is_sent = self.rhythm(tx, person).await?.is_some();
                Ok(is_sent && super::set(tx, *idea, person, to).await?)
            }
            Self::Project(id) => {
                let is_sent = self.rhythm(tx, person).await?.is_some();
                Ok(is_sent && consultation::set(tx, now, *id, person, to).await?)
            }
            Self::Summary(from) => {
                let sql = "UPDATE follow SET rhythm = $3, told_at = NULL WHERE person_id = $1 AND rhythm = $2";
                let mut changed = db::run(tx, sql, args![person, from.code(), to.code()]).await?;
                let sql = "UPDATE project_follow SET rhythm = $3 WHERE person_id = $1 AND rhythm = $2";
                changed += db::run(tx, sql, args![person, from.code(), to.code()]).await?;
                if matches!(to, Rhythm::Daily | Rhythm::Weekly) {
                    let sql = "UPDATE notice SET rhythm = $3 WHERE person_id = $1 AND rhythm = $2 AND sent_at IS NULL";
                    db::run(tx, sql, args![person, from.code(), to.code()]).await?;
                }
                Ok(changed > 0)
            }
            Self::Staff => Ok(false),
        }
    }

    /// Whether none of them is sent to this person any more.
    async fn are_stopped(&self, c: &impl ConnectionTrait, person: Uuid) -> Result<bool> {
        Ok(match self {
            Self::Idea(id) => {
                let sql = "SELECT count(*) FROM follow WHERE contribution_id = $1 AND person_id = $2 \
                           AND rhythm <> 'never'";
                db::count(c, sql, args![*id, person]).await? == 0
            }
            Self::Project(id) => consultation::rhythm(c, *id, person).await?.is_none(),
            Self::Summary(rhythm) => {
                let sql = "SELECT (SELECT count(*) FROM follow WHERE person_id = $1 AND rhythm = $2) \
                           + (SELECT count(*) FROM project_follow WHERE person_id = $1 AND rhythm = $2)";
                db::count(c, sql, args![person, rhythm.code()]).await? == 0
            }
            Self::Staff => !morning::choice(c, person).await?.wanted,
        })
    }

    /// Stops them, those that wait too.
    async fn stop(&self, tx: &Tx, person: Uuid, now: DateTime<Utc>, tz: Tz) -> Result<()> {
        match self {
            Self::Staff => morning::stop(tx, person, now, tz).await?,
            Self::Idea(idea) => {
                super::set(tx, *idea, person, Rhythm::Never).await?;
                let sql = "DELETE FROM mail WHERE state = 'waiting' AND person_id = $1 AND dedupe LIKE $2";
                db::run(tx, sql, args![person, format!("change/{idea}/%")]).await?;
            }
            Self::Project(id) => {
                consultation::set(tx, now, *id, person, Rhythm::Never).await?;
                let sql = "DELETE FROM mail WHERE state = 'waiting' AND person_id = $1 AND dedupe LIKE $2";
                db::run(tx, sql, args![person, format!("consultation/{id}/%")]).await?;
            }
            Self::Summary(rhythm) => {
                for table in ["follow", "project_follow"] {
                    let sql = format!("UPDATE {table} SET rhythm = 'never' WHERE person_id = $1 AND rhythm = $2");
                    db::run(tx, &sql, args![person, rhythm.code()]).await?;
                }
                let sql = "DELETE FROM notice WHERE person_id = $1 AND rhythm = $2 AND sent_at IS NULL";
                db::run(tx, sql, args![person, rhythm.code()]).await?;
                let sql = "DELETE FROM mail WHERE state = 'waiting' AND person_id = $1 AND dedupe LIKE $2";
                db::run(tx, sql, args![person, format!("digest/{}/%", rhythm.code())]).await?;
            }
        }
        Ok(())
    }
}

/// The page of the way out: one button, because programs that scan mails follow links. Public, by sealed address.
///
/// # Errors
/// `link_invalid`.
pub async fn leave(ctx: Ctx, Path(sealed): Path<String>) -> Result<Response> {
    let (what, person) = letters::open(&ctx.app, &sealed).ok_or(Refusal::LINK_INVALID)?;
    let of = Letters::parse(ctx.app.db.read(), &what).await?;
    let done = of.are_stopped(ctx.app.db.read(), person).await?;
    page(&ctx, &sealed, &of, person, done).await
}

async fn page(ctx: &Ctx, sealed: &str, of: &Letters, person: Uuid, done: bool) -> Result<Response> {
    let key = |what: &str| if done { format!("leave-{what}") } else { format!("leave-ask-{what}") };
    let (what, button) = match of {
        Letters::Idea(id) => (idea_words(ctx, *id, person, &key("idea")).await?, "leave-do-idea"),
        Letters::Project(id) => (project_words(ctx, *id, &key("project")).await?, "leave-do-project"),
        Letters::Staff => (ctx.t(&key("staff")), "leave-do-staff"),
        Letters::Summary(rhythm) => (ctx.t(&key(rhythm.code())), "leave-do-summary"),
    };
    let page = Page::new(ctx, ctx.t("leave-title")).private();
    parvis_ui::html(&Leave { p: &page, sealed, what, button: ctx.t(button), done })
}

/// Words that name an idea by its title, unless it is online no more and somebody else's: then those of `key-gone`.
pub(super) async fn idea_words(ctx: &Ctx, idea: Uuid, person: Uuid, key: &str) -> Result<String> {
    let read = ctx.app.db.read();
    let c = store::find(read, idea).await?;
    Ok(if c.author_id == Some(person) || store::is_public(read, idea).await? {
        ctx.app.words.with(ctx.lang, key, &[("title", &c.heading())])
    } else {
        ctx.t(&format!("{key}-gone"))
    })
}

/// Words that name a consultation, unless it is nobody's to find: then those of `key-gone`.
pub(super) async fn project_words(ctx: &Ctx, project: Uuid, key: &str) -> Result<String> {
    let project = projects::store::find(ctx.app.db.read(), project).await?;
    Ok(if project.visibility != "team" && project.state != "draft" {
        ctx.app.words.with(ctx.lang, key, &[("title", &project.title)])
    } else {
        ctx.t(&format!("{key}-gone"))
    })
}

/// Stops at once: from the button, or from a mail program by itself (RFC 8058). Public, by sealed address.
///
/// # Errors
/// `link_invalid`, or when the database refuses.
pub async fn left(ctx: Ctx, Path(sealed): Path<String>) -> Result<Response> {
    let (what, person) = letters::open(&ctx.app, &sealed).ok_or(Refusal::LINK_INVALID)?;
    let (now, tz) = (ctx.now(), ctx.settings.tz());
    let of = ctx
        .app
        .db
        .write(move |tx| {
            let what = what.clone();
            Box::pin(async move {
                let of = Letters::parse(tx, &what).await?;
                of.stop(tx, person, now, tz).await?;
                Ok(of)
            })
        })
        .await?;
    page(&ctx, &sealed, &of, person, true).await
}
