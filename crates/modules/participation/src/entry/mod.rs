//! Ideas and supports that the team enters for somebody: met at a stand, on the telephone, or on a sheet of paper.
//! Each says how it was gathered, and counts apart from what people do themselves.

pub mod gathered;
pub mod pages;
pub mod read;
pub mod store;

use chrono::NaiveDate;
use parvis_kernel::{
    Refusal,
    words::{Lang, Words},
};

/// Longest name of the place where something was gathered, in characters.
pub const MAX_PLACE: usize = 120;
/// Longest number of a sheet, in characters.
pub const MAX_SHEET: usize = 20;
/// A sheet of this number was entered already.
pub const SHEET_TAKEN: Refusal = Refusal::new("sheet_taken");
/// A support of this address was entered already for this idea.
pub const SUPPORT_ENTERED: Refusal = Refusal::new("support_entered");
/// The form made another entry before: it came back by the browser's own way, and was typed over.
pub const FORM_USED: Refusal = Refusal::new("form_used");
/// Kinds of activity recorded here.
pub const ACTIVITY: [&str; 3] = ["entry.idea", "entry.support", "entry.undone"];

/// How something was gathered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// In person.
    Stand,
    /// On the telephone.
    Phone,
    /// On a sheet of paper.
    Paper,
}

impl Channel {
    /// All of them, in the order of the form.
    pub const ALL: [Self; 3] = [Self::Stand, Self::Phone, Self::Paper];

    /// The code kept in the database, the same as the origin of a contribution.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Stand => "stand",
            Self::Phone => "phone",
            Self::Paper => "paper",
        }
    }

    /// From its code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.code() == code)
    }

    /// Where the accord to be answered comes from, in the ledger: the letter that followed this.
    #[must_use]
    pub const fn consent_source(self) -> &'static str {
        match self {
            Self::Stand => "entry_stand",
            Self::Phone => "entry_phone",
            Self::Paper => "entry_paper",
        }
    }
}

/// How an idea was gathered, and how many supports the team gathered for it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// Of an idea that the team entered: how, where, and on which day.
    pub idea: Option<(Channel, String, NaiveDate)>,
    /// Supports that the team gathered, those confirmed since excepted.
    pub supports: i64,
}

impl Told {
    /// Where the idea was gathered; empty when it was not, or nobody said where.
    #[must_use]
    pub fn place(&self) -> &str {
        self.idea.as_ref().map_or("", |(_, place, _)| place)
    }

    /// How the idea was gathered, in plain words; empty for one that its author posted.
    #[must_use]
    pub fn words(&self, words: &Words, lang: Lang) -> String {
        self.idea.as_ref().map_or_else(String::new, |(channel, place, _)| gathered(words, lang, *channel, place))
    }
}

/// "Recueillie au marché du samedi".
#[must_use]
pub fn gathered(words: &Words, lang: Lang, channel: Channel, place: &str) -> String {
    let end = match (place.is_empty(), reads_on(place, lang)) {
        (true, _) => "",
        (false, true) => "-on",
        (false, false) => "-at",
    };
    words.with(lang, &format!("entry-told-{}{end}", channel.code()), &[("place", &place)])
}

/// Whether a place follows "Recueillie" as it is: "au marché", not "marché du samedi".
fn reads_on(place: &str, lang: Lang) -> bool {
    let first = place.split([' ', '\u{a0}']).next().unwrap_or_default().to_lowercase();
    let links: &[&str] = match lang {
        Lang::Fr => {
            &["au", "aux", "à", "chez", "dans", "devant", "sur", "sous", "lors", "pendant", "près", "rue", "place"]
        }
        Lang::En => &["at", "in", "on", "by", "near", "during", "outside", "along"],
    };
    let elided = lang == Lang::Fr && ["à l’", "à l'"].iter().any(|e| place.to_lowercase().starts_with(e));
    elided || (links.contains(&first.as_str()) && place.contains([' ', '\u{a0}']))
}

/// A sheet's number as it is compared: capitals, one space, no zeros before a plain number.
#[must_use]
pub fn sheet_of(text: &str) -> String {
    let one = parvis_kernel::form::clean(text).split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase();
    let plain = !one.is_empty() && one.bytes().all(|b| b.is_ascii_digit());
    match one.trim_start_matches('0') {
        bare if plain && !bare.is_empty() => bare.to_owned(),
        _ => one,
    }
}

/// The number after this one: `12` gives `13`, `A-09` gives `A-10`, `A` gives `A1`.
#[must_use]
pub fn next_sheet(sheet: &str) -> String {
    let digits = sheet.len() - sheet.bytes().rev().take_while(u8::is_ascii_digit).take(15).count();
    let (head, tail) = sheet.split_at(digits);
    let next = tail.parse::<u64>().map_or(1, |n| n + 1).to_string();
    format!("{head}{next:0>width$}", width = tail.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_are_compared_as_people_write_them_and_counted_on() {
        for (typed, kept) in [(" 012 ", "12"), ("a- 09", "A- 09"), ("0", "0"), ("", ""), ("b\n7", "B 7"), ("é1", "É1")]
        {
            assert_eq!(sheet_of(typed), kept, "{typed:?}");
        }
        for (one, next) in [("12", "13"), ("A-09", "A-10"), ("A-99", "A-100"), ("A", "A1"), ("", "1"), ("É9", "É10")]
        {
            assert_eq!(next_sheet(one), next);
        }
        assert!(next_sheet(&"9".repeat(20)).ends_with('0'), "a number that no machine counts is no error");
    }

    #[test]
    fn a_place_reads_on_when_it_begins_like_one() {
        for (place, on) in [
            ("au marché du samedi", true),
            ("À l’école Jean-Macé", true),
            ("marché du samedi", false),
            ("au", false),
            ("Stand de la gare", false),
        ] {
            assert_eq!(reads_on(place, Lang::Fr), on, "{place}");
        }
        assert!(reads_on("at the market", Lang::En) && !reads_on("au marché", Lang::En));
    }

    #[test]
    fn channels_round_trip() {
        for c in Channel::ALL {
            assert_eq!(Channel::parse(c.code()), Some(c));
        }
        assert_eq!(Channel::parse("web"), None);
    }
}
