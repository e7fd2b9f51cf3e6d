//! The forms of a file, and those that are text: CSV and GeoJSON.

use axum::body::Bytes;
use chrono::{DateTime, SecondsFormat, Utc};
use chrono_tz::Tz;
use parvis_kernel::{
    Error, Result,
    sheet::{Cell, Columns, Row, Rows},
};
use parvis_tables::Writer;

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Semicolons and the UTF-8 mark: what spreadsheets set to French open with a double click.
    Csv,
    /// A workbook.
    Xlsx,
    /// A map layer.
    GeoJson,
}

impl Form {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Csv, Self::Xlsx, Self::GeoJson];

    /// The end of its file name, also its code.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::GeoJson => "geojson",
        }
    }

    /// From its code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.ending() == code)
    }

    /// Its media type.
    #[must_use]
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::GeoJson => "application/geo+json",
        }
    }
}

/// How times are written.
#[derive(Debug, Clone, Copy)]
pub enum Zone {
    /// In the instance's time, as a spreadsheet reads it: for the team.
    Local(Tz),
    /// In UTC, RFC 3339: for programs.
    Utc,
}

impl Zone {
    fn write(self, at: DateTime<Utc>) -> String {
        match self {
            Self::Local(tz) => at.with_timezone(&tz).format("%Y-%m-%d %H:%M:%S").to_string(),
            Self::Utc => at.to_rfc3339_opts(SecondsFormat::Secs, true),
        }
    }
}

fn words(cell: &Cell, zone: Zone) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => text.clone(),
        Cell::Whole(n) => n.to_string(),
        Cell::Number(n) => n.to_string(),
        Cell::At(at) => zone.write(*at),
    }
}

fn json(cell: &Cell, zone: Zone) -> serde_json::Value {
    match cell {
        Cell::Empty => serde_json::Value::Null,
        Cell::Whole(n) => (*n).into(),
        Cell::Number(n) => (*n).into(),
        Cell::Text(_) | Cell::At(_) => words(cell, zone).into(),
    }
}

/// A text file being written.
pub struct Text {
    form: Form,
    columns: Columns,
    zone: Zone,
    rows: Rows,
    begun: bool,
    ended: bool,
    /// Rows so far.
    n: i64,
}

impl Text {
    /// A file to write from these rows.
    #[must_use]
    pub const fn new(form: Form, columns: Columns, zone: Zone, rows: Rows) -> Self {
        Self { form, columns, zone, rows, begun: false, ended: false, n: 0 }
    }

    /// The next piece: its head with the first rows, then rows, then what closes it.
    ///
    /// # Errors
    /// Whatever stopped the rows: the file is cut there, and the browser says so.
    pub async fn next(mut self) -> Result<Option<(Bytes, Self)>> {
        if self.ended {
            return Ok(None);
        }
        let rows = self.rows.recv().await.transpose()?;
        self.ended = rows.is_none();
        let rows = rows.unwrap_or_default();
        let bytes = if self.form == Form::GeoJson { self.features(&rows)? } else { self.lines(&rows)? };
        self.begun = true;
        self.n += i64::try_from(rows.len()).unwrap_or(0);
        Ok(Some((Bytes::from(bytes), self)))
    }

    /// Rows written so far.
    #[must_use]
    pub const fn written(&self) -> i64 {
        self.n
    }

    fn lines(&self, rows: &[Row]) -> Result<Vec<u8>> {
        let mut out = Writer::new(Vec::new(), ';', !self.begun).map_err(Error::other)?;
        if !self.begun {
            out.row(self.columns.iter().map(|(name, _)| name)).map_err(Error::other)?;
        }
        for row in rows {
            out.row(row.cells.iter().map(|c| words(c, self.zone))).map_err(Error::other)?;
        }
        out.finish().map_err(Error::other)
    }

    fn features(&self, rows: &[Row]) -> Result<Vec<u8>> {
        let mut out = String::new();
        if !self.begun {
            out.push_str("{\"type\":\"FeatureCollection\",\"features\":[\n");
        }
        for (i, row) in rows.iter().enumerate() {
            let named = self.columns.iter().zip(&row.cells);
            let properties: serde_json::Map<String, serde_json::Value> =
                named.map(|((name, _), cell)| ((*name).to_owned(), json(cell, self.zone))).collect();
            let properties = serde_json::to_string(&properties).map_err(Error::other)?;
            let place = row.place.as_deref().unwrap_or("null");
            out.push_str(if self.n == 0 && i == 0 { "" } else { ",\n" });
            out.push_str(&format!("{{\"type\":\"Feature\",\"geometry\":{place},\"properties\":{properties}}}"));
        }
        if self.ended {
            out.push_str("\n]}\n");
        }
        Ok(out.into_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use parvis_kernel::sheet;

    const COLUMNS: Columns = &[("nom", "k"), ("n", "k"), ("le", "k")];

    fn rows() -> Rows {
        sheet::start(|sink| {
            Box::pin(async move {
                let at = DateTime::from_timestamp(1_795_507_920, 0).unwrap();
                let row = |name: &str, n: i64| Row::new(vec![name.to_owned().into(), n.into(), at.into()]);
                sink.rows(vec![row("=CMD()", -3)]).await?;
                sink.rows(vec![row("a;\"b\"\nc", 2).at(Some(0.2), Some(48.0))]).await
            })
        })
    }

    async fn whole(form: Form, zone: Zone, rows: Rows) -> String {
        let (mut text, mut all) = (Text::new(form, COLUMNS, zone, rows), Vec::new());
        while let Some((bytes, rest)) = text.next().await.unwrap() {
            all.extend_from_slice(&bytes);
            text = rest;
        }
        String::from_utf8(all).unwrap()
    }

    #[tokio::test]
    async fn a_csv_runs_nothing() {
        let got = whole(Form::Csv, Zone::Local(Tz::Europe__Paris), rows()).await;
        assert_eq!(
            got,
            "\u{feff}nom;n;le\r\n'=CMD();-3;2026-11-24 09:12:00\r\n\"a;\"\"b\"\"\nc\";2;2026-11-24 09:12:00\r\n"
        );
        let none = whole(Form::Csv, Zone::Utc, sheet::start(|_| Box::pin(async { Ok(()) }))).await;
        assert_eq!(none, "\u{feff}nom;n;le\r\n", "a list of nothing still has its head");
    }

    #[tokio::test]
    async fn geojson_has_every_row() {
        let got: serde_json::Value = serde_json::from_str(&whole(Form::GeoJson, Zone::Utc, rows()).await).unwrap();
        let features = got["features"].as_array().unwrap();
        assert_eq!(features.len(), 2);
        assert!(features[0]["geometry"].is_null());
        assert_eq!(features[1]["geometry"]["coordinates"][1], 48.0);
        assert_eq!(features[1]["properties"]["le"], "2026-11-24T08:12:00Z");
        let none = whole(Form::GeoJson, Zone::Utc, sheet::start(|_| Box::pin(async { Ok(()) }))).await;
        assert!(serde_json::from_str::<serde_json::Value>(&none).unwrap()["features"].as_array().unwrap().is_empty());
    }
}
