//! The area that the word of a file names, however it is written.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::Area;
use crate::directory::words::fold;

/// Small words that people write or leave out before the name of an area.
const SMALL: [&str; 14] =
    ["le", "la", "les", "l", "de", "du", "des", "d", "aux", "au", "quartier", "secteur", "the", "area"];

/// Which area a word names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Heard {
    /// There is no word.
    #[default]
    Nothing,
    /// The area that is called so.
    Same(Uuid),
    /// The one whose name is close: apart from accents, capitals, hyphens and small words it is the same.
    Close(Uuid, String),
    /// None, or more than one.
    Unknown,
}

impl Heard {
    /// The area, where one is named.
    #[must_use]
    pub const fn area(&self) -> Option<Uuid> {
        match self {
            Self::Same(id) | Self::Close(id, _) => Some(*id),
            Self::Nothing | Self::Unknown => None,
        }
    }
}

/// The names of all areas, ready to be compared.
#[derive(Debug, Clone, Default)]
pub struct Names {
    same: HashMap<String, Uuid>,
    /// Without accents and capitals, then without small words: none where two areas are called so.
    close: [HashMap<String, Option<(Uuid, String)>>; 2],
}

impl Names {
    /// Of these areas.
    #[must_use]
    pub fn of(areas: &[Area]) -> Self {
        let mut all = Self::default();
        for area in areas {
            all.same.insert(area.name.trim().to_owned(), area.id);
            for (names, key) in all.close.iter_mut().zip(keys(&area.name)) {
                let one = Some((area.id, area.name.clone()));
                names.entry(key).and_modify(|known| *known = None).or_insert(one);
            }
        }
        all
    }

    /// The area that these words name.
    #[must_use]
    pub fn find(&self, words: &str) -> Heard {
        self.hear(words).1
    }

    /// The same for the names of one file: no two of them become one area. Who is called most like it has it; where two are
    /// called as much like it, neither does.
    #[must_use]
    pub fn each(&self, words: &[&str]) -> Vec<Heard> {
        let mut heard: Vec<(usize, Heard)> = words.iter().map(|words| self.hear(words)).collect();
        let mut closest: HashMap<Uuid, (usize, usize)> = HashMap::new();
        for (far, heard) in &heard {
            let Some(id) = heard.area() else { continue };
            let (least, n) = closest.entry(id).or_insert((*far, 0));
            match far.cmp(least) {
                std::cmp::Ordering::Less => (*least, *n) = (*far, 1),
                std::cmp::Ordering::Equal => *n += 1,
                std::cmp::Ordering::Greater => {}
            }
        }
        for (far, heard) in &mut heard {
            let has = heard.area().and_then(|id| closest.get(&id)).is_none_or(|(least, n)| far == least && *n == 1);
            if !has {
                *heard = Heard::Unknown;
            }
        }
        heard.into_iter().map(|(_, heard)| heard).collect()
    }

    /// How far the closest name is, and what it names.
    fn hear(&self, words: &str) -> (usize, Heard) {
        let words = words.trim();
        if words.is_empty() {
            return (0, Heard::Nothing);
        }
        if let Some(id) = self.same.get(words) {
            return (0, Heard::Same(*id));
        }
        let close =
            self.close.iter().zip(keys(words)).zip(1..).find_map(|((names, key), far)| Some((far, names.get(&key)?)));
        match close {
            Some((far, Some((id, name)))) => (far, Heard::Close(*id, name.clone())),
            Some((far, None)) => (far, Heard::Unknown),
            None => (0, Heard::Unknown),
        }
    }
}

/// A name without accents, capitals, hyphens and apostrophes; itself where nothing else is in it.
fn plain(name: &str) -> String {
    let folded = fold(name);
    if folded.is_empty() { name.trim().to_owned() } else { folded }
}

/// Whether two names are one but for accents, capitals, hyphens and apostrophes.
#[must_use]
pub fn are_alike(one: &str, other: &str) -> bool {
    plain(one) == plain(other)
}

