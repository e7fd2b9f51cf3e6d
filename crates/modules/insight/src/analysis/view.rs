//! What the page shows, from the figures that may be shown: pure.

use chrono::NaiveDate;
use parvis_kernel::{form::Form, url::encode};
use parvis_statistics::{Interval, wilson};
use uuid::Uuid;

use super::{
    AGES, Period,
    figures::{Figure, Figures, Group, Key, ThemeKey, WeekKey},
    ledger::LINES,
    store::Theme,
};

/// Under this many people no ranking words.
pub const FEW: i64 = 30;
/// The classes of the map, in whole percent: below the first, between two, from the last on. The second scale is for
/// themes that are nowhere above a fifth.
const SCALES: [[i64; 4]; 2] = [[20, 30, 40, 50], [4, 8, 12, 16]];

/// What a reader chose.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// One project, or all.
    pub project: Option<Uuid>,
    /// How far back.
    pub period: Period,
    /// One area, or all.
    pub area: Option<Uuid>,
    /// The theme that map, quotes and lists are about.
    pub theme: Option<Uuid>,
    /// An age group (lists only).
    pub age: Option<&'static str>,
    /// A week, by its Monday (lists only).
    pub week: Option<NaiveDate>,
    /// Texts without a theme (lists only).
    pub without: bool,
    /// Which page of a list, or which draw of quotes, from 0.
    pub turn: i64,
}

impl Choice {
    /// From a query string: codes and keys only, anything else is as if not there.
    #[must_use]
    pub fn parse(query: &str) -> Self {
        let form = Form::parse(query.as_bytes());
        let key = |name: &str| Uuid::parse_str(form.get(name)).ok();
        Self {
            project: key("projet"),
            period: Period::parse(form.get("periode")),
            area: key("quartier"),
            theme: key("theme"),
            age: AGES.into_iter().find(|a| *a == form.get("age")),
            week: form.get("semaine").parse().ok(),
            without: form.get("theme") == "aucun",
            turn: form.get("suite").parse().unwrap_or(0).clamp(0, 100_000),
        }
    }

    /// The query string that says the same, with its question mark; empty for what is chosen by default.
    #[must_use]
    pub fn query(&self) -> String {
        let mut parts = Vec::new();
        let mut add = |name: &str, value: String| parts.push(format!("{name}={}", encode(&value)));
        if let Some(id) = self.project {
            add("projet", id.to_string());
        }
        if self.period != Period::default() {
            add("periode", self.period.code().to_owned());
        }
        if let Some(id) = self.area {
            add("quartier", id.to_string());
        }
        match (self.without, self.theme) {
            (true, _) => add("theme", "aucun".to_owned()),
            (false, Some(id)) => add("theme", id.to_string()),
            (false, None) => {}
        }
        if let Some(age) = self.age {
            add("age", age.to_owned());
        }
        if let Some(week) = self.week {
            add("semaine", week.to_string());
        }
        if self.turn > 0 {
            add("suite", self.turn.to_string());
        }
        if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
    }

    /// The figure that a list of texts stands behind.
    #[must_use]
    pub fn key(&self, theme: ThemeKey, areas: &[Uuid]) -> Option<Key> {
        let mut key = Key::whole(self.period).theme(theme);
        if let Some(area) = self.area {
            key = key.area(Group::At(areas.iter().position(|a| *a == area)?));
        }
        if let Some(age) = self.age {
            key = key.age(Group::At(AGES.iter().position(|a| *a == age)?));
        }
        if let Some(week) = self.week {
            key = Key { period: Period::All, ..key.week(WeekKey::At(week)) };
        }
        Some(key)
    }
}

/// A share with its margin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// From 0 to 1.
    pub share: f64,
    /// 95 %.
    pub margin: Interval,
}

impl Share {
    /// `hits` of `all`.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "texts and people are fewer than 2^52")]
    pub fn of(hits: i64, all: i64) -> Self {
        let whole = |n: i64| u64::try_from(n).unwrap_or(0);
        let share = if all > 0 { hits as f64 / all as f64 } else { 0.0 };
        Self { share, margin: wilson(whole(hits), whole(all)) }
    }
}

/// A theme in the list.
#[derive(Debug, Clone, PartialEq)]
pub struct ThemeRow {
    /// Key.
    pub id: Uuid,
    /// Position.
    pub at: usize,
    /// Its words.
    pub label: String,
    /// Its texts and their share, where they may be shown.
    pub shown: Option<(Figure, Share)>,
}

/// One line of the chart over time: all texts, or a theme.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// `None` for all texts.
    pub theme: Option<ThemeRow>,
    /// For each week, where it may be shown.
    pub values: Vec<Option<i64>>,
}

