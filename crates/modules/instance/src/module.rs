//! What the module declares to the house.

use async_trait::async_trait;
use parvis_kernel::{
    Ctx, Result,
    context::Moment,
    db::{Db, Migration, Reader, Tx},
    deeds::Deed,
    found::Found,
    jobs::JobKind,
    mail::Mail,
    module::{
        Forget, LeftAddress, Merge, Module, NavEntry, OpenData, PastEvent, PersonalData, TextPlace, TextRow, Union,
    },
    permission::{Access, Actor, Right},
    retention::Retention,
    routes::Routes,
    sections::{SettingsSection, Standing},
    settings::Settings,
    sheet::DeskList,
    words::{Lang, WordsFile},
};
use serde_json::json;
use uuid::Uuid;

use crate::{
    api, colour, exports, journal, keeping, lists, outbox, pages, search, sender, settings, setup, site, urls, webhooks,
};

/// The module.
#[derive(Debug, Default)]
pub struct Instance;

const ADMINISTER: Access = Access::Team(Right::Administer);

fn settings_routes() -> Routes {
    Routes::new()
        .get(urls::Settings::ROUTE, ADMINISTER, settings::identity::show)
        .post(urls::Settings::ROUTE, ADMINISTER, settings::identity::keep)
        .get(urls::Colour::ROUTE, ADMINISTER, settings::look::show)
        .post(urls::Colour::ROUTE, ADMINISTER, settings::look::keep)
        .post(urls::ColourPreview::ROUTE, ADMINISTER, settings::look::preview)
        .get(urls::ColourCss::ROUTE, ADMINISTER, colour::css)
        .get(urls::Languages::ROUTE, ADMINISTER, settings::languages::show)
        .post(urls::Languages::ROUTE, ADMINISTER, settings::languages::keep)
        .get(urls::Mail::ROUTE, ADMINISTER, settings::mail::show)
        .post(urls::Mail::ROUTE, Access::Team(Right::Own), settings::mail::keep)
        .post(urls::Sender::ROUTE, ADMINISTER, sender::verify)
        .post(urls::QuietHours::ROUTE, ADMINISTER, settings::quiet::keep)
        .post(urls::MailPace::ROUTE, ADMINISTER, settings::pace::keep)
        .get(urls::Licence::ROUTE, ADMINISTER, settings::licence::show)
        .post(urls::Licence::ROUTE, ADMINISTER, settings::licence::keep)
        .get(urls::Statuses::ROUTE, ADMINISTER, settings::statuses::show)
        .post(urls::Statuses::ROUTE, ADMINISTER, settings::statuses::keep)
        .post(urls::SettingsUndo::ROUTE, ADMINISTER, settings::undo::undo)
        .get(urls::Pages::ROUTE, ADMINISTER, pages::admin::list)
        .get(urls::EditPage::ROUTE, ADMINISTER, pages::admin::edit)
        .post(urls::EditPage::ROUTE, ADMINISTER, pages::admin::keep)
        .post(urls::PagePreview::ROUTE, ADMINISTER, pages::admin::preview)
        .post(urls::RestorePage::ROUTE, ADMINISTER, pages::admin::restore)
        .get(urls::Outbox::ROUTE, ADMINISTER, outbox::list)
        .get(urls::OutboxMail::ROUTE, ADMINISTER, outbox::show)
        .post(urls::OutboxRead::ROUTE, ADMINISTER, outbox::read)
        .post(urls::OutboxAgain::ROUTE, ADMINISTER, outbox::again)
        .get(urls::Journal::ROUTE, ADMINISTER, journal::show)
}