/// Which of these names repeat one that stands before them, but for accents, capitals, hyphens and apostrophes.
#[derive(Debug, Default)]
pub struct Taken(HashSet<String>);

impl Taken {
    /// Takes a name; says no where it was taken.
    pub fn take(&mut self, name: &str) -> bool {
        self.0.insert(plain(name))
    }
}

/// What a name is compared by: folded, then without small words, unless nothing is left.
fn keys(name: &str) -> [String; 2] {
    let folded = plain(name);
    let bare = folded.split(' ').filter(|word| !SMALL.contains(word)).collect::<Vec<_>>().join(" ");
    let bare = if bare.is_empty() { folded.clone() } else { bare };
    [folded, bare]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(all: &[&str]) -> Names {
        let area = |(at, name): (usize, &&str)| Area {
            id: Uuid::from_u128(at as u128 + 1),
            name: (*name).to_owned(),
            population: None,
            lon: 0.0,
            lat: 0.0,
            outline: String::new(),
        };
        Names::of(&all.iter().enumerate().map(area).collect::<Vec<_>>())
    }

    #[test]
    fn a_name_is_known_however_it_is_written() {
        let all = names(&["Gare Sud", "Les Tilleuls", "Centre-ville", "L’Épine", "Le Quartier"]);
        let close = |n: u128, name: &str| Heard::Close(Uuid::from_u128(n), name.to_owned());
        for (words, heard) in [
            ("Gare Sud", Heard::Same(Uuid::from_u128(1))),
            (" Gare Sud ", Heard::Same(Uuid::from_u128(1))),
            ("gare-sud", close(1, "Gare Sud")),
            ("tilleuls", close(2, "Les Tilleuls")),
            ("Quartier des TILLEULS", close(2, "Les Tilleuls")),
            ("centre ville", close(3, "Centre-ville")),
            ("epine", close(4, "L’Épine")),
            ("le quartier", close(5, "Le Quartier")),
            ("", Heard::Nothing),
            ("Gare", Heard::Unknown),
            ("n° 4", Heard::Unknown),
            ("🚲", Heard::Unknown),
        ] {
            assert_eq!(all.find(words), heard, "{words}");
        }
    }

    #[test]
    fn no_two_names_of_a_file_become_one_area() {
        let all = names(&["Saint-Jean", "Le Bourg", "Prés"]);
        let of = |words: &[&str]| all.each(words).iter().map(|h| h.area().map(|id| id.as_u128())).collect::<Vec<_>>();
        assert_eq!(of(&["Saint Jean", "LE BOURG", "Les Prés"]), [Some(1), Some(2), Some(3)]);
        assert_eq!(of(&["Quartier Saint-Jean", "saint jean"]), [None, Some(1)], "the closest one has it");
        assert_eq!(of(&["Le Bourg", "Bourg"]), [Some(2), None]);
        assert_eq!(of(&["Les Prés", "Quartier des Prés"]), [None, None], "neither is closer");
        assert_eq!(of(&["", "Gare"]), [None, None]);
        let mut taken = Taken::default();
        assert!(taken.take("Saint-Jean") && !taken.take("SAINT JEAN") && taken.take("🚲") && taken.take("🚂"));
        assert!(are_alike("L’Épine", "l'epine") && !are_alike("Le Bourg", "Bourg") && !are_alike("🚲", "🚂"));
    }

    #[test]
    fn of_two_that_sound_alike_neither_is_guessed() {
        let all = names(&["Le Bourg", "Bourg", "Les Prés", "Prés"]);
        assert_eq!(all.find("bourg").area(), Some(Uuid::from_u128(2)), "as it is called but for a capital");
        assert_eq!(all.find("Quartier du Bourg"), Heard::Unknown);
        assert_eq!(all.find("Les Prés"), Heard::Same(Uuid::from_u128(3)));
    }
}
