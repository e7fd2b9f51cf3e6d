//! Rows that leave the instance: lists of the desk and open data, told column by column and made while they are read.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use tokio::sync::mpsc;

use crate::{
    app::App,
    context::Ctx,
    error::{Error, Result},
    form::Form,
    permission::Right,
};

/// What a cell holds, before it is written in a form.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A number with decimals.
    Number(f64),
    /// An instant.
    At(DateTime<Utc>),
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

impl From<i64> for Cell {
    fn from(n: i64) -> Self {
        Self::Whole(n)
    }
}

impl From<f64> for Cell {
    fn from(n: f64) -> Self {
        Self::Number(n)
    }
}

impl From<DateTime<Utc>> for Cell {
    fn from(at: DateTime<Utc>) -> Self {
        Self::At(at)
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// As many cells as there are columns.
    pub cells: Vec<Cell>,
    /// Where it is: a GeoJSON geometry in WGS 84.
    pub place: Option<String>,
}

impl Row {
    /// A row that is nowhere.
    #[must_use]
    pub const fn new(cells: Vec<Cell>) -> Self {
        Self { cells, place: None }
    }

    /// The same row at a point, when both coordinates are known.
    #[must_use]
    pub fn at(mut self, lon: Option<f64>, lat: Option<f64>) -> Self {
        if let (Some(lon), Some(lat)) = (lon, lat) {
            self.place = Some(format!("{{\"type\":\"Point\",\"coordinates\":[{lon:.6},{lat:.6}]}}"));
        }
        self
    }
}

/// Column names, each with the key of the line that explains it.
pub type Columns = &'static [(&'static str, &'static str)];

/// Chunks that may wait for whoever writes the file: a slow reader holds the database no longer than that.
const AHEAD: usize = 4;

/// Where rows go.
#[derive(Debug, Clone)]
pub struct Sink(mpsc::Sender<Result<Vec<Row>>>);

impl Sink {
    /// Hands rows on, and waits while the reader has enough.
    ///
    /// # Errors
    /// When nobody reads any more: the work can stop.
    pub async fn rows(&self, rows: Vec<Row>) -> Result<()> {
        self.0.send(Ok(rows)).await.map_err(|_| Error::other("nobody reads the rows any more"))
    }
}

/// Rows in chunks, or why there are no more.
pub type Rows = mpsc::Receiver<Result<Vec<Row>>>;

/// Starts `work` in the background, and gives what it hands on.
pub fn start(work: impl FnOnce(Sink) -> BoxFuture<'static, Result<()>>) -> Rows {
    let (send, rows) = mpsc::channel(AHEAD);
    let made = work(Sink(send.clone()));
    tokio::spawn(async move {
        if let Err(e) = made.await {
            // Nobody may be there any more to hear it.
            let _ = send.send(Err(e)).await;
        }
    });
    rows
}

/// A list of the desk that may leave as a file, narrowed as the list is.
#[derive(Clone, Copy)]
pub struct DeskList {
    /// Its code, also the file's name.
    pub code: &'static str,
    /// Key of its title.
    pub key: &'static str,
    /// Who may have it; the rows keep to the person's own projects.
    pub right: Right,
    /// Columns.
    pub columns: Columns,
    /// The fields of the address that narrow it.
    pub filters: &'static [&'static str],
    /// Whether rows have a place, so that a map can show them.
    pub located: bool,
    /// What makes the rows, from the filter.
    pub rows: fn(Ctx, Form, Sink) -> BoxFuture<'static, Result<()>>,
}

impl std::fmt::Debug for DeskList {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code)
    }
}

/// A set of open data: what is public, and nobody.
#[derive(Clone, Copy)]
pub struct OpenData {
    /// Name of its file, without ending.
    pub file: &'static str,
    /// Key of its title.
    pub key: &'static str,
    /// Columns.
    pub columns: Columns,
    /// Whether rows have a place.
    pub located: bool,
    /// What makes the rows.
    pub rows: fn(Arc<App>, Sink) -> BoxFuture<'static, Result<()>>,
}

impl std::fmt::Debug for OpenData {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn rows_come_in_order_and_an_error_ends_them() {
        let mut rows = start(|sink| {
            Box::pin(async move {
                for n in 0..10 {
                    sink.rows(vec![Row::new(vec![Cell::Whole(n)])]).await?;
                }
                Err(Error::other("cut"))
            })
        });
        let mut seen = Vec::new();
        let mut cut = false;
        while let Some(chunk) = rows.recv().await {
            match chunk {
                Ok(chunk) => seen.extend(chunk.into_iter().flat_map(|r| r.cells)),
                Err(_) => cut = true,
            }
        }
        assert!(cut && seen == (0..10).map(Cell::Whole).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_nowhere_has_no_point() {
        assert_eq!(Row::new(vec![]).at(Some(0.1), None).place, None);
        let at = Row::new(vec![]).at(Some(0.1), Some(48.0)).place.unwrap();
        assert_eq!(at, "{\"type\":\"Point\",\"coordinates\":[0.100000,48.000000]}");
        assert_eq!(Cell::from(String::new()), Cell::Empty);
    }
}
