//! The page of the analysis, and the button that asks for it again.

use askama::Template;
use axum::response::Response;
use chrono::NaiveDate;
use parvis_kernel::{Ctx, Error, Refusal, Result, locale::local_day, permission::Right};
use parvis_people::areas::{self, Area};
use parvis_ui::{
    Page, SafeHtml,
    charts::{BarOptions, bar_cell_with},
    html, redirect,
};
use uuid::Uuid;

use super::{
    Period, job, missing, monday, store,
    store::{Analysis, Quote},
    svg,
    view::{Board, Choice, FEW, Ground, GroupRow, Share, ThemeRow},
};
use crate::urls;

/// Quotes on the page at a time.
const SHOWN: usize = 3;

/// An option of a filter.
pub(crate) struct Opt {
    pub code: String,
    pub label: String,
    pub chosen: bool,
}

/// The filters of the page.
pub(crate) struct Filters {
    pub projects: Vec<Opt>,
    pub periods: Vec<Opt>,
    pub areas: Vec<Opt>,
}

/// A row of the table of themes.
struct Bar {
    row: ThemeRow,
    label: String,
    bar: SafeHtml,
    texts: String,
    choose: String,
    current: bool,
}

/// A row of the tables by area or age.
struct Cell {
    name: String,
    all: Option<i64>,
    shown: Option<(i64, i64, Share)>,
    margin: String,
    texts: String,
    everybody: String,
}

/// A row of the table of weeks.
struct Week {
    day: NaiveDate,
    values: Vec<(Option<i64>, String)>,
}

/// The page once something may be shown.
struct Face {
    board: Board,
    lead: String,
    bars: Vec<Bar>,
    all_texts: String,
    without_texts: String,
    lines: Vec<String>,
    weeks: Vec<Week>,
    evolution: SafeHtml,
    over_time: String,
    open_week: bool,
    map: SafeHtml,
    legend: SafeHtml,
    where_: String,
    map_title: String,
    areas: Vec<Cell>,
    panels: Vec<svg::Panel>,
    ages: Vec<(String, Vec<Cell>)>,
    by_age: String,
    age_groups: Vec<(Cell, SafeHtml)>,
    quotes: Vec<Quote>,
    quoted: String,
    next_draw: String,
    town: missing::Part,
}

#[derive(Template)]
#[template(path = "analysis/show.html")]
struct Show<'a> {
    p: &'a Page,
    filters: Filters,
    choice: Choice,
    analysis: Option<Analysis>,
    face: Option<Face>,
    age_heads: Vec<String>,
}

impl Show<'_> {
    fn may_ask(&self) -> bool {
        self.p.ctx.may(Right::Moderate, None)
    }

    fn filters_any(&self) -> bool {
        [&self.filters.projects, &self.filters.periods, &self.filters.areas].into_iter().any(|f| f.len() > 1)
    }

    fn filtered(&self) -> bool {
        self.choice.area.is_some() || self.choice.project.is_some() || self.choice.period != Period::All
    }

    /// Whether the method may say how many texts there are and how many have a theme: the difference is a figure too.
    fn may_count(&self) -> bool {
        !self.filtered() && self.face.as_ref().is_some_and(|f| f.board.without.is_some())
    }

    #[allow(clippy::cast_precision_loss, reason = "milliseconds of a job")]
    fn seconds(&self, analysis: &Analysis) -> f64 {
        (analysis.took_ms as f64 / 1000.0).max(0.01)
    }
}

impl Face {
    fn shown(&self) -> i64 {
        i64::try_from(self.board.themes.iter().filter(|t| t.shown.is_some()).count()).unwrap_or(0)
    }

    fn some_hidden(&self) -> bool {
        self.board.themes.iter().any(|t| t.shown.is_none())
    }

    fn area_hidden(&self) -> bool {
        self.board.areas.iter().any(|a| a.shown.is_none())
    }

    fn age_hidden(&self) -> bool {
        self.board.age_groups.iter().any(|a| a.shown.is_none())
    }

