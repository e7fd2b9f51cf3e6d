//! Reports as a file. Who reported is in none.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use parvis_kernel::{
    Ctx, Result, args, db,
    form::Form,
    permission::Right,
    sheet::{Columns, DeskList, Row, Sink},
};
use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

use crate::{desk::holds, projects, urls};

/// Rows read at a time.
const CHUNK: i64 = 500;

const COLUMNS: Columns = &[
    ("numero", "list-col-number"),
    ("projet", "list-col-project"),
    ("raison", "list-report-reason"),
    ("precision", "list-report-note"),
    ("signale_le", "list-report-at"),
    ("regle_le", "list-report-settled"),
    ("adresse", "list-report-address"),
];

/// The list: reports of one's own projects, narrowed as the queue of what was reported is.
pub const LIST: DeskList = DeskList {
    code: "signalements",
    key: "list-reports",
    right: Right::Read,
    columns: COLUMNS,
    filters: &["file", "projet"],
    located: false,
    rows,
};

#[derive(FromQueryResult)]
struct Found {
    id: Uuid,
    number: i64,
    project_id: Uuid,
    reason: String,
    note: String,
    at: DateTime<Utc>,
    settled_at: Option<DateTime<Utc>>,
}

/// The newest first.
fn rows(ctx: Ctx, f: Form, sink: Sink) -> BoxFuture<'static, Result<()>> {
    Box::pin(async move {
        let c = ctx.app.db.read();
        let own = projects::store::all(c).await?.into_iter().filter(|p| holds(&ctx.actor, p.id));
        let own = own.filter(|p| f.get("projet").is_empty() || f.is("projet", &p.slug));
        let own: HashMap<Uuid, String> = own.map(|p| (p.id, p.title)).collect();
        if own.is_empty() {
            return Ok(());
        }
        // The queue shows those that wait; without it all are meant, settled or not.
        let open = if f.get("file").is_empty() { "" } else { "AND r.settled_at IS NULL" };
        let sql = format!(
            "SELECT r.id, c.number, c.project_id, r.reason, r.note, r.at, r.settled_at FROM report r \
             JOIN contribution c ON c.id = r.contribution_id WHERE r.id < $1 {open} AND c.project_id IN ({}) \
             ORDER BY r.id DESC LIMIT $2",
            db::placeholders(3, own.len())
        );
        let mut before = Uuid::max();
        loop {
            let mut args = args![before, CHUNK];
            args.extend(own.keys().map(|id| Value::from(*id)));
            let found: Vec<Found> = db::all(c, &sql, args).await?;
            let Some(last) = found.last() else { return Ok(()) };
            before = last.id;
            let rows = found.into_iter().map(|r| {
                let address = format!("{}{}", ctx.app.base_url(&ctx.settings), urls::Handle { number: r.number });
                Row::new(vec![
                    r.number.into(),
                    own.get(&r.project_id).cloned().into(),
                    ctx.t(&format!("desk-report-{}", r.reason)).into(),
                    r.note.into(),
                    r.at.into(),
                    r.settled_at.into(),
                    address.into(),
                ])
            });
            sink.rows(rows.collect()).await?;
        }
    })
}
