//! The sections and how things stand in each.

use std::sync::Arc;

use parvis_kernel::settings::Settings;
use parvis_ui::Theme;

use crate::urls;

/// A section of the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Name, question, town, address, promises.
    Identity,
    /// Colour.
    Look,
    /// Languages.
    Languages,
    /// Mail server.
    Mail,
    /// Mails that wait, left or failed.
    Outbox,
    /// Own wording of statuses.
    Statuses,
    /// Word lists and limits.
    Moderation,
    /// Legal and help pages.
    Pages,
    /// Neighbourhoods.
    Areas,
    /// Backups.
    Backups,
    /// Retention periods.
    Retention,
    /// Team and roles.
    Team,
    /// Tokens of programs.
    Tokens,
    /// Programs that are told.
    Webhooks,
    /// Terms of the open data.
    Licence,
    /// Who did what.
    Journal,
}

/// What the states depend on.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The settings.
    pub settings: Arc<Settings>,
    /// Mails waiting.
    pub waiting: i64,
    /// Mails that failed.
    pub failed: i64,
    /// Texts of pages the team wrote.
    pub written: i64,
    /// Pages there are.
    pub pages: i64,
    /// Members of the team.
    pub team: i64,
    /// Tokens that open something.
    pub tokens: i64,
    /// Addresses that are told.
    pub webhooks: i64,
    /// Neighbourhoods.
    pub areas: i64,
    /// The last backup: whether it worked, and its day in words.
    pub backup: Option<(bool, String)>,
}

