//! Bytes, encodings, delimiters, quotes, limits.
// Helpers outside a `#[test]` function: clippy does not see that they are of tests.
#![allow(clippy::unwrap_used)]

mod common;

use std::io::{self, Read};

use common::{good, mapping, read, refused};
use parvis_tables::{Code, Encoding, Limits, Row, Table, records};

fn open(file: &[u8]) -> Result<Table<&[u8]>, Code> {
    Table::open(file, &Limits::default()).map_err(|r| r.code)
}

fn rows(file: &[u8]) -> Vec<Row> {
    open(file).unwrap().collect::<Result<_, _>>().unwrap()
}

fn cells(file: &[u8]) -> Vec<Vec<String>> {
    rows(file).into_iter().map(|r| r.cells).collect()
}

const TEXT: &str = "titre;texte\r\nÉté;« cœur » à 5 €\r\n";

#[test]
fn every_encoding_gives_the_same_text() {
    let utf16 =
        |order: fn(u16) -> [u8; 2]| -> Vec<u8> { format!("\u{feff}{TEXT}").encode_utf16().flat_map(order).collect() };
    let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(TEXT);
    let files = [
        (TEXT.as_bytes().to_vec(), Encoding::Utf8),
        (format!("\u{feff}{TEXT}").into_bytes(), Encoding::Utf8),
        (utf16(u16::to_le_bytes), Encoding::Utf16Le),
        (utf16(u16::to_be_bytes), Encoding::Utf16Be),
        (latin.into_owned(), Encoding::Windows1252),
    ];
    for (file, encoding) in files {
        let table = open(&file).unwrap();
        assert_eq!(table.encoding(), encoding);
        assert_eq!((table.delimiter(), table.headers()), (';', &["titre".to_owned(), "texte".to_owned()][..]));
        assert_eq!(cells(&file), [["Été", "« cœur » à 5 €"]], "{encoding:?}");
    }
}

#[test]
fn an_accent_after_the_first_chunk_is_read() {
    let mut file = b"titre,texte\n".to_vec();
    for i in 0..20_000 {
        file.extend_from_slice(format!("a{i},plain\n").as_bytes());
    }
    let mut latin = file.clone();
    latin.extend_from_slice(b"caf\xe9,fin\n");
    file.extend_from_slice("café,fin\n".as_bytes());
    for file in [file, latin] {
        assert_eq!(cells(&file).last().unwrap(), &["café", "fin"]);
    }
}

/// A reader that gives one byte at a time, and is interrupted now and then.
struct Slow<'a>(&'a [u8], bool);

impl Read for Slow<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.1 = !self.1;
        if self.1 {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let (Some((first, rest)), Some(slot)) = (self.0.split_first(), out.first_mut()) else {
            return Ok(0);
        };
        *slot = *first;
        self.0 = rest;
        Ok(1)
    }
}

#[test]
fn a_slow_reader_and_a_failing_one() {
    let table = Table::open(Slow(TEXT.as_bytes(), false), &Limits::default()).unwrap();
    assert_eq!(table.map(|r| r.unwrap().cells).collect::<Vec<_>>(), cells(TEXT.as_bytes()));
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::ErrorKind::ConnectionReset.into())
        }
    }
    assert_eq!(Table::open(Broken, &Limits::default()).err().map(|r| r.code), Some(Code::Unreadable));
}

#[test]
fn delimiters() {
    for (file, delimiter) in [
        ("a,b\n1,2\n", ','),
        ("a;b\n1,5;2,5\n", ';'),
        ("a\tb\n1,5;x\t2\n", '\t'),
        ("seule\nligne\n", ','),
        ("sep=;\r\na,b;c\r\n1;2\r\n", ';'),
        ("titre;texte\n\"a, b, c\";\"d; e\"\n", ';'),
    ] {
        assert_eq!(open(file.as_bytes()).unwrap().delimiter(), delimiter, "{file}");
    }
    let announced = rows(b"sep=;\r\na;b\r\n1;2\r\n");
    assert_eq!((announced[0].line, announced[0].cells.len()), (3, 2));
}