    fn share_of_age_hidden(&self) -> bool {
        self.board.ages.iter().flat_map(|panel| &panel.rows).any(|r| r.shown.is_none())
    }
}

/// What the town says. Whoever reads the desk; a moderator of named projects sees those only.
pub(crate) async fn show(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Read, None)?;
    let choice = scoped(&ctx, Choice::parse(query(&ctx)))?;
    let page = Page::team(&ctx, ctx.t("analysis-title")).await?;
    let areas = areas::all(ctx.app.db.read()).await?;
    let analysis = store::latest(ctx.app.db.read(), choice.project).await?;
    let filters = filters(&page, &choice, &areas, analysis.as_ref()).await?;
    let face = match &analysis {
        Some(analysis) => face(&page, &choice, analysis, &areas).await?,
        None => None,
    };
    let age_heads = (0..super::AGES.len()).map(|at| svg::age(&page, at)).collect();
    html(&Show { p: &page, filters, choice, analysis, face, age_heads })
}

/// Asks for the analysis to be computed again. Moderators.
pub(crate) async fn recalculate(ctx: Ctx) -> Result<Response> {
    ctx.require(Right::Moderate, None)?;
    let moment = ctx.moment.clone();
    ctx.app
        .db
        .write(move |tx| {
            let moment = moment.clone();
            Box::pin(async move { job::request_again(tx, &moment).await })
        })
        .await?;
    Ok(redirect(format!("{}?fait=analysis-asked", urls::Analysis {})))
}

/// The query string of the request.
pub(crate) fn query(ctx: &Ctx) -> &str {
    ctx.uri.split_once('?').map_or("", |(_, q)| q)
}

/// The choice within what this person may read.
pub(crate) fn scoped(ctx: &Ctx, mut choice: Choice) -> Result<Choice> {
    if let Some(own) = ctx.actor.projects()
        && choice.project.is_none()
    {
        choice.project = Some(*own.first().ok_or(Error::Refused(Refusal::NOT_ALLOWED))?);
    }
    ctx.require(Right::Read, choice.project)?;
    Ok(choice)
}

/// All projects, in the team's order.
pub(crate) async fn project_names(ctx: &Ctx) -> Result<Vec<(Uuid, String)>> {
    let mut names = Vec::new();
    for module in &ctx.app.modules {
        names.extend(module.scopes(&ctx.app.db).await?);
    }
    Ok(names)
}

/// The choices that open something, and the present one.
async fn filters(p: &Page, choice: &Choice, areas: &[Area], analysis: Option<&Analysis>) -> Result<Filters> {
    let views = match analysis {
        Some(analysis) => store::views(p.ctx.app.db.read(), analysis.id).await?,
        None => vec![],
    };
    let code = |area: Option<Uuid>| area.map(|a| a.to_string()).unwrap_or_default();
    let opens = |period: Period, area: Option<Uuid>| views.contains(&(period, code(area)));
    let own = p.ctx.actor.projects();
    let known = store::projects(p.ctx.app.db.read()).await?;
    let mut projects: Vec<Opt> = project_names(&p.ctx)
        .await?
        .into_iter()
        .filter(|(id, _)| known.contains(id) && own.is_none_or(|own| own.contains(id)))
        .map(|(id, title)| Opt { code: id.to_string(), label: p.text(&title), chosen: choice.project == Some(id) })
        .collect();
    if own.is_none() {
        let all = Opt { code: String::new(), label: p.t("analysis-all-projects"), chosen: choice.project.is_none() };
        projects.insert(0, all);
    }
    let periods = Period::ALL
        .into_iter()
        .rev()
        .filter(|period| *period == choice.period || *period == Period::All || opens(*period, choice.area))
        .map(|period| Opt {
            code: period.code().to_owned(),
            label: period_words(p, period),
            chosen: period == choice.period,
        })
        .collect();
    let all = Opt { code: String::new(), label: p.t("analysis-all-areas"), chosen: choice.area.is_none() };
    let open = areas.iter().filter(|a| choice.area == Some(a.id) || opens(choice.period, Some(a.id)));
    let each = open.map(|a| Opt { code: a.id.to_string(), label: p.text(&a.name), chosen: choice.area == Some(a.id) });
    Ok(Filters { projects, periods, areas: std::iter::once(all).chain(each).collect() })
}

