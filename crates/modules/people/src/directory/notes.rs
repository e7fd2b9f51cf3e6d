//! What the team writes down about a person, and who wrote it. The person can ask to read it.

use axum::{extract::Path, response::Response};
use chrono::{DateTime, Utc};
use parvis_kernel::{
    Ctx, Error, Result, args,
    db::{self, Tx},
    form::{Form, is_blank},
    permission::Right,
};
use parvis_ui::redirect;
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use super::{done_on_sheet, sheet, store};
use crate::persons;

/// Signs of a note.
pub const LONGEST: usize = 2000;

/// A note.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Note {
    /// Key.
    pub id: Uuid,
    /// Who wrote it.
    pub actor_id: Uuid,
    /// What.
    pub body: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// The notes about a person, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn of_person(c: &impl ConnectionTrait, person: Uuid) -> Result<Vec<Note>> {
    let sql = "SELECT id, actor_id, body, at FROM person_note WHERE person_id = $1 ORDER BY at DESC, id DESC";
    db::all(c, sql, args![person]).await
}

/// Owners and administrators: adds a note, or removes one of their own.
pub async fn change(ctx: Ctx, Path(id): Path<Uuid>, mut form: Form) -> Result<Response> {
    ctx.require(Right::Persons, None)?;
    let person = persons::find(ctx.app.db.read(), id).await?.ok_or(Error::NotFound)?;
    let gone = form.get("retirer").parse::<Uuid>().ok();
    let body = form.text("note");
    if gone.is_none() && (is_blank(&body) || body.chars().count() > LONGEST) {
        form.fail("note", ctx.t(if is_blank(&body) { "sheet-note-missing" } else { "sheet-note-long" }));
        return sheet::page(&ctx, &person, &form).await;
    }
    let shared = ctx.clone();
    ctx.app
        .db
        .write(move |tx| {
            let (ctx, body) = (shared.clone(), body.clone());
            Box::pin(async move {
                match gone {
                    Some(note) => remove(tx, &ctx, id, note).await,
                    None => add(tx, &ctx, id, &body).await,
                }
            })
        })
        .await?;
    let done = if gone.is_some() { "note-retiree" } else { "note" };
    Ok(redirect(done_on_sheet(&ctx, id, done, "notes")))
}

async fn add(tx: &Tx, ctx: &Ctx, person: Uuid, body: &str) -> Result<()> {
    db::run(
        tx,
        "INSERT INTO person_note (id, person_id, actor_id, body, at) VALUES ($1, $2, $3, $4, $5)",
        args![ctx.moment.id(), person, ctx.person()?, body, ctx.now()],
    )
    .await?;
    store::journal(tx, ctx, "person.noted", Some(person), "").await
}

async fn remove(tx: &Tx, ctx: &Ctx, person: Uuid, note: Uuid) -> Result<()> {
    let sql = "DELETE FROM person_note WHERE id = $1 AND person_id = $2 AND actor_id = $3";
    if db::run(tx, sql, args![note, person, ctx.person()?]).await? == 0 {
        return Err(Error::NotFound);
    }
    Ok(())
}
