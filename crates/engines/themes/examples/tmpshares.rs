use parvis_themes::{Options, Text, find_themes, measure};
fn main() {
    for a in std::env::args().skip(1) {
        let mut r = csv::Reader::from_path(&a).unwrap();
        let h = r.headers().unwrap().clone();
        let (mut b, mut t) = (vec![], vec![]);
        for row in r.records() {
            let row = row.unwrap();
            let g = |n: &str| h.iter().position(|c| c == n).map(|i| row[i].to_owned()).unwrap_or_default();
            b.push(if h.iter().any(|c| c == "section") { format!("{}\n{}", g("title"), g("text")) } else { g("text") });
            t.push(if h.iter().any(|c| c == "section") { g("section") } else { g("tag") });
        }
        let texts: Vec<Text> = b.iter().map(|b| Text::from(b.as_str())).collect();
        for share in [0.0, 0.02, 0.025, 0.03, 0.04] {
            let v: Vec<String> = (0..6).map(|seed| {
                let f = find_themes(&texts, &Options { seed, smallest_share: share, ..Options::default() });
                let m = measure::agreement(&f.assignment, &t);
                format!("{}:{:.3}/{:.3}", f.themes.len(), m.nmi, m.ami)
            }).collect();
            println!("{a} {share} {}", v.join(" "));
        }
    }
}
