//! Ideas and comments: contributions of a project.

pub mod answers;
pub mod batch;
pub mod cards;
mod closed;
pub mod drafts;
pub mod draw;
pub mod keyset;
pub mod list;
pub mod map;
pub mod near;
pub mod own;
pub mod pages;
pub mod post;
pub mod sign;
pub mod store;
pub mod taken_back;
pub mod thanks;
pub mod view;

use chrono::{DateTime, Utc};
use sea_orm::FromQueryResult;
use uuid::Uuid;

/// Longest text accepted, in characters.
pub const MAX_TEXT: usize = 20_000;
/// Longest title, in characters.
pub const MAX_TITLE: usize = 120;

/// The states of an idea. Codes are fixed, words are the team's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Waits to be read before it is shown.
    Prescreening,
    /// Online.
    Proposed,
    /// The team works on it.
    UnderConsideration,
    /// In the programme.
    Accepted,
    /// Done.
    Implemented,
    /// Not kept, with a reason.
    Rejected,
    /// Answered, without a decision to take.
    Answered,
    /// Refused before publication, with a reason.
    Ineligible,
}

impl Status {
    /// All of them, in the order of an idea's life.
    pub const ALL: [Self; 8] = [
        Self::Prescreening,
        Self::Proposed,
        Self::UnderConsideration,
        Self::Accepted,
        Self::Implemented,
        Self::Rejected,
        Self::Answered,
        Self::Ineligible,
    ];

    /// Those citizens see and filter by.
    pub const PUBLIC: [Self; 6] =
        [Self::Proposed, Self::UnderConsideration, Self::Accepted, Self::Implemented, Self::Rejected, Self::Answered];

    /// The code kept in the database and used in addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Prescreening => "prescreening",
            Self::Proposed => "proposed",
            Self::UnderConsideration => "under_consideration",
            Self::Accepted => "accepted",
            Self::Implemented => "implemented",
            Self::Rejected => "rejected",
            Self::Answered => "answered",
            Self::Ineligible => "ineligible",
        }
    }

    /// From its code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }

    /// Whether an idea in this state is online.
    #[must_use]
    pub const fn is_public(self) -> bool {
        !matches!(self, Self::Prescreening | Self::Ineligible)
    }

    /// Class of its badge: never colour alone, the word stands beside.
    #[must_use]
    pub const fn badge(self) -> &'static str {
        match self {
            Self::Accepted | Self::Implemented => "badge badge-ok",
            Self::UnderConsideration | Self::Prescreening => "badge badge-warn",
            Self::Proposed | Self::Answered => "badge badge-brand",
            Self::Rejected | Self::Ineligible => "badge",
        }
    }

    /// Name of its icon.
    #[must_use]
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Accepted | Self::Implemented => "check",
            Self::UnderConsideration => "clock",
            Self::Prescreening => "eye",
            Self::Proposed => "chat",
            Self::Answered => "reply",
            Self::Rejected | Self::Ineligible => "cross",
        }
    }

    /// The words of the team for it, else ours.
    #[must_use]
    pub fn words(self, ctx: &parvis_kernel::Ctx) -> String {
        let own = ctx.settings.status_words.get(self.code()).and_then(|w| w.get(&ctx.lang)).filter(|w| !w.is_empty());
        own.cloned().unwrap_or_else(|| ctx.t(&format!("status-{}", self.code())))
    }

    /// The decision of an answer for its reader: a line that does no more than name a status, in whatever language the
    /// team writes, names it in the reader's.
    #[must_use]
    pub fn read_again(ctx: &parvis_kernel::Ctx, line: &str) -> String {
        let line = line.trim();
        let named = |s: &Self| {
            let own = ctx.settings.status_words.get(s.code());
            let ours = |lang| ctx.app.words.get(lang, &format!("status-{}", s.code()));
            parvis_kernel::words::Lang::ALL
                .into_iter()
                .any(|lang| own.and_then(|w| w.get(&lang)).is_some_and(|w| w == line) || ours(lang) == line)
        };
        Self::ALL.into_iter().find(named).map_or_else(|| line.to_owned(), |s| s.words(ctx))
    }
}

