//! Maps drawn in the page: the areas of a town, and either a value for each or numbered pins.

use super::projection::{Projection, label_point};
use super::{identifier, num, push_text};
use crate::SafeHtml;
use crate::safe_html::push_escaped;

/// An outline, as longitudes and latitudes.
type Ring = Vec<(f64, f64)>;

/// One area of the town: a district, a polling place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AreaShape {
    /// Its identifier, given back as `data-mk` so that a list and the map light up together.
    pub id: String,
    /// Its name, written on it.
    pub name: String,
    /// Its outlines: longitude, latitude. Holes are drawn as holes.
    pub rings: Vec<Ring>,
    /// One of the five classes of a share, from 1 (least) to 5 (most).
    pub class: Option<u8>,
    /// The value in words, such as "24 %".
    pub label_value: Option<String>,
    /// Fewer people than may be shown: hatching, whatever the class.
    pub hidden: bool,
    /// Where it leads, such as its contributions.
    pub href: Option<String>,
    /// What is there today, beneath what would come: drawn without its name.
    pub former: bool,
}

/// An idea on the map, with the number it has in the list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pin {
    /// The number, the same as in the list.
    pub number: u32,
    /// Its longitude.
    pub lon: f64,
    /// Its latitude.
    pub lat: f64,
    /// Where it leads: the line of the list, the idea. A pin without it is no link.
    pub href: Option<String>,
    /// What it is, in words: "Idée 1 : une piste cyclable continue, Gare-Sud".
    pub label: String,
}

/// How a map is presented.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MapOptions<'a> {
    /// Unique in the page.
    pub id: &'a str,
    /// What the map shows, in words.
    pub title: &'a str,
    /// The conclusion or the values in words; may be empty.
    pub desc: &'a str,
    /// What is written on a hidden area: "moins de 11" by default.
    pub hidden_label: Option<&'a str>,
}

/// Draws a map. With a class or a hidden area it is a map of shares (put it in a `.card`, with
/// [`map_legend`]); else it is a base for the pins (put it in `figure.map`). Nothing without a place.
#[must_use]
pub fn area_map(areas: &[AreaShape], pins: &[Pin], options: &MapOptions<'_>) -> SafeHtml {
    let shares = areas.iter().any(|a| a.class.is_some() || a.hidden);
    let places =
        areas.iter().flat_map(|a| a.rings.iter().flatten().copied()).chain(pins.iter().map(|p| (p.lon, p.lat)));
    let (side, top) = if pins.is_empty() { (12.0, 12.0) } else { (26.0, 56.0) };
    let Some(projection) = Projection::new(places, side, top) else {
        return SafeHtml::default();
    };
    let id = identifier(options.id);
    let mut out = String::new();
    push_opening(&mut out, areas, pins, options, &projection, shares);
    if shares {
        push_hatching(&mut out, &id);
        for area in areas {
            push_share(&mut out, area, &projection, &id, options);
        }
    } else {
        push_land(&mut out, areas, &projection);
    }
    for pin in pins {
        push_pin(&mut out, pin, &projection);
    }
    out.push_str("</svg>");
    SafeHtml::built(out)
}

/// The legend of a map of shares: one text for each class, then one for what is hidden.
#[must_use]
pub fn map_legend(id: &str, classes: &[&str], hidden: Option<&str>) -> SafeHtml {
    let mut out = String::from("<ul class=\"legend\">");
    let mut entry = |paint: &str, text: &str| {
        out.push_str(&format!(
            "<li><svg viewBox=\"0 0 28 18\" aria-hidden=\"true\"><rect {paint} width=\"28\" height=\"18\"/></svg>"
        ));
        push_escaped(&mut out, text);
        out.push_str("</li>");
    };
    for (i, text) in classes.iter().take(5).enumerate() {
        entry(&format!("class=\"q{} lg\"", i + 1), text);
    }
    if let Some(text) = hidden {
        entry(&format!("class=\"lg\" fill=\"url(#{}-hatch)\"", identifier(id)), text);
    }
    out.push_str("</ul>");
    SafeHtml::built(out)
}

