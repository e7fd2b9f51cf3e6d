//! Lines: since when? Four series at most, named at their end, each with its own marker.

use super::{french_number, identifier, num, push_text, text_width};
use crate::SafeHtml;
use crate::safe_html::push_escaped;

const WIDTH: f64 = 420.0;
/// The left end of the lines, further right where the figures beside the grid are long.
const LEFT: f64 = 40.0;
/// The room for names at the end of lines, as wide as the widest needs.
const NAMES: (f64, f64) = (114.0, 150.0);
/// Between the end of a line and its name.
const NAME_AFTER: f64 = 12.0;
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
    let names: Vec<(f64, String, String)> = series.iter().filter_map(|s| name(s, chart.labels.len())).collect();
    let names: Vec<(f64, String)> =
        names.into_iter().map(|(v, name, number)| (v, fitted(&name, &number, NAMES.1))).collect();
    let widest = names.iter().map(|(_, words)| text_width(words)).fold(0.0, f64::max);
    let scale = Scale::new(chart.labels.len(), highest, widest);
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
        push_event(&mut out, &scale, scale.x(at), name);
    }
    for (i, one) in series.iter().enumerate() {
        push_series(&mut out, &scale, i + 1, one);
    }
    push_names(&mut out, &scale, names);
    out.push_str("</svg>");
    SafeHtml::built(out)
}

struct Scale {
    count: usize,
    top: f64,
    step: f64,
    left: f64,
    right: f64,
}

impl Scale {
    /// For so many dates, values up to `highest`, and names that are `widest`.
    fn new(count: usize, highest: f64, widest: f64) -> Self {
        let raw = highest.max(4.0) / 4.0;
        let magnitude = 10_f64.powf(raw.log10().floor());
        let step = [1.0, 2.0, 2.5, 5.0, 10.0]
            .into_iter()
            .map(|m| m * magnitude)
            .find(|s| *s >= raw - 1e-9 && (s.fract() == 0.0 || highest < 4.0))
            .unwrap_or(10.0 * magnitude);
        let top = (highest / step).ceil().max(1.0) * step;
        let left = LEFT.max(text_width(&french_number(top)) + 10.0);
        let right = WIDTH - NAME_AFTER - widest.clamp(NAMES.0, NAMES.1);
        Self { count, top, step, left, right }
    }

    #[allow(clippy::cast_precision_loss)] // a chart has fewer than 2^52 dates
    fn x(&self, at: usize) -> f64 {
        let last = self.count.saturating_sub(1).max(1) as f64;
        self.left + (self.right - self.left) * at as f64 / last
    }

    fn y(&self, value: f64) -> f64 {
        BOTTOM - (BOTTOM - TOP) * (value / self.top).clamp(0.0, 1.0)
    }
}

fn push_grid(out: &mut String, scale: &Scale) {
    let mut value = 0.0;
    while value <= scale.top + scale.step / 2.0 {
        let y = scale.y(value);
        out.push_str(&format!("<path class=\"gridl\" d=\"M{} {}H{}\"/>", num(scale.left), num(y), num(scale.right)));
        push_text(out, "text-anchor=\"end\"", scale.left - 8.0, y + 4.0, &french_number(value));
        value += scale.step;
    }
}

/// Which dates are written: at most four at even distances, the first and the last among them, where that many have room;
/// else the first, the last and the middle one of many.
fn written(scale: &Scale, labels: &[&str]) -> Vec<usize> {
    let last = labels.len().saturating_sub(1);
    let half = |at: usize| labels.get(at).map_or(0.0, |l| text_width(l) / 2.0);
    let fits = |step: usize| {
        (0..last).step_by(step).all(|at| scale.x(at) + half(at) + 2.0 <= scale.x(at + step) - half(at + step))
    };
    let even = (1..=last).find(|step| last.is_multiple_of(*step) && last / step < 4 && fits(*step));
    match even {
        Some(step) if step < last || last < 5 => (0..=last).step_by(step).collect(),
        _ if last == 0 => vec![0],
        _ if last < 5 => vec![0, last],
        _ => vec![0, last / 2, last],
    }
}

fn push_labels(out: &mut String, scale: &Scale, labels: &[&str]) {
    for at in written(scale, labels) {
        if let Some(label) = labels.get(at) {
            let x = scale.x(at);
            // A date with its year is wider than what lies left of the first point.
            let inside = text_width(label) / 2.0 <= x;
            let (anchor, x) = if inside { ("middle", x) } else { ("start", 0.0) };
            push_text(out, &format!("text-anchor=\"{anchor}\""), x, 292.0, label);
        }
    }
}