#[async_trait]
impl Module for Instance {
    fn name(&self) -> &'static str {
        "instance"
    }

    fn migrations(&self) -> Vec<Migration> {
        vec![
            Migration { id: "instance/0001_instance", sql: include_str!("../migrations/0001_instance.sql") },
            Migration { id: "instance/0010_keeping", sql: include_str!("../migrations/0010_keeping.sql") },
            Migration { id: "instance/0020_webhook", sql: include_str!("../migrations/0020_webhook.sql") },
            Migration { id: "instance/0097_journal", sql: include_str!("../migrations/0097_journal.sql") },
            Migration { id: "instance/0118_settings_step", sql: include_str!("../migrations/0118_settings_step.sql") },
            Migration {
                id: "instance/0120_backup_progress",
                sql: include_str!("../migrations/0120_backup_progress.sql"),
            },
        ]
    }

    fn routes(&self) -> Routes {
        setup::routes()
            .and(settings_routes())
            .and(api::routes())
            .and(keeping::routes())
            .get(urls::Exports::ROUTE, Access::Team(Right::Read), exports::pages::show)
            .post(urls::Exports::ROUTE, Access::Team(Right::Read), exports::pages::take)
            .post(urls::Leave::ROUTE, Access::Team(Right::Own), exports::leave::ask)
            .get(urls::OpenData::ROUTE, Access::Public, exports::open::show)
            .get(urls::OpenFile::ROUTE, Access::Public, exports::open::file)
            .and(webhooks::routes())
            .get(urls::Page::ROUTE, Access::Public, pages::public::show)
            .get(urls::Search::ROUTE, Access::Team(Right::Read), search::show)
            .get(urls::Robots::ROUTE, Access::Public, site::robots)
            .post(urls::Language::ROUTE, Access::Public, site::language)
            .post(urls::Shortcuts::ROUTE, Access::Team(Right::Read), site::shortcuts)
    }

    fn words(&self) -> Vec<WordsFile> {
        vec![
            WordsFile { lang: Lang::Fr, name: "instance.ftl", source: include_str!("../locales/fr/instance.ftl") },
            WordsFile { lang: Lang::En, name: "instance.ftl", source: include_str!("../locales/en/instance.ftl") },
            WordsFile { lang: Lang::Fr, name: "setup.ftl", source: include_str!("../locales/fr/setup.ftl") },
            WordsFile { lang: Lang::En, name: "setup.ftl", source: include_str!("../locales/en/setup.ftl") },
            WordsFile { lang: Lang::Fr, name: "settings.ftl", source: include_str!("../locales/fr/settings.ftl") },
            WordsFile { lang: Lang::En, name: "settings.ftl", source: include_str!("../locales/en/settings.ftl") },
            WordsFile { lang: Lang::Fr, name: "exports.ftl", source: include_str!("../locales/fr/exports.ftl") },
            WordsFile { lang: Lang::En, name: "exports.ftl", source: include_str!("../locales/en/exports.ftl") },
            WordsFile { lang: Lang::Fr, name: "keeping.ftl", source: include_str!("../locales/fr/keeping.ftl") },
            WordsFile { lang: Lang::En, name: "keeping.ftl", source: include_str!("../locales/en/keeping.ftl") },
            WordsFile { lang: Lang::Fr, name: "webhooks.ftl", source: include_str!("../locales/fr/webhooks.ftl") },
            WordsFile { lang: Lang::En, name: "webhooks.ftl", source: include_str!("../locales/en/webhooks.ftl") },
            WordsFile { lang: Lang::Fr, name: "sender.ftl", source: include_str!("../locales/fr/sender.ftl") },
            WordsFile { lang: Lang::En, name: "sender.ftl", source: include_str!("../locales/en/sender.ftl") },
            WordsFile { lang: Lang::Fr, name: "search.ftl", source: include_str!("../locales/fr/search.ftl") },
            WordsFile { lang: Lang::En, name: "search.ftl", source: include_str!("../locales/en/search.ftl") },
            WordsFile { lang: Lang::Fr, name: "safety.ftl", source: include_str!("../locales/fr/safety.ftl") },
            WordsFile { lang: Lang::En, name: "safety.ftl", source: include_str!("../locales/en/safety.ftl") },
        ]
    }

    fn jobs(&self) -> Vec<JobKind> {
        let mut jobs = keeping::jobs();
        jobs.push(webhooks::KIND);
        jobs
    }

    fn navigation(&self) -> Vec<NavEntry> {
        vec![
            NavEntry {
                path: urls::Exports::ROUTE,
                key: "exports-title",
                icon: "download",
                right: Right::Read,
                order: 80,
            },
            NavEntry {
                path: urls::Settings::ROUTE,
                key: "settings-title",
                icon: "gear",
                right: Right::Administer,
                order: 90,
            },
        ]
    }

    fn settings_sections(&self) -> Vec<SettingsSection> {
        settings::Section::ALL.map(settings::Section::declared).to_vec()
    }

    fn activity_kinds(&self) -> Vec<&'static str> {
        let mut kinds = vec![
            "webhook.added",
            "webhook.secret",
            "webhook.stopped",
            "webhook.resumed",
            "webhook.removed",
            "instance.set_up",
            "settings.changed",
            settings::undo::ACTIVITY,
            "page.changed",
            "page.restored",
            "mail.resent",
            "mail.read",
            "list.exported",
        ];
        kinds.extend(keeping::ACTIVITY);
        kinds
    }

    fn open_data(&self) -> Vec<OpenData> {
        vec![]
    }

    fn desk_lists(&self) -> Vec<DeskList> {
        lists::LISTS.to_vec()
    }

    fn retention(&self) -> Vec<Retention> {
        keeping::PERIODS.into_iter().chain([settings::undo::PERIOD]).collect()
    }

    async fn texts(&self, _db: &Db, _after: Option<TextPlace>, _most: i64) -> Result<Vec<TextRow>> {
        Ok(vec![])
    }

    async fn news(
        &self,
        _app: &parvis_kernel::app::App,
        _since: chrono::DateTime<chrono::Utc>,
        _until: chrono::DateTime<chrono::Utc>,
    ) -> Result<Vec<parvis_kernel::news::News>> {
        Ok(vec![])
    }

    /// The mails written to the person, and what the journal says they did.
    async fn personal_data(&self, c: &Reader<'_>, person: Uuid) -> Result<Vec<PersonalData>> {
        let mails = outbox::store::of_person(c, person).await?;
        let mails = mails.iter().map(|m| {
            // What signs in is worth nothing in a file that may be passed on.
            let text = if outbox::SIGN_IN.contains(&m.kind.as_str()) { "" } else { m.body_text.as_str() };
            json!({
                "kind": m.kind, "to": m.recipient, "subject": m.subject, "text": text, "state": m.state,
                "created_at": m.created_at, "sent_at": m.sent_at,
            })
        });
        let acts = outbox::store::acts_of(c, person).await?;
        let acts = acts.iter().map(|a| json!({ "kind": a.kind, "about": a.detail, "at": a.at }));
        let refused = parvis_kernel::mail::refused::of_person(c, person).await?;
        let refused =
            refused.iter().map(|r| json!({ "address": r.address, "code": r.code, "reason": r.reason, "at": r.at }));
        Ok(vec![
            PersonalData { name: "refused_addresses", about: "refused-personal-data", rows: refused.collect() },
            PersonalData { name: "mails", about: "outbox-personal-data", rows: mails.collect() },
            PersonalData { name: "journal", about: "journal-personal-data", rows: acts.collect() },
        ])
    }

    /// Mails received; those of a sign-in say nothing.
    async fn past_events(&self, db: &Db, person: Uuid, most: i64) -> Result<Vec<PastEvent>> {
        let mails = outbox::store::received(db.read(), person, most).await?;
        Ok(mails
            .into_iter()
            .map(|m| PastEvent { at: m.created_at, key: "past-mail", what: m.subject, href: String::new() })
            .collect())
    }

    fn stays(&self, _how: Forget) -> Vec<(&'static str, &'static str)> {
        vec![("journal", "stays-journal")]
    }

    fn deeds(&self) -> Vec<Deed> {
        vec![]
    }

    /// Mails go. The journal keeps the key of who acted, which names nobody once the person is erased.
    async fn forget(&self, tx: &Tx, _moment: &Moment, person: Uuid, _how: Forget) -> Result<()> {
        settings::undo::forget(tx, person).await?;
        outbox::store::forget(tx, person).await
    }

    async fn unite(&self, tx: &Tx, _moment: &Moment, union: &Union) -> Result<()> {
        outbox::store::unite(tx, union).await
    }

    async fn let_go(&self, _tx: &Tx, _left: &LeftAddress) -> Result<()> {
        Ok(())
    }

    async fn absorb(&self, tx: &Tx, _moment: &Moment, merge: &Merge) -> Result<serde_json::Value> {
        Ok(json!(outbox::store::hand_over(tx, merge.merged, merge.kept).await?))
    }

    async fn release(&self, tx: &Tx, _moment: &Moment, merge: &Merge, moved: &serde_json::Value) -> Result<()> {
        let moved: outbox::store::Moved = serde_json::from_value(moved.clone()).map_err(parvis_kernel::Error::other)?;
        outbox::store::hand_back(tx, merge.kept, merge.merged, &moved).await
    }

    async fn own_space(&self, _ctx: &Ctx, _person: Uuid) -> Result<String> {
        Ok(String::new())
    }

    async fn on_set_up(&self, _tx: &Tx, _moment: &Moment, _settings: &Settings) -> Result<()> {
        Ok(())
    }

    async fn find(&self, ctx: &Ctx, words: &str) -> Result<Vec<Found>> {
        Ok(search::pages(ctx, words))
    }

    async fn scopes(&self, _db: &Db) -> Result<Vec<(Uuid, String)>> {
        Ok(vec![])
    }

    async fn settings_standing(&self, ctx: &Ctx, code: &str) -> Result<Option<Standing>> {
        match settings::Section::parse(code) {
            Some(section) => section.standing(ctx).await.map(Some),
            None => Ok(None),
        }
    }

    async fn still_holds(&self, _app: &parvis_kernel::app::App, _letter: &Mail) -> Result<bool> {
        Ok(true)
    }

    async fn waiting(&self, _db: &Db, _actor: &Actor) -> Result<Option<(&'static str, i64)>> {
        Ok(None)
    }
}
