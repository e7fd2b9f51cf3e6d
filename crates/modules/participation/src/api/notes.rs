//! The team's notes about a contribution, for its own programs.

use axum::{extract::Path, response::Response};
use chrono::{DateTime, Utc};
use parvis_kernel::{
    Ctx, Result,
    api::{self, Operation, Param, Query},
    api_type,
    permission::Right,
};
use uuid::Uuid;

use super::{DESK, number, number_schema};
use crate::{desk::notes, ideas::store};

api_type! {
    /// A note of the team, never shown outside.
    TeamNote {
        /// Key.
        id: Uuid,
        /// The text.
        text: String,
        /// Who of the team wrote it; null once they left.
        author: Option<String>,
        /// When.
        at: DateTime<Utc>,
    }
}

pub(super) fn says() -> Operation {
    Operation::read::<api::Listed<TeamNote>>(
        "listNotes",
        DESK,
        "Notes of the team about a contribution, the oldest first.",
    )
    .with([Param::path("number", number_schema(), "Its public number.")])
}

/// The notes about a contribution of a project of the token's owner. Right: read.
///
/// # Errors
/// `NotFound`, `not_allowed`, or when the database refuses.
pub(super) async fn of(ctx: Ctx, Path(text): Path<String>) -> Result<Response> {
    ctx.require(Right::Read, None)?;
    Query::read(&ctx, &says())?;
    let c = ctx.app.db.read();
    let about = store::by_number(c, number(&text)?).await?;
    ctx.require(Right::Read, Some(about.project_id))?;
    let notes = notes::of(c, about.id).await?;
    let who: Vec<Uuid> = notes.iter().filter_map(|n| n.author_id).collect();
    let names = ctx.app.identity.names(&ctx.app.db, &who).await?;
    let told = notes.into_iter().map(|n| TeamNote {
        author: n.author_id.and_then(|id| names.get(&id)).filter(|name| !name.is_empty()).cloned(),
        id: n.id,
        text: n.body,
        at: n.at,
    });
    api::json(&api::Listed::whole(told.collect()))
}