fn push_opening(
    out: &mut String,
    areas: &[AreaShape],
    pins: &[Pin],
    options: &MapOptions<'_>,
    projection: &Projection,
    shares: bool,
) {
    let id = identifier(options.id);
    let links = areas.iter().any(|a| shares && link(a.href.as_deref()).is_some())
        || pins.iter().any(|p| link(p.href.as_deref()).is_some());
    let class = if shares { " class=\"chart big-t zones\"" } else { "" };
    let role = if links { "group" } else { "img" };
    out.push_str(&format!(
        "<svg{class} viewBox=\"0 0 {} {}\" role=\"{role}\" aria-labelledby=\"{id}-t\"",
        num(projection.width),
        num(projection.height)
    ));
    if !options.desc.is_empty() {
        out.push_str(&format!(" aria-describedby=\"{id}-d\""));
    }
    out.push_str(&format!("><title id=\"{id}-t\">"));
    push_escaped(out, options.title);
    out.push_str("</title>");
    if !options.desc.is_empty() {
        out.push_str(&format!("<desc id=\"{id}-d\">"));
        push_escaped(out, options.desc);
        out.push_str("</desc>");
    }
}

fn push_hatching(out: &mut String, id: &str) {
    out.push_str(&format!(
        "<defs><pattern id=\"{id}-hatch\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"rotate(45)\"><rect class=\"hatch-bg\" width=\"7\" height=\"7\"/>\
         <path class=\"hatch-l\" d=\"M0 0V7\"/></pattern></defs>"
    ));
}

/// Only addresses of this site and web addresses lead anywhere.
fn link(href: Option<&str>) -> Option<&str> {
    href.filter(|h| {
        let local = (h.starts_with('/') && !h.starts_with("//")) || h.starts_with('#') || h.starts_with('?');
        local || h.starts_with("https://") || h.starts_with("http://")
    })
}

fn rings(area: &AreaShape, projection: &Projection) -> Vec<Ring> {
    area.rings.iter().map(|r| projection.ring(r)).filter(|r| !r.is_empty()).collect()
}

fn outline(rings: &[Ring]) -> String {
    let mut path = String::new();
    for ring in rings {
        for (i, (x, y)) in ring.iter().enumerate() {
            path.push(if i == 0 { 'M' } else { 'L' });
            path.push_str(&num(*x));
            path.push(' ');
            path.push_str(&num(*y));
        }
        path.push('Z');
    }
    path
}

/// The town as a background: land, dashed limits, names. What would come is drawn over what is there today.
fn push_land(out: &mut String, areas: &[AreaShape], projection: &Projection) {
    let drawn: Vec<(&AreaShape, Vec<Ring>)> =
        areas.iter().map(|a| (a, rings(a, projection))).filter(|(_, r)| !r.is_empty()).collect();
    let (former, coming): (Vec<_>, Vec<_>) = drawn.into_iter().partition(|(area, _)| area.former);
    let land = if former.is_empty() { &coming } else { &former };
    for (_, rings) in land {
        out.push_str(&format!("<path class=\"land\" fill-rule=\"evenodd\" d=\"{}\"/>", outline(rings)));
    }
    for (_, rings) in land {
        out.push_str(&format!("<path class=\"edge\" d=\"{}\"/>", outline(rings)));
    }
    if !former.is_empty() {
        for (_, rings) in &coming {
            out.push_str(&format!("<path class=\"coming\" fill-rule=\"evenodd\" d=\"{}\"/>", outline(rings)));
        }
    }
    for (area, rings) in &coming {
        if let Some((x, y)) = label_point(rings) {
            push_text(out, "", x, y, &area.name);
        }
    }
}

