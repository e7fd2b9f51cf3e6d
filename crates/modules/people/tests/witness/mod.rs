//! A module that only looks on.

use async_trait::async_trait;
use parvis_kernel::{
    Ctx, Result, args,
    context::Moment,
    db::{self, Db, Migration, Tx},
    jobs::JobKind,
    module::{Forget, Merge, Module, NavEntry, OpenData, PastEvent, PersonalData, TextPlace, TextRow, Union},
    permission::Actor,
    routes::Routes,
    settings::Settings,
    words::WordsFile,
};
use parvis_people::persons;
use uuid::Uuid;

/// A module that remembers which browsers were united, in a table of the kernel.
pub struct Witness;

#[async_trait]
impl Module for Witness {
    fn name(&self) -> &'static str {
        "witness"
    }
    fn migrations(&self) -> Vec<Migration> {
        vec![]
    }
    fn routes(&self) -> Routes {
        Routes::new()
    }
    fn words(&self) -> Vec<WordsFile> {
        vec![]
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
    fn desk_lists(&self) -> Vec<parvis_kernel::sheet::DeskList> {
        vec![]
    }
    fn retention(&self) -> Vec<parvis_kernel::retention::Retention> {
        vec![]
    }
    async fn texts(&self, _: &Db, _: Option<TextPlace>, _: i64) -> Result<Vec<TextRow>> {
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

    async fn personal_data(&self, _: &Db, _: Uuid) -> Result<Vec<PersonalData>> {
        Ok(vec![])
    }
    async fn past_events(&self, _: &Db, _: Uuid, _: i64) -> Result<Vec<PastEvent>> {
        Ok(vec![])
    }
    async fn forget(&self, tx: &Tx, _: &Moment, person: Uuid, _: Forget) -> Result<()> {
        // What it needs to find is still there when its turn comes.
        assert!(persons::find(tx, person).await?.is_some_and(|p| p.email.is_some()));
        Ok(())
    }
    async fn unite(&self, tx: &Tx, moment: &Moment, _: &Union) -> Result<()> {
        let name = format!("union {}", moment.id());
        db::run(tx, "INSERT INTO counter (name, value) VALUES ($1, 1)", args![name]).await?;
        Ok(())
    }
    async fn absorb(&self, _: &Tx, _: &Moment, _: &Merge) -> Result<serde_json::Value> {
        Ok(serde_json::Value::Null)
    }
    async fn release(&self, _: &Tx, _: &Moment, _: &Merge, _: &serde_json::Value) -> Result<()> {
        Ok(())
    }
    async fn own_space(&self, _: &Ctx, _: Uuid) -> Result<String> {
        Ok(String::new())
    }
    async fn on_set_up(&self, _: &Tx, _: &Moment, _: &Settings) -> Result<()> {
        Ok(())
    }
    async fn waiting(&self, _: &Db, _: &Actor) -> Result<Option<(&'static str, i64)>> {
        Ok(None)
    }
    async fn find(&self, _: &Ctx, _: &str) -> Result<Vec<parvis_kernel::found::Found>> {
        Ok(vec![])
    }
    async fn scopes(&self, _: &Db) -> Result<Vec<(Uuid, String)>> {
        Ok(vec![])
    }
}