/// An area, or an age group, and how many of its people speak of a theme.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupRow {
    /// Position of the area or age group.
    pub at: usize,
    /// People of the group, where that may be shown.
    pub all: Option<i64>,
    /// People of the group, people who speak of it, and their share, where they may be shown.
    pub shown: Option<(i64, i64, Share)>,
}

/// How the ages speak of a theme.
#[derive(Debug, Clone, PartialEq)]
pub struct AgePanel {
    /// The theme.
    pub theme: ThemeRow,
    /// Of all people, where it may be shown.
    pub average: Option<f64>,
    /// Each age group.
    pub rows: Vec<GroupRow>,
}

/// Everything on the page.
#[derive(Debug, Clone, PartialEq)]
pub struct Board {
    /// All texts of the view.
    pub total: Figure,
    /// Themes, those that may be shown first, the largest first.
    pub themes: Vec<ThemeRow>,
    /// Themes that are nowhere shown.
    pub unnamed: usize,
    /// Texts without a theme, where they may be shown.
    pub without: Option<Figure>,
    /// The theme that map and quotes are about.
    pub chosen: Option<ThemeRow>,
    /// Mondays of the chart, and its lines.
    pub weeks: Vec<NaiveDate>,
    /// All texts, and the first themes, where at least two weeks may be shown.
    pub lines: Vec<Line>,
    /// Each area.
    pub areas: Vec<GroupRow>,
    /// The four first themes by age.
    pub ages: Vec<AgePanel>,
    /// People whose age is known.
    pub known: Option<i64>,
    /// How many people each age group has, where that may be shown: all or none of them beside `known`.
    pub age_groups: Vec<GroupRow>,
}

/// What a board is made of.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// What may be shown.
    pub figures: &'a Figures,
    /// The themes.
    pub themes: &'a [Theme],
    /// The areas, in their order.
    pub areas: &'a [Uuid],
    /// This week's Monday.
    pub this_week: NaiveDate,
}

impl Board {
    /// The page of a choice. Nothing when fewer than eleven people are in it, or when showing it would tell of such a group.
    #[must_use]
    pub fn new(ground: Ground<'_>, choice: &Choice) -> Option<Self> {
        let town = Key::whole(choice.period);
        let view = match choice.area {
            Some(area) => town.area(Group::At(ground.areas.iter().position(|a| *a == area)?)),
            None => town,
        };
        let total = *ground.figures.get(&view)?;
        // A theme without a label is about too few people to be named.
        let (named, unnamed): (Vec<&Theme>, Vec<&Theme>) = ground.themes.iter().partition(|t| !t.label.is_empty());
        let mut themes: Vec<ThemeRow> = named.into_iter().filter_map(|t| theme_row(ground, view, total, t)).collect();
        themes.sort_by_key(|t| (std::cmp::Reverse(t.shown.map_or(0, |(f, _)| f.texts)), t.at));
        let visible = themes.iter().filter(|t| t.shown.is_some());
        let chosen = visible.clone().find(|t| Some(t.id) == choice.theme).or_else(|| visible.clone().next()).cloned();
        let (weeks, lines) =
            if choice.area.is_none() { lines(ground, choice.period, &themes) } else { (vec![], vec![]) };
        let areas = chosen.as_ref().map_or_else(Vec::new, |t| areas(ground, town, t));
        let ages = if choice.area.is_none() { ages(ground, town, visible) } else { vec![] };
        let known = ground.figures.get(&town.age(Group::Known)).map(|f| f.people);
        let groups = (0..AGES.len()).map(|at| group_row(ground, at, town.age(Group::At(at)), town.age(Group::At(at))));
        let age_groups = if choice.area.is_none() { groups.collect() } else { vec![] };
        let without = ground.figures.get(&view.theme(ThemeKey::Without)).copied().or_else(|| none(ground, view, total));
        Some(Self {
            total,
            unnamed: unnamed.len(),
            without,
            chosen,
            weeks,
            lines,
            areas,
            ages,
            known,
            age_groups,
            themes,
        })
    }

    /// The lines that are worth drawing: themes with a point in most weeks, else all texts alone.
    #[must_use]
    pub fn drawn(&self) -> Vec<&Line> {
        let themes: Vec<&Line> = self
            .lines
            .iter()
            .filter(|l| l.theme.is_some() && 2 * l.values.iter().flatten().count() > self.weeks.len())
            .collect();
        if themes.is_empty() { self.lines.iter().filter(|l| l.theme.is_none()).collect() } else { themes }
    }

    /// The share that fills a bar: the highest margin shown, in steps of five percent.
    #[must_use]
    pub fn full(&self) -> f64 {
        let highest = self.themes.iter().filter_map(|t| t.shown).map(|(_, s)| s.margin.high).fold(0.0, f64::max);
        ((highest * 20.0).ceil() / 20.0).clamp(0.05, 1.0)
    }

