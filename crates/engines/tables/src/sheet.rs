//! Workbooks (`.xlsx`, `.xlsm`): the sheet asked for, or the first that holds something, written as text that [`crate::Table`] reads.
//!
//! Formulas give the value that the spreadsheet last computed, macros are never looked at, dates come out of the numbers
//! that hold them. An archive is measured before it is read: what it unpacks to is bounded, part by part.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};

use calamine::{DataRef, Dimensions, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx};
use zip::ZipArchive;

use crate::archive::{MAX_PARTS, MAX_UNPACKED, parts};
use crate::refusal::{Code, Refusal};
use crate::sheet_header::{Block, Start, find};
use crate::table::{Limits, MAX_COLUMNS};

/// Largest archive, in bytes.
const MAX_ARCHIVE: u64 = 64 << 20;
/// Most bytes of the table of texts, which is kept in memory.
const MAX_TEXTS: u64 = 96 << 20;
/// Longest piece of a part without a tag, in bytes: a spreadsheet holds at most 32,767 characters in a cell.
const MAX_PIECE: usize = 1 << 20;
/// Rows in which the header line is looked for.
const LOOKED_AT: usize = 20;
/// What a spreadsheet shows where there is no value.
const NOT_COMPUTED: &str = "#N/A";
/// Regions of joined cells that are looked at.
const MAX_JOINED: usize = 10_000;

/// What was found in a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Name of the sheet that was read.
    pub name: String,
    /// The visible sheets, in their order.
    pub all: Vec<String>,
}

/// Writes the sheet of this name, or the first that holds something, as text, one line for each row, so that lines keep their numbers. Read it with
/// [`Limits::row_is_line`].
///
/// The header is the first row as wide as the others, whatever titles stand above it; of a header of two rows the lower one counts,
/// and joined cells below it count in each of their rows.
///
/// # Errors
/// `unknown_sheet`, `not_xlsx`, `broken_sheet`, `inflated`, `cell_too_large`, `too_large`, `too_many_rows`, `empty_file`, `unreadable`.
pub fn sheet_to_csv<R: Read + Seek, W: Write>(
    mut source: R,
    out: W,
    limits: &Limits,
    chosen: Option<&str>,
) -> Result<Sheet, Refusal> {
    measure(&mut source, limits).map_err(Refusal::file)?;
    source.rewind().map_err(|_| Refusal::file(Code::Unreadable))?;
    let mut book = Xlsx::new(BufReader::new(source)).map_err(broken)?;
    let visible: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|s| s.typ == SheetType::WorkSheet && s.visible == SheetVisible::Visible)
        .map(|s| s.name.clone())
        .collect();
    let mut out = Out { to: BufWriter::new(out), next: 0 };
    let looked_at = match chosen {
        None => visible.clone(),
        Some(wanted) => vec![pick(&visible, wanted)?],
    };
    for name in &looked_at {
        let joined = book.merge_cells_by_sheet_name(name).unwrap_or_default();
        if read_sheet(&mut book, name, joined, &mut out, limits)? {
            out.to.flush().map_err(|e| Refusal::file(Code::of_disk(&e)))?;
            return Ok(Sheet { name: name.clone(), all: visible });
        }
    }
    Err(Refusal::file(Code::EmptyFile))
}

/// The sheet of this name: as written, else whatever its case and the spaces around it.
fn pick(visible: &[String], wanted: &str) -> Result<String, Refusal> {
    let alike = |name: &&String| name.trim().to_lowercase() == wanted.trim().to_lowercase();
    let found = visible.iter().find(|name| *name == wanted).or_else(|| visible.iter().find(alike));
    found.cloned().ok_or_else(|| Refusal::file(Code::UnknownSheet).of_value(&visible.join(", ")))
}

#[allow(clippy::needless_pass_by_value, reason = "for map_err")]
fn broken(_: calamine::XlsxError) -> Refusal {
    Refusal::file(Code::BrokenSheet)
}

/// Unpacks every part that is read, and keeps nothing of it: what an archive says of its sizes proves nothing.
fn measure<R: Read + Seek>(source: &mut R, limits: &Limits) -> Result<(), Code> {
    let size = source.seek(SeekFrom::End(0)).map_err(|_| Code::Unreadable)?;
    if size > MAX_ARCHIVE.min(limits.max_bytes) {
        return Err(Code::TooLarge);
    }
    if parts(source, size).map_err(|_| Code::Unreadable)? > MAX_PARTS {
        return Err(Code::Inflated);
    }
    let mut archive = ZipArchive::new(source).map_err(|_| Code::BrokenSheet)?;
    if !archive.file_names().flatten().any(|n| n.eq_ignore_ascii_case("xl/workbook.xml")) {
        return Err(Code::NotXlsx);
    }
    let mut left = MAX_UNPACKED;
    for i in 0..archive.len() {
        let part = archive.by_index(i).map_err(|_| Code::BrokenSheet)?;
        let name = part.name().map_err(|_| Code::BrokenSheet)?.to_ascii_lowercase();
        if !name.ends_with(".xml") && !name.ends_with(".rels") {
            continue;
        }
        let texts = name.ends_with("sharedstrings.xml");
        let room = if texts { left.min(MAX_TEXTS) } else { left };
        left -= measure_part(part, room, texts)?;
    }
    Ok(())
}

