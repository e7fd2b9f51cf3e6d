//! Lines: since when? Four series at most, named at their end, each with its own marker.

use super::{french_number, identifier, num, push_text};
use crate::SafeHtml;
use crate::safe_html::push_escaped;

const WIDTH: f64 = 420.0;
const LEFT: f64 = 40.0;
const RIGHT: f64 = 294.0;
const TOP: f64 = 18.0;
const BOTTOM: f64 = 268.0;
/// The least distance between two names at the end of lines.
const NAME_GAP: f64 = 17.0;

/// One line of the chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Series<'a> {
    /// Its name, written at the end of the line.
    pub name: &'a str,
    /// One value for each label of the chart; none where nothing is known.
    pub values: &'a [Option<f64>],
}

/// What a line chart says.
#[derive(Clone, Debug, PartialEq)]
pub struct LineChart<'a> {
    /// Unique in the page: `title` and `desc` are found by it.
    pub id: &'a str,
    /// What is drawn.
    pub title: &'a str,
    /// The conclusion, not the drawing, and where the table is.
    pub desc: &'a str,
    /// The dates, oldest first.
    pub labels: &'a [&'a str],
    /// Up to four lines; the next ones are left out.
    pub series: &'a [Series<'a>],
    /// Something that happened: the place in `labels` and its name.
    pub event: Option<(usize, &'a str)>,
}

/// Draws the lines. The table of the same values goes below, in `details.data`.
#[must_use]
pub fn line_chart(chart: &LineChart<'_>) -> SafeHtml {
    let series = chart.series.get(..4).unwrap_or(chart.series);
    let highest =
        series.iter().flat_map(|s| s.values.iter().flatten()).copied().filter(|v| v.is_finite()).fold(0.0, f64::max);
    let scale = Scale::new(chart.labels.len(), highest);
    let id = identifier(chart.id);
    let mut out = format!(
        "<svg class=\"chart\" viewBox=\"0 0 {WIDTH} 300\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\"><title id=\"{id}-t\">"
    );
    push_escaped(&mut out, chart.title);
    out.push_str(&format!("</title><desc id=\"{id}-d\">"));
    push_escaped(&mut out, chart.desc);
    out.push_str("</desc>");
    push_grid(&mut out, &scale);
    push_labels(&mut out, &scale, chart.labels);
    if let Some((at, name)) = chart.event.filter(|(at, _)| *at < chart.labels.len()) {
        push_event(&mut out, scale.x(at), name);
    }
    for (i, one) in series.iter().enumerate() {
        push_series(&mut out, &scale, i + 1, one);
    }
    push_names(&mut out, &scale, series);
    out.push_str("</svg>");
    SafeHtml::built(out)
}

struct Scale {
    count: usize,
    top: f64,
    step: f64,
}

impl Scale {
    fn new(count: usize, highest: f64) -> Self {
        let raw = highest.max(4.0) / 4.0;
        let magnitude = 10_f64.powf(raw.log10().floor());
        let step = [1.0, 2.0, 2.5, 5.0, 10.0]
            .into_iter()
            .map(|m| m * magnitude)
            .find(|s| *s >= raw - 1e-9 && (s.fract() == 0.0 || highest < 4.0))
            .unwrap_or(10.0 * magnitude);
        Self { count, top: (highest / step).ceil().max(1.0) * step, step }
    }

    #[allow(clippy::cast_precision_loss)] // a chart has fewer than 2^52 dates
    fn x(&self, at: usize) -> f64 {
        let last = self.count.saturating_sub(1).max(1) as f64;
        LEFT + (RIGHT - LEFT) * at as f64 / last
    }

    fn y(&self, value: f64) -> f64 {
        BOTTOM - (BOTTOM - TOP) * (value / self.top).clamp(0.0, 1.0)
    }
}

