//! Office documents are measured before anybody opens them: by what they say, and by what they are.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

use std::io::{Cursor, Write};

use parvis_tables::{Code, measure_archive};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

const OFFICE: &str = "[Content_Types].xml";

/// An archive of these parts, each of that many zeros.
fn archive(parts: &[(&str, usize)], method: CompressionMethod) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, zeros) in parts {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(&vec![0; *zeros]).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn measured(bytes: &[u8]) -> Result<(), Code> {
    measure_archive(Cursor::new(bytes))
}

#[test]
fn a_document_may_be_large_but_not_a_thousand_times_its_size() {
    let (stored, deflated) = (CompressionMethod::Stored, CompressionMethod::Deflated);
    assert_eq!(measured(&archive(&[(OFFICE, 10), ("word/a.xml", 12 << 20)], deflated)), Ok(()), "small all the same");
    assert_eq!(measured(&archive(&[(OFFICE, 10), ("a.png", 20 << 20)], stored)), Ok(()), "as large as it says");
    assert_eq!(measured(&archive(&[(OFFICE, 10), ("a.xml", 40 << 20)], deflated)), Err(Code::Inflated));
    let many: Vec<String> = (0..10).map(|n| format!("{n}.bin")).collect();
    let many: Vec<(&str, usize)> = many.iter().map(|n| (n.as_str(), 4 << 20)).chain([(OFFICE, 1)]).collect();
    assert_eq!(measured(&archive(&many, deflated)), Err(Code::Inflated), "together, and whatever they are called");
}

#[test]
fn what_an_archive_says_of_itself_proves_nothing() {
    let size: usize = 40 << 20;
    let mut bytes = archive(&[(OFFICE, 10), ("a.xml", size)], CompressionMethod::Deflated);
    let (said, little) = (u32::try_from(size).unwrap().to_le_bytes(), 1000_u32.to_le_bytes());
    let at: Vec<usize> = (0..bytes.len() - 4).filter(|i| bytes[*i..*i + 4] == said).collect();
    assert!(!at.is_empty());
    for i in at {
        bytes[i..i + 4].copy_from_slice(&little);
    }
    assert!(measured(&bytes).is_err());
    // Nor is anything unpacked that says too much.
    let mut bytes = archive(&[(OFFICE, 10), ("a.xml", 1000)], CompressionMethod::Deflated);
    let at: Vec<usize> = (0..bytes.len() - 4).filter(|i| bytes[*i..*i + 4] == little).collect();
    assert!(!at.is_empty());
    for i in at {
        bytes[i..i + 4].copy_from_slice(&0xFFFF_FFF0_u32.to_le_bytes());
    }
    assert_eq!(measured(&bytes), Err(Code::Inflated));
}

#[test]
fn an_archive_that_is_no_office_document_is_none() {
    let plain = archive(&[("readme.txt", 10)], CompressionMethod::Stored);
    assert_eq!(measured(&plain), Err(Code::NotXlsx));
    let whole = archive(&[("mimetype", 40), ("content.xml", 900)], CompressionMethod::Deflated);
    assert_eq!(measured(&whole), Ok(()));
    assert_eq!(measured(&whole[..whole.len() / 2]), Err(Code::BrokenSheet));
    assert_eq!(measured(b"PK\x03\x04"), Err(Code::BrokenSheet));
    let parts: Vec<String> = (0..4100).map(|n| format!("{n}")).collect();
    let parts: Vec<(&str, usize)> = parts.iter().map(|n| (n.as_str(), 0)).chain([(OFFICE, 1)]).collect();
    assert_eq!(measured(&archive(&parts, CompressionMethod::Stored)), Err(Code::Inflated));
}
