//! Who takes part, beside who lives here: pure.
//!
//! The census counts people by ages of its own, the contributions by [`AGES`]. [`common`] finds the brackets that both can
//! tell exactly: nothing is apportioned, an age that the census cuts through is not compared. Only figures that may be
//! shown come here, and only sums and shares of them leave.

use std::ops::Range;

use super::{
    AGES,
    view::{FEW, GroupRow, Share},
};

/// From this many people on a gap is called solid.
pub const SOLID: i64 = 50;
/// A gap of this many times, and anything above, is told alike.
pub const MOST: u8 = 10;

/// People of some ages, as the census counts them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    /// Youngest age, included.
    pub from: i64,
    /// Oldest age, included; none for the oldest people.
    pub to: Option<i64>,
    /// An estimate: not a whole number.
    pub people: f64,
}

/// Ages that both sides can tell.
#[derive(Debug, Clone, PartialEq)]
pub struct Bracket {
    /// Positions in [`AGES`].
    pub ages: Range<usize>,
    /// Who lives here, of these ages.
    pub people: f64,
}

/// What both sides can tell.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Common {
    /// The youngest first, each with people; from the first to the last age none is left out.
    pub brackets: Vec<Bracket>,
    /// The youngest of [`AGES`], where the census cuts through them: so many are not compared.
    pub apart: usize,
}

/// The youngest age of each of [`AGES`].
#[must_use]
pub fn starts() -> Vec<i64> {
    let digits = |code: &str| code.chars().take_while(char::is_ascii_digit).collect::<String>();
    AGES.iter().filter_map(|code| digits(code).parse().ok()).collect()
}

/// The finest brackets of the census that are whole groups of the contributions, or several together. Fewer than two
/// compare with nothing: then there are none.
#[must_use]
pub fn common(census: &[Span]) -> Common {
    // A boundary stands where nobody of the census is counted across it.
    let stands = |age: i64| census.iter().all(|s| s.from >= age || s.to.is_some_and(|to| to < age));
    let starts = starts();
    let bounds: Vec<usize> = (0..starts.len()).filter(|at| starts.get(*at).is_some_and(|a| stands(*a))).collect();
    let bracket = |(i, first): (usize, &usize)| {
        let end = bounds.get(i + 1).copied().unwrap_or(starts.len());
        let (from, below) = (starts.get(*first).copied()?, starts.get(end).copied());
        let within = census.iter().filter(|s| s.from >= from && below.is_none_or(|b| s.from < b));
        Some(Bracket { ages: *first..end, people: within.map(|s| s.people).sum() })
    };
    let brackets: Vec<Bracket> = bounds.iter().enumerate().filter_map(bracket).collect();
    if brackets.len() < 2 || brackets.iter().any(|b| b.people <= 0.0) {
        return Common::default();
    }
    Common { apart: bounds.first().copied().unwrap_or_default(), brackets }
}

/// How a share differs from the town's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// Too few people for words.
    Few,
    /// The town's share lies within the margin.
    None,
    /// More or fewer than in the town.
    Apart {
        /// Fewer.
        less: bool,
        /// 0 for a little, 1 for half as many again (or a third less), then so many times, [`MOST`] at most.
        times: u8,
        /// Enough people to rely on it.
        solid: bool,
    },
}

/// Compares a share of `base` people with the share of the town, from 0 to 1.
#[must_use]
pub fn gap(here: Share, base: i64, town: f64) -> Gap {
    if base < FEW {
        return Gap::Few;
    }
    if here.margin.contains(town) {
        return Gap::None;
    }
    let less = here.share < town;
    let (small, large) = if less { (here.share, town) } else { (town, here.share) };
    let factor = if small > 0.0 { large / small } else { f64::INFINITY };
    Gap::Apart { less, times: times(factor), solid: base >= SOLID }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 2 to MOST")]
fn times(factor: f64) -> u8 {
    match factor {
        f if f < 1.25 => 0,
        f if f < 1.75 => 1,
        f => f.round().min(f64::from(MOST)) as u8,
    }
}

/// How many more people of a group would make its share that of the town.
#[must_use]
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "people are fewer than 2^52")]
pub fn short_by(hits: i64, base: i64, town: f64) -> i64 {
    if !(0.0..1.0).contains(&town) {
        return 0;
    }
    (((town * base as f64 - hits as f64) / (1.0 - town)).ceil() as i64).max(0)
}

