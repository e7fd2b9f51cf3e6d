//! A form with one file: the fields as any form's, the file within bounds.

use axum::extract::Multipart;

use crate::{
    error::{Error, Refusal, Result},
    form::{Form, clean},
};

/// Most bytes of the fields beside the file.
const MAX_FIELDS: usize = 256 * 1024;
/// Most letters kept of a file's name.
const MAX_NAME: usize = 120;

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

/// Reads a multipart form: its fields, and the file of the field `file` if one was chosen. Of a file over `max` bytes
/// `max + 1` are kept, so that the page can say so beside the field.
///
/// # Errors
/// `too_large` when the fields beside the file are; a bad request when the form did not arrive whole.
pub async fn read(mut parts: Multipart, file: &str, max: usize) -> Result<(Form, Option<Received>)> {
    let broken = |_| Error::BadRequest("the file did not arrive whole");
    let (mut form, mut received, mut typed) = (Form::new(), None, 0);
    while let Some(mut part) = parts.next_field().await.map_err(broken)? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == file && part.file_name().is_some() {
            let called = safe_name(part.file_name().unwrap_or_default());
            let mut bytes = Vec::new();
            while let Some(chunk) = part.chunk().await.map_err(broken)? {
                if bytes.len() <= max {
                    bytes.extend_from_slice(&chunk);
                    bytes.truncate(max + 1);
                }
            }
            // A browser sends an empty part when nothing was chosen.
            if !bytes.is_empty() || !called.is_empty() {
                received = Some(Received { name: called, bytes });
            }
            continue;
        }
        let mut value = Vec::new();
        while let Some(chunk) = part.chunk().await.map_err(broken)? {
            typed += chunk.len();
            if typed > MAX_FIELDS {
                return Err(Refusal::TOO_LARGE.into());
            }
            value.extend_from_slice(&chunk);
        }
        form.push(&name, String::from_utf8_lossy(&value));
    }
    Ok((form, received))
}

/// The name of a file, without the folders some browsers send, and no longer than can be read.
#[must_use]
pub fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let last = clean(last).replace(['\n', '\t', '"'], " ");
    let last = last.trim().trim_start_matches('.');
    let letters = last.chars().count();
    // The ending stays: it says what opens the file.
    let from = letters.saturating_sub(MAX_NAME);
    last.chars().skip(from).collect()
}

#[cfg(test)]
mod tests {
    use axum::{
        body::Body,
        extract::{FromRequest, Request},
    };

    use super::*;

    async fn form(body: &str) -> Multipart {
        let request = Request::post("/")
            .header("content-type", "multipart/form-data; boundary=X")
            .body(Body::from(body.to_owned()))
            .unwrap();
        Multipart::from_request(request, &()).await.unwrap()
    }

    fn part(name: &str, file: Option<&str>, value: &str) -> String {
        let file = file.map_or_else(String::new, |f| format!("; filename=\"{f}\""));
        format!("--X\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{value}\r\n")
    }

    #[tokio::test]
    async fn fields_and_the_file_are_read_within_bounds() {
        let body =
            part("mots", None, "Un plan é") + &part("fichier", Some("C:\\plans\\Plan.PDF"), "12345") + "--X--\r\n";
        let (f, file) = read(form(&body).await, "fichier", 4).await.unwrap();
        assert_eq!(f.get("mots"), "Un plan é");
        let file = file.unwrap();
        assert_eq!((file.name.as_str(), file.ending().as_str(), file.bytes.len()), ("Plan.PDF", "pdf", 5));
        let none = part("fichier", Some(""), "") + "--X--\r\n";
        assert!(read(form(&none).await, "fichier", 4).await.unwrap().1.is_none());
        let long = part("mots", None, &"a".repeat(MAX_FIELDS + 1)) + "--X--\r\n";
        assert!(matches!(read(form(&long).await, "fichier", 4).await, Err(Error::Refused(Refusal::TOO_LARGE))));
        assert!(matches!(read(form("--X\r\nContent").await, "fichier", 4).await, Err(Error::BadRequest(_))));
    }

    #[test]
    fn names_have_no_folder_and_keep_their_ending() {
        assert_eq!(safe_name("../../etc/passwd"), "passwd");
        assert_eq!(safe_name(".htaccess"), "htaccess");
        assert_eq!(safe_name("a\"b\n.pdf"), "a b .pdf");
        assert!(safe_name(&format!("{}.pdf", "é".repeat(300))).ends_with("é.pdf"));
    }
}
