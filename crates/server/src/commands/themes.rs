//! `parvis themes`: the themes of any CSV file, by the same engine as the analysis page.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::PathBuf,
};

use parvis_kernel::words::Word;
use parvis_tables::{Limits, Table};
use parvis_themes::{Language, Options, Text, Themes, find_themes, measure};
use serde_json::json;

use super::CommandError;
use crate::terminal;

/// What `parvis themes` takes.
#[derive(Debug, Clone, clap::Args)]
pub struct ThemesArgs {
    /// The CSV file, in any usual encoding and with any usual delimiter
    #[arg(value_name = "FILE.csv")]
    pub file: PathBuf,
    /// Column of the texts; given several times, the columns are read together
    #[arg(long, value_name = "COLUMN", required = true)]
    pub text: Vec<String>,
    /// Column of known groups, to measure the themes against
    #[arg(long, value_name = "COLUMN")]
    pub label: Option<String>,
    /// Write one JSON record per row, in the file's order, each with its theme
    #[arg(long)]
    pub json: bool,
    /// Language of the texts: fr, en, es, de, nl or it
    #[arg(long, value_name = "CODE", default_value = "fr", value_parser = language)]
    pub lang: Language,
}

fn language(code: &str) -> Result<Language, String> {
    Language::from_code(code).ok_or_else(|| "one of fr, en, es, de, nl, it is needed".to_owned())
}

/// Reads the file, finds the themes, writes them on standard output.
///
/// # Errors
/// The file can't be read, a column does not exist, the output is full.
pub fn run(args: &ThemesArgs) -> Result<(), CommandError> {
    let rows = read(args)?;
    let texts: Vec<Text<'_>> = rows.iter().map(|r| Text::from(r.body.as_str())).collect();
    let found = find_themes(&texts, &Options { language: args.lang, ..Options::default() });
    let mut out = BufWriter::new(io::stdout().lock());
    let written = if args.json { write_json(&mut out, &rows, &found) } else { write_plain(&mut out, &rows, &found) };
    match written.and_then(|()| measures(&mut out, args, &rows, &found)).and_then(|()| out.flush()) {
        // `parvis themes … | head` closes early, which is no fault.
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other.map_err(|e| CommandError::told("cli-result-unwritten", &[("said", &e.to_string())])),
    }
}

/// A row of the file. A row that can't be read keeps its place, without text.
struct Row {
    line: Option<u64>,
    body: String,
    label: String,
    refused: Option<&'static str>,
}

fn read(args: &ThemesArgs) -> Result<Vec<Row>, CommandError> {
    let name = args.file.display().to_string();
    let unread = |said: String| CommandError::told("cli-cannot-read", &[("file", &name), ("said", &said)]);
    let file = File::open(&args.file).map_err(|e| unread(e.to_string()))?;
    let refused = |r: &parvis_tables::Refusal| {
        let why = terminal::line(&format!("import-refused-{}", r.code.as_str().replace('_', "-")), &[]);
        CommandError::told("cli-of-file", &[("file", &name), ("why", &why)])
    };
    let table = Table::open(io::BufReader::new(file), &Limits::default()).map_err(|r| refused(&r))?;
    let headers = table.headers().to_vec();
    let place = |column: &str| {
        headers.iter().position(|h| h == column).ok_or_else(|| {
            let known: Vec<&str> = headers.iter().map(String::as_str).filter(|h| !h.is_empty()).collect();
            CommandError::told("cli-set-unknown", &[("column", &column), ("columns", &known.join(", "))])
        })
    };
    let bodies = args.text.iter().map(|c| place(c)).collect::<Result<Vec<_>, _>>()?;
    let label = args.label.as_deref().map(place).transpose()?;
    let mut rows = Vec::new();
    for row in table {
        match row {
            Ok(row) => {
                let cell = |at: usize| row.cells.get(at).map_or("", |c| c.trim());
                let parts: Vec<&str> = bodies.iter().map(|at| cell(*at)).filter(|p| !p.is_empty()).collect();
                let label = label.map_or("", cell).to_owned();
                rows.push(Row { line: Some(row.line), body: parts.join("\n"), label, refused: None });
            }
            Err(r) if r.code.is_fatal() => return Err(refused(&r)),
            Err(r) => rows.push(Row {
                line: r.line,
                body: String::new(),
                label: String::new(),
                refused: Some(r.code.as_str()),
            }),
        }
    }
    Ok(rows)
}

