//! The people of Rivemont: the team, those who sign their texts, and others who support.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use parvis_kernel::{context::Moment, url};
use rand::{RngExt, rngs::StdRng};
use sea_orm::Value;
use uuid::Uuid;

use super::data::{AreaText, Member};

/// Inhabitants who support ideas and write none.
const CITIZENS: usize = 700;

const FIRST_NAMES: [&str; 60] = [
    "Agnès",
    "Alain",
    "Amina",
    "Anaïs",
    "André",
    "Antoine",
    "Awa",
    "Baptiste",
    "Béatrice",
    "Bernard",
    "Brahim",
    "Camille",
    "Catherine",
    "Célia",
    "Christian",
    "Clément",
    "Corinne",
    "Damien",
    "Delphine",
    "Denise",
    "Diego",
    "Élodie",
    "Émile",
    "Fabrice",
    "Farida",
    "Florence",
    "Gaël",
    "Georges",
    "Hamid",
    "Hugo",
    "Irène",
    "Jacques",
    "Jeanne",
    "Karim",
    "Laurence",
    "Liam",
    "Louise",
    "Lucie",
    "Maëlys",
    "Malik",
    "Marcel",
    "Marion",
    "Mehdi",
    "Michèle",
    "Mireille",
    "Mohamed",
    "Monique",
    "Nathan",
    "Nicole",
    "Olivier",
    "Patricia",
    "Quentin",
    "Romain",
    "Sandrine",
    "Sofia",
    "Sylvie",
    "Théo",
    "Valérie",
    "Yasmine",
    "Zoé",
];

/// First letters of family names.
const INITIALS: [char; 12] = ['B', 'C', 'D', 'F', 'G', 'L', 'M', 'N', 'P', 'R', 'T', 'V'];

/// An age, or none given.
pub fn age(rng: &mut StdRng) -> Option<&'static str> {
    match rng.random_range(0..100) {
        0..7 => Some("15-24"),
        7..37 => Some("25-39"),
        37..73 => Some("40-64"),
        73..95 => Some("65+"),
        _ => None,
    }
}

/// A person of the town.
#[derive(Debug, Clone)]
pub struct Somebody {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    pub area: Option<Uuid>,
    pub age: Option<String>,
    pub office: String,
    pub role: Option<String>,
    pub since: DateTime<Utc>,
}

impl Somebody {
    /// The columns of `person`, in the order of [`COLUMNS`].
    #[must_use]
    pub fn values(&self) -> Vec<Value> {
        parvis_kernel::args![
            self.id,
            self.name.clone(),
            self.email.clone(),
            self.email.clone(),
            "fr",
            self.area,
            self.age.clone(),
            self.office.clone(),
            self.since
        ]
    }
}

/// What [`Somebody::values`] fills.
pub const COLUMNS: &str = "person (id, name, email, email_key, lang, area_id, age, office, created_at)";

/// Everybody, found by the name they sign with, the area they live in, and for a first name alone the discussion.
#[derive(Debug, Default)]
pub struct Everybody {
    pub all: Vec<Somebody>,
    by: HashMap<(String, String, usize), usize>,
    index: HashMap<Uuid, usize>,
}

impl Everybody {
    /// Adds the team.
    pub fn team(&mut self, team: &[Member], moment: &Moment) {
        for member in team {
            let role = Some(member.role.clone());
            let index = self.add(&member.name, member.email.clone(), moment);
            if let Some(somebody) = self.all.get_mut(index) {
                (somebody.office, somebody.role) = (member.office.clone(), role);
            }
            self.by.insert((member.name.clone(), String::new(), 0), index);
        }
    }

    fn add(&mut self, name: &str, email: String, moment: &Moment) -> usize {
        let id = moment.id();
        self.index.insert(id, self.all.len());
        self.all.push(Somebody {
            id,
            name: name.to_owned(),
            email,
            area: None,
            age: None,
            office: String::new(),
            role: None,
            since: moment.now,
        });
        self.all.len() - 1
    }

    /// The person who signs so; the same name in another area is somebody else, and so is a first name alone in another
    /// discussion. Known since their first text.
    pub fn named(&mut self, name: &str, area: &str, office: &str, discussion: usize, moment: &Moment) -> usize {
        // A member of the team signs without an area, everywhere.
        let key = match office {
            "" => (name.to_owned(), area.to_owned(), if name.contains(' ') { 0 } else { discussion }),
            _ => (name.to_owned(), String::new(), 0),
        };
        let index = match self.by.get(&key) {
            Some(index) => *index,
            None => {
                let n = self.all.len();
                let index =
                    self.add(name, format!("{}.{n}@rivemont.example", url::slug(name).replace('-', ".")), moment);
                self.by.insert(key, index);
                index
            }
        };
        if let Some(somebody) = self.all.get_mut(index) {
            somebody.since = somebody.since.min(moment.now);
            if somebody.office.is_empty() {
                office.clone_into(&mut somebody.office);
            }
        }
        index
    }

    /// Nobody supports before they are known.
    pub fn seen(&mut self, person: Uuid, at: DateTime<Utc>) {
        if let Some(somebody) = self.index.get(&person).and_then(|i| self.all.get_mut(*i)) {
            somebody.since = somebody.since.min(at);
        }
    }

    /// Adds the inhabitants who only support: more where more people live, each known for some weeks.
    pub fn citizens(&mut self, areas: &[(AreaText, Uuid)], now: &Moment, rng: &mut StdRng) {
        let population: i64 = areas.iter().map(|(a, _)| a.population).sum();
        for i in 0..CITIZENS {
            let first = FIRST_NAMES.get(i % FIRST_NAMES.len()).copied().unwrap_or("Claude");
            let initial = INITIALS.get(i / FIRST_NAMES.len()).copied().unwrap_or('Z');
            let name = format!("{first} {initial}.");
            let at = now.at(now.now - TimeDelta::minutes(rng.random_range(60..70 * 24 * 60)));
            // One in a hundred registered twice, with the same mailbox written otherwise.
            let email = match i % 100 {
                60 => format!("{}.{}+mairie@rivemont.example", url::slug(first), 1000 + i - 60),
                _ => format!("{}.{}@rivemont.example", url::slug(first), 1000 + i),
            };
            let name = if i % 100 == 60 { first.to_owned() } else { name };
            let index = self.add(&name, email, &at);
            let mut left = rng.random_range(0..population.max(1));
            let area = areas.iter().find(|(a, _)| {
                left -= a.population;
                left < 0
            });
            let age = age(rng);
            if let Some(somebody) = self.all.get_mut(index) {
                somebody.area = area.filter(|_| i % 5 > 0).map(|(_, id)| *id);
                somebody.age = age.map(str::to_owned);
            }
        }
    }
}
