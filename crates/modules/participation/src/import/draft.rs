//! From a row of the file to a contribution of the project.

use std::collections::HashSet;

use chrono::{DateTime, LocalResult, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use parvis_kernel::{clock, form, secrets, words::Lang};
use parvis_people::areas;
use parvis_tables::{Age, Code, Kind, Moment, Record, Role, Side, excerpt};
use uuid::Uuid;

use super::{Frame, Refused, official::Official};
use crate::{
    ideas::{MAX_TEXT, Status, shorten, store::terms},
    screening::Why,
};

/// Longest title kept as the file gives it, in characters. A longer one is cut, and whole in the text.
const LONGEST_TITLE: usize = 300;
/// Longest theme and place, in characters.
const LONGEST_WORD: usize = 120;

/// A contribution as the file wants it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Draft {
    pub line: u64,
    pub external_id: String,
    /// The file's identifier of what a comment stands under.
    pub parent: Option<String>,
    pub side: &'static str,
    pub title: String,
    pub body: String,
    /// Shown, when it looks like a name.
    pub author_name: String,
    /// One voice per author of the file, and one for all rows without.
    pub holder: Uuid,
    pub at: Option<DateTime<Utc>>,
    pub tag: String,
    pub area: Option<Uuid>,
    pub unknown_area: Option<String>,
    pub place: String,
    pub point: Option<(f64, f64)>,
    pub age: Option<&'static str>,
    pub lang: String,
    pub status: Status,
    /// Why it waits to be checked before it is online.
    pub why: Vec<Why>,
    /// The status it gets then; empty when it does not wait.
    pub status_then: &'static str,
    pub unknown_status: Option<String>,
    pub votes_for: i64,
    pub votes_against: i64,
    /// The official answer to it.
    pub answer: Option<Official>,
    /// The file says that it has none: a file without a column for answers says nothing of them.
    pub unanswered: bool,
    /// The stemmed words it is found by, once computed: only those that are new need them.
    pub terms: Option<String>,
}

impl Draft {
    /// What is shown: title, text, name, place and theme.
    pub(super) const fn texts(&self) -> [&String; 5] {
        [&self.title, &self.body, &self.author_name, &self.place, &self.tag]
    }

    /// Takes telephone numbers and mail addresses out of what is shown.
    pub(super) fn mask(&mut self) {
        self.mask_where(&[""; 5]);
    }

    /// The same of those texts alone that are not what they were, in the order of [`Draft::texts`].
    pub(super) fn mask_where(&mut self, before: &[impl AsRef<str>; 5]) {
        let shown = [&mut self.title, &mut self.body, &mut self.author_name, &mut self.place, &mut self.tag];
        for (shown, before) in shown.into_iter().zip(before) {
            if shown != before.as_ref() {
                *shown = parvis_tables::mask(shown);
            }
        }
        self.terms = None;
    }
}

