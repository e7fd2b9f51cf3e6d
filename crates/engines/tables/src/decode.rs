//! From bytes to UTF-8, chunk by chunk.

use std::io::Read;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::refusal::Code;

/// Bytes read at a time, and looked at to tell the encoding.
const CHUNK: usize = 64 * 1024;

/// How the file was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without its mark. Bytes that are not UTF-8 are read as Windows-1252, one by one.
    Utf8,
    /// UTF-16, little end first, as its mark says.
    Utf16Le,
    /// UTF-16, big end first, as its mark says.
    Utf16Be,
    /// Windows-1252, which contains Latin-1: what older French spreadsheets write.
    Windows1252,
}

impl Encoding {
    /// The usual name, to show: "UTF-8", "UTF-16", "Windows-1252".
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le | Self::Utf16Be => "UTF-16",
            Self::Windows1252 => "Windows-1252",
        }
    }
}

/// A source of bytes given as UTF-8, one chunk at a time.
pub(crate) struct Decoder<R> {
    source: R,
    encoding: Encoding,
    /// For every encoding but UTF-8.
    foreign: Option<encoding_rs::Decoder>,
    /// Bytes read and not yet decoded: empty between two chunks, but for the beginning of a character.
    raw: Vec<u8>,
    text: Vec<u8>,
    at: usize,
    left: u64,
    ended: bool,
}

impl<R: Read> Decoder<R> {
    /// Reads the first chunk and tells the encoding.
    pub(crate) fn open(source: R, max_bytes: u64) -> Result<Self, Code> {
        let mut new = Self {
            source,
            encoding: Encoding::Utf8,
            foreign: None,
            raw: Vec::with_capacity(CHUNK + 4),
            text: Vec::new(),
            at: 0,
            left: max_bytes,
            ended: false,
        };
        new.read_chunk()?;
        let (encoding, mark) = sniff(&new.raw)?;
        new.raw.drain(..mark.min(new.raw.len()));
        new.encoding = encoding;
        new.foreign = match encoding {
            Encoding::Utf8 => None,
            Encoding::Utf16Le => Some(UTF_16LE.new_decoder_without_bom_handling()),
            Encoding::Utf16Be => Some(UTF_16BE.new_decoder_without_bom_handling()),
            Encoding::Windows1252 => Some(WINDOWS_1252.new_decoder_without_bom_handling()),
        };
        new.decode_chunk();
        Ok(new)
    }

    pub(crate) fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Decoded bytes not yet consumed: whole characters.
    pub(crate) fn available(&self) -> &[u8] {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Whether what is available is all that is left.
    pub(crate) fn is_last(&self) -> bool {
        self.ended
    }

    pub(crate) fn consume(&mut self, bytes: usize) {
        self.at = (self.at + bytes).min(self.text.len());
    }

    /// Makes something available when nothing is; `false` at the end of the file.
    pub(crate) fn fill(&mut self) -> Result<bool, Code> {
        while self.available().is_empty() {
            if self.ended {
                return Ok(false);
            }
            self.read_chunk()?;
            self.decode_chunk();
        }
        Ok(true)
    }

    fn read_chunk(&mut self) -> Result<(), Code> {
        let mut source = (&mut self.source).take(CHUNK as u64);
        let read = source.read_to_end(&mut self.raw).map_err(|_| Code::Unreadable)?;
        self.ended = read < CHUNK;
        self.left = self.left.checked_sub(read as u64).ok_or(Code::TooLarge)?;
        Ok(())
    }

    fn decode_chunk(&mut self) {
        self.text.clear();
        self.at = 0;
        let Some(decoder) = &mut self.foreign else {
            let kept = decode_utf8(&self.raw, &mut self.text, self.ended);
            self.raw.drain(..self.raw.len() - kept);
            return;
        };
        let room = decoder.max_utf8_buffer_length(self.raw.len()).unwrap_or(CHUNK * 4);
        self.text.resize(room, 0);
        let (_, _, written, _) = decoder.decode_to_utf8(&self.raw, &mut self.text, self.ended);
        self.text.truncate(written);
        self.raw.clear();
    }
}

/// Appends `bytes` to `out`; what is not UTF-8 is read as Windows-1252. Answers how many bytes at the end begin a character that
/// the next chunk will finish: none when this is the `last`.
fn decode_utf8(mut bytes: &[u8], out: &mut Vec<u8>, last: bool) -> usize {
    loop {
        let error = match std::str::from_utf8(bytes) {
            Ok(_) => {
                out.extend_from_slice(bytes);
                return 0;
            }
            Err(error) => error,
        };
        let (good, rest) = bytes.split_at(error.valid_up_to());
        out.extend_from_slice(good);
        let wrong = match error.error_len() {
            Some(wrong) => wrong,
            None if last => rest.len(),
            None => return rest.len(),
        };
        let (wrong, rest) = rest.split_at(wrong.min(rest.len()));
        let (text, _) = WINDOWS_1252.decode_without_bom_handling(wrong);
        out.extend_from_slice(text.as_bytes());
        bytes = rest;
    }
}

/// The encoding that the beginning of a file shows, and the length of its mark.
fn sniff(head: &[u8]) -> Result<(Encoding, usize), Code> {
    if head.starts_with(&[0xef, 0xbb, 0xbf]) {
        refuse_binary(head)?;
        return Ok((Encoding::Utf8, 3));
    }
    if head.starts_with(&[0xff, 0xfe]) {
        return Ok((Encoding::Utf16Le, 2));
    }
    if head.starts_with(&[0xfe, 0xff]) {
        return Ok((Encoding::Utf16Be, 2));
    }
    refuse_binary(head)?;
    let (good, wrong) = count_non_ascii(head);
    Ok((if wrong > good { Encoding::Windows1252 } else { Encoding::Utf8 }, 0))
}

/// Refuses what no text file holds: the signature of a known format, or many control characters. One that got in by mistake is
/// refused with its row.
fn refuse_binary(head: &[u8]) -> Result<(), Code> {
    let signed =
        [&b"PK\x03\x04"[..], b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"{\\rtf"];
    let odd = head.iter().filter(|b| matches!(b, 0..=8 | 11 | 14..=31 | 127)).count();
    if head.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(Code::OldSheet);
    }
    let binary = signed.iter().any(|s| head.starts_with(s)) || (odd > 1 && odd * 50 > head.len());
    if binary { Err(Code::NotText) } else { Ok(()) }
}

/// How many characters past ASCII are good UTF-8, and how many sequences are not.
fn count_non_ascii(mut bytes: &[u8]) -> (usize, usize) {
    let (mut good, mut wrong) = (0, 0);
    while !bytes.is_empty() {
        let (valid, skip) = match std::str::from_utf8(bytes) {
            Ok(text) => (text, bytes.len()),
            Err(e) => {
                let valid = bytes.get(..e.valid_up_to()).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or_default();
                // A character cut by the end of the chunk is no fault.
                wrong += usize::from(e.error_len().is_some());
                (valid, e.valid_up_to() + e.error_len().unwrap_or(bytes.len()))
            }
        };
        good += valid.chars().filter(|c| !c.is_ascii()).count();
        bytes = bytes.get(skip..).unwrap_or_default();
    }
    (good, wrong)
}
