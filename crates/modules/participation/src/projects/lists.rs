//! The projects as a file: what they are, where they stand, how many ideas they have online.

use std::collections::HashMap;

use futures::future::BoxFuture;
use parvis_kernel::{
    Ctx, Result,
    form::Form,
    found::LONGEST,
    permission::Right,
    sheet::{Columns, DeskList, Row, Sink},
};
use uuid::Uuid;

use super::{admin_store, areas, phases, store};
use crate::{
    desk::{found::holds_words, holds},
    urls,
};

const COLUMNS: Columns = &[
    ("adresse", "list-project-address"),
    ("titre", "list-col-title"),
    ("resume", "list-project-summary"),
    ("etat", "list-col-status"),
    ("visible_par", "list-project-visible"),
    ("dossier", "list-project-folder"),
    ("quartiers", "list-project-areas"),
    ("phase", "list-project-phase"),
    ("idees", "list-project-ideas"),
    ("cree_le", "list-project-made"),
];

/// The list: whoever moderates gets their own projects.
pub const LIST: DeskList = DeskList {
    code: "projets",
    key: "desk-projects-title",
    right: Right::Read,
    columns: COLUMNS,
    filters: &["q"],
    located: false,
    rows,
};

fn rows(ctx: Ctx, f: Form, sink: Sink) -> BoxFuture<'static, Result<()>> {
    Box::pin(async move {
        let c = ctx.app.db.read();
        let counts: HashMap<Uuid, i64> = admin_store::ideas(c).await?.into_iter().map(|n| (n.id, n.ideas)).collect();
        let all_phases = store::all_phases(c).await?;
        let places = areas::all(c).await?;
        let asked: String = f.text("q").trim().chars().take(LONGEST).collect();
        let own = store::all(c).await?.into_iter();
        let own = own.filter(|x| holds(&ctx.actor, x.id) && (asked.is_empty() || holds_words(x, &asked)));
        let rows = own.map(|x| {
            let phases: Vec<_> =
                all_phases.iter().filter(|(id, _)| *id == x.id).map(|(_, phase)| phase.clone()).collect();
            let now = phases::current(&phases, ctx.today()).map(|phase| phase.title.clone());
            // Without the key of a project that is seen by its secret link: a file is passed on.
            let address = format!("{}{}", ctx.app.base_url(&ctx.settings), urls::Project { slug: x.slug.clone() });
            Row::new(vec![
                address.into(),
                x.title.into(),
                x.summary.into(),
                ctx.t(&format!("desk-project-state-{}", x.state)).into(),
                ctx.t(&format!("desk-project-visible-{}", x.visibility)).into(),
                x.folder.into(),
                places.get(&x.id).map_or_else(String::new, |own| areas::names(own)).into(),
                now.into(),
                counts.get(&x.id).copied().unwrap_or(0).into(),
                x.created_at.into(),
            ])
        });
        sink.rows(rows.collect()).await
    })
}
