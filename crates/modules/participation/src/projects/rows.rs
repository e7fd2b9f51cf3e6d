//! The buttons of the timeline: they change its rows in the form, and save nothing.

use std::mem;

use chrono::{Days, NaiveDate};
use parvis_kernel::form::Form;

use super::admin_form::{self, Fix, Row, day};

/// A phase that took the place of a neighbour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// Where it stands now.
    pub to: usize,
    /// The button that moved it: `haut` or `bas`.
    pub by: &'static str,
}

/// What a button did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edited {
    /// Key of the words that say so.
    pub notice: &'static str,
    /// The phase that was moved, if one was.
    pub moved: Option<Moved>,
    /// Whether a phase was added: its empty fields are no mistake yet.
    pub added: bool,
}

impl Edited {
    const fn says(notice: &'static str) -> Self {
        Self { notice, moved: None, added: false }
    }
}

/// Changes the rows as the pressed button asks. Nothing when none of them was pressed.
pub fn edit(f: &Form, rows: &mut Vec<Row>) -> Option<Edited> {
    if f.has("ajouter") {
        admin_form::add(rows, String::new());
        return Some(Edited { added: true, ..Edited::says("desk-project-notice-added") });
    }
    let at = |name: &str| f.get(name).parse::<usize>().ok();
    if let Some(at) = at("retirer").filter(|at| *at < rows.len()) {
        rows.remove(at);
        return Some(Edited::says("desk-project-notice-removed"));
    }
    if let Some(fix) = Fix::parse(f.get("corriger")) {
        admin_form::fix(rows, &fix);
        return Some(Edited::says("desk-project-notice-fixed"));
    }
    let up = at("haut").and_then(|at| Some((at.checked_sub(1)?, Moved { to: at.checked_sub(1)?, by: "haut" })));
    let down = || at("bas").and_then(|at| Some((at, Moved { to: at.checked_add(1)?, by: "bas" })));
    let (upper, moved) = up.or_else(down)?;
    exchange(rows, upper).then_some(Edited { moved: Some(moved), ..Edited::says("desk-project-notice-moved") })
}

/// Exchanges two neighbouring phases: each takes the days of the other, so that the timeline keeps its spans, and its open
/// end. Says whether there are two.
fn exchange(rows: &mut [Row], upper: usize) -> bool {
    let Some([above, below]) = upper.checked_add(2).and_then(|end| rows.get_mut(upper..end)) else { return false };
    // A phase that is being added closes the open one before it, as it would when it is saved.
    if (above.id.is_nil() || below.id.is_nil()) && above.end.is_empty() {
        let close = day(&below.start).ok().and_then(|d| d.checked_sub_days(Days::new(1)));
        if let Some(close) = close.filter(|d| day(&above.start).is_ok_and(|start| start <= *d)) {
            above.end = close.to_string();
        }
    }
    mem::swap(above, below);
    // Typed in another order than their days, they are in order once they changed places.
    if when(above) > when(below) {
        mem::swap(&mut above.start, &mut below.start);
        mem::swap(&mut above.end, &mut below.end);
    }
    true
}

/// The place of a row by its first day; one without a day comes last.
fn when(row: &Row) -> (bool, Option<NaiveDate>) {
    let start = day(&row.start).ok();
    (start.is_none(), start)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn row(id: u128, title: &str, start: &str, end: &str) -> Row {
        Row { id: Uuid::from_u128(id), start: start.into(), end: end.into(), ..Row::fresh(title.into(), None) }
    }

    fn told(rows: &[Row]) -> Vec<(&str, &str, &str)> {
        rows.iter().map(|r| (r.title.as_str(), r.start.as_str(), r.end.as_str())).collect()
    }

    fn pressed(name: &str, at: &str, rows: &mut Vec<Row>) -> Option<Edited> {
        edit(&Form::of(&[(name, at)]), rows)
    }

    #[test]
    fn neighbours_exchange_their_days_and_nothing_else() {
        let before = vec![
            row(1, "Idées", "2026-11-02", "2026-12-14"),
            row(2, "Analyse", "2026-12-15", "2026-12-31"),
            row(3, "Suivi", "2027-01-01", ""),
        ];
        let mut rows = before.clone();
        rows[1].can = vec!["commenter"];
        let done = pressed("haut", "1", &mut rows).unwrap();
        assert_eq!(done.moved, Some(Moved { to: 0, by: "haut" }));
        let expected = [
            ("Analyse", "2026-11-02", "2026-12-14"),
            ("Idées", "2026-12-15", "2026-12-31"),
            ("Suivi", "2027-01-01", ""),
        ];
        assert_eq!(told(&rows), expected);
        assert_eq!((rows[0].id, rows[0].can.as_slice()), (Uuid::from_u128(2), ["commenter"].as_slice()));
        assert!(admin_form::timeline(&rows).is_ok());
        assert_eq!(pressed("bas", "0", &mut rows).unwrap().moved, Some(Moved { to: 1, by: "bas" }));
        assert_eq!(told(&rows), told(&before), "down again is as before");
        // The open end stays the last one's place.
        pressed("bas", "1", &mut rows).unwrap();
        assert_eq!(told(&rows)[1..], [("Suivi", "2026-12-15", "2026-12-31"), ("Analyse", "2027-01-01", "")]);
        assert!(admin_form::timeline(&rows).is_ok());
    }

    #[test]
    fn the_first_has_nothing_above_and_the_last_nothing_below() {
        let mut rows = vec![row(1, "Idées", "2026-11-02", "")];
        for (name, at) in [("haut", "0"), ("bas", "0"), ("haut", "7"), ("bas", "18446744073709551615"), ("bas", "x")] {
            assert_eq!(pressed(name, at, &mut rows), None, "{name} {at}");
        }
        assert_eq!(told(&rows), [("Idées", "2026-11-02", "")]);
    }

    #[test]
    fn what_is_typed_moves_as_it_is() {
        // Typed in another order than their days: they are put in order.
        let mut rows = vec![row(1, "Analyse", "2026-12-15", ""), row(2, "Idées", "2026-11-02", "2026-12-14")];
        pressed("haut", "1", &mut rows).unwrap();
        assert_eq!(told(&rows), [("Idées", "2026-11-02", "2026-12-14"), ("Analyse", "2026-12-15", "")]);
        // A new phase without a day takes that of the other, which is left without.
        let mut rows = vec![row(1, "Idées", "2026-11-02", "2026-12-14"), row(0, "", "", "")];
        pressed("haut", "1", &mut rows).unwrap();
        assert_eq!(told(&rows), [("", "2026-11-02", "2026-12-14"), ("Idées", "", "")]);
        // A new one with its day closes the open one before it, so that both stay apart.
        let mut rows = vec![row(1, "Idées", "2026-11-02", ""), row(0, "Analyse", "2026-12-15", "")];
        pressed("haut", "1", &mut rows).unwrap();
        assert_eq!(told(&rows), [("Analyse", "2026-11-02", "2026-12-14"), ("Idées", "2026-12-15", "")]);
        assert!(admin_form::timeline(&rows).is_ok());
        // A day that is none stays as it was typed.
        let mut rows = vec![row(1, "Idées", "2026-11-02", ""), row(2, "Analyse", "31/31", "x")];
        pressed("bas", "0", &mut rows).unwrap();
        assert_eq!(told(&rows), [("Analyse", "2026-11-02", ""), ("Idées", "31/31", "x")]);
    }
}
