//! The timeline as a form: what was typed is kept, each mistake comes with corrections of one tap.

use chrono::{Datelike, Days, NaiveDate};
use parvis_kernel::form::{Form, is_blank};
use uuid::Uuid;

use super::phases::{self, Phase, PhaseProblem};

/// Phases that one project may have.
pub const MAX_PHASES: usize = 30;
/// Longest title of a phase, in characters.
const MAX_TITLE: usize = 120;

/// A correction offered beside a mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Which field it sets: `debut` or `fin`.
    pub field: &'static str,
    /// Of which phase.
    pub phase: usize,
    /// To which day.
    pub day: NaiveDate,
}

impl Fix {
    /// The value of its button.
    #[must_use]
    pub fn code(&self) -> String {
        format!("{}.{}.{}", self.field, self.phase, self.day)
    }

    /// From the value of its button.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let mut parts = code.split('.');
        let field = ["debut", "fin"].into_iter().find(|f| Some(*f) == parts.clone().next())?;
        parts.next();
        Some(Self { field, phase: parts.next()?.parse().ok()?, day: parts.next()?.parse().ok()? })
    }
}

/// What is wrong with one field of a phase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The phase.
    pub phase: usize,
    /// `titre`, `debut`, `fin` or `peut`.
    pub field: &'static str,
    /// Which mistake: the end of the key of its words.
    pub code: &'static str,
    /// The other phase it is about.
    pub other: Option<usize>,
    /// The day it is about.
    pub day: Option<NaiveDate>,
    /// Corrections.
    pub fixes: Vec<Fix>,
}

impl Mistake {
    const fn new(phase: usize, field: &'static str, code: &'static str) -> Self {
        Self { phase, field, code, other: None, day: None, fixes: Vec::new() }
    }
}

/// A phase as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// Key, nil for a new one.
    pub id: Uuid,
    /// Title.
    pub title: String,
    /// First day.
    pub start: String,
    /// Last day, empty for open-ended.
    pub end: String,
    /// `ideation` or `information`.
    pub method: String,
    /// The method for which the form was made: what it forbids was disabled there.
    pub was: String,
    /// Codes of what it allows.
    pub can: Vec<&'static str>,
}

/// What a phase may allow, in the order of the form.
pub const CAN: [&str; 6] = ["deposer", "commenter", "soutenir", "opposer", "anonyme", "relire"];

impl Row {
    /// A phase as it is.
    #[must_use]
    pub fn of(phase: &Phase) -> Self {
        let flags =
            [phase.posting, phase.commenting, phase.supporting, phase.opposing, phase.anonymous, phase.prescreening];
        Self {
            id: phase.id,
            title: phase.title.clone(),
            start: phase.starts_on.to_string(),
            end: phase.ends_on.map_or_else(String::new, |d| d.to_string()),
            method: phase.method.clone(),
            was: phase.method.clone(),
            can: CAN.into_iter().zip(flags).filter(|(_, on)| *on).map(|(code, _)| code).collect(),
        }
    }

    /// A new phase that collects ideas.
    #[must_use]
    pub fn fresh(title: String, start: Option<NaiveDate>) -> Self {
        Self {
            id: Uuid::nil(),
            title,
            start: start.map_or_else(String::new, |d| d.to_string()),
            end: String::new(),
            method: "ideation".into(),
            was: "ideation".into(),
            can: vec!["deposer", "commenter", "soutenir", "anonyme", "relire"],
        }
    }

    /// Whether its method leaves a box to be chosen: what collects no idea keeps comments, and their reading.
    #[must_use]
    pub fn keeps(&self, code: &str) -> bool {
        self.method == "ideation" || !self.is_of_ideas(code)
    }

    /// Whether a box is about ideas.
    #[must_use]
    pub fn is_of_ideas(&self, code: &str) -> bool {
        !["commenter", "relire"].contains(&code)
    }

    /// What the boxes say that does not go with a method chosen since the form was made. Without JavaScript they could
    /// not follow it: nothing is dropped, or left out, without a word.
    fn boxes(&self) -> Option<&'static str> {
        let ideas = self.can.iter().any(|code| self.is_of_ideas(code));
        match (self.was.as_str(), self.method.as_str()) {
            ("ideation", "information") if ideas => Some("can-information"),
            ("information", "ideation") if !ideas => Some("can-ideation"),
            _ => None,
        }
    }

    /// Whether a box is ticked.
    #[must_use]
    pub fn allows(&self, code: &str) -> bool {
        self.can.contains(&code)
    }

    fn phase(&self, starts_on: NaiveDate, ends_on: Option<NaiveDate>) -> Phase {
        // An information phase collects no idea: only comments stay, whatever was ticked before.
        let ideas = self.method == "ideation";
        Phase {
            id: self.id,
            title: self.title.clone(),
            method: if ideas { "ideation".into() } else { "information".into() },
            starts_on,
            ends_on,
            posting: ideas && self.allows("deposer"),
            commenting: self.allows("commenter"),
            supporting: ideas && self.allows("soutenir"),
            opposing: ideas && self.allows("opposer"),
            anonymous: ideas && self.allows("anonyme"),
            prescreening: self.allows("relire"),
        }
    }
}

