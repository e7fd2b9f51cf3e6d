//! The file that an import reads: a text as it is, or what a sheet of a workbook holds, written beside as text.

use std::{
    fs::File,
    io::{self, Read, Seek},
    path::Path,
};

use parvis_tables::{Code, Limits, Refusal, Sheet, is_archive, sheet_to_csv};

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
        let mut text = tempfile::tempfile_in(folder).map_err(unreadable)?;
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