/// What a row is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// Ages, by their positions in [`AGES`].
    Ages(Range<usize>),
    /// An area, by its position.
    Area(usize),
}

/// A group beside its share of the town.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Who.
    pub who: Who,
    /// How many people, and their share, where they may be shown.
    pub here: Option<(i64, Share)>,
    /// Their share of the town, from 0 to 1.
    pub town: Option<f64>,
    /// How the two differ.
    pub gap: Option<Gap>,
}

impl Row {
    /// How much of the town's share is not here; nothing unless the gap says less.
    #[must_use]
    pub fn lacks(&self) -> Option<f64> {
        match (self.gap?, self.here?, self.town?) {
            (Gap::Apart { less: true, .. }, (_, share), town) => Some(town - share.share),
            _ => None,
        }
    }
}

/// Groups beside the town.
#[derive(Debug, Clone, PartialEq)]
pub struct Beside {
    /// In their order.
    pub rows: Vec<Row>,
    /// The people that the shares here are shares of.
    pub base: i64,
}

impl Beside {
    /// The rows that lack people, those that lack most first.
    #[must_use]
    pub fn missing(&self) -> Vec<&Row> {
        let mut rows: Vec<(&Row, f64)> = self.rows.iter().filter_map(|r| Some((r, r.lacks()?))).collect();
        rows.sort_by(|a, b| b.1.total_cmp(&a.1));
        rows.into_iter().map(|(row, _)| row).collect()
    }

    /// How many more people of a row would do.
    #[must_use]
    pub fn short_by(&self, row: &Row) -> i64 {
        row.here.zip(row.town).map_or(0, |((hits, _), town)| short_by(hits, self.base, town))
    }
}

/// The ages of those who gave theirs, beside the town. `known` is how many gave it. Nothing where the whole may not be
/// shown, or no part of it.
#[must_use]
pub fn ages(groups: &[GroupRow], known: Option<i64>, common: &Common) -> Option<Beside> {
    let people = |ages: &Range<usize>| -> Option<i64> {
        ages.clone().map(|at| groups.get(at).and_then(|g| g.all)).sum::<Option<i64>>()
    };
    let parts: Vec<Option<i64>> = common.brackets.iter().map(|b| people(&b.ages)).collect();
    // Without the youngest the whole is what remains: all of it must be there to be added up.
    let base = if common.apart == 0 { known } else { parts.iter().copied().sum::<Option<i64>>() }?;
    let town: f64 = common.brackets.iter().map(|b| b.people).sum();
    let row = |(bracket, part): (&Bracket, Option<i64>)| {
        row(Who::Ages(bracket.ages.clone()), part.map(|n| n.min(base)), base, Some(bracket.people / town))
    };
    shown(common.brackets.iter().zip(parts).map(row).collect(), base)
}

/// The areas that people wrote about, beside where people live. An area that may not be shown, or whose inhabitants
/// nobody told, is left out of both sides: shares are of the others.
#[must_use]
#[allow(clippy::cast_precision_loss, reason = "people are fewer than 2^52")]
pub fn areas(people: &[Option<i64>], inhabitants: &[Option<i64>]) -> Option<Beside> {
    let both: Vec<(Option<i64>, Option<i64>)> =
        people.iter().zip(inhabitants).map(|(p, i)| (*p, i.filter(|n| *n > 0))).collect();
    let counted = || both.iter().filter_map(|(p, i)| p.zip(*i));
    if counted().count() < 2 {
        return None;
    }
    let base: i64 = counted().map(|(p, _)| p).sum();
    let town: i64 = counted().map(|(_, i)| i).sum();
    let row = |(at, (part, lives)): (usize, &(Option<i64>, Option<i64>))| {
        let told = part.zip(*lives);
        row(Who::Area(at), told.map(|(n, _)| n), base, told.map(|(_, n)| n as f64 / town as f64))
    };
    shown(both.iter().enumerate().filter(|(_, (_, lives))| lives.is_some()).map(row).collect(), base)
}

fn row(who: Who, part: Option<i64>, base: i64, town: Option<f64>) -> Row {
    let here = part.map(|n| (n, Share::of(n, base)));
    let gap = here.zip(town).map(|((_, share), town)| gap(share, base, town));
    Row { who, here, town, gap }
}

fn shown(rows: Vec<Row>, base: i64) -> Option<Beside> {
    rows.iter().any(|r| r.here.is_some()).then_some(Beside { rows, base })
}

#[cfg(test)]
mod tests;
