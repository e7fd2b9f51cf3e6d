//! The refused lines of a file, as a file to correct.

use std::{
    fs::File,
    io::{self, BufWriter, Read},
};

use parvis_tables::{Table, Writer};

/// Writes the lines for which `why` answers a reason as they are in the file, with their number and the reason in two more
/// columns of these titles. `why` may empty cells that must not leave. Of a row that is too
/// wide, if `wide` ones may leave, the last cell holds what follows it too; what else could not be read as a row is told without its cells. Formulas are made harmless.
///
/// # Errors
/// When the file can't be written.
pub fn write<R: Read>(
    table: &mut Table<R>,
    titles: [String; 2],
    wide: bool,
    out: &mut File,
    mut why: impl FnMut(u64, &mut [String]) -> Option<String>,
) -> io::Result<()> {
    let width = table.headers().len();
    let mut writer = Writer::new(BufWriter::new(out), ';', true)?;
    let headers: Vec<String> = table.headers().iter().cloned().chain(titles).collect();
    writer.row(headers.iter().map(String::as_str))?;
    for row in table.by_ref() {
        let (line, mut cells) = match row {
            Ok(row) => (row.line, row.cells),
            Err(refusal) => {
                let mut cells = if wide { refusal.cells } else { Vec::new() };
                cells.resize(width, String::new());
                (refusal.line.unwrap_or(0), cells)
            }
        };
        if let Some(reason) = why(line, &mut cells) {
            let line = line.to_string();
            writer.row(cells.iter().map(String::as_str).chain([line.as_str(), reason.as_str()]))?;
        }
    }
    writer.finish().map(drop)
}
