//! The imports of contributions as a file.

use parvis_kernel::sheet::DeskList;
use parvis_ui::brought::{self, pages::Screen};

use super::screen::Contributions;

/// The list.
pub const LIST: DeskList = DeskList {
    code: "imports",
    key: "import-title",
    right: Contributions::RIGHT,
    columns: brought::COLUMNS,
    filters: &[],
    located: false,
    rows: |ctx, _, sink| Box::pin(brought::rows::<Contributions>(ctx, sink)),
};