/// What compares names and words: no accents, no case, one space.
pub(super) fn fold(text: &str) -> String {
    parvis_themes::text::fold(text).replace(['\'', '-', '_', '.'], " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Why a row with this text, written at this time, can't be taken; nothing when it can.
fn wrong(frame: &Frame, record: &Record, body: &str, at: Option<DateTime<Utc>>) -> Option<Refused> {
    let refuse = |code, role: Role, value: &str| Refused {
        line: Some(record.line),
        column: frame.columns.get(&role).cloned(),
        value: Some(excerpt(value)).filter(|v| !v.is_empty()),
        code,
    };
    if form::is_blank(body) {
        return Some(refuse(Code::MissingText.as_str(), Role::Text, ""));
    }
    if body.chars().count() > MAX_TEXT {
        return Some(refuse("text_too_long", Role::Text, ""));
    }
    let word = record.status_word.as_deref().map(fold).unwrap_or_default();
    if ["withdrawn", "retire", "retiree"].contains(&word.as_str()) {
        return Some(refuse(Code::Withdrawn.as_str(), Role::Status, &word));
    }
    if at.is_some_and(|at| at > frame.moment.now + TimeDelta::days(1)) {
        let value = record.created.map(|m| m.local.date().to_string()).unwrap_or_default();
        return Some(refuse("future_date", Role::Date, &value));
    }
    if let Some((lon, lat)) = record.lon.zip(record.lat).filter(|(lon, lat)| areas::import::are_swapped(*lon, *lat)) {
        return Some(refuse("swapped_coordinates", Role::Latitude, &format!("{lat} {lon}")));
    }
    None
}

/// The contribution of a row.
///
/// # Errors
/// Why it can't be taken.
pub(super) fn draft(frame: &Frame, record: &Record) -> Result<Draft, Refused> {
    let (title, body) = texts(record);
    let at = record.created.map(|m| instant(m, frame.tz));
    if let Some(refused) = wrong(frame, record, &body, at) {
        return Err(refused);
    }
    let area = record.area.as_deref().and_then(|name| frame.areas.find(name).area());
    let unknown_area = record.area.clone().filter(|_| area.is_none());
    let status = record.status_word.as_deref().map(status);
    let place = cut(record.address.as_deref().or(unknown_area.as_deref()).unwrap_or_default());
    let author_name = record.author.as_deref().filter(|a| looks_like_a_name(a)).unwrap_or_default().to_owned();
    let tag = record.tags.first().map(|t| cut(&t.label)).unwrap_or_default();
    let lang = record.language.as_deref().and_then(language).unwrap_or_else(|| frame.lang.clone());
    let wanted = status.flatten().unwrap_or(Status::Proposed);
    let answer = Official::of(record, wanted, frame.tz);
    let wanted = answer.as_ref().map_or(wanted, |answer| answer.status);
    let why = frame.screen.why(Lang::parse(&lang).unwrap_or_default(), &[&title, &body, &author_name, &place, &tag]);
    let waits = wanted.is_public() && !why.is_empty();
    let (parent, side) = match &record.kind {
        Kind::Idea => (None, ""),
        Kind::Comment { parent, side } => (Some(parent.clone()), side.map_or("", side_code)),
    };
    Ok(Draft {
        line: record.line,
        external_id: record.external_id.clone(),
        parent,
        side,
        title,
        body,
        author_name,
        holder: holder(frame, record),
        at,
        tag,
        area,
        place,
        unknown_area,
        point: record.lon.zip(record.lat),
        age: record.age.as_ref().and_then(age),
        lang,
        status: if waits { Status::Prescreening } else { wanted },
        why: if waits { why } else { Vec::new() },
        status_then: if waits { wanted.code() } else { "" },
        unknown_status: record.status_word.clone().filter(|_| status == Some(None)),
        votes_for: i64::from(record.votes_for.or(record.votes_total).unwrap_or(0)),
        votes_against: i64::from(record.votes_against.unwrap_or(0)),
        unanswered: answer.is_none() && record.kind == Kind::Idea && frame.columns.contains_key(&Role::Answer),
        answer,
        terms: None,
    })
}

/// Computes the words of the drafts that are new, on all cores: stemming is most of the work of an import. Blocks.
pub(super) fn stem(drafts: &mut [Draft], known: &HashSet<String>) {
    let cores = std::thread::available_parallelism().map_or(2, usize::from).min(8);
    let share = drafts.len().div_ceil(cores).max(1);
    std::thread::scope(|scope| {
        for part in drafts.chunks_mut(share) {
            scope.spawn(move || {
                for draft in part.iter_mut().filter(|d| !known.contains(&d.external_id)) {
                    draft.terms = Some(terms(&draft.title, &draft.body, &draft.place, &draft.lang));
                }
            });
        }
    });
}

const fn side_code(side: Side) -> &'static str {
    match side {
        Side::For => "for",
        Side::Against => "against",
    }
}

/// Title and text. A title that is only the beginning of the text is not kept: pages make their own.
fn texts(record: &Record) -> (String, String) {
    let (title, text) = (record.title.as_str(), record.text.as_str());
    if form::is_blank(text) {
        return (String::new(), title.to_owned());
    }
    if record.title_from_text || form::is_blank(title) {
        return (String::new(), text.to_owned());
    }
    if title.chars().count() > LONGEST_TITLE {
        return (shorten(title, LONGEST_TITLE - 1), format!("{title}\n\n{text}"));
    }
    (title.split_whitespace().collect::<Vec<_>>().join(" "), text.to_owned())
}

fn cut(word: &str) -> String {
    shorten(word, LONGEST_WORD)
}

/// A time without an offset is a time of the town. An hour that the clock skipped is the one after it.
pub(super) fn instant(moment: Moment, tz: Tz) -> DateTime<Utc> {
    if let Some(at) = moment.instant() {
        return clock::micros(at.to_utc());
    }
    let local = |t: NaiveDateTime| match tz.from_local_datetime(&t) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(at.to_utc()),
        LocalResult::None => None,
    };
    let at = local(moment.local).or_else(|| local(moment.local + TimeDelta::hours(1)));
    clock::micros(at.unwrap_or_else(|| moment.local.and_utc()))
}

