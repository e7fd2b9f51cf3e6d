//! The imports of people as a file.

use parvis_kernel::sheet::DeskList;
use parvis_ui::brought::{self, pages::Screen};

use super::screen::Persons;

/// The list.
pub const LIST: DeskList = DeskList {
    code: "imports-personnes",
    key: "people-import-title",
    right: Persons::RIGHT,
    columns: brought::COLUMNS,
    filters: &[],
    located: false,
    rows: |ctx, _, sink| Box::pin(brought::rows::<Persons>(ctx, sink)),
};
