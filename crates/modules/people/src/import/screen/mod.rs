//! Import of people on the desk: a file is received, its columns are recognised and corrected, it is tried, then imported in
//! the background.
//!
//! The text of the file is kept in the instance's files until its last row, a day at most, then thrown away; the lines that
//! were refused, a week.

mod files;
mod preview;
#[cfg(test)]
mod tests;
mod undo;
mod undo_pages;
mod view;

use chrono::TimeDelta;
use parvis_kernel::{
    brought::{Files, work},
    jobs::JobKind,
    permission::{Access, Right},
    routes::Routes,
};
use parvis_ui::brought::pages;

pub(super) use files::Persons;
pub use undo::ACTIVITY as UNDONE;

use crate::{erased, urls};

/// The job that forgets whoever was erased.
pub(super) const ERASED: &str = "people.erased_lines";

/// The pages and forms of imports.
#[must_use]
pub fn routes() -> Routes {
    let right = Access::Team(Right::Persons);
    Routes::new()
        .get(urls::ImportPeople::ROUTE, right, pages::list::<Persons>)
        .post(urls::ImportPeople::ROUTE, right, pages::receive::<Persons>)
        .get(urls::PeopleFile::ROUTE, right, pages::show::<Persons>)
        .post(urls::PeopleFile::ROUTE, right, pages::act::<Persons>)
        .post(urls::PeopleRefused::ROUTE, right, pages::refused::<Persons>)
        .get(urls::PeopleUndo::ROUTE, right, undo_pages::show)
        .post(urls::PeopleUndo::ROUTE, right, undo_pages::ask)
}

/// The jobs of imports.
#[must_use]
pub fn jobs() -> [JobKind; 4] {
    [
        JobKind { name: undo::JOB, run: undo::job, every: None },
        JobKind { name: ERASED, run: erased::brought::job::<Persons>, every: None },
        JobKind { name: Persons::JOB, run: work::job::<Persons>, every: None },
        JobKind { name: "people.import_sweep", run: work::sweep::<Persons>, every: Some(TimeDelta::hours(1)) },
    ]
}