/// The key that an author's contributions are counted under: the same in each import into the project, and worth
/// nothing elsewhere. Nobody knows how many people wrote the rows without author: all of them share one key.
fn holder(frame: &Frame, record: &Record) -> Uuid {
    let who = match (&record.email, &record.author) {
        (Some(email), _) => format!("email {email}"),
        (None, Some(author)) => format!("author {}", fold(author)),
        (None, None) => return unsigned(frame),
    };
    key(frame, &who)
}

/// The key of all rows without author.
pub(super) fn unsigned(frame: &Frame) -> Uuid {
    key(frame, "nobody in particular")
}

fn key(frame: &Frame, who: &str) -> Uuid {
    let hash = secrets::hash(&frame.secrets.sign("import-author", &format!("{} {who}", frame.project)));
    let bits = hash.get(..32).and_then(|hex| u128::from_str_radix(hex, 16).ok()).unwrap_or_default();
    uuid::Builder::from_custom_bytes(bits.to_be_bytes()).into_uuid()
}

/// Whether a person would sign so: letters, no address, not the hexadecimal or digits of a pseudonym.
pub(super) fn looks_like_a_name(author: &str) -> bool {
    let letters = author.chars().filter(|c| c.is_alphabetic()).count();
    let digits = author.chars().filter(char::is_ascii_digit).count();
    let length = author.chars().count();
    let signs = author
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '\'' | '’' | '.' | ',' | '(' | ')' | '&' | '\u{a0}'));
    let code = length >= 6 && author.chars().all(|c| c.is_ascii_hexdigit() || c == '-') && digits > 0;
    signs && !code && letters >= 2 && digits <= 2 && length <= 60
}

/// How the words for a state begin, folded, in the order they are looked for: refusals first, as "non retenue" begins like
/// nothing else, "rejetée" either.
const BEGINNINGS: [(Status, &[&str]); 8] = [
    (
        Status::Rejected,
        &[
            "non ret",
            "non accept",
            "pas retenu",
            "rejet",
            "refus",
            "reject",
            "declin",
            "ecart",
            "not accept",
            "not select",
        ],
    ),
    (Status::Ineligible, &["inelig", "irrecev", "ineligible", "hors sujet", "off topic", "non recev", "spam"]),
    (
        Status::Implemented,
        &["realis", "mis en oeuvre", "mise en oeuvre", "fait", "termin", "implement", "done", "complet", "livr"],
    ),
    (
        Status::Accepted,
        &["retenu", "accept", "valid", "approuv", "approved", "selected", "adopt", "laureat", "gagnant", "won"],
    ),
    (
        Status::UnderConsideration,
        &[
            "a l etude",
            "etude",
            "en cours",
            "en etude",
            "examin",
            "in progress",
            "under",
            "evaluat",
            "en analyse",
            "instruction",
        ],
    ),
    (Status::Answered, &["repond", "repondu", "answer", "reponse"]),
    (
        Status::Prescreening,
        &["en attente de mod", "a moder", "moderation", "pending", "brouillon", "draft", "a relire"],
    ),
    (
        Status::Proposed,
        &[
            "propos",
            "publi",
            "en ligne",
            "ouvert",
            "open",
            "new",
            "nouve",
            "actif",
            "active",
            "depos",
            "en attente",
            "not answered",
        ],
    ),
];