/// Reads the phases of a form. Keys that are not of this project (`known`) count as new.
#[must_use]
pub fn rows(f: &Form, known: &[Uuid]) -> Vec<Row> {
    let n: usize = f.get("phases").parse().unwrap_or(0).min(MAX_PHASES);
    (0..n)
        .map(|i| {
            let field = |name: &str| f.text(&format!("p{i}-{name}"));
            let id = field("id").parse().ok().filter(|id| known.contains(id)).unwrap_or_else(Uuid::nil);
            Row {
                id,
                title: field("titre"),
                start: field("debut"),
                end: field("fin"),
                method: field("methode"),
                was: field("avant"),
                can: CAN.into_iter().filter(|code| f.has(&format!("p{i}-{code}"))).collect(),
            }
        })
        .collect()
}

/// A day of the timeline.
///
/// # Errors
/// The code of the mistake.
pub(super) fn day(text: &str) -> Result<NaiveDate, &'static str> {
    let day: NaiveDate = text.parse().map_err(|_| "date")?;
    if (2000..=2100).contains(&day.year()) { Ok(day) } else { Err("range") }
}

/// Adds a phase after the others. It begins when the last one ends; after an open-ended one, its day is to be given.
pub fn add(rows: &mut Vec<Row>, title: String) {
    if rows.len() >= MAX_PHASES {
        return;
    }
    let open = rows.iter().any(|r| r.end.is_empty() && !r.start.is_empty());
    let last = rows.iter().filter_map(|r| day(&r.end).ok()).max();
    let start = last.filter(|_| !open).and_then(|d| d.checked_add_days(Days::new(1)));
    rows.push(Row::fresh(title, start));
}

/// Applies a correction.
pub fn fix(rows: &mut [Row], fix: &Fix) {
    if let Some(row) = rows.get_mut(fix.phase) {
        match fix.field {
            "debut" => row.start = fix.day.to_string(),
            _ => row.end = fix.day.to_string(),
        }
    }
}

/// The timeline of what was typed, or all that is wrong with it. A new phase closes the open-ended one before it.
///
/// # Errors
/// The mistakes, in the order of the form.
pub fn timeline(rows: &[Row]) -> Result<Vec<Phase>, Vec<Mistake>> {
    let mut mistakes = Vec::new();
    let mut typed = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        if is_blank(&row.title) {
            mistakes.push(Mistake::new(i, "titre", "title"));
        } else if row.title.chars().count() > MAX_TITLE {
            mistakes.push(Mistake::new(i, "titre", "title-long"));
        }
        mistakes.extend(row.boxes().map(|code| Mistake::new(i, "peut", code)));
        let start = day(&row.start).map_err(|code| mistakes.push(Mistake::new(i, "debut", code))).ok();
        let end = if row.end.is_empty() {
            Some(None)
        } else {
            day(&row.end).map(Some).map_err(|code| mistakes.push(Mistake::new(i, "fin", code))).ok()
        };
        if let (Some(start), Some(end)) = (start, end) {
            typed.push((i, row.phase(start, end)));
        }
    }
    let (places, mut phases): (Vec<usize>, Vec<Phase>) = typed.into_iter().unzip();
    let added: Vec<NaiveDate> = phases.iter().filter(|p| p.id.is_nil()).map(|p| p.starts_on).collect();
    for start in added {
        phases::close_before(&mut phases, start);
    }
    let place = |at: usize| places.get(at).copied().unwrap_or(at);
    mistakes.extend(phases::problems(&phases).iter().map(|p| mistake(p, &phases, &place)));
    if mistakes.is_empty() {
        phases.sort_by_key(|p| p.starts_on);
        Ok(phases)
    } else {
        mistakes.sort_by_key(|m| m.phase);
        Err(mistakes)
    }
}

