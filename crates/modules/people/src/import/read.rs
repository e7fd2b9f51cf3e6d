//! From the rows of a file to people: what each column is, and what each row says, or why it is refused.

use std::{collections::HashMap, fs::File};

use chrono::NaiveDate;
use parvis_tables::{Limits, Table, parse_moment};
use uuid::Uuid;

use crate::directory::{phone, words::fold};

/// Most rows of a file: all of it is one transaction.
pub const MAX_ROWS: u64 = 20_000;
/// Signs of a name, of an address.
const LONGEST: usize = 200;

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
    /// The end of the key of its words.
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
}

/// Headers without accents and capitals. Any other column is not read: least of all what the law forbids to use.
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
        ],
    ),
];

/// A person as the file gives them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Line of the file.
    pub line: u64,
    /// First name and name.
    pub name: String,
    /// Mail address.
    pub email: Option<String>,
    /// Telephone in E.164.
    pub phone: Option<String>,
    /// Postal address.
    pub address: String,
    /// Area of the town.
    pub area: Option<Uuid>,
    /// The day they agreed to get news. Without a day, a yes proves nothing.
    pub agreed: Option<NaiveDate>,
}

/// A line that is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Line of the file.
    pub line: u64,
    /// What it holds.
    pub value: String,
    /// Why: the end of the key of its words.
    pub code: &'static str,
}

/// A file that was read.
#[derive(Debug, Clone, Default)]
pub struct Read {
    /// Headers, with what each is taken for.
    pub columns: Vec<(String, Option<Column>)>,
    /// People.
    pub people: Vec<Found>,
    /// Lines that are not taken.
    pub refused: Vec<Refused>,
}

/// Reads a file of people.
///
/// # Errors
/// The code of what is wrong with the file as a whole.
pub fn read(
    text: File,
    limits: &Limits,
    areas: &HashMap<String, Uuid>,
    today: NaiveDate,
) -> Result<Read, &'static str> {
    let limits = Limits { max_rows: MAX_ROWS, ..*limits };
    let mut table = Table::open(text, &limits).map_err(|r| r.code.as_str())?;
    let columns: Vec<(String, Option<Column>)> = columns(table.headers());
    let has = |c| columns.iter().any(|(_, column)| *column == Some(c));
    if !has(Column::Email) && !has(Column::Phone) {
        return Err("no_contact_column");
    }
    let mut read = Read { columns, ..Read::default() };
    let mut seen: HashMap<String, u64> = HashMap::new();
    for row in table.by_ref() {
        let row = match row {
            Ok(row) => row,
            Err(refusal) if refusal.code.is_fatal() => return Err(refusal.code.as_str()),
            Err(refusal) => {
                let line = refusal.line.unwrap_or(0);
                read.refused.push(Refused { line, value: refusal.value.unwrap_or_default(), code: "row" });
                continue;
            }
        };
        let found = person(&read.columns, row.line, &row.cells, areas, today).and_then(|found| once(&mut seen, found));
        match found {
            Ok(found) => read.people.push(found),
            Err(refused) => read.refused.push(refused),
        }
    }
    Ok(read)
}

fn columns(headers: &[String]) -> Vec<(String, Option<Column>)> {
    let mut taken = Vec::new();
    let one = |header: &String| {
        let folded = fold(header);
        let found = NAMES.iter().find(|(c, names)| names.contains(&folded.as_str()) && !taken.contains(c));
        let column = found.map(|(c, _)| *c);
        taken.extend(column);
        (header.clone(), column)
    };
    headers.iter().map(one).collect()
}

/// The same address or telephone twice is the same person twice.
fn once(seen: &mut HashMap<String, u64>, found: Found) -> Result<Found, Refused> {
    let keys: Vec<String> = found.email.iter().chain(&found.phone).cloned().collect();
    if let Some(key) = keys.iter().find(|k| seen.contains_key(*k)) {
        return Err(Refused { line: found.line, value: key.clone(), code: "twice" });
    }
    seen.extend(keys.into_iter().map(|k| (k, found.line)));
    Ok(found)
}

fn person(
    columns: &[(String, Option<Column>)],
    line: u64,
    cells: &[String],
    areas: &HashMap<String, Uuid>,
    today: NaiveDate,
) -> Result<Found, Refused> {
    let cell = |wanted: Column| {
        let at = columns.iter().position(|(_, c)| *c == Some(wanted));
        let text = at.and_then(|at| cells.get(at)).map_or("", |c| c.trim());
        // A guard of a formula, as our own files have it.
        parvis_kernel::form::clean(text.strip_prefix('\'').unwrap_or(text)).chars().take(LONGEST).collect::<String>()
    };
    let refuse = |code, value: &str| Refused { line, value: value.chars().take(80).collect(), code };
    let email = cell(Column::Email).to_lowercase();
    if !email.is_empty() && !is_email(&email) {
        return Err(refuse("email", &email));
    }
    let typed = cell(Column::Phone);
    let phone = if typed.is_empty() { None } else { Some(number(&typed).ok_or_else(|| refuse("phone", &typed))?) };
    if email.is_empty() && phone.is_none() {
        return Err(refuse("contact", ""));
    }
    let name = format!("{} {}", cell(Column::FirstName), cell(Column::Name));
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let age = cell(Column::Age);
    if age.parse::<u32>().is_ok_and(|age| age < 15) {
        return Err(refuse("young", &age));
    }
    let born = cell(Column::Birth);
    if !born.is_empty() {
        let day = parse_moment(&born).ok_or_else(|| refuse("date", &born))?.local.date();
        if today.years_since(day).is_none_or(|years| years < 15) {
            return Err(refuse("young", &born));
        }
    }
    Ok(Found {
        line,
        name,
        email: Some(email).filter(|e| !e.is_empty()),
        phone,
        address: cell(Column::Address),
        area: areas.get(&fold(&cell(Column::Area))).copied(),
        agreed: agreed(&cell(Column::Accord), &cell(Column::AccordDay), today)
            .map_err(|value| refuse("date", &value))?,
    })
}

