//! Values of cells: dates, numbers, kinds, sides.

use chrono::{FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};

use crate::record::{KindName, Moment, Side};

/// Reads a date, with or without a time: RFC 3339, "2015-09-26T14:05:04+0200", "2015-09-26 14:05:04 UTC", "26/09/2015 14:05",
/// "26/09/2015 à 14h05", "26/09/2015", "26.09.15". The day comes before the month, unless the year comes first. `None` for anything
/// else, for days that no calendar has, and for years before 1900 or after 2199.
#[must_use]
pub fn parse_moment(text: &str) -> Option<Moment> {
    let text = text.trim();
    let (date, rest) = take_date(text)?;
    if rest.is_empty() {
        let local = NaiveDateTime::new(date, NaiveTime::MIN);
        return Some(Moment { local, offset: None, has_time: false });
    }
    let rest = rest.trim_start_matches([',', ' ', '\u{a0}', '\u{202f}']);
    let rest = ["à ", "a ", "T", "t"].iter().find_map(|p| rest.strip_prefix(p)).unwrap_or(rest);
    let (time, rest) = take_time(rest.trim_start())?;
    let offset = match rest.trim() {
        "" => None,
        "Z" | "z" | "UTC" | "GMT" => Some(FixedOffset::east_opt(0)?),
        other => Some(parse_offset(other)?),
    };
    Some(Moment { local: NaiveDateTime::new(date, time), offset, has_time: true })
}

/// A date as spreadsheets count them, in days since the end of 1899, when a cell has lost its format: "45992", "45992.5". From 1954
/// to 2119, so that a year or a small number is none.
pub(crate) fn parse_serial(text: &str) -> Option<Moment> {
    let days = text.trim().replace(',', ".").parse::<f64>().ok().filter(|d| (20_000.0..80_000.0).contains(d))?;
    // Within range: the conversions are exact.
    #[allow(clippy::cast_possible_truncation)]
    let (whole, seconds) = (days.trunc() as i64, (days.fract() * 86_400.0).round() as i64);
    let at = NaiveDate::from_ymd_opt(1899, 12, 30)?.and_time(NaiveTime::MIN);
    let local = at + chrono::TimeDelta::days(whole) + chrono::TimeDelta::seconds(seconds);
    Some(Moment { local, offset: None, has_time: seconds > 0 })
}

/// What a spreadsheet shows for a formula that failed.
#[must_use]
pub fn is_failed_formula(cell: &str) -> bool {
    cell.starts_with('#')
        && ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#VALEUR!", "#NOM?", "#NOMBRE!"]
            .contains(&cell.trim())
}

/// Cuts the digits at the beginning: their value, how many, and what follows.
fn take_digits(text: &str, max: usize) -> Option<(u32, usize, &str)> {
    let count = text.bytes().take(max).take_while(u8::is_ascii_digit).count();
    let value = text.get(..count)?.parse().ok()?;
    Some((value, count, text.get(count..)?))
}

fn take_date(text: &str) -> Option<(NaiveDate, &str)> {
    let (first, first_width, rest) = take_digits(text, 4)?;
    let separator = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (month, _, rest) = take_digits(rest.strip_prefix(separator)?, 2)?;
    let (last, last_width, rest) = take_digits(rest.strip_prefix(separator)?, 4)?;
    let (year, day) = match (first_width, last_width) {
        (4, 1 | 2) => (first, last),
        (1 | 2, 4) => (last, first),
        (1 | 2, 2) => (2000 + last, first),
        _ => return None,
    };
    if !(1900..2200).contains(&year) || rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    Some((NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?, rest))
}

