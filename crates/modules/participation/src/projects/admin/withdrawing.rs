//! What the public loses when a project that it sees becomes a draft again: told before anything is saved.

use parvis_kernel::{Result, args, db, form::Form};
use sea_orm::{ConnectionTrait, FromQueryResult};
use uuid::Uuid;

use crate::projects::Project;

/// The button that takes the project out of sight all the same.
pub(super) const AGREED: &str = "retrait";
/// The button that leaves it where it is, and saves the rest.
pub(super) const STAYS: &str = "laisser";

/// What is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub(super) struct Loss {
    /// Ideas that nobody but the team reads any more.
    pub ideas: i64,
    /// Comments, likewise.
    pub comments: i64,
    /// People who follow the project or one of its ideas.
    pub followers: i64,
    /// Short links that lead nowhere.
    pub links: i64,
}

/// Whether a form makes a draft of a project that others than the team may see.
pub(super) fn is_asked(before: &Project, f: &Form) -> bool {
    before.state != "draft" && before.visibility != "team" && f.is("etat", "draft")
}

/// What the public would lose of a project now.
///
/// # Errors
/// When the database refuses.
pub(super) async fn loss(c: &impl ConnectionTrait, project: Uuid) -> Result<Option<Loss>> {
    let sql = "SELECT (SELECT count(*) FROM contribution c WHERE c.project_id = $1 AND c.kind = 'idea' AND c.visible) AS ideas, \
               (SELECT count(*) FROM contribution c WHERE c.project_id = $1 AND c.kind = 'comment' AND c.visible) AS comments, \
               (SELECT count(*) FROM (SELECT f.person_id FROM follow f JOIN contribution c ON c.id = f.contribution_id \
               WHERE c.project_id = $1 AND f.rhythm <> 'never' UNION SELECT p.person_id FROM project_follow p \
               WHERE p.project_id = $1 AND p.rhythm <> 'never') AS w) AS followers, \
               (SELECT count(*) FROM short_link l WHERE l.project_id = $1 AND l.stopped_at IS NULL) AS links";
    db::one(c, sql, args![project]).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_others_see_is_lost() {
        let project = |state: &str, visibility: &str| Project {
            state: state.into(),
            visibility: visibility.into(),
            ..Project::default()
        };
        let draft = Form::of(&[("etat", "draft")]);
        for (state, visibility) in [("published", "public"), ("archived", "public"), ("published", "link")] {
            assert!(is_asked(&project(state, visibility), &draft), "{state}, {visibility}");
        }
        assert!(!is_asked(&project("draft", "public"), &draft) && !is_asked(&project("published", "team"), &draft));
        assert!(!is_asked(&project("published", "public"), &Form::of(&[("etat", "archived")])));
    }
}
