//! When a text that a file brought arrived. It was written years ago and waits since its import: nobody could read it before.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use parvis_kernel::{Result, db};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use super::queue::{Wait, Waiting};

#[derive(FromQueryResult)]
struct Arrived {
    id: Uuid,
    at: Option<DateTime<Utc>>,
}

/// Counts the waiting of imported texts that are to be published from their import: that of their file, or, where the file is
/// gone or was imported on the command line, the newest into their project.
///
/// # Errors
/// When the database refuses.
pub(super) async fn count_from_import(c: &impl ConnectionTrait, lines: &mut [Waiting]) -> Result<()> {
    let imported = |w: &Waiting| w.wait == Wait::Publish && w.c.origin == "import";
    let ids: Vec<Uuid> = lines.iter().filter(|w| imported(w)).map(|w| w.c.id).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "SELECT c.id, coalesce((SELECT max(f.created_at) FROM import_range g JOIN import_file f ON f.id = g.file_id \
         WHERE c.number BETWEEN g.first_number AND g.last_number), \
         (SELECT max(r.started_at) FROM import_run r WHERE r.project_id = c.project_id)) AS at \
         FROM contribution c WHERE c.id IN ({})",
        db::placeholders(1, ids.len())
    );
    let rows: Vec<Arrived> = db::all(c, &sql, ids.into_iter().map(Value::from).collect()).await?;
    let arrived: HashMap<Uuid, DateTime<Utc>> = rows.into_iter().filter_map(|r| Some((r.id, r.at?))).collect();
    for line in lines {
        if let Some(at) = arrived.get(&line.c.id) {
            line.since = line.since.max(*at);
        }
    }
    Ok(())
}
