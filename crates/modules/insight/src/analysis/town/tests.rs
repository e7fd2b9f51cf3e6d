use proptest::prelude::*;

use super::*;

/// Spans that follow one another from age 0, each of ten people for each year of age.
fn census(cuts: &[i64]) -> Vec<Span> {
    let mut cuts = cuts.to_vec();
    cuts.sort_unstable();
    cuts.dedup();
    let ends = cuts.iter().skip(1).map(|c| Some(c - 1)).chain([None]);
    #[allow(clippy::cast_precision_loss, reason = "ages")]
    let span = |(from, to): (&i64, Option<i64>)| {
        let years = to.map_or(100, |to| to + 1) - from;
        Span { from: *from, to, people: 10.0 * years as f64 }
    };
    cuts.iter().zip(ends).map(span).collect()
}

fn ranges(common: &Common) -> Vec<Range<usize>> {
    common.brackets.iter().map(|b| b.ages.clone()).collect()
}

fn group(at: usize, all: Option<i64>) -> GroupRow {
    GroupRow { at, all, shown: None }
}

#[test]
fn the_ages_of_the_contributions_begin_where_their_codes_say() {
    assert_eq!(starts(), [15, 25, 40, 65]);
}

#[test]
fn the_layouts_of_insee_give_what_they_can() {
    // A line for each year of age tells every group.
    let years = common(&census(&(0..=100).collect::<Vec<_>>()));
    assert_eq!((ranges(&years), years.apart), (vec![0..1, 1..2, 2..3, 3..4], 0));
    assert_eq!(years.brackets.iter().map(|b| b.people).collect::<Vec<_>>(), [100.0, 150.0, 250.0, 350.0]);
    // POP1A cuts at 18, not at 15: who is under 25 is not compared.
    let groups = common(&census(&[0, 3, 6, 11, 18, 25, 40, 55, 65, 80]));
    assert_eq!((ranges(&groups), groups.apart), (vec![1..2, 2..3, 3..4], 1));
    // The base of IRIS has only 15 in common: nothing to compare.
    assert_eq!(common(&census(&[0, 15, 30, 45, 60, 75])), Common::default());
    // A boundary that the census has not joins two groups.
    let joined = common(&census(&[0, 15, 25, 65]));
    assert_eq!((ranges(&joined), joined.apart), (vec![0..1, 1..3, 3..4], 0));
    assert_eq!(common(&[]), Common::default());
    // A town without anybody of some age is none.
    let mut empty = census(&(0..=100).collect::<Vec<_>>());
    empty.retain(|s| s.from < 65);
    assert_eq!(common(&empty), Common::default());
}

#[test]
fn gaps_have_their_words() {
    let of = |hits: i64, base: i64, town: f64| gap(Share::of(hits, base), base, town);
    let apart = |less, times, solid| Gap::Apart { less, times, solid };
    for (hits, base, town, expected) in [
        (0, 29, 0.9, Gap::Few),
        (9, 30, 0.3, Gap::None),
        (0, 0, 0.5, Gap::Few),
        (3, 30, 0.4, apart(true, 4, false)),
        (100, 500, 0.27, apart(true, 1, true)),
        (900, 4000, 0.27, apart(true, 0, true)),
        (900, 4000, 0.2, apart(false, 0, true)),
        (300, 1000, 0.2, apart(false, 1, true)),
        (420, 1000, 0.21, apart(false, 2, true)),
        (100, 1000, 0.3, apart(true, 3, true)),
        (400, 1000, 0.01, apart(false, MOST, true)),
        (40, 50, 0.0, apart(false, MOST, true)),
        (0, 50, 1.0, apart(true, MOST, true)),
    ] {
        assert_eq!(of(hits, base, town), expected, "{hits} of {base}, {town} in town");
    }
}

#[test]
fn how_many_are_missing() {
    // The figures of the mock-up: 88 of 488 are 65 and over, 27 % of the town.
    assert_eq!(short_by(88, 488, 0.27), 60);
    assert_eq!(short_by(200, 488, 0.27), 0, "nobody is missing");
    for town in [1.0, 1.5, -0.1, f64::NAN] {
        assert_eq!(short_by(1, 10, town), 0, "{town}");
    }
}

