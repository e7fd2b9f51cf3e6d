//! How long searches take: `cargo run --release -p parvis-communes --example search`.
#![allow(clippy::print_stdout, reason = "it prints figures")]

use std::time::{Duration, Instant};

use parvis_communes::search;

/// Times that each search is made; the median is shown.
const TIMES: usize = 21;

fn main() {
    let start = Instant::now();
    let _ = search("first use", 1);
    println!("first use: {:?}", start.elapsed());
    for query in ["st etienne", "s", "sa", "42", "97400", "vienne isere", "zzzz", "le", "saint jean de"] {
        let mut took: Vec<Duration> = (0..TIMES)
            .map(|_| {
                let start = Instant::now();
                let _ = search(query, 20);
                start.elapsed()
            })
            .collect();
        took.sort_unstable();
        println!("{query}: {:?}", took.get(TIMES / 2).copied().unwrap_or_default());
    }
}
