//! Time of each step on the real rows: `cargo bench -p parvis-themes`.
//!
//! The rows are read from the folder named in `PARVIS_FIXTURES`, else from `../shared/fixtures` beside the workspace.

use parvis_themes::themes::theme_graph;
use parvis_themes::{Language, Options, SimilarIndex, Text, find_themes, leiden::leiden};
use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};

const RUNS: usize = 5;

fn fixture() -> Option<Vec<String>> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../../shared/fixtures");
    let folder = std::env::var_os("PARVIS_FIXTURES").map_or_else(|| PathBuf::from(beside), PathBuf::from);
    let mut reader = csv::Reader::from_path(folder.join("contributions/republique-numerique.csv")).ok()?;
    let columns = reader.headers().ok()?.clone();
    let place = |name: &str| columns.iter().position(|c| c == name);
    let (title, text) = (place("title")?, place("text")?);
    let rows = reader.records().map(|r| r.ok().map(|r| format!("{}\n{}", &r[title], &r[text])));
    rows.collect()
}

fn measure<T>(name: &str, mut work: impl FnMut() -> T) {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            black_box(work());
            start.elapsed()
        })
        .collect();
    times.sort();
    println!("{name:<28} median {:>9.3} ms", times[RUNS / 2].as_secs_f64() * 1e3);
}

fn main() {
    let Some(rows) = fixture() else {
        println!("no fixture republique-numerique.csv (PARVIS_FIXTURES or ../shared/fixtures): nothing measured");
        return;
    };
    let texts: Vec<Text<'_>> = rows.iter().map(|r| Text::from(r.as_str())).collect();
    let options = Options::default();
    println!("{} texts, {RUNS} runs each", texts.len());
    measure("find_themes", || find_themes(&texts, &options));
    measure("theme_graph", || theme_graph(&texts, &options));
    let graph = theme_graph(&texts, &options);
    measure("leiden", || leiden(&graph, options.resolution, options.seed));
    measure("SimilarIndex::build", || SimilarIndex::build(&texts, Language::Fr));
    let index = SimilarIndex::build(&texts, Language::Fr);
    measure("SimilarIndex::query", || index.query("Protéger la neutralité du net pour tous", 5));
}