/// The bytes of a part, at most `room`.
fn measure_part(mut part: impl Read, room: u64, texts: bool) -> Result<u64, Code> {
    let mut chunk = vec![0_u8; 64 << 10];
    let (mut total, mut piece, mut announced, mut long) = (0_u64, 0_usize, 0_u64, false);
    loop {
        let n = part.read(&mut chunk).map_err(|_| Code::BrokenSheet)?;
        if n == 0 {
            break;
        }
        let read = chunk.get(..n).unwrap_or_default();
        if total == 0 && texts {
            announced = announced_texts(read);
        }
        total += n as u64;
        if total > room {
            return Err(Code::Inflated);
        }
        for part in read.split_inclusive(|b| *b == b'<') {
            piece += part.len();
            // Read on: an archive made to fill the memory is no cell to shorten.
            long |= piece > MAX_PIECE;
            if part.ends_with(b"<") {
                piece = 0;
            }
        }
    }
    if long {
        return Err(Code::CellTooLarge);
    }
    // As much room is made as is announced: each text takes five bytes at least.
    if announced > total / 5 + 1 { Err(Code::BrokenSheet) } else { Ok(total) }
}

/// How many texts the table of texts says it holds.
fn announced_texts(head: &[u8]) -> u64 {
    let head = String::from_utf8_lossy(head.get(..4096).unwrap_or(head)).into_owned();
    let counts = head.split("ount").skip(1).filter_map(|rest| {
        let rest = rest.trim_start().strip_prefix('=')?.trim_start();
        let digits: String = rest.chars().skip(1).take_while(char::is_ascii_digit).collect();
        if digits.is_empty() { None } else { Some(digits.parse().unwrap_or(u64::MAX)) }
    });
    // `count` tells how often texts are used, `uniqueCount` how many there are.
    counts.last().unwrap_or(0)
}

/// A cell as text; whether it is a number or a date.
fn text(value: &DataRef<'_>) -> (String, bool) {
    match value {
        DataRef::Empty => (String::new(), false),
        DataRef::String(s) => (s.clone(), false),
        DataRef::SharedString(s) => ((*s).to_owned(), false),
        DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => (s.clone(), true),
        DataRef::Int(n) => (n.to_string(), true),
        DataRef::Float(n) => (number(*n), true),
        DataRef::Bool(b) => (b.to_string(), true),
        DataRef::DateTime(at) => (date(at), true),
        DataRef::Error(e) => (e.to_string(), true),
    }
}

fn number(n: f64) -> String {
    if n.fract() == 0.0 && n.abs() < 1e15 { format!("{n:.0}") } else { n.to_string() }
}

fn date(at: &ExcelDateTime) -> String {
    if at.is_duration() || !(0.0..2_958_466.0).contains(&at.as_f64()) {
        return number(at.as_f64());
    }
    let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
    let mut out = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) != (0, 0, 0) {
        let _ = write!(out, " {hour:02}:{minute:02}:{second:02}");
    }
    out
}

/// One row under construction.
#[derive(Debug, Clone, Default)]
pub(crate) struct SheetRow {
    /// From 0.
    pub row: u32,
    pub cells: Vec<String>,
    /// Whether some cell is a number or a date: no header has one.
    pub numbers: bool,
}

impl SheetRow {
    fn is_blank(&self) -> bool {
        self.cells.iter().all(|c| c.trim().is_empty())
    }

    fn put(&mut self, column: u32, value: String) -> Result<(), Code> {
        let column = column as usize;
        if value.trim().is_empty() {
            return Ok(());
        }
        if column > MAX_COLUMNS {
            return Err(Code::TooManyColumns);
        }
        if self.cells.len() <= column {
            self.cells.resize(column + 1, String::new());
        }
        if let Some(cell) = self.cells.get_mut(column) {
            *cell = value;
        }
        Ok(())
    }
}

