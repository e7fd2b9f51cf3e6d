//! The order that is drawn for each visitor.
//!
//! Each idea gets a lot of 64 bits from the visitor's seed and the idea's number, and the lots decide the order. So each order
//! is as likely as any other, whatever the visitor's neighbour sees: no idea is first more often than another, and none
//! follows the same one everywhere, which a ring of fixed keys with a start of one's own can't give. The lots of one visitor never
//! change: an idea that comes or goes moves no other past another, so that pages follow one another.
//!
//! The lots are made for all numbers of a list at each reading: a multiplication or two each, and a selection in linear time
//! that sorts the page alone. Deep pages cost what the first one costs.

/// The numbers that a database joined by commas.
#[must_use]
pub fn numbers(joined: &str) -> Vec<i64> {
    joined.split(',').filter_map(|n| n.parse().ok()).collect()
}

/// The numbers of a page, in the visitor's order.
#[must_use]
pub fn page(numbers: &[i64], seed: u64, limit: i64, offset: i64) -> Vec<i64> {
    let at = |n: i64| usize::try_from(n).unwrap_or(0);
    let (first, end) = (at(offset), at(offset.saturating_add(limit)).min(numbers.len()));
    if first >= end {
        return Vec::new();
    }
    let start = scramble(seed.wrapping_add(0x9e37_79b9_7f4a_7c15));
    // Scrambling is one to one: no two ideas draw the same lot.
    let mut lots: Vec<(u64, i64)> = numbers.iter().map(|n| (scramble(start ^ n.cast_unsigned()), *n)).collect();
    if end < lots.len() {
        lots.select_nth_unstable(end);
    }
    let before = lots.get_mut(..end).unwrap_or_default();
    if first > 0 {
        before.select_nth_unstable(first);
    }
    let own = before.get_mut(first..).unwrap_or_default();
    own.sort_unstable();
    own.iter().map(|(_, n)| *n).collect()
}

/// The last steps of SplitMix64 (Steele, Lea and Flood 2014): one to one, and each bit of the input changes half of the output's.
const fn scramble(n: u64) -> u64 {
    let mut z = n;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    /// Ideas of a list, of which a page shows so many; visitors who come.
    const IDEAS: i64 = 200;
    const SHOWN: i64 = 18;
    const VISITORS: u64 = 20_000;

    /// What a way of ordering gives each idea.
    struct Measured {
        /// The largest distance from a fair share, of being on the first page and of being first, in standard deviations.
        page: f64,
        first: f64,
        /// Of two ideas of a page, how often the commonest pair stood together, against what chance gives.
        pair: f64,
    }

    #[allow(clippy::cast_precision_loss, reason = "small counts")]
    fn measure(order: impl Fn(u64) -> Vec<i64>) -> Measured {
        let (mut page, mut first) = (HashMap::<i64, u32>::new(), HashMap::<i64, u32>::new());
        let mut pairs = HashMap::<(i64, i64), u32>::new();
        for seed in 0..VISITORS {
            let seen = order(seed);
            *first.entry(seen[0]).or_default() += 1;
            for (i, a) in seen.iter().enumerate() {
                *page.entry(*a).or_default() += 1;
                for b in &seen[..i] {
                    *pairs.entry((*a.min(b), *a.max(b))).or_default() += 1;
                }
            }
        }
        let visitors = VISITORS as f64;
        let worst = |counts: &HashMap<i64, u32>, share: f64| {
            let deviation = (visitors * share * (1.0 - share)).sqrt();
            let of = |n: i64| (f64::from(counts.get(&n).copied().unwrap_or(0)) - visitors * share).abs() / deviation;
            (1..=IDEAS).map(of).fold(0.0, f64::max)
        };
        let (ideas, shown) = (IDEAS as f64, SHOWN as f64);
        let together = visitors * shown * (shown - 1.0) / (ideas * (ideas - 1.0));
        let most = f64::from(pairs.values().copied().max().unwrap_or(0));
        Measured { page: worst(&page, shown / ideas), first: worst(&first, 1.0 / ideas), pair: most / together }
    }

    /// The ring that was before: fixed random keys, a start for each visitor.
    fn ring(seed: u64) -> Vec<i64> {
        let mut keys: Vec<(u64, i64)> = (1..=IDEAS).map(|n| (scramble(n.cast_unsigned()) >> 33, n)).collect();
        keys.sort_unstable();
        let start = scramble(seed.wrapping_mul(77)) >> 33;
        let (before, after): (Vec<_>, Vec<_>) = keys.into_iter().partition(|(key, _)| *key < start);
        let shown = usize::try_from(SHOWN).unwrap();
        after.into_iter().chain(before).map(|(_, n)| n).take(shown).collect()
    }

    /// Of 200 ideas and 20,000 visitors: chance alone passes five standard deviations less than once in a thousand tests.
    #[test]
    fn each_idea_has_the_same_chance_and_no_fixed_neighbour() {
        let all: Vec<i64> = (1..=IDEAS).collect();
        let fair = measure(|seed| page(&all, seed, SHOWN, 0));
        assert!(fair.page < 5.0 && fair.first < 5.0, "{} {}", fair.page, fair.first);
        assert!(fair.pair < 1.6, "{}", fair.pair);
        let ring = measure(ring);
        assert!(ring.page > 10.0 && ring.first > 10.0 && ring.pair > 5.0, "{} {} {}", ring.page, ring.first, ring.pair);
    }

    #[test]
    fn odd_lists_and_pages() {
        assert_eq!(numbers(""), Vec::<i64>::new());
        assert_eq!(numbers("3,1,,x,-2"), [3, 1, -2]);
        assert_eq!(page(&[], 1, 18, 0), Vec::<i64>::new());
        assert_eq!(page(&[7], 1, 18, 0), [7]);
        for (limit, offset) in [(18, 1), (0, 0), (-1, 0), (18, i64::MAX), (i64::MAX, 1)] {
            assert!(page(&[7], 1, limit, offset).is_empty(), "{limit} {offset}");
        }
    }

    proptest! {
        /// Pages put together are the whole list, each idea once, however they are cut.
        #[test]
        fn pages_follow_one_another(
            numbers in proptest::collection::hash_set(0_i64..10_000, 0..120), seed: u64, limit in 1_i64..40,
        ) {
            let numbers: Vec<i64> = numbers.into_iter().collect();
            let whole = page(&numbers, seed, i64::MAX, 0);
            let mut cut = Vec::new();
            for n in 0..=120 / limit {
                cut.extend(page(&numbers, seed, limit, n * limit));
            }
            prop_assert_eq!(&cut, &whole);
            let (mut sorted, mut all) = (whole, numbers);
            sorted.sort_unstable();
            all.sort_unstable();
            prop_assert_eq!(sorted, all);
        }

        /// What comes or goes moves no other past another, and the order that the database read them in says nothing.
        #[test]
        fn an_idea_that_comes_disturbs_nobody(
            numbers in proptest::collection::hash_set(0_i64..10_000, 1..120), seed: u64, at in 0_usize..120,
        ) {
            let mut numbers: Vec<i64> = numbers.into_iter().collect();
            let mut with = page(&numbers, seed, i64::MAX, 0);
            numbers.reverse();
            prop_assert_eq!(&page(&numbers, seed, i64::MAX, 0), &with);
            let gone = numbers.remove(at % numbers.len());
            with.retain(|n| *n != gone);
            prop_assert_eq!(page(&numbers, seed, i64::MAX, 0), with);
        }
    }
}
