//! Lots: one decision on several contributions, kept with what each was before, so that it can be followed, stopped
//! and undone.

mod answer;
pub mod job;
pub(crate) mod memory;
#[cfg(test)]
mod page_tests;
pub mod pages;
mod run;
pub mod single;
pub mod store;
#[cfg(test)]
mod tests;
mod undo;

pub use run::step;
pub use undo::step_back;

use chrono::{DateTime, Utc};
use sea_orm::FromQueryResult;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    ideas::Status,
    moderation::{self, Action, store::UNDO},
};

/// Up to this many contributions are decided on while the request waits; more are done in the background.
pub const AT_ONCE: i64 = 200;

/// What a lot does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// Put online.
    Publish,
    /// Refuse, with a reason.
    Refuse,
    /// Put back among those that wait what was refused.
    Reconsider,
    /// Take offline.
    Hide,
    /// Put online again, or leave there what was reported.
    Show,
    /// Give another status.
    Status,
    /// Give a theme.
    Theme,
    /// Give an area.
    Area,
    /// Give a theme and an area.
    Classify,
    /// Move to another project.
    Project,
    /// Give to a member of the team, or to nobody.
    Assign,
    /// Answer officially, all in the same words.
    Answer,
}

impl Act {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Publish,
        Self::Refuse,
        Self::Reconsider,
        Self::Hide,
        Self::Show,
        Self::Status,
        Self::Theme,
        Self::Area,
        Self::Classify,
        Self::Project,
        Self::Assign,
        Self::Answer,
    ];

    /// The code in forms and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Publish => "publier",
            Self::Refuse => "refuser",
            Self::Reconsider => "reprendre",
            Self::Hide => "masquer",
            Self::Show => "remettre",
            Self::Status => "etat",
            Self::Theme => "theme",
            Self::Area => "quartier",
            Self::Classify => "classer",
            Self::Project => "projet",
            Self::Assign => "confier",
            Self::Answer => "repondre",
        }
    }

    /// From its code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.code() == code)
    }

    /// SQL: the contributions `c` this makes sense for, as [`moderation::possible`] says of one.
    #[must_use]
    pub const fn possible(self) -> &'static str {
        match self {
            Self::Publish => "NOT c.withdrawn AND c.merged_into IS NULL AND c.status IN ('prescreening', 'ineligible')",
            Self::Refuse => "NOT c.withdrawn AND c.merged_into IS NULL AND c.status = 'prescreening'",
            Self::Reconsider => {
                "NOT c.withdrawn AND c.merged_into IS NULL AND c.status = 'ineligible' AND c.answered_at IS NULL"
            }
            Self::Hide => {
                "NOT c.withdrawn AND c.merged_into IS NULL AND c.status NOT IN ('prescreening', 'ineligible') \
                 AND (NOT c.hidden OR c.reports > 0 OR c.appeal)"
            }
            Self::Show => {
                "NOT c.withdrawn AND c.merged_into IS NULL AND c.status NOT IN ('prescreening', 'ineligible') \
                 AND (c.hidden OR c.reports > 0)"
            }
            Self::Status => "NOT c.withdrawn AND c.merged_into IS NULL AND c.kind = 'idea' AND c.visible",
            Self::Answer => {
                "NOT c.withdrawn AND c.merged_into IS NULL AND c.kind = 'idea' AND c.visible AND c.answered_at IS NULL"
            }
            Self::Theme | Self::Area | Self::Classify | Self::Project => {
                "NOT c.withdrawn AND c.merged_into IS NULL AND c.kind = 'idea'"
            }
            Self::Assign => "NOT c.withdrawn AND c.merged_into IS NULL",
        }
    }

    /// What moderation calls it, where it is one of its decisions.
    #[must_use]
    pub const fn action(self) -> Option<Action> {
        match self {
            Self::Publish => Some(Action::Publish),
            Self::Refuse => Some(Action::Refuse),
            Self::Reconsider => Some(Action::Reconsider),
            Self::Hide => Some(Action::Hide),
            Self::Show => Some(Action::Show),
            Self::Status => Some(Action::SetStatus),
            Self::Theme | Self::Area | Self::Classify => Some(Action::Classify),
            Self::Answer => Some(Action::Answer),
            Self::Project | Self::Assign => None,
        }
    }

    /// Whether it makes sense for a contribution in this state.
    #[must_use]
    pub fn is_possible(self, state: moderation::State) -> bool {
        match (self, self.action()) {
            (Self::Answer, _) if state.answered => false,
            // What is online is hidden, or its publication undone.
            (Self::Reconsider, _) if state.status != Status::Ineligible => false,
            (_, Some(action)) => moderation::possible(state, action).is_ok(),
            (Self::Project, _) => state.idea && !state.withdrawn && !state.merged,
            _ => !state.withdrawn && !state.merged,
        }
    }
}

/// What is decided.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Detail {
    /// Why it is refused; fields in it are filled for each author.
    pub reason: String,
    /// Code of its motive.
    pub motive: String,
    /// Whether telephone numbers and mail addresses are masked before it goes online.
    pub masked: bool,
    /// Code of the new status.
    pub status: String,
    /// Theme word.
    pub tag: String,
    /// Area.
    pub area: Option<Uuid>,
    /// Project to move to.
    pub project: Option<Uuid>,
    /// The answer's decision in a few words.
    pub decision: String,
    /// Its text, Markdown.
    pub body: String,
    /// Its cost.
    pub cost: String,
    /// Its next step.
    pub next: String,
    /// The day of that, `YYYY-MM-DD`.
    pub next_on: Option<String>,
    /// Code of where its money comes from.
    pub funding: String,
    /// Who signs it.
    pub signer: String,
    /// Their office.
    pub office: String,
    /// Decided on the page of one contribution, or with its own button: whoever else has it open was named already.
    pub alone: bool,
}

