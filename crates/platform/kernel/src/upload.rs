//! A form with one file: the fields as any form's, the file within bounds.

use axum::{
    extract::{
        DefaultBodyLimit, FromRequest, Multipart, Request,
        multipart::{Field, MultipartError},
    },
    http::StatusCode,
};

use crate::{
    error::{Error, Refusal, Result},
    form::{Form, clean},
};

/// Most bytes of the fields beside the file.
const MAX_FIELDS: usize = 256 * 1024;
/// Most letters kept of a file's name.
const MAX_NAME: usize = 120;
/// Most bytes that are listened to, though a file over its own limit is not kept: a browser that is cut off while it sends
/// shows an error of its own, not our page.
pub const LISTENED: usize = 1 << 30;

/// A file as it arrived. Nothing is known of what it holds: its name and its type are what the sender said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Its name, without folders and control characters.
    pub name: String,
    /// What it holds. One byte more than the limit says that it was longer.
    pub bytes: Vec<u8>,
}

impl Received {
    /// The ending of its name, in lower case, without the dot.
    #[must_use]
    pub fn ending(&self) -> String {
        self.name.rsplit_once('.').map_or_else(String::new, |(_, e)| e.to_lowercase())
    }
}

/// The parts of a form with a file, as long as they may be listened to.
///
/// # Errors
/// A bad request when it is no such form.
pub async fn parts(mut request: Request) -> Result<Multipart> {
    DefaultBodyLimit::max(LISTENED).apply(&mut request);
    Multipart::from_request(request, &()).await.map_err(|_| Error::BadRequest("no file was sent"))
}

/// What came of one more read of a part.
#[derive(Debug)]
pub enum Heard<T> {
    /// This.
    This(T),
    /// Nothing: it is at its end.
    End,
    /// More than is listened to.
    TooMuch,
}

/// Tells a body that goes beyond what is listened to from one that broke on its way.
///
/// # Errors
/// A bad request when it broke.
pub fn heard<T>(read: Result<Option<T>, MultipartError>) -> Result<Heard<T>> {
    match read {
        Ok(Some(this)) => Ok(Heard::This(this)),
        Ok(None) => Ok(Heard::End),
        Err(e) if e.status() == StatusCode::PAYLOAD_TOO_LARGE => Ok(Heard::TooMuch),
        Err(_) => Err(Error::BadRequest("the file did not arrive whole")),
    }
}

/// Reads a multipart form: its fields, and the file of the field `file` if one was chosen. Of a file over `max` bytes
/// `max + 1` are kept, so that the page can say so beside the field, with what was typed in the fields around it.
///
/// # Errors
/// `too_large` when the fields beside the file are; a bad request when the form did not arrive whole.
pub async fn read(request: Request, file: &str, max: usize) -> Result<(Form, Option<Received>)> {
    let mut parts = parts(request).await?;
    let (mut form, mut received, mut typed) = (Form::new(), None, 0);
    loop {
        let mut part = match heard(parts.next_field().await)? {
            Heard::This(part) => part,
            Heard::End => return Ok((form, received)),
            // What follows a file that is far too long is not heard any more.
            Heard::TooMuch if received.is_some() => return Ok((form, received)),
            Heard::TooMuch => return Err(Refusal::TOO_LARGE.into()),
        };
        let name = part.name().unwrap_or_default().to_owned();
        if name == file && part.file_name().is_some() {
            let called = safe_name(part.file_name().unwrap_or_default());
            let bytes = at_most(&mut part, max).await?;
            // A browser sends an empty part when nothing was chosen.
            if !bytes.is_empty() || !called.is_empty() {
                received = Some(Received { name: called, bytes });
            }
            continue;
        }
        let mut value = Vec::new();
        while let Heard::This(chunk) = heard(part.chunk().await)? {
            typed += chunk.len();
            if typed > MAX_FIELDS {
                return Err(Refusal::TOO_LARGE.into());
            }
            value.extend_from_slice(&chunk);
        }
        form.push(&name, String::from_utf8_lossy(&value));
    }
}

