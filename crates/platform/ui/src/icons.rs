//! Icons, logos and the drawing of the square. All are decoration: a word always stands beside.

use crate::SafeHtml;

/// Name and drawing, on a 24 by 24 grid, stroked by the style sheet.
const ICONS: &[(&str, &str)] = &[
    ("arrow-down", "M12 5v13M6 13l6 6 6-6"),
    ("arrow-left", "M19 12H6M11.5 6l-6 6 6 6"),
    ("arrow-right", "M5 12h13M12.5 6l6 6-6 6"),
    ("bell", "M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4"),
    ("calendar", "M4 6h16v14H4zM4 10h16M8 3v5M16 3v5"),
    ("chart", "M4 20V10M10 20V4M16 20v-7M21 20H3"),
    ("chat", "M4 5h16v11H9l-5 4z"),
    ("check", "M5 12.5l4.5 4.5L19 7.5"),
    ("check-circle", "M8 12.5l2.8 2.8L16 9.5M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z"),
    ("clock", "M12 7v5l3 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z"),
    ("cross", "M6 6l12 12M18 6L6 18"),
    ("door", "M5 21h14M7 21V4h10v17M13.5 12.5v.5"),
    ("down", "M12 5v13M6 13l6 6 6-6"),
    ("download", "M12 4v11M7 11l5 5 5-5M5 20h14"),
    ("error", "M12 8v5M12 16.5v.5M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z"),
    ("euro", "M18 6.5A7 7 0 1 0 18 17.5M4 10h9M4 14h8"),
    (
        "eye",
        "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
    ),
    (
        "eye-off",
        "M3 3l18 18M10 6a8.5 8.5 0 0 1 2-.2c6 0 9.5 6.2 9.5 6.2a15 15 0 0 1-3 3.6M6 7.5A15 15 0 0 0 2.5 12S6 18.2 12 18.2a9 9 0 0 0 4-.9",
    ),
    ("flag", "M6 21V4M6 4h11l-2 4 2 4H6"),
    (
        "gear",
        "M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM12 2.5v3M12 18.5v3M2.5 12h3M18.5 12h3M5.3 5.3l2.1 2.1M16.6 16.6l2.1 2.1M5.3 18.7l2.1-2.1M16.6 7.4l2.1-2.1",
    ),
    ("home", "M4 11l8-7 8 7v9h-5v-6H9v6H4z"),
    ("info", "M12 11v6M12 7.5v.5M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z"),
    ("keyboard", "M3 7h18v11H3zM7 11h.01M12 11h.01M17 11h.01M8 15h8"),
    ("layers", "M12 4l9 5-9 5-9-5zM3 14l9 5 9-5"),
    ("link", "M10 14l4-4M8 11l-2.5 2.5a3.5 3.5 0 0 0 5 5L13 16M16 13l2.5-2.5a3.5 3.5 0 0 0-5-5L11 8"),
    ("list", "M8 6h12M8 12h12M8 18h12M3.5 6h.5M3.5 12h.5M3.5 18h.5"),
    ("lock", "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3"),
    ("mail", "M3 6h18v12H3zM3 7l9 7 9-7"),
    ("menu", "M4 7h16M4 12h16M4 17h16"),
    ("merge", "M6 4v5c0 3 6 3 6 6v5M18 4v5c0 3-6 3-6 6"),
    ("minus-circle", "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8 12h8"),
    ("nobody", "M4 21h10M6 21V4h8v17M17 12h5"),
    (
        "people",
        "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20a6.5 6.5 0 0 1 13 0M16 4.5a3.5 3.5 0 0 1 0 6.5M18 14.5a6.5 6.5 0 0 1 3.5 5.5",
    ),
    ("phone", "M6 3h4l2 5-2.5 2a12 12 0 0 0 4.5 4.5L16 12l5 2v4a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z"),
    ("pin", "M12 21s7-6.2 7-11.5A7 7 0 0 0 5 9.5C5 14.8 12 21 12 21zM12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z"),
    ("plus", "M12 5v14M5 12h14"),
    ("question", "M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 17.5v.5M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z"),
    ("reply", "M4 5h16v11H10l-4 4v-4H4zM8 9h8M8 12.5h5"),
    ("search", "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L21 21"),
    ("share", "M12 15V4M8 7.5L12 3.5l4 4M5 12v8h14v-8"),
    ("stop", "M7 7h10v10H7z"),
    ("talk", "M3 5h12v9H8l-5 4zM18 9h3v12l-4-3h-7v-2"),
    ("undo", "M9 14L4 9l5-5M4 9h9a6 6 0 0 1 0 12h-2"),
    ("up", "M12 19V6M6 11l6-6 6 6"),
    ("warning", "M12 4L2.8 20h18.4zM12 10v4.5M12 17.3v.4"),
];

/// An icon by its name, hidden from screen readers; nothing for a name that does not exist.
#[must_use]
pub fn icon(name: &str) -> SafeHtml {
    let Some((_, drawing)) = ICONS.iter().find(|(n, _)| *n == name) else {
        return SafeHtml::default();
    };
    SafeHtml::built(format!(
        "<svg class=\"ico\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"{drawing}\"/></svg>"
    ))
}

/// The name of every icon.
pub fn names() -> impl Iterator<Item = &'static str> {
    ICONS.iter().map(|(name, _)| *name)
}

/// The logo of an instance held by a citizens' list or a campaign.
#[must_use]
pub fn mark_campaign() -> SafeHtml {
    SafeHtml::trusted_static(include_str!("../assets/mark-campaign.svg"))
}

/// The logo of an instance held by a town hall.
#[must_use]
pub fn mark_town() -> SafeHtml {
    SafeHtml::trusted_static(include_str!("../assets/mark-town.svg"))
}

/// The logo of Parvis itself, on the team's pages.
#[must_use]
pub fn mark_parvis() -> SafeHtml {
    SafeHtml::trusted_static(include_str!("../assets/mark-parvis.svg"))
}

/// The drawing of the square, in the colours of the instance. Once a page: it holds an identifier.
#[must_use]
pub fn scene() -> SafeHtml {
    SafeHtml::trusted_static(include_str!("../assets/scene.svg"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn icons_are_sorted_unique_and_drawn() {
        let all: Vec<_> = names().collect();
        assert!(all.windows(2).all(|w| w[0] < w[1]));
        for name in all {
            let svg = icon(name).to_string();
            assert!(svg.starts_with("<svg class=\"ico\" viewBox=\"0 0 24 24\" aria-hidden=\"true\">"), "{name}");
        }
        assert!(icon("no-such-icon").is_empty());
        assert!(icon("\"><script>").is_empty());
    }

    #[test]
    fn drawings_pass_a_strict_policy() {
        for svg in [mark_campaign(), mark_town(), mark_parvis(), scene()] {
            let svg = svg.to_string();
            assert!(svg.starts_with("<svg class=\"") && svg.ends_with("</svg>"));
            assert!(svg.contains("aria-hidden=\"true\""));
            assert!(!svg.contains("style=") && !svg.contains("<style") && !svg.contains("<script"));
        }
        assert!(scene().as_str().contains("url(#scene-fan)"));
    }
}
