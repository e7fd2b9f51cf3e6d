//! Themes of a CSV file, for checks: `cargo run --release -p parvis-themes --example explore -- FILE TEXT,COLUMNS LABEL [EDGES.tsv]`.
//! With a fourth argument it writes the neighbour graph for `checks/leidenalg.py`.

use parvis_themes::themes::theme_graph;
use parvis_themes::{Language, Options, Text, find_themes, measure, quotes};
use std::error::Error;
use std::fmt::Write as _;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [file, columns, label, rest @ ..] = args.as_slice() else {
        return Err("usage: explore FILE TEXT,COLUMNS LABEL [EDGES.tsv]".into());
    };
    let mut reader = csv::Reader::from_path(file)?;
    let head = reader.headers()?.clone();
    let place = |name: &str| head.iter().position(|c| c == name).ok_or_else(|| format!("no column {name}"));
    let parts = columns.split(',').map(place).collect::<Result<Vec<_>, _>>()?;
    let label = place(label)?;
    let (mut bodies, mut truth) = (Vec::new(), Vec::new());
    for row in reader.records() {
        let row = row?;
        bodies.push(parts.iter().map(|p| &row[*p]).collect::<Vec<_>>().join("\n"));
        truth.push(row[label].to_owned());
    }
    let texts: Vec<Text<'_>> = bodies.iter().map(|b| Text::from(b.as_str())).collect();
    let options = Options::default();
    let found = find_themes(&texts, &options);
    println!("{:?}", found.notes);
    println!("{} themes, {:?}", found.themes.len(), measure::agreement(&found.assignment, &truth));
    for theme in &found.themes {
        println!("{:5}  {}   [{}]", theme.members.len(), theme.label, theme.terms.join(" | "));
        for (_, quote) in quotes::quotes(&texts, &theme.members, &theme.terms, Language::Fr, 1) {
            println!("         « {} »", quote.text.replace('\n', " "));
        }
    }
    if let Some(path) = rest.first() {
        let graph = theme_graph(&texts, &options);
        let mut out = format!("{}\t{}\n", graph.len(), found.notes.modularity);
        for a in 0..graph.len() {
            for (b, w) in graph.neighbours(a).filter(|(b, _)| *b > a) {
                writeln!(out, "{a}\t{b}\t{w}")?;
            }
        }
        std::fs::write(path, out)?;
    }
    Ok(())
}
