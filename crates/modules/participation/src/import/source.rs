//! What a file of contributions looks like.

use std::io::Read;

use parvis_kernel::brought::Source;
use parvis_tables::{Code, Limits, Mapping, Table, recognise};

use super::Refused;

/// Rows looked at to tell what each column is.
const SAMPLE: usize = 50;

/// What a file looks like.
#[derive(Debug)]
pub struct Look {
    /// What each column is taken for.
    pub mapping: Mapping,
    /// How the bytes were read.
    pub encoding: &'static str,
    /// What separates the cells.
    pub delimiter: char,
    /// Some rows.
    pub sample: Vec<Vec<String>>,
}

impl Look {
    /// Tells what each column of a file is, with some rows.
    ///
    /// # Errors
    /// What is wrong with the file as a whole.
    pub fn at(source: &Source) -> Result<Self, Refused> {
        let file = source.open().map_err(|_| Refused::file(Code::Unreadable))?;
        Self::of(file, &source.limits())
    }

    /// Looks at a text, or at the beginning of one.
    ///
    /// # Errors
    /// What is wrong with the file as a whole.
    pub(crate) fn of(text: impl Read, limits: &Limits) -> Result<Self, Refused> {
        let mut table = Table::open(text, limits)?;
        let sample = table.sample(SAMPLE);
        let mapping = recognise(table.headers(), &sample);
        Ok(Self { mapping, encoding: table.encoding().name(), delimiter: table.delimiter(), sample })
    }
}
