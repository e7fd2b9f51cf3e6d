//! "Who speaks, who is missing": the words and bars of [`super::town`], and what may be done about it.

use parvis_kernel::{Result, permission::Right};
use parvis_people::{areas::Area, margins, urls as people};
use parvis_ui::{
    Page, SafeHtml,
    charts::{BarOptions, bar_cell_with},
};

use super::{
    AGES,
    figures::{Figures, Group, Key},
    svg,
    town::{self, Beside, Gap, Row, Span, Who},
    view::{Board, Choice, FEW},
};
use crate::urls;

/// How many groups the words at the end name, of each kind.
const NAMED: usize = 2;

/// A row of a table: a group here and in the town.
pub(crate) struct Line {
    pub name: String,
    pub bar: SafeHtml,
    /// Share and margin.
    pub here: Option<(String, String)>,
    pub town: String,
    pub gap: String,
    /// Its texts; empty where several lists would be needed.
    pub texts: String,
}

/// The ages, or the areas.
pub(crate) struct Table {
    /// Key of the words above its rows.
    pub head: &'static str,
    pub caption: String,
    pub lines: Vec<Line>,
    pub note: String,
    pub some_hidden: bool,
}

/// What may be done for a group that is missing.
pub(crate) struct Act {
    pub words: String,
    /// Address and words.
    pub links: Vec<(String, String)>,
}

/// The part of the page.
#[derive(Default)]
pub(crate) struct Part {
    pub lead: Vec<String>,
    pub tables: Vec<Table>,
    pub acts: Vec<Act>,
    pub notes: Vec<String>,
    /// What would have to be brought first: words, address and its words.
    pub wanted: Vec<(String, String, String)>,
}

impl Part {
    /// Whether there is nothing to show.
    pub(crate) fn is_empty(&self) -> bool {
        self.tables.is_empty() && self.notes.is_empty() && self.wanted.is_empty()
    }
}

/// Compares those of a choice with the town.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn part(p: &Page, choice: &Choice, board: &Board, figures: &Figures, areas: &[Area]) -> Result<Part> {
    let mut part = Part::default();
    let census = margins::of_town(p.ctx.app.db.read(), &p.ctx.settings.commune.code).await?;
    let manages = p.ctx.may(Right::ManageProjects, None);
    match &census {
        Some(census) if choice.area.is_none() => by_age(p, choice, board, census, &mut part),
        None if manages => {
            part.wanted.push((
                p.t("analysis-town-import"),
                people::Census {}.to_string(),
                p.t("analysis-town-import-link"),
            ));
        }
        _ => {}
    }
    by_area(p, choice, figures, areas, manages, &mut part);
    Ok(part)
}

fn by_age(p: &Page, choice: &Choice, board: &Board, census: &margins::TownMargins, part: &mut Part) {
    let spans = census.margins.iter().map(|m| Span { from: m.age_from, to: m.age_to, people: m.people });
    let common = town::common(&spans.collect::<Vec<_>>());
    if common.brackets.is_empty() {
        part.notes.push(p.t("analysis-town-cut"));
        return;
    }
    if common.apart > 0 {
        part.notes.push(p.t1("analysis-town-apart", "who", ages(p, 0, common.apart)));
    }
    let Some(beside) = town::ages(&board.age_groups, board.known, &common) else {
        part.notes.push(p.t("analysis-town-ages-hidden"));
        return;
    };
    part.lead.push(lead(p, &beside, "ages", |row| name(p, row, &[])));
    let from = town::starts().get(common.apart).copied().unwrap_or_default();
    let note = p.t3("analysis-town-note-ages", "n", beside.base, "from", from, "source", p.text(&census.source));
    part.tables.push(table(p, choice, &beside, &[], ("analysis-col-age", "analysis-town-caption-ages", note)));
    part.notes.push(p.t("analysis-town-gender"));
    for row in beside.missing().into_iter().take(NAMED) {
        let who = name(p, row, &[]);
        let words = p.t2("analysis-town-short", "who", who, "n", beside.short_by(row));
        part.acts.push(Act { words, links: links(p, choice, None) });
    }
}

fn by_area(p: &Page, choice: &Choice, figures: &Figures, areas: &[Area], manages: bool, part: &mut Part) {
    let of = |at: usize| figures.get(&Key::whole(choice.period).area(Group::At(at))).map(|f| f.people);
    let people: Vec<Option<i64>> = (0..areas.len()).map(of).collect();
    let inhabitants: Vec<Option<i64>> = areas.iter().map(|a| a.population).collect();
    if areas.len() > 1 && inhabitants.iter().flatten().count() < 2 {
        if manages {
            let link = (people::Areas {}.to_string(), p.t("analysis-town-populations-link"));
            part.wanted.push((p.t("analysis-town-populations"), link.0, link.1));
        }
        return;
    }
    let Some(mut beside) = town::areas(&people, &inhabitants) else { return };
    if let Some(chosen) = choice.area {
        let at = areas.iter().position(|a| a.id == chosen);
        beside.rows.retain(|row| matches!(&row.who, Who::Area(own) if Some(*own) == at));
    } else {
        part.lead.push(lead(p, &beside, "areas", |row| name(p, row, areas)));
    }
    if beside.rows.is_empty() {
        return;
    }
    let note = p.t1("analysis-town-note-areas", "n", beside.base);
    part.tables.push(table(p, choice, &beside, areas, ("analysis-col-area", "analysis-town-caption-areas", note)));
    for row in beside.missing().into_iter().take(NAMED) {
        let who = name(p, row, areas);
        let words = p.t2("analysis-town-short", "who", &who, "n", beside.short_by(row));
        part.acts.push(Act { words, links: links(p, choice, area(row, areas)) });
    }
    for row in beside.rows.iter().filter(|r| r.here.is_none()).take(NAMED) {
        let words = p.t1("analysis-town-short-hidden", "who", name(p, row, areas));
        part.acts.push(Act { words, links: links(p, choice, area(row, areas)) });
    }
}

