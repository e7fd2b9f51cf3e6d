//! Why a contribution is in the queue, and what that is in SQL.

use parvis_kernel::db::Dialect;

use crate::ideas::{Contribution, Status};

/// Why a contribution is in the queue. Each is in one of them at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// To be read before it is shown.
    Publish,
    /// Online, and not answered.
    Answer,
    /// Reported, hidden or not; or refused or hidden, and its author replied.
    Reported,
    /// Nothing waits.
    Handled,
}

impl Wait {
    /// This reason alone, as a list.
    pub(in crate::desk) const fn alone(self) -> &'static [Self] {
        match self {
            Self::Publish => &[Self::Publish],
            Self::Answer => &[Self::Answer],
            Self::Reported => &[Self::Reported],
            Self::Handled => &[Self::Handled],
        }
    }

    /// The one of these at a position that `Where::position` told.
    pub(in crate::desk) fn at(waits: &[Self], position: i64) -> Option<Self> {
        usize::try_from(position).ok().and_then(|at| waits.get(at).copied())
    }

    // The words of the partial indexes of migrations 0002 and 0161, so that counts read the index alone.
    pub(crate) const fn sql(self) -> &'static str {
        match self {
            Self::Publish => "c.status = 'prescreening' AND NOT c.withdrawn",
            Self::Reported => "(c.reports > 0 OR c.appeal) AND c.status <> 'prescreening' AND NOT c.withdrawn",
            Self::Answer => {
                "c.kind = 'idea' AND c.visible AND c.answered_at IS NULL AND c.reports = 0 AND c.origin <> 'import' \
                 AND c.status IN ('proposed', 'under_consideration')"
            }
            Self::Handled => {
                "(c.withdrawn OR (c.status <> 'prescreening' AND c.reports = 0 AND NOT c.appeal AND NOT (c.kind = 'idea' AND c.visible \
                 AND c.answered_at IS NULL AND c.origin <> 'import' AND c.status IN ('proposed', 'under_consideration'))))"
            }
        }
    }

    /// The table of what waits for this reason. Without statistics SQLite prefers a wider index than the reason's own.
    pub(in crate::desk) const fn table(self, dialect: Dialect) -> &'static str {
        match (dialect, self) {
            (Dialect::Sqlite, Self::Publish) => "contribution c INDEXED BY contribution_arrived",
            (Dialect::Sqlite, Self::Reported) => "contribution c INDEXED BY contribution_reported",
            (Dialect::Sqlite, Self::Answer) => "contribution c INDEXED BY contribution_to_answer",
            _ => "contribution c",
        }
    }

    pub(in crate::desk) const fn since(self) -> &'static str {
        match self {
            // What a file brought was written years ago, and could not be read before.
            Self::Publish => "coalesce(c.arrived_at, c.created_at)",
            Self::Handled => "c.created_at",
            Self::Answer => "c.published_at",
            Self::Reported => {
                "coalesce((SELECT min(r.at) FROM report r WHERE r.contribution_id = c.id AND r.settled_at IS NULL), \
                 (SELECT a.at FROM author_reply a WHERE a.contribution_id = c.id AND a.decided_at IS NULL), c.created_at)"
            }
        }
    }

    /// Why this contribution is in the queue.
    #[must_use]
    pub fn of(c: &Contribution) -> Self {
        let unanswered = c.kind == "idea" && c.visible && c.answered_at.is_none() && c.origin != "import";
        match c.status() {
            _ if c.withdrawn => Self::Handled,
            Status::Prescreening => Self::Publish,
            _ if c.reports > 0 || c.appeal => Self::Reported,
            Status::Proposed | Status::UnderConsideration if unanswered => Self::Answer,
            _ => Self::Handled,
        }
    }
}
