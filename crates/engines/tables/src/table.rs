//! A file seen as a header line and rows of cells.

use std::collections::VecDeque;
use std::io::Read;

use crate::cells::{Cells, RawRow};
use crate::decode::{Decoder, Encoding};
use crate::refusal::{Code, Refusal};
use crate::text::clean;

/// More columns than any honest file.
pub(crate) const MAX_COLUMNS: usize = 512;

/// How much is read at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file, as stored.
    pub max_bytes: u64,
    /// Rows after the header line.
    pub max_rows: u64,
    /// Bytes of UTF-8 in one cell.
    pub max_cell_bytes: usize,
    /// Whether a row is a line, whatever line ends its cells hold: in what [`crate::sheet_to_csv`] wrote.
    pub row_is_line: bool,
}

impl Default for Limits {
    /// 256 MiB, a million rows, 256 KiB a cell.
    fn default() -> Self {
        Self { max_bytes: 256 << 20, max_rows: 1_000_000, max_cell_bytes: 256 << 10, row_is_line: false }
    }
}

/// One row, its cells as they are in the file: as many as the header line has, the missing ones empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line of the file where the row begins; the header line is usually 1.
    pub line: u64,
    /// The cells, in the order of the headers.
    pub cells: Vec<String>,
}

/// An open file: its headers, then its rows, as an iterator.
///
/// A refused row does not stop the iterator; a fatal refusal ([`Code::is_fatal`]) is its last item.
pub struct Table<R> {
    cells: Cells<R>,
    headers: Vec<String>,
    delimiter: u8,
    rows: u64,
    max_rows: u64,
    ahead: VecDeque<Result<Row, Refusal>>,
    ended: bool,
}

impl<R: Read> Table<R> {
    /// Reads up to the header line.
    ///
    /// # Errors
    /// `empty_file`, `not_text`, `too_large`, `unreadable`, `too_many_columns`, and `broken_quotes` or `cell_too_large` in the header
    /// line itself.
    pub fn open(reader: R, limits: &Limits) -> Result<Self, Refusal> {
        let input = Decoder::open(reader, limits.max_bytes).map_err(Refusal::file)?;
        let (mut cells, delimiter) = Cells::new(input, limits).map_err(Refusal::file)?;
        let header = cells.row(MAX_COLUMNS)?.ok_or_else(|| Refusal::file(Code::EmptyFile))?;
        match header.fault {
            Some((Code::RowTooWide, _)) => {
                return Err(Refusal::at(Code::TooManyColumns, header.line));
            }
            Some((code, _)) => return Err(Refusal::at(code, header.line)),
            None => {}
        }
        let mut headers: Vec<String> = header.cells.iter().map(|h| clean(h)).collect();
        while headers.last().is_some_and(String::is_empty) {
            headers.pop();
        }
        if headers.is_empty() {
            return Err(Refusal::file(Code::EmptyFile));
        }
        let (rows, ahead) = (0, VecDeque::new());
        Ok(Self { cells, headers, delimiter, rows, max_rows: limits.max_rows, ahead, ended: false })
    }

    /// The headers, trimmed; empty ones at the end of the line are left out.
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// How the bytes were read.
    pub fn encoding(&self) -> Encoding {
        self.cells.input().encoding()
    }

    /// What separates the cells: a comma, a semicolon or a tab.
    pub fn delimiter(&self) -> char {
        char::from(self.delimiter)
    }

    /// The cells of the first `rows` good rows still to come, for [`crate::recognise`]. The iterator gives them all the same.
    pub fn sample(&mut self, rows: usize) -> Vec<Vec<String>> {
        // Refused rows count too: a file of nothing else must not be read whole.
        while self.ahead.len() < rows {
            match self.read() {
                Some(row) => self.ahead.push_back(row),
                None => break,
            }
        }
        self.ahead.iter().take(rows).flatten().map(|row| row.cells.clone()).collect()
    }

    fn read(&mut self) -> Option<Result<Row, Refusal>> {
        while !self.ended {
            let row = match self.cells.row(self.headers.len()) {
                Ok(Some(row)) => row,
                Ok(None) => break,
                Err(refusal) => {
                    self.ended = true;
                    return Some(Err(refusal));
                }
            };
            if row.fault.is_none() && row.cells.iter().all(|c| c.trim().is_empty()) {
                continue;
            }
            self.rows += 1;
            if self.rows > self.max_rows {
                self.ended = true;
                return Some(Err(Refusal::at(Code::TooManyRows, row.line)));
            }
            return Some(self.check(row));
        }
        self.ended = true;
        None
    }

    fn check(&self, mut row: RawRow) -> Result<Row, Refusal> {
        if let Some((code, column)) = row.fault {
            let mut refusal = Refusal::at(code, row.line);
            refusal.column = self.headers.get(column).cloned();
            match code {
                Code::RowTooWide => {
                    if let Some(last) = row.cells.last_mut() {
                        last.push_str(&row.rest);
                    }
                    refusal.cells = row.cells;
                }
                Code::BrokenQuotes => refusal.swallowed = row.more_lines,
                _ => {}
            }
            return Err(refusal);
        }
        row.cells.resize(self.headers.len(), String::new());
        Ok(Row { line: row.line, cells: row.cells })
    }
}

impl<R: Read> Iterator for Table<R> {
    type Item = Result<Row, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        self.ahead.pop_front().or_else(|| self.read())
    }
}
