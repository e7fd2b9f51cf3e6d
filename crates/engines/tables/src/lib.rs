//! Files of contributions, read as people have them, and tables written so that spreadsheets open them safely.
//!
//! Reading is pure and streamed: any [`std::io::Read`] in, typed [`Record`]s out, in memory bounded by [`Limits`].
//!
//! 1. [`Table::open`] decodes (UTF-8, UTF-16, Windows-1252), finds the delimiter and reads the header line.
//! 2. [`recognise`] tells what each column is taken for, and why; the caller may correct it with [`Mapping::set`].
//! 3. [`records`] gives one [`Record`] or one [`Refusal`] per line. A refusal is a stable code with its line, column and value:
//!    the words that a person reads belong to the product.
//!
//! A workbook (`.xlsx`) is first written as text by [`sheet_to_csv`].
//!
//! ```
//! use parvis_tables::{Limits, Table, recognise, records};
//!
//! let file = "Titre;Texte;Quartier\nUn banc;Devant l'école;Gare\n";
//! let limits = Limits::default();
//! let mut table = Table::open(file.as_bytes(), &limits)?;
//! let sample = table.sample(50);
//! let mapping = recognise(table.headers(), &sample);
//! let ideas: Vec<_> = records(file.as_bytes(), &mapping, &limits).collect::<Result<_, _>>()?;
//! assert_eq!(ideas[0].area.as_deref(), Some("Gare"));
//! # Ok::<(), parvis_tables::Refusal>(())
//! ```

mod archive;
mod cells;
mod decode;
mod html;
mod mapping;
mod mask;
mod names;
mod recognise;
mod record;
mod records;
mod refusal;
mod role;
mod sheet;
mod sheet_header;
mod table;
mod text;
mod values;
mod write;

pub use archive::{is_archive, measure_archive};
pub use decode::Encoding;
pub use mapping::{Column, Mapping, MappingError, Why};
pub use mask::mask;
pub use recognise::{is_forbidden, recognise};
pub use record::{Age, Kind, KindName, Moment, Record, Side, Tag};
pub use records::{Ids, Records, records};
pub use refusal::{Code, Refusal, excerpt};
pub use role::Role;
pub use sheet::{Sheet, sheet_to_csv};
pub use table::{Limits, Row, Table};
pub use values::{is_failed_formula, parse_moment, parse_number};
pub use write::{Writer, csv_cell};
