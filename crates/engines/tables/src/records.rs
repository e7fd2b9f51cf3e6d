//! From rows to contributions.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::io::Read;

use sha2::{Digest, Sha256};

use crate::html::plain;
use crate::mapping::Mapping;
use crate::recognise::is_email;
use crate::record::{Age, Kind, KindName, Record, Side, Tag};
use crate::refusal::{Code, Refusal};
use crate::role::Role;
use crate::table::{Limits, Row, Table};
use crate::text::{clean, fold, title_from};
use crate::values::{is_failed_formula, parse_count, parse_moment, parse_number, parse_serial, side_word};

/// Reads the contributions of a file: one record or one refusal per row. After a fatal refusal ([`Code::is_fatal`]) nothing follows.
///
/// Rows without an identifier get one made from their content, so that importing the same file twice gives the same identifiers; rows
/// that are alike in everything, author or date included, are refused as `duplicate_id`, while anonymous and undated ones are numbered.
pub fn records<R: Read>(reader: R, mapping: &Mapping, limits: &Limits) -> Records<R> {
    let table = Table::open(reader, limits).and_then(|table| {
        let same = table.headers().iter().eq(mapping.columns().iter().map(|c| &c.header));
        if !same {
            return Err(Refusal::file(Code::HeadersChanged));
        }
        if !mapping.has_text() {
            return Err(Refusal::file(Code::NoTextColumn));
        }
        Ok(table)
    });
    let (table, fatal) = match table {
        Ok(table) => (Some(table), None),
        Err(refusal) => (None, Some(refusal)),
    };
    let positions = Role::ALL.iter().filter_map(|r| Some((*r, mapping.position(*r)?))).collect();
    let decidims = |header| mapping.header(header).filter(|_| mapping.is_decidims());
    Records {
        table,
        fatal,
        mapping: mapping.clone(),
        positions,
        published: decidims("published_at"),
        answer_published: decidims("state_published_at"),
        seen: Ids::default(),
        alike: HashMap::new(),
        parents: None,
    }
}

/// Identifiers of contributions: those of a file, and those that the caller already has.
///
/// Keeps 64 bits of each, not the identifier itself: a million take some 20 MB, and two of them are mistaken for one another once in
/// tens of millions of such files.
#[derive(Debug, Default)]
pub struct Ids {
    hasher: RandomState,
    known: HashSet<u64>,
}

impl Ids {
    /// Reads a file once for the identifiers of its good rows: the first of two passes, since a comment may come before its idea.
    ///
    /// # Errors
    /// The fatal refusals of [`records`].
    pub fn scan<R: Read>(reader: R, mapping: &Mapping, limits: &Limits) -> Result<Self, Refusal> {
        let mut ids = Self::default();
        for record in records(reader, mapping, limits) {
            match record {
                Ok(record) => {
                    ids.insert(&record.external_id);
                }
                Err(refusal) if refusal.code.is_fatal() => return Err(refusal),
                Err(_) => {}
            }
        }
        Ok(ids)
    }

    /// Adds one; `false` when it was there.
    pub fn insert(&mut self, id: &str) -> bool {
        self.known.insert(self.hasher.hash_one(id))
    }

    /// Whether it is there.
    #[must_use]
    pub fn contains(&self, id: &str) -> bool {
        self.known.contains(&self.hasher.hash_one(id))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }
}

/// The contributions of a file, as an iterator: see [`records`].
pub struct Records<R> {
    table: Option<Table<R>>,
    fatal: Option<Refusal>,
    mapping: Mapping,
    positions: HashMap<Role, usize>,
    /// Decidim's columns that are empty for what is not public.
    published: Option<usize>,
    answer_published: Option<usize>,
    seen: Ids,
    /// How many times each anonymous, undated content was met.
    alike: HashMap<u64, u32>,
    parents: Option<Ids>,
}

impl<R: Read> Records<R> {
    /// Refuses as `unknown_parent` the comments on what is not among `parents`.
    #[must_use]
    pub fn checking_parents(mut self, parents: Ids) -> Self {
        self.parents = Some(parents);
        self
    }

    fn build(&mut self, row: &Row) -> Result<Record, Refusal> {
        let cells = Cells { row, mapping: &self.mapping, positions: &self.positions };
        cells.is_public(self.published)?;
        let mut record = cells.record()?;
        if cells.is_blank(self.answer_published) {
            record.answer = None;
        }
        if let (Kind::Comment { parent, .. }, Some(known)) = (&record.kind, &self.parents)
            && !known.contains(parent)
        {
            return Err(cells.refusal(Code::UnknownParent, Role::Parent, parent));
        }
        if record.external_id.is_empty() {
            record.id_from_content = true;
            record.external_id = content_id(&record);
            if record.author.is_none() && record.email.is_none() && record.created.is_none() {
                let times = self.alike.entry(self.seen.hasher.hash_one(&record.external_id)).or_default();
                *times += 1;
                if *times > 1 {
                    record.external_id = format!("{}-{times}", record.external_id);
                }
            }
        }
        if !self.seen.insert(&record.external_id) {
            let value = if record.id_from_content { "" } else { &record.external_id };
            return Err(cells.refusal(Code::DuplicateId, Role::ExternalId, value));
        }
        Ok(record)
    }
}

