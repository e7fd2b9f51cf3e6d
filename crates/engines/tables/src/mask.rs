//! Addresses and telephone numbers typed in a text, masked before the text leaves as open data.

/// What stands for a mail address.
const MAIL: &str = "[courriel]";
/// What stands for a telephone number.
const TELEPHONE: &str = "[téléphone]";

/// The text with mail addresses and telephone numbers masked.
///
/// ```
/// assert_eq!(parvis_tables::mask("Écrire à lea@exemple.fr ou 06 12 34 56 78."), "Écrire à [courriel] ou [téléphone].");
/// ```
#[must_use]
pub fn mask(text: &str) -> String {
    telephones(&mails(text))
}

fn mails(text: &str) -> String {
    if !text.contains('@') {
        return text.to_owned();
    }
    let local = |c: char| c.is_alphanumeric() || "._%+-'".contains(c);
    let domain = |c: char| c.is_alphanumeric() || ".-".contains(c);
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('@') {
        let head = before.trim_end_matches(local);
        let end = after.find(|c| !domain(c)).unwrap_or(after.len());
        let (host, tail) = after.split_at_checked(end).unwrap_or((after, ""));
        // A full stop that ends the sentence is not of the address.
        let host = host.trim_end_matches(['.', '-']);
        if head.len() < before.len() && host.contains('.') {
            out.push_str(head);
            out.push_str(MAIL);
            rest = after.get(host.len()..).unwrap_or(tail);
        } else {
            out.push_str(before);
            out.push('@');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

/// What may stand between the digits of a number.
fn separates(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '.' | '-' | '(' | ')')
}

fn telephones(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    let mut last = ' ';
    for c in text.chars() {
        let begins = run.is_empty() && (c.is_ascii_digit() || c == '+') && !last.is_alphanumeric();
        if begins || (!run.is_empty() && (c.is_ascii_digit() || separates(c))) {
            run.push(c);
            last = c;
            continue;
        }
        flush(&mut run, &mut out, c.is_alphabetic());
        out.push(c);
        last = c;
    }
    flush(&mut run, &mut out, false);
    out
}

/// Writes a run of digits and separators, masked if it is a number; what ends it stays.
fn flush(run: &mut String, out: &mut String, glued: bool) {
    let body = run.trim_end_matches(separates);
    let tail = run.get(body.len()..).unwrap_or_default();
    // "14h" is an hour: digits that a letter follows at once are no number.
    if is_telephone(body) && !(glued && tail.is_empty()) {
        out.push_str(TELEPHONE);
    } else {
        out.push_str(body);
    }
    out.push_str(tail);
    run.clear();
}

/// A French number, or one with its country. Dates and prices have fewer digits or other groups.
fn is_telephone(run: &str) -> bool {
    let groups: Vec<usize> = run.split(separates).filter(|g| !g.is_empty()).map(str::len).collect();
    let digits = run.chars().filter(char::is_ascii_digit).count();
    if run.starts_with('+') || run.starts_with("00") {
        return (9..=15).contains(&digits);
    }
    let second = run.chars().filter(char::is_ascii_digit).nth(1);
    run.starts_with('0')
        && second != Some('0')
        && digits == 10
        && matches!(groups.as_slice(), [10] | [2, 2, 2, 2, 2] | [4, 3, 3] | [2, 8] | [2, 4, 4] | [4, 2, 2, 2])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_numbers_are_masked_and_the_rest_stays() {
        for (text, masked) in [
            ("lea.m+ville@exemple.fr", "[courriel]"),
            ("Écrivez-moi : LÉA@exemple.co.uk, merci.", "Écrivez-moi : [courriel], merci."),
            ("a@b@exemple.fr.", "a@[courriel]."),
            ("0612345678", "[téléphone]"),
            ("au 06.12.34.56.78, ou 01-23-45-67-89", "au [téléphone], ou [téléphone]"),
            ("06\u{202f}12\u{202f}34\u{202f}56\u{202f}78 le soir", "[téléphone] le soir"),
            ("+33 (0)6 12 34 56 78.", "[téléphone]."),
            ("0033612345678", "[téléphone]"),
            ("0612 345 678", "[téléphone]"),
        ] {
            assert_eq!(mask(text), masked, "{text}");
        }
        for same in [
            "",
            "Un banc @ la gare",
            "@mairie",
            "a@b",
            "le 01.02.2026, 14h",
            "01/02/2026",
            "12 345 678 € de 1 234,50",
            "72000 Le Mans",
            "Ligne 10, arrêt 4, à 0,5 km",
            "réf. 2026-0612345678901",
            "\u{1f6b2} 3 + 4 = 7",
        ] {
            assert_eq!(mask(same), same);
        }
    }
}