/// The bytes of a part: one more than `max` when it is longer, however much longer.
async fn at_most(part: &mut Field<'_>, max: usize) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        match heard(part.chunk().await)? {
            Heard::This(chunk) if bytes.len() <= max => {
                bytes.extend_from_slice(&chunk);
                bytes.truncate(max + 1);
            }
            Heard::This(_) => {}
            Heard::End => return Ok(bytes),
            Heard::TooMuch => {
                bytes.resize(max + 1, 0);
                return Ok(bytes);
            }
        }
    }
}

/// The name of a file, without the folders some browsers send, without marks that would show its ending elsewhere than at
/// its end, and no longer than can be read.
#[must_use]
pub fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let last = clean(last).replace(['\n', '\t', '"'], " ").replace(turns, "");
    let last = last.trim().trim_start_matches('.');
    let letters = last.chars().count();
    // The ending stays: it says what opens the file.
    let from = letters.saturating_sub(MAX_NAME);
    last.chars().skip(from).collect()
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, Bytes};

    use super::*;

    fn form(body: &str) -> Request {
        sent(Body::from(body.to_owned()))
    }

    fn sent(body: Body) -> Request {
        Request::post("/").header("content-type", "multipart/form-data; boundary=X").body(body).unwrap()
    }

    fn part(name: &str, file: Option<&str>, value: &str) -> String {
        let file = file.map_or_else(String::new, |f| format!("; filename=\"{f}\""));
        format!("--X\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{value}\r\n")
    }

    #[tokio::test]
    async fn fields_and_the_file_are_read_within_bounds() {
        let body =
            part("mots", None, "Un plan é") + &part("fichier", Some("C:\\plans\\Plan.PDF"), "12345") + "--X--\r\n";
        let (f, file) = read(form(&body), "fichier", 4).await.unwrap();
        assert_eq!(f.get("mots"), "Un plan é");
        let file = file.unwrap();
        assert_eq!((file.name.as_str(), file.ending().as_str(), file.bytes.len()), ("Plan.PDF", "pdf", 5));
        let none = part("fichier", Some(""), "") + "--X--\r\n";
        assert!(read(form(&none), "fichier", 4).await.unwrap().1.is_none());
        let long = part("mots", None, &"a".repeat(MAX_FIELDS + 1)) + "--X--\r\n";
        assert!(matches!(read(form(&long), "fichier", 4).await, Err(Error::Refused(Refusal::TOO_LARGE))));
        assert!(matches!(read(form("--X\r\nContent"), "fichier", 4).await, Err(Error::BadRequest(_))));
    }

    #[tokio::test]
    async fn what_is_typed_after_a_file_that_is_too_long_is_kept() {
        let long = part("fichier", Some("a.pdf"), &"x".repeat(25 << 20)) + &part("mots", None, "Un plan") + "--X--\r\n";
        let (f, file) = read(form(&long), "fichier", 4).await.unwrap();
        assert_eq!((f.get("mots"), file.unwrap().bytes.len()), ("Un plan", 5));
    }

    #[tokio::test]
    async fn beyond_what_is_listened_to_the_file_is_too_long_and_no_form_is_broken() {
        let head = part("mots", None, "Un plan")
            + "--X\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"a\"\r\n\r\n";
        let mut request = sent(Body::from_stream(futures::stream::iter(
            [Bytes::from(head), Bytes::from("x".repeat(640))].map(Ok::<_, std::io::Error>),
        )));
        DefaultBodyLimit::max(200).apply(&mut request);
        let mut parts = Multipart::from_request(request, &()).await.unwrap();
        // The parts are read ahead: nothing of them is left.
        assert!(matches!(heard(parts.next_field().await).unwrap(), Heard::TooMuch), "too long, not broken");
    }

    #[test]
    fn names_have_no_folder_and_keep_their_ending() {
        assert_eq!(safe_name("../../etc/passwd"), "passwd");
        assert_eq!(safe_name(".htaccess"), "htaccess");
        assert_eq!(safe_name("a\"b\n.pdf"), "a b .pdf");
        assert_eq!(safe_name("facture\u{202e}fdp.exe"), "facturefdp.exe");
        assert!(safe_name(&format!("{}.pdf", "é".repeat(300))).ends_with("é.pdf"));
    }
}