    /// The classes of the map, in whole percent.
    #[must_use]
    pub fn scale(&self) -> [i64; 4] {
        let [wide, narrow] = SCALES;
        let everywhere_low = self.areas.iter().filter_map(|a| a.shown).all(|(_, _, s)| s.share < 0.2);
        if everywhere_low { narrow } else { wide }
    }

    /// The class of a share, from 1 to 5.
    #[must_use]
    pub fn class(&self, share: f64) -> u8 {
        #[allow(clippy::cast_precision_loss, reason = "whole percents")]
        let above = self.scale().into_iter().filter(|limit| share * 100.0 >= *limit as f64).count();
        u8::try_from(above).unwrap_or(4) + 1
    }
}

/// No text is without a theme: said where the themes that are shown add up to all texts, as anybody can add them up. Of one
/// to ten people who wrote such texts the figure is hidden, and another with it, so that the sum says nothing.
fn none(ground: Ground<'_>, view: Key, total: Figure) -> Option<Figure> {
    let of = |t: &Theme| {
        let at = usize::try_from(t.position).ok()?;
        ground.figures.get(&view.theme(ThemeKey::At(at))).map(|f| f.texts)
    };
    let texts: i64 = ground.themes.iter().filter_map(of).sum();
    (texts == total.texts).then_some(Figure { texts: 0, people: 0 })
}

fn theme_row(ground: Ground<'_>, view: Key, total: Figure, theme: &Theme) -> Option<ThemeRow> {
    let at = usize::try_from(theme.position).ok()?;
    let figure = ground.figures.get(&view.theme(ThemeKey::At(at))).copied();
    let shown = figure.map(|f| (f, Share::of(f.texts, total.texts)));
    Some(ThemeRow { id: theme.id, at, label: theme.label.clone(), shown })
}

fn lines(ground: Ground<'_>, period: Period, themes: &[ThemeRow]) -> (Vec<NaiveDate>, Vec<Line>) {
    let start = period.start(ground.this_week);
    let shown: Vec<NaiveDate> = ground
        .figures
        .keys()
        .filter_map(|k| match k.week {
            WeekKey::At(w) if start.is_none_or(|s| w >= s) => Some(w),
            _ => None,
        })
        .collect();
    let (Some(first), Some(last)) = (shown.iter().min(), shown.iter().max()) else { return (vec![], vec![]) };
    let weeks: Vec<NaiveDate> = first.iter_days().step_by(7).take_while(|d| d <= last).collect();
    // The first themes of the whole time keep their place and colour whatever the period.
    let mut first_themes: Vec<&ThemeRow> = themes.iter().filter(|t| t.at < LINES).collect();
    first_themes.sort_by_key(|t| t.at);
    let candidates = std::iter::once(None).chain(first_themes.into_iter().map(Some));
    let lines = candidates
        .map(|theme| {
            let key = Key::whole(Period::All).theme(theme.map_or(ThemeKey::All, |t| ThemeKey::At(t.at)));
            let value = |w: &NaiveDate| ground.figures.get(&key.week(WeekKey::At(*w))).map(|f| f.texts);
            Line { theme: theme.cloned(), values: weeks.iter().map(value).collect() }
        })
        .filter(|line| line.values.iter().flatten().count() >= 2)
        .collect();
    (weeks, lines)
}

fn group_row(ground: Ground<'_>, at: usize, all: Key, part: Key) -> GroupRow {
    let people = |key| ground.figures.get(&key).map(|f| f.people);
    let shown = people(all).zip(people(part)).map(|(all, hits)| (all, hits, Share::of(hits, all)));
    GroupRow { at, all: people(all), shown }
}

fn areas(ground: Ground<'_>, town: Key, theme: &ThemeRow) -> Vec<GroupRow> {
    (0..ground.areas.len())
        .map(|at| {
            let all = town.area(Group::At(at));
            group_row(ground, at, all, all.theme(ThemeKey::At(theme.at)))
        })
        .collect()
}

fn ages<'a>(ground: Ground<'_>, town: Key, themes: impl Iterator<Item = &'a ThemeRow>) -> Vec<AgePanel> {
    themes
        .take(LINES)
        .map(|theme| {
            let rows = (0..AGES.len()).map(|at| {
                let all = town.age(Group::At(at));
                group_row(ground, at, all, all.theme(ThemeKey::At(theme.at)))
            });
            let average = group_row(ground, 0, town, town.theme(ThemeKey::At(theme.at)));
            AgePanel { theme: theme.clone(), average: average.shown.map(|(_, _, s)| s.share), rows: rows.collect() }
        })
        // One age alone compares with nothing.
        .filter(|panel| panel.rows.iter().filter(|r| r.shown.is_some()).count() > 1)
        .collect()
}

#[cfg(test)]
mod tests;
