//! The charts of the page: geometry only, colours by classes.

use chrono::Datelike;
use parvis_people::areas::Area;
use parvis_ui::{
    Page, SafeHtml,
    charts::{AreaShape, LineChart, MapOptions, Series, area_map, line_chart, map_legend},
};
use serde_json::Value;

use super::{
    AGES,
    view::{AgePanel, Board, GroupRow, Line, Share},
};

/// Left and right end of the age charts.
const LEFT: f64 = 62.0;
const WIDTH: f64 = 228.0;

/// The first of the words that name a theme. The chart cuts what does not fit beside its line.
#[must_use]
pub(crate) fn short(label: &str) -> &str {
    label.split(',').next().unwrap_or(label).trim()
}

/// `de 33 à 59 %`, in whole percents.
#[must_use]
pub(crate) fn margin(p: &Page, share: &Share) -> String {
    p.t2("analysis-margin", "low", percent(share.margin.low), "high", percent(share.margin.high))
}

#[allow(clippy::cast_possible_truncation, reason = "from 0 to 100")]
fn percent(share: f64) -> i64 {
    (share * 100.0).round() as i64
}

/// An age group in words.
#[must_use]
pub(crate) fn age(p: &Page, at: usize) -> String {
    match AGES.get(at) {
        Some(&"65+") => p.t("analysis-age-over"),
        Some(code) => (*code).to_owned(),
        None => String::new(),
    }
}

/// The name of a line.
#[must_use]
pub(crate) fn name(p: &Page, line: &Line) -> String {
    line.theme.as_ref().map_or_else(|| p.t("analysis-line-all"), |t| p.text(short(&t.label)))
}

/// The lines over time, under the sentence they prove.
#[must_use]
pub(crate) fn evolution(p: &Page, board: &Board, sentence: &str) -> SafeHtml {
    let year = p.ctx.today().year();
    let labels: Vec<String> = board
        .weeks
        .iter()
        .map(|w| {
            if w.year() == year {
                p.t2("analysis-short-day", "d", w.day(), "m", w.month())
            } else {
                p.t3("analysis-short-date", "d", w.day(), "m", w.month(), "y", w.year().to_string())
            }
        })
        .collect();
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let drawn = board.drawn();
    let names: Vec<String> = drawn.iter().map(|l| name(p, l)).collect();
    #[allow(clippy::cast_precision_loss, reason = "texts of a week are fewer than 2^52")]
    let values: Vec<Vec<Option<f64>>> =
        drawn.iter().map(|l| l.values.iter().map(|v| v.map(|n| n as f64)).collect()).collect();
    let series: Vec<Series<'_>> = names.iter().zip(&values).map(|(name, values)| Series { name, values }).collect();
    let desc = format!("{sentence} {}", p.t("analysis-in-table"));
    line_chart(&LineChart {
        id: "evolution",
        title: &p.t("analysis-evolution-by-week"),
        desc: &desc,
        labels: &labels,
        series: &series,
        event: None,
    })
}

/// The map of shares, with its legend. Nothing when no area has an outline.
#[must_use]
pub(crate) fn map(p: &Page, board: &Board, areas: &[Area], links: &[String], title: &str) -> SafeHtml {
    let hidden = p.t("analysis-not-shown");
    let shapes: Vec<AreaShape> = board
        .areas
        .iter()
        .zip(areas)
        .map(|(row, area)| AreaShape {
            id: area.id.to_string(),
            name: p.text(&area.name),
            rings: rings(&area.outline),
            class: row.shown.map(|(_, _, s)| board.class(s.share)),
            label_value: row.shown.map(|(_, _, s)| p.percent(&s.share)),
            hidden: row.shown.is_none(),
            href: row.shown.and_then(|_| links.get(row.at).cloned()),
            ..AreaShape::default()
        })
        .collect();
    let value = |s: &AreaShape| format!("{} {}", s.name, s.label_value.as_ref().unwrap_or(&hidden));
    let desc = shapes.iter().map(value).collect::<Vec<_>>().join(", ");
    area_map(&shapes, &[], &MapOptions { id: "quartiers", title, desc: &desc, hidden_label: Some(&hidden) })
}

/// What the five classes of the map mean.
#[must_use]
pub(crate) fn legend(p: &Page, board: &Board) -> SafeHtml {
    let [a, b, c, d] = board.scale();
    let between = |from: i64, to: i64| p.t2("analysis-class-between", "from", from, "to", to - 1);
    let words = [
        p.t1("analysis-class-below", "n", a),
        between(a, b),
        between(b, c),
        between(c, d),
        p.t1("analysis-class-above", "n", d),
    ];
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let hidden = board.areas.iter().any(|a| a.shown.is_none());
    map_legend("quartiers", &words, hidden.then(|| p.t("analysis-not-shown-why")).as_deref())
}

/// The outlines of a GeoJSON geometry, holes included.
fn rings(outline: &str) -> Vec<Vec<(f64, f64)>> {
    let Ok(geometry) = serde_json::from_str::<Value>(outline) else { return vec![] };
    let mut found = Vec::new();
    collect(geometry.get("geometry").unwrap_or(&geometry).get("coordinates").unwrap_or(&Value::Null), &mut found);
    found
}