impl<R: Read> Iterator for Records<R> {
    type Item = Result<Record, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(refusal) = self.fatal.take() {
            return Some(Err(refusal));
        }
        match self.table.as_mut()?.next()? {
            Ok(row) => Some(self.build(&row)),
            Err(refusal) => Some(Err(refusal)),
        }
    }
}

/// The identifier of a row that has none: of what its author wrote, not of what changes between two exports (votes, status).
fn content_id(record: &Record) -> String {
    let parent = match &record.kind {
        Kind::Idea => "",
        Kind::Comment { parent, .. } => parent,
    };
    let created = record.created.map(|m| m.local.to_string()).unwrap_or_default();
    let title = if record.title_from_text { "" } else { &record.title };
    let author = record.author.as_deref().unwrap_or_default();
    let email = record.email.as_deref().unwrap_or_default();
    let mut hash = Sha256::new();
    for part in [parent, title, &record.text, author, email, &created] {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    let digest = hash.finalize();
    let hex: String = digest.iter().take(16).map(|b| format!("{b:02x}")).collect();
    format!("auto-{hex}")
}

fn comment_id(id: &str) -> String {
    format!("comment:{id}")
}

/// The cells of a row, by role.
struct Cells<'a> {
    row: &'a Row,
    mapping: &'a Mapping,
    positions: &'a HashMap<Role, usize>,
}

