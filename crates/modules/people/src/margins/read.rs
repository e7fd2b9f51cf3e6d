//! The layouts of INSEE's files: POP1A and POP1B (a line for each commune, sex and age), and the base of IRIS (a line for each IRIS, a
//! column for each sex and age).

use std::{
    collections::{BTreeMap, btree_map::Entry},
    io,
};

use parvis_tables::{Limits, Refusal, Row, Table, parse_number};

use super::Margin;

/// Why a file of margins was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MarginProblem {
    /// The file as a whole can't be read: the code of the engine.
    File(&'static str),
    /// None of the known layouts.
    Layout,
    /// The instance has no commune.
    NoCommune,
    /// No line is about the commune of this code.
    NotHere(String),
    /// A line that can't be read: its number, and what it holds.
    Line(u64, String),
    /// A line that is no row: its number, and the code of the engine.
    Row(u64, &'static str),
    /// The same sex and age twice for a place, at this line.
    Twice(u64),
}

impl MarginProblem {
    /// The end of the key of its words.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::File(_) => "file",
            Self::Layout => "layout",
            Self::NoCommune => "no-commune",
            Self::NotHere(_) => "not-here",
            Self::Line(..) => "line",
            Self::Row(..) => "row",
            Self::Twice(_) => "twice",
        }
    }
}

impl From<Refusal> for MarginProblem {
    fn from(r: Refusal) -> Self {
        Self::File(r.code.as_str())
    }
}

/// First ages of the groups of POP1A; the last has no end.
const POP1A: [i64; 10] = [0, 3, 6, 11, 18, 25, 40, 55, 65, 80];
/// Groups of the base of IRIS, as its columns name them.
const IRIS: [(&str, i64, Option<i64>); 6] = [
    ("0014", 0, Some(14)),
    ("1529", 15, Some(29)),
    ("3044", 30, Some(44)),
    ("4559", 45, Some(59)),
    ("6074", 60, Some(74)),
    ("75P", 75, None),
];
/// Rows in which the codes of the columns are looked for, under their labels.
const LABELS: usize = 3;

