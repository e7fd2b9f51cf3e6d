//! From decoded text to rows of cells, each of bounded size, with their line.

use std::io::Read;

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};

use crate::decode::Decoder;
use crate::refusal::{Code, Refusal};
use crate::table::Limits;

/// A row holds at most as many bytes as this many of the largest cells.
const CELLS_A_ROW: usize = 4;

/// A row as it is in the file.
pub(crate) struct RawRow {
    /// Where it begins, from 1.
    pub line: u64,
    pub cells: Vec<String>,
    /// What is wrong with it, and in which column.
    pub fault: Option<(Code, usize)>,
    /// The cells past the last column, each after the delimiter, as far as they are kept.
    pub rest: String,
    /// Lines that it takes in the file after its first.
    pub more_lines: u64,
}

/// The rows of a decoded file.
pub(crate) struct Cells<R> {
    input: Decoder<R>,
    core: Reader,
    max_cell: usize,
    lines: Lines,
    row_is_line: bool,
    delimiter: char,
}

struct Cell {
    bytes: Vec<u8>,
    too_large: bool,
    broken: bool,
    ends_row: bool,
}

impl<R: Read> Cells<R> {
    pub(crate) fn new(mut input: Decoder<R>, limits: &Limits) -> Result<(Self, u8), Code> {
        input.fill()?;
        let (delimiter, skip) = match announced_delimiter(input.available()) {
            Some(found) => found,
            None => (sniff_delimiter(input.available(), input.is_last()), 0),
        };
        let mut lines = Lines::default();
        if !limits.row_is_line {
            input.available().iter().take(skip).for_each(|b| lines.see(*b));
        }
        input.consume(skip);
        let core = ReaderBuilder::new().delimiter(delimiter).build();
        let (max_cell, row_is_line) = (limits.max_cell_bytes, limits.row_is_line);
        let own = Self { input, core, max_cell, lines, row_is_line, delimiter: char::from(delimiter) };
        Ok((own, delimiter))
    }

    pub(crate) fn input(&self) -> &Decoder<R> {
        &self.input
    }

    /// The next row, of at most `columns` cells; blank lines are passed over. The error ends the file.
    pub(crate) fn row(&mut self, columns: usize) -> Result<Option<RawRow>, Refusal> {
        let mut row = RawRow { line: 0, cells: Vec::new(), fault: None, rest: String::new(), more_lines: 0 };
        let (mut column, mut bytes) = (0, 0_usize);
        loop {
            let cell = match self.cell(column == 0, &mut row.line) {
                Ok(Some(cell)) => cell,
                Ok(None) => return Ok(None),
                Err(code) => return Err(Refusal::at(code, self.lines.current())),
            };
            bytes = bytes.saturating_add(cell.bytes.len());
            let row_too_large = bytes > self.max_cell.saturating_mul(CELLS_A_ROW);
            let fault = if cell.broken {
                Some(Code::BrokenQuotes)
            } else if cell.too_large {
                Some(Code::CellTooLarge)
            } else if row_too_large {
                Some(Code::RowTooLarge)
            } else if cell.bytes.contains(&0) {
                Some(Code::NulByte)
            } else if column >= columns && !cell.bytes.trim_ascii().is_empty() {
                Some(Code::RowTooWide)
            } else {
                None
            };
            row.fault = row.fault.or(fault.map(|code| (code, column)));
            if column < columns && !row_too_large {
                row.cells.push(into_text(cell.bytes));
            } else if row.rest.len() < self.max_cell && !row_too_large {
                row.rest.push(self.delimiter);
                row.rest.push_str(&into_text(cell.bytes));
            }
            if cell.ends_row {
                row.more_lines = self.lines.last().saturating_sub(row.line);
                return Ok(Some(row));
            }
            column += 1;
        }
    }

    fn cell(&mut self, first: bool, row_line: &mut u64) -> Result<Option<Cell>, Code> {
        let mut scratch = [0_u8; 1024];
        let mut bytes = Vec::new();
        let mut written = 0;
        let mut shape = Shape::default();
        loop {
            let more = self.input.fill()?;
            let input = self.input.available();
            let (result, read, wrote) = self.core.read_field(input, &mut scratch);
            let (ended, ends_row) = match result {
                ReadFieldResult::Field { record_end } => (true, record_end),
                ReadFieldResult::End => return Ok(None),
                ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => (false, false),
            };
            let consumed = input.get(..read).unwrap_or_default();
            // The last byte read is what ends the cell, unless the file ended it.
            let own = if ended && more { read.saturating_sub(1) } else { read };
            for (i, byte) in consumed.iter().enumerate() {
                let blank_line = first && shape.length == 0 && matches!(byte, b'\r' | b'\n');
                if first && shape.length == 0 {
                    *row_line = self.lines.current();
                }
                if !self.row_is_line || i >= own || blank_line {
                    self.lines.see(*byte);
                }
                if i < own && !blank_line {
                    shape.see(*byte);
                }
            }
            written += wrote;
            if written <= self.max_cell {
                bytes.extend_from_slice(scratch.get(..wrote).unwrap_or_default());
            }
            self.input.consume(read);
            if ended {
                let too_large = written > self.max_cell;
                return Ok(Some(Cell { bytes, too_large, broken: shape.is_broken(written), ends_row }));
            }
        }
    }
}

