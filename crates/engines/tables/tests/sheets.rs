//! Workbooks, made here part by part.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

use std::io::{Cursor, Write};

use parvis_tables::{Limits, Record, Refusal, Table, is_archive, recognise, records, sheet_to_csv};
use zip::{ZipWriter, write::SimpleFileOptions};

const TYPES: &str =
    r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>"#;
const RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Notes" sheetId="1" state="hidden" r:id="r1"/><sheet name="Avis 2025" sheetId="2" r:id="r2"/></sheets></workbook>"#;
const BOOK_RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/></Relationships>"#;
/// Style 1 is a date.
const STYLES: &str = r#"<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;

fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn book(texts: &str, rows: &str, joined: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let sheet = |rows: &str, joined: &str| {
        format!(
            r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData>{joined}</worksheet>"#
        )
    };
    let hidden = sheet(r#"<row r="1"><c r="A1" t="inlineStr"><is><t>Caché</t></is></c></row>"#, "");
    let shown = sheet(rows, joined);
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELS.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS.as_bytes()),
        ("xl/styles.xml", STYLES.as_bytes()),
        ("xl/sharedStrings.xml", texts.as_bytes()),
        ("xl/worksheets/sheet1.xml", hidden.as_bytes()),
        ("xl/worksheets/sheet2.xml", shown.as_bytes()),
    ];
    parts.extend(more);
    zip(&parts)
}

