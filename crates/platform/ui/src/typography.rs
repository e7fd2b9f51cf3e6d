//! French typography, applied by one function to interface strings and to published text.
//!
//! A narrow no-break space goes before `;` `!` `?` and between thousands; a no-break space before
//! `:` `%` `€`, inside « », after `n°`, between a number and its unit. Apostrophes curl, three dots
//! become one sign. Addresses, e-mails and code are left alone, and applying it twice changes nothing.

mod html;
mod rules;

use std::borrow::Cow;

use rules::{Unit, set};

pub use html::french_html;

/// Sets a plain text in French. [`french_cow`] spares the copy when nothing changes.
#[must_use]
pub fn french(text: &str) -> String {
    french_cow(text).into_owned()
}

/// Sets a plain text in French, borrowing it when there is nothing to change.
#[must_use]
pub fn french_cow(text: &str) -> Cow<'_, str> {
    if !may_change(text) {
        return Cow::Borrowed(text);
    }
    let units: Vec<Unit<'_>> = text.chars().map(Unit::plain).collect();
    let set = set(&units, None);
    if set == text { Cow::Borrowed(text) } else { Cow::Owned(set) }
}

/// Whether any rule could apply: most names and labels answer no, and cost one pass.
fn may_change(text: &str) -> bool {
    text.contains("...")
        || text.chars().any(|c| {
            matches!(c, '\'' | ';' | '!' | '?' | ':' | '%' | '‰' | '€' | '«' | '»' | '°' | 'º') || c.is_ascii_digit()
        })
}

