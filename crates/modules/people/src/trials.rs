//! What a file of areas or of the census would change, kept between its trial and the button that writes it: for an hour, or two.
//! Nothing but what was understood of the file is kept, and the refused part of it, to correct.

use std::{collections::HashMap, fs::File, io::Write, sync::Arc};

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use futures::future::BoxFuture;
use parvis_kernel::{
    Error, Result,
    app::App,
    brought::keep::{Place, What},
    jobs::Failure,
};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

/// Where files of areas are kept.
pub(crate) const AREAS: Place = Place("areas");
/// Where files of the census are kept.
pub(crate) const CENSUS: Place = Place("census");
/// The job that throws away what nobody wrote.
pub(crate) const JOB: &str = "people.trials_sweep";

/// Keeps what a file would change, and its refused part.
///
/// # Errors
/// When the disk or the store of files refuses.
pub(crate) async fn put(
    app: &Arc<App>,
    place: Place,
    id: Uuid,
    told: &impl Serialize,
    refused: Option<File>,
) -> Result<()> {
    let mut json = tempfile::tempfile_in(&app.data_dir).map_err(Error::other)?;
    json.write_all(&serde_json::to_vec(told).map_err(Error::other)?).map_err(Error::other)?;
    if let Some(refused) = refused {
        place.put(app, id, What::Refused, refused).await?;
    }
    place.put(app, id, What::Report, json).await.map(drop)
}

/// What a file would change; nothing when it is not kept any more.
///
/// # Errors
/// When the store of files refuses.
pub(crate) async fn get<T: DeserializeOwned>(app: &Arc<App>, place: Place, id: Uuid) -> Result<Option<T>> {
    match place.whole(app, id, What::Report).await {
        Ok(json) => serde_json::from_slice(&json).map(Some).map_err(Error::other),
        Err(Error::NotFound) => Ok(None),
        Err(e) => Err(e),
    }
}

/// The refused part of a file, to correct.
///
/// # Errors
/// `NotFound` when there is none; when the store of files refuses.
pub(crate) async fn refused(
    app: &Arc<App>,
    place: Place,
    id: Uuid,
    kind: &'static str,
    name: &'static str,
) -> Result<Response> {
    let body = place.body(app, id, What::Refused).await?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static(name)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, body).into_response())
}

/// Runs the job.
pub(crate) fn sweep(app: Arc<App>, _: String) -> BoxFuture<'static, Result<(), Failure>> {
    Box::pin(async move {
        for place in [AREAS, CENSUS] {
            // None of them is named anywhere: all that is an hour old goes.
            place.sweep(&app, &HashMap::new()).await?;
        }
        Ok(())
    })
}