/// Cells with their text, or as they are when they begin with `<`.
fn row(at: u32, cells: &[&str]) -> String {
    let cells = cells.iter().zip('A'..).map(|(cell, column)| match cell.strip_prefix('<') {
        Some(_) => cell.replace("REF", &format!("{column}{at}")),
        None if cell.is_empty() => String::new(),
        None => format!(r#"<c r="{column}{at}" t="inlineStr"><is><t xml:space="preserve">{cell}</t></is></c>"#),
    });
    format!(r#"<row r="{at}">{}</row>"#, cells.collect::<String>())
}

fn text(bytes: &[u8]) -> Result<String, Refusal> {
    let mut out = Vec::new();
    sheet_to_csv(Cursor::new(bytes), &mut out, &Limits::default(), None)?;
    Ok(String::from_utf8(out).unwrap())
}

fn read(bytes: &[u8]) -> Vec<Result<Record, Refusal>> {
    let csv = text(bytes).unwrap();
    let limits = Limits { row_is_line: true, ..Limits::default() };
    let mut table = Table::open(csv.as_bytes(), &limits).unwrap();
    let sample = table.sample(50);
    let mapping = recognise(table.headers(), &sample);
    records(csv.as_bytes(), &mapping, &limits).collect()
}

#[test]
fn titles_joined_cells_dates_formulas_and_macros() {
    let rows = [
        row(1, &["Avis reçus en 2025"]),
        row(3, &["N°", "Dépôt", "", "Auteur", "", "Texte", "Quartier"]),
        row(4, &["", "Date", "Heure", "Nom", "Prénom", "", ""]),
        row(
            5,
            &["1", r#"<c r="REF" s="1"><v>46022</v></c>"#, "", "Perrin", "Léa", "Un banc&#10;devant l’école", "Gare"],
        ),
        row(
            6,
            &[
                "2",
                r#"<c r="REF" s="1"><v>46022.5</v></c>"#,
                "",
                "",
                "",
                r#"<c r="REF" t="str"><f>CONCATENATE("Un ","parc")</f><v>Un parc</v></c>"#,
                "",
            ],
        ),
        row(8, &["3", r#"<c r="REF"><v>45992</v></c>"#, "", "", "", r#"<c r="REF" t="s"><v>0</v></c>"#, ""]),
        row(9, &["4", "", "", "", "", r#"<c r="REF" t="e"><f>A1/0</f><v>#DIV/0!</v></c>"#, ""]),
        row(10, &["5", "31/02/2025", "", "", "", "Faux jour", ""]),
    ];
    let joined = r#"<mergeCells count="7"><mergeCell ref="A1:G1"/><mergeCell ref="A3:A4"/><mergeCell ref="B3:C3"/><mergeCell ref="D3:E3"/><mergeCell ref="F3:F4"/><mergeCell ref="G3:G4"/><mergeCell ref="G5:G6"/></mergeCells>"#;
    let texts = r#"<sst count="9" uniqueCount="1"><si><t>Partagé</t></si></sst>"#;
    let file = book(texts, &rows.concat(), joined, &[("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 a macro")]);
    assert!(is_archive(&file));
    let all = read(&file);
    let good: Vec<&Record> = all.iter().flatten().collect();
    assert_eq!(good.len(), 3);
    assert_eq!((good[0].line, good[0].external_id.as_str(), good[0].author.as_deref()), (5, "1", Some("Léa Perrin")));
    assert_eq!((good[0].text.as_str(), good[0].area.as_deref()), ("Un banc\ndevant l’école", Some("Gare")));
    assert_eq!(good[0].created.unwrap().local.to_string(), "2025-12-31 00:00:00");
    assert_eq!((good[1].text.as_str(), good[1].area.as_deref()), ("Un parc", Some("Gare")), "joined down");
    assert_eq!(good[1].created.unwrap().local.to_string(), "2025-12-31 12:00:00");
    assert_eq!((good[2].line, good[2].text.as_str()), (8, "Partagé"));
    assert_eq!(good[2].created.unwrap().local.to_string(), "2025-12-01 00:00:00", "a date without its format");
    let refused: Vec<_> = all.iter().filter_map(|r| r.as_ref().err()).map(|r| (r.code.as_str(), r.line)).collect();
    assert_eq!(refused, [("failed_formula", Some(9)), ("bad_date", Some(10))]);
}

#[test]
fn a_row_of_few_groups_stands_over_the_names() {
    let rows = [
        row(1, &["Qui", "", "", "Quoi", "", ""]),
        row(2, &["Nom", "Prénom", "Âge", "Titre", "Texte", "Rubrique"]),
        row(3, &["Perrin", "Léa", "34", "Banc", "Un banc", "Voirie"]),
    ];
    let joined = r#"<mergeCells count="2"><mergeCell ref="A1:C1"/><mergeCell ref="D1:F1"/></mergeCells>"#;
    let csv = text(&book("<sst/>", &rows.concat(), joined, &[])).unwrap();
    assert_eq!(csv, "sep=;\n\nNom;Prénom;Âge;Titre;Texte;Rubrique\nPerrin;Léa;34;Banc;Un banc;Voirie\n");
    // One column is a table too, and a wide joined header above data is not two rows.
    let one = text(&book("<sst/>", &[row(1, &["Texte"]), row(2, &["a;\"b\""])].concat(), "", &[])).unwrap();
    assert_eq!(one, "sep=;\nTexte\n\"a;\"\"b\"\"\"\n");
    let wide = [row(1, &["N°", "Texte"]), row(2, &["1", "Un banc"]), row(3, &["2", "Un parc"])].concat();
    let joined = r#"<mergeCells count="1"><mergeCell ref="B1:D1"/></mergeCells>"#;
    assert_eq!(text(&book("<sst/>", &wide, joined, &[])).unwrap(), "sep=;\nN°;Texte\n1;Un banc\n2;Un parc\n");
}

#[test]
fn formulas_without_a_value_are_refused_by_name() {
    let rows = [
        row(1, &["N°", "Texte", "Note"]),
        row(2, &["1", r#"<c r="REF"><f>B9</f><v></v></c>"#, ""]),
        row(3, &["2", r#"<c r="REF"><f>B9</f><v/></c>"#, ""]),
        row(4, &[r#"<c r="REF"><f>A9</f></c>"#, r#"<c r="REF" t="shared"><f t="shared" si="0"/></c>"#, ""]),
        row(5, &["4", "Un banc", r#"<c r="REF" t="str"><f>IF(A1=1,"x","")</f><v></v></c>"#]),
        row(6, &["5", "Un parc", r#"<c r="REF" s="1"/>"#]),
    ];
    let all = read(&book("<sst/>", &rows.concat(), "", &[]));
    let lines = |good: bool| all.iter().filter(move |r| r.is_ok() == good);
    let refused: Vec<_> = lines(false).map(|r| r.as_ref().unwrap_err()).map(|r| (r.code.as_str(), r.line)).collect();
    assert_eq!(refused, [2, 3, 4].map(|line| ("failed_formula", Some(line))));
    assert_eq!(lines(true).count(), 2, "an empty result is a value, a blank cell is none");
}

/// A disk without room.
struct Full;

impl Write for Full {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(std::io::ErrorKind::StorageFull.into())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_is_not_taken_for_a_bad_file() {
    // One that is written at its end, and one that is longer than what is held back.
    for rows in [1, 20_000] {
        let rows: String = (0..rows).map(|i| row(i + 1, &["Texte", "Un banc devant l’école"])).collect();
        let file = book("<sst/>", &rows, "", &[]);
        let said = sheet_to_csv(Cursor::new(&file[..]), Full, &Limits::default(), None).unwrap_err();
        assert_eq!(said.code.as_str(), "disk_full");
    }
}

fn code(bytes: &[u8]) -> &'static str {
    text(bytes).err().map_or("fine", |r| r.code.as_str())
}

#[test]
fn what_is_no_workbook_has_its_name() {
    let fine = row(1, &["Texte"]);
    let zeros = vec![b' '; 300 << 20];
    let long = format!("<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>{}</t></is></c></row>", "a".repeat(2 << 20));
    let far = format!("{fine}<row r=\"4000000000\"><c r=\"A4000000000\"><v>1</v></c></row>");
    let wide = format!("{fine}<row r=\"2\"><c r=\"ZZZ2\"><v>1</v></c></row>");
    for (what, file, expected) in [
        ("fine", book("<sst/>", &fine, "", &[]), "fine"),
        ("empty", book("<sst/>", "", "", &[]), "empty_file"),
        ("an archive", zip(&[("photo.png", b"\x89PNG")]), "not_xlsx"),
        ("cut", book("<sst/>", &fine, "", &[])[..900].to_vec(), "broken_sheet"),
        ("no XML", book("<sst/>", "<row><c", "", &[]), "broken_sheet"),
        ("a bomb", book("<sst/>", &fine, "", &[("xl/media/other.xml", &zeros)]), "inflated"),
        ("a bomb of tags", book("<sst/>", &fine, "", &[("xl/other.xml", &vec![b'<'; 300 << 20])]), "inflated"),
        ("a lie", book("<sst uniqueCount=\"99999999999999\"/>", &fine, "", &[]), "broken_sheet"),
        ("a cell of 2 MB", book("<sst/>", &format!("{fine}{long}"), "", &[]), "cell_too_large"),
        ("a row far away", book("<sst/>", &far, "", &[]), "too_many_rows"),
        ("a column far away", book("<sst/>", &wide, "", &[]), "too_many_columns"),
    ] {
        assert_eq!(code(&file), expected, "{what}");
    }
    let old = Table::open(&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], &Limits::default()).err().unwrap();
    assert_eq!(old.code.as_str(), "old_sheet");
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(64))]
    /// A flipped byte makes another workbook or a named refusal.
    #[test]
    fn no_damage_panics(at in 0_usize..4000, with in 0_u8..=255) {
        let mut file = book("<sst><si><t>a</t></si></sst>", &[row(1, &["Texte", "Auteur"]), row(2, &["Un banc", "Léa"])].concat(), "", &[]);
        let at = at % file.len();
        file[at] = with;
        let _ = text(&file);
    }
}
