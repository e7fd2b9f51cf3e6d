//! Import on the desk: a file is received, its columns are recognised and corrected, it is tried, then imported in the background.
//!
//! The text of the file is kept in the instance's files until its last row, then thrown away; what was refused, a week more.

mod files;
mod preview;
#[cfg(test)]
mod tests;
pub(crate) mod undo;
mod undo_pages;
mod view;

use chrono::TimeDelta;
use parvis_kernel::{
    Result, args,
    brought::{Files, work},
    context::Moment,
    db::{self, Tx},
    jobs::{self, JobKind},
    permission::{Access, Right},
    routes::Routes,
};
use parvis_people::erased;
use parvis_ui::brought::pages;
use uuid::Uuid;

pub(super) use files::Contributions;

use crate::urls;

/// The job that forgets whoever was erased.
const ERASED: &str = "participation.erased_lines";

/// Forgets who of the team brought files, and, by a job, whoever is named in lines that were refused.
///
/// # Errors
/// When the database refuses.
pub async fn forget(tx: &Tx, moment: &Moment, person: Uuid) -> Result<()> {
    for table in ["import_file", "import_run"] {
        db::run(tx, &format!("UPDATE {table} SET actor_id = NULL WHERE actor_id = $1"), args![person]).await?;
    }
    // Not the one that another erasure queued: it may run before this one is there.
    jobs::enqueue(tx, moment, ERASED, &(), None, moment.now).await
}

/// The pages and forms of imports.
#[must_use]
pub fn routes() -> Routes {
    let manage = Access::Team(Right::ManageProjects);
    Routes::new()
        .get(urls::Imports::ROUTE, manage, pages::list::<Contributions>)
        .post(urls::Imports::ROUTE, manage, pages::receive::<Contributions>)
        .get(urls::Import::ROUTE, manage, pages::show::<Contributions>)
        .post(urls::Import::ROUTE, manage, pages::act::<Contributions>)
        .post(urls::ImportRefused::ROUTE, manage, pages::refused::<Contributions>)
        .get(urls::ImportUndo::ROUTE, manage, undo_pages::show)
        .post(urls::ImportUndo::ROUTE, manage, undo_pages::ask)
}

/// The jobs of imports.
#[must_use]
pub fn jobs() -> [JobKind; 4] {
    [
        JobKind { name: ERASED, run: erased::brought::job::<Contributions>, every: None },
        JobKind { name: undo::JOB, run: undo::job, every: None },
        JobKind { name: Contributions::JOB, run: work::job::<Contributions>, every: None },
        JobKind {
            name: "participation.import_sweep",
            run: work::sweep::<Contributions>,
            every: Some(TimeDelta::days(1)),
        },
    ]
}
