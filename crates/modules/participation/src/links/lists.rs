//! The short links as a file, with how many came by each.

use futures::future::BoxFuture;
use parvis_kernel::{
    Ctx, Result,
    form::Form,
    permission::Right,
    sheet::{Columns, DeskList, Row, Sink},
};

use super::{desk, store};
use crate::desk::holds;

const COLUMNS: Columns = &[
    ("adresse", "list-link-address"),
    ("nom", "list-link-name"),
    ("projet", "list-col-project"),
    ("quartier", "list-col-area"),
    ("lieu", "list-col-place"),
    ("visites", "list-link-visits"),
    ("idees", "list-link-ideas"),
    ("cree_le", "list-link-made"),
    ("arrete_le", "list-link-stopped"),
];

/// The list: whoever moderates gets the links of their projects.
pub const LIST: DeskList = DeskList {
    code: "liens",
    key: "links-title",
    right: Right::Read,
    columns: COLUMNS,
    filters: &[],
    located: false,
    rows,
};

fn rows(ctx: Ctx, _: Form, sink: Sink) -> BoxFuture<'static, Result<()>> {
    Box::pin(async move {
        let names = desk::names(&ctx).await?;
        let own = store::all(ctx.app.db.read()).await?.into_iter().filter(|l| holds(&ctx.actor, l.project_id));
        let rows = own.map(|l| {
            Row::new(vec![
                desk::address(&ctx, &l.code).into(),
                l.label.into(),
                names.projects.get(&l.project_id).cloned().into(),
                l.area_id.and_then(|id| names.areas.get(&id)).cloned().into(),
                l.place.into(),
                l.visits.into(),
                l.ideas.into(),
                l.created_at.into(),
                l.stopped_at.into(),
            ])
        });
        sink.rows(rows.collect()).await
    })
}
