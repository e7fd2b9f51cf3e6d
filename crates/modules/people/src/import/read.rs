//! From the rows of a file to people: what each row says, or why it is refused.

use std::{collections::HashSet, io::Read};

use chrono::NaiveDate;
use parvis_tables::{Limits, Table, excerpt, is_failed_formula, parse_moment};
use uuid::Uuid;

use super::columns::{Column, Mapping};
use crate::{
    areas::{Heard, Names},
    directory::{phone, words::fold},
};

/// Most rows of a file.
pub const MAX_ROWS: u64 = 100_000;
/// Years from which somebody may agree by themselves.
const ADULT: u32 = 15;
/// Years that nobody is older than.
const OLDEST: u32 = 130;
/// Signs of a name, of an address.
const LONGEST: usize = 200;

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
    /// Whether the file has one that nobody can read: they are taken without it, as their address reaches them.
    pub phone_unread: bool,
    /// Postal address.
    pub address: String,
    /// Area of the town.
    pub area: Option<Uuid>,
    /// What the file says of it, where that is not the name of the area, and the area it was taken for.
    pub area_said: Option<(String, Option<String>)>,
    /// The day they agreed to get news. Without a day, a yes proves nothing.
    pub agreed: Option<NaiveDate>,
    /// Whether they said no.
    pub said_no: bool,
    /// The day they did, where the file gives one.
    pub no_day: Option<NaiveDate>,
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What the cell holds, the beginning of it; nothing of whoever was erased or is too young.
    pub value: String,
    /// Why it can't be taken: a stable code.
    pub code: &'static str,
}

/// A line that is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Line of the file.
    pub line: u64,
    /// All that is wrong with it, so that it is corrected once.
    pub faults: Vec<Fault>,
}

impl Refused {
    /// For one fault.
    #[must_use]
    pub fn one(line: u64, value: String, code: &'static str) -> Self {
        Self { line, faults: vec![Fault { value, code }] }
    }

    /// Whether this is one of its faults.
    #[must_use]
    pub fn is(&self, code: &str) -> bool {
        self.faults.iter().any(|f| f.code == code)
    }
}

/// What an area is called, and how old people are: what rows are read with.
#[derive(Debug, Clone)]
pub struct Town {
    /// The names of its areas.
    pub areas: Names,
    /// The day in town.
    pub today: NaiveDate,
}

/// The people of a file, one row after the other.
pub struct People<'a, R> {
    table: Table<R>,
    mapping: &'a Mapping,
    town: &'a Town,
    seen: HashSet<String>,
}

impl<'a, R: Read> People<'a, R> {
    /// Opens a file of people.
    ///
    /// # Errors
    /// The code of what is wrong with the file as a whole.
    pub fn open(text: R, limits: &Limits, mapping: &'a Mapping, town: &'a Town) -> Result<Self, &'static str> {
        let limits = Limits { max_rows: MAX_ROWS, ..*limits };
        let table = Table::open(text, &limits).map_err(|r| r.code.as_str())?;
        if table.headers().len() != mapping.columns().len() {
            return Err("headers_changed");
        }
        if !mapping.has_contact() {
            return Err("no_contact_column");
        }
        Ok(Self { table, mapping, town, seen: HashSet::new() })
    }
}

/// What a row gives: a person, a refused line, or the end of all reading.
#[derive(Debug)]
pub enum Item {
    /// A person.
    Person(Found),
    /// A line that is not taken.
    Refused(Refused),
    /// The file can't be read further: the code says why.
    Broken(&'static str),
}

impl<R: Read> Iterator for People<'_, R> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        Some(match self.table.next()? {
            Err(refusal) if refusal.code.is_fatal() => Item::Broken(refusal.code.as_str()),
            Err(refusal) => Item::Refused(Refused::one(
                refusal.line.unwrap_or(0),
                refusal.value.unwrap_or_default(),
                refusal.code.as_str(),
            )),
            Ok(row) => match taken(self.mapping, row.line, &row.cells, self.town, &mut self.seen) {
                Ok(found) => Item::Person(found),
                Err(refused) => Item::Refused(refused),
            },
        })
    }
}

