//! For whoever watches the machine.

use std::{fmt::Write, sync::Arc};

use axum::{
    Extension,
    http::header,
    response::{IntoResponse, Response},
};
use parvis_kernel::{Ctx, Result, db};

use super::Metrics;

/// Says `ok` when the database answers.
pub async fn health(ctx: Ctx) -> Result<Response> {
    db::count(ctx.app.db.read(), "SELECT count(*) FROM setting", vec![]).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], "ok").into_response())
}

/// Counters in the text format of Prometheus, for the machine itself only.
pub async fn metrics(ctx: Ctx, Extension(metrics): Extension<Arc<Metrics>>) -> Result<Response> {
    let mut text = metrics.text();
    let gauges = [
        ("parvis_jobs_queued", "SELECT count(*) FROM job WHERE state = 'queued'"),
        ("parvis_jobs_failed", "SELECT count(*) FROM job WHERE state = 'failed'"),
        ("parvis_mails_waiting", "SELECT count(*) FROM mail WHERE state = 'waiting'"),
        ("parvis_mails_failed", "SELECT count(*) FROM mail WHERE state = 'failed'"),
    ];
    for (name, sql) in gauges {
        let n = db::count(ctx.app.db.read(), sql, vec![]).await?;
        let _ = writeln!(text, "# TYPE {name} gauge\n{name} {n}");
    }
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response())
}
