//! Why a file or a line of it is not taken.

use std::fmt;

/// Declares the codes once, with their stable names.
macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// The stable reason of a [`Refusal`]. Its name ([`Code::as_str`]) is the key of the product's sentences.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every code, for a test that each has its sentence in each language.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// The stable name, in snake case: `bad_date`.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }
        }
    };
}

codes! {
    /// Nothing in the file, or only blank lines.
    EmptyFile = "empty_file",
    /// A picture, a spreadsheet, an archive: not a text file.
    NotText = "not_text",
    /// More bytes than [`crate::Limits::max_bytes`].
    TooLarge = "too_large",
    /// More lines than [`crate::Limits::max_rows`].
    TooManyRows = "too_many_rows",
    /// More than 512 columns.
    TooManyColumns = "too_many_columns",
    /// An old or a protected workbook: `.xls`, or any with a password.
    OldSheet = "old_sheet",
    /// An archive that is no `.xlsx` workbook.
    NotXlsx = "not_xlsx",
    /// A workbook that is damaged.
    BrokenSheet = "broken_sheet",
    /// A workbook that unpacks to more than is read.
    Inflated = "inflated",
    /// A workbook without the sheet that was asked for; the value names those it has.
    UnknownSheet = "unknown_sheet",
    /// The device or the connection failed while reading.
    Unreadable = "unreadable",
    /// No room is left on the disk that a workbook is unpacked on.
    DiskFull = "disk_full",
    /// No column is taken for a title or a text.
    NoTextColumn = "no_text_column",
    /// The header line is not the one that the mapping was made for.
    HeadersChanged = "headers_changed",
    /// More filled cells than the header line has columns.
    RowTooWide = "row_too_wide",
    /// A cell of more bytes than [`crate::Limits::max_cell_bytes`].
    CellTooLarge = "cell_too_large",
    /// A row of more bytes than four of the largest cells.
    RowTooLarge = "row_too_large",
    /// A formula that failed (`#N/A`, `#REF!`).
    FailedFormula = "failed_formula",
    /// A quote that is never closed, or followed by text once closed.
    BrokenQuotes = "broken_quotes",
    /// A character that no text holds (NUL).
    NulByte = "nul_byte",
    /// Not a date of the calendar, or in no known form.
    BadDate = "bad_date",
    /// Not a number, or out of the range of its column.
    BadNumber = "bad_number",
    /// Not degrees of latitude or longitude.
    BadCoordinate = "bad_coordinate",
    /// Not an e-mail address.
    BadEmail = "bad_email",
    /// Neither a title nor a text.
    MissingText = "missing_text",
    /// A comment that does not say on what.
    MissingParent = "missing_parent",
    /// A comment on something that is not known.
    UnknownParent = "unknown_parent",
    /// An identifier already met in the file, or the same line twice.
    DuplicateId = "duplicate_id",
    /// A kind of contribution that the mapping does not know.
    UnknownKind = "unknown_kind",
    /// Taken back by its author.
    Withdrawn = "withdrawn",
    /// An amendment to another contribution, not a contribution of its own.
    Amendment = "amendment",
    /// A draft that was never published where the file comes from.
    NotPublished = "not_published",
    /// Neither for nor against.
    UnknownStance = "unknown_stance",
}

impl Code {
    /// What a disk said that is written on.
    #[must_use]
    pub fn of_disk(e: &std::io::Error) -> Code {
        use std::io::ErrorKind::{QuotaExceeded, StorageFull};
        if matches!(e.kind(), StorageFull | QuotaExceeded) { Code::DiskFull } else { Code::Unreadable }
    }

    /// Whether the reading stops there: no later line can be read.
    #[must_use]
    pub fn is_fatal(self) -> bool {
        use Code::{
            BrokenSheet, DiskFull, EmptyFile, HeadersChanged, Inflated, NoTextColumn, NotText, NotXlsx, OldSheet,
            TooLarge, TooManyColumns, TooManyRows, UnknownSheet, Unreadable,
        };
        matches!(
            self,
            EmptyFile
                | NotText
                | OldSheet
                | NotXlsx
                | BrokenSheet
                | Inflated
                | UnknownSheet
                | TooLarge
                | TooManyRows
                | TooManyColumns
                | Unreadable
                | DiskFull
                | NoTextColumn
                | HeadersChanged
        )
    }
}

/// Why the file or one of its lines is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The reason.
    pub code: Code,
    /// The line of the file, from 1 for the header line, where the row begins; `None` when it concerns the whole file.
    pub line: Option<u64>,
    /// The header of the column concerned.
    pub column: Option<String>,
    /// What the cell held, at most 80 characters of it.
    pub value: Option<String>,
    /// The cells of a row that is too wide, as many as there are columns: the last one holds what follows it too, as in the file.
    pub cells: Vec<String>,
    /// How many lines an unclosed quote took along after that of its row.
    pub swallowed: u64,
}

impl Refusal {
    /// A file refused as a whole.
    #[must_use]
    pub fn file(code: Code) -> Self {
        Self { code, line: None, column: None, value: None, cells: Vec::new(), swallowed: 0 }
    }

    pub(crate) fn at(code: Code, line: u64) -> Self {
        Self { line: Some(line), ..Self::file(code) }
    }

    pub(crate) fn in_column(mut self, column: &str) -> Self {
        self.column = Some(column.to_owned());
        self
    }

    pub(crate) fn of_value(mut self, value: &str) -> Self {
        self.value = Some(excerpt(value));
        self
    }
}

/// Signs of a value that is shown.
const SHOWN: usize = 80;

/// The beginning of what a cell held, as a refusal shows it. Of a mail address that would be cut nothing is left: the half of
/// it is found by nobody who looks for the whole.
#[must_use]
pub fn excerpt(value: &str) -> String {
    let Some((end, _)) = value.char_indices().nth(SHOWN) else { return value.to_owned() };
    let (head, rest) = value.split_at(end);
    let before = head.rsplit(char::is_whitespace).next().unwrap_or_default();
    let after = rest.split(char::is_whitespace).next().unwrap_or_default();
    if before.contains('@') || after.contains('@') {
        return head.strip_suffix(before).unwrap_or_default().trim_end().to_owned();
    }
    head.to_owned()
}

impl fmt::Display for Refusal {
    /// For logs: the code and the line, never the value, which may be a personal datum.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.as_str())?;
        match self.line {
            Some(line) => write!(f, " (line {line})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Refusal {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_has_no_half_of_an_address() {
        let words = "é".repeat(70);
        for (value, left) in [
            ("court".to_owned(), "court".to_owned()),
            (format!("{words} lea.martin@exemple.fr"), words.clone()),
            (format!("{words} lea@exemple.fr merci"), words.clone()),
            ("a".repeat(78) + "@exemple.fr", String::new()),
            ("a".repeat(90) + "@exemple.fr", String::new()),
            ("b".repeat(90), "b".repeat(80)),
            (format!("a@b.fr {words} et la suite"), format!("a@b.fr {words} et")),
        ] {
            assert_eq!(excerpt(&value), left, "{value}");
        }
    }
}
