//! Telling what each column of a file of people is, and correcting it.

use parvis_kernel::brought::Choice;
use parvis_tables::is_forbidden;

use super::read::{is_email, number};
use crate::directory::words::fold;

/// What a column of a file of people holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// First name.
    FirstName,
    /// Name, or last name.
    Name,
    /// Mail address.
    Email,
    /// Telephone.
    Phone,
    /// Postal address.
    Address,
    /// Area of the town.
    Area,
    /// Age in years.
    Age,
    /// Day of birth: read to refuse children, never kept.
    Birth,
    /// Whether the person agreed to get news, perhaps with the day.
    Accord,
    /// The day they agreed.
    AccordDay,
}

impl Column {
    /// All of them, in the order of a choice.
    pub const ALL: [Self; 10] = [
        Self::FirstName,
        Self::Name,
        Self::Email,
        Self::Phone,
        Self::Address,
        Self::Area,
        Self::Age,
        Self::Birth,
        Self::Accord,
        Self::AccordDay,
    ];

    /// Its stable name, and the end of the key of its words.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::FirstName => "first-name",
            Self::Name => "name",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Address => "address",
            Self::Area => "area",
            Self::Age => "age",
            Self::Birth => "birth",
            Self::Accord => "accord",
            Self::AccordDay => "accord-day",
        }
    }

    /// The column of this name.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.code() == code)
    }
}

/// The name of a column that is not read.
pub const IGNORED: &str = "ignored";

/// The name of what a column is taken for.
#[must_use]
pub fn code(column: Option<Column>) -> &'static str {
    column.map_or(IGNORED, Column::code)
}

/// Why a column is taken for what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Its header says so.
    Name,
    /// Its values say so.
    Content,
    /// Somebody said so.
    Chosen,
    /// Not read: nothing tells what it is.
    Unknown,
    /// Not read: another column is taken for that.
    Taken(Column),
    /// Never read: the law forbids using it.
    Forbidden,
}

/// One column of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Its header.
    pub header: String,
    /// What it is taken for; `None` when it is not read.
    pub column: Option<Column>,
    /// Why.
    pub why: Why,
}

/// What is wrong with a choice of columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// No column of that header.
    Unknown(String),
    /// The law forbids reading it.
    Forbidden(String),
    /// Two columns were chosen for the same.
    Twice(Column),
}

/// What each column of a file is taken for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    columns: Vec<Seen>,
}

impl Mapping {
    /// Tells what each column is, by its header first, then by some rows.
    #[must_use]
    pub fn recognise(headers: &[String], sample: &[Vec<String>]) -> Self {
        let mut all = Self { columns: Vec::with_capacity(headers.len()) };
        for header in headers {
            let folded = fold(header);
            let named = NAMES.iter().find(|(_, names)| names.contains(&folded.as_str())).map(|(c, _)| *c);
            let (column, why) = match named {
                Some(c) if all.position(c).is_none() => (Some(c), Why::Name),
                Some(c) => (None, Why::Taken(c)),
                None if is_forbidden(header) => (None, Why::Forbidden),
                None => (None, Why::Unknown),
            };
            all.columns.push(Seen { header: header.clone(), column, why });
        }
        all.by_content(Column::Email, sample, |v| is_email(&v.to_lowercase()));
        all.by_content(Column::Phone, sample, |v| number(v).is_some());
        all
    }

    /// Takes a column that nothing names for what nine in ten of its values are.
    fn by_content(&mut self, column: Column, sample: &[Vec<String>], is_it: impl Fn(&str) -> bool) {
        if self.position(column).is_some() {
            return;
        }
        let good = |at: usize| {
            let values = sample.iter().filter_map(|row| row.get(at)).map(|v| v.trim()).filter(|v| !v.is_empty());
            let (all, good) = values.fold((0, 0), |(all, good), v| (all + 1, good + usize::from(is_it(v))));
            all > 0 && good * 10 >= all * 9
        };
        let free = self.columns.iter().position(|c| c.why == Why::Unknown && c.column.is_none());
        let from = free.unwrap_or(self.columns.len());
        let found = (from..self.columns.len())
            .find(|at| self.columns.get(*at).is_some_and(|c| c.why == Why::Unknown && c.column.is_none()) && good(*at));
        if let Some(seen) = found.and_then(|at| self.columns.get_mut(at)) {
            (seen.column, seen.why) = (Some(column), Why::Content);
        }
    }

    /// The columns, in the order of the file.
    #[must_use]
    pub fn columns(&self) -> &[Seen] {
        &self.columns
    }