/// A period in words.
pub(crate) fn period_words(p: &Page, period: Period) -> String {
    p.t(match period {
        Period::Four => "analysis-period-four",
        Period::Ten => "analysis-period-ten",
        Period::All => "analysis-period-all",
    })
}

/// The page of the choice, unless it is about too few people.
async fn face(p: &Page, choice: &Choice, analysis: &Analysis, areas: &[Area]) -> Result<Option<Face>> {
    let db = p.ctx.app.db.read();
    let ids: Vec<Uuid> = areas.iter().map(|a| a.id).collect();
    let figures = store::figures(db, analysis.id, choice.period, &ids).await?;
    let themes = store::themes(db, analysis.id).await?;
    let this_week = monday(local_day(analysis.computed_at, p.ctx.settings.tz()));
    let ground = Ground { figures: &figures, themes: &themes, areas: &ids, this_week };
    let Some(board) = Board::new(ground, choice) else { return Ok(None) };
    let quotes = match &board.chosen {
        Some(theme) => store::quotes(db, analysis.id, i64::try_from(theme.at).unwrap_or(0)).await?,
        None => vec![],
    };
    let town = missing::part(p, choice, &board, &figures, areas).await?;
    Ok(Some(Face { town, ..draw(p, choice, board, areas, quotes) }))
}

/// Words and drawings for a board.
fn draw(p: &Page, choice: &Choice, board: Board, areas: &[Area], quotes: Vec<Quote>) -> Face {
    let label = board.chosen.as_ref().map(|t| p.text(&t.label)).unwrap_or_default();
    let map_title = p.t1("analysis-areas-title", "theme", &label);
    let over_time = over_time(p, &board);
    let at: Vec<Choice> = areas.iter().map(|a| Choice { area: Some(a.id), ..choice.clone() }).collect();
    let links: Vec<String> = at.iter().map(|c| texts(&board, c)).collect();
    let cells = board.areas.iter().zip(areas).zip(&at);
    let area_cells = cells.map(|((row, area), at)| cell(p, row, p.text(&area.name), &board, at)).collect();
    let names: Vec<String> = areas.iter().map(|a| p.text(&a.name)).collect();
    let mapped = board.areas.iter().any(|a| a.shown.is_some());
    Face {
        lead: lead(p, &board),
        bars: bars(p, choice, &board),
        all_texts: format!("{}{}", urls::Texts {}, Choice { theme: None, ..choice.clone() }.query()),
        without_texts: format!("{}{}", urls::Texts {}, Choice { without: true, ..choice.clone() }.query()),
        lines: board.lines.iter().map(|l| svg::name(p, l)).collect(),
        weeks: weeks(choice, &board),
        evolution: if board.lines.is_empty() { SafeHtml::default() } else { svg::evolution(p, &board, &over_time) },
        open_week: board.weeks.last() == Some(&monday(p.ctx.today())),
        over_time,
        map: if mapped { svg::map(p, &board, areas, &links, &map_title) } else { SafeHtml::default() },
        legend: if mapped { svg::legend(p, &board) } else { SafeHtml::default() },
        where_: extremes(p, &board.areas, &names, "analysis-areas"),
        map_title,
        areas: area_cells,
        panels: svg::panels(p, &board.ages),
        ages: ages(p, choice, &board),
        by_age: by_age(p, &board),
        age_groups: age_groups(p, choice, &board),
        next_draw: next_draw(choice, &board, quotes.len()),
        quoted: label,
        quotes: page_of_quotes(quotes, choice.turn),
        town: missing::Part::default(),
        board,
    }
}

/// The address of the texts of the theme shown.
fn texts(board: &Board, choice: &Choice) -> String {
    board.chosen.as_ref().map_or_else(String::new, |t| theme_texts(t, choice))
}

