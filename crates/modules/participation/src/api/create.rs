//! Ideas and comments posted by programs of the team, each once whatever the network does.

use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use parvis_kernel::{
    Ctx, Error, Refusal, Result,
    activity::{self, Entry},
    api::{self, Operation, Param, Query, Schema, Shape, described},
    api_type, args,
    db::{self, Tx},
    form::{clean, is_blank},
    permission::{Actor, Right},
    rate::{self, Limit},
    secrets::hash,
    words::Lang,
};
use sea_orm::FromQueryResult;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::DESK;
use crate::{
    ideas::{
        Contribution, MAX_TEXT, MAX_TITLE, Status, post, sign,
        store::{self, New},
    },
    projects::Act,
    screening,
    seen::{self, Seen},
    urls,
};

/// The key that makes a request one, however often it is sent.
const KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// That key was used for another body.
pub const KEY_REUSED: Refusal = Refusal::new("idempotency_key_reused");
/// Contributions of one token.
const BY_TOKEN: Limit = Limit::per_minutes("api-create", 600, 60);
/// Largest body: the longest text with every sign escaped.
const MAX_BODY: usize = 256 * 1024;
/// Ways a text may have come, the usual first.
const ORIGINS: [&str; 4] = ["web", "stand", "paper", "phone"];

/// What a program sends.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewContribution {
    project: String,
    text: String,
    #[serde(default)]
    idea: Option<i64>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    theme: Option<String>,
    #[serde(default)]
    area: Option<Uuid>,
    #[serde(default)]
    place: Option<String>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    lang: Option<String>,
    #[serde(default)]
    origin: Option<String>,
}

impl Schema for NewContribution {
    fn reference() -> Value {
        let text = |max: usize| json!({ "type": ["string", "null"], "maxLength": max });
        let some =
            |max: usize| json!({ "type": "string", "minLength": 1, "maxLength": max, "pattern": "[0-9A-Za-zÀ-ÿ]" });
        let langs: Vec<Value> = Lang::ALL.iter().map(|l| json!(l.code())).chain([Value::Null]).collect();
        let origins: Vec<Value> = ORIGINS.iter().map(|o| json!(o)).chain([Value::Null]).collect();
        json!({
            "type": "object",
            "description": "An idea, or a comment under an idea.",
            "required": ["project", "text"],
            "additionalProperties": false,
            "properties": {
                "project": described(some(200), "The part of its project's address."),
                "text": described(some(MAX_TEXT), "The text."),
                "idea": { "type": ["integer", "null"], "minimum": 1, "description": "Number of the idea, for a comment." },
                "title": described(text(MAX_TITLE), "Title of an idea."),
                "theme": described(text(60), "Theme of an idea, as a word."),
                "area": { "type": ["string", "null"], "format": "uuid", "description": "Key of its area." },
                "place": described(text(post::MAX_PLACE), "Street or place."),
                "name": described(text(sign::MAX_NAME), "First name of whoever said it; none for somebody who gave none."),
                "lang": { "enum": langs, "description": "Language; the instance's when absent." },
                "origin": { "enum": origins, "description": "How it came; `web` when absent." },
            },
        })
    }
}

api_type! {
    /// A contribution that was posted.
    Created {
        /// Public number, the same forever.
        number: i64,
        /// Address of its page; it opens once it is published.
        url: String,
        /// `prescreening` while the team reads it, `proposed` when it is online.
        status: String,
        /// When it was stored.
        created_at: DateTime<Utc>,
    }
}

pub(super) fn says() -> Operation {
    let key = json!({ "type": "string", "minLength": 1, "maxLength": 100, "pattern": "^[!-~]+$" });
    let about = "A key of your own, new for each contribution: the same key makes the same contribution once. \
                 Kept for seven days.";
    Operation {
        body: Some(Shape::of::<NewContribution>()),
        status: 201,
        others: &[409, 413, 415, 422],
        ..Operation::read::<Created>("createContribution", DESK, "Post an idea or a comment for somebody.")
    }
    .with([Param::header("Idempotency-Key", key, about)])
}

/// What was sent, once it can stand.
#[derive(Debug, Clone)]
struct Checked {
    seen: Seen,
    idea: Option<Contribution>,
    new: New,
    token: Uuid,
    key: String,
    body: String,
    url: String,
    looked: screening::Looked,
}