/// The person of a row, unless a row before is the same one's.
pub(super) fn taken(
    mapping: &Mapping,
    line: u64,
    cells: &[String],
    town: &Town,
    seen: &mut HashSet<String>,
) -> Result<Found, Refused> {
    person(mapping, line, cells, town).and_then(|found| once(seen, found))
}

/// The same address twice is the same person twice, and so is the same telephone where it is all there is: people of one
/// home share a telephone, not an address.
fn once(seen: &mut HashSet<String>, found: Found) -> Result<Found, Refused> {
    let key = found.email.clone().or_else(|| found.phone.as_ref().map(|p| format!("{p} {}", fold(&found.name))));
    match key {
        Some(key) if !seen.insert(key.clone()) => {
            let value = found.email.or(found.phone).unwrap_or(key);
            Err(Refused::one(found.line, value, "twice"))
        }
        _ => Ok(found),
    }
}

fn person(mapping: &Mapping, line: u64, cells: &[String], town: &Town) -> Result<Found, Refused> {
    let today = town.today;
    let cell = |wanted: Column| {
        let text = mapping.position(wanted).and_then(|at| cells.get(at)).map_or("", |c| c.trim());
        // A guard of a formula, as our own files have it.
        parvis_kernel::form::clean(text.strip_prefix('\'').unwrap_or(text)).chars().take(LONGEST).collect::<String>()
    };
    let (age, born) = (cell(Column::Age), cell(Column::Birth));
    let (years, birth) = (years(&age), parse_moment(&born).map(|m| m.local.date()));
    let too_young = |years: u32| years < ADULT;
    // Whoever is too young first: nothing of them is kept, whatever else is wrong with the line.
    if years.is_some_and(too_young) || birth.is_some_and(|day| today.years_since(day).is_none_or(too_young)) {
        return Err(Refused::one(line, String::new(), "young"));
    }
    let mut faults: Vec<Fault> = Vec::new();
    let mut wrong = |code, value: &str| {
        let fault = Fault { value: excerpt(value), code };
        if !faults.contains(&fault) {
            faults.push(fault);
        }
    };
    Column::ALL.into_iter().map(cell).filter(|c| is_failed_formula(c)).for_each(|c| wrong("failed_formula", &c));
    // What a formula left is told once, not as a mail or a day that can't be read too.
    let cell = |wanted: Column| Some(cell(wanted)).filter(|c| !is_failed_formula(c));
    let said = |wanted: Column| cell(wanted).filter(|c| !c.is_empty());
    if let Some(age) = said(Column::Age).filter(|_| years.is_none()) {
        wrong("age", &age);
    }
    if let Some(born) = said(Column::Birth).filter(|_| birth.is_none()) {
        wrong("date", &born);
    }
    let email = said(Column::Email).map(|email| email.to_lowercase());
    let reached = email.as_deref().is_some_and(is_email);
    if let Some(email) = email.as_deref().filter(|_| !reached) {
        wrong("email", email);
    }
    let typed = said(Column::Phone);
    let phone = typed.as_deref().and_then(number);
    if let Some(typed) = typed.as_deref().filter(|_| phone.is_none() && !reached) {
        wrong("phone", typed);
    }
    if cell(Column::Email).is_some_and(|c| c.is_empty()) && cell(Column::Phone).is_some_and(|c| c.is_empty()) {
        wrong("contact", "");
    }
    let cell = |wanted: Column| cell(wanted).unwrap_or_default();
    let name = format!("{} {}", cell(Column::FirstName), cell(Column::Name));
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let (accord, day) = (cell(Column::Accord), cell(Column::AccordDay));
    let said_no = is_no(&accord);
    let area = cell(Column::Area);
    let heard = town.areas.find(&area);
    let agreed = agreed(&accord, &day, today).unwrap_or_else(|value| {
        wrong("date", &value);
        None
    });
    if !faults.is_empty() {
        return Err(Refused { line, faults });
    }
    let no_day = accord.split_whitespace().chain([day.as_str()]).find_map(parse_moment).map(|m| m.local.date());
    Ok(Found {
        line,
        name,
        email,
        phone_unread: typed.is_some() && phone.is_none(),
        phone,
        address: cell(Column::Address),
        area: heard.area(),
        area_said: match heard {
            Heard::Nothing | Heard::Same(_) => None,
            Heard::Close(_, name) => Some((excerpt(&area), Some(name))),
            Heard::Unknown => Some((excerpt(&area), None)),
        },
        agreed,
        said_no,
        no_day: no_day.filter(|day| said_no && *day <= today),
    })
}