fn push_share(out: &mut String, area: &AreaShape, projection: &Projection, id: &str, options: &MapOptions<'_>) {
    let rings = rings(area, projection);
    let Some(middle) = label_point(&rings) else {
        return;
    };
    let hidden = options.hidden_label.unwrap_or("moins de 11");
    let value = if area.hidden { Some(hidden) } else { area.label_value.as_deref() };
    let href = link(area.href.as_deref());
    if let Some(href) = href {
        out.push_str("<a href=\"");
        push_escaped(out, href);
        // Its name is the text written on it.
        out.push('"');
    } else {
        out.push_str("<g");
    }
    if !area.id.is_empty() {
        out.push_str(" data-mk=\"");
        push_escaped(out, &area.id);
        out.push('"');
    }
    out.push('>');
    let class = area.class.map(|c| c.clamp(1, 5));
    let paint = match class {
        Some(class) if !area.hidden => format!("class=\"zone q{class}\""),
        _ if area.hidden => format!("class=\"zone\" fill=\"url(#{id}-hatch)\""),
        _ => "class=\"zone hatch-bg\"".to_owned(),
    };
    out.push_str(&format!("<path {paint} fill-rule=\"evenodd\" d=\"{}\"/>", outline(&rings)));
    push_share_label(out, area, value, middle, class.filter(|_| !area.hidden));
    out.push_str(if href.is_some() { "</a>" } else { "</g>" });
}

#[allow(clippy::cast_precision_loss)] // names are short
fn push_share_label(out: &mut String, area: &AreaShape, value: Option<&str>, (x, y): (f64, f64), class: Option<u8>) {
    let longest = area.name.chars().count().max(value.map_or(0, |v| v.chars().count()));
    if area.hidden {
        let width = longest as f64 * 9.5 + 12.0;
        out.push_str(&format!(
            "<rect class=\"hatch-bg\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"48\" rx=\"4\"/>",
            num(x - width / 2.0),
            num(y - 26.0),
            num(width)
        ));
    }
    let dark = match class {
        Some(4) => "on-dark q4t",
        Some(5) => "on-dark q5t",
        _ => "",
    };
    let strong = format!("class=\"t-strong {dark}\" text-anchor=\"middle\"").replace(" \"", "\"");
    match value {
        Some(value) => {
            push_text(out, &strong, x, y - 4.0, &area.name);
            // Keeps name and value two words for who hears them.
            out.push(' ');
            let plain = if dark.is_empty() { String::new() } else { format!("class=\"{dark}\" ") };
            push_text(out, &format!("{plain}text-anchor=\"middle\""), x, y + 16.0, value);
        }
        None => push_text(out, &strong, x, y + 6.0, &area.name),
    }
}