fn push_grid(out: &mut String, scale: &Scale) {
    let mut value = 0.0;
    while value <= scale.top + scale.step / 2.0 {
        let y = scale.y(value);
        out.push_str(&format!("<path class=\"gridl\" d=\"M{} {}H{}\"/>", num(LEFT), num(y), num(RIGHT)));
        push_text(out, "text-anchor=\"end\"", LEFT - 8.0, y + 4.0, &french_number(value));
        value += scale.step;
    }
}

/// The first, the last and the middle one: more would not fit at 390 pixels.
fn push_labels(out: &mut String, scale: &Scale, labels: &[&str]) {
    let last = labels.len().saturating_sub(1);
    let shown = if last < 3 { vec![0, last] } else { vec![0, last / 2, last] };
    let mut previous = None;
    for at in shown {
        if previous == Some(at) {
            continue;
        }
        previous = Some(at);
        if let Some(label) = labels.get(at) {
            push_text(out, "text-anchor=\"middle\"", scale.x(at), 292.0, label);
        }
    }
}

fn push_event(out: &mut String, x: f64, name: &str) {
    out.push_str(&format!("<path class=\"ref\" d=\"M{} {}V{}\"/>", num(x), num(TOP), num(BOTTOM)));
    let (anchor, x) = if x > f64::midpoint(LEFT, RIGHT) { ("end", x - 6.0) } else { ("start", x + 6.0) };
    push_text(out, &format!("text-anchor=\"{anchor}\""), x, TOP + 10.0, name);
}

fn push_series(out: &mut String, scale: &Scale, class: usize, series: &Series<'_>) {
    let points: Vec<Option<(f64, f64)>> = series
        .values
        .iter()
        .take(scale.count)
        .enumerate()
        .map(|(i, v)| v.filter(|v| v.is_finite()).map(|v| (scale.x(i), scale.y(v))))
        .collect();
    let mut path = String::new();
    let mut pen_down = false;
    for point in &points {
        if let Some((x, y)) = point {
            path.push(if pen_down { 'L' } else { 'M' });
            path.push_str(&format!("{} {}", num(*x), num(*y)));
        }
        pen_down = point.is_some();
    }
    out.push_str(&format!("<path class=\"ln l{class}\" d=\"{path}\"/>"));
    // One marker in three or so, and always the last one.
    let every = points.len().div_ceil(4).max(1);
    let last = points.len().saturating_sub(1);
    for (i, point) in points.iter().enumerate() {
        if let Some((x, y)) = point.filter(|_| (last - i).is_multiple_of(every)) {
            push_marker(out, class, x, y);
        }
    }
}

fn push_marker(out: &mut String, class: usize, x: f64, y: f64) {
    let marker = match class {
        1 => format!("<circle class=\"pt l1\" cx=\"{}\" cy=\"{}\" r=\"3.8\"/>", num(x), num(y)),
        2 => format!(
            "<rect class=\"pt l2\" x=\"{}\" y=\"{}\" width=\"6.8\" height=\"6.8\"/>",
            num(x - 3.4),
            num(y - 3.4)
        ),
        3 => format!("<path class=\"pt l3\" d=\"M{} {}l4.3 7.6h-8.6z\"/>", num(x), num(y - 4.6)),
        _ => format!("<path class=\"pt l4\" d=\"M{} {}l4.8 4.8-4.8 4.8-4.8-4.8z\"/>", num(x), num(y - 4.8)),
    };
    out.push_str(&marker);
}