/// Reads one sheet; `false` when it holds nothing.
fn read_sheet<R: Read + Seek, W: Write>(
    book: &mut Xlsx<R>,
    name: &str,
    mut joined: Vec<Dimensions>,
    out: &mut Out<W>,
    limits: &Limits,
) -> Result<bool, Refusal> {
    joined.truncate(MAX_JOINED);
    let mut cells = book.worksheet_cells_reader(name).map_err(broken)?;
    let mut sheet = Reading { joined: Joined::new(joined), head: Vec::new(), block: None, out };
    let mut row = SheetRow::default();
    let last_row = u32::try_from(limits.max_rows).unwrap_or(u32::MAX).saturating_add(1000);
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(broken)? {
        let (at, column) = cell.pos;
        if at != row.row {
            let done = std::mem::replace(&mut row, SheetRow { row: at, ..SheetRow::default() });
            let before = done.row;
            sheet.row(done).map_err(|code| Refusal::at(code, u64::from(before) + 1))?;
            if at < before {
                return Err(Refusal::file(Code::BrokenSheet));
            }
        }
        let (value, number) = match cell.value {
            // Written by a program that computes nothing, and never opened since: refused by name, not read as blank.
            DataRef::Empty if cell.formula.is_some() => (NOT_COMPUTED.to_owned(), true),
            value => text(&value),
        };
        if at > last_row && !value.is_empty() {
            return Err(Refusal::at(Code::TooManyRows, u64::from(at) + 1));
        }
        row.numbers |= number && !value.is_empty();
        row.put(column, value).map_err(|code| Refusal::at(code, u64::from(at) + 1))?;
    }
    let last = u64::from(row.row) + 1;
    sheet.row(row).and_then(|()| sheet.end()).map_err(|code| Refusal::at(code, last))
}

/// A sheet being read: first its header is looked for, then its rows go out as they come.
struct Reading<'a, W: Write> {
    joined: Joined,
    head: Vec<SheetRow>,
    block: Option<Block>,
    out: &'a mut Out<W>,
}

impl<W: Write> Reading<'_, W> {
    fn row(&mut self, row: SheetRow) -> Result<(), Code> {
        if row.is_blank() {
            return Ok(());
        }
        if self.block.is_some() {
            return self.body(row);
        }
        self.head.push(row);
        if self.head.len() < LOOKED_AT { Ok(()) } else { self.begin() }
    }

    /// Finds the header among the rows read so far, and lets go of them.
    fn begin(&mut self) -> Result<(), Code> {
        let head = std::mem::take(&mut self.head);
        let Some(block) = find(&head, &self.joined.regions) else { return Ok(()) };
        self.out.line(block.line, &block.names).map_err(|e| Code::of_disk(&e))?;
        let last = block.line;
        self.block = Some(block);
        head.into_iter().filter(|r| r.row > last).try_for_each(|row| self.body(row))
    }

    fn body(&mut self, mut row: SheetRow) -> Result<(), Code> {
        self.joined.fill(&mut row);
        self.out.line(row.row, &row.cells).map_err(|e| Code::of_disk(&e))
    }

    fn end(mut self) -> Result<bool, Code> {
        if self.block.is_none() {
            self.begin()?;
        }
        Ok(self.block.is_some())
    }
}

/// Joined cells: the value of the first one counts in each row.
struct Joined {
    regions: Vec<Dimensions>,
    /// Columns and first rows of those that go down.
    starts: HashMap<(u32, u32), u32>,
    /// By column, until which row which value.
    open: HashMap<u32, (u32, String)>,
}

impl Joined {
    fn new(regions: Vec<Dimensions>) -> Self {
        let down = regions.iter().filter(|r| r.end.0 > r.start.0);
        let starts = down.map(|r| (r.start, r.end.0)).collect();
        Self { regions, starts, open: HashMap::new() }
    }

    fn fill(&mut self, row: &mut SheetRow) {
        if self.starts.is_empty() {
            return;
        }
        for (column, cell) in (0_u32..).zip(&row.cells) {
            if let Some(end) = self.starts.get(&(row.row, column)).filter(|_| !cell.is_empty()) {
                self.open.insert(column, (*end, cell.clone()));
            }
        }
        self.open.retain(|_, (end, _)| *end >= row.row);
        for (column, (_, value)) in &self.open {
            if row.cells.get(*column as usize).is_none_or(String::is_empty) {
                // Its column was within bounds when it was opened.
                let _ = row.put(*column, value.clone());
            }
        }
    }
}

/// The text that is written: a row is a line.
struct Out<W: Write> {
    to: BufWriter<W>,
    /// The row of the next line.
    next: u32,
}

impl<W: Write> Out<W> {
    fn line(&mut self, row: u32, cells: &[String]) -> io::Result<()> {
        if self.next == 0 {
            self.to.write_all(b"sep=;\n")?;
        }
        for _ in self.next..row {
            self.to.write_all(b"\n")?;
        }
        self.next = row + 1;
        for (i, cell) in cells.iter().enumerate() {
            if i > 0 {
                self.to.write_all(b";")?;
            }
            if cell.contains([';', '"', '\n', '\r']) {
                write!(self.to, "\"{}\"", cell.replace('"', "\"\""))?;
            } else {
                self.to.write_all(cell.as_bytes())?;
            }
        }
        self.to.write_all(b"\n")
    }
}

impl Start for Dimensions {
    fn rows(&self) -> (u32, u32) {
        (self.start.0, self.end.0)
    }
    fn columns(&self) -> (u32, u32) {
        (self.start.1, self.end.1)
    }
}