#[test]
fn what_is_not_text_is_refused() {
    for file in [
        &b"PK\x03\x04 rest of a spreadsheet"[..],
        b"a\0;\0b\0\n\0;\0c\0",
        b"%PDF-1.7",
        b"\x89PNG\r\n",
        b"\x01\x02\x03\x04",
    ] {
        assert_eq!(open(file).err(), Some(Code::NotText));
    }
    for file in [&b""[..], b"\n\n\r\n", b"   \n", b"\xef\xbb\xbf", b"\xff\xfe", b";;;\n1;2\n"] {
        assert_eq!(open(file).err(), Some(Code::EmptyFile), "{file:?}");
    }
    assert_eq!(read(b"titre\n").len(), 0);
}

#[test]
fn a_nul_takes_its_row_away_and_no_other() {
    let all = read(b"titre;texte\na;b\nc;\0d\ne;f\n");
    let refused: Vec<_> = all.iter().filter_map(|r| r.as_ref().err()).map(|r| (r.code, r.line)).collect();
    assert_eq!((refused, all.len()), (vec![(Code::NulByte, Some(3))], 3));
}

#[test]
fn a_row_too_wide_keeps_its_cells() {
    let mut table = Table::open(&b"a;b\n1;2;;3\n4;5;;\n"[..], &Limits::default()).unwrap();
    let refusal = table.next().unwrap().unwrap_err();
    assert_eq!((refusal.code, refusal.cells), (Code::RowTooWide, vec!["1".to_owned(), "2;;3".to_owned()]));
    assert_eq!(table.next().unwrap().unwrap().cells, ["4", "5"], "blank cells at the end are no cells");
    // However wide, it is kept in bounded memory.
    let limits = Limits { max_cell_bytes: 20, ..Limits::default() };
    let wide = format!("a;b\n1;2{}3\n", ";".repeat(100_000));
    let refusal = Table::open(wide.as_bytes(), &limits).unwrap().next().unwrap().unwrap_err();
    assert!(refusal.cells.iter().map(String::len).sum::<usize>() < 100);
}

#[test]
fn an_unclosed_quote_says_how_many_lines_it_took() {
    for (file, lines) in [
        ("titre;texte\n\"a;b\nc;d\ne;f\n", 2),
        ("titre;texte\n\"a;b\nc;d\ne;f", 2),
        ("titre;texte\r\n\"a;b\r\nc;d\r\n", 1),
        ("titre;texte\n\"a\"x;b\nc;d\n", 0),
    ] {
        let refusal = Table::open(file.as_bytes(), &Limits::default()).unwrap().next().unwrap().unwrap_err();
        assert_eq!((refusal.code, refusal.swallowed), (Code::BrokenQuotes, lines), "{file}");
    }
}

#[test]
fn limits_stop_with_their_line() {
    let limits = Limits { max_bytes: 200_000, max_rows: 3, max_cell_bytes: 20, ..Limits::default() };
    let file = b"titre,texte\na,b\nc,d\ne,f\ng,h\ni,j\n";
    let all: Vec<_> = records(&file[..], &mapping(file), &limits).collect();
    assert_eq!(all.len(), 4);
    assert_eq!(all[3].as_ref().err().map(|r| (r.code, r.line)), Some((Code::TooManyRows, Some(5))));

    let long = format!("titre,texte\na,b\nc,{}\ne,f\n", "é".repeat(11));
    let all: Vec<_> = records(long.as_bytes(), &mapping(file), &limits).collect();
    let refusal = all[1].as_ref().unwrap_err();
    assert_eq!((refusal.code, refusal.line, refusal.column.as_deref()), (Code::CellTooLarge, Some(3), Some("texte")));
    assert!(all[2].is_ok(), "the rows after it are read");

    let big = [b"titre,texte\n".to_vec(), b"a,b\n".repeat(100_000)].concat();
    let limits = Limits { max_rows: u64::MAX, ..limits };
    let last = records(&big[..], &mapping(file), &limits).last().unwrap().unwrap_err();
    assert_eq!(last.code, Code::TooLarge);
    assert!(last.line.is_some_and(|l| l > 10_000));
}

