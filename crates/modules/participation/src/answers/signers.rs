//! Who signs an answer: somebody of the team, chosen, or anybody, written.

use parvis_kernel::{
    Ctx, Result,
    form::{Form, is_blank},
};
use parvis_people::persons;
use uuid::Uuid;

/// The field that names a member of the team; empty for somebody else.
pub const CHOICE: &str = "qui";
/// The field that says which name stood in that of somebody else when the page was made: another one was typed since.
const STOOD: &str = "signait";

/// Somebody of the team who may sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// Key.
    pub id: Uuid,
    /// Name.
    pub name: String,
    /// Office: their own, else that of the instance's answers.
    pub office: String,
}

impl Signer {
    /// `Nadia Benali, adjointe aux déplacements`.
    #[must_use]
    pub fn words(&self) -> String {
        if self.office.is_empty() { self.name.clone() } else { format!("{}, {}", self.name, self.office) }
    }
}

/// Those who may sign, and who does.
#[derive(Debug, Clone, Default)]
pub struct Signers {
    /// The team, by role and name.
    pub all: Vec<Signer>,
    /// The member chosen; nobody when somebody else signs.
    pub chosen: Option<Uuid>,
    /// Whether the fields for somebody else are shown at once.
    pub open: bool,
}

impl Signers {
    /// Whether this member is chosen.
    #[must_use]
    pub fn is(&self, id: &Uuid) -> bool {
        self.chosen == Some(*id)
    }
}

/// The team with a name.
///
/// # Errors
/// When the database refuses.
pub async fn team(ctx: &Ctx) -> Result<Vec<Signer>> {
    let all = persons::team(ctx.app.db.read()).await?.into_iter().filter(|p| !is_blank(&p.name));
    let office = |own: String| if own.is_empty() { ctx.settings.answer_office.clone() } else { own };
    Ok(all.map(|p| Signer { id: p.id, name: p.name, office: office(p.office) }).collect())
}

/// Writes the member that a form chose into its fields of name and office. A name typed there wins: whoever types it means
/// it, and a menu may stand as it was opened.
///
/// # Errors
/// When the database refuses.
pub async fn settle(ctx: &Ctx, f: &mut Form) -> Result<()> {
    let Ok(id) = f.get(CHOICE).parse::<Uuid>() else { return Ok(()) };
    if let Some(signer) = team(ctx).await?.into_iter().find(|s| s.id == id) {
        choose(f, signer);
    }
    Ok(())
}

fn choose(f: &mut Form, signer: Signer) {
    let written = f.text("signataire");
    if is_blank(&written) || written == signer.name || written == f.text(STOOD) {
        f.set("signataire", signer.name);
        f.set("fonction", signer.office);
    } else {
        f.set(CHOICE, String::new());
    }
}

/// What the form shows: the member whose name and office stand in its fields, else those fields.
#[must_use]
pub fn shown(f: &Form, all: Vec<Signer>) -> Signers {
    let wrong = !f.error("signataire").is_empty() || !f.error("fonction").is_empty();
    let asked = f.get(CHOICE).parse::<Uuid>().ok().filter(|id| wrong && all.iter().any(|s| s.id == *id));
    let (name, office) = (f.text("signataire"), f.text("fonction"));
    let chosen = asked.or_else(|| all.iter().find(|s| s.name == name && s.office == office).map(|s| s.id));
    Signers { open: wrong || chosen.is_none(), all, chosen }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signer(id: u128, name: &str, office: &str) -> Signer {
        Signer { id: Uuid::from_u128(id), name: name.into(), office: office.into() }
    }

    #[test]
    fn a_member_chosen_signs_with_their_office() {
        let mut f = Form::of(&[("signataire", ""), ("fonction", "Autre")]);
        choose(&mut f, signer(1, "Nadia Benali", "Adjointe"));
        assert_eq!((f.get("signataire"), f.get("fonction")), ("Nadia Benali", "Adjointe"));
        // Sent again by a page that shows the name already.
        choose(&mut f, signer(1, "Nadia Benali", "Adjointe"));
        assert_eq!((f.get("signataire"), f.get("fonction")), ("Nadia Benali", "Adjointe"));
    }

    /// Typed after the page was made, a name signs whatever the menu says; one that stood there gives way to the menu.
    #[test]
    fn a_name_that_is_typed_wins_over_the_menu() {
        let of = |stood: &str| {
            let chosen = Uuid::from_u128(1).to_string();
            let mut f = Form::of(&[
                (CHOICE, &chosen),
                ("signataire", "Claire Morel"),
                ("fonction", "Directrice"),
                (STOOD, stood),
            ]);
            choose(&mut f, signer(1, "Nadia Benali", "Adjointe"));
            let who = shown(&f, vec![signer(1, "Nadia Benali", "Adjointe")]).chosen;
            (f.get("signataire").to_owned(), f.get("fonction").to_owned(), who)
        };
        let typed = ("Claire Morel".to_owned(), "Directrice".to_owned(), None);
        assert_eq!((of(""), of("Paul Roux")), (typed.clone(), typed));
        let member = ("Nadia Benali".to_owned(), "Adjointe".to_owned(), Some(Uuid::from_u128(1)));
        assert_eq!(of("Claire Morel"), member);
    }

    #[test]
    fn whose_name_and_office_stand_there_is_chosen() {
        let all = || vec![signer(1, "Nadia Benali", "Adjointe"), signer(2, "Claire Morel", "")];
        let of = |name: &str, office: &str| shown(&Form::of(&[("signataire", name), ("fonction", office)]), all());
        assert_eq!((of("Claire Morel", "").chosen, of("Claire Morel", "").open), (Some(Uuid::from_u128(2)), false));
        for (name, office) in [("Nadia Benali", "Maire"), ("Paul", ""), ("", "")] {
            assert_eq!((of(name, office).chosen, of(name, office).open), (None, true), "{name}, {office}");
        }
        // What is wrong with the name is shown beside it, whoever is chosen.
        let mut f = Form::of(&[(CHOICE, &Uuid::from_u128(1).to_string()), ("signataire", "Paul")]);
        f.fail("signataire", "long");
        assert_eq!((shown(&f, all()).chosen, shown(&f, all()).open), (Some(Uuid::from_u128(1)), true));
    }
}
