//! Workbooks, row after row, in memory that does not grow with them.

use std::{
    fs::File,
    io::{Seek, SeekFrom},
};

use parvis_kernel::{
    Error, Result,
    documents::Documents,
    sheet::{Cell, Columns, Row, Rows},
};
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::Zone;

/// Rows of a sheet; a spreadsheet opens 1,048,576 of them.
const ROWS: u32 = 1_000_000;
/// Letters of a cell: more, and the file does not open.
const LETTERS: usize = 32_767;
/// Width of columns, in letters.
const WIDTH: f64 = 18.0;

/// Writes a workbook into a file without a name, off the async threads, once it is its turn.
///
/// # Errors
/// Whatever stopped the rows, or the disk.
pub async fn write(documents: &Documents, columns: Columns, zone: Zone, rows: Rows) -> Result<File> {
    documents.make(move || fill(columns, zone, rows)).await
}

fn fill(columns: Columns, zone: Zone, mut rows: Rows) -> Result<File> {
    let mut book = Workbook::new();
    let formats = Formats { head: Format::new().set_bold(), time: Format::new().set_num_format("yyyy-mm-dd hh:mm") };
    let mut next = 0;
    begin(&mut book, columns, &formats).map_err(Error::other)?;
    while let Some(chunk) = rows.blocking_recv().transpose()? {
        for row in &chunk {
            if next == ROWS {
                begin(&mut book, columns, &formats).map_err(Error::other)?;
                next = 0;
            }
            next += 1;
            let last = book.worksheets_mut().last_mut().ok_or_else(|| Error::other("no sheet"))?;
            write_row(last, next, row, zone, &formats).map_err(Error::other)?;
        }
    }
    let mut file = tempfile::tempfile().map_err(Error::other)?;
    book.save_to_writer(&mut file).map_err(Error::other)?;
    file.seek(SeekFrom::Start(0)).map_err(Error::other)?;
    Ok(file)
}

struct Formats {
    head: Format,
    time: Format,
}

/// A new sheet, with its head.
fn begin(book: &mut Workbook, columns: Columns, formats: &Formats) -> std::result::Result<(), XlsxError> {
    let sheet = book.add_worksheet_with_constant_memory()?;
    sheet.set_freeze_panes(1, 0)?;
    for (i, (name, _)) in (0_u16..).zip(columns) {
        sheet.set_column_width(i, WIDTH)?;
        sheet.write_string_with_format(0, i, *name, &formats.head)?;
    }
    Ok(())
}

/// Text is written as text, whatever it begins with: no cell is a formula.
fn write_row(
    sheet: &mut Worksheet,
    at: u32,
    row: &Row,
    zone: Zone,
    formats: &Formats,
) -> std::result::Result<(), XlsxError> {
    for (i, cell) in (0_u16..).zip(&row.cells) {
        match cell {
            Cell::Empty => {}
            Cell::Text(text) => {
                sheet.write_string(at, i, text.chars().take(LETTERS).collect::<String>())?;
            }
            Cell::Whole(n) => {
                sheet.write_number(at, i, *n as f64)?;
            }
            Cell::Number(n) => {
                sheet.write_number(at, i, *n)?;
            }
            Cell::At(time) => {
                let local = match zone {
                    Zone::Local(tz) => time.with_timezone(&tz).naive_local(),
                    Zone::Utc => time.naive_utc(),
                };
                sheet.write_datetime_with_format(at, i, local, &formats.time)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use parvis_kernel::sheet;
    use std::io::Read;

    #[tokio::test]
    async fn a_workbook_runs_nothing() {
        const COLUMNS: Columns = &[("texte", "k"), ("n", "k"), ("le", "k")];
        let rows = sheet::start(|sink| {
            Box::pin(async move {
                let at = DateTime::from_timestamp(1_795_507_920, 0).unwrap();
                let long = "é".repeat(LETTERS + 5);
                sink.rows(vec![
                    Row::new(vec!["=CMD()".to_owned().into(), 3_i64.into(), at.into()]),
                    Row::new(vec![long.into(), Cell::Empty, Cell::Number(0.5)]),
                ])
                .await
            })
        });
        let documents = Documents::default();
        let file = write(&documents, COLUMNS, Zone::Utc, rows).await.unwrap();
        let mut zip = zip::ZipArchive::new(file).unwrap();
        let mut sheet = String::new();
        zip.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut sheet).unwrap();
        assert!(sheet.contains("=CMD()") && !sheet.contains("<f>"), "{}", sheet.chars().take(900).collect::<String>());
        assert_eq!(sheet.matches("<row ").count(), 3);
        let rows = sheet::start(|_| Box::pin(async { Err(Error::other("cut")) }));
        let cut = write(&documents, COLUMNS, Zone::Utc, rows).await;
        assert!(cut.is_err(), "half a workbook is none");
    }
}
