//! Telephone numbers: typed as people write them, kept in E.164, read in groups.

use phonenumber::{Mode, country};

/// Signs of the longest number anybody types, spaces included.
const LONGEST: usize = 32;

/// A number in E.164, such as `+33612345678`; numbers without a country are French. `None` when nobody can have it.
#[must_use]
pub fn parse(text: &str) -> Option<String> {
    // The library reads extensions and letters too, and is slow on long nonsense.
    let plain = text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "+.-()/\u{a0}\u{202f}".contains(c));
    if text.chars().count() > LONGEST || !plain {
        return None;
    }
    // Numbers of the overseas départements are dialled like those of the mainland, under a code of their own.
    let country = match text.chars().filter(char::is_ascii_digit).collect::<String>() {
        d if d.starts_with("0262") || d.starts_with("0692") || d.starts_with("0693") => country::RE,
        d if d.starts_with("0269") || d.starts_with("0639") => country::YT,
        d if d.starts_with("0590") || d.starts_with("0690") || d.starts_with("0691") => country::GP,
        d if d.starts_with("0594") || d.starts_with("0694") => country::GF,
        d if d.starts_with("0596") || d.starts_with("0696") || d.starts_with("0697") => country::MQ,
        _ => country::FR,
    };
    let number = phonenumber::parse(Some(country), text).ok()?;
    number.is_valid().then(|| number.format().mode(Mode::E164).to_string())
}

/// A number of E.164 as people of its country read it; those of other countries start with their code.
#[must_use]
pub fn shown(e164: &str) -> String {
    let Ok(number) = phonenumber::parse(None, e164) else { return e164.to_owned() };
    let mode = if e164.starts_with("+33") { Mode::National } else { Mode::International };
    number.format().mode(mode).to_string()
}

/// The digits of a number of E.164 without the code of its country.
#[must_use]
pub fn national(e164: &str) -> Option<String> {
    phonenumber::parse(None, e164).ok().map(|number| number.national().value().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_however_it_is_typed() {
        for text in ["06 12 34 56 78", "0612345678", "+33612345678", "+33 (0)6 12 34 56 78", "0033 6.12.34.56.78"] {
            assert_eq!(parse(text).as_deref(), Some("+33612345678"), "{text}");
        }
        assert_eq!(parse("0692 12 34 56").as_deref(), Some("+262692123456"));
        assert_eq!(parse("+32 470 12 34 56").as_deref(), Some("+32470123456"));
        assert_eq!(shown("+33612345678"), "06 12 34 56 78");
        assert_eq!(shown("+32470123456"), "+32 470 12 34 56");
        assert_eq!(national("+33612345678").as_deref(), Some("612345678"));
        assert_eq!(national("+262692123456").as_deref(), Some("692123456"));
        assert_eq!(national("x"), None);
    }

    #[test]
    fn what_is_no_number() {
        let long = "0".repeat(200);
        for text in [
            "",
            "12",
            "06 12 34 56 7",
            "06 12 34 56 78 9",
            "zéro six",
            "0612345678 poste 4",
            "+",
            "+999123456789",
            &long,
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