fn mistake(problem: &PhaseProblem, phases: &[Phase], place: &impl Fn(usize) -> usize) -> Mistake {
    let start = |at: usize| phases.get(at).map(|p| p.starts_on);
    let set = |field, at: usize, day: NaiveDate| Fix { field, phase: place(at), day };
    match *problem {
        PhaseProblem::EndsBeforeStart { phase } => Mistake {
            day: start(phase),
            fixes: start(phase).map(|d| set("fin", phase, d)).into_iter().collect(),
            ..Mistake::new(place(phase), "fin", "ends-before")
        },
        PhaseProblem::Overlaps { phase, with, free_from } => {
            let close = start(phase).and_then(|d| d.checked_sub_days(Days::new(1)));
            let close = close.filter(|d| start(with).is_some_and(|s| s <= *d));
            let fixes = free_from.map(|d| set("debut", phase, d)).into_iter();
            Mistake {
                other: Some(place(with)),
                day: start(phase),
                fixes: fixes.chain(close.map(|d| set("fin", with, d))).collect(),
                ..Mistake::new(place(phase), "debut", "overlaps")
            }
        }
        PhaseProblem::OpenEndedInside { phase, close_on } => Mistake {
            day: close_on,
            fixes: close_on.map(|d| set("fin", phase, d)).into_iter().collect(),
            ..Mistake::new(place(phase), "fin", "open-inside")
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: u128, start: &str, end: &str) -> Row {
        Row { id: Uuid::from_u128(id), start: start.into(), end: end.into(), ..Row::fresh("Idées".into(), None) }
    }

    #[test]
    fn a_shared_day_is_corrected_in_one_tap() {
        let mut rows = vec![row(1, "2026-11-02", "2026-12-14"), row(2, "2026-12-14", "2026-12-31")];
        let mistakes = timeline(&rows).unwrap_err();
        assert_eq!((mistakes[0].phase, mistakes[0].field, mistakes[0].code), (1, "debut", "overlaps"));
        let codes: Vec<String> = mistakes[0].fixes.iter().map(Fix::code).collect();
        assert_eq!(codes, ["debut.1.2026-12-15", "fin.0.2026-12-13"]);
        for code in codes {
            let mut rows = rows.clone();
            fix(&mut rows, &Fix::parse(&code).unwrap());
            assert!(timeline(&rows).is_ok(), "{code}");
        }
        rows[1].end = "2026-12-01".into();
        let codes: Vec<&str> = timeline(&rows).unwrap_err().iter().map(|m| m.code).collect();
        assert_eq!(codes, ["ends-before", "overlaps"]);
        assert_eq!(Fix::parse("id.0.2026-12-13"), None);
    }

    #[test]
    fn a_new_phase_closes_the_open_one() {
        let mut rows = vec![row(1, "2026-11-02", "")];
        add(&mut rows, "Analyse".into());
        assert_eq!(timeline(&rows).unwrap_err()[0].code, "date", "its first day is to be given");
        rows[1].start = "2026-12-15".into();
        let phases = timeline(&rows).unwrap();
        assert_eq!(phases[0].ends_on.unwrap().to_string(), "2026-12-14");
        // Between two phases that exist, nothing is closed behind anybody's back.
        let rows = vec![row(1, "2026-11-02", ""), row(2, "2026-12-15", "")];
        assert_eq!(timeline(&rows).unwrap_err()[0].code, "open-inside");
    }

    #[test]
    fn dates_out_of_range_and_empty_titles() {
        let bad = Row { title: "\u{200b}".into(), ..row(1, "0026-11-02", "2026-13-01") };
        let codes: Vec<&str> = timeline(&[bad]).unwrap_err().iter().map(|m| m.code).collect();
        assert_eq!(codes, ["title", "range", "date"]);
    }

    #[test]
    fn an_information_phase_collects_nothing() {
        let information = Row { method: "information".into(), was: "information".into(), ..row(1, "2026-11-02", "") };
        let phase = timeline(std::slice::from_ref(&information)).unwrap();
        assert!(!phase[0].posting && !phase[0].supporting && !phase[0].anonymous && phase[0].commenting);
        let left: Vec<&str> = CAN.into_iter().filter(|code| information.keeps(code)).collect();
        assert_eq!(left, ["commenter", "relire"]);
    }

    #[test]
    fn what_a_new_method_forbids_is_said_once_before_it_is_dropped() {
        let code = |rows: &[Row]| timeline(rows).err().map(|all| (all[0].field, all[0].code));
        let typed = Row { method: "information".into(), ..row(1, "2026-11-02", "") };
        assert_eq!(code(std::slice::from_ref(&typed)), Some(("peut", "can-information")));
        // The page that says it has those boxes disabled: a browser sends them no more.
        let again = Row { was: "information".into(), can: vec!["commenter"], ..typed.clone() };
        assert_eq!(code(std::slice::from_ref(&again)), None);
        // With JavaScript the boxes follow the choice.
        assert_eq!(code(&[Row { can: vec!["commenter"], ..typed }]), None);
        let back = Row { method: "ideation".into(), ..again };
        assert_eq!(code(std::slice::from_ref(&back)), Some(("peut", "can-ideation")));
        assert_eq!(code(&[Row { can: vec!["deposer"], ..back.clone() }]), None);
        assert_eq!(code(&[Row { was: "ideation".into(), ..back }]), None, "ideas to read, closed to new ones");
    }

    #[test]
    fn a_form_reads_back_what_it_shows() {
        let f = Form::of(&[
            ("phases", "1"),
            ("p0-id", "00000000-0000-0000-0000-000000000001"),
            ("p0-titre", "Idées"),
            ("p0-debut", "2026-11-02"),
            ("p0-methode", "ideation"),
            ("p0-avant", "ideation"),
            ("p0-deposer", "1"),
        ]);
        let read = rows(&f, &[Uuid::from_u128(1)]);
        assert_eq!(Row::of(&timeline(&read).unwrap()[0]), read[0]);
        assert!(rows(&f, &[])[0].id.is_nil(), "a phase of another project counts as new");
    }
}
