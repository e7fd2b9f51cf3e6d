//! Sections of the settings: each module declares its own and says how things stand in them, and every page of the
//! settings shows them all.

use std::sync::Arc;

use crate::{context::Ctx, module::Module, permission::Right, words::Words};

/// A section of the settings. Its name is `settings-CODE`, and the words that people look for it by are
/// `search-words-CODE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SettingsSection {
    /// The stable code, which the journal may keep.
    pub code: &'static str,
    /// Address of its page.
    pub path: &'static str,
    /// Who opens it; whoever lacks this is not told of it.
    pub right: Right,
    /// Lower comes first.
    pub order: u8,
}

impl SettingsSection {
    /// Its name, in the reader's language.
    #[must_use]
    pub fn name(&self, ctx: &Ctx) -> String {
        ctx.t(&format!("settings-{}", self.code))
    }

    /// The title of its page.
    #[must_use]
    pub fn title(&self, ctx: &Ctx) -> String {
        ctx.app.words.with(ctx.lang, "settings-title-of", &[("section", &self.name(ctx))])
    }
}

/// How things stand in a section, before it is put into words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// A text of the team.
    Text(String),
    /// A sentence.
    Key(&'static str),
    /// A sentence with a number `n`.
    Count(&'static str, i64),
    /// A sentence with a `value`.
    Named(&'static str, String),
}

impl Standing {
    /// In the reader's language.
    #[must_use]
    pub fn words(&self, ctx: &Ctx) -> String {
        let words: &Words = &ctx.app.words;
        match self {
            Self::Text(text) => text.clone(),
            Self::Key(key) => ctx.t(key),
            Self::Count(key, n) => words.with(ctx.lang, key, &[("n", n)]),
            Self::Named(key, value) => words.with(ctx.lang, key, &[("value", value)]),
        }
    }
}

/// The sections of all these modules, each with the module it belongs to, in their order.
#[must_use]
pub fn all(modules: &[Arc<dyn Module>]) -> Vec<(&dyn Module, SettingsSection)> {
    let mut all: Vec<_> =
        modules.iter().flat_map(|m| m.settings_sections().into_iter().map(|s| (m.as_ref(), s))).collect();
    all.sort_by_key(|(_, s)| s.order);
    all
}
