//! The whole of a real consultation.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed test panics")]

mod common;

use std::time::Instant;

use parvis_tables::{Ids, Kind, Limits, Side, records};

#[test]
fn republique_numerique() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../..");
    let path = format!("{root}/../shared/fixtures/contributions/republique-numerique.csv");
    let Ok(file) = std::fs::read(path) else {
        println!("fixture absent: ../shared/fixtures/contributions/republique-numerique.csv");
        return;
    };
    let start = Instant::now();
    let mapping = common::mapping(&file);
    let all: Vec<_> = records(&file[..], &mapping, &Limits::default()).collect();
    println!("{} rows, {} bytes in {:?}", all.len(), file.len(), start.elapsed());

    assert_eq!(all.len(), 4690);
    let refused: Vec<_> = all.iter().filter_map(|r| r.as_ref().err()).collect();
    assert!(refused.is_empty(), "{refused:?}");
    let good: Vec<_> = all.iter().flatten().collect();
    assert_eq!(good.iter().filter(|r| r.kind == Kind::Idea).count(), 696);
    let side = |side: Option<Side>| {
        good.iter().filter(|r| matches!(&r.kind, Kind::Comment { side: s, .. } if *s == side)).count()
    };
    assert_eq!((side(Some(Side::For)), side(Some(Side::Against)), side(None)), (1960, 2034, 0));
    assert!(
        good.iter()
            .all(|r| r.created.is_some_and(|m| m.instant().is_some()) && !r.text.is_empty() && !r.id_from_content)
    );
    assert!(good.iter().all(|r| matches!(&r.tags[..], [tag] if tag.code.is_some())));
    assert!(good.iter().filter(|r| r.kind == Kind::Idea).all(|r| r.votes_for.is_some() && !r.title.is_empty()));

    let ids = Ids::scan(&file[..], &mapping, &Limits::default()).unwrap();
    assert_eq!(ids.len(), 4690);
    assert!(records(&file[..], &mapping, &Limits::default()).checking_parents(ids).all(|r| r.is_ok()));
}
