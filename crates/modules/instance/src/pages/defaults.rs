//! The texts that come with the program: shown until the team writes its own.

use parvis_kernel::words::Lang;

macro_rules! texts {
    ($($slug:literal),+ $(,)?) => {
        /// The text of a page, with its placeholders; empty for a page that does not exist.
        pub fn text(slug: &str, lang: Lang) -> &'static str {
            match (slug, lang) {
                $(
                    ($slug, Lang::Fr) => include_str!(concat!("../../pages/fr/", $slug, ".md")),
                    ($slug, Lang::En) => include_str!(concat!("../../pages/en/", $slug, ".md")),
                )+
                _ => "",
            }
        }
    };
}

texts!(
    "mentions-legales",
    "donnees-personnelles",
    "accessibilite",
    "aide",
    "facile-a-lire",
    "participer-sur-papier",
    "charte",
    "parvis",
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::{SLUGS, Values, fill};
    use parvis_kernel::settings::{Commune, Kind, Settings};
    use parvis_ui::SafeHtml;

    fn settings(kind: Kind, known: bool) -> Settings {
        let some = |text: &str| if known { text.to_owned() } else { String::new() };
        Settings {
            name: "Rivemont en commun".into(),
            kind,
            commune: Commune { name: some("Rivemont"), ..Commune::default() },
            address: some("12, rue des Tilleuls\n00000 Rivemont"),
            telephone: some("04 00 00 00 00"),
            contact: some("bonjour@rivemont.example"),
            ..Settings::default()
        }
    }

    /// Every page, in both languages, for a list and a town hall, with and without an address: nothing is left to fill.
    #[test]
    fn every_page_exists_and_is_completed() {
        for slug in SLUGS {
            for lang in Lang::ALL {
                let source = text(slug, lang);
                assert!(source.chars().count() > 500, "{slug} in {lang} says too little");
                for (kind, known) in [(Kind::Campaign, true), (Kind::TownHall, false)] {
                    let values = Values::of(&settings(kind, known), lang);
                    let filled = fill(source, &values);
                    assert!(!filled.contains(['{', '}', '@']) || known, "{slug} {lang}: {filled}");
                    for line in filled.lines() {
                        assert!(!line.starts_with('@'), "{slug} {lang}: {line}");
                    }
                    assert!(!filled.contains(['{', '}']), "{slug} {lang}");
                    // Titles follow each other without a gap, under the page's own.
                    let html = SafeHtml::from_page_markdown(&filled);
                    let levels: Vec<u32> =
                        html.as_str().split("<h").skip(1).filter_map(|t| t.chars().next()?.to_digit(10)).collect();
                    let mut above = 1;
                    for level in levels {
                        assert!(level <= above + 1, "{slug} {lang}: a title skips a level");
                        above = level;
                    }
                }
            }
        }
        assert_eq!(text("autre", Lang::Fr), "");
    }

    #[test]
    fn what_the_law_asks_for_is_there() {
        let values = Values::of(&settings(Kind::TownHall, true), Lang::Fr);
        let data = fill(text("donnees-personnelles", Lang::Fr), &values);
        for word in ["CNIL", "effacer", "durée", "consentement", "2016/679"] {
            assert!(data.to_lowercase().contains(&word.to_lowercase()), "{word}");
        }
        let access = fill(text("accessibilite", Lang::Fr), &values);
        assert!(access.contains("partiellement conforme") && access.contains("Défenseur des droits"));
        assert!(fill(text("parvis", Lang::En), &values).contains("AGPL"));
    }
}