/// The day of a yes: in its own cell, or beside the word ("oui 12/03/2025"). Without a yes, or without a day, none.
fn agreed(accord: &str, day: &str, today: NaiveDate) -> Result<Option<NaiveDate>, String> {
    let folded = fold(accord);
    let (word, rest) = folded.split_once(' ').unwrap_or((&folded, ""));
    let yes = matches!(word, "oui" | "yes" | "ok" | "x" | "1" | "true" | "vrai" | "o" | "accepte" | "d");
    let bare_day = parse_moment(accord).map(|m| m.local.date());
    if !yes && bare_day.is_none() {
        return Ok(None);
    }
    let written = accord.split_whitespace().find_map(parse_moment).map(|m| m.local.date());
    let digits = rest.chars().any(|c| c.is_ascii_digit());
    let day = match (bare_day.or(written), day.is_empty()) {
        (Some(day), _) => Some(day),
        (None, _) if digits => return Err(accord.to_owned()),
        (None, true) => None,
        (None, false) => Some(parse_moment(day).ok_or_else(|| day.to_owned())?.local.date()),
    };
    match day {
        Some(day) if day > today => Err(day.to_string()),
        day => Ok(day),
    }
}

/// A number; spreadsheets take its first zero away.
fn number(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let bare = digits.len() == 9 && text.starts_with(|c: char| ('1'..='9').contains(&c));
    phone::parse(text).or_else(|| bare.then(|| phone::parse(&format!("0{digits}"))).flatten())
}

fn is_email(value: &str) -> bool {
    let Some((local, domain)) = value.split_once('@') else { return false };
    let plain =
        |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c.is_control() || c == '@');
    value.len() <= 254
        && plain(local)
        && plain(domain)
        && domain.split_once('.').is_some_and(|(a, b)| !a.is_empty() && !b.is_empty())
}

#[cfg(test)]
mod tests {
    use std::io::{Seek, Write};

    use super::*;

    fn read_text(text: &str) -> Result<Read, &'static str> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        file.rewind().unwrap();
        let areas = HashMap::from([("gare sud".to_owned(), Uuid::from_u128(1))]);
        read(file, &Limits::default(), &areas, NaiveDate::from_ymd_opt(2026, 11, 24).unwrap())
    }

    #[test]
    fn people_are_read_as_files_have_them() {
        let read = read_text(
            "Prénom;NOM;mail;Tel portable;Secteur;ok newsletter;religion\n\
             Suzanne;PERRIN;Suzanne@Courriel.example;06 12 34 56 78;Gare-Sud;oui 12/03/2025;x\n\
             Karim;;;612345679;;oui;x\nLéa;M;lea@courriel.example;;;non;x\n",
        )
        .unwrap();
        assert_eq!(read.columns[6].1, None, "what the law forbids is not read");
        let all = &read.people;
        assert_eq!(
            (all[0].name.as_str(), all[0].email.as_deref()),
            ("Suzanne PERRIN", Some("suzanne@courriel.example"))
        );
        assert_eq!((all[0].phone.as_deref(), all[0].area), (Some("+33612345678"), Some(Uuid::from_u128(1))));
        assert_eq!(all[0].agreed, NaiveDate::from_ymd_opt(2025, 3, 12));
        assert_eq!(
            (all[1].phone.as_deref(), all[1].agreed),
            (Some("+33612345679"), None),
            "a yes without a day proves nothing"
        );
        assert_eq!(all[2].agreed, None);
        let own =
            read_text("courriel;accord;date accord\na@b.example;oui;2025-03-12\nb@b.example;non;2025-03-12\n").unwrap();
        assert_eq!(own.people.iter().map(|p| p.agreed.is_some()).collect::<Vec<_>>(), [true, false]);
    }

    #[test]
    fn each_refused_line_has_its_name() {
        let read = read_text(
            "nom;mail;tel;date de naissance;accord\n\
             a;jean.tessier@courriel;;;\nb;;12;;\nc;;;;\nd;d@b.example;;01/02/2014;\ne;e@b.example;;31/02/1980;\n\
             f;f@b.example;;;oui 31/02/2025\ng;g@b.example;;;oui 01/01/2090\nh;h@b.example;;;;;;x\ni;i@b.example;;;\nj;I@b.example;;;\n",
        )
        .unwrap();
        let codes: Vec<_> = read.refused.iter().map(|r| (r.line, r.code)).collect();
        let wrong = [
            (2, "email"),
            (3, "phone"),
            (4, "contact"),
            (5, "young"),
            (6, "date"),
            (7, "date"),
            (8, "date"),
            (9, "row"),
            (11, "twice"),
        ];
        assert_eq!(codes, wrong);
        assert_eq!(read.people.len(), 1);
        assert_eq!(read_text("titre;texte\na;b\n").unwrap_err(), "no_contact_column");
        assert_eq!(read_text("").unwrap_err(), "empty_file");
    }
}
