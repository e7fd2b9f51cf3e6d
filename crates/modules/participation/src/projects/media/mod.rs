//! Images and files of a project: what the team adds beside its text.

pub mod desk;
mod picture;
pub mod serve;
pub mod store;

use std::io::Cursor;

use parvis_kernel::upload::Received;
use parvis_tables::{Code, is_archive, measure_archive};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use parvis_ui::safe_html::{Picture, picture_line, picture_of};

use crate::{seen::Seen, urls};

pub use picture::MAX_SIDE;

/// Largest file, in bytes.
pub const MAX_BYTES: usize = 10 * 1024 * 1024;
/// Most images and files of one project.
pub const MOST: i64 = 40;
/// Longest alternative text or title, in characters.
pub const MAX_WORDS: usize = 300;

/// An image or a file of a project.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Media {
    /// Key.
    pub id: Uuid,
    /// Its project.
    pub project_id: Uuid,
    /// `image` or `file`.
    pub kind: String,
    /// Name of the file as downloaded.
    pub name: String,
    /// MIME type.
    pub media_type: String,
    /// Size in bytes.
    pub bytes: i64,
    /// Alternative text of an image, title of a file.
    pub words: String,
    /// Width in pixels, 0 for a file.
    pub width: i64,
    /// Height in pixels, 0 for a file.
    pub height: i64,
}

impl Media {
    /// Whether it is shown rather than offered for download.
    #[must_use]
    pub fn is_image(&self) -> bool {
        self.kind == "image"
    }

    /// What a line of a text names it by.
    #[must_use]
    pub fn key(&self) -> String {
        // The random end of its key: one of forty images is found by it.
        self.id.simple().to_string().split_off(24)
    }

    /// The line that shows it inside the text of its project.
    #[must_use]
    pub fn line(&self) -> String {
        picture_line(&self.key(), &self.words)
    }

    /// As a text shows it.
    #[must_use]
    pub fn picture(&self, seen: &Seen) -> Picture {
        let file = urls::ProjectFile { slug: seen.project.slug.clone(), id: self.id };
        let (words, width, height) = (self.words.clone(), self.width, self.height);
        Picture { key: self.key(), src: seen.link(file), words, width, height }
    }

    /// The ending of its name in capitals, as links to files say it: `PDF`.
    #[must_use]
    pub fn ending(&self) -> String {
        self.name.rsplit_once('.').map_or_else(String::new, |(_, e)| e.to_uppercase())
    }

    /// Its size in kilobytes, at least one.
    #[must_use]
    pub fn kilobytes(&self) -> i64 {
        (self.bytes / 1000).max(1)
    }
}

/// Whether a text shows an image.
#[must_use]
pub fn names(text: &str, image: &Media) -> bool {
    let key = image.key();
    text.lines().any(|line| picture_of(line) == Some(&key))
}

/// The lines of a text that name an image which its project does not have.
#[must_use]
pub fn unknown<'a>(text: &'a str, images: &[Media]) -> Vec<&'a str> {
    let keys: Vec<String> = images.iter().filter(|m| m.is_image()).map(Media::key).collect();
    let named = |line: &&str| picture_of(line).is_some_and(|key| !keys.iter().any(|k| k == key));
    text.lines().filter(named).collect()
}

/// A text without its images: those of another project do not come along.
#[must_use]
pub fn without_images(text: &str) -> String {
    if !text.lines().any(|l| picture_of(l).is_some()) {
        return text.to_owned();
    }
    text.lines().filter(|l| picture_of(l).is_none()).collect::<Vec<_>>().join("\n").trim().to_owned()
}

/// Why a file was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaProblem {
    /// Nothing was chosen.
    Missing,
    /// Empty file.
    Empty,
    /// Over [`MAX_BYTES`].
    TooLarge,
    /// Of a kind that is not taken.
    Kind,
    /// Its content is not what its name says, or cannot be read.
    Broken,
    /// An image of too many pixels.
    TooWide,
    /// A document that unpacks to more than anybody's program should be given.
    Inflated,
}

impl MediaProblem {
    /// The end of the key of its words.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Empty => "empty",
            Self::TooLarge => "large",
            Self::Kind => "kind",
            Self::Broken => "broken",
            Self::TooWide => "wide",
            Self::Inflated => "inflated",
        }
    }
}

/// A file that may be kept, as it will be served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// `image` or `file`.
    pub kind: &'static str,
    /// Name with the ending of what it holds.
    pub name: String,
    /// MIME type.
    pub media_type: &'static str,
    /// Content.
    pub bytes: Vec<u8>,
    /// Width and height in pixels of an image, else zero.
    pub size: (u32, u32),
}

