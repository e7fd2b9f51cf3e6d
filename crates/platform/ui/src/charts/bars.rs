//! Bars: the chart is the table, each bar stands in a cell of it.

use super::num;
use crate::SafeHtml;

/// What a bar can carry beside its length.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct BarOptions {
    /// The margin of error, as two shares: a dark stroke with two ends.
    pub interval: Option<(f64, f64)>,
    /// A share to compare with, such as the census: a dotted mark.
    pub reference: Option<f64>,
    /// The share that fills the cell; 1 by default.
    pub full: Option<f64>,
    /// Grey, for what is not compared ("Autres").
    pub mute: bool,
}

/// The bar of a `table.bars` cell (`td.b`), for a share between 0 and 1 and its margin of error.
#[must_use]
pub fn bar_cell(share: f64, interval: Option<(f64, f64)>) -> SafeHtml {
    bar_cell_with(share, BarOptions { interval, ..BarOptions::default() })
}

/// The same with everything that a bar can carry.
#[must_use]
pub fn bar_cell_with(share: f64, options: BarOptions) -> SafeHtml {
    let full = options.full.filter(|f| f.is_finite() && *f > 0.0).unwrap_or(1.0);
    let at = |share: f64| percent(share / full * 100.0);
    let class = if options.mute { "bar mute" } else { "bar" };
    let mut svg = format!(
        "<svg viewBox=\"0 0 100 20\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
         <rect class=\"{class}\" y=\"3\" height=\"14\" width=\"{}\"/>",
        num(at(share))
    );
    if let Some((low, high)) = options.interval {
        let (low, high) = (num(at(low.min(high))), num(at(high.max(low))));
        svg.push_str(&format!(
            "<path class=\"ci\" vector-effect=\"non-scaling-stroke\" fill=\"none\" \
             d=\"M{low} 10H{high}M{low} 6V14M{high} 6V14\"/>"
        ));
    }
    if let Some(reference) = options.reference {
        svg.push_str(&format!(
            "<path class=\"ref\" vector-effect=\"non-scaling-stroke\" fill=\"none\" d=\"M{} 0V20\"/>",
            num(at(reference))
        ));
    }
    svg.push_str("</svg>");
    SafeHtml::built(svg)
}

/// A progress line, from 0 to 100. Its value must be written beside it: it is hidden from screen readers.
#[must_use]
pub fn meter(value: f64) -> SafeHtml {
    SafeHtml::built(format!(
        "<svg class=\"meter\" viewBox=\"0 0 100 6\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
         <rect width=\"{}\" height=\"6\"/></svg>",
        num(percent(value))
    ))
}

fn percent(value: f64) -> f64 {
    if value.is_nan() { 0.0 } else { value.clamp(0.0, 100.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_and_its_margin() {
        assert_eq!(
            bar_cell(0.31, Some((0.284, 0.336))).as_str(),
            "<svg viewBox=\"0 0 100 20\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
             <rect class=\"bar\" y=\"3\" height=\"14\" width=\"31\"/>\
             <path class=\"ci\" vector-effect=\"non-scaling-stroke\" fill=\"none\" \
             d=\"M28.4 10H33.6M28.4 6V14M33.6 6V14\"/></svg>"
        );
    }

    #[test]
    fn a_bar_fills_its_cell_at_the_share_asked_for() {
        let options = BarOptions { full: Some(0.4), reference: Some(0.14), mute: true, interval: None };
        let svg = bar_cell_with(0.31, options);
        assert!(svg.as_str().contains("class=\"bar mute\"") && svg.as_str().contains("width=\"77.5\""));
        assert!(svg.as_str().contains("d=\"M35 0V20\""));
    }

    #[test]
    fn odd_values_stay_inside() {
        for (share, width) in [(-1.0, "0"), (7.0, "100"), (f64::NAN, "0"), (f64::INFINITY, "100")] {
            assert!(bar_cell(share, None).as_str().contains(&format!("width=\"{width}\"")), "{share}");
        }
        let full = BarOptions { full: Some(0.0), ..BarOptions::default() };
        assert!(bar_cell_with(0.5, full).as_str().contains("width=\"50\""));
        assert!(meter(68.0).as_str().contains("<rect width=\"68\" height=\"6\"/>"));
        assert!(meter(f64::NAN).as_str().contains("width=\"0\""));
    }
}