impl Cells<'_> {
    /// Everything but the identifier of a row that has none.
    fn record(&self) -> Result<Record, Refusal> {
        if let Some(role) = Role::ALL.iter().find(|role| is_failed_formula(self.raw(**role))) {
            return Err(self.refusal(Code::FailedFormula, *role, self.raw(*role)));
        }
        let kind = self.kind()?;
        let (mut title, mut text) = (plain(self.text(Role::Title)), plain(self.text(Role::Text)));
        if title.is_empty() && text.is_empty() {
            return Err(Refusal::at(Code::MissingText, self.row.line));
        }
        let mut title_from_text = false;
        if kind == Kind::Idea && title.is_empty() {
            title = title_from(&text);
            title_from_text = true;
        } else if kind != Kind::Idea && text.is_empty() {
            text = std::mem::take(&mut title);
        }
        Ok(Record {
            line: self.row.line,
            external_id: self.external_id(&kind),
            id_from_content: false,
            kind,
            title,
            title_from_text,
            text,
            author: self.author(),
            email: self.checked(Role::Email, Code::BadEmail, |v| is_email(v).then(|| v.to_lowercase()))?,
            created: self.checked(Role::Date, Code::BadDate, |v| parse_moment(v).or_else(|| parse_serial(v)))?,
            tags: self.tags(),
            area: self.optional(Role::Area),
            status_word: self.optional(Role::Status),
            answer: Some(plain(self.text(Role::Answer))).filter(|text| !text.is_empty()),
            answered: self.checked(Role::AnsweredAt, Code::BadDate, |v| parse_moment(v).or_else(|| parse_serial(v)))?,
            votes_for: self.checked(Role::VotesFor, Code::BadNumber, parse_count)?,
            votes_against: self.checked(Role::VotesAgainst, Code::BadNumber, parse_count)?,
            votes_neutral: self.checked(Role::VotesNeutral, Code::BadNumber, parse_count)?,
            votes_total: self.checked(Role::VotesTotal, Code::BadNumber, parse_count)?,
            age: self.checked(Role::Age, Code::BadNumber, age)?,
            lat: self.checked(Role::Latitude, Code::BadCoordinate, |v| within(v, 90.0))?,
            lon: self.checked(Role::Longitude, Code::BadCoordinate, |v| within(v, 180.0))?,
            address: self.optional(Role::Address),
            language: self.optional(Role::Language).map(|l| l.to_lowercase()),
            url: self.optional(Role::Url),
        })
    }

    /// Refuses what is not shown where the file comes from, and what is no contribution of its own.
    fn is_public(&self, published: Option<usize>) -> Result<(), Refusal> {
        for (role, code) in [
            (Role::Withdrawn, Code::Withdrawn),
            (Role::WithdrawnAt, Code::Withdrawn),
            (Role::Amendment, Code::Amendment),
        ] {
            let said = self.text(role);
            if !matches!(fold(&said).as_str(), "" | "false" | "0" | "no" | "non" | "faux" | "n" | "f") {
                return Err(self.refusal(code, role, &said));
            }
        }
        if self.is_blank(published) {
            let refusal = Refusal::at(Code::NotPublished, self.row.line);
            let header = published.and_then(|p| self.mapping.columns().get(p)).map_or("", |c| &c.header);
            return Err(refusal.in_column(header));
        }
        Ok(())
    }

    /// Whether the file has that column, and nothing in it.
    fn is_blank(&self, column: Option<usize>) -> bool {
        column.is_some_and(|p| self.row.cells.get(p).is_none_or(|cell| clean(cell).is_empty()))
    }

    fn kind(&self) -> Result<Kind, Refusal> {
        let parent = self.text(Role::Parent);
        let word = self.text(Role::Kind);
        let name = if word.is_empty() {
            if parent.is_empty() { KindName::Idea } else { KindName::Comment }
        } else {
            self.mapping.kind_of(&word).ok_or_else(|| self.refusal(Code::UnknownKind, Role::Kind, &word))?
        };
        match name {
            KindName::Idea => Ok(Kind::Idea),
            KindName::Comment if parent.is_empty() => Err(self.refusal(Code::MissingParent, Role::Parent, "")),
            KindName::Comment => Ok(Kind::Comment { parent: self.parent(parent), side: self.side(&word)? }),
        }
    }

    /// Platforms count comments apart from ideas: where the file says what a comment is about, each has identifiers of its own.
    fn external_id(&self, kind: &Kind) -> String {
        let id = self.text(Role::ExternalId);
        let apart = *kind != Kind::Idea && !id.is_empty() && self.positions.contains_key(&Role::ParentKind);
        if apart { comment_id(&id) } else { id }
    }

    fn parent(&self, id: String) -> String {
        let about = fold(&self.text(Role::ParentKind));
        let depth = about.parse::<u32>().is_ok_and(|depth| depth > 0);
        if depth || about.split(' ').any(|w| w == "comment" || w == "comments" || w == "commentaire") {
            comment_id(&id)
        } else {
            id
        }
    }

    /// The side of a comment: of its own column, or of its kind ("argument contre").
    fn side(&self, kind: &str) -> Result<Option<Side>, Refusal> {
        let side = self.checked(Role::Stance, Code::UnknownStance, side_word)?.flatten();
        Ok(side.or_else(|| side_word(kind).flatten()))
    }

    fn tags(&self) -> Vec<Tag> {
        let Some(&position) = self.positions.get(&Role::Tag) else {
            return Vec::new();
        };
        let list = self.mapping.columns().get(position).is_some_and(|c| c.list);
        let cell = self.text(Role::Tag);
        let parts = cell.split(move |c| list && matches!(c, ',' | ';'));
        parts.map(str::trim).filter(|part| !part.is_empty()).map(tag).collect()
    }

    /// "Prénom Nom", or whichever is there.
    fn author(&self) -> Option<String> {
        let (first, name) = (self.text(Role::FirstName), self.text(Role::Author));
        let both = format!("{first} {name}");
        Some(both.trim().to_owned()).filter(|name| !name.is_empty())
    }

    fn raw(&self, role: Role) -> &str {
        let position = self.positions.get(&role);
        position.and_then(|p| self.row.cells.get(*p)).map_or("", String::as_str)
    }

    fn text(&self, role: Role) -> String {
        clean(self.raw(role))
    }

    fn optional(&self, role: Role) -> Option<String> {
        Some(self.text(role)).filter(|text| !text.is_empty())
    }

    /// A value read by `read`, `None` when the cell is empty, and a refusal when it cannot be read.
    fn checked<T>(&self, role: Role, code: Code, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Refusal> {
        let Some(text) = self.optional(role) else {
            return Ok(None);
        };
        read(&text).map(Some).ok_or_else(|| self.refusal(code, role, &text))
    }

    fn refusal(&self, code: Code, role: Role, value: &str) -> Refusal {
        let mut refusal = Refusal::at(code, self.row.line);
        let column = self.positions.get(&role).and_then(|p| self.mapping.columns().get(*p));
        if let Some(column) = column {
            refusal = refusal.in_column(&column.header);
        }
        if value.is_empty() { refusal } else { refusal.of_value(value) }
    }
}

/// "104|Couverture numérique": a short code, then the label.
fn tag(text: &str) -> Tag {
    if let Some((code, label)) = text.split_once('|') {
        let (code, label) = (code.trim(), label.trim());
        let short = !code.is_empty()
            && code.len() <= 16
            && code.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'));
        if short && !label.is_empty() {
            return Tag { code: Some(code.to_owned()), label: label.to_owned() };
        }
    }
    Tag { code: None, label: text.to_owned() }
}

/// "34", "34 ans", or a group.
fn age(text: &str) -> Option<Age> {
    let folded = fold(text);
    let years = folded.strip_suffix(" ans").unwrap_or(&folded);
    if text.starts_with('-') || years.is_empty() || !years.bytes().all(|b| b.is_ascii_digit()) || text.ends_with('+') {
        return (!text.starts_with('-')).then(|| Age::Group(text.to_owned()));
    }
    years.parse().ok().filter(|y| *y <= 120).map(Age::Years)
}

fn within(text: &str, bound: f64) -> Option<f64> {
    parse_number(text).filter(|n| n.abs() <= bound)
}
