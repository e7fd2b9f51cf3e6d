//! Ideas as lists show them, with the button that supports them.

use parvis_kernel::{Ctx, Refusal};
use uuid::Uuid;

use super::{Contribution, Status, shorten, title_of};
use crate::{projects::Act, reactions::Reaction, seen::Seen, urls};

/// The button of a support, or the line that stands in its place.
#[derive(Debug, Clone)]
pub struct Button {
    /// Where it is sent.
    pub action: String,
    /// Number of the contribution.
    pub number: i64,
    /// Supports that count.
    pub count: i64,
    /// Whether this browser or person supports it.
    pub pressed: bool,
    /// Why it is not possible, if so.
    pub refused: Option<Refusal>,
    /// Where to go back to.
    pub back: String,
}

impl Button {
    /// The button for a contribution of a project.
    #[must_use]
    pub fn new(ctx: &Ctx, seen: &Seen, c: &Contribution, held: &[(Uuid, Reaction)], back: String) -> Self {
        Self {
            action: seen.link(urls::Support { number: c.number }),
            number: c.number,
            count: c.supports,
            pressed: held.contains(&(c.id, Reaction::Support)),
            refused: seen.may(ctx, Act::Support).err(),
            back,
        }
    }

    /// Key of the word on it.
    #[must_use]
    pub const fn label(&self) -> &'static str {
        if self.pressed { "support-done" } else { "support-do" }
    }

    /// Key of the short reason when it is refused.
    #[must_use]
    pub fn reason(&self) -> String {
        self.refused.map_or_else(String::new, |r| format!("refused-short-{}", r.code()))
    }
}

/// An idea of a list.
#[derive(Debug, Clone)]
pub struct Card {
    /// Its number in the list, the same on the map.
    pub place: u32,
    /// The idea.
    pub idea: Contribution,
    /// Its address.
    pub url: String,
    /// Name of its area.
    pub area: String,
    /// Title of its project, in lists over several.
    pub project: String,
    /// The language of that title.
    pub project_lang: &'static str,
    /// Class, icon and words of its status; nothing for an idea that is only online.
    pub badge: Option<(&'static str, &'static str, String)>,
    /// The button.
    pub support: Button,
}

impl Card {
    /// Its title.
    #[must_use]
    pub fn heading(&self) -> String {
        self.idea.heading()
    }

    /// What its text says beyond its title.
    #[must_use]
    pub fn rest(&self) -> String {
        rest(&self.idea)
    }
}

/// What a text says beyond its heading; empty when that is all.
#[must_use]
pub fn rest(idea: &Contribution) -> String {
    let flat = idea.body.split_whitespace().collect::<Vec<_>>().join(" ");
    if !idea.title.is_empty() {
        return shorten(&flat, 180);
    }
    let heading = title_of(&idea.body);
    let (head, cut) = heading.strip_suffix('…').map_or((heading.as_str(), false), |h| (h, true));
    match flat.strip_prefix(head) {
        Some(rest) if cut => shorten(&format!("…{rest}"), 180),
        Some(rest) => shorten(rest.trim_start_matches(['.', ' ', '…']), 180),
        None => shorten(&flat, 180),
    }
}

/// The badge of a status.
#[must_use]
pub fn badge(ctx: &Ctx, status: Status) -> (&'static str, &'static str, String) {
    (status.badge(), status.icon(), status.words(ctx))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_does_not_say_its_title_twice() {
        let idea = |title: &str, body: &str| {
            let mut c = sample();
            (c.title, c.body) = (title.into(), body.into());
            rest(&c)
        };
        assert_eq!(idea("", "Il manque un banc. Ma mère s’arrête souvent."), "Ma mère s’arrête souvent.");
        assert_eq!(idea("", "Il manque un banc à l’arrêt."), "");
        assert_eq!(idea("Un banc", "Il manque un banc."), "Il manque un banc.");
        assert!(idea("", &"mot ".repeat(60)).starts_with("… mot"));
    }

    fn sample() -> Contribution {
        let at = chrono::DateTime::UNIX_EPOCH;
        Contribution {
            id: Uuid::nil(),
            number: 1,
            kind: "idea".into(),
            project_id: Uuid::nil(),
            idea_id: None,
            reply_to: None,
            author_id: None,
            holder: Uuid::nil(),
            author_name: String::new(),
            office: String::new(),
            title: String::new(),
            body: String::new(),
            lang: "fr".into(),
            tag: String::new(),
            area_id: None,
            place: String::new(),
            lon: None,
            lat: None,
            side: String::new(),
            origin: "web".into(),
            status: "proposed".into(),
            reason: String::new(),
            hidden: false,
            withdrawn: false,
            visible: true,
            created_at: at,
            published_at: None,
            answered_at: None,
            supports: 0,
            opposes: 0,
            comments: 0,
            reports: 0,
            appeal: false,
            merged_into: None,
            version: 1,
        }
    }
}