fn push_event(out: &mut String, scale: &Scale, x: f64, name: &str) {
    out.push_str(&format!("<path class=\"ref\" d=\"M{} {}V{}\"/>", num(x), num(TOP), num(BOTTOM)));
    let (anchor, x) = if x > f64::midpoint(scale.left, scale.right) { ("end", x - 6.0) } else { ("start", x + 6.0) };
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

/// The last value of a line, with what stands at its end: the name and the number.
fn name(series: &Series<'_>, count: usize) -> Option<(f64, String, String)> {
    let last = series.values.iter().take(count).rev().flatten().find(|v| v.is_finite())?;
    Some((*last, series.name.to_owned(), french_number(*last)))
}

fn said_width(name: &str, number: &str) -> f64 {
    text_width(&format!("{name} {number}"))
}

/// The name and the number as they fit in the room beside the lines: the name is cut, the number is always whole.
fn fitted(name: &str, number: &str, room: f64) -> String {
    if said_width(name, number) <= room {
        return format!("{name} {number}");
    }
    let mut head = name.trim_end();
    while !head.is_empty() && said_width(&format!("{head}…"), number) > room {
        let end = head.char_indices().next_back().map_or(0, |(at, _)| at);
        head = head.get(..end).unwrap_or_default().trim_end();
    }
    format!("{head}… {number}")
}

/// Names at the end of the lines, pushed apart where lines end close together.
fn push_names(out: &mut String, scale: &Scale, names: Vec<(f64, String)>) {
    let x = scale.right + NAME_AFTER;
    let mut names: Vec<(f64, String)> = names.into_iter().map(|(last, words)| (scale.y(last) + 4.0, words)).collect();
    names.sort_by(|a, b| a.0.total_cmp(&b.0));
    spread(&mut names);
    for (y, name) in names {
        push_text(out, "class=\"t-strong\"", x, y, &name);
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
    fn the_number_beside_a_line_is_always_whole() {
        let names = ["Données personnelles", "Fibre optique", "École", "WWWWWWWWWWWWWWWWWWWW"];
        let rows = [190.0, 140.0, 12_345.0, 1_000_000.0].map(|n| vec![Some(1.0), Some(n)]);
        let series: Vec<_> = names.iter().zip(&rows).map(|(name, values)| Series { name, values }).collect();
        let chart = LineChart {
            id: "n",
            title: "t",
            desc: "d",
            labels: &["14 sept. 2015", "21 déc. 2015"],
            series: &series,
            event: None,
        };
        let svg = line_chart(&chart).to_string();
        for end in [
            " 190</text>",
            ">Fibre optique 140</text>",
            ">École 12\u{202f}345</text>",
            "… 1\u{202f}000\u{202f}000</text>",
        ] {
            assert!(svg.contains(end), "{end:?} in {svg}");
        }
        let few = line_chart(&LineChart { series: series.get(..2).unwrap(), ..chart }).to_string();
        assert!(
            few.contains("text-anchor=\"start\" x=\"0\" y=\"292\">14 sept. 2015<"),
            "the first date is whole: {few}"
        );
        for name in names {
            let fits = fitted(name, "4 687", NAMES.1);
            assert!(text_width(&fits) <= NAMES.1 && fits.ends_with(" 4 687"), "{fits}");
        }
        assert_eq!(fitted("Nom", "123 456 789 012 345", 10.0), "… 123 456 789 012 345", "a number is never cut");
    }

    #[test]
    fn dates_are_written_at_even_distances() {
        let at = |labels: &[&str]| written(&Scale::new(labels.len(), 200.0, 150.0), labels);
        assert_eq!(at(&["21/9/2015", "28/9/2015", "5/10/2015", "12/10/2015"]), [0, 1, 2, 3], "none is missing");
        assert_eq!(at(&["21 septembre 2015", "28 septembre 2015", "5 octobre 2015", "12 octobre 2015"]), [0, 3]);
        assert_eq!(at(&["5/10"; 9]), [0, 4, 8]);
        assert_eq!(at(&["5/10"; 10]), [0, 3, 6, 9]);
        assert_eq!(at(&["5/10"; 8]), [0, 3, 7], "no even distance but the whole");
        assert_eq!((at(&["seul"]), at(&["un", "deux"]), at(&[])), (vec![0], vec![0, 1], vec![0]));
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
            let scale = Scale::new(4, highest, 0.0);
            assert!(
                (scale.top - top).abs() < 1e-9 && (scale.step - step).abs() < 1e-9,
                "{highest}: {} {}",
                scale.top,
                scale.step
            );
        }
    }
}
