//! Keeping what the instance holds: backups made by themselves and read back, and how long each thing is kept.

pub mod archive;
mod backups;
pub mod leftovers;
pub mod plan;
pub mod reading;
mod retention;
pub mod schema;
pub mod store;
pub mod work;

use chrono::TimeDelta;
use parvis_kernel::{
    Ctx,
    jobs::JobKind,
    permission::{Access, Right},
    retention::{Goes, Retention},
    routes::Routes,
};

pub(crate) use backups::problem;

use crate::urls;

/// The pages of keeping.
#[must_use]
pub fn routes() -> Routes {
    let administer = Access::Team(Right::Administer);
    Routes::new()
        .get(urls::Backups::ROUTE, administer, backups::show)
        .post(urls::Backups::ROUTE, administer, backups::keep)
        .post(urls::BackupNow::ROUTE, administer, backups::now)
        .post(urls::BackupFile::ROUTE, Access::Team(Right::Own), backups::file)
        .get(urls::Retention::ROUTE, administer, retention::show)
        .post(urls::Retention::ROUTE, administer, retention::keep)
}

/// The work of keeping.
#[must_use]
pub fn jobs() -> Vec<JobKind> {
    vec![
        JobKind { name: work::SCHEDULED, run: work::scheduled, every: Some(TimeDelta::hours(1)) },
        JobKind { name: work::MAKE, run: work::make, every: None },
        JobKind { name: "instance.retention", run: retention::run, every: Some(TimeDelta::days(1)) },
    ]
}

/// How long what belongs to no other room is kept.
pub const PERIODS: [Retention; 5] = [
    Retention {
        code: "journal",
        key: "keep-journal",
        days: 365,
        least: 90,
        most: 1825,
        table: "activity",
        goes: Goes::Row,
        when: "at < $1",
    },
    Retention {
        code: "courriels",
        key: "keep-mails",
        days: 365,
        // A letter is written once for a reason as long as its line is there.
        least: 90,
        most: 1095,
        table: "mail",
        goes: Goes::Row,
        when: "state IN ('sent', 'cancelled', 'failed') AND created_at < $1",
    },
    Retention {
        code: "compteurs",
        key: "keep-limits",
        days: 2,
        least: 2,
        most: 7,
        table: "rate",
        goes: Goes::Row,
        when: "window_start < $1",
    },
    Retention {
        code: "travaux",
        key: "keep-jobs",
        days: 7,
        least: 2,
        most: 90,
        table: "job",
        goes: Goes::Row,
        when: "state = 'done' AND run_at < $1",
    },
    Retention {
        code: "sauvegardes",
        key: "keep-backups",
        days: 90,
        least: 7,
        most: 365,
        table: "backup",
        goes: Goes::Row,
        when: "started_at < $1 AND (state = 'failed' OR removed_at IS NOT NULL)",
    },
];

/// Kinds of activity recorded here.
pub const ACTIVITY: [&str; 4] = ["backup.asked", "backup.taken", "backup.plan", "retention.changed"];

/// Writes in the journal what was decided here.
pub(crate) async fn note(ctx: &Ctx, kind: &'static str, detail: String) -> parvis_kernel::Result<()> {
    let (moment, actor) = (ctx.moment.clone(), ctx.actor.person());
    ctx.app
        .db
        .write(move |tx| {
            let (moment, detail) = (moment.clone(), detail.clone());
            Box::pin(async move {
                let entry = parvis_kernel::activity::Entry {
                    actor,
                    kind,
                    subject_kind: "keeping",
                    subject: None,
                    project: None,
                    detail: &detail,
                };
                parvis_kernel::activity::record(tx, &moment, entry).await
            })
        })
        .await
}