/// Kinds of documents taken: ending, type, and how their content begins.
const DOCUMENTS: [(&str, &str, &[u8]); 8] = [
    ("pdf", "application/pdf", b"%PDF-"),
    ("odt", "application/vnd.oasis.opendocument.text", b"PK\x03\x04"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet", b"PK\x03\x04"),
    ("odp", "application/vnd.oasis.opendocument.presentation", b"PK\x03\x04"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK\x03\x04"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x03\x04"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", b"PK\x03\x04"),
    ("csv", "text/csv; charset=utf-8", b""),
];

/// Looks at what a file holds, never at what its sender calls it alone. Images are decoded and written anew, so that
/// no place, camera or hidden content goes online with them. Slow for a large image: not for an async thread.
///
/// # Errors
/// What is wrong with it.
pub fn accept(file: Option<Received>) -> Result<Accepted, MediaProblem> {
    let file = file.ok_or(MediaProblem::Missing)?;
    if file.bytes.is_empty() {
        return Err(MediaProblem::Empty);
    }
    if file.bytes.len() > MAX_BYTES {
        return Err(MediaProblem::TooLarge);
    }
    let ending = file.ending();
    if ["jpg", "jpeg", "png", "webp"].contains(&ending.as_str()) {
        let picture = picture::rewrite(&file.bytes)?;
        let stem = file.name.rsplit_once('.').map_or(file.name.as_str(), |(s, _)| s);
        return Ok(Accepted {
            kind: "image",
            name: format!("{stem}.{}", picture.ending),
            media_type: picture.media_type,
            size: (picture.width, picture.height),
            bytes: picture.bytes,
        });
    }
    let (_, media_type, begin) = DOCUMENTS.iter().find(|(e, ..)| *e == ending).ok_or(MediaProblem::Kind)?;
    let text = *begin == b"" && (file.bytes.contains(&0) || std::str::from_utf8(&file.bytes).is_err());
    if !file.bytes.starts_with(begin) || text {
        return Err(MediaProblem::Broken);
    }
    if is_archive(begin) {
        measure_archive(Cursor::new(&file.bytes)).map_err(|code| match code {
            Code::Inflated => MediaProblem::Inflated,
            _ => MediaProblem::Broken,
        })?;
    }
    Ok(Accepted { kind: "file", name: file.name, media_type, bytes: file.bytes, size: (0, 0) })
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    /// An archive with one part of this many zeros.
    fn archive(part: &str, zeros: usize) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file(part, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&vec![0; zeros]).unwrap();
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn a_document_is_measured_before_it_is_offered_to_everybody() {
        let kinds = ["odt", "ods", "odp", "docx", "xlsx", "pptx"];
        for (i, ending) in kinds.into_iter().enumerate() {
            let part = if i < 3 { "mimetype" } else { "[Content_Types].xml" };
            let name = format!("a.{ending}");
            assert!(accept(received(&name, &archive(part, 1 << 20))).is_ok(), "{ending}");
            let bomb = archive(part, 64 << 20);
            assert!(bomb.len() < 100_000);
            assert_eq!(accept(received(&name, &bomb)), Err(MediaProblem::Inflated), "{ending}");
            assert_eq!(accept(received(&name, &archive("readme.txt", 100))), Err(MediaProblem::Broken), "{ending}");
        }
    }

    fn received(name: &str, bytes: &[u8]) -> Option<Received> {
        Some(Received { name: name.into(), bytes: bytes.to_vec() })
    }

    #[test]
    fn a_text_names_images_of_its_own_project_only() {
        let image = Media {
            id: Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_3f9a_2c1b),
            project_id: Uuid::nil(),
            kind: "image".into(),
            name: "plan.png".into(),
            media_type: "image/png".into(),
            bytes: 1,
            words: "Plan [de] la place".into(),
            width: 2,
            height: 1,
        };
        assert_eq!(image.line(), "![Plan de la place](image:3f9a2c1b)");
        let text = format!("Avant\n{}\n![x](image:other)\nAprès", image.line());
        assert!(names(&text, &image) && !names("![x](image:3f9a2c1)", &image));
        assert_eq!(unknown(&text, std::slice::from_ref(&image)), ["![x](image:other)"]);
        let file = Media { kind: "file".into(), ..image.clone() };
        assert_eq!(unknown(&text, &[file]).len(), 2, "a document is no image");
        assert_eq!(without_images(&text), "Avant\nAprès");
        assert_eq!(without_images("a\n\nb\n"), "a\n\nb\n");
    }

    #[test]
    fn content_counts_not_the_name() {
        assert_eq!(accept(None), Err(MediaProblem::Missing));
        assert_eq!(accept(received("a.pdf", b"")), Err(MediaProblem::Empty));
        assert_eq!(accept(received("a.pdf", b"MZ\x90")), Err(MediaProblem::Broken));
        assert_eq!(accept(received("a.png", b"<svg onload=alert(1)>")), Err(MediaProblem::Broken));
        assert_eq!(accept(received("a.svg", b"<svg/>")), Err(MediaProblem::Kind));
        assert_eq!(accept(received("a.html", b"<script>")), Err(MediaProblem::Kind));
        assert_eq!(accept(received("pdf", b"%PDF-1.7")), Err(MediaProblem::Kind));
        assert_eq!(accept(received("a.csv", b"a;b\0")), Err(MediaProblem::Broken));
        assert_eq!(accept(received("a.csv", b"a;\xe9")), Err(MediaProblem::Broken));
        assert_eq!(accept(received("a.pdf", &vec![b'%'; MAX_BYTES + 1])), Err(MediaProblem::TooLarge));
        assert_eq!(accept(received("a.docx", b"PK\x03\x04 and no archive")), Err(MediaProblem::Broken));
        let plan = accept(received("Plan.PDF", b"%PDF-1.7 ...")).unwrap();
        assert_eq!((plan.kind, plan.media_type, plan.name.as_str()), ("file", "application/pdf", "Plan.PDF"));
    }
}
