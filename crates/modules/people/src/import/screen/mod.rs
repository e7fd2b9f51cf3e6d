//! Import of people on the desk: a file is received, its columns are recognised and corrected, it is tried, then imported in
//! the background.
//!
//! The text of the file is kept in the instance's files until its last row, a day at most, then thrown away; the lines that
//! were refused, a week.

mod pages;
mod store;
#[cfg(test)]
mod tests;
mod view;
mod work;

pub(super) use work::ERASED;

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
    let right = Access::Team(Right::Persons);
    Routes::new()
        .get(urls::ImportPeople::ROUTE, right, pages::list)
        .post(urls::ImportPeople::ROUTE, right, pages::receive)
        .get(urls::PeopleFile::ROUTE, right, pages::show)
        .post(urls::PeopleFile::ROUTE, right, pages::act)
        .post(urls::PeopleRefused::ROUTE, right, pages::refused)
}

/// The jobs of imports.
#[must_use]
pub fn jobs() -> [JobKind; 3] {
    [
        JobKind { name: work::ERASED, run: work::forget_lines, every: None },
        JobKind { name: work::JOB, run: work::job, every: None },
        JobKind { name: work::SWEEP, run: work::sweep, every: Some(TimeDelta::hours(1)) },
    ]
}
