//! Who may give or take which role.

use parvis_kernel::{
    form::Form,
    permission::{Actor, Right, Role, decide},
};
use uuid::Uuid;

/// Codes of the roles, the widest first.
pub const ROLES: [&str; 4] = ["owner", "administrator", "moderator", "analyst"];

/// Whether this actor may change somebody from one role to another (`None` for none). Owners are named and removed by
/// owners only.
#[must_use]
pub fn may_change(actor: &Actor, from: Option<&Role>, to: Option<&Role>) -> bool {
    let touches_owner = [from, to].into_iter().flatten().any(|r| *r == Role::Owner);
    decide(actor, if touches_owner { Right::Own } else { Right::Administer }, None).is_ok()
}

/// The role a form chose, with a moderator's projects among those that exist.
#[must_use]
pub fn role_from(form: &Form, scopes: &[(Uuid, String)]) -> Option<Role> {
    Some(match form.get("role") {
        "owner" => Role::Owner,
        "administrator" => Role::Administrator,
        "analyst" => Role::Analyst,
        "moderator" => {
            let mut all: Vec<Uuid> = form
                .all("projets")
                .filter_map(|v| v.parse().ok())
                .filter(|id| scopes.iter().any(|(known, _)| known == id))
                .collect();
            all.sort();
            all.dedup();
            Role::Moderator(all)
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(role: Option<Role>) -> Actor {
        Actor::Person { id: Uuid::nil(), name: String::new(), session: Uuid::nil(), role }
    }

    #[test]
    fn only_owners_touch_owners() {
        let (owner, admin) = (person(Some(Role::Owner)), person(Some(Role::Administrator)));
        assert!(may_change(&owner, None, Some(&Role::Owner)) && may_change(&owner, Some(&Role::Owner), None));
        assert!(may_change(&admin, Some(&Role::Analyst), Some(&Role::Administrator)));
        assert!(!may_change(&admin, Some(&Role::Owner), None) && !may_change(&admin, None, Some(&Role::Owner)));
        let other = person(Some(Role::Moderator(vec![])));
        assert!(!may_change(&other, None, Some(&Role::Analyst)) && !may_change(&Actor::Visitor, None, None));
    }

    #[test]
    fn a_moderator_gets_known_projects_once() {
        let (known, foreign) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let (a, b) = (known.to_string(), foreign.to_string());
        let form =
            Form::of(&[("role", "moderator"), ("projets", &a), ("projets", &a), ("projets", &b), ("projets", "x")]);
        let scopes = [(known, "Se déplacer".to_owned())];
        assert_eq!(role_from(&form, &scopes), Some(Role::Moderator(vec![known])));
        assert_eq!(role_from(&Form::of(&[("role", "root")]), &scopes), None);
    }
}
