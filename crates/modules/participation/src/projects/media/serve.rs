//! An image or a file of a project, to whoever may see the project.

use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};
use parvis_kernel::{Ctx, Error, Result, url};
use uuid::Uuid;

use super::store;
use crate::seen;

/// Kept by the browser alone and for an hour: a project may be taken offline.
const CACHE: &str = "private, max-age=3600";

/// Public, or with the key of the project's link, or for the team.
///
/// # Errors
/// `NotFound`, or when the disk or the database refuses.
pub async fn one(ctx: Ctx, Path((slug, id)): Path<(String, Uuid)>) -> Result<Response> {
    let seen = seen::by_slug(&ctx, &slug).await?;
    let media = store::find(ctx.app.db.read(), id).await?;
    if media.project_id != seen.project.id {
        return Err(Error::NotFound);
    }
    let bytes = store::content(&ctx.app, id).await?;
    // Only images that were written anew by this program are shown in place.
    let how = if media.is_image() { "inline" } else { "attachment" };
    let headers = [
        (header::CONTENT_TYPE, media.media_type.clone()),
        (header::CACHE_CONTROL, CACHE.to_owned()),
        (header::CONTENT_DISPOSITION, format!("{how}; filename*=UTF-8''{}", url::encode(&media.name))),
    ];
    Ok((headers, bytes).into_response())
}
