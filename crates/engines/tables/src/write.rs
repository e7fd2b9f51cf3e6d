//! Tables that spreadsheets open without running anything.

use std::borrow::Cow;
use std::io::{self, Write};

/// Whether a cell that begins so may be taken for a formula.
pub(crate) fn is_formula_start(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠')
}

/// A cell that no spreadsheet takes for a formula: one that begins with `=`, `+`, `-`, `@`, a tab or a line end is preceded by a
/// single quote, unless it is a number. Quoting is the [`Writer`]'s.
#[must_use]
pub fn csv_cell(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(is_formula_start) && !is_number(cell) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// Digits, perhaps after a minus, and at most one decimal point or comma between digits. What begins with a plus is a telephone number:
/// a spreadsheet would take its plus away.
fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    let all = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    match digits.split_once(['.', ',']) {
        Some((whole, decimals)) => all(whole) && all(decimals),
        None => all(digits),
    }
}

/// Writes a table: cells guarded by [`csv_cell`], quoted when needed, rows ended by CR LF.
#[derive(Debug)]
pub struct Writer<W> {
    out: W,
    delimiter: char,
}

impl<W: Write> Writer<W> {
    /// A writer in UTF-8. `delimiter` is a comma, a semicolon (what French spreadsheets expect) or a tab. With `bom`, the file begins
    /// with the UTF-8 mark without which some spreadsheets misread accents.
    ///
    /// # Errors
    /// That of `out`, and `InvalidInput` for another delimiter.
    pub fn new(mut out: W, delimiter: char, bom: bool) -> io::Result<Self> {
        if !matches!(delimiter, ',' | ';' | '\t') {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        if bom {
            out.write_all("\u{feff}".as_bytes())?;
        }
        Ok(Self { out, delimiter })
    }

    /// Writes one row.
    ///
    /// # Errors
    /// That of `out`.
    pub fn row<I>(&mut self, cells: I) -> io::Result<()>
    where
        I: IntoIterator,
        I::Item: AsRef<str>,
    {
        let mut line = String::new();
        for (i, cell) in cells.into_iter().enumerate() {
            if i > 0 {
                line.push(self.delimiter);
            }
            self.push_cell(&mut line, &csv_cell(cell.as_ref()));
        }
        if line.is_empty() {
            // A row of one empty cell is not a blank line.
            line.push_str("\"\"");
        }
        line.push_str("\r\n");
        self.out.write_all(line.as_bytes())
    }

    fn push_cell(&self, line: &mut String, cell: &str) {
        let special = |c: char| c == self.delimiter || matches!(c, '"' | '\n' | '\r');
        if !cell.contains(special) && !cell.starts_with(char::is_whitespace) && !cell.ends_with(char::is_whitespace) {
            line.push_str(cell);
            return;
        }
        line.push('"');
        line.push_str(&cell.replace('"', "\"\""));
        line.push('"');
    }

    /// What was written to, after a flush.
    ///
    /// # Errors
    /// That of `out`.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.flush()?;
        Ok(self.out)
    }
}
