//! Whether two texts say the same in nearly the same words, whatever their accents, capitals and signs.
//!
//! A text is kept as a few numbers: min-hashes of its pairs of words (Broder, "On the resemblance and containment of
//! documents", 1997), taken two by two. Texts that share one are compared word by word.

use std::collections::BTreeSet;

use super::words::fold;

/// Words a text needs before it can be said to repeat another: "oui, moi aussi" may be said by anybody.
const LEAST_WORDS: usize = 6;
/// Numbers kept of a text. Two texts that share 80 % of their pairs share one of them 98 times out of 100.
const BANDS: u64 = 4;
/// Percent of all their pairs of words that two texts have in common when they say the same.
const SAME: usize = 80;

fn pairs(text: &str) -> BTreeSet<u64> {
    let folded = fold(text);
    let words: Vec<&str> = folded.split(' ').filter(|w| !w.is_empty()).collect();
    if words.len() < LEAST_WORDS {
        return BTreeSet::new();
    }
    words.windows(2).map(fnv).collect()
}

/// FNV-1a, 64 bits, of words with a zero byte after each.
fn fnv(words: &[&str]) -> u64 {
    let bytes = words.iter().flat_map(|w| w.bytes().chain(std::iter::once(0)));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Another order of all numbers for each seed: the last steps of SplitMix64.
const fn shuffled(n: u64, seed: u64) -> u64 {
    let mut z = n ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The numbers a text is found by; none for a text too short to be said to repeat another.
#[must_use]
pub fn keys(text: &str) -> Vec<i64> {
    let pairs = pairs(text);
    let least = |seed: u64| pairs.iter().map(|pair| shuffled(*pair, seed)).min();
    (0..BANDS)
        .filter_map(|band| {
            let (a, b) = (least(2 * band + 1)?, least(2 * band + 2)?);
            Some(shuffled(a ^ b.rotate_left(17), 100 + band).cast_signed())
        })
        .collect()
}

/// Whether two texts say the same in nearly the same words.
#[must_use]
pub fn same(a: &str, b: &str) -> bool {
    let (a, b) = (pairs(a), pairs(b));
    let (both, all) = (a.intersection(&b).count(), a.union(&b).count());
    all > 0 && both * 100 >= all * SAME
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "Il manque un banc à l’arrêt Mairie, les personnes âgées attendent debout le bus numéro deux \
                        et personne ne leur propose de s’asseoir, surtout le matin quand il pleut.";

    fn found(a: &str, b: &str) -> bool {
        keys(a).iter().any(|k| keys(b).contains(k)) && same(a, b)
    }

    #[test]
    fn a_text_dressed_up_is_the_same() {
        assert!(found(TEXT, TEXT));
        assert!(found(TEXT, &TEXT.to_uppercase()));
        assert!(found(TEXT, &TEXT.replace(',', " !!! ").replace('â', "a")));
        assert!(found(TEXT, &format!("{TEXT} Merci.")));
        assert!(found(TEXT, &TEXT.replace("banc", "b4nc")));
    }

    #[test]
    fn another_text_is_another() {
        for other in [
            "Il manque un banc à l’arrêt Collège, et une poubelle devant la boulangerie du centre.",
            "Les personnes âgées attendent debout le bus numéro deux.",
            "",
        ] {
            assert!(!same(TEXT, other), "{other}");
        }
        assert!(keys("Oui, moi aussi !").is_empty() && !same("Oui, moi aussi !", "Oui, moi aussi !"));
    }

    proptest! {
        #[test]
        fn a_word_more_hides_nothing(word in "[a-z]{3,9}", at in 0_usize..30) {
            let mut words: Vec<&str> = TEXT.split(' ').collect();
            words.insert(at.min(words.len()), &word);
            prop_assert!(same(TEXT, &words.join(" ")));
        }

        #[test]
        fn keys_depend_on_the_words_alone(text in "\\PC{0,200}") {
            prop_assert_eq!(keys(&text), keys(&fold(&text)));
        }
    }
}