/// How things stand, before it is put into words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// A text of the team.
    Text(String),
    /// A sentence.
    Key(&'static str),
    /// A sentence with a number `n`.
    Count(&'static str, i64),
    /// A sentence with a `value`.
    Named(&'static str, String),
}

impl Section {
    /// All, in order.
    pub const ALL: [Self; 16] = [
        Self::Identity,
        Self::Look,
        Self::Mail,
        Self::Outbox,
        Self::Languages,
        Self::Statuses,
        Self::Moderation,
        Self::Pages,
        Self::Areas,
        Self::Team,
        Self::Tokens,
        Self::Webhooks,
        Self::Licence,
        Self::Backups,
        Self::Retention,
        Self::Journal,
    ];

    /// The stable code, kept in the journal.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Look => "look",
            Self::Languages => "languages",
            Self::Mail => "mail",
            Self::Outbox => "outbox",
            Self::Statuses => "statuses",
            Self::Moderation => "moderation",
            Self::Pages => "pages",
            Self::Areas => "areas",
            Self::Backups => "backups",
            Self::Retention => "retention",
            Self::Team => "team",
            Self::Tokens => "tokens",
            Self::Webhooks => "webhooks",
            Self::Licence => "licence",
            Self::Journal => "journal",
        }
    }

    /// Key of its name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Identity => "settings-identity",
            Self::Look => "settings-look",
            Self::Languages => "settings-languages",
            Self::Mail => "settings-mail",
            Self::Outbox => "settings-outbox",
            Self::Statuses => "settings-statuses",
            Self::Moderation => "settings-moderation",
            Self::Pages => "settings-pages",
            Self::Areas => "settings-areas",
            Self::Backups => "settings-backups",
            Self::Retention => "settings-retention",
            Self::Team => "settings-team",
            Self::Tokens => "settings-tokens",
            Self::Webhooks => "settings-webhooks",
            Self::Licence => "settings-licence",
            Self::Journal => "settings-journal",
        }
    }

    /// Its address.
    #[must_use]
    pub const fn href(self) -> &'static str {
        match self {
            Self::Identity => urls::Settings::ROUTE,
            Self::Look => urls::Colour::ROUTE,
            Self::Languages => urls::Languages::ROUTE,
            Self::Mail => urls::Mail::ROUTE,
            Self::Outbox => urls::Outbox::ROUTE,
            Self::Statuses => urls::Statuses::ROUTE,
            Self::Moderation => urls::Moderation::ROUTE,
            Self::Pages => urls::Pages::ROUTE,
            Self::Areas => urls::Areas::ROUTE,
            Self::Backups => urls::Backups::ROUTE,
            Self::Retention => urls::Retention::ROUTE,
            Self::Team => urls::Team::ROUTE,
            Self::Tokens => urls::Tokens::ROUTE,
            Self::Webhooks => urls::Webhooks::ROUTE,
            Self::Licence => urls::Licence::ROUTE,
            Self::Journal => urls::Journal::ROUTE,
        }
    }

    /// How things stand there.
    #[must_use]
    pub fn state(self, facts: &Facts) -> State {
        let s = &facts.settings;
        match self {
            Self::Identity if s.contact.is_empty() => State::Key("settings-state-no-contact"),
            Self::Identity => State::Text(s.name.clone()),
            Self::Look => {
                let moved = Theme::from_hex(&s.colour).is_ok_and(|t| t.moved);
                let key = if moved { "settings-state-colour-moved" } else { "settings-state-colour-kept" };
                State::Named(key, s.colour.clone())
            }
            Self::Languages => State::Count("settings-state-languages", i64::try_from(s.languages.len()).unwrap_or(1)),
            Self::Mail if s.smtp.host.is_empty() => State::Key("settings-state-mail-none"),
            Self::Mail => State::Named("settings-state-mail-by", s.smtp.host.clone()),
            Self::Outbox if facts.failed > 0 => State::Count("settings-state-outbox-failed", facts.failed),
            Self::Outbox => State::Count("settings-state-outbox-waiting", facts.waiting),
            Self::Statuses => {
                let own = s.status_words.values().filter(|w| !w.is_empty()).count();
                State::Count("settings-state-statuses", i64::try_from(own).unwrap_or(0))
            }
            Self::Moderation => State::Key("settings-state-moderation"),
            Self::Pages if facts.written == 0 => State::Count("settings-state-pages-original", facts.pages),
            Self::Pages => State::Count("settings-state-pages-own", facts.written),
            Self::Areas => State::Count("settings-state-areas", facts.areas),
            Self::Backups => match &facts.backup {
                None => State::Key("settings-state-backups-none"),
                Some((false, _)) => State::Key("settings-state-backups-failed"),
                Some((true, day)) => State::Named("settings-state-backups-last", day.clone()),
            },
            Self::Retention => State::Key("settings-state-retention"),
            Self::Team => State::Count("settings-state-team", facts.team),
            Self::Tokens => State::Count("settings-state-tokens", facts.tokens),
            Self::Webhooks => State::Count("settings-state-webhooks", facts.webhooks),
            Self::Licence => match s.licence.code() {
                "licence-ouverte" => State::Key("licence-licence-ouverte"),
                "odbl" => State::Key("licence-odbl"),
                "cc-by" => State::Key("licence-cc-by"),
                _ => State::Key("licence-own"),
            },
            Self::Journal => State::Key("settings-state-journal"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use parvis_kernel::words::Lang;

    fn facts(edit: impl FnOnce(&mut Settings)) -> Facts {
        let mut settings = Settings::default();
        edit(&mut settings);
        Facts {
            settings: Arc::new(settings),
            waiting: 12,
            failed: 0,
            written: 0,
            pages: 8,
            team: 6,
            tokens: 0,
            webhooks: 0,
            areas: 9,
            backup: None,
        }
    }

    #[test]
    fn each_section_says_how_things_stand() {
        let new = facts(|_| {});
        assert_eq!(Section::Identity.state(&new), State::Key("settings-state-no-contact"));
        assert_eq!(Section::Mail.state(&new), State::Key("settings-state-mail-none"));
        assert_eq!(Section::Outbox.state(&new), State::Count("settings-state-outbox-waiting", 12));
        assert_eq!(
            Section::Outbox.state(&Facts { failed: 2, ..new.clone() }),
            State::Count("settings-state-outbox-failed", 2)
        );
        assert_eq!(Section::Pages.state(&new), State::Count("settings-state-pages-original", 8));
        assert_eq!(Section::Pages.state(&Facts { written: 1, ..new }), State::Count("settings-state-pages-own", 1));
        let made = |worked| Facts { backup: Some((worked, "hier".into())), ..facts(|_| {}) };
        assert_eq!(Section::Backups.state(&facts(|_| {})), State::Key("settings-state-backups-none"));
        assert_eq!(Section::Backups.state(&made(true)), State::Named("settings-state-backups-last", "hier".into()));
        assert_eq!(Section::Backups.state(&made(false)), State::Key("settings-state-backups-failed"));
        let set = facts(|s| {
            s.contact = "a@b.example".into();
            s.colour = "#2E8B3D".into();
            s.smtp.host = "smtp.example".into();
            s.status_words.entry("proposed".into()).or_default().insert(Lang::Fr, "Lue".into());
            s.status_words.entry("rejected".into()).or_default();
        });
        assert_eq!(Section::Identity.state(&set), State::Text("Parvis".into()));
        assert_eq!(Section::Look.state(&set), State::Named("settings-state-colour-moved", "#2E8B3D".into()));
        assert_eq!(Section::Mail.state(&set), State::Named("settings-state-mail-by", "smtp.example".into()));
        assert_eq!(Section::Statuses.state(&set), State::Count("settings-state-statuses", 1));
    }

    #[test]
    fn codes_and_addresses_are_all_different() {
        for (i, a) in Section::ALL.iter().enumerate() {
            for b in Section::ALL.iter().skip(i + 1) {
                assert!(a.code() != b.code() && a.href() != b.href() && a.key() != b.key());
            }
        }
    }
}
