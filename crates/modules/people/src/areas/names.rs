//! The area that the word of a file names, however it is written.

use std::collections::HashMap;

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
        let words = words.trim();
        if words.is_empty() {
            return Heard::Nothing;
        }
        if let Some(id) = self.same.get(words) {
            return Heard::Same(*id);
        }
        let close = self.close.iter().zip(keys(words)).find_map(|(names, key)| names.get(&key));
        match close {
            Some(Some((id, name))) => Heard::Close(*id, name.clone()),
            _ => Heard::Unknown,
        }
    }
}

/// What a name is compared by: folded, then without small words, unless nothing is left.
fn keys(name: &str) -> [String; 2] {
    let folded = fold(name);
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
    fn of_two_that_sound_alike_neither_is_guessed() {
        let all = names(&["Le Bourg", "Bourg", "Les Prés", "Prés"]);
        assert_eq!(all.find("bourg").area(), Some(Uuid::from_u128(2)), "as it is called but for a capital");
        assert_eq!(all.find("Quartier du Bourg"), Heard::Unknown);
        assert_eq!(all.find("Les Prés"), Heard::Same(Uuid::from_u128(3)));
    }
}