/// One record per row: its place, its theme's number (0 for the largest) and label, or null for both.
fn write_json(out: &mut impl Write, rows: &[Row], found: &Themes) -> io::Result<()> {
    for (i, row) in rows.iter().enumerate() {
        let theme = found.assignment.get(i).copied().flatten();
        let label = theme.and_then(|t| found.themes.get(t)).map(|t| t.label.as_str());
        let mut record = json!({ "row": i + 1, "line": row.line, "theme": theme, "label": label });
        if let (Some(code), Some(fields)) = (row.refused, record.as_object_mut()) {
            fields.insert("refused".to_owned(), json!(code));
        }
        writeln!(out, "{record}")?;
    }
    Ok(())
}

fn write_plain(out: &mut impl Write, rows: &[Row], found: &Themes) -> io::Result<()> {
    let (texts, themes, classed) = (rows.len(), found.themes.len(), found.notes.classified);
    let counts: [(&str, &dyn Word); 3] = [("texts", &texts), ("themes", &themes), ("classed", &classed)];
    writeln!(out, "{}", terminal::line("cli-themes-found", &counts))?;
    let refused = rows.iter().filter(|r| r.refused.is_some()).count();
    if refused > 0 {
        writeln!(out, "{}", terminal::line("cli-themes-refused", &[("n", &refused)]))?;
    }
    for theme in &found.themes {
        writeln!(out, "{:>7}  {}", theme.members.len(), theme.label)?;
    }
    Ok(())
}

/// How well the themes agree with the known groups. Beside JSON records it goes to standard error.
fn measures(out: &mut impl Write, args: &ThemesArgs, rows: &[Row], found: &Themes) -> io::Result<()> {
    let Some(column) = &args.label else { return Ok(()) };
    let known: Vec<&str> = rows.iter().map(|r| r.label.as_str()).collect();
    let a = measure::agreement(&found.assignment, &known);
    let [nmi, ami, ari] = [a.nmi, a.ami, a.ari].map(|value| format!("{value:.3}"));
    let measured: [(&str, &dyn Word); 4] = [("column", column), ("nmi", &nmi), ("ami", &ami), ("ari", &ari)];
    let line = terminal::line("cli-themes-measured", &measured);
    if args.json { writeln!(io::stderr(), "{line}") } else { writeln!(out, "{line}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(file: PathBuf, text: &str, label: Option<&str>) -> ThemesArgs {
        ThemesArgs { file, text: vec![text.into()], label: label.map(Into::into), json: true, lang: Language::Fr }
    }

    #[test]
    fn an_unknown_column_names_those_that_exist() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("idees.csv");
        std::fs::write(&path, "titre;texte\nBanc;Un banc devant l’école\n").unwrap();
        let line = run(&args(path.clone(), "body", None)).unwrap_err().line;
        assert!(line.contains("body") && line.ends_with("titre, texte") && !line.contains('\n'), "{line}");
        let line = run(&args(path, "texte", Some("tag"))).unwrap_err().line;
        assert!(line.contains("tag"), "{line}");
        assert!(run(&args(dir.path().join("none.csv"), "a", None)).unwrap_err().line.contains("none.csv"));
    }

    #[test]
    fn each_row_keeps_its_place_even_one_that_cannot_be_read() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("idees.csv");
        std::fs::write(&path, "texte,tag\nUn vélo,a\ntrop,de,cellules,ici\n\nUn banc,b\n").unwrap();
        let rows = read(&args(path, "texte", Some("tag"))).unwrap();
        let mut out = Vec::new();
        let found = Themes { assignment: vec![None; 3], ..Themes::default() };
        write_json(&mut out, &rows, &found).unwrap();
        let lines: Vec<serde_json::Value> =
            String::from_utf8(out).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        assert_eq!(lines.len(), 3);
        assert!(lines.iter().all(|l| l["theme"].is_null()));
        assert_eq!(lines[1]["refused"], "row_too_wide");
        assert_eq!((rows[2].body.as_str(), rows[2].label.as_str()), ("Un banc", "b"));
    }
}
