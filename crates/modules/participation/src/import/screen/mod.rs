//! Import on the desk: a file is received, its columns are recognised and corrected, it is tried, then imported in the background.
//!
//! The text of the file is kept in the instance's files until its last row, then thrown away; what was refused, a week more.

mod pages;
mod store;
#[cfg(test)]
mod tests;
pub(crate) mod undo;
mod undo_pages;
mod view;
mod work;

use chrono::TimeDelta;
use parvis_kernel::{
    jobs::JobKind,
    permission::{Access, Right},
    routes::Routes,
};

use crate::urls;

/// The pages and forms of imports.
#[must_use]
pub fn routes() -> Routes {
    let manage = Access::Team(Right::ManageProjects);
    Routes::new()
        .get(urls::Imports::ROUTE, manage, pages::list)
        .post(urls::Imports::ROUTE, manage, pages::receive)
        .get(urls::Import::ROUTE, manage, pages::show)
        .post(urls::Import::ROUTE, manage, pages::act)
        .post(urls::ImportRefused::ROUTE, manage, pages::refused)
        .get(urls::ImportUndo::ROUTE, manage, undo_pages::show)
        .post(urls::ImportUndo::ROUTE, manage, undo_pages::ask)
}

/// The jobs of imports.
#[must_use]
pub fn jobs() -> [JobKind; 3] {
    [
        JobKind { name: undo::JOB, run: undo::job, every: None },
        JobKind { name: work::JOB, run: work::job, every: None },
        JobKind { name: work::SWEEP, run: work::sweep, every: Some(TimeDelta::days(1)) },
    ]
}