#[test]
fn a_lost_quote_in_an_endless_file_keeps_memory_bounded() {
    // A gigabyte after a lost quote: the cell is dropped as it is read.
    let endless = io::repeat(b'x').take(1 << 30);
    let file = (&b"titre,texte\na,\"b\n"[..]).chain(endless);
    let limits = Limits { max_bytes: 8 << 20, ..Limits::default() };
    let all: Vec<_> = records(file, &mapping(b"titre,texte\n"), &limits).collect();
    assert_eq!(all.iter().map(|r| r.as_ref().err().map(|r| r.code)).collect::<Vec<_>>(), [Some(Code::TooLarge)]);
}

#[test]
fn quotes() {
    assert_eq!(cells(b"a,b\n\"x \"\"y\"\"\",\"1\n2\"\n\"\",\"\"\"\"\n"), [["x \"y\"", "1\n2"], ["", "\""]]);
    assert_eq!(cells(b"a,b\n\"x\"  ,5\" tube\n"), [["x  ", "5\" tube"]]);
    assert_eq!(refused(b"titre,texte\na,b\nc,\"d\ne,f\n"), [("broken_quotes", Some(3), Some("texte".to_owned()))]);
    for broken in ["\"x\"y,b", "\"x\"y\"z\",b", "\"x\"y\"\",b"] {
        let file = format!("titre,texte\n{broken}\nc,d\n");
        let all = read(file.as_bytes());
        assert_eq!(all[0].as_ref().err().map(|r| (r.code, r.line)), Some((Code::BrokenQuotes, Some(2))), "{broken}");
        assert!(all[1].is_ok(), "{broken}");
    }
}

#[test]
fn rows_too_wide_or_short_or_blank() {
    let file = b"titre;texte\na;b;;;\nc\n;;\n\na;b;c\nz;y\n";
    assert_eq!(refused(file), [("row_too_wide", Some(6), None)]);
    let all: Vec<_> = read(file).into_iter().filter_map(Result::ok).collect();
    assert_eq!(all.iter().map(|r| (r.line, r.title.as_str())).collect::<Vec<_>>(), [(2, "a"), (3, "c"), (7, "z")]);
    let wide = vec!["x"; 600].join(",");
    assert_eq!(open(wide.as_bytes()).err(), Some(Code::TooManyColumns));
}

#[test]
fn lines_are_counted_whatever_ends_them() {
    for end in ["\n", "\r\n", "\r"] {
        let file = ["titre,texte", "", "a,\"1", "2\"", "b,c"].join(end);
        assert_eq!(rows(file.as_bytes()).iter().map(|r| r.line).collect::<Vec<_>>(), [3, 5], "{end:?}");
    }
}

#[test]
fn texts_are_cleaned_and_nothing_more() {
    let file =
        "titre,texte\n\u{a0} E\u{301}te\u{301} \u{1},\"l'un\r\nl'autre\rfin \u{200f}שלום 👩\u{200d}🌾\"\n'=1+1,'90\n";
    let all = good(file.as_bytes());
    assert_eq!((all[0].title.as_str(), all[0].text.as_str()), ("Été", "l'un\nl'autre\nfin \u{200f}שלום 👩\u{200d}🌾"));
    assert_eq!((all[1].title.as_str(), all[1].text.as_str()), ("=1+1", "'90"));
}

#[test]
fn codes_have_distinct_names() {
    let names: std::collections::HashSet<_> = Code::ALL.iter().map(|c| c.as_str()).collect();
    assert_eq!(names.len(), Code::ALL.len());
}