fn push_pin(out: &mut String, pin: &Pin, projection: &Projection) {
    if !pin.lon.is_finite() || !pin.lat.is_finite() {
        return;
    }
    let (x, y) = projection.point((pin.lon, pin.lat));
    let href = link(pin.href.as_deref());
    if let Some(href) = href {
        out.push_str("<a class=\"mk\" href=\"");
        push_escaped(out, href);
        out.push_str("\" aria-label=\"");
        push_escaped(out, &pin.label);
        out.push('"');
    } else {
        out.push_str("<g class=\"mk\"");
    }
    out.push_str(&format!(
        " data-mk=\"{}\"><path d=\"M{} {}c-11-13-19-21-19-31a19 19 0 0 1 38 0c0 10-8 18-19 31z\"/>",
        pin.number,
        num(x),
        num(y)
    ));
    push_text(out, "", x, y - 25.0, &pin.number.to_string());
    out.push_str(if href.is_some() { "</a>" } else { "</g>" });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(name: &str, lon: f64) -> AreaShape {
        AreaShape {
            id: name.to_owned(),
            name: name.to_owned(),
            rings: vec![vec![(lon, 48.0), (lon + 0.1, 48.0), (lon + 0.1, 48.1), (lon, 48.1), (lon, 48.0)]],
            ..AreaShape::default()
        }
    }

    const OPTIONS: MapOptions<'static> =
        MapOptions { id: "carte", title: "Carte des <idées>", desc: "", hidden_label: None };

    #[test]
    fn a_map_of_pins() {
        let pin = Pin { number: 3, lon: 2.05, lat: 48.05, href: Some("#i3".into()), label: "Idée 3 : l\"abri".into() };
        let svg = area_map(&[square("Centre", 2.0)], &[pin], &OPTIONS).to_string();
        assert!(svg.starts_with("<svg viewBox=\"0 0 530 "), "{svg}");
        for part in [
            "role=\"group\"",
            "Carte des &lt;idées&gt;",
            "class=\"land\"",
            "class=\"edge\"",
            ">Centre</text>",
            "<a class=\"mk\" href=\"#i3\" aria-label=\"Idée 3 : l&quot;abri\" data-mk=\"3\">",
            ">3</text></a>",
        ] {
            assert!(svg.contains(part), "{part} in {svg}");
        }
        assert!(!svg.contains("style=") && !svg.contains("zone"));
    }

    #[test]
    fn what_would_come_is_drawn_over_what_is_there() {
        let mut today = square("Gare d’avant", 2.0);
        today.former = true;
        let svg = area_map(&[square("Gare", 2.05), today], &[], &OPTIONS).to_string();
        let at = |part: &str| svg.find(part).unwrap_or_else(|| panic!("{part} in {svg}"));
        assert!(at("class=\"land\"") < at("class=\"edge\"") && at("class=\"edge\"") < at("class=\"coming\""));
        assert!(svg.matches("<path").count() == 3 && svg.contains(">Gare</text>") && !svg.contains("Gare d’avant"));
        assert!(!area_map(&[square("Gare", 2.05)], &[], &OPTIONS).to_string().contains("coming"));
    }

    #[test]
    fn a_map_of_shares_hides_small_groups() {
        let mut south = square("Gare-Sud", 2.0);
        south.class = Some(5);
        south.label_value = Some("52 %".into());
        south.href = Some("/analyse?quartier=gare".into());
        let mut isles = square("Les Îles", 2.1);
        isles.class = Some(2);
        isles.label_value = Some("24 %".into());
        isles.hidden = true;
        let plain = square("Plateau", 2.2);
        let svg = area_map(&[south, isles, plain], &[], &OPTIONS).to_string();
        for part in [
            "class=\"chart big-t zones\"",
            "<a href=\"/analyse?quartier=gare\" data-mk=\"Gare-Sud\">",
            "class=\"zone q5\"",
            "on-dark q5t",
            "fill=\"url(#carte-hatch)\"",
            "moins de 11",
            "zone hatch-bg",
        ] {
            assert!(svg.contains(part), "{part} in {svg}");
        }
        assert!(!svg.contains("24 %") && !svg.contains("q2"), "a hidden value leaves no trace");
    }

    #[test]
    fn hostile_addresses_are_no_links() {
        for href in ["javascript:alert(1)", "//x.example", "data:x", "JAVASCRIPT:x", ""] {
            let pin = Pin { href: Some(href.into()), number: 1, lon: 2.0, lat: 48.0, label: "<script>".into() };
            let svg = area_map(&[], &[pin], &OPTIONS).to_string();
            assert!(!svg.contains("href") && !svg.contains("<script"), "{href}");
            assert!(svg.contains("role=\"img\""));
        }
    }

    #[test]
    fn nothing_to_draw() {
        assert!(area_map(&[], &[], &OPTIONS).is_empty());
        let mut broken = square("x", 2.0);
        broken.rings = vec![vec![(f64::NAN, 1.0)], vec![], vec![(2.0, 48.0)]];
        broken.class = Some(9);
        let svg = area_map(&[broken], &[], &OPTIONS).to_string();
        assert!(!svg.contains("NaN") && !svg.contains("<path class=\"zone"));
    }

    #[test]
    fn a_legend_in_words() {
        let html = map_legend("carte", &["moins de 20 %", "20 à 29"], Some("moins de 11 personnes")).to_string();
        assert!(html.contains("<rect class=\"q2 lg\"") && html.contains("20 à 29</li>"));
        assert!(html.contains("fill=\"url(#carte-hatch)\""));
    }
}
