//! Which column is taken for what.

use std::fmt;

use crate::record::KindName;
use crate::role::Role;
use crate::text::fold;
use crate::values::kind_word;

/// Why a column is taken for what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Its header says so.
    Name,
    /// Its values say so.
    Content,
    /// The caller said so.
    Chosen,
    /// Ignored: nothing tells what it is.
    Unknown,
    /// Ignored: another column was better for that role.
    Taken(Role),
    /// Ignored whatever the caller says: the law forbids using it (religion, health, political opinion...).
    Forbidden,
}

/// One column of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its header.
    pub header: String,
    /// What it is taken for.
    pub role: Role,
    /// Why.
    pub why: Why,
    /// Whether a cell holds several values separated by commas or semicolons (tags).
    pub list: bool,
}

/// What [`Mapping::set`] refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MappingError {
    /// No column of that header.
    UnknownColumn(String),
    /// The law forbids reading that column.
    ForbiddenColumn(String),
}

impl fmt::Display for MappingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownColumn(header) => write!(f, "unknown_column: {header}"),
            Self::ForbiddenColumn(header) => write!(f, "forbidden_column: {header}"),
        }
    }
}

impl std::error::Error for MappingError {}

/// What each column is taken for; made by [`crate::recognise`], corrected by the caller.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mapping {
    columns: Vec<Column>,
    kinds: Vec<(String, KindName)>,
}

impl Mapping {
    pub(crate) fn new(columns: Vec<Column>) -> Self {
        Self { columns, kinds: Vec::new() }
    }

    /// The columns, in the order of the file.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The position of the column of that role; `None` when no column has it.
    #[must_use]
    pub fn position(&self, role: Role) -> Option<usize> {
        self.columns.iter().position(|c| c.role == role && role != Role::Ignored)
    }

    /// Whether there is something to import: a title or a text.
    #[must_use]
    pub fn has_text(&self) -> bool {
        self.position(Role::Title).is_some() || self.position(Role::Text).is_some()
    }

    /// Whether the headers are those of Decidim, where an empty date says that something is not done.
    pub(crate) fn is_decidims(&self) -> bool {
        const TELLING: [&str; 5] = [
            "participatory_space/id",
            "participatory_space/url",
            "component/id",
            "endorsements/total_count",
            "is_amend",
        ];
        self.columns.iter().any(|c| TELLING.contains(&c.header.as_str()))
    }

    /// The position of the column of that very header, unless the caller said that it is not to be read.
    pub(crate) fn header(&self, header: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.header == header && (c.role != Role::Ignored || c.why != Why::Chosen))
    }

    /// Takes the column of that header (as written, or else without accents and case) for `role`. The column that had this role,
    /// if any, becomes ignored.
    ///
    /// # Errors
    /// [`MappingError::UnknownColumn`], [`MappingError::ForbiddenColumn`].
    pub fn set(&mut self, column: &str, role: Role) -> Result<(), MappingError> {
        let exact = self.columns.iter().position(|c| c.header == column);
        let folded = fold(column);
        let found = exact.or_else(|| self.columns.iter().position(|c| !folded.is_empty() && fold(&c.header) == folded));
        match found {
            Some(index) => self.set_at(index, role),
            None => Err(MappingError::UnknownColumn(column.to_owned())),
        }
    }

    /// The same by position, from 0: for files with the same header twice.
    ///
    /// # Errors
    /// [`MappingError::UnknownColumn`], [`MappingError::ForbiddenColumn`].
    pub fn set_at(&mut self, index: usize, role: Role) -> Result<(), MappingError> {
        let Some(chosen) = self.columns.get(index) else {
            return Err(MappingError::UnknownColumn(format!("#{index}")));
        };
        if chosen.why == Why::Forbidden {
            return match role {
                Role::Ignored => Ok(()),
                _ => Err(MappingError::ForbiddenColumn(chosen.header.clone())),
            };
        }
        for (i, column) in self.columns.iter_mut().enumerate() {
            if i == index {
                (column.role, column.why) = (role, Why::Chosen);
            } else if column.role == role && role != Role::Ignored {
                (column.role, column.why) = (Role::Ignored, Why::Taken(role));
            }
        }
        Ok(())
    }

    /// The values of the kind column met in the sample or set by the caller, and what each is taken for.
    #[must_use]
    pub fn kinds(&self) -> &[(String, KindName)] {
        &self.kinds
    }

    /// Takes a value of the kind column for `kind`, whatever its case and accents.
    pub fn set_kind(&mut self, value: &str, kind: KindName) {
        let folded = fold(value);
        match self.kinds.iter_mut().find(|(known, _)| fold(known) == folded) {
            Some(known) => known.1 = kind,
            None => self.kinds.push((value.trim().to_owned(), kind)),
        }
    }

    /// What a value of the kind column is taken for; `None` when nothing tells.
    pub(crate) fn kind_of(&self, value: &str) -> Option<KindName> {
        let known = self.kinds.iter().find(|(known, _)| known == value).map(|(_, kind)| *kind);
        known.or_else(|| {
            let folded = fold(value);
            let known = self.kinds.iter().find(|(known, _)| fold(known) == folded);
            known.map(|(_, kind)| *kind).or_else(|| kind_word(&folded))
        })
    }
}