/// A list of points is a ring; a list of anything else holds rings.
fn collect(value: &Value, found: &mut Vec<Vec<(f64, f64)>>) {
    let Some(list) = value.as_array() else { return };
    let ring: Option<Vec<(f64, f64)>> = list.iter().map(|p| Some((p.get(0)?.as_f64()?, p.get(1)?.as_f64()?))).collect();
    match ring {
        Some(ring) if !ring.is_empty() => found.push(ring),
        _ => list.iter().for_each(|inner| collect(inner, found)),
    }
}

/// A row of an age chart.
#[derive(Debug)]
pub(crate) struct Dot {
    /// Age group.
    pub label: String,
    /// Middle of the row.
    pub y: i64,
    /// Whether it may be shown.
    pub shown: bool,
    /// Ends of the margin and place of the dot.
    pub low: String,
    /// Right end.
    pub high: String,
    /// The dot.
    pub x: String,
    /// Whether the margin excludes the average.
    pub apart: bool,
}

impl Dot {
    /// The age group as it fits beside a chart.
    pub(crate) fn short(&self) -> &str {
        self.label.split(' ').next().map_or("", |first| if first == self.label { first } else { "65 +" })
    }
}

/// The drawing of one theme by age.
#[derive(Debug)]
pub(crate) struct Panel {
    /// Theme.
    pub label: String,
    /// Everything in words.
    pub desc: String,
    /// Grid: place and percent.
    pub grid: Vec<(String, String)>,
    /// Place of the average, empty when it is not shown.
    pub average: String,
    /// Rows.
    pub dots: Vec<Dot>,
}

/// Lays out the age charts, all on the same scale so that they can be compared.
#[must_use]
pub(crate) fn panels(p: &Page, panels: &[AgePanel]) -> Vec<Panel> {
    let shares = panels.iter().flat_map(|panel| panel.rows.iter().filter_map(|r| r.shown));
    let highest = shares.map(|(_, _, s)| s.margin.high).fold(0.0, f64::max);
    let top = [0.2, 0.4, 0.6, 0.8].into_iter().find(|t| *t >= highest).unwrap_or(1.0);
    panels.iter().map(|one| panel(p, one, top)).collect()
}

fn panel(p: &Page, panel: &AgePanel, top: f64) -> Panel {
    let at = |share: f64| format!("{:.1}", LEFT + WIDTH * (share / top).clamp(0.0, 1.0));
    let dots: Vec<Dot> = panel
        .rows
        .iter()
        .zip(0_i64..)
        .map(|(row, i)| {
            let share = row.shown.map(|(_, _, s)| s);
            let apart = share.zip(panel.average).is_some_and(|(s, average)| !s.margin.contains(average));
            Dot {
                label: age(p, row.at),
                y: 18 + 26 * i,
                shown: share.is_some(),
                low: at(share.map_or(0.0, |s| s.margin.low)),
                high: at(share.map_or(0.0, |s| s.margin.high)),
                x: at(share.map_or(0.0, |s| s.share)),
                apart,
            }
        })
        .collect();
    let label = p.text(&panel.theme.label);
    let said: Vec<String> = panel.rows.iter().map(|r| row_words(p, r)).collect();
    let average = panel.average.map(|a| p.t1("analysis-average", "share", p.percent(&a))).unwrap_or_default();
    Panel {
        desc: format!("{label}. {}. {average}", said.join(". ")),
        grid: [0.0, 0.5, 1.0].map(|part| (at(top * part), p.percent(&(top * part)))).into(),
        average: panel.average.map(at).unwrap_or_default(),
        dots,
        label,
    }
}

/// `15-24 : 46 %, de 33 à 59 %`.
fn row_words(p: &Page, row: &GroupRow) -> String {
    let value = row
        .shown
        .map_or_else(|| p.t("analysis-not-shown"), |(_, _, s)| format!("{}, {}", p.percent(&s.share), margin(p, &s)));
    format!("{}\u{a0}: {value}", age(p, row.at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlines_of_any_depth() {
        let square = "[[0,0],[1,0],[1,1],[0,0]]";
        assert_eq!(rings(&format!("{{\"type\":\"Polygon\",\"coordinates\":[{square}]}}")).len(), 1);
        let multi = format!("{{\"type\":\"MultiPolygon\",\"coordinates\":[[{square},{square}],[{square}]]}}");
        assert_eq!(rings(&multi).len(), 3);
        assert_eq!(rings(&format!("{{\"geometry\":{multi}}}")).len(), 3);
        for broken in ["", "{}", "null", "{\"coordinates\":[[\"a\"]]}", "{\"coordinates\":3}"] {
            assert!(rings(broken).is_empty(), "{broken}");
        }
    }

    #[test]
    fn names_fit_at_the_end_of_a_line() {
        assert_eq!(short("Vélo, pistes, pont"), "Vélo");
        assert_eq!(short("Éclairage public du soir"), "Éclairage public du soir");
    }
}