fn area<'a>(row: &Row, areas: &'a [Area]) -> Option<&'a Area> {
    match row.who {
        Who::Area(at) => areas.get(at),
        Who::Ages(_) => None,
    }
}

/// The sentence above: who lacks most, if anybody does.
fn lead(p: &Page, beside: &Beside, kind: &str, name: impl Fn(&Row) -> String) -> String {
    if beside.base < FEW {
        return p.t(&format!("analysis-town-lead-{kind}-few"));
    }
    let first = beside.missing().into_iter().next();
    match first.and_then(|row| Some((name(row), row.here?.1, row.town?))) {
        Some((who, here, town)) => {
            let (here, town) = (p.percent(&here.share), p.percent(&town));
            p.t3(&format!("analysis-town-lead-{kind}"), "who", who, "here", here, "town", town)
        }
        None => p.t(&format!("analysis-town-lead-{kind}-none")),
    }
}

fn table(
    p: &Page,
    choice: &Choice,
    beside: &Beside,
    areas: &[Area],
    (head, caption, note): (&'static str, &str, String),
) -> Table {
    let ends = beside.rows.iter().flat_map(|r| [r.here.map(|(_, s)| s.margin.high), r.town]).flatten();
    let full = ((ends.fold(0.0, f64::max) * 20.0).ceil() / 20.0).clamp(0.05, 1.0);
    let line = |row: &Row| {
        let bar = row.here.map(|(_, share)| {
            let interval = Some((share.margin.low, share.margin.high));
            bar_cell_with(share.share, BarOptions { interval, reference: row.town, full: Some(full), mute: false })
        });
        Line {
            name: name(p, row, areas),
            bar: bar.unwrap_or_default(),
            here: row.here.map(|(_, share)| (p.percent(&share.share), svg::margin(p, &share))),
            town: row.town.map(|t| p.percent(&t)).unwrap_or_default(),
            gap: row.gap.map(|g| gap_words(p, g)).unwrap_or_default(),
            texts: texts(choice, row, areas),
        }
    };
    Table {
        head,
        caption: p.t(caption),
        lines: beside.rows.iter().map(line).collect(),
        note,
        some_hidden: beside.rows.iter().any(|r| r.here.is_none()),
    }
}

/// The list of what a group wrote.
fn texts(choice: &Choice, row: &Row, areas: &[Area]) -> String {
    let all = Choice { theme: None, without: false, turn: 0, ..choice.clone() };
    let one = match &row.who {
        Who::Ages(ages) if ages.len() == 1 => Choice { age: AGES.get(ages.start).copied(), ..all },
        Who::Ages(_) => return String::new(),
        Who::Area(_) => Choice { area: area(row, areas).map(|a| a.id), ..all },
    };
    format!("{}{}", urls::Texts {}, one.query())
}

fn name(p: &Page, row: &Row, areas: &[Area]) -> String {
    match &row.who {
        Who::Ages(range) => ages(p, range.start, range.end),
        Who::Area(_) => area(row, areas).map(|a| p.text(&a.name)).unwrap_or_default(),
    }
}

/// The ages of some of [`AGES`] that follow one another: "25-64 ans", "65 ans et plus".
fn ages(p: &Page, first: usize, end: usize) -> String {
    let starts = town::starts();
    let from = starts.get(first).copied().unwrap_or_default();
    match starts.get(end) {
        Some(next) => p.t1("analysis-age-of", "age", format!("{from}-{}", next - 1)),
        None => p.t1("analysis-town-over", "from", from),
    }
}

fn gap_words(p: &Page, gap: Gap) -> String {
    match gap {
        Gap::Few => p.t("analysis-gap-few"),
        Gap::None => p.t("analysis-gap-none"),
        Gap::Apart { less, times, solid } => {
            let words = p.t1(if less { "analysis-gap-less" } else { "analysis-gap-more" }, "n", i64::from(times));
            if solid { words } else { p.t1("analysis-gap-check", "gap", words) }
        }
    }
}

/// What whoever reads this may do: a poster with its code, an entry on behalf of somebody.
fn links(p: &Page, choice: &Choice, area: Option<&Area>) -> Vec<(String, String)> {
    let mut query: Vec<String> = choice.project.iter().map(|id| format!("projet={id}")).collect();
    query.extend(area.map(|a| format!("quartier={}", a.id)));
    let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
    let mut links = Vec::new();
    if p.ctx.may(Right::ManageProjects, None) {
        let words = match area {
            Some(area) => p.t1("analysis-town-poster-area", "area", p.text(&area.name)),
            None => p.t("analysis-town-poster"),
        };
        links.push((format!("/equipe/liens{query}#nouveau"), words));
    }
    if p.ctx.may(Right::Moderate, choice.project) {
        links.push((format!("/equipe/contributions/saisir{query}"), p.t("analysis-town-enter")));
    }
    links
}