/// Posts a contribution. A token with the right, whose owner moderates in the project.
///
/// # Errors
/// `BadRequest` with the field, `NotFound`, the refusals of [`crate::projects::may`], `idempotency_key_reused`,
/// `too_many`.
pub(super) async fn create(ctx: Ctx, headers: HeaderMap, body: Bytes) -> Result<Response> {
    ctx.require(Right::Moderate, None)?;
    Query::read(&ctx, &says())?;
    let json = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if json.split(';').next().map(str::trim) != Some("application/json") {
        return Ok(StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response());
    }
    if body.len() > MAX_BODY {
        return Err(Refusal::TOO_LARGE.into());
    }
    let mut keys = headers.get_all(&KEY).iter();
    let key = match (keys.next().and_then(|v| v.to_str().ok()), keys.next()) {
        (Some(key), None) if (1..=100).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic()) => key,
        _ => return Err(Error::BadRequest("Idempotency-Key")),
    };
    let sent: NewContribution = serde_json::from_slice(&body).map_err(|_| Error::BadRequest("body"))?;
    let checked = check(&ctx, sent, hash(key), body_hash(&body)?).await?;
    let inner = ctx.clone();
    let created = ctx.app.db.write(move |tx| Box::pin(store(tx, inner.clone(), checked.clone()))).await?;
    let mut response = api::json_with(StatusCode::CREATED, &created)?;
    if let Ok(url) = HeaderValue::from_str(&created.url) {
        response.headers_mut().insert(header::LOCATION, url);
    }
    Ok(response)
}

/// The hash of what a body says: spaces and the order of its fields say nothing.
fn body_hash(body: &[u8]) -> Result<String> {
    let value: Value = serde_json::from_slice(body).map_err(|_| Error::BadRequest("body"))?;
    Ok(hash(&value.to_string()))
}

async fn check(ctx: &Ctx, sent: NewContribution, key: String, body: String) -> Result<Checked> {
    // A token stands where a session would.
    let Actor::Person { session: token, .. } = ctx.actor else { return Err(Refusal::NOT_SIGNED_IN.into()) };
    let seen = seen::by_slug(ctx, &clean(&sent.project)).await?;
    ctx.require(Right::Moderate, Some(seen.project.id))?;
    let idea = match sent.idea {
        Some(number) => Some(idea(ctx, &seen, number).await?),
        None => None,
    };
    seen.may(ctx, if idea.is_some() { Act::Comment } else { Act::Post })?;
    let name = sign::read_name(sent.name.as_deref().unwrap_or_default()).map_err(|_| Error::BadRequest("name"))?;
    if name.is_empty() && !seen.phase(ctx).is_some_and(|p| p.anonymous) {
        return Err(crate::projects::NO_ANONYMOUS.into());
    }
    let text = line_of_text(&sent.text)?;
    let short = |field: &'static str, value: &Option<String>, max: usize| {
        let value = post::line(value.as_deref().unwrap_or_default());
        if value.chars().count() > max { Err(Error::BadRequest(field)) } else { Ok(value) }
    };
    let area = match sent.area {
        Some(id) => Some(post::area(ctx, &id.to_string()).await?.ok_or(Error::NotFound)?),
        None => None,
    };
    let lang = sent.lang.as_deref().map_or(Some(ctx.settings.lang), Lang::parse).ok_or(Error::BadRequest("lang"))?;
    let origin = sent.origin.as_deref().unwrap_or(ORIGINS[0]);
    let origin = ORIGINS.into_iter().find(|o| *o == origin).ok_or(Error::BadRequest("origin"))?;
    let prescreening = seen.phase(ctx).is_none_or(|p| p.prescreening);
    let status = if prescreening { Status::Prescreening } else { Status::Proposed };
    let new = New {
        idea: idea.as_ref().map(|i| i.id),
        author_name: name,
        title: short("title", &sent.title, MAX_TITLE)?,
        tag: short("theme", &sent.theme, 60)?,
        place: short("place", &sent.place, post::MAX_PLACE)?,
        lang: lang.code().to_owned(),
        area,
        origin,
        // Nobody's hand: whoever said it has no browser here, and the member of the team did not say it.
        ..New::idea(seen.project.id, ctx.moment.id(), text, status)
    };
    let url = ctx.app.base_url(&ctx.settings).to_owned();
    let shown = [new.author_name.as_str(), new.title.as_str(), new.tag.as_str(), new.place.as_str()];
    let looked = screening::store::look_at_words(ctx, lang, &new.body, &shown).await?;
    Ok(Checked { seen, idea, new, token, key, body, url, looked })
}