    /// Where the column of this kind is.
    #[must_use]
    pub fn position(&self, column: Column) -> Option<usize> {
        self.columns.iter().position(|c| c.column == Some(column))
    }

    /// Whether a person can be told from another: by mail or telephone.
    #[must_use]
    pub fn has_contact(&self) -> bool {
        self.position(Column::Email).or(self.position(Column::Phone)).is_some()
    }

    /// Takes the columns for what was chosen, in the order of the file. What the law forbids stays unread.
    ///
    /// # Errors
    /// [`Wrong::Twice`]; nothing is changed then.
    pub fn choose(&mut self, chosen: &[Option<Column>]) -> Result<(), Wrong> {
        let mut seen = Vec::new();
        for column in chosen.iter().flatten() {
            if seen.contains(column) {
                return Err(Wrong::Twice(*column));
            }
            seen.push(*column);
        }
        for (column, chosen) in self.columns.iter_mut().zip(chosen) {
            if column.why != Why::Forbidden && column.column != *chosen {
                (column.column, column.why) = (*chosen, Why::Chosen);
            }
        }
        Ok(())
    }

    /// Takes the column of this header for something else; whichever was taken for it before is not read any more.
    ///
    /// # Errors
    /// [`Wrong`].
    pub fn set(&mut self, header: &str, column: Option<Column>) -> Result<(), Wrong> {
        let folded = fold(header);
        let at = self.columns.iter().position(|c| fold(&c.header) == folded);
        let at = at.ok_or_else(|| Wrong::Unknown(header.to_owned()))?;
        if let Some(column) = column
            && let Some(before) = self.position(column).and_then(|at| self.columns.get_mut(at))
        {
            (before.column, before.why) = (None, Why::Taken(column));
        }
        match self.columns.get_mut(at) {
            Some(seen) if seen.why == Why::Forbidden => Err(Wrong::Forbidden(seen.header.clone())),
            Some(seen) => {
                (seen.column, seen.why) = (column, Why::Chosen);
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// What the columns are taken for, as it is kept.
    #[must_use]
    pub fn choice(&self) -> Choice {
        Choice::of(self.columns.iter().map(|c| (code(c.column), fold(&c.header))))
    }

    /// Takes the columns for what [`Choice::codes`] says.
    pub fn take(&mut self, codes: &str) {
        let chosen: Vec<Option<Column>> = codes.split(' ').map(Column::from_code).collect();
        // Codes that name one twice are not ours: the columns stay as they were recognised.
        let _ = self.choose(&chosen);
    }

    /// Takes the columns for what [`Choice::pairs`] says of such a file; says whether that changes anything.
    pub fn remember(&mut self, pairs: &str) -> bool {
        let mut chosen: Vec<Option<Option<Column>>> = vec![None; self.columns.len()];
        for (code, header) in pairs.lines().filter_map(|line| line.split_once(' ')) {
            let free =
                |(at, c): &(usize, &Seen)| fold(&c.header) == header && chosen.get(*at).is_some_and(Option::is_none);
            let at = self.columns.iter().enumerate().find(free).map(|(at, _)| at);
            if let Some(slot) = at.and_then(|at| chosen.get_mut(at)) {
                *slot = Some(Column::from_code(code));
            }
        }
        let now = self.columns.iter().zip(chosen).map(|(c, chosen)| chosen.unwrap_or(c.column)).collect::<Vec<_>>();
        let changed = self.columns.iter().zip(&now).any(|(c, now)| c.why != Why::Forbidden && c.column != *now);
        changed && self.choose(&now).is_ok()
    }
}

/// Headers without accents and capitals. Any other column is not read unless somebody says what it is.
const NAMES: &[(Column, &[&str])] = &[
    (Column::FirstName, &["prenom", "prenoms", "first name", "firstname", "given name"]),
    (
        Column::Name,
        &["nom", "nom de famille", "name", "last name", "nom et prenom", "nom prenom", "prenom nom", "nom complet"],
    ),
    (
        Column::Email,
        &[
            "mail",
            "email",
            "e mail",
            "courriel",
            "adresse mail",
            "adresse email",
            "adresse e mail",
            "adresse electronique",
            "mel",
        ],
    ),
    (
        Column::Phone,
        &[
            "telephone",
            "tel",
            "portable",
            "mobile",
            "tel portable",
            "telephone portable",
            "tel mobile",
            "telephone mobile",
            "numero de telephone",
            "n de telephone",
            "phone",
            "gsm",
            "tel fixe",
        ],
    ),
    (Column::Address, &["adresse", "adresse postale", "address", "rue"]),
    (Column::Area, &["quartier", "secteur", "area", "zone", "quartier de residence"]),
    (Column::Age, &["age"]),
    (Column::Birth, &["date de naissance", "naissance", "ne le", "nee le", "birth date", "date of birth"]),
    (
        Column::AccordDay,
        &[
            "date accord",
            "date de l accord",
            "date d accord",
            "date consentement",
            "date de consentement",
            "date du consentement",
            "consent date",
            "date d inscription",
            "date inscription",
            "date accord newsletter",
            "date consentement newsletter",
            "date inscription newsletter",
            "date consentement rgpd",
            "date rgpd",
        ],
    ),
    (
        Column::Accord,
        &[
            "accord",
            "consentement",
            "newsletter",
            "ok newsletter",
            "ok pour la newsletter",
            "accepte la newsletter",
            "infolettre",
            "lettre d information",
            "opt in",
            "optin",
            "consent",
            "ok mail",
            "accord nouvelles",
            "accord newsletter",
            "consentement newsletter",
            "inscription newsletter",
            "inscrit newsletter",
            "abonnement newsletter",
            "accepte newsletter",
            "rgpd",
            "accord rgpd",
            "consentement rgpd",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn mapping(headers: &[&str], rows: &[&[&str]]) -> Mapping {
        let headers: Vec<String> = headers.iter().map(|h| (*h).to_owned()).collect();
        let rows: Vec<Vec<String>> = rows.iter().map(|r| r.iter().map(|c| (*c).to_owned()).collect()).collect();
        Mapping::recognise(&headers, &rows)
    }

    #[test]
    fn columns_are_told_by_header_then_by_what_they_hold() {
        let headers = ["Prénom", "E-mail perso", "Joindre", "Religion", "courriel pro", "prenom"];
        let m = mapping(&headers, &[&["Léa", "lea@b.example", "0612345678", "x", "", "L."]]);
        let seen: Vec<_> = m.columns().iter().map(|c| (code(c.column), c.why)).collect();
        let expected = [
            ("first-name", Why::Name),
            ("email", Why::Content),
            ("phone", Why::Content),
            ("ignored", Why::Forbidden),
            ("ignored", Why::Unknown),
            ("ignored", Why::Taken(Column::FirstName)),
        ];
        assert_eq!(seen, expected);
        // Mostly something else is nothing.
        assert!(!mapping(&["a"], &[&["lea@b.example"], &["non"]]).has_contact());
        assert!(!mapping(&["a"], &[]).has_contact());
    }

    #[test]
    fn accords_are_told_by_the_headers_that_offices_give_them() {
        for header in ["Consentement newsletter", "Accord newsletter", "Inscription newsletter", "RGPD", "Newsletter"] {
            assert_eq!(mapping(&["mail", header], &[]).choice().codes, "email accord", "{header}");
        }
    }

    #[test]
    fn a_choice_is_taken_whole_or_not_at_all() {
        let mut m = mapping(&["mail", "autre", "religion"], &[]);
        let twice = [Some(Column::Email), Some(Column::Email), None];
        assert_eq!(m.choose(&twice), Err(Wrong::Twice(Column::Email)));
        assert_eq!(m.choice().codes, "email ignored ignored");
        m.choose(&[None, Some(Column::Email), Some(Column::Name)]).unwrap();
        assert_eq!(m.choice().codes, "ignored email ignored", "what the law forbids stays unread");
        m.set("Mail", Some(Column::Email)).unwrap();
        assert_eq!(m.choice().codes, "email ignored ignored");
        assert_eq!(m.set("Religion", Some(Column::Area)), Err(Wrong::Forbidden("religion".into())));
        assert_eq!(m.set("rien", None), Err(Wrong::Unknown("rien".into())));
    }

    #[test]
    fn what_was_chosen_is_remembered_whatever_the_order_and_twins() {
        let mut m = mapping(&["contact", "Nom", "contact"], &[]);
        m.choose(&[Some(Column::Phone), Some(Column::Name), Some(Column::Email)]).unwrap();
        let mut other = mapping(&["nom", "contact", "CONTACT"], &[]);
        assert_eq!(other.choice().key, m.choice().key);
        assert!(other.remember(&m.choice().pairs));
        assert_eq!(other.choice().codes, "name phone email");
        assert!(!other.remember(&m.choice().pairs), "nothing more changes");
        let mut taken = mapping(&["nom", "contact", "CONTACT"], &[]);
        taken.take(&other.choice().codes);
        assert_eq!(taken.choice().codes, other.choice().codes);
    }
}