impl Detail {
    /// The status it gives.
    #[must_use]
    pub fn status(&self) -> Option<Status> {
        Status::parse(&self.status).filter(|s| s.is_public())
    }
}

/// Where a lot stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Chosen, not begun: its page asks for the rest.
    Draft,
    /// Being done.
    Running,
    /// Done.
    Done,
    /// Stopped before its end; what was done stays.
    Cancelled,
    /// Being undone.
    Undoing,
    /// Undone.
    Undone,
}

impl State {
    const ALL: [Self; 6] = [Self::Draft, Self::Running, Self::Done, Self::Cancelled, Self::Undoing, Self::Undone];

    /// The code kept in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Running => "running",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
            Self::Undoing => "undoing",
            Self::Undone => "undone",
        }
    }
}

/// A lot.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Lot {
    /// Key.
    pub id: Uuid,
    /// Who decided; nobody once they left the team's ledger.
    pub actor_id: Option<Uuid>,
    /// Code of the act.
    pub action: String,
    /// What is decided, as JSON.
    pub detail: String,
    /// Whom the contributions are given to.
    pub person_id: Option<Uuid>,
    /// Code of the state.
    pub state: String,
    /// When it was chosen.
    pub created_at: DateTime<Utc>,
    /// When it began.
    pub started_at: Option<DateTime<Utc>>,
    /// When its last part was done.
    pub moved_at: DateTime<Utc>,
}

impl Lot {
    /// What it does.
    #[must_use]
    pub fn act(&self) -> Option<Act> {
        Act::parse(&self.action)
    }

    /// What is decided.
    #[must_use]
    pub fn detail(&self) -> Detail {
        serde_json::from_str(&self.detail).unwrap_or_default()
    }

    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> State {
        State::ALL.into_iter().find(|s| s.code() == self.state).unwrap_or(State::Cancelled)
    }

    /// Until when it can be undone: its first mails leave then.
    #[must_use]
    pub fn undo_until(&self) -> Option<DateTime<Utc>> {
        self.started_at.map(|at| at + UNDO)
    }

    /// Whether it can be undone now.
    #[must_use]
    pub fn may_undo(&self, now: DateTime<Utc>) -> bool {
        matches!(self.state(), State::Done | State::Cancelled) && self.undo_until().is_some_and(|until| now <= until)
    }
}

/// What became of one contribution of a lot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Decided.
    Done,
    /// Somebody changed it since it was chosen: left alone.
    Changed,
    /// Somebody else has it open: left alone.
    Held,
    /// It makes no sense for it: left alone.
    Impossible,
    /// Of a project this person does not moderate: left alone.
    Refused,
}

impl Outcome {
    /// The code kept in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Changed => "changed",
            Self::Held => "held",
            Self::Impossible => "impossible",
            Self::Refused => "refused",
        }
    }
}

/// How many contributions of a lot are in each state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Not reached yet.
    pub waiting: i64,
    /// Decided.
    pub done: i64,
    /// Changed by somebody since.
    pub changed: i64,
    /// Open in somebody else's hands.
    pub held: i64,
    /// Not concerned.
    pub impossible: i64,
    /// Of somebody else's project.
    pub refused: i64,
    /// Taken back.
    pub undone: i64,
    /// Not taken back, changed since.
    pub kept: i64,
}

impl Counts {
    /// All of them.
    #[must_use]
    pub const fn all(&self) -> i64 {
        self.waiting + self.done + self.skipped() + self.undone + self.kept
    }

    /// Those left alone: skipped when it was done, or kept when it was taken back.
    #[must_use]
    pub const fn left(&self) -> i64 {
        self.skipped() + self.kept
    }

    /// Those left alone.
    #[must_use]
    pub const fn skipped(&self) -> i64 {
        self.changed + self.held + self.impossible + self.refused
    }
}

/// A citizen's words inside Markdown of the team: words, nothing more.
#[must_use]
pub fn plain(text: &str) -> String {
    text.chars().flat_map(|c| r"\*_`[]()<>#&~|!".contains(c).then_some('\\').into_iter().chain([c])).collect()
}

/// What a text for many has replaced in a public answer, in French and in English.
pub const PUBLIC_FIELDS: [&str; 5] = ["{numéro}", "{numero}", "{number}", "{titre}", "{title}"];
/// What stands for the first name of whoever reads a mail.
pub const NAME_FIELDS: [&str; 3] = ["{prénom}", "{prenom}", "{name}"];

/// Words between braces, on one line: what somebody hopes is replaced.
#[must_use]
pub fn fields(text: &str) -> Vec<&str> {
    text.match_indices('{')
        .filter_map(|(at, _)| {
            let rest = text.get(at..)?;
            let end = rest.find('}')?;
            let inside = rest.get(1..end)?;
            let is_field = inside.chars().any(char::is_alphabetic) && !inside.contains(['{', '\n']);
            is_field.then(|| rest.get(..=end)).flatten()
        })
        .collect()
}

/// A person's first name put into a text written for many: `{prénom}`, `{numéro}`, `{titre}`.
#[must_use]
pub fn filled(text: &str, name: &str, number: i64, title: &str) -> String {
    if !text.contains('{') {
        return text.to_owned();
    }
    // A greeting without a name keeps no space before its comma.
    let mut text = text.to_owned();
    for field in NAME_FIELDS {
        if name.is_empty() {
            text = text.replace(&format!(" {field}"), "");
        }
        text = text.replace(field, name);
    }
    for field in ["{titre}", "{title}"] {
        text = text.replace(field, title);
    }
    for field in ["{numéro}", "{numero}", "{number}"] {
        text = text.replace(field, &number.to_string());
    }
    text
}