/// An idea or comment as stored.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Contribution {
    /// Key.
    pub id: Uuid,
    /// Public number, the same forever.
    pub number: i64,
    /// `idea` or `comment`.
    pub kind: String,
    /// Project.
    pub project_id: Uuid,
    /// The idea a comment stands under.
    pub idea_id: Option<Uuid>,
    /// The comment a reply answers.
    pub reply_to: Option<Uuid>,
    /// Person who wrote it, once confirmed.
    pub author_id: Option<Uuid>,
    /// Browser or person that wrote it. Never shown.
    pub holder: Uuid,
    /// First name shown; empty for anonymous.
    pub author_name: String,
    /// Office, for a member of the team who wrote as such.
    pub office: String,
    /// Title.
    pub title: String,
    /// Text.
    pub body: String,
    /// BCP 47 language.
    pub lang: String,
    /// Theme, as a word.
    pub tag: String,
    /// Area.
    pub area_id: Option<Uuid>,
    /// Street or place.
    pub place: String,
    /// Longitude, if placed.
    pub lon: Option<f64>,
    /// Latitude, if placed.
    pub lat: Option<f64>,
    /// `for`, `against` or empty.
    pub side: String,
    /// `web`, `stand`, `paper`, `phone`, `import`.
    pub origin: String,
    /// Status code.
    pub status: String,
    /// Why it was refused.
    pub reason: String,
    /// Hidden by the team or by reports.
    pub hidden: bool,
    /// Taken back by its author.
    pub withdrawn: bool,
    /// Whether it is online.
    pub visible: bool,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// When it went online.
    pub published_at: Option<DateTime<Utc>>,
    /// When it was officially answered.
    pub answered_at: Option<DateTime<Utc>>,
    /// Supports that count, those an import brought included.
    pub supports: i64,
    /// Oppositions that count.
    pub opposes: i64,
    /// Comments online.
    pub comments: i64,
    /// Reports not settled.
    pub reports: i64,
    /// Whether its author replied to what was decided, and nobody has decided since.
    pub appeal: bool,
    /// The idea it was united with: shown on its page.
    pub merged_into: Option<Uuid>,
    /// Grows at each change of the team: two moderators can't both decide.
    pub version: i64,
}

impl Contribution {
    /// Its status.
    #[must_use]
    pub fn status(&self) -> Status {
        Status::parse(&self.status).unwrap_or(Status::Proposed)
    }

    /// Its title, or the first words of its text.
    #[must_use]
    pub fn heading(&self) -> String {
        if self.title.is_empty() { title_of(&self.body) } else { self.title.clone() }
    }

    /// The first words of its text.
    #[must_use]
    pub fn excerpt(&self) -> String {
        shorten(&self.body, 180)
    }
}

/// A line up to the end of its first sentence. Only a space ends one: addresses and formulas hold the same signs.
fn first_sentence(line: &str) -> &str {
    let ends = |(at, sign): (usize, &str)| {
        let rest = line.get(at + sign.len()..).unwrap_or_default();
        rest.starts_with(char::is_whitespace).then(|| line.get(..at + sign.len())).flatten()
    };
    line.match_indices(['.', '!', '?', '…']).find_map(ends).unwrap_or(line)
}

/// A title from the first words of a text: its first sentence if short, else cut at a word.
#[must_use]
pub fn title_of(body: &str) -> String {
    let line = body.lines().map(str::trim).find(|l| !l.is_empty()).unwrap_or_default();
    let sentence = first_sentence(line);
    let title = if sentence.trim().chars().count() < 12 { line } else { sentence };
    let bare = title.trim().trim_end_matches('.');
    // Dots alone are all there is to show.
    shorten(if bare.is_empty() { title.trim() } else { bare }, 90)
}

/// At most `max` characters, cut at a word, with `…` when cut.
#[must_use]
pub fn shorten(text: &str, max: usize) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= max {
        return flat;
    }
    let cut: String = flat.chars().take(max).collect();
    let end = cut.rfind(' ').filter(|&i| i > cut.len() / 2).unwrap_or(cut.len());
    format!("{}…", cut.get(..end).unwrap_or(&cut).trim_end_matches([',', ';', ':', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_cut_at_words() {
        assert_eq!(title_of("Des bancs. Partout."), "Des bancs. Partout");
        assert_eq!(title_of("\n  Il manque un banc à l’arrêt. Merci."), "Il manque un banc à l’arrêt");
        let long = "mot ".repeat(60);
        let title = title_of(&long);
        assert!(title.chars().count() <= 91 && title.ends_with("mot…"), "{title}");
        assert_eq!(title_of(""), "");
        assert_eq!(title_of("..."), "...");
        assert_eq!(title_of("Voir https://exemple.fr/bancs. Merci."), "Voir https://exemple.fr/bancs");
        assert_eq!(title_of("=CMD()|'/C calc'!A0"), "=CMD()|'/C calc'!A0");
        assert_eq!(title_of("Un banc à 1.50 m du mur ?! Oui, vraiment"), "Un banc à 1.50 m du mur ?!");
        assert_eq!(shorten(&"x".repeat(300), 10), format!("{}…", "x".repeat(10)));
    }

    #[test]
    fn statuses_round_trip() {
        for s in Status::ALL {
            assert_eq!(Status::parse(s.code()), Some(s));
            assert_eq!(s.is_public(), Status::PUBLIC.contains(&s));
        }
        assert_eq!(Status::parse("gone"), None);
    }
}
