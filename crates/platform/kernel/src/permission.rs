//! Who may do what: one decision function, with named refusals.

use uuid::Uuid;

use crate::error::Refusal;

/// A role on the team. Citizens have none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// Everything, and naming other owners.
    Owner,
    /// Everything but owners.
    Administrator,
    /// Moderates and answers in the named projects only.
    Moderator(Vec<Uuid>),
    /// Reads the desk and the analysis, changes nothing.
    Analyst,
}

impl Role {
    /// The stable code kept in the database.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Administrator => "administrator",
            Self::Moderator(_) => "moderator",
            Self::Analyst => "analyst",
        }
    }

    /// Whether whoever has this role has `right`, in `project` when the matter belongs to one. Of whoever asks,
    /// [`decide`] answers.
    #[must_use]
    pub fn may(&self, right: Right, project: Option<Uuid>) -> bool {
        match self {
            Self::Owner => true,
            Self::Administrator => right != Right::Own,
            Self::Moderator(projects) => {
                matches!(right, Right::Read | Right::Moderate) && project.is_none_or(|p| projects.contains(&p))
            }
            Self::Analyst => right == Right::Read,
        }
    }
}

/// What a member of the team may be allowed to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Right {
    /// Read the desk: queue, people who wait, analysis.
    Read,
    /// Publish, refuse, hide, change a status, answer officially.
    Moderate,
    /// Create and change projects, phases, areas.
    ManageProjects,
    /// Look people up, and open, correct, unite or erase their sheets.
    Persons,
    /// Settings, roles, journal, mail.
    Administer,
    /// Name and remove owners.
    Own,
}

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Nobody signed in.
    Visitor,
    /// A signed-in person.
    Person {
        /// The person.
        id: Uuid,
        /// How pages call this person.
        name: String,
        /// The session in use.
        session: Uuid,
        /// The role on the team, if any.
        role: Option<Role>,
    },
}

impl Actor {
    /// The person signed in, if any.
    #[must_use]
    pub const fn person(&self) -> Option<Uuid> {
        match self {
            Self::Person { id, .. } => Some(*id),
            Self::Visitor => None,
        }
    }

    /// The role on the team, if any.
    #[must_use]
    pub const fn role(&self) -> Option<&Role> {
        match self {
            Self::Person { role: Some(role), .. } => Some(role),
            _ => None,
        }
    }

    /// Whether this person is on the team.
    #[must_use]
    pub const fn is_staff(&self) -> bool {
        self.role().is_some()
    }

    /// The projects this person may see on the desk: `None` for all.
    #[must_use]
    pub fn projects(&self) -> Option<&[Uuid]> {
        match self.role() {
            Some(Role::Moderator(projects)) => Some(projects),
            _ => None,
        }
    }
}

/// Decides whether `actor` has `right`, in `project` when the matter belongs to one.
///
/// # Errors
/// `not_signed_in` for a visitor, `not_allowed` for everybody else without the right.
pub fn decide(actor: &Actor, right: Right, project: Option<Uuid>) -> Result<(), Refusal> {
    let Actor::Person { role, .. } = actor else {
        return Err(Refusal::NOT_SIGNED_IN);
    };
    let allowed = role.as_ref().is_some_and(|role| role.may(right, project));
    if allowed { Ok(()) } else { Err(Refusal::NOT_ALLOWED) }
}

/// What a token of the API may be allowed to do, within what its owner may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Read what waits on the desk.
    ReadQueue,
    /// Read ideas and comments in every status.
    ReadAll,
    /// Read reports.
    ReadReports,
    /// Read projects, those in preparation too.
    ReadProjects,
    /// Read the team's notes about contributions.
    ReadNotes,
    /// Read people of the directory, and what they accept.
    ReadPeople,
    /// Post ideas and comments for others.
    Create,
}

impl Scope {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::ReadQueue,
        Self::ReadAll,
        Self::ReadReports,
        Self::ReadProjects,
        Self::ReadNotes,
        Self::ReadPeople,
        Self::Create,
    ];

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::ReadQueue => "queue:read",
            Self::ReadAll => "contributions:read",
            Self::ReadReports => "reports:read",
            Self::ReadProjects => "projects:read",
            Self::ReadNotes => "notes:read",
            Self::ReadPeople => "people:read",
            Self::Create => "contributions:create",
        }
    }

    /// From its code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }

    /// The right its owner must have.
    #[must_use]
    pub const fn right(self) -> Right {
        match self {
            Self::ReadQueue | Self::ReadAll | Self::ReadReports | Self::ReadProjects | Self::ReadNotes => Right::Read,
            Self::ReadPeople => Right::Persons,
            Self::Create => Right::Moderate,
        }
    }
}

/// What a route asks of whoever comes. Each route declares one: without it, it does not compile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody. What is shown still depends on the decision functions.
    Public,
    /// Anybody signed in.
    SignedIn,
    /// Somebody on the team with this right (in some project at least).
    Team(Right),
    /// A program with a token of this right, whose owner has the role for it. No session counts.
    Token(Scope),
    /// Only whoever holds the one-time set-up link, before the set-up is done.
    SetUp,
    /// Only the machine itself (loopback), for monitoring.
    Loopback,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(role: Option<Role>) -> Actor {
        Actor::Person { id: Uuid::nil(), name: String::new(), session: Uuid::nil(), role }
    }

    /// The whole table, written out: role, right, own project, other project, no project.
    #[test]
    fn the_whole_table_of_decisions() {
        let (mine, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let table = [
            (Some(Role::Owner), [true, true, true, true, true, true]),
            (Some(Role::Administrator), [true, true, true, true, true, false]),
            (Some(Role::Moderator(vec![mine])), [true, true, false, false, false, false]),
            (Some(Role::Analyst), [true, false, false, false, false, false]),
            (None, [false; 6]),
        ];
        let rights =
            [Right::Read, Right::Moderate, Right::ManageProjects, Right::Persons, Right::Administer, Right::Own];
        for (role, expected) in table {
            for (right, allowed) in rights.into_iter().zip(expected) {
                let actor = person(role.clone());
                assert_eq!(decide(&actor, right, None).is_ok(), allowed, "{role:?} {right:?}");
                assert_eq!(decide(&actor, right, Some(mine)).is_ok(), allowed, "{role:?} {right:?} mine");
                let elsewhere = allowed && !matches!(role, Some(Role::Moderator(_)));
                assert_eq!(decide(&actor, right, Some(other)).is_ok(), elsewhere, "{role:?} {right:?} other");
            }
        }
        for right in rights {
            assert_eq!(decide(&Actor::Visitor, right, None), Err(Refusal::NOT_SIGNED_IN));
        }
    }
}