/// Where things stand in a file.
enum Layout {
    Long { place: usize, name: Option<usize>, sex: usize, age: usize, single: bool, people: usize },
    Wide { commune: usize, place: usize, name: Option<usize>, cells: Vec<(usize, &'static str, i64, Option<i64>)> },
}

impl Layout {
    fn of(headers: &[String]) -> Option<Self> {
        let headers: Vec<String> = headers.iter().map(|h| h.trim().to_uppercase()).collect();
        let at = |names: &[&str]| headers.iter().position(|h| names.contains(&h.as_str()));
        let long = |age: &str, single| {
            Some(Self::Long {
                place: at(&["CODGEO"])?,
                name: at(&["LIBGEO"]),
                sex: at(&["SEXE"])?,
                age: at(&[age])?,
                single,
                people: at(&["NB"])?,
            })
        };
        let wide = || {
            let mut cells = Vec::new();
            for (sex, letter) in [("women", 'F'), ("men", 'H')] {
                for (end, from, to) in IRIS {
                    // "P20_F0014": the year, then the sex and the ages. The estimates of the main sample ("C20_") are not these.
                    let wanted = format!("_{letter}{end}");
                    let column = headers
                        .iter()
                        .position(|h| h.starts_with('P') && h.len() == 5 + end.len() && h.ends_with(&wanted))?;
                    cells.push((column, sex, from, to));
                }
            }
            Some(Self::Wide {
                commune: at(&["COM"])?,
                place: at(&["IRIS"])?,
                name: at(&["LIBIRIS", "LAB_IRIS"]),
                cells,
            })
        };
        long("AGED100", true).or_else(|| long("AGEPYR10", false)).or_else(wide)
    }
}

/// Refused lines that are told of a file: one with more is no file of INSEE.
const TOLD: usize = 1_000;

/// What a file says of a commune.
#[derive(Debug, Default)]
pub struct Read {
    /// The margins, in the order of places, ages and sexes.
    pub margins: Vec<Margin>,
    /// The lines that can't be read, each with why.
    pub refused: Vec<(u64, MarginProblem)>,
}

/// Reads the margins of a commune. Nothing is taken of a file with a wrong line about it.
///
/// # Errors
/// The first problem found.
pub fn read(file: impl io::Read, limits: &Limits, commune: &str) -> Result<Vec<Margin>, MarginProblem> {
    let read = read_each(file, limits, commune)?;
    match read.refused.into_iter().next() {
        Some((_, problem)) => Err(problem),
        None => Ok(read.margins),
    }
}

/// Reads the margins of a commune, with every line that can't be read.
///
/// # Errors
/// What is wrong with the file as a whole.
pub fn read_each(file: impl io::Read, limits: &Limits, commune: &str) -> Result<Read, MarginProblem> {
    if commune.is_empty() {
        return Err(MarginProblem::NoCommune);
    }
    // The whole country is in these files: most lines are passed over.
    let limits = Limits { max_rows: 20_000_000, ..*limits };
    let mut table = Table::open(file, &limits)?;
    let mut layout = Layout::of(table.headers());
    let mut sum: BTreeMap<(String, i64, &'static str), Margin> = BTreeMap::new();
    let mut refused = Vec::new();
    let mut seen = 0;
    for row in table.by_ref() {
        seen += 1;
        let found = match (row, &layout) {
            (Err(r), _) => match r.line {
                Some(line) if !r.code.is_fatal() => Err((line, MarginProblem::Row(line, r.code.as_str()))),
                _ => return Err(r.into()),
            },
            (Ok(row), Some(known)) => add(&mut sum, known, &row, commune).map_err(|problem| (row.line, problem)),
            (Ok(row), None) => {
                layout = Layout::of(&row.cells);
                if layout.is_none() && seen >= LABELS {
                    break;
                }
                Ok(())
            }
        };
        refused.extend(found.err());
        if refused.len() == TOLD {
            break;
        }
    }
    match (layout, sum.is_empty() && refused.is_empty()) {
        (None, _) => Err(MarginProblem::Layout),
        (Some(_), true) => Err(MarginProblem::NotHere(commune.to_owned())),
        (Some(_), false) => Ok(Read { margins: sum.into_values().collect(), refused }),
    }
}

/// Adds what a row says of the commune.
fn add(
    sum: &mut BTreeMap<(String, i64, &'static str), Margin>,
    layout: &Layout,
    row: &Row,
    commune: &str,
) -> Result<(), MarginProblem> {
    for margin in margins(layout, row, commune)? {
        let sex = if margin.sex == "women" { "women" } else { "men" };
        match sum.entry((margin.place.clone(), margin.age_from, sex)) {
            Entry::Occupied(_) => return Err(MarginProblem::Twice(row.line)),
            Entry::Vacant(free) => free.insert(margin),
        };
    }
    Ok(())
}

fn margins(layout: &Layout, row: &Row, commune: &str) -> Result<Vec<Margin>, MarginProblem> {
    let cell = |at: usize| row.cells.get(at).map_or("", |c| c.trim());
    let wrong = |value: &str| MarginProblem::Line(row.line, value.chars().take(80).collect());
    let people = |at: usize| {
        let value = cell(at);
        parse_number(value).filter(|n| (0.0..1e8).contains(n)).ok_or_else(|| wrong(value))
    };
    let called = |at: &Option<usize>, place: &str| {
        let name = at.map(cell).unwrap_or_default();
        // Some years put a code there.
        let name = if name.chars().any(char::is_alphabetic) { name } else { place };
        name.chars().take(120).collect::<String>()
    };
    match layout {
        Layout::Long { place, .. } if !same(cell(*place), commune) => Ok(Vec::new()),
        Layout::Long { name, sex, age, single, people: n, .. } => {
            let sex = match cell(*sex) {
                "1" => "men",
                "2" => "women",
                other => return Err(wrong(other)),
            };
            let first = cell(*age).parse::<i64>().ok().filter(|a| *single || POP1A.contains(a));
            let first = first.filter(|a| (0..=120).contains(a)).ok_or_else(|| wrong(cell(*age)))?;
            let to = match (*single, POP1A.iter().find(|a| **a > first)) {
                // The last single age holds those above it.
                (true, _) => Some(first).filter(|a| *a < 100),
                (false, next) => next.map(|a| a - 1),
            };
            Ok(vec![Margin {
                place: commune.to_owned(),
                place_name: called(name, commune),
                sex: sex.to_owned(),
                age_from: first,
                age_to: to,
                people: people(*n)?,
            }])
        }
        Layout::Wide { commune: com, .. } if !same(cell(*com), commune) => Ok(Vec::new()),
        Layout::Wide { place, name, cells, .. } => {
            let place = cell(*place);
            if !(5..=12).contains(&place.len()) || !place.bytes().all(|b| b.is_ascii_alphanumeric()) {
                return Err(wrong(place));
            }
            let one = |(at, sex, from, to): &(usize, &'static str, i64, Option<i64>)| {
                Ok(Margin {
                    place: place.to_owned(),
                    place_name: called(name, place),
                    sex: (*sex).to_owned(),
                    age_from: *from,
                    age_to: *to,
                    people: people(*at)?,
                })
            };
            cells.iter().map(one).collect()
        }
    }
}

/// Whether a code is that of the commune: spreadsheets take the zero before "01004" away.
fn same(cell: &str, commune: &str) -> bool {
    cell == commune || (cell.len() + 1 == commune.len() && commune.strip_prefix('0') == Some(cell))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<Vec<Margin>, MarginProblem> {
        read(text.as_bytes(), &Limits::default(), "01004")
    }

    #[test]
    fn the_layouts_of_insee() {
        let single = "NIVGEO;CODGEO;LIBGEO;SEXE;AGED100;NB\nCOM;01004;Ambérieu;1;000;81.5\nCOM;01004;Ambérieu;2;100;\"3,25\"\nCOM;72181;Le Mans;1;000;9\n";
        let all = read_text(single).unwrap();
        let short: Vec<_> = all.iter().map(|m| (m.sex.as_str(), m.age_from, m.age_to, m.people)).collect();
        assert_eq!(short, [("men", 0, Some(0), 81.5), ("women", 100, None, 3.25)]);
        let groups = "NIVEAU;CODGEO;LIBGEO;SEXE;AGEPYR10;NB\nCOM;1004;1004;1;00;5\nCOM;1004;1004;2;80;7\n";
        let all = read_text(groups).unwrap();
        assert_eq!(all.iter().map(|m| (m.age_from, m.age_to)).collect::<Vec<_>>(), [(0, Some(2)), (80, None)]);
        assert_eq!(all[0].place_name, "01004", "a code is no name");
        let ages =
            IRIS.iter().flat_map(|(end, ..)| ["H", "F"].map(|s| format!("P20_{s}{end}"))).collect::<Vec<_>>().join(";");
        let labels = format!("Code;Commune;Nom;Pop{}", ";Pop".repeat(12));
        let wide = format!(
            "{labels}\nIRIS;COM;LIBIRIS;P20_POP;{ages}\n010040101;01004;Gare;99{}\n721810101;72181;x;1{}\n",
            ";4.5".repeat(12),
            ";1".repeat(12)
        );
        let all = read_text(&wide).unwrap();
        assert_eq!((all.len(), all[0].place.as_str(), all[0].place_name.as_str()), (12, "010040101", "Gare"));
        assert!((all.iter().map(|m| m.people).sum::<f64>() - 54.0).abs() < 1e-9);
    }

    #[test]
    fn each_fault_has_its_name() {
        let head = "CODGEO;LIBGEO;SEXE;AGEPYR10;NB\n";
        for (text, expected) in [
            ("nom;population\nGare;12\n".to_owned(), "layout"),
            (String::new(), "file"),
            (format!("{head}72181;x;1;00;5\n"), "not-here"),
            (format!("{head}01004;x;1;00;beaucoup\n"), "line"),
            (format!("{head}01004;x;1;00;-5\n"), "line"),
            (format!("{head}01004;x;3;00;5\n"), "line"),
            (format!("{head}01004;x;1;07;5\n"), "line"),
            (format!("{head}01004;x;1;00;5;6;7\n"), "row"),
            (format!("{head}01004;x;1;00;5\n01004;x;1;00;5\n"), "twice"),
        ] {
            assert_eq!(read_text(&text).unwrap_err().code(), expected, "{text}");
        }
        let each = format!(
            "{head}01004;x;1;00;beaucoup\n72181;x;1;00;tant\n01004;x;2;00;5;6\n01004;x;2;00;7\n01004;x;2;00;7\n"
        );
        let each = read_each(each.as_bytes(), &Limits::default(), "01004").unwrap();
        let codes: Vec<_> = each.refused.iter().map(|(line, problem)| (*line, problem.code())).collect();
        assert_eq!((codes, each.margins.len()), (vec![(2, "line"), (4, "row"), (6, "twice")], 1), "each is told");
        assert_eq!(read(head.as_bytes(), &Limits::default(), "").unwrap_err(), MarginProblem::NoCommune);
        assert_eq!(
            read_text(&format!("{head}01004;x;1;00;tant\n")).unwrap_err(),
            MarginProblem::Line(2, "tant".into())
        );
    }
}
