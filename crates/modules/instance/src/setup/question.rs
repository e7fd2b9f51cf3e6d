//! The question that a new instance asks, written with the name of its commune.

use parvis_kernel::{app::App, settings::Settings, words::Lang};

/// `à Rivemont`, `au Mans`, `aux Ulis`: the commune after "à", with the article of its name. In English its name.
fn at(lang: Lang, name: &str) -> String {
    if lang == Lang::En {
        return name.to_owned();
    }
    if let Some(rest) = name.strip_prefix("Le ") {
        return format!("au {rest}");
    }
    if let Some(rest) = name.strip_prefix("Les ") {
        return format!("aux {rest}");
    }
    format!("à {name}")
}

/// The question to begin with, in the language of the instance.
pub fn proposed(app: &App, settings: &Settings) -> String {
    let (lang, name) = (settings.lang, &settings.commune.name);
    if name.is_empty() {
        return app.words.get(lang, "setup-question-nowhere");
    }
    app.words.with(lang, "setup-question-at", &[("place", &at(lang, name))])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_article_of_a_name_is_contracted() {
        for (name, words) in [
            ("Rivemont", "à Rivemont"),
            ("Le Mans", "au Mans"),
            ("Les Ulis", "aux Ulis"),
            ("La Rochelle", "à La Rochelle"),
            ("L'Haÿ-les-Roses", "à L'Haÿ-les-Roses"),
            ("Lescar", "à Lescar"),
        ] {
            assert_eq!(at(Lang::Fr, name), words);
        }
        assert_eq!(at(Lang::En, "Le Mans"), "Le Mans");
    }
}