/// "14:05", "14:05:04", "14:05:04.123", "14h05", "14h".
fn take_time(text: &str) -> Option<(NaiveTime, &str)> {
    let (hour, _, rest) = take_digits(text, 2)?;
    if let Some(rest) = rest.strip_prefix(['h', 'H']) {
        let (minute, rest) = take_digits(rest, 2).map_or((0, rest), |(m, _, rest)| (m, rest));
        return Some((NaiveTime::from_hms_opt(hour, minute, 0)?, rest));
    }
    let (minute, _, rest) = take_digits(rest.strip_prefix(':')?, 2)?;
    let Some(rest) = rest.strip_prefix(':') else {
        return Some((NaiveTime::from_hms_opt(hour, minute, 0)?, rest));
    };
    let (second, _, rest) = take_digits(rest, 2)?;
    let Some(fraction) = rest.strip_prefix(['.', ',']) else {
        return Some((NaiveTime::from_hms_opt(hour, minute, second)?, rest));
    };
    let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
    let (_, kept, _) = take_digits(fraction, digits.min(3))?;
    let (value, _, _) = take_digits(fraction, kept)?;
    let millis = value * 10_u32.pow(3_u32.saturating_sub(u32::try_from(kept).ok()?));
    Some((NaiveTime::from_hms_milli_opt(hour, minute, second, millis)?, fraction.get(digits..)?))
}

/// "+0200", "+02:00", "-05", "UTC+2" is not.
fn parse_offset(text: &str) -> Option<FixedOffset> {
    let (sign, rest) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, width, rest) = take_digits(rest, 2)?;
    let minutes = rest.strip_prefix(':').unwrap_or(rest);
    let minutes =
        if minutes.is_empty() { 0 } else { take_digits(minutes, 2).filter(|(_, w, end)| *w == 2 && end.is_empty())?.0 };
    if width != 2 || hours > 14 || minutes > 59 {
        return None;
    }
    FixedOffset::east_opt(sign * i32::try_from(hours * 3600 + minutes * 60).ok()?)
}

/// Reads a number as written in French or in English: "1 234,5", "1234", "-0.5". `None` for anything else; never NaN nor infinite.
#[must_use]
pub fn parse_number(text: &str) -> Option<f64> {
    let mut plain = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' => {}
            ',' => plain.push('.'),
            '\u{2212}' => plain.push('-'),
            '0'..='9' | '.' | '-' | '+' => plain.push(c),
            _ => return None,
        }
    }
    plain.parse().ok().filter(|n: &f64| n.is_finite())
}

/// A number of votes: whole, not negative.
pub(crate) fn parse_count(text: &str) -> Option<u32> {
    if let Ok(count) = text.parse() {
        return Some(count);
    }
    let number = parse_number(text)?;
    let whole = number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number);
    // Whole and within range: the conversion is exact.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    whole.then_some(number as u32)
}

/// The kind that a folded word tells.
pub(crate) fn kind_word(folded: &str) -> Option<KindName> {
    match folded {
        "proposal" | "proposals" | "proposition" | "idea" | "idee" | "contribution" | "projet" | "project"
        | "initiative" | "petition" | "suggestion" | "opinion" | "debate" | "debat" | "question" | "besoin"
        | "constat" => Some(KindName::Idea),
        "argument" | "comment" | "commentaire" | "reponse" | "reply" | "answer" | "reaction" | "argument pour"
        | "argument contre" => Some(KindName::Comment),
        _ => None,
    }
}

/// The side that a folded word tells: the inner `None` for neither. The outer one when the word is not known.
pub(crate) fn side_word(word: &str) -> Option<Option<Side>> {
    match word.trim() {
        "1" | "+1" => return Some(Some(Side::For)),
        "-1" => return Some(Some(Side::Against)),
        "" | "0" => return Some(None),
        _ => {}
    }
    match crate::text::fold(word).as_str() {
        "for" | "pour" | "favorable" | "agree" | "d accord" | "in favor" | "in favour" | "positive" | "positif"
        | "pro" | "yes" | "oui" | "ok" | "argument pour" => Some(Some(Side::For)),
        "against" | "contre" | "defavorable" | "disagree" | "pas d accord" | "negative" | "negatif" | "con" | "no"
        | "non" | "nok" | "argument contre" => Some(Some(Side::Against)),
        "neutral" | "neutre" | "mitige" | "mixed" | "sans avis" | "abstention" | "none" => Some(None),
        _ => None,
    }
}
