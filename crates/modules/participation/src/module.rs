//! What the module declares to the house.

use async_trait::async_trait;
use parvis_kernel::{
    Ctx, Result,
    context::Moment,
    db::{Db, Migration, Tx},
    jobs::JobKind,
    module::{Forget, Module, NavEntry, OpenData, PersonalData, TextRow, Union},
    permission::Actor,
    routes::Routes,
    words::{Lang, WordsFile},
};
use uuid::Uuid;

/// The module.
#[derive(Debug, Default)]
pub struct Participation;

#[async_trait]
impl Module for Participation {
    fn name(&self) -> &'static str {
        "participation"
    }

    fn migrations(&self) -> Vec<Migration> {
        vec![Migration { id: "participation/0001_participation", sql: include_str!("../migrations/0001_participation.sql") }]
    }

    fn routes(&self) -> Routes {
        Routes::new()
    }

    fn words(&self) -> Vec<WordsFile> {
        vec![
            WordsFile { lang: Lang::Fr, name: "participation.ftl", source: include_str!("../locales/fr/participation.ftl") },
            WordsFile { lang: Lang::En, name: "participation.ftl", source: include_str!("../locales/en/participation.ftl") },
        ]
    }

    fn jobs(&self) -> Vec<JobKind> {
        vec![]
    }

    fn navigation(&self) -> Vec<NavEntry> {
        vec![]
    }

    fn activity_kinds(&self) -> Vec<&'static str> {
        vec![]
    }

    fn open_data(&self) -> Vec<OpenData> {
        vec![]
    }

    async fn texts(&self, _db: &Db) -> Result<Vec<TextRow>> {
        Ok(vec![])
    }

    async fn personal_data(&self, _db: &Db, _person: Uuid) -> Result<Vec<PersonalData>> {
        Ok(vec![])
    }

    async fn forget(&self, _tx: &Tx, _moment: &Moment, _person: Uuid, _how: Forget) -> Result<()> {
        Ok(())
    }

    async fn unite(&self, _tx: &Tx, _moment: &Moment, _union: &Union) -> Result<()> {
        Ok(())
    }

    async fn own_space(&self, _ctx: &Ctx, _person: Uuid) -> Result<String> {
        Ok(String::new())
    }

    async fn on_set_up(&self, tx: &Tx, moment: &Moment, settings: &parvis_kernel::settings::Settings) -> Result<()> {
        crate::projects::first::open(tx, moment, settings).await
    }

    async fn waiting(&self, _db: &Db, _actor: &Actor) -> Result<Option<(&'static str, i64)>> {
        Ok(None)
    }
}
