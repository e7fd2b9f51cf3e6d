//! Archives, which workbooks and most office documents are: measured before anybody unpacks them.

use std::io::{self, Read, Seek, SeekFrom};

use zip::ZipArchive;

use crate::refusal::Code;

/// Most parts of an archive: a workbook of a hundred sheets has some three hundred.
pub(crate) const MAX_PARTS: u16 = 4000;
/// Most bytes of all parts, unpacked.
pub(crate) const MAX_UNPACKED: u64 = 256 << 20;
/// How many times its size an archive may unpack to. Sheets of the same few cells reach a hundred; what is made to fill a memory,
/// a thousand.
const MAX_RATIO: u64 = 300;
/// What any archive may unpack to, whatever its ratio.
const SMALL: u64 = 16 << 20;

/// Whether a file begins as an archive does: a workbook, perhaps.
#[must_use]
pub fn is_archive(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// Measures an office document: first what it says of its parts, then what they unpack to, as saying it proves nothing. Nothing of
/// it is kept.
///
/// # Errors
/// `not_xlsx` for an archive that is no office document, `broken_sheet`, `inflated`, `unreadable`.
pub fn measure_archive<R: Read + Seek>(mut source: R) -> Result<(), Code> {
    let size = source.seek(SeekFrom::End(0)).map_err(|_| Code::Unreadable)?;
    if parts(&mut source, size).map_err(|_| Code::Unreadable)? > MAX_PARTS {
        return Err(Code::Inflated);
    }
    let room = MAX_UNPACKED.min((size * MAX_RATIO).max(SMALL));
    let mut archive = ZipArchive::new(source).map_err(|_| Code::BrokenSheet)?;
    // Those of Office say what each part is; those of LibreOffice, what they are.
    if !archive.file_names().flatten().any(|n| n == "[Content_Types].xml" || n == "mimetype") {
        return Err(Code::NotXlsx);
    }
    let mut said = 0_u64;
    for i in 0..archive.len() {
        said = said.saturating_add(archive.by_index_raw(i).map_err(|_| Code::BrokenSheet)?.size());
    }
    if said > room {
        return Err(Code::Inflated);
    }
    let mut left = room;
    for i in 0..archive.len() {
        let part = archive.by_index(i).map_err(|_| Code::BrokenSheet)?;
        // One byte more than there is room for tells that it is too much.
        let read = io::copy(&mut part.take(left + 1), &mut io::sink()).map_err(|_| Code::BrokenSheet)?;
        left = left.checked_sub(read).ok_or(Code::Inflated)?;
    }
    Ok(())
}

/// How many parts the end of an archive announces: that many are made room for.
pub(crate) fn parts<R: Read + Seek>(source: &mut R, size: u64) -> io::Result<u16> {
    const END: usize = 22;
    source.seek(SeekFrom::Start(size.saturating_sub(66_000)))?;
    let mut tail = Vec::new();
    source.take(66_000).read_to_end(&mut tail)?;
    let at = tail.windows(END).rposition(|w| w.starts_with(b"PK\x05\x06"));
    let count = at.and_then(|at| tail.get(at + 10..at + 12)).and_then(|b| b.try_into().ok());
    source.rewind()?;
    Ok(count.map_or(0, u16::from_le_bytes))
}