fn theme_texts(theme: &ThemeRow, choice: &Choice) -> String {
    let rest = Choice { theme: None, project: None, turn: 0, ..choice.clone() };
    format!("{}{}", urls::ThemeTexts { theme: theme.id }, rest.query())
}

fn bars(p: &Page, choice: &Choice, board: &Board) -> Vec<Bar> {
    let full = board.full();
    let bar = |t: &ThemeRow| {
        let options = |s: Share| BarOptions {
            interval: Some((s.margin.low, s.margin.high)),
            full: Some(full),
            ..BarOptions::default()
        };
        Bar {
            label: p.text(&t.label),
            bar: t.shown.map_or_else(SafeHtml::default, |(_, s)| bar_cell_with(s.share, options(s))),
            texts: theme_texts(t, choice),
            choose: format!(
                "{}{}#themes",
                urls::Analysis {},
                Choice { theme: Some(t.id), turn: 0, ..choice.clone() }.query()
            ),
            current: board.chosen.as_ref().is_some_and(|c| c.id == t.id),
            row: t.clone(),
        }
    };
    board.themes.iter().map(bar).collect()
}

fn cell(p: &Page, row: &GroupRow, name: String, board: &Board, at: &Choice) -> Cell {
    Cell {
        name,
        all: row.all,
        shown: row.shown,
        margin: row.shown.map(|(_, _, s)| svg::margin(p, &s)).unwrap_or_default(),
        texts: texts(board, at),
        everybody: format!("{}{}", urls::Texts {}, Choice { theme: None, turn: 0, ..at.clone() }.query()),
    }
}

fn weeks(choice: &Choice, board: &Board) -> Vec<Week> {
    let link = |line: &super::view::Line, day: NaiveDate| {
        let at = Choice { week: Some(day), period: Period::All, ..choice.clone() };
        match &line.theme {
            Some(theme) => theme_texts(theme, &at),
            None => format!("{}{}", urls::Texts {}, Choice { theme: None, turn: 0, ..at }.query()),
        }
    };
    let value = |i: usize, day: NaiveDate| {
        board.lines.iter().map(|l| (l.values.get(i).copied().flatten(), link(l, day))).collect()
    };
    board.weeks.iter().enumerate().map(|(i, day)| Week { day: *day, values: value(i, *day) }).collect()
}

fn ages(p: &Page, choice: &Choice, board: &Board) -> Vec<(String, Vec<Cell>)> {
    let row = |panel: &super::view::AgePanel| {
        let cells = panel.rows.iter().map(|r| {
            let at = Choice { age: super::AGES.get(r.at).copied(), ..choice.clone() };
            Cell { texts: theme_texts(&panel.theme, &at), ..cell(p, r, svg::age(p, r.at), board, &at) }
        });
        (p.text(&panel.theme.label), cells.collect())
    };
    board.ages.iter().map(row).collect()
}

/// How old those are who gave their age: shown where no theme can be told by age.
fn age_groups(p: &Page, choice: &Choice, board: &Board) -> Vec<(Cell, SafeHtml)> {
    let Some(known) = board.known.filter(|_| board.ages.is_empty()) else { return vec![] };
    let row = |r: &GroupRow| {
        let at = Choice { age: super::AGES.get(r.at).copied(), ..choice.clone() };
        let share = r.all.map(|n| Share::of(n, known));
        let shown = r.all.zip(share).map(|(n, share)| (known, n, share));
        let bar = share.map_or_else(SafeHtml::default, |s| bar_cell_with(s.share, BarOptions::default()));
        (Cell { shown, ..cell(p, r, svg::age(p, r.at), board, &at) }, bar)
    };
    if board.age_groups.iter().all(|r| r.all.is_none()) { vec![] } else { board.age_groups.iter().map(row).collect() }
}

