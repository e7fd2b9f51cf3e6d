//! Whatever the bytes and the cells.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

use parvis_tables::{Limits, Role, Table, Writer, csv_cell, parse_moment, parse_number, recognise, records};
use proptest::prelude::*;

/// Everything that can be done with a file; how many items came out.
fn read_all(file: &[u8]) -> usize {
    let limits = Limits { max_bytes: 4096, max_rows: 50, max_cell_bytes: 64, ..Limits::default() };
    let Ok(mut table) = Table::open(file, &limits) else {
        return 0;
    };
    let sample = table.sample(5);
    let mut mapping = recognise(table.headers(), &sample);
    let mut items = table.count();
    for role in [Role::Text, Role::Date, Role::Age, Role::Parent] {
        let _ = mapping.set_at(0, role);
        items += records(file, &mapping, &limits).count();
    }
    items
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zé\",;\t\r\n =+@'-]{0,12}", "\\PC{0,12}", "[=+@-][0-9.,A-Z(]{0,6}", Just(String::new()),]
}

proptest! {
    #[test]
    fn random_bytes_never_panic(file in prop::collection::vec(any::<u8>(), 0..400)) {
        read_all(&file);
    }

    #[test]
    fn random_tables_never_panic(file in "[a-c\",;\t\r\n|é=0-9/:@ -]{0,300}") {
        let file = format!("titre,texte,date,kind\n{file}");
        prop_assert!(read_all(file.as_bytes()) < 1000);
        read_all(&encoding_rs::WINDOWS_1252.encode(&file).0);
    }

    #[test]
    fn what_is_written_is_read(
        rows in prop::collection::vec(prop::collection::vec(cell(), 3), 0..12),
        delimiter in prop::sample::select(vec![',', ';', '\t']),
        bom in any::<bool>(),
    ) {
        let mut writer = Writer::new(Vec::new(), delimiter, bom).unwrap();
        writer.row(["a", "b", "c"]).unwrap();
        for row in &rows {
            writer.row(row).unwrap();
        }
        let file = writer.finish().unwrap();
        let table = Table::open(&file[..], &Limits::default()).unwrap();
        prop_assert_eq!(table.delimiter(), delimiter);
        let read: Vec<_> = table.map(|r| r.unwrap().cells).collect();
        let written: Vec<Vec<String>> = rows
            .iter()
            .filter(|row| row.iter().any(|c| !csv_cell(c).trim().is_empty()))
            .map(|row| row.iter().map(|c| csv_cell(c).into_owned()).collect())
            .collect();
        prop_assert_eq!(read, written);
    }

    #[test]
    fn no_written_cell_is_a_formula(text in cell()) {
        let guarded = csv_cell(&text);
        let risky = guarded.starts_with(['=', '@', '\t', '\r']);
        prop_assert!(!risky);
        prop_assert!(!guarded.starts_with(['+', '-']) || parse_number(&guarded).is_some());
    }

    #[test]
    fn values_never_panic(text in "\\PC{0,30}", near in "[0-9/:.,+TZhà -]{0,30}") {
        for text in [text, near] {
            let _ = (parse_moment(&text), parse_number(&text));
        }
    }
}

#[test]
fn formulas_are_guarded_and_numbers_are_not() {
    for (cell, written) in [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-12,5", "-12,5"),
        ("+33", "'+33"),
        ("-33", "-33"),
        ("-", "'-"),
        ("-1+1", "'-1+1"),
        ("- un tiret", "'- un tiret"),
        ("\tx", "'\tx"),
        ("bonjour", "bonjour"),
        ("", ""),
    ] {
        assert_eq!(csv_cell(cell), written);
    }
    let mut writer = Writer::new(Vec::new(), ';', true).unwrap();
    writer.row(["é;1", "dit \"oui\"", "=x"]).unwrap();
    writer.row([""]).unwrap();
    assert_eq!(
        String::from_utf8(writer.finish().unwrap()).unwrap(),
        "\u{feff}\"é;1\";\"dit \"\"oui\"\"\";'=x\r\n\"\"\r\n"
    );
    assert!(Writer::new(Vec::new(), 'x', false).is_err());
}
