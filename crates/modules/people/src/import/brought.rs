//! What a file wrote, as the undo of its import needs it: the sheets it made, what it added to those that were there.
//!
//! No value is kept, only a digest of each: what stands in the field of a sheet is still what the file wrote, or it is not.

use std::collections::BTreeMap;

use parvis_kernel::{
    Result, args,
    db::{self, Tx},
    secrets::hash,
};
use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

use super::read::Found;

/// Signs of a digest.
const DIGEST: usize = 16;

/// A field of a sheet that a file may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    Name,
    Email,
    Phone,
    Address,
    Area,
}

impl Field {
    /// All of them.
    pub(super) const ALL: [Self; 5] = [Self::Name, Self::Email, Self::Phone, Self::Address, Self::Area];

    /// Its stable name.
    const fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Address => "address",
            Self::Area => "area",
        }
    }

    /// What empties it.
    pub(super) const fn emptied(self) -> &'static str {
        match self {
            Self::Name => "name = ''",
            Self::Email => "email = NULL, email_key = NULL",
            Self::Phone => "phone = NULL",
            Self::Address => "address = ''",
            Self::Area => "area_id = NULL",
        }
    }
}

/// What a sheet says.
#[derive(Debug, Clone, Default, FromQueryResult)]
pub(super) struct Sheet {
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub address: String,
    pub area_id: Option<Uuid>,
}

impl From<&Found> for Sheet {
    fn from(found: &Found) -> Self {
        Self {
            name: found.name.clone(),
            email: found.email.clone(),
            phone: found.phone.clone(),
            address: found.address.clone(),
            area_id: found.area,
        }
    }
}

impl Sheet {
    /// What stands in a field; nothing when it is empty.
    pub(super) fn get(&self, field: Field) -> String {
        match field {
            Field::Name => self.name.clone(),
            Field::Email => self.email.clone().unwrap_or_default(),
            Field::Phone => self.phone.clone().unwrap_or_default(),
            Field::Address => self.address.clone(),
            Field::Area => self.area_id.map(|id| id.to_string()).unwrap_or_default(),
        }
    }

    /// With what this one lacks, and the other has.
    pub(super) fn filled(mut self, other: &Self) -> Self {
        for field in self.lacks(other) {
            match field {
                Field::Name => self.name.clone_from(&other.name),
                Field::Email => self.email.clone_from(&other.email),
                Field::Phone => self.phone.clone_from(&other.phone),
                Field::Address => self.address.clone_from(&other.address),
                Field::Area => self.area_id = other.area_id,
            }
        }
        self
    }

    /// The fields that this one lacks, and the other has.
    pub(super) fn lacks(&self, other: &Self) -> Vec<Field> {
        let lacks = |f: &Field| self.get(*f).is_empty() && !other.get(*f).is_empty();
        Field::ALL.into_iter().filter(lacks).collect()
    }
}

/// The digest of what stands in a field of one sheet: the same words on another sheet have another.
fn digest(person: Uuid, field: Field, value: &str) -> String {
    let mut all = hash(&format!("{person} {} {value}", field.code()));
    all.truncate(DIGEST);
    all
}

/// What a file wrote on one sheet.
#[derive(Debug, Clone)]
pub(super) struct Brought {
    pub person: Uuid,
    /// Whether the file made the sheet.
    pub made: bool,
    /// The fields it wrote, with a digest of each.
    pub wrote: String,
    /// The entry of the ledger that it added.
    pub consent: Option<Uuid>,
}

impl Brought {
    /// Of these fields, as the row gives them.
    pub(super) fn of(person: Uuid, made: bool, fields: &[Field], row: &Sheet, consent: Option<Uuid>) -> Self {
        let mark = |f: &Field| format!("{}={} ", f.code(), digest(person, *f, &row.get(*f)));
        Self { person, made, wrote: fields.iter().map(mark).collect(), consent }
    }
}

/// The fields of `wrote`, each with whether the sheet still says what the file wrote there.
pub(super) fn still(person: Uuid, wrote: &str, sheet: &Sheet) -> BTreeMap<Field, bool> {
    let mut all = BTreeMap::new();
    for (code, mark) in wrote.split(' ').filter_map(|w| w.split_once('=')) {
        if let Some(field) = Field::ALL.into_iter().find(|f| f.code() == code) {
            all.insert(field, digest(person, field, &sheet.get(field)) == mark);
        }
    }
    all
}

/// Notes what a batch of a file wrote. What was noted of the same sheet before stays: a file may name somebody twice.
///
/// # Errors
/// When the database refuses.
pub(super) async fn keep(tx: &Tx, file: Uuid, all: &[Brought]) -> Result<()> {
    let mut each: BTreeMap<Uuid, Brought> = BTreeMap::new();
    for one in all {
        let known = each.entry(one.person).or_insert_with(|| Brought { wrote: String::new(), ..one.clone() });
        known.wrote.push_str(&one.wrote);
        known.consent = known.consent.or(one.consent);
    }
    if each.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "INSERT INTO person_brought (file_id, person_id, made, wrote, consent_id) VALUES {} \
         ON CONFLICT (file_id, person_id) DO UPDATE SET wrote = person_brought.wrote || excluded.wrote, \
         consent_id = coalesce(person_brought.consent_id, excluded.consent_id)",
        db::rows(each.len(), 5)
    );
    let args: Vec<Value> = each.into_values().flat_map(|b| args![file, b.person, b.made, b.wrote, b.consent]).collect();
    db::run(tx, &sql, args).await.map(drop)
}

/// Forgets what files wrote of a person.
///
/// # Errors
/// When the database refuses.
pub(super) async fn forget(tx: &Tx, person: Uuid) -> Result<()> {
    db::run(tx, "DELETE FROM person_brought WHERE person_id = $1", args![person]).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_wrote_is_told_from_what_came_after() {
        let row = Sheet { name: "Léa".into(), phone: Some("+33612345678".into()), ..Sheet::default() };
        let known = Sheet { email: Some("a@b.example".into()), ..Sheet::default() };
        assert_eq!(known.lacks(&row), [Field::Name, Field::Phone]);
        assert_eq!(row.lacks(&row), []);
        let filled = known.clone().filled(&row);
        assert_eq!(Field::ALL.map(|f| filled.get(f)), ["Léa", "a@b.example", "+33612345678", "", ""]);
        assert_eq!(
            filled.clone().filled(&Sheet { name: "Zoé".into(), ..row.clone() }).name,
            "Léa",
            "what is there stays"
        );
        let (person, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let wrote = Brought::of(person, false, &known.lacks(&row), &row, None).wrote;
        assert!(!wrote.contains("Léa") && !wrote.contains("+336"), "no value is kept: {wrote}");
        let told = |sheet: &Sheet| still(person, &wrote, sheet).into_iter().collect::<Vec<_>>();
        assert_eq!(told(&row), [(Field::Name, true), (Field::Phone, true)]);
        let edited = Sheet { name: "Léa P.".into(), ..row.clone() };
        assert_eq!(told(&edited), [(Field::Name, false), (Field::Phone, true)]);
        assert!(still(other, &wrote, &row).into_values().all(|same| !same), "of another sheet");
        assert!(still(person, "", &row).is_empty() && still(person, "age=1 x ", &row).is_empty());
        // Written twice: the last counts.
        let twice = format!("{wrote}{}", Brought::of(person, false, &[Field::Name], &edited, None).wrote);
        assert!(still(person, &twice, &edited)[&Field::Name]);
    }
}