/// The text of a cell: always UTF-8, since the decoder gives whole characters and cells end at ASCII.
fn into_text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned())
}

/// Counts lines ended by CR LF, LF or CR.
#[derive(Default)]
struct Lines {
    ended: u64,
    after_cr: bool,
    at_start: bool,
}

impl Lines {
    fn see(&mut self, byte: u8) {
        if byte == b'\r' || (byte == b'\n' && !self.after_cr) {
            self.ended += 1;
        }
        self.after_cr = byte == b'\r';
        self.at_start = matches!(byte, b'\r' | b'\n');
    }

    /// The line of the last byte seen.
    fn last(&self) -> u64 {
        self.ended + u64::from(!self.at_start)
    }

    /// The line of the next byte.
    fn current(&self) -> u64 {
        self.ended + 1
    }
}

/// What a cell looks like in the file, to tell whether its quotes are right: the parser takes anything.
#[derive(Default)]
struct Shape {
    quoted: bool,
    length: usize,
    quotes: usize,
    last_solid: u8,
}

impl Shape {
    fn see(&mut self, byte: u8) {
        self.quoted |= self.length == 0 && byte == b'"';
        self.length += 1;
        self.quotes += usize::from(byte == b'"');
        if byte != b' ' {
            self.last_solid = byte;
        }
    }

    /// A quoted cell is right when it ends with a quote, and the parser took away its two outer quotes and half of the others.
    fn is_broken(&self, written: usize) -> bool {
        let right = self.quotes >= 2
            && self.quotes.is_multiple_of(2)
            && self.last_solid == b'"'
            && written + 2 + (self.quotes - 2) / 2 == self.length;
        self.quoted && !right
    }
}

/// The delimiter told by a first line "sep=;", as some spreadsheets write, and the bytes to pass over.
fn announced_delimiter(head: &[u8]) -> Option<(u8, usize)> {
    let rest = head.strip_prefix(b"sep=")?;
    let (&delimiter, rest) = rest.split_first()?;
    let end = if rest.starts_with(b"\r\n") { 2 } else { usize::from(matches!(rest.first(), Some(b'\n' | b'\r'))) };
    (end > 0 && matches!(delimiter, b',' | b';' | b'\t')).then_some((delimiter, 5 + end))
}

/// The delimiter with which most rows have as many cells as the first; the one that makes most cells among equals.
fn sniff_delimiter(head: &[u8], whole: bool) -> u8 {
    let score = |delimiter: u8| {
        let widths = widths(head, whole, delimiter);
        let first = widths.first().copied().unwrap_or(0);
        let alike = widths.iter().filter(|w| **w == first).count();
        let share = (alike * 10).checked_div(widths.len()).unwrap_or(0);
        if first > 1 { (share, first) } else { (0, 0) }
    };
    // The last among equals wins: the comma, when nothing tells.
    [b'\t', b';', b','].into_iter().max_by_key(|d| score(*d)).unwrap_or(b',')
}

/// How many cells each of the first rows has with this delimiter.
fn widths(head: &[u8], whole: bool, delimiter: u8) -> Vec<usize> {
    const ROWS: usize = 40;
    let mut core = ReaderBuilder::new().delimiter(delimiter).build();
    let mut scratch = [0_u8; 1024];
    let mut widths = Vec::new();
    let mut width = 0;
    let mut rest = head;
    while widths.len() < ROWS {
        let (result, read, _) = core.read_field(rest, &mut scratch);
        rest = rest.get(read..).unwrap_or_default();
        match result {
            ReadFieldResult::Field { record_end } => {
                width += 1;
                if record_end {
                    widths.push(width);
                    width = 0;
                }
            }
            // The row cut by the end of the chunk only counts when there is no other.
            ReadFieldResult::InputEmpty if !whole && !widths.is_empty() => break,
            ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
            ReadFieldResult::End => break,
        }
    }
    widths
}