/// Names at the end of the lines, pushed apart where lines end close together.
fn push_names(out: &mut String, scale: &Scale, series: &[Series<'_>]) {
    let mut names: Vec<(f64, String)> = series
        .iter()
        .filter_map(|s| {
            let last = s.values.iter().take(scale.count).rev().flatten().find(|v| v.is_finite())?;
            Some((scale.y(*last) + 4.0, format!("{} {}", s.name, french_number(*last))))
        })
        .collect();
    names.sort_by(|a, b| a.0.total_cmp(&b.0));
    spread(&mut names);
    for (y, name) in names {
        push_text(out, "class=\"t-strong\"", RIGHT + 12.0, y, &name);
    }
}

fn spread(names: &mut [(f64, String)]) {
    let mut floor = f64::NEG_INFINITY;
    for (y, _) in names.iter_mut() {
        *y = y.max(floor);
        floor = *y + NAME_GAP;
    }
    let mut ceiling = BOTTOM + 6.0;
    for (y, _) in names.iter_mut().rev() {
        *y = y.min(ceiling);
        ceiling = *y - NAME_GAP;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(list: &[f64]) -> Vec<Option<f64>> {
        list.iter().copied().map(Some).collect()
    }

    #[test]
    fn four_lines_with_their_names_and_markers() {
        let rows = [
            values(&[18.0, 24.0, 44.0, 70.0]),
            values(&[30.0, 29.0, 26.0, 33.0]),
            values(&[20.0, 22.0, 22.0, 26.0]),
            values(&[12.0, 16.0, 19.0, 26.0]),
            values(&[1.0, 1.0, 1.0, 1.0]),
        ];
        let names = ["Se déplacer", "École", "Cadre de vie", "Commerces", "Cinquième"];
        let series: Vec<_> = names.iter().zip(&rows).map(|(name, values)| Series { name, values }).collect();
        let svg = line_chart(&LineChart {
            id: "tr",
            title: "Contributions <par> semaine",
            desc: "De 18 à 70",
            labels: &["21 sept.", "12 oct.", "2 nov.", "23 nov."],
            series: &series,
            event: Some((2, "Réunion")),
        })
        .to_string();
        assert!(svg.contains("aria-labelledby=\"tr-t tr-d\"") && svg.contains("&lt;par&gt;"));
        for part in [
            "Se déplacer 70",
            "École 33",
            "Commerces 26",
            "Réunion",
            "21 sept.",
            "23 nov.",
            ">80<",
            "<circle class=\"pt l1\"",
            "<rect class=\"pt l2\"",
            "ln l4",
        ] {
            assert!(svg.contains(part), "{part} in {svg}");
        }
        assert!(!svg.contains("Cinquième") && !svg.contains("style="));
    }

    #[test]
    fn names_never_overlap() {
        let mut names: Vec<(f64, String)> = [100.0, 101.0, 102.0, 270.0].map(|y| (y, String::new())).into();
        spread(&mut names);
        assert!(names.windows(2).all(|w| w[1].0 - w[0].0 >= NAME_GAP - 1e-9));
        let mut low: Vec<(f64, String)> = [272.0; 4].map(|y| (y, String::new())).into();
        spread(&mut low);
        assert!(low.windows(2).all(|w| w[1].0 - w[0].0 >= NAME_GAP - 1e-9) && low[3].0 <= 274.0);
    }

    #[test]
    fn holes_and_nothing_at_all() {
        let holes = [Some(1.0), None, Some(3.0), Some(f64::NAN)];
        let series = [Series { name: "a", values: &holes }];
        let base = LineChart {
            id: "x",
            title: "t",
            desc: "d",
            labels: &["1", "2", "3", "4"],
            series: &series,
            event: Some((9, "loin")),
        };
        let svg = line_chart(&base).to_string();
        assert_eq!(svg.matches(" d=\"M40 ").count(), 1 + 4, "{svg}");
        assert!(svg.contains("a 3") && !svg.contains("loin") && !svg.contains("NaN"));
        for labels in [&[][..], &["seul"]] {
            let svg = line_chart(&LineChart { labels, ..base.clone() }).to_string();
            assert!(!svg.contains("NaN") && svg.ends_with("</svg>"));
        }
    }

    #[test]
    fn scales_are_round() {
        for (highest, top, step) in [
            (70.0, 80.0, 20.0),
            (0.0, 1.0, 1.0),
            (3.0, 3.0, 1.0),
            (9.0, 10.0, 5.0),
            (408.0, 600.0, 200.0),
            (20.0, 20.0, 5.0),
        ] {
            let scale = Scale::new(4, highest);
            assert!(
                (scale.top - top).abs() < 1e-9 && (scale.step - step).abs() < 1e-9,
                "{highest}: {} {}",
                scale.top,
                scale.step
            );
        }
    }
}