/// The sentence above the themes.
fn lead(p: &Page, board: &Board) -> String {
    let shown: Vec<(&ThemeRow, Share)> = board.themes.iter().filter_map(|t| Some((t, t.shown?.1))).collect();
    let Some((first, share)) = shown.first() else { return p.t("analysis-themes-none") };
    // Themes that are hidden may be larger: then none is said to come first.
    let clear =
        board.themes.len() == shown.len() && shown.get(1).is_none_or(|(_, second)| share.margin.low > second.share);
    if board.total.people < FEW || !clear {
        return p.t1("analysis-themes-many", "n", shown.len());
    }
    p.t2("analysis-themes-first", "theme", p.text(&first.label), "share", p.percent(&share.share))
}

/// The sentence above the lines.
fn over_time(p: &Page, board: &Board) -> String {
    let drawn = board.drawn();
    let Some(line) = drawn.first() else { return p.t("analysis-evolution-none") };
    let this_week = monday(p.ctx.today());
    // A week that is not over says nothing of a change.
    let points: Vec<(&NaiveDate, i64)> = board
        .weeks
        .iter()
        .zip(&line.values)
        .filter(|(w, _)| **w != this_week)
        .filter_map(|(w, v)| Some((w, (*v)?)))
        .collect();
    let (Some((from, first)), Some((to, last))) = (points.first(), points.last()) else {
        return p.t("analysis-evolution-none");
    };
    let who = line
        .theme
        .as_ref()
        .map_or_else(|| p.t("analysis-line-all-lead"), |t| p.t1("analysis-line-lead", "theme", p.text(&t.label)));
    let how = p.t2("analysis-from-to", "first", *first, "last", *last);
    p.t3(
        "analysis-evolution-lead",
        "who",
        who,
        "how",
        how,
        "when",
        p.t2("analysis-between", "from", p.day(from), "to", p.day(to)),
    )
}

/// The sentence above a comparison of groups: the highest and the lowest, where their margins keep them apart.
fn extremes(p: &Page, rows: &[GroupRow], names: &[String], key: &str) -> String {
    let mut shown: Vec<(&String, i64, Share)> =
        rows.iter().zip(names).filter_map(|(r, n)| r.shown.map(|(all, _, s)| (n, all, s))).collect();
    shown.sort_by(|a, b| b.2.share.total_cmp(&a.2.share));
    match (shown.first(), shown.last()) {
        (Some((high, n, h)), Some((low, m, l))) if shown.len() > 1 => {
            let clear = *n >= FEW && *m >= FEW && h.margin.low > l.margin.high;
            let (high, low) = (
                p.t2("analysis-group", "name", *high, "share", p.percent(&h.share)),
                p.t2("analysis-group", "name", *low, "share", p.percent(&l.share)),
            );
            p.t2(&format!("{key}-{}", if clear { "apart" } else { "near" }), "high", high, "low", low)
        }
        _ => p.t(&format!("{key}-none")),
    }
}

fn by_age(p: &Page, board: &Board) -> String {
    let names: Vec<String> = (0..super::AGES.len()).map(|at| svg::age(p, at)).collect();
    match board.ages.first() {
        Some(panel) => {
            let words = extremes(p, &panel.rows, &names, "analysis-ages");
            p.t2("analysis-ages-lead", "theme", p.text(&panel.theme.label), "words", words)
        }
        None => p.t("analysis-ages-none"),
    }
}

/// Three of the quotes drawn; another turn gives the next three.
fn page_of_quotes(quotes: Vec<Quote>, turn: i64) -> Vec<Quote> {
    let turns = quotes.len().div_ceil(SHOWN).max(1);
    let turn = usize::try_from(turn).unwrap_or(0) % turns;
    quotes.into_iter().skip(turn * SHOWN).take(SHOWN).collect()
}

/// The address of the next draw, empty when there is none.
fn next_draw(choice: &Choice, board: &Board, quotes: usize) -> String {
    let turns = i64::try_from(quotes.div_ceil(SHOWN)).unwrap_or(1);
    if turns < 2 {
        return String::new();
    }
    let theme = board.chosen.as_ref().map(|t| t.id);
    let next = Choice { turn: (choice.turn + 1) % turns, theme, ..choice.clone() };
    format!("{}{}#paroles", urls::Analysis {}, next.query())
}