/// The initials shown in place of a portrait: `Nadia Benali` makes `NB`, `Anonyme` makes `AN`.
#[must_use]
pub fn initials(name: &str) -> String {
    let words: Vec<Vec<char>> = name
        .split_whitespace()
        .map(|w| w.chars().filter(|c| c.is_alphanumeric()).collect::<Vec<_>>())
        .filter(|w| !w.is_empty())
        .collect();
    let letters: Vec<char> = match words.as_slice() {
        [] => Vec::new(),
        [one] => one.iter().take(2).copied().collect(),
        [first, .., last] => first.iter().take(1).chain(last.iter().take(1)).copied().collect(),
    };
    letters.into_iter().flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use proptest::prelude::*;

    use super::*;

    /// Shows the two spaces as `~` (no-break) and `_` (narrow no-break).
    fn shown(text: &str) -> String {
        text.replace('\u{A0}', "~").replace('\u{202F}', "_")
    }

    #[test]
    fn every_rule() {
        for (from, to) in [
            ("Que changeriez-vous à Rivemont ?", "Que changeriez-vous à Rivemont_?"),
            ("Vraiment? Oui! Bien; voilà", "Vraiment_? Oui_! Bien_; voilà"),
            ("Quoi ?! Ah ! ! ", "Quoi_?! Ah_!_! "),
            ("Attention : lisez", "Attention~: lisez"),
            ("Attention: lisez", "Attention~: lisez"),
            ("31 % et 20%, 50 € ou 50€", "31~% et 20~%, 50~€ ou 50~€"),
            ("« Oui » et «non»", "«~Oui~» et «~non~»"),
            ("n° 3, N°4", "n°~3, N°~4"),
            ("1 243 personnes, 6 200 000 €", "1_243 personnes, 6_200_000~€"),
            ("12 km, 4 m², 18 h 30, 20 min", "12~km, 4~m², 18~h~30, 20~min"),
            ("6,2 millions d'euros sur 6 ans", "6,2~millions d’euros sur 6~ans"),
            ("l'idée d'Odette, aujourd'hui", "l’idée d’Odette, aujourd’hui"),
            ("Il manque des bancs...", "Il manque des bancs…"),
            ("(Oui !) « Non ! »", "(Oui_!) «~Non_!~»"),
            ("«a:»", "«~a~:~»"),
        ] {
            assert_eq!(shown(&french(from)), to, "{from}");
            assert_eq!(french(&french(from)), french(from), "twice: {from}");
        }
    }

    #[test]
    fn what_must_not_change() {
        for text in [
            "https://exemple.fr/a?b=c&d=l'e;f:80%20!",
            "www.exemple.fr/?x=1!",
            "c'est".replace('\'', "’").as_str(),
            "jean.o'hara@exemple.fr",
            "`let x = 'a' ; y?`",
            "06 00 00 00 00",
            "Le 2 décembre 2026 à 18:30",
            "2026",
            "12, rue des Tilleuls",
            "de 25-39",
            " ! seul",
            "a ' b",
            "rock'",
            "(?)",
            "../../a",
        ] {
            assert_eq!(french(text), text);
        }
        assert_eq!(french("Voir https://exemple.fr/l'a?b ?"), "Voir https://exemple.fr/l'a?b\u{202F}?");
    }

    #[test]
    fn nothing_to_change_costs_no_copy() {
        assert!(matches!(french_cow("Les Coteaux"), Cow::Borrowed(_)));
        assert!(matches!(french_cow("12, place de l’Église"), Cow::Borrowed(_)));
        assert!(matches!(french_cow(""), Cow::Borrowed("")));
    }

    #[test]
    fn initials_of_names() {
        for (name, letters) in [
            ("Nadia Benali", "NB"),
            ("Léa M.", "LM"),
            ("Anonyme", "AN"),
            ("émile de la Tour", "ÉT"),
            ("  ", ""),
            ("--", ""),
            ("J", "J"),
            ("ßa", "SSA"),
        ] {
            assert_eq!(initials(name), letters, "{name}");
        }
    }

    fn texts() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            Just(" ".to_owned()),
            Just("\u{A0}".to_owned()),
            Just("\u{202F}".to_owned()),
            Just("\n".to_owned()),
            "[;!?:%€«»°'`.,()\"…/@<>&#-]".prop_map(|s| s),
            "[a-cn0-9hN]{1,3}",
            Just("https://x.fr/a".to_owned()),
            Just("www.".to_owned()),
            Just("a@b.fr".to_owned()),
            Just("km".to_owned()),
            Just("&#39;".to_owned()),
            Just("<b>".to_owned()),
            Just("</b>".to_owned()),
            Just("<code>".to_owned()),
            Just("</code>".to_owned()),
            any::<char>().prop_map(String::from),
        ];
        proptest::collection::vec(piece, 0..24).prop_map(|p| p.concat())
    }

    #[test]
    fn a_word_without_end_is_read_once() {
        for piece in ["a", "'", "(a", "a'b", "a@b'", "a.'", "://'", "`", "1 234 ", "www.(", "http://)", ") ? "] {
            let long = piece.repeat(200_000 / piece.len());
            let began = std::time::Instant::now();
            let address = format!("https://exemple.fr/{long}");
            let html = [&long, &address].map(|text| crate::SafeHtml::from_plain_text(text).french());
            assert!(french(&long).len() + html[0].as_str().len() > 100_000);
            assert!(began.elapsed().as_secs() < 30, "{piece}: {:?}", began.elapsed());
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn twice_is_once(text in texts()) {
            let once = french(&text);
            prop_assert_eq!(french(&once), once);
        }

        #[test]
        fn twice_is_once_in_html(text in texts()) {
            let once = french_html(&text);
            prop_assert_eq!(french_html(&once), once);
        }

        #[test]
        fn only_spaces_apostrophes_and_dots_change(text in texts()) {
            let bare = |s: &str| s.chars()
                .filter(|c| !matches!(c, ' ' | '\u{A0}' | '\u{202F}'))
                .collect::<String>().replace('’', "'").replace(['…', '.'], "");
            prop_assert_eq!(bare(&french(&text)), bare(&text));
        }
    }
}
