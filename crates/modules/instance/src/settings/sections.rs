//! The sections of this module and how things stand in each.

use parvis_kernel::{
    Ctx, Result, args, db, locale,
    permission::Right,
    sections::{SettingsSection, Standing},
    settings::Settings,
};
use parvis_ui::Theme;
use sea_orm::ConnectionTrait;

use crate::{keeping, pages, urls};

/// A section of the settings that this module holds; others belong to theirs.
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
    /// Legal and help pages.
    Pages,
    /// Backups.
    Backups,
    /// Retention periods.
    Retention,
    /// Programs that are told.
    Webhooks,
    /// Terms of the open data.
    Licence,
    /// Who did what.
    Journal,
}

impl Section {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Identity,
        Self::Look,
        Self::Mail,
        Self::Outbox,
        Self::Languages,
        Self::Statuses,
        Self::Pages,
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
            Self::Pages => "pages",
            Self::Backups => "backups",
            Self::Retention => "retention",
            Self::Webhooks => "webhooks",
            Self::Licence => "licence",
            Self::Journal => "journal",
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
            Self::Pages => urls::Pages::ROUTE,
            Self::Backups => urls::Backups::ROUTE,
            Self::Retention => urls::Retention::ROUTE,
            Self::Webhooks => urls::Webhooks::ROUTE,
            Self::Licence => urls::Licence::ROUTE,
            Self::Journal => urls::Journal::ROUTE,
        }
    }

    /// What the menu of the settings knows of it. The numbers leave room for the sections of other modules.
    #[must_use]
    pub const fn declared(self) -> SettingsSection {
        let order = match self {
            Self::Identity => 10,
            Self::Look => 20,
            Self::Mail => 30,
            Self::Outbox => 40,
            Self::Languages => 50,
            Self::Statuses => 60,
            Self::Pages => 80,
            Self::Webhooks => 130,
            Self::Licence => 140,
            Self::Backups => 150,
            Self::Retention => 160,
            Self::Journal => 170,
        };
        SettingsSection { code: self.code(), path: self.href(), right: Right::Administer, order }
    }

    /// From its code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }

    /// How things stand there.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn standing(self, ctx: &Ctx) -> Result<Standing> {
        let (c, s) = (ctx.app.db.read(), &ctx.settings);
        Ok(match self {
            Self::Identity => identity(s),
            Self::Look => look(s),
            Self::Languages => {
                Standing::Count("settings-state-languages", i64::try_from(s.languages.len()).unwrap_or(1))
            }
            Self::Mail => mail(s),
            Self::Outbox => outbox(mails(c, "failed").await?, mails(c, "waiting").await?),
            Self::Statuses => statuses(s),
            Self::Pages => written(db::count(c, "SELECT count(*) FROM page", vec![]).await?),
            Self::Backups => {
                let ended = keeping::store::latest(c).await?.into_iter().find(|b| b.state != "running");
                backups(ended.map(|b| {
                    let day = locale::local_day(b.started_at, s.tz());
                    (b.state == "done", locale::day(ctx.lang, day, ctx.today()))
                }))
            }
            Self::Retention => Standing::Key("settings-state-retention"),
            Self::Webhooks => {
                Standing::Count("settings-state-webhooks", db::count(c, "SELECT count(*) FROM webhook", vec![]).await?)
            }
            Self::Licence => licence(s),
            Self::Journal => Standing::Key("settings-state-journal"),
        })
    }
}

async fn mails(c: &impl ConnectionTrait, state: &str) -> Result<i64> {
    db::count(c, "SELECT count(*) FROM mail WHERE state = $1", args![state]).await
}

fn identity(s: &Settings) -> Standing {
    if s.contact.is_empty() { Standing::Key("settings-state-no-contact") } else { Standing::Text(s.name.clone()) }
}

fn look(s: &Settings) -> Standing {
    let moved = Theme::from_hex(&s.colour).is_ok_and(|t| t.moved);
    let key = if moved { "settings-state-colour-moved" } else { "settings-state-colour-kept" };
    Standing::Named(key, s.colour.clone())
}

fn mail(s: &Settings) -> Standing {
    if s.smtp.host.is_empty() {
        Standing::Key("settings-state-mail-none")
    } else {
        Standing::Named("settings-state-mail-by", s.smtp.host.clone())
    }
}

/// Mails that failed are said before those that wait.
const fn outbox(failed: i64, waiting: i64) -> Standing {
    if failed > 0 {
        Standing::Count("settings-state-outbox-failed", failed)
    } else {
        Standing::Count("settings-state-outbox-waiting", waiting)
    }
}

fn statuses(s: &Settings) -> Standing {
    let own = s.status_words.values().filter(|w| !w.is_empty()).count();
    Standing::Count("settings-state-statuses", i64::try_from(own).unwrap_or(0))
}

/// Texts of pages the team wrote, else how many pages there are.
fn written(own: i64) -> Standing {
    if own > 0 {
        Standing::Count("settings-state-pages-own", own)
    } else {
        Standing::Count("settings-state-pages-original", i64::try_from(pages::SLUGS.len()).unwrap_or(0))
    }
}

/// The last backup that ended: whether it worked, and its day in words.
fn backups(last: Option<(bool, String)>) -> Standing {
    match last {
        None => Standing::Key("settings-state-backups-none"),
        Some((false, _)) => Standing::Key("settings-state-backups-failed"),
        Some((true, day)) => Standing::Named("settings-state-backups-last", day),
    }
}

fn licence(s: &Settings) -> Standing {
    Standing::Key(match s.licence.code() {
        "licence-ouverte" => "licence-licence-ouverte",
        "odbl" => "licence-odbl",
        "cc-by" => "licence-cc-by",
        _ => "licence-own",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use parvis_kernel::words::Lang;

    #[test]
    fn each_section_says_how_things_stand() {
        let new = Settings::default();
        assert_eq!(identity(&new), Standing::Key("settings-state-no-contact"));
        assert_eq!(mail(&new), Standing::Key("settings-state-mail-none"));
        assert_eq!(outbox(0, 12), Standing::Count("settings-state-outbox-waiting", 12));
        assert_eq!(outbox(2, 12), Standing::Count("settings-state-outbox-failed", 2));
        assert_eq!(written(0), Standing::Count("settings-state-pages-original", 8));
        assert_eq!(written(1), Standing::Count("settings-state-pages-own", 1));
        let made = |worked| backups(Some((worked, "hier".into())));
        assert_eq!(backups(None), Standing::Key("settings-state-backups-none"));
        assert_eq!(made(true), Standing::Named("settings-state-backups-last", "hier".into()));
        assert_eq!(made(false), Standing::Key("settings-state-backups-failed"));
        let mut set = Settings { contact: "a@b.example".into(), colour: "#2E8B3D".into(), ..Settings::default() };
        set.smtp.host = "smtp.example".into();
        set.status_words.entry("proposed".into()).or_default().insert(Lang::Fr, "Lue".into());
        set.status_words.entry("rejected".into()).or_default();
        assert_eq!(identity(&set), Standing::Text("Parvis".into()));
        assert_eq!(look(&set), Standing::Named("settings-state-colour-moved", "#2E8B3D".into()));
        assert_eq!(mail(&set), Standing::Named("settings-state-mail-by", "smtp.example".into()));
        assert_eq!(statuses(&set), Standing::Count("settings-state-statuses", 1));
    }

    #[test]
    fn a_code_leads_back_to_its_section() {
        for section in Section::ALL {
            assert_eq!(Section::parse(section.code()), Some(section));
        }
        assert_eq!(Section::parse("team"), None);
    }
}
