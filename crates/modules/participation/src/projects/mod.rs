//! Projects and their timeline of phases.

pub mod admin;
pub mod admin_form;
pub mod admin_store;
pub mod areas;
pub mod csv;
pub mod easy;
pub mod first;
pub mod languages;
pub mod lists;
#[cfg(test)]
mod may_tests;
pub mod media;
pub mod opening;
pub mod pages;
pub mod phases;
pub mod preview;
pub mod rows;
pub mod store;
pub mod texts;

use chrono::{DateTime, NaiveDate, Utc};
use parvis_kernel::{
    Refusal, Result,
    permission::{Actor, Right, decide},
};
use sea_orm::FromQueryResult;
use uuid::Uuid;

pub use phases::{Phase, PhaseProblem};

use crate::seen::with_param;

/// A participatory process.
#[derive(Debug, Clone, Default, FromQueryResult)]
pub struct Project {
    /// Key.
    pub id: Uuid,
    /// Part of its address.
    pub slug: String,
    /// Title.
    pub title: String,
    /// One sentence.
    pub summary: String,
    /// The summary in everyday words: one short sentence a line.
    pub easy: String,
    /// The group that read that summary again; without one nobody did, and it is not called easy to read.
    pub easy_by: String,
    /// Markdown.
    pub description: String,
    /// `public`, `link`, `team`.
    pub visibility: String,
    /// Opens a project visible by its link.
    pub secret: String,
    /// `draft`, `published`, `archived`.
    pub state: String,
    /// Heading under which lists show it, empty for none.
    pub folder: String,
    /// Day on which a draft goes online by itself, `YYYY-MM-DD` in the instance's time zone.
    pub publish_on: Option<String>,
    /// Place in lists.
    pub position: i64,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// Grows at each change: a form with an older one is refused.
    pub version: i64,
}

impl Project {
    /// Whether anybody finds it in lists, feeds, search and figures.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.visibility == "public" && self.state != "draft"
    }

    /// As [`link`].
    #[must_use]
    pub fn link(&self, to: impl ToString) -> String {
        link(&self.visibility, &self.secret, to)
    }

    /// Decides whether `actor` may see the project; `key` is the secret of its link, if the browser has it.
    ///
    /// # Errors
    /// [`parvis_kernel::Error::NotFound`]: a hidden project does not say that it exists.
    pub fn may_be_seen(&self, actor: &Actor, key: &str) -> Result<()> {
        let by_team = decide(actor, Right::Read, Some(self.id)).is_ok();
        let by_link = self.visibility == "link" && self.state != "draft" && !key.is_empty() && key == self.secret;
        if self.is_public() || by_link || by_team { Ok(()) } else { Err(parvis_kernel::Error::NotFound) }
    }
}

/// An address of a project, or of a text in it, that opens for whoever gets it: with the key of a project that is seen by
/// its secret link. The key goes before an anchor.
#[must_use]
pub fn link(visibility: &str, secret: &str, to: impl ToString) -> String {
    let to = to.to_string();
    if visibility == "link" { with_param(&to, "cle", secret) } else { to }
}

/// What somebody wants to do in a project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Post an idea.
    Post,
    /// Post an idea or comment without any name.
    PostAnonymously,
    /// Comment.
    Comment,
    /// Support an idea.
    Support,
    /// Oppose an idea.
    Oppose,
}

/// The phase has not begun.
pub const PHASE_NOT_STARTED: Refusal = Refusal::new("phase_not_started");
/// The phase that allowed this is over.
pub const PHASE_CLOSED: Refusal = Refusal::new("phase_closed");
/// The present phase does not allow this.
pub const NOT_IN_THIS_PHASE: Refusal = Refusal::new("not_in_this_phase");
/// This phase asks for a name.
pub const NO_ANONYMOUS: Refusal = Refusal::new("no_anonymous");
/// The project is archived.
pub const PROJECT_ARCHIVED: Refusal = Refusal::new("project_archived");

/// The project has all the images and documents it may have.
pub const NO_ROOM: Refusal = Refusal::new("no_room");

/// Decides whether something may be done in a project today. Code asks this and never looks at a phase's name.
///
/// # Errors
/// The named refusal: `project_archived`, `phase_not_started`, `phase_closed`, `not_in_this_phase`, `no_anonymous`.
pub fn may(project: &Project, phases: &[Phase], today: NaiveDate, act: Act) -> std::result::Result<(), Refusal> {
    if project.state == "archived" {
        return Err(PROJECT_ARCHIVED);
    }
    let phase = phases::current(phases, today);
    if phase.is_some_and(|p| p.allows(act)) {
        return Ok(());
    }
    if act == Act::PostAnonymously && phase.is_some_and(|p| p.allows(Act::Post)) {
        return Err(NO_ANONYMOUS);
    }
    let allowing = || phases.iter().filter(|p| p.allows(act));
    if allowing().any(|p| p.starts_on > today) {
        Err(PHASE_NOT_STARTED)
    } else if allowing().next().is_some() {
        Err(PHASE_CLOSED)
    } else {
        // No phase ever allowed it: nothing has closed that was not open.
        Err(NOT_IN_THIS_PHASE)
    }
}

/// Things of no folder, then those of each folder in the order of its first.
fn by_folder<T>(all: Vec<T>, folder: impl Fn(&T) -> &str) -> (Vec<T>, Vec<(String, Vec<T>)>) {
    let (mut alone, mut folders) = (Vec::new(), Vec::<(String, Vec<T>)>::new());
    for one in all {
        let name = folder(&one);
        match folders.iter_mut().find(|(known, _)| known == name) {
            _ if name.is_empty() => alone.push(one),
            Some((_, in_it)) => in_it.push(one),
            None => folders.push((name.to_owned(), vec![one])),
        }
    }
    (alone, folders)
}
