//! What a person may ask of the team: all their data, and to be erased, with a receipt of what was done.

use axum::{extract::Path, response::Response};
use chrono::{DateTime, Utc};
use parvis_kernel::{
    Ctx, Error, Refusal, Result, args,
    db::{self, Tx},
    form::Form,
    module::Forget,
    permission::Right,
};
use parvis_ui::{Page, html, redirect};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use super::{sheet, store};
use crate::{
    persons, space,
    team::{self, may_change},
    urls,
};

/// Somebody of the team asks it for themselves in their own space.
pub const ERASE_SELF: Refusal = Refusal::new("erase_self");

/// Owners and administrators: the file that the person would get in their own space. The journal says who fetched it.
pub async fn download(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    ctx.require(Right::Persons, None)?;
    persons::find(ctx.app.db.read(), id).await?.ok_or(Error::NotFound)?;
    let shared = ctx.clone();
    ctx.app
        .db
        .write(move |tx| {
            let ctx = shared.clone();
            Box::pin(async move { store::journal(tx, &ctx, "person.exported", Some(id), "").await })
        })
        .await?;
    space::answer_with_data(&ctx, id).await
}

/// Owners and administrators, for somebody who asked: every module forgets, and a receipt says what went.
pub async fn erase(ctx: Ctx, Path(id): Path<Uuid>, mut form: Form) -> Result<Response> {
    ctx.require(Right::Persons, None)?;
    let person = persons::find(ctx.app.db.read(), id).await?.ok_or(Error::NotFound)?;
    if ctx.actor.person() == Some(id) {
        return Err(ERASE_SELF.into());
    }
    let role = persons::role_of(ctx.app.db.read(), id, person.role.as_deref()).await?;
    if !may_change(&ctx.actor, role.as_ref(), None) {
        return Err(Refusal::NOT_ALLOWED.into());
    }
    let how = match form.get("textes") {
        "garder" => Some(Forget::KeepTexts),
        "effacer" => Some(Forget::EraseTexts),
        _ => None,
    };
    if how.is_none() {
        form.fail("textes", ctx.t("rights-texts-missing"));
    }
    if !form.has("demande") {
        form.fail("demande", ctx.t("rights-asked-missing"));
    }
    let (Some(how), true) = (how, form.is_valid()) else {
        return sheet::page(&ctx, &person, &form).await;
    };
    let counts = counts(&ctx, id).await?;
    let shared = ctx.clone();
    let receipt = ctx
        .app
        .db
        .write(move |tx| {
            let (ctx, counts) = (shared.clone(), counts.clone());
            Box::pin(async move { erase_with_receipt(tx, &ctx, id, how, &counts).await })
        })
        .await?;
    Ok(redirect(urls::Receipt { id: receipt }))
}

/// How many of each thing are known of a person, by the name of its file.
async fn counts(ctx: &Ctx, person: Uuid) -> Result<String> {
    let mut all: Vec<(&str, &str, usize)> = Vec::new();
    for module in &ctx.app.modules {
        for data in module.personal_data(&ctx.app.db, person).await? {
            all.push((data.name, data.about, data.rows.len()));
        }
    }
    serde_json::to_string(&all).map_err(Error::other)
}

async fn erase_with_receipt(tx: &Tx, ctx: &Ctx, person: Uuid, how: Forget, counts: &str) -> Result<Uuid> {
    // The role may have changed since the page was made.
    let row = persons::find(tx, person).await?.ok_or(Error::NotFound)?;
    let role = persons::role_of(tx, person, row.role.as_deref()).await?;
    if !team::may_change(&ctx.actor, role.as_ref(), None) {
        return Err(Refusal::NOT_ALLOWED.into());
    }
    space::erase_person(tx, &ctx.app, &ctx.moment, person, how).await?;
    store::journal(tx, ctx, "person.erased_on_request", Some(person), "").await?;
    let id = ctx.moment.id();
    db::run(
        tx,
        "INSERT INTO erasure_receipt (id, actor_id, at, texts, counts) VALUES ($1, $2, $3, $4, $5)",
        args![id, ctx.person()?, ctx.now(), how == Forget::EraseTexts, counts],
    )
    .await?;
    Ok(id)
}

#[derive(FromQueryResult)]
struct Row {
    actor_id: Uuid,
    at: DateTime<Utc>,
    texts: bool,
    counts: String,
}

#[derive(askama::Template)]
#[template(path = "directory/receipt.html")]
struct Receipt<'a> {
    p: &'a Page,
    when: String,
    who: String,
    texts: bool,
    /// What went, and how many.
    lines: Vec<(String, i64)>,
    number: String,
}

/// Owners and administrators: what an erasure did. It names nobody.
pub async fn receipt(ctx: Ctx, Path(id): Path<Uuid>) -> Result<Response> {
    ctx.require(Right::Persons, None)?;
    let sql = "SELECT actor_id, at, texts, counts FROM erasure_receipt WHERE id = $1";
    let row: Option<Row> = db::one(ctx.app.db.read(), sql, args![id]).await?;
    let row = row.ok_or(Error::NotFound)?;
    let p = Page::team(&ctx, ctx.t("receipt-title")).await?.crumb(ctx.t("directory-title"), urls::Directory {});
    let counts: Vec<(String, String, i64)> = serde_json::from_str(&row.counts).map_err(Error::other)?;
    let names = ctx.app.identity.names(&ctx.app.db, &[row.actor_id]).await?;
    let who = names.get(&row.actor_id).filter(|n| !n.is_empty()).cloned();
    let lines = counts.into_iter().filter(|(_, _, n)| *n > 0).map(|(_, about, n)| (p.t(&about), n)).collect();
    let view = Receipt {
        when: p.t2("space-at", "date", p.date(&row.at), "time", p.time(&row.at)),
        who: who.unwrap_or_else(|| p.t("sheet-somebody")),
        texts: row.texts,
        lines,
        number: id.simple().to_string().chars().skip(20).collect::<String>().to_uppercase(),
        p: &p,
    };
    html(&view)
}
