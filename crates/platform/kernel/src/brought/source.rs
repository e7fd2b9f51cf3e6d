//! The file that an import reads: a text as it is, or what a sheet of a workbook holds, written beside as text.

use std::{
    fs::File,
    io::{self, Read, Seek},
    path::Path,
};

use parvis_tables::{Code, Limits, Refusal, Sheet, Table, is_archive, sheet_to_csv};

use crate::app::App;

/// Rows looked at to tell what each column is.
const SAMPLE: usize = 50;

/// A file ready to be read, several times, one after the other.
#[derive(Debug)]
pub struct Source {
    file: File,
    limits: Limits,
    /// The sheet that was read, of a workbook.
    pub sheet: Option<Sheet>,
}

impl Source {
    /// Takes a file; of a workbook the sheet of this name, or the first that holds something. A workbook is unpacked into
    /// `folder`, in a file without a name that is gone with the program. Blocks: not for the async threads.
    ///
    /// # Errors
    /// What is wrong with the file as a whole.
    pub fn new(mut file: File, folder: &Path, sheet: Option<&str>) -> Result<Self, Refusal> {
        let unreadable = |_: io::Error| Refusal::file(Code::Unreadable);
        let limits = Limits::default();
        let mut head = Vec::new();
        (&mut file).take(8).read_to_end(&mut head).map_err(unreadable)?;
        if !is_archive(&head) {
            if sheet.is_some() {
                return Err(Refusal::file(Code::UnknownSheet));
            }
            return Ok(Self { file, limits, sheet: None });
        }
        let mut text = tempfile::tempfile_in(folder).map_err(|e| Refusal::file(Code::of_disk(&e)))?;
        let sheet = sheet_to_csv(file, &mut text, &limits, sheet)?;
        Ok(Self { file: text, limits: Limits { row_is_line: true, ..limits }, sheet: Some(sheet) })
    }

    /// Takes a text that an earlier [`Source`] gave; of a workbook, a row is a line.
    #[must_use]
    pub fn text(file: File, from_sheet: bool) -> Self {
        Self { file, limits: Limits { row_is_line: from_sheet, ..Limits::default() }, sheet: None }
    }

    /// The text from its beginning. What was opened before must not be read any more.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn open(&self) -> io::Result<File> {
        let mut file = self.file.try_clone()?;
        file.rewind()?;
        Ok(file)
    }

    /// How much is read at most.
    #[must_use]
    pub fn limits(&self) -> Limits {
        self.limits
    }
}

/// What a file looks like.
#[derive(Debug)]
pub struct Look<M> {
    /// What each column is taken for.
    pub mapping: M,
    /// How the bytes were read.
    pub encoding: &'static str,
    /// What separates the cells.
    pub delimiter: char,
    /// How many there are.
    pub columns: usize,
    /// Some rows.
    pub sample: Vec<Vec<String>>,
}

impl<M> Look<M> {
    /// Tells what each column of a file is, by its header and some rows.
    ///
    /// # Errors
    /// What is wrong with the file as a whole.
    pub fn at(source: &Source, recognise: impl FnOnce(&[String], &[Vec<String>]) -> M) -> Result<Self, Refusal> {
        let file = source.open().map_err(|_| Refusal::file(Code::Unreadable))?;
        Self::of(file, &source.limits(), recognise)
    }

    /// Looks at the beginning of a text; of a workbook, a row is a line.
    ///
    /// # Errors
    /// What is wrong with the file as a whole.
    pub fn head(
        text: &[u8],
        from_sheet: bool,
        recognise: impl FnOnce(&[String], &[Vec<String>]) -> M,
    ) -> Result<Self, Refusal> {
        Self::of(text, &Limits { row_is_line: from_sheet, ..Limits::default() }, recognise)
    }

    /// How the file was read, as it is kept: of a workbook its sheet, else its encoding and what separates its cells.
    #[must_use]
    pub fn read_as(&self, sheet: Option<&str>) -> String {
        match (sheet, self.delimiter) {
            (Some(name), _) => format!("sheet {name}"),
            (None, '\t') => format!("{} t", self.encoding),
            (None, delimiter) => format!("{} {delimiter}", self.encoding),
        }
    }

    fn of(
        text: impl Read,
        limits: &Limits,
        recognise: impl FnOnce(&[String], &[Vec<String>]) -> M,
    ) -> Result<Self, Refusal> {
        let mut table = Table::open(text, limits)?;
        let sample = table.sample(SAMPLE);
        let mapping = recognise(table.headers(), &sample);
        let (encoding, delimiter, columns) = (table.encoding().name(), table.delimiter(), table.headers().len());
        Ok(Self { mapping, encoding, delimiter, columns, sample })
    }
}

/// A file that was read once, to be kept.
#[derive(Debug)]
pub struct Received<M> {
    /// The sheet that was read, of a workbook.
    pub sheet: Option<Sheet>,
    /// What it looks like.
    pub look: Look<M>,
    /// Its text.
    pub text: File,
    /// The file itself, once more.
    pub book: File,
}

impl<M: Send + 'static> Received<M> {
    /// Reads a file off the async threads; of a workbook the sheet of this name, or the first.
    ///
    /// # Errors
    /// What is wrong with the file as a whole.
    pub async fn read(
        app: &App,
        file: File,
        sheet: Option<String>,
        recognise: fn(&[String], &[Vec<String>]) -> M,
    ) -> Result<Self, Refusal> {
        let folder = app.data_dir.clone();
        let unreadable = |_: io::Error| Refusal::file(Code::Unreadable);
        let (mut head, mut first) = (Vec::new(), file.try_clone().map_err(unreadable)?);
        (&mut first).take(4).read_to_end(&mut head).map_err(unreadable)?;
        first.rewind().map_err(unreadable)?;
        let read = tokio::task::spawn_blocking(move || {
            let unreadable = |_| Refusal::file(Code::Unreadable);
            let book = file.try_clone().map_err(unreadable)?;
            let source = Source::new(file, &folder, sheet.as_deref())?;
            let look = Look::at(&source, recognise)?;
            let text = source.open().map_err(unreadable)?;
            Ok(Self { sheet: source.sheet, look, text, book })
        });
        // A panic of the library that reads workbooks is a damaged workbook.
        let panic = if is_archive(&head) { Code::BrokenSheet } else { Code::Unreadable };
        read.await.unwrap_or_else(|_| Err(Refusal::file(panic)))
    }
}