/// The state that a word means; `None` for a word that means nothing here.
pub(super) fn status(word: &str) -> Option<Status> {
    let folded = fold(word);
    let begins = |words: &[&str]| words.iter().any(|w| folded.starts_with(w));
    Status::parse(&folded.replace(' ', "_"))
        .or_else(|| BEGINNINGS.iter().find(|(_, words)| begins(words)).map(|(status, _)| *status))
}

/// The age group of the instance that holds the whole of the file's.
fn age(age: &Age) -> Option<&'static str> {
    let group = |years: u32| match years {
        15..=24 => Some("15-24"),
        25..=39 => Some("25-39"),
        40..=64 => Some("40-64"),
        65..=120 => Some("65+"),
        _ => None,
    };
    match age {
        Age::Years(years) => group(u32::from(*years)),
        Age::Group(words) => {
            let numbers: Vec<u32> = words.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
            match *numbers {
                [low] => group(low).filter(|g| *g == "65+"),
                [low, high] => group(low).filter(|g| group(high) == Some(*g)),
                _ => None,
            }
        }
    }
}

/// `fr` of `fr-FR`; `None` for what is not a code.
fn language(code: &str) -> Option<String> {
    let primary = code.split(['-', '_']).next().unwrap_or_default();
    ((2..=3).contains(&primary.len()) && primary.bytes().all(|b| b.is_ascii_lowercase())).then(|| primary.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pseudonyms_are_not_names() {
        for name in ["Léa M.", "Jean-Paul D’Arc", "Collectif 75", "Ada", "Abbé"] {
            assert!(looks_like_a_name(name), "{name}");
        }
        for code in ["bbe6d0b0c726", "u12345", "x", "a@b.fr", "user_8841", "3f2504e0-4f89-11d3", ""] {
            assert!(!looks_like_a_name(code), "{code}");
        }
    }

    #[test]
    fn status_words_of_both_languages() {
        let table = [
            ("Acceptée", Status::Accepted),
            ("Non retenue", Status::Rejected),
            ("rejected", Status::Rejected),
            ("À l’étude", Status::UnderConsideration),
            ("under_consideration", Status::UnderConsideration),
            ("Réalisée", Status::Implemented),
            ("En attente de modération", Status::Prescreening),
            ("En attente", Status::Proposed),
            ("Irrecevable", Status::Ineligible),
            ("Réponse donnée", Status::Answered),
        ];
        for (word, expected) in table {
            assert_eq!(status(word), Some(expected), "{word}");
        }
        assert_eq!(status("Bleu"), None);
    }

    #[test]
    fn ages_go_to_the_group_that_holds_them() {
        assert_eq!(age(&Age::Years(40)), Some("40-64"));
        assert_eq!(age(&Age::Years(12)), None);
        assert_eq!(age(&Age::Group("25-34".into())), Some("25-39"));
        assert_eq!(age(&Age::Group("65 ans et plus".into())), Some("65+"));
        assert_eq!(age(&Age::Group("35-49".into())), None, "two of our groups");
        assert_eq!(age(&Age::Group("moins de 25".into())), None);
    }

    #[test]
    fn an_hour_the_clock_skipped_is_the_next_one() {
        let read = |t| instant(parvis_tables::parse_moment(t).unwrap(), Tz::Europe__Paris).to_rfc3339();
        assert_eq!(read("2026-03-29 02:30"), "2026-03-29T01:30:00+00:00");
        assert_eq!(read("2026-10-25 02:30"), "2026-10-25T00:30:00+00:00");
        assert_eq!(read("2015-09-26T14:05:04+0200"), "2015-09-26T12:05:04+00:00");
    }
}