/// The years of an age as people write it: "14", "14 ans", "14,5", "18 mois". `None` when that can't be told.
fn years(age: &str) -> Option<u32> {
    let (digits, unit) = age.split_at(age.chars().take_while(char::is_ascii_digit).count());
    let unit = fold(unit);
    let months = unit.starts_with("mois") || unit.starts_with("month");
    let n = digits.parse::<u32>().ok()?;
    Some(if months { n / 12 } else { n }).filter(|years| *years <= OLDEST)
}

/// Whether a cell says no: an empty one says nothing.
fn is_no(accord: &str) -> bool {
    let folded = fold(accord);
    let word = folded.split(' ').next().unwrap_or_default();
    matches!(
        word,
        "non" | "no" | "n" | "0" | "false" | "faux" | "refus" | "refuse" | "refusee" | "desinscrit" | "desinscrite"
    )
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
pub(super) fn number(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let bare = digits.len() == 9 && text.starts_with(|c: char| ('1'..='9').contains(&c));
    phone::parse(text).or_else(|| bare.then(|| phone::parse(&format!("0{digits}"))).flatten())
}

pub(super) fn is_email(value: &str) -> bool {
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
    use super::*;

    fn read_text(text: &str) -> Result<(Vec<Found>, Vec<Refused>), &'static str> {
        let area = crate::areas::Area {
            id: Uuid::from_u128(1),
            name: "Gare Sud".to_owned(),
            population: None,
            lon: 0.0,
            lat: 0.0,
            outline: String::new(),
        };
        let town = Town { areas: Names::of(&[area]), today: NaiveDate::from_ymd_opt(2026, 11, 24).unwrap() };
        let table = Table::open(text.as_bytes(), &Limits::default()).map_err(|r| r.code.as_str())?;
        let mapping = Mapping::recognise(table.headers(), &[]);
        let (mut people, mut refused) = (Vec::new(), Vec::new());
        for item in People::open(text.as_bytes(), &Limits::default(), &mapping, &town)? {
            match item {
                Item::Person(found) => people.push(found),
                Item::Refused(line) => refused.push(line),
                Item::Broken(code) => return Err(code),
            }
        }
        Ok((people, refused))
    }

    #[test]
    fn people_are_read_as_files_have_them() {
        let (all, _) = read_text(
            "Prénom;NOM;mail;Tel portable;Secteur;ok newsletter;religion\n\
             Suzanne;PERRIN;Suzanne@Courriel.example;06 12 34 56 78;Gare-Sud;oui 12/03/2025;x\n\
             Karim;;;612345679;;oui;x\nLéa;M;lea@courriel.example;;;non;x\n\
             =Zut;;z@courriel.example;'+33612345670;;;\n",
        )
        .unwrap();
        assert_eq!(
            (all[0].name.as_str(), all[0].email.as_deref()),
            ("Suzanne PERRIN", Some("suzanne@courriel.example"))
        );
        assert_eq!((all[0].phone.as_deref(), all[0].area), (Some("+33612345678"), Some(Uuid::from_u128(1))));
        assert_eq!(all[0].area_said, Some(("Gare-Sud".to_owned(), Some("Gare Sud".to_owned()))), "to be looked at");
        assert_eq!((all[1].area_said.as_ref(), all[3].area_said.as_ref()), (None, None));
        assert_eq!(all[0].agreed, NaiveDate::from_ymd_opt(2025, 3, 12));
        assert_eq!(
            (all[1].phone.as_deref(), all[1].agreed),
            (Some("+33612345679"), None),
            "a yes without a day proves nothing"
        );
        assert_eq!((all[2].agreed, all[2].said_no, all[2].no_day), (None, true, None));
        assert!(!all[1].said_no && !all[3].said_no, "an empty cell says nothing");
        assert_eq!((all[3].name.as_str(), all[3].phone.as_deref()), ("=Zut", Some("+33612345670")), "a text, as it is");
        let own =
            read_text("courriel;accord;date accord\na@b.example;oui;2025-03-12\nb@b.example;non;2025-03-12\n").unwrap();
        assert_eq!(own.0.iter().map(|p| p.agreed.is_some()).collect::<Vec<_>>(), [true, false]);
        assert_eq!(own.0.iter().map(|p| p.no_day.is_some()).collect::<Vec<_>>(), [false, true]);
    }

    #[test]
    fn each_refused_line_has_its_name() {
        let (people, refused) = read_text(
            "nom;mail;tel;date de naissance;accord\n\
             a;jean.tessier@courriel;;;\nb;;12;;\nc;;;;\nd;d@b.example;;01/02/2014;\ne;e@b.example;;31/02/1980;\n\
             f;f@b.example;;;oui 31/02/2025\ng;g@b.example;;;oui 01/01/2090\nh;h@b.example;;;;;;x\ni;i@b.example;;;\nj;I@b.example;;;\n",
        )
        .unwrap();
        let codes: Vec<_> = refused.iter().map(|r| (r.line, r.faults[0].code)).collect();
        let wrong = [
            (2, "email"),
            (3, "phone"),
            (4, "contact"),
            (5, "young"),
            (6, "date"),
            (7, "date"),
            (8, "date"),
            (9, "row_too_wide"),
            (11, "twice"),
        ];
        assert_eq!(codes, wrong);
        assert_eq!(people.len(), 1);
        assert_eq!(read_text("titre;texte\na;b\n").unwrap_err(), "no_contact_column");
        assert_eq!(read_text("").unwrap_err(), "empty_file");
        assert_eq!(read_text("\u{89}PNG\r\n\u{1a}\n\0\0").unwrap_err(), "not_text");
    }

    #[test]
    fn an_age_is_read_as_people_write_it_or_refused() {
        let (people, refused) = read_text(
            "mail;age\na@b.example;14\nb@b.example;14 ans\nc@b.example;14,5\nd@b.example;18 mois\ne@b.example;quatorze\n\
             f@b.example;1990\ng@b.example;15 ans\nh@b.example;60-74\ni@b;12\nj@b.example;\nk@b.example;< 15\n",
        )
        .unwrap();
        let codes: Vec<_> = refused.iter().map(|r| (r.line, r.faults[0].code, r.faults[0].value.as_str())).collect();
        let young = |line| (line, "young", "");
        let wrong = [
            young(2),
            young(3),
            young(4),
            young(5),
            (6, "age", "quatorze"),
            (7, "age", "1990"),
            young(10),
            (12, "age", "< 15"),
        ];
        assert_eq!(codes, wrong);
        assert_eq!(people.iter().map(|p| p.line).collect::<Vec<_>>(), [8, 9, 11]);
    }

    #[test]
    fn all_that_is_wrong_with_a_line_is_told_and_a_telephone_alone_refuses_nobody_with_an_address() {
        let (people, refused) = read_text(
            "nom;mail;tel;age;accord\na;a@b.example;12;;\nb;b@b;12;quatorze;oui 31/02/2025\nc;c@b;0612345678;;\n\
             d;;;<15;\ne;#REF!;#REF!;#REF!;\nf;f@b;12;14;#REF!\n",
        )
        .unwrap();
        let told: Vec<_> = people.iter().map(|p| (p.line, p.phone.as_deref(), p.phone_unread)).collect();
        assert_eq!(told, [(2, None, true)]);
        let told = |r: &Refused| (r.line, r.faults.iter().map(|f| f.code).collect::<Vec<_>>());
        let wrong = [
            (3, vec!["age", "email", "phone", "date"]),
            (4, vec!["email"]),
            (5, vec!["age", "contact"]),
            (6, vec!["failed_formula"]),
            (7, vec!["young"]),
        ];
        assert_eq!(refused.iter().map(told).collect::<Vec<_>>(), wrong);
        assert_eq!(refused[4].faults[0].value, "", "nothing of whoever is too young");
    }

    #[test]
    fn people_of_one_home_share_a_telephone() {
        let (people, refused) = read_text(
            "nom;mail;tel\nLéa;lea@b.example;0199001234\nTom;tom@b.example;0199001234\nTom;;0199001234\nTOM;;01 99 00 12 34\n",
        )
        .unwrap();
        assert_eq!((people.len(), refused.len()), (3, 1), "only the same name with the same telephone is twice");
    }
}
