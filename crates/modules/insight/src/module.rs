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
    sheet::DeskList,
    words::{Lang, WordsFile},
};
use uuid::Uuid;

use crate::{
    analysis::{job, pages, store, texts},
    urls,
};

/// The module.
#[derive(Debug, Default)]
pub struct Insight;

#[async_trait]
impl Module for Insight {
    fn name(&self) -> &'static str {
        "insight"
    }

    fn migrations(&self) -> Vec<Migration> {
        vec![Migration { id: "insight/0001_insight", sql: include_str!("../migrations/0001_insight.sql") }]
    }

    fn routes(&self) -> Routes {
        let read = Access::Team(Right::Read);
        Routes::new()
            .get(urls::Analysis::ROUTE, read, pages::show)
            .post(urls::Recalculate::ROUTE, Access::Team(Right::Moderate), pages::recalculate)
            .get(urls::ThemeTexts::ROUTE, read, texts::of_theme)
            .get(urls::Texts::ROUTE, read, texts::of_all)
    }

    fn words(&self) -> Vec<WordsFile> {
        vec![
            WordsFile { lang: Lang::Fr, name: "analysis.ftl", source: include_str!("../locales/fr/analysis.ftl") },
            WordsFile { lang: Lang::En, name: "analysis.ftl", source: include_str!("../locales/en/analysis.ftl") },
        ]
    }

    fn jobs(&self) -> Vec<JobKind> {
        vec![job::KIND]
    }

    fn navigation(&self) -> Vec<NavEntry> {
        vec![NavEntry {
            path: urls::Analysis::ROUTE,
            key: "analysis-nav",
            icon: "chart",
            right: Right::Read,
            order: 40,
        }]
    }

    fn settings_sections(&self) -> Vec<SettingsSection> {
        vec![]
    }

    fn activity_kinds(&self) -> Vec<&'static str> {
        vec![]
    }

    fn open_data(&self) -> Vec<OpenData> {
        vec![]
    }

    fn desk_lists(&self) -> Vec<DeskList> {
        vec![]
    }

    fn retention(&self) -> Vec<Retention> {
        vec![]
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

    async fn personal_data(&self, _c: &Reader<'_>, _person: Uuid) -> Result<Vec<PersonalData>> {
        Ok(vec![])
    }

    /// Copies of texts go with the texts; the figures follow when the themes are computed anew.
    async fn past_events(&self, _db: &Db, _person: Uuid, _most: i64) -> Result<Vec<PastEvent>> {
        Ok(vec![])
    }

    fn stays(&self, _how: Forget) -> Vec<(&'static str, &'static str)> {
        vec![]
    }

    fn deeds(&self) -> Vec<Deed> {
        vec![]
    }

    async fn forget(&self, tx: &Tx, moment: &Moment, person: Uuid, how: Forget) -> Result<()> {
        store::forget(tx, person, how == Forget::EraseTexts).await?;
        job::request_refresh(tx, moment).await
    }

    /// Two voices have become one: people are counted again.
    async fn unite(&self, tx: &Tx, moment: &Moment, _union: &Union) -> Result<()> {
        job::request_refresh(tx, moment).await
    }

    async fn let_go(&self, _tx: &Tx, _left: &LeftAddress) -> Result<()> {
        Ok(())
    }

    async fn absorb(&self, tx: &Tx, moment: &Moment, _merge: &Merge) -> Result<serde_json::Value> {
        // Voices are read again from the other modules: two have become one.
        job::request_refresh(tx, moment).await?;
        Ok(serde_json::Value::Null)
    }

    async fn release(&self, tx: &Tx, moment: &Moment, _merge: &Merge, _moved: &serde_json::Value) -> Result<()> {
        job::request_refresh(tx, moment).await
    }

    async fn own_space(&self, _ctx: &Ctx, _person: Uuid) -> Result<String> {
        Ok(String::new())
    }

    async fn on_set_up(&self, _tx: &Tx, _moment: &Moment, _settings: &parvis_kernel::settings::Settings) -> Result<()> {
        Ok(())
    }

    async fn settings_standing(&self, _ctx: &Ctx, _code: &str) -> Result<Option<Standing>> {
        Ok(None)
    }

    async fn still_holds(&self, _app: &parvis_kernel::app::App, _letter: &Mail) -> Result<bool> {
        Ok(true)
    }

    async fn waiting(&self, _db: &Db, _actor: &Actor) -> Result<Option<(&'static str, i64)>> {
        Ok(None)
    }

    async fn find(&self, _ctx: &Ctx, _words: &str) -> Result<Vec<Found>> {
        Ok(vec![])
    }

    async fn scopes(&self, _db: &Db) -> Result<Vec<(Uuid, String)>> {
        Ok(vec![])
    }
}