#[test]
fn ages_need_their_whole() {
    let common = common(&census(&(0..=100).collect::<Vec<_>>()));
    let groups = |counts: [Option<i64>; 4]| -> Vec<GroupRow> {
        counts.into_iter().enumerate().map(|(at, n)| group(at, n)).collect()
    };
    let beside = ages(&groups([None, Some(60), Some(40), None]), Some(130), &common).unwrap();
    assert_eq!(beside.base, 130);
    assert_eq!(beside.rows.iter().map(|r| r.here.map(|h| h.0)).collect::<Vec<_>>(), [None, Some(60), Some(40), None]);
    assert!(beside.rows.iter().all(|r| r.town.is_some()), "the town has no secret");
    assert!((beside.rows.iter().filter_map(|r| r.town).sum::<f64>() - 1.0).abs() < 1e-9);
    assert_eq!(beside.rows[0].gap, None);
    assert_eq!(ages(&groups([None, Some(60), Some(40), None]), None, &common), None, "the whole is not shown");
    assert_eq!(ages(&groups([None; 4]), Some(130), &common), None, "no part is");
    // From 25 on: the whole is the sum, and needs each part.
    let older = super::common(&census(&[0, 18, 25, 40, 65]));
    assert_eq!(ages(&groups([None, Some(60), Some(40), None]), Some(130), &older), None);
    let beside = ages(&groups([None, Some(60), Some(40), Some(20)]), None, &older).unwrap();
    assert_eq!((beside.base, beside.rows.len()), (120, 3));
    assert_eq!(beside.rows[0].who, Who::Ages(1..2));
    // Joined groups are added up, or hidden with either.
    let joined = super::common(&census(&[0, 15, 25, 65]));
    let beside = ages(&groups([Some(30), Some(60), Some(40), Some(20)]), Some(150), &joined).unwrap();
    assert_eq!(beside.rows[1].here.map(|h| h.0), Some(100));
    let beside = ages(&groups([Some(30), None, Some(40), None]), Some(150), &joined).unwrap();
    assert_eq!(beside.rows[1].here, None);
    assert_eq!(ages(&groups([Some(30); 4]), Some(150), &Common::default()), None, "nothing in common");
}

#[test]
fn areas_leave_out_what_is_not_told() {
    let beside = areas(&[Some(60), Some(20), None, Some(15)], &[Some(1000), Some(1000), Some(300), None]).unwrap();
    assert_eq!((beside.base, beside.rows.len()), (80, 3), "an area without inhabitants told is not there");
    assert_eq!(beside.rows[0].town, Some(0.5));
    assert_eq!((beside.rows[2].here, beside.rows[2].town, beside.rows[2].gap), (None, None, None));
    assert_eq!(beside.rows[2].who, Who::Area(2));
    let missing = beside.missing();
    assert_eq!(missing.len(), 1);
    assert_eq!((&missing[0].who, beside.short_by(missing[0])), (&Who::Area(1), 40));
    assert_eq!(areas(&[Some(60), None], &[Some(10), Some(10)]), None, "one area compares with nothing");
    assert_eq!(areas(&[Some(60), Some(60)], &[Some(0), Some(-4)]), None, "a place nobody lives in");
    assert_eq!(areas(&[], &[]), None);
}

proptest! {
    /// Whatever the census cuts at: brackets follow one another to the last age, nobody is counted twice or split.
    #[test]
    fn brackets_split_nobody(cuts in proptest::collection::vec(1_i64..100, 0..12)) {
        let mut cuts = cuts;
        cuts.push(0);
        let census = census(&cuts);
        let common = common(&census);
        let mut next = common.apart;
        for bracket in &common.brackets {
            prop_assert_eq!(bracket.ages.start, next);
            next = bracket.ages.end;
        }
        if let Some(first) = common.brackets.first() {
            prop_assert_eq!(next, AGES.len());
            let from = starts()[first.ages.start];
            let people: f64 = common.brackets.iter().map(|b| b.people).sum();
            #[allow(clippy::cast_precision_loss, reason = "ages")]
            let expected = 10.0 * (100 - from) as f64;
            prop_assert!((people - expected).abs() < 1e-6, "{} of {}", people, expected);
        }
    }

    /// A finer census never tells less, and the same people in more rows are the same people.
    #[test]
    fn a_finer_census_tells_no_less(cuts in proptest::collection::vec(1_i64..100, 0..12), more in 1_i64..100) {
        let mut cuts = cuts;
        cuts.push(0);
        let coarse = common(&census(&cuts));
        cuts.push(more);
        let fine = common(&census(&cuts));
        prop_assert!(fine.brackets.len() >= coarse.brackets.len());
        let halves: Vec<Span> = census(&cuts).into_iter().flat_map(|s| {
            [Span { people: s.people / 2.0, ..s }; 2]
        }).collect();
        prop_assert_eq!(common(&halves), fine);
    }

    /// Words never contradict the numbers.
    #[test]
    fn a_gap_goes_where_the_share_goes(base in 1_i64..2_000, part in 0.0..1.0_f64, town in 0.001..0.999_f64) {
        #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "at most 2000")]
        let hits = (part * base as f64) as i64;
        let here = Share::of(hits, base);
        match gap(here, base, town) {
            Gap::Few => prop_assert!(base < FEW),
            Gap::None => prop_assert!(here.margin.low <= town && town <= here.margin.high),
            Gap::Apart { less, times, solid } => {
                prop_assert_eq!(less, here.share < town);
                prop_assert_eq!(solid, base >= SOLID);
                prop_assert!(times <= MOST);
                let n = short_by(hits, base, town);
                prop_assert_eq!(n > 0, less);
                #[allow(clippy::cast_precision_loss, reason = "at most 2000")]
                if less && n < 100_000 {
                    prop_assert!((hits + n) as f64 / (base + n) as f64 >= town - 1e-9);
                }
            }
        }
    }
}
