//! Lists and open data that leave as files, written while they are read.

pub mod bundle;
mod forms;
pub mod leave;
pub mod open;
pub mod pages;
mod xlsx;

use axum::{
    body::{Body, Bytes},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use futures::stream;
use parvis_kernel::{
    Result,
    app::App,
    documents::Documents,
    sheet::{Columns, Rows},
};

pub use forms::{Form, Zone};

/// The rows as a workbook, in a file without a name, once it is its turn.
///
/// # Errors
/// Whatever stopped the rows, or the disk.
pub async fn workbook(documents: &Documents, columns: Columns, zone: Zone, rows: Rows) -> Result<std::fs::File> {
    xlsx::write(documents, columns, zone, rows).await
}

/// The rows as a file to download.
///
/// # Errors
/// When the file can't be made.
pub async fn download(app: &App, name: &str, form: Form, columns: Columns, zone: Zone, rows: Rows) -> Result<Response> {
    let body = match form {
        Form::Xlsx => of_file(workbook(&app.documents, columns, zone, rows).await?),
        Form::Csv | Form::GeoJson => {
            Body::from_stream(stream::try_unfold(forms::Text::new(form, columns, zone, rows), forms::Text::next))
        }
    };
    Ok(attachment(&format!("{name}.{}", form.ending()), form.mime(), body))
}

/// A file that is only for whoever asked: no cache keeps it, no browser opens it in the page.
pub fn attachment(name: &str, mime: &'static str, body: Body) -> Response {
    let disposition = HeaderValue::try_from(format!("attachment; filename=\"{name}\""))
        .unwrap_or_else(|_| HeaderValue::from_static("attachment"));
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(mime)),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, body).into_response()
}

/// What of a file is read at a time.
const BLOCK: usize = 64 * 1024;

/// The bytes of a file, read while they are sent.
pub fn of_file(file: std::fs::File) -> Body {
    let file = tokio::fs::File::from_std(file);
    Body::from_stream(stream::try_unfold(file, |mut file| async move {
        use tokio::io::AsyncReadExt;
        let mut block = vec![0; BLOCK];
        let n = file.read(&mut block).await?;
        block.truncate(n);
        std::io::Result::Ok((n > 0).then(|| (Bytes::from(block), file)))
    }))
}