fn line_of_text(text: &str) -> Result<String> {
    let text = clean(text).trim().to_owned();
    if is_blank(&text) || text.chars().count() > MAX_TEXT { Err(Error::BadRequest("text")) } else { Ok(text) }
}

/// The idea that a comment stands under.
async fn idea(ctx: &Ctx, seen: &Seen, number: i64) -> Result<Contribution> {
    let idea = store::by_number(ctx.app.db.read(), number).await?;
    let fits = idea.kind == "idea" && idea.visible && idea.project_id == seen.project.id;
    if fits { Ok(idea) } else { Err(Error::NotFound) }
}

#[derive(FromQueryResult)]
struct Before {
    body_hash: String,
    answer: String,
}

async fn store(tx: &Tx, ctx: Ctx, c: Checked) -> Result<Created> {
    let sql = "INSERT INTO api_request (token_id, key_hash, body_hash, answer, created_at) VALUES ($1, $2, $3, '', $4) \
               ON CONFLICT (token_id, key_hash) DO NOTHING";
    // Two at once: the second waits here for the first, and then finds its answer.
    if db::run(tx, sql, args![c.token, c.key.clone(), c.body.clone(), ctx.now()]).await? == 0 {
        let sql = "SELECT body_hash, answer FROM api_request WHERE token_id = $1 AND key_hash = $2";
        let before: Before =
            db::one(tx, sql, args![c.token, c.key.clone()]).await?.ok_or(Refusal::CHANGED_MEANWHILE)?;
        if before.body_hash != c.body {
            return Err(KEY_REUSED.into());
        }
        let kept: Kept = serde_json::from_str(&before.answer).map_err(Error::other)?;
        return Ok(kept.answer(&c));
    }
    rate::hit(tx, BY_TOKEN, &c.token.to_string(), ctx.now()).await?;
    let whose = screening::Whose { project: c.seen.project.id, holder: c.new.holder, address: &ctx.address };
    let why = screening::store::judge(tx, &ctx.moment, &c.looked, whose).await?;
    let status = if why.is_empty() { c.new.status } else { Status::Prescreening };
    let stored = store::insert(tx, &ctx.moment, &New { status, ..c.new.clone() }).await?;
    screening::store::keep(tx, &ctx.moment, stored.id, &c.looked, &why, !c.new.status.is_public()).await?;
    let kept = Kept { number: stored.number, status: status.code().to_owned(), created_at: ctx.now() };
    let text = serde_json::to_string(&kept).map_err(Error::other)?;
    let sql = "UPDATE api_request SET answer = $3 WHERE token_id = $1 AND key_hash = $2";
    db::run(tx, sql, args![c.token, c.key.clone(), text]).await?;
    let number = stored.number.to_string();
    let entry = Entry {
        actor: ctx.actor.person(),
        kind: if c.idea.is_some() { "comment.posted" } else { "idea.posted" },
        subject_kind: "contribution",
        subject: Some(stored.id),
        project: Some(c.seen.project.id),
        detail: &number,
    };
    activity::record(tx, &ctx.moment, entry).await?;
    Ok(kept.answer(&c))
}

/// What is kept of an answer.
#[derive(Debug, serde::Serialize, Deserialize)]
struct Kept {
    number: i64,
    status: String,
    created_at: DateTime<Utc>,
}

impl Kept {
    fn answer(self, c: &Checked) -> Created {
        let number = self.number;
        let path = match &c.idea {
            Some(idea) => format!("{}#c{number}", urls::Idea { number: idea.number }),
            None => urls::Idea { number }.to_string(),
        };
        Created { number, url: format!("{}{path}", c.url), status: self.status, created_at: self.created_at }
    }
}
