//! Time zones: those of French communes, and a few neighbours.

/// Time zone and the place people know it by, in its own language.
pub const ZONES: &[(&str, &str)] = &[
    ("Europe/Paris", "Paris"),
    ("America/Guadeloupe", "Guadeloupe"),
    ("America/Martinique", "Martinique"),
    ("America/Cayenne", "Guyane"),
    ("Indian/Reunion", "La Réunion"),
    ("Indian/Mayotte", "Mayotte"),
    ("America/Miquelon", "Saint-Pierre-et-Miquelon"),
    ("America/St_Barthelemy", "Saint-Barthélemy"),
    ("America/Marigot", "Saint-Martin"),
    ("Pacific/Noumea", "Nouméa"),
    ("Pacific/Tahiti", "Tahiti"),
    ("Pacific/Marquesas", "Marquises"),
    ("Pacific/Gambier", "Gambier"),
    ("Pacific/Wallis", "Wallis-et-Futuna"),
    ("Europe/Brussels", "Bruxelles, Brussel"),
    ("Europe/Luxembourg", "Luxembourg"),
    ("Europe/Zurich", "Genève, Zürich"),
    ("America/Toronto", "Montréal"),
    ("Europe/Amsterdam", "Amsterdam"),
    ("Europe/Berlin", "Berlin"),
    ("Europe/Dublin", "Dublin"),
    ("Europe/Lisbon", "Lisboa"),
    ("Europe/London", "London"),
    ("Europe/Madrid", "Madrid"),
    ("Europe/Rome", "Roma"),
];

/// The time zone of a commune, by its département.
#[must_use]
pub fn of_department(code: &str) -> &'static str {
    match code {
        "971" => "America/Guadeloupe",
        "972" => "America/Martinique",
        "973" => "America/Cayenne",
        "974" => "Indian/Reunion",
        "975" => "America/Miquelon",
        "976" => "Indian/Mayotte",
        "977" => "America/St_Barthelemy",
        "978" => "America/Marigot",
        "986" => "Pacific/Wallis",
        "987" => "Pacific/Tahiti",
        "988" => "Pacific/Noumea",
        _ => "Europe/Paris",
    }
}

/// Those to choose from; `present` is among them even when it is none of ours.
#[must_use]
pub fn choices(present: &str) -> Vec<(String, String)> {
    let mut list: Vec<_> = ZONES.iter().map(|(id, place)| ((*id).to_owned(), (*place).to_owned())).collect();
    if !list.iter().any(|(id, _)| id == present) {
        list.push((present.to_owned(), present.to_owned()));
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_a_zone_and_each_french_one_is_offered() {
        for (id, _) in ZONES {
            assert!(id.parse::<chrono_tz::Tz>().is_ok(), "{id}");
        }
        for department in ["971", "972", "973", "974", "975", "976", "977", "978", "986", "987", "988", "42", "2A"] {
            let zone = of_department(department);
            assert!(ZONES.iter().any(|(id, _)| *id == zone), "{department}");
        }
        assert_eq!(choices("Asia/Tokyo").last().unwrap().0, "Asia/Tokyo");
    }
}
