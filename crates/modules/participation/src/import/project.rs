//! The project that an import makes for the rows of a file.

use parvis_kernel::{
    locale,
    settings::Settings,
    url,
    words::{Lang, Words},
};
use uuid::Uuid;

use crate::{
    ideas::shorten,
    projects::{Phase, Project},
};

/// Longest name, in characters.
pub(crate) const LONGEST: usize = 120;

/// What a project made for a file is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewProject {
    /// Its name.
    pub title: String,
    /// What its address is made from.
    pub slug: String,
    /// Whether it is online at once, or a draft.
    pub public: bool,
    /// Whether anybody may post there.
    pub open: bool,
}

impl NewProject {
    /// One named after its file. Nobody posts into what was gathered elsewhere, unless somebody says so.
    #[must_use]
    pub fn named_after(file_name: &str, words: &Words, lang: Lang, public: bool) -> Self {
        let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
        let separate = stem.split(['-', '_', ' ']).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
        let mut letters = separate.chars();
        let title: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        let title = if title.is_empty() { words.get(lang, "import-project-title") } else { shorten(&title, LONGEST) };
        Self { title, slug: slug(stem), public, open: false }
    }

    /// One of this name.
    pub(super) fn of(title: &str, public: bool, open: bool) -> Self {
        Self { title: title.to_owned(), slug: slug(title), public, open }
    }

    /// The project and its only phase, which begins today.
    pub(super) fn rows(
        self,
        words: &Words,
        lang: Lang,
        settings: &Settings,
        now: chrono::DateTime<chrono::Utc>,
    ) -> (Project, Phase) {
        let say = |open: &str, closed: &str| words.get(lang, if self.open { open } else { closed });
        let phase = Phase {
            id: Uuid::nil(),
            title: say("import-project-phase", "import-project-phase-closed"),
            method: "ideation".into(),
            starts_on: locale::local_day(now, settings.tz()),
            ends_on: None,
            posting: self.open,
            commenting: true,
            supporting: true,
            opposing: false,
            anonymous: true,
            prescreening: true,
        };
        let project = Project {
            summary: say("import-project-summary", "import-project-summary-closed"),
            slug: self.slug,
            title: self.title,
            visibility: "public".into(),
            state: if self.public { "published" } else { "draft" }.into(),
            created_at: now,
            version: 1,
            ..Project::default()
        };
        (project, phase)
    }
}

fn slug(from: &str) -> String {
    url::slug(&from.chars().take(60).collect::<String>())
}
